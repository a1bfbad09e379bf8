//! The context of each kind of page: which views it is given.

use std::borrow::Cow;

use super::body::{Filled, Filler, Form};
use super::cards::date_view;
use super::context::{Empty, Fields, Nothing, Over};
use super::features;
use super::fragments::ThemeLists;
use super::shell::{self, taxonomy_string};
use super::view::*;
use super::{Context, Own, Part, Reads};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::link::{EntryId, LangId, SectionId, TAXONOMIES, TermId, UNITS};
use crate::plan::features::column::Column;
use crate::plan::{Extra, Page, Part as Cut, What, numbered, segments};

mod head;
mod lists;
mod programmes;
mod share;

pub(super) use head::{Above, alternates};

/// The template of a page and what it is given.
pub(super) fn context<'a>(
    page: &'a Page,
    reads: &'a Reads<'a>,
) -> Result<(String, Context<'a>), Diagnostic> {
    let mut context = Context::new(&reads.names);
    let shell = &reads.shells[page.lang];
    context.insert("site", shell.part(reads));
    context.insert("t", &shell.strings);
    let mut head = head::head(page, reads);
    let template = match &page.what {
        What::Home => home(page, reads, &mut context)?,
        What::Section { section, part } => {
            section_page(page, reads, &mut context, *section, *part)?
        }
        What::Entry(id) => entry(page, reads, &mut context, *id, &mut head)?,
        What::Terms { taxonomy } => {
            context.view("terms", lists::terms(reads, *taxonomy, page.lang));
            "terms.html".to_owned()
        }
        What::Term { taxonomy, term, part } => {
            term_page(page, reads, &mut context, *taxonomy, *term, *part)
        }
        What::Archive => {
            context.view("archive", lists::archive(reads, page.lang));
            "archive.html".to_owned()
        }
        What::Extra(extra) => features::context(extra, page, reads, &mut context)?,
        What::Year { year, part } => {
            let entries = lists::year(reads, *year, page.lang);
            let base = segments::year(reads.site, *year, page.lang);
            list(reads, &mut context, "list", &base, &entries, *part, page.lang, String::new());
            "month.html".to_owned()
        }
        What::Month { year, month, part } => {
            let entries = reads.plan.lists[page.lang].months.get(&(*year, *month));
            let base = segments::month(reads.site, *year, *month, page.lang);
            let entries = entries.map_or(&[][..], Vec::as_slice);
            list(reads, &mut context, "list", &base, entries, *part, page.lang, String::new());
            "month.html".to_owned()
        }
        What::Redirect { to } => {
            context.view("target", reads.absolute(to));
            "redirect.html".to_owned()
        }
        What::Short(_) => {
            context.view("target", head.canonical.clone());
            "redirect.html".to_owned()
        }
        What::Withdrawn(_) => "withdrawn.html".to_owned(),
        _ => "404.html".to_owned(),
    };
    theme_lists(reads, &mut context, &template, page.lang);
    context.view("page", head);
    Ok((template, context))
}

/// `lists`: what `theme.yaml` grants the template.
fn theme_lists<'a>(reads: &'a Reads<'a>, context: &mut Context<'a>, template: &str, lang: LangId) {
    match reads.theme.template_lists.get_key_value(template) {
        Some((template, wanted)) => {
            context.insert("lists", ThemeLists { reads, template, wanted, lang })
        }
        None => context.insert("lists", Empty),
    }
}

/// The introduction of a section, in HTML.
fn intro(reads: &Reads<'_>, section: SectionId, lang: LangId) -> Result<String, Diagnostic> {
    let section = &reads.site.sections[section];
    let Some(doc) = section.docs[lang].map(|id| &reads.docs[id]) else {
        return Ok(String::new());
    };
    let filler = Filler { reads, lang, form: Form::Page, variant: None };
    Filled::of(filler, doc, &section.targets[lang]).text()
}

fn home<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let lists = &reads.plan.lists[lang];
    let newest = lists.all.iter().rev().copied();
    let featured = newest.clone().find(|&id| reads.site.entries[id].featured);
    let story = || newest.clone().find(|&id| reads.site.entries[id].kind.name() == "story");
    let lead = featured.or_else(story).or_else(|| lists.all.last().copied());
    let home = HomeView {
        intro: intro(reads, 0, lang)?,
        lead: None,
        days: days(reads, lang),
        newest: shell::newest(reads.source(), lang)
            .map(|date| date_view(&reads.site.langs[lang].locale, date)),
        campaigns: features::banners(reads, lang),
    };
    let lead = lead.and_then(|id| reads.card(id, lang));
    let lead = lead.map(|card| with("lead", &card.held)).into_iter().collect();
    context.insert("home", Fields { over: Box::new(Own(home)), fields: lead });
    Ok("home.html".to_owned())
}

/// A named part of a larger one.
fn with<'a>(name: &'static str, part: impl Part + 'a) -> (Cow<'static, str>, Box<dyn Part + 'a>) {
    (Cow::Borrowed(name), Box::new(part))
}

/// The last seven days of the column up to the day of the build.
fn days(reads: &Reads<'_>, lang: LangId) -> Vec<ColumnDay> {
    let site = reads.site;
    if site.config.column.as_ref().is_none_or(|column| column.daily.is_none()) {
        return Vec::new();
    }
    let locale = &site.langs[lang].locale;
    let filled = &reads.plan.columns[lang].days;
    (0..7_i64)
        .rev()
        .filter_map(|back| {
            let day = reads.plan.today.checked_sub(jiff::Span::new().days(back)).ok()?;
            let moment = Moment::midnight(day, &site.config.timezone)?;
            let last = filled.get(&day).and_then(|ids| ids.last());
            let card = last.and_then(|&id| reads.card(id, lang));
            // The page of the day, in a theme that has one: it shows all of it.
            let page = reads.plan.extra(&Extra::Column(Column::Day(day)), lang);
            let page = page.map(|path| reads.url(path));
            Some(ColumnDay {
                weekday: locale.date_by(&moment, "{weekday_short}"),
                date: date_view(locale, &moment),
                title: card.map_or_else(String::new, |card| card.view.title.to_string()),
                url: card.map_or_else(String::new, |card| {
                    page.unwrap_or_else(|| card.view.url.to_string())
                }),
            })
        })
        .collect()
}

fn section_page<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
    id: SectionId,
    part: Cut,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let section = &reads.site.sections[id];
    let intro = if part == Cut::Landing { intro(reads, id, lang)? } else { String::new() };
    let entries = &reads.plan.lists[lang].sections[id];
    coming(reads, context, section.kind.name(), entries, part, lang);
    list(reads, context, "section", &section.paths[lang], entries, part, lang, intro);
    Ok("section.html".to_owned())
}

/// `coming`: of a section of events, those still to come, the next one first;
/// `past`: the others that the landing page shows, the newest first.
fn coming<'a>(
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
    kind: &str,
    entries: &[EntryId],
    part: Cut,
    lang: LangId,
) {
    let wanted = kind == "event" && part == Cut::Landing;
    let entries = if wanted { entries } else { &[] };
    let at = reads.plan.at;
    let is_coming = |id: &EntryId| crate::plan::is_coming(reads.site, *id, at);
    let mut coming: Vec<EntryId> = entries.iter().copied().filter(is_coming).collect();
    coming
        .sort_by_key(|&id| (reads.site.entries[id].start.as_ref().map(|start| start.instant), id));
    let cut = numbered(entries.len(), reads.site.config.pagination);
    let mut past = entries.get(cut.range(part)).unwrap_or_default().to_vec();
    past.retain(|id| !coming.is_empty() && !coming.contains(id));
    past.reverse();
    context.insert("coming", reads.cards("coming", &coming, lang));
    context.insert("past", reads.cards("past", &past, lang));
}

fn term_page<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
    taxonomy: usize,
    term: TermId,
    part: Cut,
) -> String {
    let lang = page.lang;
    let entries = &reads.plan.lists[lang].terms[taxonomy][term];
    let base = segments::term(reads.site, taxonomy, term, lang);
    context.view("term", lists::term(reads, taxonomy, term, part, lang));
    if taxonomy == UNITS && reads.plan.units.drawn {
        return features::unit(term, page, reads, context);
    }
    list(reads, context, "list", &base, entries, part, lang, String::new());
    if programmes::is_drawn(reads, taxonomy, part) {
        programmes::programme(term, entries, lang, reads, context);
        return crate::plan::terms::TEMPLATE.to_owned();
    }
    "term.html".to_owned()
}

/// Inserts a list: the entries of one page, newest first, and the pager.
#[expect(clippy::too_many_arguments, reason = "one flat list of what a pager shows")]
pub(super) fn list<'a>(
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
    name: &'static str,
    base: &str,
    entries: &[EntryId],
    part: Cut,
    lang: LangId,
    intro: String,
) {
    let cut = numbered(entries.len(), reads.site.config.pagination);
    let mut shown: Vec<EntryId> = entries.get(cut.range(part)).unwrap_or_default().to_vec();
    shown.reverse();
    let view = lists::pager(reads, base, cut, part, lang, intro);
    let items = vec![with("items", reads.cards(name, &shown, lang))];
    context.insert(name, Fields { over: Box::new(Own(view)), fields: items });
}

fn entry<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
    id: EntryId,
    head: &mut PageView,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let (Some(view), Some(card), Some((variant, _))) =
        (reads.entry_view(id, lang), reads.card(id, lang), reads.site.shown(id, lang))
    else {
        return Ok("404.html".to_owned());
    };
    let around = &reads.plan.neighbours[lang][id];
    for (name, id) in [("previous", around.previous), ("next", around.next)] {
        match id.and_then(|id| reads.card(id, lang)) {
            Some(card) => context.view(name, NeighbourView::of(&card.view)),
            None => context.insert(name, Nothing),
        }
    }
    let related: Vec<EntryId> =
        around.related.iter().copied().filter(|&other| Some(other) != around.previous).collect();
    context.insert("related", reads.cards("related", &related, lang));
    match around.follow_ups.as_slice() {
        [] => context.insert("follow_ups", Nothing),
        ids => context.view("follow_ups", lists::follow_ups(reads, ids, lang)),
    }
    context.view("series", lists::series(reads, id, lang));
    if reads.names.of_variable("page").has("jsonld") {
        head.jsonld.extend(head::entry_jsonld(reads, id, lang, &view));
    }
    let template = reads.theme.entry_template(card.view.kind);
    let filler = Filler { reads, lang, form: Form::Page, variant: Some(variant) };
    let body = Filled::of(filler, &reads.docs[variant.doc], &variant.targets);
    let over = Box::new(Over { over: card, view: Own(view) });
    context.insert("entry", Fields { over, fields: vec![with("body", body)] });
    Ok(template)
}
