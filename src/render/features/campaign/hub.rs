//! The hub of a campaign in one year: its days, units, stories and numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{days_view, midnight, opened, phase, shared, year_url};
use crate::base::diag::Diagnostic;
use crate::kinds::KINDS;
use crate::link::{EntryId, LangId, TermId, UNITS};
use crate::plan::features::campaign::{Edition, EditionLists, EditionPlan, Phase};
use crate::plan::features::outlets::Book;
use crate::plan::gifts::Sum;
use crate::plan::{Extra, Page};
use crate::render::cards::kind_label;
use crate::render::features::agenda::months;
use crate::render::features::book_url;
use crate::render::features::sums::{KindSum, SumView, kinds, sum};
use crate::render::features::{day_view, unit_link};
use crate::render::view::{DateView, NamedLink, NeighbourView};
use crate::render::{Context, Reads};

/// Entries that a day shows by name.
const OF_A_DAY: usize = 6;
/// Stories that the hub shows as cards.
const STORIES: usize = 6;
/// Years that are set beside each other.
const COMPARED: usize = 4;

/// `hub`: one year.
#[derive(Debug, Serialize)]
struct HubView {
    year: i16,
    /// `upcoming`, `running` or `over`.
    phase: &'static str,
    /// While it lasts: number of the day from 1, and the day of the build.
    day: Option<i64>,
    as_of: Option<DateView>,
    total: i64,
    start: DateView,
    end: DateView,
    /// All its days, the first one first.
    days: Vec<DayView>,
    /// Units that have opened it or are to open it, by name.
    launched: Vec<LaunchView>,
    /// Units with events, by name.
    units: Vec<UnitView>,
    compared: Compared,
    given: Option<GivenView>,
    /// Pages of the calendar that show its days.
    months: Vec<NamedLink>,
    /// Its texts as a book, or empty.
    book: String,
    /// Whether some of it is invented.
    illustrative: bool,
}

/// Contributions of its days.
#[derive(Debug, Serialize)]
struct GivenView {
    sum: SumView,
    kinds: Vec<KindSum>,
    sources: Vec<String>,
    as_of: Option<DateView>,
    illustrative: bool,
    /// The page of the year's figures, or empty.
    url: String,
}

#[derive(Debug, Serialize)]
struct DayView {
    number: usize,
    date: DateView,
    weekday: String,
    items: Vec<NeighbourView>,
    /// Entries beyond those.
    more: usize,
}

#[derive(Debug, Serialize)]
struct LaunchView {
    unit: NamedLink,
    date: DateView,
    /// By the day of the build.
    held: bool,
    item: NeighbourView,
}

#[derive(Debug, Serialize)]
struct UnitView {
    unit: NamedLink,
    events: Vec<EventView>,
}

#[derive(Debug, Serialize)]
struct EventView {
    date: Option<DateView>,
    status: String,
    status_label: String,
    item: NeighbourView,
}

/// Counts of this year and those before, the newest first.
#[derive(Debug, Serialize)]
struct Compared {
    years: Vec<NamedLink>,
    rows: Vec<CountRow>,
    /// What was given on the days of each year; empty where nothing was in any.
    given: Vec<SumView>,
}

#[derive(Debug, Serialize)]
struct CountRow {
    /// `total`, `days`, `launched`, `units` or a kind.
    id: &'static str,
    label: String,
    counts: Vec<usize>,
}

/// The page of a year.
pub fn hub<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    (at, year): (usize, i16),
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    context.view("campaign", shared(reads, at, Some(year), lang));
    let held = reads.plan.campaigns.edition(at, year);
    let lists = held.and_then(|held| held.langs.get(lang));
    let story = |id: &EntryId| reads.site.entries[*id].kind.name() == "story";
    let stories = lists.into_iter().flat_map(|lists| lists.entries.iter().rev());
    let stories: Vec<EntryId> = stories.map(|(_, id)| *id).filter(story).take(STORIES).collect();
    context.insert("stories", reads.cards("list", &stories, lang));
    let view = held.zip(lists).and_then(|(held, lists)| view(reads, at, (held, lists), lang));
    context.view("hub", view);
    Ok("campaign.html".to_owned())
}

fn view(
    reads: &Reads<'_>,
    at: usize,
    (held, lists): (&EditionPlan, &EditionLists),
    lang: LangId,
) -> Option<HubView> {
    let edition = &held.edition;
    let days = days_view(reads, edition, lang)?;
    let day = match held.phase {
        Phase::Running(day) => Some(day),
        _ => None,
    };
    let editions = &reads.plan.campaigns.get(at)?.editions;
    let place = editions.iter().position(|other| other.edition == *edition)?;
    let invented = |(_, id): &(Date, EntryId)| reads.site.entries[*id].illustrative;
    let last = (place + 1).saturating_sub(COMPARED);
    Some(HubView {
        year: edition.year,
        phase: phase(held.phase),
        as_of: day.and_then(|_| day_view(reads, reads.plan.today, lang)),
        day,
        total: edition.total(),
        start: days.start,
        end: days.end,
        days: grid(reads, edition, lists, lang),
        launched: launches(reads, lists, lang),
        units: by_unit(reads, lists, lang),
        compared: compared(reads, at, editions.get(last..=place).unwrap_or_default(), lang),
        given: given(reads, edition, lang),
        months: months(reads, (edition.start, edition.end), lang),
        book: book_url(reads, Book::Campaign(at, edition.year), lang),
        illustrative: lists.entries.iter().any(invented),
    })
}

/// `None` where nothing was given on its days.
fn given(reads: &Reads<'_>, edition: &Edition, lang: LangId) -> Option<GivenView> {
    let gifts = &reads.plan.gifts;
    let totals = gifts.between(edition.start, edition.end);
    if totals.sum.count == 0 {
        return None;
    }
    let sources = totals.sources.iter().filter_map(|at| gifts.sources.get(*at));
    let url = reads.plan.extra(&Extra::Figures(Some(edition.year)), lang);
    Some(GivenView {
        sum: sum(reads, &totals.sum, lang),
        kinds: kinds(reads, &totals.kinds, lang),
        sources: sources.cloned().collect(),
        as_of: totals.as_of.and_then(|as_of| day_view(reads, as_of, lang)),
        illustrative: totals.illustrative,
        url: url.map(|url| reads.url(url)).unwrap_or_default(),
    })
}

/// What the page says of an entry.
fn item(reads: &Reads<'_>, id: EntryId, lang: LangId) -> Option<NeighbourView> {
    reads.card(id, lang).map(|card| NeighbourView::of(&card.view))
}

fn grid(reads: &Reads<'_>, edition: &Edition, lists: &EditionLists, lang: LangId) -> Vec<DayView> {
    let locale = &reads.site.langs[lang].locale;
    let mut by_day: BTreeMap<Date, Vec<EntryId>> = BTreeMap::new();
    for (day, id) in &lists.entries {
        by_day.entry(*day).or_default().push(*id);
    }
    let days = std::iter::successors(Some(edition.start), |day| day.tomorrow().ok());
    let days = days.take_while(|day| *day <= edition.end).enumerate();
    let view = |(at, day): (usize, Date)| {
        let entries = by_day.get(&day).map_or(&[][..], Vec::as_slice);
        let moment = midnight(reads, day)?;
        Some(DayView {
            number: at + 1,
            date: day_view(reads, day, lang)?,
            weekday: locale.date_by(&moment, "{weekday_short}"),
            items: entries.iter().take(OF_A_DAY).filter_map(|&id| item(reads, id, lang)).collect(),
            more: entries.len().saturating_sub(OF_A_DAY),
        })
    };
    days.filter_map(view).collect()
}

/// Sorts by the names of units in the language's alphabet: no unit stands
/// before another for what it did.
fn by_name<T>(reads: &Reads<'_>, lang: LangId, of: &mut [T], unit: impl Fn(&T) -> &NamedLink) {
    let collator = reads.site.langs[lang].locale.collator();
    of.sort_by_cached_key(|item| (collator.key(&unit(item).title), unit(item).id.clone()));
}

fn launches(reads: &Reads<'_>, lists: &EditionLists, lang: LangId) -> Vec<LaunchView> {
    let views = lists.launches.iter().filter_map(|launch| {
        Some(LaunchView {
            unit: unit_link(reads, launch.unit, lang),
            date: day_view(reads, launch.day, lang)?,
            held: launch.day <= reads.plan.today,
            item: item(reads, launch.entry, lang)?,
        })
    });
    let mut views: Vec<LaunchView> = views.collect();
    by_name(reads, lang, &mut views, |view| &view.unit);
    views
}

fn by_unit(reads: &Reads<'_>, lists: &EditionLists, lang: LangId) -> Vec<UnitView> {
    let mut units: BTreeMap<TermId, Vec<EntryId>> = BTreeMap::new();
    for (_, id) in &lists.entries {
        let entry = &reads.site.entries[*id];
        for unit in entry.terms[UNITS].iter().filter(|_| entry.start.is_some()) {
            units.entry(*unit).or_default().push(*id);
        }
    }
    let event = |id: EntryId| {
        let card = &reads.card(id, lang)?.view;
        Some(EventView {
            date: card.start.as_deref().cloned(),
            status: card.status.clone(),
            status_label: card.status_label.clone(),
            item: NeighbourView::of(card),
        })
    };
    let mut views: Vec<UnitView> = units
        .into_iter()
        .map(|(id, events)| UnitView {
            unit: unit_link(reads, id, lang),
            events: events.into_iter().filter_map(event).collect(),
        })
        .collect();
    by_name(reads, lang, &mut views, |view| &view.unit);
    views
}

/// Counts by kind of some editions, which come the oldest first.
fn compared(reads: &Reads<'_>, at: usize, editions: &[EditionPlan], lang: LangId) -> Compared {
    let locale = &reads.site.langs[lang].locale;
    let newest = || editions.iter().rev();
    let lists: Vec<&EditionLists> = newest().filter_map(|held| held.langs.get(lang)).collect();
    let row = |id: &'static str, label: String, count: &dyn Fn(&EditionLists) -> usize| CountRow {
        id,
        label,
        counts: lists.iter().map(|of| count(of)).collect(),
    };
    let mut rows = Vec::new();
    for kind in KINDS {
        let of_kind = |of: &EditionLists| {
            let entries = of.entries.iter();
            entries.filter(|(_, id)| reads.site.entries[*id].kind.name() == kind.name()).count()
        };
        rows.push(row(kind.name(), kind_label(*kind, locale), &of_kind));
    }
    rows.retain(|row| row.counts.iter().any(|count| *count > 0));
    let own = |key: &str| locale.string(key).to_owned();
    rows.push(row("total", own("campaign_row_total"), &|of| of.entries.len()));
    rows.push(row("days", own("campaign_row_days"), &|of| {
        let mut days: Vec<Date> = of.entries.iter().map(|(day, _)| *day).collect();
        days.dedup();
        days.len()
    }));
    rows.push(row("units", own("campaign_row_units"), &|of| {
        let ids = of.entries.iter().flat_map(|(_, id)| &reads.site.entries[*id].terms[UNITS]);
        let units: std::collections::BTreeSet<&TermId> = ids.collect();
        units.len()
    }));
    rows.push(row("launched", own("campaign_launched"), &|of| opened(reads, of)));
    let year = |held: &EditionPlan| NamedLink {
        id: String::new(),
        title: held.edition.year.to_string(),
        url: year_url(reads, at, held.edition.year, lang),
    };
    let gifts = &reads.plan.gifts;
    let given = newest().map(|held| gifts.sum_between(held.edition.start, held.edition.end));
    let given: Vec<Sum> = given.collect();
    let any = given.iter().any(|sum| sum.count > 0);
    let given = given.iter().filter(|_| any).map(|given| sum(reads, given, lang));
    Compared { years: newest().map(year).collect(), rows, given: given.collect() }
}
