//! Contributions: what rows come to on pages, in texts and in reports.

use crate::site::Site;

const UNITS: &str = "-- content/data/units.yaml --
- {id: hoi-a, name: Hội A}
- {id: chi-hoi-b, name: Chi hội B, parent: hoi-a}
";

const ABOUT: &str = "-- content/data/contributions/about.yaml --
files:
  - {file: 2025.csv, as_of: 2025-12-10, source: Báo cáo số 1, illustrative: true}
  - {file: 2026.csv, as_of: 20/11/2026, source: Báo cáo số 2}
kinds:
  - {id: tien, name: {vi: Tiền mặt, en: Cash}}
  - {id: nha, name: {vi: Nhà nhân ái, en: Houses}}
";

const ROWS: &str = "-- content/data/contributions/2025.csv --
ngày;đơn vị;nhà tài trợ;loại;địa bàn;giá trị;số lượng;đơn vị tính
17/10/2025;Hội A;Công ty Xanh;Tiền mặt;Hà Giang;1,2 tỷ;;
18/10/2025;chi-hoi-b;;nha;Cao Bằng;100 triệu;2;căn nhà
-- content/data/contributions/2026.csv --
date,unit,donor,kind,area,value,source
2026-10-17,Hội A,Ẩn danh,tien,Tuyên Quang,\"15,5 triệu\",Phiếu thu 7
2026-10-18,Chi hội B,Bà Ân,tien,,500k,
2026-10-19,Chi hội B,Bà Ân,tien,Khánh Hòa,1.200.000 đ,
";

fn site(more: &str) -> Site {
    Site::with(&format!("{UNITS}{ABOUT}{ROWS}{more}"))
}

#[test]
fn rows_become_totals_by_year_unit_kind_and_area() {
    let site = site("");
    site.build().clean();
    let page = site.page("so-lieu/index.html");
    // 1,200,000,000 + 100,000,000 + 15,500,000 + 500,000 + 1,200,000
    for text in [
        "1.317.200.000 đồng",
        "1.300.000.000 đồng",
        "17.200.000 đồng",
        "2 căn nhà",
        "Số liệu đến ngày 20/11/2026",
        "Báo cáo số 1; Phiếu thu 7; Báo cáo số 2",
        "id=\"area-tuyen-quang\"",
        "href=\"#area-khanh-hoa\"",
    ] {
        assert!(page.contains(text), "{text} in {page}");
    }
    // What was given in Hà Giang counts for the province that it is part of now.
    assert!(page.contains("1.215.500.000 đồng"), "{page}");
    assert!(!page.contains("style=") && !page.contains("area-ha-giang"));
    let year = site.page("en/figures/2026/index.html");
    assert!(year.contains("17,200,000 dong") && year.contains(">Cash<"), "{year}");
    assert!(site.page("sitemap-vi.xml").contains("/so-lieu/2025/"));
}

#[test]
fn the_map_has_both_archipelagos_with_and_without_figures() {
    let site = site("");
    site.build().clean();
    for path in ["so-lieu/index.html", "so-lieu/2025/index.html"] {
        let page = site.page(path);
        let islands =
            ["<span>Hoàng Sa</span> <small>(Đà Nẵng)", "<span>Trường Sa</span> <small>(Khánh Hòa)"];
        assert!(islands.iter().all(|tile| page.contains(tile)), "{page}");
        assert_eq!(page.matches("<li class=\"c").count(), 36);
    }
}

#[test]
fn who_is_not_to_be_named_is_counted() {
    let site = site("");
    site.build().clean();
    let page = site.page("so-vang/2026/index.html");
    assert!(page.contains("Bà Ân") && page.contains("1.700.000 đồng"), "{page}");
    assert!(page.contains("Không nêu tên") && page.contains("15.500.000 đồng"));
    assert!(!page.to_lowercase().contains("ẩn danh"));
    assert!(site.page("so-vang/index.html").contains("/so-vang/2025/"));
}

#[test]
fn a_long_roll_has_pages_and_a_short_one_none() {
    let rows: String = (0..450)
        .map(|n| format!("2024-01-02,Hội A,Người {n:03},tien,1000,S,2024-12-01\n"))
        .collect();
    let site = site(&format!(
        "-- content/data/contributions/2024.csv --\ndate,unit,donor,kind,value,source,as_of\n{rows}"
    ));
    site.build().clean();
    assert!(site.page("so-vang/2024/index.html").contains("Người 199"));
    assert!(site.page("so-vang/2024/trang/3/index.html").contains("Người 449"));
    assert!(
        !site.has("so-vang/2024/trang/4/index.html")
            && !site.has("so-vang/2025/trang/2/index.html")
    );
}

#[test]
fn what_is_wrong_is_said_with_the_nearest_name() {
    let site = Site::with(&format!(
        "{UNITS}{ABOUT}-- content/data/contributions/2025.csv --\nngày;đơn vị;loại;địa bàn;giá trị\n17/10/2025;Hội AA;Tiền mặt;Cao Bằn;5 triệu\n17/10/2025;Hội A;Tiền măt ấy;Cao Bằng;1.23.4\n-- content/data/contributions/khac.csv --\nngày;đơn vị;loại;giá trị\n17/10/2025;Hội A;tien;1\n"
    ));
    let out = site.build();
    for code in ["T0922", "T0925", "T0926", "T0927"] {
        assert!(out.has_code(code), "{code}: {:#?}", out.problems());
    }
    let help: Vec<&str> =
        out.diagnostics.iter().filter_map(|diag| Some(diag.help.as_ref()?.vi.as_str())).collect();
    assert!(help.iter().any(|help| help.contains("Hội A")), "{help:?}");
    assert!(help.iter().any(|help| help.contains("Cao Bằng")), "{help:?}");
}

const STORY: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/a.md --
---
title: Tin A
date: 2026-11-01
---
Kết quả:

::figure{id=\"tong-2026\"}
-- content/tin/a.en.md --
---
title: News A
---
::figure{id=\"tong-2026\"}
";

#[test]
fn a_text_cites_a_declared_figure() {
    let figures = "-- content/data/figures.yaml --
- {id: tong-2026, label: {vi: vận động năm 2026, en: raised in 2026}, value: \"17,2 triệu\", sum: {year: 2026}, source: Báo cáo số 2, as_of: 2026-11-20}
- {id: nha, label: Nhà đã xây, sum: {kind: nha, measure: căn nhà, unit: hoi-a}}
";
    let site = site(&format!("{figures}{STORY}"));
    site.build().clean();
    let page = site.page("tin/a/index.html");
    assert!(page.contains("<strong>17,2 triệu đồng</strong> <span>vận động năm 2026"), "{page}");
    assert!(page.contains("Số liệu đến ngày 20/11/2026. Nguồn: Báo cáo số 2"), "{page}");
    assert!(site.page("en/tin/a/index.html").contains("17.2 million dong"));
}

#[test]
fn a_figure_that_differs_from_its_rows_or_is_not_there_is_an_error() {
    let figures = "-- content/data/figures.yaml --
- {id: tong-2025, label: Năm 2025, value: \"1,2 tỷ\", sum: {year: 2025}, source: BC, as_of: 2025-12-10}
- {id: thieu, label: Thiếu, value: \"5\"}
- {id: la, label: Lạ, sum: {unit: Hội AB}}
";
    let site = site(&format!("{figures}{STORY}"));
    let out = site.build();
    let problems = out.problems().join("\n");
    assert!(
        problems.contains(
            "T0928 `tong-2025` claims 1,200,000,000 dong, its rows add up to 1,300,000,000 dong"
        ),
        "{problems}"
    );
    assert!(problems.contains("T0929") && problems.contains("T0927"), "{problems}");
    assert!(problems.contains("there is no figure `tong-2026`"), "{problems}");
    let near = out.diagnostics.iter().filter_map(|diag| diag.help.as_ref());
    assert!(near.into_iter().any(|help| help.en.contains("`tong-2025`")));
}

#[test]
fn a_changed_row_renders_the_pages_that_show_it_and_no_others() {
    let figures =
        "-- content/data/figures.yaml --\n- {id: tong-2026, label: Năm 2026, sum: {year: 2026}}\n";
    let site = site(&format!("{figures}{STORY}"));
    site.build().clean();
    assert_eq!(site.build().rendered, 0);
    let before = crate::site::snapshot(&site.out());
    site.write_all(&ROWS.replace("500k", "600k"));
    site.build().clean();
    let after = crate::site::snapshot(&site.out());
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, bytes)| path.ends_with(".html") && before.get(*path) != Some(bytes))
        .map(|(path, _)| path.trim_start_matches("en/"))
        .collect();
    let shown = |path: &&str| {
        ["so-", "figures/", "donors/", "tin/a/", "don-vi/", "units/"]
            .iter()
            .any(|dir| path.starts_with(dir))
    };
    assert!(changed.iter().all(shown), "{changed:?}");
    assert!(changed.contains(&"tin/a/index.html") && changed.contains(&"so-lieu/2026/index.html"));
    assert!(!changed.contains(&"so-lieu/2025/index.html"), "{changed:?}");
}

/// Every row of every table enters a page's key: a change in the last one is
/// seen as well as one in the first.
#[test]
fn a_change_in_any_row_of_a_table_renders_its_page() {
    let site = site("");
    site.build().clean();
    for (from, to) in [("500k", "600k"), ("Cao Bằng", "Lạng Sơn")] {
        site.write_all(&ROWS.replace(from, to));
        site.build().clean();
        let cold = site.root().join("cold");
        site.build_into(&cold);
        assert_eq!(crate::site::snapshot(&site.out()), crate::site::snapshot(&cold), "{to}");
        std::fs::remove_dir_all(cold).expect("a folder");
    }
}
