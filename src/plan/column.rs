//! The column's slots: one a day, one an ISO week, and which are filled.
//!
//! Takes the linked site and the states of its entries; gives a [`Coverage`].
//! A slot that is not over yet is never a gap.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;

use super::tally::is_below;
use super::{Plan, State};
use crate::config::Filling;
use crate::link::{EntryId, SectionId, Site, TermId, UNITS};

/// What is to be filled: every day, or every week from Monday to Sunday
/// (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Day,
    Week,
}

impl Slot {
    /// By its key under `column` in `site.yaml`.
    pub fn named(name: &str) -> Option<Slot> {
        match name {
            "daily" => Some(Slot::Day),
            "weekly" => Some(Slot::Week),
            _ => None,
        }
    }

    /// First day of the slot that a day lies in.
    pub fn of(self, day: Date) -> Date {
        match self {
            Slot::Day => day,
            Slot::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                later(day, -back).unwrap_or(day)
            }
        }
    }

    /// Length in days.
    pub fn days(self) -> i64 {
        match self {
            Slot::Day => 1,
            Slot::Week => 7,
        }
    }

    /// How many slots after the current one are looked at for what is queued.
    pub fn horizon(self) -> i64 {
        match self {
            Slot::Day => 14,
            Slot::Week => 4,
        }
    }

    /// `2026-11-23`, or `2026-W48` for a week that begins on that day.
    pub fn label(self, first: Date) -> String {
        match self {
            Slot::Day => first.to_string(),
            Slot::Week => {
                let week = first.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
        }
    }
}

/// Which entries fill a slot, by the ids of a site.
pub struct Takes<'a> {
    site: &'a Site,
    filling: &'a Filling,
    sections: Vec<SectionId>,
}

impl<'a> Takes<'a> {
    /// `None` where nothing is to fill the slot.
    pub fn of(site: &'a Site, slot: Slot) -> Option<Takes<'a>> {
        let column = site.config.column.as_ref()?;
        let filling = match slot {
            Slot::Day => column.daily.as_ref()?,
            Slot::Week => column.weekly.as_ref()?,
        };
        let sections = filling.sections.iter().filter_map(|dir| site.section(&dir.value));
        Some(Takes { site, filling, sections: sections.collect() })
    }

    /// Whether an entry fills the slot of its date.
    pub fn takes(&self, id: EntryId) -> bool {
        let Takes { site, filling, sections } = self;
        let entry = &site.entries[id];
        let kind = entry.kind.name();
        let within = |above: &SectionId| is_within(site, entry.section, *above);
        entry.date.is_some()
            && (filling.sections.is_empty() || sections.iter().any(within))
            && (filling.kinds.is_empty() || filling.kinds.iter().any(|of| of.value == kind))
    }

    /// What fills the slot, as `site.yaml` names it: sections, then kinds.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let Filling { sections, kinds } = self.filling;
        sections.iter().chain(kinds).map(|name| name.value.as_str())
    }
}

/// Whether an entry fills a slot of the column.
pub fn is_in_column(site: &Site, id: EntryId) -> bool {
    let mut slots = [Slot::Day, Slot::Week].into_iter().filter_map(|slot| Takes::of(site, slot));
    slots.any(|takes| takes.takes(id))
}

/// Who fills which slot in one language, entries in order of date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    pub days: BTreeMap<Date, Vec<EntryId>>,
    /// By Monday.
    pub weeks: BTreeMap<Date, Vec<EntryId>>,
    /// All of them once.
    pub all: Vec<EntryId>,
}

impl Filled {
    /// The days' entries of a week, by its Monday.
    pub fn of_week(&self, monday: Date) -> Vec<EntryId> {
        let last = later(monday, Slot::Week.days() - 1).unwrap_or(monday);
        self.days.range(monday..=last).flat_map(|(_, ids)| ids).copied().collect()
    }

    /// The weeks that have a story or news, by Monday, the earliest first.
    pub fn all_weeks(&self) -> BTreeSet<Date> {
        let of_days = self.days.keys().map(|day| Slot::Week.of(*day));
        of_days.chain(self.weeks.keys().copied()).collect()
    }

    /// Those of them that are over on a day.
    pub fn weeks_over(&self, today: Date) -> Vec<Date> {
        let now = Slot::Week.of(today);
        self.all_weeks().into_iter().filter(|monday| *monday < now).collect()
    }
}

/// The filled slots of a language; nothing where the site has no column.
pub(super) fn filled(site: &Site, lists: &super::LangLists) -> Filled {
    let of = |slot: Slot| {
        let mut slots: BTreeMap<Date, Vec<EntryId>> = BTreeMap::new();
        let Some(takes) = Takes::of(site, slot) else { return slots };
        for &id in lists.all.iter().filter(|&&id| takes.takes(id)) {
            if let Some(date) = &site.entries[id].date {
                slots.entry(slot.of(date.day())).or_default().push(id);
            }
        }
        slots
    };
    let (days, weeks) = (of(Slot::Day), of(Slot::Week));
    let mut all: Vec<EntryId> = days.values().chain(weeks.values()).flatten().copied().collect();
    all.sort_by_key(|&id| (site.entries[id].date.as_ref().map(|date| date.instant), id));
    all.dedup();
    Filled { days, weeks, all }
}

/// Filled slots in a row, the current one aside if it is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    /// First day of its first slot.
    pub first: Date,
    /// Number of slots, at least 1.
    pub count: usize,
}

/// Which slots between two days are filled. A slot is named by its first day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    pub slot: Slot,
    /// First and last slot that were looked at.
    pub first: Date,
    pub last: Date,
    /// Filled slots in order, with their entries in order of date.
    pub filled: Vec<(Date, Vec<EntryId>)>,
    /// Slots that are over and empty.
    pub gaps: Vec<Date>,
    /// The current slot, if it is empty so far.
    pub open: Option<Date>,
    pub current: Option<Streak>,
    pub longest: Option<Streak>,
    /// What waits for its day, drafts included: up to [`Slot::horizon`] slots
    /// after the current one, and the current one itself.
    pub queued: Vec<(Date, Vec<EntryId>)>,
}

/// Looks at the slots from `from` (else the first that is filled) to `to`
/// (else the current one; never later), as far as entries of a section, and of
/// a unit with those below it if one is named, fill them.
pub fn coverage(
    takes: &Takes<'_>,
    plan: &Plan,
    unit: Option<TermId>,
    slot: Slot,
    (from, to): (Option<Date>, Option<Date>),
) -> Coverage {
    let site = takes.site;
    let now = slot.of(plan.today);
    let end = later(now, slot.horizon() * slot.days()).unwrap_or(now);
    let (mut filled, mut queued) = (BTreeMap::new(), BTreeMap::new());
    let mut dated: Vec<(EntryId, Date)> = Vec::new();
    for (id, entry) in site.entries.iter().enumerate() {
        if let Some(date) = &entry.date
            && takes.takes(id)
            && unit
                .is_none_or(|above| entry.terms[UNITS].iter().any(|&of| is_below(site, of, above)))
        {
            dated.push((id, date.day()));
        }
    }
    dated.sort_by_key(|&(id, _)| site.entries[id].date.as_ref().map(|date| date.instant));
    for (id, day) in dated {
        let first = slot.of(day);
        let slots: &mut BTreeMap<Date, Vec<EntryId>> = match plan.states[id] {
            State::Live => &mut filled,
            State::Future | State::Draft if (now..=end).contains(&first) => &mut queued,
            _ => continue,
        };
        slots.entry(first).or_default().push(id);
    }
    let last = to.map_or(now, |to| slot.of(to).min(now));
    let begin = from.or_else(|| filled.keys().next().copied());
    let first = begin.map_or(last, |from| slot.of(from).min(last));
    let mut coverage = cover(slot, filled, (first, last), now);
    coverage.queued = queued.into_iter().collect();
    coverage
}

/// Judges each slot from the first to the last; `now` is the current one.
fn cover(
    slot: Slot,
    mut filled: BTreeMap<Date, Vec<EntryId>>,
    (first, last): (Date, Date),
    now: Date,
) -> Coverage {
    let mut coverage = Coverage {
        slot,
        first,
        last,
        filled: Vec::new(),
        gaps: Vec::new(),
        open: None,
        current: None,
        longest: None,
        queued: Vec::new(),
    };
    let mut at = Some(first);
    while let Some(day) = at.filter(|day| *day <= last) {
        if let Some(entries) = filled.remove(&day) {
            coverage.filled.push((day, entries));
            let streak = coverage.current.get_or_insert(Streak { first: day, count: 0 });
            streak.count += 1;
            if coverage.longest.is_none_or(|longest| streak.count > longest.count) {
                coverage.longest = Some(*streak);
            }
        } else if day < now {
            coverage.gaps.push(day);
            coverage.current = None;
        } else {
            coverage.open = Some(day);
        }
        at = later(day, slot.days());
    }
    coverage
}

/// Whether a section is another or lies below it.
pub(super) fn is_within(site: &Site, section: SectionId, above: SectionId) -> bool {
    let mut at = Some(section);
    while let Some(id) = at {
        if id == above {
            return true;
        }
        at = site.sections[id].parent;
    }
    false
}

/// Some days later; `None` at the end of the calendar.
pub fn later(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_belong_to_the_iso_year() {
        for (day, label) in [
            (date(2021, 1, 3), "2020-W53"),
            (date(2021, 1, 4), "2021-W01"),
            (date(2024, 12, 30), "2025-W01"),
            (date(2024, 2, 29), "2024-W09"),
        ] {
            assert_eq!(Slot::Week.label(Slot::Week.of(day)), label);
        }
    }

    proptest! {
        #[test]
        fn every_slot_is_filled_a_gap_or_open(
            days in proptest::collection::btree_set(0_i64..800, 0..60),
            length in 0_i64..800,
            week in any::<bool>(),
        ) {
            let slot = if week { Slot::Week } else { Slot::Day };
            let day = |n: i64| later(date(2023, 12, 1), n).expect("a day");
            let mut filled: BTreeMap<Date, Vec<EntryId>> = BTreeMap::new();
            for n in &days {
                filled.entry(slot.of(day(*n))).or_default().push(0);
            }
            let range = (slot.of(day(0)), slot.of(day(length)));
            let inside = filled.keys().filter(|key| (range.0..=range.1).contains(*key)).count();
            let found = cover(slot, filled, range, range.1);
            let slots = (range.1 - range.0).get_days() as i64 / slot.days() + 1;
            let open = usize::from(found.open.is_some());
            prop_assert_eq!(found.filled.len(), inside);
            prop_assert_eq!((found.filled.len() + found.gaps.len() + open) as i64, slots);
            prop_assert!(found.longest.map_or(0, |s| s.count) >= found.current.map_or(0, |s| s.count));
        }
    }
}
