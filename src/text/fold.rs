//! Folding: what is left of a text for search and loose comparison.
//!
//! Takes any text, gives it in lower case without Latin, Greek and Cyrillic
//! marks. The signs of other scripts (Khmer vowels, Thai tones) are part of
//! their letters and stay. Blind to tone placement, since no tone is left.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Lower case, `đ` as `d`, no marks, no invisible characters, every run of
/// white space as one space, none at the ends. `fold(fold(x)) == fold(x)`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if folded_by_table(text, &mut out) {
        return out;
    }
    slowly(text)
}

/// As [`fold`], for any text.
fn slowly(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let lower = text.chars().flat_map(char::to_lowercase);
    for c in plain(lower) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Letters below this are looked up; Vietnamese needs none above.
const TABLE: usize = 0x1f00;

/// What a character folds to, where that is one character whatever stands
/// around it; 0 elsewhere.
static FOLDED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let one = |c: char| {
        if c.is_whitespace() {
            return ' ';
        }
        let mut folded = plain(c.to_lowercase());
        match (folded.next(), folded.next()) {
            (Some(only), None) => only,
            _ => '\0',
        }
    };
    let latin = |c: &char| *c < '\u{250}' || *c >= '\u{1e00}';
    (0..TABLE as u32).map(|n| char::from_u32(n).filter(latin).map_or('\0', one)).collect()
});

/// What a character folds to, if that is one character whatever stands around it.
pub(super) fn folded(c: char) -> Option<char> {
    FOLDED.get(c as usize).copied().filter(|&folded| folded != '\0')
}

/// Folds a text of nothing but Latin letters and signs; false where another
/// character turns up, which may change its neighbours.
fn folded_by_table(text: &str, out: &mut String) -> bool {
    let table = &*FOLDED;
    for c in text.chars() {
        match table.get(c as usize) {
            None | Some('\0') => return false,
            Some(' ') if out.is_empty() || out.ends_with(' ') => {}
            Some(&folded) => out.push(folded),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    true
}

/// The text without marks, in its own case and spacing: `Đặng Ấn` to `Dang An`.
pub fn strip_marks(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { plain(text.chars()).collect() }
}

/// Decomposes, drops marks and invisible characters, and composes again what
/// is not Latin.
fn plain(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.nfd().filter(|&c| !is_mark(c) && !is_invisible(c)).map(without_stroke).nfc()
}

/// The combining marks of alphabets, as against those of abugidas.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Soft hyphen, zero-width space and joiners, word joiner, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Letters whose stroke is no mark in Unicode. `Ð` and `Ɖ` look like `Đ` and
/// stand for it in much Vietnamese text.
fn without_stroke(c: char) -> char {
    match c {
        'đ' | 'ð' | 'ɖ' => 'd',
        'Đ' | 'Ð' | 'Ɖ' => 'D',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ı' => 'i',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_vietnamese() {
        assert_eq!(fold("Được  mùa,\u{a0}ĐƯỢC\n việc"), "duoc mua, duoc viec");
        assert_eq!(fold("hoà"), fold("hòa"));
        assert_eq!(fold("Ðà Nẵng"), "da nang");
        assert_eq!(fold("  Ề ữ ẵ ỵ Đ ặ ộ "), "e u a y d a o");
        assert_eq!(fold("tie\u{302}\u{301}ng"), "tieng");
        assert_eq!(fold("Ê Đê: ê\u{306} ơ\u{306}"), "e de: e o");
    }

    #[test]
    fn other_scripts_keep_their_signs() {
        assert_eq!(fold("ខ្មែរ\u{200b}ភាសា"), "ខ្មែរភាសា");
        assert_eq!(fold("ไทยน้ำ"), "ไทยน้ำ");
        assert_eq!(fold("한국어"), "한국어");
        assert_eq!(fold("がっこう"), "がっこう");
    }

    #[test]
    fn stripping_keeps_case_and_spacing() {
        assert_eq!(strip_marks("Đặng  Ấn Độ"), "Dang  An Do");
        assert_eq!(strip_marks("plain "), "plain ");
    }

    proptest! {
        #[test]
        fn the_table_says_the_same(text in "[\\u{20}-\\u{24f}\\u{1e00}-\\u{1f10}\n\\u{300}-\\u{310}]{0,12}") {
            prop_assert_eq!(fold(&text), slowly(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_is_blind_to_the_form(text in "[a-zăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ ]{0,16}") {
            let decomposed: String = text.nfd().collect();
            prop_assert!(fold(&text).is_ascii());
            prop_assert_eq!(fold(&decomposed), fold(&text));
        }
    }
}
