//! The calendar to look at: a page for each month in which something is, and
//! one that leads to them and lists what comes back every year.
//!
//! Takes events and the occasions of `content/data/calendar.yaml`; gives
//! [`Agenda`], made once, and the spots of pages. Which months there are, and
//! what they show, does not depend on today.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::calendar::{Calendar, is_event};
use super::{Extra, Feature, Spot, base, campaign, unknown_page};
use crate::base::diag::Diagnostics;
use crate::data::{DataFile, Occasion, OccasionDays};
use crate::emit::Class;
use crate::link::{EntryId, LangId, Site};
use crate::plan::{LangLists, Plan};

/// An event stands in this many months at most: what lasts longer is no event.
const MONTHS: usize = 24;

/// A page of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgendaPage {
    Main,
    /// By its first day.
    Month(Date),
}

/// What the months of one language hold.
#[derive(Debug, Default)]
pub struct Agenda {
    /// By their first day: the events that stand in them, by their start.
    pub months: BTreeMap<Date, Vec<EntryId>>,
}

/// An occasion in one year.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'a> {
    pub occasion: &'a Occasion,
    /// Both days included.
    pub first: Date,
    pub last: Date,
}

pub(super) const FEATURE: Feature =
    Feature { name: "calendar", template: "agenda.html", leads: true, spots, check };

/// The occasions of a site, in the order of their files.
pub fn occasions(site: &Site) -> impl Iterator<Item = &Occasion> {
    let files = site.data.values().filter_map(|file| match &**file {
        DataFile::Calendar(occasions) => Some(occasions),
        _ => None,
    });
    files.flatten()
}

/// The occasions that touch some days, the earliest first.
pub fn between(site: &Site, first: Date, last: Date) -> Vec<Occurrence<'_>> {
    let mut found: Vec<Occurrence<'_>> = Vec::new();
    // What begins at the end of a year may last into the next one.
    for year in first.year().saturating_sub(1)..=last.year() {
        let of_year = occasions(site).filter_map(|occasion| {
            let (from, to) = occasion.in_year(year)?;
            let touches = from <= last && to >= first;
            touches.then_some(Occurrence { occasion, first: from, last: to })
        });
        found.extend(of_year);
    }
    found.sort_by(|a, b| {
        let key = |of: &Occurrence<'_>| (of.first, of.last, of.occasion.sort);
        key(a).cmp(&key(b)).then_with(|| a.occasion.id.value.cmp(&b.occasion.id.value))
    });
    found
}

/// First and last day of an event.
pub fn event_days(site: &Site, id: EntryId) -> Option<(Date, Date)> {
    campaign::span(site, id).filter(|_| is_event(site, id))
}

impl Agenda {
    pub(in crate::plan) fn of(site: &Site, lists: &LangLists) -> Agenda {
        let mut events: Vec<EntryId> = lists.all.clone();
        events.retain(|&id| is_event(site, id));
        events.sort_by_key(|&id| (site.entries[id].start.as_ref().map(|start| start.instant), id));
        let mut months: BTreeMap<Date, Vec<EntryId>> = BTreeMap::new();
        for id in events {
            let Some((first, last)) = event_days(site, id) else { continue };
            for month in months_of(first, last).take(MONTHS) {
                months.entry(month).or_default().push(id);
            }
        }
        for month in occasion_months(site, &months) {
            months.entry(month).or_default();
        }
        Agenda { months }
    }
}

/// The first days of the months from one day to another.
fn months_of(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let next = |month: &Date| month.last_of_month().tomorrow().ok();
    std::iter::successors(Some(first.first_of_month()), next).take_while(move |day| *day <= last)
}

/// Months with occasions, in the years that have an event or days of their
/// own: what comes back every year makes no year by itself.
fn occasion_months(site: &Site, events: &BTreeMap<Date, Vec<EntryId>>) -> BTreeSet<Date> {
    let mut years: BTreeSet<i16> = events.keys().map(|month| month.year()).collect();
    for occasion in occasions(site) {
        if let OccasionDays::Given(days) = &occasion.days {
            years.extend(days.iter().map(|(first, _)| first.year()));
        }
    }
    let held = |year: &i16| {
        let of_year = occasions(site).filter_map(|occasion| occasion.in_year(*year));
        let months = of_year.flat_map(|(first, last)| months_of(first, last).take(MONTHS));
        months.collect::<Vec<Date>>()
    };
    years.iter().flat_map(held).collect()
}

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let Some(agenda) = plan.agendas.get(lang) else { return Vec::new() };
    let any = occasions(site).next().is_some();
    if agenda.months.is_empty() && !any {
        return Vec::new();
    }
    let base = base(site, "calendar", lang);
    let spot = |page: AgendaPage, path: String| Spot {
        extra: Extra::Agenda(page),
        path,
        class: Class::List,
    };
    let mut spots = vec![spot(AgendaPage::Main, base.clone())];
    for month in agenda.months.keys() {
        spots.push(spot(AgendaPage::Month(*month), format!("{base}{}", month.strftime("%Y/%m/"))));
    }
    if any && site.config.feeds.calendars {
        let extra = Extra::Calendar(Calendar::Occasions);
        spots.push(Spot { extra, path: format!("{base}calendar.ics"), class: Class::Feed });
    }
    spots
}

fn check(site: &Site, diags: &mut Diagnostics) {
    for occasion in occasions(site) {
        let page = occasion.page.as_ref();
        diags.extend(page.and_then(|page| unknown_page(site, &occasion.file, page)));
    }
}
