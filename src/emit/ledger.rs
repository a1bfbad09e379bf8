//! The ledger: which files of the output are ours and what they hold.
//!
//! One format serves as manifest (what the last build published) and as journal
//! (what the running build is about to publish): a journal that has been carried
//! out *becomes* the manifest by a rename. Takes and gives bytes; never touches
//! the disk. Bytes that do not decode are `None`, never an error.
//!
//! Layout, little-endian: magic, 16 bytes of hash of all that follows, one
//! byte spot, one byte tree, count and paths of the folders found, count and
//! rows. Rows ascend by path.

use super::Class;
use crate::base::hash::Key;
use crate::base::path::OutputPath;

const MAGIC: &[u8; 16] = b"tintot ledger 2\n";
const HEADER: usize = MAGIC.len() + 16;
const UNSTAGED: u32 = u32::MAX;
const OVER: u8 = 1;
/// Bytes of a row besides its path.
const ROW: usize = 2 + 1 + 1 + 16 + 16 + 8 + 8 + 4;

/// Where the files wait that are to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Spot {
    /// In the state folder.
    #[default]
    State,
    /// In a hidden folder beside the output, which is on another file system.
    Beside,
    /// In a hidden folder in the output, which is a file system by itself.
    Inside,
}

/// One file of the output.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub path: OutputPath,
    pub class: Class,
    /// What it was made from, as the plan says.
    pub key: Key,
    /// Hash of its bytes.
    pub content: Key,
    pub size: u64,
    /// Nanoseconds since 1970.
    pub mtime: i64,
    /// Its number in the staging folder, if it must be moved from there.
    pub staged: Option<u32>,
    /// Whether a file that stands there already may be replaced.
    pub over: bool,
}

impl Row {
    /// A file of which the place in the output is not settled yet.
    pub(super) fn new(path: &OutputPath, class: Class, key: Key, content: Key, size: u64) -> Row {
        Row { path: path.clone(), class, key, content, size, mtime: 0, staged: None, over: false }
    }

    fn same(&self, other: &Row) -> bool {
        self.path == other.path
            && self.class == other.class
            && self.key == other.key
            && self.content == other.content
            && self.size == other.size
            && self.mtime == other.mtime
    }
}

/// All files of one output.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub spot: Spot,
    /// Whether the staging folder mirrors the output and may be moved as a whole.
    pub tree: bool,
    /// Folders with files of ours that stood there before us: never removed.
    pub found: Vec<OutputPath>,
    /// Ascending by path, each path once.
    pub rows: Vec<Row>,
}

impl Ledger {
    pub(super) fn get(&self, path: &OutputPath) -> Option<&Row> {
        self.find(path).map(|(_, row)| row)
    }

    /// The row of a path, with its number.
    pub(super) fn find(&self, path: &OutputPath) -> Option<(usize, &Row)> {
        let at = self.rows.binary_search_by(|row| row.path.cmp(path)).ok()?;
        Some((at, self.rows.get(at)?))
    }

    /// Equal in all that outlives a build.
    pub(super) fn same(&self, other: &Ledger) -> bool {
        let rows = self.rows.iter().zip(&other.rows);
        self.found == other.found
            && self.rows.len() == other.rows.len()
            && rows.into_iter().all(|(a, b)| a.same(b))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.rows.binary_search_by(|row| row.path.as_str().cmp(path)).is_ok()
    }

    /// The rows below a folder.
    pub(super) fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Row> {
        let prefix = format!("{folder}/");
        let start = self.rows.partition_point(|row| row.path.as_str() < prefix.as_str());
        let rows = self.rows.get(start..).unwrap_or_default();
        rows.iter().take_while(move |row| row.path.as_str().starts_with(&prefix))
    }

    /// Rows of ours that a newer ledger no longer has.
    pub(super) fn gone_from<'a>(&'a self, newer: &'a Ledger) -> impl Iterator<Item = &'a Row> {
        let mut rest = newer.rows.iter().peekable();
        self.rows.iter().filter(move |row| {
            while rest.next_if(|next| next.path < row.path).is_some() {}
            rest.peek().is_none_or(|next| next.path != row.path)
        })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let paths: usize = self.rows.iter().map(|row| row.path.as_str().len()).sum();
        let mut out = Vec::with_capacity(HEADER + 64 + paths + self.rows.len() * ROW);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&[0; 16]);
        out.push(match self.spot {
            Spot::State => 0,
            Spot::Beside => 1,
            Spot::Inside => 2,
        });
        out.push(u8::from(self.tree));
        put_len(&mut out, self.found.len());
        for path in &self.found {
            put_path(&mut out, path);
        }
        put_len(&mut out, self.rows.len());
        for row in &self.rows {
            put_path(&mut out, &row.path);
            out.push(row.class.number());
            out.push(if row.over { OVER } else { 0 });
            out.extend_from_slice(&row.key.0);
            out.extend_from_slice(&row.content.0);
            out.extend_from_slice(&row.size.to_le_bytes());
            out.extend_from_slice(&row.mtime.to_le_bytes());
            out.extend_from_slice(&row.staged.unwrap_or(UNSTAGED).to_le_bytes());
        }
        let check = Key::of(out.get(HEADER..).unwrap_or_default());
        if let Some(place) = out.get_mut(MAGIC.len()..HEADER) {
            place.copy_from_slice(&check.0);
        }
        out
    }

    /// `None` for anything that [`Ledger::encode`] of this version did not write.
    pub(super) fn decode(bytes: &[u8]) -> Option<Ledger> {
        let body = bytes.strip_prefix(MAGIC)?;
        let (check, body) = body.split_first_chunk::<16>()?;
        if Key::of(body) != Key(*check) {
            return None;
        }
        let mut reader = Reader(body);
        let spot = match reader.byte()? {
            0 => Spot::State,
            1 => Spot::Beside,
            2 => Spot::Inside,
            _ => return None,
        };
        let tree = reader.byte()? != 0;
        let found = (0..reader.len()?).map(|_| reader.path()).collect::<Option<_>>()?;
        let count = reader.len()?;
        let mut rows: Vec<Row> = Vec::with_capacity(count.min(body.len() / ROW));
        for _ in 0..count {
            let row = reader.row()?;
            if rows.last().is_some_and(|last| last.path >= row.path) {
                return None;
            }
            rows.push(row);
        }
        reader.0.is_empty().then_some(Ledger { spot, tree, found, rows })
    }
}

/// Counts stay far below 2^32: each has a file behind it.
fn put_len(out: &mut Vec<u8>, len: usize) {
    out.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
}

fn put_path(out: &mut Vec<u8>, path: &OutputPath) {
    put_len(out, path.as_str().len());
    out.extend_from_slice(path.as_str().as_bytes());
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn len(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take()?)).ok()
    }

    fn path(&mut self) -> Option<OutputPath> {
        let len = self.len()?;
        let (head, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        OutputPath::new(std::str::from_utf8(head).ok()?)
    }

    fn row(&mut self) -> Option<Row> {
        Some(Row {
            path: self.path()?,
            class: Class::from_number(self.byte()?)?,
            over: self.byte()? & OVER != 0,
            key: Key(self.take()?),
            content: Key(self.take()?),
            size: u64::from_le_bytes(self.take()?),
            mtime: i64::from_le_bytes(self.take()?),
            staged: Some(u32::from_le_bytes(self.take()?)).filter(|n| *n != UNSTAGED),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(path: &str, number: u32) -> Row {
        Row {
            path: OutputPath::new(path).expect("a path of the test"),
            class: Class::List,
            key: Key::of(path.as_bytes()),
            content: Key::of(b"x"),
            size: 7,
            mtime: -5,
            staged: (number > 0).then_some(number),
            over: number == 2,
        }
    }

    fn ledger(paths: &[&str]) -> Ledger {
        Ledger { rows: paths.iter().map(|path| row(path, 0)).collect(), ..Ledger::default() }
    }

    #[test]
    fn comes_back_as_it_was_written() {
        let rows = vec![row("a/b", 0), row("á/index.html", 1), row("đ", 2)];
        let found = vec![OutputPath::new("a").expect("a path")];
        let before = Ledger { spot: Spot::Beside, tree: true, found, rows };
        let after = Ledger::decode(&before.encode()).expect("decodes");
        assert_eq!((after.spot, after.tree, &after.found), (Spot::Beside, true, &before.found));
        for (a, b) in before.rows.iter().zip(&after.rows) {
            assert!(a.same(b) && a.staged == b.staged && a.over == b.over);
        }
        assert_eq!(after.rows.len(), 3);
    }

    #[test]
    fn nothing_damaged_is_believed() {
        let bytes = ledger(&["a", "b/c"]).encode();
        for cut in 0..bytes.len() {
            assert!(Ledger::decode(&bytes[..cut]).is_none(), "cut at {cut}");
            let mut flipped = bytes.clone();
            flipped[cut] ^= 4;
            assert!(Ledger::decode(&flipped).is_none(), "flipped at {cut}");
        }
        assert!(Ledger::decode(b"#!/bin/sh\n").is_none());
        assert!(Ledger::decode(&ledger(&["b", "a"]).encode()).is_none(), "out of order");
    }

    #[test]
    fn finds_what_is_below_and_what_is_gone() {
        let old = ledger(&["a", "a-b", "a/x", "a/y", "b"]);
        let below: Vec<_> = old.below("a").map(|row| row.path.as_str()).collect();
        assert_eq!(below, ["a/x", "a/y"]);
        let new = ledger(&["0", "a-b", "a/y", "c"]);
        let gone: Vec<_> = old.gone_from(&new).map(|row| row.path.as_str()).collect();
        assert_eq!(gone, ["a", "a/x", "b"]);
    }

    /// Prints how long a large site's manifest takes to load; a figure, no limit.
    #[test]
    fn loads_a_large_manifest() {
        let rows = (0..200_000).map(|n| row(&format!("guong-sang/{n:06}/index.html"), 0)).collect();
        let bytes = Ledger { rows, ..Ledger::default() }.encode();
        let start = std::time::Instant::now();
        let ledger = Ledger::decode(&bytes).expect("decodes");
        println!("{} rows, {} bytes: {:?}", ledger.rows.len(), bytes.len(), start.elapsed());
    }
}
