//! Text from before Unicode: TCVN3 (ABC) and VNI seen as Latin.
//!
//! Takes text that was decoded as windows-1252, tells whether it is Vietnamese
//! in one of the two old font encodings (`TiÕng ViÖt`, `Tieáng Vieät`), and
//! converts it. Never converts unasked. The capital fonts of TCVN3 (`.VnTimeH`)
//! keep their letters as small ones; their case is lost.

use multiversion::multiversion;

use super::syllable::Syllable;

/// An old font encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Legacy {
    /// TCVN 5712 as the `.Vn` fonts used it: one byte per letter.
    Tcvn3,
    /// VNI Windows: the letter, then its marks as another letter.
    Vni,
}

impl Legacy {
    /// The name that users know.
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3 (ABC)",
            Legacy::Vni => "VNI",
        }
    }
}

/// Which old encoding a text is in, if any.
///
/// Counts words that only become Vietnamese syllables when converted against
/// words with marks that do not, or that are Vietnamese already. Two such
/// words and three fifths of all marked words are proof; real Vietnamese,
/// French and German text stays far below.
pub fn detect(text: &str) -> Option<Legacy> {
    if text.is_ascii() || is_mostly_unicode(text) {
        return None;
    }
    let share = |encoding| (proof(text, encoding), encoding);
    let best = [share(Legacy::Tcvn3), share(Legacy::Vni)].into_iter().max_by_key(|(p, _)| *p)?;
    (best.0 > 0).then_some(best.1)
}

/// Whether letters that only Unicode Vietnamese has are common among the
/// marked ones; settles nearly every text without looking at its words.
#[multiversion(targets("x86_64+avx2"))]
fn is_mostly_unicode(text: &str) -> bool {
    // By first bytes: C2 and C3 are U+0080 to U+00FF; C4 to C6 hold ă, đ, ĩ, ũ,
    // ơ and ư; E1 has the letters with two marks.
    let (mut modern, mut latin) = (0usize, 0usize);
    // Counts of a piece fit a byte, so that many bytes are looked at at once.
    for piece in text.as_bytes().chunks(255) {
        let (mut new, mut old) = (0u8, 0u8);
        for &byte in piece {
            new += u8::from((byte.wrapping_sub(0xc4) < 3) | (byte == 0xe1));
            old += u8::from(byte & 0xfe == 0xc2);
        }
        modern += usize::from(new);
        latin += usize::from(old);
    }
    modern * 4 > latin
}

/// The words that speak for an encoding, 0 if too many speak against it.
fn proof(text: &str, encoding: Legacy) -> usize {
    let (mut hits, mut misses) = (0usize, 0usize);
    for word in text.split(|c: char| !is_word_char(c)) {
        if word.is_ascii() || !word.contains(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if !is_syllable(word) && is_syllable(&convert(word, encoding)) {
            hits += 1;
        } else {
            misses += 1;
        }
    }
    if hits >= 2 && hits * 2 >= misses * 3 { hits } else { 0 }
}

fn is_syllable(word: &str) -> bool {
    let word = word.to_lowercase();
    Syllable::parse(&word).is_some_and(|syllable| syllable.is_sound())
}

/// Letters, and the signs that are letters in TCVN3.
fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || tcvn3_letter(c).is_some()
}

/// The text in Unicode (NFC), every character taken for one of the encoding;
/// characters that the encoding does not have stay.
pub fn convert(text: &str, from: Legacy) -> String {
    match from {
        Legacy::Tcvn3 => text.chars().map(|c| tcvn3_letter(c).unwrap_or(c)).collect(),
        Legacy::Vni => convert_vni(text),
    }
}

/// Unicode letters of TCVN3 from U+00A1 on; a dot where there is none.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";

fn tcvn3_letter(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(0xa1)?;
    TCVN3.chars().nth(usize::try_from(at).ok()?).filter(|&letter| letter != '.')
}

fn convert_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joined = chars.peek().and_then(|&mark| vni_pair(c, mark));
        match joined {
            Some(letter) => {
                chars.next();
                out.push(letter);
            }
            None => out.push(vni_single(c)),
        }
    }
    out
}

/// Letters that VNI writes as one character.
fn vni_single(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    let letter = match small {
        'ñ' => 'đ',
        'ô' => 'ơ',
        'ö' => 'ư',
        'í' => 'í',
        'ì' => 'ì',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        _ => return c,
    };
    in_case_of(c, letter)
}

/// A vowel and the character after it that stands for its marks.
fn vni_pair(vowel: char, mark: char) -> Option<char> {
    let small = vowel.to_lowercase().next()?;
    let row = match small {
        'a' => "aáàảãạâấầẩẫậăắằẳẵặ",
        'e' => "eéèẻẽẹêếềểễệ",
        'o' => "oóòỏõọôốồổỗộ",
        'u' => "uúùủũụ",
        'y' => "yýỳỷỹ",
        'ô' => "ơớờởỡợ",
        'ö' => "ưứừửữự",
        _ => return None,
    };
    // In the order of the rows: the plain tones, then â ê ô, then ă.
    let marks = "·ùøûõïâáàåãäêéèúüë";
    let mark = mark.to_lowercase().next()?;
    let at = marks.chars().position(|c| c == mark).filter(|&at| at > 0)?;
    Some(in_case_of(vowel, row.chars().nth(at)?))
}

fn in_case_of(model: char, letter: char) -> char {
    if model.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two encodings written backwards, to make samples of any text.
    fn encode(text: &str, to: Legacy) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let found = match to {
                Legacy::Tcvn3 => TCVN3
                    .chars()
                    .position(|letter| letter == c && c != '.')
                    .and_then(|at| char::from_u32(0xa1 + at as u32))
                    .map(String::from),
                Legacy::Vni => vni_spelling(c),
            };
            out.push_str(&found.unwrap_or_else(|| c.to_string()));
        }
        out
    }

    fn vni_spelling(letter: char) -> Option<String> {
        let singles = "ñôöíìæóòîÑÔÖÍÌÆÓÒÎ".chars();
        if let Some(c) = singles.into_iter().find(|&c| vni_single(c) == letter) {
            return Some(c.to_string());
        }
        for vowel in "aeouyôöAEOUYÔÖ".chars() {
            for mark in "ùøûõïâáàåãäêéèúüë".chars() {
                let mark = in_case_of(vowel, mark);
                if vni_pair(vowel, mark) == Some(letter) {
                    return Some(format!("{vowel}{mark}"));
                }
            }
        }
        None
    }

    const SAMPLE: &str = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc. Những \
        người trẻ xung kích về bản vùng cao dựng nhà, bắc cầu, đắp đường; ở đó bữa cơm có thịt, \
        lớp học có sách, mỗi buổi tối lại vang tiếng đọc bài. Kỹ thuật ươm giống, ghép cây, ủ \
        phân đều được chỉ dẫn cẩn thận tới từng hộ, kể cả bà cụ tuổi bảy mươi lẫn em nhỏ.";

    const REAL: [&str; 5] = [
        SAMPLE,
        "Hoà bình, thuý, khoẻ, toán: là bà già ở nhà là tốt, né à, có thể là và xa là gì",
        "Déjà vu à la carte: le café du théâtre où l'été est né, très tôt, façon naïve; « thé »",
        "Österreich, Köln, schöne Grüße aus München; año, niño, coração, São Paulo, Malmö, Ærø",
        "© 2024 Đoàn®, 5 m², 20 °C, §1, 3 × 4, ½ · “Ngày mới” – résumé, fiancée, Zoë, Noël",
    ];

    #[test]
    fn converts_known_words() {
        let tcvn3 = |text| convert(text, Legacy::Tcvn3);
        assert_eq!(tcvn3("TiÕng ViÖt"), "Tiếng Việt");
        assert_eq!(
            tcvn3("Céng hoµ x· héi chñ nghÜa ViÖt Nam"),
            "Cộng hoà xã hội chủ nghĩa Việt Nam"
        );
        assert_eq!(tcvn3("§¶ng, ®\u{ad}îc, nh÷ng ng\u{ad}êi"), "Đảng, được, những người");
        let vni = |text| convert(text, Legacy::Vni);
        assert_eq!(vni("Tieáng Vieät"), "Tiếng Việt");
        assert_eq!(vni("Coäng hoøa xaõ hoäi chuû nghóa"), "Cộng hòa xã hội chủ nghĩa");
        assert_eq!(
            vni("Ñaûng, ñöôïc, nhöõng ngöôøi, TIEÁNG VIEÄT"),
            "Đảng, được, những người, TIẾNG VIỆT"
        );
    }

    #[test]
    fn detects_both_and_converts_back() {
        for encoding in [Legacy::Tcvn3, Legacy::Vni] {
            let old = encode(SAMPLE, encoding);
            assert_eq!(detect(&old), Some(encoding), "{old}");
            assert_eq!(convert(&old, encoding), SAMPLE);
        }
        assert_eq!(detect("TiÕng ViÖt"), Some(Legacy::Tcvn3));
        assert_eq!(detect("Tieáng Vieät"), Some(Legacy::Vni));
        let mixed = format!("title: Mỗi ngày một tin tốt\n\n{}", encode(SAMPLE, Legacy::Tcvn3));
        assert_eq!(detect(&mixed), Some(Legacy::Tcvn3));
        assert_eq!(detect("title: Mét ngµy ë b¶n\n\nThanh niªn trång c©y."), Some(Legacy::Tcvn3));
    }

    #[test]
    fn real_text_is_left_alone() {
        for text in REAL {
            assert_eq!(detect(text), None, "{text}");
            for word in text.split(' ') {
                assert_eq!(detect(word), None, "{word}");
            }
        }
        assert_eq!(detect("plain"), None);
        assert_eq!(detect("ភាសាខ្មែរ 越南 Привет"), None);
    }
}
