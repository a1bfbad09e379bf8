//! `tintot report`: a year in four forms that say the same.

use std::process::{Command, Output};

use serde_json::Value;

use crate::outputs::copy_demo;
use crate::site::Site;

fn report(site: &Site, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.args(["--lang", "vi", "report", "--at", "2026-11-24T10:00"]).args(more);
    command.arg("-r").arg(site.root()).output().expect("the program")
}

fn demo() -> Site {
    let site = Site::new("");
    copy_demo(site.root());
    site
}

fn json(site: &Site, more: &[&str]) -> Value {
    let output = report(site, &[&["--format", "json"], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn rows<'v>(report: &'v Value, table: &str) -> &'v [Value] {
    report["tables"][table]["rows"].as_array().expect("rows")
}

#[test]
fn months_kinds_and_entries_add_up_in_every_year_of_the_demo() {
    let site = demo();
    for year in ["2022", "2023", "2024", "2025", "2026"] {
        let report = json(&site, &["--year", year]);
        let entries = rows(&report, "entries").len() as u64;
        assert!(entries > 0, "{year}");
        assert_eq!(rows(&report, "summary")[0][1], entries);
        let (total, months) = rows(&report, "months").split_last().expect("a total");
        assert_eq!(months.len(), 12);
        for column in 1..total.as_array().expect("cells").len() {
            let sum: u64 = months.iter().filter_map(|row| row[column].as_u64()).sum();
            assert_eq!(total[column], sum, "{year}, column {column}");
        }
        let last = total.as_array().expect("cells").len() - 1;
        assert_eq!(total[last], entries);
    }
}

#[test]
fn who_has_sent_nothing_stands_in_the_file_and_a_unit_counts_those_below() {
    let site = demo();
    let whole = json(&site, &["--year", "2026"]);
    let sent = |word: &str| rows(&whole, "submissions").iter().filter(|row| row[2] == word).count();
    assert!(sent("chưa") > 30 && sent("có") > 3);
    let below = json(&site, &["--year", "2026", "--unit", "trung-uong-doan"]);
    assert!(!rows(&below, "entries").is_empty());
    assert!(rows(&below, "entries").len() <= rows(&whole, "entries").len());
    let wrong = report(&site, &["--unit", "trung-uong-doann"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("trung-uong-doan"));
}

const DANGER: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: '=HYPERLINK(\"http://x\", \"a|b\")'
date: 2026-03-01
---
";

#[test]
fn no_title_becomes_a_formula_and_excel_is_told_the_encoding() {
    let site = Site::with(DANGER);
    let folder = site.root().join("ra");
    std::fs::create_dir_all(&folder).expect("a folder");
    let written = |name: &str| {
        let file = folder.join(name);
        let output = report(&site, &["--year", "2026", "-o", file.to_str().expect("text")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(file).expect("a report")
    };
    let csv = String::from_utf8(written("a.csv")).expect("UTF-8");
    assert!(csv.starts_with('\u{feff}') && csv.contains("\r\n"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\", \"\"a|b\"\")\""), "{csv}");
    let markdown = String::from_utf8(written("a.md")).expect("UTF-8");
    assert!(markdown.contains("a\\|b"), "{markdown}");
    let book = written("a.xlsx");
    assert!(book.starts_with(b"PK"));
    assert_eq!(book, written("b.xlsx"), "the same report, the same bytes");
    let refused = report(&site, &["-o", "bao-cao.doc"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn contributions_add_up_alike_in_every_table_and_form() {
    let site = demo();
    for (year, unit) in
        [("2024", None), ("2025", None), ("2026", None), ("2026", Some("tinh-doan-tuyen-quang"))]
    {
        let mut asked = vec!["--year", year];
        asked.extend(unit.iter().flat_map(|unit| ["--unit", *unit]));
        let said = json(&site, &asked);
        let detail = rows(&said, "contributions");
        assert!(!detail.is_empty(), "{year}");
        let sum: u64 = detail.iter().filter_map(|row| row[6].as_u64()).sum();
        let summary = rows(&said, "summary").last().expect("rows");
        assert_eq!(summary[1], sum);
        let parts = ["kinds", "units", "areas", "months"];
        for table in parts.map(|of| format!("contributions_{of}")) {
            let (total, parts) = rows(&said, &table).split_last().expect("a total");
            assert_eq!(total[2], sum, "{year} {table}");
            assert_eq!(parts.iter().filter_map(|row| row[2].as_u64()).sum::<u64>(), sum);
            assert_eq!(total[1], detail.len(), "{year} {table}");
        }
        let csv = report(&site, &[&["--format", "csv"], &asked[..]].concat()).stdout;
        let csv = String::from_utf8(csv).expect("text");
        assert_eq!(csv.matches(&format!("Cộng,{},{sum},", detail.len())).count(), 4);
        let page = report(&site, &[&["--format", "md"], &asked[..]].concat()).stdout;
        let page = String::from_utf8(page).expect("text");
        assert_eq!(page.matches(&format!("| Cộng | {} | {sum} |", detail.len())).count(), 4);
        assert!(!csv.to_lowercase().contains("ẩn danh"));
    }
}
