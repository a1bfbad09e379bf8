//! The command: arguments in, work done, words and an exit code out.
//!
//! The only module that prints. Exit codes: 0 fine, 1 errors in content
//! (nothing published), 2 usage, configuration or machine, 3 published with
//! quarantine, 4 a gap in the column (`status --fail-on-gap`).

#![allow(clippy::disallowed_methods, reason = "cli is an end of the program: clock, env, files")]

mod args;
mod build;
mod cache;
mod explain;
mod extras;
mod init;
mod list;
mod mail;
mod new;
mod print;
mod report;
mod serve;
mod status;
mod summary;

use std::process::ExitCode;

use clap::Parser;

use crate::base::diag::Tongue;
use crate::base::fault::Fault;

pub use args::Args;
use args::Command;

/// Something went wrong with the content; nothing was published.
pub const CONTENT: u8 = 1;
/// Usage, configuration or machine.
pub const MACHINE: u8 = 2;
/// Published without the entries that have errors.
pub const QUARANTINED: u8 = 3;

/// The column has a gap, and the caller wants to know.
pub const GAP: u8 = 4;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let tongue = args.tongue();
    let result = match &args.command {
        Command::Build(options) => build::build(&args, options),
        Command::Check(options) => build::check(&args, options),
        Command::Serve(options) => serve::serve(&args, options),
        Command::List(options) => list::list(&args, options),
        Command::Report(options) => report::report(&args, options),
        Command::Mail(options) => mail::mail(&args, options),
        Command::Status(options) => status::status(&args, options),
        Command::Cache { command } => cache::cache(&args, command),
        Command::Init { dir, title } => init::init(&args, dir.as_deref(), title.as_deref()),
        Command::New { kind, title, section, date } => {
            new::new(&args, kind, title, section.as_deref(), date.as_deref())
        }
        Command::Explain { code } => explain::explain(&args, code.as_deref()),
        Command::Completions { shell } => extras::completions(*shell),
        Command::Man { dir } => extras::man(dir.as_deref()),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(fault) => {
            print_fault(&fault, tongue);
            ExitCode::from(MACHINE)
        }
    }
}

/// A fault of the machine, in the reader's language.
fn print_fault(fault: &Fault, tongue: Tongue) {
    let head = match tongue {
        Tongue::Vi => "lỗi",
        Tongue::En => "error",
    };
    anstream::eprintln!("{head}: {}", fault.message().get(tongue));
    if let Some(help) = fault.help() {
        anstream::eprintln!("  {}", help.get(tongue));
    }
}
