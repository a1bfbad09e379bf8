//! The house rules that a compiler does not know: who may import whom, how
//! long things may be, what must not be said.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each module with the modules that it may use; each uses only those above
/// it. `bi`, `rules` and other macros of the root are everybody's.
const IMPORTS: [(&str, &str); 25] = [
    ("base", ""),
    ("text", "base"),
    ("yaml", "base text"),
    ("i18n", "base text yaml"),
    ("config", "base text yaml i18n"),
    ("disk", ""),
    ("scan", "base text disk"),
    ("picture", "base"),
    ("cache", "base"),
    ("mail", "base"),
    ("card", "base picture"),
    ("parse", "base text yaml"),
    ("data", "base text yaml config"),
    ("kinds", "base text yaml parse"),
    ("link", "base text yaml i18n config picture parse data kinds"),
    ("lint", "base text yaml config parse data"),
    ("theme", "base text yaml i18n config card link"),
    ("emit", "base disk"),
    ("plan", "base text yaml i18n config picture card parse data kinds link theme emit"),
    ("report", "base text yaml i18n kinds link plan"),
    ("render", "base text yaml i18n config picture parse data kinds link theme plan report"),
    (
        "driver",
        "base text yaml i18n config scan picture cache card parse data kinds link lint theme emit plan render",
    ),
    (
        "catalogue",
        "base yaml config scan mail parse data kinds link lint theme emit plan render driver",
    ),
    ("serve", "base config driver"),
    (
        "cli",
        "base text yaml i18n config scan cache mail parse data kinds link theme emit plan render report driver catalogue serve",
    ),
];

/// The one way back: the driver asks the list of all rules, which names the
/// driver's own, whether a code of `checks:` exists.
const BACK: (&str, &str) = ("driver", "catalogue");

const FUNCTION_LINES: usize = 70;
const FILE_LINES: usize = 600;

/// Words that stop the program on a reader's mistake, or that were left behind.
const BANNED: [&str; 7] = [
    ".unwrap()",
    "panic!(",
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    "process::exit",
    "allow(dead_code",
];

/// A source file without its tests.
struct Source {
    /// Below `src/`.
    name: String,
    lines: Vec<String>,
    /// With its tests.
    whole: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file of `src/` that is not only tests.
fn sources() -> Vec<Source> {
    let top = root().join("src");
    let files = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("readable").into_path());
    let mut sources = Vec::new();
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let name = path.strip_prefix(&top).expect("below").to_string_lossy().replace('\\', "/");
        let test = |part: &str| part == "tests" || part.ends_with("tests.rs");
        if name.split('/').any(test) {
            continue;
        }
        let text = read(&path);
        let own = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = own.lines().map(str::to_owned).collect();
        sources.push(Source { name, lines, whole: text.lines().count() });
    }
    assert!(sources.len() > 50, "{} sources", sources.len());
    sources
}

fn module(name: &str) -> &str {
    name.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Names after `crate::` in a line of code, `crate::{a, b::c}` included.
fn imported(line: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut names = BTreeSet::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let own = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        match rest.strip_prefix('{') {
            Some(list) if own => names.extend(list.split(',').map(word)),
            None if own => drop(names.insert(word(rest))),
            _ => {}
        }
    }
    names
}

#[test]
fn modules_use_only_their_predecessors() {
    let order: BTreeMap<&str, usize> =
        IMPORTS.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
    for (at, (name, uses)) in IMPORTS.iter().enumerate() {
        for other in uses.split_whitespace() {
            assert!(order[other] < at, "the table lets {name} use its successor {other}");
        }
    }
    let mut wrong = Vec::new();
    for Source { name, lines, .. } in sources() {
        let own = module(&name);
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let Some(at) = order.get(own) else { panic!("src/{name} is not in the table") };
        let may: Vec<&str> = IMPORTS[*at].1.split_whitespace().collect();
        for (number, line) in lines.iter().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for other in imported(code) {
                let known = order.contains_key(other.as_str());
                let back = BACK == (own, other.as_str());
                if known && other != own && !back && !may.contains(&other.as_str()) {
                    wrong.push(format!("src/{name}:{}: {own} uses {other}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_too_long() {
    let mut wrong = Vec::new();
    for Source { name, lines, whole } in sources() {
        if whole > FILE_LINES {
            wrong.push(format!("src/{name}: {whole} lines"));
        }
        for (at, line) in lines.iter().enumerate() {
            let Some(length) = function(line, &lines[at..]) else { continue };
            if length > FUNCTION_LINES {
                wrong.push(format!("src/{name}:{}: {length} lines in {}", at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of the function that begins here; the formatter puts its last
/// brace as far to the right as its first word.
fn function(line: &str, rest: &[String]) -> Option<usize> {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    let visible = code.strip_prefix("pub").map_or(code, |rest| match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')').map_or("", |(_, rest)| rest),
        None => rest,
    });
    let words = ["const ", "unsafe ", "async "];
    let name = words.iter().fold(visible.trim_start(), |code, word| code.trim_start_matches(word));
    name.strip_prefix("fn ")?;
    let end = format!("{indent}}}");
    rest.iter().position(|line| *line == end).map(|at| at + 1)
}

#[test]
fn a_functions_length_is_seen() {
    let lines = ["    pub(super) const fn a(", "    ) {", "        b", "    }", "}"];
    let lines = lines.map(str::to_owned);
    assert_eq!(function(&lines[0], &lines), Some(4));
    assert_eq!(function("    // fn a() {", &lines), None);
    assert_eq!(
        Vec::from_iter(imported("use crate::{bi, text::{a}}; x(crate::yaml::Y)")),
        ["bi", "text", "yaml"]
    );
}

#[test]
fn nothing_stops_the_program() {
    let mut wrong = Vec::new();
    for Source { name, lines, .. } in sources() {
        for (at, line) in lines.iter().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let prints = ["println!(", "print!("].iter().any(|word| code.contains(word));
            if BANNED.iter().any(|word| code.contains(word))
                || prints && !["cli", "main"].contains(&module(&name))
            {
                wrong.push(format!("src/{name}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    for Source { name, lines, .. } in sources() {
        assert!(lines.first().is_some_and(|line| line.starts_with("//! ")), "src/{name}");
    }
}

#[test]
fn codes_are_unique_and_speak_both_languages() {
    let mut codes = BTreeSet::new();
    for rule in tintot::catalogue::rules() {
        assert!(codes.insert(rule.code), "{} is declared twice", rule.code);
        let texts = [rule.title.0, rule.title.1, rule.explain.0, rule.explain.1];
        assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} lacks words", rule.code);
    }
    assert!(codes.len() > 60, "{} rules", codes.len());
}

/// Files under version control; where there is none, all but what is made.
fn tracked() -> Vec<PathBuf> {
    let git = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let listed = git.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let listed: Vec<PathBuf> = listed
        .unwrap_or_default()
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(|name| root().join(name))
        .filter(|path| path.is_file())
        .collect();
    if !listed.is_empty() {
        return listed;
    }
    let made = ["target", "public", ".git", ".tintot"];
    let keep = |entry: &walkdir::DirEntry| {
        entry.depth() != 1 || !made.contains(&&*entry.file_name().to_string_lossy())
    };
    let walk = walkdir::WalkDir::new(root()).sort_by_file_name().into_iter().filter_entry(keep);
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn files_speak_of_the_project_alone() {
    // Written in two parts, so that this file may be among those looked at.
    let banned = [
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("C:\\", "Users"),
        concat!("index.crates", ".io"),
        concat!("static.crates", ".io"),
        concat!("registry.npm", "js"),
        concat!("arti", "factory"),
    ];
    let mut wrong = Vec::new();
    // Hostile inputs hold the paths that people paste.
    let hostile = |path: &std::path::Path| {
        path.components()
            .any(|part| matches!(part.as_os_str().to_str(), Some("hostile" | "snapshots")))
    };
    for path in tracked().into_iter().filter(|path| !hostile(path)) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (at, line) in text.lines().enumerate() {
            if banned.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {}", path.display(), at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
