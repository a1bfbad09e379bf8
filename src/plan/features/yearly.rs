//! What each year came to: a page for all years, one for each, and beside it
//! the same figures for other programs.

use super::{Extra, Feature, Spot, base};
use crate::emit::Class;
use crate::link::{LangId, Site};
use crate::plan::Plan;

/// A page or a file of the yearly report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Yearly {
    Main,
    Year(i16),
    File(i16, Form),
}

/// How other programs are given a year's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    Csv,
    Json,
}

impl Form {
    pub const ALL: [Form; 2] = [Form::Csv, Form::Json];

    /// The last part of the file's path.
    pub fn name(self) -> &'static str {
        match self {
            Form::Csv => "report.csv",
            Form::Json => "report.json",
        }
    }
}

impl Yearly {
    pub(super) fn is_listed(self) -> bool {
        !matches!(self, Yearly::File(..))
    }
}

pub(super) const FEATURE: Feature = Feature {
    name: "yearly_report",
    template: "yearly.html",
    leads: true,
    spots,
    check: |_, _| {},
};

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    if plan.years.is_empty() {
        return Vec::new();
    }
    let base = base(site, "yearly_report", lang);
    let spot = |of, path, class| Spot { extra: Extra::Yearly(of), path, class };
    let mut spots = vec![spot(Yearly::Main, base.clone(), Class::List)];
    for (year, _) in plan.years.all() {
        let path = format!("{base}{year:04}/");
        for form in Form::ALL {
            let file = format!("{path}{}", form.name());
            spots.push(spot(Yearly::File(year, form), file, Class::Other));
        }
        spots.push(spot(Yearly::Year(year), path, Class::List));
    }
    spots
}
