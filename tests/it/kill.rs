//! The program killed in the middle of its work: every file of the output is
//! whole, nothing that a page needs is missing, and the next run ends where an
//! undisturbed one ends. `TINTOT_KILLS` asks for more than the quick default.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tintot::config::BaseUrl;

use crate::incremental::{Dice, Snapshot, asked, differences};
use crate::site::{Site, snapshot};
use crate::sitecheck::missing_assets;

const AT: &str = "2026-11-23T18:00+07:00";
const ENTRIES: usize = 150;

type Sources = BTreeMap<String, String>;

/// One of two states of a site in which every page differs, its style sheet
/// too, and some entries are there in one of them only.
fn sources(which: usize) -> Sources {
    let mut files = Sources::new();
    files.insert(
        "site.yaml".to_owned(),
        format!(
            "title: {{vi: Tin tốt {which}}}\nbase_url: https://tintot.example/\n\
             languages:\n  - {{tag: vi, name: Tiếng Việt}}\npagination: 10\n"
        ),
    );
    files.insert(
        "content/tin/_index.md".to_owned(),
        "---\ntitle: Tin\nkind: news\n---\n".to_owned(),
    );
    files.insert(
        "themes/default/assets/css/95-rieng.css".to_owned(),
        format!(".rieng {{ margin: {which}px; }}\n"),
    );
    for n in (0..ENTRIES).filter(|n| n % 7 != which) {
        let text = format!(
            "---\ntitle: Tin số {n}\ndate: 2026-{:02}-{:02} 08:00\ntopics: [chu-de-{}]\n\
             cover: {{file: hinh-{which}.svg, alt: Hình, people: none}}\n---\n\
             Nội dung của tin số {n}, bản {which}.\n",
            1 + n % 10,
            1 + n % 28,
            n % 5,
        );
        files.insert(format!("content/tin/tin-{n}/index.md"), text);
        let picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"{}\"/>\n",
            n + 1
        );
        files.insert(format!("content/tin/tin-{n}/hinh-{which}.svg"), picture);
    }
    files
}

fn write(site: &Site, before: &Sources, now: &Sources) {
    before.keys().filter(|path| !now.contains_key(*path)).for_each(|path| site.remove(path));
    let changed = now.iter().filter(|(path, text)| before.get(*path) != Some(text));
    changed.for_each(|(path, text)| site.write(path, text.as_bytes()));
}

fn spawn(root: &Path, out: &Path, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.args(["build", "-q", "--at", AT, "-r"]).arg(root).arg("-o").arg(out).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

fn finish(root: &Path, out: &Path, more: &[&str]) -> Snapshot {
    let status = spawn(root, out, more).wait().expect("an end");
    assert!(status.success(), "{status}");
    snapshot(out)
}

/// Files that are neither as before nor as after, or gone though both have them.
fn torn(found: &Snapshot, old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let whole = |path: &String, bytes: &Vec<u8>| {
        old.get(path) == Some(bytes) || new.get(path) == Some(bytes)
    };
    let odd = found.iter().filter(|(path, bytes)| !whole(path, bytes));
    let mut torn: Vec<String> = odd.map(|(path, _)| format!("{path} is torn")).collect();
    let kept = old.keys().filter(|path| new.contains_key(*path) && !found.contains_key(*path));
    torn.extend(kept.map(|path| format!("{path} is gone")));
    let base = BaseUrl::parse("https://tintot.example/").expect("a base URL");
    torn.extend(missing_assets(found, &base).into_iter().map(|line| format!("{line} is missing")));
    torn
}

/// Whether moving has begun: the journal of some output is there.
fn moving(root: &Path) -> bool {
    let folders = std::fs::read_dir(root.join(".tintot")).into_iter().flatten().flatten();
    folders.into_iter().any(|folder| folder.path().join("journal").exists())
}

/// Kills at a moment: a share of the whole time, or a little after the moving
/// of files has begun, which is short and matters most.
fn kill(child: &mut Child, root: &Path, whole: Duration, share: Option<f64>, dice: &mut Dice) {
    match share {
        Some(share) => std::thread::sleep(whole.mul_f64(share)),
        None => {
            let ended = |child: &mut Child| child.try_wait().expect("a child").is_some();
            while !moving(root) && !ended(child) {
                std::thread::sleep(Duration::from_micros(50));
            }
            let wait = (50 << dice.roll(9)) + dice.roll(200);
            std::thread::sleep(Duration::from_micros(wait as u64));
        }
    }
    // It may have ended by itself: that is a moment too.
    let _ = child.kill();
    child.wait().expect("an end");
}

#[test]
fn a_kill_at_any_moment_leaves_whole_files() {
    let site = Site::new("");
    let (root, out) = (site.root(), site.out());
    let both = [sources(0), sources(1)];
    let mut built = Vec::new();
    for (at, state) in both.iter().enumerate() {
        write(&site, both.get(1 - at).filter(|_| at == 1).unwrap_or(&Sources::new()), state);
        built.push(finish(root, &root.join(format!("cold-{at}")), &[]));
    }
    // From here on the sources and the output are at `now`.
    let mut now = 1;
    assert!(differences(&finish(root, &out, &[]), &built[1]).is_empty());
    write(&site, &both[1], &both[0]);
    let started = Instant::now();
    finish(root, &out, &[]);
    let whole = started.elapsed();
    now = 1 - now;

    let kills = asked("TINTOT_KILLS", 8);
    let mut dice = Dice::new(asked("TINTOT_SEED", 1) as u64);
    let (mut old, mut mixed, mut new) = (0, 0, 0);
    for at in 0..kills {
        let next = 1 - now;
        write(&site, &both[now], &both[next]);
        let share =
            (at % 2 == 0).then(|| (at as f64 + dice.roll(1000) as f64 / 500.0) / kills as f64);
        let mut child = spawn(root, &out, &[]);
        kill(&mut child, root, whole, share, &mut dice);
        let found = snapshot(&out);
        let wrong = torn(&found, &built[now], &built[next]);
        assert!(wrong.is_empty(), "kill {at}, share {share:?}:\n{}", wrong.join("\n"));
        match (found == built[now], found == built[next]) {
            (true, _) => old += 1,
            (_, true) => new += 1,
            _ => mixed += 1,
        }
        // The author may meanwhile have thought better of it.
        let last = if dice.once_in(3) { now } else { next };
        write(&site, &both[next], &both[last]);
        let wrong = differences(&finish(root, &out, &[]), &built[last]);
        assert!(wrong.is_empty(), "after kill {at}:\n{}", wrong.join("\n"));
        now = last;
    }
    println!("{kills} kills: {old} before any move, {mixed} between moves, {new} after the last");
    assert!(old > 0 && (mixed > 0 || kills < 20), "the moments are badly spread");
}

#[test]
fn a_killed_first_build_leaves_whole_files() {
    let site = Site::new("");
    let root = site.root();
    write(&site, &Sources::new(), &sources(0));
    let started = Instant::now();
    let built = finish(root, &root.join("cold"), &[]);
    let whole = started.elapsed();
    let mut dice = Dice::new(3);
    for at in 0..asked("TINTOT_KILLS", 8) / 2 {
        let out = root.join(format!("first-{at}"));
        let mut child = spawn(root, &out, &[]);
        let share = (at % 2 == 0).then(|| dice.roll(1000) as f64 / 1000.0);
        kill(&mut child, root, whole, share, &mut dice);
        let wrong = torn(&snapshot(&out), &Snapshot::new(), &built);
        assert!(wrong.is_empty(), "kill {at}:\n{}", wrong.join("\n"));
        let wrong = differences(&finish(root, &out, &[]), &built);
        assert!(wrong.is_empty(), "after kill {at}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let site = Site::new("");
    let (root, out) = (site.root(), site.out());
    write(&site, &Sources::new(), &sources(0));
    let bases = [["-b", "https://one.example/"], ["-b", "https://two.example/"]];
    let built = [0, 1].map(|at| finish(root, &root.join(format!("cold-{at}")), &bases[at]));
    assert!(!differences(&built[0], &built[1]).is_empty());
    let mut last = [0, 0];
    for _ in 0..asked("TINTOT_KILLS", 8) / 2 {
        let mut pair = [0, 1].map(|at| spawn(root, &out, &bases[at]));
        for child in &mut pair {
            let status = child.wait().expect("an end");
            assert!(status.success(), "{status}");
        }
        let found = snapshot(&out);
        let whole = built.iter().position(|one| *one == found);
        let at = whole.unwrap_or_else(|| panic!("{:?}", differences(&built[0], &found)));
        last[at] += 1;
    }
    println!("the first was last {} times, the second {} times", last[0], last[1]);
}

#[test]
fn two_sites_into_one_output_do_not_mix() {
    let sites = [0, 1].map(|at| {
        let site = Site::new("");
        write(&site, &Sources::new(), &sources(at));
        site
    });
    let built: Vec<Snapshot> =
        sites.iter().map(|site| finish(site.root(), &site.root().join("cold"), &[])).collect();
    let shared = tempfile::tempdir().expect("a folder");
    for round in 0..2 {
        let out = shared.path().join(round.to_string());
        let pair: Vec<Child> = sites.iter().map(|site| spawn(site.root(), &out, &[])).collect();
        let ended: Vec<bool> =
            pair.into_iter().map(|mut child| child.wait().expect("an end").success()).collect();
        let found = snapshot(&out);
        let whole = built.iter().position(|one| *one == found).expect("wholly one of the two");
        assert!(ended[whole], "the one that is there says that it failed");
        assert!(!ended[1 - whole], "the other says that it is there");
    }
}
