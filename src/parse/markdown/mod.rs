//! Markdown to HTML with slots: everything one body allows by itself.
//!
//! Takes a file's text and the range of its body. Gives a [`Fragment`] and
//! diagnostics with places in the file. Never fails, never evaluates a
//! template, never asks what a link leads to or which components exist.
//!
//! | file | part |
//! |---|---|
//! | `components`, `args` | finds `::name{…}` and `:::name{…}` before Markdown is parsed |
//! | `events` | runs pulldown-cmark |
//! | `serialize`, `blocks`, `inline`, `footnotes` | write HTML, slots and plain text |
//! | `autolink`, `scheme` | addresses: bare ones, forbidden ones |
//! | `html`, `raw`, `policy`, `sanitize` | raw HTML: tokens, filter, lists, the body as a whole |
//! | `highlight` | colours for code |
//! | `clean`, `signs`, `context`, `rules` | text, shared state, diagnostics |

mod args;
mod autolink;
mod blocks;
mod clean;
mod components;
mod context;
mod events;
mod footnotes;
mod highlight;
mod html;
mod inline;
mod policy;
mod raw;
mod rules;
mod sanitize;
mod scheme;
mod serialize;
mod signs;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use crate::base::diag::Diagnostics;

use super::Fragment;
use context::{Context, floor};
use events::Definitions;

pub use rules::RULES;
pub use scheme::scheme_allowed;

/// Renders the body that stands at a byte range of a file's text. Every place
/// in the result is a byte range of `source`; all text is NFC.
pub fn render(source: &str, body: Range<usize>, file: &Arc<str>) -> (Fragment, Diagnostics) {
    let end = floor(source, body.end);
    let body = floor(source, body.start).min(end)..end;
    let mut ctx = Context::new(source, file);
    let blocks = components::scan(&mut ctx, body.clone());
    let fragment = serialize::body(&mut ctx, &body, &blocks, &Definitions::new());
    (fragment, ctx.finish())
}
