//! Footnotes: numbered in the order of reading, collected at the end, with a
//! link back to every place that refers to them.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::bi;
use crate::parse::Slot;
use crate::text::slug::slug;

use super::clean::{escape_attribute, short};
use super::events::Located;
use super::rules;
use super::serialize::Writer;

/// The footnotes of one body.
pub(super) struct Footnotes {
    /// By folded label.
    definitions: BTreeMap<String, Definition>,
    /// By the event they start at, where definitions end.
    ends: BTreeMap<usize, usize>,
    /// Those referred to, in order.
    cited: Vec<Cited>,
}

struct Definition {
    /// Events between start and end.
    events: Range<usize>,
    /// In the file.
    range: Range<usize>,
    label: String,
    /// Index in `cited`.
    number: Option<usize>,
}

struct Cited {
    events: Range<usize>,
    /// What makes its ids: `fn-…`, `fnref-…`.
    name: String,
    /// Ids of the references.
    back: Vec<String>,
}

impl Footnotes {
    pub fn of(events: &[Located]) -> Footnotes {
        let mut notes =
            Footnotes { definitions: BTreeMap::new(), ends: BTreeMap::new(), cited: Vec::new() };
        let mut open = Vec::new();
        for (at, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((at, label, range)),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((start, label, range)) = open.pop() else { continue };
                    notes.ends.insert(start, at + 1);
                    notes.definitions.entry(label.to_lowercase()).or_insert_with(|| Definition {
                        events: start + 1..at,
                        range: range.clone(),
                        label: label.to_string(),
                        number: None,
                    });
                }
                _ => {}
            }
        }
        notes
    }

    /// The event after the definition that starts at `at`.
    pub fn end_of(&self, at: usize) -> usize {
        self.ends.get(&at).copied().unwrap_or(at + 1)
    }
}

impl Writer<'_, '_> {
    pub fn footnote_reference(&mut self, label: &str) {
        let notes = &mut self.footnotes;
        let Some(definition) = notes.definitions.get_mut(&label.to_lowercase()) else {
            return;
        };
        let first = definition.number.is_none();
        let number = *definition.number.get_or_insert(notes.cited.len());
        if first {
            let slug = slug(label).unwrap_or_else(|| (number + 1).to_string());
            let id = self.ctx.unique_id(&format!("fn-{slug}"));
            let name = id.strip_prefix("fn-").unwrap_or(&id).to_owned();
            self.sheet.fragment.anchors.push(id);
            notes.cited.push(Cited { events: definition.events.clone(), name, back: Vec::new() });
        }
        let Some(cited) = notes.cited.get_mut(number) else { return };
        let back = self.ctx.unique_id(&format!("fnref-{}", cited.name));
        let shown = number + 1;
        let html = format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{}\" id=\"{back}\" role=\"doc-noteref\">{shown}</a></sup>",
            cited.name
        );
        self.sheet.fragment.anchors.push(back.clone());
        cited.back.push(back);
        self.html(&html);
    }

    /// Writes the section of footnotes after all else.
    pub fn write_footnotes(&mut self) {
        let (html, slots) = self.set_aside();
        self.in_footnote = true;
        let mut written: Vec<(String, Vec<Slot>)> = Vec::new();
        // Footnotes may refer to further ones.
        while let Some(cited) = self.footnotes.cited.get(written.len()) {
            let events = cited.events.clone();
            self.fresh_words();
            self.run(events);
            self.close_to(0);
            written.push(self.set_aside());
        }
        self.sheet.fragment.html = html;
        self.sheet.fragment.slots = slots;
        if written.is_empty() {
            return;
        }
        self.fresh_line();
        self.html("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        let cited = mem::take(&mut self.footnotes.cited);
        for (note, (html, slots)) in cited.iter().zip(written) {
            self.html("<li id=\"fn-");
            escape_attribute(&mut self.sheet.fragment.html, &note.name);
            self.html("\">");
            self.note(&html, &slots, &back_links(&note.back));
            self.html("</li>\n");
        }
        self.html("</ol>\n</section>\n");
    }

    /// A footnote's text, the links back within its last paragraph.
    fn note(&mut self, html: &str, slots: &[Slot], back: &str) {
        let (text, end) = match html.strip_suffix("</p>\n") {
            Some(text) => (text, "</p>"),
            None => (html.trim_end(), ""),
        };
        let base = self.sheet.fragment.html.len();
        self.html(text);
        for slot in slots {
            let at = base + slot.at.min(text.len());
            self.sheet.fragment.slots.push(Slot { at, what: slot.what });
        }
        self.html(back);
        self.html(end);
    }

    pub fn report_unused_footnotes(&mut self) {
        let unused = self.footnotes.definitions.values().filter(|d| d.number.is_none());
        for definition in unused {
            let label = short(&definition.label);
            self.ctx.report(
                &rules::FOOTNOTE_UNUSED,
                definition.range.clone(),
                bi!(
                    "Không chỗ nào nhắc tới chú thích [^{label}]; nó bị bỏ",
                    "Nothing refers to the footnote [^{label}]; it is left out"
                ),
                bi!(
                    "Viết [^{label}] ở chỗ cần chú thích, hoặc xóa chú thích",
                    "Write [^{label}] where it belongs, or delete it"
                ),
            );
        }
    }

    /// `[^label]` that stayed text because nothing defines it.
    pub fn report_lost_footnotes(&mut self, range: &Range<usize>) {
        let source = self.ctx.slice(range);
        for (at, _) in source.match_indices("[^") {
            let label = &source[at + 2..];
            let Some(end) = label.find([']', ' ', '\n', '[']) else { continue };
            if end == 0 || !label[end..].starts_with(']') || source[..at].ends_with('\\') {
                continue;
            }
            let label = short(&label[..end]);
            let start = range.start + at;
            self.ctx.report(
                &rules::FOOTNOTE_MISSING,
                start..start + end + 3,
                bi!("Không có chú thích nào tên [^{label}]", "There is no footnote [^{label}]"),
                bi!(
                    "Thêm một dòng ở cuối bài: [^{label}]: lời chú thích",
                    "Add a line at the end: [^{label}]: the note"
                ),
            );
        }
    }
}

fn back_links(back: &[String]) -> String {
    back.iter()
        .map(|id| format!(" <a href=\"#{id}\" class=\"footnote-back\" role=\"doc-backlink\">↩</a>"))
        .collect()
}
