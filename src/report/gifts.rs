//! Contributions of the span, row by row and added up.

use std::collections::BTreeMap;

use super::count::is_below;
use super::{Cell, Scope, Table};
use crate::base::diag::Tongue;
use crate::link::{PLACES, Site, UNITS};
use crate::plan::Plan;
use crate::plan::gifts::{Row, Sum, Totals};
use crate::text::number::{Decimal, NumberStyle};

/// The contributions of a scope.
pub(super) struct Giving<'a> {
    site: &'a Site,
    plan: &'a Plan,
    tongue: Tongue,
    rows: Vec<&'a Row>,
    totals: Totals,
}

impl<'a> Giving<'a> {
    pub fn of(site: &'a Site, plan: &'a Plan, scope: Scope, tongue: Tongue) -> Giving<'a> {
        let wanted = |row: &&Row| {
            (scope.from..=scope.to).contains(&row.day)
                && scope.unit.is_none_or(|unit| is_below(site, row.unit, unit))
        };
        let rows: Vec<&Row> = plan.gifts.rows.iter().filter(wanted).collect();
        let mut totals = Totals::default();
        rows.iter().for_each(|row| totals.add(row));
        Giving { site, plan, tongue, rows, totals }
    }

    fn say(&self, vi: &'static str, en: &'static str) -> &'static str {
        if self.tongue == Tongue::Vi { vi } else { en }
    }

    fn heads(&self, heads: &[(&'static str, &'static str)]) -> Vec<String> {
        heads.iter().map(|(vi, en)| self.say(vi, en).to_owned()).collect()
    }

    /// For the summary: how many, and how much in đồng; nothing where a site
    /// has no tables of contributions.
    pub fn summary(&self) -> Vec<(&'static str, Cell)> {
        if self.plan.gifts.is_empty() {
            return Vec::new();
        }
        vec![
            (self.say("Lượt đóng góp", "Contributions"), Cell::count(self.rows.len())),
            (self.say("Giá trị đóng góp (đồng)", "Contributed (dong)"), dong(self.totals.sum.dong)),
        ]
    }

    pub fn tables(&self) -> Vec<Table> {
        if self.plan.gifts.is_empty() {
            return Vec::new();
        }
        let gifts = &self.plan.gifts;
        let tag = &self.site.langs[0].tag;
        let kind = |kind: &usize| {
            gifts.kinds.get(*kind).and_then(|kind| kind.get(tag)).unwrap_or_default().to_owned()
        };
        let unit = |unit: &usize| self.site.taxonomies[UNITS].terms[*unit].display(tag).to_owned();
        vec![
            self.sums(
                "contributions_kinds",
                self.say("Đóng góp theo loại", "Contributions by kind"),
                self.say("Loại", "Kind"),
                self.totals.kinds.iter().map(|(of, sum)| (kind(of), sum)).collect(),
            ),
            self.sums(
                "contributions_units",
                self.say("Đóng góp theo đơn vị", "Contributions by unit"),
                self.say("Đơn vị", "Unit"),
                self.by_name(self.totals.units.iter().map(|(of, sum)| (unit(of), sum)).collect()),
            ),
            self.sums(
                "contributions_months",
                self.say("Đóng góp theo tháng", "Contributions by month"),
                self.say("Tháng", "Month"),
                self.months().iter().map(|(month, sum)| (month.clone(), sum)).collect(),
            ),
            self.list(),
        ]
    }

    fn by_name<'s>(&self, mut rows: Vec<(String, &'s Sum)>) -> Vec<(String, &'s Sum)> {
        let collator = self.site.langs[0].locale.collator();
        rows.sort_by_cached_key(|(name, _)| collator.key(name));
        rows
    }

    fn months(&self) -> BTreeMap<String, Sum> {
        let mut months: BTreeMap<String, Sum> = BTreeMap::new();
        for row in &self.rows {
            months.entry(row.day.strftime("%Y-%m").to_string()).or_default().add(row);
        }
        months
    }

    /// Sums, and their total as the last row.
    fn sums(
        &self,
        id: &'static str,
        name: &'static str,
        first: &str,
        sums: Vec<(String, &Sum)>,
    ) -> Table {
        let total = (self.say("Cộng", "Total").to_owned(), &self.totals.sum);
        let things = |sum: &Sum| {
            let thing = |(measure, thousandths): (&usize, &i128)| {
                let number = Decimal::new(*thousandths, 3).format(NumberStyle::VI);
                let measure = self.plan.gifts.measures.get(*measure).map_or("", String::as_str);
                format!("{number} {measure}")
            };
            sum.things.iter().map(thing).collect::<Vec<_>>().join("; ")
        };
        let row = |(name, sum): (String, &Sum)| {
            let cells = [Cell::Text(name), Cell::count(sum.count), dong(sum.dong)];
            cells.into_iter().chain([Cell::text(&things(sum))]).collect()
        };
        let mut columns = vec![first.to_owned()];
        columns.extend(self.heads(&[
            ("Lượt", "Count"),
            ("Giá trị (đồng)", "Value (dong)"),
            ("Hiện vật", "In kind"),
        ]));
        Table { id, name, columns, rows: sums.into_iter().chain([total]).map(row).collect() }
    }

    fn list(&self) -> Table {
        let gifts = &self.plan.gifts;
        let tag = &self.site.langs[0].tag;
        let term = |taxonomy: usize, term: usize| {
            Cell::text(self.site.taxonomies[taxonomy].terms[term].display(tag))
        };
        let text = |list: &[String], at: Option<usize>| {
            Cell::text(at.and_then(|at| list.get(at)).map_or("", String::as_str))
        };
        let named = |list: &[crate::yaml::Texts], at: Option<usize>| {
            Cell::text(at.and_then(|at| list.get(at)?.get(tag)).unwrap_or_default())
        };
        let row = |row: &&Row| {
            let unnamed = self.say("không nêu tên", "not named");
            let note = if row.illustrative { self.say("minh họa", "illustrative") } else { "" };
            vec![
                Cell::Day(row.day),
                term(UNITS, row.unit),
                row.donor.map_or_else(|| Cell::text(unnamed), |_| text(&gifts.donors, row.donor)),
                named(&gifts.kinds, Some(row.kind)),
                named(&gifts.funds, row.fund),
                row.area.map_or(Cell::Empty, |area| term(PLACES, area)),
                if row.dong == 0 { Cell::Empty } else { Cell::Number(row.dong) },
                quantity(row),
                text(&gifts.measures, row.measure),
                text(&gifts.sources, row.source),
                row.as_of.map_or(Cell::Empty, Cell::Day),
                Cell::text(note),
            ]
        };
        Table {
            id: "contributions",
            name: self.say("Từng lượt đóng góp", "Each contribution"),
            columns: self.heads(&[
                ("Ngày", "Day"),
                ("Đơn vị", "Unit"),
                ("Nhà tài trợ", "Donor"),
                ("Loại", "Kind"),
                ("Quỹ", "Fund"),
                ("Địa bàn", "Area"),
                ("Giá trị (đồng)", "Value (dong)"),
                ("Số lượng", "Quantity"),
                ("Đơn vị tính", "Measure"),
                ("Nguồn", "Source"),
                ("Đến ngày", "As of"),
                ("Ghi chú", "Note"),
            ]),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// A number where it is whole, else text.
fn quantity(row: &Row) -> Cell {
    match row.thousandths {
        0 => Cell::Empty,
        whole if whole % 1000 == 0 => Cell::Number(whole / 1000),
        parts => Cell::Text(Decimal::new(i128::from(parts), 3).format(NumberStyle::VI)),
    }
}

/// A number where a cell can hold it, else its digits.
fn dong(dong: i128) -> Cell {
    i64::try_from(dong).map_or_else(|_| Cell::Text(dong.to_string()), Cell::Number)
}
