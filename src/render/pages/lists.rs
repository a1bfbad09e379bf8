//! Views of lists: pagers, terms, archive, series.

use std::collections::BTreeMap;

use super::*;
use crate::link::{PLACES, SERIES, UNITS};
use crate::plan::Numbered;
use crate::plan::features::outlets::Book;

/// How many older numbered pages are linked besides the nearest.
const NEAR: usize = 3;

/// The pager of one page of a list; its items come beside it.
pub fn pager(
    reads: &Reads<'_>,
    base: &str,
    cut: Numbered,
    part: Cut,
    lang: LangId,
    intro: String,
) -> ListView {
    let url = |part: Cut| reads.url(&segments::part(reads.site, base, part, lang));
    // A numbered page says only what stays true when entries are added: it
    // links to older pages and to its one neighbour, and counts nothing.
    let (at, total, last) = match part {
        Cut::Landing => (cut.pages + 1, cut.total, cut.pages),
        Cut::Number(number) => (number, 0, number),
    };
    let to = |number: usize| if number > cut.pages { Cut::Landing } else { Cut::Number(number) };
    let first = last.saturating_sub(NEAR).max(1);
    let near = (first..=last).rev().map(|number| NamedLink {
        id: number.to_string(),
        title: number.to_string(),
        url: url(Cut::Number(number)),
    });
    ListView {
        intro,
        items: Vec::new(),
        total,
        number: (part != Cut::Landing).then_some(at),
        newest: url(Cut::Landing),
        newer: if at > cut.pages { String::new() } else { url(to(at + 1)) },
        older: if at > 1 { url(to(at - 1)) } else { String::new() },
        near: near.collect(),
    }
}

/// All terms of a taxonomy that have entries, in alphabetical order; units by
/// group and as a tree.
pub fn terms(reads: &Reads<'_>, taxonomy: usize, lang: LangId) -> TermsView {
    let site = reads.site;
    let all = &site.taxonomies[taxonomy].terms;
    let tag = &site.langs[lang].tag;
    let collator = site.langs[lang].locale.collator();
    let mut shown: Vec<TermId> =
        (0..all.len()).filter(|&term| reads.plan.has_term(taxonomy, term, lang)).collect();
    if taxonomy == UNITS {
        // What contains a unit with entries is shown too, so that the tree holds.
        let mut above: Vec<TermId> =
            shown.iter().flat_map(|&term| site.taxonomies[taxonomy].line(term)).collect();
        shown.append(&mut above);
        shown.sort_unstable();
        shown.dedup();
    }
    shown.sort_by_cached_key(|&term| tree_key(reads, taxonomy, term, tag, collator));
    let mut groups: BTreeMap<usize, TermGroup> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for term in shown {
        let group = if taxonomy == UNITS { group_of(reads, taxonomy, term) } else { "" };
        let at = order.iter().position(|name| *name == group).unwrap_or_else(|| {
            order.push(group);
            order.len() - 1
        });
        let title = group_title(reads, group, lang);
        let group = groups.entry(at).or_insert_with(|| TermGroup { title, terms: Vec::new() });
        group.terms.push(count(reads, taxonomy, term, lang));
    }
    TermsView { taxonomy: TAXONOMIES[taxonomy].to_owned(), groups: groups.into_values().collect() }
}

fn group_title(reads: &Reads<'_>, group: &str, lang: LangId) -> String {
    if group.is_empty() {
        return String::new();
    }
    let locale = &reads.site.langs[lang].locale;
    let key = format!("group_{}", group.replace('-', "_"));
    if locale.has(&key) { locale.string(&key).to_owned() } else { group.to_owned() }
}

/// The group that a unit says it is in, else that of the nearest above it.
fn group_of<'a>(reads: &'a Reads<'_>, taxonomy: usize, term: TermId) -> &'a str {
    let terms = &reads.site.taxonomies[taxonomy].terms;
    let line = reads.site.taxonomies[taxonomy].line(term).into_iter();
    line.map(|term| terms[term].group.as_str()).find(|group| !group.is_empty()).unwrap_or("")
}

/// How deep a unit stands below the others of its group.
fn depth(reads: &Reads<'_>, taxonomy: usize, term: TermId) -> usize {
    let group = group_of(reads, taxonomy, term);
    let above = reads.site.taxonomies[taxonomy].line(term).into_iter().skip(1);
    above.take_while(|&parent| group_of(reads, taxonomy, parent) == group).count()
}

/// Sorts a tree: every term right after what contains it.
fn tree_key(
    reads: &Reads<'_>,
    taxonomy: usize,
    term: TermId,
    tag: &str,
    collator: &crate::text::Collator,
) -> Vec<Vec<u8>> {
    let taxonomy = &reads.site.taxonomies[taxonomy];
    let terms = &taxonomy.terms;
    taxonomy
        .line(term)
        .into_iter()
        .rev()
        .map(|term| collator.key(terms[term].display(tag)))
        .collect()
}

fn count(reads: &Reads<'_>, taxonomy: usize, term: TermId, lang: LangId) -> TermCount {
    let site = reads.site;
    let named = &site.taxonomies[taxonomy].terms[term];
    TermCount {
        id: named.id.clone(),
        title: named.display(&site.langs[lang].tag).to_owned(),
        url: reads.source().term_url(taxonomy, term, lang),
        count: reads.plan.lists[lang].terms[taxonomy][term].len(),
        depth: if taxonomy == UNITS { depth(reads, taxonomy, term) } else { 0 },
    }
}

/// What a term's page says of the term. Children, with the numbers of their
/// entries, stand on the landing page only: a numbered page must not change
/// when an entry is added somewhere below.
pub fn term(reads: &Reads<'_>, taxonomy: usize, id: TermId, part: Cut, lang: LangId) -> TermView {
    let site = reads.site;
    let terms = &site.taxonomies[taxonomy].terms;
    let named = &terms[id];
    let tag = &site.langs[lang].tag;
    let link = |id: TermId| NamedLink {
        id: terms[id].id.clone(),
        title: terms[id].display(tag).to_owned(),
        url: reads.source().term_url(taxonomy, id, lang),
    };
    let shown = |id: &TermId| reads.plan.has_term(taxonomy, *id, lang);
    let below = |child: &TermId| part == Cut::Landing && terms[*child].parent == Some(id);
    let children = (0..terms.len()).filter(below).filter(shown);
    let mut children: Vec<TermCount> =
        children.map(|child| count(reads, taxonomy, child, lang)).collect();
    let collator = site.langs[lang].locale.collator();
    children.sort_by_cached_key(|child| collator.key(&child.title));
    let name = TAXONOMIES[taxonomy];
    TermView {
        taxonomy: name.to_owned(),
        taxonomy_label: site.langs[lang].locale.string(taxonomy_string(name)).to_owned(),
        taxonomy_url: reads.url(&segments::terms(site, taxonomy, lang)),
        id: named.id.clone(),
        name: named.display(tag).to_owned(),
        description: named.description.get(tag).unwrap_or_default().to_owned(),
        former: former(reads, taxonomy, id, lang),
        parent: named.parent.filter(shown).map(link),
        children,
        illustrative: named.illustrative,
        book: match taxonomy {
            SERIES => features::book_url(reads, Book::Series(id), lang),
            _ => String::new(),
        },
    }
}

/// Former names other than today's.
fn former(reads: &Reads<'_>, taxonomy: usize, id: TermId, lang: LangId) -> Vec<String> {
    if taxonomy != PLACES && taxonomy != UNITS {
        return Vec::new();
    }
    let term = &reads.site.taxonomies[taxonomy].terms[id];
    let today = term.display(&reads.site.langs[lang].tag);
    term.former.iter().map(|(name, _)| name.clone()).filter(|name| name != today).collect()
}

pub fn archive(reads: &Reads<'_>, lang: LangId) -> ArchiveView {
    let site = reads.site;
    let mut years: BTreeMap<i16, ArchiveYear> = BTreeMap::new();
    for (&(year, month), ids) in &reads.plan.lists[lang].months {
        let entry = years.entry(year).or_insert_with(|| ArchiveYear {
            year,
            url: reads.url(&segments::year(site, year, lang)),
            count: 0,
            months: Vec::new(),
        });
        entry.count += ids.len();
        entry.months.push(ArchiveMonth {
            month,
            title: site.langs[lang].locale.month(year, month).unwrap_or_default(),
            url: reads.url(&segments::month(site, year, month, lang)),
            count: ids.len(),
        });
    }
    ArchiveView { years: years.into_values().rev().collect() }
}

/// The entries of a year, oldest first.
pub fn year(reads: &Reads<'_>, year: i16, lang: LangId) -> Vec<EntryId> {
    let months = reads.plan.lists[lang].months.range((year, 1)..=(year, 12));
    months.flat_map(|(_, ids)| ids.iter().copied()).collect()
}

/// The series an entry belongs to, as far as it is published.
pub fn series(reads: &Reads<'_>, id: EntryId, lang: LangId) -> Option<SeriesView> {
    let site = reads.site;
    let (term, _) = site.entries[id].series?;
    let parts = &reads.plan.lists[lang].terms[SERIES][term];
    // The number that was written, else the place in the list.
    let number = |at: usize| {
        let written = parts.get(at).and_then(|&part| site.entries[part].series?.1);
        written.and_then(|part| usize::try_from(part).ok()).unwrap_or(at + 1)
    };
    let part = number(parts.iter().position(|&other| other == id)?);
    let numbered = parts.iter().enumerate().filter_map(|(at, &other)| {
        let card = reads.card(other, lang)?;
        Some(SeriesPart {
            number: number(at),
            title: card.view.title.to_string(),
            url: card.view.url.to_string(),
            current: other == id,
        })
    });
    Some(SeriesView {
        title: site.taxonomies[SERIES].terms[term].display(&site.langs[lang].tag).to_owned(),
        url: reads.source().term_url(SERIES, term, lang),
        part,
        total: (0..parts.len()).map(number).max().unwrap_or(0),
        parts: numbered.collect(),
    })
}

/// What came of an entry: an appeal with how it stands, an award.
pub fn follow_ups(reads: &Reads<'_>, ids: &[EntryId], lang: LangId) -> Vec<FollowUpView> {
    let view = |id: &EntryId| {
        let card = &reads.card(*id, lang)?.view;
        Some(FollowUpView {
            item: NeighbourView::of(card),
            kind_label: card.kind_label.clone(),
            date: card.date.clone(),
            status: card.status.clone(),
            status_label: card.status_label.clone(),
        })
    };
    ids.iter().filter_map(view).collect()
}
