//! `calendar.yaml`: festivals, anniversaries and deadlines.
//!
//! Days that move from year to year (Tết, festivals of a people) are given for
//! each year with their source, never computed; days that stay are given once.

use std::sync::Arc;

use jiff::civil::Date;

use super::gifts::parse_day;
use super::rules::{BAD_OCCASION_DAY, DATES_REVERSED, NO_OCCASION_DAYS, OTHER_YEAR};
use super::{DataOptions, each, without_twins};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::time::Moment;
use crate::bi;
use crate::config::{Texts, YearDay, day_in, parse_year_day};
use crate::yaml::{BAD_NUMBER, Node, Reader, Spanned, Value, clip};

/// Longest time ahead that a reader is reminded, in days.
const AHEAD: i64 = 180;

/// Something that the calendar shows beside the events of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    pub id: Spanned<String>,
    pub file: Arc<str>,
    pub sort: OccasionSort,
    pub name: Texts,
    pub text: Texts,
    pub days: OccasionDays,
    /// Days ahead at which calendars remind of it, the longest first.
    pub warn: Vec<i64>,
    /// Where it is kept, and by whom.
    pub places: Texts,
    pub people: Texts,
    /// Who says that these are its days.
    pub source: Option<Spanned<String>>,
    pub source_url: Option<String>,
    /// Key of the entry that tells of it: `van-ban/ke-hoach-562`.
    pub page: Option<Spanned<String>>,
    /// When its days were last put right.
    pub updated: Option<Moment>,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OccasionSort {
    /// Something is due by the end of this day.
    Deadline,
    Festival,
    Anniversary,
}

impl OccasionSort {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            OccasionSort::Deadline => "deadline",
            OccasionSort::Festival => "festival",
            OccasionSort::Anniversary => "anniversary",
        }
    }
}

/// When an occasion is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OccasionDays {
    /// The same day in every year; the 29th of February is the last of that
    /// month.
    Yearly { day: YearDay, from: i16, until: Option<i16> },
    /// First and last day, year by year, in order.
    Given(Vec<(Date, Date)>),
}

impl Occasion {
    /// First and last day in a year; `None` where it is not known or not kept.
    pub fn in_year(&self, year: i16) -> Option<(Date, Date)> {
        match &self.days {
            OccasionDays::Yearly { day, from, until } => {
                let held = year >= *from && until.is_none_or(|until| year <= until);
                let date = held.then(|| day_in(year, *day)).flatten()?;
                Some((date, date))
            }
            OccasionDays::Given(days) => {
                days.iter().copied().find(|(first, _)| first.year() == year)
            }
        }
    }
}

/// Reads a list of `{id, sort, name, text, dates | every, from, until, warn,
/// places, people, source, page, updated, illustrative}`.
pub fn read_calendar(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Occasion> {
    let occasions = each(node, file, opts, found, |reader| {
        let id = reader.required("id", "tet-nguyen-dan");
        let sort = reader.choice("sort", &["festival", "anniversary", "deadline"]);
        let name = reader.required_texts("name", opts.langs, "Tết Nguyên đán");
        let text = reader.texts_by_language("text", opts.langs);
        let days = days(reader);
        let (source, source_url) = source(reader, days.as_ref());
        let occasion = Occasion {
            file: Arc::clone(file),
            sort: match sort.map(|sort| sort.value) {
                Some("deadline") => OccasionSort::Deadline,
                Some("anniversary") => OccasionSort::Anniversary,
                _ => OccasionSort::Festival,
            },
            name,
            text,
            warn: warn(reader),
            places: reader.texts_by_language("places", opts.langs),
            people: reader.texts_by_language("people", opts.langs),
            source,
            source_url,
            page: reader.line("page"),
            updated: reader.moment("updated").map(|updated| updated.value),
            illustrative: reader.flag("illustrative").is_some_and(|flag| flag.value),
            id: id?,
            days: days?,
        };
        Some(occasion)
    });
    without_twins(occasions, found, |occasion| (&occasion.file, &occasion.id))
}

/// `dates`, or `every` with `from` and `until`: exactly one of the two.
fn days(reader: &mut Reader<'_>) -> Option<OccasionDays> {
    match (reader.node("dates"), reader.line("every")) {
        (Some(dates), None) => given(reader, dates),
        (None, Some(every)) => {
            let day = parse_year_day(&every.value);
            if day.is_none() {
                not_a_day_of_the_year(reader, &every);
            }
            let from = reader.require("from", "2022", year);
            let until = year(reader, "until");
            Some(OccasionDays::Yearly { day: day?, from: from?, until })
        }
        (dates, every) => {
            let message = bi!(
                "mỗi dịp có đúng một trong `dates` và `every`",
                "an occasion has exactly one of `dates` and `every`"
            );
            let help = bi!(
                "ngày đổi theo năm: dates: {{2027: 2027-02-06}}; ngày cố định: every: \"12-09\"",
                "days that move: dates: {{2027: 2027-02-06}}; days that stay: every: \"12-09\""
            );
            let range = every.map(|every| every.range).or(dates.map(|dates| dates.range.clone()));
            let name = || reader.key("id").map(|id| id.range.clone()).unwrap_or_default();
            let place = reader.span(&range.unwrap_or_else(name));
            reader.push(Diagnostic::new(&NO_OCCASION_DAYS, message).at(place).help(help));
            None
        }
    }
}

fn not_a_day_of_the_year(reader: &mut Reader<'_>, written: &Spanned<String>) {
    let shown = clip(&written.value);
    let message = bi!("“{shown}” không phải một ngày trong năm", "“{shown}” is no day of the year");
    let help = bi!(
        "viết tháng-ngày, như every: \"12-09\" là ngày 9 tháng 12",
        "write month-day, as in every: \"12-09\" for the 9th of December"
    );
    let place = reader.span(&written.range);
    reader.push(Diagnostic::new(&BAD_OCCASION_DAY, message).at(place).help(help));
}

fn year(reader: &mut Reader<'_>, key: &str) -> Option<i16> {
    let year = reader.integer(key)?;
    let read = i16::try_from(year.value).ok().filter(|year| (1900..=2200).contains(year));
    if read.is_none() {
        let message =
            bi!("`{key}` phải từ 1900 đến 2200", "`{key}` must be a year from 1900 to 2200");
        let place = reader.span(&year.range);
        reader.push(Diagnostic::new(&BAD_NUMBER, message).at(place));
    }
    read
}

/// `{2026: 2026-02-17, 2027: {from: 2027-02-06, to: 2027-02-10}}`.
fn given<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<OccasionDays> {
    let Value::Map(entries) = &node.value else {
        let wanted = bi!(
            "một bảng năm và ngày, như {{2027: 2027-02-06}}",
            "a map of years and days, such as {{2027: 2027-02-06}}"
        );
        reader.wrong_type(node, &wanted);
        return None;
    };
    let mut map = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
    let mut days = Vec::new();
    for (key, value) in entries {
        let written = key.scalar().unwrap_or_default();
        let span = match &value.value {
            Value::Map(_) => map.map(written).and_then(|mut inner| {
                let span = from_to(&mut inner);
                map.adopt(inner);
                span
            }),
            _ => day(&mut map, written).map(|day| (day, day)),
        };
        let Some((first, last)) = span else { continue };
        if first.year().to_string() == written.trim() {
            days.push((first, last));
            continue;
        }
        let written = clip(written);
        let message = bi!(
            "ngày {first} không thuộc năm {written}",
            "the day {first} is not in the year {written}"
        );
        let place = map.span(&value.range);
        map.push(Diagnostic::new(&OTHER_YEAR, message).at(place));
    }
    reader.adopt(map);
    days.sort_unstable();
    Some(OccasionDays::Given(days))
}

fn from_to(reader: &mut Reader<'_>) -> Option<(Date, Date)> {
    reader.required("from", "2027-02-06");
    let (first, last) = (day(reader, "from"), day(reader, "to"));
    let first = first?;
    let last = last.unwrap_or(first);
    if last >= first {
        return Some((first, last));
    }
    let message = bi!("`to` trước `from`", "`to` is before `from`");
    let range = reader.node("to").map(|node| node.range.clone()).unwrap_or_default();
    let place = reader.span(&range);
    reader.push(Diagnostic::new(&DATES_REVERSED, message).at(place));
    None
}

fn day(reader: &mut Reader<'_>, key: &str) -> Option<Date> {
    let written = reader.line(key)?;
    let day = parse_day(written.value.trim());
    if day.is_none() {
        let shown = clip(&written.value);
        let message = bi!("“{shown}” không phải một ngày", "“{shown}” is no date");
        let help = bi!("viết: {key}: 2027-02-06", "write: {key}: 2027-02-06");
        let place = reader.span(&written.range);
        reader.push(Diagnostic::new(&BAD_OCCASION_DAY, message).at(place).help(help));
    }
    day
}

/// `source: text` or `{name, url}`; days that move must have one.
fn source(
    reader: &mut Reader<'_>,
    days: Option<&OccasionDays>,
) -> (Option<Spanned<String>>, Option<String>) {
    let map = reader.node("source").is_some_and(|node| matches!(node.value, Value::Map(_)));
    if map && let Some(mut inner) = reader.map("source") {
        let name = inner.required("name", "Ban Dân tộc tỉnh");
        let url = inner.url("url").map(|url| url.value);
        reader.adopt(inner);
        return (name, url);
    }
    let moves = matches!(days, Some(OccasionDays::Given(_)));
    let example = "Thông báo nghỉ Tết của Bộ Nội vụ";
    let name = if moves { reader.required("source", example) } else { reader.line("source") };
    (name, None)
}

fn warn(reader: &mut Reader<'_>) -> Vec<i64> {
    let Some(node) = reader.node("warn") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut days = Vec::new();
    for item in items {
        let number = item.scalar().and_then(|text| text.trim().parse::<i64>().ok());
        match number.filter(|days| (0..=AHEAD).contains(days)) {
            Some(ahead) => days.push(ahead),
            None => {
                let message = bi!(
                    "`warn` là số ngày nhắc trước, từ 0 đến {AHEAD}, như [14, 3]",
                    "`warn` is how many days ahead to remind, from 0 to {AHEAD}, such as [14, 3]"
                );
                let place = reader.span(&item.range);
                reader.push(Diagnostic::new(&BAD_NUMBER, message).at(place));
            }
        }
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days
}
