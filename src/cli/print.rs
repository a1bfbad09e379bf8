//! Diagnostics and reports printed: for people, or as JSON.

use std::collections::HashMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::args::{Args, Format};
use super::summary::{self, Report};
use crate::base::diag::{Diagnostic, Severity, Tongue};
use crate::base::excerpt::{self, Excerpt};
use crate::driver;
use crate::scan::Tree;

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
    let mut sources = Sources::new(report.tree);
    let least = if args.quiet { Severity::Error } else { Severity::Note };
    let mut notes = 0;
    for diag in report.diagnostics.iter().filter(|diag| diag.severity >= least) {
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
    tree: Option<&'a Tree>,
    texts: HashMap<String, Option<Arc<str>>>,
}

impl<'a> Sources<'a> {
    pub fn new(tree: &'a Tree) -> Self {
        Sources { tree: Some(tree), texts: HashMap::new() }
    }

    /// Of one file that is no part of a site.
    pub fn of(path: &str, text: &str) -> Self {
        let text = Some(Arc::from(text));
        Sources { tree: None, texts: HashMap::from([(path.to_owned(), text)]) }
    }

    fn get(&mut self, path: &str) -> Option<Arc<str>> {
        let tree = self.tree;
        let text = self.texts.entry(path.to_owned());
        text.or_insert_with(|| driver::excerpt_source(tree?, path).map(Arc::from)).clone()
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

fn place(label: &crate::base::diag::Label, sources: &mut Sources<'_>, tongue: Tongue) -> Place {
    let path = label.span.file.to_string();
    let whole_file = label.span.range == (0..0);
    let excerpt = match sources.get(&path) {
        Some(source) if !whole_file => Some(Excerpt::of(&source, &label.span.range)),
        _ => None,
    };
    let text = label.text.as_ref().map_or_else(String::new, |text| text.get(tongue).to_owned());
    Place { path, text, excerpt }
}

/// Everything as one JSON document.
fn as_json(args: &Args, report: &Report<'_>) -> String {
    let tongue = args.tongue();
    let mut sources = Sources::new(report.tree);
    let diagnostics: Vec<_> = report
        .diagnostics
        .iter()
        .map(|diag| excerpt::json(diag, |path| sources.get(path)))
        .collect();
    let value = json!({
        "diagnostics": diagnostics,
        "summary": summary::json(report, tongue),
        "exit": report.code,
    });
    value.to_string()
}
