//! The page of a programme or a project: what it is, what came of it, and its
//! entries by kind.

use serde::Serialize;

use super::{Cut, with};
use crate::kinds::{Kind, kind};
use crate::link::{EntryId, LangId, PROGRAMMES, TermId};
use crate::plan::terms::works;
use crate::render::context::{Fields, List};
use crate::render::features::{CitedView, cited, many};
use crate::render::view::NamedLink;
use crate::render::{Context, Own, Reads};
use crate::text::money::Money;

/// How many entries of a kind stand in its block.
const SHOWN: usize = 6;
/// Kinds that have a block above the list of all entries, in this order.
const BLOCKS: [&str; 4] = ["work", "document", "model", "report"];

/// `programme`: what there is besides cards.
#[derive(Debug, Serialize)]
struct ProgrammeView {
    /// The page that tells of it, if there is one.
    about: Option<AboutView>,
    figures: Vec<CitedView>,
    /// `None` without works.
    works: Option<WorksView>,
}

#[derive(Debug, Serialize)]
struct AboutView {
    page: NamedLink,
    summary: String,
    /// Language of both.
    lang: String,
}

#[derive(Debug, Serialize)]
struct WorksView {
    count: String,
    handed_over: String,
    /// Empty where nothing is said.
    value: String,
    beneficiaries: String,
}

#[derive(Debug, Serialize)]
struct BlockView {
    id: &'static str,
    title: String,
    total: usize,
    url: String,
}

/// Inserts `programme` and `blocks`.
pub fn programme<'a>(
    term: TermId,
    ids: &[EntryId],
    lang: LangId,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) {
    let locale = &reads.site.langs[lang].locale;
    let sum = works(reads.site, ids);
    let number = |number: i128| locale.number_style().integer(number);
    let value = i64::try_from(sum.value).ok().filter(|dong| *dong > 0);
    let view = WorksView {
        count: number(sum.count as i128),
        handed_over: number(sum.handed_over as i128),
        value: value.map(|dong| locale.money(Money { dong })).unwrap_or_default(),
        beneficiaries: number(sum.beneficiaries),
    };
    let told = &reads.site.taxonomies[PROGRAMMES].terms[term].told;
    let figures = told.figures.iter().filter_map(|id| cited(reads, &id.value, lang));
    let programme = ProgrammeView {
        about: about(reads, term, lang),
        figures: figures.collect(),
        works: (sum.count > 0).then_some(view),
    };
    context.view("programme", programme);
    context.insert("blocks", blocks(ids, lang, reads));
}

fn about(reads: &Reads<'_>, term: TermId, lang: LangId) -> Option<AboutView> {
    let page = reads.site.taxonomies[PROGRAMMES].terms[term].told.page.as_ref()?;
    let id = *reads.site.by_key.get(page.value.as_str())?;
    let card = &reads.card(id, lang)?.view;
    Some(AboutView {
        page: NamedLink::of(card),
        summary: card.summary.to_string(),
        lang: card.lang.clone(),
    })
}

/// The newest of what was built and decided; all entries stand in the list.
fn blocks<'a>(ids: &[EntryId], lang: LangId, reads: &'a Reads<'a>) -> List<Fields<'a>> {
    // Few entries are seen at once in the list.
    let ids = if ids.len() > SHOWN { ids } else { &[] };
    let block = |kind: &'static dyn Kind| {
        let of_kind = |id: &&EntryId| reads.site.entries[**id].kind.name() == kind.name();
        let own: Vec<EntryId> = ids.iter().rev().filter(of_kind).copied().collect();
        let view = BlockView {
            id: kind.name(),
            title: many(kind, reads, lang),
            total: own.len(),
            url: String::new(),
        };
        let shown = own.get(..SHOWN.min(own.len())).unwrap_or_default();
        let items = with("items", reads.cards("section", shown, lang));
        (!own.is_empty()).then(|| Fields { over: Box::new(Own(view)), fields: vec![items] })
    };
    List(BLOCKS.iter().filter_map(|name| block(kind(name)?)).collect())
}

/// Whether a page is that of a programme, in a theme that has one.
pub fn is_drawn(reads: &Reads<'_>, taxonomy: usize, part: Cut) -> bool {
    taxonomy == PROGRAMMES
        && part == Cut::Landing
        && reads.theme.refines(crate::plan::terms::TEMPLATE, "term.html")
}
