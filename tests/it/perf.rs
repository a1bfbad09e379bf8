//! The benchmark on a corpus of no size: it runs, the corpus builds without a
//! warning under both themes, and what changes nothing writes nothing. Its
//! yardstick shows the stories that the program shows.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

#[path = "../perf/bench.rs"]
mod bench;

fn perform(args: &[&str]) {
    let args = args.iter().map(|arg| (*arg).to_owned());
    let args = bench::args::read(args).expect("known options");
    bench::perform(&args).expect("the benchmark runs");
}

#[test]
fn the_benchmark_runs_with_either_theme() {
    for theme in ["bench", "default"] {
        perform(&["40", "--languages", "3", "--no-hugo", "--campaign", "--theme", theme]);
    }
}

#[test]
fn the_yardstick_shows_the_same_stories() {
    let dir = tempfile::tempdir().expect("a folder");
    let base = dir.path().to_str().expect("a path of text");
    perform(&["40", base, "--only-corpus", "--no-hugo"]);
    perform(&["--naive", base]);
    let (site, out) = (dir.path().join("site"), dir.path().join("out"));
    let mut build = Command::new(env!("CARGO_BIN_EXE_tintot"));
    build.args(["build", "--at", "2026-11-23T11:00:00Z", "-r"]).arg(&site).arg("-o").arg(&out);
    assert!(build.output().expect("the program runs").status.success());
    let (ours, plain) = (stories(&out), stories(&dir.path().join("naive-out")));
    assert!(plain.len() > 40, "translations too: {}", plain.len());
    assert_eq!(ours.len(), plain.len());
    for (path, story) in &plain {
        assert_eq!(ours.get(path), Some(story), "{path}");
    }
}

/// The stories of an output by their paths: heading, words, links to terms and to
/// five of the same unit.
fn stories(out: &Path) -> BTreeMap<String, (String, String, usize)> {
    let pages = walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("a file"));
    let pages = pages.filter(|entry| entry.file_name() == "index.html");
    let story = |entry: walkdir::DirEntry| {
        let html = std::fs::read_to_string(entry.path()).expect("a page");
        let path = entry.path().strip_prefix(out).expect("below").display().to_string();
        let page = scraper::Html::parse_document(&html);
        let all = |what: &str| -> Vec<String> {
            let what = scraper::Selector::parse(what).expect("a selector");
            page.select(&what).map(|found| found.text().collect::<String>()).collect()
        };
        let body = all("article p").concat();
        let links = all("ul.terms a").len() + all("aside li a").len();
        (links > 0).then(|| (path, (all("h1").concat(), body, links)))
    };
    pages.filter_map(story).collect()
}
