//! Entries counted into tables.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::gifts::Giving;
use super::{Cell, Report, Table};
use crate::base::diag::Tongue;
use crate::base::path::encode_path;
use crate::i18n::{Locale, Request, load};
use crate::kinds::{Field, KINDS, Kind};
use crate::link::{Entry, EntryId, PLACES, Site, TermId, UNITS};
use crate::plan::Plan;
use crate::plan::column::{Slot, Takes, coverage};
use crate::plan::tally::{Scope, Tally, is_below, slots};

/// What all tables are counted from.
pub(super) struct Count<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    pub(super) scope: Scope,
    pub(super) tally: Cow<'a, Tally>,
    /// Names of choices in the language of the headings.
    pub(super) words: Cow<'a, Locale>,
    tongue: Tongue,
    /// Kinds that the site has entries of.
    kinds: Vec<&'static dyn Kind>,
    /// First days of the months of the span.
    months: Vec<Date>,
}

/// Counts a site.
pub fn report(site: &Site, plan: &Plan, scope: Scope, tongue: Tongue) -> Report {
    let count = Count::of(site, plan, scope, tongue);
    let giving = Giving::of(&count);
    let mut tables = vec![
        count.summary(giving.summary()),
        count.compared(),
        count.by_month(),
        count.by_unit(false),
        count.units_by_month(),
        count.column(),
        count.column_by_unit(),
        count.events(),
    ];
    tables.extend(count.done());
    tables.push(count.money());
    tables.extend(giving.tables());
    tables.extend(giving.list());
    tables.push(count.list());
    Report { title: count.title(), from: scope.from, to: scope.to, tables }
}

/// What a site tells everybody: without those who have sent nothing, days that
/// are empty, and the rows behind the sums. Nothing in it changes by a day's
/// passing alone.
pub fn public(site: &Site, plan: &Plan, scope: Scope, tongue: Tongue) -> Report {
    let count = Count::of(site, plan, scope, tongue);
    let giving = Giving::of(&count);
    let mut tables = vec![
        count.summary(giving.summary()),
        count.compared(),
        count.by_month(),
        count.by_unit(true),
        count.column_by_unit(),
        count.events(),
    ];
    tables.extend(count.done());
    tables.extend(giving.tables());
    Report { title: count.title(), from: scope.from, to: scope.to, tables }
}

/// The site's own words in the language, else the built-in ones.
fn words(site: &Site, tongue: Tongue) -> Cow<'_, Locale> {
    let tag = if tongue == Tongue::Vi { "vi" } else { "en" };
    let own = site.langs.iter().find(|lang| lang.tag.split('-').next() == Some(tag));
    let built = || load(&Request { tag, ..Request::default() }).ok().map(Cow::Owned);
    let own = own.map(|lang| Cow::Borrowed(&lang.locale));
    own.or_else(built).unwrap_or(Cow::Borrowed(&site.langs[0].locale))
}

fn months(from: Date, to: Date) -> Vec<Date> {
    let next = |month: &Date| month.checked_add(jiff::Span::new().months(1)).ok();
    let months = std::iter::successors(Some(from.first_of_month()), next);
    months.take_while(|month| *month <= to).collect()
}

impl<'a> Count<'a> {
    fn of(site: &'a Site, plan: &'a Plan, scope: Scope, tongue: Tongue) -> Count<'a> {
        let has =
            |kind: &&&dyn Kind| site.entries.iter().any(|entry| entry.kind.name() == kind.name());
        Count {
            site,
            plan,
            scope,
            tally: Tally::known(site, plan, scope),
            words: words(site, tongue),
            tongue,
            kinds: KINDS.iter().filter(has).copied().collect(),
            months: months(scope.from, scope.to),
        }
    }
}

impl Count<'_> {
    pub(super) fn say(&self, vi: &'static str, en: &'static str) -> &'static str {
        if self.tongue == Tongue::Vi { vi } else { en }
    }

    pub(super) fn heads(&self, heads: &[(&'static str, &'static str)]) -> Vec<String> {
        heads.iter().map(|(vi, en)| self.say(vi, en).to_owned()).collect()
    }

    pub(super) fn entry(&self, id: EntryId) -> &Entry {
        &self.site.entries[id]
    }

    fn kind(&self, kind: &dyn Kind) -> &'static str {
        let (vi, en) = kind.label();
        self.say(vi, en)
    }

    fn title(&self) -> String {
        let Scope { from, to, unit } = self.scope;
        let tag = &self.site.langs[0].tag;
        let of = unit.map(|unit| self.site.taxonomies[UNITS].terms[unit].display(tag));
        let of = of.or(self.site.config.title.get(tag)).unwrap_or_default();
        match self.tongue {
            Tongue::Vi => format!("Báo cáo {of}, {from} – {to}"),
            Tongue::En => format!("Report of {of}, {from} – {to}"),
        }
    }

    fn summary(&self, more: Vec<(&'static str, Cell)>) -> Table {
        let Tally { entries, illustrative, units, held, .. } = &*self.tally;
        let mut counts = vec![(self.say("Tổng số bài", "Entries"), entries.len())];
        let of = |kind: &dyn Kind| self.tally.of_kind(self.site, kind.name());
        counts.extend(self.kinds.iter().map(|kind| (self.kind(*kind), of(*kind))));
        counts
            .push((self.say("Trong đó bài minh họa", "Of these illustrative"), illustrative.len()));
        counts.push((self.say("Đơn vị có bài", "Units with entries"), units.len()));
        counts.push((self.say("Sự kiện đã diễn ra", "Events held"), held.len()));
        let row = |(name, count): (&str, usize)| vec![Cell::text(name), Cell::count(count)];
        let told = |(name, cell): (&str, Cell)| vec![Cell::text(name), cell];
        Table {
            id: "summary",
            name: self.say("Tổng hợp", "Summary"),
            columns: self.heads(&[("Chỉ tiêu", "Figure"), ("Số lượng", "Number")]),
            rows: counts.into_iter().map(row).chain(more.into_iter().map(told)).collect(),
        }
    }

    /// Counts of each kind among some entries, then of all of them.
    fn kinds_of(&self, ids: &[EntryId]) -> Vec<Cell> {
        let of = |kind: &&dyn Kind| {
            Cell::count(ids.iter().filter(|&&id| self.entry(id).kind.name() == kind.name()).count())
        };
        self.kinds.iter().map(of).chain([Cell::count(ids.len())]).collect()
    }

    fn kind_columns(&self, first: &[(&'static str, &'static str)]) -> Vec<String> {
        let mut columns = self.heads(first);
        columns.extend(self.kinds.iter().map(|kind| self.kind(*kind).to_owned()));
        columns.push(self.say("Cộng", "Total").to_owned());
        columns
    }

    fn in_month(&self, ids: &[EntryId], month: Date) -> Vec<EntryId> {
        let of = |id: &&EntryId| {
            let date = self.entry(**id).date.as_ref();
            date.is_some_and(|date| date.day().first_of_month() == month)
        };
        ids.iter().filter(of).copied().collect()
    }

    fn by_month(&self) -> Table {
        let row = |month: &Date| {
            let mut row = vec![Cell::Text(month.strftime("%Y-%m").to_string())];
            row.extend(self.kinds_of(&self.in_month(&self.tally.entries, *month)));
            row
        };
        let mut rows: Vec<Vec<Cell>> = self.months.iter().map(row).collect();
        let mut total = vec![Cell::text(self.say("Cộng", "Total"))];
        total.extend(self.kinds_of(&self.tally.entries));
        rows.push(total);
        Table {
            id: "months",
            name: self.say("Theo tháng", "By month"),
            columns: self.kind_columns(&[("Tháng", "Month")]),
            rows,
        }
    }

    /// Units of the scope, with the entries that name each.
    fn units(&self) -> Vec<(TermId, Vec<EntryId>)> {
        let terms = &self.site.taxonomies[UNITS].terms;
        let wanted =
            |unit: &TermId| self.scope.unit.is_none_or(|above| is_below(self.site, *unit, above));
        let own = |unit: TermId| self.tally.units.get(&unit).cloned().unwrap_or_default();
        let units = (0..terms.len()).filter(wanted).map(|unit| (unit, own(unit)));
        let mut units: Vec<(TermId, Vec<EntryId>)> = units.collect();
        let tag = &self.site.langs[0].tag;
        let collator = self.site.langs[0].locale.collator();
        units.sort_by_cached_key(|(unit, _)| collator.key(terms[*unit].display(tag)));
        units
    }

    pub(super) fn unit_cells(&self, unit: TermId) -> Vec<Cell> {
        let term = &self.site.taxonomies[UNITS].terms[unit];
        vec![Cell::text(&term.id), Cell::text(term.display(&self.site.langs[0].tag))]
    }

    fn by_unit(&self, senders: bool) -> Table {
        let mut units = self.units();
        units.retain(|(_, ids)| !senders || !ids.is_empty());
        let row = |(unit, ids): (TermId, Vec<EntryId>)| {
            let mut row = self.unit_cells(unit);
            row.extend(self.kinds_of(&ids));
            row
        };
        Table {
            id: "units",
            name: self.say("Theo đơn vị", "By unit"),
            columns: self.kind_columns(&[("Mã", "Id"), ("Đơn vị", "Unit")]),
            rows: units.into_iter().map(row).collect(),
        }
    }

    /// Who has sent something and who has not: for this file alone, public
    /// pages name those who have.
    fn units_by_month(&self) -> Table {
        let mut columns =
            self.heads(&[("Mã", "Id"), ("Đơn vị", "Unit"), ("Đã gửi bài", "Has sent")]);
        columns.extend(self.months.iter().map(|month| month.strftime("%Y-%m").to_string()));
        let row = |(unit, ids): (TermId, Vec<EntryId>)| {
            let mut row = self.unit_cells(unit);
            let sent = if ids.is_empty() { ("chưa", "no") } else { ("có", "yes") };
            row.push(Cell::text(self.say(sent.0, sent.1)));
            row.extend(
                self.months.iter().map(|month| Cell::count(self.in_month(&ids, *month).len())),
            );
            row
        };
        Table {
            id: "submissions",
            name: self.say("Gửi bài theo tháng", "Submissions by month"),
            columns,
            rows: self.units().into_iter().map(row).collect(),
        }
    }

    fn column(&self) -> Table {
        let slots = [(Slot::Day, ("ngày", "day")), (Slot::Week, ("tuần", "week"))];
        let row = |(slot, name): (Slot, (&'static str, &'static str))| {
            let range = (Some(self.scope.from), Some(self.scope.to));
            let takes = Takes::of(self.site, slot)?;
            let found = coverage(&takes, self.plan, self.scope.unit, slot, range);
            let doubles = found.filled.iter().filter(|(_, ids)| ids.len() > 1).count();
            Some(vec![
                Cell::text(self.say(name.0, name.1)),
                Cell::Text(slot.label(found.first)),
                Cell::Text(slot.label(found.last)),
                Cell::count(found.filled.len()),
                Cell::count(found.gaps.len()),
                Cell::count(doubles),
                Cell::count(found.longest.map_or(0, |streak| streak.count)),
            ])
        };
        Table {
            id: "column",
            name: self.say("Chuyên mục", "Column"),
            columns: self.heads(&[
                ("Mỗi", "Each"),
                ("Từ", "From"),
                ("Đến", "To"),
                ("Có bài", "Filled"),
                ("Trống", "Empty"),
                ("Nhiều bài", "More than one"),
                ("Liền dài nhất", "Longest streak"),
            ]),
            rows: slots.into_iter().filter_map(row).collect(),
        }
    }

    /// Which units fill the column: days and weeks that have something of
    /// theirs.
    fn column_by_unit(&self) -> Table {
        let row = |(unit, ids): (TermId, Vec<EntryId>)| {
            let filled = || ids.iter().map(|&id| slots(self.site, id));
            let days: BTreeSet<Date> = filled().filter_map(|(day, _)| day).collect();
            let weeks: BTreeSet<Date> = filled().filter_map(|(_, week)| week).collect();
            let mut row = self.unit_cells(unit);
            row.extend([Cell::count(days.len()), Cell::count(weeks.len())]);
            (!days.is_empty() || !weeks.is_empty()).then_some(row)
        };
        Table {
            id: "column_units",
            name: self.say("Chuyên mục theo đơn vị", "Column by unit"),
            columns: self.heads(&[
                ("Mã", "Id"),
                ("Đơn vị", "Unit"),
                ("Ngày có tin", "Days with news"),
                ("Tuần có câu chuyện", "Weeks with a story"),
            ]),
            rows: self.units().into_iter().filter_map(row).collect(),
        }
    }

    fn events(&self) -> Table {
        let row = |id: EntryId| {
            let start = self.entry(id).start.as_ref();
            let mut row = vec![start.map_or(Cell::Empty, |start| Cell::Day(start.day()))];
            row.extend(self.naming(id));
            row
        };
        let mut columns = self.heads(&[("Ngày", "Day")]);
        columns.extend(self.naming_columns());
        Table {
            id: "events",
            name: self.say("Sự kiện đã diễn ra", "Events held"),
            columns,
            rows: self.tally.held.iter().copied().map(row).collect(),
        }
    }

    fn money(&self) -> Table {
        let mut rows = Vec::new();
        for &id in &self.tally.entries {
            let entry = self.entry(id);
            let Some(variant) = &entry.variants[entry.original] else { continue };
            for (key, field) in &variant.fields {
                let Field::Money(money) = &field.value else { continue };
                let mut row = vec![Cell::text(key), Cell::Number(money.amount)];
                row.push(Cell::text(money.source.as_deref().unwrap_or_default()));
                row.push(money.as_of.as_ref().map_or(Cell::Empty, |day| Cell::Day(day.day())));
                row.extend(self.naming(id));
                rows.push(row);
            }
        }
        let mut columns = self.heads(&[
            ("Khóa", "Key"),
            ("Số tiền (đồng)", "Amount (dong)"),
            ("Nguồn", "Source"),
            ("Đến ngày", "As of"),
        ]);
        columns.extend(self.naming_columns());
        Table {
            id: "money", name: self.say("Số tiền trong bài", "Sums in entries"), columns, rows
        }
    }

    fn list(&self) -> Table {
        let row = |&id: &EntryId| {
            let entry = self.entry(id);
            let date = entry.date.as_ref();
            let mut row = vec![date.map_or(Cell::Empty, |date| Cell::Day(date.day()))];
            row.push(Cell::text(self.kind(entry.kind)));
            row.extend(self.naming(id));
            let mark = if entry.illustrative { self.say("minh họa", "illustrative") } else { "" };
            row.push(Cell::text(mark));
            row
        };
        let mut columns = self.heads(&[("Ngày", "Day"), ("Loại", "Kind")]);
        columns.extend(self.naming_columns());
        columns.push(self.say("Ghi chú", "Note").to_owned());
        let rows = self.tally.entries.iter().map(row).collect();
        Table { id: "entries", name: self.say("Các bài", "Entries"), columns, rows }
    }

    pub(super) fn naming_columns(&self) -> Vec<String> {
        self.heads(&[
            ("Tiêu đề", "Title"),
            ("Đơn vị", "Units"),
            ("Địa phương", "Places"),
            ("Địa chỉ", "Address"),
        ])
    }

    /// Title, units, places and address of an entry.
    pub(super) fn naming(&self, id: EntryId) -> Vec<Cell> {
        let entry = self.entry(id);
        let tag = &self.site.langs[entry.original].tag;
        let names = |taxonomy: usize| {
            let terms = &self.site.taxonomies[taxonomy].terms;
            let names = entry.terms[taxonomy].iter().map(|&term| terms[term].display(tag));
            Cell::text(&names.collect::<Vec<_>>().join("; "))
        };
        let variant = entry.variants[entry.original].as_ref();
        let url = variant.map(|variant| {
            Cell::Url(self.site.config.base_url.absolute(&encode_path(&variant.path)))
        });
        let title = variant.map_or("", |variant| &variant.title);
        vec![Cell::text(title), names(UNITS), names(PLACES), url.unwrap_or(Cell::Empty)]
    }
}
