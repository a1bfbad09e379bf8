//! The last word on a body that holds raw HTML.
//!
//! Takes a fragment whose raw tags were filtered and balanced one by one. Gives
//! the same fragment as a browser would read it: parsed as a whole, checked
//! against the lists of [`super::policy`] again, written back. Slots travel
//! through as elements with marks in noncharacters, which no author's text
//! can hold (see [`super::clean`]).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::policy;
use super::scheme::SCHEMES;
use crate::parse::{Fragment, Slot, SlotKind};

const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// What the serializer itself writes beyond an author's elements.
const OWN_ELEMENTS: [&str; 2] = ["section", "input"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let media: HashSet<&str> = [
        "src",
        "poster",
        "controls",
        "loop",
        "muted",
        "playsinline",
        "preload",
        "width",
        "height",
        "type",
        "kind",
        "srclang",
        "label",
        "default",
    ]
    .into();
    let cell: HashSet<&str> = ["colspan", "rowspan", "scope", "abbr", "span"].into();
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for name in ["video", "audio", "source", "track"] {
        attributes.insert(name, media.clone());
    }
    for name in ["td", "th", "col", "colgroup"] {
        attributes.insert(name, cell.clone());
    }
    attributes.insert("a", ["href", "hreflang"].into());
    attributes.insert("img", ["src", "alt", "width", "height"].into());
    attributes.insert("input", ["type", "disabled", "checked"].into());
    attributes.insert("details", ["open"].into());
    attributes.insert("ol", ["start", "reversed"].into());
    attributes.insert("li", ["value"].into());
    for name in ["time", "del", "ins"] {
        attributes.insert(name, ["datetime"].into());
    }
    attributes.insert("data", ["value"].into());
    builder
        .tags(policy::ELEMENTS.iter().chain(&OWN_ELEMENTS).copied().collect())
        .clean_content_tags(["script", "style"].into())
        .tag_attributes(attributes)
        .generic_attributes(
            ["id", "class", "title", "lang", "dir", "role", "tabindex", "aria-label"].into(),
        )
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Cleans a fragment's HTML as a whole.
pub(super) fn sanitize(fragment: &mut Fragment) {
    let marked = mark(fragment);
    let clean = CLEANER.clean(&marked).to_string();
    let mut cut = Cut {
        out: String::with_capacity(clean.len()),
        slots: Vec::new(),
        more: None,
        links: Vec::new(),
    };
    cut.run(&clean);
    fragment.html = cut.out;
    fragment.slots = cut.slots;
    fragment.more = cut.more;
}

/// The HTML with an element or a mark in the place of each slot.
fn mark(fragment: &Fragment) -> String {
    let mut out = String::with_capacity(fragment.html.len() + fragment.slots.len() * 24);
    let mut from = 0;
    let mut more = fragment.more;
    let piece = |range: std::ops::Range<usize>| fragment.html.get(range).unwrap_or("");
    for slot in &fragment.slots {
        if let Some(at) = more.take_if(|at| *at <= slot.at) {
            out.push_str(piece(from..at));
            out.push_str(&format!("<hr title=\"{OPEN}m0{CLOSE}\">"));
            from = at;
        }
        out.push_str(piece(from..slot.at));
        from = slot.at;
        match slot.what {
            SlotKind::LinkOpen(n) => out.push_str(&format!("<a href=\"{OPEN}l{n}{CLOSE}\">")),
            SlotKind::LinkClose(_) => out.push_str("</a>"),
            SlotKind::Image(n) => out.push_str(&format!("<img src=\"{OPEN}i{n}{CLOSE}\">")),
            SlotKind::Credit(n) => out.push_str(&format!("<hr title=\"{OPEN}p{n}{CLOSE}\">")),
            SlotKind::Url(n) => out.push_str(&format!("{OPEN}u{n}{CLOSE}")),
            SlotKind::Component(n) => out.push_str(&format!("<hr title=\"{OPEN}c{n}{CLOSE}\">")),
        }
    }
    if let Some(at) = more {
        out.push_str(piece(from..at));
        out.push_str(&format!("<hr title=\"{OPEN}m0{CLOSE}\">"));
        from = at;
    }
    out.push_str(piece(from..fragment.html.len()));
    out
}

/// Turns marks back into slots.
struct Cut {
    out: String,
    slots: Vec<Slot>,
    more: Option<usize>,
    /// Open `a` elements: the number of a Markdown link, or `None` for raw HTML.
    links: Vec<Option<u32>>,
}

impl Cut {
    /// Walks over well-formed HTML: `<` begins a tag, values are in `"`.
    fn run(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.text(&rest[..start]);
            let len = tag_len(&rest[start..]);
            self.tag(&rest[start..start + len]);
            rest = &rest[start + len..];
        }
        self.text(rest);
    }

    /// The parser's writer spells U+00A0 as an entity, which XML lacks; and a
    /// line break that it drops can leave U+0338 to compose with a `>`.
    fn text(&mut self, text: &str) {
        let is_first = self.out.ends_with('>');
        let text = if is_first { text.trim_start_matches('\u{338}') } else { text };
        self.out.push_str(&text.replace("&nbsp;", "\u{a0}"));
    }

    fn tag(&mut self, tag: &str) {
        if tag == "</a>" {
            return match self.links.pop() {
                Some(Some(n)) => self.slot(SlotKind::LinkClose(n)),
                _ => self.out.push_str(tag),
            };
        }
        let marked = tag.split_once(OPEN).and_then(|(before, rest)| {
            let (mark, after) = rest.split_once(CLOSE)?;
            let number: u32 = mark.get(1..)?.parse().ok()?;
            Some((before, mark.chars().next()?, number, after))
        });
        match marked {
            Some(("<a href=\"", 'l', n, _)) => {
                self.links.push(Some(n));
                self.slot(SlotKind::LinkOpen(n));
            }
            Some(("<img src=\"", 'i', n, _)) => self.slot(SlotKind::Image(n)),
            Some(("<hr title=\"", 'c', n, _)) => self.slot(SlotKind::Component(n)),
            Some(("<hr title=\"", 'p', n, _)) => self.slot(SlotKind::Credit(n)),
            Some(("<hr title=\"", 'm', _, _)) => self.more = self.more.or(Some(self.out.len())),
            Some((before, 'u', n, after)) => {
                if tag.starts_with("<a ") {
                    self.links.push(None);
                }
                self.text(before);
                self.slot(SlotKind::Url(n));
                self.rest_of_tag(after);
            }
            _ => {
                if tag == "<a>" || tag.starts_with("<a ") {
                    self.links.push(None);
                }
                self.text(tag);
            }
        }
    }

    /// A video has two addresses: `src` and `poster`.
    fn rest_of_tag(&mut self, rest: &str) {
        let again = rest.split_once(OPEN).and_then(|(before, rest)| {
            let (mark, after) = rest.split_once(CLOSE)?;
            Some((before, mark.strip_prefix('u')?.parse().ok()?, after))
        });
        match again {
            Some((before, n, after)) => {
                self.text(before);
                self.slot(SlotKind::Url(n));
                self.text(after);
            }
            None => self.text(rest),
        }
    }

    fn slot(&mut self, what: SlotKind) {
        self.slots.push(Slot { at: self.out.len(), what });
    }
}

/// Length of the tag that a text begins with.
fn tag_len(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}
