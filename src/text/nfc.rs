//! Composed form (NFC), the form of every text inside the program.
//!
//! Takes any text, gives the same text in NFC; copies only what is not in NFC
//! yet. Mac file names and windows-1258 text arrive decomposed.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode Normalization Form C; borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    let start = plain_start(text.as_bytes());
    // The last plain character may be the base of what follows it.
    let rest = text.get(start..).unwrap_or(text);
    if rest.is_empty() || is_nfc_quick(rest.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Bytes at the start that are NFC whatever comes before them: letters below
/// U+0300, composed Vietnamese, dashes and quotation marks. Nearly every text
/// that authors write consists of nothing else.
fn plain_start(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        at += match lead {
            ..0x80 => 1,
            ..0xcc => 2,
            _ => match bytes.get(at..at + 3) {
                Some([0xe1, 0xba, 0xa0..=0xff] | [0xe1, 0xbb, ..0xba]) => 3,
                Some([0xe2, 0x80, 0x90..0xa8]) => 3,
                _ => return at,
            },
        };
    }
    at
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
