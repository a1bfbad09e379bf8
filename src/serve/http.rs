//! Requests in, answers out: names checked, methods, parts of files.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Given};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HOST,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::hosts::Hosts;
use super::resolve::decode;
use super::state::Live;
use super::view::{View, view};
use super::words::Words;
use super::{index, tab};
use crate::bi;

/// Addresses of the preview itself; no entry can have one, since paths that
/// begin with a dot are not published.
pub const INDEX: &str = "/.tintot/";
pub const PROBLEMS: &str = "/.tintot/problems.json";
pub const SCRIPT: &str = "/.tintot/live.js";
pub const STYLE: &str = "/.tintot/live.css";
pub const SOCKET: &str = "/.tintot/live";

/// What every request needs.
pub struct App {
    pub live: Arc<Live>,
    pub hosts: Hosts,
    pub words: Words,
}

/// Everything that is answered.
pub fn router(app: Arc<App>) -> Router {
    let script = || async { text("live.js", include_str!("live.js")) };
    let style = || async { text("live.css", include_str!("live.css")) };
    Router::new()
        .route(SCRIPT, get(script))
        .route(STYLE, get(style))
        .route(PROBLEMS, get(problems))
        .route(SOCKET, get(tab::connect))
        .route(INDEX, get(list))
        .fallback(page)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard))
        .with_state(app)
}

/// Refuses names that are not this server's, and tells browsers to keep nothing.
async fn guard(Given(app): Given<Arc<App>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !named.is_some_and(|host| app.hosts.allow(host)) {
        let text = bi!(
            "Tên máy này không phải của máy chủ xem thử. Nếu là tên bạn đặt, chạy: tintot serve --host TÊN",
            "This name is not the preview's. If it is yours, run: tintot serve --host NAME"
        );
        let page = View::own(403, index::message(&text, app.words), None);
        return answer(page.status, page.media, page.bytes.to_vec());
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn page(Given(app): Given<Arc<App>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let url = request.uri().path().to_owned();
    let query = request.uri().query().map_or_else(String::new, |query| format!("?{query}"));
    let range = range_header(request.headers());
    let head = request.method() == Method::HEAD;
    blocking(move || {
        let state = app.live.now();
        let view = view(&app.live, &state, &url, app.words);
        if let Some(location) = &view.location {
            let to = HeaderValue::try_from(format!("{location}{query}"));
            let to = to.unwrap_or(HeaderValue::from_static("/"));
            return (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to)]).into_response();
        }
        let response =
            match range.filter(|_| view.status == 200 && !view.media.starts_with("text/html")) {
                Some(range) => part(view.media, &view.bytes, &range),
                None => answer(view.status, view.media, view.sent(&state, &url)),
            };
        if head { bodiless(response) } else { response }
    })
    .await
}

async fn list(Given(app): Given<Arc<App>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let wanted = query.split('&').find_map(|pair| pair.strip_prefix("q="));
    let wanted = wanted.and_then(|text| decode(&text.replace('+', " "))).unwrap_or_default();
    blocking(move || {
        let state = app.live.now();
        let page = if wanted.is_empty() {
            view(&app.live, &state, INDEX, app.words).sent(&state, INDEX)
        } else {
            index::index(&state, &wanted, app.words).into_bytes()
        };
        answer(200, "text/html; charset=utf-8", page)
    })
    .await
}

async fn problems(Given(app): Given<Arc<App>>) -> Response {
    let json = move || answer(200, "application/json", index::json(&app.live.now()).into_bytes());
    blocking(json).await
}

/// Work that takes a processor, away from the threads that answer.
async fn blocking(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn answer(status: u16, media: &'static str, bytes: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, media), (ACCEPT_RANGES, "bytes")], bytes).into_response()
}

fn text(name: &str, text: &'static str) -> Response {
    answer(200, super::resolve::media_type(name), text.as_bytes().to_vec())
}

/// The same headers, the length of the body among them, without the body.
fn bodiless(mut response: Response) -> Response {
    use axum::body::HttpBody;
    let length = response.body().size_hint().exact().unwrap_or_default();
    *response.body_mut() = Body::empty();
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn range_header(headers: &HeaderMap) -> Option<String> {
    headers.get(RANGE)?.to_str().ok().map(str::to_owned)
}

/// One part of a file, as players of sound and film ask for it; what is not
/// understood is answered with the whole.
fn part(media: &'static str, bytes: &[u8], range: &str) -> Response {
    let length = bytes.len();
    let (status, found) = match span(range, length) {
        None => return answer(200, media, bytes.to_vec()),
        Some(None) => (416, None),
        Some(Some((first, last))) => (206, Some((first, last))),
    };
    let of = match found {
        Some((first, last)) => format!("bytes {first}-{last}/{length}"),
        None => format!("bytes */{length}"),
    };
    let body = found.and_then(|(first, last)| bytes.get(first..=last)).unwrap_or_default();
    let mut response = answer(status, media, body.to_vec());
    if let Ok(value) = HeaderValue::try_from(of) {
        response.headers_mut().insert(CONTENT_RANGE, value);
    }
    response
}

/// First and last byte of `bytes=first-last`: `None` for what is not one
/// range, `Some(None)` for one outside the file.
fn span(range: &str, length: usize) -> Option<Option<(usize, usize)>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1);
    let (first, last) = match (first.trim(), last.trim()) {
        ("", count) => {
            let count: usize = count.parse().ok()?;
            let first = length.saturating_sub(count);
            (if count == 0 { length } else { first }, end)
        }
        (first, "") => (first.parse().ok()?, end),
        (first, last) => {
            let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
            if last < first {
                return None;
            }
            (first, end.map(|end| end.min(last)))
        }
    };
    Some(last.filter(|_| first < length).map(|last| (first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood() {
        assert_eq!(span("bytes=0-3", 10), Some(Some((0, 3))));
        assert_eq!(span("bytes=4-", 10), Some(Some((4, 9))));
        assert_eq!(span("bytes=-3", 10), Some(Some((7, 9))));
        assert_eq!(span("bytes=-30", 10), Some(Some((0, 9))));
        assert_eq!(span("bytes=8-99", 10), Some(Some((8, 9))));
        for beyond in ["bytes=10-", "bytes=-0", "bytes=10-12"] {
            assert_eq!(span(beyond, 10), Some(None), "{beyond}");
        }
        assert_eq!(span("bytes=0-", 0), Some(None));
        for other in ["bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=", "bytes=x-"] {
            assert_eq!(span(other, 10), None, "{other}");
        }
    }
}
