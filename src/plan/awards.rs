//! Awards by the year in which they were decided, and the units among those
//! whom they name.
//!
//! Takes the linked site and the lists of the plan; gives [`Awards`]. Never
//! ranks: within a year they stand by the day of their decision.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::LangLists;
use super::gifts::Known;
use crate::kinds::{Field, Fields};
use crate::link::{EntryId, LangId, Site, TermId, UNITS};

/// The awards of a site.
#[derive(Debug, Default)]
pub struct Awards {
    /// Per language and year, the earliest decision first.
    years: Vec<BTreeMap<i16, Vec<EntryId>>>,
    /// Units by what awards call them.
    by_name: FxHashMap<String, TermId>,
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
        Awards { years: lists.iter().map(of_lang).collect(), by_name: units(site, &ids) }
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
        self.by_name.get(recipient).copied()
    }
}

impl Awards {
    /// The units of an entry: those that it names and, of an award, those among
    /// its recipients.
    pub fn units<'s>(&self, site: &'s Site, id: EntryId) -> Cow<'s, [TermId]> {
        let entry = &site.entries[id];
        let named = &entry.terms[UNITS];
        if entry.kind.name() != "award" {
            return Cow::Borrowed(named);
        }
        let mut units = named.to_vec();
        let names = entry.variants.iter().flatten().flat_map(|of| recipients(&of.fields));
        for unit in names.filter_map(|name| self.unit(name)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        Cow::Owned(units)
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
