//! Folders looked through in turn, where the system tells nothing: network
//! drives, or more folders than it watches.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it watches files")]

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use super::{Signal, Touched, filter};
use crate::driver::{CONFIG, FOLDERS};

/// Least time between two looks.
const PAUSE: Duration = Duration::from_millis(400);
/// A look may take no more than one part in so many of the time.
const SHARE: u32 = 10;

/// What tells that a file was written.
#[derive(PartialEq, Eq)]
struct Mark {
    size: u64,
    time: Option<SystemTime>,
    /// Differs when another file was put in its place.
    number: u64,
    folder: bool,
}

/// Looks until nobody listens.
pub fn start(root: PathBuf, sender: Sender<Signal>) {
    std::thread::spawn(move || {
        let mut before = look(&root);
        loop {
            let begun = Instant::now();
            let now = look(&root);
            for path in differences(&before, &now) {
                let touched = Touched { path: path.to_owned(), open: false, deep: false };
                if sender.send(Signal::Touched(touched)).is_err() {
                    return;
                }
            }
            before = now;
            std::thread::sleep(PAUSE.max(begun.elapsed() * SHARE));
        }
    });
}

/// Paths that came, went or changed; of folders only that they came or went.
fn differences<'a>(
    before: &'a BTreeMap<String, Mark>,
    now: &'a BTreeMap<String, Mark>,
) -> impl Iterator<Item = &'a str> {
    let same = |a: &Mark, b: &Mark| a == b || a.folder && b.folder && a.number == b.number;
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let new =
        now.iter().filter(move |(path, mark)| before.get(*path).is_none_or(|old| !same(old, mark)));
    gone.chain(new.map(|(path, _)| path)).map(String::as_str)
}

fn look(root: &Path) -> BTreeMap<String, Mark> {
    let mut all = BTreeMap::new();
    let tops = FOLDERS.iter().copied().chain([CONFIG]);
    for top in tops {
        for entry in walkdir::WalkDir::new(root.join(top)).follow_links(true).into_iter().flatten()
        {
            let Some(path) = filter::source(root, entry.path()) else { continue };
            if let Ok(meta) = entry.metadata() {
                all.insert(path, mark(&meta));
            }
        }
    }
    all
}

fn mark(meta: &Metadata) -> Mark {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(meta);
    #[cfg(not(unix))]
    let number = 0;
    Mark { size: meta.len(), time: meta.modified().ok(), number, folder: meta.is_dir() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_put_in_the_place_of_another_is_seen() {
        let dir = tempfile::tempdir().expect("a folder");
        let content = dir.path().join("content");
        std::fs::create_dir(&content).expect("a folder");
        std::fs::write(content.join("a.md"), "một").expect("a file");
        std::fs::write(content.join("b.md"), "hai").expect("a file");
        let before = look(dir.path());
        assert_eq!(differences(&before, &look(dir.path())).count(), 0);
        // Same size, same time, another file.
        let time =
            content.join("a.md").metadata().and_then(|meta| meta.modified()).expect("a time");
        let new = content.join(".a.tmp");
        std::fs::write(&new, "bột").expect("a file");
        std::fs::File::options()
            .write(true)
            .open(&new)
            .and_then(|file| file.set_modified(time))
            .expect("a time");
        std::fs::rename(&new, content.join("a.md")).expect("a name");
        std::fs::remove_file(content.join("b.md")).expect("gone");
        let now = look(dir.path());
        let seen: Vec<&str> = differences(&before, &now).collect();
        assert_eq!(seen, ["content/b.md", "content/a.md"]);
    }
}
