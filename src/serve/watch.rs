//! What the disk says has changed, gathered until it is quiet.
//!
//! Takes a site's folder; gives [`Change`]s: paths from the root, or the word
//! that anything may have changed. One save is told within milliseconds; a
//! burst (another branch, an unpacked archive) is told once it is over. Where
//! the system tells nothing, the folders are looked through in turn.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it watches files")]

mod filter;
mod poll;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::driver::FOLDERS;

/// How long it must be quiet after so many paths.
const QUIET: [(usize, Duration); 4] = [
    (4, Duration::from_millis(3)),
    (50, Duration::from_millis(30)),
    (500, Duration::from_millis(100)),
    (usize::MAX, Duration::from_millis(200)),
];
/// How long a file that is being written is waited for.
const WRITING: Duration = Duration::from_millis(60);
/// The same for one that is empty still: its old text is gone and the new one
/// has not come, which would be shown as a page without a word.
pub const EMPTY: Duration = Duration::from_millis(600);
/// Longest burst that is waited for.
pub const PATIENCE: Duration = Duration::from_secs(3);
/// More paths than this are told as "anything".
const MANY: usize = 10_000;
/// When a new folder is looked into once more: what was put there before the
/// system watched it was told by nobody.
const AGAIN: Duration = Duration::from_millis(300);

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These paths from the root; a folder stands for all that is in it.
    Paths(Vec<String>),
    Anything,
    /// Nothing, but the time has come.
    Time,
}

/// Why folders are looked through instead of being watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polling {
    /// It was asked for.
    Wanted,
    /// The system watches no more folders.
    Limit,
    /// The system cannot watch these.
    Unable,
}

enum Signal {
    Touched(Touched),
    Anything,
    /// The watcher has lost sight of something.
    Lost(Polling),
}

/// Something happened to a path.
struct Touched {
    path: String,
    /// It is being written, and its end will be told.
    open: bool,
    /// What lies in it may have come with it.
    deep: bool,
}

/// A watched site.
pub struct Watch {
    root: PathBuf,
    signals: Receiver<Signal>,
    /// Heard, but not yet told.
    ahead: Option<Signal>,
    /// Kept for the threads that are started later.
    sender: Sender<Signal>,
    watcher: Option<RecommendedWatcher>,
    polling: Option<Polling>,
    again: Option<(Instant, Vec<String>)>,
    /// Two paths may lead to one file, of which the system tells one.
    links: bool,
}

impl Watch {
    /// `root` must be canonical.
    pub fn start(root: &Path, poll: bool) -> Watch {
        let (sender, signals) = channel();
        let mut watch = Watch {
            root: root.to_owned(),
            signals,
            ahead: None,
            sender,
            watcher: None,
            polling: None,
            again: None,
            links: filter::has_links(root),
        };
        if poll {
            watch.poll(Polling::Wanted);
        } else if let Err(why) = watch.watch() {
            watch.poll(why);
        }
        watch
    }

    /// Why folders are looked through, if they are.
    pub fn polling(&self) -> Option<Polling> {
        self.polling
    }

    fn watch(&mut self) -> Result<(), Polling> {
        let (sender, root) = (self.sender.clone(), self.root.clone());
        let tell = move |event: notify::Result<notify::Event>| tell(event, &root, &sender);
        let mut watcher = notify::recommended_watcher(tell).map_err(|error| unable(&error))?;
        let root = self.root.clone();
        watcher.watch(&root, RecursiveMode::NonRecursive).map_err(|error| unable(&error))?;
        self.watcher = Some(watcher);
        FOLDERS.iter().try_for_each(|folder| self.watch_folder(folder))
    }

    /// Watches a folder of sources, anew if it was before.
    fn watch_folder(&mut self, folder: &str) -> Result<(), Polling> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        let path = self.root.join(folder);
        // One that is not watched cannot be let go of; that is no trouble.
        let _ = watcher.unwatch(&path);
        if !path.is_dir() {
            return Ok(());
        }
        match watcher.watch(&path, RecursiveMode::Recursive) {
            Ok(()) => Ok(()),
            // Gone again: its end is told by the root.
            Err(_) if !path.is_dir() => Ok(()),
            Err(error) => Err(unable(&error)),
        }
    }

    fn poll(&mut self, why: Polling) {
        if self.polling.is_none() {
            self.watcher = None;
            self.polling = Some(why);
            poll::start(self.root.clone(), self.sender.clone());
        }
    }

    /// Whether something has changed that was not told yet.
    pub fn is_pending(&mut self) -> bool {
        if self.ahead.is_none() {
            self.ahead = self.signals.try_recv().ok();
        }
        self.ahead.is_some()
    }

    fn receive(&mut self, until: Option<Instant>) -> Option<Signal> {
        if let Some(signal) = self.ahead.take() {
            return Some(signal);
        }
        match until {
            Some(at) => {
                self.signals.recv_timeout(at.saturating_duration_since(Instant::now())).ok()
            }
            None => self.signals.recv().ok(),
        }
    }

    /// Waits for the next change, at most until `until`.
    pub fn next(&mut self, until: Option<Instant>) -> Change {
        let again = self.again.as_ref().map(|(at, _)| *at);
        let deadline = again.into_iter().chain(until).min();
        let Some(first) = self.receive(deadline) else {
            return match self.again.take_if(|(at, _)| *at <= Instant::now()) {
                Some((_, paths)) => Change::Paths(paths),
                None => Change::Time,
            };
        };
        let mut batch = Batch::default();
        batch.add(first);
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let Ok(signal) = self.signals.recv_timeout(batch.quiet(&self.root)) else { break };
            batch.add(signal);
        }
        self.settle(batch)
    }

    fn settle(&mut self, batch: Batch) -> Change {
        if let Some(why) = batch.lost {
            self.poll(why);
        }
        let top: Vec<&str> =
            FOLDERS.iter().filter(|folder| batch.paths.contains(**folder)).copied().collect();
        for folder in &top {
            if let Err(why) = self.watch_folder(folder) {
                self.poll(why);
            }
        }
        self.links |= batch.paths.iter().any(|path| self.root.join(path).is_symlink());
        if batch.anything || self.links || !top.is_empty() {
            self.again = None;
            return Change::Anything;
        }
        let deep: Vec<String> =
            batch.deep.into_iter().filter(|path| self.root.join(path).is_dir()).collect();
        if !deep.is_empty() {
            let mut all = self.again.take().map_or_else(Vec::new, |(_, paths)| paths);
            all.extend(deep);
            self.again = Some((Instant::now() + AGAIN, all));
        }
        Change::Paths(batch.paths.into_iter().collect())
    }
}

/// What was told since it was last quiet.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<String>,
    open: BTreeSet<String>,
    deep: BTreeSet<String>,
    anything: bool,
    lost: Option<Polling>,
}

impl Batch {
    fn add(&mut self, signal: Signal) {
        match signal {
            Signal::Touched(Touched { path, open, deep }) => {
                match open {
                    true => self.open.insert(path.clone()),
                    false => self.open.remove(&path),
                };
                if deep {
                    self.deep.insert(path.clone());
                }
                if self.paths.len() < MANY {
                    self.paths.insert(path);
                } else {
                    self.anything = true;
                }
            }
            Signal::Anything => self.anything = true,
            Signal::Lost(why) => {
                self.lost = Some(why);
                self.anything = true;
            }
        }
    }

    /// How long it must be quiet before this is told.
    fn quiet(&self, root: &Path) -> Duration {
        let many = if self.anything { usize::MAX } else { self.paths.len() };
        let quiet =
            QUIET.iter().find(|(most, _)| many <= *most).map_or(WRITING, |(_, quiet)| *quiet);
        if self.open.is_empty() {
            return quiet;
        }
        let is_empty = |path: &String| root.join(path).metadata().is_ok_and(|meta| meta.len() == 0);
        quiet.max(if self.open.iter().any(is_empty) { EMPTY } else { WRITING })
    }
}

/// Hands on what concerns the sources.
fn tell(event: notify::Result<notify::Event>, root: &Path, sender: &Sender<Signal>) {
    // The receiver ends with the program; there is then nobody to tell.
    let send = |signal| drop(sender.send(signal));
    let event = match event {
        Ok(event) => event,
        Err(error) => return send(Signal::Lost(unable(&error))),
    };
    if event.need_rescan() {
        return send(Signal::Anything);
    }
    let (open, deep) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, false),
        EventKind::Access(_) => return,
        EventKind::Create(CreateKind::Folder) => (false, true),
        // Only Linux tells when a file that was written is closed.
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => {
            (cfg!(target_os = "linux"), false)
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => (false, false),
        _ => (false, true),
    };
    for path in &event.paths {
        if let Some(path) = filter::source(root, path) {
            send(Signal::Touched(Touched { path, open, deep }));
        }
    }
}

fn unable(error: &notify::Error) -> Polling {
    let full = |error: &std::io::Error| {
        error.kind() == std::io::ErrorKind::StorageFull || error.raw_os_error() == Some(24)
    };
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => Polling::Limit,
        notify::ErrorKind::Io(error) if full(error) => Polling::Limit,
        _ => Polling::Unable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(path: &str, open: bool) -> Signal {
        Signal::Touched(Touched { path: path.to_owned(), open, deep: false })
    }

    #[test]
    fn one_save_is_told_at_once_and_a_burst_when_it_is_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let (root, file) = (dir.path(), dir.path().join("a.md"));
        let mut batch = Batch::default();
        batch.add(touched("a.md", true));
        std::fs::write(&file, "").expect("a file");
        assert_eq!(batch.quiet(root), EMPTY, "its text is still to come");
        std::fs::write(&file, "Chữ").expect("a file");
        assert_eq!(batch.quiet(root), WRITING, "it is still being written");
        batch.add(touched("a.md", false));
        assert!(batch.quiet(root) <= Duration::from_millis(10));
        for n in 0..1000 {
            batch.add(touched(&format!("content/{n}.md"), false));
        }
        assert_eq!(batch.quiet(root), Duration::from_millis(200));
        assert!(!batch.anything);
        for n in 0..100_000 {
            batch.add(touched(&format!("content/{n}.md"), false));
        }
        assert!(batch.anything && batch.paths.len() <= MANY);
    }

    #[test]
    fn a_new_folder_is_looked_into_twice() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(dir.path().join("content/moi")).expect("a folder");
        let mut watch = Watch::start(dir.path(), true);
        let mut batch = Batch::default();
        batch.add(Signal::Touched(Touched { path: "content/moi".into(), open: false, deep: true }));
        let paths = Change::Paths(vec!["content/moi".into()]);
        assert_eq!(watch.settle(batch), paths);
        assert_eq!(watch.next(None), paths);
    }
}
