//! Many small files, and a folder that is held open while those below it are
//! asked about or made.
//!
//! Takes paths below it, gives what the system says of them, links not followed.
//! The system finds them from here on: with a path from the root of the disk it
//! would look each folder above up again, for every file.

#![allow(clippy::disallowed_methods, reason = "the folder is one of the disk")]

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What the system says of a file or folder besides its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub is_file: bool,
    pub is_dir: bool,
    pub is_link: bool,
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970; none where the system does not say.
    pub modified: Option<i64>,
    /// When anything about it changed, its name included; 0 where the system does
    /// not say.
    pub changed: i64,
    /// Its number on the volume, if it has one.
    pub node: u64,
}

impl Look {
    pub fn of(meta: &Metadata) -> Look {
        #[cfg(unix)]
        let (changed, node) = {
            use std::os::unix::fs::MetadataExt;
            (nanoseconds(meta.ctime(), meta.ctime_nsec()), meta.ino())
        };
        #[cfg(not(unix))]
        let (changed, node) = (0, 0);
        let modified = meta.modified().ok().map(|time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
        });
        Look {
            is_file: meta.is_file(),
            is_dir: meta.is_dir(),
            is_link: meta.is_symlink(),
            size: meta.len(),
            modified,
            changed,
            node,
        }
    }

    /// What is at a path; `None` where there is nothing.
    pub fn at(path: &Path) -> io::Result<Option<Look>> {
        found(path.symlink_metadata().map(|meta| Look::of(&meta)))
    }

    #[cfg(unix)]
    #[allow(
        clippy::unnecessary_cast,
        clippy::useless_conversion,
        clippy::cast_sign_loss,
        reason = "systems count in numbers of different sizes"
    )]
    fn told(stat: &rustix::fs::Stat) -> Look {
        let kind = rustix::fs::FileType::from_raw_mode(stat.st_mode);
        Look {
            is_file: kind.is_file(),
            is_dir: kind.is_dir(),
            is_link: kind.is_symlink(),
            size: stat.st_size as u64,
            modified: Some(nanoseconds(stat.st_mtime as i64, stat.st_mtime_nsec as i64)),
            changed: nanoseconds(stat.st_ctime as i64, stat.st_ctime_nsec as i64),
            node: stat.st_ino as u64,
        }
    }
}

#[cfg(unix)]
fn nanoseconds(seconds: i64, rest: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

fn found(look: io::Result<Look>) -> io::Result<Option<Look>> {
    match look {
        Ok(look) => Ok(Some(look)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// All bytes of a file that should have `size` of them; room is made for no more
/// than `most` before it is read.
pub fn read(file: File, size: u64, most: usize) -> io::Result<Vec<u8>> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    // Room for one byte more tells the end without asking for it.
    let mut bytes = Vec::with_capacity(size.min(most) + 1);
    #[cfg(unix)]
    {
        use rustix::{buffer::spare_capacity, io};
        io::retry_on_intr(|| io::read(&file, spare_capacity(&mut bytes)))?;
        if bytes.len() == size && size <= most {
            return Ok(bytes);
        }
    }
    file.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A folder, open if it was there.
#[derive(Debug)]
pub struct Anchor {
    path: PathBuf,
    #[cfg(unix)]
    folder: Option<std::os::fd::OwnedFd>,
}

impl Anchor {
    /// Of a folder that need not exist.
    pub fn at(path: &Path) -> Anchor {
        Anchor {
            path: path.to_owned(),
            #[cfg(unix)]
            folder: File::open(path).ok().map(Into::into),
        }
    }

    /// What is at a path below it; `None` where there is nothing.
    pub fn look(&self, below: &str) -> io::Result<Option<Look>> {
        #[cfg(unix)]
        if let Some(folder) = &self.folder {
            let stat = rustix::fs::statat(folder, below, rustix::fs::AtFlags::SYMLINK_NOFOLLOW);
            return found(stat.map(|stat| Look::told(&stat)).map_err(io::Error::from));
        }
        Look::at(&self.path.join(below))
    }

    /// Makes a file, or empties it; its folder has to be there.
    pub fn create(&self, below: &str) -> io::Result<File> {
        #[cfg(unix)]
        if let Some(folder) = &self.folder {
            use rustix::fs::{Mode, OFlags, openat};
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::CLOEXEC;
            let open = || openat(folder, below, flags, Mode::from_raw_mode(0o666));
            return Ok(rustix::io::retry_on_intr(open)?.into());
        }
        File::create(self.path.join(below))
    }

    /// Makes a folder; the one above has to be there.
    pub fn create_dir(&self, below: &str) -> io::Result<()> {
        #[cfg(unix)]
        if let Some(folder) = &self.folder {
            let mode = rustix::fs::Mode::from_raw_mode(0o777);
            return Ok(rustix::fs::mkdirat(folder, below, mode)?);
        }
        fs::create_dir(self.path.join(below))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::{Anchor, Look};

    #[test]
    fn says_what_a_whole_path_says() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("gốc");
        let late = Anchor::at(&root);
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/tệp.md"), "xin chào").unwrap();
        let anchor = Anchor::at(&root);
        for path in ["a", "a/b", "a/b/tệp.md", "a/không", "a/b/tệp.md/x"] {
            let whole = Look::at(&root.join(path)).unwrap();
            assert_eq!(anchor.look(path).unwrap(), whole, "{path}");
            assert_eq!(late.look(path).unwrap(), whole, "{path}");
        }
        let file = anchor.look("a/b/tệp.md").unwrap().unwrap();
        assert_eq!((file.is_file, file.is_dir, file.size), (true, false, 9));
        assert!(anchor.look("a/b").unwrap().is_some_and(|look| look.is_dir && !look.is_file));
        assert!(anchor.look("a/không").unwrap().is_none());
    }

    #[test]
    fn makes_files_and_folders_where_a_whole_path_would() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("gốc");
        let late = Anchor::at(&root);
        fs::create_dir(&root).unwrap();
        for (anchor, name) in [(Anchor::at(&root), "sớm"), (late, "muộn")] {
            let file = format!("{name}/tệp");
            let error = anchor.create(&file).unwrap_err();
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
            anchor.create_dir(name).unwrap();
            let again = anchor.create_dir(name).unwrap_err();
            assert_eq!(again.kind(), std::io::ErrorKind::AlreadyExists);
            for text in ["xin chào", "chào"] {
                anchor.create(&file).unwrap().write_all(text.as_bytes()).unwrap();
            }
            assert_eq!(fs::read_to_string(root.join(file)).unwrap(), "chào");
        }
    }

    #[test]
    fn all_of_a_file_is_read_whatever_it_should_have_been() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tệp");
        let text = "xin chào ".repeat(2000);
        fs::write(&path, &text).unwrap();
        let len = text.len() as u64;
        for (size, most) in [(len, 1 << 20), (0, 1 << 20), (len / 2, 1 << 20), (len * 2, 1 << 20)] {
            assert_eq!(
                super::read(fs::File::open(&path).unwrap(), size, most).unwrap(),
                text.as_bytes()
            );
        }
        for most in [0, 1, text.len() - 1, text.len()] {
            assert_eq!(
                super::read(fs::File::open(&path).unwrap(), len, most).unwrap(),
                text.as_bytes()
            );
        }
        let folder = fs::File::open(dir.path());
        assert!(folder.and_then(|folder| super::read(folder, 0, 0)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_old_times_are_negative() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("tệp"), "a").unwrap();
        std::os::unix::fs::symlink("tệp", dir.path().join("lối")).unwrap();
        let anchor = Anchor::at(dir.path());
        let link = anchor.look("lối").unwrap().unwrap();
        assert!(link.is_link && !link.is_file && !link.is_dir);
        let before = std::time::UNIX_EPOCH - std::time::Duration::from_millis(1500);
        let file = fs::File::options().write(true).open(dir.path().join("tệp")).unwrap();
        file.set_modified(before).unwrap();
        assert_eq!(anchor.look("tệp").unwrap().unwrap().modified, Some(-1_500_000_000));
        assert_eq!(anchor.look("tệp").unwrap(), Look::at(&dir.path().join("tệp")).unwrap());
    }
}
