//! Dates by patterns: `{weekday}, {dd}/{mm}/{yyyy}, {HH}:{MM} (GMT{offset})`.
//!
//! Takes a moment and a language's patterns, gives text. Absolute dates only;
//! what depends on today is no business of a page.

use jiff::civil::Date;
use serde::Deserialize;

use crate::base::time::{Moment, two_digits};

use super::file::LocaleData;

/// Which of a language's date patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `Thứ Hai, 17/10/2022, 08:30 (GMT+7)`; without a time of day as [`Self::Day`].
    Full,
    /// `Thứ Hai, 17/10/2022`
    Day,
    /// `17/10/2022`
    Short,
    /// `ngày 17 tháng 10 năm 2022`
    Long,
    /// `tháng 10 năm 2022`
    Month,
    /// `năm 2022`
    Year,
    /// `08:30`
    Time,
}

/// The patterns of a language. Names in braces: `weekday weekday_short d dd m
/// mm month month_short yyyy HH MM offset`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatePatterns {
    pub full: String,
    pub day: String,
    pub short: String,
    pub long: String,
    pub month: String,
    pub year: String,
    pub time: String,
    /// Two times on one day: `{day}`, `{start}`, `{end}`, `{offset}`.
    pub times: String,
    /// Two dates: `{start}`, `{end}`.
    pub range: String,
}

impl DatePatterns {
    pub fn get(&self, style: DateStyle) -> &str {
        match style {
            DateStyle::Full => &self.full,
            DateStyle::Day => &self.day,
            DateStyle::Short => &self.short,
            DateStyle::Long => &self.long,
            DateStyle::Month => &self.month,
            DateStyle::Year => &self.year,
            DateStyle::Time => &self.time,
        }
    }

    /// Names the first pattern that asks for something unknown.
    pub fn check(&self) -> Result<(), String> {
        for pattern in
            [&self.full, &self.day, &self.short, &self.long, &self.month, &self.year, &self.time]
        {
            check_pattern(pattern)?;
        }
        for (pattern, known) in [
            (&self.times, &["day", "start", "end", "offset"][..]),
            (&self.range, &["start", "end"]),
        ] {
            placeholders(pattern).try_for_each(|name| known_in(name, known))?;
        }
        Ok(())
    }
}

/// Everything a date pattern may ask for.
const NAMES: [&str; 12] = [
    "weekday",
    "weekday_short",
    "d",
    "dd",
    "m",
    "mm",
    "month",
    "month_short",
    "yyyy",
    "HH",
    "MM",
    "offset",
];

/// Whether a site's own pattern can be filled in; the error names what cannot.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    placeholders(pattern).try_for_each(|name| known_in(name, &NAMES))
}

fn known_in(name: &str, known: &[&str]) -> Result<(), String> {
    if known.contains(&name) {
        return Ok(());
    }
    Err(format!("unknown `{{{name}}}` in a date; known are {}", known.join(" ")))
}

/// The names in braces.
fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest))
}

/// A moment in a style; one without a time of day is never printed with one.
pub(super) fn moment(data: &LocaleData, moment: &Moment, style: DateStyle) -> String {
    let style = match style {
        DateStyle::Full if !moment.has_time => DateStyle::Day,
        style => style,
    };
    by_pattern(data, data.date.get(style), moment)
}

/// A moment by any pattern.
pub(super) fn by_pattern(data: &LocaleData, pattern: &str, moment: &Moment) -> String {
    let local = moment.local;
    super::locale::fill_with(pattern, |name, out| {
        match name {
            "HH" => push_two(out, local.hour()),
            "MM" => push_two(out, local.minute()),
            "offset" => out.push_str(&offset(moment.offset)),
            name => return day_part(data, name, local.date(), out).is_some(),
        }
        true
    })
}

/// A month of a year in a style that asks for no day.
pub(super) fn month(data: &LocaleData, year: i16, month: i8) -> Option<String> {
    let first = Date::new(year, month, 1).ok()?;
    let put = |name: &str, out: &mut String| day_part(data, name, first, out).is_some();
    Some(super::locale::fill_with(&data.date.month, put))
}

pub(super) fn year(data: &LocaleData, year: i16) -> String {
    super::locale::format(&data.date.year, &[("yyyy", &year.to_string())])
}

/// From a start to an end: one day with two times, or two dates.
pub(super) fn range(data: &LocaleData, start: &Moment, end: &Moment, all_day: bool) -> String {
    let timed = !all_day && start.has_time && end.has_time;
    let style = if timed { DateStyle::Full } else { DateStyle::Day };
    let text = |at: &Moment| moment(data, at, style);
    if start.day() == end.day() {
        if !timed {
            return moment(data, start, if all_day { DateStyle::Day } else { DateStyle::Full });
        }
        if start.local == end.local {
            return text(start);
        }
        let day = moment(data, start, DateStyle::Day);
        let times = [start, end].map(|at| moment(data, at, DateStyle::Time));
        let offset = offset(end.offset);
        let [start, end] = &times;
        let values = [("day", &*day), ("start", start), ("end", end), ("offset", &offset)];
        return super::locale::format(&data.date.times, &values);
    }
    super::locale::format(&data.date.range, &[("start", &text(start)), ("end", &text(end))])
}

/// Writes a part of a date; `None` and nothing where there is none of the name.
fn day_part(data: &LocaleData, name: &str, date: Date, out: &mut String) -> Option<()> {
    let month = usize::try_from(date.month() - 1).ok()?;
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
    match name {
        "weekday" => out.push_str(data.weekdays.get(weekday)?),
        "weekday_short" => out.push_str(data.weekdays_short.get(weekday)?),
        "d" => push_number(out, date.day().into()),
        "dd" => push_two(out, date.day()),
        "m" => push_number(out, date.month().into()),
        "mm" => push_two(out, date.month()),
        "month" => out.push_str(data.months.get(month)?),
        "month_short" => out.push_str(data.months_short.get(month)?),
        "yyyy" => push_number(out, date.year()),
        _ => return None,
    }
    Some(())
}

fn push_number(out: &mut String, number: i16) {
    if (0..10).contains(&number) {
        out.push(char::from(b'0' + number.to_le_bytes()[0]));
    } else {
        out.push_str(&number.to_string());
    }
}

/// In two digits, as hours, minutes, days and months are.
fn push_two(out: &mut String, number: i8) {
    out.extend(two_digits(number));
}

/// Hours from Greenwich as print has them: `+7`, `+5:30`, `-3`, `+0`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match minutes % 60 {
        0 => format!("{sign}{}", minutes / 60),
        rest => format!("{sign}{}:{rest:02}", minutes / 60),
    }
}
