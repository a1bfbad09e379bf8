//! What the rendering of one file's body shares at every depth: the source,
//! the diagnostics, the ids in use.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::CowStr;

use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::text::nfc::nfc;

use super::autolink;
use super::clean::{clean, is_clean};
use super::rules;
use super::signs::Signs;

/// Of one rule, more than this in one file help nobody.
const MAX_PER_RULE: usize = 50;
/// Code that is coloured in one file, in bytes.
const COLOUR_BUDGET: usize = 256 * 1024;

/// The last place at or before `at` where a character starts.
pub(super) fn floor(source: &str, at: usize) -> usize {
    (0..=at.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0)
}

/// What [`Context::has_oddities`] looks for.
const ODDITIES: [&str; 2] = ["[^", "\u{a0}"];

/// Whether a text holds another, many bytes at a time.
pub(super) fn holds(text: &str, what: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), what.as_bytes()).is_some()
}

pub(super) struct Context<'s> {
    /// The whole file; every range counts from its start.
    pub source: &'s str,
    /// Whether [`super::clean::clean`] would leave every slice of it as it is.
    pub is_clean: bool,
    /// Whether whatever is made of it is in NFC: no mark stands in it, nor can one
    /// be written as an entity.
    is_composed: bool,
    /// Whether text of it may hold `[^` or spaces of a word processor.
    pub has_oddities: bool,
    /// Whether it may hold a bare address that begins with `www.`.
    pub has_www: bool,
    signs: Signs<'s>,
    file: &'s Arc<str>,
    diagnostics: Diagnostics,
    counts: BTreeMap<&'static str, usize>,
    /// Ids in use, with the last number that made a copy of it unique.
    ids: BTreeMap<String, usize>,
    /// Headings so far.
    pub headings: usize,
    /// Level of the last heading; the page's title is the first.
    pub level: u8,
    /// Bytes of code that may still be coloured.
    pub colour: usize,
    /// First trace of a word processor and the number of traces.
    word: Option<(Range<usize>, usize)>,
}

impl<'s> Context<'s> {
    pub fn new(source: &'s str, file: &'s Arc<str>) -> Self {
        let is_clean = is_clean(source);
        let has_entities = memchr::memchr(b'&', source.as_bytes()).is_some();
        Context {
            source,
            is_clean,
            is_composed: is_clean && !has_entities,
            has_oddities: has_entities || ODDITIES.iter().any(|odd| holds(source, odd)),
            has_www: has_entities || autolink::may_hold_www(source),
            signs: Signs::of(source),
            file,
            diagnostics: Vec::new(),
            counts: BTreeMap::new(),
            ids: BTreeMap::new(),
            headings: 0,
            level: 1,
            colour: COLOUR_BUDGET,
            word: None,
        }
    }

    /// Adds a diagnostic at a place, with what to do.
    pub fn report(&mut self, rule: &'static Rule, range: Range<usize>, message: Bi, help: Bi) {
        let diagnostic = Diagnostic::new(rule, message).at(self.span(range)).help(help);
        self.push(diagnostic);
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.rule.code).or_default();
        *count += 1;
        if *count <= MAX_PER_RULE {
            self.diagnostics.push(diagnostic);
        }
    }

    /// A place in the file, widened to whole characters.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = range.end.max(range.start);
        let end = (end..self.source.len()).find(|&at| self.source.is_char_boundary(at));
        let end = end.unwrap_or(self.source.len());
        Span::new(self.file, floor(self.source, range.start).min(end)..end)
    }

    /// The source at a range; empty where the range does not fit.
    pub fn slice(&self, range: &Range<usize>) -> &'s str {
        self.source.get(range.clone()).unwrap_or("")
    }

    /// What [`clean`] makes of a piece of an event. Nearly all are slices of a file
    /// that holds nothing to clean.
    pub fn clean<'t>(&self, text: &'t CowStr<'_>) -> Cow<'t, str> {
        match text {
            CowStr::Borrowed(text) if self.is_clean => Cow::Borrowed(text),
            text => clean(text),
        }
    }

    /// Whether a piece of an event may hold a bare address or something to escape.
    pub fn may_hold_signs(&self, text: &str) -> bool {
        self.has_www || self.signs.may_be_in(text)
    }

    /// A text made of such pieces, in NFC.
    pub fn composed<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_composed { Cow::Borrowed(text) } else { nfc(text) }
    }

    /// Takes an id that nothing has yet; false if something has it.
    pub fn take_id(&mut self, id: &str) -> bool {
        if self.ids.contains_key(id) {
            return false;
        }
        self.ids.insert(id.to_owned(), 1);
        true
    }

    /// Takes an id, with `-2`, `-3` … appended if it is in use.
    pub fn unique_id(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while !self.take_id(&id) {
            let number = self.ids.entry(wanted.to_owned()).or_default();
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        id
    }

    /// Notes a trace of a word processor; told once for all at the end.
    pub fn word_trace(&mut self, range: Range<usize>) {
        self.word.get_or_insert((range, 0)).1 += 1;
    }

    /// All diagnostics, in the order of the file.
    pub fn finish(mut self) -> Diagnostics {
        if let Some((range, count)) = self.word.take() {
            self.report(
                &rules::WORD_PASTE,
                range,
                bi!(
                    "Bài có {count} chỗ mang định dạng thừa do dán từ Word; đã bỏ",
                    "{count} traces of a word processor were left out"
                ),
                bi!(
                    "Dán bằng Ctrl+Shift+V (dán không kèm định dạng) rồi định dạng lại bằng Markdown",
                    "Paste as plain text (Ctrl+Shift+V), then format with Markdown"
                ),
            );
        }
        self.diagnostics.sort_by_key(|d| d.labels.first().map_or(0, |l| l.span.range.start));
        self.diagnostics
    }
}
