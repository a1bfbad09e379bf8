//! An SVG file of the theme as what is drawn once and what is drawn for every
//! card.
//!
//! Children of `<svg>` with `data-slot` (a text), `data-if` (a shape that is
//! there with that text) or `data-photo` are every card's own. Never draws.

use std::fmt::Write;
use std::sync::OnceLock;

use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::{Document, Node};

use super::measure::Widths;
use super::{SIZE, Words};
use crate::base::diag::Bi;
use crate::base::html;
use crate::bi;

/// One SVG file of a theme.
pub struct Sheet {
    /// The file without what is every card's own.
    pub ground: String,
    /// The ground drawn, once a card needs it.
    pub drawn: OnceLock<Option<Pixmap>>,
    /// The opening tag of `<svg>`.
    pub head: String,
    pub parts: Vec<Part>,
    pub photo: Option<Frame>,
}

/// What a card draws over the ground, in the file's order.
pub enum Part {
    Text(Line),
    /// SVG that is drawn where the slot has a text.
    Shape {
        with: String,
        source: String,
    },
}

/// Where a text stands and what becomes of a long one.
pub struct Line {
    pub slot: String,
    /// Attributes of `<text>` besides those below.
    pub attributes: String,
    pub x: f32,
    /// Of the first line's letters' feet.
    pub y: f32,
    /// The size in pixels that a short text has, and the least.
    pub size: f32,
    pub least: f32,
    pub width: f32,
    pub lines: usize,
    /// From line to line, in sizes.
    pub leading: f32,
    /// Of words that it had before.
    pub widths: Widths,
}

/// Where a photo lies, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// Attributes that a [`Line`] has as values.
const VALUES: [&str; 3] = ["x", "y", "font-size"];

impl Sheet {
    pub fn read(source: &[u8]) -> Result<Sheet, Bi> {
        let text =
            std::str::from_utf8(source).map_err(|_| bi!("phải ghi bằng UTF-8", "must be UTF-8"))?;
        let document = Document::parse(text)
            .map_err(|error| bi!("sai cú pháp XML: {error}", "is no XML: {error}"))?;
        let root = document.root_element();
        let (mut ground, mut copied) = (String::with_capacity(text.len()), 0);
        let (mut parts, mut photo) = (Vec::new(), None);
        for node in root.children().filter(Node::is_element) {
            let own = if node.has_attribute("data-photo") {
                photo = Some(frame(node)?);
                true
            } else if let Some(slot) = node.attribute("data-slot") {
                parts.push(Part::Text(line(node, slot)?));
                true
            } else if let Some(with) = node.attribute("data-if") {
                let source = text.get(node.range()).unwrap_or_default().to_owned();
                parts.push(Part::Shape { with: slot_name(with)?, source });
                true
            } else {
                false
            };
            if own {
                ground.push_str(text.get(copied..node.range().start).unwrap_or_default());
                copied = node.range().end;
            }
        }
        ground.push_str(text.get(copied..).unwrap_or_default());
        let drawn = OnceLock::new();
        Ok(Sheet { ground, drawn, head: head(root), parts, photo })
    }
}

/// `<svg …>` with all its attributes.
fn head(root: Node<'_, '_>) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{}>", attributes(root, &[]))
}

/// Attributes as they are written, those of `data-` and some others left out.
fn attributes(node: Node<'_, '_>, without: &[&str]) -> String {
    let mut out = String::new();
    for attribute in node.attributes() {
        let name = attribute.name();
        let plain = attribute.namespace().is_none() && !name.starts_with("data-");
        if plain && !without.contains(&name) {
            let _ = write!(out, " {name}=\"{}\"", escape(attribute.value()));
        }
    }
    out
}

fn line(node: Node<'_, '_>, slot: &str) -> Result<Line, Bi> {
    let slot = slot_name(slot)?;
    let number = |name: &str, default: Option<f32>| {
        let written = node.attribute(name).and_then(|text| text.trim().parse().ok());
        written
            .or(default)
            .filter(|number: &f32| number.is_finite())
            .ok_or_else(|| bi!("`{slot}` cần số ở `{name}`", "`{slot}` needs a number in `{name}`"))
    };
    let size = number("font-size", None)?.clamp(4.0, 400.0);
    let lines = number("data-lines", Some(1.0))?.clamp(1.0, 8.0);
    Ok(Line {
        attributes: attributes(node, &VALUES),
        x: number("x", None)?,
        y: number("y", None)?,
        size,
        least: number("data-least", Some(size * 0.8))?.clamp(4.0, size),
        width: number("data-width", None)?.max(1.0),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 8")]
        lines: lines as usize,
        leading: number("data-leading", Some(1.25))?,
        slot,
        widths: Widths::default(),
    })
}

fn slot_name(name: &str) -> Result<String, Bi> {
    match Words::default().get(name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(bi!("không có ô chữ `{name}`", "there is no slot `{name}`")),
    }
}

fn frame(node: Node<'_, '_>) -> Result<Frame, Bi> {
    let number = |name: &str| node.attribute(name).and_then(|text| text.trim().parse().ok());
    let frame = || {
        let (x, y) = (number("x")?, number("y")?);
        let (width, height) = (number("width")?, number("height")?);
        let inside = |at: u32, long: u32, all: u32| long > 0 && at.saturating_add(long) <= all;
        (inside(x, width, SIZE.0) && inside(y, height, SIZE.1)).then_some(Frame {
            x,
            y,
            width,
            height,
        })
    };
    frame().ok_or_else(|| {
        bi!(
            "khung ảnh phải nằm trong thẻ, bằng số điểm ảnh chẵn",
            "the photo must lie within the card, in whole pixels"
        )
    })
}

/// As text and as the value of an attribute in double quotes; XML holds no
/// control characters.
pub fn escape(text: &str) -> String {
    html::escape(text).replace(char::is_control, " ")
}
