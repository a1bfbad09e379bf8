//! The context of each kind of page: which views it is given.

use super::body::{Filler, Form};
use super::cards::date_view;
use super::shell::{self, taxonomy_string};
use super::view::*;
use super::{Context, Reads, Shared};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::link::{EntryId, LangId, SectionId, TAXONOMIES, TermId};
use crate::plan::{Page, Part, What, numbered, segments};

mod head;
mod lists;

pub(super) use head::alternates;

/// The template of a page and what it is given.
pub(super) fn context(page: &Page, reads: &Reads<'_>) -> Result<(String, Context), Diagnostic> {
    let mut context = Context::new();
    let shell = &reads.shells[page.lang];
    context.insert("site", &shell.site);
    context.insert("t", &shell.strings);
    let mut head = head::head(page, reads);
    let template = match &page.what {
        What::Home => home(page, reads, &mut context)?,
        What::Section { section, part } => {
            section_page(page, reads, &mut context, *section, *part)?
        }
        What::Entry(id) => entry(page, reads, &mut context, *id, &mut head)?,
        What::Terms { taxonomy } => {
            context.view("terms", &lists::terms(reads, *taxonomy, page.lang));
            "terms.html".to_owned()
        }
        What::Term { taxonomy, term, part } => {
            term_page(page, reads, &mut context, *taxonomy, *term, *part)
        }
        What::Archive => {
            context.view("archive", &lists::archive(reads, page.lang));
            "archive.html".to_owned()
        }
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
            context.view("target", &reads.absolute(to));
            "redirect.html".to_owned()
        }
        What::Withdrawn(_) => "withdrawn.html".to_owned(),
        _ => "404.html".to_owned(),
    };
    theme_lists(reads, &mut context, &template, page.lang);
    context.view("page", &head);
    Ok((template, context))
}

/// `lists`: what `theme.yaml` grants the template.
fn theme_lists(reads: &Reads<'_>, context: &mut Context, template: &str, lang: LangId) {
    let wanted = reads.theme.template_lists.get(template).map_or(&[][..], Vec::as_slice);
    let mut map = tera::Map::new();
    let mut key = crate::base::hash::KeyBuilder::new("lists");
    for name in wanted {
        let entries = reads.plan.theme_lists[lang].get(name).map_or(&[][..], Vec::as_slice);
        let shared = Shared::list(&reads.shared_cards(entries, lang));
        key.put_str(name).put_key(shared.key);
        map.insert(name.clone().into(), shared.value);
    }
    context.insert("lists", &Shared { value: tera::Value::from(map), key: key.finish() });
}

/// The introduction of a section, in HTML.
fn intro(reads: &Reads<'_>, section: SectionId, lang: LangId) -> Result<String, Diagnostic> {
    let section = &reads.site.sections[section];
    let Some(doc) = section.docs[lang].map(|id| &reads.site.docs[id]) else {
        return Ok(String::new());
    };
    let filler = Filler { reads, lang, form: Form::Page, path: &section.paths[lang] };
    filler.fragment(&doc.body, &section.targets[lang])
}

fn home(page: &Page, reads: &Reads<'_>, context: &mut Context) -> Result<String, Diagnostic> {
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
        campaigns: campaigns(reads, lang),
    };
    let mut shared = Shared::of(&home);
    if let Some(card) = lead.and_then(|id| reads.card(id, lang)) {
        shared = with(shared, "lead", &card.shared);
    }
    context.insert("home", &shared);
    Ok("home.html".to_owned())
}

/// A shared map with one more shared value in it.
fn with(map: Shared, name: &str, value: &Shared) -> Shared {
    let mut key = crate::base::hash::KeyBuilder::new("with");
    key.put_key(map.key).put_str(name).put_key(value.key);
    let mut fields = map.value.into_map().unwrap_or_default();
    fields.insert(name.to_owned().into(), value.value.clone());
    Shared { value: tera::Value::from(fields), key: key.finish() }
}

/// Days before a campaign from which the home page announces it.
const ANNOUNCED: i64 = 31;

/// The campaigns to show on the day of the build. One that runs over New Year
/// began in the year before.
fn campaigns(reads: &Reads<'_>, lang: LangId) -> Vec<CampaignView> {
    let site = reads.site;
    let locale = &site.langs[lang].locale;
    let today = reads.plan.today;
    let view = |campaign: &crate::config::Campaign, year: i16| {
        let over = i16::from(campaign.end < campaign.start);
        let start = jiff::civil::Date::new(year, campaign.start.0, campaign.start.1).ok()?;
        let end = jiff::civil::Date::new(year + over, campaign.end.0, campaign.end.1).ok()?;
        let days = |from: jiff::civil::Date, to| {
            from.until(to).ok().map(|span| i64::from(span.get_days()))
        };
        let since = days(start, today)?;
        let total = days(start, end)? + 1;
        let moment =
            |day: jiff::civil::Date| Moment::new(day.at(0, 0, 0, 0), false, &site.config.timezone);
        ((-ANNOUNCED..total).contains(&since)).then_some(CampaignView {
            id: campaign.id.value.clone(),
            name: campaign.name.get(&site.langs[lang].tag).unwrap_or_default().to_owned(),
            start: date_view(locale, &moment(start)?),
            end: date_view(locale, &moment(end)?),
            day: (since + 1).max(0),
            total,
        })
    };
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let campaigns = site.config.campaigns.iter();
    campaigns
        .flat_map(|campaign| years.iter().filter_map(move |&year| view(campaign, year)))
        .collect()
}

/// The last seven days of the column up to the day of the build.
fn days(reads: &Reads<'_>, lang: LangId) -> Vec<ColumnDay> {
    let site = reads.site;
    let Some(daily) = site.config.column.as_ref().and_then(|column| column.daily.as_ref()) else {
        return Vec::new();
    };
    let Some(section) = site.section(&daily.value) else { return Vec::new() };
    let locale = &site.langs[lang].locale;
    let entries = &reads.plan.lists[lang].sections[section];
    (0..7_i64)
        .rev()
        .filter_map(|back| {
            let day = reads.plan.today.checked_sub(jiff::Span::new().days(back)).ok()?;
            let moment = Moment::new(day.at(0, 0, 0, 0), false, &site.config.timezone)?;
            let on_day = |&&id: &&EntryId| {
                site.entries[id].date.as_ref().is_some_and(|date| date.day() == day)
            };
            let card = entries.iter().rev().find(on_day).and_then(|&id| reads.card(id, lang));
            Some(ColumnDay {
                weekday: locale.date_by(&moment, "{weekday_short}"),
                date: date_view(locale, &moment),
                title: card.map_or_else(String::new, |card| card.view.title.clone()),
                url: card.map_or_else(String::new, |card| card.view.url.clone()),
            })
        })
        .collect()
}

fn section_page(
    page: &Page,
    reads: &Reads<'_>,
    context: &mut Context,
    id: SectionId,
    part: Part,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let section = &reads.site.sections[id];
    let intro = if part == Part::Landing { intro(reads, id, lang)? } else { String::new() };
    let entries = &reads.plan.lists[lang].sections[id];
    coming(reads, context, section.kind.name(), entries, part, lang);
    list(reads, context, "section", &section.paths[lang], entries, part, lang, intro);
    Ok("section.html".to_owned())
}

/// `coming`: of a section of events, those still to come, the next one first.
fn coming(
    reads: &Reads<'_>,
    context: &mut Context,
    kind: &str,
    entries: &[EntryId],
    part: Part,
    lang: LangId,
) {
    let wanted = kind == "event" && part == Part::Landing;
    let entries = if wanted { entries } else { &[] };
    let at = reads.plan.at;
    let is_coming = |id: &EntryId| crate::plan::is_coming(reads.site, *id, at);
    let mut coming: Vec<EntryId> = entries.iter().copied().filter(is_coming).collect();
    coming
        .sort_by_key(|&id| (reads.site.entries[id].start.as_ref().map(|start| start.instant), id));
    context.insert("coming", &Shared::list(&reads.shared_cards(&coming, lang)));
}

fn term_page(
    page: &Page,
    reads: &Reads<'_>,
    context: &mut Context,
    taxonomy: usize,
    term: TermId,
    part: Part,
) -> String {
    let lang = page.lang;
    let entries = &reads.plan.lists[lang].terms[taxonomy][term];
    let base = segments::term(reads.site, taxonomy, term, lang);
    context.view("term", &lists::term(reads, taxonomy, term, part, lang));
    list(reads, context, "list", &base, entries, part, lang, String::new());
    "term.html".to_owned()
}

/// Inserts a list: the entries of one page, newest first, and the pager.
#[expect(clippy::too_many_arguments, reason = "one flat list of what a pager shows")]
fn list(
    reads: &Reads<'_>,
    context: &mut Context,
    name: &'static str,
    base: &str,
    entries: &[EntryId],
    part: Part,
    lang: LangId,
    intro: String,
) {
    let cut = numbered(entries.len(), reads.site.config.pagination);
    let mut shown: Vec<EntryId> = entries.get(cut.range(part)).unwrap_or_default().to_vec();
    shown.reverse();
    let items = Shared::list(&reads.shared_cards(&shown, lang));
    let view = lists::pager(reads, base, cut, part, lang, intro);
    context.insert(name, &with(Shared::of(&view), "items", &items));
}

fn entry(
    page: &Page,
    reads: &Reads<'_>,
    context: &mut Context,
    id: EntryId,
    head: &mut PageView,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let Some(view) = reads.entry_view(id, lang)? else { return Ok("404.html".to_owned()) };
    let around = &reads.plan.neighbours[lang][id];
    let card = |id: Option<EntryId>| {
        let card = id.and_then(|id| reads.card(id, lang));
        card.map_or_else(Shared::none, |card| card.shared.clone())
    };
    context.insert("previous", &card(around.previous));
    context.insert("next", &card(around.next));
    let related: Vec<EntryId> =
        around.related.iter().copied().filter(|&other| Some(other) != around.previous).collect();
    context.insert("related", &Shared::list(&reads.shared_cards(&related, lang)));
    context.view("series", &lists::series(reads, id, lang));
    head.jsonld.extend(head::entry_jsonld(reads, id, lang, &view));
    context.view("entry", &view);
    Ok(reads.theme.entry_template(&view.card.kind))
}
