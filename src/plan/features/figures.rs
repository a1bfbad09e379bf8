//! Totals of contributions: one page for all years and one for each.

use super::{Extra, Feature, Spot, base};
use crate::emit::Class;
use crate::link::{LangId, Site};
use crate::plan::Plan;

pub(super) const FEATURE: Feature =
    Feature { name: "figures", template: "figures.html", leads: true, spots, check: |_, _| {} };

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    if plan.gifts.is_empty() {
        return Vec::new();
    }
    let base = base(site, "figures", lang);
    let years = plan.gifts.years.keys().map(|year| (Some(*year), format!("{base}{year:04}/")));
    let pages = std::iter::once((None, base.clone())).chain(years);
    pages
        .map(|(year, path)| Spot { extra: Extra::Figures(year), path, class: Class::List })
        .collect()
}
