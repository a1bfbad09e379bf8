//! Raw HTML within Markdown: what is kept, what goes, and where it stood.
//!
//! Takes runs of raw HTML from the events. Gives only allowed tags, written
//! anew and balanced within the Markdown element they stand in; addresses
//! become references. Reports everything that is left out.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::Event;

use crate::base::diag::Bi;
use crate::bi;
use crate::parse::{Fragment, RefKind, Reference, SlotKind};

use super::clean::{clean, escape_attribute, escape_text, short};
use super::html::{Attribute, Run, Token};
use super::policy;
use super::rules;
use super::scheme::scheme_allowed;
use super::serialize::{Open, Writer};

/// Raw tags within raw tags.
const MAX_RAW: usize = 24;

/// An inline element whose content is to vanish up to its end tag.
pub(super) struct Muted {
    name: String,
    html: usize,
    slots: usize,
    text: usize,
    /// Elements on the stack when it began.
    pub depth: usize,
}

impl Writer<'_, '_> {
    /// Writes the run of raw HTML that starts at `at`; gives the event after it.
    pub fn raw_html(&mut self, at: usize) -> usize {
        let mut run = Run::default();
        let mut next = at;
        let is_inline = matches!(self.events.get(at), Some((Event::InlineHtml(_), _)));
        let events = self.events;
        while let Some((event, range)) = events.get(next) {
            match event {
                Event::Html(html) if !is_inline => run.push(html, range),
                Event::InlineHtml(html) if next == at => run.push(html, range),
                Event::Start(pulldown_cmark::Tag::HtmlBlock) if next == at => {}
                Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                    next += 1;
                    break;
                }
                _ => break,
            }
            next += 1;
        }
        if run.is_declaration() {
            let range = run.whole();
            let message =
                bi!("Phần <?…> hay <![…]]> này bị bỏ", "This <?…> or <![…]]> is left out");
            self.ctx.report(&rules::HTML_REMOVED, range, message, use_markdown());
            return next;
        }
        if let Some(range) = run.open_comment() {
            self.ctx.report(
                &rules::HTML_OPEN,
                range,
                bi!(
                    "Lời ghi chú <!-- này không được đóng và che hết phần sau của bài",
                    "This comment <!-- is never closed and hides all that follows"
                ),
                bi!("Thêm --> vào cuối lời ghi chú", "Add --> at the end of the comment"),
            );
        }
        if is_inline {
            self.tokens(run.tokens(), true);
            return next;
        }
        self.fresh_line();
        self.fresh_words();
        let before = self.sheet.fragment.html.len();
        self.tokens(run.tokens(), false);
        // Of a run of comments only line breaks remain.
        let Fragment { html, more, .. } = &mut self.sheet.fragment;
        if html.get(before..).is_some_and(|written| written.trim().is_empty()) {
            html.truncate(before);
            // The mark may stand behind blanks that go.
            *more = more.map(|at| at.min(before));
        }
        self.fresh_line();
        next
    }

    fn tokens(&mut self, tokens: Vec<Token>, is_inline: bool) {
        let mut skipped: Option<String> = None;
        for token in tokens {
            if let Some(name) = &skipped {
                if matches!(&token, Token::End { name: end, .. } if end == name) {
                    skipped = None;
                }
                continue;
            }
            match token {
                Token::Start { name, attributes, range } => {
                    if self.start_tag(&name, attributes, range) {
                        continue;
                    }
                    if policy::loses_content(&name) {
                        if is_inline {
                            self.mute(&name);
                        } else {
                            skipped = Some(name);
                        }
                    }
                }
                Token::End { name, range } => self.end_tag(&name, range),
                Token::Text(text) => {
                    let text = clean(&text);
                    escape_text(&mut self.sheet.fragment.html, &text);
                    self.words(&text);
                }
                Token::Comment { text } => {
                    let is_top =
                        self.stack.is_empty() && self.alerts.is_empty() && !self.in_footnote;
                    if !is_inline && is_top && text.trim() == "more" {
                        let at = self.sheet.fragment.html.len();
                        self.sheet.fragment.more.get_or_insert(at);
                    }
                }
                Token::Unfinished { range } => self.ctx.report(
                    &rules::HTML_OPEN,
                    range,
                    bi!(
                        "Thẻ HTML này không có dấu > đóng; nó bị bỏ",
                        "This HTML tag has no closing >; it is left out"
                    ),
                    bi!(
                        "Viết cả thẻ trong một đoạn, không có dòng trống ở giữa",
                        "Write the whole tag in one paragraph, without a blank line within"
                    ),
                ),
            }
        }
    }

    /// Writes a start tag if it is allowed; whether it was.
    fn start_tag(&mut self, name: &str, attributes: Vec<Attribute>, range: Range<usize>) -> bool {
        match policy::element(name) {
            policy::Element::Kept => {}
            policy::Element::Word => {
                self.ctx.word_trace(range);
                return false;
            }
            verdict => {
                self.report_element(name, verdict, range);
                return false;
            }
        }
        let is_void = policy::is_void(name);
        if !is_void && (self.raw_depth >= MAX_RAW || !self.has_room()) {
            self.ctx.report(
                &rules::NESTING,
                range,
                bi!(
                    "Thẻ HTML lồng quá sâu; thẻ này bị bỏ",
                    "HTML tags are nested too deeply; this one is left out"
                ),
                bi!("Đóng các thẻ đã mở", "Close the tags that are open"),
            );
            return true;
        }
        self.sheet.raw = true;
        self.html("<");
        self.html(name);
        self.attributes(name, attributes, &range);
        self.html(">");
        if name == "br" {
            self.words(" ");
        }
        if !is_void {
            self.raw_depth += 1;
            self.stack.push(Open::Raw { name: name.to_owned(), range });
        }
        true
    }

    fn attributes(&mut self, element: &str, attributes: Vec<Attribute>, tag: &Range<usize>) {
        let mut seen = BTreeSet::new();
        let source = attributes.iter().find(|attribute| attribute.name == "src");
        let source = source.map_or_else(|| "…".to_owned(), |attribute| attribute.value.clone());
        for attribute in attributes {
            if !seen.insert(attribute.name.clone()) {
                continue;
            }
            match policy::attribute(element, &attribute.name, &attribute.value) {
                policy::Attribute::Kept => self.attribute(&attribute.name, &attribute.value),
                policy::Attribute::Address => self.address(attribute),
                policy::Attribute::Id => self.anchor(attribute),
                policy::Attribute::Word => self.ctx.word_trace(attribute.range),
                verdict => self.report_attribute(element, &attribute, verdict),
            }
        }
        if matches!(element, "video" | "audio") && !seen.contains("controls") {
            self.attribute("controls", "");
        }
        if element == "img" && !seen.contains("alt") {
            self.report_missing_alt(&source, tag.clone());
            self.attribute("alt", "");
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let html = &mut self.sheet.fragment.html;
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape_attribute(html, &clean(value));
        html.push('"');
    }

    /// An address becomes a reference for other stages to resolve.
    fn address(&mut self, attribute: Attribute) {
        if let Err(scheme) = scheme_allowed(&attribute.value) {
            return self.report_scheme(&scheme, attribute.range);
        }
        let target = clean(attribute.value.trim()).into_owned();
        if target.is_empty() {
            return;
        }
        let number = self.reference(Reference {
            kind: RefKind::Raw,
            target,
            title: String::new(),
            alt: String::new(),
            range: attribute.range,
        });
        self.html(" ");
        self.html(&attribute.name);
        self.html("=\"");
        self.slot(SlotKind::Url(number));
        self.html("\"");
    }

    fn anchor(&mut self, attribute: Attribute) {
        if self.ctx.take_id(&attribute.value) {
            self.attribute("id", &attribute.value);
            self.sheet.fragment.anchors.push(attribute.value);
            return;
        }
        let shown = short(&attribute.value);
        self.ctx.report(
            &rules::HTML_ATTRIBUTE,
            attribute.range,
            bi!(
                "Mã “{shown}” đã có trong bài; thuộc tính này bị bỏ",
                "The id “{shown}” is already used on this page; the attribute is left out"
            ),
            bi!("Đặt mã khác", "Choose another id"),
        );
    }

    /// Ends a raw element that was opened in the same Markdown element.
    fn end_tag(&mut self, name: &str, range: Range<usize>) {
        self.unmute(name);
        if policy::is_void(name) || policy::element(name) != policy::Element::Kept {
            return;
        }
        let raw = self.stack.iter().rev().take_while(|open| matches!(open, Open::Raw { .. }));
        let found = raw.enumerate().find_map(|(above, open)| match open {
            Open::Raw { name: open, .. } if open == name => Some(above),
            _ => None,
        });
        let Some(above) = found else {
            return self.ctx.report(
                &rules::HTML_OPEN,
                range,
                bi!(
                    "Thẻ </{name}> này không đóng thẻ nào; nó bị bỏ",
                    "This </{name}> closes nothing; it is left out"
                ),
                bi!(
                    "Mở và đóng thẻ trong cùng một đoạn hoặc mục, hoặc xóa thẻ này",
                    "Open and close a tag within the same paragraph or item, or delete this one"
                ),
            );
        };
        self.close_to(self.stack.len() - above);
        self.stack.pop();
        self.close_raw(name, None);
    }

    /// Writes the end of a raw element; `unclosed` is the start tag to blame.
    pub fn close_raw(&mut self, name: &str, unclosed: Option<Range<usize>>) {
        self.raw_depth = self.raw_depth.saturating_sub(1);
        self.html("</");
        self.html(name);
        self.html(">");
        let Some(range) = unclosed.filter(|_| !policy::may_stay_open(name)) else { return };
        self.ctx.report(
            &rules::HTML_OPEN,
            range,
            bi!(
                "Thẻ <{name}> không được đóng trong đoạn chứa nó",
                "The tag <{name}> is not closed where it was opened"
            ),
            bi!("Thêm </{name}> vào cuối phần nó bao", "Add </{name}> at the end of what it holds"),
        );
    }

    fn mute(&mut self, name: &str) {
        let fragment = &self.sheet.fragment;
        self.muted.get_or_insert(Muted {
            name: name.to_owned(),
            html: fragment.html.len(),
            slots: fragment.slots.len(),
            text: fragment.text.len(),
            depth: self.stack.len(),
        });
    }

    /// Takes back what stands between the tags of an element that is removed.
    fn unmute(&mut self, name: &str) {
        let depth = self.stack.len();
        let Some(muted) = self.muted.take_if(|muted| muted.name == name && muted.depth == depth)
        else {
            return;
        };
        let fragment = &mut self.sheet.fragment;
        fragment.html.truncate(muted.html);
        fragment.slots.truncate(muted.slots);
        // Spaces at the end of the text may have been dropped meanwhile.
        if fragment.text.is_char_boundary(muted.text) {
            fragment.text.truncate(muted.text);
        }
    }

    fn report_element(&mut self, name: &str, verdict: policy::Element, range: Range<usize>) {
        let shown = short(name);
        let message = bi!("Thẻ <{shown}> bị bỏ", "The tag <{shown}> is left out");
        let (rule, help) = match (verdict, name) {
            (policy::Element::Dangerous, "iframe" | "object" | "embed") => (
                &rules::HTML_DANGEROUS,
                bi!(
                    "Nhúng phim bằng thành phần ::video{{url=\"…\"}}; nội dung khác thì đặt liên kết",
                    "Embed a film with the component ::video{{url=\"…\"}}; link to anything else"
                ),
            ),
            (policy::Element::Dangerous, _) => (
                &rules::HTML_DANGEROUS,
                bi!(
                    "Xóa thẻ này: bài viết không được chạy mã",
                    "Delete the tag: an entry must not run code"
                ),
            ),
            (_, "h1") => (
                &rules::HTML_REMOVED,
                bi!("Viết tiêu đề bằng ## của Markdown", "Write headings with Markdown's ##"),
            ),
            _ => (&rules::HTML_REMOVED, use_markdown()),
        };
        self.ctx.report(rule, range, message, help);
    }

    fn report_attribute(
        &mut self,
        element: &str,
        attribute: &Attribute,
        verdict: policy::Attribute,
    ) {
        let name = short(&attribute.name);
        let rule = match verdict {
            policy::Attribute::Dangerous => &rules::HTML_DANGEROUS,
            _ => &rules::HTML_ATTRIBUTE,
        };
        self.ctx.report(
            rule,
            attribute.range.clone(),
            bi!(
                "Thuộc tính {name} của <{element}> bị bỏ",
                "The attribute {name} of <{element}> is left out"
            ),
            match (verdict, attribute.name.as_str()) {
                (policy::Attribute::Dangerous, _) => {
                    bi!(
                        "Xóa thuộc tính này: bài viết không được chạy mã",
                        "Delete the attribute: an entry must not run code"
                    )
                }
                (_, "style" | "class" | "align" | "bgcolor" | "color") => {
                    bi!(
                        "Xóa nó: kiểu chữ và màu do giao diện quyết định",
                        "Delete it: the theme decides how things look"
                    )
                }
                _ => bi!("Xóa nó, hoặc sửa giá trị", "Delete it, or mend its value"),
            },
        );
    }
}

fn use_markdown() -> Bi {
    bi!("Xóa thẻ, hoặc viết bằng Markdown", "Delete the tag, or write Markdown")
}
