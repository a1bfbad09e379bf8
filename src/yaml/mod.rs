//! What authors write in YAML: text to a tree with places, tree to typed values.
//!
//! Takes a block of text and its place in a file. [`parse()`] gives a [`Node`],
//! [`Reader`] gives typed values and says what is wrong with each. Knows no key
//! by name, no kind and no site; never reads the disk or a clock.

mod moment;
mod node;
mod parse;
mod plain;
mod reader;
mod rules;
mod syntax;
mod unknown;
mod wording;

#[cfg(test)]
mod tests;

pub use moment::{MomentError, Written, parse_moment};
pub use node::{Node, Spanned, Texts, Value};
pub use parse::{parse, parse_map};
pub use reader::{Reader, is_url};
pub use rules::*;
pub use wording::clip;
