//! YAML as editors really write it: what is read, what is said, what is
//! underlined.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::base::diag::{Diagnostic, Diagnostics};

fn file() -> Arc<str> {
    Arc::from("a.md")
}

/// Code, underlined text, Vietnamese message and help of each diagnostic.
fn told(text: &str, found: &[Diagnostic]) -> Vec<(&'static str, String, String)> {
    let one = |d: &Diagnostic| {
        let under = d.labels.first().map_or("", |label| &text[label.span.range.clone()]);
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" | {}", help.vi));
        (d.rule.code, under.to_owned(), format!("{}{help}", d.message.vi))
    };
    found.iter().map(one).collect()
}

/// The only mistake of a text: code and underlined piece.
fn mistake(text: &str) -> (&'static str, String) {
    let error = match parse_map(text, 0, &file()) {
        Ok(entries) => panic!("{text:?} was read as {entries:?}"),
        Err(error) => error,
    };
    let told = told(text, &[error]).remove(0);
    (told.0, told.1)
}

fn help(text: &str) -> String {
    let error = parse_map(text, 0, &file()).unwrap_err();
    error.help.map(|help| help.vi).unwrap_or_default()
}

fn reading<T>(text: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> (T, Diagnostics) {
    let entries = parse_map(text, 0, &file()).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let mut reader = Reader::new(&entries, file(), &zone);
    let value = read(&mut reader);
    (value, reader.finish())
}

/// A tree with each value followed by what it underlines.
fn drawn(text: &str, base: usize, node: &Node) -> String {
    let under = &text[node.range.start - base..node.range.end - base];
    match &node.value {
        Value::Null => format!("null<{under}>"),
        Value::Scalar { text, plain } => {
            format!("{}{text:?}<{under}>", if *plain { "" } else { "q" })
        }
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| drawn(text, base, item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let one = |(k, v): &(Node, Node)| {
                format!("{}: {}", k.scalar().unwrap_or_default(), drawn(text, base, v))
            };
            format!("{{{}}}", entries.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

fn tree(text: &str) -> String {
    let node = parse(text, 100, &file()).unwrap();
    drawn(text, 100, &node)
}

#[test]
fn places_are_exact() {
    assert_eq!(
        tree("a: 1\nb:\nc:\n  - x\n  - 'y z'\n  -\n"),
        "{a: \"1\"<1>, b: null<b>, c: [\"x\"<x>, q\"y z\"<'y z'>, null<>]}"
    );
    assert_eq!(
        tree("d: {e: \"q\", f: [g, ~]} # h\n"),
        "{d: {e: q\"q\"<\"q\">, f: [\"g\"<g>, null<~>]}}"
    );
    assert_eq!(tree("\u{feff}a: đẹp\r\nb: null\r\n"), "{a: \"đẹp\"<đẹp>, b: null<null>}");
    assert_eq!(
        tree("a: |\n  một\n  hai\n\nb: x\n"),
        "{a: q\"một\\nhai\\n\"<một\n  hai>, b: \"x\"<x>}"
    );
    assert_eq!(
        tree("phone: 0912345678\nno: no\n"),
        "{phone: \"0912345678\"<0912345678>, no: \"no\"<no>}"
    );
    assert_eq!(tree("a: &x [1]\nb: *x\n"), "{a: [\"1\"<1>], b: [\"1\"<1>]}");
    assert_eq!(
        tree("{\"a\": [1, true], \"b\": \"\\u0111\"}"),
        "{a: [\"1\"<1>, \"true\"<true>], b: q\"đ\"<\"\\u0111\">}"
    );
    assert_eq!(tree("a: tie\u{302}\u{301}ng\n"), "{a: \"tiếng\"<tie\u{302}\u{301}ng>}");
    assert_eq!(tree(""), "null<>");
    assert_eq!(tree("# chỉ có ghi chú\n"), "null<>");
    let map = parse("a: {b: 1}\nc:\n  d: 2\n\n# x\n", 7, &file()).unwrap();
    assert_eq!(map.range, 7..7 + 19);
    assert_eq!(map.get("c").map(|c| c.range.clone()), Some(7 + 15..7 + 19));
}

#[test]
fn punctuation() {
    assert_eq!(mistake("title: Chuyện: phần 2\ndate: x\n"), ("T0108", "Chuyện: phần 2".into()));
    assert_eq!(
        help("title: Chuyện: phần 2\n"),
        "hãy đặt cả chữ trong nháy thẳng: title: \"Chuyện: phần 2\""
    );
    assert_eq!(mistake("photos:\n  - alt: Một: hai\n"), ("T0108", "Một: hai".into()));
    assert_eq!(mistake("title: “Chuyện: phần 2”\n"), ("T0108", "“Chuyện: phần 2”".into()));
    assert_eq!(help("title: “A: b”\n"), "hãy đặt cả chữ trong nháy thẳng: title: \"A: b\"");
    for text in
        ["*Nóng* tin", "@ban-bien-tap", "`mã`", "%x", "& b", "[Ảnh] Tin", ">tin", "]", "{a} b"]
    {
        assert_eq!(
            mistake(&format!("a: 1\ntitle: {text}\nb: 2\n")),
            ("T0108", text.into()),
            "{text}"
        );
    }
    assert_eq!(mistake("title: - một\n"), ("T0108", "- một".into()));
    assert_eq!(mistake("title: !tin nóng\n"), ("T0112", "!tin".into()));
    assert_eq!(mistake("x: !!python/object a\n"), ("T0112", "!!python/object".into()));
}

#[test]
fn missing_space_or_colon() {
    for text in [
        "title:Chuyện\ndate: 1\n",
        "date: 1\ntitle:Chuyện\n",
        "date: 1\ntitle:Chuyện\nx: 2\n",
        "title:Chuyện\n",
    ] {
        assert_eq!(mistake(text), ("T0110", "title:C".into()), "{text}");
    }
    assert_eq!(help("title:Chuyện\n"), "viết: title: Chuyện");
    assert_eq!(mistake("title:\u{a0}Chuyện\ndate: 1\n"), ("T0110", "title:\u{a0}".into()));
    assert_eq!(help("title:\u{a0}Chuyện\ndate: 1\n"), "viết: title: Chuyện");
    assert_eq!(mistake("a: 1\nthân bài ở đây\n"), ("T0101", "thân bài ở đây".into()));
    assert_eq!(mistake("thân bài\na: 1\n"), ("T0101", "thân bài".into()));
    assert_eq!(mistake("chỉ là chữ\n"), ("T0101", "chỉ là chữ".into()));
    assert_eq!(mistake(": x\n").0, "T0101");
}

#[test]
fn indentation() {
    assert_eq!(mistake("a: 1\n\tb: 2\n"), ("T0106", "\t".into()));
    assert_eq!(mistake("a:\n\t- b\n"), ("T0106", "\t".into()));
    assert_eq!(mistake("a:\r\n  b: 1\r\n\tc: 2\r\n"), ("T0106", "\t".into()));
    assert_eq!(mistake("a: 1\n  b: 2\n"), ("T0109", "  ".into()));
    assert_eq!(mistake("a:\n  b: 1\n c: 2\n"), ("T0109", " ".into()));
    assert_eq!(mistake("photos:\n  - file: a\n   alt: b\n"), ("T0109", "   ".into()));
    assert_eq!(mistake("a: 1\n- b\n").0, "T0109");
    assert_eq!(mistake("- a\nb: 1\n").0, "T0109");
    assert_eq!(mistake("\u{a0}a: 1\n"), ("T0109", "\u{a0}a".into()));
    assert_eq!(mistake("a:\n\u{a0}\u{a0}- b\n"), ("T0109", "\u{a0}".into()));
    assert_eq!(mistake("a: 1\n\u{200b}b: 2\n"), ("T0109", "\u{200b}b".into()));
}

#[test]
fn quotes_and_brackets() {
    assert_eq!(mistake("a: \"x y\nb: 2\n"), ("T0117", "\"x y".into()));
    assert_eq!(mistake("a: \"x”\nb: 1\n"), ("T0117", "\"x”".into()));
    assert!(help("a: \"x”\nb: 1\n").contains("nháy cong"));
    assert_eq!(
        mistake("a: \"Chuyện \"đẹp\" hôm nay\"\n"),
        ("T0117", "\"Chuyện \"đẹp\" hôm nay\"".into())
    );
    assert_eq!(mistake("tags: [a, b\n"), ("T0117", "[a, b".into()));
    assert_eq!(mistake("a: \"C:\\Users\"\n").0, "T0101");
    assert_eq!(mistake("tags: [a, b\nx: 1\n").0, "T0117");
    assert_eq!(mistake("a: {b: 1\nc: 2\n").0, "T0117");
    assert_eq!(mistake("a: {b: [c, d: 4}\n"), ("T0117", "[c, d: 4}".into()));
}

#[test]
fn what_is_not_used() {
    assert_eq!(mistake("a: 1\n---\nb: 2\n"), ("T0112", "---".into()));
    assert_eq!(mistake("? [a]\n: b\n"), ("T0112", "[".into()));
    assert_eq!(mistake("b: &x {c: 1}\n<<: *x\n"), ("T0112", "<<".into()));
    assert_eq!(mistake("%YAML 1.2\n---\na: b\n").0, "T0108");
    assert_eq!(mistake("a: \"\\x00\"\n"), ("T0116", "\"\\x00\"".into()));
    assert_eq!(mistake("a: \0b\n").0, "T0116");
    assert_eq!(mistake("a: 1\nb: 2\na: 3\n"), ("T0102", "a".into()));
    let twice = parse("a: 1\n\"a\": 2\n", 0, &file()).unwrap_err();
    assert_eq!(
        (twice.labels[0].span.range.clone(), twice.labels[1].span.range.clone()),
        (5..8, 0..1)
    );
}

#[test]
fn limits() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..9 {
        let inner = vec![format!("*a{}", i - 1); 10].join(", ");
        bomb += &format!("a{i}: &a{i} [{inner}]\n");
    }
    assert_eq!(mistake(&bomb).0, "T0111");
    assert_eq!(mistake("a: &x [1, *x]\n"), ("T0111", "*x".into()));
    assert_eq!(mistake(&"[".repeat(1000)).0, "T0111");
    assert_eq!(mistake(&"- ".repeat(1000)).0, "T0111");
    let deep: String = (0..40).map(|i| format!("{}k:\n", " ".repeat(i))).collect();
    assert_eq!(mistake(&deep).0, "T0111");
    let long = format!("a: \"{}", "x".repeat(10_000_000));
    let error = parse(&long, 0, &file()).unwrap_err();
    assert!(error.labels[0].span.range.len() <= 200 && error.message.vi.len() < 300);
    for text in ["x".repeat(3_000_000), "a: b: ".repeat(500_000), "a\n".repeat(1_000_000)] {
        let error = parse_map(&text, 0, &file()).unwrap_err();
        assert!(error.labels[0].span.range.len() <= 200);
        assert!(error.help.is_none_or(|help| help.vi.len() < 400));
    }
}

#[test]
fn typed_values() {
    let text = "title:  Chị Lan \nn: 12\nyes: true\nwhen: 17/10/2025 08:30\nlist: [a, 'b']\none: c\nname: {vi: Việc làm, en: Jobs}\nform: online\nsub: {x: 1, y: 2}\n";
    let langs = ["vi".to_owned(), "en".to_owned()];
    let (_, found) = reading(text, |r| {
        assert_eq!(r.text("title").map(|t| t.value).as_deref(), Some("Chị Lan"));
        assert_eq!(r.integer("n").map(|n| n.value), Some(12));
        assert_eq!(r.flag("yes").map(|f| f.value), Some(true));
        let when = r.moment("when").map(|m| m.value.rfc3339());
        assert_eq!(when.as_deref(), Some("2025-10-17T08:30:00+07:00"));
        let list: Vec<_> = r.texts("list").into_iter().map(|t| t.value).collect();
        assert_eq!(list, ["a", "b"]);
        assert_eq!(r.texts("one").len(), 1);
        assert_eq!(r.texts_by_language("name", &langs).exact("en"), Some("Jobs"));
        assert_eq!(r.texts_by_language("one", &langs).exact("vi"), Some("c"));
        assert_eq!(r.choice("form", &["offline", "online"]).map(|c| c.value), Some("online"));
        assert!(r.text("absent").is_none() && r.texts("absent").is_empty());
        let Some(mut sub) = r.map("sub") else { return };
        sub.integer("x");
        r.adopt(sub);
    });
    let told = told(text, &found);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((told[0].0, told[0].1.as_str()), ("T0202", "17/10/2025 08:30"));
    assert!(told[0].2.ends_with("nên viết: when: 2025-10-17 08:30"), "{}", told[0].2);
    assert_eq!((told[1].0, told[1].1.as_str()), ("T0103", "y"));
}

#[test]
fn wrong_values() {
    let text = "title: [a]\nn: 1,5\ndraft: có\ndraft2: maybe\nwhen: 31/02/2025\nlist: {a: 1}\nname: {vi: Phòng, chống thiên tai, fr: x}\nform: onlin\nsub: x\nempty: \"\"\n";
    let langs = ["vi".to_owned(), "en".to_owned()];
    let (_, found) = reading(text, |r| {
        assert!(r.text("title").is_none() && r.integer("n").is_none());
        assert!(r.flag("draft").is_none() && r.flag("draft2").is_none());
        assert!(r.moment("when").is_none() && r.texts("list").is_empty());
        assert_eq!(r.texts_by_language("name", &langs).exact("vi"), Some("Phòng"));
        assert!(r.choice("form", &["offline", "online"]).is_none());
        if let Some(sub) = r.map("sub") {
            r.adopt(sub);
        }
        assert!(r.required("empty", "x").is_none() && r.required("gone", "y").is_none());
    });
    let told = told(text, &found);
    let codes: Vec<_> = told.iter().map(|(code, under, _)| (*code, under.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("T0104", "[a]"),
            ("T0203", "1,5"),
            ("T0114", "có"),
            ("T0114", "maybe"),
            ("T0204", "31/02/2025"),
            ("T0104", "{a: 1}"),
            ("T0115", "chống thiên tai"),
            ("T0115", "fr"),
            ("T0113", "onlin"),
            ("T0104", "x"),
            ("T0105", "empty"),
            ("T0105", ""),
        ]
    );
    assert!(told[0].2.contains("chỗ này cần chữ, nhưng lại là một danh sách"), "{}", told[0].2);
    assert!(told[2].2.contains("viết: draft: true"));
    assert!(told[4].2.contains("tháng 2 năm 2025 chỉ có 28 ngày"));
    assert!(told[6].2.contains("phải đặt trong nháy"));
    assert!(told[8].2.contains("có phải là `online`?"));
}

#[test]
fn addresses() {
    for good in ["https://a.example/x?y#z", "HTTP://a.example", "mailto:a@b.example", "tel:+84"] {
        assert!(is_url(good), "{good}");
    }
    for bad in ["", "javascript:x", "https://", "https:///x", "//a.example", "a.example", "data:x"]
    {
        assert!(!is_url(bad), "{bad}");
    }
    for bad in ["https://a b", "https://a\"b", "java\nscript:x", "đ", "https://a\u{0}"] {
        assert!(!is_url(bad), "{bad}");
    }
}

#[test]
fn unknown_keys_name_the_right_one() {
    let (rest, found) = reading("tieu_de: A\nsumary: b\nzzz: 1\n", |r| {
        r.also(&["title"]);
        r.text("summary");
        r.rest().len()
    });
    assert_eq!((rest, found.len()), (3, 0));
    let text = "tieu_de: A\nsumary: b\nzzz: 1\n";
    let (_, found) = reading(text, |r| {
        r.also(&["title"]);
        r.text("summary");
    });
    let told = told(text, &found);
    assert!(told[0].2.contains("có phải là `title`?"), "{told:?}");
    assert!(told[1].2.contains("có phải là `summary`?"));
    assert!(told[2].2.contains("các khóa dùng được: `title`, `summary`"));
}

fn in_bounds(text: &str, base: usize, node: &Node) -> bool {
    let range = node.range.start.wrapping_sub(base)..node.range.end.wrapping_sub(base);
    let here = text.get(range).is_some();
    here && match &node.value {
        Value::List(items) => items.iter().all(|item| in_bounds(text, base, item)),
        Value::Map(entries) => {
            entries.iter().all(|(k, v)| in_bounds(text, base, k) && in_bounds(text, base, v))
        }
        _ => true,
    }
}

fn sound(text: &str) -> Result<(), TestCaseError> {
    const BASE: usize = 5;
    match parse(text, BASE, &file()) {
        Ok(node) => prop_assert!(in_bounds(text, BASE, &node), "{:?}", node),
        Err(error) => {
            prop_assert!(!error.labels.is_empty() && !error.message.vi.is_empty());
            for label in &error.labels {
                let range = label.span.range.clone();
                let range = range.start.wrapping_sub(BASE)..range.end.wrapping_sub(BASE);
                prop_assert!(text.get(range.clone()).is_some(), "{:?} {:?}", range, error);
            }
        }
    }
    let _ = parse_map(text, BASE, &file());
    Ok(())
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in "(?s).{0,80}") {
        sound(&text)?;
    }

    #[test]
    fn nothing_panics_on_near_yaml(text in "(a|b: |đ|\u{a0}|\u{feff}|\"|'|“|”|- |: |:|\n|\n  |\n\t|\r\n|\\[|\\]|\\{|\\}|, |#|&x |\\*x|!t |\\||>|%|---\n|<<|\\? |~|\\\\|@|`){0,24}") {
        sound(&text)?;
    }
}
