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

fn story(call: &str) -> Site {
    Site::with(&format!(
        "{TIMELINE}-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n-- content/tin/mot.md --\n---\ntitle: Một\ndate: 2022-06-17\n---\nĐã qua:\n\n{call}\n"
    ))
}

#[test]
fn a_text_shows_the_milestones_of_some_years() {
    for (call, shown) in [
        ("::timeline", [true, true, true]),
        ("::timeline{years=2022}", [true, false, false]),
        ("::timeline{years=\"2022-2023\"}", [true, true, false]),
        ("::timeline{years=\"2030\"}", [false, false, false]),
    ] {
        let site = story(call);
        site.build().clean();
        let page = site.page("tin/mot/index.html");
        let has = ["Kế hoạch", "Sơ kết", "Tổng kết"].map(|title| page.contains(title));
        assert_eq!(has, shown, "{call}: {page}");
    }
    let site = story("::timeline{years=\"2022-2023\" title=\"Hai năm\"}");
    site.build().clean();
    assert!(site.page("tin/mot/index.html").contains("aria-label=\"Hai năm\""));
    assert!(site.page("tin/rss.xml").contains("https://tintot.example/tin/mot/"));
    // The milestones are data of the page: it is made again when they change.
    site.write(
        "content/data/timeline.yaml",
        "- {id: truoc, date: 2022-06-16, title: Kế hoạch mới}\n".as_bytes(),
    );
    site.build().clean();
    assert!(site.page("tin/mot/index.html").contains("Kế hoạch mới"));
}

#[test]
fn years_that_are_none_are_told_with_their_place() {
    for call in ["::timeline{years=\"2025-2022\"}", "::timeline{years=\"năm nay\"}"] {
        let problems = story(call).build().problems().join("\n");
        assert!(problems.contains("the first and the last"), "{call}: {problems}");
    }
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

const COLUMN: &str = "-- site.yaml --
title: Tin tốt
base_url: https://tin.example/
column: {name: Mỗi ngày một tin, daily: tin, weekly: chuyen}
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/a.md --
---
title: Tin năm cũ
date: 2024-12-31
---
-- content/tin/b.md --
---
title: Tin hôm nay
date: 2025-12-31 08:00
---
-- content/tin/c.md --
---
title: Tin thứ hai
date: 2025-12-31 09:00
---
-- content/chuyen/_index.md --
---
title: Chuyện
kind: story
---
-- content/chuyen/d.md --
---
title: Chuyện của tuần
date: 2025-12-30
---
";

#[test]
fn the_column_has_a_page_for_each_filled_day_and_week_and_none_for_the_others() {
    let site = Site::new(COLUMN);
    site.build().ok();
    let day = site.page("chuyen-muc/2025/12/31/index.html");
    assert!(day.contains("Tin hôm nay") && day.contains("Tin thứ hai"));
    assert!(day.contains("href=\"/chuyen-muc/2024/12/31/\">Tin năm cũ"), "{day}");
    // The last days of 2025 belong to the first week of 2026.
    let week = site.page("chuyen-muc/2026/w01/index.html");
    assert!(week.contains("Chuyện của tuần") && week.contains("Tin thứ hai"));
    assert!(week.contains("Tuần 1 năm 2026"));
    let year = site.page("chuyen-muc/2025/index.html");
    assert_eq!(year.matches("<td").count(), 365);
    assert_eq!(year.matches("<td class=\"on\">").count(), 1);
    assert_eq!(site.page("chuyen-muc/2024/index.html").matches("<td").count(), 366);
    assert!(year.contains("1 ngày có tin"));
    let month = site.page("chuyen-muc/2025/12/index.html");
    assert_eq!(month.matches("<td").count(), 35);
    let main = site.page("chuyen-muc/index.html");
    assert!(main.contains("<h1>Mỗi ngày một tin</h1>") && main.contains("Chuyện của tuần"));
    assert!(!site.has("chuyen-muc/2025/12/30/index.html"));
}

#[test]
fn the_home_page_leads_to_the_days_of_the_column() {
    let mut site = Site::new(COLUMN);
    site.at = "2026-01-02T12:00:00+07:00";
    site.build().ok();
    let home = site.page("index.html");
    let days = home.split("class=\"days\"").nth(1).and_then(|text| text.split("</ol>").next());
    let days = days.expect("the last seven days");
    assert!(days.contains("href=\"/chuyen-muc/2025/12/31/\""), "{days}");
    assert_eq!(days.matches("href=").count(), 1);
}

#[test]
fn a_day_that_goes_by_changes_no_page_of_the_column() {
    let mut site = Site::new(COLUMN);
    site.at = "2026-01-02T12:00:00+07:00";
    site.build().ok();
    let before = crate::site::snapshot(&site.out());
    site.at = "2026-01-03T12:00:00+07:00";
    site.build().ok();
    let after = crate::site::snapshot(&site.out());
    let column = |path: &&String| path.starts_with("chuyen-muc/");
    // Five pages of days and months, three of weeks, the main one; six feeds.
    assert_eq!(before.keys().filter(column).count(), 15);
    assert!(before.keys().filter(column).all(|path| before[path] == after[path]));
}

#[test]
fn an_opportunity_closes_by_itself_and_stays_where_it_is() {
    let mut site = Site::with(
        "-- content/co-hoi/_index.md --
---
title: Cơ hội
kind: opportunity
---
-- content/co-hoi/hoc-bong.md --
---
title: Học bổng sáng đèn
date: 2026-11-01
deadline: 2026-12-10
slots: 10
value: 2 triệu đồng
---
Nộp đơn.
",
    );
    site.at = "2026-12-10T23:59:59+07:00";
    let built = site.build().clean();
    let flip = built.build.outline.expect("a site").next_flip;
    assert_eq!(flip.as_deref(), Some("2026-12-11T00:00:00+07:00"));
    let page = site.page("co-hoi/hoc-bong/index.html");
    assert!(page.contains("Đang nhận") && page.contains("Hạn cuối"), "{page}");
    assert!(site.page("co-hoi/index.html").contains("Đang nhận"));
    site.at = "2026-12-11T00:00:00+07:00";
    assert!(site.build().clean().rendered > 0);
    for path in ["co-hoi/hoc-bong/index.html", "co-hoi/index.html"] {
        let page = site.page(path);
        assert!(page.contains("Đã hết hạn") && !page.contains("Đang nhận"), "{path}: {page}");
    }
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(crate::site::snapshot(&site.out()), crate::site::snapshot(&cold));
}

#[test]
fn built_in_templates_that_do_not_fit_a_sites_own_are_done_without() {
    let own = "{% extends \"base.html\" %}{% block main %}<h1>Own: {{ entry.title }}</h1>{% endblock main %}\n";
    let site = Site::with(&format!(
        "-- themes/own/templates/entry.html --\n{own}\
         -- content/tin/_index.md --\n---\ntitle: Tin\n---\n\
         -- content/tin/a.md --\n---\ntitle: Kêu gọi\nkind: appeal\ndate: 2026-01-01\n---\nThân.\n"
    ));
    let config = std::fs::read_to_string(site.root().join("site.yaml")).expect("a file");
    site.write("site.yaml", format!("theme: own\n{config}").as_bytes());
    site.build().ok();
    assert!(site.page("tin/a/index.html").contains("<h1>Own: Kêu gọi</h1>"));
    // What is wrong with the site's own templates is said as before.
    let wrong = own.replace("block main", "block no").replace("endblock main", "endblock no");
    site.write("themes/own/templates/entry.html", wrong.as_bytes());
    assert!(site.build().has_code("T0801"));
}
