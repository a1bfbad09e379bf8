//! Terms that tell more of themselves than a name: a programme, a project.
//!
//! Takes the linked site and the plan; gives what a term's entries come to.
//! Reports pages and figures that a term names and that are not there.

use super::Plan;
use super::rules::{UNKNOWN_FIGURE, UNKNOWN_PAGE};
use super::tally::Works;
use crate::base::diag::{Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::link::{EntryId, Site, Told};
use crate::text;
use crate::yaml::Spanned;

/// The template of a programme's page; a theme without it shows a plain list.
pub const TEMPLATE: &str = "programme.html";

/// What the works among some entries come to.
pub fn works(site: &Site, ids: &[EntryId]) -> Works {
    let mut works = Works::default();
    for &id in ids {
        let entry = &site.entries[id];
        let fields = entry.variants[entry.original].as_ref().map(|variant| &variant.fields);
        if let Some(fields) = fields.filter(|_| entry.kind.name() == "work") {
            works.add(fields);
        }
    }
    works
}

pub(super) fn check(site: &Site, plan: &Plan, diags: &mut Diagnostics) {
    let terms = site.taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms);
    for told in terms.map(|term| &term.told) {
        let page = told.page.iter().filter(|page| !site.by_key.contains_key(page.value.as_str()));
        for name in page {
            let written = &name.value;
            let message = bi!("không có bài `{written}`", "there is no entry `{written}`");
            let known = site.entries.iter().map(|entry| &*entry.key);
            report(told, name, &UNKNOWN_PAGE, message, known, diags);
        }
        let known = &plan.gifts.figures;
        for name in told.figures.iter().filter(|id| !known.contains_key(&id.value)) {
            let written = &name.value;
            let message = bi!("không có con số `{written}`", "there is no figure `{written}`");
            report(told, name, &UNKNOWN_FIGURE, message, known.keys().map(String::as_str), diags);
        }
    }
}

fn report<'a>(
    told: &Told,
    name: &Spanned<String>,
    rule: &'static Rule,
    message: crate::base::diag::Bi,
    known: impl Iterator<Item = &'a str>,
    diags: &mut Diagnostics,
) {
    let Some(file) = &told.file else { return };
    let error = Diagnostic::new(rule, message).at(Span::new(file, name.range.clone()));
    diags.push(match text::nearest(&name.value, known) {
        Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
        None => error,
    });
}
