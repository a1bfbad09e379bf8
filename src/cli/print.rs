//! Diagnostics and reports printed: for people, or as JSON.

use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::args::{Args, Format};
use super::summary::{self, Report};
use crate::base::diag::{Diagnostic, Severity, Tongue};
use crate::driver;
use crate::scan::Tree;

/// Longest part of a line that is shown, in characters on each side of a place.
const AROUND: usize = 2_000;
/// Most notes that are printed in full without `-v`.
const NOTES: usize = 20;

/// Prints a report: what is wrong, then what was done.
pub fn report(args: &Args, format: Format, report: &Report<'_>) {
    match format {
        Format::Human => human(args, report),
        Format::Json => anstream::println!("{}", as_json(args, report)),
    }
}

fn human(args: &Args, report: &Report<'_>) {
    let tongue = args.tongue();
    let mut sources = Sources::new(&report.build.tree);
    let least = if args.quiet { Severity::Error } else { Severity::Note };
    let mut notes = 0;
    for diag in report.build.diagnostics.iter().filter(|diag| diag.severity >= least) {
        if diag.severity == Severity::Note && !args.verbose {
            notes += 1;
            if notes > NOTES {
                continue;
            }
        }
        anstream::eprintln!("{}\n", render(diag, tongue, &mut sources));
    }
    if notes > NOTES {
        let more = notes - NOTES;
        match tongue {
            Tongue::Vi => anstream::eprintln!("… và {more} ghi chú nữa (xem hết bằng -v)\n"),
            Tongue::En => anstream::eprintln!("… and {more} more notes (-v shows all)\n"),
        }
    }
    if !args.quiet {
        anstream::println!("{}", summary::text(report, tongue, args.verbose));
    }
}

/// Texts of files that diagnostics point into, read once each.
pub struct Sources<'a> {
    tree: &'a Tree,
    texts: HashMap<String, Option<String>>,
}

impl<'a> Sources<'a> {
    pub fn new(tree: &'a Tree) -> Self {
        Sources { tree, texts: HashMap::new() }
    }

    fn get(&mut self, path: &str) -> Option<&str> {
        let tree = self.tree;
        let text = self.texts.entry(path.to_owned());
        text.or_insert_with(|| driver::excerpt_source(tree, path)).as_deref()
    }
}

/// One diagnostic with the text underlined.
pub fn render(diag: &Diagnostic, tongue: Tongue, sources: &mut Sources<'_>) -> String {
    let level = level(diag.severity, tongue);
    let title = level.primary_title(diag.message.get(tongue)).id(diag.rule.code);
    let places: Vec<Place> =
        diag.labels.iter().map(|label| place(label, sources, tongue)).collect();
    let mut group = Group::with_title(title);
    for (at, place) in places.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = match &place.excerpt {
            Some(excerpt) => {
                let mut annotation = kind.span(excerpt.range.clone());
                if !place.text.is_empty() {
                    annotation = annotation.label(&place.text);
                }
                group.element(
                    Snippet::source(excerpt.text.as_str())
                        .path(&place.path)
                        .line_start(excerpt.line)
                        .annotation(annotation),
                )
            }
            None => group.element(annotate_snippets::Origin::path(&place.path)),
        };
    }
    if let Some(help) = &diag.help {
        let level = Level::HELP.with_name(match tongue {
            Tongue::Vi => "cách sửa",
            Tongue::En => "help",
        });
        group = group.element(level.message(help.get(tongue)));
    }
    let renderer = if colour() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// Whether the reader wants colour; `anstream` strips it for pipes.
fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn level(severity: Severity, tongue: Tongue) -> Level<'static> {
    match (severity, tongue) {
        (Severity::Error, Tongue::Vi) => Level::ERROR.with_name("lỗi"),
        (Severity::Warning, Tongue::Vi) => Level::WARNING.with_name("cảnh báo"),
        (Severity::Note, Tongue::Vi) => Level::NOTE.with_name("ghi chú"),
        (Severity::Error, Tongue::En) => Level::ERROR,
        (Severity::Warning, Tongue::En) => Level::WARNING,
        (Severity::Note, Tongue::En) => Level::NOTE,
    }
}

/// Where a label points, with the lines it points into.
struct Place {
    path: String,
    text: String,
    excerpt: Option<Excerpt>,
}

struct Excerpt {
    /// Number of the first line.
    line: usize,
    text: String,
    /// Bytes of `text` to underline.
    range: std::ops::Range<usize>,
}

fn place(label: &crate::base::diag::Label, sources: &mut Sources<'_>, tongue: Tongue) -> Place {
    let path = label.span.file.to_string();
    let whole_file = label.span.range == (0..0);
    let excerpt = match sources.get(&path) {
        Some(source) if !whole_file => Some(excerpt(source, &label.span.range)),
        _ => None,
    };
    let text = label.text.as_ref().map_or_else(String::new, |text| text.get(tongue).to_owned());
    Place { path, text, excerpt }
}

/// The lines of a range, long ones cut around it.
fn excerpt(source: &str, range: &std::ops::Range<usize>) -> Excerpt {
    let start = floor(source, range.start);
    let end = floor(source, range.end.min(start + 2000)).max(start);
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[end..].find('\n').map_or(source.len(), |at| end + at);
    let from = cut_back(source, line_start, start);
    let to = cut_forward(source, line_end, end);
    let line = source[..start].matches('\n').count() + 1;
    // One byte for one byte, so that the underline stays where it belongs.
    let text = source[from..to].replace('\u{0}', "?");
    Excerpt { line, text, range: start - from..end - from }
}

/// The nearest character border at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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

/// Everything as one JSON document.
fn as_json(args: &Args, report: &Report<'_>) -> String {
    let tongue = args.tongue();
    let mut sources = Sources::new(&report.build.tree);
    let diagnostics: Vec<_> =
        report.build.diagnostics.iter().map(|diag| json_of(diag, &mut sources)).collect();
    let value = json!({
        "diagnostics": diagnostics,
        "summary": summary::json(report, tongue),
        "exit": report.code,
    });
    value.to_string()
}

fn json_of(diag: &Diagnostic, sources: &mut Sources<'_>) -> serde_json::Value {
    let labels: Vec<_> = diag
        .labels
        .iter()
        .map(|label| {
            let span = &label.span;
            let (line, column, text) = match sources.get(&span.file) {
                Some(source) => {
                    let start = floor(source, span.range.start);
                    let end = floor(source, span.range.end.min(start + 2000)).max(start);
                    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
                    let line = source[..start].matches('\n').count() + 1;
                    (
                        line,
                        source[line_start..start].chars().count() + 1,
                        source[start..end].to_owned(),
                    )
                }
                None => (1, 1, String::new()),
            };
            json!({
                "file": &*span.file, "start": span.range.start, "end": span.range.end,
                "line": line, "column": column, "text": text, "message": label.text,
            })
        })
        .collect();
    json!({
        "code": diag.rule.code,
        "severity": diag.severity,
        "message": diag.message,
        "help": diag.help,
        "labels": labels,
    })
}
