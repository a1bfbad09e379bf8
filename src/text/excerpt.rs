//! How long a text is, and a short form of it.
//!
//! Takes plain text (no markup), gives its beginning, its words, its reading
//! time.

use multiversion::multiversion;

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
    beginning(text, max_chars.saturating_add(1))
}

/// The first characters of a text, runs of white space as one space each. An
/// excerpt that is shorter by two is the same of this as of the whole text.
pub fn beginning(text: &str, chars: usize) -> String {
    let mut out = String::new();
    let mut room = chars;
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

/// What [`latin_words`] knows after a byte: whether a word is going on, and
/// what of a character of several bytes it has seen. In words are odd numbers.
const GAP: u8 = 0;
const WORD: u8 = 1;
/// After 0xc3, which × and ÷ begin as well as letters.
const AFTER_C3: u8 = 3;
/// After 0xe1, and a byte that makes it a letter of Vietnamese or not.
const AFTER_E1: u8 = 5;
/// After 0xe2 (punctuation), 0xe2 0x80 in a gap; the next numbers in a word.
const PUNCTUATION: u8 = 6;
const GENERAL: u8 = 8;
/// Other letters than ours: somebody else counts.
const FOREIGN: u8 = 10;
const STATES: usize = 11;
/// Marks the step with which a word begins.
const BEGINS: u8 = 0x80;

/// The state after a state and a byte.
static STEPS: [[u8; 256]; STATES] = {
    let mut steps = [[FOREIGN; 256]; STATES];
    let mut state = 0;
    while state < STATES {
        let mut byte = 0;
        while byte < 256 {
            steps[state][byte] = step(state as u8, byte as u8);
            byte += 1;
        }
        state += 1;
    }
    steps
};

const fn step(state: u8, byte: u8) -> u8 {
    let word = state & 1;
    let begins = if word == GAP { BEGINS } else { 0 };
    match (state, byte) {
        (FOREIGN, _) => FOREIGN,
        (AFTER_C3, 0x97 | 0xb7) => FOREIGN,
        (AFTER_E1, 0xba | 0xbb) => WORD,
        (AFTER_E1, _) => FOREIGN,
        (PUNCTUATION | 7, 0x80) => GENERAL + word,
        (PUNCTUATION | 7, _) => FOREIGN,
        // The dashes and the ellipsis part words, quotation marks do not.
        (GENERAL | 9, 0x93 | 0x94 | 0xa6) => GAP,
        (GENERAL | 9, 0x98..=0x9f) => word,
        (GENERAL | 9, _) => FOREIGN,
        (_, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0xc4..=0xc8) => WORD | begins,
        (_, 0xc3) => AFTER_C3 | begins,
        (_, 0xe1) => AFTER_E1 | begins,
        (_, 0xe2) => PUNCTUATION + word,
        (_, b'\t'..=b'\r' | b' ' | b'-' | b'/') => GAP,
        (_, 0xc2 | 0xc9..=0xe0 | 0xe3..=0xff) => FOREIGN,
        _ => word,
    }
}

/// [`words`] of a text in Latin letters; `None` where it holds others than
/// ASCII, U+00C0 to U+023F, U+1E80 to U+1EFF and common punctuation.
#[multiversion(targets("x86_64+avx2"))]
fn latin_words(text: &str) -> Option<usize> {
    let (mut words, mut state, mut at) = (0, GAP, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        // With the byte before it and the one after it.
        let block =
            bytes.get(at.wrapping_sub(1)..at + BLOCK + 1).and_then(|some| some.try_into().ok());
        if let Some((begun, after)) = block.and_then(|block| plain_block(block, state)) {
            (words, state, at) = (words + begun, after, at + BLOCK);
            continue;
        }
        let end = bytes.len().min(at + BLOCK);
        for byte in bytes.get(at..end).unwrap_or_default() {
            let step = STEPS.get(usize::from(state)).map_or(FOREIGN, |of| of[usize::from(*byte)]);
            words += usize::from(step >> 7);
            state = step & !BEGINS;
        }
        at = end;
    }
    (state != FOREIGN).then_some(words)
}

/// Bytes that [`plain_block`] looks at.
const BLOCK: usize = 64;

/// The words that begin in a block and the state after it, if all of them begin
/// with a letter right behind a gap and no byte needs [`STEPS`]: nearly every
/// block of running text. One loop without a branch fills two lists, which
/// compilers make into steps of many bytes; sums within that loop would not be.
#[inline(always)]
fn plain_block(block: &[u8; BLOCK + 2], state: u8) -> Option<(usize, u8)> {
    let (before, next) = (block.first_chunk::<BLOCK>()?, block.last_chunk::<BLOCK>()?);
    let bytes = block.get(1..)?.first_chunk::<BLOCK>()?;
    let (mut begun, mut rare) = ([0_u8; BLOCK], [0_u8; BLOCK]);
    for at in 0..BLOCK {
        let (byte, next) = (bytes[at], next[at]);
        let (gap, letter) = (is_gap(byte), is_letter(byte));
        let sign = is(byte == 0xc3) & (is(next == 0x97) | is(next == 0xb7));
        let other = is(byte == 0xc2) | is(byte.wrapping_sub(0xc9) < 0x18) | is(byte >= 0xe2);
        let foreign = sign | other | (is(byte == 0xe1) & is((next | 1) != 0xbb));
        let begins = is_gap(before[at]) & (gap ^ 1);
        begun[at] = begins & letter;
        rare[at] = foreign | (begins & (letter ^ 1));
    }
    // A dash or a bracket before the block: its last byte does not tell.
    let told = state <= WORD && (is_gap(block[0]) == 1) == (state == GAP);
    if !told || rare.iter().fold(0, |all, one| all | one) != 0 {
        return None;
    }
    let after = if is_gap(bytes[BLOCK - 1]) == 1 { GAP } else { WORD };
    Some((usize::from(begun.iter().sum::<u8>()), after))
}

const fn is(condition: bool) -> u8 {
    condition as u8
}

/// White space, a dash or a slash of ASCII.
const fn is_gap(byte: u8) -> u8 {
    is(byte.wrapping_sub(b'\t') < 5) | is(byte == b' ') | is(byte == b'-') | is(byte == b'/')
}

/// A letter or digit of ASCII, or what a letter of two or three bytes begins with.
const fn is_letter(byte: u8) -> u8 {
    let ascii = is((byte | 32).wrapping_sub(b'a') < 26) | is(byte.wrapping_sub(b'0') < 10);
    ascii | is(byte.wrapping_sub(0xc3) < 6) | is(byte == 0xe1)
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
    fn the_beginning_is_enough_for_an_excerpt() {
        let long = "Mỗi ngày  một tin tốt. Mỗi tuần\tmột câu chuyện đẹp, ".repeat(20);
        for chars in 0..60 {
            assert_eq!(excerpt(&beginning(&long, chars + 2), chars), excerpt(&long, chars));
            assert_eq!(beginning(&long, chars).chars().count(), chars);
        }
        assert_eq!(beginning("  a\n b ", 9), "a b");
    }

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
        fn long_texts_count_the_same_both_ways(
            text in proptest::collection::vec("[a-zA-Z0-9àỹăđẾ]{0,8}[ ,./()“”’…–\n-]{0,2}×?", 0..90),
        ) {
            let text = text.concat();
            if let Some(count) = latin_words(&text) {
                prop_assert_eq!(count, words(&text), "{:?}", text);
            }
        }

        #[test]
        fn words_are_counted_wherever_a_block_begins(lead in 0usize..70, word in "[a-zẫđ]{1,9}") {
            let text = format!("{}–{}", " ".repeat(lead), format!("{word} (").repeat(60));
            prop_assert_eq!(latin_words(&text), Some(60));
        }

        #[test]
        fn never_longer_than_asked(text in "\\PC{0,60}", max in 1usize..40) {
            prop_assert!(excerpt(&text, max).chars().count() <= max);
        }
    }
}
