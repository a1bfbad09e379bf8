//! What stands around an entry: its neighbours in the section, and related
//! entries that were published before it.
//!
//! Only earlier entries are ever related, so that a new entry leaves the pages
//! of all the others but one as they are.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::{LangLists, Neighbours};
use crate::link::{EntryId, PLACES, Site, TAGS, TOPICS, UNITS};

/// How many related entries a page shows.
const SHOWN: usize = 5;
/// How many of the newest entries of a term are looked at.
const WINDOW: usize = 12;
/// How many of what an entry led to its page shows.
const FOLLOW_UPS: usize = 12;
/// Fields by which an entry says what led to it: an appeal and an award their
/// stories, an award the criteria by which it was given.
const CAUSES: [&str; 2] = ["stories", "criteria"];
/// Taxonomies that relate, with what a shared term counts.
const WEIGHTS: [(usize, u32); 4] = [(TOPICS, 4), (PLACES, 3), (UNITS, 2), (TAGS, 1)];

/// By taxonomy and term: age and id of its newest entries so far.
type Newest = FxHashMap<(usize, usize), VecDeque<(usize, EntryId)>>;

/// `with_related`: whether the theme shows what is related.
pub(super) fn neighbours(site: &Site, lists: &LangLists, with_related: bool) -> Vec<Neighbours> {
    let mut all = vec![Neighbours::default(); site.entries.len()];
    for (section, ids) in lists.sections.iter().enumerate() {
        let own: Vec<EntryId> =
            ids.iter().copied().filter(|&id| site.entries[id].section == section).collect();
        for pair in own.windows(2) {
            all[pair[0]].next = Some(pair[1]);
            all[pair[1]].previous = Some(pair[0]);
        }
    }
    follow_ups(site, lists, &mut all);
    if !with_related {
        return all;
    }
    let (mut newest, mut scores) = (Newest::default(), FxHashMap::default());
    for (age, &id) in lists.all.iter().enumerate() {
        all[id].related = related(site, id, &newest, &mut scores);
        for (taxonomy, _) in WEIGHTS {
            for &term in &site.entries[id].terms[taxonomy] {
                let window = newest.entry((taxonomy, term)).or_default();
                if window.len() == WINDOW {
                    window.pop_front();
                }
                window.push_back((age, id));
            }
        }
    }
    all
}

/// Each entry learns of what names it, so that a story leads on to the help
/// that came of it. What is named is older as a rule: a new appeal changes the
/// pages of its stories and no others.
fn follow_ups(site: &Site, lists: &LangLists, all: &mut [Neighbours]) {
    for &id in lists.all.iter().rev() {
        let entry = &site.entries[id];
        let Some(variant) = &entry.variants[entry.original] else { continue };
        let causes = variant.linked.iter().filter(|(key, _)| CAUSES.contains(key));
        for &cause in causes.flat_map(|(_, ids)| ids) {
            let known = &mut all[cause].follow_ups;
            if cause != id && known.len() < FOLLOW_UPS && !known.contains(&id) {
                known.push(id);
            }
        }
    }
}

/// The best of what shares a term: by what is shared, then the newest. `scores`
/// is room for its work.
fn related(
    site: &Site,
    id: EntryId,
    newest: &Newest,
    scores: &mut FxHashMap<(usize, EntryId), u32>,
) -> Vec<EntryId> {
    for (taxonomy, weight) in WEIGHTS {
        for &term in &site.entries[id].terms[taxonomy] {
            for &candidate in newest.get(&(taxonomy, term)).into_iter().flatten() {
                *scores.entry(candidate).or_default() += weight;
            }
        }
    }
    let mut ranked: Vec<((usize, EntryId), u32)> = scores.drain().collect();
    ranked.sort_unstable_by_key(|&((age, _), score)| std::cmp::Reverse((score, age)));
    // Not out of the list itself: what is kept would lie in all of its room.
    ranked.iter().take(SHOWN).map(|((_, id), _)| *id).collect()
}
