//! Runs malformed inputs over a good site and writes down what is said.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Output};

use tintot::base::diag::{Diagnostic, Severity};
use tintot::driver;

use crate::site::{Site, files, snapshot};

/// The site that every case spoils.
pub const BASE: &str = include_str!("base.txt");

/// One malformed input and what must be said of it.
pub struct Case {
    pub name: String,
    pub code: String,
    /// The file to blame, from the site's root; `-` for none.
    pub file: String,
    pub severity: Severity,
    /// Spoils the site.
    pub spoil: Box<dyn Fn(&Site)>,
}

impl Case {
    pub fn error(name: &str, code: &str, file: &str, spoil: impl Fn(&Site) + 'static) -> Case {
        Case {
            name: name.to_owned(),
            code: code.to_owned(),
            file: file.to_owned(),
            severity: Severity::Error,
            spoil: Box::new(spoil),
        }
    }
}

/// Cases from text: a line `=== name CODE file [severity]`, then a txtar.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in text.split("=== ").skip(1) {
        let (head, txtar) = block.split_once('\n').expect("a line of its own");
        let mut words = head.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (name, code, file) = (word(), word(), word());
        let txtar = txtar.to_owned();
        let mut case = Case::error(name, code, file, move |site| site.write_all(&txtar));
        case.severity = match word() {
            "warning" => Severity::Warning,
            "note" => Severity::Note,
            _ => Severity::Error,
        };
        cases.push(case);
    }
    cases
}

/// What the program says of each case, in both languages; fails when a case
/// panics, is not blamed as it should be, or changes the output.
#[track_caller]
pub fn check(cases: Vec<Case>) -> String {
    let site = base();
    let mut published = snapshot(&site.out());
    let (mut said, mut wrong) = (String::new(), Vec::new());
    for case in &cases {
        restore(&site);
        (case.spoil)(&site);
        let faults = judge(case, &site, &published);
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", case.name)));
        write!(said, "{}", transcript(case, &site, &mut wrong)).expect("memory");
        let after = snapshot(&site.out());
        if after != published {
            wrong.push(format!("{}: the output has changed", case.name));
            published = after;
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{said}", wrong.join("\n"));
    said
}

/// The good site, built.
pub fn base() -> Site {
    let site = Site::new(BASE);
    site.build().clean().ok();
    site
}

/// Everything but the output and the state as it was.
pub fn restore(site: &Site) {
    for entry in std::fs::read_dir(site.root()).expect("a folder").flatten() {
        let name = entry.file_name();
        if name == "public" || name == ".tintot" {
            continue;
        }
        match entry.file_type().expect("a type").is_dir() {
            true => std::fs::remove_dir_all(entry.path()).expect("a folder to remove"),
            false => std::fs::remove_file(entry.path()).expect("a file to remove"),
        }
    }
    site.write_all(BASE);
}

/// What `check` would say, or why it could not.
pub fn diagnose(site: &Site) -> Result<Vec<Diagnostic>, String> {
    let run = || {
        let mut build = driver::build(&site.request()).map_err(|fault| format!("{fault:?}"))?;
        driver::check(&mut build, &|_, _| {}).map_err(|fault| format!("{fault:?}"))?;
        Ok(build.diagnostics)
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("it panics".to_owned()))
}

/// What is wrong with the diagnostics of a case.
fn judge(case: &Case, site: &Site, published: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let diags = match diagnose(site) {
        Ok(diags) => diags,
        Err(fault) => return vec![fault],
    };
    let mut wrong = out_of_bounds(site, &diags);
    let blamed = diags.iter().any(|diag| {
        diag.rule.code == case.code
            && diag.severity == case.severity
            && diag.file().map_or("-", |file| file) == case.file
    });
    if !blamed {
        let list: Vec<_> =
            diags.iter().map(|diag| (diag.rule.code, diag.severity, diag.file())).collect();
        wrong.push(format!("no {} in {}, but {list:?}", case.code, case.file));
    }
    if snapshot(&site.out()) != *published {
        wrong.push("checking has changed the output".to_owned());
    }
    wrong
}

/// Places that are not in the file, or cut a character in two.
pub fn out_of_bounds(site: &Site, diags: &[Diagnostic]) -> Vec<String> {
    let mut wrong = Vec::new();
    for diag in diags {
        for label in &diag.labels {
            let (file, range) = (&label.span.file, &label.span.range);
            if *range == (0..0) {
                continue;
            }
            let Ok(bytes) = std::fs::read(site.root().join(&**file)) else { continue };
            let text = str::from_utf8(&bytes).unwrap_or_default();
            let whole = text.is_empty() || text.get(range.clone()).is_some();
            if range.start > range.end || range.end > bytes.len() || !whole {
                wrong.push(format!("{} has the place {range:?} in {file}", diag.rule.code));
            }
        }
    }
    wrong
}

/// What the program prints of a case, Vietnamese first.
fn transcript(case: &Case, site: &Site, wrong: &mut Vec<String>) -> String {
    let mut text = format!("━━━ {} ━━━\n", case.name);
    for lang in ["vi", "en"] {
        // What is no error would be published, and must not be here.
        let command = if case.severity == Severity::Error { "build" } else { "check" };
        let output = run(site, lang, command);
        let code = output.status.code();
        let good = match case.severity {
            Severity::Error => matches!(code, Some(1 | 2)),
            _ => code == Some(0),
        };
        if !good {
            wrong.push(format!("{}: the program ends with {}", case.name, output.status));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains(&*site.root().to_string_lossy()) {
            wrong.push(format!("{}: a path of the machine is printed", case.name));
        }
        writeln!(text, "[{lang}] {}\n{}\n", code.unwrap_or(-1), said.trim_end()).expect("memory");
    }
    text
}

fn run(site: &Site, lang: &str, command: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tintot"))
        .args(["--lang", lang, "--verbose", "--root"])
        .arg(site.root())
        .args([command, "--at", site.at])
        .env("NO_COLOR", "1")
        .output()
        .expect("the program")
}

/// The path and bytes of a file of [`BASE`].
pub fn base_files() -> Vec<(String, String)> {
    files(BASE)
}
