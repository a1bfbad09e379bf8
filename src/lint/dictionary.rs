//! The slips to look for, and the looking.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::words::{Memory, Token, Vocabulary, exact};
use super::{CITATION, NAME, SPELLING, prose};
use crate::base::diag::{Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::data::{DataOptions, Slip, read_slips};
use crate::parse::Doc;
use crate::yaml::parse;

/// The built-in slips; a test checks that every line of it is read.
const BUILTIN: &str = include_str!("slips.yaml");

/// Built-in slips and a site's, ready to be looked for.
pub struct Dictionary {
    slips: Vec<Slip>,
    words: Vocabulary,
    /// First word of a phrase to the phrases, the longest first.
    phrases: FxHashMap<u32, Vec<Phrase>>,
    /// Per slip, what excuses it.
    excuses: Vec<Vec<Vec<Token>>>,
}

struct Phrase {
    slip: usize,
    tokens: Vec<Token>,
    /// The form that capitals must match, if they count.
    exact: Option<String>,
}

/// A place where a slip stands.
struct Hit {
    slip: usize,
    range: Range<usize>,
}

/// The built-in slips with what is wrong with them, which is nothing.
pub(super) fn builtin() -> (Vec<Slip>, Diagnostics) {
    let file: Arc<str> = Arc::from("slips.yaml");
    let opts = DataOptions { langs: &[], zone: &TimeZone::UTC };
    let mut found = Diagnostics::new();
    match parse(BUILTIN, 0, &file) {
        Ok(node) => (read_slips(&node, &file, opts, &mut found), found),
        Err(error) => (Vec::new(), vec![error]),
    }
}

impl Dictionary {
    /// The built-in slips; one of the site's takes the place of a built-in one
    /// with the same id.
    pub fn new(own: &[Slip]) -> Dictionary {
        static READ: OnceLock<Vec<Slip>> = OnceLock::new();
        let builtin = READ.get_or_init(|| builtin().0);
        let kept = builtin.iter().filter(|slip| own.iter().all(|o| o.id.value != slip.id.value));
        let slips: Vec<Slip> = kept.chain(own).filter(|slip| !slip.off).cloned().collect();
        let mut words = Vocabulary::default();
        let mut phrases: FxHashMap<u32, Vec<Phrase>> = FxHashMap::default();
        let mut excuses = Vec::with_capacity(slips.len());
        for (at, slip) in slips.iter().enumerate() {
            for text in &slip.find {
                let tokens = words.learn(text);
                let Some(first) = tokens.first().map(|token| token.word) else { continue };
                let exact = slip.case.then(|| exact(text));
                phrases.entry(first).or_default().push(Phrase { slip: at, tokens, exact });
            }
            excuses.push(slip.unless.iter().map(|text| words.learn(text)).collect());
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.tokens.len()));
        }
        Dictionary { slips, words, phrases, excuses }
    }

    /// A diagnostic for each slip in a document's prose; `text` is its source.
    pub fn lint(&self, doc: &Doc, text: &str, memory: &mut Memory) -> Diagnostics {
        let hits = self.hits(text, memory);
        if hits.is_empty() {
            return Diagnostics::new();
        }
        let prose = prose::ranges(doc, text);
        let ours = hits.into_iter().filter(|hit| prose::holds(&prose, text, &hit.range));
        ours.filter_map(|hit| self.tell(&hit, text, &doc.path)).collect()
    }

    fn hits(&self, text: &str, memory: &mut Memory) -> Vec<Hit> {
        let tokens = self.words.read(text, memory);
        let (mut hits, mut at) = (Vec::new(), 0);
        while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
            let phrases = rest.first().and_then(|token| self.phrases.get(&token.word));
            let found = phrases.into_iter().flatten().find_map(|phrase| {
                let range = place(&phrase.tokens, rest)?;
                let same =
                    |wanted: &String| text.get(range.clone()).map(exact).as_ref() == Some(wanted);
                let meant = phrase.exact.as_ref().is_none_or(same);
                (meant && !self.excused(phrase.slip, &tokens, at)).then_some((phrase, range))
            });
            at += found.as_ref().map_or(1, |(phrase, _)| phrase.tokens.len().max(1));
            hits.extend(found.map(|(phrase, range)| Hit { slip: phrase.slip, range }));
        }
        hits
    }

    /// Whether a phrase that makes the slip right stands around a token.
    fn excused(&self, slip: usize, tokens: &[Token], at: usize) -> bool {
        self.excuses.get(slip).into_iter().flatten().any(|excuse| {
            let first = (at + 1).saturating_sub(excuse.len());
            (first..=at).any(|from| place(excuse, tokens.get(from..).unwrap_or_default()).is_some())
        })
    }

    fn tell(&self, hit: &Hit, text: &str, file: &Arc<str>) -> Option<Diagnostic> {
        let slip = self.slips.get(hit.slip)?;
        let written = text.get(hit.range.clone())?;
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let right = &slip.right;
        let message = bi!("“{written}” có lẽ viết sai", "“{written}” is probably a slip");
        let (vi, en) = (slip.why.get("vi").unwrap_or(""), slip.why.get("en").unwrap_or(""));
        let (vi, en) = (vi.trim(), en.trim());
        let help = if vi.is_empty() {
            bi!("viết: {right}", "write: {right}")
        } else {
            bi!("viết: {right} ({vi})", "write: {right} ({en})")
        };
        let span = Span::new(file, hit.range.clone());
        Some(Diagnostic::new(rule(slip.family), message).at(span).help(help))
    }
}

fn rule(family: &str) -> &'static Rule {
    match family {
        "name" => &NAME,
        "citation" => &CITATION,
        _ => &SPELLING,
    }
}

/// The place of a phrase at the beginning of some tokens.
fn place(phrase: &[Token], tokens: &[Token]) -> Option<Range<usize>> {
    let here = tokens.get(..phrase.len())?;
    let mut pairs = phrase.iter().zip(here).enumerate();
    let same = pairs.all(|(at, (a, b))| a.word == b.word && (at == 0 || a.spaced == b.spaced));
    let (first, last) = (here.first()?, here.last()?);
    same.then_some(first.range.start..last.range.end)
}
