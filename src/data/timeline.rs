//! `timeline.yaml`: milestones of the movement.

use std::sync::Arc;

use jiff::civil::Date;

use super::rules::BAD_DAY;
use super::{DataOptions, each, without_twins};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::bi;
use crate::config::Texts;
use crate::yaml::{Node, Reader, Spanned, clip};

/// Something that happened, or is to happen, on the way of the movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    pub id: Spanned<String>,
    pub file: Arc<str>,
    /// The first day that it may mean.
    pub day: Date,
    /// How much of [`Milestone::day`] was written.
    pub precision: Precision,
    pub title: Texts,
    pub text: Texts,
    /// Key of the entry that tells of it: `van-ban/ke-hoach-562`.
    pub page: Option<Spanned<String>>,
    pub illustrative: bool,
}

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    Year,
    Month,
    Day,
}

/// Reads a list of `{id, date, title, text, page, illustrative}`; `date` is a
/// year, a month (`2022-06`) or a day.
pub fn read_timeline(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Milestone> {
    let milestones = each(node, file, opts, found, |reader| {
        let id = reader.required("id", "phat-dong-2022");
        let date = day(reader);
        let title = reader.required_texts("title", opts.langs, "Phát động phong trào");
        let text = reader.texts_by_language("text", opts.langs);
        let page = reader.line("page");
        let illustrative = reader.flag("illustrative").is_some_and(|flag| flag.value);
        let (day, precision) = date?;
        let file = Arc::clone(file);
        Some(Milestone { id: id?, file, day, precision, title, text, page, illustrative })
    });
    without_twins(milestones, found, |milestone| (&milestone.file, &milestone.id))
}

fn day(reader: &mut Reader<'_>) -> Option<(Date, Precision)> {
    let written = reader.required("date", "2022-06-16")?;
    let read = parse(written.value.trim());
    if read.is_none() {
        let shown = clip(&written.value);
        let message = bi!("“{shown}” không phải một ngày", "“{shown}” is no date");
        let help = bi!(
            "viết năm, năm-tháng hoặc năm-tháng-ngày: 2022, 2022-06, 2022-06-16",
            "write a year, year-month or year-month-day: 2022, 2022-06, 2022-06-16"
        );
        let place = reader.span(&written.range);
        reader.push(Diagnostic::new(&BAD_DAY, message).at(place).help(help));
    }
    read
}

fn parse(text: &str) -> Option<(Date, Precision)> {
    let mut parts = text.split('-');
    let mut next = |width: usize| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == width && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<i16>().ok().map(Some)
        }
        Some(_) => None,
    };
    let (year, month, day) = (next(4)??, next(2)?, next(2)?);
    if parts.next().is_some() {
        return None;
    }
    let precision = match (month, day) {
        (None, _) => Precision::Year,
        (Some(_), None) => Precision::Month,
        (Some(_), Some(_)) => Precision::Day,
    };
    let small = |part: Option<i16>| i8::try_from(part.unwrap_or(1)).ok();
    Some((Date::new(year, small(month)?, small(day)?).ok()?, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_say_how_much_they_know() {
        let of = |text: &str| parse(text).map(|(day, precision)| (day.to_string(), precision));
        assert_eq!(of("2022"), Some(("2022-01-01".to_owned(), Precision::Year)));
        assert_eq!(of("2022-06"), Some(("2022-06-01".to_owned(), Precision::Month)));
        assert_eq!(of("2024-02-29"), Some(("2024-02-29".to_owned(), Precision::Day)));
        for bad in ["", "22", "2022-13", "2023-02-29", "2022-6-1", "2022-06-16-1", "16/6/2022"] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
