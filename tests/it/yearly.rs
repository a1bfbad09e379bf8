//! What each year came to: the pages, the files beside them, and the report
//! say the same.

use std::process::Command;

use serde_json::Value;

use crate::site::{SITE, Site, snapshot};

const MORE: &str = "yearly_report: true
column: {name: Mỗi ngày một tin, daily: tin}
menus: {main: [{list: yearly_report}]}
-- content/data/units.yaml --
- {id: xa-b, name: Đoàn xã B}
- {id: xa-a, name: Đoàn xã A}
- {id: xa-im, name: Đoàn xã Im}
-- content/data/contributions/2026.csv --
date,unit,donor,kind,value,source,as_of,area
2026-01-02,Đoàn xã A,Bà Ân,Tiền mặt,1.500.000 đ,Sổ 1,2026-02-01,Cao Bằng
2026-03-02,Đoàn xã B,,Gạo,500k,Sổ 1,2026-02-01,
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/a.md --
---
title: Tin A
date: 2025-12-31 23:59
units: [xa-a]
---
-- content/tin/b.md --
---
title: Tin B
date: 2026-01-01
units: [xa-b, xa-a]
areas: [Biên giới]
---
-- content/viec/_index.md --
---
title: Công trình
kind: work
---
-- content/viec/be.md --
---
title: Bể nước
date: 2026-05-01
type: nuoc-sach
status: handed_over
value: 85 triệu đồng
beneficiaries: 140
units: [xa-b]
areas: [Biên giới]
---
-- content/viec/be-hai.md --
---
title: Bể nước hai
date: 2026-06-01
type: nuoc-sach
status: started
value: 15 triệu đồng
beneficiaries: 60
---
-- content/viec/kho.md --
---
title: Kho chung
date: 2026-07-01
type: Nhà kho
---
-- content/le/_index.md --
---
title: Sự kiện
kind: event
---
-- content/le/hoi.md --
---
title: Ngày hội
date: 2026-11-01
start: 2026-11-25 07:30
end: 2026-11-25 11:30
---
-- content/khac/_index.md --
---
title: Khác
kind: page
---
-- content/khac/hoc-bong.md --
---
title: Học bổng
kind: opportunity
date: 2026-02-01
type: hoc-bong
slots: 10
value: 2 triệu đồng
---
-- content/khac/xe.md --
---
title: Xe lăn
kind: appeal
date: 2026-02-02
goal: 6 triệu đồng
received: {amount: 5 triệu đồng, source: Sổ, as_of: 2026-02-03}
---
-- content/khac/khen.md --
---
title: Khen
kind: award
date: 2026-02-04
level: tinh
form: bang-khen
recipients: [Đoàn xã A, Tổ thợ]
---
";

fn site() -> Site {
    Site::new(&format!("{SITE}{MORE}"))
}

/// The cells of a row of a page's table, by the row's name.
fn row(page: &str, table: &str, name: &str) -> Vec<String> {
    let start = page.find(&format!("id=\"h-{table}\"")).unwrap_or_else(|| panic!("no {table}"));
    let table = page[start..].split("</table>").next().expect("a table");
    let rows = table.split("<tr>").find(|row| row.contains(&format!(">{name}<")));
    let row = rows.unwrap_or_else(|| panic!("no row {name} in {table}"));
    let cells = row.split("<td data-head=").skip(1).filter_map(|cell| cell.split_once('>'));
    cells.map(|(_, cell)| cell.split("</td>").next().expect("a cell").to_owned()).collect()
}

#[test]
fn a_year_has_a_page_that_counts_what_was_done() {
    let site = site();
    site.build().clean();
    let page = site.page("bao-cao-nam/2026/index.html");
    // The year, then the one before it.
    assert_eq!(row(&page, "compared", "Tổng số bài"), ["8", "1"]);
    assert_eq!(row(&page, "compared", "Đơn vị có bài"), ["2", "1"]);
    assert_eq!(row(&page, "compared", "Ngày có tin tốt"), ["1", "1"]);
    assert_eq!(row(&page, "compared", "Trị giá công trình"), ["100 triệu đồng", ""]);
    assert_eq!(row(&page, "compared", "Giá trị đóng góp"), ["2 triệu đồng", ""]);
    let water = ["2", "0", "1", "1", "100 triệu đồng", "200"];
    assert_eq!(row(&page, "works", "Nước sạch"), water);
    assert_eq!(row(&page, "works", "Nhà kho"), ["1", "0", "0", "0", "", "0"]);
    assert_eq!(row(&page, "works", "Cộng"), ["3", "0", "1", "1", "100 triệu đồng", "200"]);
    assert_eq!(row(&page, "awards", "Tỉnh, thành phố"), ["Bằng khen", "1", "2"]);
    assert_eq!(row(&page, "opportunities", "Học bổng"), ["1", "1", "10", "20 triệu đồng"]);
    assert_eq!(row(&page, "appeals", "Cộng"), ["1", "6 triệu đồng", "5 triệu đồng"]);
    assert_eq!(row(&page, "areas", "Biên giới"), ["2", "1", "140"]);
    assert_eq!(row(&page, "gifts", "Tiền mặt"), ["1", "1,5 triệu đồng"]);
    assert_eq!(row(&page, "months", "Cộng")[0], "8");
    // Only who has sent something, by the alphabet.
    let units = &page[page.find("id=\"h-units\"").expect("units")..];
    let at = |name: &str| units.find(name).unwrap_or_else(|| panic!("{name} in {units}"));
    assert!(at("Đoàn xã A") < at("Đoàn xã B") && !page.contains("Đoàn xã Im"));
    let all = site.page("bao-cao-nam/index.html");
    assert_eq!(row(&all, "years", "Tổng số bài"), ["8", "1", "9"]);
    assert_eq!(row(&all, "years", "Đơn vị có bài"), ["2", "1", ""], "one unit is one unit");
    assert!(all.contains("href=\"/bao-cao-nam/2025/\"") && all.contains("<polyline"));
    assert!(site.page("sitemap-vi.xml").contains("/bao-cao-nam/2026/"));
    assert!(site.page("index.html").contains("href=\"/bao-cao-nam/\""), "the menu");
    let english = site.page("en/yearly-report/2026/index.html");
    assert_eq!(row(&english, "works", "Clean water")[4], "100 million dong");
}

#[test]
fn without_the_switch_there_is_none() {
    let site = Site::new(&format!("{SITE}{}", MORE.replace("yearly_report: true\n", "")));
    site.build().clean();
    assert!(!site.has("bao-cao-nam/index.html"));
}

fn report(site: &Site, form: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.args(["--lang", "vi", "report", "--year", "2026", "--format", form, "--at", site.at]);
    let output = command.arg("-r").arg(site.root()).output().expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_files_beside_the_page_say_what_the_report_says() {
    let site = site();
    site.build().clean();
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let public = json(&site.page("bao-cao-nam/2026/report.json"));
    let whole = json(&report(&site, "json"));
    let tables = public["tables"].as_object().expect("tables");
    assert!(tables.len() > 12, "{:?}", tables.keys());
    for (id, table) in tables.iter().filter(|(id, _)| *id != "units") {
        assert_eq!(*table, whole["tables"][id], "{id}");
    }
    for id in ["submissions", "entries", "contributions", "column"] {
        assert!(!tables.contains_key(id) && whole["tables"][id].is_object(), "{id}");
    }
    let names = |of: &Value| of["tables"]["units"].to_string().matches("Đoàn xã Im").count();
    assert_eq!((names(&public), names(&whole)), (0, 1));
    let csv = site.page("bao-cao-nam/2026/report.csv");
    assert!(csv.starts_with('\u{feff}') && csv.contains("Nước sạch,2,0,1,1,100000000,200\r\n"));
    // Every number of the JSON stands in the other forms.
    let (csv, markdown) = (report(&site, "csv"), report(&site, "md"));
    let rows = whole["tables"].as_object().expect("tables").values();
    for row in rows.flat_map(|table| table["rows"].as_array().expect("rows")) {
        for number in row.as_array().expect("cells").iter().filter(|cell| cell.is_number()) {
            let number = number.to_string();
            assert!(csv.contains(&number) && markdown.contains(&number), "{number}");
        }
    }
    let years = &whole["tables"]["years"];
    assert_eq!(years["columns"], serde_json::json!(["Chỉ tiêu", "2026", "2025"]));
    assert_eq!(years["rows"][0], serde_json::json!(["Tổng số bài", 8, 1]));
}

#[test]
fn an_event_counts_when_it_is_over_and_a_day_that_goes_by_changes_nothing() {
    let mut site = site();
    site.at = "2026-11-25T11:30:00+07:00";
    let flip = site.build().clean().build.outline.expect("a site").next_flip;
    let held = |site: &Site| {
        let page = site.page("bao-cao-nam/2026/index.html");
        page.contains(">Sự kiện đã diễn ra<").then(|| row(&page, "compared", "Sự kiện đã diễn ra"))
    };
    assert_eq!(held(&site), None);
    assert_eq!(flip.as_deref(), Some("2026-11-25T11:30:01+07:00"));
    site.at = "2026-11-25T11:30:01+07:00";
    assert!(site.build().clean().rendered > 0);
    assert_eq!(held(&site), Some(vec!["1".to_owned(), "0".to_owned()]));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
    site.at = "2026-12-20T12:00:00+07:00";
    site.build().clean();
    let yearly = |all: std::collections::BTreeMap<String, Vec<u8>>| {
        all.into_iter().filter(|(path, _)| path.starts_with("bao-cao-nam/")).collect::<Vec<_>>()
    };
    assert!(yearly(snapshot(&site.out())) == yearly(snapshot(&cold)));
}

#[test]
fn a_new_entry_changes_the_pages_of_its_year_and_of_all_years_alone() {
    let site = site();
    site.build().clean();
    let before = snapshot(&site.out());
    let entry = "-- content/viec/cau.md --\n---\ntitle: Cầu\ndate: 2026-08-01\ntype: cau\n---\n";
    site.write_all(entry);
    site.build().clean();
    let after = snapshot(&site.out());
    let changed = |path: &str| before.get(path) != after.get(path);
    assert!(changed("bao-cao-nam/2026/index.html") && changed("bao-cao-nam/index.html"));
    assert!(changed("bao-cao-nam/2026/report.csv") && !changed("bao-cao-nam/2025/report.csv"));
    assert!(!changed("bao-cao-nam/2025/index.html"));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(after, snapshot(&cold));
}

#[test]
fn a_unit_of_the_report_has_its_own_coverage_of_the_column() {
    let site = site();
    let of = |unit: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
        command.args(["report", "--from", "2026-01-01", "--to", "2026-01-31", "--format", "json"]);
        command.args(["--at", site.at, "--unit", unit]).arg("-r").arg(site.root());
        let output = command.output().expect("the program");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")["tables"].clone()
    };
    assert_eq!(of("xa-a")["column"]["rows"][0][3], 1);
    assert_eq!(
        of("xa-b")["column_units"]["rows"],
        serde_json::json!([["xa-b", "Đoàn xã B", 1, 0]])
    );
    assert_eq!(of("xa-im")["column"]["rows"][0][3], 0);
    assert_eq!(of("xa-im")["column"]["rows"][0][4], 31, "days without news of the unit");
}

#[test]
fn works_count_in_the_year_of_their_hand_over_and_awards_in_that_of_their_decision() {
    let site = site();
    site.write_all(
        "-- content/viec/cau.md --
---
title: Cầu cũ
date: 2026-01-05
type: cau
status: handed_over
started: 2024-03-01
handed_over: 2025-12-28
value: 30 triệu đồng
beneficiaries: 70
areas: [Biên giới]
illustrative: true
---
-- content/viec/duong.md --
---
title: Đường
date: 2026-01-06
type: duong
status: started
started: 2025-11-02
handed_over: 2027-01-01
---
-- content/khac/khen-cu.md --
---
title: Khen cuối năm
kind: award
date: 2026-01-07
decided: 2024-12-30
level: xa
form: giay-khen
recipients: [Bà Ân]
---
",
    );
    site.build().clean();
    let year = |year: u16| site.page(&format!("bao-cao-nam/{year}/index.html"));
    let bridge = ["1", "0", "0", "1", "30 triệu đồng", "70"];
    assert_eq!(row(&year(2025), "works", "Cầu"), bridge);
    assert_eq!(row(&year(2025), "works", "Cộng"), ["2", "0", "1", "1", "30 triệu đồng", "70"]);
    assert_eq!(row(&year(2025), "areas", "Biên giới"), ["0", "1", "70"]);
    assert!(year(2025).contains("năm bàn giao") && year(2025).contains("minh họa"));
    assert_eq!(row(&year(2026), "works", "Cộng")[0], "3");
    // Nothing but the award is of 2024.
    assert_eq!(row(&year(2024), "awards", "Xã, phường, đặc khu"), ["Giấy khen", "1", "1"]);
    assert_eq!(row(&year(2026), "awards", "Cộng"), ["", "1", "2"]);
    assert!(!site.has("bao-cao-nam/2027/index.html"));
    // What was written in a year counts in that year.
    assert_eq!(row(&year(2026), "compared", "Tổng số bài")[0], "11");
    let table = report(&site, "json");
    let whole = serde_json::from_str::<Value>(&table).expect("JSON");
    assert_eq!(whole["tables"]["works_each"]["rows"].as_array().expect("rows").len(), 3);
    assert_eq!(whole["tables"]["awards_each"]["rows"].as_array().expect("rows").len(), 1);
}
