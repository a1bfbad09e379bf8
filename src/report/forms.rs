//! A report as CSV, Markdown and JSON.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Cell, Report};

/// All tables in one file, each under its name, an empty line between them. It
/// begins with a byte order mark, without which Excel misreads Vietnamese.
pub fn csv(report: &Report) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned().into_bytes();
    let mut first = true;
    for table in &report.tables {
        if !std::mem::take(&mut first) {
            out.extend_from_slice(b"\r\n");
        }
        line(&mut out, [Cow::Borrowed(table.name)].into_iter());
        line(&mut out, table.columns.iter().map(|column| guarded(column)));
        for row in &table.rows {
            line(&mut out, row.iter().map(cell_text));
        }
    }
    out
}

/// One line of CSV (RFC 4180): every cell quoted that needs it.
fn line<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            let doubled = cell.replace('"', "\"\"");
            out.extend_from_slice(format!("\"{doubled}\"").as_bytes());
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn cell_text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Url(text) => guarded(text),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Day(day) => Cow::Owned(day.to_string()),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before
/// it.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A heading and a table for each table.
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n", plain(&report.title));
    for table in &report.tables {
        let columns: Vec<String> = table.columns.iter().map(|column| plain(column)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n## {}\n\n| {} |", table.name, columns.join(" | "));
        let _ = writeln!(out, "|{}", "---|".repeat(columns.len()));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(markdown_cell).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}

fn markdown_cell(cell: &Cell) -> String {
    match cell {
        Cell::Url(url) => format!("<{}>", url.replace(['<', '>', '|'], "")),
        Cell::Text(text) => plain(text),
        other => cell_text(other).into_owned(),
    }
}

/// Text in which nothing is markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' | '\n' => out.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// `{title, from, to, tables: {id: {name, columns, rows}}}`; days are text,
/// numbers are numbers, an empty cell is null.
pub fn json(report: &Report) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Url(text) => json!(text),
        Cell::Number(number) => json!(number),
        Cell::Day(day) => json!(day.to_string()),
    };
    let mut tables = serde_json::Map::new();
    for table in &report.tables {
        let rows: Vec<Vec<Value>> =
            table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let value = json!({"name": table.name, "columns": table.columns, "rows": rows});
        tables.insert(table.id.to_owned(), value);
    }
    let (from, to) = (report.from.to_string(), report.to.to_string());
    let whole = json!({"title": report.title, "from": from, "to": to, "tables": tables});
    format!("{whole:#}\n")
}
