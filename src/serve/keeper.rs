//! The one thread that holds the [`Session`]: waits for changes, has the site
//! looked at again, replaces the state.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it reads the clock")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::state::{Live, State};
use super::watch::{Change, Polling, Watch};
use super::{Notice, Tell};
use crate::base::diag::Bi;
use crate::base::fault::Fault;
use crate::base::time::BuildTime;
use crate::bi;
use crate::driver::{Request, Session, Snapshot};

/// Longest sleep before the clock is looked at again: a machine that slept, or
/// whose clock was set, finds out within this.
const NAP: Duration = Duration::from_secs(30);

pub struct Keeper {
    request: Request,
    session: Option<Session>,
    /// The instant is given once and for all.
    fixed: bool,
    /// When the state stops being true, in seconds since 1970.
    flip: Option<i64>,
    /// The last state was not shown.
    held: bool,
    live: Arc<Live>,
    tell: Tell,
}

impl Keeper {
    pub fn new(request: Request, fixed: bool, live: Arc<Live>, tell: Tell) -> Keeper {
        Keeper { request, session: None, fixed, flip: None, held: false, live, tell }
    }

    /// Looks at everything for the first time, then at what changes, for ever.
    /// Watching begins meanwhile: it may take as long as the first look.
    pub fn run(mut self, poll: bool) {
        let root = self.request.root.clone();
        let watching = std::thread::spawn(move || Watch::start(&root, poll));
        self.apply(&Change::Anything, None);
        let Ok(mut watch) = watching.join() else { return };
        let mut polling = None;
        self.report(&watch, &mut polling);
        // What was saved before the watching began was told by nobody.
        self.apply(&Change::Anything, Some(&mut watch));
        loop {
            let change = watch.next(self.wake());
            self.report(&watch, &mut polling);
            let due = self.flip.is_some_and(|flip| flip <= self.now().0.as_second());
            if change != Change::Time || due {
                self.apply(&change, Some(&mut watch));
            }
        }
    }

    fn report(&self, watch: &Watch, told: &mut Option<Polling>) {
        if let Some(why) = watch.polling().filter(|_| told.is_none()) {
            *told = Some(why);
            (self.tell)(Notice::Polling(why));
        }
    }

    fn now(&self) -> BuildTime {
        if self.fixed { self.request.at } else { BuildTime(jiff::Timestamp::now()) }
    }

    /// When to wake up although nothing has changed.
    fn wake(&self) -> Option<Instant> {
        let left = self.flip?.saturating_sub(self.now().0.as_second());
        let left = Duration::from_secs(u64::try_from(left).unwrap_or_default());
        (!self.fixed).then(|| Instant::now() + left.min(NAP))
    }

    fn apply(&mut self, change: &Change, watch: Option<&mut Watch>) {
        let begun = Instant::now();
        // A mistake in the program must not leave editors with a server that
        // no longer looks; it is shown, and all begins anew.
        let result = catch_unwind(AssertUnwindSafe(|| self.look(change)));
        let before = self.live.now();
        let state = match result {
            Ok(Ok(snapshot)) => {
                self.flip = snapshot.next_flip();
                before.with(snapshot)
            }
            Ok(Err(fault)) => {
                self.session = None;
                with_fault(&before, fault.message(), fault.help().cloned())
            }
            Err(_) => {
                self.session = None;
                let text = bi!("chương trình gặp lỗi bên trong", "the program failed within");
                with_fault(&before, text, None)
            }
        };
        // A file may have been read while it was being written. What is wrong
        // with it is not worth a word before it was looked at once more.
        let broken = state.fault.is_some() || state.errors().next().is_some();
        self.held = broken && !self.held && watch.is_some_and(Watch::is_pending);
        if self.held {
            return;
        }
        self.live.replace(state);
        let changed = match change {
            Change::Paths(paths) => paths.clone(),
            Change::Anything | Change::Time => Vec::new(),
        };
        (self.tell)(Notice::Applied { changed, took: begun.elapsed(), state: self.live.now() });
    }

    fn look(&mut self, change: &Change) -> Result<Arc<Snapshot>, Fault> {
        let at = self.now();
        if let Some(session) = &mut self.session {
            let changed = match change {
                Change::Paths(paths) => Some(paths.as_slice()),
                Change::Time => Some(&[][..]),
                Change::Anything => None,
            };
            return session.apply(changed, at);
        }
        self.request.at = at;
        let (session, snapshot) = Session::start(self.request.clone())?;
        self.session = Some(session);
        Ok(snapshot)
    }
}

fn with_fault(before: &State, message: Bi, help: Option<Bi>) -> State {
    State { fault: Some((message, help)), ..before.clone() }
}
