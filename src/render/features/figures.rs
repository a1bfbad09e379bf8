//! Totals of contributions: tables with bars, a line by years, the tile map.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Words;
use super::charts::{self, LineView};
use super::day_view;
use super::sums::{SumView, money, sum};
use super::tiles::{MapView, map};
use crate::base::diag::Diagnostic;
use crate::link::{LangId, PLACES, TermId, UNITS};
use crate::plan::features::donors::Donors;
use crate::plan::gifts::{Sum, Totals};
use crate::plan::{Extra, Page};
use crate::render::view::{DateView, NamedLink};
use crate::render::{Context, Reads};

/// `figures`: of all years or of one.
#[derive(Debug, Serialize)]
struct FiguresView {
    year: Option<i16>,
    sum: SumView,
    as_of: Option<DateView>,
    sources: Vec<String>,
    /// Whether rows are invented.
    illustrative: bool,
    tables: Vec<TableView>,
    /// Two years at least.
    line: Option<LineView>,
    map: MapView,
    years: Vec<NamedLink>,
    /// Page with all years, on a year's page.
    all: String,
    /// The donors of the same years.
    donors: String,
}

#[derive(Debug, Serialize)]
struct TableView {
    /// `years`, `months`, `kinds`, `funds`, `units` or `areas`.
    id: &'static str,
    rows: Vec<RowView>,
    /// Whether a unit has others below it that gave.
    below: bool,
}

#[derive(Debug, Serialize)]
struct RowView {
    /// Anchor; may be empty.
    id: String,
    name: String,
    url: String,
    sum: SumView,
    /// Units above it in the table.
    depth: usize,
    /// With all below it, where that is more.
    below: Option<SumView>,
    /// Of the longest bar, in thousandths.
    width: i128,
}

pub(super) fn words(year: Option<i16>, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let title = match year {
        Some(year) => locale.text("figures_year", &[("year", &year.to_string())]),
        None => locale.string("figures").to_owned(),
    };
    Words {
        kind: "figures",
        title,
        short: year.map(|year| year.to_string()),
        description: locale.string("figures_about").to_owned(),
        above: year.map(|_| Extra::Figures(None)).into_iter().collect(),
    }
}

pub(super) fn context<'a>(
    year: Option<i16>,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let gifts = &reads.plan.gifts;
    if let Some(totals) = gifts.totals(year) {
        let making = Making { reads, lang: page.lang, totals };
        context.view("figures", making.view(year));
    }
    Ok("figures.html".to_owned())
}

struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
    totals: &'a Totals,
}

impl Making<'_> {
    fn view(&self, year: Option<i16>) -> FiguresView {
        let gifts = &self.reads.plan.gifts;
        let first = match year {
            Some(year) => self.table("months", &self.totals.months, |month| {
                let locale = &self.reads.site.langs[self.lang].locale;
                named(locale.month(year, *month).unwrap_or_default())
            }),
            None => self.years(),
        };
        let mut tables = vec![
            first,
            self.table("kinds", &self.totals.kinds, |kind| {
                named(self.text(gifts.kinds.get(*kind)))
            }),
        ];
        if self.totals.funds.keys().any(Option::is_some) {
            tables.push(self.funds());
        }
        tables.push(self.areas());
        tables.push(self.units());
        let sources = self.totals.sources.iter().filter_map(|at| gifts.sources.get(*at));
        let donors = match year {
            Some(year) => Donors::Year { year, page: 1 },
            None => Donors::Main,
        };
        FiguresView {
            year,
            sum: sum(self.reads, &self.totals.sum, self.lang),
            as_of: self.totals.as_of.and_then(|as_of| day_view(self.reads, as_of, self.lang)),
            sources: sources.cloned().collect(),
            illustrative: self.totals.illustrative,
            tables,
            line: if year.is_none() { self.line() } else { None },
            map: map(self.reads, self.totals, self.lang),
            years: self.links(),
            all: if year.is_some() { self.url(&Extra::Figures(None)) } else { String::new() },
            donors: self.url(&Extra::Donors(donors)),
        }
    }

    fn url(&self, extra: &Extra) -> String {
        let path = self.reads.plan.extra(extra, self.lang);
        path.map(|path| self.reads.url(path)).unwrap_or_default()
    }

    fn text(&self, texts: Option<&crate::config::Texts>) -> String {
        let tag = &self.reads.site.langs[self.lang].tag;
        texts.and_then(|texts| texts.get(tag)).unwrap_or_default().to_owned()
    }

    fn unsaid(&self) -> String {
        self.reads.site.langs[self.lang].locale.string("figures_unsaid").to_owned()
    }

    /// Years, the latest first.
    fn links(&self) -> Vec<NamedLink> {
        let years = self.reads.plan.gifts.years.keys().rev();
        let link = |year: &i16| NamedLink {
            id: year.to_string(),
            title: year.to_string(),
            url: self.url(&Extra::Figures(Some(*year))),
        };
        years.map(link).collect()
    }

    /// A table in the order of its keys.
    fn table<K>(
        &self,
        id: &'static str,
        sums: &BTreeMap<K, Sum>,
        name: impl Fn(&K) -> Name,
    ) -> TableView {
        let rows = sums.iter().map(|(key, own)| (name(key), own)).collect();
        self.rows(id, rows)
    }

    fn rows(&self, id: &'static str, rows: Vec<(Name, &Sum)>) -> TableView {
        let most = rows.iter().map(|(_, sum)| sum.dong).max().unwrap_or(0);
        let row = |(name, own): (Name, &Sum)| RowView {
            id: name.id,
            name: name.name,
            url: name.url,
            sum: sum(self.reads, own, self.lang),
            depth: 0,
            below: None,
            width: charts::width(own.dong, most),
        };
        TableView { id, rows: rows.into_iter().map(row).collect(), below: false }
    }

    fn years(&self) -> TableView {
        let years = &self.reads.plan.gifts.years;
        let rows = years.iter().map(|(year, totals)| {
            let url = self.url(&Extra::Figures(Some(*year)));
            (Name { id: String::new(), name: year.to_string(), url }, &totals.sum)
        });
        self.rows("years", rows.collect())
    }

    /// A term of a taxonomy, with its page if it has one.
    fn term(&self, taxonomy: usize, term: TermId) -> Name {
        let site = self.reads.site;
        let of = &site.taxonomies[taxonomy].terms[term];
        let anchor = if taxonomy == PLACES { format!("area-{}", of.id) } else { String::new() };
        Name {
            id: anchor,
            name: of.display(&site.langs[self.lang].tag).to_owned(),
            url: self.reads.source().term_url(taxonomy, term, self.lang),
        }
    }

    /// Names in the order of the alphabet: nobody is first or last by what
    /// was given.
    fn by_name<'s>(&self, mut rows: Vec<(Name, &'s Sum)>) -> Vec<(Name, &'s Sum)> {
        let collator = self.reads.site.langs[self.lang].locale.collator();
        rows.sort_by_cached_key(|(name, _)| collator.key(&name.name));
        rows
    }

    /// The tree of units that gave or have some below them that did; within
    /// a unit by the alphabet.
    fn units(&self) -> TableView {
        let terms = &self.reads.site.taxonomies[UNITS].terms;
        let mut children: BTreeMap<Option<TermId>, Vec<TermId>> = BTreeMap::new();
        for unit in self.totals.below.keys() {
            children.entry(terms[*unit].parent).or_default().push(*unit);
        }
        let collator = self.reads.site.langs[self.lang].locale.collator();
        let tag = &self.reads.site.langs[self.lang].tag;
        for units in children.values_mut() {
            units.sort_by_cached_key(|unit| collator.key(terms[*unit].display(tag)));
        }
        let below = |unit: Option<TermId>, depth: usize| {
            let own = children.get(&unit).map_or(&[][..], Vec::as_slice);
            own.iter().rev().map(move |unit| (*unit, depth)).collect::<Vec<_>>()
        };
        let mut left = below(None, 0);
        let mut order = Vec::new();
        while let Some((unit, depth)) = left.pop() {
            order.push((unit, depth));
            left.extend(below(Some(unit), depth + 1));
        }
        let none = Sum::default();
        let own = |unit: &TermId| self.totals.units.get(unit).unwrap_or(&none);
        let rows = order.iter().map(|(unit, _)| (self.term(UNITS, *unit), own(unit)));
        let mut table = self.rows("units", rows.collect());
        for (row, (unit, depth)) in table.rows.iter_mut().zip(&order) {
            let whole = self.totals.below.get(unit).filter(|whole| *whole != own(unit));
            row.depth = *depth;
            row.below = whole.map(|whole| sum(self.reads, whole, self.lang));
            table.below |= row.below.is_some();
        }
        table
    }

    fn funds(&self) -> TableView {
        let funds = &self.totals.funds;
        let name = |fund: &usize| named(self.text(self.reads.plan.gifts.funds.get(*fund)));
        let said = funds.iter().filter_map(|(fund, sum)| Some((name(&(*fund)?), sum)));
        let mut rows: Vec<(Name, &Sum)> = said.collect();
        rows.extend(funds.get(&None).map(|unsaid| (named(self.unsaid()), unsaid)));
        self.rows("funds", rows)
    }

    fn areas(&self) -> TableView {
        let places = self.totals.provinces.iter();
        let places = places.filter_map(|(place, sum)| Some((self.term(PLACES, (*place)?), sum)));
        let mut rows = self.by_name(places.collect());
        if let Some(unsaid) = self.totals.provinces.get(&None) {
            rows.push((named(self.unsaid()), unsaid));
        }
        self.rows("areas", rows)
    }

    fn line(&self) -> Option<LineView> {
        let years = self.reads.plan.gifts.years.iter();
        let dot = |(year, totals): (&i16, &Totals)| {
            let dong = totals.sum.dong;
            (year.to_string(), dong, money(self.reads, dong, self.lang).0)
        };
        charts::line(years.map(dot).collect())
    }
}

/// What a row is called and where that leads.
struct Name {
    id: String,
    name: String,
    url: String,
}

fn named(name: String) -> Name {
    Name { id: String::new(), name, url: String::new() }
}
