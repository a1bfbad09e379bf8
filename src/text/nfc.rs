//! Composed form (NFC), the form of every text inside the program.
//!
//! Takes any text, gives the same text in NFC; copies only what is not in NFC
//! yet. Mac file names and windows-1258 text arrive decomposed.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode Normalization Form C; borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
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
    fn decomposed_text_is_composed() {
        // NFD of a Mac, and the half-composed form of windows-1258.
        assert_eq!(nfc("tie\u{302}\u{301}ng"), "tiếng");
        assert_eq!(nfc("ti\u{ea}\u{301}ng Vi\u{ea}\u{323}t"), "tiếng Việt");
        // Marks in the order in which some keyboards send them.
        assert_eq!(nfc("Vie\u{323}\u{302}t"), "Việt");
        assert_eq!(nfc("Vie\u{302}\u{323}t"), "Việt");
    }
}
