//! Contributions of the span, row by row and added up.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::count::Count;
use super::{Cell, Table};
use crate::link::{PLACES, UNITS};
use crate::plan::gifts::{Row, Sum, Totals};
use crate::plan::tally::{given, is_below};
use crate::text::number::{Decimal, NumberStyle};

/// The contributions of a scope.
pub(super) struct Giving<'a> {
    count: &'a Count<'a>,
    rows: Vec<&'a Row>,
    totals: Cow<'a, Totals>,
}

impl<'a> Giving<'a> {
    pub fn of(count: &'a Count<'a>) -> Giving<'a> {
        let scope = count.scope;
        let wanted =
            |row: &&Row| scope.unit.is_none_or(|unit| is_below(count.site, row.unit, unit));
        let rows = count.plan.gifts.days(scope.from, scope.to).iter().filter(wanted).collect();
        let totals = given(count.site, count.plan, scope);
        Giving { count, rows, totals }
    }

    /// For the summary: how many, and how much in đồng; nothing where a site
    /// has no tables of contributions.
    pub fn summary(&self) -> Vec<(&'static str, Cell)> {
        if self.count.plan.gifts.is_empty() {
            return Vec::new();
        }
        vec![
            (self.count.say("Lượt đóng góp", "Contributions"), Cell::count(self.rows.len())),
            (
                self.count.say("Giá trị đóng góp (đồng)", "Contributed (dong)"),
                dong(self.totals.sum.dong),
            ),
        ]
    }

    pub fn tables(&self) -> Vec<Table> {
        if self.count.plan.gifts.is_empty() {
            return Vec::new();
        }
        let gifts = &self.count.plan.gifts;
        let tag = &self.count.site.langs[0].tag;
        let kind = |kind: &usize| {
            gifts.kinds.get(*kind).and_then(|kind| kind.get(tag)).unwrap_or_default().to_owned()
        };
        let unit =
            |unit: &usize| self.count.site.taxonomies[UNITS].terms[*unit].display(tag).to_owned();
        vec![
            self.sums(
                "contributions_kinds",
                self.count.say("Đóng góp theo loại", "Contributions by kind"),
                self.count.say("Loại", "Kind"),
                self.totals.kinds.iter().map(|(of, sum)| (kind(of), sum)).collect(),
            ),
            self.sums(
                "contributions_units",
                self.count.say("Đóng góp theo đơn vị", "Contributions by unit"),
                self.count.say("Đơn vị", "Unit"),
                self.by_name(self.totals.units.iter().map(|(of, sum)| (unit(of), sum)).collect()),
            ),
            self.sums(
                "contributions_areas",
                self.count.say("Đóng góp theo tỉnh, thành phố", "Contributions by province"),
                self.count.say("Tỉnh, thành phố", "Province"),
                self.provinces(),
            ),
            self.sums(
                "contributions_months",
                self.count.say("Đóng góp theo tháng", "Contributions by month"),
                self.count.say("Tháng", "Month"),
                self.months().iter().map(|(month, sum)| (month.clone(), sum)).collect(),
            ),
        ]
    }

    fn by_name<'s>(&self, mut rows: Vec<(String, &'s Sum)>) -> Vec<(String, &'s Sum)> {
        let collator = self.count.site.langs[0].locale.collator();
        rows.sort_by_cached_key(|(name, _)| collator.key(name));
        rows
    }

    /// By name; rows that name no place stand last.
    fn provinces(&self) -> Vec<(String, &Sum)> {
        let tag = &self.count.site.langs[0].tag;
        let terms = &self.count.site.taxonomies[PLACES].terms;
        let named = self.totals.provinces.iter();
        let named =
            named.filter_map(|(area, sum)| Some((terms[(*area)?].display(tag).to_owned(), sum)));
        let mut rows = self.by_name(named.collect());
        let unsaid = self.totals.provinces.get(&None);
        rows.extend(unsaid.map(|sum| (self.count.words.string("figures_unsaid").to_owned(), sum)));
        rows
    }

    fn months(&self) -> BTreeMap<String, Sum> {
        let mut months: BTreeMap<(i16, i8), Sum> = BTreeMap::new();
        for row in &self.rows {
            months.entry((row.day.year(), row.day.month())).or_default().add(row);
        }
        let named = |((year, month), sum)| (format!("{year:04}-{month:02}"), sum);
        months.into_iter().map(named).collect()
    }

    /// Sums, and their total as the last row.
    fn sums(
        &self,
        id: &'static str,
        name: &'static str,
        first: &str,
        sums: Vec<(String, &Sum)>,
    ) -> Table {
        let total = (self.count.say("Cộng", "Total").to_owned(), &self.totals.sum);
        let things = |sum: &Sum| {
            let thing = |(measure, thousandths): (&usize, &i128)| {
                let number = Decimal::new(*thousandths, 3).format(NumberStyle::VI);
                let measure =
                    self.count.plan.gifts.measures.get(*measure).map_or("", String::as_str);
                format!("{number} {measure}")
            };
            sum.things.iter().map(thing).collect::<Vec<_>>().join("; ")
        };
        let row = |(name, sum): (String, &Sum)| {
            let cells = [Cell::Text(name), Cell::count(sum.count), dong(sum.dong)];
            cells.into_iter().chain([Cell::text(&things(sum))]).collect()
        };
        let mut columns = vec![first.to_owned()];
        columns.extend(self.count.heads(&[
            ("Lượt", "Count"),
            ("Giá trị (đồng)", "Value (dong)"),
            ("Hiện vật", "In kind"),
        ]));
        Table { id, name, columns, rows: sums.into_iter().chain([total]).map(row).collect() }
    }

    /// Each contribution; nothing where a site has none.
    pub fn list(&self) -> Option<Table> {
        if self.count.plan.gifts.is_empty() {
            return None;
        }
        let gifts = &self.count.plan.gifts;
        let tag = &self.count.site.langs[0].tag;
        let term = |taxonomy: usize, term: usize| {
            Cell::text(self.count.site.taxonomies[taxonomy].terms[term].display(tag))
        };
        let text = |list: &[String], at: Option<usize>| {
            Cell::text(at.and_then(|at| list.get(at)).map_or("", String::as_str))
        };
        let named = |list: &[crate::yaml::Texts], at: Option<usize>| {
            Cell::text(at.and_then(|at| list.get(at)?.get(tag)).unwrap_or_default())
        };
        let row = |row: &&Row| {
            let unnamed = self.count.say("không nêu tên", "not named");
            let note =
                if row.illustrative { self.count.say("minh họa", "illustrative") } else { "" };
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
        Some(Table {
            id: "contributions",
            name: self.count.say("Từng lượt đóng góp", "Each contribution"),
            columns: self.count.heads(&[
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
        })
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
pub(super) fn dong(dong: i128) -> Cell {
    i64::try_from(dong).map_or_else(|_| Cell::Text(dong.to_string()), Cell::Number)
}
