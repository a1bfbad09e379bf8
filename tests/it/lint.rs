//! Known slips of the pen: what `check` says of names, citations, spellings.

use tintot::base::diag::Diagnostic;
use tintot::driver;

use crate::site::Site;

/// `code file:text` of each slip that the lint finds.
fn slips(site: &Site) -> Vec<String> {
    let mut build = driver::build(&site.request()).expect("a readable site");
    driver::lint(&mut build, false);
    let ours = build.diagnostics.iter().filter(|diag| diag.rule.code.starts_with("T11"));
    let told = |diag: &Diagnostic| {
        let span = &diag.labels[0].span;
        let text = std::fs::read_to_string(site.root().join(&*span.file)).expect("a file");
        format!("{} {}:{}", diag.rule.code, span.file, &text[span.range.clone()])
    };
    ours.map(told).collect()
}

const STORY: &str = r#"
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Phòng trào ở Đắc Lắc
date: 2026-01-02
people: [{name: Đắc Lắc}]
---
Theo Nghị định 27/2021/NĐ-CP, hộ nghèo được hổ trợ ngay.
"#;

#[test]
fn titles_and_bodies_are_read_and_people_are_not() {
    let mut found = slips(&Site::with(STORY));
    found.sort();
    let wanted = [
        "T1101 content/tin/mot.md:Phòng trào",
        "T1101 content/tin/mot.md:hổ trợ",
        "T1102 content/tin/mot.md:Đắc Lắc",
        "T1103 content/tin/mot.md:Nghị định 27/2021",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_site_adds_replaces_and_silences() {
    let own = "-- content/data/slips.yaml --\n- {id: ho-tro, off: true}\n- {id: dak-lak, family: name, find: [ở], right: tại}\n- {id: ho-ngheo, find: hộ nghèo, right: hộ khó khăn}\n";
    let found = slips(&Site::with(&format!("{STORY}{own}")));
    let has = |text: &str| found.iter().any(|slip| slip.ends_with(text));
    assert!(has(":ở") && has(":hộ nghèo") && !has(":hổ trợ") && !has(":Đắc Lắc"), "{found:#?}");
}

#[test]
fn a_site_may_switch_a_family_off_and_a_build_says_nothing() {
    let site = Site::with(STORY);
    assert!(!site.build().ok().has_code("T1101"));
    let path = site.root().join("site.yaml");
    let config = std::fs::read_to_string(&path).expect("a file");
    site.write("site.yaml", format!("{config}\nchecks: {{T1101: off}}\n").as_bytes());
    assert!(slips(&site).iter().all(|slip| !slip.starts_with("T1101")));
}

#[test]
fn a_malformed_list_is_told_of() {
    let own = "-- content/data/slips.yaml --\n- {id: a, find: ['?!'], right: b}\n- {id: c, right: d}\n- {id: e, family: tên, find: f, right: g}\n";
    let built = Site::with(&format!("{STORY}{own}")).build();
    let found = built.problems();
    assert!(built.has_code("T0906") && found.len() == 3, "{found:#?}");
}
