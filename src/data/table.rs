//! Tables: CSV with a header row, or a YAML/JSON list of flat maps.
//!
//! Takes text, gives cells with their places in the file. Separators (`,`,
//! `;`, tab) are found out from the header. Numbers stay text.

use std::ops::Range;
use std::sync::Arc;

use super::rules::{BAD_HEADER, OPEN_QUOTE, RAGGED_ROW, TABLE_TOO_LARGE};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::text::nfc;
use crate::yaml::{Node, Value, clip};

const MAX_ROWS: usize = 100_000;
const MAX_COLUMNS: usize = 500;
/// Most rows of wrong length that are reported one by one.
const MAX_REPORTED: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub file: Arc<str>,
    /// Unique, none empty.
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell: its text (NFC, blanks at the ends removed) and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub range: Range<usize>,
}

impl Table {
    /// A list of maps of scalars as a table; columns in the order in which
    /// they first appear, cells that a map lacks empty. `None` for any other
    /// shape.
    pub fn from_node(node: &Node, file: &Arc<str>) -> Option<Table> {
        let Value::List(items) = &node.value else { return None };
        if items.is_empty() || items.len() > MAX_ROWS {
            return None;
        }
        let mut columns: Vec<String> = Vec::new();
        for item in items {
            let Value::Map(entries) = &item.value else { return None };
            for (key, value) in entries {
                let flat = matches!(value.value, Value::Scalar { .. } | Value::Null);
                let name = key.scalar().filter(|_| flat)?;
                if !columns.iter().any(|column| column == name) {
                    columns.push(name.to_owned());
                }
            }
            if columns.len() > MAX_COLUMNS {
                return None;
            }
        }
        let row = |item: &Node| {
            let cell = |column: &String| {
                let value = item.get(column);
                let text = value.and_then(Node::scalar).unwrap_or_default().trim().to_owned();
                let start = item.range.start;
                let range = value.map_or(start..start, |value| value.range.clone());
                Cell { text, range }
            };
            columns.iter().map(cell).collect()
        };
        let rows = items.iter().map(row).collect();
        Some(Table { file: Arc::clone(file), columns, rows })
    }

    /// The index of a column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// Reads CSV or TSV; `None` when the header is unusable or a quote stays open.
/// Rows of a wrong length are left out, with a diagnostic each.
pub fn read_csv(text: &str, file: &Arc<str>) -> (Option<Table>, Diagnostics) {
    let mut kept = Kept { file: Arc::clone(file), table: None };
    let (whole, found) = walk(text, file, &mut kept);
    (kept.table.filter(|_| whole), found)
}

/// What is done with the rows of a file while it is read.
pub(super) trait Rows {
    /// The names of the columns, unique and not empty; once, before all rows.
    fn start(&mut self, columns: Vec<Cell>);
    /// A row with as many cells as there are columns.
    fn row(&mut self, row: &Row<'_>);
}

/// A row while it is read; what nobody asks for is not made.
pub(super) struct Row<'r> {
    text: &'r str,
    record: &'r csv::StringRecord,
    /// Bytes of the file.
    pub range: Range<usize>,
    delimiter: u8,
}

impl Row<'_> {
    /// A cell as written, without blanks at its ends.
    pub fn get(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }

    /// Where a cell stands.
    pub fn place(&self, column: usize) -> Range<usize> {
        let places = places(&self.text[self.range.clone()], self.range.start, self.delimiter);
        match places.into_iter().nth(column) {
            Some(place) => trimmed(self.text, place),
            None => first_line(self.text, &self.range),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let places = places(&self.text[self.range.clone()], self.range.start, self.delimiter);
        let whole = first_line(self.text, &self.range);
        let place = |place: &Range<usize>| trimmed(self.text, place.clone());
        let cell = |(at, field): (usize, &str)| Cell {
            text: cleaned(field.trim()),
            range: places.get(at).map_or_else(|| whole.clone(), place),
        };
        self.record.iter().enumerate().map(cell).collect()
    }
}

/// NFC without control characters.
pub(super) fn cleaned(text: &str) -> String {
    nfc(text).chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Keeps every row.
struct Kept {
    file: Arc<str>,
    table: Option<Table>,
}

impl Rows for Kept {
    fn start(&mut self, columns: Vec<Cell>) {
        let columns = columns.into_iter().map(|cell| cell.text).collect();
        self.table = Some(Table { file: Arc::clone(&self.file), columns, rows: Vec::new() });
    }

    fn row(&mut self, row: &Row<'_>) {
        if let Some(table) = &mut self.table {
            table.rows.push(row.cells());
        }
    }
}

/// Gives each row to `rows`; false when the header is unusable or a quote
/// stays open. A byte order mark is no part of the first name.
pub(super) fn walk(text: &str, file: &Arc<str>, rows: &mut dyn Rows) -> (bool, Diagnostics) {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[bom..];
    let delimiter = delimiter(body.lines().next().unwrap_or_default());
    let mut scene = Scene { text, file, found: Diagnostics::new() };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut columns = None;
    let (mut count, mut ragged) = (0usize, 0usize);
    loop {
        let start = offset(reader.position()) + bom;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let info = clip(&error.to_string());
                let message = bi!("không đọc được bảng ({info})", "unreadable table ({info})");
                scene.say(&BAD_HEADER, message, start..start);
                return (false, scene.found);
            }
        }
        let range = trimmed(text, start..offset(reader.position()) + bom);
        if is_open(&text[range.clone()]) {
            scene.open_quote(&range);
            return (false, scene.found);
        }
        let row = Row { text, record: &record, range, delimiter };
        let Some(width) = columns else {
            let Some(header) = scene.header(&row) else { return (false, scene.found) };
            columns = Some(header.len());
            rows.start(header);
            continue;
        };
        if count >= MAX_ROWS {
            let message = bi!("quá {MAX_ROWS} dòng", "more than {MAX_ROWS} rows");
            scene.say(&TABLE_TOO_LARGE, message, first_line(text, &row.range));
            break;
        }
        if record.len() == width {
            count += 1;
            rows.row(&row);
        } else {
            ragged += 1;
            if ragged <= MAX_REPORTED {
                scene.ragged(record.len(), width, &row.range);
            }
        }
    }
    if columns.is_none() {
        let message = bi!("bảng không có dòng tiêu đề", "the table has no header row");
        scene.say(&BAD_HEADER, message, 0..0);
    }
    (columns.is_some(), scene.found)
}

/// The file that is read and what was said of it.
struct Scene<'t> {
    text: &'t str,
    file: &'t Arc<str>,
    found: Diagnostics,
}

impl Scene<'_> {
    fn say(&mut self, rule: &'static Rule, message: Bi, range: Range<usize>) {
        self.found.push(Diagnostic::new(rule, message).at(Span::new(self.file, range)));
    }

    fn open_quote(&mut self, range: &Range<usize>) {
        let message = bi!(
            "nháy kép trong dòng này không được đóng",
            "a double quote in this row is not closed"
        );
        self.say(&OPEN_QUOTE, message, first_line(self.text, range));
    }

    /// The names of the columns.
    fn header(&mut self, row: &Row<'_>) -> Option<Vec<Cell>> {
        if row.record.len() > MAX_COLUMNS {
            let message = bi!("quá {MAX_COLUMNS} cột", "more than {MAX_COLUMNS} columns");
            self.say(&TABLE_TOO_LARGE, message, first_line(self.text, &row.range));
            return None;
        }
        let cells = row.cells();
        for (at, cell) in cells.iter().enumerate() {
            let number = at + 1;
            let name = clip(&cell.text);
            if cell.text.is_empty() {
                let message = bi!("cột thứ {number} không có tên", "column {number} has no name");
                let range = first_line(self.text, &row.range);
                self.say(&BAD_HEADER, message, range);
                return None;
            }
            if cells[..at].iter().any(|other| other.text == cell.text) {
                let message = bi!("hai cột cùng tên “{name}”", "two columns are called “{name}”");
                self.say(&BAD_HEADER, message, cell.range.clone());
                return None;
            }
        }
        Some(cells)
    }

    fn ragged(&mut self, cells: usize, columns: usize, range: &Range<usize>) {
        let message = bi!(
            "dòng này có {cells} ô, tiêu đề có {columns} cột",
            "this row has {cells} cells, the header {columns} columns"
        );
        let help = bi!(
            "thêm hoặc bớt ô; ô có chứa dấu ngăn cách thì đặt trong nháy kép \"…\"",
            "add or remove cells; a cell that holds the separator needs double quotes \"…\""
        );
        let place = Span::new(self.file, first_line(self.text, range));
        self.found.push(Diagnostic::new(&RAGGED_ROW, message).at(place).help(help));
    }
}

/// The separator that the header uses most outside quotes.
fn delimiter(header: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(byte == *sign && !quoted);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(sign, _)| *sign)
}

/// Where the cells of a row stand.
fn places(row: &str, start: usize, delimiter: u8) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, byte) in row.bytes().enumerate() {
        quoted ^= byte == b'"';
        if byte == delimiter && !quoted {
            places.push(start + from..start + at);
            from = at + 1;
        }
    }
    places.push(start + from..start + row.len());
    places
}

/// Whether a row ends inside quotes.
fn is_open(row: &str) -> bool {
    row.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The range without blanks at its ends, on character boundaries.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.floor_char_boundary(range.end).max(start);
    let words = &text[start..end];
    let start = start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// What of a row fits into a message: its first line, at most 160 bytes.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let row = &text[range.clone()];
    let length = row.find('\n').unwrap_or(row.len()).min(160);
    trimmed(text, range.start..range.start + row.floor_char_boundary(length))
}
