//! What a build came to, in a few lines.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde_json::json;

use crate::base::diag::{Diagnostic, Severity, Tongue};
use crate::driver::Outline;
use crate::emit::Written;
use crate::plan::State;
use crate::scan::Tree;

/// A finished run.
pub struct Report<'a> {
    pub tree: &'a Tree,
    pub diagnostics: &'a [Diagnostic],
    /// `None` when the configuration or the theme cannot be used.
    pub outline: Option<&'a Outline>,
    /// Stage name and time it took.
    pub times: &'a [(&'static str, Duration)],
    /// What was written, and how many pages were rendered; `None` if nothing
    /// was published.
    pub written: Option<&'a (Written, usize)>,
    /// Versions of pictures that had to be made.
    pub encoded: usize,
    pub time: Duration,
    pub code: u8,
}

/// Counts of diagnostics: errors, warnings, notes.
fn counts(report: &Report<'_>) -> (usize, usize, usize) {
    let count =
        |severity| report.diagnostics.iter().filter(|diag| diag.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning), count(Severity::Note))
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
    let (errors, warnings, notes) = counts(report);
    if let Some(outline) = report.outline {
        let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (kind, lang, n) in &outline.entries {
            kinds.entry(kind).or_default().push(format!("{lang} {n}"));
        }
        let kinds: Vec<_> = kinds
            .into_iter()
            .map(|(kind, langs)| format!("{kind} ({})", langs.join(", ")))
            .collect();
        let _ = writeln!(out, "{}: {}", say("Bài", "Entries"), kinds.join(", "));
        for held in &outline.held {
            let (vi, en) = state_words(held.state);
            let when = held.when.as_ref();
            let when = when.map_or_else(String::new, |when| format!(" {}", when.words.get(tongue)));
            let _ = writeln!(out, "  {}: {}{when}", held.entry, say(vi, en));
        }
        let _ = writeln!(out, "{}: {}", say("Trang và tệp", "Pages and files"), outline.pages);
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
        if report.encoded > 0 {
            let words = say("Cỡ ảnh làm mới", "Sizes of pictures made");
            let _ = writeln!(out, "{words}: {}", report.encoded);
        }
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
        for (stage, time) in report.times {
            let _ = write!(out, "\n  {stage:<8} {:>8.1} ms", time.as_secs_f64() * 1000.0);
        }
    }
    out
}

/// The same for programs.
pub fn json(report: &Report<'_>, tongue: Tongue) -> serde_json::Value {
    let (errors, warnings, notes) = counts(report);
    let outline = report.outline.cloned().unwrap_or_default();
    let entries: Vec<_> = outline
        .entries
        .iter()
        .map(|(kind, lang, count)| json!({"kind": kind, "lang": lang, "count": count}))
        .collect();
    let held: Vec<_> = outline
        .held
        .iter()
        .map(|held| {
            let when = held.when.as_ref().map(|when| &when.rfc3339);
            json!({"entry": held.entry, "state": state_name(held.state), "when": when})
        })
        .collect();
    let stages: serde_json::Map<_, _> = report
        .times
        .iter()
        .map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64() * 1000.0)))
        .collect();
    json!({
        "errors": errors, "warnings": warnings, "notes": notes,
        "entries": entries,
        "held": held,
        "pages": outline.pages,
        "next_change": outline.next_flip,
        "written": report.written.map(|(written, rendered)| json!({
            "new": written.created, "changed": written.changed, "unchanged": written.unchanged,
            "removed": written.removed, "bytes": written.bytes, "rendered": rendered,
            "encoded": report.encoded,
            "notes": written.notes.iter().map(|note| note.get(tongue)).collect::<Vec<_>>(),
        })),
        "ms": report.time.as_secs_f64() * 1000.0,
        "stages_ms": stages,
    })
}
