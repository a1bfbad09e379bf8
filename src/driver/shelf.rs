//! Parsed documents on disk, so that the next run of the program need not read
//! and parse what has not changed: `.tintot/cache/docs/`.
//!
//! Takes what files came to; gives it back for a file that has the same size,
//! times and place on the disk, or else the same bytes. Heads are read at once,
//! HTML when a page asks for it. What is damaged is as good as not there, and so
//! is the whole shelf if it is foreign or of another program; removing it changes
//! no byte of any output, and no fault of it is a fault of the build.
#![allow(clippy::disallowed_methods, reason = "the shelf is a folder of the disk")]

mod block;
mod body;
mod leave;
pub mod sweep;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use self::block::Block;
use self::body::{Body, File};
pub use self::leave::{Leaving, Shelved};
use crate::base::hash::{Key, KeyBuilder};
use crate::cache;
use crate::parse::{self, Doc, Head, Html, ParseOptions};
use crate::scan::{SourceFile, Stamp};

/// Changes when what is written here does.
const VERSION: u64 = 7;
/// The name of the table.
const TABLE: &str = "table";
/// Length of the two keys before the table: who wrote it, and of the rest.
const MARKS: usize = 32;

/// Where bytes lie in the files beside the table.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Place {
    file: u32,
    at: u64,
    len: u32,
}

/// What is known of one document.
#[derive(Serialize, Deserialize)]
struct Row {
    path: Box<str>,
    size: u64,
    /// Nothing where it could not be trusted.
    stamp: Option<Stamp>,
    /// Of the file's bytes, and of the HTML.
    content: Key,
    html: Key,
    /// The HTML.
    body: Place,
    /// Place and length of the encoded head in its block.
    head: (u32, u32),
}

/// Everything but the heads and the HTML.
#[derive(Default, Serialize, Deserialize)]
struct Table {
    /// Names and lengths of the files that hold them.
    files: Vec<(String, u64)>,
    /// Ascending by the rows that they begin with: the first of all with the first.
    blocks: Vec<Block>,
    /// Ascending by path.
    rows: Vec<Row>,
}

/// A shelf as an earlier run left it, and what this one adds.
pub struct Shelf {
    dir: PathBuf,
    identity: Key,
    /// Of what lies there; nothing where nothing could be used.
    state: Option<Key>,
    options: Arc<ParseOptions>,
    table: Table,
    /// As the table numbers them; nothing where one is lost or too short.
    files: Vec<Option<Arc<File>>>,
    /// Where what is new goes; made when there is some.
    fresh: OnceLock<Option<Arc<File>>>,
    /// Whether anything may be written.
    writes: bool,
}

/// A document that was found, by the number of its row.
pub type Found = (usize, Doc);

impl Shelf {
    /// The shelf of a site; an empty one if there is none to be used.
    pub fn open(root: &Path, options: &ParseOptions, writes: bool) -> Shelf {
        let dir = cache::folder(root, "docs");
        let identity = identity(options);
        let found = read(&dir, identity);
        let state = found.as_ref().map(|(_, what)| state(identity, *what));
        let (table, files) = found.map(|(parts, _)| parts).unwrap_or_default();
        let (options, fresh) = (Arc::new(options.clone()), OnceLock::new());
        Shelf { dir, identity, state, options, table, files, fresh, writes }
    }

    /// The document of a file that cannot have changed since.
    pub fn unchanged(&self, file: &SourceFile) -> Option<(Key, Found)> {
        let (number, row) = self.row(&file.path)?;
        if row.size != file.size || row.stamp != Some(file.stamp) {
            return None;
        }
        Some((row.content, self.restore(file, number, row)?))
    }

    /// The document of a file with these bytes.
    pub fn same(&self, file: &SourceFile, content: Key) -> Option<Found> {
        let (number, row) = self.row(&file.path).filter(|(_, row)| row.content == content)?;
        self.restore(file, number, row)
    }

    /// Tells what lies there from anything else that could; changes with each
    /// document, the program and what it was asked to parse.
    pub fn state(&self) -> Option<Key> {
        self.state
    }

    /// How many documents lie there.
    pub fn len(&self) -> usize {
        self.table.rows.len()
    }

    /// The document that a file was, whatever it is now.
    pub fn former(&self, file: &SourceFile) -> Option<Doc> {
        let (number, row) = self.row(&file.path)?;
        Some(self.restore(file, number, row)?.1)
    }

    fn row(&self, path: &str) -> Option<(usize, &Row)> {
        let at = self.table.rows.binary_search_by(|row| (*row.path).cmp(path)).ok()?;
        Some((at, self.table.rows.get(at)?))
    }

    fn restore(&self, file: &SourceFile, number: usize, row: &Row) -> Option<Found> {
        let (block, heads) = self.block(number)?;
        let (at, len) = (row.head.0 as usize, row.head.1 as usize);
        let head = |bytes: &[u8]| postcard::from_bytes(bytes.get(at..at.checked_add(len)?)?).ok();
        let head: Head = block.read(heads, head)?;
        let html = self.html(file, row.html, (self.file(row.body)?, row.body.at, row.body.len));
        Some((number, parse::restored(&file.path, &self.options, (head, html))))
    }

    /// The block of a row, and its file.
    fn block(&self, number: usize) -> Option<(&Block, &Arc<File>)> {
        let blocks = &self.table.blocks;
        let next = blocks.partition_point(|block| block.first as usize <= number);
        let block = blocks.get(next.checked_sub(1)?)?;
        Some((block, self.file(block.place)?))
    }

    fn file(&self, place: Place) -> Option<&Arc<File>> {
        self.files.get(place.file as usize)?.as_ref()
    }

    fn html(&self, file: &SourceFile, key: Key, (texts, at, len): (&Arc<File>, u64, u32)) -> Html {
        let (path, disk) = (Arc::clone(&file.path), file.disk.clone());
        let (texts, options) = (Arc::clone(texts), Arc::clone(&self.options));
        Html::kept(key, Arc::new(Body { texts, at, len, path, disk, options }))
    }

    /// Where what is new goes, if anything may be written.
    fn fresh(&self) -> Option<&Arc<File>> {
        let make = || self.writes.then(|| File::create(&self.dir).ok()).flatten();
        self.fresh.get_or_init(|| make().map(Arc::new)).as_ref()
    }

    /// Takes the HTML of new documents out of memory, if it may be written: all of
    /// it at once, which asks less of the system.
    pub fn put_away(&self, new: Vec<(&SourceFile, &mut Doc)>) {
        let texts = if new.is_empty() { None } else { self.fresh() };
        let Some(texts) = texts else { return };
        let htmls = new.iter().map(|(_, doc)| doc.html.text());
        let Some(htmls) = htmls.collect::<Option<Vec<_>>>() else { return };
        let lens: Vec<usize> = htmls.iter().map(|html| html.len()).collect();
        let Some(mut at) = texts.append_all(htmls.iter().map(|html| &**html)) else { return };
        for ((file, doc), len) in new.into_iter().zip(lens) {
            if let Ok(short) = u32::try_from(len) {
                doc.html = self.html(file, doc.html.key(), (texts, at, short));
            }
            at += len as u64;
        }
    }
}

fn state(identity: Key, what: Key) -> Key {
    let mut key = KeyBuilder::new("shelf state");
    key.put_key(identity).put_key(what);
    key.finish()
}

/// The table and the files that it names.
type Parts = (Table, Vec<Option<Arc<File>>>);

/// What lies in a folder, if it is whole and ours, and the key of the table.
fn read(dir: &Path, identity: Key) -> Option<(Parts, Key)> {
    let bytes = fs::read(dir.join(TABLE)).ok()?;
    let (marks, rest) = bytes.split_at_checked(MARKS)?;
    let (who, what) = marks.split_at(MARKS / 2);
    let key = Key::of(rest);
    if who != identity.0 || what != key.0 {
        return None;
    }
    let table: Table = postcard::from_bytes(rest).ok()?;
    let open = |(name, len): &(String, u64)| {
        let file = File::open(dir, name)?;
        (file.len() >= *len).then(|| Arc::new(file))
    };
    let files = table.files.iter().map(open).collect();
    Some(((table, files), key))
}

/// What a document depends on besides its file: the program and the options.
fn identity(options: &ParseOptions) -> Key {
    let mut key = KeyBuilder::new("shelf");
    key.put_num(VERSION).put_str(env!("CARGO_PKG_VERSION"));
    // A program that was built anew may parse otherwise.
    let program = std::env::current_exe().and_then(fs::metadata);
    if let Ok(meta) = program {
        let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        key.put_num(meta.len()).put(&since.unwrap_or_default().as_nanos().to_le_bytes());
    }
    options.langs.iter().for_each(|tag| {
        key.put_str(tag);
    });
    key.put_str(options.zone.iana_name().unwrap_or_default());
    let offset = options.zone.to_fixed_offset().map_or(i32::MAX, |offset| offset.seconds());
    key.put(&offset.to_le_bytes());
    key.finish()
}
