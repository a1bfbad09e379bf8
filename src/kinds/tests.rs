//! What each kind reads, says and shows.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::yaml::parse_map;

fn read(name: &str, text: &str) -> (Fields, Vec<(&'static str, String)>) {
    let file: Arc<str> = Arc::from("a.md");
    let entries = parse_map(text, 0, &file).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let mut reader = Reader::new(&entries, Arc::clone(&file), &zone);
    let kind = kind(name).unwrap();
    let fields = kind.read(&mut reader);
    let mut found = reader.finish();
    found.extend(kind.check(&file, &Front::default(), &fields));
    let under = |d: &crate::base::diag::Diagnostic| text[d.labels[0].span.range.clone()].to_owned();
    let told = found.iter().map(|d| (d.rule.code, under(d))).collect();
    (fields, told)
}

fn said(name: &str, text: &str) -> Vec<(&'static str, String)> {
    read(name, text).1
}

fn one(code: &'static str, under: &str) -> Vec<(&'static str, String)> {
    vec![(code, under.to_owned())]
}

#[test]
fn kinds_are_found_by_name() {
    for kind in KINDS {
        assert!(super::kind(kind.name()).is_some_and(|found| found.name() == kind.name()));
        assert!(!kind.label().0.is_empty() && !kind.label().1.is_empty());
    }
    assert!(super::kind("Story").is_none());
    assert_eq!((default().name(), kind("page").map(Kind::dated)), ("page", Some(false)));
}

#[test]
fn events() {
    let text = "start: 2026-12-05 07:30\nend: 2026-12-05 11:30\nplace: Sân đình\nform: offline\nstatus: scheduled\nall_day: false\n";
    let (fields, found) = read("event", text);
    assert_eq!(found, []);
    let keys: Vec<_> = fields.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["start", "end", "all_day", "place", "form", "status"]);
    let choice = Field::Choice { value: "offline", string: "event_form_offline" };
    assert_eq!(fields[4].1.value, choice);
    assert_eq!(said("event", "place: x\n"), one("T0105", ""));
    assert_eq!(said("event", "start: mai\n"), one("T0204", "mai"));
    assert_eq!(said("event", "start: 2026-12-05 07:30\nend: 2026-12-05\n"), []);
    assert_eq!(
        said("event", "start: 2026-12-05 07:30\nend: 2026-12-05 07:00\n"),
        one("T0206", "2026-12-05 07:00")
    );
    assert_eq!(said("event", "start: 2026-12-05\nend: 2026-12-04\n"), one("T0206", "2026-12-04"));
    assert_eq!(said("event", "start: 2026-12-05\nform: onlin\n"), one("T0113", "onlin"));
}

#[test]
fn models() {
    let text = "problem: Giống xa\nsteps: [a, b]\ncost: 15,5 triệu đồng\nresults: Đủ giống\nsince: mùa khô 2021\ncontact: 0912345678\nreplicated_by: [mo-hinh/x]\n";
    let (fields, found) = read("model", text);
    assert_eq!(found, []);
    let money = MoneyField { amount: 15_500_000, source: None, as_of: None };
    assert_eq!(fields[2].1.value, Field::Money(money));
    assert_eq!(&text[fields[2].1.range.clone()], "15,5 triệu đồng");
    assert_eq!(fields[3].1.value, Field::Text("Đủ giống".into()));
    assert_eq!(fields[4].1.value, Field::Text("mùa khô 2021".into()));
    assert_eq!(fields[5].1.value, Field::Text("0912345678".into()));
    let (fields, found) = read(
        "model",
        "cost: {amount: 15500000, source: Sổ, as_of: 2026-10-31}\nsince: 2023-02-20\n",
    );
    assert_eq!(found, []);
    let Field::Money(money) = &fields[0].1.value else { panic!("{fields:?}") };
    assert_eq!(
        (money.amount, money.source.as_deref(), money.as_of.is_some()),
        (15_500_000, Some("Sổ"), true)
    );
    assert!(matches!(fields[1].1.value, Field::Moment(_)));
    assert_eq!(said("model", "cost: khoảng 20 đô\n"), one("T0205", "khoảng 20 đô"));
    assert_eq!(said("model", "cost: {source: Sổ}\n"), one("T0105", ""));
    assert_eq!(said("model", "since: 31/02/2023\n"), one("T0204", "31/02/2023"));
    assert_eq!(
        said("model", "steps: {a: 1}\nchi_phi: 1\n"),
        [one("T0104", "{a: 1}"), one("T0103", "chi_phi")].concat()
    );
}

#[test]
fn documents_and_the_plain_kinds() {
    let (fields, found) = read(
        "document",
        "number: 562/KH\nissuer: Ủy ban\nissued: 2022-06-16\nstatus: expired\nfiles: [a.pdf]\n",
    );
    assert_eq!((fields.len(), found), (5, vec![]));
    assert!(matches!(&fields[4].1.value, Field::Files(files) if files[0].value == "a.pdf"));
    for name in ["story", "news", "page"] {
        assert_eq!(said(name, ""), []);
        assert_eq!(said(name, "start: 2026-12-05\n"), one("T0103", "start"));
    }
}

#[test]
fn what_the_calendar_decides() {
    let at = |text: &str| text.parse().expect("an instant");
    let states = |kind_name: &str, text: &str, instants: &[&str]| -> Vec<Option<&str>> {
        let (fields, found) = read(kind_name, text);
        assert_eq!(found, []);
        let kind = kind(kind_name).expect("a kind");
        instants.iter().map(|day| kind.state(&fields, at(day)).map(|(state, _)| state)).collect()
    };
    let around = ["2026-12-10T23:59:59+07:00", "2026-12-11T00:00:00+07:00"];
    let text = "deadline: 2026-12-10\n";
    assert_eq!(states("opportunity", text, &around), [Some("open"), Some("closed")]);
    let early = "deadline: 2026-12-10\nstatus: filled\n";
    assert_eq!(states("opportunity", early, &around), [Some("filled"), Some("filled")]);
    // Written long ago, and over all the same.
    let late = "deadline: 2026-12-10\nstatus: open\n";
    assert_eq!(states("opportunity", late, &around), [Some("open"), Some("closed")]);
    assert_eq!(states("appeal", text, &around), [Some("open"), Some("closed")]);
    let got = "goal: 5 triệu\nreceived: {amount: 5 triệu, source: Sổ, as_of: 2026-12-01}\n";
    assert_eq!(states("appeal", got, &around), [Some("reached"), Some("reached")]);
    let handed = format!("{got}handed_over: 2026-12-11\n");
    assert_eq!(states("appeal", &handed, &around), [Some("reached"), Some("handed_over")]);
    let law = "effective: 2026-12-11\nuntil: 2027-01-01\n";
    assert_eq!(states("document", law, &around), [Some("not_yet"), Some("in_force")]);
    let over = "until: 2026-12-10\n";
    assert_eq!(states("document", over, &around), [Some("in_force"), Some("expired")]);
    assert_eq!(states("document", "number: 1\n", &around), [None, None]);
    // The build foretells each of these changes.
    for (name, text) in [("opportunity", text), ("appeal", text), ("document", over)] {
        let (fields, _) = read(name, text);
        assert_eq!(kind(name).expect("a kind").turns(&fields), [at(around[1])]);
    }
}

#[test]
fn works_awards_and_reports() {
    let text = "type: nuoc-sach\nstatus: handed_over\nvalue: 60 triệu đồng\nbeneficiaries: 120\nsupported_by: [Chi đoàn A]\n";
    let (fields, found) = read("work", text);
    assert_eq!((fields.len(), found), (5, vec![]));
    let choice = Field::Choice { value: "nuoc-sach", string: "work_type_nuoc_sach" };
    assert_eq!(fields[0].1.value, choice);
    let (fields, found) = read("work", "type: Sân bóng\n");
    assert_eq!((&fields[0].1.value, found), (&Field::Text("Sân bóng".into()), vec![]));
    assert_eq!(said("award", "form: bang-khen\nlevel: tinh\ndecision: 01-QĐ\n"), []);
    assert_eq!(said("award", "level: quan\n"), one("T0113", "quan"));
    assert_eq!(said("report", "form: so-ket\nperiod: Quý I\nfiles: [a.pdf]\n"), []);
    assert_eq!(said("appeal", "received: 3 triệu\n"), one("T0219", "3 triệu"));
}
