//! The column: what fills it, its feeds, and the component that shows it.

use crate::site::{Site, snapshot};

const ENTRIES: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/hai.md --
---
title: Tin thứ hai
date: 2026-11-16 07:00
illustrative: true
---
-- content/tin/sau.md --
---
title: Tin tuần sau
date: 2026-11-23
---
-- content/guong/_index.md --
---
title: Gương
kind: story
---
-- content/guong/chuyen.md --
---
title: Chuyện & người
summary: Một câu kể.
date: 2026-11-18
updated: 2026-11-25 09:00
---
-- content/guong/cach-lam.md --
---
title: Cách làm hay
kind: model
date: 2026-11-19
---
-- content/trang/_index.md --
---
title: Trang
kind: page
---
-- content/trang/gioi-thieu.md --
---
title: Giới thiệu
---
::column{title=\"Hôm nay\"}

::column{slot=\"weekly\"}
";

fn site(column: &str) -> Site {
    Site::with(&format!("column: {{name: Tin tốt, hashtags: [\"#TinTot\"], {column}}}\n{ENTRIES}"))
}

#[test]
fn several_sections_and_kinds_fill_a_slot() {
    for (column, days, weeks) in [
        ("daily: tin, weekly: guong", &["16", "23"][..], 2),
        ("daily: [tin, guong]", &["16", "18", "19", "23"], 2),
        ("daily: {sections: [tin, guong], kinds: [news, model]}", &["16", "19", "23"], 2),
        ("daily: {kinds: [model]}", &["19"], 1),
        ("weekly: {kinds: [story]}", &[], 1),
    ] {
        let site = site(column);
        // The component asks for slots that some of these do not have.
        site.write("content/trang/gioi-thieu.md", b"---\ntitle: T\n---\n");
        site.build().ok();
        let files = snapshot(&site.out());
        let dir = "chuyen-muc/2026/11/";
        let found: Vec<&str> = files
            .keys()
            .filter_map(|path| path.strip_prefix(dir)?.strip_suffix("/index.html"))
            .collect();
        assert_eq!(found, days, "{column}");
        let of_weeks = files.keys().filter(|path| path.starts_with("chuyen-muc/2026/w"));
        assert_eq!(of_weeks.count(), weeks, "{column}");
        assert!(site.page("chuyen-muc/index.html").contains("#TinTot"));
    }
}

#[test]
fn names_that_nothing_bears_name_the_nearest() {
    for (column, told) in [
        ("daily: tinn", "there is no section `tinn`"),
        ("daily: [tin, x-y]", "there is no section `x-y`"),
        ("weekly: {kinds: [stori]}", "there is no kind `stori`"),
    ] {
        let built = site(column).build();
        assert!(built.has_code("T0616"), "{column}: {:?}", built.problems());
        assert!(built.problems().join("\n").contains(told), "{column}: {:?}", built.problems());
    }
    let built = site("daily: {}").build();
    assert!(built.has_code("T0105"), "{:?}", built.problems());
}

#[test]
fn the_digest_has_an_item_for_each_week_that_is_over() {
    let mut site = site("daily: tin, weekly: guong");
    site.at = "2026-11-22T23:59:59+07:00";
    let built = site.build().ok();
    assert!(!site.page("chuyen-muc/tuan/rss.xml").contains("<item>"));
    let flip = built.build.outline.expect("a site").next_flip;
    assert_eq!(flip.as_deref(), Some("2026-11-23T00:00:00+07:00"));
    site.at = "2026-11-26T12:00:00+07:00";
    site.build().ok();
    let feed = site.page("chuyen-muc/tuan/rss.xml");
    assert_eq!(feed.matches("<item>").count(), 1, "{feed}");
    for told in [
        "<title>Tuần 47 năm 2026: Chuyện &amp; người</title>",
        "https://tintot.example/chuyen-muc/2026/w47/",
        "https://tintot.example/guong/chuyen/",
        "https://tintot.example/tin/hai/",
        "Một câu kể.",
        "Nội dung minh họa",
        // Put right two days after the week was over.
        "Wed, 25 Nov 2026 09:00:00 +0700",
    ] {
        assert!(feed.contains(told), "{told} in {feed}");
    }
    assert!(!feed.contains("Tin tuần sau"));

    let atom = site.page("chuyen-muc/tuan/atom.xml");
    assert!(atom.contains("<published>2026-11-23T00:00:00+07:00"), "{atom}");
    let each = site.page("chuyen-muc/rss.xml");
    assert_eq!(each.matches("<item>").count(), 4, "{each}");
    let main = site.page("chuyen-muc/index.html");
    assert!(main.contains("/chuyen-muc/tuan/rss.xml") && main.contains("/chuyen-muc/rss.xml"));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
}

#[test]
fn a_text_shows_the_newest_day_and_week() {
    let site = site("daily: tin, weekly: {kinds: [story]}");
    site.build().clean();
    let page = site.page("trang/gioi-thieu/index.html");
    assert!(page.contains("href=\"/chuyen-muc/2026/11/23/\"") && page.contains("Tin tuần sau"));
    assert!(page.contains("href=\"/chuyen-muc/2026/w47/\"") && page.contains("Chuyện &amp; người"));
    assert!(!page.contains("Tin thứ hai"), "{page}");
    // A newer item changes the page that shows it.
    site.write(
        "content/tin/moi.md",
        "---\ntitle: Tin mới\ndate: 2026-11-23 10:00\n---\n".as_bytes(),
    );
    site.build().clean();
    assert!(site.page("trang/gioi-thieu/index.html").contains("Tin mới"));
}

#[test]
fn a_slot_that_is_not_declared_cannot_be_shown() {
    let built = site("daily: tin").build();
    assert!(built.has_code("T0333"), "{:?}", built.problems());
}
