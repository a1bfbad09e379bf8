//! The figures by which spans of days are compared.

use super::Tally;
use crate::link::Site;
use crate::plan::gifts::Sum;

/// A figure of a [`Tally`].
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// For programs: `works_value`.
    pub id: &'static str,
    /// The interface string that names it.
    pub string: &'static str,
    /// In đồng, else a count.
    pub money: bool,
    /// Whether the figures of several spans may be added up: a unit that sends
    /// something every year is one unit.
    pub adds_up: bool,
    value: fn(&Site, &Tally, &Sum) -> i128,
}

impl Figure {
    /// Its value; contributions come beside the tally.
    pub fn value(&self, site: &Site, tally: &Tally, given: &Sum) -> i128 {
        (self.value)(site, tally, given)
    }
}

const fn count(
    id: &'static str,
    string: &'static str,
    value: fn(&Site, &Tally, &Sum) -> i128,
) -> Figure {
    Figure { id, string, money: false, adds_up: true, value }
}

const fn money(
    id: &'static str,
    string: &'static str,
    value: fn(&Site, &Tally, &Sum) -> i128,
) -> Figure {
    Figure { id, string, money: true, adds_up: true, value }
}

/// All of them, in the order in which they are shown.
pub const FIGURES: &[Figure] = &[
    count("entries", "yearly_entries", |_, of, _| whole(of.entries.len())),
    count("news", "kind_news_many", |site, of, _| whole(of.of_kind(site, "news"))),
    count("stories", "kind_story_many", |site, of, _| whole(of.of_kind(site, "story"))),
    count("models", "kind_model_many", |site, of, _| whole(of.of_kind(site, "model"))),
    Figure { adds_up: false, ..count("units", "yearly_units", |_, of, _| whole(of.units.len())) },
    count("days", "yearly_days", |_, of, _| whole(of.days.len())),
    Figure {
        // A week may lie in two years.
        adds_up: false,
        ..count("weeks", "yearly_weeks", |_, of, _| whole(of.weeks.len()))
    },
    count("held", "yearly_held", |_, of, _| whole(of.held.len())),
    count("works", "kind_work_many", |_, of, _| whole(of.all_works().count)),
    count("works_handed_over", "yearly_handed_over", |_, of, _| whole(of.all_works().handed_over)),
    money("works_value", "yearly_works_value", |_, of, _| of.all_works().value),
    count("beneficiaries", "work_beneficiaries", |_, of, _| of.all_works().beneficiaries),
    count("awards", "yearly_awards", |_, of, _| {
        of.awards.values().map(|awards| whole(awards.count)).sum()
    }),
    count("slots", "yearly_slots", |_, of, _| {
        of.opportunities.values().map(|places| places.slots).sum()
    }),
    money("received", "yearly_received", |_, of, _| {
        of.appeals.values().map(|appeals| appeals.received).sum()
    }),
    count("contributions", "yearly_contributions", |_, _, given| whole(given.count)),
    money("contributed", "yearly_contributed", |_, _, given| given.dong),
];

fn whole(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}
