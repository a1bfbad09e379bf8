//! Links to the pages of terms and sections, made once: nearly every card shows
//! some of them.
//!
//! Takes the site and the plan; gives each link with its value for templates,
//! which all that show it share.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

use super::view::NamedLink;
use crate::base::path::encode_path;
use crate::link::{LangId, SectionId, Site, TermId};
use crate::plan::{Plan, segments};

/// A link that many views hold.
#[derive(Debug, Clone)]
pub struct SharedLink(Arc<Made>);

#[derive(Debug)]
struct Made {
    link: NamedLink,
    value: Value,
}

impl SharedLink {
    pub fn new(link: NamedLink) -> SharedLink {
        let value = Value::from_serializable(&link);
        SharedLink(Arc::new(Made { link, value }))
    }
}

impl Deref for SharedLink {
    type Target = NamedLink;

    fn deref(&self) -> &NamedLink {
        &self.0.link
    }
}

/// As its value, which the template engine takes over as it is.
impl Serialize for SharedLink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.serialize(serializer)
    }
}

/// Links by language; the URL of what has no page there is empty.
pub struct Links {
    /// By taxonomy and term, by today's names.
    terms: Vec<Vec<Vec<SharedLink>>>,
    sections: Vec<Vec<SharedLink>>,
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
        let langs = 0..site.langs.len();
        Links { terms: langs.clone().map(terms).collect(), sections: langs.map(sections).collect() }
    }

    pub fn term(&self, taxonomy: usize, term: TermId, lang: LangId) -> &SharedLink {
        &self.terms[lang][taxonomy][term]
    }

    pub fn section(&self, section: SectionId, lang: LangId) -> &SharedLink {
        &self.sections[lang][section]
    }
}
