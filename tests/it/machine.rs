//! What a machine can do to a build: no space, no rights, a clock that jumps.
//! The published site stays as it was, the message says why, and the next run
//! ends where a first one would.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::incremental::differences;
use crate::site::{Site, settle, snapshot};

const AT: &str = "2026-11-23T18:00+07:00";
/// Nobody, on every system.
const STRANGER: u32 = 65534;

/// A site whose pages all change with `which`.
fn write(root: &Path, which: &str) {
    let put = |path: String, text: String| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put(
        "site.yaml".to_owned(),
        format!(
            "title: {{vi: Tin tốt {which}}}\nbase_url: https://tintot.example/\n\
             languages:\n  - {{tag: vi, name: Tiếng Việt}}\n"
        ),
    );
    put("content/tin/_index.md".to_owned(), "---\ntitle: Tin\nkind: news\n---\n".to_owned());
    for n in 0..40 {
        let text =
            format!("---\ntitle: Tin {n}\ndate: 2026-10-{:02}\n---\nThân {n}.\n", 1 + n % 28);
        put(format!("content/tin/tin-{n}.md"), text);
    }
}

/// Runs a build of a day; its exit code and what it said.
fn run(root: &Path, day: &str, prepare: impl FnOnce(&mut Command)) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.arg("-r").arg(root).args(["build", "--at", day, "--lang", "en"]);
    prepare(&mut command);
    let output = command.output().expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn built(root: &Path) {
    let (code, said) = run(root, AT, |_| {});
    assert_eq!(code, Some(0), "{said}");
}

/// A disk of a few megabytes, gone when it is dropped.
struct Disk(tempfile::TempDir);

impl Disk {
    /// `None` where nobody may mount one.
    fn new() -> Option<Disk> {
        let dir = tempfile::tempdir().expect("a folder");
        let mut mount = Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", "size=8m", "none"]).arg(dir.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Disk(dir))
    }

    /// Leaves room for so many bytes and no more.
    fn fill(&self, free: usize) -> PathBuf {
        let filler = self.0.path().join("filler");
        let mut size = 8 << 20;
        // The disk itself says how much it takes: writing stops where it is full.
        let _ = std::fs::write(&filler, vec![1; size]);
        size = usize::try_from(filler.metadata().expect("a filler").len()).expect("a size");
        let file = std::fs::File::options().write(true).open(&filler).expect("a filler");
        file.set_len(size.saturating_sub(free) as u64).expect("a shorter filler");
        filler
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_leaves_the_published_site_alone() {
    let Some(disk) = Disk::new() else {
        return println!("SKIPPED: no disk can be mounted here");
    };
    let root = disk.0.path().join("site");
    for (round, free) in [0, 4096, 40_000, 150_000, 400_000].into_iter().enumerate() {
        write(&root, &format!("cũ {round}"));
        built(&root);
        let before = snapshot(&root.join("public"));
        write(&root, &format!("mới {round}"));
        let filler = disk.fill(free);
        let (code, said) = run(&root, AT, |_| {});
        assert_eq!(code, Some(2), "{free} bytes free: {said}");
        assert!(said.contains("could not write"), "{free} bytes free: {said}");
        let after = snapshot(&root.join("public"));
        assert_eq!(differences(&before, &after), [""; 0], "{free} bytes free");
        std::fs::remove_file(filler).expect("a filler");
        built(&root);
        let mended = snapshot(&root.join("public"));
        let cold = tempfile::tempdir().expect("a folder");
        write(cold.path(), &format!("mới {round}"));
        built(cold.path());
        assert_eq!(differences(&mended, &snapshot(&cold.path().join("public"))), [""; 0]);
    }
}

/// Runs a command as somebody who owns nothing here.
fn as_stranger(command: &mut Command) {
    command.uid(STRANGER).gid(STRANGER);
}

#[test]
fn what_may_not_be_read_or_written_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path();
    std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).expect("rights");
    write(root, "một");
    built(root);
    let mut version = Command::new(env!("CARGO_BIN_EXE_tintot"));
    as_stranger(version.arg("--version"));
    if !version.output().is_ok_and(|output| output.status.success()) {
        return println!("SKIPPED: only root can be somebody else, where others may run programs");
    }
    let before = snapshot(&root.join("public"));
    let secret = root.join("content/tin/tin-3.md");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o0)).expect("rights");
    // As somebody who may not write here either.
    let (code, said) = run(root, AT, as_stranger);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(".tintot") && said.contains("Permission"), "{said}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let own = elsewhere.path().join("site");
    write(&own, "một");
    let all = [elsewhere.path().to_owned(), own.clone(), own.join("content/tin/tin-3.md")];
    for path in all {
        std::os::unix::fs::chown(path, Some(STRANGER), Some(STRANGER)).expect("another owner");
    }
    let unread = own.join("content/tin/tin-3.md");
    std::fs::set_permissions(unread, std::fs::Permissions::from_mode(0o0)).expect("rights");
    let (code, said) = run(&own, AT, as_stranger);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("T0404") && said.contains("tin-3.md"), "{said}");
    assert!(!own.join("public").exists());
    assert_eq!(differences(&before, &snapshot(&root.join("public"))), [""; 0]);
}

#[test]
fn clocks_that_jump_hide_no_edit() {
    let site = Site::new("");
    let root = site.root();
    write(root, "một");
    settle();
    built(root);
    let path = root.join("content/tin/tin-7.md");
    let page = root.join("public/tin/tin-7/index.html");
    let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let dated = |time: SystemTime| {
        std::fs::File::options().append(true).open(&path).expect("a file").set_modified(time)
    };
    let old = path.metadata().and_then(|meta| meta.modified()).expect("a time");
    let words = [("Thân bảy.", at(0)), ("Thân tám.", at(4_000_000_000)), ("Thân hai.", old)];
    for (word, time) in words {
        settle();
        let text = format!("---\ntitle: Tin 7\ndate: 2026-10-08\n---\n{word}\n");
        std::fs::write(&path, text).expect("a file");
        dated(time).expect("a time");
        built(root);
        let html = std::fs::read_to_string(&page).expect("a page");
        assert!(html.contains(word), "{word} as of {time:?}");
    }
    // A build of an earlier day after one of a later day, and back.
    for day in ["2026-10-05T12:00+07:00", AT, "2026-10-20T12:00+07:00"] {
        let (code, said) = run(root, day, |_| {});
        let cold = Site::new("");
        write(cold.root(), "một");
        std::fs::copy(&path, cold.root().join("content/tin/tin-7.md")).expect("a copy");
        let (cold_code, _) = run(cold.root(), day, |_| {});
        assert_eq!((code, cold_code), (Some(0), Some(0)), "{said}");
        let (here, there) = (snapshot(&root.join("public")), snapshot(&cold.out()));
        assert_eq!(differences(&here, &there), [""; 0], "{day}");
    }
}
