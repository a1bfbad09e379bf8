//! Running text: words, links, images.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::bi;
use crate::parse::{RefKind, Reference, SlotKind};
use crate::text::nfc::nfc;

use super::autolink;
use super::clean::{clean, escape_text, short};
use super::rules;
use super::scheme::scheme_allowed;
use super::serialize::{Open, Writer};

impl<'w> Writer<'w, '_> {
    pub fn text(&mut self, text: &CowStr, range: &Range<usize>) {
        let text = self.ctx.clean(text);
        if self.ctx.has_oddities {
            if text.contains("[^") {
                self.report_lost_footnotes(range);
            }
            if text.contains("\u{a0}\u{a0}") {
                self.ctx.word_trace(range.clone());
            }
        }
        self.words(&text);
        if self.ctx.is_clean && !self.ctx.may_hold_signs(&text) {
            return self.html(&text);
        }
        let bare =
            if self.links == 0 { autolink::find(&text, self.ctx.has_www) } else { Vec::new() };
        let mut from = 0;
        for address in bare {
            self.plain(&text[from..address.range.start]);
            let shown = &text[address.range.clone()];
            // Exact if nothing in the text was written as an escape.
            let place = if self.ctx.slice(range) == text {
                range.start + address.range.start..range.start + address.range.end
            } else {
                range.clone()
            };
            let target = format!("{}{shown}", address.prefix);
            let number = self.reference(Reference {
                kind: RefKind::Link,
                target,
                title: String::new(),
                alt: String::new(),
                range: place,
            });
            self.slot(SlotKind::LinkOpen(number));
            self.plain(shown);
            self.slot(SlotKind::LinkClose(number));
            from = address.range.end;
        }
        self.plain(&text[from..]);
    }

    fn plain(&mut self, text: &str) {
        escape_text(&mut self.sheet.fragment.html, text);
    }

    /// Keeps a target for other stages; its number in the fragment.
    pub fn reference(&mut self, reference: Reference) -> u32 {
        let refs = &mut self.sheet.fragment.refs;
        refs.push(reference);
        u32::try_from(refs.len() - 1).unwrap_or(u32::MAX)
    }

    pub fn open_link(
        &mut self,
        kind: LinkType,
        target: &CowStr,
        title: &CowStr,
        range: &Range<usize>,
    ) {
        let target = match kind {
            LinkType::Email => format!("mailto:{target}"),
            _ => target.to_string(),
        };
        // Links do not nest in HTML.
        let is_fine = self.links == 0 && self.check_target(&target, range, false);
        self.links += 1;
        if !is_fine {
            self.stack.push(Open::Link(None));
            return;
        }
        let number = self.reference(Reference {
            kind: RefKind::Link,
            title: clean(title).into_owned(),
            alt: String::new(),
            range: self.target_range(&target, range),
            target: clean(&target).into_owned(),
        });
        self.slot(SlotKind::LinkOpen(number));
        self.stack.push(Open::Link(Some(number)));
    }

    pub fn close_link(&mut self, reference: Option<u32>) {
        self.links = self.links.saturating_sub(1);
        if let Some(number) = reference {
            self.slot(SlotKind::LinkClose(number));
        }
    }

    /// Whether a link or a picture may have this target; reports why not.
    pub fn check_target(&mut self, target: &str, range: &Range<usize>, is_image: bool) -> bool {
        if let Err(scheme) = scheme_allowed(target) {
            self.report_scheme(&scheme, range.clone());
            return false;
        }
        if !target.trim().is_empty() {
            return true;
        }
        let message = if is_image {
            bi!("Ảnh chưa có tên tệp", "The picture has no file")
        } else {
            bi!("Liên kết chưa có địa chỉ", "The link has no address")
        };
        self.ctx.report(
            &rules::TARGET_EMPTY,
            range.clone(),
            message,
            bi!(
                "Điền vào trong ngoặc tròn: [chữ](địa chỉ), ![mô tả](tệp.jpg)",
                "Fill in the parentheses: [text](address), ![description](file.jpg)"
            ),
        );
        false
    }

    pub fn report_scheme(&mut self, scheme: &str, range: Range<usize>) {
        let shown = short(scheme);
        let help = if scheme.len() == 1 || scheme == "file" {
            bi!(
                "Đây là đường dẫn trên máy của bạn: chép tệp vào cạnh bài rồi chỉ ghi tên tệp",
                "This is a path on your computer: put the file beside the entry and give its name only"
            )
        } else {
            bi!(
                "Chỉ dùng http, https, mailto, tel hoặc đường dẫn trong trang",
                "Use http, https, mailto, tel or a path within the site"
            )
        };
        self.ctx.report(
            &rules::SCHEME,
            range,
            bi!(
                "Không được liên kết tới địa chỉ “{shown}:”",
                "Addresses with “{shown}:” are not allowed"
            ),
            help,
        );
    }

    /// Where the target stands in `[text](target "title")`; otherwise the whole.
    fn target_range(&self, target: &str, range: &Range<usize>) -> Range<usize> {
        let source = self.ctx.slice(range);
        let from = source.rfind("](").map_or(0, |at| at + 2);
        match source[from..].find(target) {
            Some(at) if !target.is_empty() => {
                let start = range.start + from + at;
                start..start + target.len()
            }
            _ => range.clone(),
        }
    }

    /// Writes an image, alone as a figure or within text; gives the next event.
    pub fn image(&mut self, at: usize, is_figure: bool) -> usize {
        let events = self.events;
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = events.get(at) else {
            return at + 1;
        };
        let (alt, next) = self.alt_text(at);
        if !self.check_target(dest_url, range, true) {
            self.words(&alt);
            return next;
        }
        if alt.is_empty() {
            self.report_missing_alt(dest_url, range.clone());
        }
        let title = clean(title).into_owned();
        let number = self.reference(Reference {
            kind: RefKind::Image,
            target: clean(dest_url).into_owned(),
            title: title.clone(),
            // A lone hyphen says that a picture only decorates.
            alt: if alt == "-" { String::new() } else { alt },
            range: self.target_range(dest_url, range),
        });
        if !is_figure {
            self.slot(SlotKind::Image(number));
            return next;
        }
        self.html("<figure class=\"figure\">");
        self.slot(SlotKind::Image(number));
        if !title.trim().is_empty() {
            self.fresh_words();
            self.words(title.trim());
            self.html("<figcaption>");
            self.plain(title.trim());
            self.slot(SlotKind::Credit(number));
            self.html("</figcaption>");
        } else {
            self.slot(SlotKind::Credit(number));
        }
        self.html("</figure>\n");
        next
    }

    /// The words of an image's description, and the event after the image.
    fn alt_text(&self, at: usize) -> (String, usize) {
        let mut alt = String::new();
        let mut depth = 0usize;
        for (offset, (event, _)) in self.events.get(at..).unwrap_or(&[]).iter().enumerate() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return (nfc(alt.trim()).into_owned(), at + offset + 1);
                    }
                }
                Event::Text(text) | Event::Code(text) => alt.push_str(&clean(text)),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        (alt, self.events.len())
    }

    pub fn report_missing_alt(&mut self, target: &str, range: Range<usize>) {
        let shown = short(target);
        self.ctx.report(
            &rules::IMAGE_ALT,
            range,
            bi!("Ảnh {shown} chưa có mô tả", "The picture {shown} has no description"),
            bi!(
                "Viết điều nhìn thấy trong ảnh: ![Chị Lan tưới cây keo]({shown}); ảnh chỉ để trang trí thì viết ![-]({shown})",
                "Say what is seen: ![Lan watering acacia trees]({shown}); for mere decoration write ![-]({shown})"
            ),
        );
    }
}
