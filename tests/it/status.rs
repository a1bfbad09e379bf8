//! `tintot status`: gaps, doubles, streaks and what is queued, by the program
//! itself.

use std::process::{Command, Output};

use crate::site::Site;

const COLUMN: &str = "-- site.yaml --
title: Tin tốt
base_url: https://tin.example/
column: {name: Tin tốt, daily: tin, weekly: chuyen}
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/chuyen/_index.md --
---
title: Chuyện
kind: story
---
";

/// A site with a news item on each of some days, and a story.
fn site(days: &[&str]) -> Site {
    let mut files = COLUMN.to_owned();
    for (at, day) in days.iter().enumerate() {
        let lines = format!("---\ntitle: Tin {at}\ndate: {day}\n---\nChữ.\n");
        files.push_str(&format!("-- content/tin/t{at}.md --\n{lines}"));
    }
    files.push_str("-- content/chuyen/c.md --\n---\ntitle: Chuyện\ndate: 2020-12-31\n---\nChữ.\n");
    Site::new(&files)
}

fn status(site: &Site, at: &str, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.args(["--lang", "vi", "status", "--column", "--at", at]).args(more);
    command.arg("-r").arg(site.root()).output().expect("the program")
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn gaps_doubles_streaks_and_queue_are_told() {
    let days = ["2020-12-28", "2020-12-30", "2020-12-31", "2020-12-31 09:00", "2021-01-06"];
    let site = site(&days);
    let told = json(&status(&site, "2021-01-04T10:00", &["--format", "json"]));
    let daily = &told["daily"];
    assert_eq!(
        daily["gaps"],
        serde_json::json!(["2020-12-29", "2021-01-01", "2021-01-02", "2021-01-03"])
    );
    assert_eq!(daily["open"], "2021-01-04");
    assert_eq!(daily["filled"], 3);
    assert_eq!(daily["doubles"][0]["slot"], "2020-12-31");
    assert_eq!(daily["longest_streak"], serde_json::json!({"from": "2020-12-30", "count": 2}));
    assert_eq!(daily["current_streak"], serde_json::Value::Null);
    assert_eq!(daily["queued"][0]["entries"][0]["state"], "future");
    // The week of New Year's Eve belongs to 2020.
    assert_eq!(told["weekly"]["from"], "2020-W53");
    assert_eq!(told["weekly"]["gaps"], serde_json::json!([]));
    assert_eq!(told["weekly"]["open"], "2021-W01");
}

#[test]
fn only_a_gap_fails_and_only_if_asked() {
    let site = site(&["2020-12-30", "2020-12-31"]);
    let code = |at: &str, more: &[&str]| status(&site, at, more).status.code();
    assert_eq!(code("2021-01-01T08:00", &["--fail-on-gap"]), Some(0), "today may still be filled");
    assert_eq!(code("2021-01-02T08:00", &["--fail-on-gap"]), Some(4));
    assert_eq!(code("2021-01-02T08:00", &[]), Some(0));
    assert_eq!(code("2021-01-02T08:00", &["--fail-on-gap", "--to", "31/12/2020"]), Some(0));
    assert_eq!(code("2021-01-02T08:00", &["--from", "hôm qua"]), Some(2));
}

#[test]
fn the_table_speaks_the_editors_language_and_a_site_without_column_is_told_how() {
    let site = site(&["2020-12-30"]);
    let told = String::from_utf8(status(&site, "2021-01-02T08:00", &[]).stdout).expect("text");
    assert!(told.contains("Trống gần đây: 2020-12-31…2021-01-01"), "{told}");
    site.write("site.yaml", b"title: Tin\nbase_url: https://tin.example/\n");
    let refused = status(&site, "2021-01-02T08:00", &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("column:"));
}
