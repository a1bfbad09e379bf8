//! Instructions instead of seconds: a figure for regressions that the machine
//! and its neighbours do not move.
//!
//! Runs the program with one thread under `perf stat`, or under valgrind's
//! callgrind where the kernel gives no counters; callgrind also says how many
//! instructions each stage took, with all that it calls.

use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::args::Args;
use crate::program::{self, build_command, run};
use crate::site::{self, Edit};

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counter {
    Perf,
    Callgrind,
}

/// Stages by the functions that are their whole, as they are called in a
/// release build.
const STAGES: [(&str, &str); 8] = [
    ("scan", "tintot::scan::scan"),
    ("theme", "tintot::driver::load::theme"),
    ("parse", "tintot::driver::load::docs"),
    ("link", "tintot::link::link"),
    ("plan", "tintot::plan::plan"),
    ("views", "tintot::driver::Ready::reads"),
    ("render and write", "tintot::driver::publish::pages"),
    ("commit", "tintot::emit::Emitter::commit"),
];

/// Counts cold, unchanged and edited builds of one corpus.
pub fn count(args: &Args, base: &Path) -> Result<(), Failure> {
    let Some(counter) = counter() else {
        println!("neither perf nor valgrind can count here: nothing done");
        return Ok(());
    };
    let Some(&shape) = args.shapes.first() else { return Ok(()) };
    let (root, out) = (base.join("site"), base.join("out"));
    for dir in [&root, &out] {
        program::remove(dir)?;
    }
    site::write(&root, shape, args.theme)?;
    println!(
        "{} stories, theme {}, one thread, {counter:?}; million instructions:",
        shape.stories,
        args.theme.name()
    );
    let edits = [
        ("cold", Edit::Nothing),
        ("nothing changed", Edit::Nothing),
        ("one body edited", Edit::Body),
        ("one title edited", Edit::Title),
        ("one news item added", Edit::News),
    ];
    for (name, edit) in edits {
        site::edit(&root, shape, args.theme, edit, 1)?;
        let data = base.join("callgrind.out");
        let total = match counter {
            Counter::Perf => perf(args, &root, &out)?,
            Counter::Callgrind => callgrind(args, &root, &out, &data)?,
        };
        println!("{name:<24} {:>10.1}", millions(total));
        if counter == Counter::Callgrind {
            for (stage, instructions) in stages(&data)? {
                println!("    {stage:<20} {:>10.1}", millions(instructions));
            }
        }
    }
    Ok(())
}

fn millions(instructions: u64) -> f64 {
    instructions as f64 / 1e6
}

/// The first counter that counts.
fn counter() -> Option<Counter> {
    let perf = Command::new("perf").args(["stat", "-x,", "-e", "instructions:u", "true"]).output();
    if perf.is_ok_and(|output| perf_total(&String::from_utf8_lossy(&output.stderr)).is_some()) {
        return Some(Counter::Perf);
    }
    let valgrind = Command::new("valgrind").arg("--version").output();
    valgrind.is_ok_and(|output| output.status.success()).then_some(Counter::Callgrind)
}

/// `1234,,instructions:u,...`
fn perf_total(text: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.contains("instructions"))?;
    line.split(',').next()?.parse().ok()
}

fn perf(args: &Args, root: &Path, out: &Path) -> Result<u64, Failure> {
    let mut command = Command::new("perf");
    command.args(["stat", "-x,", "-e", "instructions:u"]).arg(&args.program);
    let mut command = build_command(command, root, out);
    let output = command.env("RAYON_NUM_THREADS", "1").output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("the build failed under perf: {text}").into());
    }
    perf_total(&text).ok_or_else(|| format!("perf counted nothing: {text}").into())
}

fn callgrind(args: &Args, root: &Path, out: &Path, data: &Path) -> Result<u64, Failure> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--quiet"]);
    command.arg(format!("--callgrind-out-file={}", data.display()));
    command.arg(&args.program);
    let mut command = build_command(command, root, out);
    let finished = run(command.env("RAYON_NUM_THREADS", "1"))?;
    if finished.code != Some(0) {
        return Err(format!("the build failed under valgrind: {}", finished.stdout).into());
    }
    let text = std::fs::read_to_string(data)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(total.ok_or("callgrind counted nothing")?.trim().parse()?)
}

/// Instructions of each stage that has a name of its own in the binary; one
/// that the compiler has merged into its caller is left out.
fn stages(data: &Path) -> Result<Vec<(&'static str, u64)>, Failure> {
    let mut command = Command::new("callgrind_annotate");
    command.args(["--inclusive=yes", "--threshold=100", "--show-percs=no"]).arg(data);
    let listed = run(&mut command)?.stdout;
    let mut found = Vec::new();
    for (stage, function) in STAGES {
        let lines = listed.lines().filter_map(|line| {
            let (count, rest) = line.trim_start().split_once(' ')?;
            let (_, name) = rest.split_once(':')?;
            let name = name.split([' ', '[']).next()?.trim_end_matches(|c| c == '\'');
            let own = name == function || name.strip_prefix(function)?.starts_with("::h");
            own.then(|| count.replace(',', "").parse::<u64>().ok())?
        });
        found.extend(lines.max().map(|count| (stage, count)));
    }
    Ok(found)
}
