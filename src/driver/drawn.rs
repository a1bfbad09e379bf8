//! Files of the output that are made of pixels: versions of pictures, and cards;
//! and the pixels within others, of books.

use super::publish::publish_bytes;
use super::{Ready, cards, pictures};
use crate::base::diag::Diagnostic;
use crate::base::hash::Key;
use crate::link::MediaTarget;
use crate::picture::Recipe;
use crate::plan::{Card, Page, What};
use crate::render::{BookPicture, Draft};
use crate::scan::Tree;

/// A page of the output that is a picture of ours.
pub(super) enum Drawn<'a> {
    Version(MediaTarget, &'a Recipe),
    Card(&'a Page, &'a Card),
}

impl<'a> Drawn<'a> {
    /// `None` for pages of every other sort.
    pub fn of(ready: &'a Ready, page: &'a Page) -> Option<Drawn<'a>> {
        match &page.what {
            What::Picture { media, recipe } => Some(Drawn::Version(*media, recipe)),
            _ => ready.plan.cards.of_page(page).map(|card| Drawn::Card(page, card)),
        }
    }

    /// Changes when the picture can.
    pub fn key(&self, ready: &Ready) -> Key {
        match self {
            Drawn::Version(media, recipe) => pictures::key(ready, *media, recipe),
            Drawn::Card(_, card) => card.key,
        }
    }

    /// From the cache, else made now.
    pub fn bytes(&self, source: (&Tree, &Ready)) -> Result<Vec<u8>, Diagnostic> {
        match self {
            Drawn::Version(media, recipe) => pictures::version(source, *media, recipe),
            Drawn::Card(page, card) => cards::bytes(source, page, card),
        }
    }
}

/// A page's bytes, with the pictures that lie within it.
pub(super) fn finish(
    draft: Draft<'_>,
    (tree, ready): (&Tree, &Ready),
) -> Result<Vec<u8>, Diagnostic> {
    let bytes = |picture: &BookPicture| match &picture.recipe {
        Some(recipe) => pictures::version((tree, ready), picture.media, recipe),
        None => {
            let file = tree.get(&ready.site.media[picture.media].source);
            file.map_or(Ok(Vec::new()), publish_bytes)
        }
    };
    let pictures = draft.pictures().iter().map(bytes).collect::<Result<Vec<_>, _>>()?;
    draft.render(&pictures)
}
