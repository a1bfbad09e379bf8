//! `status`: which slots of the column are filled, empty, doubly filled, and
//! what waits for the coming days.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::args::{Args, Format, StatusOptions};
use super::extras::say;
use super::{GAP, MACHINE, build};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::bi;
use crate::driver::{self, Ready};
use crate::link::EntryId;
use crate::plan::State;
use crate::plan::column::{Coverage, Slot, Streak, Takes, coverage};

/// Ranges of gaps that the table names, the latest ones.
const SHOWN: usize = 8;

/// A slot of the column, what fills it, and how it stands.
struct Part {
    name: &'static str,
    /// Sections and kinds.
    filled_by: Vec<String>,
    coverage: Coverage,
}

pub fn status(args: &Args, options: &StatusOptions) -> Result<u8, Fault> {
    let request = build::request(args, &options.look)?;
    let zone = driver::timezone(&args.root);
    let range = (day(options.from.as_deref(), &zone)?, day(options.to.as_deref(), &zone)?);
    let build = driver::look(&request)?;
    let Some(ready) = &build.ready else {
        super::list::unusable(&build, args.tongue());
        return Ok(MACHINE);
    };
    let parts = parts(ready, range);
    if parts.is_empty() {
        return Err(no_column());
    }
    let out = match options.format {
        Format::Human => table(ready, &parts, args.tongue()),
        Format::Json => format!("{:#}\n", report(ready, &parts)),
    };
    say(&out)?;
    let gap = parts.iter().any(|part| !part.coverage.gaps.is_empty());
    Ok(if gap && options.fail_on_gap { GAP } else { 0 })
}

pub(super) fn no_column() -> Fault {
    Fault::refused(
        bi!("site.yaml chưa khai báo chuyên mục", "site.yaml declares no column"),
        bi!(
            "Viết: column: {{name: ..., daily: tin-tot, weekly: cau-chuyen-dep}}",
            "Write: column: {{name: ..., daily: tin-tot, weekly: cau-chuyen-dep}}"
        ),
    )
}

/// A day on the command line: `2026-10-17` or `17/10/2026`.
pub(super) fn day(text: Option<&str>, zone: &jiff::tz::TimeZone) -> Result<Option<Date>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let read = crate::yaml::parse_moment(text, zone);
    read.map(|read| Some(read.moment.day())).map_err(|_| {
        Fault::refused(
            bi!("không hiểu ngày `{text}`", "cannot read the day `{text}`"),
            bi!("Viết như 2026-10-17.", "Write it like 2026-10-17."),
        )
    })
}

fn parts(ready: &Ready, range: (Option<Date>, Option<Date>)) -> Vec<Part> {
    let slots = [("daily", Slot::Day), ("weekly", Slot::Week)].into_iter();
    slots
        .filter_map(|(name, slot)| {
            let takes = Takes::of(&ready.site, slot)?;
            let coverage = coverage(&takes, &ready.plan, None, slot, range);
            Some(Part { name, filled_by: takes.names().map(str::to_owned).collect(), coverage })
        })
        .collect()
}

fn report(ready: &Ready, parts: &[Part]) -> Value {
    let mut report = serde_json::Map::new();
    report.insert("today".to_owned(), json!(ready.plan.today.to_string()));
    for part in parts {
        let Part { coverage, filled_by, .. } = part;
        let slot = coverage.slot;
        let streak = |streak: Option<Streak>| {
            streak.map(|streak| json!({"from": slot.label(streak.first), "count": streak.count}))
        };
        let slots = |slots: Vec<&(Date, Vec<EntryId>)>| -> Vec<Value> {
            let entries = |ids: &[EntryId]| ids.iter().map(|&id| entry(ready, id)).collect();
            let slot_of = |(first, ids): &(Date, Vec<EntryId>)| {
                let entries: Vec<Value> = entries(ids);
                json!({"slot": slot.label(*first), "entries": entries})
            };
            slots.into_iter().map(slot_of).collect()
        };
        let gaps: Vec<String> = coverage.gaps.iter().map(|gap| slot.label(*gap)).collect();
        report.insert(
            part.name.to_owned(),
            json!({
                "filled_by": filled_by,
                "from": slot.label(coverage.first),
                "to": slot.label(coverage.last),
                "filled": coverage.filled.len(),
                "gaps": gaps,
                "doubles": slots(doubles(coverage).collect()),
                "open": coverage.open.map(|open| slot.label(open)),
                "current_streak": streak(coverage.current),
                "longest_streak": streak(coverage.longest),
                "queued": slots(coverage.queued.iter().collect()),
            }),
        );
    }
    Value::Object(report)
}

fn doubles(coverage: &Coverage) -> impl Iterator<Item = &(Date, Vec<EntryId>)> {
    coverage.filled.iter().filter(|(_, ids)| ids.len() > 1)
}

fn entry(ready: &Ready, id: EntryId) -> Value {
    let entry = &ready.site.entries[id];
    let state = match ready.plan.states[id] {
        State::Draft => "draft",
        State::Future => "future",
        _ => "live",
    };
    json!({"key": &*entry.key, "title": title(ready, id), "state": state})
}

fn title(ready: &Ready, id: EntryId) -> &str {
    let entry = &ready.site.entries[id];
    entry.variants[entry.original].as_ref().map_or("", |variant| &variant.title)
}

fn table(ready: &Ready, parts: &[Part], tongue: Tongue) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        // Writing to a string cannot fail.
        let _ = describe(&mut out, ready, part, tongue);
    }
    out
}

/// One part of the table: a heading and a line for each finding.
fn describe(out: &mut String, ready: &Ready, part: &Part, tongue: Tongue) -> std::fmt::Result {
    let Part { coverage, filled_by, .. } = part;
    let filled_by = filled_by.join(", ");
    let slot = coverage.slot;
    let vi = tongue == Tongue::Vi;
    let (unit, head) = match (slot, vi) {
        (Slot::Day, true) => ("ngày", "Mỗi ngày một tin"),
        (Slot::Day, false) => ("days", "A news item a day"),
        (Slot::Week, true) => ("tuần", "Mỗi tuần một câu chuyện"),
        (Slot::Week, false) => ("weeks", "A story a week"),
    };
    let (first, last) = (slot.label(coverage.first), slot.label(coverage.last));
    writeln!(out, "{head} ({filled_by}), {first} – {last}")?;
    let (filled, gaps) = (coverage.filled.len(), coverage.gaps.len());
    if vi {
        writeln!(out, "  Có bài: {filled} {unit}; trống: {gaps} {unit}")?;
    } else {
        writeln!(out, "  Filled: {filled} {unit}; empty: {gaps} {unit}")?;
    }
    if let Some(open) = coverage.open {
        let word = if vi { "Chưa có bài, còn kịp" } else { "Not filled yet" };
        writeln!(out, "  {word}: {}", slot.label(open))?;
    }
    let streaks =
        if vi { ["Đang liền", "Liền dài nhất"] } else { ["Streak", "Longest streak"] };
    for (word, streak) in streaks.into_iter().zip([coverage.current, coverage.longest]) {
        let Some(Streak { first, count }) = streak else { continue };
        let from = if vi { "từ" } else { "from" };
        writeln!(out, "  {word}: {count} {unit}, {from} {}", slot.label(first))?;
    }
    if gaps > 0 {
        let ranges = ranges(coverage);
        let shown: Vec<String> = ranges.iter().rev().take(SHOWN).cloned().collect();
        let more = if ranges.len() > SHOWN { " …" } else { "" };
        let word = if vi { "Trống gần đây" } else { "Empty lately" };
        writeln!(out, "  {word}: {}{more}", shown.join(", "))?;
    }
    let word = if vi { "Nhiều bài" } else { "More than one" };
    lines(out, ready, word, slot, doubles(coverage).collect())?;
    let word = if vi { "Đang chờ" } else { "Queued" };
    lines(out, ready, word, slot, coverage.queued.iter().collect())
}

/// A line for each slot, the latest last, each entry with its key and title.
fn lines(
    out: &mut String,
    ready: &Ready,
    word: &str,
    slot: Slot,
    slots: Vec<&(Date, Vec<EntryId>)>,
) -> std::fmt::Result {
    for (first, ids) in slots {
        let entries: Vec<String> = ids
            .iter()
            .map(|&id| format!("{} “{}”", ready.site.entries[id].key, title(ready, id)))
            .collect();
        writeln!(out, "  {word}: {}: {}", slot.label(*first), entries.join("; "))?;
    }
    Ok(())
}

/// Gaps in a row as one: `2026-11-10…2026-11-13`.
fn ranges(coverage: &Coverage) -> Vec<String> {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for &gap in &coverage.gaps {
        match ranges.last_mut() {
            Some((_, last)) if i64::from((gap - *last).get_days()) == coverage.slot.days() => {
                *last = gap;
            }
            _ => ranges.push((gap, gap)),
        }
    }
    let label = |day: Date| coverage.slot.label(day);
    let range = |(first, last): &(Date, Date)| {
        if first == last { label(*first) } else { format!("{}…{}", label(*first), label(*last)) }
    };
    ranges.iter().map(range).collect()
}
