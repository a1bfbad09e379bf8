//! The picture that networks show of a page.
//!
//! A card where the page has one, an entry's photo where it has none or asks
//! for that, the site's card, the theme's icon: the first that there is.

use super::*;
use crate::link::Picture;
use crate::plan::features::outlets::Outlet;
use crate::plan::{CARD_SIZE, Card, CardOf};

/// A picture for networks.
#[derive(Default)]
pub struct Share {
    /// Absolute, or empty.
    pub url: String,
    pub alt: String,
    /// In pixels; zeros when unknown.
    pub size: (u32, u32),
}

/// `title`: the page's.
pub fn of(page: &Page, reads: &Reads<'_>, title: &str) -> Share {
    let own = own(page, reads).map(|card| drawn(reads, card, title));
    let shell = &reads.shells[page.lang].site.view;
    let site = || reads.plan.cards.get(CardOf::Home, page.lang);
    own.or_else(|| photo(page, reads))
        .or_else(|| site().map(|card| drawn(reads, card, &shell.title)))
        .unwrap_or_else(|| Share { url: head::icon(reads), alt: shell.title.clone(), size: (0, 0) })
}

fn drawn(reads: &Reads<'_>, card: &Card, alt: &str) -> Share {
    Share { url: reads.absolute(&card.path()), alt: alt.to_owned(), size: CARD_SIZE }
}

/// The entry that a page shows, or helps to pass on.
fn entry(page: &Page) -> Option<EntryId> {
    match page.what {
        What::Entry(id) | What::Short(id) | What::Extra(Extra::Outlet(Outlet::Kit(id))) => Some(id),
        _ => None,
    }
}

/// The page's own card; a page that shows an original has the original's.
fn own<'a>(page: &Page, reads: &Reads<'a>) -> Option<&'a Card> {
    let (of, lang) = match (entry(page), &page.what) {
        (Some(id), _) => (CardOf::Entry(id), reads.site.shown(id, page.lang)?.1),
        (None, What::Section { section, .. }) => (CardOf::Section(*section), page.lang),
        _ => return None,
    };
    reads.plan.cards.get(of, lang)
}

/// An entry's lead picture, cut for networks where it is a photo. None of them
/// draws SVG.
fn photo(page: &Page, reads: &Reads<'_>) -> Option<Share> {
    let variant = reads.site.shown(entry(page)?, page.lang)?.0;
    let Picture { media, photo } = variant.lead()?;
    let file = reads.site.media.get(*media)?;
    let versions = reads.plan.pictures.versions(reads.site, *media);
    let (path, size) = match &versions {
        Some(versions) => {
            let share = versions.share(photo.focus);
            (versions.path(&share), (share.width, share.height))
        }
        None => (file.output.clone(), (file.width, file.height)),
    };
    let alt = photo.alt.clone().unwrap_or_default();
    (!path.ends_with(".svg")).then(|| Share { url: reads.absolute(&path), alt, size })
}
