//! The lines that a diagnostic points into, for whoever shows them.
//!
//! Takes a file's text and a range of bytes, which may lie anywhere; gives the
//! lines with the range inside them. Never reads a file.

use std::ops::Range;

use serde_json::json;

use super::diag::Diagnostic;

/// Longest part of a line that is shown, in characters on each side of a place.
const AROUND: usize = 2_000;
/// Longest part that is pointed at, in bytes.
const LONGEST: usize = 2_000;

/// Some lines of a file and what to point at in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of the first line, from 1.
    pub line: usize,
    pub text: String,
    /// Bytes of `text` to underline.
    pub range: Range<usize>,
}

impl Excerpt {
    /// The lines of a range, long ones cut around it.
    pub fn of(source: &str, range: &Range<usize>) -> Excerpt {
        let Range { start, end } = within(source, range);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[end..].find('\n').map_or(source.len(), |at| end + at);
        let from = cut_back(source, line_start, start);
        let to = cut_forward(source, line_end, end);
        let line = source[..start].matches('\n').count() + 1;
        // One byte for one byte, so that the underline stays where it belongs.
        let text = source[from..to].replace('\u{0}', "?");
        Excerpt { line, text, range: start - from..end - from }
    }
}

/// One diagnostic for machines: code, severity, message and help in both
/// languages, places with byte offsets, line and column (characters, from 1).
pub fn json<S: AsRef<str>>(
    diag: &Diagnostic,
    mut source: impl FnMut(&str) -> Option<S>,
) -> serde_json::Value {
    let mut labels = Vec::with_capacity(diag.labels.len());
    for label in &diag.labels {
        let span = &label.span;
        let found = source(&span.file);
        let (line, column, text) =
            found.as_ref().map_or((1, 1, ""), |source| place(source.as_ref(), &span.range));
        labels.push(json!({
            "file": &*span.file, "start": span.range.start, "end": span.range.end,
            "line": line, "column": column, "text": text, "message": label.text,
        }));
    }
    json!({
        "code": diag.rule.code,
        "severity": diag.severity,
        "message": diag.message,
        "help": diag.help,
        "labels": labels,
    })
}

/// Line, column and text of a range.
fn place<'a>(source: &'a str, range: &Range<usize>) -> (usize, usize, &'a str) {
    let range = within(source, range);
    let line_start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line = source[..range.start].matches('\n').count() + 1;
    (line, source[line_start..range.start].chars().count() + 1, &source[range])
}

/// The range between borders of characters.
fn within(source: &str, range: &Range<usize>) -> Range<usize> {
    let start = source.floor_char_boundary(range.start);
    start..source.floor_char_boundary(range.end.min(start + LONGEST)).max(start)
}

fn cut_back(source: &str, line_start: usize, at: usize) -> usize {
    source[line_start..at]
        .char_indices()
        .rev()
        .nth(AROUND)
        .map_or(line_start, |(offset, _)| line_start + offset)
}

fn cut_forward(source: &str, line_end: usize, at: usize) -> usize {
    source[at..line_end].char_indices().nth(AROUND).map_or(line_end, |(offset, _)| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_beyond_the_text_or_inside_a_letter_are_drawn_in() {
        let source = "đầu\nChữ có dấu\ncuối";
        let excerpt = Excerpt::of(source, &(9..13));
        assert_eq!((excerpt.line, excerpt.text.as_str()), (2, "Chữ có dấu"));
        assert!(excerpt.text.get(excerpt.range.clone()).is_some());
        let beyond = Excerpt::of(source, &(900..1000));
        assert_eq!((beyond.line, beyond.text.as_str(), beyond.range), (3, "cuối", 6..6));
        assert_eq!(place(source, &(7..10)), (2, 1, "Ch"));
    }
}
