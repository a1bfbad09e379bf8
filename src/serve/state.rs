//! The one cell that the server reads: the newest state of the site.
//!
//! A state is never changed, only replaced; whoever looks at one keeps it as
//! long as it likes and holds up nobody.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::base::diag::{Bi, Diagnostic};
use crate::driver::Snapshot;

/// How many pages are remembered for when they cannot be rendered.
const REMEMBERED: usize = 32;

/// What is served, and what is wrong.
#[derive(Default, Clone)]
pub struct State {
    /// What pages are made from: the newest without errors or, as long as
    /// there was none, the newest that has pages.
    pub served: Option<Arc<Snapshot>>,
    /// The newest, whose diagnostics are shown.
    pub latest: Option<Arc<Snapshot>>,
    /// What kept the sources from being looked at.
    pub fault: Option<(Bi, Option<Bi>)>,
}

impl State {
    /// The state after a new snapshot.
    pub fn with(&self, latest: Arc<Snapshot>) -> State {
        let clean = |snapshot: &Snapshot| !snapshot.diagnostics().iter().any(Diagnostic::is_error);
        let keep = self.served.as_deref().is_some_and(clean) && !clean(&latest);
        let served = match latest.is_usable() && !keep {
            true => Some(Arc::clone(&latest)),
            false => self.served.clone(),
        };
        State { served, latest: Some(latest), fault: None }
    }

    /// The errors of the newest snapshot.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.latest.as_deref().map_or(&[][..], Snapshot::diagnostics);
        all.iter().filter(|diag| diag.is_error())
    }

    /// Whether pages are older than what was last saved.
    pub fn is_behind(&self) -> bool {
        match (&self.served, &self.latest) {
            (Some(served), Some(latest)) => !Arc::ptr_eq(served, latest),
            _ => false,
        }
    }
}

/// The cell, and those who wait for it to change.
pub struct Live {
    cell: watch::Sender<Arc<State>>,
    /// Pages that were rendered well, by path, the newest last.
    good: Mutex<VecDeque<(String, Arc<Vec<u8>>)>>,
}

impl Live {
    pub fn new() -> Live {
        Live { cell: watch::Sender::new(Arc::default()), good: Mutex::default() }
    }

    pub fn now(&self) -> Arc<State> {
        Arc::clone(&self.cell.borrow())
    }

    pub fn follow(&self) -> watch::Receiver<Arc<State>> {
        self.cell.subscribe()
    }

    pub fn replace(&self, state: State) {
        self.cell.send_replace(Arc::new(state));
    }

    /// Remembers a page as it was last rendered.
    pub fn remember(&self, path: &str, bytes: &Arc<Vec<u8>>) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.retain(|(known, _)| known != path);
        if good.len() == REMEMBERED {
            good.pop_front();
        }
        good.push_back((path.to_owned(), Arc::clone(bytes)));
    }

    /// A page as it was last rendered, if it was lately.
    pub fn remembered(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.iter().find(|(known, _)| known == path).map(|(_, bytes)| Arc::clone(bytes))
    }
}
