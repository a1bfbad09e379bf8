//! Component calls: `::name{…}` alone on a line, `:::name{…}` … `:::` around Markdown.
//!
//! Takes a body before Markdown is parsed. Gives the calls as a tree with
//! their places, and a copy of the body of the same length in which a one-letter
//! paragraph stands for each, so that everything around stays one document and
//! keeps its offsets. Never evaluates anything.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::base::diag::Diagnostic;
use crate::bi;
use crate::yaml::Spanned;

use super::args::{self, Args};
use super::clean::short;
use super::context::{Context, holds};
use super::{events, rules};

/// Containers within containers.
const MAX_DEPTH: usize = 8;

/// A call, or lines that were meant to be one and are left out.
#[derive(Debug)]
pub(super) struct Block {
    /// From the opening line to the end of the closing line.
    pub range: Range<usize>,
    /// `None` if the call is malformed.
    pub head: Option<Head>,
    /// Of a container, what stands between its fences.
    pub inner: Option<Range<usize>>,
    /// Calls within `inner`.
    pub children: Vec<Block>,
}

/// Name and arguments of a call.
#[derive(Debug)]
pub(super) struct Head {
    pub name: Spanned<String>,
    pub args: Args,
    /// The opening line.
    pub range: Range<usize>,
}

/// Finds the calls of a body, in order.
pub(super) fn scan(ctx: &mut Context, body: Range<usize>) -> Vec<Block> {
    if !holds(ctx.slice(&body), "::") {
        return Vec::new();
    }
    let zones = Zones::of(ctx.slice(&body), body.start);
    let mut scan = Scan { ctx, open: Vec::new(), top: Vec::new() };
    let mut start = body.start;
    for line in scan.ctx.slice(&body).split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        // The range of indented code begins after the indentation.
        let text = range.start + line.len() - line.trim_start_matches([' ', '\t']).len();
        if line.contains("::") && !zones.is_literal(text) {
            scan.line(line, range, &zones);
        }
    }
    scan.finish()
}

/// The body with each block replaced by a paragraph of one letter.
pub(super) fn with_placeholders<'s>(
    ctx: &Context<'s>,
    body: &Range<usize>,
    blocks: &[Block],
) -> Cow<'s, str> {
    let text = ctx.slice(body);
    if blocks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = body.start;
    for block in blocks {
        out.push_str(ctx.slice(&(from..block.range.start)));
        // A blank line before and after, whatever stands around.
        out.push_str("\nx\n");
        let rest = block.range.start + 3..block.range.end;
        let kept = ctx.source.as_bytes().get(rest).unwrap_or(&[]);
        out.extend(kept.iter().map(|&b| if b == b'\n' { '\n' } else { ' ' }));
        from = block.range.end;
    }
    out.push_str(ctx.slice(&(from..body.end)));
    Cow::Owned(out)
}

/// Where lines are not Markdown of the body's top level.
struct Zones {
    /// Code and raw HTML.
    literal: Vec<Range<usize>>,
    /// Lists and footnotes: an indented line belongs to them.
    nested: Vec<Range<usize>>,
}

impl Zones {
    fn of(text: &str, base: usize) -> Zones {
        let mut zones = Zones { literal: Vec::new(), nested: Vec::new() };
        let mut depth = 0;
        for (event, range) in Parser::new_ext(text, events::options()).into_offset_iter() {
            let range = range.start + base..range.end + base;
            match event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => zones.literal.push(range),
                Event::Start(Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList) => {
                    if depth == 0 {
                        zones.nested.push(range);
                    }
                    depth += 1;
                }
                Event::End(
                    TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList,
                ) => depth -= 1,
                _ => {}
            }
        }
        zones
    }

    fn is_literal(&self, at: usize) -> bool {
        contains(&self.literal, at)
    }

    fn is_nested(&self, at: usize) -> bool {
        contains(&self.nested, at)
    }
}

/// Whether one of the ascending, disjoint ranges holds a position.
fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|range| at < range.end)
}

/// A container whose closing line has not come yet.
struct Open {
    colons: usize,
    line: Range<usize>,
    head: Option<Head>,
    children: Vec<Block>,
}

struct Scan<'c, 's> {
    ctx: &'c mut Context<'s>,
    open: Vec<Open>,
    top: Vec<Block>,
}

impl Scan<'_, '_> {
    fn line(&mut self, line: &str, range: Range<usize>, zones: &Zones) {
        let text = line.trim_end();
        let fence = text.trim_start_matches(' ');
        let indent = text.len() - fence.len();
        let colons = fence.len() - fence.trim_start_matches(':').len();
        if indent > 3 || colons < 2 || (indent > 0 && zones.is_nested(range.start)) {
            return self.misplaced(text, range.start);
        }
        let after = fence[colons..].trim_start();
        let rest = range.start + text.len() - after.len()..range.start + text.len();
        match colons {
            2 if is_leaf(&fence[2..]) => {
                let head = self.head(rest, &range);
                self.add(Block { range, head, inner: None, children: Vec::new() });
            }
            2 => {}
            _ if after.is_empty() => self.close(colons, range),
            _ => {
                let head = self.head(rest, &range);
                let head = if self.open.len() < MAX_DEPTH { head } else { self.too_deep(&range) };
                self.open.push(Open { colons, line: range, head, children: Vec::new() });
            }
        }
    }

    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(open) => open.children.push(block),
            None => self.top.push(block),
        }
    }

    /// `name` or `name{…}`.
    fn head(&mut self, text: Range<usize>, line: &Range<usize>) -> Option<Head> {
        let call = self.ctx.slice(&text);
        let len = name_len(call);
        let name = Spanned { value: call[..len].to_owned(), range: text.start..text.start + len };
        let rest = text.start + len..text.end;
        let args = match call[len..].chars().next() {
            _ if !call.starts_with(|c: char| c.is_ascii_lowercase()) => return self.bad_name(text),
            None => Vec::new(),
            Some('{') => args::parse(self.ctx, rest)?,
            Some(' ' | '\t') if call[len..].trim_start().starts_with('{') => {
                let skipped = call[len..].len() - call[len..].trim_start().len();
                args::parse(self.ctx, rest.start + skipped..rest.end)?
            }
            Some(_) => return self.bad_name(text),
        };
        let end = text.end;
        Some(Head { name, args, range: line.start..end })
    }

    /// The closing line belongs to the innermost container with as many colons.
    fn close(&mut self, colons: usize, range: Range<usize>) {
        let Some(depth) = self.open.iter().rposition(|open| open.colons == colons) else {
            return self.stray(colons, range);
        };
        self.give_up(depth + 1);
        if let Some(open) = self.open.pop() {
            self.add(Block {
                inner: Some(open.line.end..range.start),
                range: open.line.start..range.end,
                head: open.head,
                // A container that is too deep is left out whole.
                children: if depth < MAX_DEPTH { open.children } else { Vec::new() },
            });
        }
    }

    /// Reports all containers but the outer ones as never closed: their opening
    /// lines are left out, what follows belongs to whatever is around.
    fn give_up(&mut self, outer: usize) {
        for open in self.open.split_off(outer.min(self.open.len())) {
            let fence = ":".repeat(open.colons.min(20));
            let shown = trimmed(self.ctx, &open.line);
            self.ctx.report(
                &rules::CALL_OPEN,
                shown,
                bi!(
                    "Khối này không có dòng {fence} đóng lại",
                    "This block has no closing line {fence}"
                ),
                bi!(
                    "Thêm một dòng chỉ có {fence} (đúng số dấu hai chấm của dòng mở) vào cuối khối",
                    "Add a line of just {fence} (as many colons as the opening line) at the end of the block"
                ),
            );
            self.add(Block { range: open.line, head: None, inner: None, children: Vec::new() });
            for child in open.children {
                self.add(child);
            }
        }
    }

    fn stray(&mut self, colons: usize, range: Range<usize>) {
        let shown = trimmed(self.ctx, &range);
        let fence = ":".repeat(colons.min(20));
        let mut diagnostic = Diagnostic::new(
            &rules::CALL_STRAY,
            bi!("Dòng {fence} này không đóng khối nào", "This line {fence} closes no block"),
        )
        .at(self.ctx.span(shown));
        if let Some(open) = self.open.last() {
            let line = trimmed(self.ctx, &open.line);
            let count = open.colons;
            let label =
                bi!("khối đang mở có {count} dấu hai chấm", "the open block has {count} colons");
            diagnostic = diagnostic.at_with(self.ctx.span(line), label);
        }
        self.ctx.push(diagnostic.help(bi!(
            "Xóa dòng này, hoặc viết đúng số dấu hai chấm của dòng mở",
            "Delete the line, or write as many colons as the opening line has"
        )));
        self.add(Block { range, head: None, inner: None, children: Vec::new() });
    }

    fn bad_name<T>(&mut self, text: Range<usize>) -> Option<T> {
        let found = short(self.ctx.slice(&text));
        self.ctx.report(
            &rules::CALL_SYNTAX,
            text,
            bi!("“{found}” không phải một lời gọi thành phần", "“{found}” is no component call"),
            bi!(
                "Viết tên bằng chữ thường a-z rồi đến đối số trong ngoặc nhọn: :::note{{title=\"Lưu ý\"}}",
                "Write the name in small letters a-z, then the arguments in braces: :::note{{title=\"Please note\"}}"
            ),
        );
        None
    }

    fn too_deep<T>(&mut self, line: &Range<usize>) -> Option<T> {
        let shown = trimmed(self.ctx, line);
        self.ctx.report(
            &rules::NESTING,
            shown,
            bi!(
                "Quá {MAX_DEPTH} khối lồng nhau; khối này bị bỏ",
                "More than {MAX_DEPTH} nested blocks; this one is left out"
            ),
            bi!("Viết các khối nối tiếp nhau", "Write the blocks one after the other"),
        );
        None
    }

    /// A call in a list or a quotation stays text; say so.
    fn misplaced(&mut self, text: &str, start: usize) {
        let marks = |c: char| {
            matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
        };
        let call = text.trim_start_matches(marks);
        let name = call.trim_start_matches(':');
        let colons = call.len() - name.len();
        if colons < 2 || !(is_leaf(name) || (colons > 2 && name_len(name) > 0)) {
            return;
        }
        let from = start + text.len() - call.len();
        self.ctx.report(
            &rules::CALL_PLACE,
            from..start + text.len(),
            bi!(
                "Lời gọi thành phần trong danh sách hay trích dẫn được giữ nguyên là chữ",
                "A component call within a list or a quotation stays text"
            ),
            bi!(
                "Đặt nó ở đầu dòng, ngoài danh sách và trích dẫn",
                "Put it at the start of a line, outside lists and quotations"
            ),
        );
    }

    fn finish(mut self) -> Vec<Block> {
        self.give_up(0);
        self.top
    }
}

/// `name` or `name{…}` and nothing else: prose such as `::before is …` is none.
fn is_leaf(text: &str) -> bool {
    let rest = text[name_len(text)..].trim_start();
    name_len(text) > 0
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && (rest.is_empty() || rest.starts_with('{'))
}

fn name_len(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    text.len() - rest.len()
}

/// A line without the spaces and the line break around it.
fn trimmed(ctx: &Context, line: &Range<usize>) -> Range<usize> {
    let text = ctx.slice(line);
    let start = line.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
