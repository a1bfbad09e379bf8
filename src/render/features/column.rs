//! The pages of the column: its days and weeks, months as grids, years as maps
//! of the days that are filled. They say which days have news and nothing of
//! today, so that no page changes because a day went by.

use std::ops::Bound::{Excluded, Unbounded};

use jiff::civil::Date;
use serde::Serialize;

use super::{Words, grid, outlets};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::i18n::DateStyle;
use crate::link::{EntryId, LangId, taxonomy_path};
use crate::plan::column::{Filled, Slot};
use crate::plan::features::column::{Column, ColumnFeed};
use crate::plan::features::outlets::Outlet;
use crate::plan::{Extra, Page};
use crate::render::view::NamedLink;
use crate::render::{Context, Reads};

/// `column`: what is not a list of cards.
#[derive(Debug, Default, Serialize)]
struct ColumnView {
    /// `main`, `year`, `month`, `day` or `week`.
    page: &'static str,
    /// A month in weeks: the month of the page; on the main page the last one
    /// with news.
    grid: Option<GridView>,
    /// A year in months: of the page; on the main page the last one.
    map: Option<MapView>,
    years: Vec<NamedLink>,
    /// Filled days or weeks around this one.
    previous: Option<NamedLink>,
    next: Option<NamedLink>,
    /// The same day of other years, the latest first.
    on_this_day: Vec<NamedLink>,
    /// On the main page: the last day and week.
    day: Option<NamedLink>,
    week: Option<NamedLink>,
    /// As in `site.yaml`, `#TinTot`.
    hashtags: Vec<String>,
    /// The week on paper, or empty.
    sheet: String,
}

#[derive(Debug, Serialize)]
struct GridView {
    title: String,
    url: String,
    /// Monday first.
    weekdays: Vec<String>,
    weeks: Vec<WeekView>,
}

#[derive(Debug, Serialize)]
struct WeekView {
    /// Page of the week's story, or empty.
    url: String,
    /// Number of the week.
    week: i8,
    days: Vec<CellView>,
}

#[derive(Debug, Serialize)]
struct MapView {
    title: String,
    url: String,
    /// `15 ngày có tin`
    filled: String,
    months: Vec<MonthView>,
}

#[derive(Debug, Serialize)]
struct MonthView {
    title: String,
    /// Empty when it has no news.
    url: String,
    /// As many as the month has days.
    days: Vec<CellView>,
}

/// A day; 0 for a cell outside the month.
#[derive(Debug, Serialize)]
struct CellView {
    day: i8,
    /// Page of the day, or empty.
    url: String,
    /// The date in words.
    date: String,
    /// Title of the day's first item.
    title: String,
}

pub(super) fn words(page: Column, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let (kind, title, above) = match page {
        Column::Main => ("column", name(reads, lang), vec![]),
        Column::Year(year) => (
            "column",
            locale.text("column_year", &[("year", &year.to_string())]),
            vec![Column::Main],
        ),
        Column::Month(day) => {
            let title = locale.month(day.year(), day.month()).unwrap_or_default();
            ("column", title, vec![Column::Main, Column::Year(day.year())])
        }
        Column::Day(day) => {
            let month = Column::Month(day.first_of_month());
            ("column", date(reads, lang, day, DateStyle::Day), vec![Column::Main, month])
        }
        Column::Week(day) => ("column", week(reads, lang, day), vec![Column::Main]),
    };
    let description = if page == Column::Main { String::new() } else { name(reads, lang) };
    let short = (page == Column::Main).then(|| locale.string("column").to_owned());
    Words { kind, title, short, description, above: above.into_iter().map(Extra::Column).collect() }
}

fn name(reads: &Reads<'_>, lang: LangId) -> String {
    let language = &reads.site.langs[lang];
    let own = reads.site.config.column.as_ref().and_then(|column| column.name.get(&language.tag));
    own.unwrap_or_else(|| language.locale.string("column")).to_owned()
}

fn date(reads: &Reads<'_>, lang: LangId, day: Date, style: DateStyle) -> String {
    let moment = Moment::midnight(day, &reads.site.config.timezone);
    moment.map(|moment| reads.site.langs[lang].locale.date(&moment, style)).unwrap_or_default()
}

fn week(reads: &Reads<'_>, lang: LangId, day: Date) -> String {
    let week = day.iso_week_date();
    let (n, year) = (week.week().to_string(), week.year().to_string());
    reads.site.langs[lang].locale.text("column_week", &[("n", &n), ("year", &year)])
}

pub(super) fn context<'a>(
    page: Column,
    of: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let lang = of.lang;
    let making = Making { reads, lang, filled: &reads.plan.columns[lang] };
    let filled = making.filled;
    let (last_day, last_week) = (filled.days.last_key_value(), filled.weeks.last_key_value());
    let none: &[EntryId] = &[];
    let (mut days, mut stories) = (none.to_vec(), none.to_vec());
    let hashtags = reads.site.config.column.as_ref().map(|column| column.hashtags.clone());
    let mut view = ColumnView { hashtags: hashtags.unwrap_or_default(), ..ColumnView::default() };
    match page {
        Column::Main => {
            view.page = "main";
            view.years = making.years();
            if let Some((day, ids)) = last_day {
                days.clone_from(ids);
                view.day = Some(making.link(Column::Day(*day)));
                view.grid = Some(making.grid(day.first_of_month()));
                view.map = Some(making.map(day.year()));
            }
            if let Some((monday, ids)) = last_week {
                stories.clone_from(ids);
                view.week = Some(making.link(Column::Week(*monday)));
            }
        }
        Column::Year(year) => {
            view.page = "year";
            view.years = making.years();
            view.map = Some(making.map(year));
        }
        Column::Month(first) => {
            view.page = "month";
            view.grid = Some(making.grid(first));
        }
        Column::Day(day) => {
            view.page = "day";
            days = filled.days.get(&day).cloned().unwrap_or_default();
            let link = |(day, _): (&Date, _)| making.link(Column::Day(*day));
            view.previous = filled.days.range(..day).next_back().map(link);
            view.next = filled.days.range((Excluded(day), Unbounded)).next().map(link);
            view.on_this_day = making.on_this_day(day);
        }
        Column::Week(monday) => {
            view.page = "week";
            stories = filled.weeks.get(&monday).cloned().unwrap_or_default();
            days = filled.of_week(monday);
            view.sheet = outlets::url(reads, Outlet::Sheet(monday), lang);
            let link = |monday: &Date| making.link(Column::Week(*monday));
            let weeks = filled.all_weeks();
            view.previous = weeks.range(..monday).next_back().map(link);
            view.next = weeks.range((Excluded(monday), Unbounded)).next().map(link);
        }
    }
    context.view("column", view);
    context.insert("days", reads.cards("list", &days, lang));
    context.insert("stories", reads.cards("list", &stories, lang));
    Ok("column.html".to_owned())
}

/// Where a feed of the column is, what it is called, and what it is.
pub fn subject(reads: &Reads<'_>, of: ColumnFeed, lang: LangId) -> (String, String, String) {
    let main = reads.plan.extra(&Extra::Column(Column::Main), lang).unwrap_or_default();
    let name = name(reads, lang);
    match of {
        ColumnFeed::Each => (main.to_owned(), name, String::new()),
        ColumnFeed::Weekly => {
            let locale = &reads.site.langs[lang].locale;
            let base = format!("{main}{}/", taxonomy_path(reads.site, "weekly", lang));
            let title = locale.text("column_weekly", &[("name", &name)]);
            (base, title, locale.string("column_weekly_about").to_owned())
        }
    }
}

/// For a component: the entries of the newest day or week that is filled, and
/// its page.
pub fn latest(reads: &Reads<'_>, slot: Slot, lang: LangId) -> (Vec<EntryId>, Option<NamedLink>) {
    let Some(filled) = reads.plan.columns.get(lang) else { return (Vec::new(), None) };
    let making = Making { reads, lang, filled };
    let (last, page): (_, fn(Date) -> Column) = match slot {
        Slot::Day => (filled.days.last_key_value(), Column::Day),
        Slot::Week => (filled.weeks.last_key_value(), Column::Week),
    };
    match last {
        Some((first, ids)) => (ids.clone(), Some(making.link(page(*first)))),
        None => (Vec::new(), None),
    }
}

/// What the parts of a page are made from.
struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
    filled: &'a Filled,
}

impl Making<'_> {
    fn url(&self, page: Column) -> String {
        let path = self.reads.plan.extra(&Extra::Column(page), self.lang);
        path.map(|path| self.reads.url(path)).unwrap_or_default()
    }

    fn link(&self, page: Column) -> NamedLink {
        let title = words(page, self.reads, self.lang).title;
        NamedLink { id: String::new(), title, url: self.url(page) }
    }

    /// Years with news, the latest first.
    fn years(&self) -> Vec<NamedLink> {
        let mut years: Vec<i16> = self.filled.days.keys().map(|day| day.year()).collect();
        years.dedup();
        let link = |year: i16| NamedLink {
            id: String::new(),
            title: year.to_string(),
            url: self.url(Column::Year(year)),
        };
        years.into_iter().rev().map(link).collect()
    }

    fn on_this_day(&self, day: Date) -> Vec<NamedLink> {
        let years = self.filled.days.keys().map(|day| day.year());
        let mut years: Vec<i16> = years.filter(|year| *year != day.year()).collect();
        years.dedup();
        let same = |year: i16| {
            let other = Date::new(year, day.month(), day.day()).ok()?;
            let first = *self.filled.days.get(&other)?.first()?;
            let title = self.reads.card(first, self.lang)?.view.title.to_string();
            let url = self.url(Column::Day(other));
            Some(NamedLink { id: year.to_string(), title, url })
        };
        years.into_iter().rev().filter_map(same).collect()
    }

    fn cell(&self, day: Date) -> CellView {
        let first = self.filled.days.get(&day).and_then(|ids| ids.first());
        let card = first.and_then(|&id| self.reads.card(id, self.lang));
        CellView {
            day: day.day(),
            url: if first.is_some() { self.url(Column::Day(day)) } else { String::new() },
            date: date(self.reads, self.lang, day, DateStyle::Short),
            title: card.map_or_else(String::new, |card| card.view.title.to_string()),
        }
    }

    fn grid(&self, first: Date) -> GridView {
        let locale = &self.reads.site.langs[self.lang].locale;
        let outside =
            || CellView { day: 0, url: String::new(), date: String::new(), title: String::new() };
        let week = |(monday, days): (Date, Vec<Option<CellView>>)| WeekView {
            url: self.url(Column::Week(monday)),
            week: monday.iso_week_date().week(),
            days: days.into_iter().map(|day| day.unwrap_or_else(outside)).collect(),
        };
        GridView {
            title: locale.month(first.year(), first.month()).unwrap_or_default(),
            url: self.url(Column::Month(first)),
            weekdays: grid::weekdays(self.reads, self.lang, first),
            weeks: grid::weeks(first, |day| self.cell(day)).into_iter().map(week).collect(),
        }
    }

    fn map(&self, year: i16) -> MapView {
        let locale = &self.reads.site.langs[self.lang].locale;
        let month = |month: i8| {
            let first = Date::new(year, month, 1).ok()?;
            Some(MonthView {
                title: locale.month(year, month).unwrap_or_default(),
                url: self.url(Column::Month(first)),
                days: grid::days(first).map(|day| self.cell(day)).collect(),
            })
        };
        let filled = self.filled.days.keys().filter(|day| day.year() == year).count();
        MapView {
            title: locale.text("column_year", &[("year", &year.to_string())]),
            url: self.url(Column::Year(year)),
            filled: locale.text("column_filled", &[("n", &filled.to_string())]),
            months: (1..=12).filter_map(month).collect(),
        }
    }
}
