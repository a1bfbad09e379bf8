//! Structured data of pages: schema.org in JSON-LD.
//!
//! Takes plain values with absolute URLs; gives JSON that is safe between
//! `<script type="application/ld+json">` and `</script>`. Empty texts and lists
//! are left out. Whether a page may have structured data at all (invented
//! content may not) is decided by the caller.

use std::fmt::Write;

use multiversion::multiversion;

use crate::base::time::Moment;

/// Who wrote, publishes or organises.
#[derive(Debug, Clone, Copy, Default)]
pub struct Party<'a> {
    /// A person, else an organisation.
    pub person: bool,
    pub name: &'a str,
    /// Absolute, or empty.
    pub url: &'a str,
    /// Absolute URL of a picture; organisations only.
    pub logo: &'a str,
}

/// An article, news or not.
#[derive(Debug, Clone, Default)]
pub struct Article<'a> {
    /// `NewsArticle`, `Article` or another subtype that has the same fields.
    pub kind: &'a str,
    pub url: &'a str,
    pub headline: &'a str,
    pub description: &'a str,
    pub images: Vec<&'a str>,
    pub published: Option<&'a Moment>,
    pub modified: Option<&'a Moment>,
    /// Empty: the publisher.
    pub authors: Vec<Party<'a>>,
    pub publisher: Party<'a>,
    pub lang: &'a str,
    /// Section title.
    pub section: &'a str,
    /// Names of topics.
    pub about: Vec<&'a str>,
    /// Names of places, current ones.
    pub places: Vec<&'a str>,
    pub keywords: Vec<&'a str>,
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventStatus {
    #[default]
    Scheduled,
    Cancelled,
    Postponed,
    Rescheduled,
    MovedOnline,
}

/// Where one can take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attendance {
    #[default]
    Offline,
    Online,
    Mixed,
}

#[derive(Debug, Clone)]
pub struct Event<'a> {
    pub url: &'a str,
    pub name: &'a str,
    pub description: &'a str,
    pub images: Vec<&'a str>,
    /// Without a time of day only the date is printed.
    pub start: &'a Moment,
    pub end: Option<&'a Moment>,
    pub status: EventStatus,
    pub attendance: Attendance,
    /// Venue in words, or empty.
    pub place: &'a str,
    /// Postal address in words, or empty.
    pub address: &'a str,
    /// Where to join online, or empty.
    pub online_url: &'a str,
    pub organizer: Option<Party<'a>>,
    pub lang: &'a str,
}

/// The publisher of the site.
#[derive(Debug, Clone, Copy, Default)]
pub struct Organization<'a> {
    pub name: &'a str,
    pub url: &'a str,
    pub logo: &'a str,
    pub address: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct WebSite<'a> {
    pub name: &'a str,
    /// Home page of the language.
    pub url: &'a str,
    pub description: &'a str,
    pub lang: &'a str,
    pub publisher: Party<'a>,
}

pub fn article(article: &Article<'_>) -> String {
    let authors = match article.authors.as_slice() {
        [] => std::slice::from_ref(&article.publisher),
        authors => authors,
    };
    let authors = authors.iter().filter(|author| !author.name.is_empty());
    let published = article.published.map(date).unwrap_or_default();
    let modified = article.modified.map(date);
    Object::document(article.kind)
        .object("mainEntityOfPage", "WebPage", |page| page.text("@id", article.url))
        .text("url", article.url)
        .text("headline", article.headline)
        .text("description", article.description)
        .texts("image", &article.images)
        .text("datePublished", &published)
        .text("dateModified", modified.as_deref().unwrap_or(&published))
        .list("author", authors.map(|author| (author.kind(), author)), party)
        .party("publisher", &article.publisher)
        .text("inLanguage", article.lang)
        .raw("isAccessibleForFree", "true")
        .text("articleSection", article.section)
        .list("about", named("Thing", &article.about), |thing, name| thing.text("name", name))
        .list("contentLocation", named("Place", &article.places), |place, name| {
            place.text("name", name)
        })
        .texts("keywords", &article.keywords)
        .close()
}

pub fn event(event: &Event<'_>) -> String {
    let status = match event.status {
        EventStatus::Scheduled => "https://schema.org/EventScheduled",
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Rescheduled => "https://schema.org/EventRescheduled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
    };
    let attendance = match event.attendance {
        Attendance::Offline => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Mixed => "https://schema.org/MixedEventAttendanceMode",
    };
    Object::document("Event")
        .text("url", event.url)
        .text("name", event.name)
        .text("description", event.description)
        .texts("image", &event.images)
        .text("startDate", &date(event.start))
        .text("endDate", &event.end.map(date).unwrap_or_default())
        .text("eventStatus", status)
        .text("eventAttendanceMode", attendance)
        .list("location", locations(event), |place, texts| {
            texts.into_iter().fold(place, |place, (name, text)| place.text(name, text))
        })
        .party("organizer", &event.organizer.unwrap_or_default())
        .text("inLanguage", event.lang)
        .close()
}

/// The way from the home page down to some page, which its own page and all those
/// below it share: written once.
#[derive(Debug, Clone)]
pub struct Trail {
    /// Up to the last step.
    json: String,
    steps: u32,
}

impl Trail {
    /// Of names and absolute URLs.
    pub fn of<'a>(steps: impl Iterator<Item = (&'a str, &'a str)>) -> Trail {
        let mut opened = Object::document("BreadcrumbList");
        opened.name("itemListElement");
        opened.json.push('[');
        let nowhere = Trail { json: opened.json, steps: 0 };
        steps.fold(nowhere, |trail, (name, url)| trail.step(name, url))
    }

    /// The structured data of a page at its end, which may have no URL.
    pub fn to(&self, name: &str, url: &str) -> String {
        let mut json = String::with_capacity(self.json.len() + name.len() + url.len() + STEP);
        json.push_str(&self.json);
        let mut json = Trail { json, steps: self.steps }.step(name, url).json;
        json.push_str("]}");
        json
    }

    fn step(mut self, name: &str, url: &str) -> Trail {
        let steps = self.steps + 1;
        if steps > 1 {
            self.json.push(',');
        }
        let start = self.json.len();
        let object = Object { json: self.json, start }.inner("ListItem", |item| {
            item.raw("position", &steps.to_string()).text("name", name).text("item", url)
        });
        Trail { json: object.json, steps }
    }
}

/// Bytes of a step but for its name and its URL, and of the end.
const STEP: usize = 64;

pub fn organization(owner: &Organization<'_>) -> String {
    Object::document("Organization")
        .text("name", owner.name)
        .text("url", owner.url)
        .text("logo", owner.logo)
        .text("address", owner.address)
        .text("email", owner.email)
        .text("telephone", owner.phone)
        .close()
}

pub fn website(site: &WebSite<'_>) -> String {
    Object::document("WebSite")
        .text("name", site.name)
        .text("url", site.url)
        .text("description", site.description)
        .text("inLanguage", site.lang)
        .party("publisher", &site.publisher)
        .close()
}

impl Party<'_> {
    fn kind(&self) -> &'static str {
        if self.person { "Person" } else { "Organization" }
    }
}

fn party(object: Object, party: &Party<'_>) -> Object {
    object.text("name", party.name).text("url", party.url).text("logo", party.logo)
}

fn named<'a>(
    kind: &'static str,
    names: &[&'a str],
) -> impl Iterator<Item = (&'static str, &'a str)> {
    names.iter().map(move |name| (kind, *name))
}

/// Kinds of places with their texts.
fn locations<'a>(event: &Event<'a>) -> Vec<(&'static str, Vec<(&'static str, &'a str)>)> {
    let mut places = Vec::new();
    if !event.place.is_empty() || !event.address.is_empty() {
        let name = if event.place.is_empty() { event.address } else { event.place };
        places.push(("Place", vec![("name", name), ("address", event.address)]));
    }
    if !event.online_url.is_empty() {
        places.push(("VirtualLocation", vec![("url", event.online_url)]));
    }
    places
}

/// ISO 8601: the moment with its offset, or the day when no time was written.
fn date(moment: &Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day().to_string() }
}

/// A JSON object in the making, behind all that was written before it. Empty
/// texts, lists and parties are left out.
struct Object {
    json: String,
    /// Where its first name stands.
    start: usize,
}

impl Object {
    /// An object of schema.org by itself.
    fn document(kind: &str) -> Object {
        let object = Object { json: String::with_capacity(1024), start: 0 };
        object.opened().text("@context", "https://schema.org").text("@type", kind)
    }

    fn opened(mut self) -> Object {
        self.json.push('{');
        self.start = self.json.len();
        self
    }

    /// Names are the vocabulary's: nothing in them needs escaping.
    fn name(&mut self, name: &str) {
        if self.json.len() > self.start {
            self.json.push(',');
        }
        self.json.push('"');
        self.json.push_str(name);
        self.json.push_str("\":");
    }

    fn text(mut self, name: &str, text: &str) -> Object {
        if !text.is_empty() {
            self.name(name);
            push_text(&mut self.json, text);
        }
        self
    }

    /// A number or a truth value, as it is written.
    fn raw(mut self, name: &str, value: &str) -> Object {
        self.name(name);
        self.json.push_str(value);
        self
    }

    fn texts(mut self, name: &str, texts: &[&str]) -> Object {
        let mut texts = texts.iter().filter(|text| !text.is_empty()).peekable();
        if texts.peek().is_some() {
            self.name(name);
            let mut before = '[';
            for text in texts {
                self.json.push(before);
                push_text(&mut self.json, text);
                before = ',';
            }
            self.json.push(']');
        }
        self
    }

    fn object(mut self, name: &str, kind: &str, fill: impl FnOnce(Object) -> Object) -> Object {
        self.name(name);
        self.inner(kind, fill)
    }

    fn party(self, name: &str, of: &Party<'_>) -> Object {
        if of.name.is_empty() {
            return self;
        }
        self.object(name, of.kind(), |object| party(object, of))
    }

    /// Objects, each from its kind and what `fill` makes the rest of.
    fn list<'k, T>(
        mut self,
        name: &str,
        objects: impl IntoIterator<Item = (&'k str, T)>,
        fill: impl Fn(Object, T) -> Object,
    ) -> Object {
        let mut objects = objects.into_iter().peekable();
        if objects.peek().is_some() {
            self.name(name);
            let mut before = '[';
            for (kind, object) in objects {
                self.json.push(before);
                self = self.inner(kind, |inner| fill(inner, object));
                before = ',';
            }
            self.json.push(']');
        }
        self
    }

    /// An object within this one, where the text ends.
    fn inner(self, kind: &str, fill: impl FnOnce(Object) -> Object) -> Object {
        let start = self.start;
        let json = fill(self.opened().text("@type", kind)).close();
        Object { json, start }
    }

    fn close(mut self) -> String {
        self.json.push('}');
        self.json
    }
}

/// Whether no byte begins something that [`push_text`] replaces.
#[multiversion(targets("x86_64+avx2"))]
fn is_plain(bytes: &[u8]) -> bool {
    match bytes.len() {
        32.. => are_blocks_plain::<32>(bytes),
        8.. => are_blocks_plain::<8>(bytes),
        _ => is_block_plain(bytes),
    }
}

/// Of a text that is as long as a block or longer: most are a few dozen bytes,
/// of which the rest of a block, looked at one by one, would be the greater part.
#[inline(always)]
fn are_blocks_plain<const BLOCK: usize>(bytes: &[u8]) -> bool {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    blocks.iter().chain(bytes.last_chunk::<BLOCK>()).all(|block| is_block_plain(block))
}

#[inline(always)]
fn is_block_plain(bytes: &[u8]) -> bool {
    let replaced = |byte: u8| {
        let signs = (byte == b'"') | (byte == b'\\') | (byte == b'&') | (byte | 2 == b'>');
        signs | (byte < b' ') | (byte == 0xe2)
    };
    !bytes.iter().fold(false, |found, byte| found | replaced(*byte))
}

/// Appends a JSON string that may stand in a script element: `<`, `>` and `&`
/// could end the element or start a comment, U+2028 and U+2029 end lines of
/// older JavaScript.
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    if is_plain(text.as_bytes()) {
        out.push_str(text);
        return out.push('"');
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let line_end = || matches!(text.as_bytes().get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9]));
        let len = match byte {
            b'"' | b'\\' | b'<' | b'>' | b'&' | ..b' ' => 1,
            0xe2 if line_end() => 3,
            _ => continue,
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        done = at + len;
        for c in text.get(at..done).unwrap_or_default().chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c => {
                    let _ = write!(out, "\\u{:04x}", u32::from(c));
                }
            }
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;
    use jiff::tz::{Offset, TimeZone};
    use serde_json::Value;

    fn moment(hour: i8, has_time: bool) -> Moment {
        let zone = TimeZone::fixed(Offset::constant(7));
        Moment::new(day(2025, 10, 17).at(hour, 0, 0, 0), has_time, &zone).unwrap()
    }

    #[test]
    fn an_article() {
        let published = moment(8, true);
        let publisher = Party { name: "Ban Biên tập", ..Party::default() };
        let text = article(&Article {
            kind: "NewsArticle",
            url: "https://x.example/a/",
            headline: "Chị Lan </script><!-- & \u{2028}",
            published: Some(&published),
            publisher,
            lang: "vi",
            places: vec!["Tuyên Quang"],
            ..Article::default()
        });
        let expected = concat!(
            r#"{"@context":"https://schema.org","@type":"NewsArticle","#,
            r#""mainEntityOfPage":{"@type":"WebPage","@id":"https://x.example/a/"},"#,
            r#""url":"https://x.example/a/","#,
            r#""headline":"Chị Lan \u003c/script\u003e\u003c!-- \u0026 \u2028","#,
            r#""datePublished":"2025-10-17T08:00:00+07:00","#,
            r#""dateModified":"2025-10-17T08:00:00+07:00","#,
            r#""author":[{"@type":"Organization","name":"Ban Biên tập"}],"#,
            r#""publisher":{"@type":"Organization","name":"Ban Biên tập"},"#,
            r#""inLanguage":"vi","isAccessibleForFree":true,"#,
            r#""contentLocation":[{"@type":"Place","name":"Tuyên Quang"}]}"#,
        );
        assert_eq!(text, expected);
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["headline"], "Chị Lan </script><!-- & \u{2028}");
    }

    #[test]
    fn an_event_with_and_without_hours() {
        let (start, end) = (moment(0, false), moment(9, true));
        let text = event(&Event {
            url: "https://x.example/e/",
            name: "Ngày hội",
            description: "",
            images: vec![],
            start: &start,
            end: Some(&end),
            status: EventStatus::Postponed,
            attendance: Attendance::Mixed,
            place: "Nhà văn hóa",
            address: "",
            online_url: "https://x.example/live/",
            organizer: Some(Party { person: true, name: "Lan", ..Party::default() }),
            lang: "vi",
        });
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["startDate"], "2025-10-17");
        assert_eq!(back["endDate"], "2025-10-17T09:00:00+07:00");
        assert_eq!(back["eventStatus"], "https://schema.org/EventPostponed");
        assert_eq!(back["location"][1]["@type"], "VirtualLocation");
        assert_eq!(back["organizer"]["@type"], "Person");
        assert!(back.get("description").is_none() && back.get("image").is_none());
    }

    #[test]
    fn a_trail_and_a_site() {
        let home = Trail::of([("Trang chủ", "https://x.example/")].into_iter());
        assert_eq!(
            home.to("Gương sáng", ""),
            concat!(
                r#"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":["#,
                r#"{"@type":"ListItem","position":1,"name":"Trang chủ","item":"https://x.example/"},"#,
                r#"{"@type":"ListItem","position":2,"name":"Gương sáng"}]}"#,
            )
        );
        let site = WebSite { name: "Tin tốt", url: "https://x.example/", ..WebSite::default() };
        assert_eq!(
            website(&site),
            concat!(
                r#"{"@context":"https://schema.org","@type":"WebSite","name":"Tin tốt","#,
                r#""url":"https://x.example/"}"#,
            )
        );
        let owner = Organization { name: "Đoàn", phone: "0", ..Organization::default() };
        let back: Value = serde_json::from_str(&organization(&owner)).unwrap();
        assert_eq!(back["telephone"], "0");
    }
}
