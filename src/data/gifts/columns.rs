//! What the columns of a table of contributions mean.
//!
//! Takes a header, gives for each meaning the number of its column, or says
//! what is unknown, double or missing.

use std::sync::Arc;

use super::rules::BAD_COLUMN;
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::data::table::Cell;
use crate::text::{fold, nearest};
use crate::yaml::clip;

/// A meaning; the number of its names in [`NAMES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Date,
    Unit,
    Donor,
    Kind,
    Area,
    Value,
    Quantity,
    Measure,
    Source,
    Fund,
    AsOf,
    Note,
}

/// How headers call each column, folded; the first is what messages say in
/// English, the second what they say in Vietnamese.
const NAMES: [(Column, &str, &[&str]); 12] = [
    (Column::Date, "ngày", &["date", "ngay", "day", "ngay thang", "ngay ung ho", "ngay tiep nhan"]),
    (Column::Unit, "đơn vị", &["unit", "don vi", "don vi tiep nhan", "don vi van dong"]),
    (
        Column::Donor,
        "nhà tài trợ",
        &["donor", "nha tai tro", "nguoi ung ho", "don vi ung ho", "nguoi dong gop", "ben ung ho"],
    ),
    (Column::Kind, "loại", &["kind", "loai", "hinh thuc", "noi dung", "type"]),
    (
        Column::Area,
        "địa bàn",
        &["area", "dia ban", "dia phuong", "tinh", "tinh thanh", "province", "place", "noi nhan"],
    ),
    (Column::Value, "giá trị", &["value", "gia tri", "so tien", "amount", "thanh tien"]),
    (Column::Quantity, "số lượng", &["quantity", "so luong"]),
    (Column::Measure, "đơn vị tính", &["measure", "don vi tinh", "dvt", "unit of measure"]),
    (
        Column::Source,
        "nguồn",
        &["source", "nguon", "chung tu", "van ban", "nguon so lieu", "document"],
    ),
    (Column::Fund, "quỹ", &["fund", "quy"]),
    (Column::AsOf, "đến ngày", &["as of", "den ngay", "so lieu den ngay", "tinh den ngay"]),
    (Column::Note, "ghi chú", &["note", "ghi chu", "notes", "stt", "tt", "no", "so thu tu"]),
];

/// Per meaning the number of its column, if the table has it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns([Option<usize>; NAMES.len()]);

impl Columns {
    pub fn at(&self, column: Column) -> Option<usize> {
        self.0.get(column as usize).copied().flatten()
    }

    /// `None` when a column is unknown or one that is needed is missing.
    pub fn read(header: &[Cell], file: &Arc<str>, found: &mut Diagnostics) -> Option<Columns> {
        let mut columns = Columns::default();
        let before = found.len();
        for (at, cell) in header.iter().enumerate() {
            let key = key(&cell.text);
            let known = NAMES.iter().position(|(.., names)| names.contains(&key.as_str()));
            let span = Span::new(file, cell.range.clone());
            let Some(slot) = known.and_then(|known| columns.0.get_mut(known)) else {
                found.push(unknown(&cell.text, &key, span));
                continue;
            };
            if slot.is_some() && known != Some(Column::Note as usize) {
                let name = clip(&cell.text);
                let message = bi!("hai cột cùng nghĩa “{name}”", "two columns mean “{name}”");
                found.push(Diagnostic::new(&BAD_COLUMN, message).at(span));
            }
            *slot = Some(at);
        }
        let end = header.last().map_or(0..0, |cell| cell.range.clone());
        for column in [Column::Date, Column::Unit, Column::Kind] {
            if columns.at(column).is_none() {
                found.push(missing(&[column], Span::new(file, end.clone())));
            }
        }
        if columns.at(Column::Value).is_none() && columns.at(Column::Quantity).is_none() {
            found.push(missing(&[Column::Value, Column::Quantity], Span::new(file, end)));
        }
        (found.len() == before).then_some(columns)
    }
}

/// A header's name without what stands in brackets: `Giá trị (đồng)`.
fn key(name: &str) -> String {
    let bare = name.split('(').next().unwrap_or(name);
    fold(&bare.replace(['_', '-', '/', '.'], " "))
}

fn unknown(name: &str, key: &str, span: Span) -> Diagnostic {
    let shown = clip(name);
    let message = bi!("không có cột “{shown}”", "there is no column “{shown}”");
    let candidates = NAMES.iter().flat_map(|(.., names)| names.iter().copied());
    let near = nearest(key, candidates);
    let near = near.and_then(|near| NAMES.iter().find(|(.., names)| names.contains(&near)));
    let help = match near {
        Some((_, vi, names)) => {
            let en = names.first().copied().unwrap_or_default();
            bi!("có phải là `{vi}`?", "did you mean `{en}`?")
        }
        None => bi!(
            "đổi tên cột thành `ghi chú` nếu không dùng đến",
            "rename it `note` if it is not to be used"
        ),
    };
    Diagnostic::new(&BAD_COLUMN, message).at(span).help(help)
}

fn missing(columns: &[Column], span: Span) -> Diagnostic {
    let of = |column: &Column| NAMES.iter().find(|(known, ..)| known == column);
    let vi: Vec<&str> = columns.iter().filter_map(|column| Some(of(column)?.1)).collect();
    let en: Vec<&str> =
        columns.iter().filter_map(|column| of(column)?.2.first().copied()).collect();
    let (vi, en) = (vi.join("` hoặc `"), en.join("` or `"));
    let message = bi!("thiếu cột `{vi}`", "the column `{en}` is missing");
    Diagnostic::new(&BAD_COLUMN, message).at(span)
}
