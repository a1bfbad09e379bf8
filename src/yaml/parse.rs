//! YAML text to a tree with places.
//!
//! Takes one document and where it starts in its file; gives a [`Node`] whose
//! ranges count from the start of the file, or the first mistake as advice.
//! Bounded: depth, number of values and what aliases may grow to. Never
//! interprets a scalar and never fails in any other way.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_yaml::granit_parser::{
    Event, Options, Parser, ScalarStyle, Span as Place, StructureStyle,
};

use super::node::{Node, Value};
use super::plain;
use super::rules::*;
use super::syntax;
use super::wording::clip;
use crate::base::diag::{Bi, Diagnostic, Rule, Span};
use crate::bi;
use crate::text::nfc;

/// Deepest nesting of lists and maps.
pub(super) const MAX_DEPTH: usize = 32;
/// Most values that a document may write.
const MAX_WRITTEN: usize = 1_000_000;
/// Most values, and bytes of text, that aliases may add.
const MAX_EXPANDED: usize = 50_000;
const MAX_EXPANDED_BYTES: usize = 4 << 20;

/// Reads one YAML (or JSON) document; an empty one is [`Value::Null`].
///
/// `base` is the offset of `text` in the file on disk. Keys are scalars and
/// unique; aliases are expanded; tags, merge keys and further documents are
/// errors.
pub fn parse(text: &str, base: usize, file: &Arc<str>) -> Result<Node, Diagnostic> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.disallow_directives = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder::new(text, base, file);
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, place)) => builder.take(event, place)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0);
                return Err(syntax::explain(text, base, file, at, &error));
            }
        }
    }
    Ok(builder.root.unwrap_or(Node { value: Value::Null, range: base..base }))
}

/// Reads a document that must be a map: its entries, none if it is empty.
pub fn parse_map(
    text: &str,
    base: usize,
    file: &Arc<str>,
) -> Result<Vec<(Node, Node)>, Diagnostic> {
    if let Some(entries) = plain::entries(text, base) {
        return Ok(entries);
    }
    let node = parse(text, base, file)?;
    match node.value {
        Value::Map(entries) => Ok(entries),
        Value::Null => Ok(Vec::new()),
        _ => Err(syntax::no_map(text, base, file, node.range.start - base)),
    }
}

/// A list or map that is not closed yet.
struct Open {
    start: usize,
    flow: bool,
    anchor: usize,
    what: Contents,
}

enum Contents {
    List(Vec<Node>),
    Map { entries: Vec<(Node, Node)>, key: Option<Node>, seen: FxHashMap<String, Range<usize>> },
}

/// An anchored value with its size; `None` when it is too large to repeat.
type Anchored = Option<(Node, Size)>;

#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
    height: usize,
}

struct Builder<'t> {
    text: &'t str,
    base: usize,
    file: &'t Arc<str>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    root: Option<Node>,
    written: usize,
    expanded: Size,
    documents: usize,
}

type Taken = Result<(), Diagnostic>;

impl<'t> Builder<'t> {
    fn new(text: &'t str, base: usize, file: &'t Arc<str>) -> Self {
        Builder {
            text,
            base,
            file,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            root: None,
            written: 0,
            expanded: Size::default(),
            documents: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, place: Place) -> Taken {
        let range = self.range(&place);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 { Err(self.second_document(range)) } else { Ok(()) }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.no_tag(tag.is_some(), &place)?;
                let node = self.scalar(&text, style, range)?;
                self.add(node, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.no_tag(tag.is_some(), &place)?;
                self.start(range, style, anchor, Contents::List(Vec::new()))
            }
            Event::MappingStart(style, anchor, tag) => {
                self.no_tag(tag.is_some(), &place)?;
                let (entries, seen) = (Vec::new(), FxHashMap::default());
                self.start(range, style, anchor, Contents::Map { entries, key: None, seen })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range),
            Event::Alias(id) => self.alias(id, range),
            _ => Ok(()),
        }
    }

    /// The place in the file on disk, on character boundaries.
    fn range(&self, place: &Place) -> Range<usize> {
        let range = place.byte_range().unwrap_or(0..0);
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end).max(start);
        self.base + start..self.base + end
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        mut range: Range<usize>,
    ) -> Result<Node, Diagnostic> {
        let plain = style == ScalarStyle::Plain;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let written = &self.text[range.start - self.base..range.end - self.base];
            range.end = range.start + written.trim_end().len();
        }
        if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Ok(Node { value: Value::Null, range });
        }
        if text.chars().any(is_forbidden) {
            let message = bi!(
                "chữ ở đây chứa một ký tự điều khiển không nhìn thấy",
                "the text here holds an invisible control character"
            );
            return Err(self.error(&BAD_CHARACTER, message, range));
        }
        let text = nfc(text).into_owned();
        Ok(Node { value: Value::Scalar { text, plain }, range })
    }

    fn start(
        &mut self,
        range: Range<usize>,
        style: StructureStyle,
        anchor: usize,
        what: Contents,
    ) -> Taken {
        if self.wants_key() {
            return Err(self.compound_key(range));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(range));
        }
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { start: range.start, flow, anchor, what });
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) -> Taken {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let (value, last) = match open.what {
            Contents::List(items) => {
                let last = items.last().map(|item| item.range.end);
                (Value::List(items), last)
            }
            Contents::Map { entries, .. } => {
                let last = entries.last().map(|(key, value)| value.range.end.max(key.range.end));
                (Value::Map(entries), last)
            }
        };
        let end = if open.flow { range.end } else { last.unwrap_or(open.start) };
        self.add(Node { value, range: open.start..end.max(open.start) }, open.anchor)
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Taken {
        if self.wants_key() {
            return Err(self.compound_key(range));
        }
        let Some(Some((node, size))) = self.anchors.get(&id) else {
            let message = bi!(
                "tham chiếu này trỏ vào chính nó hoặc vào một khối quá lớn",
                "this reference points into itself or at a block too large to repeat"
            );
            return Err(self.error(&TOO_LARGE, message, range));
        };
        self.expanded.values += size.values;
        self.expanded.bytes += size.bytes;
        let too_much = self.expanded.values > MAX_EXPANDED
            || self.expanded.bytes > MAX_EXPANDED_BYTES
            || self.open.len() + size.height > MAX_DEPTH;
        if too_much {
            let message =
                bi!("các tham chiếu (*tên) nở ra quá lớn", "the references (*name) grow too large");
            return Err(self.error(&TOO_LARGE, message, range));
        }
        let node = Node { value: node.value.clone(), range };
        self.add(node, 0)
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, mut node: Node, anchor: usize) -> Taken {
        self.written += 1;
        if self.written > MAX_WRITTEN {
            let message = bi!(
                "tệp có quá nhiều giá trị (hơn {MAX_WRITTEN})",
                "the file holds too many values (more than {MAX_WRITTEN})"
            );
            return Err(self.error(&TOO_LARGE, message, node.range));
        }
        if self.wants_key() {
            self.check_key(&node)?;
        }
        if anchor != 0 {
            let size = measure(&node);
            let small = size.values <= MAX_EXPANDED && size.bytes <= MAX_EXPANDED_BYTES;
            self.anchors.insert(anchor, small.then(|| (node.clone(), size)));
        }
        match self.open.last_mut().map(|open| &mut open.what) {
            None => self.root = Some(node),
            Some(Contents::List(items)) => items.push(node),
            Some(Contents::Map { entries, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(name) => {
                    if node.range.is_empty() {
                        // Nothing was written: blame the key.
                        node.range = name.range.clone();
                    }
                    entries.push((name, node));
                }
            },
        }
        Ok(())
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last().map(|open| &open.what), Some(Contents::Map { key: None, .. }))
    }

    fn check_key(&mut self, key: &Node) -> Taken {
        let Value::Scalar { text, plain } = &key.value else {
            let message = bi!("thiếu tên khóa trước dấu hai chấm", "no key before the colon");
            return Err(self.error(&YAML_SYNTAX, message, key.range.clone()));
        };
        if *plain && text == "<<" {
            let message = bi!(
                "không dùng khóa gộp `<<`; hãy viết lại các dòng cần thiết",
                "merge keys `<<` are not used; write the lines out"
            );
            return Err(self.error(&NOT_USED, message, key.range.clone()));
        }
        if *plain && (text.starts_with(is_odd_space) || text.ends_with(is_odd_space)) {
            return Err(syntax::odd_space(self.file, key.range.clone()));
        }
        let Some(Open { what: Contents::Map { seen, .. }, .. }) = self.open.last_mut() else {
            return Ok(());
        };
        let Some(first) = seen.insert(text.clone(), key.range.clone()) else { return Ok(()) };
        let name = clip(text);
        let message = bi!("khóa `{name}` viết hai lần", "the key `{name}` stands twice");
        let error = Diagnostic::new(&DUPLICATE_KEY, message)
            .at(Span::new(self.file, key.range.clone()))
            .at_with(Span::new(self.file, first), bi!("lần đầu ở đây", "first written here"))
            .help(bi!("hãy giữ một dòng và xóa dòng kia", "keep one line and delete the other"));
        Err(error)
    }

    fn no_tag(&self, tagged: bool, place: &Place) -> Taken {
        if !tagged {
            return Ok(());
        }
        let range = place.tag_span().map_or_else(|| self.range(place), |tag| self.range(&tag));
        let message = bi!(
            "dấu `!` ở đầu giá trị là một nhãn YAML, không dùng ở đây",
            "`!` at the start of a value makes a YAML tag, which is not used here"
        );
        let help = bi!(
            "nếu đó là chữ thường, hãy đặt cả giá trị trong nháy thẳng \"…\"",
            "if it is meant as text, put the whole value in straight quotes \"…\""
        );
        Err(self.error(&NOT_USED, message, range).help(help))
    }

    fn second_document(&self, range: Range<usize>) -> Diagnostic {
        let message = bi!(
            "một tệp chỉ chứa một khối YAML, ở đây bắt đầu khối thứ hai",
            "a file holds one YAML document; a second one starts here"
        );
        self.error(&NOT_USED, message, range)
    }

    fn compound_key(&self, range: Range<usize>) -> Diagnostic {
        let message = bi!(
            "tên khóa phải là chữ, không phải danh sách hay nhóm",
            "a key must be text, not a list or a group"
        );
        let help = bi!(
            "nếu chữ bắt đầu bằng [ hoặc {{, hãy đặt trong nháy",
            "if the text starts with [ or {{, put it in quotes"
        );
        self.error(&NOT_USED, message, range).help(help)
    }

    fn too_deep(&self, range: Range<usize>) -> Diagnostic {
        syntax::too_deep(Span::new(self.file, range))
    }

    fn error(&self, rule: &'static Rule, message: Bi, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(rule, message).at(Span::new(self.file, range))
    }
}

/// Characters that no HTML or XML file may hold.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Blanks that look like a space and are none to YAML.
pub(super) fn is_odd_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

fn measure(node: &Node) -> Size {
    let mut size = Size { values: 1, bytes: 0, height: 0 };
    let mut join = |part: Size| {
        size.values += part.values;
        size.bytes += part.bytes;
        size.height = size.height.max(part.height + 1);
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar { text, .. } => size.bytes = text.len(),
        Value::List(items) => items.iter().for_each(|item| join(measure(item))),
        Value::Map(entries) => {
            for (key, value) in entries {
                join(measure(key));
                join(measure(value));
            }
        }
    }
    size
}
