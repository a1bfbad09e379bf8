//! Composed form (NFC), the form of every text inside the program.
//!
//! Takes any text, gives the same text in NFC; copies only what is not in NFC
//! yet. Mac file names and windows-1258 text arrive decomposed.

use std::borrow::Cow;

use multiversion::multiversion;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode Normalization Form C; borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether a text holds nothing but letters below U+0300, U+1E80 to U+1EFF and
/// U+2002 to U+203F: those are composed and compose with nothing. Nearly every
/// text that authors write is so; told by first bytes, many at a time.
pub fn is_plain(text: &str) -> bool {
    are_plain(text.as_bytes())
}

#[multiversion(targets("x86_64+avx2"))]
fn are_plain(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let third = bytes.get(2..).unwrap_or_default();
    let other = |(byte, next, third): (u8, u8, u8)| {
        let vietnamese = (byte == 0xe1) & ((next | 1) == 0xbb);
        let punctuation = (byte == 0xe2) & (next == 0x80) & (third >= 0x82);
        (byte >= 0xcc) & !vietnamese & !punctuation
    };
    let whole = bytes.iter().zip(next).zip(third).map(|((a, b), c)| (*a, *b, *c));
    // The last two bytes begin no character of three.
    let tail = bytes.iter().rev().take(2).any(|byte| *byte >= 0xcc);
    !whole.fold(tail, |found, bytes| found | other(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_text_is_borrowed() {
        for text in ["", "plain", "Mỗi ngày một tin tốt", "ភាសាខ្មែរ"] {
            assert!(matches!(nfc(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_is_plain_is_composed() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            if is_plain(&c.to_string()) {
                assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn same_as_the_slow_way(text in "[a-zàỹ\u{300}-\u{345}\u{2000}-\u{2030}ă\u{1e00}-\u{1eff}]{0,20}") {
            let slow: String = text.nfc().collect();
            proptest::prop_assert_eq!(nfc(&text), slow);
        }
    }

    #[test]
    fn decomposed_text_is_composed() {
        // NFD of a Mac, and the half-composed form of windows-1258.
        assert_eq!(nfc("tie\u{302}\u{301}ng"), "tiếng");
        assert_eq!(nfc("ti\u{ea}\u{301}ng Vi\u{ea}\u{323}t"), "tiếng Việt");
        // Marks in the order in which some keyboards send them.
        assert_eq!(nfc("Vie\u{323}\u{302}t"), "Việt");
        assert_eq!(nfc("Vie\u{302}\u{323}t"), "Việt");
    }
}
