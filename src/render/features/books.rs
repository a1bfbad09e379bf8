//! Series and a campaign's years as books for e-readers.

use super::{campaign, outlets};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::{Key, KeyBuilder};
use crate::link::{EntryId, LangId, MediaTarget, SERIES};
use crate::picture::Recipe;
use crate::plan::features::outlets::{Book, Outlet, chapters};
use crate::plan::{Versions, pictures_in};
use crate::render::body::{Filled, Filler, Form};
use crate::render::book::{self, Chapter, Plate};
use crate::render::context::Part;
use crate::render::{Reads, feeds};
use crate::theme::Names;

/// A book before its texts are put together.
pub struct Draft<'a> {
    book: book::Book<'a>,
    /// In the order of the chapters.
    bodies: Vec<Filled<'a>>,
    /// As many as the book has plates.
    pictures: Vec<Picture>,
    /// Of the templates that draw components.
    theme: Key,
}

/// A picture that a book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    pub media: MediaTarget,
    /// `None`: the file as it is published.
    pub recipe: Option<Recipe>,
    content: Key,
}

impl Draft<'_> {
    /// Changes when the bytes can.
    pub fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("book");
        key.put_key(digest(&self.book)).put_key(self.theme);
        self.bodies.iter().for_each(|body| {
            key.put_key(body.key(names));
        });
        self.pictures.iter().for_each(|picture| {
            key.put_key(picture.content);
        });
        key.finish()
    }

    /// What [`Draft::render`] needs the bytes of.
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }

    pub fn render(&self, pictures: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostic> {
        let bodies = self.bodies.iter().map(Filled::text).collect::<Result<Vec<_>, _>>()?;
        Ok(book::render(&self.book, &bodies, pictures).unwrap_or_default())
    }
}

/// The pictures of a book, each once.
struct Album<'a> {
    reads: &'a Reads<'a>,
    plates: Vec<Plate>,
    pictures: Vec<Picture>,
}

impl Album<'_> {
    /// Says whether the book has the picture now.
    fn add(&mut self, media: MediaTarget) -> bool {
        let site = self.reads.site;
        if self.pictures.iter().any(|picture| picture.media == media) {
            return true;
        }
        // The version that feeds name, as texts of books are those of feeds.
        let versions = self.reads.plan.pictures.versions(site, media);
        let recipe = versions.as_ref().map(Versions::alone);
        let path = match (&versions, &recipe) {
            (Some(versions), Some(recipe)) => versions.path(recipe),
            _ => site.media[media].output.clone(),
        };
        let Some(mime) = book::mime(&path) else { return false };
        let (url, content) = (self.reads.absolute(&path), site.media[media].content);
        // The same picture may lie at two places.
        if !self.plates.iter().any(|plate| plate.url == url) {
            self.plates.push(Plate { url, mime });
            self.pictures.push(Picture { media, recipe, content });
        }
        true
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
    let changed = |id: &EntryId| site.entries[*id].changed();
    // Undated pages alone tell nothing of when they were written.
    let modified = ids.iter().filter_map(changed).max_by_key(|moment| moment.instant)?;
    let shell = &reads.shells[lang].site.view;
    let locale = &site.langs[lang].locale;
    let invented = ids.iter().any(|&id| site.entries[id].illustrative);
    let mut album = Album { reads, plates: Vec::new(), pictures: Vec::new() };
    let cover = cover(&mut album, &ids, lang);
    let (mut chapters, mut bodies) = (Vec::new(), Vec::new());
    for id in ids {
        let (Some(card), Some((variant, _))) = (reads.card(id, lang), site.shown(id, lang)) else {
            continue;
        };
        let filler = Filler { reads, lang, form: Form::Feed(id), variant: Some(variant) };
        let mut shown = Vec::new();
        pictures_in(&reads.docs[variant.doc].body, &variant.targets, &mut shown);
        shown.into_iter().for_each(|media| {
            album.add(media);
        });
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
        plates: album.plates,
        cover,
    };
    Some(Draft { book, bodies, pictures: album.pictures, theme: reads.theme.fingerprint })
}

/// Makes the first lead picture of the chapters that of the cover; gives what
/// it shows, in words.
fn cover(album: &mut Album<'_>, ids: &[EntryId], lang: LangId) -> Option<String> {
    let site = album.reads.site;
    let leads = ids.iter().filter_map(|&id| site.shown(id, lang)?.0.lead());
    let words = |lead: &crate::link::Picture| lead.photo.alt.clone().unwrap_or_default();
    leads.into_iter().find(|lead| album.add(lead.media)).map(words)
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
