//! A QR code as an SVG file: black on white with its quiet zone, whatever
//! stands around it, so that it scans from a dark screen and from paper.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::base::html::escape;

/// Modules of white around the code that readers need.
const QUIET: i32 = 4;

/// The file; `None` for a text that is too long for a code.
pub fn svg(text: &str, title: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|&x| code.get_module(x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let title = escape(title);
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" role=\"img\"><title>{title}</title><path fill=\"#fff\" d=\"M0,0h{size}v{size}h-{size}z\"/><path d=\"{path}\"/></svg>\n"
    ))
}
