//! Awards by the year in which they were decided, and the units among those
//! whom they name.
//!
//! Takes the linked site and the lists of the plan; gives [`Awards`]. Never
//! ranks: within a year they stand by the day of their decision.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::LangLists;
use super::gifts::Known;
use crate::kinds::{Field, Fields};
use crate::link::{EntryId, LangId, Site, TermId};

/// The awards of a site.
#[derive(Debug, Default)]
pub struct Awards {
    /// Per language and year, the earliest decision first.
    years: Vec<BTreeMap<i16, Vec<EntryId>>>,
    /// Units by what awards call them.
    units: FxHashMap<String, TermId>,
}

impl Awards {
    pub(super) fn of(site: &Site, lists: &[LangLists]) -> Awards {
        let ids: Vec<EntryId> =
            (0..site.entries.len()).filter(|&id| site.entries[id].kind.name() == "award").collect();
        if ids.is_empty() {
            return Awards::default();
        }
        let of_lang = |lists: &LangLists| {
            let mut years: BTreeMap<i16, Vec<EntryId>> = BTreeMap::new();
            for &id in ids.iter().filter(|&&id| lists.member[id]) {
                if let Some(day) = decided(site, id) {
                    years.entry(day.year()).or_default().push(id);
                }
            }
            for ids in years.values_mut() {
                ids.sort_by_key(|&id| (decided(site, id), id));
            }
            years
        };
        Awards { years: lists.iter().map(of_lang).collect(), units: units(site, &ids) }
    }

    /// The years that have any in a language, with their awards.
    pub fn years(&self, lang: LangId) -> impl DoubleEndedIterator<Item = (i16, &[EntryId])> {
        let years = self.years.get(lang).into_iter().flatten();
        years.map(|(year, ids)| (*year, ids.as_slice()))
    }

    /// The awards of a year, the earliest decision first.
    pub fn year(&self, year: i16, lang: LangId) -> &[EntryId] {
        self.years.get(lang).and_then(|years| years.get(&year)).map_or(&[][..], Vec::as_slice)
    }

    /// The unit that a recipient is, if it is one.
    pub fn unit(&self, recipient: &str) -> Option<TermId> {
        self.units.get(recipient).copied()
    }
}

/// When an award was decided, else when it was told of.
pub fn decided(site: &Site, id: EntryId) -> Option<jiff::civil::Date> {
    let entry = &site.entries[id];
    let fields = entry.variants[entry.original].as_ref().map(|variant| &variant.fields);
    let found = fields.into_iter().flatten().find(|(key, _)| *key == "decided");
    match found.map(|(_, field)| &field.value) {
        Some(Field::Moment(moment)) => Some(moment.day()),
        _ => entry.date.as_ref().map(|date| date.day()),
    }
}

/// Whom an award names, as written.
pub fn recipients(fields: &Fields) -> &[String] {
    match fields.iter().find(|(key, _)| *key == "recipients").map(|(_, field)| &field.value) {
        Some(Field::Texts(names)) => names,
        _ => &[],
    }
}

fn units(site: &Site, ids: &[EntryId]) -> FxHashMap<String, TermId> {
    let known = Known::of(site);
    let variants = ids.iter().flat_map(|&id| site.entries[id].variants.iter().flatten());
    let names = variants.flat_map(|variant| recipients(&variant.fields));
    names.filter_map(|name| Some((name.clone(), known.named(name)?))).collect()
}
