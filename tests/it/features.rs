//! Pages that features add: where they are, what they show, when they are not.

use crate::site::Site;

const TIMELINE: &str = "-- content/data/timeline.yaml --
- {id: sau, date: 2025, title: Tổng kết, illustrative: true}
- {id: truoc, date: 2022-06-16, title: Kế hoạch, text: Chữ <b>, page: tin/mot}
- {id: giua, date: 2023-05, title: {vi: Sơ kết, en: Review}}
";

#[test]
fn a_timeline_stands_in_order_with_as_much_of_a_date_as_is_known() {
    let news = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n-- content/tin/mot.md --\n---\ntitle: Một\ndate: 2022-06-17\n---\n";
    let site = Site::with(&format!("{TIMELINE}{news}"));
    site.build().ok();
    let page = site.page("dong-thoi-gian/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("ngày 16 tháng 6 năm 2022") < at("tháng 5 năm 2023"));
    assert!(at("datetime=\"2023-05\"") < at("datetime=\"2025\""));
    assert!(page.contains("<a href=\"/tin/mot/\">Kế hoạch</a>") && page.contains("Chữ &lt;b&gt;"));
    assert!(site.page("sitemap-vi.xml").contains("/dong-thoi-gian/"));
}

#[test]
fn without_milestones_there_is_no_timeline() {
    let site = Site::with("");
    site.build().ok();
    assert!(!site.has("dong-thoi-gian/index.html"));
}

#[test]
fn a_milestone_of_an_entry_that_is_not_there_names_the_nearest() {
    let site = Site::with(
        "-- content/data/timeline.yaml --\n- {id: mot, date: 16/6/2022, title: Một}\n- {id: hai, date: 2022, title: Hai, page: tin/mott}\n-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n-- content/tin/mot.md --\n---\ntitle: Một\ndate: 2022-06-17\n---\n",
    );
    let out = site.build();
    assert!(out.has_code("T0907") && out.has_code("T0606"), "{:#?}", out.problems());
    assert!(out.problems().iter().any(|told| told.contains("tin/mot")), "{:#?}", out.problems());
}
