//! What a build came to, in a few lines.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde_json::json;

use crate::base::diag::{Severity, Tongue};
use crate::base::time::Moment;
use crate::driver::{Build, Ready};
use crate::emit::Written;
use crate::i18n::{self, DateStyle};
use crate::plan::State;

/// A finished run.
pub struct Report<'a> {
    pub build: &'a Build,
    /// What was written, and how many pages were rendered; `None` if nothing
    /// was published.
    pub written: Option<&'a (Written, usize)>,
    pub time: Duration,
    pub code: u8,
}

/// Counts of diagnostics: errors, warnings, notes.
fn counts(build: &Build) -> (usize, usize, usize) {
    let count =
        |severity| build.diagnostics.iter().filter(|diag| diag.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning), count(Severity::Note))
}

/// Visible entries per kind and language tag.
fn entries(ready: &Ready) -> BTreeMap<(&'static str, String), usize> {
    let mut all = BTreeMap::new();
    for (id, entry) in ready.site.entries.iter().enumerate() {
        for (lang, variant) in entry.variants.iter().enumerate() {
            if variant.is_some() && ready.plan.has_page(id, lang) {
                *all.entry((entry.kind.name(), ready.site.langs[lang].tag.clone())).or_insert(0) +=
                    1;
            }
        }
    }
    all
}

/// Entries that are not shown, with why and, if it is a matter of time, when
/// that changes or changed.
fn held(ready: &Ready) -> Vec<(&str, State, Option<&Moment>)> {
    let states = ready.plan.states.iter().enumerate().filter(|(_, state)| **state != State::Live);
    states
        .map(|(id, state)| {
            let entry = &ready.site.entries[id];
            let moment = match state {
                State::Future => entry.date.as_ref(),
                State::Expired => entry.expires.as_ref(),
                _ => None,
            };
            (&*entry.key, *state, moment)
        })
        .collect()
}

/// A moment in the language of messages, whatever the site speaks.
fn when(moment: &Moment, tongue: Tongue) -> String {
    let tag = if tongue == Tongue::Vi { "vi" } else { "en" };
    let locale = i18n::load(&i18n::Request { tag, ..i18n::Request::default() });
    locale.map_or_else(|_| moment.rfc3339(), |locale| locale.date(moment, DateStyle::Full))
}

/// A state for programs, as `list --state` takes it.
fn state_name(state: State) -> &'static str {
    match state {
        State::Live => "live",
        State::Draft => "draft",
        State::Future => "future",
        State::Expired => "expired",
        State::Withdrawn => "withdrawn",
        State::Quarantined => "quarantined",
    }
}

/// A state in words: (vi, en).
pub fn state_words(state: State) -> (&'static str, &'static str) {
    match state {
        State::Live => ("đang hiện", "live"),
        State::Draft => ("bản nháp", "draft"),
        State::Future => ("chưa tới ngày, sẽ hiện", "not due, appears"),
        State::Expired => ("đã hết hạn", "expired"),
        State::Withdrawn => ("đã gỡ", "withdrawn"),
        State::Quarantined => ("có lỗi, để lại", "left out for errors"),
    }
}

/// The report for a terminal.
pub fn text(report: &Report<'_>, tongue: Tongue, verbose: bool) -> String {
    let say = |vi: &'static str, en: &'static str| if tongue == Tongue::Vi { vi } else { en };
    let mut out = String::new();
    let (errors, warnings, notes) = counts(report.build);
    if let Some(ready) = &report.build.ready {
        let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((kind, lang), n) in entries(ready) {
            kinds.entry(kind).or_default().push(format!("{lang} {n}"));
        }
        let kinds: Vec<_> = kinds
            .into_iter()
            .map(|(kind, langs)| format!("{kind} ({})", langs.join(", ")))
            .collect();
        let _ = writeln!(out, "{}: {}", say("Bài", "Entries"), kinds.join(", "));
        for (key, state, moment) in held(ready) {
            let (vi, en) = state_words(state);
            let when =
                moment.map_or_else(String::new, |moment| format!(" {}", when(moment, tongue)));
            let _ = writeln!(out, "  {key}: {}{when}", say(vi, en));
        }
        let _ =
            writeln!(out, "{}: {}", say("Trang và tệp", "Pages and files"), ready.plan.pages.len());
    }
    if let Some((written, rendered)) = report.written {
        let (created, changed, unchanged, removed) =
            (written.created, written.changed, written.unchanged, written.removed);
        let _ = writeln!(
            out,
            "{}: {created} {}, {changed} {}, {unchanged} {}, {removed} {} ({rendered} {})",
            say("Đã ghi", "Written"),
            say("mới", "new"),
            say("đổi", "changed"),
            say("giữ nguyên", "unchanged"),
            say("xóa", "removed"),
            say("tệp phải dựng lại", "rendered"),
        );
        for note in &written.notes {
            let _ = writeln!(out, "  {}", note.get(tongue));
        }
    }
    let _ = write!(
        out,
        "{errors} {}, {warnings} {}, {notes} {}; {} ms",
        say("lỗi", "errors"),
        say("cảnh báo", "warnings"),
        say("ghi chú", "notes"),
        report.time.as_millis(),
    );
    if report.written.is_none() && report.code != 0 {
        let _ = write!(
            out,
            "\n{}",
            say(
                "Chưa đăng gì: trang cũ còn nguyên.",
                "Nothing was published: the old site is as it was."
            )
        );
    }
    if verbose {
        for (stage, time) in &report.build.times {
            let _ = write!(out, "\n  {stage:<8} {:>8.1} ms", time.as_secs_f64() * 1000.0);
        }
    }
    out
}

/// The same for programs.
pub fn json(report: &Report<'_>, tongue: Tongue) -> serde_json::Value {
    let (errors, warnings, notes) = counts(report.build);
    let ready = report.build.ready.as_ref();
    let entries: Vec<_> = ready
        .map(entries)
        .unwrap_or_default()
        .into_iter()
        .map(|((kind, lang), count)| json!({"kind": kind, "lang": lang, "count": count}))
        .collect();
    let held: Vec<_> = ready
        .map(held)
        .unwrap_or_default()
        .into_iter()
        .map(
            |(key, state, moment)| {
                json!({"entry": key, "state": state_name(state), "when": moment.map(Moment::rfc3339)})
            },
        )
        .collect();
    let stages: serde_json::Map<_, _> = report
        .build
        .times
        .iter()
        .map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64() * 1000.0)))
        .collect();
    json!({
        "errors": errors, "warnings": warnings, "notes": notes,
        "entries": entries,
        "held": held,
        "pages": ready.map_or(0, |ready| ready.plan.pages.len()),
        "next_change": ready.and_then(|ready| ready.plan.next_flip.as_ref()).map(|moment| moment.rfc3339()),
        "written": report.written.map(|(written, rendered)| json!({
            "new": written.created, "changed": written.changed, "unchanged": written.unchanged,
            "removed": written.removed, "bytes": written.bytes, "rendered": rendered,
            "notes": written.notes.iter().map(|note| note.get(tongue)).collect::<Vec<_>>(),
        })),
        "ms": report.time.as_secs_f64() * 1000.0,
        "stages_ms": stages,
    })
}
