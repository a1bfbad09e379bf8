//! RSS 2.0 with Dublin Core, `content:encoded`, Media RSS and Atom's links.
//!
//! Takes a [`Feed`]; gives the file. `pubDate` is the date that feeds sort by
//! (`updated`, else `published`), since RSS has one date per item.

use super::{Feed, Item, Xml};
use crate::base::html::escape;

const NAMESPACES: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// The bytes of an RSS 2.0 file.
pub fn render(feed: &Feed<'_>) -> Vec<u8> {
    let mut xml = Xml::roomy(feed.room());
    xml.stylesheet("text/xsl", &feed.stylesheet);
    xml.stylesheet("text/css", &feed.fallback);
    xml.open("rss", &NAMESPACES);
    xml.open("channel", &[]);
    channel(&mut xml, feed);
    for entry in &feed.items {
        xml.open("item", &[]);
        item(&mut xml, feed, entry);
        xml.close("item");
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn channel(xml: &mut Xml, feed: &Feed<'_>) {
    xml.element("title", &[], &feed.title);
    xml.element("link", &[], &feed.home_url);
    // Required, so a feed without one repeats its title.
    let description = if feed.description.is_empty() { &feed.title } else { &feed.description };
    xml.element("description", &[], description);
    xml.some("language", &feed.lang);
    if let Some(newest) = feed.updated() {
        xml.element("lastBuildDate", &[], &newest.rfc2822());
    }
    xml.element("generator", &[], "tintot");
    link(xml, "self", &feed.self_url);
    link(xml, "previous", &feed.newer);
    link(xml, "next", &feed.older);
    // The format allows no SVG here.
    if [".png", ".jpg", ".jpeg", ".gif"].iter().any(|end| feed.icon.ends_with(end)) {
        xml.open("image", &[]);
        xml.element("url", &[], &feed.icon);
        xml.element("title", &[], &feed.title);
        xml.element("link", &[], &feed.home_url);
        xml.close("image");
    }
}

fn link(xml: &mut Xml, rel: &str, href: &str) {
    if !href.is_empty() {
        let attributes = [("rel", rel), ("type", "application/rss+xml"), ("href", href)];
        xml.empty("atom:link", &attributes);
    }
}

fn item(xml: &mut Xml, feed: &Feed<'_>, item: &Item<'_>) {
    xml.element("title", &[], &item.title);
    xml.element("link", &[], &item.url);
    xml.element("guid", &[("isPermaLink", "false")], &item.id);
    xml.element("pubDate", &[], &item.date().rfc2822());
    for author in &item.authors {
        xml.some("dc:creator", author);
    }
    if item.authors.is_empty() {
        xml.some("dc:creator", feed.author());
    }
    if let Some(lang) = item.foreign_lang(feed) {
        xml.element("dc:language", &[], lang);
    }
    for category in &item.categories {
        xml.some("category", category);
    }
    // A description is HTML, so plain text is escaped once more.
    xml.some("description", &escape(&item.summary));
    xml.some("content:encoded", &item.labelled_content(feed));
    if let Some(file) = &item.enclosure {
        let length = file.length.to_string();
        let attributes = [("url", &*file.url), ("length", &length), ("type", &*file.mime)];
        xml.empty("enclosure", &attributes);
    }
    if let Some(image) = &item.image {
        super::atom::media(xml, image);
    }
}
