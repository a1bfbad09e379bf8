//! Contributions: the files of `content/data/contributions/`.
//!
//! Takes a table's text, gives rows of numbers and short ids of names; never
//! knows whether a unit or a place exists, and keeps no cell as text twice: a
//! file of 50,000 rows is read without making anything for most of them.

mod about;
mod columns;
mod figures;
mod read;
mod rules;

use std::sync::Arc;

use jiff::civil::Date;

use crate::text;
use crate::yaml::Spanned;

pub use about::{About, FileNote, read_about};
pub use figures::{Figure, Filter, read_figures};
pub use read::{read_gift_table, read_gifts};
pub use rules::{EMPTY_SUM, FIGURE_DIFFERS, NO_AS_OF, NO_SOURCE, RULES, UNKNOWN_GIFT_NAME};

/// Index into one of the [`Names`] of its file.
pub type NameId = u32;

/// The contributions of one file.
#[derive(Debug, Clone, Default)]
pub struct GiftFile {
    /// In the order of the file.
    pub gifts: Vec<Gift>,
    pub units: Names,
    pub donors: Names,
    pub kinds: Names,
    pub areas: Names,
    pub measures: Names,
    pub sources: Names,
    pub funds: Names,
}

/// One contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gift {
    pub day: Date,
    /// Up to which day the row counts, if it says so itself.
    pub as_of: Option<Date>,
    pub unit: NameId,
    /// `None`: somebody who is not to be named.
    pub donor: Option<NameId>,
    pub kind: NameId,
    pub area: Option<NameId>,
    /// In đồng; 0 where only things were given.
    pub dong: i64,
    /// How much of [`Gift::measure`], in thousandths.
    pub thousandths: i64,
    pub measure: Option<NameId>,
    pub source: Option<NameId>,
    pub fund: Option<NameId>,
    /// Byte of the file at which the row begins.
    pub at: usize,
}

/// Names as they first stand in a column, each once.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// With the place where it first stands.
    pub list: Vec<Spanned<String>>,
    ids: rustc_hash::FxHashMap<String, NameId>,
}

impl Names {
    /// When no name is to be added any more.
    fn forget_ids(&mut self) {
        self.ids = Default::default();
    }

    fn get(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    fn add(&mut self, name: &str, range: std::ops::Range<usize>) -> NameId {
        let id = NameId::try_from(self.list.len()).unwrap_or(NameId::MAX);
        self.list.push(Spanned { value: super::table::cleaned(name), range });
        self.ids.insert(name.to_owned(), id);
        id
    }
}

/// Whether a file of `content/data/` holds contributions.
pub(super) fn is_gifts(path: &Arc<str>) -> bool {
    path.strip_prefix("content/data/contributions/").is_some_and(|name| !name.contains('/'))
}

/// A day as people write it in tables: `17/10/2026`, `17-10-2026`,
/// `17.10.2026` or `2026-10-17`.
pub fn parse_day(written: &str) -> Option<Date> {
    let mut parts = written.split(['/', '-', '.']);
    let mut next = || {
        let part = parts.next()?.trim();
        let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then_some(part)
    };
    let (first, month, last) = (next()?, next()?, next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Whether a donor's cell says that nobody is to be named.
fn is_anonymous(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "anonymous",
        "an danh",
        "khong neu ten",
        "khong ghi ten",
        "giau ten",
        "-",
        "khuyet danh",
        "xin giau ten",
    ];
    name.is_empty() || WORDS.contains(&text::fold(name).as_str())
}

#[cfg(test)]
mod tests;
