//! What the built-in languages print, and what a language without data does.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};

use super::*;
use crate::base::time::Moment;
use crate::text::money::Money;

fn locale(tag: &str) -> Locale {
    load(&Request { tag, ..Request::default() }).expect("built-in languages load")
}

fn moment(has_time: bool) -> Moment {
    let zone = TimeZone::fixed(Offset::constant(7));
    Moment::new(date(2022, 10, 17).at(8, 30, 0, 0), has_time, &zone).expect("a moment")
}

/// The names in braces of a text, without `n`, which a plural form may leave out.
fn names(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .filter(|&n| n != "n")
        .collect()
}

#[test]
fn dates() {
    let (vi, en, km) = (locale("vi"), locale("en"), locale("km"));
    let at = moment(true);
    assert_eq!(vi.date(&at, DateStyle::Full), "Thứ Hai, 17/10/2022, 08:30 (GMT+7)");
    assert_eq!(vi.date(&moment(false), DateStyle::Full), "Thứ Hai, 17/10/2022");
    assert_eq!(vi.date(&at, DateStyle::Long), "ngày 17 tháng 10 năm 2022");
    assert_eq!(vi.date(&at, DateStyle::Short), "17/10/2022");
    assert_eq!(vi.date(&at, DateStyle::Month), "tháng 10 năm 2022");
    assert_eq!(vi.date(&at, DateStyle::Time), "08:30");
    assert_eq!(vi.month(2022, 1).as_deref(), Some("tháng 1 năm 2022"));
    assert_eq!(vi.month(2022, 13), None);
    assert_eq!(vi.year(2022), "năm 2022");
    assert_eq!(en.date(&at, DateStyle::Full), "Monday, 17 October 2022, 08:30 (GMT+7)");
    assert_eq!(en.date(&at, DateStyle::Short), "17 Oct 2022");
    assert_eq!(km.date(&at, DateStyle::Long), "ថ្ងៃទី17 ខែតុលា ឆ្នាំ2022");
    assert_eq!(vi.date_by(&at, "{HH}:{MM} {d}.{m} {nothing}"), "08:30 17.10 {nothing}");
}

#[test]
fn offsets() {
    let vi = locale("vi");
    for (seconds, text) in
        [(25200, "+7"), (19800, "+5:30"), (-10800, "-3"), (-12600, "-3:30"), (0, "+0")]
    {
        let at = Moment { offset: seconds, ..moment(true) };
        assert_eq!(vi.date_by(&at, "{offset}"), text);
    }
}

#[test]
fn ranges() {
    let vi = locale("vi");
    let start = moment(true);
    let zone = TimeZone::fixed(Offset::constant(7));
    let noon = Moment::new(date(2022, 10, 17).at(11, 0, 0, 0), true, &zone).expect("a moment");
    let later = Moment::new(date(2022, 10, 19).at(17, 0, 0, 0), true, &zone).expect("a moment");
    assert_eq!(vi.date_range(&start, &noon, false), "Thứ Hai, 17/10/2022, 08:30–11:00 (GMT+7)");
    assert_eq!(vi.date_range(&start, &start, false), "Thứ Hai, 17/10/2022, 08:30 (GMT+7)");
    assert_eq!(vi.date_range(&start, &noon, true), "Thứ Hai, 17/10/2022");
    assert_eq!(vi.date_range(&start, &later, true), "Thứ Hai, 17/10/2022 – Thứ Tư, 19/10/2022");
    assert_eq!(
        vi.date_range(&start, &later, false),
        "Thứ Hai, 17/10/2022, 08:30 (GMT+7) – Thứ Tư, 19/10/2022, 17:00 (GMT+7)"
    );
}

#[test]
fn numbers_and_money() {
    let (vi, en, km) = (locale("vi"), locale("en"), locale("km"));
    assert_eq!(vi.number(1_234_567), "1.234.567");
    assert_eq!(vi.decimal("1234567.5").as_deref(), Some("1.234.567,5"));
    assert_eq!(en.decimal("1234567.5").as_deref(), Some("1,234,567.5"));
    let sum = Money { dong: 15_500_000 };
    assert_eq!(vi.money(sum), "15,5 triệu đồng");
    assert_eq!(vi.money_full(sum), "15.500.000 đồng");
    assert_eq!(en.money(sum), "15.5 million dong");
    assert_eq!(km.money(sum), "15,5 លានដុង");
    assert_eq!(vi.money(Money { dong: 1_200_000_000 }), "1,2 tỷ đồng");
}

#[test]
fn plurals() {
    let (vi, en) = (locale("vi"), locale("en"));
    assert_eq!(vi.plural("n_entries", 1), "1 bài");
    assert_eq!(vi.plural("n_entries", 1200), "1.200 bài");
    assert_eq!(en.plural("n_entries", 0), "0 entries");
    assert_eq!(en.plural("n_entries", 1), "1 entry");
    assert_eq!(en.plural("n_entries", 1001), "1,001 entries");
    let own = "strings: {n_entries: {one: '{n} wpis', few: '{n} wpisy', many: '{n} wpisów', other: '{n} wpisu'}}";
    let own = parse("pl", own).expect("a file");
    let pl = load(&Request { tag: "pl", own: Some(&own), ..Request::default() }).expect("loads");
    let forms: Vec<String> = [1, 2, 5, 22, 1022].map(|n| pl.plural("n_entries", n)).to_vec();
    assert_eq!(forms, ["1 wpis", "2 wpisy", "5 wpisów", "22 wpisy", "1.022 wpisy"]);
}

#[test]
fn words() {
    let vi = locale("vi");
    let text = vi.text("former_place", &[("name", "Hà Giang"), ("place", "Tuyên Quang")]);
    assert_eq!(text, "Hà Giang (nay thuộc Tuyên Quang)");
    assert_eq!(vi.text("series_part", &[("n", "2"), ("total", "5")]), "Phần 2/5");
    let (language, original) = (vi.language_name("en"), vi.language_name("vi-VN"));
    let values = [("language", language.unwrap_or("")), ("original", original.unwrap_or(""))];
    assert_eq!(
        vi.text("fallback_note", &values),
        "Bài này chưa có bản tiếng Anh; dưới đây là nguyên bản tiếng Việt."
    );
    assert_eq!(vi.string("no_such_key"), "no_such_key");
    assert_eq!(vi.list(&["Lan", "Hoa", "Bình"]), "Lan, Hoa và Bình");
    assert_eq!(vi.list(&["Lan"]), "Lan");
    assert_eq!(vi.quoted("Đường"), "“Đường”");
    assert_eq!(locale::format("{a}{b}{", &[("a", "{b}"), ("b", "x")]), "{b}x{");
}

#[test]
fn every_language_has_every_key() {
    let vi = locale("vi");
    for tag in ["en", "km"] {
        let other = locale(tag);
        assert_eq!(other.missing().count(), 0, "{tag}: {:?}", other.missing().collect::<Vec<_>>());
        assert_eq!(other.unknown().count(), 0, "{tag}: {:?}", other.unknown().collect::<Vec<_>>());
        for ((key, mine, _), (_, theirs, _)) in other.strings().zip(vi.strings()) {
            assert_eq!(names(mine), names(theirs), "{tag}: {key}");
            assert!(!mine.is_empty(), "{tag}: {key}");
            assert_eq!(crate::text::nfc(mine), mine, "{tag}: {key}");
        }
    }
    assert!(vi.strings().count() > 200);
    assert!(vi.reviewed && locale("en").reviewed && !locale("km").reviewed);
    assert_eq!(locale("km-VN").name, "ភាសាខ្មែរ");
}

#[test]
fn a_language_without_data_borrows() {
    let request =
        Request { tag: "tyz", name: Some("Tày"), data_locale: Some("vi"), ..Request::default() };
    let tyz = load(&request).expect("loads");
    assert_eq!((tyz.tag.as_str(), tyz.name.as_str()), ("tyz", "Tày"));
    assert_eq!(tyz.string("home"), "Trang chủ");
    assert_eq!(tyz.fallback_of("home"), Some("vi"));
    assert_eq!(tyz.missing().count(), locale("vi").strings().count());
    assert_eq!(tyz.date(&moment(true), DateStyle::Full), "Thứ Hai, 17/10/2022, 08:30 (GMT+7)");
    assert!(tyz.collator().compare("Hà Tĩnh", "Hạ Hòa").is_lt());
    // A single word of its own, a misspelt key, and English for the rest.
    let own = parse("tyz", "strings: {home: A, hoem: B}").expect("a file");
    let en = locale("en");
    let tyz = load(&Request { own: Some(&own), fallback: Some(&en), ..request }).expect("loads");
    assert_eq!((tyz.string("home"), tyz.fallback_of("home")), ("A", None));
    assert_eq!(tyz.fallback_of("menu"), Some("en"));
    assert_eq!(tyz.plural("n_entries", 1), "1 entry");
    assert_eq!(tyz.unknown().collect::<Vec<_>>(), ["hoem"]);
}

#[test]
fn a_site_changes_words_and_patterns() {
    let own = parse("vi", "strings: {home: Trang nhất}").expect("a file");
    let vi = load(&Request { tag: "vi", own: Some(&own), ..Request::default() }).expect("loads");
    assert_eq!((vi.string("home"), vi.string("menu")), ("Trang nhất", "Danh mục"));
    assert_eq!(vi.missing().count(), 0);
    assert!(date::check_pattern("{dd}-{mm}").is_ok());
    assert!(date::check_pattern("{dd}-{MMM}").is_err_and(|why| why.contains("{MMM}")));
}

#[test]
fn bad_files_say_why() {
    for (yaml, why) in [
        ("strngs: {}", "strngs"),
        ("strings: {n_entries: {one: a}}", "other"),
        ("strings: {n_entries: {ones: a, other: b}}", "ones"),
        ("tag: en", "en"),
        ("strings: [", ""),
    ] {
        let error = parse("vi", yaml).expect_err(yaml);
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn threads_may_share_a_locale() {
    fn shared<T: Send + Sync>() {}
    shared::<Locale>();
}
