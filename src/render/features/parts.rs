//! A declared figure as a chart: what it is added up from, by year, month,
//! kind, unit or area.

use std::collections::BTreeMap;

use serde::Serialize;

use super::charts::{self, LineView};
use super::sums::{money, quantity};
use super::unit_link;
use crate::link::{LangId, PLACES, TermId};
use crate::plan::gifts::{Breakdown, Cited};
use crate::render::Reads;
use crate::render::view::NamedLink;

/// `parts` of a component with a `by`.
#[derive(Debug, Serialize)]
pub struct PartsView {
    rows: Vec<PartView>,
    /// Over the years, if there are two at least.
    line: Option<LineView>,
    /// What the rows are: `years` ...
    by: &'static str,
}

#[derive(Debug, Serialize)]
struct PartView {
    name: NamedLink,
    value: String,
    /// Of the longest bar, in thousandths.
    width: i128,
}

/// The parts of a figure in a language; `None` for one that has none.
pub fn parts(reads: &Reads<'_>, id: &str, by: Breakdown, lang: LangId) -> Option<PartsView> {
    let figure = reads.plan.gifts.figures.get(id)?;
    let rows = figure.rows.as_ref()?;
    let making = Making { reads, lang, figure };
    let gifts = &reads.plan.gifts;
    let named = match by {
        Breakdown::Years => {
            let parts = rows.parts(gifts, |row| row.day.year());
            making.each(&parts, |year| plain(year.to_string()))
        }
        Breakdown::Months => {
            let parts = rows.parts(gifts, |row| (row.day.year(), row.day.month()));
            let locale = &reads.site.langs[lang].locale;
            making.each(&parts, |(year, month)| {
                plain(locale.month(*year, *month).unwrap_or_default())
            })
        }
        Breakdown::Kinds => {
            let tag = &reads.site.langs[lang].tag;
            let parts = rows.parts(gifts, |row| row.kind);
            making.each(&parts, |kind| {
                let name = gifts.kinds.get(*kind).and_then(|kind| kind.get(tag));
                plain(name.unwrap_or_default().to_owned())
            })
        }
        Breakdown::Units => {
            let parts = rows.parts(gifts, |row| row.unit);
            making.by_name(making.each(&parts, |unit| unit_link(reads, *unit, lang)))
        }
        Breakdown::Areas => making.areas(&rows.parts(gifts, |row| row.area)),
    };
    Some(making.view(by, named))
}

struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
    figure: &'a Cited,
}

type Parts = Vec<(NamedLink, i128)>;

impl Making<'_> {
    fn each<K>(&self, parts: &BTreeMap<K, i128>, name: impl Fn(&K) -> NamedLink) -> Parts {
        let some = parts.iter().filter(|(_, part)| **part != 0);
        some.map(|(key, part)| (name(key), *part)).collect()
    }

    /// Nobody is first or last by what was given.
    fn by_name(&self, mut parts: Parts) -> Parts {
        let collator = self.reads.site.langs[self.lang].locale.collator();
        parts.sort_by_cached_key(|(name, _)| (collator.key(&name.title), name.id.clone()));
        parts
    }

    /// By province; what names no place stands last.
    fn areas(&self, parts: &BTreeMap<Option<TermId>, i128>) -> Parts {
        let site = self.reads.site;
        let mut provinces: BTreeMap<Option<TermId>, i128> = BTreeMap::new();
        for (area, part) in parts {
            let line = area.map(|area| site.taxonomies[PLACES].line(area));
            let province = line.and_then(|line| line.last().copied());
            *provinces.entry(province).or_default() += part;
        }
        let unsaid = provinces.remove(&None).filter(|part| *part != 0);
        let tag = &site.langs[self.lang].tag;
        let named = self.each(&provinces, |province| {
            let term = province.map(|id| (id, &site.taxonomies[PLACES].terms[id]));
            term.map_or_else(
                || plain(String::new()),
                |(id, term)| NamedLink {
                    id: term.id.clone(),
                    title: term.display(tag).to_owned(),
                    url: self.reads.source().term_url(PLACES, id, self.lang),
                },
            )
        });
        let mut named = self.by_name(named);
        let words = site.langs[self.lang].locale.string("figures_unsaid");
        named.extend(unsaid.map(|part| (plain(words.to_owned()), part)));
        named
    }

    fn value(&self, part: i128) -> String {
        let tag = &self.reads.site.langs[self.lang].tag;
        match &self.figure.measure {
            Some(measure) => {
                let number = quantity(self.reads, part, self.lang);
                format!("{number} {}", measure.get(tag).unwrap_or_default())
            }
            None => money(self.reads, part, self.lang).0,
        }
    }

    fn view(&self, by: Breakdown, parts: Parts) -> PartsView {
        let dot = |(name, part): &(NamedLink, i128)| (name.title.clone(), *part, self.value(*part));
        let line = (by == Breakdown::Years).then(|| charts::line(parts.iter().map(dot).collect()));
        let most = parts.iter().map(|(_, part)| *part).max().unwrap_or(0);
        let row = |(name, part): (NamedLink, i128)| PartView {
            value: self.value(part),
            width: charts::width(part, most),
            name,
        };
        PartsView {
            line: line.flatten(),
            rows: parts.into_iter().map(row).collect(),
            by: match by {
                Breakdown::Years => "years",
                Breakdown::Months => "months",
                Breakdown::Kinds => "kinds",
                Breakdown::Units => "units",
                Breakdown::Areas => "areas",
            },
        }
    }
}

fn plain(title: String) -> NamedLink {
    NamedLink { id: String::new(), title, url: String::new() }
}
