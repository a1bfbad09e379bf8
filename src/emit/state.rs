//! What is remembered of one output between builds: `.tintot/out-HASH/` at the
//! site's root, with the manifest, at times a journal, and the lock.
//!
//! An output below the root is known by its path from there, so that a moved or
//! restored site keeps its state; any other by its full path. Never touches the
//! output, save for a lock on its folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::ledger::{Ledger, Spot};
use super::ours;
use super::stage::{Stage, not_read, not_written};
use crate::base::fault::Fault;
use crate::base::hash::KeyBuilder;
use crate::bi;
use crate::disk::Look;

pub(super) const MANIFEST: &str = "manifest";
/// Its presence under this name means that moving has begun.
pub(super) const JOURNAL: &str = "journal";

/// What the caller of the last build left for the next.
const NOTE: &str = "record";

/// A file of the state folder.
pub(super) enum Stored {
    Absent,
    /// There, but not written by this version, or damaged.
    Broken,
    Whole(Ledger),
}

pub(super) struct State {
    pub dir: PathBuf,
    /// Held while this lives; the system lets go of them when the process dies.
    _locks: Vec<File>,
}

impl State {
    /// Makes the state folder and waits until no other build holds it or the
    /// output; `waiting` is called once before a wait.
    pub(super) fn open(root: &Path, out: &Path, waiting: &dyn Fn()) -> Result<State, Fault> {
        let base = root.join(".tintot");
        make_folder(&base)?;
        let note = base.join(".gitignore");
        if look(&note)?.is_none() {
            fs::write(&note, "*\n").map_err(|error| not_written(&note, error))?;
        }
        let mut name = KeyBuilder::new("output folder");
        match out.strip_prefix(root) {
            Ok(inside) => name.put_str("site").put(inside.as_os_str().as_encoded_bytes()),
            Err(_) => name.put_str("system").put(out.as_os_str().as_encoded_bytes()),
        };
        let hex = name.finish().hex();
        let dir = base.join(format!("out-{}", hex.get(..16).unwrap_or(&hex)));
        make_folder(&dir)?;
        let mut locks = vec![lock_state(&dir, waiting)?];
        // Another site's build may write to the same output: it has another
        // state. Not every system can lock a folder; then this is left out.
        if let Ok(folder) = File::open(out)
            && lock(&folder, waiting).is_ok()
        {
            locks.push(folder);
        }
        Ok(State { dir, _locks: locks })
    }

    pub(super) fn load(&self, name: &str) -> Result<Stored, Fault> {
        let path = self.dir.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Ledger::decode(&bytes).map_or(Stored::Broken, Stored::Whole)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Stored::Absent),
            Err(error) => Err(not_read(&path, error)),
        }
    }

    /// Writes a ledger under its name, whole or not at all. `durable`: also
    /// against a power cut.
    pub(super) fn save(&self, name: &str, ledger: &Ledger, durable: bool) -> Result<(), Fault> {
        let path = self.dir.join(name);
        let draft = self.draft(name);
        let write = || {
            let mut file = File::create(&draft)?;
            file.write_all(&ledger.encode())?;
            if durable {
                file.sync_all()?;
            }
            drop(file);
            super::step();
            fs::rename(&draft, &path)?;
            if durable {
                self.sync();
            }
            Ok(())
        };
        write().map_err(|error| not_written(&path, error))
    }

    pub(super) fn note(&self) -> Option<Vec<u8>> {
        fs::read(self.dir.join(NOTE)).ok()
    }

    /// Writes a note, whole or not at all.
    pub(super) fn leave(&self, note: &[u8]) -> std::io::Result<()> {
        let draft = self.draft(NOTE);
        fs::write(&draft, note)?;
        fs::rename(&draft, self.dir.join(NOTE))
    }

    pub(super) fn forget(&self) -> Result<(), Fault> {
        self.remove(NOTE)
    }

    /// The journal has been carried out: from now on it is the manifest.
    pub(super) fn promote(&self) -> Result<(), Fault> {
        let manifest = self.dir.join(MANIFEST);
        fs::rename(self.dir.join(JOURNAL), &manifest).map_err(|error| not_written(&manifest, error))
    }

    /// Removes what a run left that died while it saved.
    pub(super) fn remove_drafts(&self) -> Result<(), Fault> {
        [MANIFEST, JOURNAL].into_iter().try_for_each(|name| remove(&self.draft(name)))
    }

    fn draft(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}.new"))
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), Fault> {
        remove(&self.dir.join(name))
    }

    /// Where a staging folder would lie. Its name is this state's alone.
    pub(super) fn stage_dir(&self, out: &Path, spot: Spot) -> PathBuf {
        let tag = KeyBuilder::new("staging").put(self.dir.as_os_str().as_encoded_bytes()).finish();
        let hex = tag.hex();
        let tag = hex.get(..8).unwrap_or(&hex);
        match spot {
            Spot::State => self.dir.join("stage"),
            Spot::Beside => {
                let name = out.file_name().unwrap_or_default().to_string_lossy();
                out.with_file_name(format!(".{name}.tintot-{tag}"))
            }
            Spot::Inside => out.join(format!(".tintot-{tag}")),
        }
    }

    /// Chooses a place from which files can be moved into the output by a
    /// rename. A place outside the state folder is made at once, to prove it.
    pub(super) fn stage(&self, out: &Path) -> Result<Stage, Fault> {
        let there = look(out)?.is_some();
        let near = out.ancestors().find(|path| path.exists()).unwrap_or(out);
        let tree = !there || ours::is_empty(out);
        let stage =
            |spot| Stage::new(self.stage_dir(out, spot), spot, tree && spot != Spot::Inside);
        if same_volume(&self.dir, near) {
            return Ok(stage(Spot::State));
        }
        let beside = stage(Spot::Beside);
        let made = fs::create_dir_all(&beside.dir);
        if made.is_ok() && same_volume(&beside.dir, if there { out } else { near }) {
            return Ok(beside);
        }
        if !there {
            return made.map(|()| beside).map_err(|error| not_written(out, error));
        }
        // Nothing is lost if the empty folder stays.
        let _ = beside.remove();
        let inside = stage(Spot::Inside);
        fs::create_dir_all(&inside.dir).map_err(|error| not_written(&inside.dir, error))?;
        Ok(inside)
    }

    /// A folder's entries reach the disk only when the folder is told to; where
    /// a system cannot, there is nothing else to do.
    fn sync(&self) {
        if let Ok(folder) = File::open(&self.dir) {
            let _ = folder.sync_all();
        }
    }
}

/// Keeps another site's first build from filling the same output at the same
/// moment: locks the nearest folder above it until the value is dropped. Where
/// a system cannot lock a folder, this is left out.
pub(super) fn hold_above(out: &Path) -> Option<File> {
    let above = out.ancestors().skip(1).find(|path| path.is_dir())?;
    let folder = File::open(above).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

fn remove(file: &Path) -> Result<(), Fault> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(not_written(file, error)),
        _ => Ok(()),
    }
}

/// Makes a folder, or finds it. Never accepts a link: a copied site must not
/// make us write elsewhere.
fn make_folder(dir: &Path) -> Result<(), Fault> {
    match look(dir)? {
        Some(found) if found.is_dir => Ok(()),
        Some(_) => {
            let dir = dir.display();
            Err(Fault::refused(
                bi!("{dir} không phải là thư mục thật", "{dir} is not a real folder"),
                bi!(
                    "Hãy xóa hoặc đổi tên nó; tintot sẽ tự tạo thư mục này.",
                    "Remove or rename it; tintot makes this folder itself."
                ),
            ))
        }
        None => match fs::create_dir(dir) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(not_written(dir, error)),
        },
    }
}

fn look(path: &Path) -> Result<Option<Look>, Fault> {
    Look::at(path).map_err(|error| not_read(path, error))
}

/// Takes the lock file of a state folder, making sure that it is still the one
/// on disk: whoever held it may have removed the folder.
fn lock_state(dir: &Path, waiting: &dyn Fn()) -> Result<File, Fault> {
    let path = dir.join("lock");
    loop {
        make_folder(dir)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file = options.open(&path).map_err(|error| not_written(&path, error))?;
        match lock(&file, waiting) {
            Err(error) if error.kind() != ErrorKind::Unsupported => {
                return Err(not_written(&path, error));
            }
            _ if same_file(&file, &path) => return Ok(file),
            _ => {}
        }
    }
}

fn lock(file: &File, waiting: &dyn Fn()) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |meta: fs::Metadata| (meta.dev(), meta.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Whether a rename can lead from one folder to the other. The rename of a file
/// that does not exist tells apart even two mounts of one device, and does nothing.
fn same_volume(from: &Path, to: &Path) -> bool {
    let nothing = fs::rename(from.join(".tintot-none"), to.join(".tintot-none"));
    let crosses = nothing.is_err_and(|error| error.kind() == ErrorKind::CrossesDevices);
    !crosses && same_device(from, to)
}

#[cfg(unix)]
fn same_device(from: &Path, to: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((from.metadata(), to.metadata()), (Ok(a), Ok(b)) if a.dev() == b.dev())
}

#[cfg(not(unix))]
fn same_device(_: &Path, _: &Path) -> bool {
    true
}
