//! From Markdown text to events with their places in the file.
//!
//! Takes a body (or a container's part of one). Gives pulldown-cmark's events,
//! neighbouring texts joined, and the link definitions found. Reports
//! references to definitions that are nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser};

use crate::bi;

use super::clean::short;
use super::context::Context;
use super::rules;

/// Definitions longer than this are not handed to containers.
const MAX_DEFINITION: usize = 2048;
/// Bytes of outer definitions that one container may repeat.
const EXPANSION: usize = 1 << 20;
/// Most bodies have fewer events than one for so many bytes.
const BYTES_PER_EVENT: usize = 16;

/// Link definitions by folded label: target and title.
pub(super) type Definitions = BTreeMap<String, (String, String)>;

pub(super) type Located<'t> = (Event<'t>, Range<usize>);

/// Quotes and dashes stay as the author typed them: no smart punctuation.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Parses `text`, which stands at `base` in the file. References that it does
/// not define are looked up in `outer`.
pub(super) fn collect<'t>(
    ctx: &mut Context,
    text: &'t str,
    base: usize,
    outer: &Definitions,
) -> (Vec<Located<'t>>, Definitions) {
    let mut missing: Vec<(Range<usize>, String)> = Vec::new();
    let mut fuel = EXPANSION;
    let callback = |link: BrokenLink<'t>| {
        if let Some((target, title)) = outer.get(&fold_label(&link.reference)) {
            fuel = fuel.checked_sub(target.len() + title.len())?;
            return Some((CowStr::from(target.clone()), CowStr::from(title.clone())));
        }
        let explicit = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if explicit && !link.reference.starts_with('^') && !link.reference.trim().is_empty() {
            missing.push((link.span, link.reference.into_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(callback));
    let mut definitions = outer.clone();
    for (label, definition) in parser.reference_definitions().iter() {
        let title = definition.title.as_deref().unwrap_or("");
        if definition.dest.len() + title.len() <= MAX_DEFINITION {
            let value = (definition.dest.to_string(), title.to_owned());
            definitions.insert(fold_label(label), value);
        }
    }
    let mut events = Joined::new(text, base);
    parser.into_offset_iter().for_each(|(event, range)| events.push(event, range));
    let mut seen = BTreeSet::new();
    for (range, label) in missing {
        if seen.insert(range.start) {
            report_missing(ctx, range.start + base..range.end + base, &label);
        }
    }
    (events.all(), definitions)
}

/// Events whose neighbouring texts are one. Texts that lie side by side in the
/// source stay a slice of it.
struct Joined<'t> {
    text: &'t str,
    base: usize,
    events: Vec<Located<'t>>,
    /// A text of several that is no slice and may still grow: the last event.
    grown: Option<(String, Range<usize>)>,
}

impl<'t> Joined<'t> {
    fn new(text: &'t str, base: usize) -> Joined<'t> {
        let events = Vec::with_capacity(text.len() / BYTES_PER_EVENT);
        Joined { text, base, events, grown: None }
    }

    fn push(&mut self, event: Event<'t>, range: Range<usize>) {
        let range = range.start + self.base..range.end + self.base;
        let Event::Text(next) = event else {
            self.end_text();
            return self.events.push((event, range));
        };
        if let Some((text, place)) = &mut self.grown {
            text.push_str(&next);
            place.end = range.end;
        } else if let Some((Event::Text(last), place)) = self.events.last_mut() {
            place.end = range.end;
            match slice_of_both(self.text, last, &next) {
                Some(both) => *last = CowStr::Borrowed(both),
                None => self.grow(&next),
            }
        } else {
            self.events.push((Event::Text(next), range));
        }
    }

    /// Takes the last event, a text, to add to it.
    fn grow(&mut self, next: &str) {
        if let Some((Event::Text(last), place)) = self.events.pop() {
            let mut text = last.into_string();
            text.push_str(next);
            self.grown = Some((text, place));
        }
    }

    fn end_text(&mut self) {
        let text = self.grown.take();
        let text = text.map(|(text, place)| (Event::Text(CowStr::from(text)), place));
        self.events.extend(text);
    }

    fn all(mut self) -> Vec<Located<'t>> {
        self.end_text();
        self.events
    }
}

/// The slice of `text` that two slices of it make which lie side by side.
fn slice_of_both<'t>(text: &'t str, first: &CowStr<'t>, next: &CowStr<'t>) -> Option<&'t str> {
    let (CowStr::Borrowed(first), CowStr::Borrowed(next)) = (first, next) else { return None };
    let from = first.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let both = text.get(from..from.checked_add(first.len() + next.len())?)?;
    let meets = std::ptr::eq(next.as_ptr(), both.as_bytes().get(first.len()..)?.as_ptr());
    meets.then_some(both)
}

fn report_missing(ctx: &mut Context, range: Range<usize>, label: &str) {
    let label = short(label);
    ctx.report(
        &rules::REFERENCE_MISSING,
        range,
        bi!("Không có dòng nào định nghĩa [{label}]", "Nothing defines [{label}]"),
        bi!(
            "Thêm một dòng ở cuối bài, ví dụ [{label}]: https://… ; hoặc viết liên kết đầy đủ [chữ](địa chỉ)",
            "Add a line at the end, such as [{label}]: https://… ; or write the link in full: [text](address)"
        ),
    );
}

/// Labels match without regard to case and runs of spaces (CommonMark 4.7).
fn fold_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
