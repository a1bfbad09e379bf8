//! What each year came to, in tables. Only units that have sent something are
//! named, in the order of the alphabet; who has not stands in the report file.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Words;
use super::charts::{self, LineView};
use super::sums::money;
use super::units::many;
use super::{day_view, unit_link};
use crate::base::diag::{Diagnostic, Tongue};
use crate::kinds::{KINDS, Kind};
use crate::link::{AREAS, EntryId, LangId};
use crate::plan::features::donors::Donors;
use crate::plan::features::yearly::{Form, Yearly};
use crate::plan::gifts::Sum;
use crate::plan::tally::{
    Appeals, Awards, FIGURES, Figure, Opportunities, Scope, Sort, Tally, Works,
};
use crate::plan::{Extra, Page, What, segments};
use crate::render::view::{DateView, NamedLink};
use crate::render::{Context, Reads};
use crate::report;

/// Years that stand beside one.
const COMPARED: usize = 5;
/// Reviews that a year's page leads to.
const REVIEWS: usize = 12;

/// `yearly`: all years or one.
#[derive(Debug, Serialize)]
struct YearlyView {
    year: Option<i16>,
    /// The figures that say most.
    numbers: Vec<NumberView>,
    tables: Vec<TableView>,
    /// Entries by year, on the page of all years.
    line: Option<LineView>,
    years: Vec<NamedLink>,
    /// Page with all years, on a year's page.
    all: String,
    links: Vec<NamedLink>,
    files: Vec<NamedLink>,
    /// How many entries are invented.
    illustrative: usize,
    /// Of contributions.
    as_of: Option<DateView>,
}

#[derive(Debug, Serialize)]
struct NumberView {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct TableView {
    id: &'static str,
    caption: String,
    /// May be empty.
    note: String,
    heads: Vec<NamedLink>,
    rows: Vec<RowView>,
    /// As many as there are columns, or none.
    total: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RowView {
    name: NamedLink,
    cells: Vec<String>,
    /// Of the longest bar, in thousandths; 0 draws none.
    width: i128,
}

pub(super) fn words(of: Yearly, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let (title, short) = match of {
        Yearly::Main => (locale.string("yearly_report").to_owned(), None),
        Yearly::Year(year) | Yearly::File(year, _) => {
            let year = year.to_string();
            (locale.text("yearly_year", &[("year", &year)]), Some(year))
        }
    };
    let above = (of != Yearly::Main).then_some(Extra::Yearly(Yearly::Main));
    Words {
        kind: "yearly",
        title,
        short,
        description: locale.string("yearly_about").to_owned(),
        above: above.into_iter().collect(),
    }
}

pub(super) fn context<'a>(
    of: Yearly,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let making = Making { reads, lang: page.lang };
    let reviews = match of {
        Yearly::Year(year) | Yearly::File(year, _) => {
            context.view("yearly", making.year(year));
            making.reviews(year)
        }
        Yearly::Main => {
            context.view("yearly", making.main());
            Vec::new()
        }
    };
    context.insert("reviews", reads.cards("list", &reviews, page.lang));
    Ok("yearly.html".to_owned())
}

/// The bytes of a year's figures for other programs, if a page is such a file.
pub fn file(page: &Page, reads: &Reads<'_>) -> Option<Vec<u8>> {
    let What::Extra(Extra::Yearly(Yearly::File(year, form))) = page.what else { return None };
    let locale = &reads.site.langs[page.lang].locale;
    let vietnamese = locale.data_locale.split('-').next() == Some("vi");
    let tongue = if vietnamese { Tongue::Vi } else { Tongue::En };
    let scope = Scope::year(year)?;
    let report = reads.reports.get(&year)?[usize::from(!vietnamese)]
        .get_or_init(|| report::public(reads.site, reads.plan, scope, tongue));
    Some(match form {
        Form::Csv => report::csv(report),
        Form::Json => report::json(report).into_bytes(),
    })
}

struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
}

impl Making<'_> {
    fn main(&self) -> YearlyView {
        let years: Vec<(i16, &Tally)> = self.reads.plan.years.all().rev().collect();
        let dot = |(year, tally): &(i16, &Tally)| {
            let count = tally.entries.len();
            (year.to_string(), count as i128, self.count(count))
        };
        let illustrative: BTreeSet<&usize> =
            years.iter().flat_map(|(_, tally)| &tally.illustrative).collect();
        YearlyView {
            year: None,
            numbers: Vec::new(),
            tables: vec![self.figures("years", self.string("yearly_across"), &years, true)],
            line: charts::line(years.iter().rev().map(dot).collect()),
            years: self.years(),
            all: String::new(),
            links: self.links(None),
            files: Vec::new(),
            illustrative: illustrative.len(),
            as_of: None,
        }
    }

    fn year(&self, year: i16) -> Option<YearlyView> {
        let tally = self.reads.plan.years.get(year)?;
        let earlier = self.reads.plan.years.all().rev().skip_while(|(of, _)| *of > year);
        let earlier: Vec<(i16, &Tally)> = earlier.take(COMPARED).collect();
        let gifts = self.reads.plan.gifts.years.get(&year);
        let mut tables =
            vec![self.figures("compared", self.string("yearly_compared"), &earlier, false)];
        tables.push(self.months(year, tally));
        tables.push(self.works(tally));
        tables.push(self.awards(tally));
        tables.push(self.opportunities(tally));
        tables.push(self.appeals(tally));
        tables.push(self.gifts(year));
        tables.push(self.areas(tally));
        tables.push(self.units(tally));
        tables.retain(|table| !table.rows.is_empty());
        let file = |form: Form| {
            let title = form.name().rsplit('.').next().unwrap_or_default().to_uppercase();
            self.link(&title, &Extra::Yearly(Yearly::File(year, form)))
        };
        Some(YearlyView {
            year: Some(year),
            numbers: self.numbers(year, tally),
            tables,
            line: None,
            years: self.years(),
            all: self.link("", &Extra::Yearly(Yearly::Main)).url,
            links: self.links(Some(year)),
            files: Form::ALL.map(file).into_iter().collect(),
            illustrative: tally.illustrative.len(),
            as_of: gifts
                .and_then(|totals| totals.as_of)
                .and_then(|day| day_view(self.reads, day, self.lang)),
        })
    }

    fn string(&self, key: &str) -> String {
        self.reads.site.langs[self.lang].locale.string(key).to_owned()
    }

    fn number(&self, number: i128) -> String {
        let locale = &self.reads.site.langs[self.lang].locale;
        locale.number_style().integer(number)
    }

    fn count(&self, count: usize) -> String {
        self.number(i128::try_from(count).unwrap_or(i128::MAX))
    }

    /// Money in words; nothing where there is none.
    fn dong(&self, dong: i128) -> String {
        if dong == 0 { String::new() } else { money(self.reads, dong, self.lang).0 }
    }

    fn link(&self, title: &str, extra: &Extra) -> NamedLink {
        let path = self.reads.plan.extra(extra, self.lang);
        NamedLink {
            id: String::new(),
            title: title.to_owned(),
            url: path.map(|path| self.reads.url(path)).unwrap_or_default(),
        }
    }

    /// The latest first.
    fn years(&self) -> Vec<NamedLink> {
        let link = |(year, _): (i16, &Tally)| {
            let title = year.to_string();
            NamedLink { id: title.clone(), ..self.link(&title, &Extra::Yearly(Yearly::Year(year))) }
        };
        self.reads.plan.years.all().rev().map(link).collect()
    }

    /// Pages that say more of the same year, or of all.
    fn links(&self, year: Option<i16>) -> Vec<NamedLink> {
        let donors = year.map_or(Donors::Main, |year| Donors::Year { year, page: 1 });
        let mut links = vec![
            self.link(&self.string("figures"), &Extra::Figures(year)),
            self.link(&self.string("donors"), &Extra::Donors(donors)),
            self.link(&self.string("timeline"), &Extra::Timeline),
        ];
        let site = self.reads.site;
        let archive = match year {
            Some(year) => segments::year(site, year, self.lang),
            None => segments::archive(site, self.lang),
        };
        if self.reads.plan.exists(&format!("{archive}index.html")) {
            links.push(NamedLink {
                id: String::new(),
                title: self.string("archive"),
                url: self.reads.url(&archive),
            });
        }
        links.retain(|link| !link.url.is_empty());
        links
    }

    /// Reviews of the year, the newest first.
    fn reviews(&self, year: i16) -> Vec<EntryId> {
        let tally = self.reads.plan.years.get(year);
        let ids = tally.map_or(&[][..], |tally| &tally.entries).iter().rev().copied();
        let wanted = |id: &EntryId| {
            self.reads.site.entries[*id].kind.name() == "report"
                && self.reads.plan.has_page(*id, self.lang)
        };
        ids.filter(wanted).take(REVIEWS).collect()
    }

    fn given(&self, year: i16) -> Sum {
        self.reads.plan.gifts.years.get(&year).map(|totals| totals.sum.clone()).unwrap_or_default()
    }

    fn figure(&self, figure: &Figure, value: i128) -> String {
        if figure.money { self.dong(value) } else { self.number(value) }
    }

    /// What a year's page says first.
    fn numbers(&self, year: i16, tally: &Tally) -> Vec<NumberView> {
        let first = ["entries", "units", "works_handed_over", "beneficiaries", "contributed"];
        let given = self.given(year);
        let shown = FIGURES.iter().filter(|figure| first.contains(&figure.id));
        let shown = shown.map(|of| (of, of.value(self.reads.site, tally, &given)));
        let view = |(of, value): (&Figure, i128)| NumberView {
            label: self.string(of.string),
            value: self.figure(of, value),
        };
        shown.filter(|(_, value)| *value > 0).map(view).collect()
    }

    /// Figures of some years side by side; those that are nothing throughout
    /// are left out.
    fn figures(
        &self,
        id: &'static str,
        caption: String,
        years: &[(i16, &Tally)],
        together: bool,
    ) -> TableView {
        let site = self.reads.site;
        let given: Vec<Sum> = years.iter().map(|(year, _)| self.given(*year)).collect();
        let together = together && years.len() > 1;
        let row = |figure: &Figure| {
            let each = years.iter().zip(&given);
            let values: Vec<i128> =
                each.map(|((_, tally), given)| figure.value(site, tally, given)).collect();
            let mut cells: Vec<String> =
                values.iter().map(|value| self.figure(figure, *value)).collect();
            if together {
                let sum = figure.adds_up.then(|| self.figure(figure, values.iter().sum()));
                cells.push(sum.unwrap_or_default());
            }
            let any = values.iter().any(|value| *value != 0);
            any.then(|| RowView { name: named(self.string(figure.string)), cells, width: 0 })
        };
        let head = |(year, _): &(i16, &Tally)| {
            let of = Extra::Yearly(Yearly::Year(*year));
            if years.len() == 1 {
                named(year.to_string())
            } else {
                self.link(&year.to_string(), &of)
            }
        };
        let mut heads = vec![named(self.string("yearly_figure"))];
        heads.extend(years.iter().map(head));
        if together {
            heads.push(named(self.string("yearly_all")));
        }
        let rows = FIGURES.iter().filter_map(row).collect();
        TableView { id, caption, note: String::new(), heads, rows, total: Vec::new() }
    }

    fn table(
        &self,
        id: &'static str,
        (caption, note): (&str, &str),
        heads: &[&str],
        rows: Vec<RowView>,
    ) -> TableView {
        TableView {
            id,
            caption: self.string(caption),
            note: if note.is_empty() { String::new() } else { self.string(note) },
            heads: heads.iter().map(|head| named(self.string(head))).collect(),
            rows,
            total: Vec::new(),
        }
    }

    /// Kinds that a year has entries of.
    fn kinds(&self, tally: &Tally) -> Vec<&'static dyn Kind> {
        let any = |kind: &&&'static dyn Kind| tally.of_kind(self.reads.site, kind.name()) > 0;
        KINDS.iter().filter(any).copied().collect()
    }

    /// Counts of some entries, and of each kind among them.
    fn by_kind(&self, kinds: &[&'static dyn Kind], ids: &[EntryId]) -> Vec<usize> {
        let of = |name: &str| {
            ids.iter().filter(|&&id| self.reads.site.entries[id].kind.name() == name).count()
        };
        [ids.len()].into_iter().chain(kinds.iter().map(|kind| of(kind.name()))).collect()
    }

    fn kind_heads(&self, first: &str, kinds: &[&'static dyn Kind]) -> Vec<NamedLink> {
        let names = kinds.iter().map(|kind| many(*kind, self.reads, self.lang));
        let ends = [self.string(first), self.string("yearly_entries")].into_iter();
        ends.chain(names).map(named).collect()
    }

    fn months(&self, year: i16, tally: &Tally) -> TableView {
        let site = self.reads.site;
        let kinds = self.kinds(tally);
        let mut months: Vec<Vec<EntryId>> = vec![Vec::new(); 12];
        for &id in &tally.entries {
            let month = site.entries[id].date.as_ref().map_or(1, |date| date.day().month());
            if let Some(ids) = usize::try_from(month - 1).ok().and_then(|at| months.get_mut(at)) {
                ids.push(id);
            }
        }
        let most = months.iter().map(Vec::len).max().unwrap_or(0) as i128;
        let row = |(month, ids): (i8, &Vec<EntryId>)| {
            let title = site.langs[self.lang].locale.month(year, month).unwrap_or_default();
            let path = segments::month(site, year, month, self.lang);
            let there = self.reads.plan.exists(&format!("{path}index.html"));
            let url = if there { self.reads.url(&path) } else { String::new() };
            RowView {
                name: NamedLink { id: String::new(), title, url },
                cells: self.by_kind(&kinds, ids).into_iter().map(|n| self.count(n)).collect(),
                width: charts::width(ids.len() as i128, most),
            }
        };
        let rows = (1..).zip(&months).filter(|(_, ids)| !ids.is_empty()).map(row).collect();
        let total = self.by_kind(&kinds, &tally.entries).into_iter().map(|n| self.count(n));
        TableView {
            total: total.collect(),
            heads: self.kind_heads("figures_head_months", &kinds),
            ..self.table("months", ("yearly_months", ""), &[], rows)
        }
    }

    fn units(&self, tally: &Tally) -> TableView {
        let kinds = self.kinds(tally);
        let rows = tally.units.iter().map(|(unit, ids)| RowView {
            name: unit_link(self.reads, *unit, self.lang),
            cells: self.by_kind(&kinds, ids).into_iter().map(|n| self.count(n)).collect(),
            width: 0,
        });
        let heads = self.kind_heads("figures_head_units", &kinds);
        let note = ("yearly_by_units", "yearly_units_note");
        TableView { heads, ..self.table("units", note, &[], self.by_name(rows.collect())) }
    }

    fn by_name(&self, mut rows: Vec<RowView>) -> Vec<RowView> {
        let collator = self.reads.site.langs[self.lang].locale.collator();
        rows.sort_by_cached_key(|row| (collator.key(&row.name.title), row.name.id.clone()));
        rows
    }

    fn sort(&self, sort: &Sort) -> String {
        sort.label(&self.reads.site.langs[self.lang].locale).to_owned()
    }

    fn works(&self, tally: &Tally) -> TableView {
        let cells = |of: &Works| {
            let counts = [of.count, of.planned, of.started, of.handed_over];
            let counts = counts.map(|count| self.count(count)).into_iter();
            counts.chain([self.dong(of.value), self.number(of.beneficiaries)]).collect()
        };
        let most = tally.works.values().map(|of| of.count).max().unwrap_or(0) as i128;
        let rows = tally.works.iter().map(|(sort, of)| RowView {
            name: named(self.sort(sort)),
            cells: cells(of),
            width: charts::width(of.count as i128, most),
        });
        let heads = [
            "work_type",
            "yearly_count",
            "work_status_planned",
            "work_status_started",
            "work_status_handed_over",
            "work_value",
            "work_beneficiaries",
        ];
        let total = cells(&tally.all_works());
        let table =
            self.table("works", ("yearly_by_works", "yearly_works_note"), &heads, rows.collect());
        TableView { total, ..table }
    }

    fn awards(&self, tally: &Tally) -> TableView {
        let mut all = Awards::default();
        tally.awards.values().for_each(|of| all.join(of));
        let cells =
            |form: String, of: &Awards| vec![form, self.count(of.count), self.count(of.recipients)];
        let rows = tally.awards.iter().map(|((level, form), of)| RowView {
            name: named(self.sort(level)),
            cells: cells(self.sort(form), of),
            width: 0,
        });
        let heads = ["award_level", "award_form", "yearly_awards", "yearly_recipients"];
        let table = self.table(
            "awards",
            ("yearly_by_awards", "yearly_awards_note"),
            &heads,
            rows.collect(),
        );
        TableView { total: cells(String::new(), &all), ..table }
    }

    fn opportunities(&self, tally: &Tally) -> TableView {
        let mut all = Opportunities::default();
        tally.opportunities.values().for_each(|of| all.join(of));
        let cells = |of: &Opportunities| {
            let counts = [self.count(of.count), self.count(of.open), self.number(of.slots)];
            counts.into_iter().chain([self.dong(of.value)]).collect()
        };
        let rows = tally.opportunities.iter().map(|(sort, of)| RowView {
            name: named(self.sort(sort)),
            cells: cells(of),
            width: 0,
        });
        let heads = [
            "opportunity_type",
            "yearly_count",
            "opportunity_status_open",
            "opportunity_slots",
            "yearly_worth",
        ];
        let caption = ("yearly_by_opportunities", "");
        let table = self.table("opportunities", caption, &heads, rows.collect());
        TableView { total: cells(&all), ..table }
    }

    fn appeals(&self, tally: &Tally) -> TableView {
        let mut all = Appeals::default();
        tally.appeals.values().for_each(|of| all.join(of));
        let cells =
            |of: &Appeals| vec![self.count(of.count), self.dong(of.goal), self.dong(of.received)];
        let rows = tally.appeals.iter().map(|(state, of)| RowView {
            name: named(self.sort(state)),
            cells: cells(of),
            width: 0,
        });
        let heads = ["appeal_status", "yearly_count", "appeal_goal", "appeal_received"];
        let table = self.table("appeals", ("yearly_by_appeals", ""), &heads, rows.collect());
        TableView { total: cells(&all), ..table }
    }

    fn areas(&self, tally: &Tally) -> TableView {
        let terms = &self.reads.site.taxonomies[AREAS].terms;
        let tag = &self.reads.site.langs[self.lang].tag;
        let rows = tally.areas.iter().map(|(&area, of)| RowView {
            name: NamedLink {
                id: terms[area].id.clone(),
                title: terms[area].display(tag).to_owned(),
                url: self.reads.source().term_url(AREAS, area, self.lang),
            },
            cells: vec![
                self.count(of.entries),
                self.count(of.works.count),
                self.number(of.works.beneficiaries),
            ],
            width: 0,
        });
        let heads = ["areas", "yearly_entries", "kind_work_many", "work_beneficiaries"];
        let rows = self.by_name(rows.collect());
        self.table("areas", ("yearly_by_areas", "yearly_areas_note"), &heads, rows)
    }

    fn gifts(&self, year: i16) -> TableView {
        let gifts = &self.reads.plan.gifts;
        let tag = &self.reads.site.langs[self.lang].tag;
        let totals = gifts.years.get(&year);
        let kinds = || totals.into_iter().flat_map(|totals| &totals.kinds);
        let most = kinds().map(|(_, sum)| sum.dong).max().unwrap_or(0);
        let cells = |of: &Sum| {
            let sum = super::sums::sum(self.reads, of, self.lang);
            vec![sum.count, self.dong(of.dong)]
        };
        let rows = kinds().map(|(kind, of)| {
            let name = gifts.kinds.get(*kind).and_then(|kind| kind.get(tag));
            RowView {
                name: named(name.unwrap_or_default().to_owned()),
                cells: cells(of),
                width: charts::width(of.dong, most),
            }
        });
        let heads = ["figures_head_kinds", "figures_count", "figures_value"];
        let table = self.table("gifts", ("yearly_by_gifts", ""), &heads, rows.collect());
        TableView { total: totals.map(|totals| cells(&totals.sum)).unwrap_or_default(), ..table }
    }
}

fn named(title: String) -> NamedLink {
    NamedLink { id: String::new(), title, url: String::new() }
}
