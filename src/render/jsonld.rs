//! Structured data of pages: schema.org in JSON-LD.
//!
//! Takes plain values with absolute URLs; gives JSON that is safe between
//! `<script type="application/ld+json">` and `</script>`. Empty texts and lists
//! are left out. Whether a page may have structured data at all (invented
//! content may not) is decided by the caller.

use serde_json::{Value, json};

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
    let authors = if article.authors.is_empty() {
        vec![party(&article.publisher)]
    } else {
        article.authors.iter().map(party).collect()
    };
    script_safe(json!({
        "@context": "https://schema.org",
        "@type": article.kind,
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "url": article.url,
        "headline": article.headline,
        "description": article.description,
        "image": article.images,
        "datePublished": article.published.map(date),
        "dateModified": article.modified.or(article.published).map(date),
        "author": authors,
        "publisher": party(&article.publisher),
        "inLanguage": article.lang,
        "isAccessibleForFree": true,
        "articleSection": article.section,
        "about": named("Thing", &article.about),
        "contentLocation": named("Place", &article.places),
        "keywords": article.keywords,
    }))
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
    script_safe(json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "url": event.url,
        "name": event.name,
        "description": event.description,
        "image": event.images,
        "startDate": date(event.start),
        "endDate": event.end.map(date),
        "eventStatus": status,
        "eventAttendanceMode": attendance,
        "location": locations(event),
        "organizer": event.organizer.as_ref().map(party),
        "inLanguage": event.lang,
    }))
}

/// From the home page down to the page itself: names and absolute URLs. The
/// last one may have no URL.
pub fn breadcrumbs(trail: &[(&str, &str)]) -> String {
    let items = trail.iter().enumerate().map(|(index, (name, url))| {
        json!({"@type": "ListItem", "position": index + 1, "name": name, "item": url})
    });
    script_safe(json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    }))
}

pub fn organization(owner: &Organization<'_>) -> String {
    script_safe(json!({
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": owner.name,
        "url": owner.url,
        "logo": owner.logo,
        "address": owner.address,
        "email": owner.email,
        "telephone": owner.phone,
    }))
}

pub fn website(site: &WebSite<'_>) -> String {
    script_safe(json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "url": site.url,
        "description": site.description,
        "inLanguage": site.lang,
        "publisher": party(&site.publisher),
    }))
}

fn party(party: &Party<'_>) -> Value {
    if party.name.is_empty() {
        return Value::Null;
    }
    let kind = if party.person { "Person" } else { "Organization" };
    json!({"@type": kind, "name": party.name, "url": party.url, "logo": party.logo})
}

fn named(kind: &str, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!({"@type": kind, "name": name})).collect()
}

fn locations(event: &Event<'_>) -> Vec<Value> {
    let mut places = Vec::new();
    if !event.place.is_empty() || !event.address.is_empty() {
        let name = if event.place.is_empty() { event.address } else { event.place };
        places.push(json!({"@type": "Place", "name": name, "address": event.address}));
    }
    if !event.online_url.is_empty() {
        places.push(json!({"@type": "VirtualLocation", "url": event.online_url}));
    }
    places
}

/// ISO 8601: the moment with its offset, or the day when no time was written.
fn date(moment: &Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day().to_string() }
}

/// Drops members and elements that are null, an empty text, list or object, at
/// any depth.
pub(super) fn without_empty(value: Value) -> Value {
    let kept = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    };
    match value {
        Value::Array(list) => list.into_iter().map(without_empty).filter(kept).collect(),
        Value::Object(map) => {
            let members = map.into_iter().map(|(key, value)| (key, without_empty(value)));
            Value::Object(members.filter(|(_, value)| kept(value)).collect())
        }
        plain => plain,
    }
}

/// These characters occur in JSON only inside of strings, where a reference
/// means the same; bare they could end the script element or start a comment.
fn script_safe(value: Value) -> String {
    let json = without_empty(value).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;
    use jiff::tz::{Offset, TimeZone};

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
        let trail = [("Trang chủ", "https://x.example/"), ("Gương sáng", "")];
        assert_eq!(
            breadcrumbs(&trail),
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
