//! Events to HTML: the writer and what it keeps track of.
//!
//! Takes a body's events and component calls. Gives a [`Fragment`]. Every
//! element that is opened is put on one stack, so that the HTML is balanced
//! whatever an author's tags do, and nothing is ever nested deeper than
//! [`MAX_DEPTH`]. Writes no inline style.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event};

use crate::parse::{Fragment, Slot, SlotKind};

use super::clean::{clean, escape_text};
use super::components::{self, Block};
use super::context::Context;
use super::events::{self, Definitions, Located};
use super::footnotes::Footnotes;
use super::raw::Muted;
use super::sanitize::sanitize;

/// Elements within elements; deeper ones are left out, their text stays.
pub(super) const MAX_DEPTH: usize = 64;

/// An element on the stack, and how to end it.
pub(super) enum Open {
    /// Ends with this text.
    Text(&'static str),
    /// A link, with its reference unless it became plain text.
    Link(Option<u32>),
    TableHead,
    Table,
    Alert,
    /// A raw tag of the author.
    Raw {
        name: String,
        range: Range<usize>,
    },
    /// Too deep: nothing was written.
    Silent,
}

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub in_head: bool,
    pub has_rows: bool,
    pub column: usize,
}

/// A fragment in the making.
#[derive(Default)]
pub(super) struct Sheet {
    pub fragment: Fragment,
    /// Whether a raw tag was written.
    pub raw: bool,
}

pub(super) struct Writer<'w, 's> {
    pub ctx: &'w mut Context<'s>,
    pub events: &'w [Located<'w>],
    blocks: &'w [Block],
    definitions: &'w Definitions,
    pub sheet: Sheet,
    pub stack: Vec<Open>,
    /// Raw tags on the stack.
    pub raw_depth: usize,
    /// Links on the stack.
    pub links: usize,
    pub table: Table,
    /// Sheets around the alerts on the stack, and the alerts' places.
    pub alerts: Vec<(Sheet, Range<usize>, &'static str)>,
    pub footnotes: Footnotes,
    /// Ids that authors gave to headings, by the headings' places.
    pub explicit_ids: BTreeMap<usize, String>,
    /// Text of the last heading, the name of a table that follows.
    pub last_heading: String,
    pub muted: Option<Muted>,
    /// Whether a footnote's text is being written.
    pub in_footnote: bool,
}

/// Renders a part of the source: the whole body or what a container holds.
pub(super) fn body(
    ctx: &mut Context,
    range: &Range<usize>,
    blocks: &[Block],
    outer: &Definitions,
) -> Fragment {
    let text = components::with_placeholders(ctx, range, blocks);
    let (events, definitions) = events::collect(ctx, &text, range.start, outer);
    let mut writer = Writer {
        ctx,
        events: &events,
        blocks,
        definitions: &definitions,
        sheet: Sheet::default(),
        stack: Vec::new(),
        raw_depth: 0,
        links: 0,
        table: Table::default(),
        alerts: Vec::new(),
        footnotes: Footnotes::of(&events),
        explicit_ids: BTreeMap::new(),
        last_heading: String::new(),
        muted: None,
        in_footnote: false,
    };
    // Nearly always enough: what grows by steps is copied at each of them.
    writer.sheet.fragment.html.reserve(text.len() + text.len() / 8);
    writer.sheet.fragment.text.reserve(text.len());
    writer.reserve_ids();
    writer.run(0..events.len());
    writer.close_to(0);
    writer.write_footnotes();
    writer.report_unused_footnotes();
    let sheet = writer.sheet;
    finish(ctx, sheet)
}

/// A sheet without open ends.
pub(super) fn finish(ctx: &Context, mut sheet: Sheet) -> Fragment {
    if sheet.raw {
        sanitize(&mut sheet.fragment);
    }
    let text = &mut sheet.fragment.text;
    text.truncate(text.trim_end().len());
    // Marks may have met their letters only here: `e*◌́*`.
    if let Cow::Owned(composed) = ctx.composed(text) {
        *text = composed;
    }
    // Kept for as long as the build: nearly every body has one link, and the
    // room for three more would be as much as the rest of it.
    let Fragment { slots, headings, anchors, refs, calls, .. } = &mut sheet.fragment;
    slots.shrink_to_fit();
    headings.shrink_to_fit();
    anchors.shrink_to_fit();
    refs.shrink_to_fit();
    calls.shrink_to_fit();
    sheet.fragment
}

impl<'w> Writer<'w, '_> {
    /// Writes some of the events.
    pub fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.step(at).max(at + 1);
        }
    }

    /// Writes one event, or several that belong together; gives the next.
    fn step(&mut self, at: usize) -> usize {
        let events = self.events;
        let Some((event, range)) = events.get(at) else { return at + 1 };
        match event {
            Event::Start(tag) => return self.start(tag, range, at),
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(text, range),
            Event::Code(text) => {
                let text = clean(text);
                self.html("<code>");
                escape_text(&mut self.sheet.fragment.html, &text);
                self.html("</code>");
                self.words(&text);
            }
            Event::Html(_) | Event::InlineHtml(_) => return self.raw_html(at),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => {
                self.html("\n");
                self.words(" ");
            }
            Event::HardBreak => {
                self.html("<br>\n");
                self.words(" ");
            }
            Event::Rule => {
                self.fresh_line();
                self.html("<hr>\n");
            }
            // A character, not a form control: it needs no label, and feeds keep it.
            Event::TaskListMarker(true) => self.html("<span class=\"box\">☑</span> "),
            Event::TaskListMarker(false) => self.html("<span class=\"box\">☐</span> "),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        at + 1
    }

    pub fn html(&mut self, html: &str) {
        self.sheet.fragment.html.push_str(html);
    }

    /// Appends to the plain text.
    pub fn words(&mut self, text: &str) {
        self.sheet.fragment.text.push_str(text);
    }

    pub fn slot(&mut self, what: SlotKind) {
        let at = self.sheet.fragment.html.len();
        self.sheet.fragment.slots.push(Slot { at, what });
    }

    /// Begins a line of HTML.
    pub fn fresh_line(&mut self) {
        let html = &mut self.sheet.fragment.html;
        if !html.is_empty() && !html.ends_with('\n') {
            html.push('\n');
        }
    }

    /// Begins a line of plain text.
    pub fn fresh_words(&mut self) {
        let text = &mut self.sheet.fragment.text;
        let end = text.trim_end_matches(' ').len();
        text.truncate(end);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    /// Whether an element may be opened here.
    pub fn has_room(&self) -> bool {
        self.stack.len() < MAX_DEPTH
    }

    /// Opens an element that ends with `end`; leaves it out where it is too deep.
    pub fn open(&mut self, start: &str, end: &'static str) {
        if self.has_room() {
            self.html(start);
            self.stack.push(Open::Text(end));
        } else {
            self.stack.push(Open::Silent);
        }
    }

    /// Ends the innermost Markdown element, and raw tags left open within it.
    pub fn close(&mut self) {
        let depth = self.stack.iter().rposition(|open| !matches!(open, Open::Raw { .. }));
        if let Some(depth) = depth {
            self.close_to(depth);
        }
    }

    /// Ends elements until so many are left.
    pub fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            match self.stack.pop() {
                Some(Open::Text(end)) => self.html(end),
                Some(Open::Link(reference)) => self.close_link(reference),
                Some(Open::TableHead) => {
                    self.table.in_head = false;
                    self.html("</tr></thead>\n");
                }
                Some(Open::Table) => {
                    let end = if self.table.has_rows {
                        "</tbody></table></div>\n"
                    } else {
                        "</table></div>\n"
                    };
                    self.html(end);
                }
                Some(Open::Alert) => self.close_alert(),
                Some(Open::Raw { name, range }) => self.close_raw(&name, Some(range)),
                Some(Open::Silent) | None => {}
            }
        }
        if self.muted.as_ref().is_some_and(|muted| muted.depth > depth) {
            self.muted = None;
        }
    }

    /// The call whose placeholder begins within a paragraph.
    pub fn block_at(&self, range: &Range<usize>) -> Option<&'w Block> {
        let after = self.blocks.partition_point(|block| block.range.start <= range.start);
        let block = after.checked_sub(1).and_then(|i| self.blocks.get(i))?;
        block.range.contains(&range.start).then_some(block)
    }

    /// Writes a component's slot and renders what it holds.
    pub fn component(&mut self, block: &'w Block) {
        let Some(head) = &block.head else { return };
        let inner = block
            .inner
            .as_ref()
            .map(|inner| body(self.ctx, inner, &block.children, self.definitions));
        self.call(crate::parse::Call {
            name: head.name.clone(),
            args: head.args.clone(),
            body: inner,
            range: head.range.clone(),
        });
    }

    pub fn call(&mut self, call: crate::parse::Call) {
        self.fresh_line();
        let calls = &mut self.sheet.fragment.calls;
        let number = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        calls.push(call);
        self.slot(SlotKind::Component(number));
        self.html("\n");
    }

    /// Sets aside the HTML written so far, to write some that moves.
    pub fn set_aside(&mut self) -> (String, Vec<Slot>) {
        let fragment = &mut self.sheet.fragment;
        (mem::take(&mut fragment.html), mem::take(&mut fragment.slots))
    }
}
