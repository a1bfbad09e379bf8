//! Feeds: what RSS 2.0, Atom 1.0 and JSON Feed 1.1 have in common.
//!
//! Takes a [`Feed`] whose URLs are absolute and whose texts are final; gives
//! the bytes of one file per format. Knows no site, reads no clock: the date of
//! a feed is that of its newest item, so that an unchanged feed keeps its bytes.

pub mod atom;
pub mod json;
pub mod rss;
pub mod style;

use std::borrow::Cow;

use multiversion::multiversion;
use serde::Serialize;

use crate::base::html::escape;
use crate::base::time::Moment;

/// Text that the caller lends or gives.
pub type Text<'a> = Cow<'a, str>;

/// One feed in one language. An empty text means "none" wherever a format
/// allows the element to be absent.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Feed<'a> {
    /// Plain text, as are all texts here except [`Item::content_html`].
    pub title: Text<'a>,
    pub description: Text<'a>,
    /// Language tag.
    pub lang: Text<'a>,
    /// Absolute URL of the page that lists the same entries.
    pub home_url: Text<'a>,
    /// Absolute URL of this very file; differs from format to format.
    pub self_url: Text<'a>,
    /// Stable id of the feed, a `tag:` URI or a URL; only Atom prints it.
    pub id: Text<'a>,
    /// Who publishes; stands for the author of items that name none. When it is
    /// empty the title takes its place, since Atom requires an author.
    pub author: Text<'a>,
    /// Absolute URL of a square PNG.
    pub icon: Text<'a>,
    /// URL of the XSLT file of [`style::stylesheet`], on the feed's own host:
    /// browsers load no other. A path from the root will do.
    pub stylesheet: Text<'a>,
    /// URL of the CSS file of [`style::fallback`], for browsers without XSLT.
    pub fallback: Text<'a>,
    /// Absolute URLs of the feed's neighbours, if it is split (RFC 5005).
    pub newer: Text<'a>,
    pub older: Text<'a>,
    /// In printing order; the caller limits them. Ids differ from one another.
    pub items: Vec<Item<'a>>,
}

/// One entry of a feed.
#[derive(Debug, Clone, Serialize)]
pub struct Item<'a> {
    /// Stable id, a `tag:` URI or a permalink; never interpreted as a URL.
    pub id: Text<'a>,
    /// Absolute URL of the entry's page.
    pub url: Text<'a>,
    pub title: Text<'a>,
    pub summary: Text<'a>,
    /// The full text in HTML, already sanitised, its URLs absolute.
    pub content_html: Text<'a>,
    pub published: Moment,
    /// None for an entry that was never updated.
    pub updated: Option<Moment>,
    /// Names; empty means the feed's author.
    pub authors: Vec<Text<'a>>,
    pub categories: Vec<Text<'a>>,
    /// Language of the item; empty or equal to the feed's for most.
    pub lang: Text<'a>,
    pub image: Option<Image<'a>>,
    pub enclosure: Option<Enclosure<'a>>,
    /// Label of invented content, in the feed's language: opens the full text.
    /// A mark in the title is up to the caller.
    pub illustrative: Option<Text<'a>>,
}

/// A picture that stands for the item.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Image<'a> {
    pub url: Text<'a>,
    pub mime: Text<'a>,
    pub alt: Text<'a>,
}

/// A file to download with the item, such as its audio.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Enclosure<'a> {
    pub url: Text<'a>,
    pub mime: Text<'a>,
    /// In bytes.
    pub length: u64,
}

impl Feed<'_> {
    /// The newest item's date; none for an empty feed.
    pub fn updated(&self) -> Option<&Moment> {
        self.items.iter().map(Item::date).max_by_key(|moment| moment.instant)
    }

    /// About how many bytes it is in XML: copies of large texts in the making
    /// are what takes the time of feeds.
    fn room(&self) -> usize {
        let texts = self.items.iter().map(|item| item.content_html.len());
        4096 + texts.map(|len| len + len / 8 + 2048).sum::<usize>()
    }

    /// The publisher's name, else the feed's title.
    fn author(&self) -> &str {
        if self.author.is_empty() { &self.title } else { &self.author }
    }
}

impl Item<'_> {
    /// The date that feeds sort by: `updated`, else `published`.
    pub fn date(&self) -> &Moment {
        self.updated.as_ref().unwrap_or(&self.published)
    }

    /// The item's language where it is not the feed's.
    fn foreign_lang(&self, feed: &Feed<'_>) -> Option<&str> {
        (!self.lang.is_empty() && self.lang != feed.lang).then_some(&*self.lang)
    }

    /// The full text, opened by the label of invented content.
    fn labelled_content(&self, feed: &Feed<'_>) -> Cow<'_, str> {
        let Some(label) = &self.illustrative else {
            return Cow::Borrowed(&self.content_html);
        };
        let lang = match self.foreign_lang(feed) {
            Some(_) => format!(" lang=\"{}\"", escape(&feed.lang)),
            None => String::new(),
        };
        let label = escape(label);
        Cow::Owned(format!("<p{lang}><strong>{label}</strong></p>\n{}", self.content_html))
    }
}

/// Whether XML 1.0 can hold the character at all, even as a reference.
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Writes an XML document, an element per line. Every text and attribute is
/// escaped and freed of characters that XML cannot hold; names are constants of
/// the program.
pub struct Xml {
    out: String,
}

/// Names and values of an element's attributes.
pub type Attributes<'a> = [(&'a str, &'a str)];

impl Xml {
    /// Starts with the XML declaration.
    pub fn document() -> Xml {
        Xml::roomy(0)
    }

    /// As [`Xml::document`], with room for about so many bytes.
    pub fn roomy(bytes: usize) -> Xml {
        let mut out = String::with_capacity(bytes);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Xml { out }
    }

    /// Starts with nothing: a piece to [`Xml::append`] to a document.
    pub fn fragment() -> Xml {
        Xml { out: String::new() }
    }

    pub fn append(&mut self, piece: &Xml) {
        self.out.push_str(&piece.out);
    }

    /// `<?xml-stylesheet ...?>`; nothing for an empty address.
    pub fn stylesheet(&mut self, mime: &str, href: &str) {
        if !href.is_empty() {
            self.out.push_str("<?xml-stylesheet");
            self.attributes(&[("type", mime), ("href", href)]);
            self.out.push_str("?>\n");
        }
    }

    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push_str(">\n");
    }

    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with text and nothing else in it.
    pub fn element(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        push_escaped(&mut self.out, text);
        self.close(name);
    }

    /// As [`Xml::element`] without attributes; nothing for an empty text.
    pub fn some(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.element(name, &[], text);
        }
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> usize {
        self.out.len()
    }

    pub fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    fn tag(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(attributes);
    }

    fn attributes(&mut self, attributes: &Attributes<'_>) {
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            push_escaped_attribute(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// A carriage return is written as a reference, since a parser would turn the
/// bare character into a line feed. `>` always is, so that `]]>` cannot occur.
pub fn push_escaped(out: &mut String, text: &str) {
    if has_rare(text.as_bytes()) { push(out, text, &IN_TEXT) } else { push_plain(out, text) }
}

/// Line breaks and tabs become references, since a parser would turn the bare
/// characters into spaces.
pub fn push_escaped_attribute(out: &mut String, text: &str) {
    push(out, text, &IN_ATTRIBUTE);
}

/// Bytes at which copying stops: those to be replaced, those that XML cannot
/// hold, and the first of U+FFFE and U+FFFF.
type Stops = [bool; 256];

static IN_TEXT: Stops = stops(b"&<>\r");
static IN_ATTRIBUTE: Stops = stops(b"&<>\"\t\n\r");

const fn stops(replaced: &[u8]) -> Stops {
    let mut stops = [false; 256];
    let mut at = 0;
    while at < 32 {
        stops[at] = !matches!(at as u8, b'\t' | b'\n' | b'\r');
        at += 1;
    }
    at = 0;
    while at < replaced.len() {
        stops[replaced[at] as usize] = true;
        at += 1;
    }
    stops[0xef] = true;
    stops
}

/// Copies text in runs, with references or nothing in place of what it stops at.
fn push(out: &mut String, text: &str, stops: &Stops) {
    out.reserve(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| stops[usize::from(byte)]) {
        let (run, more) = rest.split_at(at);
        out.push_str(run);
        let mut chars = more.chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\t') => out.push_str("&#9;"),
            Some('\n') => out.push_str("&#10;"),
            Some('\r') => out.push_str("&#13;"),
            Some(c) if is_xml_char(c) => out.push(c),
            _ => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Whether a stop occurs other than `&`, `<` and `>`.
#[multiversion(targets("x86_64+avx2"))]
fn has_rare(bytes: &[u8]) -> bool {
    let rare = |byte: u8| ((byte < b' ') & (byte != b'\n') & (byte != b'\t')) | (byte == 0xef);
    bytes.iter().fold(false, |found, byte| found | rare(*byte))
}

/// A full text is nearly always this: markup and words, nothing rare.
fn push_plain(out: &mut String, text: &str) {
    let mut done = 0;
    for at in memchr::memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(match text.as_bytes().get(at) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            _ => "&gt;",
        });
        done = at + 1;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests;
