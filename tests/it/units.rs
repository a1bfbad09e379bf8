//! Pages of units: what a unit did, what those below it did, what it gave.

use crate::site::{Site, snapshot};

const UNITS: &str = "campaigns:
  - {id: cao-diem, name: Tháng cao điểm, start: 10-17, end: 11-18, launch: {tag: le-phat-dong}}
-- content/data/units.yaml --
- {id: tinh-a, name: {vi: Tỉnh Đoàn A, en: Union A}}
- {id: xa-c, name: Đoàn xã C, parent: tinh-a}
- {id: xa-b, name: Đoàn xã B, parent: tinh-a}
- {id: chi-doan-d, name: Chi đoàn D, parent: xa-b}
- {id: xa-khong, name: Đoàn xã Không, parent: tinh-a}
- {id: xa-gop, name: Đoàn xã Góp, parent: tinh-a}
-- content/data/contributions/about.yaml --
files:
  - {file: a.csv, as_of: 2026-11-20, source: Báo cáo}
kinds:
  - {id: tien, name: {vi: Tiền mặt, en: Cash}}
-- content/data/contributions/a.csv --
date,unit,donor,kind,area,value
2026-10-17,tinh-a,Ẩn danh,tien,,1 triệu
2026-10-18,xa-gop,Ẩn danh,tien,,2 triệu
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/rieng.md --
---
title: Tin của tỉnh
date: 2026-10-01
units: [tinh-a]
---
-- content/tin/phat-dong.md --
---
title: Phát động ở tỉnh
date: 2026-10-17
units: [tinh-a]
tags: [le-phat-dong]
---
-- content/tin/chung.md --
---
title: Tin chung hai cấp
date: 2026-10-02
units: [tinh-a, xa-b]
---
-- content/le/_index.md --
---
title: Lễ
kind: event
---
-- content/le/qua.md --
---
title: Lễ đã qua
date: 2026-10-01
start: 2026-10-05 08:00
units: [tinh-a]
---
-- content/le/toi.md --
---
title: Lễ sắp tới
date: 2026-10-01
start: 2026-12-05 08:00
units: [tinh-a]
---
";

/// Stories of the lowest unit, by number.
fn stories(count: usize) -> String {
    let mut text =
        "-- content/guong/_index.md --\n---\ntitle: Gương\nkind: story\n---\n".to_owned();
    for number in 1..=count {
        text.push_str(&format!(
            "-- content/guong/g{number}.md --\n---\ntitle: Gương số {number}\ndate: 2026-09-{number:02}\nunits: [chi-doan-d]\n---\n"
        ));
    }
    text
}

fn site(count: usize) -> Site {
    Site::with(&format!("{UNITS}{}", stories(count)))
}

#[test]
fn a_units_page_tells_its_own_from_what_is_below_it() {
    let site = site(8);
    site.build().ok();
    let page = site.page("don-vi/tinh-a/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    assert!(at("Sự kiện sắp tới") < at("Lễ sắp tới"));
    assert!(at("Lễ sắp tới") < at("Tin của tỉnh") && at("Sự kiện đã qua") < at("Lễ đã qua"));
    assert!(at("Tin chung hai cấp") < at("Từ các đơn vị cấp dưới"));
    assert!(at("Từ các đơn vị cấp dưới") < at("Gương số 8"));
    // What both levels did is the unit's own, and stands there once.
    assert_eq!(page.matches("Tin chung hai cấp").count(), 1);
    assert!(!page.contains("Gương số 2<") && page.contains("/don-vi/tinh-a/cap-duoi/"));
    assert!(page.contains("Lễ phát động") && page.contains("href=\"/cao-diem/2026/\""));
    assert!(page.contains("/don-vi/tinh-a/calendar.ics"), "{page}");
    let all = site.page("don-vi/tinh-a/cap-duoi/index.html");
    assert!(all.contains("Gương số 1<") && !all.contains("Tin của tỉnh"));
    assert!(all.contains("<a href=\"/don-vi/tinh-a/\">Tỉnh Đoàn A</a>"), "{all}");
    let low = site.page("don-vi/chi-doan-d/index.html");
    assert!(low.contains("href=\"/don-vi/chi-doan-d/guong-sang/\""), "{low}");
    assert!(low.contains("href=\"/don-vi/xa-b/\">Đoàn xã B</a>"));
    assert!(site.page("en/units/tinh-a/index.html").contains("<h1>Union A</h1>"));
    assert!(site.page("sitemap-vi.xml").contains("/don-vi/chi-doan-d/guong-sang/"));
}

#[test]
fn units_are_compared_by_the_alphabet_and_the_empty_ones_are_left_out() {
    let site = site(8);
    site.build().ok();
    let page = site.page("don-vi/tinh-a/index.html");
    let table = page.split("id=\"h-units\"").nth(1).expect("a table").split("</table>").next();
    let table = table.unwrap_or_default();
    let at = |text: &str| table.find(text).unwrap_or_else(|| panic!("{text} in {table}"));
    assert!(at("Đoàn xã B") < at("Đoàn xã Góp") && !table.contains("Không"));
    // Of the commune: one piece of news and the eight stories below it.
    let row = "Đoàn xã B</a></th><td data-head=\"Gương sáng\">8</td>\
               <td data-head=\"Tin tốt\">1</td><td data-head=\"Tổng số bài\">9</td>";
    assert!(table.contains(row), "{table}");
    assert!(table.contains("2.000.000 đồng") && !site.has("don-vi/xa-khong/index.html"));
    // A unit that only gave has a page, which says so.
    let gave = site.page("don-vi/xa-gop/index.html");
    assert!(gave.contains("2.000.000 đồng") && gave.contains("20/11/2026"));
    let figures = page.split("id=\"h-given\"").nth(1).unwrap_or_default();
    assert!(figures.contains("1.000.000 đồng") && figures.contains("3.000.000 đồng"));
    assert!(!site.has("don-vi/xa-c/index.html"));
}

#[test]
fn a_story_more_changes_the_line_of_units_above_it_and_no_other() {
    let site = site(8);
    site.build().ok();
    let before = snapshot(&site.out());
    site.write_all(&stories(9));
    site.build().ok();
    let after = snapshot(&site.out());
    let changed = |path: &str| before.get(path) != after.get(path);
    assert!(changed("don-vi/tinh-a/index.html") && changed("don-vi/chi-doan-d/index.html"));
    assert!(!changed("don-vi/xa-gop/index.html"));
}

#[test]
fn a_campaigns_year_sums_up_what_was_given_on_its_days() {
    let site = site(1);
    let rows = "-- content/data/contributions/a.csv --
date,unit,donor,kind,area,value
2026-10-16,tinh-a,Ẩn danh,tien,,9 triệu
2026-10-17,tinh-a,Ẩn danh,tien,,1 triệu
2026-11-18,xa-gop,Ẩn danh,tien,,2 triệu
2026-11-19,xa-gop,Ẩn danh,tien,,9 triệu
";
    site.write_all(rows);
    site.build().ok();
    let hub = site.page("cao-diem/2026/index.html");
    let given = hub.split("id=\"h-given\"").nth(1).and_then(|text| text.split("</section>").next());
    let given = given.expect("figures");
    assert!(given.contains("Tiền mặt") && given.contains("3.000.000 đồng"), "{given}");
    assert!(given.contains("20/11/2026") && given.contains("href=\"/so-lieu/2026/\""));
    assert!(given.contains("Báo cáo"));
}

#[test]
fn a_theme_with_its_own_pages_of_terms_uses_them_for_units_too() {
    let site = site(1);
    site.write_all("-- themes/own/templates/term.html --\n<h1>Own: {{ page.title }}</h1>\n");
    let config = std::fs::read_to_string(site.root().join("site.yaml")).expect("a file");
    site.write("site.yaml", format!("theme: own\n{config}").as_bytes());
    site.build().ok();
    assert_eq!(site.page("don-vi/tinh-a/index.html").trim(), "<h1>Own: Tỉnh Đoàn A</h1>");
    assert!(!site.has("don-vi/xa-gop/index.html"));
}

#[test]
fn a_campaigns_year_has_a_calendar_of_its_events() {
    let site = site(1);
    site.write_all("-- content/le/trong-dot.md --\n---\ntitle: Lễ trong đợt\ndate: 2026-10-01\nstart: 2026-10-20 08:00\n---\n");
    site.build().ok();
    let calendar = site.page("cao-diem/2026/calendar.ics");
    assert!(calendar.contains("SUMMARY;LANGUAGE=vi:Lễ trong đợt"), "{calendar}");
    assert!(!calendar.contains("Lễ đã qua") && calendar.contains("/cao-diem/2026/"));
    let hub = site.page("cao-diem/2026/index.html");
    assert!(hub.contains("href=\"/cao-diem/2026/calendar.ics\""));
    assert!(hub.contains("href=\"webcal://tintot.example/cao-diem/2026/calendar.ics\""), "{hub}");
}

#[test]
fn an_entry_names_a_unit_as_it_was_called_on_its_day() {
    let site = Site::with(
        "-- content/data/units.yaml --
- id: thanh-doan-a
  name: {vi: Thành Đoàn A, en: City Union A}
  former_names: [{name: Tỉnh Đoàn A, to: 2026-09-19}]
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/truoc.md --
---
title: Trước
date: 2026-09-19 20:00
units: [thanh-doan-a]
---
-- content/tin/sau.md --
---
title: Sau
date: 2026-09-20
units: [Tỉnh Đoàn A]
---
",
    );
    site.build().ok();
    let link = |name: &str| format!("<a href=\"/don-vi/thanh-doan-a/\">{name}</a>");
    assert!(site.page("tin/truoc/index.html").contains(&link("Tỉnh Đoàn A")));
    assert!(site.page("tin/sau/index.html").contains(&link("Thành Đoàn A")));
    assert!(site.page("don-vi/tinh-doan-a/index.html").contains("/don-vi/thanh-doan-a/"));
}

#[test]
fn lists_of_units_are_reached_from_their_unit_alone() {
    let many: String = (1..=8)
        .map(|n| {
            format!(
                "-- content/tin/bai-{n}.md --\n---\ntitle: Bài {n}\ndate: 2026-11-0{n}\nunits: [xa-a]\n---\n"
            )
        })
        .collect();
    let site = Site::with(&format!(
        "-- content/data/units.yaml --\n- {{id: xa-a, name: Đoàn xã A}}\n-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n{many}"
    ));
    site.build().clean();
    assert!(site.has("don-vi/xa-a/tin-tot/index.html"));
    assert!(site.page("don-vi/xa-a/index.html").contains("/don-vi/xa-a/tin-tot/"));
    let home = site.page("index.html");
    assert!(!home.contains("unit_lists") && !home.contains("/tin-tot/"), "{home}");
}

#[test]
fn an_award_stands_with_the_units_that_it_was_given_to() {
    let site = site(1);
    site.write_all(
        "-- content/khen/_index.md --
---
title: Khen thưởng
kind: award
---
-- content/khen/mot.md --
---
title: Bằng khen cho đoàn xã
date: 2026-11-01
units: [tinh-a]
recipients: [Đoàn xã B, Chị Minh Họa]
---
",
    );
    site.build().ok();
    let title = "Bằng khen cho đoàn xã";
    // Once with the province, which is named as well and stands above.
    for unit in ["tinh-a", "xa-b"] {
        let page = site.page(&format!("don-vi/{unit}/index.html"));
        assert_eq!(page.matches(title).count(), 1, "{unit}: {page}");
    }
    let page = site.page("don-vi/xa-b/index.html");
    assert!(page.contains("id=\"h-award\""), "{page}");
    assert!(!site.page("don-vi/chi-doan-d/index.html").contains(title));
    assert!(!site.page("don-vi/xa-gop/index.html").contains(title));
}
