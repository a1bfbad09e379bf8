//! A map's keys as typed values, with everything that is wrong with them.
//!
//! Takes the entries of one map; each method reads one key and remembers that
//! it was asked for. [`Reader::finish`] gives all diagnostics, also for keys
//! that nobody asked for. A wrong value counts as not written.

use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;
use multiversion::multiversion;

use super::moment::parse_moment;
use super::node::{Node, Spanned, Texts, Value};
use super::rules::*;
use super::unknown::unknown_key;
use super::wording::{actual, clip, listed};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Span};
use crate::base::time::Moment;
use crate::bi;
use crate::text::nearest;

/// Room for the names of all keys that an entry may have.
const KNOWN: usize = 512;

/// Reads one map, key by key.
pub struct Reader<'a> {
    entries: &'a [(Node, Node)],
    file: Arc<str>,
    zone: TimeZone,
    /// Where a missing key should have been.
    start: usize,
    /// Which entries were asked for.
    used: Vec<bool>,
    /// Keys that exist elsewhere.
    elsewhere: &'static [&'static str],
    /// Every key that was asked for, each with a line
    /// break behind it; taken apart only where a suggestion is wanted.
    known: String,
    diagnostics: Diagnostics,
    /// False if what should be a map is none: then nothing is missing in it.
    is_map: bool,
}

impl<'a> Reader<'a> {
    /// A reader of the entries of a map of `file`; dates without an offset
    /// stand in `zone`.
    pub fn new(entries: &'a [(Node, Node)], file: Arc<str>, zone: &TimeZone) -> Self {
        let start = entries.first().map_or(0, |(name, _)| name.range.start);
        let used = vec![false; entries.len()];
        Reader {
            entries,
            file,
            zone: zone.clone(),
            start,
            used,
            elsewhere: &[],
            known: String::with_capacity(KNOWN),
            diagnostics: Vec::new(),
            is_map: true,
        }
    }

    /// Where a missing key should have been; else the first key.
    pub fn starting_at(mut self, start: usize) -> Self {
        self.start = start;
        self
    }

    /// A reader of a map; of anything else an empty one and an error.
    pub fn of(node: &'a Node, file: &Arc<str>, zone: &TimeZone) -> Self {
        let entries: &[(Node, Node)] = match &node.value {
            Value::Map(entries) => entries,
            _ => &[],
        };
        let mut reader = Reader::new(entries, Arc::clone(file), zone).starting_at(node.range.start);
        reader.is_map = matches!(node.value, Value::Map(_));
        if !reader.is_map {
            reader.wrong_type(node, &bi!("một nhóm khóa con", "a group of keys"));
        }
        reader
    }

    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A place in the file that is read.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(&self.file, range.clone())
    }

    /// Adds a diagnostic of the caller's own.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether the key is written, even without a value; does not count as
    /// asking for it.
    pub fn key(&self, key: &str) -> Option<&'a Node> {
        self.entries.iter().find(|(name, _)| name.scalar() == Some(key)).map(|(name, _)| name)
    }

    /// Keys that exist elsewhere: they are worth suggesting, not reading.
    pub fn also(&mut self, keys: &'static [&'static str]) {
        self.elsewhere = keys;
    }

    fn knows(&mut self, key: &str) {
        self.known.push_str(key);
        self.known.push('\n');
    }

    /// The value of a key as it stands; `None` when missing or without value.
    pub fn node(&mut self, key: &str) -> Option<&'a Node> {
        self.knows(key);
        let at = self.entries.iter().position(|(name, _)| name.scalar() == Some(key))?;
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
        self.entries.get(at).map(|(_, value)| value).filter(|value| !value.is_null())
    }

    /// A text, blanks at its ends removed; `None` when empty.
    pub fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.text_of(node)
    }

    /// A text on one line: line breaks become spaces.
    pub fn line(&mut self, key: &str) -> Option<Spanned<String>> {
        Some(self.text(key)?.map(on_one_line))
    }

    /// An address that a page may link to: http, https, mailto or tel.
    pub fn url(&mut self, key: &str) -> Option<Spanned<String>> {
        let text = self.line(key)?;
        if is_url(&text.value) {
            return Some(text);
        }
        let written = clip(&text.value);
        let message = bi!(
            "`{key}: {written}` không phải địa chỉ web đầy đủ",
            "`{key}: {written}` is no complete web address"
        );
        let help = bi!("viết cả https:// ở đầu", "write it with https:// in front");
        let place = self.span(&text.range);
        self.push(Diagnostic::new(&BAD_URL, message).at(place).help(help));
        None
    }

    /// A text on one line that has to be there.
    pub fn required(&mut self, key: &str, example: &str) -> Option<Spanned<String>> {
        self.require(key, example, Reader::line)
    }

    /// What `read` gives for a key that has to be there; says so if it is
    /// missing, and nothing more if it is wrong.
    pub fn require<T>(
        &mut self,
        key: &str,
        example: &str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let before = self.diagnostics.len();
        let value = read(self, key);
        if value.is_none() && self.diagnostics.len() == before {
            self.missing(key, example);
        }
        value
    }

    /// `true` or `false`, nothing else.
    pub fn flag(&mut self, key: &str) -> Option<Spanned<bool>> {
        let node = self.node(key)?;
        let value = match node.scalar().map(str::trim) {
            Some("true" | "True" | "TRUE") => true,
            Some("false" | "False" | "FALSE") => false,
            _ => {
                let found = actual(node);
                let (vi, en) = (&found.vi, &found.en);
                let message = bi!(
                    "`{key}` phải là `true` hoặc `false`, không phải {vi}",
                    "`{key}` must be `true` or `false`, not {en}"
                );
                let error = self.error(&BAD_FLAG, message, node);
                self.push(match node.scalar().and_then(meant_flag) {
                    Some(meant) => error.help(bi!("viết: {key}: {meant}", "write: {key}: {meant}")),
                    None => error,
                });
                return None;
            }
        };
        Some(Spanned::new(value, node.range.clone()))
    }

    /// A whole number in digits.
    pub fn integer(&mut self, key: &str) -> Option<Spanned<i64>> {
        let node = self.node(key)?;
        if let Some(value) = node.scalar().and_then(|text| text.trim().parse::<i64>().ok()) {
            return Some(Spanned::new(value, node.range.clone()));
        }
        let found = actual(node);
        let (vi, en) = (&found.vi, &found.en);
        let message = bi!(
            "`{key}` phải là một số nguyên, không phải {vi}",
            "`{key}` must be a whole number, not {en}"
        );
        let error = self.error(&BAD_NUMBER, message, node);
        self.push(error);
        None
    }

    /// A date with or without a time, in any of the forms in use.
    pub fn moment(&mut self, key: &str) -> Option<Spanned<Moment>> {
        let node = self.node(key)?;
        let Some(text) = node.scalar() else {
            self.wrong_type(node, &bi!("một ngày, như 2025-10-17", "a date such as 2025-10-17"));
            return None;
        };
        match parse_moment(text.trim(), &self.zone) {
            Ok(written) => {
                if !written.iso {
                    let note = self.date_note(key, node, &written.moment);
                    self.push(note);
                }
                Some(Spanned::new(written.moment, node.range.clone()))
            }
            Err(reason) => {
                let written = clip(text);
                let why = reason.wording();
                let (vi, en) = (&why.vi, &why.en);
                let message = bi!(
                    "`{key}: {written}` không phải ngày giờ đúng: {vi}",
                    "`{key}: {written}` is no valid date: {en}"
                );
                let help = bi!(
                    "viết như `{key}: 2025-10-17` hoặc `{key}: 2025-10-17 08:30`",
                    "write it as `{key}: 2025-10-17` or `{key}: 2025-10-17 08:30`"
                );
                let error = self.error(&BAD_DATE, message, node).help(help);
                self.push(error);
                None
            }
        }
    }

    /// Texts: a list, or one text alone. A comma does not part them.
    pub fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        match &node.value {
            Value::List(items) => items.iter().filter_map(|item| self.text_of(item)).collect(),
            Value::Scalar { .. } => self.text_of(node).into_iter().collect(),
            _ => {
                self.wrong_type(node, &bi!("một danh sách [a, b]", "a list [a, b]"));
                Vec::new()
            }
        }
    }

    /// A text in the default language (the first of `langs`), or one per tag.
    pub fn texts_by_language(&mut self, key: &str, langs: &[String]) -> Texts {
        let Some(node) = self.node(key) else { return Texts::default() };
        let Value::Map(entries) = &node.value else {
            let tag = langs.first().cloned().unwrap_or_default();
            let text = self.text_of(node);
            return Texts(text.map(|text| (tag, text.value)).into_iter().collect());
        };
        let mut texts = Vec::new();
        for (tag, value) in entries {
            let name = tag.scalar().unwrap_or_default();
            if !langs.iter().any(|lang| lang == name) {
                let error = self.unknown_language(tag, value, langs);
                self.push(error);
            } else if !value.is_null()
                && let Some(text) = self.text_of(value)
            {
                texts.push((name.to_owned(), text.value));
            }
        }
        Texts(texts)
    }

    /// As [`Reader::texts_by_language`], for a key that has to be there.
    pub fn required_texts(&mut self, key: &str, langs: &[String], example: &str) -> Texts {
        let texts = self.require(key, example, |reader, key| {
            Some(reader.texts_by_language(key, langs)).filter(|texts| !texts.is_empty())
        });
        texts.unwrap_or_default()
    }

    /// One of a closed list of words.
    pub fn choice(&mut self, key: &str, choices: &[&'static str]) -> Option<Spanned<&'static str>> {
        let node = self.node(key)?;
        let text = self.text_of(node)?;
        if let Some(choice) = choices.iter().find(|choice| **choice == text.value) {
            return Some(Spanned::new(*choice, text.range));
        }
        let (written, list) = (clip(&text.value), listed(choices.iter().copied()));
        let message = bi!(
            "`{key}` không nhận “{written}”; chọn một trong: {list}",
            "`{key}` does not take “{written}”; choose one of {list}"
        );
        let error = self.error(&BAD_CHOICE, message, node);
        self.push(match nearest(&text.value, choices.iter().copied()) {
            Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
            None => error,
        });
        None
    }

    /// A reader of the map under a key; hand it back with [`Reader::adopt`].
    pub fn map(&mut self, key: &str) -> Option<Reader<'a>> {
        let node = self.node(key)?;
        Some(Reader::of(node, &self.file, &self.zone))
    }

    /// Readers of the maps in a list (one map alone counts as a list of one),
    /// each with its node; hand each back with [`Reader::adopt`].
    pub fn maps(&mut self, key: &str) -> Vec<(&'a Node, Reader<'a>)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        items.iter().map(|item| (item, Reader::of(item, &self.file, &self.zone))).collect()
    }

    /// The items of a list; anything else is an error.
    pub fn list(&mut self, key: &str) -> Option<&'a [Node]> {
        let node = self.node(key)?;
        match &node.value {
            Value::List(items) => Some(items),
            _ => {
                self.wrong_type(node, &bi!("một danh sách", "a list"));
                None
            }
        }
    }

    /// Finishes a reader made by this one and keeps its diagnostics.
    pub fn adopt(&mut self, child: Reader<'a>) {
        self.diagnostics.extend(child.finish());
    }

    /// Says that a required key is not there, pointing at the map's start.
    pub fn missing(&mut self, key: &str, example: &str) {
        if !self.is_map {
            return;
        }
        let (range, message, help) = match self.key(key) {
            Some(name) => (
                name.range.clone(),
                bi!("`{key}` chưa có giá trị", "`{key}` has no value"),
                bi!(
                    "viết như: {key}: {example}; chữ bắt đầu bằng # phải đặt trong nháy thẳng \"…\"",
                    "write for example: {key}: {example}; text that begins with # needs straight quotes \"…\""
                ),
            ),
            None => (
                self.start..self.start,
                bi!("thiếu `{key}`", "`{key}` is missing"),
                bi!("thêm dòng: {key}: {example}", "add the line: {key}: {example}"),
            ),
        };
        let error = Diagnostic::new(&MISSING_KEY, message).at(self.span(&range)).help(help);
        self.push(error);
    }

    /// Says that a value is of the wrong shape.
    pub fn wrong_type(&mut self, node: &Node, wanted: &Bi) {
        let found = actual(node);
        let message = Bi {
            vi: format!("chỗ này cần {}, nhưng lại là {}", wanted.vi, found.vi),
            en: format!("this must be {}, but is {}", wanted.en, found.en),
        };
        let error = self.error(&WRONG_TYPE, message, node);
        self.push(error);
    }

    /// Takes out what was not asked for; those keys then count as asked.
    pub fn rest(&mut self) -> Vec<(Node, Node)> {
        let rest = self.entries.iter().zip(&self.used).filter(|(_, used)| !**used);
        let rest = rest.map(|(entry, _)| entry.clone()).collect();
        self.used.fill(true);
        rest
    }

    /// All diagnostics, those for unknown keys last.
    pub fn finish(mut self) -> Diagnostics {
        let unknown = self.entries.iter().zip(&self.used).filter(|(_, used)| !**used);
        let mut known: Vec<String> = Vec::new();
        if unknown.clone().next().is_some() {
            for key in self.elsewhere.iter().copied().chain(self.known.lines()) {
                if !known.iter().any(|other| other == key) {
                    known.push(key.to_owned());
                }
            }
        }
        let found = unknown.map(|((name, _), _)| unknown_key(&self.file, name, &known));
        let found: Vec<_> = found.collect();
        self.diagnostics.extend(found);
        self.diagnostics
    }

    fn text_of(&mut self, node: &Node) -> Option<Spanned<String>> {
        let Some(text) = node.scalar() else {
            self.wrong_type(node, &bi!("chữ", "text"));
            return None;
        };
        let text = text.trim();
        (!text.is_empty()).then(|| Spanned::new(text.to_owned(), node.range.clone()))
    }

    fn error(&self, rule: &'static Rule, message: Bi, node: &Node) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.span(&node.range))
    }

    fn date_note(&self, key: &str, node: &Node, moment: &Moment) -> Diagnostic {
        let form = if moment.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
        let (long, iso) = (moment.local.strftime("%d/%m/%Y"), moment.local.strftime(form));
        let message = bi!(
            "`{key}` được hiểu là ngày {long} (ngày/tháng/năm)",
            "`{key}` is taken as {long} (day/month/year)"
        );
        let help = bi!("nên viết: {key}: {iso}", "better: {key}: {iso}");
        self.error(&DATE_ORDER, message, node).help(help)
    }

    fn unknown_language(&self, tag: &Node, value: &Node, langs: &[String]) -> Diagnostic {
        let name = clip(tag.scalar().unwrap_or_default());
        let message = bi!(
            "`{name}` không phải ngôn ngữ nào trong site.yaml",
            "`{name}` is no language of site.yaml"
        );
        let error = self.error(&UNKNOWN_LANGUAGE, message, tag);
        let list = listed(langs.iter().map(String::as_str));
        if value.is_null() {
            // `{vi: Phòng, chống thiên tai}`: the comma cut the text in two.
            return error.help(bi!(
                "chữ có dấu phẩy trong {{…}} phải đặt trong nháy: \"…, …\"",
                "text with a comma inside {{…}} needs quotes: \"…, …\""
            ));
        }
        match nearest(&name, langs.iter().map(String::as_str)) {
            Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
            None => error.help(bi!("các ngôn ngữ: {list}", "the languages are {list}")),
        }
    }
}

/// A text with every run of white space as one space.
fn on_one_line(text: String) -> String {
    if may_have_breaks(text.as_bytes()) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    text
}

/// Whether a first byte of white space of any sort occurs, but for single spaces.
#[multiversion(targets("x86_64+avx2"))]
fn may_have_breaks(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let other = |byte: u8, next: u8| {
        let spaces = (byte == b' ') & (next == b' ');
        let signs = (byte == 0xc2) | (byte == 0xe2) | (byte == 0xe3);
        (byte < b' ') | spaces | signs | ((byte == 0xe1) & (next == 0x9a))
    };
    // The last byte begins none of several bytes.
    let last = bytes.last().is_some_and(|last| *last < b' ');
    bytes.iter().zip(next).fold(last, |found, (byte, next)| found | other(*byte, *next))
}

/// Whether a page may link to an address without further question.
pub fn is_url(text: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"].into_iter();
    let rest = known.filter_map(|scheme| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
    });
    let bad = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\".contains(c);
    rest.into_iter().any(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(bad))
}

/// What somebody means who writes a word instead of a switch.
fn meant_flag(text: &str) -> Option<bool> {
    match crate::text::fold(text).as_str() {
        "yes" | "y" | "on" | "1" | "co" | "dung" | "roi" | "true" => Some(true),
        "no" | "n" | "off" | "0" | "khong" | "sai" | "chua" | "false" => Some(false),
        _ => None,
    }
}
