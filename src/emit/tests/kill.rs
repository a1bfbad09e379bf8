//! Builds that die: at every single step, and at random moments.
//!
//! The test program starts itself as a child that builds and dies; no clean-up
//! code runs in it, as with any kill.

use std::env;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use super::*;

const ROOT: &str = "TINTOT_TEST_ROOT";
const SITE: &str = "TINTOT_TEST_SITE";
const STEP: &str = "TINTOT_TEST_STEP";
const DIED: i32 = 86;

/// Steps that are left to live; 0: for ever.
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// Ends the process when its time has come.
pub(in crate::emit) fn step() {
    if LEFT.load(Relaxed) > 0 && LEFT.fetch_sub(1, Relaxed) == 1 {
        std::process::exit(DIED);
    }
}

/// A page: the assets it needs, and its text; long enough to be cut in half.
fn page(version: &str, needs: &[&str]) -> String {
    format!("{}\n{}\n{}", needs.join(" "), version, version.repeat(5_000))
}

/// Site `number`: numbers share some pages, have some of their own, and lists
/// that need all pages.
fn site(number: usize) -> Vec<(String, Class, String)> {
    let mut files = Vec::new();
    let asset = format!("s/main.{number:08x}.css");
    files.push((asset.clone(), Asset, page("css", &[])));
    files.push(("s/chung.css".to_owned(), Asset, page("chung", &[])));
    let mut pages = Vec::new();
    for n in number..number + 4 {
        let name = format!("tin/{}/index.html", n % 7);
        files.push((name.clone(), Entry, page(&format!("{n} {number}"), &[&asset, "s/chung.css"])));
        pages.push(name);
    }
    // One changes from a file into a folder and back.
    let odd = if number % 2 == 1 { "doi/x.html" } else { "doi" };
    files.push((odd.to_owned(), Entry, page(&format!("d {number}"), &[&asset])));
    let needs: Vec<&str> = pages.iter().map(String::as_str).chain([asset.as_str()]).collect();
    files.push(("index.html".to_owned(), List, page(&format!("i {number}"), &needs)));
    files.push(("atom.xml".to_owned(), Feed, page(&format!("f {number}"), &needs)));
    files
}

fn publish(emitter: Emitter, number: usize) -> Result<Written, Fault> {
    let files = site(number);
    let files: Vec<_> = files.iter().map(|(p, c, t)| (p.as_str(), *c, t.as_str())).collect();
    build(emitter, &files)
}

/// The child: builds the site it is told until it dies.
#[test]
fn child() {
    let (Ok(root), Ok(number)) = (env::var(ROOT), env::var(SITE)) else {
        return;
    };
    let step = env::var(STEP).ok().and_then(|step| step.parse().ok()).unwrap_or(0);
    LEFT.store(step, Relaxed);
    let root = PathBuf::from(root);
    let (emitter, _) =
        Emitter::open(&root, &root.join("public"), Options::default(), &|| {}).expect("opens");
    publish(emitter, number.parse().expect("a number")).expect("builds");
}

fn start(bed: &Bed, number: usize, step: usize) -> std::process::Child {
    let mut command = Command::new(env::current_exe().expect("this program"));
    let name = concat!(module_path!(), "::child");
    let name = name.split_once("::").map_or(name, |(_, name)| name);
    command.args([name, "--exact", "--test-threads=1"]);
    command.env(ROOT, &bed.root).env(SITE, number.to_string()).env(STEP, step.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("starts")
}

/// Every file is whole and of one of the two sites, and has what it needs.
fn check(bed: &Bed, old: usize, new: usize, when: &str) {
    let files = bed.files();
    let known: Vec<_> = site(old).into_iter().chain(site(new)).collect();
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with('/')) {
        let text = String::from_utf8_lossy(bytes);
        let whole = known.iter().any(|(path, _, want)| path == name && *want == text);
        assert!(whole || name == "CNAME", "{when}: {name} is neither old nor new");
        for needed in text.lines().next().unwrap_or_default().split_whitespace() {
            let there = files.contains_key(needed) || name == "CNAME";
            assert!(there, "{when}: {name} needs {needed}");
        }
    }
    assert!(files.contains_key("CNAME"), "{when}: what is not ours is gone");
}

/// Exactly one site, and nothing else of ours.
fn check_exact(bed: &Bed, number: usize, when: &str) {
    let mut want: BTreeMap<_, _> =
        site(number).into_iter().map(|(path, _, text)| (path, text.into_bytes())).collect();
    want.insert("CNAME".to_owned(), b"vidu.vn".to_vec());
    let files = bed.files();
    assert!(files == want, "{when}: {:?} is not site {number}", files.keys());
    let state: Vec<_> = tree(&bed.state()).into_keys().collect();
    assert_eq!(state, ["lock", "manifest"], "{when}");
}

fn bed(number: usize) -> Bed {
    let bed = Bed::new();
    bed.write("CNAME", "vidu.vn");
    publish(bed.open(), number).expect("builds");
    bed
}

#[test]
fn dying_before_any_step_leaves_every_file_whole() {
    for number in [1, 2] {
        let mut finished = 0;
        let mut step = 1;
        loop {
            let bed = bed(number);
            let when = format!("site {number} before step {step}");
            let status = start(&bed, number + 1, step).wait().expect("ends");
            if status.success() {
                break;
            }
            assert_eq!(status.code(), Some(DIED), "{when}");
            check(&bed, number, number + 1, &when);
            let (emitter, recovery) = bed.recover();
            match recovery.outcome {
                Outcome::Finished => {
                    finished += 1;
                    check_exact(&bed, number + 1, &when);
                }
                _ => check_exact_old(&bed, number, &when),
            }
            assert!(recovery.notes.is_empty(), "{when}: {:?}", recovery.notes);
            publish(emitter, number + 1).expect("builds");
            check_exact(&bed, number + 1, &when);
            step += 1;
        }
        assert!(finished > 10 && step > finished + 5, "{finished} of {step} were finished");
        for first in [step - finished + 1, step - finished / 2, step - 3] {
            dying_again(number, first);
        }
    }
}

fn check_exact_old(bed: &Bed, number: usize, when: &str) {
    let mut want: Vec<String> = site(number).into_iter().map(|(path, _, _)| path).collect();
    want.push("CNAME".to_owned());
    want.sort();
    assert_eq!(bed.files().into_keys().collect::<Vec<_>>(), want, "{when}");
    check(bed, number, number, when);
}

/// A run that dies while it mends one that died at step `first` is mended in turn.
fn dying_again(number: usize, first: usize) {
    for step in 1.. {
        let bed = bed(number);
        let when = format!("site {number}, first {first}, then {step}");
        let status = start(&bed, number + 1, first).wait().expect("ends");
        assert_eq!(status.code(), Some(DIED), "{when}");
        if start(&bed, number + 1, step).wait().expect("ends").success() {
            break;
        }
        check(&bed, number, number + 1, &when);
        publish(bed.open(), number + 1).expect("builds");
        check_exact(&bed, number + 1, &when);
    }
}

#[test]
fn a_first_build_that_dies_is_whole_or_absent() {
    for (step, empty) in (1..).flat_map(|step| [(step, false), (step, true)]) {
        let bed = Bed::new();
        if empty {
            fs::create_dir(&bed.out).expect("an empty output");
        }
        let done = start(&bed, 1, step).wait().expect("ends").success();
        let files = bed.files();
        assert!(files.is_empty() || files.len() == site(1).len(), "step {step}");
        if done {
            break;
        }
        publish(bed.open(), 1).expect("builds");
        assert_eq!(bed.files().len(), site(1).len(), "step {step}");
    }
}

/// What comes to stand in the output while a build is at work is not replaced,
/// and does not become ours by a recovery.
#[test]
fn what_came_in_between_is_left_alone() {
    for step in 1.. {
        let bed = Bed::new();
        if start(&bed, 1, step).wait().expect("ends").success() {
            break;
        }
        if bed.out.exists() {
            continue;
        }
        bed.write("index.html", "của người khác");
        let (emitter, recovery) = bed.recover();
        emitter.abandon();
        let finished = recovery.outcome == Outcome::Finished;
        assert_eq!(recovery.notes.len(), usize::from(finished), "step {step}");
        assert_eq!(bed.files().len(), if finished { site(1).len() } else { 1 });
        publish(bed.open(), 1).expect_err("a conflict");
        bed.build(&[]);
        bed.shows(&[("index.html", "của người khác")]);
    }
}

#[test]
fn a_kill_at_random_moments_leaves_every_file_whole() {
    let bed = bed(0);
    let mut old = 0;
    for round in 1..=50_usize {
        let mut child = start(&bed, round, 0);
        // Spread over the life of a child by a fixed, uneven pattern.
        std::thread::sleep(Duration::from_micros((round as u64 * 7919) % 12_000));
        child.kill().expect("kills");
        child.wait().expect("ends");
        let when = format!("round {round}");
        check(&bed, old, round, &when);
        let (emitter, _) = bed.recover();
        emitter.abandon();
        let feed = site(round).into_iter().find(|(path, _, _)| path == "atom.xml");
        let feed = feed.map(|(_, _, text)| text.into_bytes());
        if bed.files().remove("atom.xml") == feed {
            old = round;
        }
        check_exact(&bed, old, &when);
    }
}
