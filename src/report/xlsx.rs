//! A report as a workbook: a sheet for each table, numbers as numbers.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Report, Table};

/// A cell holds no more characters than this.
const LONGEST: usize = 32_000;

/// The bytes of the workbook; the same report gives the same bytes. Text is
/// written as text, so that none of it can become a formula.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(&report.title);
    if let Some(day) = day(report.to) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    for table in &report.tables {
        sheet(book.add_worksheet(), table)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    let number = Format::new().set_num_format("#,##0");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.set_name(table.name)?;
    for (column, name) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                // Beyond 15 digits Excel rounds; no sum of đồng is that long.
                Cell::Number(n) => {
                    sheet.write_number_with_format(row, column, *n as f64, &number)?;
                }
                Cell::Day(written) => match day(*written) {
                    Some(day) => {
                        sheet.write_datetime_with_format(row, column, &day, &date)?;
                    }
                    None => {
                        sheet.write_string(row, column, written.to_string())?;
                    }
                },
                Cell::Text(text) | Cell::Url(text) => {
                    let text: String = text.chars().take(LONGEST).collect();
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    Ok(())
}

/// Workbooks know no days before 1900.
fn day(day: Date) -> Option<ExcelDateTime> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, date).ok()
}
