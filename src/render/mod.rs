//! The bytes of one page, from what the plan says it reads.
//!
//! Takes a [`Page`] and the [`Reads`] (views made once and shared by all
//! pages); gives a [`Draft`]: the page's key, and its bytes on demand. The key
//! is the hash of exactly what the bytes are made from, because both grow in
//! the same place ([`Context::insert`]): a page whose key is unchanged need not
//! be rendered. Never touches the disk or a clock.

pub mod body;
mod book;
pub mod cards;
mod code;
mod context;
mod features;
pub mod feed;
mod feeds;
mod fields;
mod fragments;
pub mod ics;
pub mod jsonld;
pub mod letter;
mod links;
mod machine;
pub mod manifest;
mod pages;
mod pictures;
mod plain;
pub mod redirects;
pub mod robots;
pub mod shell;
pub mod sitemap;
pub mod view;
mod weekly;
mod xhtml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use tera::Value;

use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::Key;
use crate::base::path::encode_path;
use crate::data::DataFile;
use crate::link::{EntryId, LangId, PROGRAMMES, Site};
use crate::parse::Doc;
use crate::plan::terms::TEMPLATE as PROGRAMME_TEMPLATE;
use crate::plan::units::TEMPLATE as UNIT_TEMPLATE;
use crate::plan::{LangLists, Page, Plan, What};
use crate::report::Report;
use crate::theme::{Fragments, Names, Theme};
use fields::own_value;
use links::Links;

pub use context::{Context, Held, List, Own, Part};
pub use features::BookPicture;
pub use fragments::GrantedLists;
pub use shell::Shell;

/// Cards that one thread drops at a time.
const SHARE: usize = 512;

/// Everything that pages may read.
#[derive(Clone, Copy)]
pub struct Reads<'a> {
    pub site: &'a Site,
    /// The documents of the site; a body may be newer than the site, if nothing
    /// of it shows on other pages.
    pub docs: &'a [Arc<Doc>],
    pub plan: &'a Plan,
    pub theme: &'a Theme,
    pub views: &'a Views,
}

/// What pages share, each part made once.
pub struct Views {
    /// Per language.
    pub shells: Vec<Shell>,
    /// Per language and entry: its card, made when a page first asks for it;
    /// `None` where it has no page.
    cards: Vec<Vec<OnceLock<Option<Box<Card>>>>>,
    /// Per language and template: the theme's lists that it is given.
    lists: Vec<BTreeMap<String, GrantedLists>>,
    /// Per language and section.
    above: Vec<Vec<OnceLock<pages::Above>>>,
    links: Links,
    /// What the templates of the site's pages can ask for.
    names: Names,
    /// Tables of `content/data/` as components see them.
    tables: BTreeMap<String, Held<view::TableView>>,
    /// Per year that has a page, in Vietnamese and in English: its report, for
    /// files of more than one form and language.
    reports: BTreeMap<i16, [OnceLock<Report>; 2]>,
}

impl std::ops::Deref for Reads<'_> {
    type Target = Views;

    fn deref(&self) -> &Views {
        self.views
    }
}

impl Views {
    /// The views of a site. `generator` is the program's name and version.
    pub fn of(site: &Site, plan: &Plan, theme: &Theme, generator: &str) -> Views {
        let links = Links::of(site, plan);
        let fragments = theme.fragments.cards.len();
        let source = cards::Source { site, docs: &site.docs, plan, fragments, links: &links };
        let langs = 0..site.langs.len();
        let shells = langs.clone().map(|lang| shell::shell(source, theme, lang, generator));
        let shells = shells.collect();
        let cards = langs.clone().map(|_| each(site.entries.len()));
        let granted = || {
            let templates = theme.template_lists.keys();
            templates.map(|name| (name.clone(), GrantedLists::default())).collect()
        };
        let tables = site.data.iter().filter_map(|(name, file)| match &**file {
            DataFile::Table(table) => Some((name.clone(), Held::new(view::TableView::of(table)))),
            _ => None,
        });
        Views {
            shells,
            cards: cards.collect(),
            above: langs.clone().map(|_| each(site.sections.len())).collect(),
            lists: langs.map(|_| granted()).collect(),
            tables: tables.collect(),
            names: names(site, plan, theme),
            reports: plan.years.all().map(|(year, _)| (year, Default::default())).collect(),
            links,
        }
    }

    /// Drops them on all threads: they are most of what a build holds.
    pub fn let_go(self) {
        for cards in self.cards {
            cards.into_par_iter().with_max_len(SHARE).for_each(drop);
        }
    }
}

/// So many things that are not made yet.
fn each<T>(count: usize) -> Vec<OnceLock<T>> {
    (0..count).map(|_| OnceLock::new()).collect()
}

/// What templates of pages, fragments and components can ask for.
fn names(site: &Site, plan: &Plan, theme: &Theme) -> Names {
    let Fragments { site: shared, cards } = &theme.fragments;
    let fragments = shared.iter().chain(cards).map(|(_, template)| template.clone());
    let features = plan.extras.iter().flat_map(|extras| &extras.templates);
    let features = features.map(|template| (*template).to_owned());
    let units = plan.units.drawn.then(|| UNIT_TEMPLATE.to_owned());
    let filed = |lists: &LangLists| lists.terms[PROGRAMMES].iter().any(|ids| !ids.is_empty());
    let programmes = plan.lists.iter().any(filed).then(|| PROGRAMME_TEMPLATE.to_owned());
    let mut called = BTreeSet::new();
    site.docs.iter().for_each(|doc| {
        doc.body.each_call(&mut |name| {
            called.insert(name.to_owned());
        })
    });
    let called = called.iter().flat_map(|name| {
        ["html", "feed.html", "txt"].map(|form| format!("components/{name}.{form}"))
    });
    let kinds: BTreeSet<&str> = site.entries.iter().map(|entry| entry.kind.name()).collect();
    let kinds = kinds.into_iter().map(|kind| theme.entry_template(kind));
    let pages = features.chain(units).chain(programmes).chain(kinds);
    let others: Vec<String> = pages.chain(fragments).chain(called).collect();
    theme.glossary.names(others.iter().map(String::as_str))
}

/// An entry in lists, in one language.
pub struct Card {
    held: Held<view::CardView>,
    /// Per list that the theme names under `fragments`: the card's `html`, made
    /// when a page first shows it.
    shown: Vec<OnceLock<Result<Value, Box<Diagnostic>>>>,
}

impl Card {
    /// All of the card's fields, for a template that is rendered now: most
    /// cards are asked for them once or twice, too rarely to keep them.
    fn whole(&self, names: &Names) -> Value {
        own_value(&self.held.view, names)
    }
}

impl std::ops::Deref for Card {
    type Target = Held<view::CardView>;

    fn deref(&self) -> &Self::Target {
        &self.held
    }
}

/// A page that may or may not have to be rendered.
pub struct Draft<'a> {
    /// Changes when the bytes can.
    pub key: Key,
    job: Job<'a>,
}

enum Job<'a> {
    Ready(Vec<u8>),
    Feed(Box<feeds::Draft<'a>>),
    Calendar(Box<ics::Calendar<'a>>),
    Outlet(Box<features::OutletFile<'a>>),
    Template { name: String, context: Box<Context<'a>>, theme: &'a Theme },
}

/// Prepares a page: gathers what it reads.
pub fn draft<'a>(page: &'a Page, reads: &'a Reads<'a>) -> Result<Draft<'a>, Diagnostic> {
    if let Some(feed) = feeds::draft(page, reads) {
        return Ok(Draft { key: feed.key(&reads.names), job: Job::Feed(Box::new(feed)) });
    }
    if let Some(calendar) = features::calendar_draft(page, reads) {
        return Ok(Draft { key: digest(&calendar), job: Job::Calendar(Box::new(calendar)) });
    }
    if let Some(file) = features::outlet_file(page, reads) {
        return Ok(Draft { key: file.key(&reads.names), job: Job::Outlet(Box::new(file)) });
    }
    if let Some(bytes) = machine::bytes(page, reads)?.or_else(|| features::file(page, reads)) {
        return Ok(Draft { key: Key::of(&bytes), job: Job::Ready(bytes) });
    }
    let (name, context) = pages::context(page, reads)?;
    let mut key = context.key();
    key.put_str(&name).put_key(reads.theme.fingerprint);
    let theme = reads.theme;
    Ok(Draft { key: key.finish(), job: Job::Template { name, context: Box::new(context), theme } })
}

impl Draft<'_> {
    /// Pictures that lie within the page, whose bytes [`Draft::render`] is to be
    /// given.
    pub fn pictures(&self) -> &[BookPicture] {
        match &self.job {
            Job::Outlet(file) => file.pictures(),
            _ => &[],
        }
    }

    /// The page's bytes.
    pub fn render(self, pictures: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostic> {
        match self.job {
            Job::Ready(bytes) => Ok(bytes),
            Job::Feed(feed) => feed.render(),
            Job::Calendar(calendar) => Ok(ics::render(&calendar)),
            Job::Outlet(file) => file.render(pictures),
            Job::Template { name, context, theme } => context.render(theme, &name),
        }
    }
}

/// Whether a page's bytes are made of a file that is no text.
pub fn is_copy(what: &What) -> bool {
    matches!(what, What::Media(_) | What::Static(_) | What::Picture { .. } | What::Card(_))
}

impl<'a> Reads<'a> {
    /// A path below the base as a URL path: `/a/b/mo-hinh/`.
    pub fn url(&self, path: &str) -> String {
        self.site.config.base_url.rooted(&encode_path(path))
    }

    /// A path below the base as an absolute URL.
    pub fn absolute(&self, path: &str) -> String {
        self.site.config.base_url.absolute(&encode_path(path))
    }

    pub fn card(&self, entry: EntryId, lang: LangId) -> Option<&'a Card> {
        let card = self.views.cards.get(lang)?.get(entry)?;
        card.get_or_init(|| self.source().card(entry, lang).map(Box::new)).as_deref()
    }

    /// The cards of some entries, as a template sees them in a list.
    pub fn cards(
        &'a self,
        list: &str,
        entries: &[EntryId],
        lang: LangId,
    ) -> List<fragments::Shown<'a>> {
        let fragments = &self.theme.fragments.cards;
        // Lists that show cards alike share what was made.
        let template = fragments.iter().find(|(name, _)| name == list).map(|(_, of)| of);
        let fragment = fragments.iter().position(|(_, of)| Some(of) == template);
        let cards = entries.iter().filter_map(|&entry| self.card(entry, lang));
        let shown = cards.map(|card| fragments::Shown { card, fragment, lang, reads: self });
        List(shown.collect())
    }
}
