//! The anatomy of a Vietnamese syllable: onset, vowels, coda, tone.
//!
//! Takes one word, tells whether it is spelled like a Vietnamese syllable and
//! of what parts. Sound rules only, no dictionary: `ngoẹo` passes, `street`
//! does not.

use std::ops::Range;

use unicode_normalization::char::{compose, decompose_canonical};

use super::nfc::nfc;

/// The six tones in dictionary order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Ngang,
    Huyen,
    Hoi,
    Nga,
    Sac,
    Nang,
}

impl Tone {
    /// The tone of a combining mark.
    pub(super) fn of_mark(mark: char) -> Option<Tone> {
        Some(match mark {
            '\u{300}' => Tone::Huyen,
            '\u{309}' => Tone::Hoi,
            '\u{303}' => Tone::Nga,
            '\u{301}' => Tone::Sac,
            '\u{323}' => Tone::Nang,
            _ => return None,
        })
    }

    fn mark(self) -> Option<char> {
        match self {
            Tone::Ngang => None,
            Tone::Huyen => Some('\u{300}'),
            Tone::Hoi => Some('\u{309}'),
            Tone::Nga => Some('\u{303}'),
            Tone::Sac => Some('\u{301}'),
            Tone::Nang => Some('\u{323}'),
        }
    }
}

/// Whether a bare letter can carry a tone.
pub(super) fn is_bare_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A composed letter as its toneless letter and its tone: `ấ` as `â`, sắc.
fn split(c: char) -> (char, Tone) {
    if c.is_ascii() {
        return (c, Tone::Ngang);
    }
    let (mut base, mut tone) = (None, Tone::Ngang);
    decompose_canonical(c, |part| {
        base = match base {
            None => Some(part),
            Some(letter) if is_bare_vowel_or_marked(letter) && Tone::of_mark(part).is_some() => {
                tone = Tone::of_mark(part).unwrap_or(Tone::Ngang);
                Some(letter)
            }
            Some(letter) => Some(compose(letter, part).unwrap_or(letter)),
        };
    });
    (base.unwrap_or(c), tone)
}

fn is_bare_vowel_or_marked(c: char) -> bool {
    is_bare_vowel(c) || matches!(lower(c), 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư')
}

fn with_tone(letter: char, tone: Tone) -> char {
    let Some(mark) = tone.mark() else { return letter };
    // Unicode builds `ệ` from `ẹ`, not from `ê`: the dot below comes first.
    let dotted = || {
        let (mut bare, mut hat) = (letter, None);
        decompose_canonical(letter, |part| match Tone::of_mark(part) {
            None if part < '\u{300}' => bare = part,
            _ => hat = Some(part),
        });
        compose(compose(bare, mark)?, hat?)
    };
    compose(letter, mark).or_else(dotted).unwrap_or(letter)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

const VOWELS: &[&str] = &[
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây",
    "eo", "êu", "ia", "iê", "iu", "oa", "oă", "oe", "oi", "ôi", "ơi", "oo", "ôô", "ua", "uâ", "uê",
    "ui", "uô", "uơ", "uy", "ưa", "ưi", "ươ", "ưu", "yê", "iêu", "yêu", "oai", "oao", "oay", "oeo",
    "uây", "uêu", "uôi", "uya", "uyê", "uyu", "ươi", "ươu",
];

/// `k` is that of Đắk Lắk.
const CODAS: &[&str] = &["", "c", "ch", "k", "m", "n", "ng", "nh", "p", "t"];

/// A word spelled like one Vietnamese syllable.
pub(super) struct Syllable {
    /// The letters without the tone, in their own case.
    letters: Vec<char>,
    /// Which letters are the vowels; the `u` of `qu-` and the `i` of `gi-` are
    /// not among them.
    vowels: Range<usize>,
    tone: Tone,
}

impl Syllable {
    /// `None` if the word is not spelled like a syllable: two tones, unknown
    /// onset, vowels or coda, any other character. Where the tone mark sits is
    /// not judged.
    pub(super) fn parse(word: &str) -> Option<Syllable> {
        let word = nfc(word);
        let (mut letters, mut tone) = (Vec::with_capacity(8), Tone::Ngang);
        for c in word.chars() {
            let (letter, found) = split(c);
            if letters.len() == 7 || (found != Tone::Ngang && tone != Tone::Ngang) {
                return None;
            }
            letters.push(letter);
            tone = tone.max(found);
        }
        let small: Vec<char> = letters.iter().copied().map(lower).collect();
        let onset = onset_length(&small);
        let rest = small.get(onset..)?;
        let count = rest.iter().take_while(|&&c| is_bare_vowel_or_marked(c)).count();
        let text = |range: &[char]| range.iter().collect::<String>();
        let known = ONSETS.contains(&text(small.get(..onset)?).as_str())
            && VOWELS.contains(&text(rest.get(..count)?).as_str())
            && CODAS.contains(&text(rest.get(count..)?).as_str());
        known.then_some(Syllable { letters, vowels: onset..onset + count, tone })
    }

    /// Whether it could be said: a syllable closed by a stop has the tone sắc
    /// or nặng, and `qu-` takes no rounded vowel.
    pub(super) fn is_sound(&self) -> bool {
        let stopped = matches!(self.letters.last(), Some('c' | 'k' | 'p' | 't'))
            || self.letters.ends_with(&['c', 'h']);
        let rounded = self.vowels.start > 1
            && self.letters.get(self.vowels.start - 1).is_some_and(|&c| lower(c) == 'u')
            && self.letters.get(self.vowels.start).is_some_and(|&c| matches!(lower(c), 'o' | 'u'));
        !rounded && (!stopped || matches!(self.tone, Tone::Sac | Tone::Nang))
    }

    /// Written with the tone where the older style puts it: `hòa`, `khỏe`,
    /// `thủy`; `hoàn`, `thuyền`, `quý`, `già`.
    pub(super) fn write(&self) -> String {
        let at = self.tone_position();
        let toned = |(i, &c): (usize, &char)| if i == at { with_tone(c, self.tone) } else { c };
        self.letters.iter().enumerate().map(toned).collect()
    }

    fn tone_position(&self) -> usize {
        let Range { start, end } = self.vowels.clone();
        let vowels = self.letters.get(start..end).unwrap_or_default();
        // ă â ê ô ơ ư draw the tone; of two (ươ) the second does.
        if let Some(marked) = vowels.iter().rposition(|c| !c.is_ascii()) {
            return start + marked;
        }
        let closed = end < self.letters.len();
        match vowels.len() {
            2 if closed => start + 1,
            3 => start + 1,
            _ => start,
        }
    }
}

/// How many letters come before the vowels.
fn onset_length(small: &[char]) -> usize {
    let vowel_at = |i: usize| small.get(i).is_some_and(|&c| is_bare_vowel_or_marked(c));
    match small {
        ['q', 'u', ..] => 2,
        ['g', 'i', ..] if vowel_at(2) => 2,
        _ => small.iter().take_while(|&&c| !is_bare_vowel_or_marked(c)).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(word: &str) -> bool {
        Syllable::parse(word).is_some_and(|syllable| syllable.is_sound())
    }

    #[test]
    fn takes_letters_apart() {
        assert_eq!(split('ấ'), ('â', Tone::Sac));
        assert_eq!(split('Ộ'), ('Ô', Tone::Nang));
        assert_eq!(split('ự'), ('ư', Tone::Nang));
        assert_eq!(split('đ'), ('đ', Tone::Ngang));
        assert_eq!(split('ñ'), ('ñ', Tone::Ngang));
    }

    #[test]
    fn knows_syllables() {
        for word in ["nghiêng", "Đắk", "quyết", "giếng", "gì", "gìn", "ăn", "khuỷu", "ý", "Uyên"]
        {
            assert!(sound(word), "{word}");
        }
        for word in ["street", "café", "tiÕng", "cảt", "quoác", "", "a1", "toànn", "fée"] {
            assert!(!sound(word), "{word}");
        }
    }
}
