//! Cards drawn when they are asked for, and kept beside the pictures.
//!
//! A card's name is the hash of what it is drawn from, so neither an output
//! that has it nor a cache is ever read to find out whether it is still right.

use super::pictures::{self, cache};
use super::{Build, Ready};
use crate::base::diag::{Diagnostic, Span};
use crate::base::hash::Key;
use crate::bi;
use crate::link::MediaTarget;
use crate::picture::{Bad, Pixels, Recipe, decode};
use crate::plan::{Card, Page, What, card_words};
use crate::scan::Tree;

/// A card's bytes: from the cache, else drawn now and kept if that can be.
pub(super) fn bytes(
    (tree, ready): (&Tree, &Ready),
    page: &Page,
    card: &Card,
) -> Result<Vec<u8>, Diagnostic> {
    let cache = cache(&tree.root);
    if let Some(bytes) = cache.get(card.key) {
        return Ok(bytes);
    }
    let bytes = draw((tree, ready), page, card)?;
    // A disk without room costs the drawing of it again, nothing else.
    let _ = cache.put(card.key, &bytes);
    Ok(bytes)
}

fn draw((tree, ready): (&Tree, &Ready), page: &Page, card: &Card) -> Result<Vec<u8>, Diagnostic> {
    let photo = card.photo.map(|(media, recipe)| photo((tree, ready), media, &recipe));
    let photo = photo.transpose()?;
    let drawn = match (&ready.theme.cards, &page.what) {
        (Some(deck), What::Card(of)) => {
            let words = card_words(&ready.site, deck, *of, page.lang);
            deck.draw(&words, photo.as_ref())
        }
        _ => Err(Bad::Broken),
    };
    drawn.map_err(|_| {
        let file = &ready.site.config.path;
        let message = bi!(
            "không vẽ được thẻ chia sẻ từ cards/*.svg của giao diện",
            "the theme's cards/*.svg cannot be drawn"
        );
        Diagnostic::new(&crate::theme::BAD_CARD, message).at(Span::file(file))
    })
}

/// The part of a photo that a card shows, as pixels.
fn photo(
    source: (&Tree, &Ready),
    media: MediaTarget,
    recipe: &Recipe,
) -> Result<Pixels, Diagnostic> {
    let bytes = pictures::version(source, media, recipe)?;
    let limit = u64::from(recipe.width) * u64::from(recipe.height);
    let broken = |bad| pictures::broken(&source.1.site.media[media].source, bad);
    decode(&bytes, limit).map(|raw| raw.pixels).map_err(broken)
}

/// The keys of all cards and of the photos on them.
pub(super) fn wanted(ready: &Ready) -> Vec<Key> {
    let cards = ready.plan.pages.iter().filter_map(|page| ready.plan.cards.of_page(page));
    let keys = cards.flat_map(|card| {
        let photo = card.photo.map(|(media, recipe)| pictures::key(ready, media, &recipe));
        [Some(card.key), photo].into_iter().flatten()
    });
    keys.collect()
}

/// Whether cards can be drawn at all: the site's own, in every language.
pub(super) fn check(build: &Build) -> Option<Diagnostic> {
    let ready = build.ready.as_ref()?;
    let pages = ready.plan.pages.iter();
    let mut home = pages.filter(|page| page.what == What::Card(crate::plan::CardOf::Home));
    home.find_map(|page| draw((&build.tree, ready), page, ready.plan.cards.of_page(page)?).err())
}
