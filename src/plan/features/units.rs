//! Lists that a unit's page is too short for: all of its entries of one kind,
//! and all entries of the units below it.

use super::{Extra, Feature, Spot};
use crate::emit::Class;
use crate::kinds::kind;
use crate::link::{EntryId, LangId, Site, TermId, UNITS, taxonomy_path};
use crate::plan::units::TEMPLATE;
use crate::plan::{Part, Plan, numbered, segments};
use crate::text;

/// How many entries of a kind, and of those below, stand on a unit's page.
pub const SHOWN: usize = 6;

/// A page of a unit's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnitList {
    pub unit: TermId,
    /// The kind of its own entries; `None`: those of the units below it.
    pub kind: Option<&'static str>,
    pub part: Part,
}

pub(super) const FEATURE: Feature =
    Feature { name: "unit_lists", template: TEMPLATE, leads: false, spots, check: |_, _| {} };

/// The entries of the whole list, oldest first.
pub fn entries(plan: &Plan, of: UnitList, lang: LangId) -> &[EntryId] {
    let Some(lists) = plan.units.lists(lang) else { return &[] };
    let list = match of.kind {
        Some(kind) => lists.own.get(of.unit).and_then(|own| own.get(kind)),
        None => lists.below.get(of.unit),
    };
    list.map_or(&[][..], Vec::as_slice)
}

/// Path of the list's landing page below the base:
/// `don-vi/xa-a/guong-sang/`.
pub fn path(site: &Site, of: UnitList, lang: LangId) -> String {
    let base = segments::term(site, UNITS, of.unit, lang);
    let segment = match of.kind.and_then(kind) {
        Some(kind) => {
            let language = &site.config.languages[lang];
            let data = language.data_locale.as_ref().unwrap_or(&language.tag);
            let (vi, en) = kind.label();
            let label = if data.split('-').next() == Some("vi") { vi } else { en };
            text::slug(label).unwrap_or_else(|| kind.name().to_owned())
        }
        None => taxonomy_path(site, "below", lang),
    };
    format!("{base}{segment}/")
}

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let mut spots = Vec::new();
    let Some(lists) = plan.units.lists(lang) else { return spots };
    for (unit, own) in lists.own.iter().enumerate() {
        let below = (None, lists.below[unit].len());
        let kinds = own.iter().map(|(kind, ids)| (Some(*kind), ids.len()));
        for (kind, total) in kinds.chain([below]).filter(|(_, total)| *total > SHOWN) {
            let base = path(site, UnitList { unit, kind, part: Part::Landing }, lang);
            let numbers = 1..=numbered(total, site.config.pagination).pages;
            let parts = std::iter::once(Part::Landing).chain(numbers.map(Part::Number));
            spots.extend(parts.map(|part| Spot {
                extra: Extra::UnitList(UnitList { unit, kind, part }),
                path: segments::part(site, &base, part, lang),
                class: Class::List,
            }));
        }
    }
    spots
}
