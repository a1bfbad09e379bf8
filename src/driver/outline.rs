//! What a report says of a site: counts and what is held back, without the site.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Ready;
use crate::base::diag::Bi;
use crate::base::time::Moment;
use crate::i18n::{self, DateStyle, Locale};
use crate::plan::State;

/// Of one build.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Visible entries by kind and language tag.
    pub entries: Vec<(String, String, usize)>,
    pub held: Vec<Held>,
    /// Pages and files of the output.
    pub pages: usize,
    /// When the output would change by itself, by RFC 3339.
    pub next_flip: Option<String>,
}

/// An entry that is not shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub entry: String,
    pub state: State,
    /// When that changes or changed, if it is a matter of time.
    pub when: Option<When>,
}

/// A moment in the languages of messages, whatever the site speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct When {
    pub rfc3339: String,
    pub words: Bi,
}

impl Outline {
    pub fn of(ready: &Ready) -> Outline {
        Outline {
            entries: entries(ready),
            held: held(ready),
            pages: ready.plan.pages.len(),
            next_flip: ready.plan.next_flip.as_ref().map(Moment::rfc3339),
        }
    }
}

fn entries(ready: &Ready) -> Vec<(String, String, usize)> {
    let mut all: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (id, entry) in ready.site.entries.iter().enumerate() {
        for (lang, variant) in entry.variants.iter().enumerate() {
            if variant.is_some() && ready.plan.has_page(id, lang) {
                let tag = ready.site.langs[lang].tag.as_str();
                *all.entry((entry.kind.name(), tag)).or_default() += 1;
            }
        }
    }
    let owned = |((kind, lang), n): ((&str, &str), usize)| (kind.to_owned(), lang.to_owned(), n);
    all.into_iter().map(owned).collect()
}

fn held(ready: &Ready) -> Vec<Held> {
    let mut locales: Option<[Option<Locale>; 2]> = None;
    let mut words = |moment: &Moment| {
        let load = |tag| i18n::load(&i18n::Request { tag, ..i18n::Request::default() }).ok();
        let [vi, en] = locales.get_or_insert_with(|| [load("vi"), load("en")]);
        let say = |locale: &Option<Locale>| {
            let date = locale.as_ref().map(|locale| locale.date(moment, DateStyle::Full));
            date.unwrap_or_else(|| moment.rfc3339())
        };
        Bi { vi: say(vi), en: say(en) }
    };
    let states = ready.plan.states.iter().enumerate().filter(|(_, state)| **state != State::Live);
    states
        .map(|(id, state)| {
            let entry = &ready.site.entries[id];
            let moment = match state {
                State::Future => entry.date.as_ref(),
                State::Expired => entry.expires.as_deref(),
                _ => None,
            };
            let when =
                moment.map(|moment| When { rfc3339: moment.rfc3339(), words: words(moment) });
            Held { entry: entry.key.to_string(), state: *state, when }
        })
        .collect()
}
