//! Short addresses: written or made, in every language, for good.

use crate::site::{Site, snapshot};

const ENTRIES: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Tin một
summary: Tóm tắt.
date: 2026-11-02
short: mot
---
Chữ.
-- content/tin/mot.en.md --
---
title: News one
short: one
---
Text.
-- content/tin/hai.md --
---
title: Tin hai
date: 2026-11-10
---
Chữ.
";

fn site(outlets: &str) -> Site {
    Site::with(&format!("column: {{name: Tin tốt, daily: tin}}\noutlets: {outlets}\n{ENTRIES}"))
}

/// The folders below one of the output.
fn names(site: &Site, dir: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(site.out().join(dir))
        .map(|all| all.flatten().map(|of| of.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn a_written_address_leads_to_its_entry_in_every_language() {
    let site = site("{short: s}");
    site.build().clean();
    // Two weeks of the column have one too.
    assert_eq!(names(&site, "s"), ["2026-w45", "2026-w46", "mot", "one"]);
    assert_eq!(names(&site, "en/s"), ["2026-w45", "mot", "one"]);
    let page = site.page("s/mot/index.html");
    for told in [
        "<meta http-equiv=\"refresh\" content=\"0; url=https://tintot.example/tin/mot/\">",
        "<link rel=\"canonical\" href=\"https://tintot.example/tin/mot/\">",
        "<meta name=\"robots\" content=\"noindex\">",
        // What a network shows of an address that was sent.
        "<meta property=\"og:title\" content=\"Tin một\">",
        "<title>Tin một | Tin tốt</title>",
    ] {
        assert!(page.contains(told), "{told} in {page}");
    }
    assert!(site.page("en/s/mot/index.html").contains("url=https://tintot.example/en/tin/mot/"));
    assert!(site.page("s/2026-w45/index.html").contains("tintot.example/chuyen-muc/2026/w45/"));
    let rules = site.page("_redirects");
    assert!(rules.ends_with("/en/s/mot/ /en/tin/mot/ 301\n/en/s/one/ /en/tin/mot/ 301\n/s/mot/ /tin/mot/ 301\n/s/one/ /tin/mot/ 301\n"), "{rules}");
    assert!(!site.page("sitemap-vi.xml").contains("/s/"));
    // Each language shows its own.
    assert!(site.page("tin/mot/index.html").contains("data-url=\"https://tintot.example/s/mot/\""));
    let english = site.page("en/tin/mot/index.html");
    assert!(english.contains("data-url=\"https://tintot.example/en/s/one/\""), "{english}");
    assert!(english.contains("sharer.php?u=https://tintot.example/en/tin/mot/"), "{english}");
    // A translation may repeat the name.
    let english = "---\ntitle: News one\nshort: mot\n---\nText.\n";
    site.write("content/tin/mot.en.md", english.as_bytes());
    site.build().clean();
    assert_eq!(names(&site, "en/s"), ["2026-w45", "mot"]);
    // Nothing that a page for the press would lead to.
    assert!(!site.has("bao-chi/index.html"));
}

#[test]
fn codes_are_for_all_entries_and_depend_on_none() {
    let site = site("{short: s, short_codes: true}");
    site.build().clean();
    let before = names(&site, "s");
    assert_eq!(before.len(), 6, "two weeks, two names, two codes: {before:?}");
    let code = |site: &Site| {
        let page = site.page("tin/hai/index.html");
        let at = page.find("data-url=\"").expect("an address") + 10;
        page[at..].split('"').next().unwrap_or_default().to_owned()
    };
    let first = code(&site);
    assert_eq!(first.len(), "https://tintot.example/s/1234567/".len(), "{first}");
    // What was written is shown, but what was made goes on leading there.
    assert!(site.page("tin/mot/index.html").contains("https://tintot.example/s/mot/"));
    // Another title, date and slug, newer entries: the same code.
    site.write(
        "content/tin/hai.md",
        "---\ntitle: Tin 2\ndate: 2026-10-01\nslug: so-hai\n---\nA.\n".as_bytes(),
    );
    site.write("content/tin/ba.md", "---\ntitle: Tin 3\ndate: 2026-11-20\n---\nA.\n".as_bytes());
    site.build().clean();
    let page = site.page("tin/so-hai/index.html");
    assert!(page.contains(&format!("data-url=\"{first}\"")), "{page}");
    assert!(
        before
            .iter()
            .filter(|name| !name.contains("-w"))
            .all(|name| names(&site, "s").contains(name))
    );
    // Nor on where the site is published.
    let mut moved = self::site("{short: s, short_codes: true}");
    moved.base_url = Some("https://x.example/a/b/");
    moved.build().clean();
    assert_eq!(names(&moved, "s"), before);
    assert!(moved.page("s/mot/index.html").contains("url=https://x.example/a/b/tin/mot/"));
    assert!(moved.page("_redirects").contains("/a/b/s/mot/ /a/b/tin/mot/ 301\n"));
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
}

#[test]
fn what_is_passed_on_says_the_short_address() {
    let site = site("{newest: 2, sheets: 2, short: s}");
    site.build().clean();
    let post = site.page("tin/mot/loan-tin/post.txt");
    assert!(post.ends_with("\n\nhttps://tintot.example/s/mot/\n"), "{post}");
    let code = site.page("tin/mot/loan-tin/qr.svg");
    assert!(code.contains("<title>https://tintot.example/s/mot/</title>"), "{code}");
    assert!(site.page("tin/mot/loan-tin/script.txt").contains("\nhttps://tintot.example/s/mot/\n"));
    // Who has none is passed on as before.
    assert!(site.page("tin/hai/loan-tin/post.txt").ends_with("/tin/hai/\n"));
    assert!(site.page("bao-chi/index.html").contains("href=\"https://tintot.example/s/mot/\""));
    let sheet = site.page("chuyen-muc/2026/w45/in/qr.svg");
    assert!(sheet.contains("<title>https://tintot.example/s/2026-w45/</title>"), "{sheet}");
}

#[test]
fn what_was_taken_back_is_gone_at_its_short_address_too() {
    let site = site("{short: s}");
    site.write(
        "content/tin/mot.md",
        "---\ntitle: Tin một\ndate: 2026-11-02\nshort: mot\nwithdrawn: true\n---\n".as_bytes(),
    );
    site.build().ok();
    assert!(site.page("s/mot/index.html").contains("page-withdrawn"));
    assert!(site.page("_redirects").contains("/s/mot/ /s/mot/ 410!\n"));
}

#[test]
fn a_text_may_link_to_a_short_address() {
    let site = site("{short: s}");
    site.write(
        "content/tin/ba.md",
        "---\ntitle: Ba\ndate: 2026-11-20\n---\n[Một](/s/mot/)\n".as_bytes(),
    );
    site.build().clean();
    site.write(
        "content/tin/mot.md",
        "---\ntitle: Tin một\ndate: 2026-11-02\nshort: mot\ndraft: true\n---\n".as_bytes(),
    );
    let built = site.build();
    assert!(built.has_code("T0325") && built.written.is_some(), "{:?}", built.problems());
}

#[test]
fn nothing_changes_for_a_site_that_asks_for_nothing() {
    let site = Site::with(&ENTRIES.replace("short: mot\n", "").replace("short: one\n", ""));
    site.build().clean();
    let files = snapshot(&site.out());
    assert!(!files.keys().any(|path| path.starts_with("s/") || path.starts_with("en/s/")));
    assert!(!site.page("tin/mot/index.html").contains("short-address"));
    let written = Site::with(ENTRIES);
    let built = written.build();
    let found: Vec<_> = built.diagnostics.iter().filter(|diag| diag.rule.code == "T0608").collect();
    assert_eq!(found.len(), 2, "{:?}", built.problems());
    assert!(!found[0].labels[0].span.range.is_empty() && !found[0].is_error());
}

#[test]
fn clashes_name_both_places() {
    let site = site("{short: s}");
    let other = "---\ntitle: Hai\ndate: 2026-11-10\nshort: one\n---\nChữ.\n";
    site.write("content/tin/hai.md", other.as_bytes());
    let built = site.build();
    let found: Vec<_> = built.diagnostics.iter().filter(|diag| diag.rule.code == "T0607").collect();
    assert_eq!(found.len(), 1, "{:?}", built.problems());
    let places: Vec<&str> = found[0].labels.iter().map(|label| &*label.span.file).collect();
    assert_eq!(places, ["content/tin/mot.en.md", "content/tin/hai.md"]);
    assert!(found[0].labels.iter().all(|label| !label.span.range.is_empty()));
    // With an entry in the very folder.
    let site = self::site("{short: tin}");
    site.write("content/tin/hai.md", other.replace("one", "hai-so").as_bytes());
    site.write(
        "content/tin/mot.md",
        "---\ntitle: A\ndate: 2026-11-10\nshort: hai\n---\n".as_bytes(),
    );
    let built = site.build();
    assert!(built.has_code("T0602"), "{:?}", built.problems());
}

/// Two ids with one code.
const TWINS: [&str; 2] = ["bai-6701", "bai-8439"];
const TWIN: &str = "p9nj8rr";

#[test]
fn of_two_entries_with_one_code_the_older_keeps_it() {
    let site = site("{short: s, short_codes: true}");
    let write = |name: &str, id: &str, day: &str, more: &str| {
        let text = format!("---\ntitle: {name}\nid: {id}\ndate: 2026-11-{day}\n{more}---\nChữ.\n");
        site.write(&format!("content/tin/{name}.md"), text.as_bytes());
    };
    // By date, whatever the order of their names.
    write("moi", TWINS[0], "20", "");
    write("xua", TWINS[1], "05", "");
    let built = site.build();
    let found: Vec<_> = built.diagnostics.iter().filter(|diag| diag.rule.code == "T0607").collect();
    assert_eq!(found.len(), 1, "{:?}", built.problems());
    let places: Vec<&str> = found[0].labels.iter().map(|label| &*label.span.file).collect();
    assert_eq!(places, ["content/tin/moi.md", "content/tin/xua.md"]);
    // A name for the newer one is all that is needed.
    write("moi", TWINS[0], "20", "short: moi\n");
    site.build().clean();
    let page = site.page(&format!("s/{TWIN}/index.html"));
    assert!(page.contains("url=https://tintot.example/tin/xua/"), "{page}");
    assert!(site.page("s/moi/index.html").contains("url=https://tintot.example/tin/moi/"));
    // Nobody takes a code by writing it down.
    write("moi", "khac", "20", &format!("short: {TWIN}\n"));
    let built = site.build();
    let found = built.diagnostics.iter().find(|diag| diag.rule.code == "T0607");
    let found = found.unwrap_or_else(|| panic!("{:?}", built.problems()));
    assert_eq!(&*found.labels[0].span.file, "content/tin/moi.md");
    assert!(!found.labels[0].span.range.is_empty());
}

#[test]
fn what_cannot_be_said_is_told() {
    for (short, help) in [("Nhân ái", "nhan-ai"), ("a_b", "a-b"), ("-a", "a"), ("../x", "x")] {
        let site = self::site("{short: s}");
        let text = format!("---\ntitle: A\ndate: 2026-11-10\nshort: \"{short}\"\n---\n");
        site.write("content/tin/hai.md", text.as_bytes());
        let built = site.build();
        let found = built.diagnostics.iter().find(|diag| diag.rule.code == "T0654");
        let found = found.unwrap_or_else(|| panic!("{short}: {:?}", built.problems()));
        let told = found.help.as_ref().map(|help| help.en.as_str()).unwrap_or_default();
        assert!(told.ends_with(&format!(": {help}")), "{short}: {told}");
    }
    for (outlets, code) in [
        ("{short: en}", "T0154"),
        ("{short: \"\"}", "T0105"),
        ("{short: a/b}", "T0154"),
        ("{short: true}", "T0154"),
        ("{short_codes: true}", "T0105"),
    ] {
        let built = self::site(outlets).build();
        let found = built.diagnostics.iter().find(|diag| diag.rule.code == code);
        let found = found.unwrap_or_else(|| panic!("{outlets}: {:?}", built.problems()));
        assert_eq!(&*found.labels[0].span.file, "site.yaml", "{outlets}");
    }
}
