//! What one run leaves on the shelf for the next.
//!
//! Takes every document and how it was known; writes the heads that are new, the
//! table last and in one step. What lies where it lay before is not touched, until
//! there is too much that nothing refers to any more.
#![allow(clippy::disallowed_methods, reason = "the shelf is a folder of the disk")]

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::block::{self, Block};
use super::body::{Body, File};
use super::{Place, Row, Shelf, TABLE, Table, state};
use crate::base::hash::Key;
use crate::cache;
use crate::driver::record::is_settled;
use crate::parse::Doc;
use crate::scan::SourceFile;

/// With more files than this the small ones are put into one.
const MANY: usize = 8;

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
        if !shelf.writes {
            return None;
        }
        let left = shelf.write(&docs, seen);
        if let (Err(_), Some(Some(fresh))) = (&left, shelf.fresh.get()) {
            shelf.drop_file(fresh);
        }
        left.ok()
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

    fn row(&self, seen: i64, body: Place, head: (u32, u32)) -> Row {
        let file = self.file;
        Row {
            path: (*file.path).into(),
            size: file.size,
            stamp: is_settled(file, seen).then_some(file.stamp),
            content: self.content,
            html: self.doc.html.key(),
            body,
            head,
        }
    }
}

impl Shelf {
    fn write(&self, docs: &[Shelved<'_>], seen: i64) -> io::Result<Key> {
        cache::hide(&self.dir)?;
        let files = self.files.iter().flatten().chain(self.fresh.get().into_iter().flatten());
        let all = files.clone().map(|file| file.len()).fold(0, u64::saturating_add);
        let bodies = docs.iter().filter_map(|doc| Some(u64::from(doc.body()?.len)));
        let heads = self.table.blocks.iter().map(|block| u64::from(block.place.len));
        let live: u64 = bodies.chain(heads).sum();
        // Too much that nobody refers to, or too many small files beside large ones.
        let up_to = match files.count() > MANY {
            _ if all > live.saturating_mul(2) => Some(u64::MAX),
            true => Some(all / MANY as u64),
            false => None,
        };
        let Some(up_to) = up_to else { return self.save(docs, seen, None) };
        let to = Move { into: Arc::new(File::create(&self.dir)?), up_to };
        let saved = self.save(docs, seen, Some(&to));
        saved.inspect_err(|_| self.drop_file(&to.into))
    }

    /// Removes a file that no table will name: half of it may be all that the disk
    /// has room for.
    fn drop_file(&self, file: &File) {
        let _ = fs::remove_file(self.dir.join(&file.name));
    }

    /// Writes what is new or to be moved, and the table.
    fn save(&self, docs: &[Shelved<'_>], seen: i64, to: Option<&Move>) -> io::Result<Key> {
        let held = docs.iter().filter_map(|doc| Held::of(doc, to).transpose());
        let held: Vec<Held> = held.collect::<io::Result<_>>()?;
        let mut table = Table::default();
        let mut used: Vec<Arc<File>> = Vec::new();
        for range in block::ranges(held.iter().map(|held| &*held.doc.file.path)) {
            let some = held.get(range).unwrap_or_default();
            let kept = self.kept(some).filter(|(_, file, _)| !to.is_some_and(|to| to.takes(file)));
            let (block, file, heads) = match kept {
                Some(kept) => kept,
                None => {
                    let file = to.map(|to| &to.into).or_else(|| self.fresh());
                    let file = file.ok_or(io::ErrorKind::NotFound)?;
                    let (block, heads) = put(some, file)?;
                    (block, file, heads)
                }
            };
            let place = Place { file: among(&mut used, file)?, ..block.place };
            table.blocks.push(Block { first: number_of(table.rows.len())?, place, ..block });
            for (held, head) in some.iter().zip(heads) {
                let body = Place { file: among(&mut used, held.texts)?, ..held.place };
                table.rows.push(held.doc.row(seen, body, head));
            }
        }
        table.files = used.iter().map(|file| (file.name.clone(), file.len())).collect();
        Ok(state(self.identity, leave(&self.dir, self.identity, &table)?))
    }

    /// The block that these documents and no other shared before, its file, and
    /// the places of their heads.
    fn kept(&self, some: &[Held<'_>]) -> Option<(Block, &Arc<File>, Heads)> {
        let first = some.first()?.doc.number?;
        let end = first.checked_add(some.len())?;
        let rows = self.table.rows.get(first..end)?;
        let follow = some.iter().zip(first..).all(|(held, row)| held.doc.number == Some(row));
        let (block, file) = self.block(first)?;
        let begin = |row: usize| Some(self.block(row)?.0.first as usize);
        let one = begin(first) == Some(first) && begin(end.checked_sub(1)?) == Some(first);
        let whole = end == self.table.rows.len() || begin(end) == Some(end);
        (follow && one && whole).then(|| (*block, file, rows.iter().map(|row| row.head).collect()))
    }
}

/// Where what lies in files up to a size is moved.
struct Move {
    into: Arc<File>,
    up_to: u64,
}

impl Move {
    fn takes(&self, file: &File) -> bool {
        file.len() <= self.up_to
    }
}

/// A document that can be left, with the file that its HTML is in.
struct Held<'a> {
    doc: &'a Shelved<'a>,
    texts: &'a Arc<File>,
    /// There; the file has no number yet.
    place: Place,
}

impl<'a> Held<'a> {
    /// Nothing of a document whose HTML is not on the shelf, or no longer.
    fn of(doc: &'a Shelved<'_>, to: Option<&'a Move>) -> io::Result<Option<Held<'a>>> {
        let Some(body) = doc.body() else { return Ok(None) };
        let (texts, at) = match to.filter(|to| to.takes(&body.texts)) {
            Some(Move { into, .. }) => {
                let copy = |html: &str| into.append(html.as_bytes());
                let Some(at) = body.texts.read(body.at, body.len, copy) else { return Ok(None) };
                (into, at.ok_or(io::ErrorKind::WriteZero)?)
            }
            None => (&body.texts, body.at),
        };
        Ok(Some(Held { doc, texts, place: Place { file: 0, at, len: body.len } }))
    }
}

/// Places and lengths of heads in their block.
type Heads = Vec<(u32, u32)>;

/// Puts the heads of some documents into a file.
fn put(some: &[Held<'_>], file: &File) -> io::Result<(Block, Heads)> {
    let (mut bytes, mut heads) = (Vec::new(), Vec::with_capacity(some.len()));
    for held in some {
        let start = bytes.len();
        bytes = postcard::to_extend(&held.doc.doc.head, bytes).map_err(io::Error::other)?;
        heads.push((number_of(start)?, number_of(bytes.len() - start)?));
    }
    let at = file.append(&bytes).ok_or(io::ErrorKind::WriteZero)?;
    let place = Place { file: 0, at, len: number_of(bytes.len())? };
    Ok((Block { first: 0, key: Key::of(&bytes), place }, heads))
}

/// The number of a file among those that are used.
fn among(used: &mut Vec<Arc<File>>, file: &Arc<File>) -> io::Result<u32> {
    let number = used.iter().position(|known| Arc::ptr_eq(known, file)).unwrap_or_else(|| {
        used.push(Arc::clone(file));
        used.len() - 1
    });
    number_of(number)
}

/// Writes the table in one step and removes what it no longer refers to; gives
/// the key of what was written.
fn leave(dir: &Path, identity: Key, table: &Table) -> io::Result<Key> {
    let bytes = postcard::to_allocvec(table).map_err(io::Error::other)?;
    let key = Key::of(&bytes);
    let mut draft = tempfile::NamedTempFile::with_prefix_in(TABLE, dir)?;
    for part in [&identity.0[..], &key.0, &bytes] {
        draft.write_all(part)?;
    }
    draft.persist(dir.join(TABLE)).map_err(|error| error.error)?;
    // The table stands: what cannot be removed now is removed by a later run.
    for entry in fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != TABLE && !table.files.iter().any(|(kept, _)| *kept == name) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(key)
}

fn number_of(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(io::Error::other)
}
