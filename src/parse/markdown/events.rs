//! From Markdown text to events with their places in the file.
//!
//! Takes a body (or a container's part of one). Gives pulldown-cmark's events,
//! neighbouring texts joined, and the link definitions found. Reports
//! references to definitions that are nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, TextMergeWithOffset};

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
    let mut events = Vec::with_capacity(text.len() / BYTES_PER_EVENT);
    events.extend(
        TextMergeWithOffset::new(parser.into_offset_iter())
            .map(|(event, range)| (event, range.start + base..range.end + base)),
    );
    let mut seen = BTreeSet::new();
    for (range, label) in missing {
        if seen.insert(range.start) {
            report_missing(ctx, range.start + base..range.end + base, &label);
        }
    }
    (events, definitions)
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
