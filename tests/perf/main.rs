//! How long a build takes beside `cp -r` of its own output, as ratios.
//!
//! `cargo bench --bench build -- 10000 /dev/shm/bench` writes a corpus of that
//! many stories into that folder (default: 1,000 into a temporary one), builds
//! it cold, builds it again unchanged, and copies the output.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes files and reads a clock")]

mod corpus;

use std::path::{Path, PathBuf};
use std::time::Instant;

use tintot::base::time::BuildTime;
use tintot::driver::{self, Output, Request};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo bench` hands on a flag of its own.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let n: usize = args.first().map_or(Ok(1_000), |n| n.parse())?;
    let temporary = tempfile::tempdir()?;
    let base = args.get(1).map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let root = base.join(format!("site-{n}"));
    let (out, copy) = (base.join("out"), base.join("copy"));
    for dir in [&root, &out, &copy] {
        if dir.exists() {
            std::fs::remove_dir_all(dir)?;
        }
    }
    corpus::write(&root, n)?;
    println!("{n} stories, default theme");
    let cold = run(&root, &out, "cold")?;
    let again = run(&root, &out, "unchanged")?;
    let started = Instant::now();
    let copied = std::process::Command::new("cp").arg("-r").arg(&out).arg(&copy).status()?;
    let copy_time = started.elapsed().as_secs_f64();
    assert!(copied.success(), "cp failed");
    println!("cp -r of the output {copy_time:.2} s");
    println!("cold / cp {:.2}   unchanged / cold {:.2}", cold / copy_time, again / cold);
    Ok(())
}

/// One build in seconds, with its stages printed.
fn run(root: &Path, out: &Path, name: &str) -> Result<f64, Box<dyn std::error::Error>> {
    let started = Instant::now();
    let mut build = driver::build(&Request {
        root: root.to_owned(),
        at: BuildTime("2026-11-23T11:00:00Z".parse()?),
        drafts: false,
        future: false,
        base_url: None,
        quarantine: false,
        strict: false,
        generator: "tintot bench".to_owned(),
    })?;
    let output = Output { dir: out.to_owned(), adopt: false };
    let written = driver::publish(&mut build, &output, &|_, _| {}, &|| {})?;
    let seconds = started.elapsed().as_secs_f64();
    if let Some(error) = build.diagnostics.iter().find(|diag| diag.is_error()) {
        return Err(format!("the corpus has an error: {error:?}").into());
    }
    let (written, rendered) = written.ok_or("nothing was written")?;
    let stages: Vec<String> = build
        .times
        .iter()
        .map(|(stage, time)| format!("{stage} {:.2}", time.as_secs_f64()))
        .collect();
    let files = written.created + written.changed + written.unchanged;
    println!(
        "{name:<10} {seconds:>6.2} s: {}; {files} files, {rendered} rendered, {:.0} MB written",
        stages.join(", "),
        written.bytes as f64 / 1e6
    );
    Ok(seconds)
}
