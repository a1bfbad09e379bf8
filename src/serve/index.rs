//! The preview's own pages: everything that there is to see and to mend, and
//! the page shown when there is nothing else to show.

use std::fmt::Write;

use super::overlay;
use super::state::State;
use super::words::{Words, escape};
use crate::base::diag::{Bi, Diagnostic, Severity};
use crate::base::excerpt;
use crate::base::path::OutputPath;
use crate::bi;
use crate::driver::{PageInfo, PageState, Snapshot};

/// Most pages and problems on the index; a search narrows them down.
const SHOWN: usize = 1_000;

/// The index: problems, then pages whose title, address or source holds `query`.
pub fn index(state: &State, query: &str, words: Words) -> String {
    let title = bi!("Xem thử: mọi trang và vấn đề", "Preview: all pages and problems");
    let mut out = head(&title, words);
    out.push_str(&problems(state, words));
    let Some(snapshot) = state.served.as_deref() else {
        out.push_str("</main></body></html>\n");
        return out;
    };
    let wanted = query.trim().to_lowercase();
    let fits = |page: &PageInfo<'_>| {
        let texts = [page.title, Some(page.path), page.source];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&wanted))
    };
    let found: Vec<PageInfo<'_>> = snapshot.pages().filter(fits).collect();
    let count = found.len();
    let _ = write!(
        out,
        "<h2>{}</h2><form><input type=\"search\" name=\"q\" value=\"{}\" aria-label=\"{}\"></form>",
        words.html(&bi!("{count} trang", "{count} pages")),
        escape(query),
        escape(&words.plain(&bi!("Tìm trang", "Find pages"))),
    );
    out.push_str("<div class=\"wide\"><table><tbody>");
    // What readers do not see yet comes first: that is what one looks for.
    let (hidden, live): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|page| page.state != PageState::Live);
    out.extend(hidden.iter().chain(&live).take(SHOWN).map(|page| row(page, words)));
    out.push_str("</tbody></table></div>");
    if count > SHOWN {
        let more = bi!(
            "Chỉ hiện {SHOWN} trang đầu; hãy tìm để thấy các trang khác.",
            "Only the first {SHOWN} pages are shown; search for others."
        );
        let _ = write!(out, "<p>{}</p>", words.html(&more));
    }
    out.push_str("</main></body></html>\n");
    out
}

/// What is shown in place of a page when there has never been a good one.
pub fn failure(state: &State, trouble: Option<&Diagnostic>, words: Words) -> String {
    let title = bi!("Chưa dựng được trang", "The page cannot be built yet");
    let mut out = head(&title, words);
    let hint = bi!(
        "Sửa các lỗi dưới đây; trang tự hiện ra ngay khi lưu.",
        "Mend what is listed below; the page appears as soon as you save."
    );
    let _ = write!(out, "<p>{}</p>", words.html(&hint));
    out.push_str(&overlay::list(state, trouble, words));
    out.push_str("</main></body></html>\n");
    out
}

/// A short page of one sentence.
pub fn message(text: &Bi, words: Words) -> String {
    let mut out = head(text, words);
    out.push_str("</main></body></html>\n");
    out
}

/// Every diagnostic as `check --format json` prints it.
pub fn json(state: &State) -> String {
    let latest = state.latest.as_deref();
    let all = latest.map_or(&[][..], Snapshot::diagnostics).iter();
    let diagnostics: Vec<_> = all
        .map(|diag| excerpt::json(diag, |path| latest.and_then(|latest| latest.source(path))))
        .collect();
    let fault = state.fault.as_ref().map(|(message, _)| message);
    serde_json::json!({ "diagnostics": diagnostics, "fault": fault }).to_string()
}

/// What stands on a page that readers would not see; empty for others.
pub fn badge(state: PageState, words: Words) -> String {
    match state {
        PageState::Live => String::new(),
        PageState::Draft => words.plain(&bi!("Bản nháp", "Draft")),
        PageState::Future => words.plain(&bi!("Chưa tới ngày", "Not yet due")),
        PageState::Withdrawn => words.plain(&bi!("Đã gỡ", "Withdrawn")),
    }
}

fn head(title: &Bi, words: Words) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"{}\"></head><body class=\"tintot\"><main><h1>{}</h1>",
        words.lang(),
        escape(&words.plain(title)),
        super::http::STYLE,
        words.html(title),
    )
}

fn problems(state: &State, words: Words) -> String {
    let latest = state.latest.as_deref();
    let mut all: Vec<&Diagnostic> = latest.map_or(&[][..], Snapshot::diagnostics).iter().collect();
    all.sort_by_key(|diag| std::cmp::Reverse(diag.severity));
    let count = |severity| all.iter().filter(|diag| diag.severity == severity).count();
    let (errors, warnings, notes) =
        (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let sum = bi!(
        "{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú",
        "{errors} errors, {warnings} warnings, {notes} notes"
    );
    let open = if errors > 0 || state.fault.is_some() { " open" } else { "" };
    let mut out = format!("<details{open}><summary>{}</summary>", words.html(&sum));
    if let Some((message, _)) = &state.fault {
        let _ = write!(out, "<article class=\"error\"><h3>{}</h3></article>", words.html(message));
    }
    out.extend(all.iter().take(SHOWN).map(|diag| overlay::problem(diag, latest, words)));
    out.push_str("</details>");
    out
}

fn row(page: &PageInfo<'_>, words: Words) -> String {
    let url = OutputPath::new(page.path).map_or_else(String::new, |path| path.url().into_owned());
    let title = page.title.unwrap_or(page.path);
    let badge = badge(page.state, words);
    let badge = match badge.is_empty() {
        true => badge,
        false => format!(" <span class=\"badge\">{}</span>", escape(&badge)),
    };
    format!(
        "<tr><td><a href=\"/{}\">{}</a>{badge}</td><td>{}</td><td>{}</td></tr>",
        escape(&url),
        escape(title),
        escape(page.lang),
        escape(page.source.unwrap_or("")),
    )
}
