//! Templates compiled, and their errors turned into diagnostics.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, ReportError, Tera};

use super::names::MAIN;
use super::rules::{NOT_TEXT, TEMPLATE_RENDER, TEMPLATE_SYNTAX};
use super::{ThemeFile, filters};
use crate::base::diag::{Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::config::Config;
use crate::i18n::Locale;

pub(super) fn compile(
    files: &BTreeMap<String, ThemeFile>,
    origins: &BTreeMap<String, Arc<str>>,
    config: &Config,
    locales: &[Locale],
    diags: &mut Diagnostics,
) -> Option<Tera> {
    let mut sources = Vec::new();
    for file in files.values() {
        let Some(name) = file.name.strip_prefix("templates/") else { continue };
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => sources.push((name, text)),
            Err(error) => {
                let at = error.valid_up_to();
                let message = bi!("`{name}` không phải UTF-8", "`{name}` is not UTF-8");
                diags.push(
                    Diagnostic::new(&NOT_TEXT, message).at(Span::new(&file.origin, at..at + 1)),
                );
            }
        }
    }
    loop {
        let mut tera = engine(config, locales);
        let Err(error) = tera.add_raw_templates(sources.clone()) else { return Some(tera) };
        let found = reports(&error, &sources, origins);
        let unfit = unfit(&found, files);
        if unfit.is_empty() {
            if found.is_empty() {
                diags.push(diagnostic(&TEMPLATE_SYNTAX, &error, origins));
            }
            diags.extend(found);
            return None;
        }
        sources.retain(|(name, _)| !unfit.contains(name));
    }
}

fn engine(config: &Config, locales: &[Locale]) -> Tera {
    let mut tera = Tera::new();
    // Component texts (`.txt`) are printed as they are; everything else that a
    // template writes is HTML.
    tera.autoescape_on(vec![".html", ".htm", ".xml"]);
    let tags = config.languages.iter().map(|language| language.tag.clone());
    filters::register(&mut tera, Arc::new(tags.zip(locales.iter().cloned()).collect()));
    tera
}

/// Built-in templates that do not fit a site's own, such as one for a page that
/// fills blocks which the site's `base.html` does not have: the site does
/// without them. None where something of the site's is wrong as well, where a
/// template that every site needs does not fit, or where nothing is its own.
fn unfit<'a>(found: &Diagnostics, files: &'a BTreeMap<String, ThemeFile>) -> BTreeSet<&'a str> {
    let built_in = |file: &ThemeFile| matches!(file.bytes, Cow::Borrowed(_));
    let templates = files.values().filter(|file| file.name.starts_with("templates/"));
    if templates.clone().all(built_in) {
        return BTreeSet::new();
    }
    let at_fault = |diag: &Diagnostic| {
        let file = templates.clone().find(|file| diag.file() == Some(&file.origin));
        file.filter(|file| built_in(file))?.name.strip_prefix("templates/")
    };
    let unfit: Option<BTreeSet<&str>> = found.iter().map(at_fault).collect();
    unfit.filter(|unfit| !MAIN.iter().any(|name| unfit.contains(name))).unwrap_or_default()
}

/// Mistakes between templates (an unknown filter, a missing include) come from
/// the engine as one printed text; each report in it names a file, a line and
/// a column, and is underlined with carets.
fn reports(
    error: &tera::Error,
    sources: &[(&str, &str)],
    origins: &BTreeMap<String, Arc<str>>,
) -> Diagnostics {
    let ErrorKind::Msg(text) = error.kind() else { return Vec::new() };
    let mut found = Vec::new();
    let mut message = "";
    let mut lines = text.lines().map(str::trim_start);
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        }
        let Some(place) = line.strip_prefix("--> ") else { continue };
        let carets = lines.by_ref().find(|line| line.contains('^') && line.starts_with('|'));
        let width = carets.map_or(1, |line| line.matches('^').count());
        if let Some(span) = report_span(place, width, sources, origins) {
            let message = bi!("mẫu lỗi: {message}", "template error: {message}");
            found.push(Diagnostic::new(&TEMPLATE_SYNTAX, message).at(span));
        }
    }
    found
}

/// `404.html:1:21` and a width in characters as a place in the file.
fn report_span(
    place: &str,
    width: usize,
    sources: &[(&str, &str)],
    origins: &BTreeMap<String, Arc<str>>,
) -> Option<Span> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.trim().parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let (_, text) = sources.iter().find(|(other, _)| *other == name)?;
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let chars = |n: usize| {
        text.get(start..).unwrap_or_default().chars().take(n).map(char::len_utf8).sum::<usize>()
    };
    let from = start + chars(column.saturating_sub(1));
    let to = start + chars(column.saturating_sub(1) + width);
    Some(Span::new(origins.get(name)?, from..to))
}

/// A rendering error as a diagnostic that points into the template.
pub fn template_error(error: &tera::Error, origins: &BTreeMap<String, Arc<str>>) -> Diagnostic {
    diagnostic(&TEMPLATE_RENDER, error, origins)
}

fn diagnostic(
    rule: &'static Rule,
    error: &tera::Error,
    origins: &BTreeMap<String, Arc<str>>,
) -> Diagnostic {
    let (message, report) = innermost(error);
    let diag = Diagnostic::new(rule, bi!("mẫu lỗi: {message}", "template error: {message}"));
    let place = report.and_then(|report| {
        let origin = origins.get(report.filename())?;
        Some(Span::new(origin, report.span().range.clone()))
    });
    let file = match error.kind() {
        ErrorKind::MissingParent { current, .. } => origins.get(current),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            origins.get(tpl)
        }
        _ => None,
    };
    match place.or_else(|| file.map(Span::file)) {
        Some(span) => diag.at(span),
        None => diag,
    }
}

/// The deepest report in a chain of errors says where it really happened.
fn innermost(error: &tera::Error) -> (String, Option<&ReportError>) {
    let mut found = (error.to_string(), None);
    let mut at: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = at {
        if let Some(tera) = current.downcast_ref::<tera::Error>() {
            match tera.kind() {
                ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                    found = (report.message().to_owned(), Some(&**report));
                }
                other if found.1.is_none() => found.0 = other.to_string(),
                _ => {}
            }
        }
        at = current.source();
    }
    found
}
