//! Parsed documents on disk, so that the next run of the program need not read
//! and parse what has not changed: `.tintot/cache/docs/`.
//!
//! Takes what files came to; gives it back for a file that has the same size,
//! times and place on the disk, or else the same bytes. Heads are decoded at
//! once, HTML is read when a page asks for it. A shelf that is damaged, foreign
//! or of another program is an empty one; removing it changes no byte of any
//! output, and no fault of it is a fault of the build.
#![allow(clippy::disallowed_methods, reason = "the shelf is a folder of the disk")]

mod body;
pub mod sweep;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use self::body::{Body, File};
use super::record::is_settled;
use crate::base::hash::{Key, KeyBuilder, StreamHash};
use crate::cache;
use crate::parse::{self, Doc, Head, Html, ParseOptions};
use crate::scan::{SourceFile, Stamp};

/// Changes when what is written here does.
const VERSION: u64 = 6;
/// The name of the file of heads.
const HEADS: &str = "heads";
/// How names of files with HTML begin.
const BODIES: &str = "bodies-";
/// With more files of HTML than this all of it is put into one.
const MANY: usize = 8;
/// Length of the two keys before the table: who wrote it, and of the rest.
const MARKS: usize = 32;
/// Few heads take more bytes. Room that is not used costs nothing; too little
/// of it would be made again, twice as large.
const ROOM: usize = 2048;

/// What is known of one document.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    path: Box<str>,
    size: u64,
    /// Nothing where it could not be trusted.
    stamp: Option<Stamp>,
    /// Of the file's bytes, and of the HTML.
    content: Key,
    html: Key,
    /// The file that holds the HTML, its place and its length there.
    bodies: u32,
    at: u64,
    len: u32,
    /// Place and length of the encoded head behind the table.
    head: (u32, u32),
}

/// Everything in the file of heads but the heads.
#[derive(Default, Serialize, Deserialize)]
struct Table {
    /// Names and lengths of the files of HTML.
    bodies: Vec<(String, u64)>,
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
    heads: Vec<u8>,
    bodies: Vec<Arc<File>>,
    /// Where new HTML goes; made when there is some.
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
        let (table, heads, bodies) = found.map(|(parts, _)| parts).unwrap_or_default();
        let (options, fresh) = (Arc::new(options.clone()), OnceLock::new());
        Shelf { dir, identity, state, options, table, heads, bodies, fresh, writes }
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
        let head: Head = postcard::from_bytes(self.head(row)?).ok()?;
        let bodies = self.bodies.get(row.bodies as usize)?;
        let html = self.html(file, row.html, (bodies, row.at, row.len));
        Some((number, parse::restored(&file.path, &self.options, (head, html))))
    }

    fn head(&self, row: &Row) -> Option<&[u8]> {
        let (at, len) = (row.head.0 as usize, row.head.1 as usize);
        self.heads.get(at..at.checked_add(len)?)
    }

    fn html(&self, file: &SourceFile, key: Key, (bodies, at, len): (&Arc<File>, u64, u32)) -> Html {
        let (path, disk) = (Arc::clone(&file.path), file.disk.clone());
        let (bodies, options) = (Arc::clone(bodies), Arc::clone(&self.options));
        Html::kept(key, Arc::new(Body { bodies, at, len, path, disk, options }))
    }

    /// Takes the HTML of a new document out of memory, if it may be written.
    pub fn put_away(&self, file: &SourceFile, doc: &mut Doc) {
        let fresh = || self.writes.then(|| File::create(&self.dir, BODIES).ok()).flatten();
        let Some(bodies) = self.fresh.get_or_init(|| fresh().map(Arc::new)) else { return };
        let Some(html) = doc.html.text() else { return };
        if let (Some(at), Ok(len)) = (bodies.append(html.as_bytes()), u32::try_from(html.len())) {
            doc.html = self.html(file, doc.html.key(), (bodies, at, len));
        }
    }

    fn write(mut self, docs: &[Shelved<'_>], seen: i64) -> io::Result<Key> {
        cache::hide(&self.dir)?;
        let mut bodies = std::mem::take(&mut self.bodies);
        bodies.extend(self.fresh.take().flatten());
        let live: u64 = docs.iter().filter_map(|doc| Some(u64::from(doc.body()?.len))).sum();
        let all: u64 = bodies.iter().map(|file| file.len()).sum();
        if bodies.len() > MANY || all > live.saturating_mul(2) {
            bodies.push(Arc::new(File::create(&self.dir, BODIES)?));
            return self.save_rows(docs, seen, &bodies, bodies.last());
        }
        self.save_rows(docs, seen, &bodies, None)
    }

    /// Writes the table. `into`: the file of HTML that all of it is to be in.
    fn save_rows(
        &self,
        docs: &[Shelved<'_>],
        seen: i64,
        bodies: &[Arc<File>],
        into: Option<&Arc<File>>,
    ) -> io::Result<Key> {
        let mut heads = Vec::with_capacity(self.heads.len().max(docs.len() * ROOM));
        let mut table = Table::default();
        let mut used: Vec<&Arc<File>> = Vec::new();
        for doc in docs {
            let Some(body) = doc.body() else { continue };
            let Some((place, at)) = placed(body, bodies, into) else { continue };
            let start = heads.len();
            match doc.number.and_then(|number| self.head(self.table.rows.get(number)?)) {
                Some(head) => heads.extend_from_slice(head),
                None => heads = encode(heads, &doc.doc.head)?,
            }
            let number = used.iter().position(|file| Arc::ptr_eq(file, place));
            let number = number.unwrap_or_else(|| {
                used.push(place);
                used.len() - 1
            });
            let file = doc.file;
            table.rows.push(Row {
                path: (*file.path).into(),
                size: file.size,
                stamp: is_settled(file, seen).then_some(file.stamp),
                content: doc.content,
                html: doc.doc.html.key(),
                bodies: number_of(number)?,
                at,
                len: body.len,
                head: (number_of(start)?, number_of(heads.len() - start)?),
            });
        }
        table.bodies = used.iter().map(|file| (file.name.clone(), file.len())).collect();
        let what = leave(&self.dir, self.identity, &table, &heads)?;
        Ok(state(self.identity, what))
    }
}

/// What was found and made, for the next run. It may be left while others
/// already work with the documents.
pub struct Leaving<'a> {
    pub shelf: Shelf,
    /// Ascending by path.
    pub docs: Vec<Shelved<'a>>,
    /// When looking at the files began, in nanoseconds since 1970.
    pub seen: i64,
}

impl Leaving<'_> {
    /// Writes it; gives the state that the shelf is left in.
    pub fn leave(self) -> Option<Key> {
        let Leaving { shelf, docs, seen } = self;
        let same = docs.len() == shelf.table.rows.len()
            && docs.iter().all(|doc| doc.number.is_some() && !doc.read);
        if same {
            return shelf.state;
        }
        // What cannot be kept costs the next run its time, no more.
        if shelf.writes { shelf.write(&docs, seen).ok() } else { None }
    }
}

/// A document as it is to be left.
pub struct Shelved<'a> {
    pub file: &'a SourceFile,
    pub content: Key,
    pub doc: Arc<Doc>,
    /// Its row of the earlier run.
    pub number: Option<usize>,
    /// Whether the file had to be read to know it.
    pub read: bool,
}

impl Shelved<'_> {
    fn body(&self) -> Option<&Body> {
        self.doc.html.keeper()
    }
}

/// The file and place of HTML; moved to `into`, if that is where it should be.
fn placed<'a>(
    body: &Body,
    bodies: &'a [Arc<File>],
    into: Option<&'a Arc<File>>,
) -> Option<(&'a Arc<File>, u64)> {
    match into {
        Some(into) => Some((into, into.append(body.bodies.read(body.at, body.len)?.as_bytes())?)),
        None => Some((bodies.iter().find(|file| Arc::ptr_eq(file, &body.bodies))?, body.at)),
    }
}

fn encode(heads: Vec<u8>, head: &Head) -> io::Result<Vec<u8>> {
    postcard::to_extend(head, heads).map_err(io::Error::other)
}

fn number_of(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(io::Error::other)
}

fn state(identity: Key, what: Key) -> Key {
    let mut key = KeyBuilder::new("shelf state");
    key.put_key(identity).put_key(what);
    key.finish()
}

/// The table, the heads and the files of HTML.
type Parts = (Table, Vec<u8>, Vec<Arc<File>>);

/// What lies in a folder, if it is whole and ours, and its key.
fn read(dir: &Path, identity: Key) -> Option<(Parts, Key)> {
    let mut bytes = fs::read(dir.join(HEADS)).ok()?;
    let (marks, rest) = bytes.split_at_checked(MARKS)?;
    let (who, what) = marks.split_at(MARKS / 2);
    let key = Key::of(rest);
    if who != identity.0 || what != key.0 {
        return None;
    }
    let (table, heads): (Table, &[u8]) = postcard::take_from_bytes(rest).ok()?;
    let table_end = bytes.len() - heads.len();
    bytes.drain(..table_end);
    let open = |(name, len): &(String, u64)| {
        let file = File::open(dir, name)?;
        (file.len() >= *len).then(|| Arc::new(file))
    };
    let bodies = table.bodies.iter().map(open).collect::<Option<Vec<_>>>()?;
    Some(((table, bytes, bodies), key))
}

/// Writes the table in one step and removes what it no longer refers to; gives
/// the key of what was written.
fn leave(dir: &Path, identity: Key, table: &Table, heads: &[u8]) -> io::Result<Key> {
    let table_bytes = postcard::to_allocvec(table).map_err(io::Error::other)?;
    let mut draft = tempfile::NamedTempFile::with_prefix_in(HEADS, dir)?;
    let mut hash = StreamHash::new();
    hash.update(&table_bytes);
    hash.update(heads);
    let key = hash.finish();
    for part in [&identity.0[..], &key.0, &table_bytes, heads] {
        draft.write_all(part)?;
    }
    draft.persist(dir.join(HEADS)).map_err(|error| error.error)?;
    for entry in fs::read_dir(dir)?.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != HEADS && !table.bodies.iter().any(|(kept, _)| *kept == name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(key)
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
