//! Who is in which list, oldest first, and how lists are cut into pages.

use std::collections::BTreeMap;

use super::State;
use super::column::{Slot, Takes};
use crate::base::time::BuildTime;
use crate::link::{EntryId, LangId, SERIES, SectionId, Site};
use crate::theme::{ListSpec, Order, Theme, When};

/// The visible entries of one language in all the orders that pages need.
/// Every list is oldest first.
#[derive(Debug, Default)]
pub struct LangLists {
    /// Per entry: whether it has a page in this language.
    pub member: Vec<bool>,
    /// Dated entries.
    pub all: Vec<EntryId>,
    /// Per section, those of the sections below it included.
    pub sections: Vec<Vec<EntryId>>,
    /// Per taxonomy and term.
    pub terms: Vec<Vec<Vec<EntryId>>>,
    pub months: BTreeMap<(i16, i8), Vec<EntryId>>,
}

pub(super) fn lists(site: &Site, states: &[State], lang: LangId, drafts: bool) -> LangLists {
    let mut lists = LangLists {
        member: vec![false; site.entries.len()],
        sections: vec![Vec::new(); site.sections.len()],
        terms: site
            .taxonomies
            .iter()
            .map(|taxonomy| vec![Vec::new(); taxonomy.terms.len()])
            .collect(),
        ..LangLists::default()
    };
    for id in ordered(site, lang) {
        let entry = &site.entries[id];
        let shown = site.shown(id, lang).is_some_and(|(variant, _)| drafts || !variant.draft);
        if states[id] != State::Live || !shown {
            continue;
        }
        lists.member[id] = true;
        let mut section: Option<SectionId> = Some(entry.section);
        while let Some(at) = section {
            lists.sections[at].push(id);
            section = site.sections[at].parent;
        }
        for (taxonomy, terms) in entry.terms.iter().enumerate() {
            for &term in terms {
                lists.terms[taxonomy][term].push(id);
            }
        }
        if let Some(date) = &entry.date {
            lists.all.push(id);
            lists.months.entry((date.local.year(), date.local.month())).or_default().push(id);
        }
    }
    // Parts in their order, those without a number last.
    for parts in &mut lists.terms[SERIES] {
        parts.sort_by_key(|&id| {
            let part = site.entries[id].series.and_then(|(_, part)| part);
            (part.is_none(), part)
        });
    }
    lists
}

/// All entries, oldest first; undated ones by weight and title, so that a list
/// read from its end shows the lowest weight first.
fn ordered(site: &Site, lang: LangId) -> Vec<EntryId> {
    let collator = site.langs[lang].locale.collator();
    let mut ids: Vec<EntryId> = (0..site.entries.len()).collect();
    let key = |&id: &EntryId| {
        let entry = &site.entries[id];
        let title = match (&entry.date, site.shown(id, lang)) {
            (None, Some((variant, _))) => collator.key(&variant.title),
            _ => Vec::new(),
        };
        let instant = entry.date.as_ref().map(|date| date.instant);
        (instant, std::cmp::Reverse((entry.weight, title)), entry.key.clone())
    };
    ids.sort_by_cached_key(key);
    ids
}

/// The lists that `theme.yaml` declares, evaluated for every language.
pub(super) fn theme_lists(
    site: &Site,
    theme: &Theme,
    lists: &[LangLists],
    at: BuildTime,
) -> Vec<BTreeMap<String, Vec<EntryId>>> {
    let of = |(lang, lists): (LangId, &LangLists)| {
        let evaluate =
            |(name, spec): (&String, &ListSpec)| (name.clone(), list(site, spec, lists, lang, at));
        theme.lists.iter().map(evaluate).collect()
    };
    lists.iter().enumerate().map(of).collect()
}

fn list(
    site: &Site,
    spec: &ListSpec,
    lists: &LangLists,
    lang: LangId,
    at: BuildTime,
) -> Vec<EntryId> {
    let takes = spec.column.as_ref().map(|slot| Takes::of(site, Slot::named(slot)?));
    let in_column = |id: EntryId| match &takes {
        None => true,
        Some(takes) => takes.as_ref().is_some_and(|takes| takes.takes(id)),
    };
    let wanted = |&id: &EntryId| in_column(id) && matches(site, spec, id, at);
    if spec.order == Order::Newest {
        return newest(site, lists, spec.limit, wanted);
    }
    let visible = (0..site.entries.len()).filter(|&id| lists.member[id]);
    let mut ids: Vec<EntryId> = visible.filter(wanted).collect();
    let date = |id: EntryId| site.entries[id].date.as_ref().map(|date| date.instant);
    let start = |id: EntryId| site.entries[id].start.as_ref().map(|start| start.instant);
    match spec.order {
        Order::Newest | Order::Oldest => {
            ids.sort_by_key(|&id| (date(id), site.entries[id].key.clone()))
        }
        Order::Start => ids.sort_by_key(|&id| (start(id), site.entries[id].key.clone())),
        Order::Title => {
            let collator = site.langs[lang].locale.collator();
            ids.sort_by_cached_key(|&id| {
                site.shown(id, lang).map(|(variant, _)| collator.key(&variant.title))
            });
        }
    }
    ids.truncate(spec.limit);
    ids
}

/// The newest that are wanted, undated ones last: most lists are short, and
/// found after a few entries.
fn newest(
    site: &Site,
    lists: &LangLists,
    limit: usize,
    wanted: impl Fn(&EntryId) -> bool,
) -> Vec<EntryId> {
    let undated = (0..site.entries.len())
        .rev()
        .filter(|&id| lists.member[id] && site.entries[id].date.is_none());
    let all = lists.all.iter().rev().copied().chain(undated);
    all.filter(wanted).take(limit).collect()
}

fn matches(site: &Site, spec: &ListSpec, id: EntryId, at: BuildTime) -> bool {
    let entry = &site.entries[id];
    let section = &site.sections[entry.section];
    let in_terms = spec.terms.iter().all(|(taxonomy, wanted)| {
        entry.terms[*taxonomy]
            .iter()
            .any(|&term| wanted.contains(&site.taxonomies[*taxonomy].terms[term].id))
    });
    let in_time = match spec.when {
        None => true,
        Some(When::Upcoming) => is_coming(site, id, at),
        Some(When::Past) => entry.start.is_some() && !is_coming(site, id, at),
    };
    (spec.kinds.is_empty() || spec.kinds.iter().any(|kind| kind == entry.kind.name()))
        && (spec.sections.is_empty() || spec.sections.iter().any(|dir| **dir == *section.dir))
        && (!spec.featured || entry.featured)
        && in_terms
        && in_time
}

/// Whether an event is still to come or going on.
pub fn is_coming(site: &Site, id: EntryId, at: BuildTime) -> bool {
    let entry = &site.entries[id];
    let end = entry.end.as_ref().or(entry.start.as_ref());
    end.is_some_and(|end| end.last_instant() >= at.0)
}

/// How a list of `total` entries is cut: full pages of `size` counted from the
/// oldest, which never change again, and the landing page with the rest:
/// between `size` and `2 * size - 1` entries once there are that many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    pub total: usize,
    pub size: usize,
    /// Number of full pages.
    pub pages: usize,
}

/// Cuts a list; `size` is at least 1.
pub fn numbered(total: usize, size: usize) -> Numbered {
    let size = size.max(1);
    Numbered { total, size, pages: (total / size).saturating_sub(1) }
}

impl Numbered {
    /// The range of the oldest-first list that a page shows.
    pub fn range(&self, part: super::Part) -> std::ops::Range<usize> {
        match part {
            super::Part::Landing => self.pages * self.size..self.total,
            super::Part::Number(number) => {
                let start = number.saturating_sub(1) * self.size;
                start.min(self.total)..(start + self.size).min(self.total)
            }
        }
    }
}
