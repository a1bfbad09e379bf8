//! Which parts of a source are an author's own prose.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::parse::Doc;

/// Byte ranges of title, summary and running text, in ascending order: no
/// code, quotations, raw HTML or link targets.
pub(super) fn ranges(doc: &Doc, text: &str) -> Vec<Range<usize>> {
    let lines = [&doc.front.title, &doc.front.summary];
    let mut all: Vec<_> = lines.into_iter().flatten().map(|line| line.range.clone()).collect();
    all.sort_by_key(|range| range.start);
    let block = crate::parse::front_matter::split(text, &doc.path);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let body = text.get(block.body..).unwrap_or_default();
    let (mut quoted, mut code) = (0_usize, 0_usize);
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_)) => quoted += 1,
            Event::End(TagEnd::BlockQuote(_)) => quoted = quoted.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
            Event::Text(_) if quoted + code == 0 => {
                all.push(block.body + range.start..block.body + range.end);
            }
            _ => {}
        }
    }
    all
}

/// Whether a range begins and ends in prose and is no part of an address.
pub(super) fn holds(prose: &[Range<usize>], text: &str, range: &Range<usize>) -> bool {
    let within = |at: usize| prose.iter().any(|part| part.contains(&at));
    let before = text.get(..range.start).unwrap_or_default();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    within(range.start) && within(range.end.saturating_sub(1)) && !word.contains("://")
}
