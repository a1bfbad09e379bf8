//! The roll of awards: years side by side, and a year's awards by level.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Words, unit_link};
use crate::base::diag::Diagnostic;
use crate::i18n::Locale;
use crate::kinds::{AWARD_FORMS, AWARD_LEVELS, Field, Fields};
use crate::link::{EntryId, LangId, UNITS};
use crate::plan::awards::{decided, recipients};
use crate::plan::features::awards::Awards;
use crate::plan::tally::Sort;
use crate::plan::{Extra, Page};
use crate::render::view::{DateView, NamedLink, NeighbourView};
use crate::render::{Context, Reads};
use crate::text::fold;

/// Pages of criteria that the roll leads to.
const CRITERIA: usize = 12;

/// `awards`: all years, or one.
#[derive(Debug, Serialize)]
struct AwardsView {
    year: Option<i16>,
    years: Vec<NamedLink>,
    /// Page with all years, on a year's page.
    all: String,
    /// What awards are given by.
    criteria: Vec<NamedLink>,
    /// On the page of all years: by level, as many counts as there are years.
    counts: Vec<CountView>,
    /// On a year's page.
    levels: Vec<LevelView>,
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct CountView {
    name: String,
    counts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct LevelView {
    /// For the anchor.
    number: usize,
    name: String,
    awards: Vec<AwardView>,
}

#[derive(Debug, Serialize)]
struct AwardView {
    item: NeighbourView,
    form: String,
    decision: String,
    decided: Option<DateView>,
    issuer: String,
    recipients: Vec<NamedLink>,
    illustrative: bool,
}

pub(super) fn words(of: Awards, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let (title, short, above) = match of {
        Awards::Main => (locale.string("awards").to_owned(), None, None),
        Awards::Year(year) => {
            let year = year.to_string();
            let title = locale.text("awards_year", &[("year", &year)]);
            (title, Some(year), Some(Extra::Awards(Awards::Main)))
        }
    };
    Words {
        kind: "awards",
        title,
        short,
        description: locale.string("awards_about").to_owned(),
        above: above.into_iter().collect(),
    }
}

pub(super) fn context<'a>(
    of: Awards,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let making = Making { reads, lang: page.lang };
    context.view("awards", making.view(of));
    Ok("awards.html".to_owned())
}

/// A recipient as an award calls it, with the page of the unit that it is.
pub fn recipient(reads: &Reads<'_>, name: &str, lang: LangId) -> NamedLink {
    let Some(unit) = reads.plan.awards.unit(name) else {
        return NamedLink { id: String::new(), title: name.to_owned(), url: String::new() };
    };
    let link = unit_link(reads, unit, lang);
    let by_id = fold(name) == fold(&reads.site.taxonomies[UNITS].terms[unit].id);
    if by_id { link } else { NamedLink { title: name.to_owned(), ..link } }
}

struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
}

impl Making<'_> {
    fn locale(&self) -> &Locale {
        &self.reads.site.langs[self.lang].locale
    }

    fn view(&self, of: Awards) -> AwardsView {
        let plan = self.reads.plan;
        let (year, ids): (_, Vec<EntryId>) = match of {
            Awards::Main => {
                (None, plan.awards.years(self.lang).flat_map(|(_, ids)| ids).copied().collect())
            }
            Awards::Year(year) => (Some(year), plan.awards.year(year, self.lang).to_vec()),
        };
        AwardsView {
            year,
            years: self.years(),
            all: if year.is_some() { self.url(Awards::Main) } else { String::new() },
            criteria: self.criteria(&ids),
            counts: if year.is_none() { self.counts(&ids) } else { Vec::new() },
            levels: if year.is_some() { self.levels(&ids) } else { Vec::new() },
            illustrative: ids.iter().any(|&id| self.reads.site.entries[id].illustrative),
        }
    }

    fn url(&self, of: Awards) -> String {
        let path = self.reads.plan.extra(&Extra::Awards(of), self.lang);
        path.map(|path| self.reads.url(path)).unwrap_or_default()
    }

    /// The latest first.
    fn years(&self) -> Vec<NamedLink> {
        let years = self.reads.plan.awards.years(self.lang).rev();
        let link = |(year, _): (i16, &[EntryId])| NamedLink {
            id: year.to_string(),
            title: year.to_string(),
            url: self.url(Awards::Year(year)),
        };
        years.map(link).collect()
    }

    fn fields(&self, id: EntryId) -> Option<&Fields> {
        self.reads.site.shown(id, self.lang).map(|(variant, _)| &variant.fields)
    }

    fn sort(&self, id: EntryId, key: &str) -> Sort {
        let list = if key == "level" { AWARD_LEVELS } else { AWARD_FORMS };
        self.fields(id).map(|fields| Sort::of(fields, key, list)).unwrap_or_default()
    }

    fn by_level(&self, ids: &[EntryId]) -> BTreeMap<Sort, Vec<EntryId>> {
        let mut levels: BTreeMap<Sort, Vec<EntryId>> = BTreeMap::new();
        for &id in ids {
            levels.entry(self.sort(id, "level")).or_default().push(id);
        }
        levels
    }

    /// Decisions by level, the latest year first.
    fn counts(&self, ids: &[EntryId]) -> Vec<CountView> {
        let years = || self.reads.plan.awards.years(self.lang).rev();
        let row = |(level, _): (&Sort, &Vec<EntryId>)| CountView {
            name: level.label(self.locale()).to_owned(),
            counts: years()
                .map(|(_, ids)| {
                    let own = ids.iter().filter(|&&id| self.sort(id, "level") == *level).count();
                    self.locale().number(i64::try_from(own).unwrap_or(i64::MAX))
                })
                .collect(),
        };
        self.by_level(ids).iter().map(row).collect()
    }

    fn levels(&self, ids: &[EntryId]) -> Vec<LevelView> {
        let levels = self.by_level(ids);
        let view = |(number, (level, ids)): (usize, (&Sort, &Vec<EntryId>))| LevelView {
            number,
            name: level.label(self.locale()).to_owned(),
            awards: ids.iter().filter_map(|&id| self.award(id)).collect(),
        };
        (1..).zip(&levels).map(view).collect()
    }

    fn award(&self, id: EntryId) -> Option<AwardView> {
        let (card, fields) = (self.reads.card(id, self.lang)?, self.fields(id)?);
        let text = |key: &str| match fields.iter().find(|(name, _)| *name == key) {
            Some((_, field)) => match &field.value {
                Field::Text(text) => text.clone(),
                _ => String::new(),
            },
            None => String::new(),
        };
        let day = decided(self.reads.site, id);
        let names = recipients(fields).iter();
        Some(AwardView {
            item: NeighbourView::of(&card.view),
            form: self.sort(id, "form").label(self.locale()).to_owned(),
            decision: text("decision"),
            decided: day.and_then(|day| super::day_view(self.reads, day, self.lang)),
            issuer: text("issuer"),
            recipients: names.map(|name| recipient(self.reads, name, self.lang)).collect(),
            illustrative: card.view.illustrative,
        })
    }

    /// What the awards name, each once, the latest award's first.
    fn criteria(&self, ids: &[EntryId]) -> Vec<NamedLink> {
        let shown = |id: &EntryId| self.reads.site.shown(*id, self.lang);
        let linked = ids.iter().rev().filter_map(shown).flat_map(|(variant, _)| &variant.linked);
        let named = linked.filter(|(key, _)| *key == "criteria").flat_map(|(_, ids)| ids);
        let mut found: Vec<EntryId> = Vec::new();
        for &id in named {
            if !found.contains(&id) && found.len() < CRITERIA {
                found.push(id);
            }
        }
        let link = |id: EntryId| Some(NamedLink::of(&self.reads.card(id, self.lang)?.view));
        found.into_iter().filter_map(link).collect()
    }
}
