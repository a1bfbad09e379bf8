//! An edit of a body alone: pages that cannot show it are not looked at, and
//! the output is that of a build from nothing all the same.

use tintot::driver::{Session, Snapshot};

use crate::incremental::differences;
use crate::site::{Built, Site, settle, snapshot};

const SITE: &str = "\
-- content/tin-tot/_index.md --
---
title: Tin tốt
kind: news
---
Lời dẫn.

Đoạn sau.
-- content/tin-tot/mot.md --
---
title: Một
date: 2026-11-20
summary: Tin một
topics: [giam-ngheo]
---
Mở đầu một.

## Phần đầu

Thân bài một.
-- content/tin-tot/hai.md --
---
title: Hai
date: 2026-11-21
summary: Tin hai
topics: [giam-ngheo]
tags: [vuon-rung]
---
Xem [phần đầu](mot.md#phan-dau) của tin kia.
-- content/tin-tot/sau.md --
---
title: Sau
date: 2026-12-30
summary: Chưa đến ngày
---
Chữ.
";
const ENTRY: &str = "content/tin-tot/mot.md";
const PAGE: &str = "tin-tot/mot/index.html";

/// A site that was built when its files were old enough to be told by time.
fn built() -> Site {
    let site = Site::with(SITE);
    settle();
    site.build().clean();
    settle();
    site
}

fn reword(site: &Site, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(site.root().join(path)).expect("a file");
    assert!(text.contains(from), "{text}");
    site.write(path, text.replace(from, to).as_bytes());
}

/// Builds, and compares the output with that of a build from nothing.
#[track_caller]
fn rebuilt(site: &Site) -> Built {
    let built = site.build().ok();
    let cold = site.root().join("cold");
    let _ = std::fs::remove_dir_all(&cold);
    site.build_into(&cold);
    let (left, right) = (snapshot(&site.out()), snapshot(&cold));
    assert_eq!(differences(&left, &right), Vec::<String>::new());
    built
}

#[test]
fn an_edited_body_leaves_other_pages_alone() {
    let site = built();
    // No page shows the first words of what has a summary.
    let places = ["Thân bài", "Mở đầu", "Thân bài"];
    for (n, place) in places.into_iter().enumerate() {
        reword(&site, ENTRY, place, &format!("{n} {place}"));
        let built = rebuilt(&site);
        assert!(built.build.spared >= 3, "{}", built.build.spared);
        let written = built.written.expect("written");
        assert_eq!((written.created, written.removed), (0, 0));
        assert!(site.page(PAGE).contains(&format!("{n} {place}")));
    }
}

#[test]
fn feeds_and_sections_show_the_body_that_was_edited() {
    let site = built();
    reword(&site, ENTRY, "Thân bài", "Toàn thân bài");
    rebuilt(&site);
    for feed in ["rss.xml", "tin-tot/rss.xml", "tin-tot/feed.json"] {
        assert!(site.page(feed).contains("Toàn thân bài"), "{feed}");
    }
    settle();
    reword(&site, "content/tin-tot/_index.md", "Đoạn sau", "Một đoạn sau");
    assert!(rebuilt(&site).build.spared > 0);
    assert!(site.page("tin-tot/index.html").contains("Một đoạn sau"));
}

#[test]
fn whatever_else_may_show_is_looked_for_everywhere() {
    let edits: [(&str, &str, &str); 8] = [
        (ENTRY, "title: Một", "title: Mốt"),
        (ENTRY, "summary: Tin một\n", ""),
        (ENTRY, "Thân bài", "## Phần sau\n\nThân bài"),
        (ENTRY, "Thân bài", "[Thân bài](hai.md)"),
        (ENTRY, "topics: [giam-ngheo]\n", ""),
        ("content/tin-tot/_index.md", "title: Tin tốt", "title: Tin lành"),
        ("site.yaml", "https://tintot.example/", "https://tintot.example/b/"),
        (ENTRY, "Mở đầu một.", ":::note{title=\"Nhớ\"}\nMở đầu một.\n:::"),
    ];
    for (path, from, to) in edits {
        let site = built();
        reword(&site, path, from, to);
        assert_eq!(rebuilt(&site).build.spared, 0, "{from}");
    }
    let site = built();
    site.write("content/tin-tot/moi.md", "---\ntitle: Mới\ndate: 2026-11-01\n---\nA.\n".as_bytes());
    assert_eq!(rebuilt(&site).build.spared, 0);
    site.remove("content/tin-tot/hai.md");
    assert_eq!(rebuilt(&site).build.spared, 0);
}

#[test]
fn another_run_in_between_takes_no_edit_away() {
    let site = built();
    reword(&site, ENTRY, "Thân bài", "Qua xem trước: thân bài");
    Session::start(site.request()).expect("a preview");
    reword(&site, "content/tin-tot/hai.md", "Xem", "Hãy xem");
    assert_eq!(rebuilt(&site).build.spared, 0);
    assert!(site.page(PAGE).contains("Qua xem trước"));

    settle();
    reword(&site, ENTRY, "Qua xem trước", "Qua thư mục khác");
    site.build_beside(&site.root().join("beside"));
    reword(&site, "content/tin-tot/hai.md", "Hãy xem", "Xem");
    assert_eq!(rebuilt(&site).build.spared, 0);
    assert!(site.page(PAGE).contains("Qua thư mục khác"));
}

#[test]
fn a_page_that_was_lost_or_changed_is_made_again() {
    let site = built();
    reword(&site, ENTRY, "Thân bài", "Toàn thân bài");
    std::fs::remove_file(site.out().join("tin-tot/hai/index.html")).expect("a page");
    assert!(rebuilt(&site).build.spared > 0);
}

#[test]
fn the_calendar_is_stronger_than_a_small_edit() {
    let mut site = built();
    reword(&site, ENTRY, "Thân bài", "Toàn thân bài");
    site.at = "2026-12-31T05:00:00Z";
    assert_eq!(rebuilt(&site).build.spared, 0);
    assert!(site.has("tin-tot/sau/index.html"));
}

/// Every page of a session's site, and what a session that begins now gives.
fn as_if_begun_now(snapshot: &Snapshot, site: &Site) -> Vec<String> {
    let (_, fresh) = Session::start(site.request()).expect("a preview");
    let bytes = |of: &Snapshot, path: &str| of.bytes(path).map(|bytes| bytes.ok());
    let listed = |of: &Snapshot| of.pages().map(|page| format!("{page:?}")).collect::<Vec<_>>();
    assert_eq!(listed(snapshot), listed(&fresh));
    let said =
        |of: &Snapshot| of.diagnostics().iter().map(|d| format!("{d:?}")).collect::<Vec<_>>();
    assert_eq!(said(snapshot), said(&fresh));
    let feeds = ["rss.xml", "en/rss.xml", "tin-tot/feed.json", "sitemap.xml", "sitemap-vi-1.xml"];
    let paths: Vec<&str> = fresh.pages().map(|page| page.path).chain(feeds).collect();
    assert!(paths.len() > 10, "{paths:?}");
    let differs = |path: &&str| bytes(snapshot, path) != bytes(&fresh, path);
    paths.into_iter().filter(differs).map(str::to_owned).collect()
}

#[test]
fn a_preview_follows_templates_whatever_else_is_edited() {
    const ENTRY_HTML: &str = "themes/default/templates/entry.html";
    const ROW: &str = "themes/default/templates/fragments/card.html";
    let site = built();
    let (entry, row) = (builtin("entry.html"), builtin("fragments/card.html"));
    site.write(ENTRY_HTML, entry.as_bytes());
    site.write(ROW, row.as_bytes());
    let (mut session, _) = Session::start(site.request()).expect("a preview");
    let steps: [(&str, String); 8] = [
        (ENTRY_HTML, entry.replace("<h1", "<!-- hai --><h1")),
        (ROW, format!("{row}<i>{{{{ card.genre }}}}</i>")),
        (ENTRY, "---\ntitle: Một và nửa\ndate: 2026-11-20\n---\nA.\n".to_owned()),
        (ENTRY_HTML, entry.replace("<h1", "{{ entry.words }}{{ related | length }}<h1")),
        ("themes/default/templates/rieng.html", "mới".to_owned()),
        (ROW, format!("{row}{{% include \"rieng.html\" %}}")),
        ("themes/default/theme.yaml", "settings: {colours: {blue: \"#123456\"}}\n".to_owned()),
        (ROW, row.clone()),
    ];
    for (path, text) in steps {
        site.write(path, text.as_bytes());
        let at = site.request().at;
        let now = session.apply(Some(&[path.to_owned()]), at).expect("the site after an edit");
        assert_eq!(as_if_begun_now(&now, &site), [""; 0], "after {path}");
    }
    site.write(ENTRY_HTML, b"{% broken");
    let at = site.request().at;
    let now = session.apply(Some(&[ENTRY_HTML.to_owned()]), at).expect("the site");
    assert!(now.diagnostics().iter().any(|diag| diag.is_error()) && !now.is_usable());
}

/// Kinds of things that show, are sorted by, or borrow a title.
const TITLED: &str = "\
-- content/tin-tot/mot.en.md --
---
summary: One
---
Body.
-- content/tin-tot/hai.en.md --
---
title: Two
---
A first paragraph stands for the summary.
-- content/trang/_index.md --
---
title: Trang
kind: page
---
-- content/trang/anh.md --
---
title: Ánh
---
Chữ.
-- content/trang/binh.md --
---
title: Bình
---
Chữ.
";

#[test]
fn a_preview_follows_words_wherever_they_show() {
    let site = built();
    site.write_all(TITLED);
    let (mut session, _) = Session::start(site.request()).expect("a preview");
    let (two, page) = ("content/tin-tot/hai.en.md", "content/trang/binh.md");
    let steps: [(&str, &str, &str); 14] = [
        (ENTRY, "title: Một", "title: Một và nửa"),
        (ENTRY, "Thân bài", "Toàn thân bài"),
        ("content/tin-tot/mot.en.md", "summary: One", "summary: \"One: & a half\""),
        (ENTRY, "summary: Tin một", "summary: Tin một <b>rưỡi</b>"),
        (two, "A first paragraph", "Another first paragraph"),
        (two, "title: Two", "title: Two and \"two\""),
        (page, "title: Bình", "title: Ấm"),
        (ENTRY, "title: Một và nửa\n", ""),
        (ENTRY, "date: 2026-11-20", "title: Lại có\ndate: 2026-11-20"),
        (ENTRY, "title: Lại có\ndate: 2026-11-20", "title: Lại nữa\ndate: 2026-11-19"),
        (ENTRY, "title: Lại nữa\ndate", "title: Phòng trào\nslug: mot-moi\ndate"),
        (two, "title: Two and \"two\"\n", ""),
        ("content/tin-tot/_index.md", "title: Tin tốt", "title: Tin lành"),
        ("content/tin-tot/sau.md", "title: Sau", "title: Sau nữa"),
    ];
    for (path, from, to) in steps {
        reword(&site, path, from, to);
        let at = site.request().at;
        let now = session.apply(Some(&[path.to_owned()]), at).expect("the site after an edit");
        assert_eq!(as_if_begun_now(&now, &site), [""; 0], "after {to} in {path}");
    }
}

#[test]
fn a_preview_follows_titles_that_cards_are_made_from() {
    let site = built();
    reword(&site, "site.yaml", "title:", "cards: 1\ntitle:");
    let (mut session, _) = Session::start(site.request()).expect("a preview");
    for (path, from, to) in [
        (ENTRY, "title: Một", "title: Một mình"),
        ("content/tin-tot/hai.md", "title: Hai", "title: Hai mình"),
        ("content/tin-tot/hai.md", "title: Hai", "title: 一 Hai"),
    ] {
        reword(&site, path, from, to);
        let at = site.request().at;
        let now = session.apply(Some(&[path.to_owned()]), at).expect("the site after an edit");
        assert_eq!(as_if_begun_now(&now, &site), [""; 0], "after {to} in {path}");
    }
}

/// A template of the theme that comes with the program.
fn builtin(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    std::fs::read_to_string(path.join(name)).expect("a template")
}
