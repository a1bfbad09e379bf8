//! What the server answers to a path, and what a tab that shows it keeps.
//!
//! Takes a [`State`]; gives a [`View`]: bytes exactly as a build writes them,
//! or what stands in for them. Pages get their script only when they are sent
//! ([`View::sent`]), so that rendering knows nothing of a preview.

use std::sync::Arc;

use super::parts::Print;
use super::resolve::{Target, media_type, resolve};
use super::state::{Live, State};
use super::words::{Words, escape};
use super::{http, index};
use crate::base::diag::Diagnostic;
use crate::driver::PageState;

/// An answer.
pub struct View {
    pub status: u16,
    pub media: &'static str,
    pub bytes: Arc<Vec<u8>>,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// Why the bytes are not the newest.
    pub trouble: Option<Diagnostic>,
    badge: String,
}

/// Looks a URL path up. Never fails: what is wrong is shown.
pub fn view(live: &Live, state: &State, url: &str, words: Words) -> View {
    if url == http::INDEX {
        return View::own(200, index::index(state, "", words), None);
    }
    let Some(snapshot) = state.served.as_deref() else {
        return View::own(500, index::failure(state, None, words), None);
    };
    let (status, path) = match resolve(snapshot, url) {
        Target::File(path) => (200, path),
        Target::Missing(Some(path)) => (404, path),
        Target::Missing(None) => {
            let text = crate::bi!("Không có trang này", "There is no such page");
            return View::own(404, index::message(&text, words), None);
        }
        Target::Redirect(to) => {
            let mut view = View::own(301, String::new(), None);
            view.location = Some(to);
            return view;
        }
    };
    let media = media_type(&path);
    let page = media.starts_with("text/html");
    let (bytes, trouble) = match snapshot.bytes(&path) {
        Some(Ok(bytes)) => {
            let bytes = Arc::new(bytes);
            if page {
                live.remember(&path, &bytes);
            }
            (bytes, None)
        }
        Some(Err(trouble)) => match live.remembered(&path) {
            Some(bytes) => (bytes, Some(trouble)),
            None => {
                let html = index::failure(state, Some(&trouble), words);
                return View::own(500, html, Some(trouble));
            }
        },
        // Planned, but its source is gone since.
        None => return View::own(404, String::new(), None),
    };
    let shown = snapshot.info(&path).map_or(PageState::Live, |info| info.state);
    let badge = index::badge(shown, words);
    View { status, media, bytes, location: None, trouble, badge }
}

impl View {
    /// A page of the server's own.
    pub fn own(status: u16, html: String, trouble: Option<Diagnostic>) -> View {
        View {
            status,
            media: "text/html; charset=utf-8",
            bytes: Arc::new(html.into_bytes()),
            location: None,
            trouble,
            badge: String::new(),
        }
    }

    /// What tells whether a tab at this URL path still shows this.
    pub fn print(&self, state: &State, url: &str) -> Print {
        match state.served.as_deref() {
            Some(snapshot) if self.is_page() => {
                Print::of_page(&self.bytes, url, &self.badge, snapshot)
            }
            _ => Print::of(&self.bytes),
        }
    }

    /// The bytes as they are sent: into a page goes the script that keeps it
    /// up to date.
    pub fn sent(&self, state: &State, url: &str) -> Vec<u8> {
        if !self.is_page() {
            return self.bytes.to_vec();
        }
        let script = format!(
            "<script src=\"{}\" data-tintot=\"{}\" data-badge=\"{}\" defer></script>",
            http::SCRIPT,
            self.print(state, url).token(),
            escape(&self.badge),
        );
        let at = body_end(&self.bytes);
        let (before, after) = self.bytes.split_at(at);
        [before, script.as_bytes(), after].concat()
    }

    fn is_page(&self) -> bool {
        self.location.is_none() && self.media.starts_with("text/html")
    }
}

/// Where the last `</body` begins, or the end.
fn body_end(html: &[u8]) -> usize {
    let mark = b"</body";
    let found = html.windows(mark.len()).rposition(|part| part.eq_ignore_ascii_case(mark));
    found.unwrap_or(html.len())
}
