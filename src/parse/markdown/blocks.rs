//! Block elements: paragraphs, figures, headings, lists, tables, code, alerts.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use crate::bi;
use crate::parse::{Arg, Call, Heading};
use crate::text::slug::slug;
use crate::yaml::Spanned;

use super::clean::{clean, escape_attribute, escape_text, short};
use super::highlight::{Coloured, highlight};
use super::policy;
use super::rules;
use super::serialize::{Open, Sheet, Table, Writer, finish};

/// Alerts within alerts.
const MAX_ALERTS: usize = 4;

impl<'w> Writer<'w, '_> {
    /// Opens an element; gives the event to go on with.
    pub fn start(&mut self, tag: &'w Tag<'w>, range: &Range<usize>, at: usize) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(range, at),
            Tag::Heading { level, classes, attrs, .. } => {
                let dropped = !classes.is_empty() || !attrs.is_empty();
                self.heading(*level, range, at, dropped);
            }
            Tag::BlockQuote(kind) => self.quotation(*kind, range),
            Tag::CodeBlock(kind) => return self.code_block(kind, range, at),
            Tag::HtmlBlock => return self.raw_html(at),
            Tag::List(first) => self.list(*first, range),
            Tag::Item => self.item(at),
            Tag::FootnoteDefinition(_) => return self.footnotes.end_of(at),
            Tag::DefinitionList => self.container("<dl>\n", "</dl>\n", range),
            Tag::DefinitionListTitle => self.part("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.part("<dd>", "</dd>\n"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.fresh_words();
                self.html("<thead><tr>");
                self.stack.push(Open::TableHead);
            }
            Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title, range)
            }
            Tag::Image { .. } => return self.image(at, false),
            Tag::MetadataBlock(_) => self.stack.push(Open::Silent),
        }
        at + 1
    }

    fn paragraph(&mut self, range: &Range<usize>, at: usize) -> usize {
        self.fresh_words();
        if let Some(block) = self.block_at(range) {
            self.component(block);
            return self.end_of(at, TagEnd::Paragraph);
        }
        if let Some(images) = self.lone_images(at) {
            self.figures(&images);
            return self.end_of(at, TagEnd::Paragraph);
        }
        self.fresh_line();
        self.open("<p>", "</p>\n");
        at + 1
    }

    /// The event after the end of the element that starts at `at`; only for
    /// elements that cannot hold their own kind.
    pub fn end_of(&self, at: usize, end: TagEnd) -> usize {
        let events = self.events.get(at..).unwrap_or(&[]);
        let len = events.iter().position(|(event, _)| *event == Event::End(end));
        at + len.map_or(events.len(), |len| len + 1)
    }

    /// The images of a paragraph that holds nothing else.
    fn lone_images(&self, at: usize) -> Option<Vec<usize>> {
        let mut images = Vec::new();
        let mut depth = 0usize;
        for (offset, (event, _)) in self.events.get(at + 1..)?.iter().enumerate() {
            match event {
                Event::End(TagEnd::Paragraph) => break,
                Event::Start(Tag::Image { .. }) => {
                    if depth == 0 {
                        images.push(at + 1 + offset);
                    }
                    depth += 1;
                }
                Event::End(TagEnd::Image) => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return None,
            }
        }
        (!images.is_empty()).then_some(images)
    }

    fn figures(&mut self, images: &[usize]) {
        self.fresh_line();
        if images.len() > 1 {
            self.html("<div class=\"gallery\">\n");
        }
        for &image in images {
            self.image(image, true);
        }
        if images.len() > 1 {
            self.html("</div>\n");
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>, at: usize, dropped: bool) {
        let text = self.heading_text(at, level);
        let level = self.check_level(level as u8, range);
        if dropped {
            self.ctx.report(
                &rules::HTML_ATTRIBUTE,
                range.clone(),
                bi!(
                    "Tiêu đề chỉ nhận {{#id}}; phần còn lại trong ngoặc bị bỏ",
                    "Headings take only {{#id}}; the rest in the braces is left out"
                ),
                bi!(
                    "Xóa lớp và thuộc tính trong ngoặc nhọn",
                    "Delete classes and attributes in the braces"
                ),
            );
        }
        self.ctx.headings += 1;
        let id = match self.explicit_ids.remove(&at) {
            Some(id) => id,
            None => {
                let ordinal = self.ctx.headings;
                let wanted = slug(&text).unwrap_or_else(|| format!("muc-{ordinal}"));
                self.ctx.unique_id(&wanted)
            }
        };
        self.fresh_line();
        self.fresh_words();
        let (start, end) = match level {
            2 => ("<h2 id=\"", "</h2>\n"),
            3 => ("<h3 id=\"", "</h3>\n"),
            4 => ("<h4 id=\"", "</h4>\n"),
            5 => ("<h5 id=\"", "</h5>\n"),
            _ => ("<h6 id=\"", "</h6>\n"),
        };
        self.html(start);
        escape_attribute(&mut self.sheet.fragment.html, &id);
        self.html("\">");
        self.stack.push(Open::Text(end));
        self.sheet.fragment.headings.push(Heading { level, id: &id, text: &text });
        self.last_heading = text;
    }

    /// The words of a heading.
    fn heading_text(&self, at: usize, level: HeadingLevel) -> String {
        let end = self.end_of(at, TagEnd::Heading(level));
        let mut text = String::new();
        for (event, _) in self.events.get(at..end).unwrap_or(&[]) {
            match event {
                Event::Text(part) | Event::Code(part) => text.push_str(&self.ctx.clean(part)),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        self.ctx.composed(text.trim()).into_owned()
    }

    /// The page's title is the only first-level heading; none below is skipped.
    fn check_level(&mut self, written: u8, range: &Range<usize>) -> u8 {
        let level = written.max(2);
        let expected = self.ctx.level + 1;
        if written == 1 {
            self.ctx.report(
                &rules::HEADING_FIRST,
                range.clone(),
                bi!(
                    "Tiêu đề cấp 1 trong bài được hạ xuống cấp 2",
                    "A first-level heading was made second-level"
                ),
                bi!(
                    "Viết ## thay cho #: tên bài đã là tiêu đề cấp 1",
                    "Write ## instead of #: the page's title is the first-level heading"
                ),
            );
        } else if level > expected {
            let marks = "#".repeat(usize::from(expected));
            let last = self.ctx.level;
            self.ctx.report(
                &rules::HEADING_SKIP,
                range.clone(),
                bi!(
                    "Tiêu đề nhảy từ cấp {last} xuống cấp {level}",
                    "The heading skips from level {last} to level {level}"
                ),
                bi!("Viết {marks} cho tiêu đề con kế tiếp", "Write {marks} for the next level"),
            );
        }
        self.ctx.level = level;
        level
    }

    /// Ids that authors gave win over made ones, also over those before them.
    pub fn reserve_ids(&mut self) {
        let events = self.events;
        for (at, (event, range)) in events.iter().enumerate() {
            let Event::Start(Tag::Heading { id: Some(id), .. }) = event else { continue };
            if policy::is_id(id) && self.ctx.take_id(id) {
                self.explicit_ids.insert(at, id.to_string());
                continue;
            }
            let shown = short(id);
            let message = if policy::is_id(id) {
                bi!("Mã “{shown}” đã có trong bài", "The id “{shown}” is already used on this page")
            } else {
                bi!("“{shown}” không dùng làm mã được", "“{shown}” cannot be an id")
            };
            self.ctx.report(
                &rules::HEADING_ID,
                range.clone(),
                message,
                bi!(
                    "Đặt mã khác: chữ thường không dấu, số và dấu gạch nối, bắt đầu bằng chữ",
                    "Choose another: small letters a-z, digits and hyphens, beginning with a letter"
                ),
            );
        }
    }

    /// A block that holds blocks.
    pub fn container(&mut self, start: &str, end: &'static str, range: &Range<usize>) {
        // One more level is kept free for the parts of a list.
        if self.stack.len() + 2 > super::serialize::MAX_DEPTH {
            self.stack.push(Open::Silent);
            self.ctx.report(
                &rules::NESTING,
                range.start..range.start + 1,
                bi!(
                    "Danh sách hay trích dẫn lồng quá sâu; các cấp trong bị bỏ",
                    "Lists or quotations are nested too deeply; the inner levels are left out"
                ),
                bi!("Bớt số cấp lồng nhau", "Use fewer levels"),
            );
            return;
        }
        self.fresh_line();
        self.html(start);
        self.stack.push(Open::Text(end));
    }

    fn list(&mut self, first: Option<u64>, range: &Range<usize>) {
        match first {
            None => self.container("<ul>\n", "</ul>\n", range),
            Some(1) => self.container("<ol>\n", "</ol>\n", range),
            Some(n) => self.container(&format!("<ol start=\"{n}\">\n"), "</ol>\n", range),
        }
    }

    fn item(&mut self, at: usize) {
        let is_marker =
            |at: usize| matches!(self.events.get(at), Some((Event::TaskListMarker(_), _)));
        let in_paragraph =
            matches!(self.events.get(at + 1), Some((Event::Start(Tag::Paragraph), _)));
        let is_task = is_marker(at + 1) || (in_paragraph && is_marker(at + 2));
        self.part(if is_task { "<li class=\"task\">" } else { "<li>" }, "</li>\n");
    }

    /// A part of a list.
    fn part(&mut self, start: &str, end: &'static str) {
        self.fresh_line();
        self.fresh_words();
        self.open(start, end);
    }

    fn quotation(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        let kind = match kind {
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
            None => "",
        };
        if kind.is_empty() || self.alerts.len() >= MAX_ALERTS || !self.has_room() {
            return self.container("<blockquote>\n", "</blockquote>\n", range);
        }
        let around = mem::take(&mut self.sheet);
        self.alerts.push((around, range.clone(), kind));
        self.stack.push(Open::Alert);
    }

    /// An alert is a call of `note`: its title is for the theme to write.
    pub fn close_alert(&mut self) {
        let Some((around, range, kind)) = self.alerts.pop() else { return };
        let inside: Sheet = mem::replace(&mut self.sheet, around);
        let source = self.ctx.slice(&range);
        let line = source.split('\n').next().unwrap_or("");
        let mark =
            line.find("[!").map_or(0..line.trim_end().len(), |from| from..line.trim_end().len());
        let mark = range.start + mark.start..range.start + mark.end;
        let name = Spanned { value: "note".to_owned(), range: mark.clone() };
        let key = Spanned { value: "kind".to_owned(), range: mark.clone() };
        let value = Spanned { value: Arg::Text(kind.to_owned()), range: mark };
        let body = Some(finish(self.ctx, inside));
        let range = range.start..range.start + line.trim_end().len();
        self.call(Call { name, args: vec![(key, value)], body, range });
    }

    fn table(&mut self, alignments: &[Alignment]) {
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        self.fresh_line();
        self.html("<div class=\"table\" role=\"region\" tabindex=\"0\"");
        if !self.last_heading.is_empty() {
            self.html(" aria-label=\"");
            let label = self.last_heading.clone();
            escape_attribute(&mut self.sheet.fragment.html, &label);
            self.html("\"");
        }
        self.html("><table>\n");
        self.stack.push(Open::Table);
    }

    fn row(&mut self) {
        self.fresh_words();
        self.html(if self.table.has_rows { "<tr>" } else { "<tbody>\n<tr>" });
        self.table.has_rows = true;
        self.table.column = 0;
        self.stack.push(Open::Text("</tr>\n"));
    }

    fn cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"ta-left\"",
            Some(Alignment::Center) => " class=\"ta-center\"",
            Some(Alignment::Right) => " class=\"ta-right\"",
            _ => "",
        };
        if self.table.column > 0 {
            self.words(" ");
        }
        self.table.column += 1;
        let (start, end) =
            if self.table.in_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.html(start);
        self.html(class);
        self.html(">");
        self.stack.push(Open::Text(end));
    }

    /// A code block with its text; gives the event after it.
    fn code_block(&mut self, kind: &CodeBlockKind, range: &Range<usize>, at: usize) -> usize {
        let end = self.end_of(at, TagEnd::CodeBlock);
        let mut code = String::new();
        for (event, _) in self.events.get(at..end).unwrap_or(&[]) {
            if let Event::Text(text) = event {
                code.push_str(&clean(text));
            }
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => {
                info.split([' ', '\t', ',', '{']).next().unwrap_or("").to_owned()
            }
            CodeBlockKind::Indented => String::new(),
        };
        self.fresh_line();
        self.html("<pre class=\"code\"><code");
        if !language.is_empty() {
            self.html(" class=\"language-");
            escape_attribute(&mut self.sheet.fragment.html, &clean(&language));
            self.html("\"");
        }
        self.html(">");
        self.code(&code, &language, range);
        self.html("</code></pre>\n");
        end
    }

    fn code(&mut self, code: &str, language: &str, range: &Range<usize>) {
        let coloured = if language.is_empty() {
            Coloured::Plain
        } else {
            highlight(code, language, &mut self.ctx.colour)
        };
        match coloured {
            Coloured::Html(html) => {
                // After a tag this mark would compose with its `>`.
                self.html(&html.replace(">\u{338}", ">"));
                self.sheet.fragment.highlighted = true;
                return;
            }
            Coloured::Plain => {}
            Coloured::UnknownLanguage => {
                let shown = short(language);
                let fence = self.ctx.slice(range).lines().next().unwrap_or("");
                let place = match fence.find(language) {
                    Some(at) => range.start + at..range.start + at + language.len(),
                    None => range.start..range.start + fence.len(),
                };
                self.ctx.report(
                    &rules::CODE_LANGUAGE,
                    place,
                    bi!(
                        "Không tô màu được ngôn ngữ “{shown}”",
                        "Code in “{shown}” is not coloured"
                    ),
                    bi!(
                        "Sửa tên (yaml, html, css, js, python, sh …), hoặc viết text nếu không cần màu",
                        "Mend the name (yaml, html, css, js, python, sh …), or write text if no colours are needed"
                    ),
                );
            }
        }
        escape_text(&mut self.sheet.fragment.html, code);
    }
}
