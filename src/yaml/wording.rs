//! How values and keys are named in messages.

use super::node::{Node, Value};
use crate::base::diag::Bi;
use crate::bi;

/// Longest piece of an author's text that a message repeats, in characters.
const LONGEST: usize = 40;

/// The text cut to a length that fits into a message, on one line.
pub fn clip(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == LONGEST {
            out.push('…');
            break;
        }
        out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
    }
    out
}

/// What an author wrote, in a word or two.
pub(super) fn actual(node: &Node) -> Bi {
    match &node.value {
        Value::Null => bi!("chỗ trống", "nothing"),
        Value::Scalar { text, .. } => {
            let text = clip(text);
            bi!("chữ “{text}”", "the text “{text}”")
        }
        Value::List(_) => bi!("một danh sách", "a list"),
        Value::Map(_) => bi!("một nhóm khóa con", "a group of keys"),
    }
}

/// `a, b, c`, each as code.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
