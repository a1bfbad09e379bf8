//! The calendar to look at: months as grids of days, and what leads to them.
//! Nothing here says what is over: a script marks today and what has been.

use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};

use jiff::civil::Date;
use serde::Serialize;

use super::occasions::{self, OccasionView};
use super::{Words, day_view, grid};
use crate::base::diag::Diagnostic;
use crate::data::{Occasion, OccasionSort};
use crate::link::{EntryId, LangId};
use crate::plan::features::agenda::{
    AgendaPage, Occurrence, between, event_days, occasions as of_site,
};
use crate::plan::{Extra, Page};
use crate::render::view::{DateView, NamedLink};
use crate::render::{Context, Reads};

/// `agenda`: what is not a card of an event.
#[derive(Debug, Default, Serialize)]
struct AgendaView {
    /// `main` or `month`.
    page: &'static str,
    weekdays: Vec<String>,
    /// Of a month; each has seven cells.
    weeks: Vec<Vec<Option<CellView>>>,
    /// Months around this one in which something is.
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
    /// Of a month, by their days; on the main page all of them.
    deadlines: Vec<OccasionView>,
    festivals: Vec<OccasionView>,
    /// On the main page, the latest first.
    years: Vec<YearView>,
}

#[derive(Debug, Serialize)]
struct CellView {
    /// Its `full` form is `Thứ Hai, 17/10/2022`.
    date: DateView,
    items: Vec<ItemView>,
}

/// Something on a day.
#[derive(Debug, Clone, Default, Serialize)]
struct ItemView {
    /// `event`, `deadline`, `festival` or `anniversary`.
    sort: &'static str,
    title: String,
    /// Language of the title.
    lang: String,
    /// Empty where no page tells of it.
    url: String,
    /// `07:30` on the day on which it begins, or empty.
    time: String,
    /// `cancelled` ...
    status: String,
    status_label: String,
}

#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    months: Vec<MonthView>,
}

#[derive(Debug, Serialize)]
struct MonthView {
    title: String,
    url: String,
    /// Events that stand in it.
    events: usize,
}

pub(super) fn words(page: AgendaPage, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let (title, short, above) = match page {
        AgendaPage::Main => (locale.string("calendar").to_owned(), None, Vec::new()),
        AgendaPage::Month(first) => {
            let month = locale.month(first.year(), first.month()).unwrap_or_default();
            let title = locale.text("calendar_month", &[("month", &month)]);
            (title, Some(month), vec![Extra::Agenda(AgendaPage::Main)])
        }
    };
    let description = match page {
        AgendaPage::Main => locale.string("calendar_about").to_owned(),
        AgendaPage::Month(_) => String::new(),
    };
    Words { kind: "agenda", title, short, description, above }
}

pub(super) fn context<'a>(
    of: AgendaPage,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    let mut events: &[EntryId] = &[];
    match of {
        AgendaPage::Main => context.view("agenda", main(reads, lang)),
        AgendaPage::Month(first) => {
            let months = &reads.plan.agendas[lang].months;
            events = months.get(&first).map_or(&[][..], Vec::as_slice);
            context.view("agenda", month(reads, first, events, lang));
        }
    }
    context.insert("events", reads.cards("coming", events, lang));
    Ok("agenda.html".to_owned())
}

fn main(reads: &Reads<'_>, lang: LangId) -> AgendaView {
    let mut years: BTreeMap<i16, Vec<MonthView>> = BTreeMap::new();
    for (first, events) in &reads.plan.agendas[lang].months {
        let NamedLink { title, url, .. } = link(reads, *first, lang);
        let view = MonthView { title, url, events: events.len() };
        years.entry(first.year()).or_default().push(view);
    }
    let views = |deadlines: bool| -> Vec<OccasionView> {
        let sort = |of: &&Occasion| (of.sort == OccasionSort::Deadline) == deadlines;
        let of_sort = of_site(reads.site).filter(sort);
        of_sort.map(|occasion| occasions::in_all_years(occasion, reads, lang)).collect()
    };
    AgendaView {
        page: "main",
        deadlines: views(true),
        festivals: views(false),
        years: years.into_iter().rev().map(|(year, months)| YearView { year, months }).collect(),
        ..AgendaView::default()
    }
}

fn month(reads: &Reads<'_>, first: Date, events: &[EntryId], lang: LangId) -> AgendaView {
    let months = &reads.plan.agendas[lang].months;
    let found = between(reads.site, first, first.last_of_month());
    let mut by_day = items(reads, first, (&found, events), lang);
    let cell = |day: Date| {
        let date = day_view(reads, day, lang)?;
        Some(CellView { date, items: by_day.remove(&day).unwrap_or_default() })
    };
    let weeks = grid::weeks(first, cell).into_iter();
    let around = |found: Option<&Date>| found.map(|first| link(reads, *first, lang));
    let views = |deadlines: bool| {
        let sort = |of: &&Occurrence<'_>| of.occasion.sort == OccasionSort::Deadline;
        let of_sort = found.iter().filter(|of| sort(of) == deadlines);
        of_sort.map(|of| occasions::in_year(of, reads, lang)).collect()
    };
    AgendaView {
        page: "month",
        weekdays: grid::weekdays(reads, lang, first),
        weeks: weeks.map(|(_, days)| days.into_iter().map(Option::flatten).collect()).collect(),
        previous: around(months.range(..first).next_back().map(|(first, _)| first)),
        next: around(months.range((Excluded(first), Unbounded)).next().map(|(first, _)| first)),
        deadlines: views(true),
        festivals: views(false),
        years: Vec::new(),
    }
}

/// What stands on each day of a month: occasions, then events by their start.
fn items(
    reads: &Reads<'_>,
    month: Date,
    (found, events): (&[Occurrence<'_>], &[EntryId]),
    lang: LangId,
) -> BTreeMap<Date, Vec<ItemView>> {
    let mut by_day: BTreeMap<Date, Vec<ItemView>> = BTreeMap::new();
    let days =
        |from: Date, to: Date| grid::days(month).filter(move |day| (from..=to).contains(day));
    for of in found {
        let OccasionView { sort, name, url, .. } = occasions::in_year(of, reads, lang);
        let lang = reads.site.langs[lang].tag.clone();
        let item = ItemView { sort, title: name, lang, url, ..ItemView::default() };
        for day in days(of.first, of.last) {
            by_day.entry(day).or_default().push(item.clone());
        }
    }
    for &id in events {
        let Some((from, to)) = event_days(reads.site, id) else { continue };
        for day in days(from, to) {
            by_day.entry(day).or_default().extend(event(reads, id, day == from, lang));
        }
    }
    by_day
}

fn event(reads: &Reads<'_>, id: EntryId, begins: bool, lang: LangId) -> Option<ItemView> {
    let card = &reads.card(id, lang)?.view;
    let start = card.start.as_ref().filter(|_| begins && !card.all_day);
    Some(ItemView {
        sort: "event",
        title: card.title.to_string(),
        lang: card.lang.clone(),
        url: card.url.to_string(),
        time: start.map_or_else(String::new, |start| start.time.clone()),
        status: card.status.clone(),
        status_label: card.status_label.clone(),
    })
}

fn link(reads: &Reads<'_>, first: Date, lang: LangId) -> NamedLink {
    let title = reads.site.langs[lang].locale.month(first.year(), first.month());
    let path = reads.plan.extra(&Extra::Agenda(AgendaPage::Month(first)), lang);
    NamedLink {
        id: first.strftime("%Y-%m").to_string(),
        title: title.unwrap_or_default(),
        url: path.map(|path| reads.url(path)).unwrap_or_default(),
    }
}

/// The months of some days that have a page, for other pages to lead to.
pub fn months(reads: &Reads<'_>, (first, last): (Date, Date), lang: LangId) -> Vec<NamedLink> {
    let months = reads.plan.agendas.get(lang).map(|agenda| &agenda.months);
    let held = months.into_iter().flat_map(|of| of.range(first.first_of_month()..=last));
    let links = held.map(|(first, _)| link(reads, *first, lang));
    links.filter(|link| !link.url.is_empty()).collect()
}
