//! SVG as it may be published: what draws stays, what runs, fetches or tells of
//! its maker goes.
//!
//! A list says what may stay (elements and attributes of SVG 1.1 and 2 that
//! draw); all else is cut out of the text and nothing else of it is touched.
//! What is no well-formed SVG is refused, since browsers run scripts up to the
//! place where they stumble. Never follows a reference.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use resvg::usvg::roxmltree::{Attribute, Document, Node, NodeType};

use super::Unsafe;
use super::inside;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that draw, say what is drawn, or lead somewhere.
const ELEMENTS: [&str; 63] = [
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
    "hatch",
    "hatchpath",
    "solidcolor",
];

/// Pictures inside a picture that need nothing from elsewhere.
const INSIDE: [&str; 5] = [
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/jpg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

/// An SVG file's text to publish, and the names of what was cut out.
#[derive(Debug)]
pub struct Cleaned<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub removed: BTreeSet<String>,
}

/// What of an SVG file may be published.
pub fn clean(bytes: &[u8]) -> Result<Cleaned<'_>, Unsafe> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unsafe("SVG"))?;
    let (text, had_doctype) = without_doctype(text)?;
    let mut cuts = cuts(&text)?;
    if had_doctype {
        cuts.removed.insert("<!DOCTYPE>".to_owned());
    }
    if cuts.removed.is_empty() {
        return Ok(Cleaned { bytes: Cow::Borrowed(bytes), removed: cuts.removed });
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (cut, instead) in &cuts.ranges {
        out.push_str(text.get(at..cut.start).unwrap_or_default());
        out.push_str(instead);
        at = cut.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    // What is left must read as it is meant to.
    if !self::cuts(&out)?.removed.is_empty() {
        return Err(Unsafe("SVG"));
    }
    Ok(Cleaned { bytes: Cow::Owned(out.into_bytes()), removed: cuts.removed })
}

/// What is to be cut out of a text without a document type.
fn cuts(text: &str) -> Result<Cuts, Unsafe> {
    let document = Document::parse(text).map_err(|_| Unsafe("SVG"))?;
    if document.root_element().tag_name().name() != "svg" {
        return Err(Unsafe("SVG"));
    }
    let mut cuts = Cuts::default();
    for node in document.root().descendants() {
        cuts.look_at(node);
    }
    Ok(cuts)
}

/// A document type says nothing that drawing needs. One that defines entities
/// may hide anything in them.
fn without_doctype(text: &str) -> Result<(Cow<'_, str>, bool), Unsafe> {
    let Some(start) = text.find("<!DOCTYPE") else { return Ok((Cow::Borrowed(text), false)) };
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find('>').ok_or(Unsafe("SVG"))?;
    let (inside, after) = rest.split_at(end + 1);
    if inside.contains('[') {
        return Err(Unsafe("SVG"));
    }
    let before = text.get(..start).unwrap_or_default();
    Ok((Cow::Owned(format!("{before}{after}")), true))
}

/// What is to be cut out and what comes in its place, in the order of the text
/// and never one in another.
#[derive(Default)]
struct Cuts {
    ranges: Vec<(Range<usize>, String)>,
    removed: BTreeSet<String>,
}

impl Cuts {
    fn look_at(&mut self, node: Node<'_, '_>) {
        let start = node.range().start;
        if self.ranges.last().is_some_and(|(last, _)| start < last.end) {
            return;
        }
        match node.node_type() {
            NodeType::Element if stays(node) => {
                for attribute in node.attributes() {
                    self.look_into(node, &attribute);
                }
            }
            NodeType::Element => {
                self.cut(node.range(), format!("<{}>", node.tag_name().name()));
            }
            // Notes of drawing programs, and style sheets from elsewhere.
            NodeType::PI => self.cut(node.range(), "<?…?>".to_owned()),
            NodeType::Comment => self.cut(node.range(), "<!-- -->".to_owned()),
            NodeType::Root | NodeType::Text => {}
        }
    }

    fn cut(&mut self, range: Range<usize>, name: String) {
        self.ranges.push((range, String::new()));
        self.removed.insert(name);
    }

    /// A picture inside the drawing is published as one beside it would be.
    fn look_into(&mut self, node: Node<'_, '_>, attribute: &Attribute<'_, '_>) {
        let name = attribute.name();
        let seen = match fits(node, attribute) {
            true if name == "href" => inside::clean(attribute.value()),
            true => return,
            false => inside::Seen::Unsafe,
        };
        match seen {
            inside::Seen::Clean => {}
            inside::Seen::Cleaned(instead) => {
                self.ranges.push((attribute.range_value(), instead));
                self.removed.insert("<image> Exif".to_owned());
            }
            inside::Seen::Unsafe => self.cut(attribute.range(), name.to_owned()),
        }
    }
}

fn stays(node: Node<'_, '_>) -> bool {
    let tag = node.tag_name();
    if !matches!(tag.namespace(), None | Some(SVG)) || !ELEMENTS.contains(&tag.name()) {
        return false;
    }
    match tag.name() {
        "style" => node.descendants().filter_map(|node| node.text()).all(is_quiet),
        // What moves must not move a reference or a handler into place.
        "set" | "animate" => node.attribute("attributeName").is_some_and(|name| {
            let name = name.trim().to_ascii_lowercase();
            !name.ends_with("href") && !name.starts_with("on")
        }),
        _ => true,
    }
}

fn fits(node: Node<'_, '_>, attribute: &Attribute<'_, '_>) -> bool {
    let (name, value) = (attribute.name(), attribute.value());
    match attribute.namespace() {
        Some(XML) => matches!(name, "space" | "lang"),
        Some(XLINK) if name == "title" => true,
        Some(XLINK) | None if name == "href" => leads(node.tag_name().name(), value),
        None => !name.to_ascii_lowercase().starts_with("on") && name != "src" && is_quiet(value),
        Some(_) => false,
    }
}

/// Whether a reference stays in the file, or is a link that people follow.
fn leads(element: &str, value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let plain = plain.to_ascii_lowercase();
    match element {
        _ if plain.starts_with('#') => true,
        "a" => ["https://", "http://", "mailto:", "tel:"].iter().any(|way| plain.starts_with(way)),
        "image" | "feImage" => INSIDE.iter().any(|kind| plain.starts_with(kind)),
        _ => false,
    }
}

/// Whether CSS, or the value of any attribute, fetches and runs nothing.
fn is_quiet(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let loud = ["@import", "javascript:", "expression(", "-moz-binding", "behavior:", "\\", "src("];
    let mut urls = text.match_indices("url(").filter_map(|(at, mark)| text.get(at + mark.len()..));
    let inside =
        |rest: &str| rest.trim_start_matches([' ', '\t', '\n', '"', '\'']).starts_with('#');
    !loud.iter().any(|word| text.contains(word))
        && urls.all(inside)
        && !text.contains("image-set(")
        && !text.contains("@font-face")
}
