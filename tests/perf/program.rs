//! Other programs run and measured: wall time, peak memory, what they print.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Failure;

/// A program that has ended.
pub struct Run {
    pub wall: Duration,
    /// Most memory that it ever held, in bytes; 0 where the system does not say.
    pub peak: u64,
    /// `None` if a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
}

/// Runs a program to its end. Its errors go where ours go.
pub fn run(command: &mut Command) -> Result<Run, Failure> {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut stdout = String::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_string(&mut stdout)?;
    }
    let (code, peak) = wait(child)?;
    Ok(Run { wall: started.elapsed(), peak, code, stdout })
}

/// Waits for a child; gives its exit code and peak memory.
#[cfg(target_os = "linux")]
#[expect(clippy::needless_pass_by_value, reason = "waited for here, so nobody else may")]
fn wait(child: std::process::Child) -> Result<(Option<i32>, u64), Failure> {
    let pid = libc::pid_t::try_from(child.id())?;
    let mut status = 0;
    // SAFETY: an all-zero `rusage` is a valid one.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: the pointers are to locals that outlive the call; the child
        // is ours and nobody has waited for it.
        let found = unsafe { libc::wait4(pid, &raw mut status, 0, &raw mut usage) };
        if found == pid {
            break;
        }
        let error = std::io::Error::last_os_error();
        if error.kind() != std::io::ErrorKind::Interrupted {
            return Err(error.into());
        }
    }
    let code = libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status));
    Ok((code, u64::try_from(usage.ru_maxrss)? * 1024))
}

#[cfg(not(target_os = "linux"))]
fn wait(mut child: std::process::Child) -> Result<(Option<i32>, u64), Failure> {
    Ok((child.wait()?.code(), 0))
}

/// Removes a folder, if it is there.
pub fn remove(dir: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// `cp -r` of a folder to a path where nothing is.
pub fn copy(from: &Path, to: &Path) -> Result<Duration, Failure> {
    let copied = run(Command::new("cp").arg("-r").arg(from).arg(to))?;
    if copied.code == Some(0) { Ok(copied.wall) } else { Err("cp failed".into()) }
}

/// The program that is measured, unless another is named: built with this
/// benchmark, in its profile.
pub const OURS: &str = env!("CARGO_BIN_EXE_tintot");

/// The arguments of a build whose output depends on nothing but the sources.
pub fn build_command(mut command: Command, root: &Path, out: &Path) -> Command {
    command.args(["build", "--format", "json", "--at", "2026-11-23T11:00:00Z", "-r"]);
    command.arg(root).arg("-o").arg(out);
    command
}

/// What a build came to, as it says itself.
pub struct Built {
    pub run: Run,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rendered: u64,
    /// Bytes written.
    pub bytes: u64,
    /// Stage and its milliseconds, in order.
    pub stages: Vec<(String, f64)>,
}

impl Built {
    /// Files of the whole output.
    pub fn files(&self) -> u64 {
        self.new + self.changed + self.unchanged
    }
}

/// One build in a new process. An error or a warning in the corpus is a
/// failure: then something else was measured than a site that works.
pub fn build(program: &Path, root: &Path, out: &Path) -> Result<Built, Failure> {
    let run = run(&mut build_command(Command::new(program), root, out))?;
    let report: Value = serde_json::from_str(&run.stdout)
        .map_err(|error| format!("no report ({error}): {}", run.stdout))?;
    let summary = &report["summary"];
    let count = |key: &str| summary[key].as_u64();
    if run.code != Some(0) || count("errors") != Some(0) || count("warnings") != Some(0) {
        let first = report["diagnostics"].get(0).map(Value::to_string).unwrap_or_default();
        return Err(format!("the corpus does not build cleanly: {first}\n{summary}").into());
    }
    let written = |key: &str| {
        let number = summary["written"][key].as_u64();
        number.ok_or_else(|| format!("the report has no `{key}`: {summary}"))
    };
    let stages = summary["stages_ms"].as_object().into_iter().flatten();
    Ok(Built {
        new: written("new")?,
        changed: written("changed")?,
        unchanged: written("unchanged")?,
        removed: written("removed")?,
        rendered: written("rendered")?,
        bytes: written("bytes")?,
        stages: stages.map(|(name, ms)| (name.clone(), ms.as_f64().unwrap_or(0.0))).collect(),
        run,
    })
}
