//! The dictionary against texts.

use std::sync::Arc;

use super::dictionary::{Dictionary, builtin};
use super::words::Memory;
use crate::base::diag::Diagnostics;
use crate::parse::{self, ParseOptions};

fn lint(source: &str) -> (String, Diagnostics) {
    let path: Arc<str> = Arc::from("content/bai.md");
    let options = ParseOptions { langs: vec!["vi".to_owned()], zone: jiff::tz::TimeZone::UTC };
    let source = format!("---\ntitle: Bài\nsummary: Tóm tắt\n---\n{source}");
    let (doc, _) = parse::doc(&path, source.as_bytes(), &options);
    let found = Dictionary::new(&[]).lint(&doc.expect("a doc"), &source, &mut Memory::default());
    (source, found)
}

/// What is underlined.
fn slips(source: &str) -> Vec<String> {
    let (source, found) = lint(source);
    found.iter().map(|diag| source[diag.labels[0].span.range.clone()].to_owned()).collect()
}

#[test]
fn every_slip_is_found_and_what_is_right_is_not() {
    let (all, found) = builtin();
    assert!(found.is_empty() && all.len() > 20, "{found:#?}");
    for slip in &all {
        for phrase in &slip.find {
            assert_eq!(
                slips(&format!("Nay {phrase} nhé.")),
                [phrase.as_str()],
                "{}",
                slip.id.value
            );
        }
        let right = slips(&format!("Nay {} nhé.", slip.right));
        assert!(right.is_empty(), "{}: {right:?}", slip.id.value);
    }
}

#[test]
fn unicode_form_tones_capitals_and_line_breaks_do_not_hide_a_slip() {
    use unicode_normalization::UnicodeNormalization;
    let apart: String = "Được hổ trợ vốn".nfd().collect();
    assert_eq!(slips(&apart).len(), 1);
    assert_eq!(slips("HỔ TRỢ"), ["HỔ TRỢ"]);
    assert_eq!(slips("được hổ\ntrợ vốn"), ["hổ\ntrợ"]);
    assert_eq!(slips("lan toã, lan tõa"), ["lan toã", "lan tõa"]);
    assert_eq!(slips("Nghị định 127/2021/NĐ-CP; con hổ. Trợ giúp."), [""; 0]);
}

#[test]
fn code_quotations_and_addresses_are_left_alone() {
    assert!(slips("`hổ trợ` và\n\n```\nhổ trợ\n```\n\n    hổ trợ\n\n> hổ trợ\n").is_empty());
    assert!(slips("[xem](https://vi.example/27/2021/NĐ-CP)").is_empty());
    assert!(slips("https://vi.example/27/2021/NĐ-CP").is_empty());
    assert!(slips("Mai phần quà được chia sẽ đến tay.").is_empty());
    assert_eq!(slips("> xử dụng\n\nVẫn **xử dụng**."), ["xử dụng"]);
}
