//! Text on its way into HTML: NFC, without characters that HTML forbids, escaped.
//!
//! Takes text as an author wrote it (entities and escapes resolved). Gives text
//! that may stand in a page. Never changes what can be read.

use std::borrow::Cow;

use multiversion::multiversion;

use crate::text::nfc::{is_plain, nfc};

/// NFC, line ends as `\n`, NUL and noncharacters as U+FFFD, other control
/// characters left out; borrowed when the text already is so.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if !is_suspect(text.as_bytes()) {
        return nfc(text);
    }
    if !text.chars().any(is_forbidden) {
        return nfc(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\0' => out.push('\u{fffd}'),
            c if is_noncharacter(c) => out.push('\u{fffd}'),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(nfc(&out).into_owned())
}

/// Whether a text and every piece of it are clean, told many bytes at a time;
/// false where that takes a closer look.
pub(super) fn is_clean(text: &str) -> bool {
    !is_suspect(text.as_bytes()) && is_plain(text)
}

/// Whether a byte occurs that every forbidden character has: a control, the
/// first byte of C1 controls, or of a block with noncharacters.
#[multiversion(targets("x86_64+avx2"))]
fn is_suspect(bytes: &[u8]) -> bool {
    let suspect = |byte: u8| {
        let control = (byte < b' ') & (byte != b'\n') & (byte != b'\t');
        control | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
    };
    bytes.iter().fold(false, |found, byte| found | suspect(*byte))
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || is_noncharacter(c)
}

/// Code points that Unicode reserves for inner use; [`super::sanitize`] uses
/// two of them as marks, so none may come from an author.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

/// Appends text between tags. U+0338 at the start is left out: after the `>`
/// of a tag it would compose to another character.
pub(super) fn escape_text(out: &mut String, text: &str) {
    let text = text.trim_start_matches('\u{338}');
    if memchr::memchr3(b'&', b'<', b'>', text.as_bytes()).is_none() {
        return out.push_str(text);
    }
    escape(out, text, |c| match c {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends an attribute value for double quotes.
pub(super) fn escape_attribute(out: &mut String, text: &str) {
    escape(out, text, |c| match c {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

fn escape(out: &mut String, text: &str, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[from..at]);
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// At most 60 characters of a text in one line, for messages.
pub(super) fn short(text: &str) -> String {
    let line = clean(text).replace(['\n', '\t'], " ");
    if line.chars().count() <= 60 {
        return line;
    }
    line.chars().take(59).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_composed_and_free_of_controls() {
        assert_eq!(clean("tie\u{302}\u{301}ng"), "tiếng");
        assert_eq!(
            clean("a\0b\u{1}c\r\nd\re\u{fdd0}\u{ffff}"),
            "a\u{fffd}bc\nd\ne\u{fffd}\u{fffd}"
        );
        assert!(matches!(clean("Mỗi ngày"), Cow::Borrowed(_)));
    }

    #[test]
    fn escapes() {
        let mut out = String::new();
        escape_text(&mut out, "\u{338}a < b & \"c\" > d");
        assert_eq!(out, "a &lt; b &amp; \"c\" &gt; d");
        out.clear();
        escape_attribute(&mut out, "a < b & \"c\"");
        assert_eq!(out, "a &lt; b &amp; &quot;c&quot;");
    }

    #[test]
    fn long_words_are_cut_for_messages() {
        assert_eq!(short(&"đ".repeat(70)).chars().count(), 60);
        assert_eq!(short("a\nb"), "a b");
    }
}
