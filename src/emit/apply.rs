//! Carrying out a journal: staged files into the output, then what no longer
//! belongs out of it.
//!
//! Takes the ledger of the last build and the journal; gives what happened. The
//! same function serves a build and the mending of an interrupted one: each step
//! finds out whether it was done already. Never touches a file that is neither
//! recorded nor allowed by the journal.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::dirs::{self, Dirs, Folder};
use super::ledger::{Ledger, Row};
use super::ours::{self, Standing, standing};
use super::stage::{Stage, not_written};
use super::{Class, step};
use crate::base::fault::Fault;
use crate::base::path::OutputPath;
use crate::disk::Look;

/// What is to be done, and where.
pub(super) struct Job<'a> {
    pub out: &'a Path,
    pub stage: &'a Stage,
    pub old: &'a Ledger,
    pub new: &'a Ledger,
}

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Applied {
    pub removed: usize,
    /// Staged files that were not there: moved by an earlier attempt, or taken away.
    pub missing: Vec<OutputPath>,
    /// Not placed, since something not ours stands there.
    pub taken: Vec<OutputPath>,
    /// No longer part of the site, but not removed: changed by somebody.
    pub edited: Vec<OutputPath>,
}

/// Moves in the order of [`Class`], then removes in the opposite order, so that
/// at no moment a page lacks what it needs.
pub(super) fn apply(job: &Job<'_>, dirs: &mut Dirs) -> Result<Applied, Fault> {
    let mut applied = Applied::default();
    if !(job.stage.tree && move_whole(job)?) {
        for class in Class::ALL {
            let staged = |row: &&Row| row.class == class && row.staged.is_some();
            for row in job.new.rows.iter().filter(staged) {
                place(job, row, dirs, &mut applied)?;
            }
        }
    }
    let gone: Vec<&Row> = job.old.gone_from(job.new).collect();
    for class in Class::ALL.into_iter().rev() {
        for row in gone.iter().filter(|row| row.class == class) {
            remove(job, row, dirs, &mut applied)?;
        }
    }
    remove_emptied(job, &gone, dirs)?;
    Ok(applied)
}

/// Makes the staging folder the output, if there is none yet or an empty one.
fn move_whole(job: &Job<'_>) -> Result<bool, Fault> {
    let failed = |error| not_written(job.out, error);
    if Look::at(&job.stage.dir).map_err(failed)?.is_none() {
        return Ok(true);
    }
    match Look::at(job.out).map_err(failed)? {
        None => {
            if let Some(above) = job.out.parent() {
                fs::create_dir_all(above).map_err(failed)?;
            }
            step();
            fs::rename(&job.stage.dir, job.out).map_err(failed)?;
            Ok(true)
        }
        Some(_) if ours::is_empty(job.out) => {
            // The folder is replaced, not its rights. A system that cannot
            // replace it gets the files one by one.
            let allowed = job.out.symlink_metadata().map_err(failed)?.permissions();
            fs::set_permissions(&job.stage.dir, allowed).map_err(failed)?;
            step();
            Ok(fs::rename(&job.stage.dir, job.out).is_ok())
        }
        Some(_) => Ok(false),
    }
}

/// Moves one file to where it belongs.
fn place(job: &Job<'_>, row: &Row, dirs: &mut Dirs, applied: &mut Applied) -> Result<(), Fault> {
    let Some(number) = row.staged else {
        return Ok(());
    };
    let from = job.stage.file(number, &row.path);
    let to = job.out.join(row.path.as_str());
    let failed = |error| not_written(&to, error);
    let folder = dirs::parent(row.path.as_str());
    if let Folder::Blocked { at, link: false } = dirs.make(folder).map_err(failed)? {
        clear(job, &at, dirs, applied)?;
    }
    if dirs.make(folder).map_err(failed)? != Folder::Real {
        applied.taken.push(row.path.clone());
        return Ok(());
    }
    if !row.over
        && let Some(found) = Look::at(&to).map_err(failed)?
        && !found.is_dir
    {
        // Ours if it was moved already, else it came while we were at work.
        if Look::at(&from).map_err(failed)?.is_some() {
            applied.taken.push(row.path.clone());
        }
        return Ok(());
    }
    step();
    let Err(mut error) = fs::rename(&from, &to) else {
        return Ok(());
    };
    if is_folder(&to).map_err(failed)? {
        clear(job, row.path.as_str(), dirs, applied)?;
        match fs::rename(&from, &to) {
            Ok(()) => return Ok(()),
            Err(_) if is_folder(&to).map_err(failed)? => {
                applied.taken.push(row.path.clone());
                return Ok(());
            }
            Err(again) => error = again,
        }
    }
    if error.kind() == ErrorKind::NotFound && Look::at(&from).map_err(failed)?.is_none() {
        applied.missing.push(row.path.clone());
        return Ok(());
    }
    Err(failed(error))
}

fn is_folder(path: &Path) -> io::Result<bool> {
    Ok(Look::at(path)?.is_some_and(|found| found.is_dir))
}

/// Removes what was ours at a path and below it, ahead of time: a file must go
/// where a folder was, or the reverse.
fn clear(job: &Job<'_>, path: &str, dirs: &mut Dirs, applied: &mut Applied) -> Result<(), Fault> {
    let here = OutputPath::new(path).and_then(|path| job.old.get(&path));
    let all = here.into_iter().chain(job.old.below(path));
    let gone: Vec<&Row> = all.filter(|row| !job.new.has(row.path.as_str())).collect();
    for row in &gone {
        remove(job, row, dirs, applied)?;
    }
    remove_emptied(job, &gone, dirs)?;
    dirs.forget(path);
    Ok(())
}

/// Removes one file that no longer belongs, if it still is as we left it.
fn remove(job: &Job<'_>, row: &Row, dirs: &mut Dirs, applied: &mut Applied) -> Result<(), Fault> {
    let file = job.out.join(row.path.as_str());
    let failed = |error| not_written(&file, error);
    if dirs.look(dirs::parent(row.path.as_str())).map_err(failed)? != Folder::Real {
        return Ok(());
    }
    match standing(&file, row).map_err(failed)? {
        Standing::Gone => {}
        Standing::Changed | Standing::Folder => {
            // A new folder of ours may stand where the old file was.
            if job.new.below(row.path.as_str()).next().is_none() {
                applied.edited.push(row.path.clone());
            }
        }
        Standing::Ours { .. } => {
            step();
            fs::remove_file(&file).map_err(failed)?;
            applied.removed += 1;
        }
    }
    Ok(())
}

/// Removes the folders that the removed files leave empty, except those that
/// stood there before us. One that cannot be removed is not empty: it stays.
fn remove_emptied(job: &Job<'_>, gone: &[&Row], dirs: &mut Dirs) -> Result<(), Fault> {
    let above = gone.iter().flat_map(|row| dirs::above(row.path.as_str()));
    let folders: BTreeSet<&str> = above.collect();
    let kept = |folder: &str| {
        let found = |ledger: &Ledger| ledger.found.iter().any(|path| path.as_str() == folder);
        found(job.old) || found(job.new) || job.new.below(folder).next().is_some()
    };
    // From the last path to the first: a folder comes before the one above it.
    for folder in folders.into_iter().rev().filter(|folder| !kept(folder)) {
        let path = job.out.join(folder);
        let here = dirs.look(folder).map_err(|error| not_written(&path, error))?;
        if here == Folder::Real {
            step();
            if fs::remove_dir(&path).is_ok() {
                dirs.forget(folder);
            }
        }
    }
    Ok(())
}
