//! iCalendar files (RFC 5545, names of calendars as in RFC 7986).
//!
//! Takes a [`Calendar`] whose texts are final and whose URLs are absolute;
//! gives the bytes of a file. Moments are written in UTC, so that no time zone
//! has to be described; days without a time stay days. Knows no site and no
//! clock: every stamp is a date that an author wrote.

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::base::time::Moment;

/// Longest line of a file in bytes, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// A file of events.
#[derive(Serialize)]
pub struct Calendar<'a> {
    /// What a subscription is called; empty in the file of a single event.
    pub name: String,
    /// Absolute URL of the page that shows the same; used with a name only.
    pub url: String,
    /// IANA name of the zone that readers think in: `Asia/Ho_Chi_Minh`.
    pub zone: &'a str,
    pub events: Vec<Event<'a>>,
}

/// An event; an empty text is left out.
#[derive(Serialize)]
pub struct Event<'a> {
    /// Never changes, whatever else does.
    pub uid: String,
    /// When it was first written, and last.
    pub created: Moment,
    pub updated: Moment,
    pub summary: &'a str,
    pub description: String,
    pub location: &'a str,
    /// Absolute URL of its page.
    pub url: &'a str,
    /// Language tag of its texts.
    pub lang: &'a str,
    pub categories: Vec<&'a str>,
    pub start: Moment,
    pub end: Option<Moment>,
    pub all_day: bool,
    /// As in the front matter: `cancelled`, `postponed` ...
    pub status: &'a str,
    /// Comes back on this day of every year, up to the last day that is given.
    pub yearly: Option<Yearly>,
    /// Leaves a reader's day free.
    pub free: bool,
    /// Days ahead at which to remind, at `MORNING` o'clock.
    pub alarms: Vec<i64>,
}

/// A day that comes back every year.
#[derive(Serialize)]
pub struct Yearly {
    pub month: i8,
    /// -1: the month's last.
    pub day: i8,
    pub until: Option<Date>,
}

/// The hour at which calendars remind of a day.
const MORNING: i64 = 8;

/// The file, with the line ends and line lengths that the standard wants.
pub fn render(calendar: &Calendar<'_>) -> Vec<u8> {
    let mut out = Lines::with_capacity(512 + calendar.events.len() * 640);
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//tintot//tintot//VI");
    out.line("CALSCALE:GREGORIAN");
    if !calendar.name.is_empty() {
        // The older names are what most programs still look for.
        out.text("NAME", &calendar.name);
        out.text("X-WR-CALNAME", &calendar.name);
        out.text("X-WR-TIMEZONE", calendar.zone);
        out.raw("URL", &calendar.url);
        out.line("REFRESH-INTERVAL;VALUE=DURATION:P1D");
        out.line("X-PUBLISHED-TTL:P1D");
    }
    for event in &calendar.events {
        write(&mut out, event);
    }
    out.line("END:VCALENDAR");
    out.out.into_bytes()
}

fn write(out: &mut Lines, event: &Event<'_>) {
    out.line("BEGIN:VEVENT");
    out.text("UID", &event.uid);
    out.raw("DTSTAMP", &utc(&event.updated));
    out.raw("CREATED", &utc(&event.created));
    out.raw("LAST-MODIFIED", &utc(&event.updated));
    out.raw("SEQUENCE", &sequence(event).to_string());
    let (start, end) = span(event);
    out.line(&start);
    end.iter().for_each(|end| out.line(end));
    if let Some(Yearly { month, day, until }) = &event.yearly {
        let until = until.map_or_else(String::new, |day| day.strftime(";UNTIL=%Y%m%d").to_string());
        out.line(&format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}{until}"));
    }
    let texts = [
        ("SUMMARY", event.summary),
        ("DESCRIPTION", &event.description),
        ("LOCATION", event.location),
    ];
    for (name, text) in texts {
        if !text.is_empty() {
            out.text(&format!("{name}{}", language(event.lang)), text);
        }
    }
    out.raw("URL", event.url);
    out.line(match event.status {
        "cancelled" => "STATUS:CANCELLED",
        "postponed" => "STATUS:TENTATIVE",
        _ => "STATUS:CONFIRMED",
    });
    if !event.categories.is_empty() {
        let all: Vec<String> = event.categories.iter().map(|text| escape(text)).collect();
        out.line(&format!("CATEGORIES:{}", all.join(",")));
    }
    if event.free {
        out.line("TRANSP:TRANSPARENT");
    }
    event.alarms.iter().for_each(|days| alarm(out, event.summary, *days));
    out.line("END:VEVENT");
}

/// A reminder so many days before the midnight at which an event begins.
fn alarm(out: &mut Lines, summary: &str, days: i64) {
    out.line("BEGIN:VALARM");
    out.line("ACTION:DISPLAY");
    out.text("DESCRIPTION", summary);
    out.line(&match days {
        ..=0 => format!("TRIGGER:PT{MORNING}H"),
        1 => format!("TRIGGER:-PT{}H", 24 - MORNING),
        _ => format!("TRIGGER:-P{}DT{}H", days - 1, 24 - MORNING),
    });
    out.line("END:VALARM");
}

/// Minutes from the first to the last writing: grows with every change, and is
/// the same in every build.
fn sequence(event: &Event<'_>) -> i64 {
    let seconds = event.updated.instant.as_second() - event.created.instant.as_second();
    (seconds / 60).clamp(0, i64::from(i32::MAX))
}

/// The lines that say when: as moments, or as days with the day after the last.
fn span(event: &Event<'_>) -> (String, Option<String>) {
    let day = |moment: &Moment| moment.day();
    let after = |day: Date| day.checked_add(Span::new().days(1)).unwrap_or(day);
    if event.all_day || !event.start.has_time {
        let first = day(&event.start);
        let last = event.end.as_ref().map_or(first, day).max(first);
        let date = |name: &str, day: Date| format!("{name};VALUE=DATE:{}", day.strftime("%Y%m%d"));
        return (date("DTSTART", first), Some(date("DTEND", after(last))));
    }
    let start = format!("DTSTART:{}", utc(&event.start));
    let end = event.end.as_ref().map(|end| {
        // A last day without a time lasts until it is over.
        let seconds = if end.has_time { 0 } else { 86_400 };
        let instant = end.instant + jiff::SignedDuration::from_secs(seconds);
        format!("DTEND:{}", instant.strftime("%Y%m%dT%H%M%SZ"))
    });
    (start, end)
}

fn utc(moment: &Moment) -> String {
    moment.instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `;LANGUAGE=vi`, for tags that may stand there.
fn language(tag: &str) -> String {
    let good = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if good { format!(";LANGUAGE={tag}") } else { String::new() }
}

/// Text as a value (RFC 5545, 3.3.11); control characters are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    // Signs of two bytes that control begin so.
    while let Some(at) =
        rest.bytes().position(|b| b < b' ' || matches!(b, b'\\' | b';' | b',' | 0x7f | 0xc2))
    {
        let (run, more) = rest.split_at(at);
        out.push_str(run);
        let mut chars = more.chars();
        match chars.next() {
            Some('\r') if chars.as_str().starts_with('\n') => {}
            Some('\r' | '\n') => out.push_str("\\n"),
            Some(c @ ('\\' | ';' | ',')) => out.extend(['\\', c]),
            Some(c) if c.is_control() && c != '\t' => {}
            Some(c) => out.push(c),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Lines of a file.
struct Lines {
    out: String,
    /// The line that is being written.
    open: String,
}

impl Lines {
    fn with_capacity(bytes: usize) -> Lines {
        Lines { out: String::with_capacity(bytes), open: String::new() }
    }

    fn text(&mut self, name: &str, value: &str) {
        self.open.push_str(name);
        self.open.push(':');
        push_escaped(&mut self.open, value);
        self.end();
    }

    /// A value that is no text: a number, a moment, a URL. Nothing that could
    /// begin another line gets through.
    fn raw(&mut self, name: &str, value: &str) {
        self.open.push_str(name);
        self.open.push(':');
        let from = self.open.len();
        if value.bytes().any(|byte| byte < b' ' || byte == 0x7f || byte == 0xc2) {
            self.open.extend(value.chars().filter(|c| !c.is_control()));
        } else {
            self.open.push_str(value);
        }
        if self.open.len() > from { self.end() } else { self.open.clear() }
    }

    fn line(&mut self, line: &str) {
        self.open.push_str(line);
        self.end();
    }

    /// Folds the open line between characters; what is folded begins with a
    /// space.
    fn end(&mut self) {
        let (mut rest, mut room) = (self.open.as_str(), LINE);
        while rest.len() > room {
            let (run, more) = rest.split_at(rest.floor_char_boundary(room));
            self.out.push_str(run);
            self.out.push_str("\r\n ");
            (rest, room) = (more, LINE - 1);
        }
        self.out.push_str(rest);
        self.out.push_str("\r\n");
        self.open.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_was_written(text in "\\PC{0,300}") {
            let mut out = Lines::with_capacity(0);
            out.text("SUMMARY", &text);
            prop_assert!(out.out.ends_with("\r\n"));
            for line in out.out.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(line.len() <= LINE, "{} bytes: {line}", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = out.out.replace("\r\n ", "");
            let escaped = escape(&text);
            prop_assert_eq!(unfolded, format!("SUMMARY:{escaped}\r\n"));
        }
    }

    #[test]
    fn what_could_end_a_value_is_escaped() {
        assert_eq!(escape("a;b,c\\d\r\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
