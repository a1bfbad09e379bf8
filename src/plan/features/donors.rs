//! The roll of donors: a page that leads to the years, and each year's names in
//! the order of the alphabet, so many a page.

use super::{Extra, Feature, Spot, base};
use crate::emit::Class;
use crate::link::{LangId, Site, taxonomy_path};
use crate::plan::Plan;

/// Names on a page.
pub const PER_PAGE: usize = 200;

/// A page of the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Donors {
    Main,
    /// Pages count from 1.
    Year {
        year: i16,
        page: usize,
    },
}

impl Donors {
    pub(super) fn is_listed(self) -> bool {
        matches!(self, Donors::Main | Donors::Year { page: 1, .. })
    }
}

pub(super) const FEATURE: Feature =
    Feature { name: "donors", template: "donors.html", leads: true, spots, check: |_, _| {} };

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    if plan.gifts.is_empty() {
        return Vec::new();
    }
    let base = base(site, "donors", lang);
    let segment = taxonomy_path(site, "page", lang);
    let spot =
        |page: Donors, path: String| Spot { extra: Extra::Donors(page), path, class: Class::List };
    let mut spots = vec![spot(Donors::Main, base.clone())];
    for (&year, totals) in &plan.gifts.years {
        for page in 1..=pages(totals.donors.len()) {
            let path = match page {
                1 => format!("{base}{year:04}/"),
                _ => format!("{base}{year:04}/{segment}/{page}/"),
            };
            spots.push(spot(Donors::Year { year, page }, path));
        }
    }
    spots
}

/// How many pages so many names take; a year without names has one too.
pub fn pages(names: usize) -> usize {
    names.div_ceil(PER_PAGE).max(1)
}
