//! Templates compiled, and their errors turned into diagnostics.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, ReportError, Tera};

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
    let mut tera = Tera::new();
    // Component texts (`.txt`) are printed as they are; everything else that a
    // template writes is HTML.
    tera.autoescape_on(vec![".html", ".htm", ".xml"]);
    let tags = config.languages.iter().map(|language| language.tag.clone());
    filters::register(&mut tera, Arc::new(tags.zip(locales.iter().cloned()).collect()));
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
    match tera.add_raw_templates(sources) {
        Ok(()) => Some(tera),
        Err(error) => {
            diags.push(diagnostic(&TEMPLATE_SYNTAX, &error, origins));
            None
        }
    }
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
    match place {
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
