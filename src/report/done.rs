//! Works, awards, opportunities and appeals of the span, by sort and one by
//! one; areas; and how the figures of earlier years compare.

use super::count::Count;
use super::gifts::dong;
use super::{Cell, Table};
use crate::kinds::{Field, Fields};
use crate::link::{AREAS, EntryId};
use crate::plan::tally::{Appeals, Awards, FIGURES, Opportunities, Scope, Tally, Works, given};

/// How many earlier years stand beside the span.
const EARLIER: i16 = 4;

impl Count<'_> {
    pub(super) fn done(&self) -> Vec<Table> {
        vec![
            self.works(),
            self.each_work(),
            self.awards(),
            self.each_award(),
            self.opportunities(),
            self.appeals(),
            self.each_appeal(),
            self.areas(),
        ]
    }

    /// The figures of the span and of the same days of the years before it.
    pub(super) fn compared(&self) -> Table {
        let mut spans = vec![(self.scope, None)];
        for years in 1..=EARLIER {
            let Some(scope) = self.scope.earlier(years) else { continue };
            spans.push((scope, Some(Tally::known(self.site, self.plan, scope))));
        }
        let counted = spans.iter().map(|(scope, tally)| {
            let tally = tally.as_ref().unwrap_or(&self.tally);
            let given = given(self.site, self.plan, *scope);
            let values = FIGURES.iter().map(|figure| figure.value(self.site, tally, &given.sum));
            (label(*scope), values.collect::<Vec<i128>>())
        });
        let mut counted: Vec<(String, Vec<i128>)> = counted.collect();
        // Years before the first say nothing.
        while counted.len() > 1 && counted.last().is_some_and(|(_, of)| of.iter().all(|n| *n == 0))
        {
            counted.pop();
        }
        let row = |(at, figure): (usize, &crate::plan::tally::Figure)| {
            let name = self.words.string(figure.string);
            let unit = if figure.money { self.say(" (đồng)", " (dong)") } else { "" };
            let mut row = vec![Cell::Text(format!("{name}{unit}"))];
            row.extend(counted.iter().filter_map(|(_, of)| of.get(at)).map(|n| dong(*n)));
            row
        };
        let mut columns = self.heads(&[("Chỉ tiêu", "Figure")]);
        columns.extend(counted.iter().map(|(label, _)| label.clone()));
        Table {
            id: "years",
            name: self.say("So với các năm trước", "Against earlier years"),
            columns,
            rows: FIGURES.iter().enumerate().map(row).collect(),
        }
    }

    fn total(&self) -> Cell {
        Cell::text(self.say("Cộng", "Total"))
    }

    fn works(&self) -> Table {
        let row = |name: Cell, of: &Works| {
            let counts = [of.count, of.planned, of.started, of.handed_over].map(Cell::count);
            let sums = [dong(of.value), dong(of.beneficiaries)];
            [name].into_iter().chain(counts).chain(sums).collect()
        };
        let works = self.tally.works.iter();
        let mut rows: Vec<Vec<Cell>> =
            works.map(|(sort, of)| row(Cell::text(sort.label(&self.words)), of)).collect();
        rows.push(row(self.total(), &self.tally.all_works()));
        Table {
            id: "works",
            name: self.say("Công trình theo loại", "Works by sort"),
            columns: self.heads(&[
                ("Loại", "Sort"),
                ("Số công trình", "Works"),
                ("Sắp làm", "Planned"),
                ("Đã khởi công", "Begun"),
                ("Đã bàn giao", "Handed over"),
                ("Trị giá (đồng)", "Value (dong)"),
                ("Số người hưởng lợi", "Beneficiaries"),
            ]),
            rows,
        }
    }

    fn each_work(&self) -> Table {
        let row = |id: EntryId| {
            let fields = self.fields(id);
            let mut row = vec![
                self.said(fields, "type"),
                self.said(fields, "status"),
                self.said(fields, "started"),
                self.said(fields, "handed_over"),
                self.said(fields, "value"),
                self.said(fields, "beneficiaries"),
            ];
            row.extend(self.naming(id));
            row
        };
        let mut columns = self.heads(&[
            ("Loại", "Sort"),
            ("Tình trạng", "Status"),
            ("Khởi công", "Begun"),
            ("Bàn giao", "Handed over"),
            ("Trị giá (đồng)", "Value (dong)"),
            ("Số người hưởng lợi", "Beneficiaries"),
        ]);
        columns.extend(self.naming_columns());
        let name = self.say("Từng công trình", "Each work");
        Table { id: "works_each", name, columns, rows: self.each("work", row) }
    }

    fn awards(&self) -> Table {
        let row = |names: [Cell; 2], of: &Awards| {
            names.into_iter().chain([of.count, of.recipients].map(Cell::count)).collect()
        };
        let mut all = Awards::default();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for ((level, form), of) in &self.tally.awards {
            all.join(of);
            rows.push(row([level, form].map(|sort| Cell::text(sort.label(&self.words))), of));
        }
        rows.push(row([self.total(), Cell::Empty], &all));
        Table {
            id: "awards",
            name: self.say("Khen thưởng theo cấp", "Awards by level"),
            columns: self.heads(&[
                ("Cấp khen", "Level"),
                ("Hình thức", "Form"),
                ("Số quyết định", "Decisions"),
                ("Số tập thể, cá nhân", "Recipients"),
            ]),
            rows,
        }
    }

    fn each_award(&self) -> Table {
        let keys = ["level", "form", "decision", "decided", "issuer", "recipients"];
        let row = |id: EntryId| {
            let fields = self.fields(id);
            let mut row: Vec<Cell> = keys.iter().map(|key| self.said(fields, key)).collect();
            row.extend(self.naming(id));
            row
        };
        let mut columns = self.heads(&[
            ("Cấp khen", "Level"),
            ("Hình thức", "Form"),
            ("Số quyết định", "Decision"),
            ("Ngày quyết định", "Decided"),
            ("Nơi quyết định", "Issuer"),
            ("Tập thể, cá nhân", "Recipients"),
        ]);
        columns.extend(self.naming_columns());
        let name = self.say("Từng quyết định khen", "Each award");
        Table { id: "awards_each", name, columns, rows: self.each("award", row) }
    }

    fn opportunities(&self) -> Table {
        let row = |name: Cell, of: &Opportunities| {
            let counts = [of.count, of.open].map(Cell::count);
            let sums = [dong(of.slots), dong(of.value)];
            [name].into_iter().chain(counts).chain(sums).collect()
        };
        let mut all = Opportunities::default();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (sort, of) in &self.tally.opportunities {
            all.join(of);
            rows.push(row(Cell::text(sort.label(&self.words)), of));
        }
        rows.push(row(self.total(), &all));
        Table {
            id: "opportunities",
            name: self.say("Cơ hội theo loại", "Opportunities by sort"),
            columns: self.heads(&[
                ("Loại", "Sort"),
                ("Số thông báo", "Notices"),
                ("Đang nhận", "Open"),
                ("Số suất", "Places"),
                ("Trị giá mọi suất (đồng)", "Worth of all places (dong)"),
            ]),
            rows,
        }
    }

    fn appeals(&self) -> Table {
        let row = |name: Cell, of: &Appeals| {
            vec![name, Cell::count(of.count), dong(of.goal), dong(of.received)]
        };
        let mut all = Appeals::default();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (state, of) in &self.tally.appeals {
            all.join(of);
            rows.push(row(Cell::text(state.label(&self.words)), of));
        }
        rows.push(row(self.total(), &all));
        Table {
            id: "appeals",
            name: self.say("Lời kêu gọi", "Appeals"),
            columns: self.heads(&[
                ("Tình trạng", "Status"),
                ("Số lời kêu gọi", "Appeals"),
                ("Cần (đồng)", "Needed (dong)"),
                ("Đã nhận (đồng)", "Received (dong)"),
            ]),
            rows,
        }
    }

    fn each_appeal(&self) -> Table {
        let row = |id: EntryId| {
            let fields = self.fields(id);
            let state = self.entry(id).kind.state(fields, self.plan.at.0);
            let state = state.map_or("", |(_, string)| self.words.string(string));
            let mut row = vec![Cell::text(state)];
            let keys = ["goal", "received", "deadline", "handed_over"];
            row.extend(keys.iter().map(|key| self.said(fields, key)));
            row.extend(self.naming(id));
            row
        };
        let mut columns = self.heads(&[
            ("Tình trạng", "Status"),
            ("Cần (đồng)", "Needed (dong)"),
            ("Đã nhận (đồng)", "Received (dong)"),
            ("Nhận đến", "Until"),
            ("Ngày trao", "Handed over"),
        ]);
        columns.extend(self.naming_columns());
        let name = self.say("Từng lời kêu gọi", "Each appeal");
        Table { id: "appeals_each", name, columns, rows: self.each("appeal", row) }
    }

    /// Without a total: an entry of two areas counts in both.
    fn areas(&self) -> Table {
        let terms = &self.site.taxonomies[AREAS].terms;
        let (tag, collator) = (&self.site.langs[0].tag, self.site.langs[0].locale.collator());
        let mut areas: Vec<_> = self.tally.areas.iter().collect();
        areas.sort_by_cached_key(|(area, _)| collator.key(terms[**area].display(tag)));
        let row = |(area, of): (&usize, &crate::plan::tally::Area)| {
            vec![
                Cell::text(terms[*area].display(tag)),
                Cell::count(of.entries),
                Cell::count(of.works.count),
                dong(of.works.value),
                dong(of.works.beneficiaries),
            ]
        };
        Table {
            id: "areas",
            name: self.say("Theo địa bàn", "By area"),
            columns: self.heads(&[
                ("Địa bàn", "Area"),
                ("Số bài", "Entries"),
                ("Số công trình", "Works"),
                ("Trị giá (đồng)", "Value (dong)"),
                ("Số người hưởng lợi", "Beneficiaries"),
            ]),
            rows: areas.into_iter().map(row).collect(),
        }
    }

    fn each(&self, kind: &str, row: impl FnMut(EntryId) -> Vec<Cell>) -> Vec<Vec<Cell>> {
        let Tally { entries, deeds, .. } = &*self.tally;
        let ids = if matches!(kind, "work" | "award") { deeds } else { entries };
        ids.iter().copied().filter(|&id| self.entry(id).kind.name() == kind).map(row).collect()
    }

    fn fields(&self, id: EntryId) -> &Fields {
        const NONE: &Fields = &Fields::new();
        let entry = self.entry(id);
        entry.variants[entry.original].as_ref().map_or(NONE, |variant| &variant.fields)
    }

    /// What a field says, numbers as numbers.
    fn said(&self, fields: &Fields, key: &str) -> Cell {
        match fields.iter().find(|(name, _)| *name == key).map(|(_, field)| &field.value) {
            Some(Field::Text(text)) => Cell::text(text),
            Some(Field::Texts(texts)) => Cell::text(&texts.join("; ")),
            Some(Field::Choice { string, .. }) => Cell::text(self.words.string(string)),
            Some(Field::Moment(moment)) => Cell::Day(moment.day()),
            Some(Field::Number(number)) => Cell::Number(*number),
            Some(Field::Money(money)) => Cell::Number(money.amount),
            _ => Cell::Empty,
        }
    }
}

/// `2026`, or both days.
fn label(scope: Scope) -> String {
    let year = scope.from.year();
    match Scope::year(year) {
        Some(whole) if (whole.from, whole.to) == (scope.from, scope.to) => year.to_string(),
        _ => format!("{} – {}", scope.from, scope.to),
    }
}
