//! Blocks as editors write them, one file at a time.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::base::diag::Diagnostics;
use crate::parse::ParseOptions;

fn opts() -> ParseOptions {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    ParseOptions { langs: vec!["vi".into(), "en".into(), "km".into()], zone }
}

fn file(path: &str) -> Arc<str> {
    Arc::from(path)
}

/// The front matter of a whole file.
fn front_of(text: &str, path: &str) -> (Front, Diagnostics) {
    let cut = split(text, &file(path));
    let Some(block) = cut.block else { return (Front::default(), cut.diagnostics) };
    read(&text[block.clone()], block.start, &file(path), &opts())
}

/// Code and underlined text of each diagnostic.
fn told(text: &str, found: &Diagnostics) -> Vec<(&'static str, String)> {
    let under = |range: std::ops::Range<usize>| text[range].to_owned();
    found.iter().map(|d| (d.rule.code, under(d.labels[0].span.range.clone()))).collect()
}

fn check(block: &str, wanted: &[(&str, &str)]) -> Front {
    let text = format!("---\n{block}---\nThân bài.\n");
    let (front, found) = front_of(&text, "content/a/b.md");
    let told = told(&text, &found);
    let told: Vec<_> = told.iter().map(|(code, under)| (*code, under.as_str())).collect();
    assert_eq!(told, wanted, "{block}");
    front
}

#[test]
fn blocks_are_found() {
    for (text, block, body) in [
        ("---\na: 1\n---\nBody", "a: 1\n", "Body"),
        ("\u{feff}---  \r\na: 1\r\n---\t\r\nBody", "a: 1\r\n", "Body"),
        ("\n\n---\na: 1\n...\nBody", "a: 1\n", "Body"),
        ("---\n---\nBody", "", "Body"),
        ("---\na: 1\n---", "a: 1\n", ""),
    ] {
        let cut = split(text, &file("a.md"));
        assert_eq!(cut.block.map(|block| &text[block]), Some(block), "{text:?}");
        assert_eq!(&text[cut.body..], body);
        assert!(cut.diagnostics.is_empty());
    }
}

#[test]
fn blocks_that_are_none() {
    for (text, code, under, body) in [
        ("Chỉ có thân bài.\n", "T0120", "Chỉ có thân bài.", "Chỉ có thân bài.\n"),
        ("——\ntitle: a\n——\n", "T0120", "——", "——\ntitle: a\n——\n"),
        ("-----\ntitle: a\n", "T0120", "-----", "-----\ntitle: a\n"),
        ("", "T0120", "", ""),
        ("---\ntitle: a\n\nThân bài\n", "T0121", "---", ""),
        ("+++\ntitle = \"a\"\n+++\nBody", "T0122", "+++", "\nBody"),
    ] {
        let cut = split(text, &file("a.md"));
        assert_eq!((cut.block, &text[cut.body..]), (None, body), "{text:?}");
        assert_eq!(told(text, &cut.diagnostics), [(code, under.to_owned())]);
    }
    let open = split("---\ntitle: a\n\nThân bài\n", &file("a.md"));
    assert_eq!(open.diagnostics[0].labels[1].span.range, 14..14 + "Thân bài".len());
}

#[test]
fn the_contracts_entry() {
    let front = check(
        "title: Chị Lan trồng cây trên đồi trọc\nsummary: Năm năm, ba hecta.\ndate: 2025-10-17 08:30\nplaces: [Hà Giang]\nunits: [tinh-doan-tuyen-quang]\ntopics: [giam-ngheo, khoi-nghiep]\ntags: [trong-rung]\nstart: 2025-10-18\n",
        &[],
    );
    assert_eq!(front.title.map(|t| t.value).as_deref(), Some("Chị Lan trồng cây trên đồi trọc"));
    assert_eq!(front.date.map(|d| d.value.rfc3339()).as_deref(), Some("2025-10-17T08:30:00+07:00"));
    assert_eq!((front.topics.len(), front.places[0].value.as_str()), (2, "Hà Giang"));
    assert_eq!(front.rest.len(), 1);
    assert_eq!(front.rest[0].0.scalar(), Some("start"));
}

#[test]
fn nested_values() {
    let front = check(
        "title: A\nsource: {name: Báo Minh Họa, url: https://x.example/a}\nseries: {id: duong-len-ban, part: 2}\ncover: bia.svg\nphotos:\n  - a.jpg\n  - {file: b.jpg, alt: Đồi, focus: [0.5, 0.25], people: none}\npeople: [Chị L., {name: N. T. H., born: 1990, role: đoàn viên}]\nai: true\nextra: {mau: xanh}\naliases: [/bai-cu/, cu/bai.html]\n",
        &[],
    );
    let source = front.source.clone().unwrap();
    assert_eq!(source.url.map(|u| u.value).as_deref(), Some("https://x.example/a"));
    assert_eq!(front.series.clone().and_then(|s| s.part).map(|p| p.value), Some(2));
    assert_eq!(front.photos[1].focus, Some((500, 250)));
    assert_eq!((front.people.len(), front.people[1].born.as_deref()), (2, Some("1990")));
    assert_eq!(front.ai.clone().map(|ai| ai.value).as_deref(), Some(""));
    let aliases: Vec<_> = front.aliases.iter().map(|a| a.value.as_str()).collect();
    assert_eq!(aliases, ["bai-cu/", "cu/bai.html"]);
    let bare = check("title: A\nsource: https://www.bao.example/tin/1\nseries: x\n", &[]);
    assert_eq!(bare.source.clone().map(|s| s.name.value).as_deref(), Some("bao.example"));
    assert_eq!(bare.series.clone().map(|s| s.id.value).as_deref(), Some("x"));
}

#[test]
fn titles() {
    check("date: 2025-10-17\n", &[("T0105", "")]);
    check("title:\n", &[("T0105", "title")]);
    check("title: \"  \"\n", &[("T0105", "title")]);
    check("", &[("T0105", "")]);
    check("title: [a]\n", &[("T0104", "[a]")]);
    for path in ["content/a/b.en.md", "content/_index.md", "content/_index.km.md"] {
        let (_, found) = front_of("---\nslug: a\n---\n", path);
        assert!(found.is_empty(), "{path}");
    }
    for path in ["content/a/b.vi.md", "content/a/_index.md", "content/a/b.fr.md"] {
        assert_eq!(front_of("---\nslug: a\n---\n", path).1.len(), 1, "{path}");
    }
}

#[test]
fn shapes() {
    check("title: A\nslug: Đường Về\n", &[("T0651", "Đường Về")]);
    check("title: A\nslug: ../x\n", &[("T0651", "../x")]);
    check("title: A\nid: a b\n", &[("T0653", "a b")]);
    check("title: A\ndraft: yes\nwithdrawn: không\n", &[("T0114", "yes"), ("T0114", "không")]);
    check("title: A\nfallback: shwo\ngenre: bao\n", &[("T0113", "shwo"), ("T0113", "bao")]);
    check("title: A\ncover: {alt: x, tep: b}\n", &[("T0105", ""), ("T0103", "tep")]);
    check("title: A\nphotos: [{file: a, focus: giữa}]\n", &[("T0211", "giữa")]);
    for bad in [
        "https://x.example/a",
        "../a",
        "a/../b",
        "a\\\\b",
        "/",
        "//x/a",
        "a?b",
        "a#b",
        "a//b",
        "%2e%2e/a",
    ] {
        let block = format!("title: A\naliases: [\"{bad}\"]\n");
        let text = format!("---\n{block}---\n");
        assert_eq!(told(&text, &front_of(&text, "a/b.md").1)[0].0, "T0652", "{bad}");
    }
    check("title: A\nsource: {name: B, url: \"javascript:x\"}\n", &[("T0207", "\"javascript:x\"")]);
    check("title: A\nsource: javascript://x\ncover: \"\"\n", &[]);
    let long = format!("title: A\naliases: [{}]\n", "a".repeat(201));
    assert_eq!(front_of(&format!("---\n{long}---\n"), "a/b.md").1[0].rule.code, "T0652");
}

#[test]
fn dates_and_children() {
    check(
        "title: A\ndate: 2025-10-17\nupdated: 2025-10-16\nexpires: 2025-10-17\n",
        &[("T0210", "2025-10-16"), ("T0210", "2025-10-17")],
    );
    check("title: A\ndate: 17/10/2025\n", &[("T0202", "17/10/2025")]);
    check("title: A\ndate: 31/02/2025\n", &[("T0204", "31/02/2025")]);
    let block = "title: A\ndate: 2025-10-17\npeople: [{name: B, born: ";
    check(&format!("{block}2012}}]\n"), &[("T1001", "2012")]);
    check(&format!("{block}2009-10-18}}]\n"), &[("T1001", "2009-10-18")]);
    check(&format!("{block}2009-10-17}}]\n"), &[]);
    check(&format!("{block}2012}}]\nconsent: DY-2025-014\n"), &[]);
}

#[test]
fn broken_yaml_points_into_the_file() {
    check("title: Chuyện: phần 2\n", &[("T0108", "Chuyện: phần 2")]);
    check("title: A\ntitle: B\n", &[("T0102", "title")]);
    check("- a\n", &[("T0101", "- a")]);
    let text = format!("---\ntitle: {}\n---\n", "x".repeat(10_000_000));
    let (_, found) = front_of(&text, "a/b.md");
    assert_eq!(told(&text, &found), [("T0111", String::new())]);
}

#[test]
fn keys_that_nobody_reads() {
    let front = check("title: A\nsumary: b\nngay: 2025-10-17\n", &[]);
    let zone = TimeZone::UTC;
    let found = unknown_keys(&front, &file("a/b.md"), &zone);
    let help: Vec<_> =
        found.iter().filter_map(|d| d.help.as_ref().map(|h| h.en.as_str())).collect();
    assert_eq!(help, ["did you mean `summary`?", "did you mean `date`?"]);
    assert!(KEYS.windows(2).all(|pair| pair[0] != pair[1]));
}

/// A block that asks for every key at once leaves nothing over.
#[test]
fn the_list_of_keys_is_complete() {
    let block: String = KEYS.iter().map(|key| format!("{key}:\n")).collect();
    let front = check(&block, &[("T0105", "title")]);
    assert_eq!(front.rest, []);
}

proptest! {
    #[test]
    fn nothing_panics(text in "(---\n|title: |date: |a|đ|: |\n|- |\\[|\\]|\\{|\\}|photos:|people:|aliases:|focus:|, |\"|2025-10-17|\u{feff}|\r\n|\u{a0}|/|series:){0,30}") {
        let text = format!("---\n{text}\n---\nx");
        let (_, found) = front_of(&text, "content/a/b.md");
        for label in found.iter().flat_map(|d| &d.labels) {
            prop_assert!(text.get(label.span.range.clone()).is_some());
        }
        let _ = split(&text[3..], &file("a.md"));
    }

    #[test]
    fn nothing_panics_on_any_text(text in "(?s).{0,60}") {
        let _ = front_of(&text, "a.md");
    }
}
