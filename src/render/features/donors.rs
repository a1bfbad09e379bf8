//! The roll of donors. Those who are not to be named are counted.

use serde::Serialize;

use super::Words;
use super::day_view;
use super::sums::{SumView, sum};
use crate::base::diag::Diagnostic;
use crate::link::LangId;
use crate::plan::features::donors::{Donors, PER_PAGE, pages};
use crate::plan::gifts::Totals;
use crate::plan::{Extra, Page};
use crate::render::view::{DateView, NamedLink};
use crate::render::{Context, Reads};

/// `donors`: all years on the main page, the names of a year on the others.
#[derive(Debug, Serialize)]
struct DonorsView {
    year: Option<i16>,
    years: Vec<YearView>,
    names: Vec<DonorView>,
    /// Gifts of those who are not named.
    unnamed: Option<SumView>,
    pages: Vec<NamedLink>,
    /// Counted from 1.
    page: usize,
    as_of: Option<DateView>,
    sources: Vec<String>,
    illustrative: bool,
    /// Page of the figures of the same years.
    figures: String,
}

#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    url: String,
    /// How many are named.
    donors: String,
    sum: SumView,
    unnamed: Option<SumView>,
}

#[derive(Debug, Serialize)]
struct DonorView {
    name: String,
    sum: SumView,
}

pub(super) fn words(of: Donors, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let title = match of {
        Donors::Main => locale.string("donors").to_owned(),
        Donors::Year { year, .. } => locale.text("donors_year", &[("year", &year.to_string())]),
    };
    let mut above = Vec::new();
    let mut short = None;
    if let Donors::Year { year, page } = of {
        above.push(Extra::Donors(Donors::Main));
        short = Some(year.to_string());
        if page > 1 {
            above.push(Extra::Donors(Donors::Year { year, page: 1 }));
            short = Some(page.to_string());
        }
    }
    Words {
        kind: "donors",
        title,
        short,
        description: locale.string("donors_about").to_owned(),
        above,
    }
}

pub(super) fn context<'a>(
    of: Donors,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let making = Making { reads, lang: page.lang };
    let gifts = &reads.plan.gifts;
    let year = match of {
        Donors::Main => None,
        Donors::Year { year, .. } => Some(year),
    };
    let totals = gifts.totals(year).unwrap_or(&gifts.whole);
    let sources = totals.sources.iter().filter_map(|at| gifts.sources.get(*at));
    let (number, names, pages) = match of {
        Donors::Main => (1, Vec::new(), Vec::new()),
        Donors::Year { year, page } => {
            (page, making.names(totals, page), making.pages(year, totals))
        }
    };
    let view = DonorsView {
        year,
        years: making.years(),
        names,
        unnamed: making.unnamed(totals),
        pages,
        page: number,
        as_of: totals.as_of.and_then(|as_of| day_view(reads, as_of, page.lang)),
        sources: sources.cloned().collect(),
        illustrative: totals.illustrative,
        figures: making.url(&Extra::Figures(year)),
    };
    context.view("donors", view);
    Ok("donors.html".to_owned())
}

struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
}

impl Making<'_> {
    fn url(&self, extra: &Extra) -> String {
        let path = self.reads.plan.extra(extra, self.lang);
        path.map(|path| self.reads.url(path)).unwrap_or_default()
    }

    fn unnamed(&self, totals: &Totals) -> Option<SumView> {
        (totals.unnamed.count > 0).then(|| sum(self.reads, &totals.unnamed, self.lang))
    }

    /// The latest first.
    fn years(&self) -> Vec<YearView> {
        let locale = &self.reads.site.langs[self.lang].locale;
        let years = self.reads.plan.gifts.years.iter().rev();
        let view = |(year, totals): (&i16, &Totals)| YearView {
            year: *year,
            url: self.url(&Extra::Donors(Donors::Year { year: *year, page: 1 })),
            donors: locale.number(i64::try_from(totals.donors.len()).unwrap_or(i64::MAX)),
            sum: sum(self.reads, &totals.sum, self.lang),
            unnamed: self.unnamed(totals),
        };
        years.map(view).collect()
    }

    fn names(&self, totals: &Totals, page: usize) -> Vec<DonorView> {
        let donors = &self.reads.plan.gifts.donors;
        let view = |(donor, own): (&usize, _)| {
            let name = donors.get(*donor)?.clone();
            Some(DonorView { name, sum: sum(self.reads, own, self.lang) })
        };
        let own = totals.donors.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        own.filter_map(view).collect()
    }

    fn pages(&self, year: i16, totals: &Totals) -> Vec<NamedLink> {
        let link = |page: usize| NamedLink {
            id: page.to_string(),
            title: page.to_string(),
            url: self.url(&Extra::Donors(Donors::Year { year, page })),
        };
        match pages(totals.donors.len()) {
            1 => Vec::new(),
            many => (1..=many).map(link).collect(),
        }
    }
}
