//! What many cards show alike, made once: links to the pages of terms and
//! sections, and days.
//!
//! Takes the site and the plan; gives each link and each day with its value for
//! templates, which all that show it share.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use tera::Value;

use super::cards::date_view;
use super::view::{DateView, FeedLink, NamedLink};
use crate::base::path::encode_path;
use crate::base::time::Moment;
use crate::i18n::Locale;
use crate::link::{LangId, SectionId, Site, TermId};
use crate::plan::{Plan, segments};

/// A view that many others hold.
#[derive(Debug, Clone)]
pub struct Shared<T>(Arc<Made<T>>);

/// A link that many views hold.
pub type SharedLink = Shared<NamedLink>;
/// A link to a feed that many views may hold.
pub type SharedFeed = Shared<FeedLink>;
/// A date that many views may hold.
pub type SharedDate = Shared<DateView>;

#[derive(Debug)]
struct Made<T> {
    view: T,
    value: Option<Value>,
}

impl<T: Serialize> Shared<T> {
    pub fn new(view: T) -> Shared<T> {
        let value = Some(Value::from_serializable(&view));
        Shared(Arc::new(Made { view, value }))
    }

    /// Of what few hold: its value would be one more, not one for all.
    pub fn rare(view: T) -> Shared<T> {
        Shared(Arc::new(Made { view, value: None }))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.view
    }
}

/// As its value, which the template engine takes over as it is, if it has one.
impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Some(value) => value.serialize(serializer),
            None => self.0.view.serialize(serializer),
        }
    }
}

/// The end of a text that is held anyway: the path of a whole URL.
#[derive(Debug, Clone)]
pub struct Tail {
    whole: Arc<str>,
    from: usize,
}

impl Tail {
    /// What comes after so many bytes.
    pub fn of(whole: &Arc<str>, from: usize) -> Tail {
        Tail { whole: Arc::clone(whole), from }
    }
}

impl Deref for Tail {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.from..).unwrap_or_default()
    }
}

impl Serialize for Tail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// Links by language; the URL of what has no page there is empty.
pub struct Links {
    /// By taxonomy and term, by today's names.
    terms: Vec<Vec<Vec<SharedLink>>>,
    sections: Vec<Vec<SharedLink>>,
    homes: Vec<SharedLink>,
    /// Days that were asked for, by language.
    days: Vec<Mutex<FxHashMap<Date, SharedDate>>>,
}

impl Links {
    pub fn of(site: &Site, plan: &Plan) -> Links {
        let url = |path: &str| site.config.base_url.rooted(&encode_path(path));
        let term_url = |lang, taxonomy, term| match plan.has_term(taxonomy, term, lang) {
            true => url(&segments::term(site, taxonomy, term, lang)),
            false => String::new(),
        };
        let terms = |lang: LangId| {
            let tag = &site.langs[lang].tag;
            let terms = |(taxonomy, of): (usize, &crate::link::Taxonomy)| {
                let terms = of.terms.iter().enumerate().map(|(term, named)| {
                    let (id, title) = (named.id.clone(), named.display(tag).to_owned());
                    SharedLink::new(NamedLink { id, title, url: term_url(lang, taxonomy, term) })
                });
                terms.collect()
            };
            site.taxonomies.iter().enumerate().map(terms).collect()
        };
        let sections = |lang: LangId| {
            let sections = site.sections.iter().map(|section| {
                let (id, title) = (section.dir.to_string(), section.titles[lang].clone());
                SharedLink::new(NamedLink { id, title, url: url(&section.paths[lang]) })
            });
            sections.collect()
        };
        let home = |lang: LangId| {
            let title = site.langs[lang].locale.string("home").to_owned();
            let url = url(&segments::home(site, lang));
            SharedLink::new(NamedLink { id: "home".to_owned(), title, url })
        };
        let langs = 0..site.langs.len();
        Links {
            terms: langs.clone().map(terms).collect(),
            sections: langs.clone().map(sections).collect(),
            homes: langs.clone().map(home).collect(),
            days: langs.map(|_| Mutex::default()).collect(),
        }
    }

    pub fn term(&self, taxonomy: usize, term: TermId, lang: LangId) -> &SharedLink {
        &self.terms[lang][taxonomy][term]
    }

    pub fn section(&self, section: SectionId, lang: LangId) -> &SharedLink {
        &self.sections[lang][section]
    }

    /// The home page, by the word for it.
    pub fn home(&self, lang: LangId) -> &SharedLink {
        &self.homes[lang]
    }

    /// A moment in the words of a language.
    pub fn date(&self, (lang, locale): (LangId, &Locale), moment: &Moment) -> SharedDate {
        if moment.has_time {
            // A time of day is rarely that of two entries.
            return Shared::rare(date_view(locale, moment));
        }
        let days = || self.days[lang].lock().unwrap_or_else(PoisonError::into_inner);
        let known = days().get(&moment.day()).cloned();
        known.unwrap_or_else(|| {
            let made = Shared::new(date_view(locale, moment));
            days().entry(moment.day()).or_insert(made).clone()
        })
    }
}
