//! Languages: fallbacks, alternates, borrowed strings.

use crate::site::Site;

const SITE: &str = "-- site.yaml --
title: {vi: Tin tốt, en: Good news}
base_url: https://tintot.example/
languages:
  - {tag: vi, name: Tiếng Việt}
  - {tag: en, name: English}
  - {tag: tyz, name: Tày, data_locale: vi}
-- content/tin/_index.md --
---
title: Tin
kind: news
fallback: show
---
-- content/tin/_index.en.md --
---
title: News
slug: news
---
-- content/tin/a.md --
---
title: Có hai thứ tiếng
date: 2026-01-01
---
Một.
-- content/tin/a.en.md --
---
title: In two languages
slug: in-two
---
One.
-- content/tin/b.md --
---
title: Chỉ tiếng Việt
date: 2026-01-02
---
Hai.
";

#[test]
fn a_missing_translation_shows_the_original_with_a_note() {
    let site = Site::new(SITE);
    site.build().clean().ok();
    let page = site.page("en/news/b/index.html");
    assert!(page.contains("<html lang=\"en\""));
    assert!(page.contains("lang=\"vi\""));
    assert!(
        page.contains("<link rel=\"canonical\" href=\"https://tintot.example/tin/b/\">"),
        "{page}"
    );
    assert!(!page.contains("rel=\"alternate\" hreflang"), "{page}");
    assert!(!site.page("sitemap-en.xml").contains("/en/news/b/"));
}

#[test]
fn a_section_may_hide_what_is_not_translated() {
    let site = Site::new(&SITE.replace("fallback: show", "fallback: hide"));
    site.build().clean().ok();
    assert!(!site.has("en/news/b/index.html"));
    assert!(site.has("en/news/in-two/index.html"));
}

#[test]
fn alternates_are_reciprocal_with_a_default() {
    let site = Site::new(SITE);
    site.build().clean().ok();
    let links = |page: String| {
        let lines =
            page.lines().filter(|line| line.contains("hreflang=") && line.starts_with("<link"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let vi = links(site.page("tin/a/index.html"));
    assert_eq!(vi.len(), 3, "{vi:#?}");
    assert_eq!(vi, links(site.page("en/news/in-two/index.html")));
    assert!(vi.iter().any(|line| line.contains("x-default") && line.contains("example/tin/a/")));
}

#[test]
fn a_language_without_data_borrows_and_says_so() {
    let site = Site::new(SITE);
    site.build().ok();
    let page = site.page("tyz/tin/b/index.html");
    assert!(page.contains("<html lang=\"tyz\""));
    assert!(page.contains("lang=\"vi\""));
    assert!(page.contains("02/01/2026"));
}

#[test]
fn names_from_a_mac_are_the_same_names() {
    use unicode_normalization::UnicodeNormalization;
    let site = Site::new(SITE);
    let decomposed: String = "content/tin/đồi-chè.md".nfd().collect();
    site.write(&decomposed, "---\ntitle: Đồi chè\ndate: 2026-01-03\n---\nBa.\n".as_bytes());
    site.write(
        "content/tin/c.md",
        "---\ntitle: C\ndate: 2026-01-04\n---\n[chè](đồi-chè.md)\n".as_bytes(),
    );
    site.build().clean().ok();
    assert!(site.has("tin/doi-che/index.html"));
    assert!(site.page("tin/c/index.html").contains("/tin/doi-che/"));
}

#[test]
fn a_site_may_write_dates_its_own_way() {
    let text = SITE.replacen("-- content/", "dates:\n  full: {vi: \"{HH}:{MM} {dd}/{mm}/{yyyy}\"}\n  day: {vi: \"ngày {d}-{m}\"}\n-- content/", 1);
    let site = Site::new(&text);
    site.build().clean().ok();
    assert!(site.page("tin/a/index.html").contains("ngày 1-1"));
    let wrong = SITE.replacen("-- content/", "dates: {full: \"{ngay}\"}\n-- content/", 1);
    assert!(Site::new(&wrong).build().has_code("T0158"));
}
