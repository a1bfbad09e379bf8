//! The days of a campaign in one year, and where a day stands among them.
//!
//! Takes what `site.yaml` says of a campaign; gives days of the local calendar.
//! Knows no entry and no clock.

use jiff::civil::Date;

use crate::config::{Campaign, CampaignYear, day_in};

/// Days before a campaign from which on it is announced.
pub const ANNOUNCED: i64 = 31;

/// A campaign in the year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    pub year: i16,
    /// Both days included; the last may lie in the next year.
    pub start: Date,
    pub end: Date,
}

/// Where a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// So many days are left, one at least.
    Upcoming(i64),
    /// Number of the day, from 1.
    Running(i64),
    Over,
}

impl Edition {
    /// `None` in a year in which it does not take place.
    pub fn of(campaign: &Campaign, year: i16) -> Option<Edition> {
        let before = campaign.from.is_some_and(|from| year < from);
        let after = campaign.until.is_some_and(|until| year > until);
        let own = own(campaign, year);
        if before || after || own.is_some_and(|own| !own.held) {
            return None;
        }
        let start = own.and_then(|own| own.start).unwrap_or(campaign.start);
        let end = own.and_then(|own| own.end).unwrap_or(campaign.end);
        let over = i16::from(end < start);
        let (start, end) = (day_in(year, start)?, day_in(year.checked_add(over)?, end)?);
        Some(Edition { year, start, end })
    }

    /// How many days it has.
    pub fn total(&self) -> i64 {
        days(self.start, self.end) + 1
    }

    pub fn contains(&self, day: Date) -> bool {
        (self.start..=self.end).contains(&day)
    }

    pub fn phase(&self, today: Date) -> Phase {
        if today < self.start {
            Phase::Upcoming(days(today, self.start))
        } else if today > self.end {
            Phase::Over
        } else {
            Phase::Running(days(self.start, today) + 1)
        }
    }

    /// Whether it is going on, or announced.
    pub fn is_near(&self, today: Date) -> bool {
        match self.phase(today) {
            Phase::Upcoming(left) => left <= ANNOUNCED,
            Phase::Running(_) => true,
            Phase::Over => false,
        }
    }

    /// The next day after `today` on which its phase, or what is said of it, is
    /// another.
    pub fn next_change(&self, today: Date) -> Option<Date> {
        let announced = self.start.checked_sub(jiff::Span::new().days(ANNOUNCED)).ok();
        let tomorrow = self.contains(today).then(|| today.tomorrow().ok()).flatten();
        let changes = [announced, Some(self.start), tomorrow];
        changes.into_iter().flatten().filter(|day| *day > today).min()
    }
}

/// What a year has of its own.
pub fn own(campaign: &Campaign, year: i16) -> Option<&CampaignYear> {
    campaign.years.iter().find(|own| own.year == year)
}

/// Days from one to the other.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::config::YearDay;

    fn campaign(more: &str) -> Campaign {
        let text = format!(
            "title: T\nbase_url: https://a.example\ncampaigns:\n  - {{id: dot, name: Đợt, {more}}}\n"
        );
        let (config, found) = crate::config::read(&text, Arc::from("site.yaml"));
        assert!(found.is_empty(), "{found:?}");
        config.expect("a config").campaigns.remove(0)
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn the_peak_month_has_33_days() {
        let edition = Edition::of(&campaign("start: 10-17, end: 11-18"), 2026).expect("held");
        assert_eq!(edition.total(), 33);
        assert_eq!(edition.phase(date("2026-10-16")), Phase::Upcoming(1));
        assert_eq!(edition.phase(date("2026-10-17")), Phase::Running(1));
        assert_eq!(edition.phase(date("2026-11-18")), Phase::Running(33));
        assert_eq!(edition.phase(date("2026-11-19")), Phase::Over);
        assert_eq!(edition.next_change(date("2026-01-01")), Some(date("2026-09-16")));
        assert_eq!(edition.next_change(date("2026-09-16")), Some(date("2026-10-17")));
        assert_eq!(edition.next_change(date("2026-11-18")), Some(date("2026-11-19")));
        assert_eq!(edition.next_change(date("2026-11-19")), None);
    }

    #[test]
    fn a_year_may_differ_or_be_left_out() {
        let campaign = campaign(
            "start: 10-17, end: 11-18, from: 2022, until: 2026, years: {2024: {start: 10-10, end: 11-20}, 2023: {held: false}}",
        );
        let total = |year| Edition::of(&campaign, year).map(|edition| edition.total());
        let years = [2021, 2022, 2023, 2024, 2026, 2027].map(total);
        assert_eq!(years, [None, Some(33), None, Some(42), Some(33), None]);
    }

    #[test]
    fn the_29th_of_february_is_the_months_last_day() {
        let campaign = campaign("start: 02-29, end: 02-29");
        let start = |year| Edition::of(&campaign, year).map(|edition| edition.start);
        assert_eq!(start(2024), Some(date("2024-02-29")));
        assert_eq!(start(2023), Some(date("2023-02-28")));
        assert_eq!(Edition::of(&campaign, 2023).map(|edition| edition.total()), Some(1));
    }

    proptest! {
        /// Every day of every year stands in one phase, and the phases follow
        /// each other day by day.
        #[test]
        fn every_day_has_its_phase(
            start in (1..=12i8, 1..=31i8),
            end in (1..=12i8, 1..=31i8),
            year in 1950..2150i16,
            ahead in -500..900i32,
        ) {
            let leap = |(month, day): YearDay| Date::new(2024, month, day).is_ok();
            prop_assume!(leap(start) && leap(end));
            let text = format!(
                "start: {:02}-{:02}, end: {:02}-{:02}", start.0, start.1, end.0, end.1
            );
            let edition = Edition::of(&campaign(&text), year).expect("held");
            prop_assert!(edition.start <= edition.end && edition.start.year() == year);
            prop_assert_eq!(edition.end.year() - year, i16::from(end < start));
            let jan = Date::new(year, 1, 1).expect("a date");
            let today = jan.checked_add(jiff::Span::new().days(ahead)).expect("a date");
            let tomorrow = today.tomorrow().expect("a date");
            match (edition.phase(today), edition.phase(tomorrow)) {
                (Phase::Upcoming(a), Phase::Upcoming(b)) => prop_assert_eq!(a, b + 1),
                (Phase::Upcoming(1), Phase::Running(1)) => prop_assert_eq!(tomorrow, edition.start),
                (Phase::Running(a), Phase::Running(b)) => prop_assert_eq!(a + 1, b),
                (Phase::Running(last), Phase::Over) => prop_assert_eq!(last, edition.total()),
                (Phase::Over, Phase::Over) => prop_assert!(today > edition.end),
                wrong => prop_assert!(false, "{wrong:?} at {today}"),
            }
            prop_assert_eq!(edition.contains(today), matches!(edition.phase(today), Phase::Running(_)));
            // Nothing changes before the day that was foretold.
            let same = edition.is_near(today) == edition.is_near(tomorrow)
                && !matches!(edition.phase(tomorrow), Phase::Running(_));
            if edition.next_change(today) != Some(tomorrow) {
                prop_assert!(same || edition.phase(today) == edition.phase(tomorrow));
            }
        }
    }
}
