//! What raw HTML may hold: elements, attributes, classes.
//!
//! Takes a name and a value, gives a verdict. Knows nothing of places in
//! files. [`super::sanitize`] enforces the same lists a second time.

/// Elements that authors may write.
pub(super) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

const VOID: &[&str] = &["br", "col", "hr", "img", "source", "track", "wbr"];

/// Elements whose end tag may be left out (WHATWG HTML 13.1.2.4).
const OPTIONAL_END: &[&str] = &[
    "p", "li", "dt", "dd", "rt", "rp", "colgroup", "caption", "thead", "tbody", "tfoot", "tr",
    "td", "th",
];

/// Elements that run or load what others wrote.
const DANGEROUS: &[&str] =
    &["script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta"];

/// Elements that vanish with what is between their tags.
const WITH_CONTENT: &[&str] = &[
    "script",
    "style",
    "iframe",
    "object",
    "svg",
    "math",
    "template",
    "noscript",
    "title",
    "textarea",
    "select",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
];

/// Classes that the theme draws.
pub(super) const CLASSES: &[&str] = &[
    "gallery",
    "figure",
    "table",
    "ta-left",
    "ta-center",
    "ta-right",
    "lead",
    "small",
    "nowrap",
    "wide",
];

/// What happens to an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Kept,
    /// The tags go, what is between them stays.
    Unwrapped,
    Dangerous,
    /// Left behind by a word processor.
    Word,
}

pub(super) fn element(name: &str) -> Element {
    if ELEMENTS.contains(&name) {
        Element::Kept
    } else if DANGEROUS.contains(&name) {
        Element::Dangerous
    } else if name == "font" || name.contains(':') {
        Element::Word
    } else {
        Element::Unwrapped
    }
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(super) fn may_stay_open(name: &str) -> bool {
    OPTIONAL_END.contains(&name)
}

/// Whether removing an element removes its content.
pub(super) fn loses_content(name: &str) -> bool {
    WITH_CONTENT.contains(&name)
}

/// What happens to an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Kept,
    /// An address that other stages resolve.
    Address,
    /// An anchor, to be unique.
    Id,
    Removed,
    Dangerous,
    Word,
}

/// The verdict on an attribute of an element that is kept.
pub(super) fn attribute(element: &str, name: &str, value: &str) -> Attribute {
    if name.starts_with("on") {
        return Attribute::Dangerous;
    }
    let is_word = match name {
        "class" => value.split_whitespace().any(|c| c.starts_with("Mso")),
        "style" => value.contains("mso-"),
        _ => name.contains(':') && !name.starts_with("xml:"),
    };
    if is_word {
        return Attribute::Word;
    }
    match (element, name) {
        ("a", "href")
        | ("img" | "video" | "audio" | "source" | "track", "src")
        | ("video", "poster") => Attribute::Address,
        (_, "id") if is_id(value) => Attribute::Id,
        _ if is_kept(element, name, value) => Attribute::Kept,
        _ => Attribute::Removed,
    }
}

fn is_kept(element: &str, name: &str, value: &str) -> bool {
    let number =
        || !value.is_empty() && value.len() <= 5 && value.bytes().all(|b| b.is_ascii_digit());
    match (element, name) {
        (_, "title" | "aria-label") => true,
        (_, "class") => value.split_whitespace().all(|class| CLASSES.contains(&class)),
        (_, "lang") => is_tag(value),
        ("a", "hreflang") | ("track", "srclang") => is_tag(value),
        (_, "dir") => matches!(value, "ltr" | "rtl" | "auto"),
        ("img", "alt") => true,
        ("img" | "video", "width" | "height") => number(),
        ("video" | "audio", "controls" | "loop" | "muted" | "playsinline") => value.len() < 12,
        ("video" | "audio", "preload") => matches!(value, "none" | "metadata"),
        ("details", "open") => true,
        ("ol", "reversed") => true,
        ("ol", "start") | ("li", "value") => number(),
        ("td" | "th", "colspan" | "rowspan") | ("col" | "colgroup", "span") => number(),
        ("th", "scope") => matches!(value, "col" | "row" | "colgroup" | "rowgroup"),
        ("th", "abbr") => true,
        ("time" | "del" | "ins", "datetime") | ("data", "value") => value.len() <= 40,
        ("source", "type") => value.len() <= 80,
        ("track", "kind") => {
            matches!(value, "captions" | "subtitles" | "descriptions" | "chapters")
        }
        ("track", "label" | "default") => true,
        _ => false,
    }
}

/// Ids that authors may give: the theme's own are written otherwise.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 120
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The shape of a BCP 47 language tag.
fn is_tag(text: &str) -> bool {
    text.len() <= 35
        && text.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}
