//! A parser's complaint turned into advice for people who write stories.
//!
//! Takes the text and the place where reading stopped; looks at that line and
//! the one before it, names the usual mistake if it sees one, and underlines
//! it. Everything else keeps the parser's own words.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use super::parse::{MAX_DEPTH, is_odd_space};
use super::rules::*;
use super::wording::clip;
use crate::base::diag::{Bi, Diagnostic, Rule, Span};
use crate::bi;

/// Longest underlined piece, in bytes: a line of megabytes is not repeated.
const LONGEST: usize = 160;

/// What is wrong at `at`, an offset in `text`, which stands at `base` in the file.
pub(super) fn explain(
    text: &str,
    base: usize,
    file: &Arc<str>,
    at: usize,
    error: &ScanError,
) -> Diagnostic {
    let scene = Scene::new(text, base, file, at);
    known(&scene, error.kind()).unwrap_or_else(|| {
        let info = error.info();
        let message =
            bi!("không đọc được YAML ở đây ({info})", "this YAML cannot be read here ({info})");
        scene.error(&YAML_SYNTAX, message, scene.rest_of_line())
    })
}

/// What is wrong with a document that is no map; its value starts at `at`.
pub(super) fn no_map(text: &str, base: usize, file: &Arc<str>, at: usize) -> Diagnostic {
    let scene = Scene::new(text, base, file, at);
    match glued_colon(scene.get(&scene.line)) {
        Some(colon) => colon_space(&scene, &scene.line, colon),
        None => no_colon(&scene, &scene.line),
    }
}

/// The text around a mistake.
struct Scene<'t> {
    text: &'t str,
    base: usize,
    file: &'t Arc<str>,
    at: usize,
    /// The line of the mistake, without its end.
    line: Range<usize>,
    /// The last line before it that is neither blank nor a comment.
    before: Option<Range<usize>>,
}

impl<'t> Scene<'t> {
    fn new(text: &'t str, base: usize, file: &'t Arc<str>, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        let line = line_at(text, at);
        let mut before = None;
        let mut end = line.start;
        while end > 0 && before.is_none() {
            let previous = line_at(text, end - 1);
            let words = text[previous.clone()].trim();
            end = previous.start;
            before = (!words.is_empty() && !words.starts_with('#')).then_some(previous);
        }
        Scene { text, base, file, at, line, before }
    }

    fn get(&self, range: &Range<usize>) -> &'t str {
        &self.text[range.clone()]
    }

    fn error(&self, rule: &'static Rule, message: Bi, range: Range<usize>) -> Diagnostic {
        let end = self.text.floor_char_boundary(range.end.min(range.start + LONGEST));
        let range = self.base + range.start..self.base + end.max(range.start);
        Diagnostic::new(rule, message).at(Span::new(self.file, range))
    }

    /// From the mistake to the end of its line; the whole line if that is empty.
    fn rest_of_line(&self) -> Range<usize> {
        let rest = self.at..self.at.max(self.line.end);
        if self.get(&rest).trim().is_empty() { trimmed(self.text, &self.line) } else { rest }
    }

    /// The value on a line `key: value`, without blanks around it.
    fn value(&self, line: &Range<usize>) -> Option<(&'t str, Range<usize>)> {
        let words = self.get(line);
        let colon = words.find(": ")?;
        let value = trimmed(self.text, &(line.start + colon + 1..line.end));
        let key = words[..colon].trim_start_matches([' ', '-']);
        (!value.is_empty()).then_some((key, value))
    }

    fn indent(&self, line: &Range<usize>) -> usize {
        self.get(line).bytes().take_while(|b| *b == b' ').count()
    }
}

fn known(scene: &Scene<'_>, kind: &ErrorKind) -> Option<Diagnostic> {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart => Some(tab(scene)),
        K::RecursionLimitExceeded => {
            let here = on_disk(scene, scene.at..scene.at + 1);
            Some(too_deep(Span::new(scene.file, here)))
        }
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => Some(open_quote(scene)),
        K::InvalidTrailingDoubleQuotedScalar | K::InvalidTrailingSingleQuotedScalar => {
            Some(quote_inside(scene))
        }
        K::UnclosedFlowCollection { open } => Some(open_bracket(scene, *open)),
        K::MismatchedFlowCollectionEnd { open, .. } => Some(open_bracket(scene, *open)),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape
        | K::UnpairedLowSurrogate
        | K::MissingLowSurrogate => Some(backslash(scene)),
        K::DirectiveDisallowed
        | K::UnknownAnchor
        | K::MissingAnchorOrAliasName
        | K::UndeclaredTagHandle
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::MisplacedFlowCollectionEnd
        | K::MappingKeyNotAllowed
        | K::InvalidBlockScalarHeader
        | K::PlainScalarStartsWithDashFlowIndicator => Some(needs_quotes(scene)),
        K::UnexpectedCharacter { character } if character.is_control() => {
            let message = bi!("ký tự điều khiển không nhìn thấy", "an invisible control character");
            Some(scene.error(&BAD_CHARACTER, message, scene.rest_of_line()))
        }
        K::UnexpectedCharacter { .. } => Some(needs_quotes(scene)),
        K::BomInsideDocument => Some(odd_space(scene.file, on_disk(scene, scene.at..scene.at + 3))),
        K::InvalidColonPlacement
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::InvalidFlowScalarIndent => bracket_above(scene).or_else(|| structure(scene)),
        _ => structure(scene),
    }
}

/// A bracket that an earlier line opens and that is still open.
fn bracket_above(scene: &Scene<'_>) -> Option<Diagnostic> {
    let mut end = scene.line.start;
    for _ in 0..MAX_DEPTH {
        let line = line_at(scene.text, end.checked_sub(1)?);
        let words = scene.get(&line);
        let opening = words.find(['[', '{']);
        if let Some(at) = opening {
            let sign = words[at..].chars().next()?;
            let (scene_line, at) = (line.clone(), line.start + at);
            let above = Scene { line: scene_line, at, before: None, ..*scene };
            return Some(open_bracket(&above, sign));
        }
        end = line.start;
    }
    None
}

/// Mistakes of lines against each other.
fn structure(scene: &Scene<'_>) -> Option<Diagnostic> {
    let lines = [Some(scene.line.clone()), scene.before.clone()];
    for line in lines.iter().flatten() {
        let words = scene.get(line);
        let blank = words.len() - words.trim_start().len();
        let odd = words[..blank].char_indices().find(|(_, c)| is_odd_space(*c));
        if let Some((at, c)) = odd {
            let start = line.start + at;
            return Some(odd_space(scene.file, on_disk(scene, start..start + c.len_utf8())));
        }
    }
    if let Some((key, value)) = scene.value(&scene.line) {
        let inside = scene.at > value.start;
        let text = scene.get(&value);
        if inside && !text.starts_with(['"', '\'', '[', '{']) && text.contains(':') {
            return Some(quote_value(scene, key, value, true));
        }
        if inside && text.starts_with(['[', '{']) {
            return Some(quote_value(scene, key, value, false));
        }
        if text.starts_with("- ") {
            return Some(list_on_line(scene, value));
        }
    }
    for line in lines.iter().flatten() {
        if let Some(colon) = glued_colon(scene.get(line)) {
            return Some(colon_space(scene, line, colon));
        }
    }
    if let Some(before) = &scene.before
        && !scene.get(before).contains(':')
        && !scene.get(before).trim().starts_with("- ")
    {
        return Some(no_colon(scene, before));
    }
    if !scene.get(&scene.line).contains(':') && !scene.get(&scene.line).trim().is_empty() {
        let list = scene.get(&scene.line).trim_start().starts_with("- ");
        return Some(if list { wrong_indent(scene) } else { no_colon(scene, &scene.line) });
    }
    scene.before.as_ref().map(|_| wrong_indent(scene))
}

fn tab(scene: &Scene<'_>) -> Diagnostic {
    let mut line = scene.line.clone();
    for _ in 0..3 {
        let words = scene.get(&line);
        let blank = words.len() - words.trim_start_matches([' ', '\t']).len();
        if let Some(at) = words[..blank].find('\t') {
            line = line.start + at..line.start + blank;
            break;
        }
        let Some(end) = scene.text[line.end..].find('\n') else { break };
        line = line_at(scene.text, line.end + end + 1);
    }
    let message = bi!(
        "đầu dòng có phím Tab; YAML chỉ nhận dấu cách",
        "a tab at the start of the line; YAML takes only spaces"
    );
    let help = bi!(
        "hãy xóa Tab và gõ hai dấu cách cho mỗi bậc",
        "delete the tab and type two spaces per level"
    );
    scene.error(&YAML_TAB, message, line).help(help)
}

fn open_quote(scene: &Scene<'_>) -> Diagnostic {
    let range = scene.rest_of_line();
    let text = scene.get(&range);
    let message =
        bi!("dấu nháy mở ở đây mà không được đóng", "a quote is opened here and never closed");
    let help = if text.contains(['“', '”', '‘', '’']) {
        bi!(
            "nháy cong “ ” không đóng được nháy thẳng; hãy gõ nháy thẳng \" ở cuối",
            "curly quotes “ ” do not close a straight one; type a straight \" at the end"
        )
    } else {
        bi!(
            "hãy thêm dấu nháy đóng ở cuối giá trị",
            "add the closing quote at the end of the value"
        )
    };
    scene.error(&UNCLOSED, message, trimmed(scene.text, &range)).help(help)
}

fn quote_inside(scene: &Scene<'_>) -> Diagnostic {
    let range = match scene.value(&scene.line) {
        Some((_, value)) => value,
        None => scene.rest_of_line(),
    };
    let message = bi!(
        "sau dấu nháy đóng còn chữ; có lẽ trong câu có thêm dấu nháy thẳng",
        "text goes on after the closing quote; the sentence seems to hold straight quotes itself"
    );
    let help = bi!(
        "trong câu hãy dùng nháy cong “ ”, nháy thẳng chỉ đặt ở hai đầu",
        "use curly quotes “ ” inside the sentence, straight ones only at both ends"
    );
    scene.error(&UNCLOSED, message, range).help(help)
}

fn open_bracket(scene: &Scene<'_>, open: char) -> Diagnostic {
    let close = if open == '[' { ']' } else { '}' };
    let message = bi!(
        "dấu `{open}` mở ở đây mà không có `{close}` đóng lại",
        "`{open}` is opened here and never closed with `{close}`"
    );
    let help = bi!(
        "thêm `{close}` ở cuối, hoặc đặt cả giá trị trong nháy nếu đó là chữ thường",
        "add `{close}` at the end, or put the value in quotes if it is plain text"
    );
    scene.error(&UNCLOSED, message, trimmed(scene.text, &scene.rest_of_line())).help(help)
}

fn backslash(scene: &Scene<'_>) -> Diagnostic {
    let message = bi!(
        "dấu \\ trong nháy kép không đúng",
        "a backslash that means nothing inside double quotes"
    );
    let help = bi!(
        "viết \\\\ nếu cần một dấu \\, hoặc dùng nháy đơn '…'",
        "write \\\\ for one backslash, or use single quotes '…'"
    );
    scene.error(&YAML_SYNTAX, message, scene.rest_of_line()).help(help)
}

fn needs_quotes(scene: &Scene<'_>) -> Diagnostic {
    match scene.value(&scene.line) {
        Some((key, value)) if scene.at >= value.start => quote_value(scene, key, value, false),
        _ => {
            let range = trimmed(scene.text, &scene.rest_of_line());
            let sign: String = scene.get(&range).chars().take(1).collect();
            let message = bi!(
                "dấu `{sign}` ở đây có nghĩa riêng trong YAML",
                "`{sign}` means something to YAML here"
            );
            let help = bi!(
                "hãy đặt cả giá trị trong nháy thẳng \"…\"",
                "put the whole value in straight quotes \"…\""
            );
            scene.error(&NEEDS_QUOTES, message, range).help(help)
        }
    }
}

/// Advice to write `key: "value"`.
fn quote_value(scene: &Scene<'_>, key: &str, value: Range<usize>, colon: bool) -> Diagnostic {
    let text = scene.get(&value);
    let message = if colon {
        bi!("trong chữ có dấu hai chấm `: `", "the text holds a colon `: `")
    } else {
        let sign: String = text.chars().take(1).collect();
        bi!(
            "giá trị bắt đầu bằng `{sign}`, có nghĩa riêng trong YAML",
            "the value starts with `{sign}`, which means something to YAML"
        )
    };
    let bare = text.trim_matches(['“', '”', '"']);
    let (key, bare) = (clip(key), clip(&bare.replace('"', "”")));
    let help = bi!(
        "hãy đặt cả chữ trong nháy thẳng: {key}: \"{bare}\"",
        "put the text in straight quotes: {key}: \"{bare}\""
    );
    scene.error(&NEEDS_QUOTES, message, value).help(help)
}

fn list_on_line(scene: &Scene<'_>, value: Range<usize>) -> Diagnostic {
    let message = bi!(
        "danh sách có dấu - phải bắt đầu ở dòng dưới",
        "a list with dashes must start on the next line"
    );
    let help = bi!(
        "xuống dòng trước dấu -, hoặc viết [a, b]; nếu là chữ thường thì đặt trong nháy",
        "break the line before the dash, or write [a, b]; if it is text, put it in quotes"
    );
    scene.error(&NEEDS_QUOTES, message, value).help(help)
}

fn colon_space(scene: &Scene<'_>, line: &Range<usize>, colon: usize) -> Diagnostic {
    let words = scene.get(line);
    let key = clip(&words[..colon]);
    let end = words[colon + 1..].chars().next().map_or(colon + 1, |c| colon + 1 + c.len_utf8());
    let message =
        bi!("thiếu dấu cách sau dấu hai chấm của `{key}`", "no space after the colon of `{key}`");
    let rest = words[colon + 1..].trim_start_matches(is_odd_space);
    let rest = clip(rest);
    let help = bi!("viết: {key}: {rest}", "write: {key}: {rest}");
    let range = line.start + words.len() - words.trim_start().len()..line.start + end;
    scene.error(&COLON_SPACE, message, range).help(help)
}

fn no_colon(scene: &Scene<'_>, line: &Range<usize>) -> Diagnostic {
    let message = bi!("dòng này không có dạng `khóa: giá trị`", "this line is no `key: value`");
    let help = bi!(
        "nếu nó nối tiếp dòng trên, hãy thụt vào hai dấu cách; nếu là khóa mới, thêm dấu hai chấm",
        "if it continues the line above, indent it by two spaces; if it is a key, add a colon"
    );
    scene.error(&YAML_SYNTAX, message, trimmed(scene.text, line)).help(help)
}

fn wrong_indent(scene: &Scene<'_>) -> Diagnostic {
    let here = scene.indent(&scene.line);
    let line = trimmed(scene.text, &scene.line);
    let range = if here > 0 { scene.line.start..scene.line.start + here } else { line };
    let message = bi!(
        "dòng này thụt vào {here} dấu cách, không khớp với các dòng trên",
        "this line is indented by {here} spaces, which fits no line above it"
    );
    let help = bi!(
        "các khóa cùng nhóm phải thẳng cột; khóa con thụt sâu hơn khóa mẹ hai dấu cách",
        "keys of one group share a column; those inside another key are two spaces deeper"
    );
    let error = scene.error(&INDENTATION, message, range);
    match &scene.before {
        Some(before) => {
            let before = on_disk(scene, trimmed(scene.text, before));
            let label = bi!("so với dòng này", "compared with this line");
            error.at_with(Span::new(scene.file, before), label).help(help)
        }
        None => error.help(help),
    }
}

/// A blank that only looks like a space.
pub(super) fn odd_space(file: &Arc<str>, range: Range<usize>) -> Diagnostic {
    let message = bi!(
        "ở đây có dấu cách lạ (không ngắt hoặc không nhìn thấy), thường do chép từ Word hay Zalo",
        "a non-breaking or invisible space, mostly pasted from a word processor or a chat"
    );
    let help = bi!(
        "hãy xóa các dấu cách ở chỗ này và gõ lại bằng phím cách",
        "delete the spaces here and type them again with the space bar"
    );
    Diagnostic::new(&INDENTATION, message).at(Span::new(file, range)).help(help)
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let limit = MAX_DEPTH;
    let message = bi!("lồng nhau quá {limit} bậc", "nested deeper than {limit} levels");
    let help = bi!("xem có thừa dấu [ hoặc {{ hay không", "look for stray [ or {{");
    Diagnostic::new(&TOO_LARGE, message).at(span).help(help)
}

/// The colon of `key:value` where the space is missing or odd.
fn glued_colon(line: &str) -> Option<usize> {
    let words = line.trim_start().trim_start_matches("- ");
    let start = line.len() - words.len();
    let colon = words.find(':')?;
    let key = &words[..colon];
    let next = words[colon + 1..].chars().next()?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_key && (!next.is_whitespace() || is_odd_space(next)) && next != '/')
        .then_some(start + colon)
}

fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    start..end
}

fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

fn on_disk(scene: &Scene<'_>, range: Range<usize>) -> Range<usize> {
    let end = scene.text.floor_char_boundary(range.end.min(range.start + LONGEST));
    scene.base + range.start..scene.base + end.max(range.start)
}
