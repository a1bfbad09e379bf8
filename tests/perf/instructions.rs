//! Instructions instead of seconds: a figure for regressions that the machine
//! and its neighbours do not move.
//!
//! Runs the program with one thread under `perf stat`, or under valgrind's
//! callgrind where the kernel gives no counters; callgrind also says how many
//! instructions each stage took, with all that it calls.

use std::path::Path;
use std::process::Command;

use super::Failure;
use super::args::Args;
use super::program::{self, build_command, run};
use super::site::{self, Edit};

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counter {
    Perf,
    Callgrind,
}

/// Work by the functions that are the whole of it. What runs in a pool is
/// counted where the pool calls it, for each file or page.
const STAGES: [(&str, &str); 12] = [
    ("scan", "tintot::scan::scan"),
    ("theme", "tintot::driver::load::theme"),
    ("parse, each file", "tintot::parse::doc::doc"),
    ("link", "tintot::link::link"),
    ("plan", "tintot::plan::plan"),
    ("cards, each entry", "tintot::render::cards::Source::card"),
    ("each page", "tintot::driver::publish::emit"),
    ("  what it reads", "tintot::render::draft"),
    ("    feeds, whole", "tintot::render::feeds::bytes"),
    ("  its template", "tintot::render::Draft::render"),
    ("  its writing", "tintot::emit::Emitter::put"),
    ("commit", "tintot::emit::Emitter::commit"),
];

/// Functions listed by what they do themselves.
const TOP: usize = 10;

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
            stages(&data)?;
            if name == "cold" {
                top(&data)?;
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

/// Prints the instructions of each stage with all that it calls; one that the
/// compiler has merged into its caller is left out.
fn stages(data: &Path) -> Result<(), Failure> {
    let listed = annotated(data, true)?;
    for (stage, function) in STAGES {
        if let Some((count, _)) = listed.iter().find(|(_, name)| name == function) {
            println!("    {stage:<24} {:>10.1}", millions(*count));
        }
    }
    Ok(())
}

/// Prints the functions that need most themselves.
fn top(data: &Path) -> Result<(), Failure> {
    println!("    most in themselves:");
    for (count, name) in annotated(data, false)?.iter().take(TOP) {
        println!("    {:>10.1}  {name}", millions(*count));
    }
    Ok(())
}

/// Functions with their instructions, the greatest first.
fn annotated(data: &Path, inclusive: bool) -> Result<Vec<(u64, String)>, Failure> {
    let mut command = Command::new("callgrind_annotate");
    command.arg(format!("--inclusive={}", if inclusive { "yes" } else { "no" }));
    command.args(["--threshold=100", "--show-percs=no"]).arg(data);
    let listed = run(&mut command)?.stdout;
    // `2,030,437,305  ???:tintot::driver::publish::emit [/path/of/tintot]`
    let line = |line: &str| {
        let (count, rest) = line.trim_start().split_once(' ')?;
        let count = count.replace(',', "").parse().ok()?;
        let (_, name) = rest.split_once(':')?;
        let name = name.split(" [").next().unwrap_or(name).trim();
        Some((count, name.to_owned()))
    };
    Ok(listed.lines().filter_map(line).collect())
}
