//! The headings of a body, for tables of contents and links to `#id`.
//!
//! A build holds those of all bodies from the first stage to the last, so the
//! words of one body lie in one text.

use serde::{Deserialize, Serialize};

/// Headings in the order of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headings {
    /// Id and text of each, one behind the other.
    words: String,
    rows: Vec<Row>,
}

/// A heading of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// 1 to 6.
    pub level: u8,
    /// Unique in the body.
    pub id: &'a str,
    pub text: &'a str,
}

/// Where its words end, in bytes; they begin where those of the one before end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    level: u8,
    id: u32,
    text: u32,
}

impl Headings {
    pub fn push(&mut self, heading: Heading<'_>) {
        self.words.push_str(heading.id);
        let id = self.end();
        self.words.push_str(heading.text);
        self.rows.push(Row { level: heading.level, id, text: self.end() });
    }

    /// Files of text are far below 4 GB.
    fn end(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    pub fn iter(&self) -> impl Iterator<Item = Heading<'_>> {
        let starts = std::iter::once(0).chain(self.rows.iter().map(|row| row.text));
        let words = |from: u32, to: u32| self.words.get(from as usize..to as usize);
        self.rows.iter().zip(starts).map(move |(row, start)| Heading {
            level: row.level,
            id: words(start, row.id).unwrap_or_default(),
            text: words(row.id, row.text).unwrap_or_default(),
        })
    }

    /// Gives back room that is not needed.
    pub fn shrink_to_fit(&mut self) {
        self.words.shrink_to_fit();
        self.rows.shrink_to_fit();
    }
}
