//! One open tab: told what has become of the page that it shows.
//!
//! The tab says what it shows, in the words that came with the page; from then
//! on every state of the site is compared with that. A tab that comes back
//! after a pause says the same again, so that nothing is missed.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State as Given;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::http::App;
use super::overlay;
use super::parts::Step;
use super::state::State;
use super::view::view;

/// Longest message that a tab may send, in bytes.
const MESSAGE: usize = 16 << 10;
/// How long a new tab may take to say what it shows.
const HELLO: Duration = Duration::from_secs(10);
/// How often a silent tab is asked whether it is still there.
const PULSE: Duration = Duration::from_secs(20);

/// What a tab shows.
#[derive(Debug, Clone, Deserialize)]
struct Shown {
    /// URL path.
    page: String,
    /// As it came with the page.
    state: String,
}

/// Opens the socket for pages of this server only: any page on the web may try.
pub async fn connect(
    Given(app): Given<Arc<App>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN).and_then(|origin| origin.split_once("://"));
    let ours = origin.is_some_and(|(_, host)| Some(host) == text(HOST) && app.hosts.allow(host));
    if !ours {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.max_message_size(MESSAGE).on_upgrade(move |socket| async move {
        // A tab that is closed ends the conversation in the middle.
        let _ = talk(&app, socket).await;
    })
}

async fn talk(app: &Arc<App>, mut socket: WebSocket) -> Option<()> {
    let hello = tokio::time::timeout(HELLO, socket.recv()).await.ok()??.ok()?;
    let mut shown: Shown = serde_json::from_str(hello.to_text().ok()?).ok()?;
    let mut follow = app.live.follow();
    let mut told = String::new();
    loop {
        let state = Arc::clone(&follow.borrow_and_update());
        let (problems, step, token) = look(app, state, &shown).await?;
        if problems != told {
            let message = json!({"type": "problems", "html": problems}).to_string();
            socket.send(Message::Text(message.into())).await.ok()?;
            told = problems;
        }
        let message = match step {
            Step::Nothing => None,
            Step::Styles(styles) => Some(json!({"type": "css", "styles": styles, "state": token})),
            Step::Reload => Some(json!({"type": "reload"})),
        };
        if let Some(message) = message {
            socket.send(Message::Text(message.to_string().into())).await.ok()?;
            shown.state = token;
        }
        wait(&mut socket, &mut follow).await?;
    }
}

/// Until there is a new state; `None` when the tab is gone.
async fn wait(
    socket: &mut WebSocket,
    follow: &mut tokio::sync::watch::Receiver<Arc<State>>,
) -> Option<()> {
    loop {
        tokio::select! {
            changed = follow.changed() => return changed.ok(),
            said = socket.recv() => match said {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            },
            () = tokio::time::sleep(PULSE) => {
                socket.send(Message::Ping(axum::body::Bytes::new())).await.ok()?;
            }
        }
    }
}

/// What is wrong, and what to do so that the tab shows what it should.
async fn look(app: &Arc<App>, state: Arc<State>, shown: &Shown) -> Option<(String, Step, String)> {
    let (app, shown) = (Arc::clone(app), shown.clone());
    let work = move || {
        let view = view(&app.live, &state, &shown.page, app.words);
        let print = view.print(&state, &shown.page);
        // A page of the server's own says itself what is wrong.
        let own = view.status == 500 || shown.page == super::http::INDEX;
        let problems = match own {
            true => String::new(),
            false => overlay::overlay(&state, view.trouble.as_ref(), app.words),
        };
        (problems, print.step(&shown.state), print.token())
    };
    tokio::task::spawn_blocking(work).await.ok()
}
