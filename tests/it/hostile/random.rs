//! Random bytes and random damage: never a panic, every place within its
//! file, and a build with errors changes nothing.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tintot::base::diag::Diagnostic;

use super::runner::{base, base_files, diagnose, out_of_bounds, restore};
use crate::site::{Site, snapshot};

/// Bytes that mean something to YAML, Markdown, HTML or a table.
const SIGNS: &[&str] = &[
    "\n",
    "\t",
    " ",
    "---\n",
    ": ",
    "- ",
    "#",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "“",
    "&a",
    "*a",
    "|\n",
    ">\n",
    "!",
    "%",
    "@",
    "`",
    "```\n",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<script>",
    "](",
    "![",
    "[^1]",
    "[^1]: ",
    ":::",
    "::",
    ":::note{",
    "title:",
    "date: ",
    "2026-13-45",
    "../",
    "\\",
    "\u{0}",
    "\u{feff}",
    "\u{301}",
    "ệ",
    "đ",
    "|",
    ",",
    "\r",
    "\r\n",
    "&#106;",
    "javascript:",
    "\u{202e}",
    "~~~",
    "1. ",
    "    ",
    "  \n",
    "=",
    "+++\n",
    "0",
    "é\u{323}",
];

/// The same inputs at every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Diagnoses the site; the same thing must hold whatever is in it.
fn holds(site: &Site) -> Result<(), TestCaseError> {
    let diags = diagnose(site).map_err(TestCaseError::fail)?;
    let wrong = out_of_bounds(site, &diags);
    prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if diags.iter().any(Diagnostic::is_error) {
        let before = snapshot(&site.out());
        let written = site.build().written;
        prop_assert!(written.is_none(), "a site with errors is published");
        prop_assert!(before == snapshot(&site.out()), "a site with errors changes the output");
    }
    Ok(())
}

/// Signs and letters in a row.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => proptest::sample::select(SIGNS).prop_map(|sign| sign.as_bytes().to_vec()),
        2 => "[a-z]{1,6}".prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_bytes_as_a_story() {
    let site = base();
    let front = proptest::bool::ANY;
    let result = runner(60).run(&(front, soup()), |(front, soup)| {
        let head: &[u8] = if front { b"---\ntitle: T\ndate: 2026-01-01\n---\n" } else { b"---\n" };
        site.write("content/tin/x.md", &[head, &soup].concat());
        holds(&site)
    });
    result.unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn any_bytes_as_a_configuration() {
    let site = base();
    let result = runner(40).run(&(proptest::bool::ANY, soup()), |(whole, soup)| {
        let head: &[u8] =
            if whole { b"title: T\nbase_url: https://a.example/\nowner: " } else { b"" };
        site.write("site.yaml", &[head, &soup].concat());
        holds(&site)
    });
    result.unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn any_bytes_as_data() {
    let site = base();
    let names = ["units.yaml", "terms.yaml", "places.yaml", "authors.yaml", "series.yaml"];
    let names = [names.as_slice(), &["bang.csv", "so.json"]].concat();
    let result = runner(40).run(&(proptest::sample::select(names), soup()), |(name, soup)| {
        restore(&site);
        site.write(&format!("content/data/{name}"), &soup);
        holds(&site)
    });
    result.unwrap_or_else(|why| panic!("{why}"));
}

/// What is done to a good file.
#[derive(Debug, Clone)]
enum Damage {
    Delete { line: usize },
    Double { line: usize },
    Swap { line: usize },
    Flip { at: usize, bit: u8 },
    Cut { at: usize },
    Put { at: usize, sign: &'static str },
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<usize>();
    prop_oneof![
        place.prop_map(|line| Damage::Delete { line }),
        place.prop_map(|line| Damage::Double { line }),
        place.prop_map(|line| Damage::Swap { line }),
        (place, 0..8u8).prop_map(|(at, bit)| Damage::Flip { at, bit }),
        place.prop_map(|at| Damage::Cut { at }),
        (place, proptest::sample::select(SIGNS)).prop_map(|(at, sign)| Damage::Put { at, sign }),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len().max(1);
        let mut lines: Vec<Vec<u8>> =
            bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
        let count = lines.len().max(1);
        match *self {
            _ if bytes.is_empty() => return,
            Damage::Delete { line } => drop(lines.remove(line % count)),
            Damage::Double { line } => lines.insert(line % count, lines[line % count].clone()),
            Damage::Swap { line } => lines.swap(line % count, (line / 7) % count),
            Damage::Flip { at, bit } => return bytes[at % length] ^= 1 << bit,
            Damage::Cut { at } => return bytes.truncate(at % length),
            Damage::Put { at, sign } => {
                let at = at % length;
                bytes.splice(at..at, sign.bytes());
                return;
            }
        }
        *bytes = lines.concat();
    }
}

#[test]
fn damaged_good_files() {
    let site = base();
    let files = base_files();
    let wounds = proptest::collection::vec((0..files.len(), damage()), 1..4);
    let result = runner(120).run(&wounds, |wounds| {
        restore(&site);
        for (file, damage) in wounds {
            let path = &files[file].0;
            let mut bytes = std::fs::read(site.root().join(path)).expect("a file");
            damage.apply(&mut bytes);
            site.write(path, &bytes);
        }
        holds(&site)
    });
    result.unwrap_or_else(|why| panic!("{why}"));
}
