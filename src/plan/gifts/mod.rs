//! Contributions of all files as one table, with its totals by year, unit,
//! kind, area and donor, made once.
//!
//! Takes the linked site; gives [`Gifts`]. What a file names that the site
//! does not have is reported and not counted. Never rounds, never ranks.

mod cite;
mod names;
mod totals;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::diag::Diagnostics;
use crate::config::Texts;
use crate::link::{Site, TermId};

pub use cite::Chosen;
pub(in crate::plan) use names::Known;
pub use totals::{Sum, Totals};

/// All contributions of a site.
#[derive(Debug, Default)]
pub struct Gifts {
    /// By day, then by file and row.
    pub rows: Vec<Row>,
    pub kinds: Vec<Texts>,
    pub funds: Vec<Texts>,
    pub measures: Vec<String>,
    pub sources: Vec<String>,
    /// In the order of the alphabet of the site's first language.
    pub donors: Vec<String>,
    pub whole: Totals,
    pub years: BTreeMap<i16, Totals>,
    /// Figures to cite, in the order of their ids.
    pub figures: BTreeMap<String, Cited>,
}

/// One contribution; names are indices into the tables of [`Gifts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub day: Date,
    pub as_of: Option<Date>,
    pub unit: TermId,
    /// `None`: not to be named.
    pub donor: Option<usize>,
    pub kind: usize,
    pub fund: Option<usize>,
    /// A term of the places.
    pub area: Option<TermId>,
    pub dong: i64,
    pub measure: Option<usize>,
    /// Of the measure.
    pub thousandths: i64,
    pub source: Option<usize>,
    pub illustrative: bool,
}

/// A declared figure with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub label: Texts,
    /// In đồng, or in thousandths of the measure.
    pub value: i128,
    /// `None`: money.
    pub measure: Option<Texts>,
    pub sources: Vec<String>,
    pub as_of: Option<Date>,
    pub illustrative: bool,
    /// What it is added up from; `None` for one that is only stated.
    pub rows: Option<Chosen>,
}

/// By what a figure is broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakdown {
    Years,
    Months,
    Kinds,
    Units,
    Areas,
}

impl Breakdown {
    pub const NAMES: [&str; 5] = ["years", "months", "kinds", "units", "areas"];

    /// By its name in texts.
    pub fn named(name: &str) -> Option<Breakdown> {
        Some(match name {
            "years" => Breakdown::Years,
            "months" => Breakdown::Months,
            "kinds" => Breakdown::Kinds,
            "units" => Breakdown::Units,
            "areas" => Breakdown::Areas,
            _ => return None,
        })
    }
}

impl Gifts {
    /// Reads the data files of a site.
    pub fn of(site: &Site, diags: &mut Diagnostics) -> Gifts {
        let mut gifts = names::resolve(site, diags);
        gifts.rows.sort_by_key(|row| row.day);
        for row in &gifts.rows {
            gifts.years.entry(row.day.year()).or_default().add(row);
        }
        gifts.years.values().for_each(|year| gifts.whole.join(year));
        gifts.whole.roll_up(site);
        gifts.years.values_mut().for_each(|year| year.roll_up(site));
        gifts.figures = cite::figures(site, &gifts, diags);
        gifts
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The totals of some days, both ends included, without what follows the
    /// trees of units and places.
    pub fn between(&self, first: Date, last: Date) -> Totals {
        let mut totals = Totals::default();
        self.days(first, last).iter().for_each(|row| totals.add(row));
        totals
    }

    /// What some days come to, both ends included.
    pub fn sum_between(&self, first: Date, last: Date) -> Sum {
        let mut sum = Sum::default();
        self.days(first, last).iter().for_each(|row| sum.add(row));
        sum
    }

    /// The rows of some days, both ends included.
    pub fn days(&self, first: Date, last: Date) -> &[Row] {
        let from = self.rows.partition_point(|row| row.day < first);
        let to = self.rows.partition_point(|row| row.day <= last);
        self.rows.get(from..to).unwrap_or_default()
    }

    /// The totals of a year, or of all.
    pub fn totals(&self, year: Option<i16>) -> Option<&Totals> {
        match year {
            Some(year) => self.years.get(&year),
            None => Some(&self.whole),
        }
    }
}
