//! Rows of a table turned into [`Gift`]s.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::columns::{Column, Columns};
use super::rules::{BAD_AMOUNT, BAD_GIFT_DAY, BAD_QUANTITY, EMPTY_GIFT};
use super::{Gift, GiftFile, Names, is_anonymous, parse_day};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Span};
use crate::bi;
use crate::data::table::{Cell, Row, Rows, Table, walk};
use crate::text::money::{Money, MoneyError};
use crate::text::number::{NumberError, parse_vi};
use crate::yaml::clip;

/// Most cells of a file that are reported one by one.
const MAX_REPORTED: usize = 20;

/// Reads a CSV or TSV file of contributions. Rows that cannot be used are left
/// out, each with a diagnostic at the cell.
pub fn read_gifts(text: &str, file: &Arc<str>) -> (GiftFile, Diagnostics) {
    let mut reading = Reading::new(file);
    let (_, mut found) = walk(text, file, &mut reading);
    found.extend(reading.finish());
    (reading.gifts, found)
}

/// The same from a list of maps in YAML or JSON.
pub fn read_gift_table(table: &Table) -> (GiftFile, Diagnostics) {
    let mut reading = Reading::new(&table.file);
    let start = table.rows.first().and_then(|row| row.first()).map_or(0, |cell| cell.range.start);
    let header = table.columns.iter();
    let header = header.map(|name| Cell { text: name.clone(), range: start..start }).collect();
    reading.start(header);
    for row in &table.rows {
        reading.add(&Cells(row));
    }
    let found = reading.finish();
    (reading.gifts, found)
}

/// A row of either sort of file.
trait Source {
    fn cell(&self, column: usize) -> &str;
    fn place(&self, column: usize) -> Range<usize>;
    fn at(&self) -> usize;
}

impl Source for Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.get(column)
    }

    fn place(&self, column: usize) -> Range<usize> {
        Row::place(self, column)
    }

    fn at(&self) -> usize {
        self.range.start
    }
}

struct Cells<'t>(&'t [Cell]);

impl Source for Cells<'_> {
    fn cell(&self, column: usize) -> &str {
        self.0.get(column).map_or("", |cell| &cell.text)
    }

    fn place(&self, column: usize) -> Range<usize> {
        self.0.get(column).map_or(0..0, |cell| cell.range.clone())
    }

    fn at(&self) -> usize {
        self.0.first().map_or(0, |cell| cell.range.start)
    }
}

struct Reading<'f> {
    file: &'f Arc<str>,
    gifts: GiftFile,
    /// `None` while, or because, the header cannot be used.
    columns: Option<Columns>,
    found: Diagnostics,
    wrong: usize,
    /// The last day read: rows mostly follow one another in time.
    last: (String, Option<Date>),
}

impl Rows for Reading<'_> {
    fn start(&mut self, columns: Vec<Cell>) {
        self.columns = Columns::read(&columns, self.file, &mut self.found);
    }

    fn row(&mut self, row: &Row<'_>) {
        self.add(row);
    }
}

impl<'f> Reading<'f> {
    fn new(file: &'f Arc<str>) -> Self {
        Reading {
            file,
            gifts: GiftFile::default(),
            columns: None,
            found: Diagnostics::new(),
            wrong: 0,
            last: Default::default(),
        }
    }

    fn finish(&mut self) -> Diagnostics {
        if let Some(more) = self.wrong.checked_sub(MAX_REPORTED).filter(|more| *more > 0) {
            let message = bi!("còn {more} ô sai nữa", "{more} more cells are wrong");
            let span = Span::file(self.file);
            self.found.push(Diagnostic::new(&EMPTY_GIFT, message).at(span));
        }
        let gifts = &mut self.gifts;
        for names in [
            &mut gifts.units,
            &mut gifts.donors,
            &mut gifts.kinds,
            &mut gifts.areas,
            &mut gifts.measures,
            &mut gifts.sources,
            &mut gifts.funds,
        ] {
            names.forget_ids();
        }
        std::mem::take(&mut self.found)
    }

    fn wrong(&mut self, rule: &'static Rule, message: Bi, range: Range<usize>, help: Bi) {
        self.wrong += 1;
        if self.wrong <= MAX_REPORTED {
            let span = Span::new(self.file, range);
            self.found.push(Diagnostic::new(rule, message).at(span).help(help));
        }
    }

    fn add(&mut self, row: &dyn Source) {
        let Some(columns) = self.columns else { return };
        let cell = |column| columns.at(column).map_or("", |at| row.cell(at));
        let place = |column| columns.at(column).map_or(0..0, |at| row.place(at));
        let day = self.day(cell(Column::Date), || place(Column::Date));
        let as_of = match cell(Column::AsOf) {
            "" => Some(None),
            written => self.day(written, || place(Column::AsOf)).map(Some),
        };
        for (column, vi, en) in [(Column::Unit, "đơn vị", "unit"), (Column::Kind, "loại", "kind")]
        {
            if cell(column).is_empty() {
                let message = bi!("thiếu {vi}", "the {en} is missing");
                let help = bi!("ghi {vi} vào ô này", "write the {en} into this cell");
                self.wrong(&EMPTY_GIFT, message, place(column), help);
                return;
            }
        }
        let dong = match cell(Column::Value) {
            "" => Some(0),
            written => self.amount(written, || place(Column::Value)),
        };
        let things = self.quantity(row, &columns);
        let (Some(day), Some(as_of), Some(dong), Some(thousandths)) = (day, as_of, dong, things)
        else {
            return;
        };
        if dong == 0 && thousandths == 0 {
            let column =
                if columns.at(Column::Value).is_some() { Column::Value } else { Column::Quantity };
            let message = bi!("không có giá trị lẫn số lượng", "neither a value nor a quantity");
            let help = bi!(
                "ghi số tiền, hoặc số lượng kèm đơn vị tính",
                "give a sum, or a quantity with its measure"
            );
            return self.wrong(&EMPTY_GIFT, message, place(column), help);
        }
        let gifts = &mut self.gifts;
        let name = |names: &mut Names, column| {
            let written = cell(column);
            (!written.is_empty())
                .then(|| names.get(written).unwrap_or_else(|| names.add(written, place(column))))
        };
        let donor = match gifts.donors.get(cell(Column::Donor)) {
            None if is_anonymous(cell(Column::Donor)) => None,
            _ => name(&mut gifts.donors, Column::Donor),
        };
        let measure = (thousandths > 0).then(|| name(&mut gifts.measures, Column::Measure));
        let (unit, kind) =
            (name(&mut gifts.units, Column::Unit), name(&mut gifts.kinds, Column::Kind));
        let gift = Gift {
            day,
            as_of,
            unit: unit.unwrap_or_default(),
            donor,
            kind: kind.unwrap_or_default(),
            area: name(&mut gifts.areas, Column::Area),
            dong,
            thousandths,
            measure: measure.flatten(),
            source: name(&mut gifts.sources, Column::Source),
            fund: name(&mut gifts.funds, Column::Fund),
            at: row.at(),
        };
        gifts.gifts.push(gift);
    }

    fn day(&mut self, written: &str, place: impl Fn() -> Range<usize>) -> Option<Date> {
        if self.last.0 == written && self.last.1.is_some() {
            return self.last.1;
        }
        let day = parse_day(written);
        if day.is_none() {
            let shown = clip(written);
            let message = bi!("“{shown}” không phải một ngày", "“{shown}” is no date");
            let help = bi!(
                "viết ngày/tháng/năm: 17/10/2026, hoặc 2026-10-17",
                "write day/month/year: 17/10/2026, or 2026-10-17"
            );
            self.wrong(&BAD_GIFT_DAY, message, place(), help);
        }
        self.last.0.clear();
        self.last.0.push_str(written);
        self.last.1 = day;
        day
    }

    fn amount(&mut self, written: &str, place: impl Fn() -> Range<usize>) -> Option<i64> {
        // The plain number that programs write needs no reading of words.
        if written.len() < 16 && written.bytes().all(|b| b.is_ascii_digit()) {
            return written.parse().ok();
        }
        match Money::parse(written) {
            Ok(money) => Some(money.dong),
            Err(error) => {
                let shown = clip(written);
                let message = bi!(
                    "không đọc được số tiền “{shown}”",
                    "“{shown}” is no sum of money that can be read"
                );
                self.wrong(&BAD_AMOUNT, message, place(), why(&error));
                None
            }
        }
    }

    /// In thousandths; 0 where there is none, `None` where it is wrong.
    fn quantity(&mut self, row: &dyn Source, columns: &Columns) -> Option<i64> {
        let cell = |column| columns.at(column).map_or("", |at| row.cell(at));
        let place =
            |column| columns.at(column).map_or_else(|| row.at()..row.at(), |at| row.place(at));
        let (written, measure) = (cell(Column::Quantity), cell(Column::Measure));
        if written.is_empty() && measure.is_empty() {
            return Some(0);
        }
        let read = parse_vi(written).ok().filter(|number| number.units > 0 && number.scale <= 3);
        let thousandths = read.and_then(|number| {
            let factor = 10i128.checked_pow(3 - number.scale)?;
            i64::try_from(number.units.checked_mul(factor)?).ok()
        });
        let shown = clip(written);
        if thousandths.is_none() {
            let message = bi!("“{shown}” không phải một số lượng", "“{shown}” is no quantity");
            let help =
                bi!("viết một số dương: 20 hoặc 1.500,5", "write a positive number: 20 or 1.500,5");
            self.wrong(&BAD_QUANTITY, message, place(Column::Quantity), help);
            return None;
        }
        if measure.is_empty() {
            let message = bi!("“{shown}” của cái gì?", "“{shown}” of what?");
            let help = bi!(
                "ghi đơn vị tính: căn nhà, suất quà, kg gạo",
                "give the measure: houses, kg of rice"
            );
            self.wrong(&BAD_QUANTITY, message, place(Column::Measure), help);
            return None;
        }
        thousandths
    }
}

/// What to do about an amount.
fn why(error: &MoneyError) -> Bi {
    match error {
        MoneyError::BadNumber { number, why: NumberError::WrongDecimalSign } => {
            let number = clip(number);
            let comma = number.replace('.', ",");
            bi!(
                "“{number}” có thể hiểu hai cách: phần lẻ viết bằng dấu phẩy ({comma}), hàng nghìn đủ ba chữ số",
                "“{number}” can be read in two ways: decimals take a comma ({comma}), thousands three digits"
            )
        }
        MoneyError::BadNumber { why: NumberError::Grouping, .. } => bi!(
            "mỗi nhóm hàng nghìn có ba chữ số: 1.200.000",
            "each group of thousands has three digits: 1.200.000"
        ),
        MoneyError::UnknownWord { word } => {
            let word = clip(word);
            bi!(
                "bỏ “{word}”: chỉ ghi số và tỷ, triệu, nghìn, đồng",
                "leave out “{word}”: write a number with tỷ, triệu, nghìn, đồng"
            )
        }
        MoneyError::UnitOrder => bi!(
            "viết từ lớn đến nhỏ, số nào cũng có đơn vị: 1 tỷ 200 triệu",
            "write from large to small, each number with its unit: 1 tỷ 200 triệu"
        ),
        MoneyError::Negative => bi!("số tiền không thể âm", "a sum cannot be negative"),
        MoneyError::Fraction => bi!("không có phần lẻ của đồng", "there are no parts of a đồng"),
        MoneyError::TooLarge => bi!("số quá lớn", "the number is too large"),
        MoneyError::Empty | MoneyError::NoNumber { .. } | MoneyError::BadNumber { .. } => bi!(
            "viết như: 15,5 triệu; 1,2 tỷ; 1.200.000 đồng",
            "write: 15,5 triệu; 1,2 tỷ; 1.200.000 đồng"
        ),
    }
}
