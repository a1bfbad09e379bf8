//! Data files from good to hostile.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::places::{province_ids, read_provinces};
use super::*;

fn data(name: &str, text: &str) -> (Option<DataFile>, Diagnostics) {
    let langs = ["vi".to_owned(), "en".to_owned()];
    let path: Arc<str> = Arc::from(format!("content/data/{name}"));
    read(&path, text, DataOptions { langs: &langs, zone: &TimeZone::UTC })
}

fn said(name: &str, text: &str) -> Vec<(&'static str, String)> {
    let found = data(name, text).1;
    let under = |d: &Diagnostic| text[d.labels[0].span.range.clone()].to_owned();
    found.iter().map(|d| (d.rule.code, under(d))).collect()
}

fn one(code: &'static str, under: &str) -> Vec<(&'static str, String)> {
    vec![(code, under.to_owned())]
}

#[test]
fn provinces_are_whole() {
    let (provinces, found) = read_provinces();
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((provinces.len(), province_ids().len()), (34, 34));
    let cities = provinces.iter().filter(|place| place.kind == "thanh-pho");
    assert_eq!(cities.count(), 9);
    let places = Places::new([]);
    let mut old = 0;
    for province in places.provinces() {
        for (_, name) in &province.name.0 {
            assert_eq!(places.find(name), PlaceMatch::Current(province.id.clone()), "{name}");
        }
        assert_eq!(places.find(&province.id), PlaceMatch::Current(province.id.clone()));
        for name in &province.former {
            let wanted = PlaceMatch::Former { name: name.clone(), now: province.id.clone() };
            assert_eq!(places.find(name), wanted);
            assert_eq!(places.find(&format!("tỉnh {name}")), wanted);
            old += 1;
        }
    }
    // 63 names, of which all 34 but Huế are still in use.
    assert_eq!(old, 63 - 33);
}

#[test]
fn places_as_people_write_them() {
    let text = "- {id: minh-hoa-cb, name: Minh Họa, province: Cao Bằng}\n- {id: minh-hoa-tq, name: Minh Họa, province: Hà Giang, kind: phuong, former: [Cổng Trời]}\n- {id: phuong-thai-binh, name: Thái Bình, province: hung-yen, kind: phuong}\n";
    let (Some(DataFile::Communes(communes)), found) = data("places.yaml", text) else { panic!() };
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(communes[1].parent.as_deref(), Some("tuyen-quang"));
    let places = Places::new(communes);
    let current = |id: &str| PlaceMatch::Current(id.to_owned());
    let former = |name: &str, id: &str| PlaceMatch::Former { name: name.into(), now: id.into() };
    for (written, wanted) in [
        ("TP.HCM", current("ho-chi-minh")),
        ("TP. Hồ Chí Minh", current("ho-chi-minh")),
        ("thành phố hồ chí minh", current("ho-chi-minh")),
        ("Sài Gòn", current("ho-chi-minh")),
        ("Thủ đô Hà Nội", current("ha-noi")),
        ("Hanoi", current("ha-noi")),
        ("ha noi", current("ha-noi")),
        ("Khánh Hoà", current("khanh-hoa")),
        ("khánh hòa", current("khanh-hoa")),
        ("Đăk Lăk", current("dak-lak")),
        ("Hà Giang", former("Hà Giang", "tuyen-quang")),
        ("Ha Giang", former("Hà Giang", "tuyen-quang")),
        ("tie\u{302}n giang", PlaceMatch::Unknown { nearest: None }),
        ("Kontum", former("Kon Tum", "quang-ngai")),
        ("Hoà Bình", former("Hòa Bình", "phu-tho")),
        ("Bà Rịa – Vũng Tàu", former("Bà Rịa - Vũng Tàu", "ho-chi-minh")),
        ("Thừa Thiên Huế", former("Thừa Thiên Huế", "hue")),
        ("Minh Họa", PlaceMatch::Ambiguous(vec!["minh-hoa-cb".into(), "minh-hoa-tq".into()])),
        ("xã Minh Hoạ, tỉnh Cao Bằng", current("minh-hoa-cb")),
        ("Minh Họa, Tuyên Quang", current("minh-hoa-tq")),
        ("Cổng Trời", former("Cổng Trời", "minh-hoa-tq")),
        ("minh-hoa-cb", current("minh-hoa-cb")),
        ("Thái Bình", former("Thái Bình", "hung-yen")),
        ("phường Thái Bình", current("phuong-thai-binh")),
        ("tỉnh Thái Bình", former("Thái Bình", "hung-yen")),
        ("huyện Hạ Lang, tỉnh Cao Bằng", current("cao-bang")),
        ("huyện Mèo Vạc, Hà Giang", former("Hà Giang", "tuyen-quang")),
    ] {
        match (&wanted, places.find(written)) {
            (PlaceMatch::Unknown { .. }, PlaceMatch::Former { now, .. }) => {
                assert_eq!(now, "dong-thap")
            }
            (_, found) => assert_eq!(found, wanted, "{written}"),
        }
    }
    let PlaceMatch::Unknown { nearest } = places.find("Tuyên Quanh") else { panic!() };
    assert_eq!(nearest.as_deref(), Some("Tuyên Quang"));
    assert!(matches!(places.find(""), PlaceMatch::Unknown { .. }));
}

#[test]
fn communes_are_checked() {
    assert_eq!(said("places.yaml", "- {id: a, name: A, province: Cao Bàng}\n"), []);
    assert_eq!(
        said("places.yaml", "- {id: a, name: A, province: Tuyen Quanh}\n"),
        one("T0755", "Tuyen Quanh")
    );
    assert_eq!(said("places.yaml", "- {id: a, name: A}\n"), one("T0105", ""));
    assert_eq!(
        said("places.yaml", "- {id: ha-noi, name: A, province: Hà Nội}\n"),
        one("T0751", "ha-noi")
    );
    assert_eq!(
        said("places.yaml", "- {id: a, name: A, province: Huế, kind: huyen}\n"),
        one("T0113", "huyen")
    );
}

#[test]
fn units() {
    let text = "- {id: a, name: {vi: A, en: AA}, short: A, group: tinh, place: hue, from: 2025-07-01, former_names: [{name: B, to: 2025-06-30}, C], aliases: [aa]}\n- {id: b, name: B, parent: a, illustrative: true}\n- {id: c, name: C, parent: tinh-doan-tuyen-quang}\n";
    let (Some(DataFile::Units(units)), found) = data("units.yaml", text) else { panic!() };
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((units.len(), units[0].former_names.len(), units[1].illustrative), (3, 2, true));
    assert_eq!(units[1].parent.as_ref().map(|p| p.value.as_str()), Some("a"));
    assert_eq!(said("units.yaml", "- {id: a, name: A}\n- {id: a, name: B}\n"), one("T0751", "a"));
    assert_eq!(
        said("units.yaml", "- {id: abcd, name: A}\n- {id: b, name: B, parent: abce}\n"),
        one("T0752", "abce")
    );
    assert_eq!(
        said(
            "units.yaml",
            "- {id: a, name: A, parent: b}\n- {id: b, name: B, parent: a}\n- {id: c, name: C, parent: a}\n"
        ),
        one("T0753", "b")
    );
    assert_eq!(said("units.yaml", "- {id: a, name: A, parent: a}\n"), one("T0753", "a"));
    assert_eq!(said("units.yaml", "- {id: Đoàn A, name: A}\n"), one("T0754", "Đoàn A"));
    assert_eq!(
        said("units.yaml", "- {id: a, name: A, from: 2025-07-02, to: 2025-07-01}\n"),
        one("T0756", "2025-07-01")
    );
    assert_eq!(said("units.yaml", "id: a\nname: A\n"), one("T0104", "id: a\nname: A"));
    assert_eq!(said("units.yaml", "- {id: a, name: A, paren: b}\n"), one("T0103", "paren"));
    assert_eq!(said("units.yaml", ""), []);
}

#[test]
fn terms_authors_series() {
    let text = "topics:\n  - {id: viec-lam, name: {vi: Việc làm, en: Jobs}, slug: {en: jobs}}\ntags: [{id: a, name: A}, {id: a, name: B}]\n";
    let (Some(DataFile::Terms(terms)), found) = data("terms.yaml", text) else { panic!() };
    assert_eq!(found.len(), 1);
    assert_eq!((terms.taxonomies[0].0.as_str(), terms.taxonomies[1].1.len()), ("topics", 1));
    assert_eq!(terms.taxonomies[0].1[0].named.slug.exact("en"), Some("jobs"));
    assert_eq!(said("terms.yaml", "topic: []\n"), one("T0103", "topic"));
    assert_eq!(
        said("terms.yaml", "tags: [{id: a, name: {vi: Phòng, chống}}]\n"),
        one("T0115", "chống")
    );
    assert_eq!(said("terms.yaml", "tags: [{id: a, name: A, slug: Việc}]\n"), one("T0754", "slug"));
    let (file, found) =
        data("authors.yaml", "- {id: hoa-gao, name: Hoa Gạo, bio: {vi: X}, illustrative: true}\n");
    assert!(found.is_empty() && matches!(&file, Some(DataFile::Authors(a)) if a[0].illustrative));
    let (file, found) = data("series.yml", "- {id: x, title: {vi: X, en: Y}, summary: Z}\n");
    assert!(
        found.is_empty()
            && matches!(&file, Some(DataFile::Series(s)) if s[0].named.name.exact("en") == Some("Y"))
    );
}

fn table(name: &str, text: &str) -> Table {
    let (file, found) = data(name, text);
    assert!(found.is_empty(), "{found:?}");
    match file {
        Some(DataFile::Table(table)) => table,
        other => panic!("{other:?}"),
    }
}

#[test]
fn tables() {
    for text in [
        "Đơn vị,Ngày công\nXã A,186\n\"Xã B, cũ\",\"4\"\n",
        "\u{feff}Đơn vị;Ngày công\r\nXã A;186\r\n\"Xã B, cũ\";4\r\n",
        "Đơn vị\tNgày công\nXã A\t186\n\n\"Xã B, cũ\"\t4",
    ] {
        let table = table("x.csv", text);
        assert_eq!(table.columns, ["Đơn vị", "Ngày công"]);
        let cell = &table.rows[1][0];
        assert_eq!((cell.text.as_str(), &text[cell.range.clone()]), ("Xã B, cũ", "\"Xã B, cũ\""));
        assert_eq!(&text[table.rows[0][1].range.clone()], "186", "{text:?}");
        assert_eq!(table.rows.len(), 2);
    }
    let quoted = table("x.csv", "a,b\n\"x\ny\",\"nói \"\"vâng\"\"\"\n");
    assert_eq!(
        (quoted.rows[0][0].text.as_str(), quoted.rows[0][1].text.as_str()),
        ("x\ny", "nói \"vâng\"")
    );
    let yaml = table("x.yaml", "- {a: 1, b: x}\n- {b: y, c: ~}\n");
    assert_eq!(
        (yaml.columns.len(), yaml.rows[1][0].text.as_str(), yaml.column("b")),
        (3, "", Some(1))
    );
    let json = table("x.json", "[\n\t{\"a\": 1.5, \"b\": \"x\\/y\"},\n\t{\"a\": null}\n]\n");
    assert_eq!(json.rows[0][1].text, "x/y");
    let tree = data("x.yaml", "a: {b: 1}\n").0;
    assert!(matches!(tree, Some(DataFile::Tree(_))));
}

#[test]
fn broken_tables() {
    assert_eq!(
        said("x.csv", "a,b\n1\n1,2\n1,2,3\n"),
        [one("T0902", "1"), one("T0902", "1,2,3")].concat()
    );
    assert_eq!(said("x.csv", "a,,b\n1,2,3\n"), one("T0903", "a,,b"));
    assert_eq!(said("x.csv", "a,b,a\n1,2,3\n"), one("T0903", "a"));
    assert_eq!(said("x.csv", ""), one("T0903", ""));
    assert_eq!(said("x.csv", "a,b\n1,\"2\n3,4\n"), one("T0905", "1,\"2"));
    assert_eq!(said("notes.txt", "x"), one("T0901", ""));
    let many = format!("a\n{}", "1\n".repeat(100_001));
    assert_eq!(said("x.csv", &many), one("T0904", "1"));
    let ragged = format!("a,b\n{}", "1\n".repeat(1000));
    assert_eq!(said("x.csv", &ragged).len(), 20);
}

proptest! {
    #[test]
    fn nothing_panics_on_any_csv(text in "(?s)(.|,|;|\"|\n|\t|đ|\u{feff}){0,60}") {
        let (file, found) = data("x.csv", &text);
        for label in found.iter().flat_map(|d| &d.labels) {
            prop_assert!(text.get(label.span.range.clone()).is_some());
        }
        if let Some(DataFile::Table(table)) = file {
            for cell in table.rows.iter().flatten() {
                prop_assert!(text.get(cell.range.clone()).is_some());
            }
        }
    }

    #[test]
    fn nothing_panics_on_near_data(name in "(units|terms|places|authors|series|x)", text in "(- |id: |name: |parent: |a|b|đ|: |\n|\n  |, |\\[|\\]|\\{|\\}|tags:|province: Huế|former_names: |slug: ){0,30}") {
        for label in data(&format!("{name}.yaml"), &text).1.iter().flat_map(|d| &d.labels) {
            prop_assert!(text.get(label.span.range.clone()).is_some());
        }
    }

    #[test]
    fn every_name_gets_an_answer(written in "\\PC{0,30}") {
        let _ = Places::new([]).find(&written);
    }
}
