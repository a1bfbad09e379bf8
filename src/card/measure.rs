//! How wide words are: the fonts are asked once for each word of a line.
//!
//! Takes words; gives their widths at size 1, shaped as they are drawn, so that
//! stacked marks and letters of another font count as wide as they are. A
//! language has few syllables: most of a title's were on a card before.

use std::fmt::Write;
use std::sync::{PoisonError, RwLock};

use resvg::usvg::Node;
use rustc_hash::FxHashMap;

use super::Deck;
use super::fit::{Between, MORE, Word};
use super::paint::tree;
use super::sheet::{Line, Sheet, escape};

/// The size at which words are measured; outlines scale evenly.
const MEASURED: f32 = 100.0;
/// A space is as wide as what it adds between two letters.
const GAPS: [&str; 3] = ["n n", "nn", MORE];
/// Words of a line whose widths are kept.
const KEPT: usize = 20_000;

/// Widths at size 1 of what a line has said so far.
#[derive(Default)]
pub struct Widths(RwLock<FxHashMap<Box<str>, f32>>);

impl Widths {
    /// `None` for what was not yet measured.
    fn of(&self, texts: &[&str]) -> Vec<Option<f32>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        texts.iter().map(|text| known.get(*text).copied()).collect()
    }

    fn keep(&self, text: &str, width: f32) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < KEPT {
            known.insert(text.into(), width);
        }
    }
}

/// Puts the width of every part of every word; gives those of what stands
/// between words, line by line.
pub fn measure(deck: &Deck, sheet: &Sheet, lines: &mut [(&Line, Vec<Word>)]) -> Vec<Between> {
    let texts = |words: &[Word]| -> Vec<String> {
        let parts = words.iter().flat_map(|word| &word.parts).map(|(part, _)| part.clone());
        GAPS.into_iter().map(str::to_owned).chain(parts).collect()
    };
    let said: Vec<(&Line, Vec<String>)> =
        lines.iter().map(|(line, words)| (*line, texts(words))).collect();
    let widths = widths(deck, sheet, &said);
    let mut between = Vec::with_capacity(lines.len());
    for ((_, words), widths) in lines.iter_mut().zip(widths) {
        let gap = |number: usize| widths.get(number).copied().unwrap_or_default();
        between.push(Between { space: gap(0) - gap(1), more: gap(2) });
        let parts = words.iter_mut().flat_map(|word| &mut word.parts);
        parts.zip(widths.iter().skip(GAPS.len())).for_each(|(part, width)| part.1 = *width);
    }
    between
}

/// The widths of all texts of all lines; those not known are measured in one
/// go.
fn widths(deck: &Deck, sheet: &Sheet, said: &[(&Line, Vec<String>)]) -> Vec<Vec<f32>> {
    let known = said.iter().map(|(line, texts)| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        line.widths.of(&texts)
    });
    let mut widths: Vec<Vec<Option<f32>>> = known.collect();
    let mut source = sheet.head.clone();
    let bare = source.len();
    for (at, ((line, texts), widths)) in said.iter().zip(&widths).enumerate() {
        let unknown =
            texts.iter().zip(widths).enumerate().filter(|(_, (_, known))| known.is_none());
        for (number, (text, _)) in unknown {
            let _ = write!(
                source,
                "<text{} id=\"{at}-{number}\" x=\"0\" y=\"0\" font-size=\"{MEASURED}\">{}</text>",
                line.attributes,
                escape(text)
            );
        }
    }
    if source.len() > bare {
        source.push_str("</svg>");
        for ((at, number), width) in measured(deck, &source) {
            let (Some((line, texts)), Some(widths)) = (said.get(at), widths.get_mut(at)) else {
                continue;
            };
            if let (Some(text), Some(slot)) = (texts.get(number), widths.get_mut(number)) {
                line.widths.keep(text, width);
                *slot = Some(width);
            }
        }
    }
    // What draws nothing is not in the tree.
    let whole = |widths: Vec<Option<f32>>| widths.into_iter().map(Option::unwrap_or_default);
    widths.into_iter().map(|widths| whole(widths).collect()).collect()
}

/// The width at size 1 of every text by the two numbers of its id.
fn measured(deck: &Deck, source: &str) -> Vec<((usize, usize), f32)> {
    let Some(tree) = tree(deck, source) else { return Vec::new() };
    let width = |node: &Node| {
        let Node::Text(text) = node else { return None };
        let (at, number) = text.id().split_once('-')?;
        Some(((at.parse().ok()?, number.parse().ok()?), text.bounding_box().width() / MEASURED))
    };
    tree.root().children().iter().filter_map(width).collect()
}
