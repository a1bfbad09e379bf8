//! What is dear to make, kept by what it is made from: `.tintot/cache/`.
//!
//! Takes and gives bytes by [`Key`]. A file that is damaged is as good as none,
//! and the whole folder can be removed, copied to another machine or brought
//! back at any time without changing a byte of any output. Never looks at
//! times, never knows what the bytes are.
#![allow(clippy::disallowed_methods, reason = "the cache is a folder of the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::hash::Key;

/// Bytes of the hash before the bytes that it is of.
const HEAD: usize = 16;

/// Tells drafts apart: two threads may have made the same.
static DRAFTS: AtomicU64 = AtomicU64::new(0);

/// A folder of blobs.
#[derive(Debug, Clone)]
pub struct Cache {
    dir: PathBuf,
}

/// What there is in a cache, or what was done to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub files: usize,
    pub bytes: u64,
}

impl Cache {
    /// The cache of a site for one sort of things: `.tintot/cache/pictures`.
    pub fn of_site(root: &Path, name: &str) -> Cache {
        Cache { dir: folder(root, name) }
    }

    /// A cache that lies anywhere: one that was exported.
    pub fn at(dir: &Path) -> Cache {
        Cache { dir: dir.to_owned() }
    }

    /// What was put there under a key, if it is whole.
    pub fn get(&self, key: Key) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.path(key)).ok()?;
        let (head, rest) = bytes.split_at_checked(HEAD)?;
        if head != Key::of(rest).0 {
            return None;
        }
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// Whether something lies under a key; it may be damaged.
    pub fn has(&self, key: Key) -> bool {
        self.path(key).metadata().is_ok_and(|meta| meta.len() > HEAD as u64)
    }

    /// Puts bytes under a key, whole or not at all.
    pub fn put(&self, key: Key, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(key);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        hide(&self.dir)?;
        let draft = DRAFTS.fetch_add(1, Ordering::Relaxed);
        let draft = path.with_extension(format!("{}-{draft}.new", std::process::id()));
        fs::write(&draft, [&Key::of(bytes).0[..], bytes].concat())?;
        fs::rename(&draft, &path)
    }

    /// Every key, ascending, with the size of its bytes.
    pub fn keys(&self) -> Vec<(Key, u64)> {
        let files = walkdir::WalkDir::new(&self.dir).min_depth(2).max_depth(2).into_iter();
        let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let mut keys: Vec<(Key, u64)> = files
            .filter_map(|entry| {
                let key = Key::from_hex(entry.file_name().to_str()?)?;
                Some((key, entry.metadata().ok()?.len().saturating_sub(HEAD as u64)))
            })
            .collect();
        keys.sort_unstable();
        keys
    }

    /// How much there is.
    pub fn count(&self) -> Count {
        self.keys().iter().fold(Count::default(), |count, (_, size)| count.and(*size))
    }

    /// Removes all but some; gives how much was removed.
    pub fn retain(&self, keep: &dyn Fn(Key) -> bool) -> io::Result<Count> {
        let mut removed = Count::default();
        for (key, size) in self.keys() {
            if !keep(key) {
                fs::remove_file(self.path(key))?;
                removed = removed.and(size);
            }
        }
        Ok(removed)
    }

    /// Puts everything whole of this cache into another; gives how much was
    /// new there.
    pub fn copy_to(&self, other: &Cache) -> io::Result<Count> {
        let mut copied = Count::default();
        for (key, size) in self.keys() {
            if let (false, Some(bytes)) = (other.has(key), self.get(key)) {
                other.put(key, &bytes)?;
                copied = copied.and(size);
            }
        }
        Ok(copied)
    }

    fn path(&self, key: Key) -> PathBuf {
        let hex = key.hex();
        self.dir.join(hex.get(..2).unwrap_or_default()).join(hex)
    }
}

impl Count {
    fn and(self, size: u64) -> Count {
        Count { files: self.files + 1, bytes: self.bytes + size }
    }
}

/// Where a site keeps one sort of things: `.tintot/cache/pictures`.
pub fn folder(root: &Path, name: &str) -> PathBuf {
    root.join(".tintot").join("cache").join(name)
}

/// Below `.tintot/`, which is nobody's to commit.
pub fn hide(dir: &Path) -> io::Result<()> {
    let base = dir.ancestors().find(|dir| dir.ends_with(".tintot"));
    match base.map(|base| base.join(".gitignore")) {
        Some(note) if !note.exists() => fs::write(note, "*\n"),
        _ => Ok(()),
    }
}
