//! Dates as people write them in Viet Nam, placed in the site's time zone.
//!
//! Takes the text of one value, gives a [`Moment`] or what is wrong with it.
//! ISO dates are the form to recommend; day-first dates are understood, since
//! no other order is in use. Never guesses a missing year, never asks a clock.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::base::diag::Bi;
use crate::base::time::Moment;
use crate::bi;

/// A date that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub moment: Moment,
    /// Whether it was written in the recommended form (`2025-10-17 08:30`).
    pub iso: bool,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentError {
    /// Not the shape of any known form.
    Shape,
    /// A year of two digits.
    ShortYear,
    /// A year before 1900 or after 2200.
    Year(i64),
    /// A month that does not exist; `true` if day and month seem swapped.
    Month(i64, bool),
    /// (day, month, year, days in that month)
    Day(i64, i8, i16, i8),
    /// An hour, minute or second that does not exist.
    Clock,
    /// An offset from UTC that does not exist.
    Offset,
}

impl MomentError {
    /// The reason, to follow a colon.
    pub fn wording(&self) -> Bi {
        match *self {
            MomentError::Shape => bi!("không theo dạng nào đã biết", "it follows no known form"),
            MomentError::ShortYear => {
                bi!("năm phải đủ bốn chữ số", "the year must have four digits")
            }
            MomentError::Year(year) => bi!(
                "năm {year} nằm ngoài khoảng 1900 - 2200",
                "the year {year} is outside 1900 to 2200"
            ),
            MomentError::Month(month, false) => {
                bi!("không có tháng {month}", "there is no month {month}")
            }
            MomentError::Month(month, true) => bi!(
                "không có tháng {month}; có lẽ ngày và tháng bị đổi chỗ",
                "there is no month {month}; day and month seem to be swapped"
            ),
            MomentError::Day(day, month, year, days) => bi!(
                "không có ngày {day}, tháng {month} năm {year} chỉ có {days} ngày",
                "there is no day {day}; month {month} of {year} has {days} days"
            ),
            MomentError::Clock => bi!("giờ phút không có thật", "no such time of day"),
            MomentError::Offset => {
                bi!("độ lệch múi giờ không có thật", "no such offset from UTC")
            }
        }
    }
}

/// Reads a date with or without a time of day.
///
/// `2025-10-17`, `2025-10-17 08:30`, `2025-10-17T08:30:15+07:00`, `17/10/2025`,
/// `08:30 17-10-2025`, `ngày 17 tháng 10 năm 2025`, `8h30 ngày 17/10/2025`.
pub fn parse_moment(text: &str, zone: &TimeZone) -> Result<Written, MomentError> {
    if text.len() > 60 {
        return Err(MomentError::Shape);
    }
    let plain = without_words(text);
    let (mut date, mut time, mut offset) = (None, None, None);
    for token in plain.split_whitespace() {
        if date.is_none() && is_date(token) {
            date = Some(read_date(token)?);
        } else if time.is_none() && is_time(token) {
            let (clock, rest) = split_offset(token);
            time = Some(read_time(clock)?);
            offset = rest.map(read_offset).transpose()?;
        } else if time.is_some() && offset.is_none() && is_offset(token) {
            offset = Some(read_offset(token)?);
        } else {
            return Err(MomentError::Shape);
        }
    }
    let (day, day_iso) = date.ok_or(MomentError::Shape)?;
    let local = DateTime::from_parts(day, time.unwrap_or_else(Time::midnight));
    let moment = match offset {
        None => Moment::new(local, time.is_some(), zone),
        Some(offset) => {
            let instant = offset.to_timestamp(local).ok();
            instant.map(|instant| Moment::of(&instant.to_zoned_datetime(zone.clone()), true))
        }
    };
    let iso = day_iso && text.trim().starts_with(|c: char| c.is_ascii_digit()) && is_iso(text);
    Ok(Written { moment: moment.ok_or(MomentError::Clock)?, iso })
}

/// Lower case, Vietnamese words turned into separators, ISO's `T` into a blank.
fn without_words(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'/' | b':' | b' ')) {
        return text.to_owned();
    }
    let mut plain = text.to_lowercase();
    for (word, sign) in [
        ("ngày", " "),
        ("lúc", " "),
        ("vào", " "),
        (",", " "),
        ("(gmt+7)", "+07:00"),
        ("gmt+7", "+07:00"),
    ] {
        plain = plain.replace(word, sign);
    }
    plain = join_around(&plain, "tháng", "/");
    plain = join_around(&plain, "năm", "/");
    plain = join_around(&plain, "giờ", "h");
    plain = plain.replace("phút", " ");
    let mut chars: Vec<char> = plain.chars().collect();
    for i in 1..chars.len().saturating_sub(1) {
        if chars[i] == 't' && chars[i - 1].is_ascii_digit() && chars[i + 1].is_ascii_digit() {
            chars[i] = ' ';
        }
    }
    chars.into_iter().collect()
}

/// Puts `sign` in the place of `word` and the blanks around it.
fn join_around(text: &str, word: &str, sign: &str) -> String {
    let parts: Vec<&str> = text.split(word).collect();
    let last = parts.len().saturating_sub(1);
    let trimmed = parts.iter().enumerate().map(|(i, part)| {
        let part = if i > 0 { part.trim_start() } else { part };
        if i < last { part.trim_end() } else { part }
    });
    trimmed.collect::<Vec<_>>().join(sign)
}

fn is_date(token: &str) -> bool {
    let separators = token.chars().filter(|c| matches!(c, '-' | '/' | '.')).count();
    separators == 2 && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))
}

fn is_time(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit()) && token.contains([':', 'h'])
}

fn is_offset(token: &str) -> bool {
    token == "z" || token.starts_with(['+', '-'])
}

/// Whether nothing but the order and signs of RFC 3339 was used.
fn is_iso(text: &str) -> bool {
    let text = text.trim();
    let shape: String =
        text.chars().take(10).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    shape == "9999-99-99" && text.chars().skip(10).all(|c| "0123456789:.+-TZ ".contains(c))
}

/// The day, and whether the year came first.
fn read_date(token: &str) -> Result<(Date, bool), MomentError> {
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    let [a, b, c] = parts[..] else { return Err(MomentError::Shape) };
    if [a, b, c].iter().any(|part| part.is_empty() || part.len() > 4) {
        return Err(MomentError::Shape);
    }
    let iso = a.len() == 4;
    let (year, month, day) = if iso { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return Err(MomentError::ShortYear);
    }
    let number = |text: &str| text.parse::<i64>().map_err(|_| MomentError::Shape);
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    if !(1900..=2200).contains(&year) {
        return Err(MomentError::Year(year));
    }
    if !(1..=12).contains(&month) {
        return Err(MomentError::Month(month, (13..=31).contains(&month) && day <= 12));
    }
    let (year, month) = (year as i16, month as i8);
    let first = Date::new(year, month, 1).map_err(|_| MomentError::Shape)?;
    let days = first.days_in_month();
    let fits = i8::try_from(day).ok().filter(|day| (1..=days).contains(day));
    let Some(exact) = fits else { return Err(MomentError::Day(day, month, year, days)) };
    let date = Date::new(year, month, exact).map_err(|_| MomentError::Shape)?;
    Ok((date, iso))
}

/// The time and, if there is one, the offset glued to it.
fn split_offset(token: &str) -> (&str, Option<&str>) {
    match token.find(['z', '+', '-']) {
        Some(at) => (&token[..at], Some(&token[at..])),
        None => (token, None),
    }
}

fn read_time(text: &str) -> Result<Time, MomentError> {
    let text = text.split('.').next().unwrap_or_default();
    let mut parts = text.split([':', 'h']).map(|part| match part.len() {
        0 => Ok(0),
        1 | 2 => part.parse::<i8>().map_err(|_| MomentError::Clock),
        _ => Err(MomentError::Clock),
    });
    let hour = parts.next().ok_or(MomentError::Clock)??;
    let minute = parts.next().unwrap_or(Ok(0))?;
    let second = parts.next().unwrap_or(Ok(0))?;
    if parts.next().is_some() {
        return Err(MomentError::Clock);
    }
    Time::new(hour, minute, second, 0).map_err(|_| MomentError::Clock)
}

fn read_offset(text: &str) -> Result<Offset, MomentError> {
    if text == "z" {
        return Ok(Offset::UTC);
    }
    let digits = text[1..].replace(':', "");
    let all = digits.bytes().all(|b| b.is_ascii_digit());
    if !all || !matches!(digits.len(), 2 | 4) {
        return Err(MomentError::Offset);
    }
    let number = |text: &str| text.parse::<i32>().map_err(|_| MomentError::Offset);
    let (hours, minutes) = digits.split_at(2);
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 14 || minutes > 59 {
        return Err(MomentError::Offset);
    }
    let seconds = hours * 3600 + minutes * 60;
    let signed = if text.starts_with('-') { -seconds } else { seconds };
    Offset::from_seconds(signed).map_err(|_| MomentError::Offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Ho_Chi_Minh").unwrap()
    }

    fn read(text: &str) -> String {
        match parse_moment(text, &zone()) {
            Ok(w) => format!(
                "{}{}{}",
                w.moment.rfc3339(),
                if w.moment.has_time { "" } else { " day" },
                if w.iso { "" } else { " note" }
            ),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn recommended_forms() {
        assert_eq!(read("2025-10-17"), "2025-10-17T00:00:00+07:00 day");
        for text in [
            "2025-10-17 08:30",
            "2025-10-17T08:30",
            "2025-10-17 08:30:00",
            "2025-10-17T08:30:00.250",
        ] {
            assert_eq!(read(text), "2025-10-17T08:30:00+07:00", "{text}");
        }
        for text in [
            "2025-10-17T08:30:00+07:00",
            "2025-10-17T01:30:00Z",
            "2025-10-17 08:30 +0700",
            "2025-10-16T20:30-05:00",
        ] {
            assert_eq!(read(text), "2025-10-17T08:30:00+07:00", "{text}");
        }
    }

    #[test]
    fn forms_of_viet_nam() {
        for text in [
            "17/10/2025",
            "17-10-2025",
            "17.10.2025",
            "ngày 17 tháng 10 năm 2025",
            "Ngày 17/10/2025",
            "17 tháng 10, 2025",
            "17 tháng 10 năm 2025",
        ] {
            let wanted =
                if text.contains(", ") { "Shape" } else { "2025-10-17T00:00:00+07:00 day note" };
            assert_eq!(read(text), wanted, "{text}");
        }
        for text in [
            "17/10/2025 08:30",
            "08:30 17/10/2025",
            "8h30 ngày 17/10/2025",
            "8 giờ 30 phút, ngày 17 tháng 10 năm 2025",
            "17/10/2025, 08:30 (GMT+7)",
            "08:30, 17/10/2025",
            "2025/10/17 8:30",
        ] {
            assert_eq!(read(text), "2025-10-17T08:30:00+07:00 note", "{text}");
        }
    }

    #[test]
    fn impossible_dates() {
        assert_eq!(read("31/02/2025"), "Day(31, 2, 2025, 28)");
        assert_eq!(read("2025-02-30"), "Day(30, 2, 2025, 28)");
        assert_eq!(read("2025-00-10"), "Month(0, false)");
        assert_eq!(read("10/17/2025"), "Month(17, true)");
        assert_eq!(read("17/10/25"), "ShortYear");
        assert_eq!(read("1899-01-01"), "Year(1899)");
        assert_eq!(read("2201-01-01"), "Year(2201)");
        assert_eq!(read("2025-10-17 25:00"), "Clock");
        assert_eq!(read("2025-10-17 24:00"), "Clock");
        assert_eq!(read("2025-10-17 08:61"), "Clock");
        assert_eq!(read("2025-10-17 08:30+99:00"), "Offset");
        for text in [
            "",
            "hôm nay",
            "tháng 10",
            "2025",
            "2025-10",
            "08:30",
            "17/10",
            "1-2-3-4",
            "2025-10-17 x",
        ] {
            assert_eq!(read(text), "Shape", "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}", near in "[0-9]{0,5}[-/. :hTZ+tháng]{0,3}[0-9]{0,3}[-/. :h]{0,2}[0-9]{0,5}[ TZ+:0-9-]{0,12}") {
            let _ = parse_moment(&text, &zone());
            let _ = parse_moment(&near, &zone());
        }
    }
}
