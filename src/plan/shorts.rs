//! The pages at short addresses, each of which leads on.
//!
//! Takes the linked site and the plan; gives paths and what lies there. An
//! address is there wherever the page is that it leads to, and of what was
//! taken back the notice.

use std::sync::Arc;

use jiff::civil::Date;

use super::column::Slot;
use super::features::column;
use super::{Plan, State, What};
use crate::link::{LangId, Site};

/// URL path, what lies there and the file that asked for it.
pub(super) type Spot = (String, LangId, What, Option<Arc<str>>);

/// The short address of a week of the column, by its Monday: `s/2026-w48/`.
pub fn of_week(site: &Site, monday: Date, lang: LangId) -> Option<String> {
    let label = Slot::Week.label(monday).to_lowercase();
    Some(format!("{}{label}/", site.short_folder(lang)?))
}

pub(super) fn spots(site: &Site, plan: &Plan) -> Vec<Spot> {
    let mut spots = Vec::new();
    for lang in 0..site.langs.len() {
        let Some(folder) = site.short_folder(lang) else { return spots };
        for (id, entry) in site.entries.iter().enumerate() {
            let what = match plan.states[id] {
                _ if plan.has_page(id, lang) => What::Short(id),
                State::Withdrawn if site.entry_path(id, lang).is_some() => What::Withdrawn(id),
                _ => continue,
            };
            // A translation may say the name of the original once more.
            let again =
                |at: usize| entry.shorts[..at].iter().any(|of| of.name == entry.shorts[at].name);
            for (at, short) in entry.shorts.iter().enumerate() {
                if again(at) {
                    continue;
                }
                let origin = short.doc.map(|doc| Arc::clone(&site.docs[doc].path));
                spots.push((format!("{folder}{}/", short.name), lang, what.clone(), origin));
            }
        }
        for monday in plan.columns.get(lang).into_iter().flat_map(|filled| filled.all_weeks()) {
            let to = column::week_path(site, monday, lang);
            let from = of_week(site, monday, lang);
            spots.extend(from.map(|from| (from, lang, What::Redirect { to }, None)));
        }
    }
    spots
}
