//! What a span of days came to: entries, events, works, awards, opportunities
//! and appeals, counted once for the report as a file and for the pages of
//! years.
//!
//! Takes the linked site, the plan and a [`Scope`]; gives a [`Tally`]. Counts
//! only what is live, and nothing twice within a table but where an entry is
//! filed twice. Entries count by their own date, works by their hand-over and
//! awards by their decision. Never ranks.

mod deeds;
mod figures;
mod sums;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::column::{Slot, Takes};
use super::gifts::{Row, Totals};
use super::{Plan, State, is_coming};
use crate::kinds::{AWARD_FORMS, AWARD_LEVELS, OPPORTUNITY_TYPES, WORK_TYPES};
use crate::link::{AREAS, EntryId, Site, TermId, UNITS};

pub use figures::{FIGURES, Figure};
pub use sums::{Appeals, Awards, Opportunities, Sort, Works};

/// What a tally is of.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// Both days belong to it.
    pub from: Date,
    pub to: Date,
    /// This unit and those below it only.
    pub unit: Option<TermId>,
}

impl Scope {
    /// A whole year of all units; `None` for a year that no calendar has.
    pub fn year(year: i16) -> Option<Scope> {
        let (from, to) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(Scope { from, to, unit: None })
    }

    /// The year that it is, of all units.
    pub fn whole_year(self) -> Option<i16> {
        let year = self.from.year();
        let whole = Scope::year(year).is_some_and(|of| (of.from, of.to) == (self.from, self.to));
        (whole && self.unit.is_none()).then_some(year)
    }

    fn has(self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The same days of an earlier year; the last day of February stays it.
    pub fn earlier(self, years: i16) -> Option<Scope> {
        let back = jiff::Span::new().years(years);
        let (from, to) = (self.from.checked_sub(back).ok()?, self.to.checked_sub(back).ok()?);
        let whole = self.to == self.to.last_of_month();
        let to = if whole { to.last_of_month() } else { to };
        Some(Scope { from, to, unit: self.unit })
    }
}

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Dated within the span, in order of date.
    pub entries: Vec<EntryId>,
    /// Of these and of the deeds, invented for a demonstration.
    pub illustrative: BTreeSet<EntryId>,
    /// Events that began within the span, are over and were not called off, by
    /// their start.
    pub held: Vec<EntryId>,
    /// Days and weeks (by Monday) of the column that have something.
    pub days: BTreeSet<Date>,
    pub weeks: BTreeSet<Date>,
    /// Works handed over or, if they are not, begun within the span, and awards
    /// decided in it, in order of these days.
    pub deeds: Vec<EntryId>,
    /// Units that entries name, with those entries.
    pub units: BTreeMap<TermId, Vec<EntryId>>,
    pub works: BTreeMap<Sort, Works>,
    /// By level and form.
    pub awards: BTreeMap<(Sort, Sort), Awards>,
    pub opportunities: BTreeMap<Sort, Opportunities>,
    /// By how things stand.
    pub appeals: BTreeMap<Sort, Appeals>,
    /// Areas that entries are filed under; one of several counts in each.
    pub areas: BTreeMap<TermId, Area>,
}

/// What was done in an area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    pub entries: usize,
    pub works: Works,
}

impl Tally {
    /// As the plan has it, else counted now.
    pub fn known<'p>(site: &Site, plan: &'p Plan, scope: Scope) -> Cow<'p, Tally> {
        let known = scope.whole_year().and_then(|year| plan.years.get(year));
        known.map_or_else(|| Cow::Owned(Tally::of(site, plan, scope)), Cow::Borrowed)
    }

    fn of(site: &Site, plan: &Plan, scope: Scope) -> Tally {
        let mut tally = Tally { held: held(site, plan, scope), ..Tally::default() };
        tally.entries =
            (0..site.entries.len()).filter(|&id| is_in(site, plan, scope, id)).collect();
        let date = |id: EntryId| site.entries[id].date.as_ref().map(|date| date.instant);
        tally.entries.sort_by_key(|&id| (date(id), id));
        for id in tally.entries.clone() {
            tally.add(site, plan, id);
        }
        let deed = |id: EntryId| {
            let day = deeds::day(site, id).filter(|day| scope.has(*day))?;
            is_of(site, plan, scope, id).then_some((day, id))
        };
        let mut deeds: Vec<(Date, EntryId)> = (0..site.entries.len()).filter_map(deed).collect();
        deeds.sort_unstable();
        tally.deeds = deeds.into_iter().map(|(_, id)| id).collect();
        for id in tally.deeds.clone() {
            tally.add_deed(site, id);
        }
        tally
    }

    fn add(&mut self, site: &Site, plan: &Plan, id: EntryId) {
        let entry = &site.entries[id];
        self.illustrative.extend(entry.illustrative.then_some(id));
        for &unit in &entry.terms[UNITS] {
            self.units.entry(unit).or_default().push(id);
        }
        let (day, week) = slots(site, id);
        self.days.extend(day);
        self.weeks.extend(week);
        let Some(variant) = &entry.variants[entry.original] else { return };
        let fields = &variant.fields;
        match entry.kind.name() {
            "opportunity" => {
                let sort = Sort::of(fields, "type", OPPORTUNITY_TYPES);
                let open =
                    entry.kind.state(fields, plan.at.0).is_some_and(|(now, _)| now == "open");
                self.opportunities.entry(sort).or_default().add(fields, open);
            }
            "appeal" => {
                let state = Sort::stand(entry.kind.state(fields, plan.at.0));
                self.appeals.entry(state).or_default().add(fields);
            }
            _ => {}
        }
        for &area in &entry.terms[AREAS] {
            self.areas.entry(area).or_default().entries += 1;
        }
    }

    fn add_deed(&mut self, site: &Site, id: EntryId) {
        let entry = &site.entries[id];
        self.illustrative.extend(entry.illustrative.then_some(id));
        let Some(variant) = &entry.variants[entry.original] else { return };
        let fields = &variant.fields;
        if entry.kind.name() == "award" {
            let level = Sort::of(fields, "level", AWARD_LEVELS);
            let form = Sort::of(fields, "form", AWARD_FORMS);
            return self.awards.entry((level, form)).or_default().add(fields);
        }
        self.works.entry(Sort::of(fields, "type", WORK_TYPES)).or_default().add(fields);
        for &area in &entry.terms[AREAS] {
            self.areas.entry(area).or_default().works.add(fields);
        }
    }

    /// How many entries are of a kind.
    pub fn of_kind(&self, site: &Site, kind: &str) -> usize {
        self.entries.iter().filter(|&&id| site.entries[id].kind.name() == kind).count()
    }

    /// All works together.
    pub fn all_works(&self) -> Works {
        let mut all = Works::default();
        self.works.values().for_each(|works| all.join(works));
        all
    }
}

/// The years that the site has pages of, each with its tally; none where the
/// site does not ask for them.
#[derive(Debug, Default)]
pub struct Years(BTreeMap<i16, Tally>);

impl Years {
    pub(super) fn of(site: &Site, plan: &Plan) -> Years {
        if !site.config.yearly_report {
            return Years::default();
        }
        let live = (0..site.entries.len()).filter(|&id| plan.states[id] == State::Live);
        let days = live.flat_map(|id| {
            let told = site.entries[id].date.as_ref().map(|date| date.day());
            [told, deeds::day(site, id)]
        });
        let mut years: BTreeSet<i16> = days.flatten().map(|day| day.year()).collect();
        years.extend(plan.gifts.years.keys());
        let tally = |year: i16| Some((year, Tally::of(site, plan, Scope::year(year)?)));
        Years(years.into_iter().filter_map(tally).collect())
    }

    pub fn get(&self, year: i16) -> Option<&Tally> {
        self.0.get(&year)
    }

    /// The earliest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (i16, &Tally)> {
        self.0.iter().map(|(year, tally)| (*year, tally))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a unit is another or stands below it in the tree.
pub fn is_below(site: &Site, unit: TermId, above: TermId) -> bool {
    site.taxonomies[UNITS].line(unit).contains(&above)
}

/// Whether an entry is live and of the scope's unit.
fn is_of(site: &Site, plan: &Plan, scope: Scope, id: EntryId) -> bool {
    let units = plan.awards.units(site, id);
    plan.states[id] == State::Live
        && scope.unit.is_none_or(|above| units.iter().any(|&unit| is_below(site, unit, above)))
}

fn is_in(site: &Site, plan: &Plan, scope: Scope, id: EntryId) -> bool {
    let date = site.entries[id].date.as_ref();
    date.is_some_and(|date| scope.has(date.day())) && is_of(site, plan, scope, id)
}

/// The day and the week (its Monday) of the column that an entry is for.
pub fn slots(site: &Site, id: EntryId) -> (Option<Date>, Option<Date>) {
    let Some(date) = &site.entries[id].date else { return (None, None) };
    let first = |slot: Slot| {
        Takes::of(site, slot).filter(|takes| takes.takes(id)).map(|_| slot.of(date.day()))
    };
    (first(Slot::Day), first(Slot::Week))
}

/// Contributions of a scope.
pub fn given<'p>(site: &Site, plan: &'p Plan, scope: Scope) -> Cow<'p, Totals> {
    if let Some(year) = scope.whole_year() {
        let known = plan.gifts.years.get(&year);
        return known.map_or_else(|| Cow::Owned(Totals::default()), Cow::Borrowed);
    }
    let mut totals = Totals::default();
    let rows = plan.gifts.days(scope.from, scope.to).iter();
    let wanted = |row: &&Row| scope.unit.is_none_or(|above| is_below(site, row.unit, above));
    rows.filter(wanted).for_each(|row| totals.add(row));
    totals.roll_up(site);
    Cow::Owned(totals)
}

/// Events count by their start, not by the day on which they were announced,
/// and from the instant on which they are over.
fn held(site: &Site, plan: &Plan, scope: Scope) -> Vec<EntryId> {
    let wanted = |&id: &EntryId| {
        let entry = &site.entries[id];
        let begins = entry.start.as_ref().map(|start| start.day());
        let fields = entry.variants[entry.original].as_ref().map(|variant| &variant.fields);
        let status = fields.and_then(|fields| crate::kinds::choice(fields, "status"));
        entry.kind.name() == "event"
            && is_of(site, plan, scope, id)
            && begins.is_some_and(|day| scope.has(day))
            && !is_coming(site, id, plan.at)
            && !matches!(status, Some(("cancelled" | "postponed", _)))
    };
    let mut held: Vec<EntryId> = (0..site.entries.len()).filter(wanted).collect();
    held.sort_by_key(|&id| (site.entries[id].start.as_ref().map(|start| start.instant), id));
    held
}
