//! A text as numbered words, for comparison with a dictionary's.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::tone::normalize_tone_placement;

/// Most different spellings that a worker remembers.
const MEMORY: usize = 50_000;

/// Spellings met before and their numbers; one for each worker.
#[derive(Default)]
pub struct Memory(FxHashMap<Box<str>, u32>);

/// A syllable, a number or one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In the text.
    pub range: Range<usize>,
    /// Number of the word; 0 for any that no dictionary has.
    pub word: u32,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// Words to numbers from 1; letters are small and tones in the older place.
#[derive(Default)]
pub(super) struct Vocabulary(FxHashMap<String, u32>);

impl Vocabulary {
    /// Tokens of a dictionary's phrase, each word taking a number.
    pub fn learn(&mut self, phrase: &str) -> Vec<Token> {
        split(phrase, |word| {
            let next = u32::try_from(self.0.len() + 1).unwrap_or(0);
            *self.0.entry(plain(word)).or_insert(next)
        })
    }

    /// Tokens of a text.
    pub fn read(&self, text: &str, memory: &mut Memory) -> Vec<Token> {
        split(text, |word| {
            if let Some(number) = memory.0.get(word) {
                return *number;
            }
            let number = self.0.get(&plain(word)).copied().unwrap_or(0);
            if memory.0.len() < MEMORY {
                memory.0.insert(word.into(), number);
            }
            number
        })
    }
}

/// What counts of a word; all dashes and all quotes are alike.
fn plain(word: &str) -> String {
    match word {
        "–" | "—" | "‐" | "‑" | "−" => "-".to_owned(),
        "“" | "”" | "„" | "«" | "»" => "\"".to_owned(),
        "’" | "‘" => "'".to_owned(),
        _ => normalize_tone_placement(&word.to_lowercase()),
    }
}

/// The exact form of a phrase, capitals kept.
pub(super) fn exact(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for token in split(phrase, |_| 0) {
        let word = phrase.get(token.range).unwrap_or_default();
        if token.spaced && !out.is_empty() {
            out.push(' ');
        }
        match plain(word).as_str() {
            sign @ ("-" | "\"" | "'") => out.push_str(sign),
            _ => out.push_str(&normalize_tone_placement(word)),
        }
    }
    out
}

fn split(text: &str, mut number: impl FnMut(&str) -> u32) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let (mut chars, mut spaced) = (text.char_indices().peekable(), false);
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek()
                && (next.is_alphanumeric() || is_mark(next))
            {
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let word = text.get(start..end).map_or(0, &mut number);
        tokens.push(Token { range: start..end, word, spaced });
        spaced = false;
    }
    tokens
}

/// Combining marks, of which decomposed Vietnamese is full.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
