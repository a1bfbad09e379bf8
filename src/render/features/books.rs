//! Series and a campaign's years as books for e-readers.

use super::{campaign, outlets};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::{Key, KeyBuilder};
use crate::link::{EntryId, LangId, SERIES};
use crate::plan::features::outlets::{Book, Outlet, chapters};
use crate::render::body::{Filled, Filler, Form};
use crate::render::book::{self, Chapter};
use crate::render::context::Part;
use crate::render::{Reads, feeds};
use crate::theme::Names;

/// A book before its texts are put together.
pub struct Draft<'a> {
    book: book::Book<'a>,
    /// In the order of the chapters.
    bodies: Vec<Filled<'a>>,
    /// Of the templates that draw components.
    theme: Key,
}

impl Draft<'_> {
    /// Changes when the bytes can.
    pub fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("book");
        key.put_key(digest(&self.book)).put_key(self.theme);
        self.bodies.iter().for_each(|body| {
            key.put_key(body.key(names));
        });
        key.finish()
    }

    pub fn render(&self) -> Result<Vec<u8>, Diagnostic> {
        let bodies = self.bodies.iter().map(Filled::text).collect::<Result<Vec<_>, _>>()?;
        Ok(book::render(&self.book, &bodies).unwrap_or_default())
    }
}

/// What a book is called.
pub fn title(reads: &Reads<'_>, of: Book, lang: LangId) -> String {
    match of {
        Book::Series(term) => {
            let term = &reads.site.taxonomies[SERIES].terms[term];
            term.display(&reads.site.langs[lang].tag).to_owned()
        }
        Book::Campaign(at, year) => campaign::year_words(reads, at, year, lang).title,
    }
}

/// The address of a book, or empty.
pub fn url(reads: &Reads<'_>, of: Book, lang: LangId) -> String {
    outlets::url(reads, Outlet::Book(of), lang)
}

pub fn draft<'a>(reads: &'a Reads<'a>, of: Book, lang: LangId) -> Option<Draft<'a>> {
    let site = reads.site;
    let ids = chapters(site, reads.plan, of, lang);
    let changed = |id: &EntryId| {
        let entry = &site.entries[*id];
        entry.updated.as_ref().or(entry.date.as_ref())
    };
    // Undated pages alone tell nothing of when they were written.
    let modified = ids.iter().filter_map(changed).max_by_key(|moment| moment.instant)?;
    let shell = &reads.shells[lang].site.view;
    let locale = &site.langs[lang].locale;
    let invented = ids.iter().any(|&id| site.entries[id].illustrative);
    let (mut chapters, mut bodies) = (Vec::new(), Vec::new());
    for id in ids {
        let (Some(card), Some((variant, _))) = (reads.card(id, lang), site.shown(id, lang)) else {
            continue;
        };
        let filler = Filler { reads, lang, form: Form::Feed(id) };
        bodies.push(Filled::of(filler, &reads.docs[variant.doc], &variant.targets));
        chapters.push(Chapter {
            title: &card.view.title,
            summary: &card.view.summary,
            lang: &card.view.lang,
            byline: byline(reads, id, lang),
            url: &card.view.absolute_url,
        });
    }
    let id = match of {
        Book::Series(term) => format!("series/{}", site.taxonomies[SERIES].terms[term].id),
        Book::Campaign(at, year) => {
            format!("campaigns/{}/{year}", site.config.campaigns.get(at)?.id.value)
        }
    };
    let book = book::Book {
        id: format!("{}:book/{}/{id}", feeds::tag_uri(reads), site.langs[lang].tag),
        title: title(reads, of, lang),
        lang: &shell.lang,
        dir: &shell.dir,
        publisher: if shell.owner.name.is_empty() { &shell.title } else { &shell.owner.name },
        contents: locale.string("toc"),
        note: if invented { locale.string("illustrative_note") } else { "" },
        modified,
        chapters,
    };
    Some(Draft { book, bodies, theme: reads.theme.fingerprint })
}

/// Authors, units, place as written and date, in a line.
fn byline(reads: &Reads<'_>, id: EntryId, lang: LangId) -> String {
    let source = reads.source();
    let entry = &reads.site.entries[id];
    let names =
        |taxonomy| source.links(entry, taxonomy, lang).into_iter().map(|link| link.title.clone());
    let card = reads.card(id, lang).map(|card| &card.view);
    let places = card.into_iter().flat_map(|card| card.places.iter().map(|of| of.label.clone()));
    let date = card.and_then(|card| card.date.as_ref()).map(|date| date.short.clone());
    let parts = names(crate::link::AUTHORS).chain(names(crate::link::UNITS)).chain(places);
    parts.chain(date).collect::<Vec<_>>().join(" · ")
}
