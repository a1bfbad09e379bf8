//! The roll of awards: a page that leads to the years, and one for each year
//! with its awards by level.

use super::{Extra, Feature, Spot, base};
use crate::emit::Class;
use crate::link::{LangId, Site};
use crate::plan::Plan;

/// A page of the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Awards {
    Main,
    Year(i16),
}

pub(super) const FEATURE: Feature =
    Feature { name: "awards", template: "awards.html", leads: true, spots, check: |_, _| {} };

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let base = base(site, "awards", lang);
    let mut years = plan.awards.years(lang).peekable();
    let main = years.peek().is_some().then(|| (Awards::Main, base.clone()));
    let years = years.map(|(year, _)| (Awards::Year(year), format!("{base}{year:04}/")));
    let pages = main.into_iter().chain(years);
    pages.map(|(of, path)| Spot { extra: Extra::Awards(of), path, class: Class::List }).collect()
}
