//! The staging folder: where the bytes of a build wait until all of it is rendered.
//!
//! Takes bytes or files from many threads at once; gives numbers under which
//! they lie. Never touches the output.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::ledger::Spot;
use super::{ours, step};
use crate::base::fault::Fault;
use crate::base::hash::{Key, StreamHash};
use crate::base::path::OutputPath;
use crate::bi;
use crate::disk::{Anchor, Look};

/// Files are spread over this many folders, so that threads do not queue for one.
const SPREAD: u32 = 16;
/// Bytes moved at a time by [`Stage::copy`].
const PIECE: usize = 256 * 1024;

pub(super) struct Stage {
    pub dir: PathBuf,
    pub spot: Spot,
    /// Files lie under the paths they will have in the output, which is absent
    /// or empty: the folder as a whole becomes the output.
    pub tree: bool,
    next: AtomicU32,
    /// The folder, once something waits in it.
    anchor: OnceLock<Anchor>,
}

/// A file that waits.
pub(super) struct Staged {
    pub number: u32,
    pub size: u64,
    pub mtime: i64,
    pub content: Key,
}

impl Stage {
    pub(super) fn new(dir: PathBuf, spot: Spot, tree: bool) -> Stage {
        Stage { dir, spot, tree, next: AtomicU32::new(0), anchor: OnceLock::new() }
    }

    /// Where a numbered file lies.
    pub(super) fn file(&self, number: u32, path: &OutputPath) -> PathBuf {
        self.dir.join(&*self.below(number, path))
    }

    fn below<'a>(&self, number: u32, path: &'a OutputPath) -> Cow<'a, str> {
        match self.tree {
            true => Cow::Borrowed(path.as_str()),
            false => Cow::Owned(format!("{:x}/{number}", number % SPREAD)),
        }
    }

    /// Stages bytes whose hash is known.
    pub(super) fn write(
        &self,
        path: &OutputPath,
        bytes: &[u8],
        content: Key,
    ) -> Result<Staged, Fault> {
        let number = self.claim();
        let write = || {
            let mut file = self.create(number, path)?;
            file.write_all(bytes)?;
            Ok(ours::stamp(&Look::of(&file.metadata()?)))
        };
        let mtime = write().map_err(|error| not_written(&self.file(number, path), error))?;
        Ok(Staged { number, size: bytes.len() as u64, mtime, content })
    }

    /// Stages a file, hashing on the way, never all of it in memory.
    pub(super) fn copy(&self, path: &OutputPath, from: &Path) -> Result<Staged, Fault> {
        let number = self.claim();
        let unwritten = |error| not_written(&self.file(number, path), error);
        let mut source = File::open(from).map_err(|error| not_read(from, error))?;
        let mut file = self.create(number, path).map_err(unwritten)?;
        let mut hasher = StreamHash::new();
        let mut piece = vec![0; PIECE];
        let mut size = 0;
        loop {
            let bytes = match source.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => piece.get(..count).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(not_read(from, error)),
            };
            hasher.update(bytes);
            size += bytes.len() as u64;
            file.write_all(bytes).map_err(unwritten)?;
        }
        let meta = file.metadata().map_err(unwritten)?;
        let content = hasher.finish();
        Ok(Staged { number, size, mtime: ours::stamp(&Look::of(&meta)), content })
    }

    /// Removes the folder with all that still waits in it.
    pub(super) fn remove(&self) -> io::Result<()> {
        remove(&self.dir)
    }

    fn claim(&self) -> u32 {
        step();
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Opens a new file. Most pages are alone in their folder, which is made first;
    /// the folders of others are made only when they turn out to be missing.
    fn create(&self, number: u32, path: &OutputPath) -> io::Result<File> {
        let anchor = self.anchor.get_or_init(|| {
            // Whatever is wrong with the folder, making the file will say.
            let _ = fs::create_dir_all(&self.dir);
            Anchor::at(&self.dir)
        });
        let below = self.below(number, path);
        if let Some(folder) = below.strip_suffix("/index.html") {
            let _ = anchor.create_dir(folder);
        }
        match anchor.create(&below) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let file = self.file(number, path);
                fs::create_dir_all(file.parent().unwrap_or(&self.dir))?;
                // By its whole path, lest somebody removed the folder meanwhile.
                File::create(file)
            }
            made => made,
        }
    }
}

/// Removes a folder and all in it, if it is there.
pub(super) fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

pub(super) fn not_read(path: &Path, error: io::Error) -> Fault {
    Fault::io(bi!("không đọc được", "could not read"), path, error)
}

pub(super) fn not_written(path: &Path, error: io::Error) -> Fault {
    Fault::io(bi!("không ghi được", "could not write"), path, error)
}
