//! Sums of contributions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Row;
use crate::link::{PLACES, Site, TermId, UNITS};

/// What some contributions come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many rows.
    pub count: usize,
    pub dong: i128,
    /// Thousandths by measure.
    pub things: BTreeMap<usize, i128>,
}

impl Sum {
    pub fn add(&mut self, row: &Row) {
        self.count += 1;
        self.dong += i128::from(row.dong);
        if let Some(measure) = row.measure {
            *self.things.entry(measure).or_default() += i128::from(row.thousandths);
        }
    }

    pub fn join(&mut self, other: &Sum) {
        self.count += other.count;
        self.dong += other.dong;
        for (measure, thousandths) in &other.things {
            *self.things.entry(*measure).or_default() += thousandths;
        }
    }
}

/// Sums of some rows, by each thing that a row says. The sums of every table
/// but [`Totals::below`] add up to [`Totals::sum`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub sum: Sum,
    pub months: BTreeMap<i8, Sum>,
    pub kinds: BTreeMap<usize, Sum>,
    pub funds: BTreeMap<Option<usize>, Sum>,
    /// Of the unit alone.
    pub units: BTreeMap<TermId, Sum>,
    /// Of the unit and all below it, for each that has any.
    pub below: BTreeMap<TermId, Sum>,
    /// Places as rows name them.
    pub areas: BTreeMap<Option<TermId>, Sum>,
    /// Provinces; `None` for rows that name no place.
    pub provinces: BTreeMap<Option<TermId>, Sum>,
    /// In the order of the alphabet.
    pub donors: BTreeMap<usize, Sum>,
    /// Of those who are not to be named.
    pub unnamed: Sum,
    pub sources: BTreeSet<usize>,
    /// The last day up to which a row counts.
    pub as_of: Option<Date>,
    /// Whether any row is invented.
    pub illustrative: bool,
}

impl Totals {
    pub fn add(&mut self, row: &Row) {
        self.sum.add(row);
        self.months.entry(row.day.month()).or_default().add(row);
        self.kinds.entry(row.kind).or_default().add(row);
        self.funds.entry(row.fund).or_default().add(row);
        self.units.entry(row.unit).or_default().add(row);
        self.areas.entry(row.area).or_default().add(row);
        match row.donor {
            Some(donor) => self.donors.entry(donor).or_default().add(row),
            None => self.unnamed.add(row),
        }
        self.sources.extend(row.source);
        self.as_of = self.as_of.max(row.as_of);
        self.illustrative |= row.illustrative;
    }

    /// Adds the rows of others, but for what follows the trees of units and
    /// places.
    pub(in crate::plan) fn join(&mut self, other: &Totals) {
        fn all<K: Ord + Copy>(own: &mut BTreeMap<K, Sum>, others: &BTreeMap<K, Sum>) {
            others.iter().for_each(|(key, sum)| own.entry(*key).or_default().join(sum));
        }
        self.sum.join(&other.sum);
        self.unnamed.join(&other.unnamed);
        all(&mut self.months, &other.months);
        all(&mut self.kinds, &other.kinds);
        all(&mut self.funds, &other.funds);
        all(&mut self.units, &other.units);
        all(&mut self.areas, &other.areas);
        all(&mut self.donors, &other.donors);
        self.sources.extend(&other.sources);
        self.as_of = self.as_of.max(other.as_of);
        self.illustrative |= other.illustrative;
    }

    /// Fills the tables that follow the trees of units and places.
    pub(in crate::plan) fn roll_up(&mut self, site: &Site) {
        for (unit, sum) in &self.units {
            for above in site.taxonomies[UNITS].line(*unit) {
                self.below.entry(above).or_default().join(sum);
            }
        }
        for (area, sum) in &self.areas {
            let province = area.and_then(|area| site.taxonomies[PLACES].line(area).last().copied());
            self.provinces.entry(province).or_default().join(sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = Row> {
        let optional = || proptest::option::of(0usize..5);
        let names = (0usize..6, optional(), 0usize..4, optional(), optional(), optional());
        (0i64..2000, names, any::<u32>(), 0i64..9_999_999).prop_map(
            |(day, (unit, donor, kind, fund, area, measure), dong, thousandths)| {
                let first = Date::constant(2023, 6, 1);
                Row {
                    day: first.saturating_add(jiff::Span::new().days(day)),
                    as_of: None,
                    unit,
                    donor,
                    kind,
                    fund,
                    area,
                    dong: i64::from(dong) * 1_000_000_007,
                    measure,
                    thousandths: if measure.is_some() { thousandths } else { 0 },
                    source: None,
                    illustrative: false,
                }
            },
        )
    }

    fn all<'s>(sums: impl Iterator<Item = &'s Sum>) -> Sum {
        let mut whole = Sum::default();
        sums.for_each(|sum| whole.join(sum));
        whole
    }

    proptest! {
        #[test]
        fn every_table_adds_up_to_the_whole(rows in proptest::collection::vec(row(), 0..60)) {
            let mut whole = Totals::default();
            let mut years: BTreeMap<i16, Totals> = BTreeMap::new();
            for row in &rows {
                whole.add(row);
                years.entry(row.day.year()).or_default().add(row);
            }
            let mut joined = Totals::default();
            years.values().for_each(|year| joined.join(year));
            prop_assert_eq!(&joined, &whole);
            let sum = &whole.sum;
            prop_assert_eq!(sum.dong, rows.iter().map(|row| i128::from(row.dong)).sum::<i128>());
            prop_assert_eq!(&all(years.values().map(|year| &year.sum)), sum);
            prop_assert_eq!(&all(whole.kinds.values()), sum);
            prop_assert_eq!(&all(whole.units.values()), sum);
            prop_assert_eq!(&all(whole.areas.values()), sum);
            prop_assert_eq!(&all(whole.funds.values()), sum);
            prop_assert_eq!(&all(whole.months.values()), sum);
            prop_assert_eq!(&all(whole.donors.values().chain([&whole.unnamed])), sum);
            for year in years.values() {
                prop_assert_eq!(&all(year.units.values()), &year.sum);
            }
        }
    }
}
