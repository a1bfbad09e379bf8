//! Which pages are shared with a card of their own, and what it says.
//!
//! Takes the linked site, its lists and the theme; gives the key of every
//! card, so that its name is known without its being drawn. Never draws.

use std::collections::BTreeMap;

use super::column::is_in_column;
use super::pictures::{cropped, is_photo};
use super::rules::NO_CARD;
use super::{LangLists, Page, What};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::hash::Key;
use crate::bi;
use crate::card::{self, Deck, Words};
use crate::i18n::date::DateStyle;
use crate::link::{EntryId, LangId, MediaTarget, SectionId, Site, UNITS, Variant};
use crate::picture::{Codec, Recipe};
use crate::theme::Theme;

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardOf {
    /// The site's: home page and all pages that have no card of their own.
    Home,
    Section(SectionId),
    Entry(EntryId),
}

/// A card that some page is shared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    pub key: Key,
    /// The photo on it and the part that shows.
    pub photo: Option<(MediaTarget, Recipe)>,
}

impl Card {
    /// Below the output folder: `assets/the/0123456789abcdef.png`.
    pub fn path(&self) -> String {
        let hex = self.key.hex();
        let name = hex.get(..16).unwrap_or(&hex);
        format!("assets/the/{name}.{}", card::codec(self.photo.is_some()).ending())
    }
}

/// The cards of a site.
#[derive(Debug, Default)]
pub struct Cards {
    langs: Vec<Cabinet>,
}

/// The cards of a language.
#[derive(Debug, Default)]
struct Cabinet {
    home: Option<Card>,
    sections: Vec<Option<Card>>,
    entries: Vec<Option<Card>>,
}

impl Cards {
    pub(super) fn of(
        site: &Site,
        theme: &Theme,
        lists: &[LangLists],
        diags: &mut Diagnostics,
    ) -> Cards {
        let Some(deck) = &theme.cards else { return Cards::default() };
        let mut maker = Maker { site, deck, diags };
        let langs = lists.iter().enumerate();
        Cards { langs: langs.map(|(lang, lists)| maker.cabinet(lang, lists)).collect() }
    }

    /// The card of a page that has its own.
    pub fn get(&self, of: CardOf, lang: LangId) -> Option<&Card> {
        let cards = self.langs.get(lang)?;
        match of {
            CardOf::Home => cards.home.as_ref(),
            CardOf::Section(id) => cards.sections.get(id)?.as_ref(),
            CardOf::Entry(id) => cards.entries.get(id)?.as_ref(),
        }
    }

    /// Every card by its path: pages of one title may share one.
    pub(super) fn all(&self) -> BTreeMap<String, (LangId, CardOf)> {
        let mut all = BTreeMap::new();
        for (lang, cards) in self.langs.iter().enumerate() {
            let home = [(CardOf::Home, &cards.home)].into_iter();
            let sections = cards.sections.iter().enumerate();
            let entries = cards.entries.iter().enumerate();
            let sections = sections.map(|(id, card)| (CardOf::Section(id), card));
            let entries = entries.map(|(id, card)| (CardOf::Entry(id), card));
            for (of, card) in home.chain(sections).chain(entries) {
                let Some(card) = card else { continue };
                all.entry(card.path()).or_insert((lang, of));
            }
        }
        all
    }

    /// The card that a page of the output is.
    pub fn of_page(&self, page: &Page) -> Option<&Card> {
        match page.what {
            What::Card(of) => self.get(of, page.lang),
            _ => None,
        }
    }
}

struct Maker<'a> {
    site: &'a Site,
    deck: &'a Deck,
    diags: &'a mut Diagnostics,
}

impl Maker<'_> {
    fn cabinet(&mut self, lang: LangId, lists: &LangLists) -> Cabinet {
        let site = self.site;
        let shown = |id: &SectionId| {
            site.sections[*id].docs[lang].is_some() || !lists.sections[*id].is_empty()
        };
        let sections = (0..site.sections.len()).map(|id| {
            let own = id != 0 && shown(&id);
            own.then(|| self.card(CardOf::Section(id), lang, None)).flatten()
        });
        let sections = sections.collect();
        let mut entries = vec![None; site.entries.len()];
        for id in newest(site, lists) {
            let Some((variant, from)) = site.shown(id, lang) else { continue };
            if from != lang || !site.entries[id].card {
                continue;
            }
            let photo = self.photo(variant);
            let card = self.card(CardOf::Entry(id), lang, photo);
            if card.is_none() {
                self.note(variant);
            }
            if let Some(slot) = entries.get_mut(id) {
                *slot = card;
            }
        }
        Cabinet { home: self.card(CardOf::Home, lang, None), sections, entries }
    }

    /// `None` where a letter of its title cannot be drawn.
    fn card(&self, of: CardOf, lang: LangId, photo: Option<(MediaTarget, Recipe)>) -> Option<Card> {
        let words = words(self.site, self.deck, of, lang);
        let shown = photo.map(|(media, recipe)| recipe.key(self.site.media[media].content));
        let key = self.deck.key(&words, shown);
        (!words.title.is_empty()).then_some(Card { key, photo })
    }

    /// The part of an entry's photo that its card shows.
    fn photo(&self, variant: &Variant) -> Option<(MediaTarget, Recipe)> {
        let size = self.deck.photo_size()?;
        let picture = variant.lead()?;
        let media = &self.site.media[picture.media];
        let recipe = || cropped(media, size, picture.photo.focus, Codec::Jpeg);
        is_photo(media).then(|| (picture.media, recipe()))
    }

    fn note(&mut self, variant: &Variant) {
        let Some(letter) = self.deck.lacks(&variant.title) else { return };
        let code = u32::from(letter);
        let message = bi!(
            "phông chữ của thẻ chia sẻ không có chữ “{letter}” (U+{code:04X}) trong tiêu đề, nên bài dùng thẻ chung của trang",
            "the fonts for cards have no letter “{letter}” (U+{code:04X}), which is in the title: the entry is shared with the site's card"
        );
        let file = &self.site.docs[variant.doc].path;
        self.diags.push(Diagnostic::new(&NO_CARD, message).at(Span::file(file)));
    }
}

/// The newest dated entries, as many as `site.yaml` asks for, and those
/// without a date.
pub(super) fn newest<'a>(
    site: &'a Site,
    lists: &'a LangLists,
) -> impl Iterator<Item = EntryId> + 'a {
    let dated = lists.all.iter().rev().take(site.config.cards).copied();
    let undated = lists.member.iter().enumerate().filter(|(_, member)| **member);
    let undated = undated.map(|(id, _)| id).filter(|&id| site.entries[id].date.is_none());
    dated.chain(undated)
}

/// What a card says, as far as its letters can be drawn.
pub fn words(site: &Site, deck: &Deck, of: CardOf, lang: LangId) -> Words {
    let config = &site.config;
    let tag = &site.langs[lang].tag;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let title = text(config.title.get(tag));
    let owner = text(config.owner.name.get(tag));
    let host = config.base_url.origin.rsplit('/').next().map(str::to_owned);
    let words = match of {
        CardOf::Home => {
            Words { title, unit: owner, site: host.unwrap_or_default(), ..Words::default() }
        }
        CardOf::Section(id) => Words {
            title: site.sections[id].titles[lang].clone(),
            unit: owner,
            site: title,
            ..Words::default()
        },
        CardOf::Entry(id) => {
            let entry = &site.entries[id];
            let date = entry.date.as_ref();
            let unit = entry.terms[UNITS].first();
            Words {
                title: site.shown(id, lang).map_or_else(String::new, |(v, _)| v.title.to_string()),
                section: site.sections[entry.section].titles[lang].clone(),
                unit: unit.map_or_else(String::new, |&unit| {
                    site.taxonomies[UNITS].terms[unit].display(tag).to_owned()
                }),
                date: date.map_or_else(String::new, |date| {
                    site.langs[lang].locale.date(date, DateStyle::Short)
                }),
                badge: badge(site, id, tag),
                site: title,
            }
        }
    };
    deck.readable(words)
}

/// The column's name, for what fills its slots.
fn badge(site: &Site, id: EntryId, tag: &str) -> String {
    let column = site.config.column.as_ref().filter(|_| is_in_column(site, id));
    column.and_then(|column| column.name.get(tag)).unwrap_or_default().to_owned()
}
