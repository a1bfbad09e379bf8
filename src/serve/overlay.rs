//! What is wrong, as HTML: the same as `check` prints, with the text
//! underlined.

use std::fmt::Write;

use super::state::State;
use super::words::{Words, escape};
use crate::base::diag::{Diagnostic, Label, Severity};
use crate::base::excerpt::Excerpt;
use crate::bi;
use crate::driver::Snapshot;

/// Most problems that are shown over a page; the index has them all.
const SHOWN: usize = 20;

/// What lies over a page as long as there are errors; empty without any.
/// `trouble`: what kept this page from being rendered.
pub fn overlay(state: &State, trouble: Option<&Diagnostic>, words: Words) -> String {
    let total = state.errors().count() + trouble.iter().count() + state.fault.iter().count();
    if total == 0 {
        return String::new();
    }
    let mut out = String::new();
    let head = bi!("{total} lỗi cần sửa", "{total} to mend");
    let behind = if state.is_behind() || trouble.is_some() || state.fault.is_some() {
        bi!(
            "Bên dưới là bản tốt gần nhất của trang. Sửa xong, khung này tự mất.",
            "Below is the last good version of the page. This goes away when all is mended."
        )
    } else {
        bi!("Sửa xong, khung này tự mất.", "This goes away when all is mended.")
    };
    let _ =
        write!(out, "<h2>{}</h2><p class=\"hint\">{}</p>", words.html(&head), words.html(&behind));
    out.push_str(&list(state, trouble, words));
    out
}

/// The errors themselves.
pub fn list(state: &State, trouble: Option<&Diagnostic>, words: Words) -> String {
    let mut out = String::new();
    if let Some((message, help)) = &state.fault {
        let _ = write!(out, "<article class=\"error\"><h3>{}</h3>", words.html(message));
        if let Some(help) = help {
            let _ = write!(out, "<p class=\"help\">{}</p>", words.html(help));
        }
        out.push_str("</article>");
    }
    let source = state.latest.as_deref();
    let errors: Vec<&Diagnostic> = trouble.into_iter().chain(state.errors()).collect();
    out.extend(errors.iter().take(SHOWN).map(|diag| problem(diag, source, words)));
    if let Some(more) = errors.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let more = bi!("… và {more} lỗi nữa", "… and {more} more");
        let _ = write!(out, "<p><a href=\"{}\">{}</a></p>", super::http::INDEX, words.html(&more));
    }
    out
}

/// One problem with its places.
pub fn problem(diag: &Diagnostic, source: Option<&Snapshot>, words: Words) -> String {
    let (class, level) = match diag.severity {
        Severity::Error => ("error", bi!("lỗi", "error")),
        Severity::Warning => ("warning", bi!("cảnh báo", "warning")),
        Severity::Note => ("note", bi!("ghi chú", "note")),
    };
    let mut out = format!(
        "<article class=\"{class}\"><h3><span class=\"code\">{} {}</span> {}</h3>",
        escape(&words.plain(&level)),
        diag.rule.code,
        words.html(&diag.message)
    );
    out.extend(diag.labels.iter().map(|label| place(label, source, words)));
    if let Some(help) = &diag.help {
        let label = bi!("Cách sửa:", "Help:");
        let _ =
            write!(out, "<p class=\"help\"><b>{}</b> {}</p>", words.html(&label), words.html(help));
    }
    out.push_str("</article>");
    out
}

fn place(label: &Label, source: Option<&Snapshot>, words: Words) -> String {
    let file = escape(&label.span.file);
    let whole = label.span.range == (0..0);
    let text = source.filter(|_| !whole).and_then(|source| source.source(&label.span.file));
    let Some(excerpt) = text.map(|text| Excerpt::of(&text, &label.span.range)) else {
        return format!("<p class=\"place\">{file}</p>");
    };
    let mut out = format!("<p class=\"place\">{file}:{}", excerpt.line);
    if let Some(text) = &label.text {
        let _ = write!(out, " <span class=\"said\">{}</span>", words.html(text));
    }
    out.push_str("</p><pre>");
    let (before, rest) = excerpt.text.split_at(excerpt.range.start);
    let (at, after) = rest.split_at(excerpt.range.end - excerpt.range.start);
    // Where nothing is there to be underlined, the gap itself is.
    let at = if at.is_empty() { " " } else { at };
    let _ = write!(out, "{}<mark>{}</mark>{}", escape(before), escape(at), escape(after));
    out.push_str("</pre>");
    out
}
