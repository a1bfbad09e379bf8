//! How long a text is, and a short form of it.
//!
//! Takes plain text (no markup), gives its beginning, its words, its reading
//! time.

/// Syllables that a reader of Vietnamese takes in within a minute.
const PER_MINUTE: usize = 200;

/// Letters that make a word where words are written without spaces.
const LETTERS_PER_WORD: usize = 5;

/// The beginning of a text in at most `max_chars` characters, white space
/// folded. Cut after a sentence if one ends in the second half, else after a
/// word with `…`; where words have no spaces, never inside a cluster of signs.
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let text = folded_start(text, max_chars);
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    if chars.len() <= max_chars {
        return text;
    }
    if let Some(end) = sentence_end(&text, &chars, max_chars) {
        return text[..end].to_owned();
    }
    // One character is the ellipsis.
    let Some(&(limit, next)) = max_chars.checked_sub(1).and_then(|at| chars.get(at)) else {
        return String::new();
    };
    let head = &text[..limit];
    let at_word_end = next == ' ' || next == '\u{200b}';
    let word_end = if at_word_end { Some(limit) } else { head.rfind([' ', '\u{200b}']) };
    let cut = word_end.filter(|&end| end * 2 > limit).unwrap_or_else(|| cluster_end(&chars, limit));
    let head = text[..cut].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | '“' | '\u{200b}')
    });
    format!("{head}…")
}

/// White space runs as one space; one character more than the limit tells
/// that the text goes on.
fn folded_start(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut room = max_chars.saturating_add(1);
    for word in text.split_whitespace() {
        if room == 0 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            room -= 1;
        }
        out.extend(word.chars().take(room));
        room = room.saturating_sub(word.chars().take(room).count());
    }
    out
}

/// The byte after the last sentence that ends in the second half.
fn sentence_end(text: &str, chars: &[(usize, char)], max_chars: usize) -> Option<usize> {
    for at in (max_chars / 2..max_chars).rev() {
        let &(start, c) = chars.get(at)?;
        let end = start + c.len_utf8();
        let closes = match c {
            '។' | '。' | '！' | '？' => true,
            '!' | '?' | '…' => follows(chars, at),
            '.' => follows(chars, at) && !is_abbreviation(&text[..start]),
            '”' | '"' | '»' | ')' => {
                let inner = at.checked_sub(1).and_then(|i| chars.get(i));
                follows(chars, at)
                    && inner.is_some_and(|&(_, c)| matches!(c, '.' | '!' | '?' | '…'))
            }
            _ => false,
        };
        if closes {
            return Some(end);
        }
    }
    None
}

/// Whether a space comes next.
fn follows(chars: &[(usize, char)], at: usize) -> bool {
    chars.get(at + 1).is_none_or(|&(_, c)| c == ' ')
}

/// Whether a dot after this belongs to a short form (`TP.`, `ThS.`) or an
/// ordinal (`1.`) rather than to a sentence.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '.', '(', '“']).next().unwrap_or("");
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let count = word.chars().count();
    let loud = word.chars().all(char::is_uppercase);
    let vowels = word.chars().any(|c| super::syllable::is_bare_vowel(c) || !c.is_ascii());
    count == 0
        || word.chars().all(|c| c.is_ascii_digit()) && count <= 2
        || (capital && count <= 4 && (loud || !vowels))
}

/// The last place at or before a byte where no sign belongs to the letter
/// before it; 0 if the first cluster is longer.
fn cluster_end(chars: &[(usize, char)], limit: usize) -> usize {
    let mut cut = limit;
    let inside = chars.iter().take_while(|&&(start, _)| start <= limit);
    let mut inside: Vec<&(usize, char)> = inside.collect();
    while let Some(&(start, c)) = inside.pop() {
        cut = start;
        let bound_back = is_sign(c);
        let bound_on = inside.last().is_some_and(|&&(_, before)| is_joiner(before));
        if !bound_back && !bound_on {
            break;
        }
    }
    cut
}

fn is_sign(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || is_joiner(c)
}

/// Signs that bind the next letter: zero-width joiner, Khmer coeng.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{17d2}')
}

/// How many words: syllables in Vietnamese, words set off by spaces in other
/// alphabets, one Han or kana sign, and an estimate of one word to five
/// letters in Khmer, Thai, Lao and Burmese.
pub fn word_count(text: &str) -> usize {
    latin_words(text).unwrap_or_else(|| words(text))
}

/// Between words, and in one.
const GAP: u8 = 0;
const WORD: u8 = 1;
/// Neither begins nor ends a word: punctuation, all but first bytes.
const QUIET: u8 = 2;
/// The first byte of `–`, `—`, `…` and quotation marks: U+2000 to U+203F.
const LOOK: u8 = 4;

/// What a byte of Latin text means for the count of words.
static BYTES: [u8; 256] = {
    let mut bytes = [QUIET; 256];
    let mut at = 0;
    while at < 256 {
        bytes[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xc3..=0xc8 | 0xe1 => WORD,
            b'\t'..=b'\r' | b' ' | b'-' | b'/' => GAP,
            0xe2 => LOOK,
            _ => QUIET,
        };
        at += 1;
    }
    bytes
};

/// Whether a text holds first bytes of other characters than ASCII, U+00C0 to
/// U+023F, U+1E80 to U+1EFF and U+2000 to U+2FFF, or one of × and ÷; told for
/// many bytes at a time.
fn is_foreign(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let foreign = |(byte, next): (u8, u8)| {
        let sign = (byte == 0xc3) & ((next == 0x97) | (next == 0xb7));
        let other = (byte == 0xc2) | (byte.wrapping_sub(0xc9) < 0x18) | (byte >= 0xe3);
        sign | other | ((byte == 0xe1) & ((next | 1) != 0xbb))
    };
    let pairs = bytes.iter().zip(next).map(|(byte, next)| (*byte, *next));
    pairs.fold(false, |found, pair| found | foreign(pair))
}

/// [`words`] of a text in Latin letters; `None` where it holds others.
fn latin_words(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if is_foreign(bytes) {
        return None;
    }
    let (mut words, mut state) = (0, GAP);
    for (at, byte) in bytes.iter().enumerate() {
        let class = match BYTES[usize::from(*byte)] {
            LOOK => match bytes.get(at + 1..at + 3) {
                Some([0x80, 0x93 | 0x94 | 0xa6]) => GAP,
                Some([0x80, 0x98..=0x9f]) => QUIET,
                _ => return None,
            },
            class => class,
        };
        // Without a branch: no processor guesses where words end.
        let next = if class == QUIET { state } else { class };
        words += usize::from(next & !state & WORD);
        state = next;
    }
    Some(words)
}

/// Words of any text, character by character.
fn words(text: &str) -> usize {
    let (mut words, mut packed, mut in_word) = (0, 0, false);
    for c in text.chars() {
        if is_unspaced(c) {
            packed += usize::from(!is_sign(c));
            in_word = false;
        } else if is_ideograph(c) {
            words += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!in_word);
            in_word = true;
        } else if c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | '…') {
            in_word = false;
        }
    }
    words + usize::div_ceil(packed, LETTERS_PER_WORD)
}

/// Minutes to read that many words at 200 a minute, at least 1.
pub fn reading_minutes(words: usize) -> usize {
    words.div_ceil(PER_MINUTE).max(1)
}

/// Scripts of the mainland that are written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e80}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_texts_stay() {
        assert_eq!(excerpt("  Một \n ngày ", 20), "Một ngày");
        assert_eq!(excerpt("", 5), "");
        assert_eq!(excerpt("Một ngày", 8), "Một ngày");
    }

    #[test]
    fn cuts_at_a_sentence_then_at_a_word() {
        let text = "Chị Lan trồng cây. Năm năm, ba hecta, mười hai việc làm. Nay đồi đã xanh.";
        assert_eq!(excerpt(text, 58), "Chị Lan trồng cây. Năm năm, ba hecta, mười hai việc làm.");
        assert_eq!(excerpt(text, 29), "Chị Lan trồng cây.");
        assert_eq!(excerpt(text, 45), "Chị Lan trồng cây. Năm năm, ba hecta, mười…");
        assert_eq!(excerpt(text, 38), "Chị Lan trồng cây. Năm năm, ba hecta…");
    }

    #[test]
    fn short_forms_end_no_sentence() {
        let text = "Đoàn viên ở TP. Hồ Chí Minh và ThS. Lê Bình trồng rừng ở biên giới.";
        assert_eq!(excerpt(text, 22), "Đoàn viên ở TP. Hồ…");
        assert_eq!(excerpt(text, 40), "Đoàn viên ở TP. Hồ Chí Minh và ThS. Lê…");
        assert_eq!(excerpt("Bà kể cho em. Em nghe rồi đi ngay", 18), "Bà kể cho em.");
    }

    #[test]
    fn khmer_is_cut_between_clusters() {
        let text = "ភាសាខ្មែរជាភាសាផ្លូវការ";
        for max in 2..20 {
            let cut = excerpt(text, max);
            let head = cut.trim_end_matches('…');
            assert!(text.starts_with(head) && !head.ends_with('\u{17d2}'), "{max}: {cut}");
            let next = text[head.len()..].chars().next().unwrap_or(' ');
            assert!(!is_sign(next), "{max}: {cut}");
        }
    }

    #[test]
    fn counts() {
        assert_eq!(word_count("Mỗi ngày một tin tốt, 17/10/2025!"), 8);
        assert_eq!(word_count("H'Mông và Ê Đê – don't"), 5);
        assert_eq!(word_count(""), 0);
        assert_eq!(word_count("越南 123"), 3);
        assert_eq!(word_count("ភាសាខ្មែរ"), 1);
        assert_eq!(reading_minutes(0), 1);
        assert_eq!(reading_minutes(200), 1);
        assert_eq!(reading_minutes(201), 2);
    }

    #[test]
    fn every_character_counts_the_same_both_ways() {
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            for text in [format!("a{c}b"), format!("{c}b"), format!("a {c}")] {
                if let Some(count) = latin_words(&text) {
                    assert_eq!(count, words(&text), "{text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text in "\\PC{0,60}", max in 1usize..40) {
            prop_assert!(excerpt(&text, max).chars().count() <= max);
        }
    }
}
