//! Where the block between `---` lines ends and the body begins.
//!
//! Takes a file's text, gives byte ranges in it. Tolerates a byte order mark,
//! blank lines before the block, CRLF and blanks after the hyphens.

use std::ops::Range;
use std::sync::Arc;

use super::rules::{NO_FRONT_MATTER, TOML, UNCLOSED_FRONT_MATTER};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Span};
use crate::bi;

/// A file cut into its block and its body.
#[derive(Debug, Clone)]
pub struct Split {
    /// The text between the `---` lines; `None` if there is no usable block.
    pub block: Option<Range<usize>>,
    /// Where the body starts; the end of the file if the block is not closed.
    pub body: usize,
    pub diagnostics: Diagnostics,
}

/// Finds the block; a file without one, or with one in TOML or never closed,
/// gets a diagnostic.
pub fn split(text: &str, file: &Arc<str>) -> Split {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: bom };
    let first = lines.by_ref().find(|line| !text[line.clone()].trim().is_empty());
    let Some(first) = first else { return without(text, file, bom..bom, bom) };
    match text[first.clone()].trim_end() {
        "---" => {}
        "+++" => {
            let end = lines.find(|line| text[line.clone()].trim_end() == "+++");
            return toml(text, file, first, end);
        }
        _ => return without(text, file, first, bom),
    }
    let start = lines.at;
    let mut guess = None;
    while let Some(line) = lines.next() {
        let words = text[line.clone()].trim_end();
        if words == "---" || words == "..." {
            let block = Some(start..line.start);
            return Split { block, body: lines.at, diagnostics: Vec::new() };
        }
        if guess.is_none() && looks_like_body(words) {
            guess = Some(line);
        }
    }
    let message = bi!(
        "khối thông tin mở ở đây mà không có dòng --- đóng lại",
        "the block opened here is never closed with a --- line"
    );
    let mut error = say(&UNCLOSED_FRONT_MATTER, message, text, file, first);
    if let Some(line) = guess {
        let label =
            bi!("có lẽ dòng --- phải đứng trước dòng này", "--- seems to belong above this");
        error = error.at_with(Span::new(file, line), label);
    }
    let help =
        bi!("thêm một dòng --- ngay sau khóa cuối cùng", "add a --- line right after the last key");
    Split { block: None, body: text.len(), diagnostics: vec![error.help(help)] }
}

/// A file whose first line opens no block.
fn without(text: &str, file: &Arc<str>, first: Range<usize>, body: usize) -> Split {
    let words = text[first.clone()].trim();
    let dashes = !words.is_empty()
        && words.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'));
    let error = if dashes {
        let message =
            bi!("dòng này không phải ba dấu gạch ngang", "this line is not three hyphens");
        let help = bi!(
            "xóa dòng này và gõ lại đúng ba dấu trừ: ---",
            "delete the line and type exactly three hyphens: ---"
        );
        say(&NO_FRONT_MATTER, message, text, file, first).help(help)
    } else {
        let message = bi!(
            "tệp phải bắt đầu bằng khối thông tin giữa hai dòng ---",
            "the file must start with a block between two --- lines"
        );
        let help = bi!(
            "thêm vào đầu tệp ba dòng: --- rồi title: Tên bài rồi ---",
            "add three lines at the top: --- then title: The title then ---"
        );
        say(&NO_FRONT_MATTER, message, text, file, first).help(help)
    };
    Split { block: None, body, diagnostics: vec![error] }
}

fn toml(text: &str, file: &Arc<str>, first: Range<usize>, end: Option<Range<usize>>) -> Split {
    let message =
        bi!("khối +++ là TOML, ở đây dùng YAML", "a +++ block is TOML; YAML is used here");
    let help = bi!(
        "đổi +++ thành --- và mỗi `khóa = giá trị` thành `khóa: giá trị`",
        "change +++ to --- and each `key = value` to `key: value`"
    );
    let error = say(&TOML, message, text, file, first).help(help);
    let body = end.map_or(text.len(), |line| line.end);
    Split { block: None, body, diagnostics: vec![error] }
}

fn say(
    rule: &'static Rule,
    message: Bi,
    text: &str,
    file: &Arc<str>,
    line: Range<usize>,
) -> Diagnostic {
    // A line of megabytes is not repeated.
    let end = text.floor_char_boundary(line.end.min(line.start + 60));
    Diagnostic::new(rule, message).at(Span::new(file, line.start..end.max(line.start)))
}

/// A line that no block of keys would hold.
fn looks_like_body(line: &str) -> bool {
    let indented = line.starts_with([' ', '\t', '-', '#']);
    !line.is_empty()
        && !indented
        && line.len() < 4096
        && !line.contains(": ")
        && !line.ends_with(':')
}

/// The lines of a text, without their ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.at = start + length;
        Some(start..start + rest[..length].trim_end_matches(['\r', '\n']).len())
    }
}
