//! The output depends on the sources, the configuration, the theme, the
//! program and the instant of the build, and on nothing else.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::incremental::{Snapshot, World, differences};
use crate::outputs::copy_demo;
use crate::site::{Site, snapshot};

const AT: &str = "2026-11-23T18:00:00+07:00";

#[track_caller]
fn assert_same(left: &Snapshot, right: &Snapshot) {
    let found = differences(left, right);
    assert!(
        found.is_empty(),
        "{} differ:\n{}",
        found.len(),
        found[..found.len().min(5)].join("\n")
    );
    assert!(left.len() > 100, "{} files", left.len());
}

/// The small world at a place of its own.
fn site() -> Site {
    let mut site = Site::new("");
    World::new().write(&mut site, &mut Default::default());
    site
}

fn built(site: &Site) -> Snapshot {
    site.build().ok();
    snapshot(&site.out())
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mut site = site();
    site.threads = 1;
    let one = built(&site);
    for threads in [2, 4, 7] {
        site.threads = threads;
        let out = site.root().join(format!("out-{threads}"));
        site.build_into(&out).ok();
        assert_same(&one, &snapshot(&out));
    }
}

#[test]
fn any_folder_gives_the_same_bytes() {
    let (first, second) = (site(), site());
    assert_ne!(first.root(), second.root());
    let one = built(&first);
    assert_same(&one, &built(&second));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = elsewhere.path().join("một nơi khác/đầu ra");
    second.build_into(&out).ok();
    assert_same(&one, &snapshot(&out));
}

#[test]
fn neither_order_nor_age_of_files_matters() {
    let first = site();
    let one = built(&first);
    let mut second = Site::new("");
    second.at = first.at;
    let mut files: Vec<(String, Vec<u8>)> = snapshot(first.root()).into_iter().collect();
    files.retain(|(path, _)| !path.starts_with("public/") && !path.starts_with(".tintot/"));
    assert!(files.len() > 20);
    files.reverse();
    for (at, (path, bytes)) in files.iter().enumerate() {
        second.write(path, bytes);
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + at as u64 * 777);
        let file = std::fs::File::options().write(true).open(second.root().join(path));
        file.expect("a file").set_modified(then).expect("a time");
    }
    assert_same(&one, &built(&second));
}

#[test]
fn nothing_older_shows_through() {
    let mut site = Site::new("");
    let mut sources = Default::default();
    let mut world = World::new();
    world.write(&mut site, &mut sources);
    let one = built(&site);
    world.base_url = Some("https://x.example/a/b/");
    world.at = "2027-03-01T00:00:00+07:00";
    world.write(&mut site, &mut sources);
    assert!(!differences(&one, &built(&site)).is_empty());
    let back = World::new();
    back.write(&mut site, &mut sources);
    assert_same(&one, &built(&site));
    // What is remembered between builds may go at any time.
    std::fs::remove_dir_all(site.root().join(".tintot")).expect("state");
    let again = site.build().ok();
    let written = again.written.expect("published");
    assert_eq!((written.created, written.changed, written.removed), (0, 0, 0));
    assert_same(&one, &snapshot(&site.out()));
}

/// The program on a site, with some environment and nothing else.
fn run(root: &Path, from: &Path, out: &str, args: &[&str], env: &[(&str, &str)]) -> Snapshot {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.env_clear().envs(env.iter().copied()).current_dir(from);
    command.arg("build").arg("-r").arg(root).arg("-o").arg(root.join(out)).args(args);
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{:?}\n{said}", output.status);
    snapshot(&root.join(out))
}

#[test]
fn the_environment_does_not_show() {
    let dir = tempfile::tempdir().expect("a folder");
    let root = dir.path().join("site");
    copy_demo(&root);
    let at = ["--at", AT];
    let one = run(&root, &root, "a", &at, &[]);
    assert!(one.len() > 1000, "{} files", one.len());
    let foreign = [
        ("TZ", "America/New_York"),
        ("LANG", "vi_VN.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", "/nonexistent"),
        ("RAYON_NUM_THREADS", "3"),
        ("NO_COLOR", "1"),
    ];
    assert_same(&one, &run(&root, dir.path(), "b", &at, &foreign));
    // Asked for without an offset, and in seconds: the same instant.
    let epoch = AT.parse::<jiff::Timestamp>().expect("an instant").as_second().to_string();
    let env = [("SOURCE_DATE_EPOCH", &*epoch), ("TZ", "Asia/Tokyo"), ("RAYON_NUM_THREADS", "1")];
    assert_same(&one, &run(&root, &root, "a", &["--lang", "vi", "-q"], &env));
    let local = ["--at", "2026-11-23T18:00"];
    assert_same(&one, &run(&root, &root, "b", &local, &[("TZ", "UTC")]));
}
