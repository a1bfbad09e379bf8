//! Atom 1.0 (RFC 4287), with Media RSS for the picture of an entry.
//!
//! Takes a [`Feed`]; gives the file.

use super::{Feed, Image, Item, Xml};

/// `updated` of a feed without entries: Atom requires a date, and nothing that
/// the feed knows has one.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The bytes of an Atom 1.0 file.
pub fn render(feed: &Feed<'_>) -> Vec<u8> {
    let mut xml = Xml::roomy(feed.room());
    xml.stylesheet("text/xsl", &feed.stylesheet);
    xml.stylesheet("text/css", &feed.fallback);
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ];
    if !feed.lang.is_empty() {
        attributes.push(("xml:lang", &*feed.lang));
    }
    xml.open("feed", &attributes);
    head(&mut xml, feed);
    for item in &feed.items {
        match item.foreign_lang(feed) {
            Some(lang) => xml.open("entry", &[("xml:lang", lang)]),
            None => xml.open("entry", &[]),
        }
        entry(&mut xml, feed, item);
        xml.close("entry");
    }
    xml.close("feed");
    xml.finish()
}

fn head(xml: &mut Xml, feed: &Feed<'_>) {
    xml.element("id", &[], &feed.id);
    xml.element("title", &[], &feed.title);
    xml.some("subtitle", &feed.description);
    let updated = feed.updated().map_or_else(|| NEVER.to_owned(), |newest| newest.rfc3339());
    xml.element("updated", &[], &updated);
    author(xml, feed.author());
    link(xml, "alternate", "text/html", &feed.home_url);
    link(xml, "self", "application/atom+xml", &feed.self_url);
    link(xml, "previous", "application/atom+xml", &feed.newer);
    link(xml, "next", "application/atom+xml", &feed.older);
    xml.some("icon", &feed.icon);
    xml.element("generator", &[], "tintot");
}

fn entry(xml: &mut Xml, feed: &Feed<'_>, item: &Item<'_>) {
    xml.element("id", &[], &item.id);
    xml.element("title", &[], &item.title);
    xml.element("published", &[], &item.published.rfc3339());
    xml.element("updated", &[], &item.date().rfc3339());
    for name in item.authors.iter().filter(|name| !name.is_empty()) {
        author(xml, name);
    }
    link(xml, "alternate", "text/html", &item.url);
    if let Some(file) = &item.enclosure {
        let length = file.length.to_string();
        let mut attributes = vec![("rel", "enclosure")];
        if !file.mime.is_empty() {
            attributes.push(("type", &*file.mime));
        }
        attributes.extend([("length", &*length), ("href", &*file.url)]);
        xml.empty("link", &attributes);
    }
    for category in item.categories.iter().filter(|category| !category.is_empty()) {
        xml.empty("category", &[("term", category)]);
    }
    xml.some("summary", &item.summary);
    let content = item.labelled_content(feed);
    if !content.is_empty() {
        xml.element("content", &[("type", "html")], &content);
    }
    if let Some(image) = &item.image {
        media(xml, image);
    }
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.element("name", &[], name);
    xml.close("author");
}

fn link(xml: &mut Xml, rel: &str, mime: &str, href: &str) {
    if !href.is_empty() {
        xml.empty("link", &[("rel", rel), ("type", mime), ("href", href)]);
    }
}

/// The picture that stands for an item, as Media RSS says it.
pub(super) fn media(xml: &mut Xml, image: &Image<'_>) {
    let mut attributes = vec![("url", &*image.url), ("medium", "image")];
    if !image.mime.is_empty() {
        attributes.push(("type", &*image.mime));
    }
    if image.alt.is_empty() {
        xml.empty("media:content", &attributes);
        return;
    }
    xml.open("media:content", &attributes);
    xml.element("media:description", &[("type", "plain")], &image.alt);
    xml.close("media:content");
}
