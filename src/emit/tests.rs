//! The promises of the output, one by one, on real folders.

mod adopt;
pub(super) mod kill;
mod refuse;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// What a build is to publish: path, class, text.
type Files<'a> = &'a [(&'a str, Class, &'a str)];

/// A site of its own in a temporary folder.
struct Bed {
    _temp: tempfile::TempDir,
    root: PathBuf,
    out: PathBuf,
}

impl Bed {
    fn new() -> Bed {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let root = temp.path().join("site");
        fs::create_dir(&root).expect("a root");
        Bed { out: root.join("public"), root, _temp: temp }
    }

    fn open(&self) -> Emitter {
        self.recover().0
    }

    fn recover(&self) -> (Emitter, Recovery) {
        Emitter::open(&self.root, &self.out, Options::default(), &|| {}).expect("opens")
    }

    fn build(&self, files: Files) -> Written {
        build(self.open(), files).expect("builds")
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.out.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.out)
    }

    fn shows(&self, files: &[(&str, &str)]) {
        let want: BTreeMap<_, _> =
            files.iter().map(|(p, t)| (p.to_string(), t.as_bytes().to_vec())).collect();
        assert_eq!(self.files(), want);
    }

    /// The folder of the output's state.
    fn state(&self) -> PathBuf {
        let entries = fs::read_dir(self.root.join(".tintot")).expect("a state");
        let mut dirs = entries.flatten().map(|e| e.path()).filter(|path| path.is_dir());
        dirs.next().expect("one output")
    }
}

fn path(text: &str) -> OutputPath {
    OutputPath::new(text).expect("a path of the test")
}

fn build(emitter: Emitter, files: Files) -> Result<Written, Fault> {
    for (name, class, text) in files {
        let key = Key::of(text.as_bytes());
        if emitter.keep(&path(name), *class, key).is_none() {
            emitter.put(&path(name), *class, key, text.as_bytes())?;
        }
    }
    emitter.commit()
}

/// All files below a folder with their bytes; a folder without any is `path/`.
fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, name: &str, all: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(dir) else {
            return;
        };
        let mut empty = true;
        for entry in entries.flatten() {
            empty = false;
            let name = format!("{name}{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("a kind").is_dir() {
                walk(&entry.path(), &format!("{name}/"), all);
            } else {
                all.insert(name, fs::read(entry.path()).unwrap_or_default());
            }
        }
        if empty && !name.is_empty() {
            all.insert(name.to_owned(), Vec::new());
        }
    }
    let mut all = BTreeMap::new();
    walk(dir, "", &mut all);
    all
}

/// Created, changed, unchanged, removed.
fn counts(written: &Written) -> (usize, usize, usize, usize) {
    (written.created, written.changed, written.unchanged, written.removed)
}

use Class::{Asset, Entry, Feed, List, Other};

const FIRST: Files = &[
    ("anh/a.0a1b2c3d.svg", Asset, "<svg/>"),
    ("tin/mot/index.html", Entry, "một"),
    ("tin/hai/index.html", Entry, "hai"),
    ("index.html", List, "mới: hai, một"),
    ("atom.xml", Feed, "<feed/>"),
];

#[test]
fn a_first_build_publishes_everything_and_leaves_no_traces() {
    let bed = Bed::new();
    let written = bed.build(FIRST);
    assert_eq!(counts(&written), (5, 0, 0, 0));
    let total: u64 = FIRST.iter().map(|(_, _, text)| text.len() as u64).sum();
    assert_eq!(written.bytes, total);
    let shown: Vec<_> = FIRST.iter().map(|(p, _, t)| (*p, *t)).collect();
    bed.shows(&shown);
    assert_eq!(fs::read(bed.root.join(".tintot/.gitignore")).expect("a note"), b"*\n");
    let state: Vec<_> = tree(&bed.state()).into_keys().collect();
    assert_eq!(state, ["lock", "manifest"]);
}

#[cfg(unix)]
#[test]
fn an_empty_output_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let bed = Bed::new();
    fs::create_dir(&bed.out).expect("an output");
    fs::set_permissions(&bed.out, fs::Permissions::from_mode(0o2750)).expect("rights");
    assert_eq!(counts(&bed.build(FIRST)), (5, 0, 0, 0));
    let mode = bed.out.metadata().expect("an output").permissions().mode();
    assert_eq!((mode & 0o7777, bed.files().len()), (0o2750, 5));
}

#[test]
fn a_build_without_changes_writes_nothing() {
    let bed = Bed::new();
    bed.build(FIRST);
    let stamps = |dir: &Path| {
        let mut stamps = Vec::new();
        for path in tree(dir).keys() {
            stamps.push(dir.join(path).metadata().and_then(|m| m.modified()).expect("a time"));
        }
        stamps.push(dir.metadata().and_then(|m| m.modified()).expect("a time"));
        stamps
    };
    let before = (stamps(&bed.root), stamps(&bed.state()));
    assert_eq!(counts(&bed.build(FIRST)), (0, 0, 5, 0));
    assert_eq!((stamps(&bed.root), stamps(&bed.state())), before);
}

#[test]
fn only_changed_bytes_are_written_and_the_gone_removed() {
    let bed = Bed::new();
    bed.build(FIRST);
    let same = bed.out.join("tin/mot/index.html");
    let time = same.metadata().and_then(|m| m.modified()).expect("a time");
    let emitter = bed.open();
    // Another key, the same bytes: not written.
    emitter.put(&path("tin/mot/index.html"), Entry, Key::of(b"k"), "một".as_bytes()).expect("put");
    emitter.put(&path("index.html"), List, Key::of(b"k"), "mới: một".as_bytes()).expect("put");
    emitter.put(&path("ban/moi.txt"), Other, Key::of(b"k"), b"!").expect("put");
    let written = emitter.commit().expect("commits");
    assert_eq!(counts(&written), (1, 1, 1, 3));
    bed.shows(&[("tin/mot/index.html", "một"), ("index.html", "mới: một"), ("ban/moi.txt", "!")]);
    assert_eq!(same.metadata().and_then(|m| m.modified()).expect("a time"), time);
    let kept = bed.open().keep(&path("tin/mot/index.html"), Entry, Key::of(b"k"));
    assert_eq!(kept, Some(Key::of("một".as_bytes())));
}

#[test]
fn folders_and_files_of_others_stay() {
    let bed = Bed::new();
    bed.write("tin/CNAME", "của người khác");
    bed.write("cu/.keep", "");
    fs::remove_file(bed.out.join("cu/.keep")).expect("an empty folder");
    bed.build(&[("khac.txt", Other, "1")]);
    bed.build(&[
        ("cu/a.txt", Other, "1"),
        ("tin/b/c.txt", Other, "2"),
        ("moi/d/e.txt", Other, "3"),
    ]);
    bed.build(&[("cu/a.txt", Other, "1")]);
    bed.shows(&[("cu/a.txt", "1"), ("tin/CNAME", "của người khác")]);
    bed.build(&[]);
    bed.shows(&[("cu/", ""), ("tin/CNAME", "của người khác")]);
}

#[test]
fn edited_files_are_overwritten_while_ours_and_kept_when_leaving() {
    let bed = Bed::new();
    bed.build(FIRST);
    bed.write("tin/mot/index.html", "sửa tay");
    bed.write("tin/hai/index.html", "sửa");
    assert_eq!(
        bed.open().keep(&path("tin/mot/index.html"), Entry, Key::of("một".as_bytes())),
        None
    );
    let written = bed.build(&[("tin/mot/index.html", Entry, "một")]);
    assert_eq!(counts(&written), (0, 1, 0, 3));
    assert_eq!(written.notes.len(), 1);
    assert!(written.notes[0].en.contains("tin/hai/index.html"));
    bed.shows(&[("tin/mot/index.html", "một"), ("tin/hai/index.html", "sửa")]);
    // Forgotten: the next build says nothing of it.
    assert!(bed.build(&[("tin/mot/index.html", Entry, "một")]).notes.is_empty());
}

#[test]
fn a_file_touched_or_restored_is_known_by_its_bytes() {
    let bed = Bed::new();
    bed.build(FIRST);
    let file = bed.out.join("tin/mot/index.html");
    fs::remove_file(&file).expect("removes");
    fs::write(&file, "một").expect("restores");
    assert_eq!(counts(&bed.build(FIRST)), (0, 0, 5, 0));
    fs::remove_file(&file).expect("removes");
    assert_eq!(counts(&bed.build(FIRST)), (1, 0, 4, 0));
    assert_eq!(bed.files().len(), 5);
}

#[test]
fn a_site_that_was_moved_or_lost_its_output_goes_on() {
    let bed = Bed::new();
    bed.build(FIRST);
    let moved = bed.root.with_file_name("noi-khac");
    fs::rename(&bed.root, &moved).expect("moves");
    let there = Bed { out: moved.join("public"), root: moved, _temp: bed._temp };
    assert_eq!(counts(&there.build(FIRST)), (0, 0, 5, 0));
    fs::remove_dir_all(&there.out).expect("removes");
    assert_eq!(counts(&there.build(&FIRST[..4])), (4, 0, 0, 0));
    assert_eq!(there.files().len(), 4);
}

#[test]
fn files_and_folders_of_ours_trade_places() {
    let bed = Bed::new();
    bed.write("x.txt", "");
    let one: Files = &[("a", Entry, "1"), ("b/c/d", Entry, "2"), ("b/e", Asset, "3")];
    let two: Files = &[("a/x/y", Entry, "1"), ("b", Entry, "2")];
    bed.build(one);
    bed.build(two);
    bed.shows(&[("a/x/y", "1"), ("b", "2"), ("x.txt", "")]);
    bed.build(one);
    bed.shows(&[("a", "1"), ("b/c/d", "2"), ("b/e", "3"), ("x.txt", "")]);
    // Not if somebody else has put something there.
    bed.write("b/c/f", "của người khác");
    let before = bed.files();
    assert!(build(bed.open(), two).is_err());
    assert_eq!(bed.files(), before);
}

#[test]
fn files_are_copied_whatever_their_size() {
    let bed = Bed::new();
    let from = bed.root.join("phim.bin");
    for (size, want) in [(10, 1), (3 << 20, 1), (3 << 20, 0)] {
        let bytes: Vec<u8> = (0..size as u32).map(|n| (n % 251) as u8).collect();
        fs::write(&from, &bytes).expect("a source");
        let emitter = bed.open();
        let content = emitter.copy(&path("phim.bin"), Asset, Key::of(b""), &from).expect("copies");
        assert_eq!(content, Key::of(&bytes));
        let written = emitter.commit().expect("commits");
        assert_eq!(written.created + written.changed, want);
        assert_eq!(fs::read(bed.out.join("phim.bin")).expect("a copy"), bytes);
    }
    let emitter = bed.open();
    let missing = emitter.copy(&path("x"), Asset, Key::of(b""), &bed.root.join("x"));
    assert_eq!(missing.expect_err("missing").kind(), Some(std::io::ErrorKind::NotFound));
    emitter.commit().expect_err("a build with a fault is not published");
    assert!(bed.out.join("phim.bin").exists());
}

#[test]
fn what_is_abandoned_never_was() {
    let bed = Bed::new();
    bed.build(FIRST);
    let (before, state) = (bed.files(), tree(&bed.root));
    let emitter = bed.open();
    emitter.put(&path("index.html"), List, Key::of(b""), b"x").expect("puts");
    emitter.abandon();
    assert_eq!((bed.files(), tree(&bed.root)), (before, state));
}

#[test]
fn many_threads_stage_at_once() {
    let bed = Bed::new();
    for round in 0..2 {
        let emitter = bed.open();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let emitter = &emitter;
                scope.spawn(move || {
                    for n in 0..50 {
                        let text = format!("{round} {thread} {n}");
                        let name = path(&format!("{}/{thread}-{n}.html", n % 7));
                        emitter.put(&name, Entry, Key::of(b""), text.as_bytes()).expect("puts");
                    }
                });
            }
        });
        emitter.commit().expect("commits");
        let files = bed.files();
        assert_eq!(files.len(), 400);
        assert_eq!(files["3/7-45.html"], format!("{round} 7 45").into_bytes());
    }
}

#[test]
fn two_builds_at_once_take_turns() {
    let bed = Bed::new();
    let first = bed.open();
    let waited = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let waiting = || waited.store(true, Relaxed);
            let opened = Emitter::open(&bed.root, &bed.out, Options::default(), &waiting);
            build(opened.expect("opens").0, &[("a", Entry, "hai")]).expect("builds")
        });
        while !waited.load(Relaxed) {
            std::thread::yield_now();
        }
        build(first, &[("a", Entry, "một"), ("b", Entry, "một")]).expect("builds");
        assert_eq!(counts(&second.join().expect("ends")), (0, 1, 0, 1));
    });
    bed.shows(&[("a", "hai")]);
}

/// Only where the machine has a second file system in the usual place.
#[test]
fn an_output_on_another_file_system_is_staged_there() {
    let Ok(there) = tempfile::tempdir_in("/dev/shm") else {
        return;
    };
    let bed = Bed::new();
    let out = there.path().join("a/public");
    let bed = Bed { out, ..bed };
    bed.build(FIRST);
    assert_eq!(counts(&bed.build(&FIRST[1..])), (0, 0, 4, 1));
    let emitter = bed.open();
    emitter.put(&path("index.html"), List, Key::of(b""), b"x").expect("puts");
    emitter.commit().expect("commits");
    bed.shows(&[("index.html", "x")]);
    assert_eq!(tree(there.path()).len(), 1, "nothing stays beside the output");
}
