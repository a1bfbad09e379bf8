//! Entries, sections, lists, links: what a reader gets from what was written.

use crate::site::{SITE, Site};

/// The files of the contract, as they stand there.
const CONTRACT: &str = r#"-- site.yaml --
title: {vi: "Mỗi ngày một tin tốt", en: "One good news a day"}
base_url: https://tintot.example/
timezone: Asia/Ho_Chi_Minh          # the default
languages:                          # the first is the default and has no URL prefix
  - {tag: vi, name: Tiếng Việt}
  - {tag: en, name: English}
  - {tag: tyz, name: Tày, data_locale: vi}   # a language without CLDR data
-- content/guong-sang/_index.md --
---
title: Gương sáng
kind: story
---
Lời giới thiệu của chuyên mục.
-- content/guong-sang/_index.en.md --
---
title: Exemplary youth
slug: exemplary-youth
---
-- content/guong-sang/chi-lan-trong-cay/index.md --
---
title: Chị Lan trồng cây trên đồi trọc
summary: Năm năm, ba hecta, mười hai việc làm.
date: 2025-10-17 08:30
places: [Hà Giang]                 # province or commune as written; filed under the current one (Tuyên Quang)
units: [tinh-doan-tuyen-quang]     # organisations, from the unit tree
topics: [giam-ngheo, khoi-nghiep]
tags: [trong-rung]
---
Thân bài bằng Markdown. ![Đồi sau năm năm](doi.jpg "Đồi keo nhìn từ trường học") Xem [mô hình](@/mo-hinh/vuon-uom.md).
-- content/guong-sang/chi-lan-trong-cay/index.en.md --
---
title: Lan plants trees on a bare hill
summary: Five years, three hectares, twelve jobs.
slug: lan-plants-trees
---
Body text. See [the model](@/mo-hinh/vuon-uom.md).
-- content/mo-hinh/_index.md --
---
title: Mô hình
kind: model
---
-- content/mo-hinh/vuon-uom.md --
---
title: Vườn ươm
date: 2025-03-01
steps: [Làm đất, Gieo hạt]
cost: 15,5 triệu đồng
---
Cách làm.
"#;

/// A small picture.
fn jpeg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let written = image::RgbImage::new(4, 3).write_to(&mut bytes, image::ImageFormat::Jpeg);
    written.expect("a picture in memory");
    bytes.into_inner()
}

fn contract() -> Site {
    let site = Site::new(CONTRACT);
    site.write("content/guong-sang/chi-lan-trong-cay/doi.jpg", &jpeg());
    site
}

#[test]
fn the_contracts_files_build() {
    let site = contract();
    site.build().clean().ok();
    let page = site.page("guong-sang/chi-lan-trong-cay/index.html");
    assert!(page.contains("Thứ Sáu, 17/10/2025, 08:30 (GMT+7)"), "{page}");
    assert!(page.contains("Hà Giang (nay thuộc Tuyên Quang)"));
    assert!(page.contains(r#"href="/mo-hinh/vuon-uom/""#));
    assert!(page.contains(
        r#"hreflang="en" href="https://tintot.example/en/exemplary-youth/lan-plants-trees/""#
    ));
    let model = site.page("mo-hinh/vuon-uom/index.html");
    assert!(model.contains("15,5 triệu đồng"), "{model}");
}

#[test]
fn former_places_lead_to_the_present_one() {
    let site = contract();
    site.build().ok();
    assert!(site.page("dia-phuong/tuyen-quang/index.html").contains("Chị Lan"));
    assert!(site.page("dia-phuong/ha-giang/index.html").contains("/dia-phuong/tuyen-quang/"));
    assert!(site.page("_redirects").contains("/dia-phuong/ha-giang/ /dia-phuong/tuyen-quang/ 301"));
}

#[test]
fn every_link_is_rebased_under_a_sub_path() {
    let mut site = contract();
    site.base_url = Some("https://x.example/a/b/");
    site.build().clean().ok();
    for (path, bytes) in crate::site::snapshot(&site.out()) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for attribute in [" href=\"/", " src=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let url = &text[at + attribute.len() - 1..];
                assert!(url.starts_with("/a/b/"), "{path}: {}", &url[..40.min(url.len())]);
            }
        }
        assert!(!text.contains("https://tintot.example"), "{path}");
    }
}

#[test]
fn a_translation_states_only_what_differs() {
    let site = contract();
    site.build().ok();
    let english = site.page("en/exemplary-youth/lan-plants-trees/index.html");
    assert!(english.contains("Lan plants trees on a bare hill"));
    assert!(english.contains("17/10/2025") || english.contains("17 October 2025"), "{english}");
    assert!(english.contains("/en/places/tuyen-quang/"));
}

#[test]
fn numbered_pages_stay_as_they_are_when_an_entry_is_added() {
    let mut text = format!(
        "{SITE}pagination: 3\n-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n"
    );
    for day in 1..=11 {
        text.push_str(&format!("-- content/tin/tin-{day:02}.md --\n---\ntitle: Tin {day}\ndate: 2026-01-{day:02}\n---\nNội dung.\n"));
    }
    let site = Site::new(&text);
    site.build().clean().ok();
    let first = site.page("tin/trang/1/index.html");
    assert!(first.contains("Tin 3<") && !first.contains("Tin 4<"), "{first}");
    site.write(
        "content/tin/tin-12.md",
        "---\ntitle: Tin 12\ndate: 2026-01-12\n---\nMới.\n".as_bytes(),
    );
    let built = site.build().clean().ok();
    assert_eq!(site.page("tin/trang/1/index.html"), first);
    assert_eq!(built.written.map(|written| written.removed), Some(0));
    assert!(site.page("tin/index.html").contains("Tin 12"));
}

#[test]
fn links_to_hidden_entries_become_text_and_dead_ones_are_errors() {
    let site = Site::with(
        "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n\
         -- content/tin/a.md --\n---\ntitle: A\ndate: 2026-01-01\n---\nXem [bản nháp](b.md).\n\
         -- content/tin/b.md --\n---\ntitle: B\ndate: 2026-01-01\ndraft: true\n---\nChưa xong.\n",
    );
    let built = site.build().ok();
    assert!(built.has_code("T0325"));
    let page = site.page("tin/a/index.html");
    assert!(page.contains("Xem bản nháp."), "{page}");
    site.write(
        "content/tin/a.md",
        "---\ntitle: A\ndate: 2026-01-01\n---\nXem [x](khong-co.md).\n".as_bytes(),
    );
    let built = site.build();
    assert!(built.has_code("T0321") && built.written.is_none());
    assert_eq!(site.page("tin/a/index.html"), page, "the published site is untouched");
}

#[test]
fn two_entries_at_one_address_are_an_error_that_names_both() {
    let site = Site::with(
        "-- content/tin/a.md --\n---\ntitle: A\nkind: page\nslug: x\n---\n\
         -- content/tin/b.md --\n---\ntitle: B\nkind: page\nslug: x\n---\n",
    );
    let built = site.build();
    let clash = built.diagnostics.iter().find(|diag| diag.rule.code == "T0602").expect("a clash");
    let files: Vec<_> = clash.labels.iter().map(|label| &*label.span.file).collect();
    assert_eq!(files, ["content/tin/b.md", "content/tin/a.md"]);
}

#[test]
fn addresses_that_some_disks_cannot_hold_side_by_side_are_errors() {
    let page = |name: &str, aliases: &str| {
        format!(
            "-- content/tin/{name}.md --\n---\ntitle: {name}\nkind: page\naliases: [{aliases}]\n---\n"
        )
    };
    let clashes = |first: &str, second: &str, third: &str| {
        let built =
            Site::with(&(page("a", first) + &page("b", second) + &page("c", third))).build();
        let codes = built.diagnostics.iter().map(|diag| diag.rule.code);
        codes.filter(|code| ["T0602", "T0604"].contains(code)).collect::<Vec<_>>()
    };
    assert_eq!(clashes("/cu.html", "/CU.html", "/Cu.html"), ["T0604", "T0604"]);
    assert_eq!(clashes("/cu.html", "/cu2.html", "/Cu2.html"), ["T0604"]);
    // A file where others need a folder, with what lies between them in order.
    assert_eq!(clashes("/a.b", "/a.b-c.html, /a.b.html", "/a.b/c/d"), ["T0602"]);
    assert_eq!(clashes("/a.b", "/a.b-c.html, /a.b.html", "/a.bc/d"), [""; 0]);
}

#[test]
fn only_files_that_are_referred_to_are_published() {
    let site = contract();
    site.write("content/guong-sang/chi-lan-trong-cay/giay-dong-y.jpg", b"secret");
    site.write("content/data/riieng.csv", b"a,b\n1,2\n");
    site.build().ok();
    let page = site.page("guong-sang/chi-lan-trong-cay/index.html");
    let shown = page.split("srcset=\"/assets/anh/").nth(1).and_then(|rest| rest.split(' ').next());
    assert!(shown.is_some_and(|name| site.has(&format!("assets/anh/{name}"))), "{page}");
    let all: Vec<_> = crate::site::snapshot(&site.out()).into_keys().collect();
    assert!(
        !all.iter().any(|path| path.contains("giay-dong-y") || path.contains("riieng")),
        "{all:?}"
    );
}

#[test]
fn dot_files_for_hosts_are_published_and_others_are_not() {
    let site = Site::with(
        "-- static/.well-known/security.txt --\nContact: mailto:a@b.example\n-- static/.DS_Store --\nx\n-- static/.git/config --\nx\n-- content/.a.md.swp --\nx\n",
    );
    site.build().clean().ok();
    assert!(site.has(".well-known/security.txt"));
    assert!(!site.has(".DS_Store") && !site.has(".git/config"));
}
