//! The preview: the site of a folder served from memory while it is edited.
//!
//! Takes what a build is asked for and where to listen; gives pages with the
//! same bytes as a build, plus a script that keeps open tabs up to date. Sees
//! the [`crate::driver`] only; never writes a file, never prints.
//!
//! ```text
//! disk ─watch→ changes ─keeper→ State ─view→ bytes ─http→ browser
//!                                 └────tab→ reload, new styles, problems
//! ```
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it opens ports")]

mod hosts;
mod http;
mod index;
mod keeper;
mod overlay;
mod parts;
mod resolve;
mod state;
mod tab;
mod view;
mod watch;
mod words;

use std::future::Future;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::bi;
use crate::config::BaseUrl;
use crate::driver::Request;

pub use hosts::{PORT, Port};
pub use state::State;
pub use watch::Polling;

/// How long open connections may take to end.
const FAREWELL: Duration = Duration::from_millis(200);

/// What is served, and where.
pub struct Options {
    /// Its `base_url` is replaced by the server's own address.
    pub request: Request,
    /// The instant of the request stands for ever instead of being the present.
    pub fixed: bool,
    /// An address of this machine or a name for one.
    pub bind: String,
    pub port: Port,
    /// Names that browsers may call the server by, beside the obvious.
    pub hosts: Vec<String>,
    /// Look through folders in turn instead of having them watched.
    pub poll: bool,
    /// The language of the preview's own pages; `None`: both.
    pub tongue: Option<Tongue>,
}

/// What happens while serving, for whoever prints it.
pub enum Notice {
    /// Pages are answered from now on.
    Ready,
    /// The site was looked at; `changed` is empty where anything may have.
    Applied { changed: Vec<String>, took: Duration, state: Arc<State> },
    /// Changes are found by looking through the folders in turn.
    Polling(Polling),
}

/// Whoever is told.
pub type Tell = Arc<dyn Fn(Notice) + Send + Sync>;

/// A server whose port is open and that does not answer yet.
pub struct Server {
    listener: TcpListener,
    options: Options,
    urls: Vec<String>,
    hosts: hosts::Hosts,
}

impl Server {
    /// Opens the port.
    pub fn bind(mut options: Options) -> Result<Server, Fault> {
        let root = options.request.root.canonicalize().map_err(|error| {
            let what = bi!("không mở được thư mục của trang", "cannot open the site's folder");
            Fault::io(what, &options.request.root, error)
        })?;
        options.request.root = root;
        let listener = hosts::listen(&options.bind, options.port)?;
        let local = listener.local_addr().and_then(|local| {
            listener.set_nonblocking(true)?;
            Ok(local)
        });
        let local = local.map_err(|error| {
            Fault::io(bi!("không mở được địa chỉ", "cannot listen on"), &options.bind, error)
        })?;
        let reachable = hosts::reachable(local);
        let urls: Vec<String> = reachable.iter().map(|ip| hosts::url(*ip, local.port())).collect();
        options.request.base_url = urls.first().and_then(|url| BaseUrl::parse(url));
        let hosts = hosts::Hosts::new(local.ip(), &options.bind, &options.hosts);
        Ok(Server { listener, options, urls, hosts })
    }

    /// Addresses at which the site is served, the one that pages name first.
    pub fn urls(&self) -> &[String] {
        &self.urls
    }

    /// The port that was found free.
    pub fn port(&self) -> Option<u16> {
        self.listener.local_addr().ok().map(|local| local.port())
    }

    /// Serves until the program is asked to end.
    pub fn run(self, tell: Tell) -> Result<(), Fault> {
        self.run_until(tell, asked_to_end())
    }

    /// Serves until `stop` comes true.
    pub fn run_until(
        self,
        tell: Tell,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Fault> {
        let Server { listener, options, hosts, urls } = self;
        let failed = |error| {
            let what = bi!("máy chủ xem thử dừng vì lỗi", "the preview server failed");
            Fault::io(what, urls.first().map_or("", String::as_str), error)
        };
        let live = Arc::new(state::Live::new());
        let Options { request, fixed, poll, tongue, .. } = options;
        let app =
            Arc::new(http::App { live: Arc::clone(&live), hosts, words: words::Words(tongue) });
        let keeper = keeper::Keeper::new(request, fixed, Arc::clone(&live), Arc::clone(&tell));
        std::thread::spawn(move || keeper.run(poll));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(&failed)?;
        let served = runtime.block_on(async {
            // Nobody is told that there is nothing before it was looked for.
            let mut first = live.follow();
            tokio::pin!(stop);
            tokio::select! {
                _ = first.changed() => {}
                () = &mut stop => return Ok(()),
            }
            let listener = tokio::net::TcpListener::from_std(listener)?;
            tell(Notice::Ready);
            tokio::select! {
                served = async { axum::serve(listener, http::router(app)).await } => served,
                () = &mut stop => Ok(()),
            }
        });
        runtime.shutdown_timeout(FAREWELL);
        served.map_err(failed)
    }
}

/// Ctrl-C or, where there are signals, the one that ends services.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    // Where signals cannot be heard, the system ends the program itself.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
