//! The front matter that nearly every entry has, read without the parser.
//!
//! Takes a document of lines `key: value`, whose values are one line of text,
//! a quoted text without escapes, or a list `[a, b]` of words. Gives what the
//! parser gives, or nothing at the first sign of anything else: then the
//! parser decides. Never reports, never guesses.

use std::ops::Range;

use super::node::{Node, Value};
use crate::text::nfc;

/// Bytes of a document beyond which the parser, which counts what it reads,
/// takes over: keys are compared each with each here.
const LONGEST: usize = 16 * 1024;

/// The entries of a plain document, with ranges that count from `base`.
pub(super) fn entries(text: &str, base: usize) -> Option<Vec<(Node, Node)>> {
    if text.len() > LONGEST || is_harmful(text) {
        return None;
    }
    let mut entries: Vec<(Node, Node)> = Vec::with_capacity(16);
    let mut start = base;
    for line in text.split_terminator('\n') {
        let next = start + line.len() + 1;
        if !line.is_empty() && !line.starts_with('#') {
            let entry = entry(line, start)?;
            if entries.iter().any(|(key, _)| key.scalar() == entry.0.scalar()) {
                return None;
            }
            entries.push(entry);
        }
        start = next;
    }
    Some(entries)
}

/// Whether some byte is a control or begins a character that YAML or HTML
/// treats in a way of its own; told many bytes at a time.
fn is_harmful(text: &str) -> bool {
    let harmful = |byte: u8| {
        let control = (byte < b' ') & (byte != b'\n');
        control | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xee)
    };
    text.bytes().fold(false, |found, byte| found | harmful(byte))
}

fn entry(line: &str, start: usize) -> Option<(Node, Node)> {
    let colon = line.find(':')?;
    let (name, rest) = line.split_at_checked(colon)?;
    let rest = rest.get(1..)?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    let spaced = rest.is_empty() || rest.starts_with(' ');
    if name.is_empty() || !name.bytes().all(is_name) || !spaced || is_null(name) {
        return None;
    }
    let key = scalar(name, start..start + colon, true);
    let value = rest.trim_matches(' ');
    let at = start + colon + 1 + (rest.len() - rest.trim_start_matches(' ').len());
    let value = match value.as_bytes().first() {
        // Nothing was written: the range is the key's.
        None => Node { value: Value::Null, range: key.range.clone() },
        Some(quote @ (b'"' | b'\'')) => quoted(value, at, *quote)?,
        Some(b'[') => list(value, at)?,
        Some(_) => word(value, at, false)?,
    };
    Some((key, value))
}

fn scalar(text: &str, range: Range<usize>, plain: bool) -> Node {
    Node { value: Value::Scalar { text: nfc(text).into_owned(), plain }, range }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn quoted(text: &str, at: usize, quote: u8) -> Option<Node> {
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    let closed = text.len() > 1 && text.as_bytes().last() == Some(&quote);
    let bare = !inner.bytes().any(|byte| byte == quote || byte == b'\\');
    (closed && bare).then(|| scalar(inner, at..at + text.len(), false))
}

fn list(text: &str, at: usize) -> Option<Node> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let mut start = at + 1;
    for item in inner.split(',') {
        let text = item.trim_matches(' ');
        let lead = item.len() - item.trim_start_matches(' ').len();
        items.push(word(text, start + lead, true)?);
        start += item.len() + 1;
    }
    Some(Node { value: Value::List(items), range: at..at + text.len() })
}

/// Text without quotes. It begins with a letter or digit, so that it is nothing
/// else, and holds neither `: ` nor ` #`.
fn word(text: &str, at: usize, flow: bool) -> Option<Node> {
    let range = at..at + text.len();
    let first = text.chars().next()?;
    let begins = first.is_ascii_alphanumeric() || (!first.is_ascii() && first.is_alphabetic());
    let signs = memchr::memchr2(b':', b'#', text.as_bytes()).is_some();
    let stops = signs && (text.contains(": ") || text.contains(" #") || text.ends_with(':'));
    let marks = flow && text.contains(['[', ']', '{', '}', ',', ':', '"', '\'', '#']);
    if !begins || stops || marks {
        return None;
    }
    if is_null(text) {
        return Some(Node { value: Value::Null, range });
    }
    Some(scalar(text, range, true))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::parse::parse;
    use super::*;

    /// What the parser says; `None` where it reports.
    fn slow(text: &str) -> Option<Vec<(Node, Node)>> {
        match parse(text, 7, &Arc::from("a.md")).ok()?.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(Vec::new()),
            _ => None,
        }
    }

    #[test]
    fn reads_what_entries_have() {
        let text = "title: Chị Lan: giữ rừng\n";
        assert!(entries(text, 7).is_none(), "a colon and a space are for the parser");
        let text = "# ghi chú\ntitle: \"Chị Lan: giữ rừng\"\ndate: 2026-11-23 07:30\nunits: [tinh-doan-an-giang, x]\nsummary:\nfeatured: true\n\nslug: 'a'\n";
        assert!(entries(text, 7).is_some());
        assert_eq!(entries(text, 7), slow(text));
    }

    #[test]
    fn leaves_what_is_long_to_the_parser() {
        let line = "title: [aa, aa, aa, aa, aa, aa, aa, aa]\n";
        assert!(entries(line, 7).is_some());
        let many: String = (0..4_000).map(|n| format!("{}: a\n", "x".repeat(n % 40 + 1))).collect();
        assert!(entries(&many, 7).is_none());
        let long = format!("title: {}\n", "a".repeat(LONGEST));
        assert!(entries(&long, 7).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn never_differs_from_the_parser(
            lines in proptest::collection::vec(
                (
                    "(title|a|null|b_c|A|tags|-|y)",
                    "(: |:|:  |: \t)",
                    "([a-z0-9Đẫ:,#'\"\\[\\]{}~!&*|>%@` .\\\\-]{0,9}|\\[[a-z:, #-]{0,9}\\] ?|\"[a-zộ:# ]{0,6}\" ?|'[a-z\\\\ ]{0,4}'|[\u{80}-\u{100}\u{2020}-\u{2030}\u{300}e]{0,3}|null|~|# x)",
                ),
                0..4,
            ),
        ) {
            let text: String = lines.iter().map(|(key, colon, value)| format!("{key}{colon}{value}\n")).collect();
            if let Some(fast) = entries(&text, 7) {
                prop_assert_eq!(Some(fast), slow(&text), "{:?}", text);
            }
        }
    }
}
