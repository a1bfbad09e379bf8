//! The column's pages: one for itself, one for each year and month, and one for
//! each day that is filled and each week in which something is. An empty day
//! has no page, so that nothing leads nowhere.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Extra, Feature, Spot, base};
use crate::emit::Class;
use crate::link::{LangId, Site, taxonomy_path};
use crate::plan::column::Slot;
use crate::plan::{Plan, feed_name};

/// A page of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Main,
    Year(i16),
    /// By its first day.
    Month(Date),
    Day(Date),
    /// By its Monday.
    Week(Date),
}

/// A feed of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnFeed {
    /// An item for each entry.
    Each,
    /// An item for each week that is over.
    Weekly,
}

impl Column {
    /// A sitemap lists the ways in; entries stand there themselves.
    pub(super) fn is_listed(self) -> bool {
        matches!(self, Column::Main | Column::Year(_))
    }

    /// Path below the column's own: `2026/11/23/`, `2026/w48/`.
    fn path(self) -> String {
        match self {
            Column::Main => String::new(),
            Column::Year(year) => format!("{year:04}/"),
            Column::Month(day) => day.strftime("%Y/%m/").to_string(),
            Column::Day(day) => day.strftime("%Y/%m/%d/").to_string(),
            Column::Week(day) => {
                let label = Slot::Week.label(day).to_lowercase();
                format!("{}/", label.replace('-', "/"))
            }
        }
    }
}

/// Path of a week's page, by its Monday.
pub(in crate::plan) fn week_path(site: &Site, monday: Date, lang: LangId) -> String {
    format!("{}{}", base(site, "column", lang), Column::Week(monday).path())
}

pub(super) const FEATURE: Feature =
    Feature { name: "column", template: "column.html", leads: true, spots, check: |_, _| {} };

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let Some(filled) = plan.columns.get(lang) else { return Vec::new() };
    let days = filled.days.keys();
    let months: BTreeSet<Date> = days.clone().map(|day| day.first_of_month()).collect();
    let years: BTreeSet<i16> = days.clone().map(|day| day.year()).collect();
    let pages = std::iter::once(Column::Main)
        .chain(years.into_iter().map(Column::Year))
        .chain(months.into_iter().map(Column::Month))
        .chain(days.copied().map(Column::Day))
        .chain(filled.all_weeks().into_iter().map(Column::Week));
    if filled.all.is_empty() {
        return Vec::new();
    }
    let base = base(site, "column", lang);
    let spot = |page: Column| Spot {
        extra: Extra::Column(page),
        path: format!("{base}{}", page.path()),
        class: Class::List,
    };
    let mut spots: Vec<Spot> = pages.map(spot).collect();
    for (of, base) in [
        (ColumnFeed::Each, base.clone()),
        (ColumnFeed::Weekly, format!("{base}{}/", taxonomy_path(site, "weekly", lang))),
    ] {
        spots.extend(site.config.feeds.formats.iter().map(|&format| Spot {
            extra: Extra::ColumnFeed { of, format },
            path: format!("{base}{}", feed_name(format)),
            class: Class::Feed,
        }));
    }
    spots
}
