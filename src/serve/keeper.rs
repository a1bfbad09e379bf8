//! The one thread that holds the [`Session`]: waits for changes, has the site
//! looked at again, replaces the state.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it reads the clock")]

use std::fs::Metadata;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::state::{Live, State};
use super::watch::{Change, EMPTY, PATIENCE, Polling, Watch};
use super::{Notice, Tell};
use crate::base::diag::Bi;
use crate::base::fault::Fault;
use crate::base::time::BuildTime;
use crate::bi;
use crate::driver::{Request, Session, Snapshot};

/// Longest sleep before the clock is looked at again: a machine that slept, or
/// whose clock was set, finds out within this.
const NAP: Duration = Duration::from_secs(30);

/// Files of a change that are looked at before and after: more come of another
/// branch or an archive, which are told when they are over.
const FEW: usize = 64;

/// Size and time of a file; `None` where there is none.
type Mark = Option<(u64, Option<SystemTime>)>;

pub struct Keeper {
    request: Request,
    session: Option<Session>,
    /// The instant is given once and for all.
    fixed: bool,
    /// When the state stops being true, in seconds since 1970.
    flip: Option<i64>,
    /// Since when states were not shown.
    held: Option<Instant>,
    /// What was caught while it was being written, and when to look at it again
    /// if nobody tells of it.
    caught: Option<(Instant, Change)>,
    live: Arc<Live>,
    tell: Tell,
}

impl Keeper {
    pub fn new(request: Request, fixed: bool, live: Arc<Live>, tell: Tell) -> Keeper {
        let (session, flip, held, caught) = (None, None, None, None);
        Keeper { request, session, fixed, flip, held, caught, live, tell }
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
            let again =
                self.caught.take_if(|(at, _)| change != Change::Time || *at <= Instant::now());
            match (change, again) {
                // Nobody told of it: it is to be as it is.
                (Change::Time, Some((_, caught))) => self.apply(&caught, None),
                (Change::Time, None) if !due => {}
                (change, _) => self.apply(&change, Some(&mut watch)),
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
        let left = |flip: i64| flip.saturating_sub(self.now().0.as_second());
        let left = |flip| Duration::from_secs(u64::try_from(left(flip)).unwrap_or_default());
        let flip =
            self.flip.filter(|_| !self.fixed).map(|flip| Instant::now() + left(flip).min(NAP));
        flip.into_iter().chain(self.caught.as_ref().map(|(at, _)| *at)).min()
    }

    fn apply(&mut self, change: &Change, watch: Option<&mut Watch>) {
        let begun = Instant::now();
        let seen = self.marks(change);
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
        let broken = state.fault.is_some() || state.errors().next().is_some();
        if watch.is_some_and(|watch| self.holds(change, &seen, broken, watch)) {
            self.held.get_or_insert(begun);
            return;
        }
        self.held = None;
        self.live.replace(state);
        let changed = match change {
            Change::Paths(paths) => paths.clone(),
            Change::Anything | Change::Time => Vec::new(),
        };
        (self.tell)(Notice::Applied { changed, took: begun.elapsed(), state: self.live.now() });
    }

    /// Whether a state is not worth showing yet: a file may have been read while
    /// it was being written.
    fn holds(&mut self, change: &Change, seen: &[Mark], broken: bool, watch: &mut Watch) -> bool {
        if self.held.is_some_and(|since| since.elapsed() > PATIENCE) {
            return false;
        }
        let now = self.marks(change);
        let caught = match change {
            // It is not known which files to ask about.
            Change::Anything | Change::Time => watch.is_pending(),
            Change::Paths(_) => now != seen || now.iter().flatten().any(|(size, _)| *size == 0),
        };
        if caught {
            self.caught = Some((Instant::now() + EMPTY, change.clone()));
        }
        // What is wrong with a file that is written once more already.
        caught || broken && self.held.is_none() && watch.is_pending()
    }

    /// What the disk says of the files that a change names.
    fn marks(&self, change: &Change) -> Vec<Mark> {
        let Change::Paths(paths) = change else { return Vec::new() };
        let mark = |path: &String| {
            let meta = self.request.root.join(path).metadata().ok().filter(Metadata::is_file)?;
            Some((meta.len(), meta.modified().ok()))
        };
        paths.iter().take(FEW).map(mark).collect()
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
