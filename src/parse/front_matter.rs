//! The block between `---` lines: typed keys with their places in the file.
//!
//! [`split()`] takes a file's text and finds the block; [`read()`] takes the block
//! and gives a [`Front`] with diagnostics, never failing. Looks at one file
//! only: whether a place, unit or kind exists is for the link stage.

mod read;
mod rules;
mod split;
#[cfg(test)]
mod tests;

use std::ops::Deref;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::base::time::Moment;
use crate::yaml::{Node, Spanned};

pub use read::{KEYS, read, unknown_keys};
pub use rules::*;
pub use split::{Split, split};

/// The keys common to all kinds. `None`/empty means not written: a translation
/// then takes the original's. What few entries write lies apart, so that the
/// many take little room; it is read as if it stood here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Front {
    pub title: Option<Spanned<String>>,
    pub summary: Option<Spanned<String>>,
    pub date: Option<Spanned<Moment>>,
    pub places: Vec<Spanned<String>>,
    pub units: Vec<Spanned<String>>,
    pub topics: Vec<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
    /// Keys that none of the common ones are: the entry's kind reads them.
    pub rest: Vec<(Node, Node)>,
    /// Whether the block or its `date` could not be read, which has been said:
    /// that something is missing is then no news.
    pub unread: bool,
    /// Byte range of the block between the `---` lines.
    pub range: std::ops::Range<usize>,
    rare: Option<Box<Rare>>,
}

/// Keys that most entries do without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rare {
    pub kind: Option<Spanned<String>>,
    pub id: Option<Spanned<String>>,
    pub updated: Option<Spanned<Moment>>,
    pub expires: Option<Spanned<Moment>>,
    pub draft: Option<Spanned<bool>>,
    pub withdrawn: Option<Spanned<bool>>,
    pub featured: Option<Spanned<bool>>,
    pub illustrative: Option<Spanned<bool>>,
    /// A sentence that says what a machine made; empty for `ai: true`.
    pub ai: Option<Spanned<String>>,
    pub slug: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    /// What people say and type to get here: the last part of a short address.
    pub short: Option<Spanned<String>>,
    pub authors: Vec<Spanned<String>>,
    pub source: Option<Source>,
    pub areas: Vec<Spanned<String>>,
    pub audience: Vec<Spanned<String>>,
    pub programmes: Vec<Spanned<String>>,
    pub series: Option<Series>,
    pub genre: Option<Spanned<String>>,
    pub cover: Option<Photo>,
    pub photos: Vec<Photo>,
    /// Whether it is shared with a card; false: with its photo as it is.
    pub card: Option<Spanned<bool>>,
    pub audio: Option<Sound>,
    pub people: Vec<Person>,
    pub consent: Option<Spanned<String>>,
    /// Position among the pages of a section and in menus; lower first.
    pub weight: Option<Spanned<i64>>,
    /// Of the original that a translation was made from (hex), if stated.
    pub source_hash: Option<Spanned<String>>,
    /// Section pages: what to do where a translation is missing.
    pub fallback: Option<Spanned<String>>,
    /// Free data for themes.
    pub extra: Option<Node>,
}

/// What those have who wrote none of them.
static NONE: LazyLock<Rare> = LazyLock::new(Rare::default);

impl Deref for Front {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.rare.as_deref().unwrap_or_else(|| &NONE)
    }
}

impl Front {
    /// Of a file without a block.
    pub fn lacking() -> Front {
        Front { unread: true, ..Front::default() }
    }

    fn with(self, rare: Rare) -> Front {
        let rare = (rare != *NONE).then(|| Box::new(rare));
        Front { rare, ..self }
    }
}

/// Where a story was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    pub name: Spanned<String>,
    pub url: Option<Spanned<String>>,
}

/// Membership in a series: `series: {id: duong-len-ban, part: 2}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Series {
    pub id: Spanned<String>,
    pub part: Option<Spanned<i64>>,
}

/// `{file, alt, caption, credit, focus, people, stage}`; a bare text is the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Photo {
    pub file: Spanned<String>,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
    /// Centre of interest, in thousandths of width and height.
    pub focus: Option<(u16, u16)>,
    /// `none`, `unidentifiable` or a reference to a consent record.
    pub people: Option<String>,
    pub stage: Option<Stage>,
}

/// `{file, caption, credit}`; a bare text is the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sound {
    pub file: Spanned<String>,
    pub caption: Option<String>,
    pub credit: Option<String>,
}

/// Whether a photo shows a place before or after what was done there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    Before,
    After,
}

/// `{name, born, role, home}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub name: Spanned<String>,
    pub born: Option<String>,
    pub role: Option<String>,
    pub home: Option<String>,
}
