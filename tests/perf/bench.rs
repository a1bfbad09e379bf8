//! The benchmark itself, apart from the command line: see `main.rs`.
//!
//! Also run by the integration tests, on a corpus of no size.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes files and reads a clock")]

pub mod args;
mod campaign;
mod corpus;
mod hugo;
mod instructions;
mod measure;
mod naive;
mod program;
mod site;
mod table;
mod words;

use std::path::Path;

use args::{Args, Task};

/// Why nothing could be measured.
pub type Failure = Box<dyn std::error::Error>;

/// Does what was asked for.
pub fn perform(args: &Args) -> Result<(), Failure> {
    let temporary = tempfile::tempdir()?;
    let base = args.dir.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(base)?;
    match args.task {
        Task::Measure => measure(args, base),
        Task::Corpus => write(args, base),
        Task::Instructions => instructions::count(args, base),
        Task::Naive => naive::build(base),
    }
}

fn measure(args: &Args, base: &Path) -> Result<(), Failure> {
    let mut all = Vec::new();
    for &shape in &args.shapes {
        let measured = measure::measure(args, shape, base)?;
        table::ratios(&measured, args.theme);
        all.push(measured);
    }
    table::growth(&all);
    Ok(())
}

/// The sources alone, the last corpus asked for.
fn write(args: &Args, base: &Path) -> Result<(), Failure> {
    for &shape in args.shapes.iter().take(1) {
        for name in ["site", "hugo"] {
            program::remove(&base.join(name))?;
        }
        site::write(&base.join("site"), shape, args.theme)?;
        if args.campaign {
            campaign::with_calendars(&base.join("site"))?;
            campaign::add(&base.join("site"), shape, args.theme)?;
        }
        if args.hugo != Some(false) {
            hugo::write(&base.join("hugo"), shape)?;
        }
    }
    Ok(())
}
