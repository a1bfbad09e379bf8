//! Telling our files from others': by what the ledger recorded, or by the mark
//! that our pages carry. Reads the output, never writes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::ledger::{Ledger, Row};
use crate::base::hash::{Key, StreamHash};
use crate::base::path::OutputPath;
use crate::disk::Look;

/// How many bytes of a file are searched for the mark.
pub const MARK_WITHIN: usize = 2048;

const MARK: &[u8] = b"tintot";
const TEXTS: [&str; 8] = ["html", "xml", "xsl", "json", "txt", "webmanifest", "ics", "csv"];
const NAMES: [&str; 2] = ["_redirects", "_headers"];

/// Whether a file that no ledger knows was made by this program, as far as its
/// name and its first [`MARK_WITHIN`] bytes show.
///
/// HTML must name us as generator (both words, `generator` and `tintot`); other
/// texts must say `tintot`; of the rest, a name with a content hash
/// (`.0a1b2c3d.`) is ours.
pub fn looks_ours(path: &OutputPath, head: &[u8]) -> bool {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let head = head.get(..MARK_WITHIN).unwrap_or(head);
    let says = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if has_hash(name) {
        return true;
    }
    match extension {
        "html" => says(MARK) && says(b"generator"),
        _ => (TEXTS.contains(&extension) || NAMES.contains(&name)) && says(MARK),
    }
}

/// `main.0a1b2c3d.css`: a part between two dots of 8 or more hexadecimal digits.
fn has_hash(name: &str) -> bool {
    let mut parts = name.split('.').skip(1).peekable();
    while let Some(part) = parts.next() {
        let hex = part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if part.len() >= 8 && hex && parts.peek().is_some() {
            return true;
        }
    }
    false
}

/// What stands where a recorded file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Our bytes; the time of change may be another than recorded.
    Ours {
        mtime: i64,
    },
    Changed,
    Folder,
    Gone,
}

/// Compares size and time with the record and, only where the time differs, the bytes.
pub(super) fn standing(file: &Path, row: &Row) -> io::Result<Standing> {
    weigh(Look::at(file)?, row, || file.to_owned())
}

/// As [`standing`], where it was looked already.
pub(super) fn weigh(
    look: Option<Look>,
    row: &Row,
    file: impl Fn() -> PathBuf,
) -> io::Result<Standing> {
    let Some(look) = look else {
        return Ok(Standing::Gone);
    };
    if look.is_dir {
        return Ok(Standing::Folder);
    }
    if !look.is_file || look.size != row.size {
        return Ok(Standing::Changed);
    }
    let mtime = stamp(&look);
    if mtime == row.mtime || hash_file(&file())? == row.content {
        return Ok(Standing::Ours { mtime });
    }
    Ok(Standing::Changed)
}

/// Whether a path is a folder with nothing in it.
pub(super) fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none())
}

/// Time of change in nanoseconds since 1970; 0 where the system has none.
pub(super) fn stamp(look: &Look) -> i64 {
    look.modified.unwrap_or(0)
}

/// The hash of a file's bytes, read piece by piece.
pub(super) fn hash_file(path: &Path) -> io::Result<Key> {
    let mut hasher = StreamHash::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finish())
}

/// The first bytes of a file.
pub(super) fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(MARK_WITHIN);
    File::open(path)?.take(MARK_WITHIN as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Pages in the output that carry our mark but belong to no ledger: left by a
/// build whose record is lost. Ascending; folders that cannot be read are skipped.
pub(super) fn strays(out: &Path, ledger: &Ledger) -> Vec<String> {
    let mut strays = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(out.join(&folder)) else {
            continue;
        };
        for entry in entries.flatten() {
            let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
                continue;
            };
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.ends_with(".html") && !ledger.has(&path) {
                let marked = OutputPath::new(&path).zip(head(&entry.path()).ok());
                if marked.is_some_and(|(path, head)| looks_ours(&path, &head)) {
                    strays.push(path);
                }
            }
        }
    }
    strays.sort();
    strays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(path: &str, text: &str) -> bool {
        looks_ours(&OutputPath::new(path).expect("a path of the test"), text.as_bytes())
    }

    #[test]
    fn the_mark_is_looked_for_where_it_belongs() {
        let page = r#"<!doctype html><meta name="generator" content="tintot 0.1">"#;
        assert!(ours("tin/index.html", page));
        assert!(!ours("tin/index.html", "<title>tintot</title>"));
        assert!(!ours("index.html", &format!("{}{page}", " ".repeat(MARK_WITHIN))));
        assert!(ours("atom.xml", "<generator>tintot</generator>"));
        assert!(ours("_redirects", "# tintot"));
        assert!(!ours("CNAME", "tintot.example"));
        assert!(!ours("anh.png", "tintot"));
        assert!(!ours("mot.txt", "khác"));
    }

    #[test]
    fn a_content_hash_in_the_name_is_a_mark() {
        assert!(ours("a/main.0a1b2c3d.css", ""));
        assert!(ours("doi.0123456789abcdef.avif", ""));
        assert!(!ours("main.0a1b2c3.css", ""));
        assert!(!ours("20251017.png", ""));
        assert!(!ours("a.20251017", ""));
        assert!(!ours("main.0A1B2C3D.css", ""));
    }
}
