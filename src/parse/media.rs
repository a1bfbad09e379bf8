//! Facts about pictures that are read from their first bytes.

use std::io::Cursor;

/// Width and height in pixels as a reader sees them; zeros for what is no
/// picture. Content decides, not the name.
pub fn dimensions(bytes: &[u8]) -> (u32, u32) {
    if let Some(size) = svg(bytes) {
        return size;
    }
    let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    size.unwrap_or((0, 0))
}

/// `width` and `height` of an SVG in pixels, else the size of its `viewBox`.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let head = String::from_utf8_lossy(head);
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let number = |name: &str| {
        let value = attribute(tag, name)?;
        let value = value.strip_suffix("px").unwrap_or(value);
        value.trim().parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 100_000.0)
    };
    if let (Some(width), Some(height)) = (number("width"), number("height")) {
        return Some((width.round() as u32, height.round() as u32));
    }
    let view_box = attribute(tag, "viewBox")?;
    let mut numbers = view_box.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    let mut side = || numbers.next()?.parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 100_000.0);
    let (width, height) = (side()?, side()?);
    Some((width.round() as u32, height.round() as u32))
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = tag.get(from..)?.find(name) {
        let start = from + at;
        let rest = tag.get(start + name.len()..)?.trim_start();
        let alone = tag[..start].ends_with(char::is_whitespace);
        if alone && let Some(value) = rest.strip_prefix('=') {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'')?;
            return value[1..].split(quote).next();
        }
        from = start + name.len();
    }
    None
}
