//! Dates by patterns: `{weekday}, {dd}/{mm}/{yyyy}, {HH}:{MM} (GMT{offset})`.
//!
//! Takes a moment and a language's patterns, gives text. Absolute dates only;
//! what depends on today is no business of a page.

use jiff::civil::Date;
use serde::Deserialize;

use crate::base::time::Moment;

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
    super::locale::fill_with(pattern, |name| match name {
        "HH" => Some(format!("{:02}", local.hour())),
        "MM" => Some(format!("{:02}", local.minute())),
        "offset" => Some(offset(moment.offset)),
        name => day_part(data, name, local.date()),
    })
}

/// A month of a year in a style that asks for no day.
pub(super) fn month(data: &LocaleData, year: i16, month: i8) -> Option<String> {
    let first = Date::new(year, month, 1).ok()?;
    Some(super::locale::fill_with(&data.date.month, |name| day_part(data, name, first)))
}

pub(super) fn year(data: &LocaleData, year: i16) -> String {
    super::locale::fill_with(&data.date.year, |name| (name == "yyyy").then(|| year.to_string()))
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
        return super::locale::fill_with(&data.date.times, |name| match name {
            "day" => Some(moment(data, start, DateStyle::Day)),
            "start" => Some(moment(data, start, DateStyle::Time)),
            "end" => Some(moment(data, end, DateStyle::Time)),
            "offset" => Some(offset(end.offset)),
            _ => None,
        });
    }
    super::locale::fill_with(&data.date.range, |name| match name {
        "start" => Some(text(start)),
        "end" => Some(text(end)),
        _ => None,
    })
}

fn day_part(data: &LocaleData, name: &str, date: Date) -> Option<String> {
    let month = usize::try_from(date.month() - 1).ok()?;
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
    Some(match name {
        "weekday" => data.weekdays.get(weekday)?.clone(),
        "weekday_short" => data.weekdays_short.get(weekday)?.clone(),
        "d" => date.day().to_string(),
        "dd" => format!("{:02}", date.day()),
        "m" => date.month().to_string(),
        "mm" => format!("{:02}", date.month()),
        "month" => data.months.get(month)?.clone(),
        "month_short" => data.months_short.get(month)?.clone(),
        "yyyy" => date.year().to_string(),
        _ => return None,
    })
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
