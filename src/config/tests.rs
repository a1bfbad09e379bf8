//! `site.yaml` from the smallest to the broken.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn path() -> Arc<str> {
    Arc::from("site.yaml")
}

/// The smallest site, with more keys.
fn site(more: &str) -> String {
    format!(
        "title: {{vi: Tin tốt, en: Good news}}\nbase_url: https://tintot.example/\nlanguages:\n  - {{tag: vi, name: Tiếng Việt}}\n  - {{tag: en, name: English}}\n{more}"
    )
}

fn check(text: &str, wanted: &[(&str, &str)]) -> Option<Config> {
    let (config, found) = read(text, path());
    let under = |d: &crate::base::diag::Diagnostic| &text[d.labels[0].span.range.clone()];
    let told: Vec<_> = found.iter().map(|d| (d.rule.code, under(d))).collect();
    assert_eq!(told, wanted, "{text}\n{found:?}");
    config
}

#[test]
fn the_smallest_site() {
    let config = check("title: Tin\nbase_url: https://a.example\n", &[]).unwrap();
    assert_eq!(config.title.get("vi"), Some("Tin"));
    assert_eq!(config.base_url.absolute("a/"), "https://a.example/a/");
    assert_eq!(config.languages[0].tag, "vi");
    assert_eq!(config.timezone.iana_name(), Some("Asia/Ho_Chi_Minh"));
    assert_eq!(
        (config.theme.value.as_str(), config.pagination, config.indexed),
        ("default", 20, true)
    );
    assert_eq!(
        (config.feeds.formats.len(), config.feeds.term_minimum, config.feeds.limit),
        (3, 5, 20)
    );
}

#[test]
fn all_keys() {
    let config = check(
        &site(
            "theme: {name: xanh, mau: {nen: \"#fff\"}}\nofficial: true\nowner: {name: Đoàn xã, email: a@b.example}\nmenus: {main: [{section: tin-tot}, van-ban, {url: https://x.example, title: X}, {list: units}]}\nfeeds: {formats: [atom], term_formats: [], limit: 5}\npagination: {size: 7}\nfallback: show\ncolumn: {name: Tin, daily: tin-tot}\ncampaigns: [{id: cao-diem, name: Tháng, start: \"10-17\", end: 18/11}]\nchecks: {T0202: off, T1001: error}\nindexed: false\npaths: {tags: {vi: the, en: tags}}\npictures: {max_pixels: 1000000}\ndeploy: [a]\n",
        ),
        &[],
    );
    let config = config.unwrap();
    assert!(config.theme_settings.is_some_and(|node| node.get("mau").is_some()));
    assert_eq!(config.owner.name.exact("vi"), Some("Đoàn xã"));
    assert_eq!(config.menus["main"][1].target.value, MenuTarget::Section("van-ban".into()));
    assert_eq!(
        (config.feeds.formats, config.feeds.term_formats.len()),
        (vec![FeedFormat::Atom], 0)
    );
    assert_eq!((config.campaigns[0].start, config.campaigns[0].end), ((10, 17), (11, 18)));
    assert_eq!((config.checks["T0202"], config.checks["T1001"]), (None, Some(Severity::Error)));
    assert_eq!((config.pagination, config.indexed), (7, false));
    assert_eq!(config.paths["tags"].exact("en"), Some("tags"));
}

#[test]
fn nothing_usable() {
    assert_eq!(check("", &[("T0105", ""), ("T0105", "")]), None);
    assert_eq!(check("title: A\nbase_url: tintot.example\n", &[("T0150", "tintot.example")]), None);
    assert_eq!(check("title: A\nbase_url:\n", &[("T0105", "base_url")]), None);
    let none = "title: A\nbase_url: https://a.example/\nlanguages: []\n";
    let (config, _) = read(none, path());
    assert_eq!(config, None);
    assert!(read("a: b: c", path()).0.is_none());
}

#[test]
fn mistakes() {
    check(&site("timezone: Asia/Ho_Chi_Min\n"), &[("T0151", "Asia/Ho_Chi_Min")]);
    check(&site("titel: x\n"), &[("T0103", "titel")]);
    check(&site("menus: {main: [{page: a, section: b}]}\n"), &[("T0155", "{page: a, section: b}")]);
    check(&site("menus: {main: [{url: https://x.example}]}\n"), &[("T0105", "")]);
    check(
        &site("campaigns: [{id: a, name: A, start: \"02-30\", end: \"11-18\"}]\n"),
        &[("T0156", "\"02-30\"")],
    );
    check(&site("checks: {T1: off, T0103: loud}\n"), &[("T0157", "T1"), ("T0113", "loud")]);
    check(&site("feeds: {formats: [rss, xml], limit: 0}\n"), &[("T0113", "xml"), ("T0203", "0")]);
    check(&site("paths: {tags: Thẻ, tag: x}\n"), &[("T0154", "Thẻ"), ("T0103", "tag")]);
    check(&site("theme: ../x\n"), &[("T0154", "../x")]);
    check(&site("description: {fr: x}\n"), &[("T0115", "fr")]);
}

#[test]
fn menus_lead_to_safe_addresses() {
    check(
        &site("menus: {main: [{url: \"javascript:x\", title: X}]}\n"),
        &[("T0207", "\"javascript:x\"")],
    );
}

#[test]
fn languages_are_checked() {
    let base = "title: A\nbase_url: https://a.example/\nlanguages: ";
    for (list, wanted) in [
        ("[vi, en]", &[][..]),
        ("[{tag: vi}, {tag: km-KH, name: K}, zh-Hant, {tag: tyz, data_locale: vi}]", &[][..]),
        ("[vi, km-kh]", &[("T0152", "km-kh")][..]),
        ("[vi, English]", &[("T0152", "English")][..]),
        ("[vi, vi]", &[("T0153", "vi")][..]),
        ("[vi, {name: X}]", &[("T0105", "")][..]),
    ] {
        check(&format!("{base}{list}\n"), wanted);
    }
    let near = read(&site("timezone: Ho Chi Minh\n"), path()).1;
    assert!(near[0].help.as_ref().is_some_and(|help| help.en.contains("Asia/Ho_Chi_Minh")));
}

proptest! {
    #[test]
    fn nothing_panics(text in "(title: a\n|base_url: https://a.b/\n|languages: |menus: |feeds: |campaigns: |start: |checks: |paths: |theme: |\\[|\\]|\\{|\\}|a|: |, |\n|\n  |- |đ|10-17){0,30}") {
        for label in read(&text, path()).1.iter().flat_map(|d| &d.labels) {
            prop_assert!(text.get(label.span.range.clone()).is_some());
        }
    }
}
