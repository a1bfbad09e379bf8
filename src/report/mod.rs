//! The report of a year, or of any span of days: what was published, by whom,
//! month by month, and what was done.
//!
//! Takes the linked site and its plan, a span and the language of the headings;
//! gives a [`Report`] of plain tables, and the bytes of its forms. Counts only
//! what is live. Never touches the disk or a clock.

mod count;
mod done;
mod forms;
mod gifts;
mod xlsx;

use jiff::civil::Date;

pub use count::{public, report};
pub use forms::{csv, json, markdown};
pub use xlsx::xlsx;

pub use crate::plan::tally::Scope;

pub struct Report {
    pub title: String,
    pub from: Date,
    pub to: Date,
    pub tables: Vec<Table>,
}

/// A table: every row has as many cells as there are columns.
pub struct Table {
    /// For programs: `months`.
    pub id: &'static str,
    /// For people; at most 31 characters, so that a worksheet can bear it.
    pub name: &'static str,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(i64),
    Day(Date),
    /// An absolute URL.
    Url(String),
}

impl Cell {
    fn count(count: usize) -> Cell {
        Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}
