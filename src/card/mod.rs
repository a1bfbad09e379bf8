//! The picture that networks show of a shared page: 1200 by 630 pixels, drawn
//! from SVG files of the theme with letters of the theme's own fonts.
//!
//! Takes what a page is called and, if it has one, its photo; gives the bytes
//! of a PNG, with a photo of a JPEG. What all cards have in common is drawn
//! once. Never asks the system for a font, and never draws a box in place of a
//! letter: [`Deck::lacks`] tells before.

mod fit;
mod measure;
mod paint;
mod sheet;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};
use skrifa::{FontRef, MetadataProvider};

use crate::base::diag::Bi;
use crate::base::hash::{Key, KeyBuilder};
use crate::bi;
use crate::picture::{Bad, Codec, Pixels};
use sheet::Sheet;

/// Width and height of a card in pixels.
pub const SIZE: (u32, u32) = (1200, 630);
/// Changes when another picture comes out of the same words: names the makers.
const MAKERS: &str = "card 3; resvg 0.49; png 0.18; jpeg-encoder 0.7";
/// Letters that draw nothing and that fonts need not have.
const SILENT: [char; 5] = ['\u{ad}', '\u{2060}', '\u{fe0e}', '\u{fe0f}', '\u{feff}'];
/// Where words may be parted without a sign.
const BREAK: char = '\u{200b}';

/// What stands on a card; empty where there is nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub section: String,
    pub unit: String,
    pub date: String,
    /// The column's name, of what the column shows.
    pub badge: String,
    pub site: String,
}

impl Words {
    fn get(&self, slot: &str) -> Option<&str> {
        Some(match slot {
            "title" => &self.title,
            "section" => &self.section,
            "unit" => &self.unit,
            "date" => &self.date,
            "badge" => &self.badge,
            "site" => &self.site,
            _ => return None,
        })
    }

    fn each(&mut self) -> [&mut String; 6] {
        let Words { title, section, unit, date, badge, site } = self;
        [title, section, unit, date, badge, site]
    }
}

/// A theme's cards, ready to be drawn.
pub struct Deck {
    plain: Sheet,
    /// For pages that have a photo; without it they are drawn as all others.
    photo: Option<Sheet>,
    fonts: Arc<Database>,
    letters: Letters,
    colours: String,
    /// Of everything above.
    key: Key,
}

/// A file of the theme that no card can be made with, and why.
#[derive(Debug)]
pub struct Wrong {
    pub file: String,
    pub why: Bi,
}

impl Deck {
    /// The cards of a theme: `card.svg`, `photo.svg` and fonts, by their names
    /// below `cards/`. `colours`: what a class of that name is filled with.
    /// `None` where the theme has no `card.svg`.
    pub fn load(
        files: &BTreeMap<&str, &[u8]>,
        colours: &[(String, String)],
    ) -> Result<Option<Deck>, Wrong> {
        let Some(plain) = files.get("card.svg") else { return Ok(None) };
        let mut key = KeyBuilder::new("cards of a theme");
        let mut fonts = Database::new();
        let mut letters = Letters::default();
        let is_font = |name: &str| name.ends_with(".ttf") || name.ends_with(".otf");
        for (name, bytes) in files.iter().filter(|(name, _)| is_font(name)) {
            let font = FontRef::new(bytes).map_err(|_| Wrong {
                file: (*name).to_owned(),
                why: bi!("không phải phông chữ dùng được", "is no font that can be used"),
            })?;
            font.charmap().mappings().for_each(|(letter, _)| letters.add(letter));
            fonts.load_font_source(Source::Binary(Arc::new(bytes.to_vec())));
            key.put(bytes);
        }
        let first = fonts.faces().next().and_then(|face| face.families.first());
        if let Some(family) = first.map(|family| family.0.clone()) {
            fonts.set_sans_serif_family(family.clone());
            fonts.set_serif_family(family);
        }
        let sheet = |name: &str, source: &[u8]| {
            Sheet::read(source).map_err(|why| Wrong { file: name.to_owned(), why })
        };
        let photo = files.get("photo.svg");
        key.put(plain).put(photo.copied().unwrap_or_default());
        let colours: String =
            colours.iter().map(|(name, value)| format!(".{name}{{fill:{value}}}")).collect();
        Ok(Some(Deck {
            plain: sheet("card.svg", plain)?,
            photo: photo.map(|source| sheet("photo.svg", source)).transpose()?,
            fonts: Arc::new(fonts),
            letters,
            key: key.put_str(&colours).finish(),
            colours,
        }))
    }

    /// The first letter of a text that no font of the theme has.
    pub fn lacks(&self, text: &str) -> Option<char> {
        text.chars().find(|&letter| !self.letters.has(letter) && !is_silent(letter))
    }

    /// What of some words can be drawn: what has a letter that no font has is
    /// left out, for nothing says less than a row of boxes.
    pub fn readable(&self, mut words: Words) -> Words {
        for word in words.each() {
            if self.lacks(word).is_some() {
                word.clear();
            }
            word.retain(|letter| !SILENT.contains(&letter));
        }
        words
    }

    /// Width and height of the part of a photo that cards show, in pixels.
    pub fn photo_size(&self) -> Option<(u32, u32)> {
        self.photo.as_ref()?.photo.map(|frame| (frame.width, frame.height))
    }

    /// Changes when a card's bytes can. `photo`: of the version it shows.
    pub fn key(&self, words: &Words, photo: Option<Key>) -> Key {
        let mut key = KeyBuilder::new(MAKERS);
        key.put_key(self.key);
        let Words { title, section, unit, date, badge, site } = words;
        for word in [title, section, unit, date, badge, site] {
            key.put_str(word);
        }
        key.put_key(photo.unwrap_or_default()).finish()
    }

    /// The bytes of a card. The same words and photo give the same bytes on
    /// every machine of the same kind.
    pub fn draw(&self, words: &Words, photo: Option<&Pixels>) -> Result<Vec<u8>, Bad> {
        let draw = || paint::draw(self, words, photo);
        catch_unwind(AssertUnwindSafe(draw)).unwrap_or(Err(Bad::Broken))
    }

    fn sheet(&self, with_photo: bool) -> &Sheet {
        self.photo.as_ref().filter(|_| with_photo).unwrap_or(&self.plain)
    }
}

/// The format of cards: letters on a ground stay sharp and small without loss,
/// a photo does not.
pub fn codec(with_photo: bool) -> Codec {
    if with_photo { Codec::Jpeg } else { Codec::Png }
}

fn is_silent(letter: char) -> bool {
    letter == BREAK || letter == ' ' || SILENT.contains(&letter)
}

/// The letters that some font has.
#[derive(Default)]
struct Letters(Vec<u64>);

impl Letters {
    fn add(&mut self, letter: u32) {
        let (word, bit) = (letter as usize / 64, letter % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn has(&self, letter: char) -> bool {
        let letter = u32::from(letter);
        self.0.get(letter as usize / 64).is_some_and(|word| word & (1 << (letter % 64)) != 0)
    }
}
