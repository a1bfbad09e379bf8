//! The disk as a list of files.
//!
//! Takes the site's root, gives a [`Tree`] sorted by path and diagnostics for
//! names that cannot be used; reads names and sizes only, contents on request
//! ([`SourceFile::read`]). Follows links that stay inside the site, never
//! others. Paths are NFC and `/`-separated whatever the disk says, since a Mac
//! writes decomposed names.
#![allow(clippy::disallowed_methods, reason = "scan is where sources are read")]

use std::fs::File;
use std::io::ErrorKind;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::base::diag::{Bi, Diagnostic, Diagnostics, Span};
use crate::base::fault::Fault;
use crate::base::hash::KeyBuilder;
use crate::disk::{self, Anchor, Look};
use crate::{bi, rules};

rules! {
    NAME_NOT_UTF8 = "T0401" Error,
        "Tên tệp không phải UTF-8", "File name is not UTF-8",
        "Tên tệp có ký tự mà máy khác không đọc được. Hãy đổi tên tệp bằng chữ thường không dấu, ví dụ: chi-lan-trong-cay.md.",
        "The file name has bytes that are not UTF-8. Rename the file with plain letters, for example chi-lan-trong-cay.md.";
    SAME_NAME = "T0402" Error,
        "Hai tệp trùng tên", "Two files with one name",
        "Hai tệp nhìn giống hệt tên nhau nhưng ghi dấu theo hai cách (dựng sẵn và tổ hợp). Hãy giữ lại một tệp.",
        "Two file names look the same and differ only in how their marks are encoded. Keep one of them.";
    LINK_OUTSIDE = "T0403" Error,
        "Liên kết tệp dẫn ra ngoài trang", "Link leads outside the site",
        "Một liên kết (symlink) trỏ tới nơi nằm ngoài các thư mục content, static, themes của trang, nên không được đọc: nếu đọc, tệp riêng tư trên máy có thể bị đăng lên, hoặc trang đã dựng bị chép lồng vào chính nó. Hãy chép tệp vào trong trang.",
        "A symbolic link points outside the site's folders content, static and themes and is not followed: a private file could be published by it, or the finished site copied into itself. Copy the file into the site instead.";
    UNREADABLE = "T0404" Error,
        "Không đọc được tệp", "Cannot read a file",
        "Tệp có trong thư mục nhưng không mở được: thiếu quyền đọc, liên kết gãy hoặc vòng lặp liên kết. Hãy kiểm tra quyền của tệp hoặc xóa liên kết hỏng.",
        "The file is there but cannot be opened: no permission, a broken link, or links that run in a circle. Check its permissions or remove the broken link.";
    NAME_TOO_LONG = "T0405" Error,
        "Tên tệp quá dài", "File name too long",
        "Tên một tệp hoặc thư mục dài hơn 200 byte. Chữ có dấu chiếm 2-3 byte, nên hãy đặt tên ngắn, không dấu.",
        "A file or folder name is longer than 200 bytes. Letters with marks take 2-3 bytes each: use a short plain name.";
    TOO_LARGE = "T0406" Error,
        "Tệp quá lớn", "File too large",
        "Một tệp văn bản (Markdown, YAML, mẫu) lớn hơn 4 MB. Bài viết dài nhất cũng chưa tới một phần mười chừng ấy; có lẽ một tệp khác bị đổi đuôi nhầm. Hãy tách nhỏ hoặc đổi lại đuôi tệp.",
        "A text file (Markdown, YAML, template) is larger than 4 MB. The longest story is not a tenth of that; perhaps another file got the wrong ending. Split it or rename it.";
    NOT_A_FILE = "T0413" Error,
        "Thư mục mang tên như một bài", "Folder with the name of an entry",
        "Tên thư mục không nên có đuôi .md: người viết tưởng đó là một bài, còn chương trình thấy một thư mục. Một bài có tệp riêng nằm trong thư mục ten-bai/, bài là ten-bai/index.md.",
        "A folder's name should not end in .md: it looks like an entry and is none. An entry with files of its own lies in a folder my-story/ and is called my-story/index.md.";
}

/// Largest text file that is read, in bytes.
const TEXT_LIMIT: u64 = 4 << 20;
/// Room that is made for a file before it is read, in bytes.
const ROOM: usize = 64 << 20;
/// Longest file or folder name, in bytes; leaves room for what the output adds.
const NAME_LIMIT: usize = 200;

/// Files that one thread asks about at a time.
const SHARE: usize = 256;

/// The configuration, at the root.
pub const CONFIG: &str = "site.yaml";
/// The folders of sources. All else at the root (the output, `.git`, our own
/// state) is not looked at.
pub const FOLDERS: [&str; 3] = ["content", "static", "themes"];

/// All files of a site, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub root: PathBuf,
    pub files: Vec<SourceFile>,
    /// When looking began, in nanoseconds since 1970.
    pub seen: i64,
}

#[derive(Debug, Clone)]
pub struct SourceFile {
    /// From the root, NFC, `/`-separated: `content/guong-sang/chi-lan.md`.
    pub path: Arc<str>,
    pub disk: Disk,
    pub size: u64,
    pub kind: FileKind,
    pub stamp: Stamp,
}

/// How the disk spells the path of a file: the site's folder and the path as it
/// is, for nearly every file.
#[derive(Debug, Clone)]
pub struct Disk {
    root: Arc<Path>,
    /// The whole path where it is spelled otherwise.
    own: Option<Arc<Path>>,
}

impl Disk {
    /// Where a file whose path from the root is `path` is found.
    pub fn path(&self, path: &str) -> PathBuf {
        self.own.as_ref().map_or_else(|| self.root.join(path), |own| own.to_path_buf())
    }
}

/// What the system says of a file besides its contents: changes when they do,
/// as far as its clock can tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Nanoseconds since 1970.
    pub modified: i64,
    /// When anything about the file changed, its name included; 0 where the
    /// system does not say.
    pub changed: i64,
    /// Its number on the volume, if it has one.
    pub node: u64,
}

impl Stamp {
    fn of(look: &Look) -> Stamp {
        // A time that cannot be had is never older than anything.
        let modified = look.modified.filter(|time| *time >= 0).unwrap_or(i64::MAX);
        Stamp { modified, changed: look.changed, node: look.node }
    }
}

/// What a file is for, by where it lies and how its name ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `site.yaml`
    Config,
    /// Markdown below `content/`.
    Doc,
    /// Below `content/data/`.
    Data,
    /// Anything else below `content/`.
    Media,
    /// Below `themes/`.
    Theme,
    /// Below `static/`.
    Static,
}

impl Tree {
    /// The file at a path from the root.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        let at = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        self.files.get(at)
    }

    pub fn of_kind(&self, kind: FileKind) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(move |file| file.kind == kind)
    }
}

impl SourceFile {
    /// The bytes of a text file, or why they cannot be had.
    pub fn read(&self) -> Result<Vec<u8>, Diagnostic> {
        if self.size > TEXT_LIMIT {
            let megabytes = self.size >> 20;
            let message = bi!(
                "tệp lớn {megabytes} MB, quá mức 4 MB",
                "the file has {megabytes} MB, more than 4 MB"
            );
            let help = bi!(
                "tách nhỏ tệp; ảnh và dữ liệu hãy để thành tệp riêng",
                "split the file; keep pictures and data in files of their own"
            );
            return Err(Diagnostic::new(&TOO_LARGE, message).at(Span::file(&self.path)).help(help));
        }
        self.read_any()
    }

    /// As the disk spells it.
    pub fn on_disk(&self) -> PathBuf {
        self.disk.path(&self.path)
    }

    /// Enters its path and what tells its spelling on the disk.
    pub fn name_in(&self, key: &mut KeyBuilder) {
        let own = self.disk.own.as_ref().map_or(&b""[..], |own| own.as_os_str().as_encoded_bytes());
        key.put_str(&self.path).put(own);
    }

    /// Whether it still is a text file of its own, no link and not too large.
    pub fn is_plain(&self) -> bool {
        let meta = self.on_disk().symlink_metadata();
        meta.is_ok_and(|meta| meta.is_file() && meta.len() <= TEXT_LIMIT)
    }

    /// The bytes of any file, whatever its size.
    pub fn read_any(&self) -> Result<Vec<u8>, Diagnostic> {
        let bytes = File::open(self.on_disk()).and_then(|file| disk::read(file, self.size, ROOM));
        bytes.map_err(|error| unreadable(&self.path, why(error.kind())))
    }
}

/// The text of `site.yaml` alone, if it can be read.
pub fn config(root: &Path) -> Option<String> {
    std::fs::read_to_string(root.join(CONFIG)).ok()
}

/// Nanoseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// Walks the site. Folders that do not exist are empty.
pub fn scan(root: &Path) -> Result<(Tree, Diagnostics), Fault> {
    let seen = now();
    let canonical = root.canonicalize().map_err(|error| {
        Fault::io(
            bi!("không mở được thư mục của trang", "cannot open the site's folder"),
            root,
            error,
        )
    })?;
    let mut diags = Vec::new();
    let shared: Arc<Path> = canonical.as_path().into();
    let (mut files, problem) = config_file(&shared);
    diags.extend(problem);
    let sources: Vec<PathBuf> =
        FOLDERS.iter().filter_map(|folder| canonical.join(folder).canonicalize().ok()).collect();
    let (asked, anchor) = (Mutex::new(Vec::new()), Anchor::at(&canonical));
    // Asking the system about a file takes as long as finding it: other threads
    // do that meanwhile.
    rayon::in_place_scope(|scope| {
        let (root, asked) = ((&shared, &anchor), &asked);
        for folder in FOLDERS {
            let bounds = Bounds { root: &canonical, sources: &sources };
            walk(bounds, folder, &mut diags, &mut |some: Vec<DirEntry>| {
                scope.spawn(move |_| {
                    let some = some.iter().map(|entry| source_file(root, folder, entry));
                    let some: Vec<SourceFile> = some.collect();
                    asked.lock().unwrap_or_else(PoisonError::into_inner).extend(some);
                });
            });
        }
    });
    files.extend(asked.into_inner().unwrap_or_else(PoisonError::into_inner));
    let by_path = |a: &SourceFile, b: &SourceFile| a.path.cmp(&b.path);
    files.par_sort_by(|a, b| by_path(a, b).then_with(|| a.on_disk().cmp(&b.on_disk())));
    for pair in files.windows(2) {
        if pair[0].path == pair[1].path {
            let path = &pair[0].path;
            let message = bi!("hai tệp cùng tên `{path}`", "two files are called `{path}`");
            let help = bi!(
                "hai tên gõ dấu theo hai cách nên nhìn như nhau; giữ lại một tệp",
                "the marks are typed in two ways that look alike; keep one of the files"
            );
            diags.push(Diagnostic::new(&SAME_NAME, message).at(Span::file(path)).help(help));
        }
    }
    files.dedup_by(|b, a| a.path == b.path);
    Ok((Tree { root: canonical, files, seen }, diags))
}

/// Where links may lead.
#[derive(Clone, Copy)]
struct Bounds<'a> {
    root: &'a Path,
    /// The folders of sources, links resolved.
    sources: &'a [PathBuf],
}

impl Bounds<'_> {
    /// A folder of sources may lie anywhere in the site; what is in one may
    /// only lead to sources, lest the output or `.git` be published.
    fn allow(self, target: &Path, depth: usize) -> bool {
        let within = target.starts_with(self.root) && target != self.root;
        within && (depth == 0 || self.sources.iter().any(|source| target.starts_with(source)))
    }
}

fn config_file(root: &Arc<Path>) -> (Vec<SourceFile>, Option<Diagnostic>) {
    let disk = root.join(CONFIG);
    let Ok(meta) = disk.metadata() else { return (Vec::new(), None) };
    let path: Arc<str> = Arc::from(CONFIG);
    if !disk.canonicalize().is_ok_and(|target| target.starts_with(root)) {
        return (Vec::new(), Some(outside(&path)));
    }
    let (size, stamp) = (meta.len(), Stamp::of(&Look::of(&meta)));
    let disk = Disk { root: Arc::clone(root), own: None };
    (vec![SourceFile { path, disk, size, kind: FileKind::Config, stamp }], None)
}

/// Hands on the files below a folder of sources, some at a time, folder by folder
/// in the order of names.
fn walk(
    bounds: Bounds<'_>,
    folder: &str,
    diags: &mut Diagnostics,
    hand_on: &mut dyn FnMut(Vec<DirEntry>),
) {
    let mut files = Vec::new();
    let root = bounds.root;
    let top = root.join(folder);
    if !top.exists() {
        return;
    }
    let mut walker = WalkDir::new(&top).follow_links(true).sort_by(by_name).into_iter();
    while let Some(step) = walker.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(&top);
                let kind = error.io_error().map_or(ErrorKind::Other, std::io::Error::kind);
                let why = if path.is_symlink() { why_link(kind) } else { why(kind) };
                diags.push(unreadable(&relative(root, path), why));
                continue;
            }
        };
        if entry.depth() > 0 && is_left_over(folder, &entry.file_name().to_string_lossy()) {
            skip(&mut walker, &entry);
            continue;
        }
        if let Some(problem) = problem(bounds, &entry) {
            diags.push(problem);
            skip(&mut walker, &entry);
            continue;
        }
        if entry.file_type().is_file() {
            files.push(entry);
            if files.len() == SHARE {
                hand_on(mem::take(&mut files));
            }
        }
    }
    hand_on(files);
}

/// Files of one folder by name: their paths differ in nothing else, and looking
/// for the name in a path costs more than the whole walk.
fn by_name(a: &DirEntry, b: &DirEntry) -> std::cmp::Ordering {
    let (a, b) = (a.path().as_os_str(), b.path().as_os_str());
    a.as_encoded_bytes().cmp(b.as_encoded_bytes())
}

fn skip(walker: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        walker.skip_current_dir();
    }
}

/// Dot files, and what editors and systems leave behind: no site is made from
/// these. `static/` may hold dot files for hosts: `.well-known/`, `.nojekyll`.
pub fn is_left_over(folder: &str, name: &str) -> bool {
    let dot = name.starts_with('.') && (folder != "static" || name.starts_with(".git"));
    let editors = name.ends_with('~') || name.starts_with("~$");
    dot || editors || matches!(name, "Thumbs.db" | "desktop.ini" | ".DS_Store")
}

fn problem(bounds: Bounds<'_>, entry: &DirEntry) -> Option<Diagnostic> {
    let shown = || relative(bounds.root, entry.path());
    let Some(name) = entry.file_name().to_str() else {
        let shown = shown();
        let message =
            bi!("tên tệp `{shown}` không phải UTF-8", "the file name `{shown}` is not UTF-8");
        return Some(
            Diagnostic::new(&NAME_NOT_UTF8, message).at(Span::file(&shown)).help(rename()),
        );
    };
    if name.len() > NAME_LIMIT {
        let shown = shown();
        let length = name.len();
        let message = bi!(
            "tên dài {length} byte, quá mức {NAME_LIMIT}",
            "the name has {length} bytes, more than {NAME_LIMIT}"
        );
        return Some(
            Diagnostic::new(&NAME_TOO_LONG, message).at(Span::file(&shown)).help(rename()),
        );
    }
    if entry.file_type().is_dir() && name.ends_with(".md") && shown().starts_with("content/") {
        let shown = shown();
        let message = bi!("`{shown}` là một thư mục, không phải bài", "`{shown}` is a folder");
        let help = bi!(
            "bỏ đuôi .md ở tên thư mục; bài trong thư mục tên là index.md",
            "drop .md from the folder's name; the entry in it is called index.md"
        );
        return Some(Diagnostic::new(&NOT_A_FILE, message).at(Span::file(&shown)).help(help));
    }
    if entry.path_is_symlink() {
        return match entry.path().canonicalize() {
            Ok(target) if bounds.allow(&target, entry.depth()) => None,
            Ok(_) => Some(outside(&shown())),
            Err(error) => Some(unreadable(&shown(), why_link(error.kind()))),
        };
    }
    None
}

fn rename() -> Bi {
    bi!(
        "đổi tên bằng chữ thường không dấu, ví dụ chi-lan-trong-cay.md",
        "rename it with plain small letters, such as chi-lan-trong-cay.md"
    )
}

/// What is said of a link that leads out of the site.
pub fn outside(path: &Arc<str>) -> Diagnostic {
    let message = bi!(
        "liên kết `{path}` dẫn ra ngoài các thư mục nguồn của trang",
        "the link `{path}` leads outside the site's source folders"
    );
    let help = bi!(
        "chép tệp vào chỗ này thay cho liên kết",
        "put a copy of the file here instead of the link"
    );
    Diagnostic::new(&LINK_OUTSIDE, message).at(Span::file(path)).help(help)
}

fn unreadable(path: &Arc<str>, why: Bi) -> Diagnostic {
    let (vi, en) = (why.vi, why.en);
    let message = bi!("không đọc được `{path}`: {vi}", "cannot read `{path}`: {en}");
    let help = bi!(
        "kiểm tra quyền của tệp; nếu đó là liên kết hỏng, hãy xóa nó",
        "check the file's permissions; delete it if it is a broken link"
    );
    Diagnostic::new(&UNREADABLE, message).at(Span::file(path)).help(help)
}

/// What is wrong with a link that leads to no file.
fn why_link(kind: ErrorKind) -> Bi {
    match kind {
        ErrorKind::PermissionDenied => why(kind),
        ErrorKind::NotFound => bi!("liên kết không dẫn tới đâu", "the link leads nowhere"),
        _ => bi!("liên kết chạy vòng quanh", "the link runs in a circle"),
    }
}

/// What kept a file from being read, without the system's own words, which
/// name paths of the machine and speak its language.
fn why(kind: ErrorKind) -> Bi {
    match kind {
        ErrorKind::PermissionDenied => bi!("không có quyền đọc", "no permission to read it"),
        ErrorKind::NotFound => bi!("tệp đã mất", "the file is gone"),
        ErrorKind::IsADirectory => bi!("đó là một thư mục", "it is a folder"),
        _ => bi!("ổ đĩa báo lỗi", "the disk reports an error"),
    }
}

fn source_file(
    (root, anchor): (&Arc<Path>, &Anchor),
    folder: &str,
    entry: &DirEntry,
) -> SourceFile {
    let path = relative(root, entry.path());
    let same = below(root, entry.path()) == Some(&*path);
    let own = (!same).then(|| entry.path().into());
    let kind = match folder {
        "static" => FileKind::Static,
        "themes" => FileKind::Theme,
        _ if path.starts_with("content/data/") => FileKind::Data,
        _ if path.ends_with(".md") || path.ends_with(".markdown") => FileKind::Doc,
        _ => FileKind::Media,
    };
    // A size that cannot be had shows when the file is read.
    let look = match below(root, entry.path()).filter(|_| !entry.path_is_symlink()) {
        Some(path) => anchor.look(path).ok().flatten(),
        None => entry.metadata().ok().map(|meta| Look::of(&meta)),
    };
    let lost = (0, Stamp { modified: i64::MAX, ..Stamp::default() });
    let (size, stamp) = look.map_or(lost, |look| (look.size, Stamp::of(&look)));
    SourceFile { path, disk: Disk { root: Arc::clone(root), own }, size, kind, stamp }
}

/// The path from the root as the disk spells it, where parts are set off as we
/// do it. By bytes: looking at each part of a path takes ten times as long.
fn below<'a>(root: &Path, path: &'a Path) -> Option<&'a str> {
    let rest = path.to_str()?.strip_prefix(root.to_str()?)?.strip_prefix('/')?;
    cfg!(unix).then_some(rest)
}

/// The path from the root in NFC; bytes that are no UTF-8 show as U+FFFD.
pub fn relative(root: &Path, path: &Path) -> Arc<str> {
    if let Some(text) = below(root, path) {
        return Arc::from(crate::text::nfc(text).as_ref());
    }
    let rest = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = rest.iter().map(|part| part.to_string_lossy()).collect();
    Arc::from(crate::text::nfc(&parts.join("/")).as_ref())
}
