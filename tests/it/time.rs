//! What is there when: future, expired, withdrawn, drafts.

use crate::site::Site;

const ENTRIES: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/nay.md --
---
title: Tin nay
date: 2026-11-20
---
Có [tin mai](mai.md) nữa.
-- content/tin/mai.md --
---
title: Tin mai
date: 2026-11-24 06:00
---
Mai mới đăng.
-- content/tin/cu.md --
---
title: Tin cũ
date: 2026-01-01
expires: 2026-02-01
---
Đã hết hạn.
-- content/tin/go.md --
---
title: Tên người đã xin gỡ
date: 2026-01-02
withdrawn: true
---
![ảnh](anh.svg)
-- content/tin/anh.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>
-- content/tin/nhap.md --
---
title: Bản nháp
date: 2026-01-03
draft: true
---
Chưa xong.
";

#[test]
fn the_future_waits_and_is_reported() {
    let mut site = Site::with(ENTRIES);
    let built = site.build().ok();
    assert!(!site.has("tin/mai/index.html"));
    let ready = built.build.ready.expect("a plan");
    let next = ready.plan.next_flip.as_ref().expect("a next change");
    assert_eq!(next.rfc3339(), "2026-11-24T06:00:00+07:00");
    site.at = "2026-11-24T06:00:00+07:00";
    site.build().ok();
    assert!(site.has("tin/mai/index.html"));
    assert!(site.page("tin/nay/index.html").contains("href=\"/tin/mai/\""));
}

#[test]
fn what_expired_or_is_a_draft_is_nowhere() {
    let site = Site::with(ENTRIES);
    site.build().ok();
    for (path, bytes) in crate::site::snapshot(&site.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("Tin cũ") && !text.contains("Bản nháp"), "{path}");
    }
}

#[test]
fn a_withdrawn_entry_leaves_a_notice_without_its_words() {
    let site = Site::with(ENTRIES);
    site.build().ok();
    let notice = site.page("tin/go/index.html");
    assert!(notice.contains("noindex"));
    assert!(!site.has("tin/anh.svg"), "its pictures are gone");
    for (path, bytes) in crate::site::snapshot(&site.out()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Tên người"), "{path}");
    }
    assert!(site.page("_redirects").contains("/tin/go/"));
}

#[test]
fn previews_show_drafts_and_the_future() {
    let mut site = Site::with(ENTRIES);
    site.drafts = true;
    site.future = true;
    site.build().ok();
    assert!(site.has("tin/mai/index.html") && site.has("tin/nhap/index.html"));
    assert!(!site.has("tin/cu/index.html"));
}

#[test]
fn a_date_without_a_time_is_midnight_in_the_sites_zone() {
    let mut site = Site::with(ENTRIES);
    site.at = "2026-11-19T16:59:59Z";
    site.build().ok();
    assert!(!site.has("tin/nay/index.html"));
    site.at = "2026-11-19T17:00:00Z";
    site.build().ok();
    assert!(site.has("tin/nay/index.html"));
}

#[test]
fn a_campaign_shows_while_it_lasts_and_a_month_before() {
    let campaigns = "campaigns:\n  - {id: thang, name: {vi: Tháng cao điểm}, start: \"10-17\", end: \"11-18\"}\n";
    let mut site = Site::new(&format!("{}{campaigns}{ENTRIES}", crate::site::SITE));
    let mut shown = |at| {
        site.at = at;
        site.build().ok();
        let home = site.page("index.html");
        home.contains("Tháng cao điểm").then(|| home.contains(">Ngày thứ "))
    };
    assert_eq!(shown("2026-09-15T12:00:00+07:00"), None);
    assert_eq!(shown("2026-09-16T12:00:00+07:00"), Some(false));
    assert_eq!(shown("2026-10-16T23:59:59+07:00"), Some(false));
    assert_eq!(shown("2026-10-17T00:00:00+07:00"), Some(true));
    assert_eq!(shown("2026-11-18T23:59:59+07:00"), Some(true));
    assert_eq!(shown("2026-11-19T00:00:00+07:00"), None);
}
