//! JSON Feed 1.1.
//!
//! Takes a [`Feed`]; gives the file: one line of JSON and a line feed.

use serde_json::{Value, json};

use super::{Feed, Item, Text, is_xml_char};

/// The bytes of a JSON Feed 1.1 file.
pub fn render(feed: &Feed<'_>) -> Vec<u8> {
    let mut root = without_empty(json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(&feed.title),
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url,
        "description": clean(&feed.description),
        "next_url": feed.older,
        "icon": feed.icon,
        "language": feed.lang,
        "authors": [{"name": clean(feed.author())}],
    }));
    // Required even when it is empty.
    root["items"] = feed.items.iter().map(|entry| item(feed, entry)).collect();
    format!("{root}\n").into_bytes()
}

fn item(feed: &Feed<'_>, item: &Item<'_>) -> Value {
    let names = item.authors.iter().filter(|name| !name.is_empty());
    let attachments = item
        .enclosure
        .iter()
        .map(|file| json!({"url": file.url, "mime_type": file.mime, "size_in_bytes": file.length}));
    let tags = item.categories.iter().filter(|tag| !tag.is_empty());
    let mut value = without_empty(json!({
        "id": item.id,
        "url": item.url,
        "title": clean(&item.title),
        "summary": clean(&item.summary),
        "image": item.image.as_ref().map(|image| &*image.url),
        "date_published": item.published.rfc3339(),
        "date_modified": item.updated.as_ref().map(|updated| updated.rfc3339()),
        "authors": names.map(|name| json!({"name": clean(name)})).collect::<Vec<_>>(),
        "tags": tags.map(|tag| clean(tag)).collect::<Vec<_>>(),
        "language": item.foreign_lang(feed),
        "attachments": attachments.collect::<Vec<_>>(),
    }));
    // Required even when it is empty.
    value["content_html"] = Value::String(clean(&item.labelled_content(feed)).into_owned());
    value
}

/// JSON could hold more, but the three formats say the same.
fn clean(text: &str) -> Text<'_> {
    if text.chars().all(is_xml_char) {
        Text::Borrowed(text)
    } else {
        Text::Owned(text.chars().filter(|c| is_xml_char(*c)).collect())
    }
}

/// Drops members and elements that are null, an empty text, list or object, at
/// any depth.
pub(in crate::render) fn without_empty(value: Value) -> Value {
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
