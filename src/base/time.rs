//! Moments in the site's time zone, and the instant of the build.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

/// The instant a build stands for. Handed in at the edge (`--at`,
/// `SOURCE_DATE_EPOCH` or now); no stage ever reads a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BuildTime(pub Timestamp);

/// What an author wrote as a date, placed in the site's time zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The local clock and calendar, as written.
    pub local: DateTime,
    /// The instant, in seconds since 1970-01-01T00:00:00Z.
    pub instant: Timestamp,
    /// Whether a time of day was written; without one it is midnight.
    pub has_time: bool,
    /// Offset from UTC in seconds (Viet Nam: 25200).
    pub offset: i32,
}

impl Moment {
    /// Places a local time in a zone; a time that a clock change skips moves
    /// forward, one that comes twice is the first.
    pub fn new(local: DateTime, has_time: bool, zone: &TimeZone) -> Option<Moment> {
        let zoned = zone.to_ambiguous_zoned_datetime(local).compatible().ok()?;
        Some(Moment::of(&zoned, has_time))
    }

    /// A day, which has no time.
    pub fn midnight(day: Date, zone: &TimeZone) -> Option<Moment> {
        Moment::new(day.at(0, 0, 0, 0), false, zone)
    }

    pub fn of(zoned: &ZonedDateTime, has_time: bool) -> Moment {
        Moment {
            local: zoned.datetime(),
            instant: zoned.timestamp(),
            has_time,
            offset: zoned.offset().seconds(),
        }
    }

    /// A day without a time lasts until it ends.
    pub fn last_instant(&self) -> Timestamp {
        let seconds = if self.has_time { 0 } else { 86_399 };
        self.instant + SignedDuration::from_secs(seconds)
    }

    /// The second after its last.
    pub fn after(&self) -> Timestamp {
        self.last_instant() + SignedDuration::from_secs(1)
    }

    /// The `YYYY-MM-DD` of the local calendar.
    pub fn day(&self) -> Date {
        self.local.date()
    }

    /// RFC 3339 with the local offset: `2025-10-17T08:30:00+07:00`.
    pub fn rfc3339(&self) -> String {
        let local = self.local;
        let mut out = format!("{:04}", local.year());
        let parts = [('-', local.month()), ('-', local.day()), ('T', local.hour())];
        let rest = [(':', local.minute()), (':', local.second())];
        for (sign, number) in parts.into_iter().chain(rest) {
            out.push(sign);
            out.extend(two_digits(number));
        }
        out.push_str(&offset_text(self.offset));
        out
    }

    /// RFC 2822, for RSS: `Fri, 17 Oct 2025 08:30:00 +0700`.
    pub fn rfc2822(&self) -> String {
        let local = self.local.strftime("%a, %d %b %Y %H:%M:%S");
        format!("{local} {}", offset_text(self.offset).replace(':', ""))
    }
}

/// The two digits of a number below 100.
pub fn two_digits(number: i8) -> [char; 2] {
    let number = number.unsigned_abs();
    [number / 10 % 10, number % 10].map(|digit| char::from(b'0' + digit))
}

/// `+07:00`.
fn offset_text(seconds: i32) -> String {
    let minutes = seconds.abs() / 60;
    let sign = if seconds < 0 { '-' } else { '+' };
    let two = |number: i32| two_digits(i8::try_from(number).unwrap_or_default());
    let (hours, minutes) = (two(minutes / 60), two(minutes % 60));
    [sign, hours[0], hours[1], ':', minutes[0], minutes[1]].iter().collect()
}
