//! Which text comes first: Vietnamese dictionary order, and that of others.
//!
//! Takes texts, gives sort keys: bytes that compare as the texts do. The
//! Vietnamese order is our own, since dictionaries go syllable by syllable
//! (`Hà Nội < Hà Tĩnh < Hạ Hòa`), while the Unicode algorithm compares the
//! letters of the whole text before its tones.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::UnicodeNormalization;

use super::nfc::{is_plain, nfc};
use super::syllable::{Tone, is_bare_vowel};

// Primary weights: end of text < end of syllable < tones < digits < letters.
const END: u8 = 0x00;
const SYLLABLE: u8 = 0x01;
const TONES: u8 = 0x02;
const NUMBER: u8 = 0x10;
const LETTERS: u8 = 0x20;
const FOREIGN: u8 = 0xf0;

/// The alphabet, with `f j w z` in their Latin places.
const ALPHABET: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];

/// Compares in Vietnamese dictionary order; equal only for texts that are the
/// same but for their Unicode form.
pub fn vi_cmp(a: &str, b: &str) -> Ordering {
    vi_key(a).cmp(&vi_key(b))
}

/// The sort key of a text in Vietnamese dictionary order.
///
/// Syllable by syllable, the letters of a syllable before its tone, tones as
/// ngang, huyền, hỏi, ngã, sắc, nặng. Numbers compare by value (`Tổ 2` before
/// `Tổ 10`); punctuation only separates; an apostrophe inside a word is
/// nothing (`H'Mông`). Case decides last, small letters first.
pub fn vi_key(text: &str) -> Vec<u8> {
    let text = nfc(text);
    let mut key = Primary::new(text.len()).read(&text);
    key.push(END);
    for c in text.chars() {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase() as u8);
        } else {
            let mut buffer = [0; 4];
            let each = c.to_lowercase();
            each.for_each(|c| key.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes()));
        }
    }
    key.push(END);
    key.extend(text.chars().map(|c| 1 + u8::from(c.is_uppercase())));
    key.push(END);
    key.extend(text.bytes());
    key
}

/// The sort key of a person's name: given name (the last word), then family
/// name, then what stands between: `Trần Văn An` before `Lê Bình`.
pub fn vi_name_key(name: &str) -> Vec<u8> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(given) = words.pop() {
        words.insert(0, given);
    }
    vi_key(&words.join(" "))
}

/// Builds the first level of a key, one syllable at a time.
struct Primary {
    key: Vec<u8>,
    tones: Vec<u8>,
    digits: String,
    /// Whether the syllable has anything yet.
    open: bool,
    /// The last letter, as long as marks may still change it.
    letter: Option<char>,
}

impl Primary {
    fn new(capacity: usize) -> Primary {
        Primary {
            key: Vec::with_capacity(capacity * 4),
            tones: Vec::new(),
            digits: String::new(),
            open: false,
            letter: None,
        }
    }

    fn read(mut self, text: &str) -> Vec<u8> {
        if is_plain(text) {
            // No letter has marks but its own: each can be taken apart alone.
            for c in text.chars() {
                match c {
                    '\0'..='\x7f' => self.take(c.to_ascii_lowercase()),
                    _ => std::iter::once(c)
                        .nfd()
                        .flat_map(char::to_lowercase)
                        .for_each(|c| self.take(c)),
                }
            }
        } else {
            text.nfd().flat_map(char::to_lowercase).for_each(|c| self.take(c));
        }
        self.end_syllable();
        self.key
    }

    /// The next small letter, mark, digit or sign of a text taken apart.
    fn take(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.end_letter();
            self.digits.push(c);
        } else if !c.is_ascii() && is_combining(c) {
            self.mark(c);
        } else if c.is_alphanumeric() {
            self.end_letter();
            self.end_number();
            self.letter = Some(c);
        } else if is_apostrophe(c) && self.letter.is_some() {
            // Nothing between two letters; a space will still separate.
        } else {
            self.end_syllable();
        }
    }

    fn mark(&mut self, mark: char) {
        let Some(letter) = self.letter else { return };
        match (letter, mark) {
            ('a' | 'e' | 'o', '\u{302}') | ('a', '\u{306}') | ('o' | 'u', '\u{31b}') => {
                self.letter = unicode_normalization::char::compose(letter, mark);
            }
            _ => {
                let vowel =
                    is_bare_vowel(letter) || matches!(letter, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư');
                let tone = Tone::of_mark(mark).filter(|_| vowel);
                self.tones.extend(tone.map(|tone| TONES + tone as u8));
            }
        }
    }

    fn end_letter(&mut self) {
        let Some(letter) = self.letter.take() else { return };
        self.open = true;
        match ALPHABET.iter().position(|c| *c == letter) {
            Some(at) => self.key.push(LETTERS + at as u8),
            None => {
                self.key.push(FOREIGN);
                self.key.extend_from_slice(&u32::from(letter).to_be_bytes());
            }
        }
    }

    /// A number weighs by its length without leading zeros, then its digits.
    fn end_number(&mut self) {
        if self.digits.is_empty() {
            return;
        }
        self.open = true;
        let digits = self.digits.trim_start_matches('0');
        let length = u16::try_from(digits.len()).unwrap_or(u16::MAX);
        self.key.push(NUMBER);
        self.key.extend_from_slice(&length.to_be_bytes());
        self.key.extend_from_slice(digits.as_bytes());
        self.digits.clear();
    }

    fn end_syllable(&mut self) {
        self.end_letter();
        self.end_number();
        if self.open {
            self.key.push(SYLLABLE);
            if self.tones.is_empty() {
                self.key.push(TONES);
            }
            self.key.append(&mut self.tones);
        }
        self.tones.clear();
        self.open = false;
    }
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) && super::fold::is_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

/// The order of one language. Build once and keep: locale data is looked up.
pub struct Collator(Order);

enum Order {
    Vietnamese,
    Locale(Box<CollatorBorrowed<'static>>),
}

impl std::fmt::Debug for Collator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Order::Vietnamese => "Collator(Vietnamese)",
            Order::Locale(_) => "Collator(locale data)",
        })
    }
}

impl Collator {
    /// The order of a BCP 47 tag: our own for Vietnamese, that of the Unicode
    /// locale data for others, its root order for a language without data.
    pub fn for_lang(tag: &str) -> Collator {
        let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
        if locale.id.language.as_str() == "vi" {
            return Collator(Order::Vietnamese);
        }
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        match icu_collator::Collator::try_new(preferences, CollatorOptions::default()) {
            Ok(collator) => Collator(Order::Locale(Box::new(collator))),
            Err(_) => Collator(Order::Vietnamese),
        }
    }

    /// The sort key of a text. Keys of different collators do not compare.
    pub fn key(&self, text: &str) -> Vec<u8> {
        match &self.0 {
            Order::Vietnamese => vi_key(text),
            Order::Locale(collator) => {
                let text = nfc(text);
                let mut key = Vec::with_capacity(text.len() * 3);
                let Ok(()) = collator.write_sort_key_to(&text, &mut key);
                key.push(END);
                key.extend(text.bytes());
                key
            }
        }
    }

    /// The sort key of a person's name: by given name in Vietnamese, as
    /// written in other languages.
    pub fn name_key(&self, name: &str) -> Vec<u8> {
        match &self.0 {
            Order::Vietnamese => vi_name_key(name),
            Order::Locale(_) => self.key(name),
        }
    }

    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.key(a).cmp(&self.key(b))
    }
}

#[cfg(test)]
#[path = "collate_tests.rs"]
mod tests;
