//! A build that has nothing to do says what the last one said, and reads
//! nothing; the least change makes it look again.

use tintot::driver::{self, Kept, Output, Unchanged};

use crate::site::{Site, settle, snapshot};

/// What is done to a site, and its name in messages.
type Edit<'a> = (&'static str, &'a dyn Fn(&Site));

const SITE: &str = "\
-- site.yaml --
title: Tin tốt
base_url: https://x.example/
-- content/tin-tot/_index.md --
---
title: Tin tốt
kind: news
---
-- content/tin-tot/mot.md --
---
title: Một
date: 2026-11-20
summary: Tin một
---
Chữ một.
-- content/tin-tot/nhap.md --
---
title: Nháp
date: 2026-11-20
draft: true
---
-- content/tin-tot/sau.md --
---
title: Sau
date: 2026-12-30
---
-- static/a.txt --
a
";

/// A site that was built, with a record of it.
fn built() -> Site {
    let site = Site::with(SITE);
    settle();
    site.build().clean();
    site
}

fn unchanged(site: &Site) -> Option<Unchanged> {
    let output = Output { dir: site.out(), adopt: false };
    let request = site.request();
    driver::unchanged(&request, &output, &mut Kept::default(), &|| {}).expect("a readable site")
}

#[test]
fn a_build_with_nothing_to_do_says_what_the_last_one_said() {
    let site = built();
    let before = snapshot(&site.out());
    let same = unchanged(&site).expect("nothing changed");
    let full = site.build();
    let (written, outline) = (full.written.expect("written"), full.build.outline.expect("a site"));
    assert_eq!((full.rendered, written.created, written.changed, written.removed), (0, 0, 0, 0));
    assert_eq!(same.written.unchanged, written.unchanged);
    assert_eq!(same.outline, outline);
    assert_eq!(same.outline.held.len(), 2, "{:?}", same.outline.held);
    let codes = |diags: &[tintot::base::diag::Diagnostic]| -> Vec<(String, String)> {
        diags.iter().map(|diag| (diag.rule.code.to_owned(), diag.message.vi.clone())).collect()
    };
    assert_eq!(codes(&same.diagnostics), codes(&full.diagnostics));
    assert_eq!(snapshot(&site.out()), before);
}

#[test]
fn any_change_of_a_source_is_seen() {
    let edits: [Edit<'_>; 7] = [
        ("as long as before", &|site| site.write("static/a.txt", b"b\n")),
        ("a body", &|site| {
            site.write(
                "content/tin-tot/mot.md",
                "---\ntitle: Một\ndate: 2026-11-20\n---\nHai.\n".as_bytes(),
            )
        }),
        ("a new file", &|site| site.write("static/b.txt", b"b\n")),
        ("a file less", &|site| site.remove("static/a.txt")),
        ("the configuration", &|site| {
            site.write("site.yaml", "title: Khác\nbase_url: https://x.example/\n".as_bytes())
        }),
        ("a theme", &|site| site.write("themes/default/templates/404.html", b"404")),
        ("touched", &|site| {
            let text = std::fs::read(site.root().join("static/a.txt")).expect("a file");
            site.write("static/a.txt", &text);
        }),
    ];
    for (name, edit) in edits {
        let site = built();
        assert!(unchanged(&site).is_some(), "{name}");
        settle();
        edit(&site);
        assert!(unchanged(&site).is_none(), "{name}");
    }
}

#[test]
fn any_change_of_the_output_or_the_record_is_seen() {
    let page = "tin-tot/mot/index.html";
    let edits: [Edit<'_>; 5] = [
        ("removed", &|site| std::fs::remove_file(site.out().join(page)).expect("a page")),
        ("another text", &|site| std::fs::write(site.out().join(page), "x").expect("a page")),
        ("all removed", &|site| std::fs::remove_dir_all(site.out()).expect("an output")),
        ("damaged", &|site| each_record(site, |bytes| bytes[40] ^= 1)),
        ("cut", &|site| each_record(site, |bytes| bytes.truncate(50))),
    ];
    for (name, edit) in edits {
        let site = built();
        assert!(unchanged(&site).is_some(), "{name}");
        edit(&site);
        assert!(unchanged(&site).is_none(), "{name}");
        site.build().clean();
        assert!(site.has(page), "{name}");
    }
}

fn each_record(site: &Site, change: impl Fn(&mut Vec<u8>)) {
    let mut found = 0;
    for dir in std::fs::read_dir(site.root().join(".tintot")).expect("state") {
        let record = dir.expect("an entry").path().join("record");
        if let Ok(mut bytes) = std::fs::read(&record) {
            change(&mut bytes);
            std::fs::write(&record, bytes).expect("a record");
            found += 1;
        }
    }
    assert_eq!(found, 1);
}

#[test]
fn another_question_or_another_day_is_another_build() {
    let mut site = built();
    assert!(unchanged(&site).is_some());
    site.drafts = true;
    assert!(unchanged(&site).is_none(), "drafts");
    site.drafts = false;
    site.base_url = Some("https://y.example/");
    assert!(unchanged(&site).is_none(), "another address");
    site.base_url = None;
    site.at = "2026-12-31T00:00:00Z";
    assert!(unchanged(&site).is_none(), "an entry is due");
    site.at = "2020-01-01T00:00:00Z";
    assert!(unchanged(&site).is_none(), "before the last build");
}

#[test]
fn what_was_written_a_moment_ago_is_read_again() {
    let site = Site::with(SITE);
    site.build().clean();
    let sources = snapshot(&site.root().join("content"));
    // Whether the clock could tell depends on the machine; what must never be
    // is a record that hides an edit.
    site.write("static/a.txt", b"c\n");
    assert!(unchanged(&site).is_none());
    site.build().clean();
    assert_eq!(site.page("a.txt"), "c\n");
    assert_eq!(snapshot(&site.root().join("content")), sources);
}

#[test]
fn verification_finds_what_lies() {
    let site = built();
    let output = Output { dir: site.out(), adopt: false };
    let verify = || driver::verify(&site.request(), &output).expect("a readable site");
    assert_eq!(verify(), Vec::<String>::new());
    std::fs::write(site.out().join("tin-tot/index.html"), "x").expect("a page");
    std::fs::remove_file(site.out().join("a.txt")).expect("a file");
    assert_eq!(verify(), ["a.txt", "tin-tot/index.html"]);
}
