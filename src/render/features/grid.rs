//! A month as a grid of days, Monday first.

use jiff::civil::Date;

use crate::base::time::Moment;
use crate::link::LangId;
use crate::plan::column::Slot;
use crate::render::Reads;

/// Short names of the weekdays, Monday first.
pub fn weekdays(reads: &Reads<'_>, lang: LangId, month: Date) -> Vec<String> {
    let monday = Slot::Week.of(month);
    let name = |n: i64| {
        let day = monday.checked_add(jiff::Span::new().days(n)).ok()?;
        let moment = Moment::midnight(day, &reads.site.config.timezone)?;
        Some(reads.site.langs[lang].locale.date_by(&moment, "{weekday_short}"))
    };
    (0..7).filter_map(name).collect()
}

/// The days of a month, by its first.
pub fn days(first: Date) -> impl Iterator<Item = Date> {
    (1..=first.days_in_month()).filter_map(move |day| first.with().day(day).build().ok())
}

/// The weeks of a month, each with its Monday and seven cells; `None` for a
/// day of another month.
pub fn weeks<T>(first: Date, mut cell: impl FnMut(Date) -> T) -> Vec<(Date, Vec<Option<T>>)> {
    let mut weeks: Vec<(Date, Vec<Option<T>>)> = Vec::new();
    for day in days(first) {
        let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        if at == 0 || weeks.is_empty() {
            weeks.push((Slot::Week.of(day), (0..at).map(|_| None).collect()));
        }
        if let Some((_, days)) = weeks.last_mut() {
            days.push(Some(cell(day)));
        }
    }
    if let Some((_, days)) = weeks.last_mut() {
        days.resize_with(7, || None);
    }
    weeks
}
