//! Where the tone mark sits: `hoà` and `hòa` are one word.
//!
//! Takes text in either style, gives the older style (òa, òe, ùy), which the
//! names of provinces and most laws use. Only for comparison keys: what an
//! author wrote is printed as written.

use super::nfc::nfc;
use super::syllable::Syllable;

/// The text with every Vietnamese syllable's tone in its place by the older
/// style; misplaced tones (`đựơc`, `hòan`) are put right, words that are not
/// spelled like a syllable stay as they are. The result is NFC.
pub fn normalize_tone_placement(text: &str) -> String {
    let text = nfc(text);
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            push_word(&mut out, &mut word);
            out.push(c);
        }
    }
    push_word(&mut out, &mut word);
    out
}

fn push_word(out: &mut String, word: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
    } else {
        match Syllable::parse(word) {
            Some(syllable) => out.push_str(&syllable.write()),
            None => out.push_str(word),
        }
    }
    word.clear();
}

/// Whether two texts differ at most in where their tones sit and in their
/// Unicode form. Marks and case count: `hoà` is `hòa` but not `hoa` or `Hòa`.
pub fn same_word(a: &str, b: &str) -> bool {
    a == b || normalize_tone_placement(a) == normalize_tone_placement(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_styles_become_the_older() {
        for (written, older) in [
            ("hoà", "hòa"),
            ("khoẻ", "khỏe"),
            ("thuỷ", "thủy"),
            ("Khánh Hoà, Thanh Hoá", "Khánh Hòa, Thanh Hóa"),
            ("HOÀ BÌNH", "HÒA BÌNH"),
            ("đựơc", "được"),
            ("hòan thành", "hoàn thành"),
            ("qúy", "quý"),
            ("gìa", "già"),
        ] {
            assert_eq!(normalize_tone_placement(written), older);
        }
    }

    #[test]
    fn right_spellings_stay() {
        for word in [
            "hoàn",
            "thuyền",
            "quý",
            "quà",
            "quỳnh",
            "giá",
            "già",
            "gì",
            "giữ gìn",
            "giếng",
            "ngoài",
            "xoáy",
            "khuỷu",
            "mía",
            "múa",
            "cửa",
            "nước",
            "rượu",
            "hướng",
            "huýt",
            "thuế",
            "thuở",
            "quyết",
            "tuấn",
            "café",
            "résumé",
            "Nguyễn",
            "Đắk Lắk",
            "yếu",
        ] {
            assert_eq!(normalize_tone_placement(word), word);
        }
    }

    #[test]
    fn marks_count() {
        assert!(same_word("Hoà Bình", "Hòa Bình"));
        assert!(same_word("hoa\u{300}", "hòa"));
        assert!(!same_word("hoà", "hoa"));
        assert!(!same_word("hoà", "hoá"));
        assert!(!same_word("hòa", "Hòa"));
    }

    #[test]
    fn no_letter_loses_its_tone() {
        let letters = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
        for letter in letters.chars() {
            for mark in ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'] {
                let word = nfc(&format!("t{letter}{mark}")).into_owned();
                assert_eq!(normalize_tone_placement(&word), word);
            }
        }
        assert!(!same_word("nguyện", "nguyên") && !same_word("Việt", "Viêt"));
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in "[a-yăâđêôơưàáảãạấềộợứỷA-Đ ]{0,20}") {
            let once = normalize_tone_placement(&text);
            prop_assert_eq!(normalize_tone_placement(&once), once);
        }
    }
}
