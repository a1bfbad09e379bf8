//! Calendars to subscribe to, and a file for each event: of the whole site, of
//! sections of events, of units, of a campaign's years.

use std::borrow::Cow;

use super::{Extra, Feature, Spot};
use crate::emit::Class;
use crate::link::{EntryId, LangId, SectionId, Site, TermId, UNITS};
use crate::plan::{Plan, segments};

/// Whose events a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Calendar {
    Site,
    Section(SectionId),
    Unit(TermId),
    /// The days of a campaign, by its place in `site.yaml`, in one year.
    Campaign(usize, i16),
    /// Festivals, anniversaries and deadlines of `calendar.yaml`.
    Occasions,
    /// This one, to be put into a reader's own calendar.
    Event(EntryId),
}

/// A calendar holds at most this many events, the latest ones.
const LIMIT: usize = 500;

// Every theme has this template: calendars are for other programs to draw.
pub(super) const FEATURE: Feature =
    Feature { name: "subscriptions", template: "404.html", leads: false, spots, check: |_, _| {} };

/// The events of a calendar, by their start.
pub fn events(site: &Site, plan: &Plan, of: Calendar, lang: LangId) -> Vec<EntryId> {
    let lists = &plan.lists[lang];
    let ids: Cow<'_, [EntryId]> = match of {
        Calendar::Site => (&lists.all).into(),
        Calendar::Section(section) => (&lists.sections[section]).into(),
        Calendar::Unit(unit) => (&lists.terms[UNITS][unit]).into(),
        Calendar::Campaign(at, year) => {
            let held = plan.campaigns.edition(at, year).and_then(|held| held.langs.get(lang));
            let entries = held.map_or(&[][..], |held| &held.entries);
            entries.iter().map(|(_, id)| *id).collect()
        }
        Calendar::Event(id) => return vec![id],
        Calendar::Occasions => return Vec::new(),
    };
    let mut events: Vec<EntryId> = ids.iter().copied().filter(|&id| is_event(site, id)).collect();
    events.sort_by_key(|&id| (site.entries[id].start.as_ref().map(|start| start.instant), id));
    events.drain(..events.len().saturating_sub(LIMIT));
    events
}

/// Whether a calendar shows it.
pub(super) fn is_event(site: &Site, id: EntryId) -> bool {
    let entry = &site.entries[id];
    entry.kind.name() == "event" && entry.start.is_some() && entry.date.is_some()
}

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let lists = &plan.lists[lang];
    if !site.config.feeds.calendars || !lists.all.iter().any(|&id| is_event(site, id)) {
        return Vec::new();
    }
    let any = |ids: &[EntryId]| ids.iter().any(|&id| is_event(site, id));
    let spot = |of: Calendar, base: &str| {
        let name = if matches!(of, Calendar::Event(_)) { "event.ics" } else { "calendar.ics" };
        Spot { extra: Extra::Calendar(of), path: format!("{base}{name}"), class: Class::Feed }
    };
    let mut spots = vec![spot(Calendar::Site, &segments::home(site, lang))];
    for (id, section) in site.sections.iter().enumerate().skip(1) {
        if section.kind.name() == "event" && any(&lists.sections[id]) {
            spots.push(spot(Calendar::Section(id), &section.paths[lang]));
        }
    }
    for (unit, _) in lists.terms[UNITS].iter().enumerate().filter(|(_, ids)| any(ids)) {
        spots.push(spot(Calendar::Unit(unit), &segments::term(site, UNITS, unit, lang)));
    }
    for &id in lists.all.iter().filter(|&&id| is_event(site, id)) {
        spots.extend(site.entry_path(id, lang).map(|path| spot(Calendar::Event(id), &path)));
    }
    spots
}
