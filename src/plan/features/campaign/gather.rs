//! What happened in each year of a campaign.
//!
//! Takes the entries that are visible; gives each year those of its days, and
//! the units that opened it. One walk over the entries for all years.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{CampaignPlan, Edition, EditionLists, EditionPlan, Launched};
use crate::config::{Belongs, Campaign};
use crate::kinds::Field;
use crate::link::{EntryId, SectionId, Site, TAGS, TermId, UNITS};
use crate::plan::LangLists;
use crate::text;

pub(super) fn campaigns(site: &Site, lists: &[LangLists], today: Date) -> Vec<CampaignPlan> {
    let campaigns = site.config.campaigns.iter();
    campaigns.map(|campaign| plan(site, campaign, lists, today)).collect()
}

fn plan(site: &Site, campaign: &Campaign, lists: &[LangLists], today: Date) -> CampaignPlan {
    let filter = Filter::of(site, campaign);
    // A campaign may begin in the year before the first entry.
    let first = site.entries.iter().filter_map(|entry| Some(entry.date.as_ref()?.day().year()));
    let own = campaign.years.iter().map(|own| own.year);
    let (low, high) = (first.min().map(|year| year - 1), today.year().saturating_add(1));
    let starts = low.into_iter().chain(campaign.from).chain(own.clone());
    let years = starts.min().unwrap_or(high).max(1)..=own.max().unwrap_or(high).max(high);
    let all: Vec<Edition> = years.filter_map(|year| Edition::of(campaign, year)).collect();
    let mut gathered: Vec<Vec<EditionLists>> = Vec::new();
    for of in lists {
        gathered.push(filter.gather(site, &all, of));
    }
    let mut editions = Vec::new();
    for (at, edition) in all.iter().enumerate() {
        let langs: Vec<EditionLists> = gathered
            .iter_mut()
            .map(|of| of.get_mut(at).map(std::mem::take).unwrap_or_default())
            .collect();
        let declared = campaign.from.is_some() && edition.start <= today
            || campaign.years.iter().any(|own| own.year == edition.year);
        let filled = langs.iter().any(|of| !of.entries.is_empty() || !of.launches.is_empty());
        if declared || filled || edition.is_near(today) {
            let phase = edition.phase(today);
            editions.push(EditionPlan { edition: *edition, phase, langs });
        }
    }
    let feed = |lang: usize| {
        let of = editions.iter().filter_map(|held: &EditionPlan| held.langs.get(lang));
        let entries = of.flat_map(|of| of.entries.iter().map(|(_, id)| *id));
        let mut seen = rustc_hash::FxHashSet::default();
        entries.filter(|id| seen.insert(*id)).collect()
    };
    let feeds = (0..lists.len()).map(feed).collect();
    let next = all.iter().copied().find(|edition| edition.start > today);
    CampaignPlan { editions, next, feeds }
}

/// Which entries a campaign takes, by the ids of the site.
struct Filter<'a> {
    belongs: &'a Belongs,
    sections: Vec<SectionId>,
    tags: Vec<TermId>,
    launch: Option<TermId>,
    /// Days before the first in which a ceremony counts.
    before: i16,
}

impl<'a> Filter<'a> {
    fn of(site: &Site, campaign: &'a Campaign) -> Filter<'a> {
        let belongs = &campaign.belongs;
        let launch = campaign.launch.as_ref();
        Filter {
            belongs,
            sections: belongs.sections.iter().filter_map(|dir| site.section(&dir.value)).collect(),
            tags: belongs.tags.iter().filter_map(|tag| term(site, &tag.value)).collect(),
            launch: launch.and_then(|launch| term(site, &launch.tag.value)),
            before: launch.map_or(0, |launch| launch.before),
        }
    }

    /// What each edition has in a language.
    fn gather(&self, site: &Site, all: &[Edition], lists: &LangLists) -> Vec<EditionLists> {
        let mut found: Vec<EditionLists> = all.iter().map(|_| EditionLists::default()).collect();
        let mut opened: Vec<BTreeMap<TermId, (bool, Launched)>> =
            all.iter().map(|_| BTreeMap::new()).collect();
        for &id in &lists.all {
            let Some((first, last)) = span(site, id) else { continue };
            let (takes, opens) = (self.takes(site, id), self.opens(site, id));
            if !takes && !opens {
                continue;
            }
            let lead = jiff::Span::new().days(i64::from(self.before));
            for (at, edition) in all.iter().enumerate() {
                if takes && first <= edition.end && last >= edition.start {
                    found[at].entries.push((first.max(edition.start), id));
                }
                let from = edition.start.checked_sub(lead).unwrap_or(edition.start);
                if opens && (from..=edition.end).contains(&first) {
                    open(site, id, first, &mut opened[at]);
                }
            }
        }
        for (lists, opened) in found.iter_mut().zip(opened) {
            lists.entries.sort_by_key(|(day, _)| *day);
            lists.launches = opened.into_values().map(|(_, launched)| launched).collect();
        }
        found
    }

    fn takes(&self, site: &Site, id: EntryId) -> bool {
        let entry = &site.entries[id];
        let kind = entry.kind.name();
        let kinds = &self.belongs.kinds;
        let of_kind =
            if kinds.is_empty() { kind != "page" } else { kinds.iter().any(|of| of.value == kind) };
        let mut above = std::iter::successors(Some(entry.section), |&at| site.sections[at].parent);
        let in_section =
            self.belongs.sections.is_empty() || above.any(|at| self.sections.contains(&at));
        let tagged = self.belongs.tags.is_empty()
            || entry.terms[TAGS].iter().any(|tag| self.tags.contains(tag));
        of_kind && in_section && tagged
    }

    /// Whether it is a ceremony that took or takes place, or tells of one.
    fn opens(&self, site: &Site, id: EntryId) -> bool {
        let entry = &site.entries[id];
        let tagged = self.launch.is_some_and(|tag| entry.terms[TAGS].contains(&tag));
        let off = || {
            let fields = entry.variants[entry.original].iter().flat_map(|own| &own.fields);
            let mut status = fields.filter(|(key, _)| *key == "status");
            status.any(|(_, field)| {
                matches!(field.value, Field::Choice { value: "cancelled" | "postponed", .. })
            })
        };
        tagged && !off()
    }
}

/// A tag as `site.yaml` writes it: by id or by name.
fn term(site: &Site, written: &str) -> Option<TermId> {
    let folded = text::fold(written);
    let slug = text::slug(written);
    let is = |name: &str| text::fold(name) == folded;
    let terms = &site.taxonomies.get(TAGS)?.terms;
    terms.iter().position(|term| {
        let id = is(&term.id) || slug.as_ref() == Some(&term.id);
        id || term.name.0.iter().any(|(_, name)| is(name))
    })
}

/// First and last day on which an entry stands: an event's own, else its date.
pub fn span(site: &Site, id: EntryId) -> Option<(Date, Date)> {
    let entry = &site.entries[id];
    let first = entry.start.as_deref().or(entry.date.as_ref())?.day();
    let last = entry.start.as_deref().and(entry.end.as_deref()).map_or(first, |end| end.day());
    Some((first, last.max(first)))
}

/// Files a ceremony under its units: an event before a report, then the first.
fn open(site: &Site, id: EntryId, day: Date, opened: &mut BTreeMap<TermId, (bool, Launched)>) {
    let report = site.entries[id].start.is_none();
    for &unit in &site.entries[id].terms[UNITS] {
        let new = (report, Launched { unit, entry: id, day });
        let better = |old: &(bool, Launched)| (new.0, day) < (old.0, old.1.day);
        if opened.get(&unit).is_none_or(better) {
            opened.insert(unit, new);
        }
    }
}
