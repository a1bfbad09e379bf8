//! What each unit has: its own entries by kind, awards that it was given among
//! them, those of the units below it, what was given, which campaigns it opened.
//!
//! Takes the lists of the plan, the campaigns and the contributions; gives
//! [`Units`], made once in one walk over the entries. Never ranks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::awards::Awards;
use super::features::campaign::{Campaigns, Launched};
use super::gifts::{Gifts, Sum};
use super::{LangLists, Plan};
use crate::link::{EntryId, LangId, Site, TermId, UNITS};
use crate::theme::Theme;

/// The template of a unit's page; a theme without it shows plain lists.
pub const TEMPLATE: &str = "unit.html";

/// What all units have.
#[derive(Debug, Default)]
pub struct Units {
    /// Whether the theme has pages of units.
    pub drawn: bool,
    langs: Vec<UnitLists>,
    /// What each unit gave, for those that gave or have some below that did.
    pub given: BTreeMap<TermId, Given>,
}

/// What units have in one language, by unit.
#[derive(Debug, Default)]
pub struct UnitLists {
    /// Its own entries by kind, oldest first.
    pub own: Vec<BTreeMap<&'static str, Vec<EntryId>>>,
    /// Entries of units below it that are not its own as well, oldest first.
    pub below: Vec<Vec<EntryId>>,
    /// How many entries of each kind it and those below it have.
    pub counts: Vec<BTreeMap<&'static str, usize>>,
    /// Units right below it that have anything, by the alphabet.
    pub children: Vec<Vec<TermId>>,
    /// The campaigns that it opened, by place in `site.yaml` and year.
    pub launches: BTreeMap<TermId, Vec<Opening>>,
    shown: Vec<bool>,
}

/// A campaign's year that a unit opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    pub campaign: usize,
    pub year: i16,
    pub launched: Launched,
}

/// Contributions of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub own: Sum,
    /// With all units below it.
    pub whole: Sum,
    /// Of the whole, by kind.
    pub kinds: BTreeMap<usize, Sum>,
    pub as_of: Option<Date>,
    pub illustrative: bool,
}

impl Units {
    pub(super) fn of(
        site: &Site,
        theme: &Theme,
        (lists, campaigns): (&[LangLists], &Campaigns),
        (gifts, awards): (&Gifts, &Awards),
    ) -> Units {
        if !theme.refines(TEMPLATE, "term.html") {
            return Units::default();
        }
        let lines = lines(site);
        let given = given(gifts, &lines);
        let of = |(lang, lists): (LangId, &LangLists)| {
            let mut found = gather(site, lists, awards, &lines);
            for unit in 0..lines.len() {
                let any = !found.counts[unit].is_empty() || given.contains_key(&unit);
                found.shown.push(any);
            }
            found.children = children(site, &found.shown, lang);
            found.launches = launches(site, campaigns, lang);
            found
        };
        let langs = lists.iter().enumerate().map(of).collect();
        Units { drawn: true, langs, given }
    }

    /// What units have in a language; `None` where the theme has no pages of
    /// units.
    pub fn lists(&self, lang: LangId) -> Option<&UnitLists> {
        self.langs.get(lang)
    }
}

impl Plan {
    /// Whether a term has a page: if something is filed under it and, for a
    /// unit, if there is something below it or it gave.
    pub fn has_term(&self, taxonomy: usize, term: TermId, lang: LangId) -> bool {
        let lists = self.lists.get(lang).and_then(|lists| lists.terms.get(taxonomy)?.get(term));
        let unit = || self.units.lists(lang).and_then(|units| units.shown.get(term).copied());
        lists.is_some_and(|ids| !ids.is_empty()) || taxonomy == UNITS && unit() == Some(true)
    }
}

/// Of each unit, itself and what is above it, the nearest first.
fn lines(site: &Site) -> Vec<Vec<TermId>> {
    let units = &site.taxonomies[UNITS];
    (0..units.terms.len()).map(|unit| units.line(unit)).collect()
}

fn given(gifts: &Gifts, lines: &[Vec<TermId>]) -> BTreeMap<TermId, Given> {
    let mut given: BTreeMap<TermId, Given> = BTreeMap::new();
    for row in &gifts.rows {
        for &unit in lines.get(row.unit).into_iter().flatten() {
            let of = given.entry(unit).or_default();
            if unit == row.unit {
                of.own.add(row);
            }
            of.whole.add(row);
            of.kinds.entry(row.kind).or_default().add(row);
            of.as_of = of.as_of.max(row.as_of);
            of.illustrative |= row.illustrative;
        }
    }
    given
}

fn gather(site: &Site, lists: &LangLists, awards: &Awards, lines: &[Vec<TermId>]) -> UnitLists {
    let mut found = UnitLists {
        own: vec![BTreeMap::new(); lines.len()],
        below: vec![Vec::new(); lines.len()],
        counts: vec![BTreeMap::new(); lines.len()],
        ..UnitLists::default()
    };
    // What has no date stands before the oldest.
    let mut at_hand: Vec<EntryId> = lists.all.clone();
    let undated = (0..site.entries.len()).filter(|&id| site.entries[id].date.is_none());
    at_hand.splice(0..0, undated.filter(|&id| lists.member[id]));
    for id in at_hand {
        let entry = &site.entries[id];
        let kind = entry.kind.name();
        let own = awards.units(site, id);
        let mut above: Vec<TermId> =
            own.iter().flat_map(|&unit| lines[unit].iter().copied()).collect();
        above.sort_unstable();
        above.dedup();
        for unit in above {
            *found.counts[unit].entry(kind).or_default() += 1;
            if own.contains(&unit) {
                found.own[unit].entry(kind).or_default().push(id);
            } else {
                found.below[unit].push(id);
            }
        }
    }
    found
}

fn children(site: &Site, shown: &[bool], lang: LangId) -> Vec<Vec<TermId>> {
    let terms = &site.taxonomies[UNITS].terms;
    let mut children = vec![Vec::new(); terms.len()];
    for (unit, term) in terms.iter().enumerate().filter(|(unit, _)| shown[*unit]) {
        if let Some(above) = term.parent {
            children[above].push(unit);
        }
    }
    let (collator, tag) = (site.langs[lang].locale.collator(), &site.langs[lang].tag);
    for units in &mut children {
        units.sort_by_cached_key(|&unit| collator.key(terms[unit].display(tag)));
    }
    children
}

fn launches(site: &Site, campaigns: &Campaigns, lang: LangId) -> BTreeMap<TermId, Vec<Opening>> {
    let mut found: BTreeMap<TermId, Vec<Opening>> = BTreeMap::new();
    for campaign in 0..site.config.campaigns.len() {
        let editions = campaigns.get(campaign).into_iter().flat_map(|of| &of.editions);
        for edition in editions {
            let lists = edition.langs.get(lang);
            for &launched in lists.into_iter().flat_map(|lists| &lists.launches) {
                let opening = Opening { campaign, year: edition.edition.year, launched };
                found.entry(launched.unit).or_default().push(opening);
            }
        }
    }
    found
}
