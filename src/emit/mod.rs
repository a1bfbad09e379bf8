//! The last stage: rendered bytes into the output folder, safely.
//!
//! Takes the artifacts of a build, from many threads; gives counts of what
//! changed. Never touches a file that is not ours, never follows a symbolic
//! link in the output, never changes anything before everything is rendered.
//!
//! A build stages its bytes, then writes the journal, moves the staged files
//! into place (assets, entries, lists, feeds), removes what no longer belongs
//! (in the opposite order), and at last turns the journal into the manifest.
//! A run that dies before the journal is whole has changed nothing; one that
//! dies after it is finished by the next run. Each file changes by one rename,
//! so it is whole at any moment. A page whose key and file are unchanged costs
//! one question to the file system.

#![allow(clippy::disallowed_methods, reason = "emit is where the output is written")]

mod apply;
mod bounds;
mod check;
mod dirs;
mod ledger;
mod ours;
mod recover;
mod stage;
mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::base::diag::Bi;
use crate::base::fault::Fault;
use crate::base::hash::Key;
use crate::base::path::OutputPath;
use crate::bi;
use crate::disk::{Anchor, Look};

use apply::Job;
use check::Obstacle;
use dirs::Dirs;
use ledger::{Ledger, Row};
use ours::Standing;
pub use ours::{MARK_WITHIN, looks_ours};
use stage::{Stage, Staged, not_read};
use state::{JOURNAL, MANIFEST, State};

/// Files that one thread looks at ahead before another is asked to help.
const LOOKS: usize = 64;
/// Files up to this size are read whole when they are copied.
const SMALL: u64 = 1 << 20;

/// What a file is to the others. The order is the order of moving: what pages
/// need comes before them, what lists them comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Style sheets, pictures, scripts, documents: what pages refer to.
    Asset,
    /// Pages of entries.
    Entry,
    /// Home, sections, terms, archives: what leads to entries.
    List,
    /// Feeds, calendars, sitemaps.
    Feed,
    /// Anything else: redirects, robots.txt, rules for the host.
    Other,
}

impl Class {
    const ALL: [Class; 5] = [Class::Asset, Class::Entry, Class::List, Class::Feed, Class::Other];

    fn number(self) -> u8 {
        match self {
            Class::Asset => 0,
            Class::Entry => 1,
            Class::List => 2,
            Class::Feed => 3,
            Class::Other => 4,
        }
    }

    fn from_number(number: u8) -> Option<Class> {
        Class::ALL.get(usize::from(number)).copied()
    }
}

/// How the output is treated.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Overwrite files at our paths that do not look ours (`--adopt`).
    pub adopt: bool,
}

/// What the last run left behind, and what was done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was left.
    Clean,
    /// It had not begun to move files: what it had staged was dropped.
    RolledBack,
    /// It had begun: its output was completed.
    Finished,
}

/// What [`Emitter::open`] found.
#[derive(Debug)]
pub struct Recovery {
    pub outcome: Outcome,
    /// For the reader of the report; empty in a normal run.
    pub notes: Vec<Bi>,
}

/// What a build changed in the output, in files.
#[derive(Debug, Default)]
pub struct Written {
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    /// Bytes of the created and changed files.
    pub bytes: u64,
    /// For the reader of the report: files that were left alone, and why.
    pub notes: Vec<Bi>,
}

#[derive(Default)]
struct Tally {
    created: AtomicUsize,
    changed: AtomicUsize,
    unchanged: AtomicUsize,
    bytes: AtomicU64,
    /// A file could not be staged: this build must not be committed.
    failed: AtomicBool,
}

/// What is to become of new bytes for a path.
enum Verdict {
    /// They lie there already, changed last at `mtime`.
    Same { mtime: i64 },
    /// They are to be staged. `stands`: there is an older file.
    Fresh { over: bool, stands: bool },
    /// Something not ours lies there: noted, and the commit will refuse.
    Taken,
}

/// One build's hold on one output. Usable from many threads at once; dropped
/// without [`Emitter::commit`] it leaves the output as it was.
pub struct Emitter {
    out: PathBuf,
    /// The output before this build.
    anchor: Anchor,
    options: Options,
    state: State,
    stage: Stage,
    old: Ledger,
    /// Per row of it: what was there when it was looked at ahead of the pages.
    ahead: OnceLock<Vec<Option<Look>>>,
    /// There are files in the output, but no record of them.
    lost: bool,
    rows: Mutex<Vec<Row>>,
    /// What stands in the way of new files.
    blocked: Mutex<BTreeMap<OutputPath, Obstacle>>,
    tally: Tally,
    /// The journal is written: the staged files belong to it.
    journalled: bool,
}

impl Emitter {
    /// Locks the output and completes or drops what an interrupted run left.
    ///
    /// Relative paths count from the current folder. `waiting` is called (up to
    /// twice) before waiting for another build. Fails on a folder that must not
    /// be an output, and when the system refuses.
    pub fn open(
        root: &Path,
        out: &Path,
        options: Options,
        waiting: &dyn Fn(),
    ) -> Result<(Emitter, Recovery), Fault> {
        let (root, out) = bounds::settle(root, out)?;
        let state = State::open(&root, &out, waiting)?;
        let (old, recovery) = recover::recover(&state, &out)?;
        let lost = old.is_none() && out.exists() && !ours::is_empty(&out);
        let stage = state.stage(&out)?;
        let emitter = Emitter {
            anchor: Anchor::at(&out),
            out,
            options,
            state,
            stage,
            old: old.unwrap_or_default(),
            ahead: OnceLock::new(),
            lost,
            rows: Mutex::default(),
            blocked: Mutex::default(),
            tally: Tally::default(),
            journalled: false,
        };
        Ok((emitter, recovery))
    }

    /// Makes room for so many files: there may be hundreds of thousands.
    pub fn expect(&self, files: usize) {
        held(&self.rows).reserve(files);
    }

    /// Keeps the published file if it was made from the same `key` and still is
    /// as we left it; gives the hash of its bytes. On `None` the caller renders
    /// and calls [`Emitter::put`].
    pub fn keep(&self, path: &OutputPath, class: Class, key: Key) -> Option<Key> {
        self.hold(self.old.find(path).filter(|(_, row)| row.key == key)?, class)
    }

    /// As [`Emitter::keep`], where the caller knows that the file would be made
    /// from the same as last time; false where it has to be made nonetheless.
    pub fn stay(&self, path: &OutputPath, class: Class) -> bool {
        self.old.find(path).is_some_and(|found| self.hold(found, class).is_some())
    }

    /// Looks at all files of the last build at once, while nothing else is known
    /// of this one: the questions that follow need not be put to the system.
    pub fn look_ahead(&self) {
        if !self.stage.tree {
            let rows = self.old.rows.par_iter().with_min_len(LOOKS);
            // What nothing is known of is asked about again when it matters.
            let look = |row: &Row| self.anchor.look(row.path.as_str()).ok().flatten();
            let _ = self.ahead.set(rows.map(look).collect());
        }
    }

    /// Forgets what was seen ahead: so much time went by that it may be otherwise.
    pub fn look_again(&mut self) {
        self.ahead = OnceLock::new();
    }

    /// What is at a path that has a row of that number, or none.
    fn look(&self, path: &OutputPath, number: Option<usize>) -> io::Result<Option<Look>> {
        let ahead = self.ahead.get().zip(number).and_then(|(ahead, number)| *ahead.get(number)?);
        if ahead.is_some() { Ok(ahead) } else { self.anchor.look(path.as_str()) }
    }

    fn standing(&self, (number, row): (usize, &Row)) -> io::Result<Standing> {
        let file = || self.out.join(row.path.as_str());
        ours::weigh(self.look(&row.path, Some(number))?, row, file)
    }

    fn hold(&self, (number, row): (usize, &Row), class: Class) -> Option<Key> {
        if self.stage.tree {
            return None;
        }
        match self.standing((number, row)) {
            Ok(Standing::Ours { mtime }) => {
                self.tally.unchanged.fetch_add(1, Relaxed);
                let row = Row { class, mtime, staged: None, over: false, ..row.clone() };
                let content = row.content;
                held(&self.rows).push(row);
                Some(content)
            }
            _ => None,
        }
    }

    /// Whether [`Emitter::keep`] would keep this file.
    pub fn knows(&self, path: &OutputPath, key: Key) -> bool {
        let found = self.old.find(path).filter(|(_, row)| row.key == key && !self.stage.tree);
        found.is_some_and(|found| matches!(self.standing(found), Ok(Standing::Ours { .. })))
    }

    /// Stages the bytes of a file, unless they are published already; gives their hash.
    pub fn put(
        &self,
        path: &OutputPath,
        class: Class,
        key: Key,
        bytes: &[u8],
    ) -> Result<Key, Fault> {
        let content = Key::of(bytes);
        let row = Row::new(path, class, key, content, bytes.len() as u64);
        self.settle(row, || self.stage.write(path, bytes, content))
    }

    /// Stages a copy of a file, unless its bytes are published already; gives
    /// their hash. A large file is never held in memory.
    pub fn copy(
        &self,
        path: &OutputPath,
        class: Class,
        key: Key,
        from: &Path,
    ) -> Result<Key, Fault> {
        let unread = |error| {
            self.tally.failed.store(true, Relaxed);
            not_read(from, error)
        };
        let size = from.metadata().map_err(unread)?.len();
        if size <= SMALL {
            return self.put(path, class, key, &fs::read(from).map_err(unread)?);
        }
        // Where nothing lies yet, one reading is enough.
        let vacant = self.stage.tree
            || (self.old.get(path).is_none()
                && Look::at(&self.out.join(path.as_str())).map_err(unread)?.is_none());
        let content =
            if vacant { Key::default() } else { ours::hash_file(from).map_err(unread)? };
        let row = Row::new(path, class, key, content, size);
        self.settle(row, || self.stage.copy(path, from))
    }

    /// How many files the last build published; 0 where that is not known.
    pub fn published(&self) -> usize {
        if self.lost || self.stage.tree { 0 } else { self.old.rows.len() }
    }

    /// Whether the file of that number still is as the last build left it.
    pub fn stands(&self, number: usize) -> bool {
        let Some(row) = self.old.rows.get(number) else { return false };
        matches!(self.standing((number, row)), Ok(Standing::Ours { .. }))
    }

    /// What was left with the last build by [`Emitter::commit_with`].
    pub fn note(&self) -> Option<Vec<u8>> {
        self.state.note()
    }

    /// Publishes what was kept and staged, and removes files of ours that were
    /// neither. On a fault before the first move the output is as it was; after
    /// it, the next run finishes the work, and the fault says so.
    pub fn commit(self) -> Result<Written, Fault> {
        self.commit_with(None)
    }

    /// As [`Emitter::commit`], leaving a note for the next build. The note of
    /// the build before is gone from the first change on. A note that cannot be
    /// left costs the next build its time, so it is no fault of this one.
    pub fn commit_with(mut self, note: Option<&[u8]>) -> Result<Written, Fault> {
        self.state.forget()?;
        let written = self.settle_all()?;
        // Still under the lock: the note is about this output and no other.
        if let Some(note) = note {
            let _ = self.state.leave(note);
        }
        Ok(written)
    }

    fn settle_all(&mut self) -> Result<Written, Fault> {
        if self.tally.failed.load(Relaxed) {
            return Err(Fault::refused(
                bi!(
                    "có tệp chưa ghi được nên chưa xuất bản gì",
                    "a file could not be staged, so nothing was published"
                ),
                bi!("Hãy xử lý lỗi ấy rồi chạy lại.", "Mend that fault, then run again."),
            ));
        }
        let mut rows = std::mem::take(&mut *held(&self.rows));
        rows.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        check::distinct(&rows)?;
        let mut dirs = Dirs::new(&self.out);
        let _above = if self.stage.tree { state::hold_above(&self.out) } else { None };
        if self.stage.tree {
            check::still_vacant(&self.out)?;
        } else {
            let blocked = std::mem::take(&mut *held(&self.blocked));
            check::clear_way(&self.out, &self.old, &rows, blocked, &mut dirs)?;
        }
        let found = match self.lost {
            true => Vec::new(),
            false => check::found(&self.old, &rows, &dirs),
        };
        let new = Ledger { spot: self.stage.spot, tree: self.stage.tree, found, rows };
        let mut written = self.tally.written();
        if self.lost {
            written.notes.extend(recover::strays_note(&ours::strays(&self.out, &new)));
        }
        let moves = new.rows.iter().any(|row| row.staged.is_some());
        if moves || self.old.gone_from(&new).next().is_some() {
            self.publish(new, dirs, &mut written)?;
        } else if !self.old.same(&new) {
            self.state.save(MANIFEST, &new, true)?;
        }
        Ok(written)
    }

    /// Drops what was staged; the output stays as it was. So does letting go of
    /// the emitter.
    pub fn abandon(self) {}

    /// Writes the journal and carries it out.
    fn publish(&mut self, new: Ledger, mut dirs: Dirs, written: &mut Written) -> Result<(), Fault> {
        step();
        // A first build has no older output to protect, and making its journal
        // outlive a power cut would mean waiting for every file of it.
        self.state.save(JOURNAL, &new, !new.tree)?;
        self.journalled = true;
        let job = Job { out: &self.out, stage: &self.stage, old: &self.old, new: &new };
        let unfinished = |fault: Fault| {
            fault.with_help(bi!(
                "Đầu ra mới được cập nhật một phần, mỗi tệp vẫn nguyên vẹn; lần chạy sau sẽ làm nốt.",
                "The output is updated in part, each file is whole; the next run will finish the work."
            ))
        };
        let applied = apply::apply(&job, &mut dirs).map_err(unfinished)?;
        recover::conclude(&self.state, &self.stage, new, &applied).map_err(unfinished)?;
        written.removed = applied.removed;
        written.notes.extend(recover::notes(&applied));
        match applied.missing.first() {
            None => Ok(()),
            Some(path) => Err(Fault::refused(
                bi!("tệp chờ xuất bản đã biến mất: {path}", "a staged file has vanished: {path}"),
                bi!(
                    "Hãy chạy lại; đừng xóa .tintot khi đang dựng trang.",
                    "Run again; do not remove .tintot during a build."
                ),
            )),
        }
    }

    /// Settles what becomes of a file, staging it if it is new.
    fn settle(
        &self,
        row: Row,
        stage: impl FnOnce() -> Result<Staged, Fault>,
    ) -> Result<Key, Fault> {
        let tally = &self.tally;
        let staged = match self.verdict(&row) {
            Ok(Verdict::Fresh { over, stands }) => stage().map(|staged| {
                let counter = if stands { &tally.changed } else { &tally.created };
                counter.fetch_add(1, Relaxed);
                tally.bytes.fetch_add(staged.size, Relaxed);
                let Staged { number, size, mtime, content } = staged;
                Row { content, size, mtime, staged: Some(number), over, ..row }
            }),
            Ok(Verdict::Same { mtime }) => {
                tally.unchanged.fetch_add(1, Relaxed);
                Ok(Row { mtime, ..row })
            }
            Ok(Verdict::Taken) => Ok(row),
            Err(fault) => Err(fault),
        };
        let row = staged.inspect_err(|_| tally.failed.store(true, Relaxed))?;
        let content = row.content;
        held(&self.rows).push(row);
        Ok(content)
    }

    /// Compares new content with what lies in the output.
    fn verdict(&self, row: &Row) -> Result<Verdict, Fault> {
        if self.stage.tree {
            return Ok(Verdict::Fresh { over: false, stands: false });
        }
        let (number, old) = self.old.find(&row.path).unzip();
        let file = || self.out.join(row.path.as_str());
        let unread = |error| not_read(&file(), error);
        let Some(look) = self.look(&row.path, number).map_err(unread)? else {
            return Ok(Verdict::Fresh { over: old.is_some(), stands: false });
        };
        if look.is_dir {
            held(&self.blocked).insert(row.path.clone(), Obstacle::Folder);
            return Ok(Verdict::Fresh { over: old.is_some(), stands: false });
        }
        if look.is_file && look.size == row.size {
            let mtime = ours::stamp(&look);
            let same = match old {
                Some(old) if old.mtime == mtime && old.size == row.size => {
                    old.content == row.content
                }
                _ => ours::hash_file(&file()).map_err(unread)? == row.content,
            };
            if same {
                return Ok(Verdict::Same { mtime });
            }
        }
        if old.is_some() {
            return Ok(Verdict::Fresh { over: true, stands: true });
        }
        let over = look.is_file
            && (self.options.adopt || looks_ours(&row.path, &ours::head(&file()).map_err(unread)?));
        if over {
            return Ok(Verdict::Fresh { over, stands: true });
        }
        let kind = if look.is_link { Obstacle::Link } else { Obstacle::File };
        held(&self.blocked).insert(row.path.clone(), kind);
        Ok(Verdict::Taken)
    }
}

impl Drop for Emitter {
    fn drop(&mut self) {
        if !self.journalled {
            // What stays of it is dropped by the next run.
            let _ = self.stage.remove();
        }
    }
}

impl Tally {
    fn written(&self) -> Written {
        Written {
            created: self.created.load(Relaxed),
            changed: self.changed.load(Relaxed),
            unchanged: self.unchanged.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            ..Written::default()
        }
    }
}

/// Whether a file of an output holds just these bytes; links are not followed.
pub fn holds(file: &Path, bytes: &[u8]) -> bool {
    let plain = file.symlink_metadata().is_ok_and(|meta| meta.is_file());
    plain && fs::read(file).is_ok_and(|lies| lies == bytes)
}

/// A lock whose holder panicked still guards whole rows: each is pushed at once.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Stands before every step that changes the disk. Tests die here.
#[cfg(not(test))]
#[inline]
fn step() {}

#[cfg(test)]
fn step() {
    tests::kill::step();
}
