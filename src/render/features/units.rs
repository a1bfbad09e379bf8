//! A unit's page: what it did itself, by kind, and apart from that what the
//! units below it did; the lists that the page is too short for.
//!
//! Takes what the plan gathered of each unit; gives views. Units stand in the
//! order of the alphabet, never in that of their numbers.

use std::borrow::Cow;

use serde::Serialize;

use super::Words;
use super::campaign::opening;
use super::sums::{KindSum, SumView, kinds, sum};
use super::{day_view, unit_link};
use crate::base::diag::Diagnostic;
use crate::kinds::{KINDS, Kind, kind};
use crate::link::{EntryId, LangId, TermId, UNITS};
use crate::plan::features::units::{SHOWN, UnitList, entries, path};
use crate::plan::units::Given;
use crate::plan::{Extra, Page, Part as Cut, is_coming};
use crate::render::cards::kind_label;
use crate::render::context::{Fields, List};
use crate::render::view::{DateView, NamedLink, NeighbourView};
use crate::render::{Context, Own, Part, Reads, pages};

/// `unit`: what it has besides cards.
#[derive(Debug, Serialize)]
struct UnitView {
    /// Units above it, the highest first.
    above: Vec<NamedLink>,
    launches: Vec<LaunchView>,
    given: Option<GivenView>,
    compared: Option<ComparedView>,
    /// How many events are over, and all of its events if there are more.
    past: BlockView,
    /// Of the units below it.
    below: BlockView,
}

/// What a list shows the newest of.
#[derive(Debug, Serialize)]
struct BlockView {
    id: &'static str,
    title: String,
    total: usize,
    /// All of them, or empty where they are all shown.
    url: String,
}

#[derive(Debug, Serialize)]
struct LaunchView {
    campaign: NamedLink,
    date: DateView,
    /// Whether the day has come.
    held: bool,
    item: NeighbourView,
}

#[derive(Debug, Serialize)]
struct GivenView {
    own: SumView,
    /// With all below it, where that is more.
    whole: Option<SumView>,
    kinds: Vec<KindSum>,
    as_of: Option<DateView>,
    illustrative: bool,
    /// The page of all figures, or empty.
    url: String,
}

/// The units right below, each with all below it.
#[derive(Debug, Serialize)]
struct ComparedView {
    kinds: Vec<String>,
    rows: Vec<RowView>,
    /// Whether any of them gave.
    money: bool,
    as_of: Option<DateView>,
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct RowView {
    unit: NamedLink,
    /// As many as there are kinds.
    counts: Vec<usize>,
    total: usize,
    sum: Option<SumView>,
}

pub(super) fn words(of: UnitList, reads: &Reads<'_>, lang: LangId) -> Words {
    let site = reads.site;
    let unit = &site.taxonomies[UNITS].terms[of.unit];
    let name = unit.display(&site.langs[lang].tag);
    let list = match of.kind.and_then(kind) {
        Some(kind) => many(kind, reads, lang),
        None => site.langs[lang].locale.string("unit_below").to_owned(),
    };
    Words {
        kind: "term",
        title: format!("{name}: {list}"),
        short: Some(list),
        description: String::new(),
        above: Vec::new(),
    }
}

/// One of the lists that belong to a unit's page.
pub(super) fn context<'a>(
    of: UnitList,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let base = path(reads.site, of, page.lang);
    let ids = entries(reads.plan, of, page.lang);
    pages::list(reads, context, "list", &base, ids, of.part, page.lang, String::new());
    Ok("month.html".to_owned())
}

/// The page of a unit.
pub fn unit<'a>(
    unit: TermId,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> String {
    let making = Making { reads, lang: page.lang, unit };
    let events = making.own(Some("event"));
    let at = reads.plan.at;
    let is_coming = |id: &EntryId| is_coming(reads.site, *id, at);
    let (mut coming, mut past): (Vec<EntryId>, Vec<EntryId>) =
        events.iter().copied().partition(is_coming);
    let start = |id: &EntryId| (reads.site.entries[*id].start.as_ref().map(|at| at.instant), *id);
    coming.sort_by_key(start);
    past.sort_by_key(start);
    context.view("unit", making.view(past.len()));
    context.insert("coming", reads.cards("coming", &coming, page.lang));
    context.insert("past", reads.cards("past", &newest(&past), page.lang));
    context.insert("below", reads.cards("list", &newest(making.own(None)), page.lang));
    context.insert("blocks", making.blocks());
    crate::plan::units::TEMPLATE.to_owned()
}

fn newest(ids: &[EntryId]) -> Vec<EntryId> {
    ids.iter().rev().take(SHOWN).copied().collect()
}

/// What a language calls entries of a kind.
pub fn many(kind: &dyn Kind, reads: &Reads<'_>, lang: LangId) -> String {
    let locale = &reads.site.langs[lang].locale;
    let key = format!("kind_{}_many", kind.name());
    if locale.has(&key) { locale.string(&key).to_owned() } else { kind_label(kind, locale) }
}

/// What one unit's page is made from.
struct Making<'a> {
    reads: &'a Reads<'a>,
    lang: LangId,
    unit: TermId,
}

impl<'a> Making<'a> {
    fn own(&self, kind: Option<&'static str>) -> &'a [EntryId] {
        let of = UnitList { unit: self.unit, kind, part: Cut::Landing };
        entries(self.reads.plan, of, self.lang)
    }

    fn block(&self, kind: Option<&'static str>, id: &'static str, title: String) -> BlockView {
        let list = Extra::UnitList(UnitList { unit: self.unit, kind, part: Cut::Landing });
        let url = self.reads.plan.extra(&list, self.lang);
        BlockView {
            id,
            title,
            total: self.own(kind).len(),
            url: url.map(|url| self.reads.url(url)).unwrap_or_default(),
        }
    }

    /// Its own entries of each kind, the newest of each; events stand apart.
    fn blocks(&self) -> List<Fields<'a>> {
        let kinds = KINDS.iter().map(|kind| (kind.name(), *kind));
        let kinds = kinds.filter(|(name, _)| *name != "event");
        let kinds = kinds.filter(|(name, _)| !self.own(Some(name)).is_empty());
        let block = |(name, kind): (&'static str, &'static dyn Kind)| {
            let title = many(kind, self.reads, self.lang);
            let view = self.block(Some(name), name, title);
            let cards = self.reads.cards("section", &newest(self.own(Some(name))), self.lang);
            let items: (Cow<'static, str>, Box<dyn Part + 'a>) = ("items".into(), Box::new(cards));
            Fields { over: Box::new(Own(view)), fields: vec![items] }
        };
        List(kinds.map(block).collect())
    }

    fn view(&self, past: usize) -> UnitView {
        let locale = &self.reads.site.langs[self.lang].locale;
        let line = self.reads.site.taxonomies[UNITS].line(self.unit);
        let above = line.iter().skip(1).rev();
        let title = |key: &str| locale.string(key).to_owned();
        let mut over = self.block(Some("event"), "past", title("unit_past"));
        over.total = past;
        UnitView {
            above: above.map(|unit| unit_link(self.reads, *unit, self.lang)).collect(),
            launches: self.launches(),
            given: self.reads.plan.units.given.get(&self.unit).map(|given| self.given(given)),
            compared: self.compared(),
            past: over,
            below: self.block(None, "below", title("unit_below")),
        }
    }

    /// The newest first.
    fn launches(&self) -> Vec<LaunchView> {
        let lists = self.reads.plan.units.lists(self.lang);
        let mut found: Vec<_> =
            lists.and_then(|of| of.launches.get(&self.unit)).into_iter().flatten().collect();
        found.sort_by_key(|of| std::cmp::Reverse((of.launched.day, of.campaign)));
        let view = |of: &crate::plan::units::Opening| {
            let card = self.reads.card(of.launched.entry, self.lang)?;
            Some(LaunchView {
                campaign: opening(self.reads, of.campaign, of.year, self.lang)?,
                date: day_view(self.reads, of.launched.day, self.lang)?,
                held: of.launched.day <= self.reads.plan.today,
                item: NeighbourView::of(&card.view),
            })
        };
        found.into_iter().filter_map(view).collect()
    }

    fn given(&self, given: &Given) -> GivenView {
        let url = self.reads.plan.extra(&Extra::Figures(None), self.lang);
        let more = given.whole != given.own;
        GivenView {
            own: sum(self.reads, &given.own, self.lang),
            whole: more.then(|| sum(self.reads, &given.whole, self.lang)),
            kinds: kinds(self.reads, &given.kinds, self.lang),
            as_of: given.as_of.and_then(|as_of| day_view(self.reads, as_of, self.lang)),
            illustrative: given.illustrative,
            url: url.map(|url| self.reads.url(url)).unwrap_or_default(),
        }
    }

    /// `None` for a unit without others below it that have anything.
    fn compared(&self) -> Option<ComparedView> {
        let plan = self.reads.plan;
        let lists = plan.units.lists(self.lang)?;
        let children = lists.children.get(self.unit).filter(|below| !below.is_empty())?;
        let count = |unit: TermId, kind: &dyn Kind| {
            lists.counts.get(unit).and_then(|of| of.get(kind.name())).copied().unwrap_or(0)
        };
        let any = |kind: &&&dyn Kind| children.iter().any(|unit| count(*unit, **kind) > 0);
        let kinds: Vec<&dyn Kind> = KINDS.iter().filter(any).copied().collect();
        let row = |&unit: &TermId| {
            let counts: Vec<usize> = kinds.iter().map(|kind| count(unit, *kind)).collect();
            let given = plan.units.given.get(&unit);
            RowView {
                unit: unit_link(self.reads, unit, self.lang),
                total: counts.iter().sum(),
                counts,
                sum: given.map(|given| sum(self.reads, &given.whole, self.lang)),
            }
        };
        let given = || children.iter().filter_map(|unit| plan.units.given.get(unit));
        let as_of = given().filter_map(|given| given.as_of).max();
        Some(ComparedView {
            kinds: kinds.iter().map(|kind| many(*kind, self.reads, self.lang)).collect(),
            rows: children.iter().map(row).collect(),
            money: given().next().is_some(),
            as_of: as_of.and_then(|as_of| day_view(self.reads, as_of, self.lang)),
            illustrative: given().any(|given| given.illustrative),
        })
    }
}
