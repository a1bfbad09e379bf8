//! Corners where two rules meet: each test is a mistake that was made once.

use std::process::Command;

use crate::site::Site;

const NEWS: &str =
    "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\nfallback: show\n---\n";

fn news(files: &[(&str, &str, &str)]) -> Site {
    let site = Site::with(NEWS);
    for (path, front, body) in files {
        site.write(
            &format!("content/tin/{path}"),
            format!("---\n{front}\n---\n{body}\n").as_bytes(),
        );
    }
    site
}

fn tintot(site: &Site, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    let output = command.arg("-r").arg(site.root()).args(args).output().expect("the program runs");
    let text = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    (output.status.code().unwrap_or(-1), text.into_owned())
}

#[test]
fn a_translation_can_take_the_whole_entry_back() {
    let site = news(&[
        ("a.md", "title: Tên ai đó\ndate: 2026-01-01", "Một."),
        ("a.en.md", "title: Somebody\nwithdrawn: true", "One."),
    ]);
    site.build().ok();
    for (path, bytes) in crate::site::snapshot(&site.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("Tên ai đó") && !text.contains("Somebody"), "{path}");
    }
}

#[test]
fn withdrawn_entries_leave_notices_at_all_their_addresses() {
    let site =
        news(&[("a.md", "title: A\ndate: 2026-01-01\nwithdrawn: true\naliases: [/cu/a/]", "x")]);
    site.build().ok();
    for path in ["tin/a/index.html", "cu/a/index.html", "en/tin/a/index.html"] {
        assert!(site.page(path).contains("noindex"), "{path}");
    }
    let redirects = site.page("_redirects");
    assert!(
        redirects.contains("/cu/a/ /cu/a/ 410!") || redirects.contains("/cu/a/ 410!"),
        "{redirects}"
    );
}

#[test]
fn a_link_by_address_to_what_is_not_shown_is_text() {
    let mut site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01", "Xem [bài kia](/tin/e/)."),
        ("e.md", "title: E\ndate: 2026-01-01\nexpires: 2026-06-01", "E."),
    ]);
    site.at = "2026-05-01T00:00:00Z";
    site.build().clean().ok();
    assert!(site.page("tin/a/index.html").contains("href=\"/tin/e/\""));
    site.at = "2026-07-01T00:00:00Z";
    assert!(site.build().ok().has_code("T0325"));
    assert!(site.page("tin/a/index.html").contains("Xem bài kia."));
}

#[test]
fn what_comes_later_is_checked_today() {
    let site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01\nslug: x", "A."),
        ("b.md", "title: B\ndate: 2027-01-01\nslug: x", "B."),
    ]);
    assert!(site.build().has_code("T0602"), "the address is taken already");
    let site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01", "A."),
        ("b.md", "title: B\ndate: 2027-01-01", "::khong_co{a=1}"),
    ]);
    let built = site.build().ok();
    assert!(built.has_code("T0332"), "the editor hears of it before the day");
}

#[test]
fn quarantine_leaves_out_what_only_the_plan_finds() {
    let mut site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01", "A."),
        ("b.md", "title: B\ndate: 2026-01-02", "::khong_co{a=1}"),
    ]);
    assert!(site.build().written.is_none());
    site.quarantine = true;
    let built = site.build().ok();
    assert!(built.has_code("T0332"));
    assert!(site.has("tin/a/index.html") && !site.has("tin/b/index.html"));
    assert_eq!(tintot(&site, &["build", "--quarantine"]).0, 3);
}

#[test]
fn quarantine_leaves_out_what_is_no_text() {
    let site = news(&[("a.md", "title: A\ndate: 2026-01-01", "A.")]);
    site.write("content/tin/xau.md", b"x\xf4");
    assert_eq!(tintot(&site, &["build"]).0, 1);
    assert_eq!(tintot(&site, &["build", "--quarantine"]).0, 3);
    assert!(site.has("tin/a/index.html"));
}

#[test]
fn a_former_name_that_two_share_leads_to_the_list() {
    let site = news(&[("a.md", "title: A\ndate: 2026-01-01\nunits: [u1, u2]", "A.")]);
    site.write("content/data/units.yaml", "- {id: u1, name: Một, former_names: [{name: Đoàn cũ}]}\n- {id: u2, name: Hai, former_names: [{name: Đoàn cũ}]}\n".as_bytes());
    site.build().clean().ok();
    assert!(site.page("don-vi/doan-cu/index.html").contains("example/don-vi/\""));
}

#[test]
fn a_file_cannot_be_a_folder() {
    let site = news(&[("a.md", "title: A\ndate: 2026-01-01", "A.")]);
    site.write("static/tin", b"x");
    let built = site.build();
    assert!(built.has_code("T0602") && built.written.is_none());
}

#[test]
fn what_would_break_the_site_cannot_be_switched_off() {
    let site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01\nslug: x", "A."),
        ("b.md", "title: B\ndate: 2026-01-01\nslug: x", "B."),
    ]);
    let config = format!("{}checks: {{T0602: off, T9999: off}}\n", crate::site::SITE);
    site.write_all(&config);
    let built = site.build();
    assert!(built.has_code("T0602") && built.written.is_none());
    assert_eq!(built.diagnostics.iter().filter(|diag| diag.rule.code == "T0159").count(), 2);
    assert_eq!(tintot(&site, &["check"]).0, 2, "a mistake in the configuration");
}

#[test]
fn a_draft_translation_does_not_hide_the_original() {
    let site = news(&[
        ("a.md", "title: A\ndate: 2026-01-01", "Bản gốc."),
        ("a.en.md", "title: A in English\ndraft: true", "Half done."),
    ]);
    site.build().clean().ok();
    assert!(site.page("en/tin/a/index.html").contains("Bản gốc."));
}

#[test]
fn links_to_sections_are_checked_and_fall_back() {
    let site = news(&[(
        "a.md",
        "title: A\ndate: 2026-01-01",
        "[chuyên mục](@/tin/_index.md) [thư mục](@/tin/)",
    )]);
    site.build().clean().ok();
    let page = site.page("tin/a/index.html");
    assert!(
        page.contains("<a href=\"/tin/\">chuyên mục</a> <a href=\"/tin/\">thư mục</a>"),
        "{page}"
    );
    site.write(
        "content/tin/a.md",
        "---\ntitle: A\ndate: 2026-01-01\n---\n[x](@/tin/_index.md#khong)\n".as_bytes(),
    );
    assert!(site.build().has_code("T0322"));
}

#[test]
fn a_part_of_a_series_keeps_the_number_it_was_given() {
    let series = |part| {
        format!("title: Phần {part}\ndate: 2026-01-0{part}\nseries: {{id: duong, part: {part}}}")
    };
    let site = news(&[("a.md", &series(1), "x"), ("c.md", &series(3), "x")]);
    site.build().clean().ok();
    assert!(site.page("tin/c/index.html").contains("Phần 3/3"));
    site.write("content/tin/d.md", format!("---\n{}\n---\nx\n", series(3)).as_bytes());
    assert!(site.build().ok().has_code("T0707"));
}

#[test]
fn each_section_of_events_shows_its_own() {
    let site = Site::with(
        "-- content/a/_index.md --\n---\ntitle: A\nkind: event\n---\n-- content/b/_index.md --\n---\ntitle: B\nkind: event\n---\n-- content/a/e.md --\n---\ntitle: Hội A\ndate: 2026-11-01\nstart: 2026-12-01 08:00\n---\nx\n-- content/b/e.md --\n---\ntitle: Hội B\ndate: 2026-11-01\nstart: 2026-12-02 08:00\n---\nx\n",
    );
    site.build().clean().ok();
    assert!(!site.page("a/index.html").contains("Hội B"));
    assert!(site.page("b/index.html").contains("Hội B"));
}

#[test]
fn feed_ids_do_not_move_with_the_address_of_a_preview() {
    let mut site = news(&[("a.md", "title: A\ndate: 2026-01-01", "A.")]);
    let ids = |site: &Site| {
        let feed = site.page("rss.xml");
        feed.lines().filter(|line| line.starts_with("<guid")).map(str::to_owned).collect::<Vec<_>>()
    };
    site.build().ok();
    let before = ids(&site);
    site.base_url = Some("https://xem-thu.example/x/");
    site.build().ok();
    assert_eq!(ids(&site), before);
}

#[test]
fn birthdays_show_their_year_only() {
    let site = news(&[(
        "a.md",
        "title: A\ndate: 2026-01-01\npeople: [{name: N.T.L., born: 2000-01-02}]",
        "A.",
    )]);
    site.build().ok();
    let page = site.page("tin/a/index.html");
    assert!(page.contains("2000") && !page.contains("2000-01-02"));
}

#[test]
fn exit_codes_are_those_of_the_contract() {
    let site = news(&[("a.md", "title: A\ndate: 2026-01-01", "A.")]);
    assert_eq!(tintot(&site, &["build"]).0, 0);
    assert_eq!(tintot(&site, &["build", "-b", "nowhere"]).0, 2);
    site.write("content/tin/b.md", "---\ntitle: B\ndate: 31/02/2026\n---\n".as_bytes());
    let (code, text) = tintot(&site, &["build", "--lang", "vi"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("Chưa đăng gì"), "{text}");
    site.write("site.yaml", b"title: x\n");
    assert_eq!(tintot(&site, &["build"]).0, 2);
}
