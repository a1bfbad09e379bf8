//! HTML and heads in files on disk, read and written at any place by any thread.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::parse::{self, Keeper, ParseOptions};
use crate::scan::Disk;

thread_local! {
    /// Room to read into and to write from, as large as was ever needed: fresh room
    /// would have to be asked for and be filled with zeros first.
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// How their names begin.
const PREFIX: &str = "texts-";

/// Tells files apart, whatever they are called.
static NUMBERS: AtomicU64 = AtomicU64::new(0);

/// A file of texts, one after the other.
pub struct File {
    pub name: String,
    /// No other file that this process opens has the same.
    pub number: u64,
    file: fs::File,
    end: AtomicU64,
    /// Whether this very process wrote it: what it reads there is what it wrote.
    own: bool,
}

impl File {
    /// A new file with a name that no other has.
    pub fn create(dir: &Path) -> io::Result<File> {
        fs::create_dir_all(dir)?;
        let (file, path) = tempfile::Builder::new().prefix(PREFIX).tempfile_in(dir)?.keep()?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(File { name, number: number(), file, end: AtomicU64::new(0), own: true })
    }

    /// A file that an earlier run left.
    pub fn open(dir: &Path, name: &str) -> Option<File> {
        // Names come from a file: they must not lead anywhere else.
        if name.contains(['/', '\\']) {
            return None;
        }
        let file = fs::File::open(dir.join(name)).ok()?;
        let end = file.metadata().ok()?.len();
        let (name, end) = (name.to_owned(), AtomicU64::new(end));
        Some(File { name, number: number(), file, end, own: false })
    }

    pub fn len(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }

    /// Adds bytes; gives their place.
    pub fn append(&self, bytes: &[u8]) -> Option<u64> {
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(&self.file, bytes, at).ok()?;
        Some(at)
    }

    /// Adds texts one behind the other; gives the place of the first.
    pub fn append_all<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<u64> {
        let mut room = ROOM.take();
        room.clear();
        texts.for_each(|text| room.extend_from_slice(text.as_bytes()));
        let at = self.append(&room);
        ROOM.set(room);
        at
    }

    /// Reads what lies at a place; nothing where the file is shorter.
    pub fn fill(&self, at: u64, bytes: &mut [u8]) -> Option<()> {
        let end = at.checked_add(bytes.len() as u64)?;
        if end > self.len() { None } else { read_at(&self.file, bytes, at).ok() }
    }

    /// Hands out the text at a place, if it is text. Whoever takes it may ask for
    /// another meanwhile.
    pub fn read<T>(&self, at: u64, len: u32, each: impl FnOnce(&str) -> T) -> Option<T> {
        let mut room = ROOM.take();
        let made = self.read_into(&mut room, at, len).map(each);
        ROOM.set(room);
        made
    }

    fn read_into<'r>(&self, room: &'r mut Vec<u8>, at: u64, len: u32) -> Option<&'r str> {
        let len = len as usize;
        if room.len() < len {
            room.resize(len.min(self.len() as usize), 0);
        }
        let bytes = room.get_mut(..len)?;
        self.fill(at, bytes)?;
        // Of Vietnamese the standard library's check takes many times as long.
        simdutf8::basic::from_utf8(bytes).ok()
    }
}

fn number() -> u64 {
    NUMBERS.fetch_add(1, Ordering::Relaxed)
}

#[cfg(unix)]
fn write_at(file: &fs::File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &fs::File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &fs::File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            done => (bytes, at) = (&bytes[done..], at + done as u64),
        }
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &fs::File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            done => (bytes, at) = (&mut bytes[done..], at + done as u64),
        }
    }
    Ok(())
}

/// The HTML of one document in such a file.
pub struct Body {
    pub texts: Arc<File>,
    pub at: u64,
    pub len: u32,
    /// The document's file, from the root and on the disk.
    pub path: Arc<str>,
    pub disk: Disk,
    pub options: Arc<ParseOptions>,
}

impl Body {
    /// The document parsed again, should what was kept be damaged.
    fn anew(&self) -> Option<String> {
        let bytes = fs::read(self.disk.path(&self.path)).ok()?;
        let (doc, _) = parse::doc(&self.path, &bytes, &self.options);
        Some(doc?.html.text()?.into_owned())
    }
}

impl Keeper for Body {
    fn html(&self, is_it: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(&str)) {
        let handed = self.texts.read(self.at, self.len, |html| {
            let right = self.texts.own || is_it(html);
            if right {
                each(html);
            }
            right
        });
        if handed != Some(true)
            && let Some(html) = self.anew().filter(|html| is_it(html))
        {
            each(&html);
        }
    }
}
