//! Component calls.

use super::*;
use crate::parse::Arg;

fn args(source: &str) -> Vec<(String, Arg)> {
    let (fragment, found) = render(source);
    assert!(found.is_empty(), "{found:?}");
    fragment.calls[0]
        .args
        .iter()
        .map(|(key, value)| (key.value.clone(), value.value.clone()))
        .collect()
}

#[test]
fn leaf() {
    let source = "Một\n::video{url=\"a.mp4\", width=-12 loop=true x='đ \\' \\\" \\n'}\nHai";
    let text = |text: &str| Arg::Text(text.into());
    assert_eq!(
        args(source),
        [
            ("url".into(), text("a.mp4")),
            ("width".into(), Arg::Number(-12)),
            ("loop".into(), Arg::Flag(true)),
            ("x".into(), text("đ ' \" \\n")),
        ]
    );
    assert_eq!(html(source), "<p>Một</p>\n<div>[video]</div>\n<p>Hai</p>\n");
    let call = &render(source).0.calls[0];
    assert_eq!(&source[call.name.range.clone()], "video");
    assert_eq!(&source[call.args[0].1.range.clone()], "\"a.mp4\"");
    assert!(
        source[call.range.clone()].starts_with("::video{")
            && source[call.range.clone()].ends_with('}')
    );
    assert_eq!(html("::a"), "<div>[a]</div>\n");
    assert_eq!(html("::a{}\r\n::b\r\n"), "<div>[a]</div>\n<div>[b]</div>\n");
}

#[test]
fn container() {
    let source = "- x\n:::note{title=\"Lưu ý\"}\n## Hai\n\n[a][r] đ\n:::\nsau[^1] [b][r]\n\n[r]: u\n[^1]: c\n";
    let (fragment, found) = render(source);
    assert!(found.is_empty(), "{found:?}");
    let body = fragment.calls[0].body.as_ref().map(|body| (fill(body), body.refs[0].range.clone()));
    let at = source.find("[a][r]").unwrap_or(0);
    let inner = "<h2 id=\"hai\">Hai</h2>\n<p><a href=\"u\">a</a> đ</p>\n".to_owned();
    assert_eq!(body, Some((inner, at..at + 6)));
    assert!(fill(&fragment).starts_with("<ul>\n<li>x</li>\n</ul>\n<div>[note]<h2"));
    assert_eq!(&source[fragment.calls[0].range.clone()], ":::note{title=\"Lưu ý\"}");
}

#[test]
fn nesting() {
    let outer = "<div>[a]<div>[b]<p>x</p>\n</div>\n<div>[c]</div>\n</div>\n";
    assert_eq!(html("::::a\n:::b\nx\n:::\n::c\n::::\n"), outer);
    assert_eq!(html(":::a\n:::b\nx\n:::\n::c\n:::\n"), outer);
    assert_eq!(html("::: a {x=1}\nx\n:::\n"), "<div>[a]<p>x</p>\n</div>\n");
}

#[test]
fn ids_are_unique_across_containers() {
    let source = "## A\n\n:::n\n## A\n\nx[^1]\n\n[^1]: y\n:::\n\n## A\n\nz[^1]\n\n[^1]: w\n";
    let html = html(source);
    for id in ["a", "a-2", "a-3", "fn-1", "fn-1-2", "fnref-1", "fnref-1-2"] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id} in {html}");
    }
}

#[test]
fn not_calls() {
    for text in [":: a", "::before là phần tử", "std::fmt", "::1", "::"] {
        assert_eq!(html(text), format!("<p>{text}</p>\n"));
        assert_eq!(problems(text), []);
    }
    for source in ["```\n::a\n:::b\n```\n", "    ::a\n", "<!--\n::a\n-->\n", "~~~\n:::\n~~~\n"] {
        let (fragment, found) = render(source);
        assert!(fragment.calls.is_empty() && found.is_empty(), "{source}: {found:?}");
    }
    assert_eq!(html("- ```\n  ::a\n  ```\n\n::b\n").matches("[b]").count(), 1);
}

#[test]
fn misplaced() {
    assert_eq!(problems("> ::a{x=1}\n"), [("T0319", "::a{x=1}")]);
    assert_eq!(problems("- ::a\n"), [("T0319", "::a")]);
    assert_eq!(problems("- a\n\n  :::b\n"), [("T0319", ":::b")]);
    assert_eq!(html("> ::a\n"), "<blockquote>\n<p>::a</p>\n</blockquote>\n");
}

#[test]
fn malformed() {
    let cases: [(&str, &str, &str); 15] = [
        ("::a{x=“b”}", "T0316", "“"),
        ("::a{x=b}", "T0316", "b"),
        ("::a{x=}", "T0316", "x"),
        ("::a{x=1.5}", "T0316", "1.5"),
        ("::a{x=99999999999999999999}", "T0316", "99999999999999999999"),
        ("::a{x=\"b}", "T0316", "\"b}"),
        ("::a{x}", "T0316", "x"),
        ("::a{X=1}", "T0316", "X=1"),
        ("::a{x=1 y=2 x=3}", "T0317", "x"),
        ("::a{x=1", "T0315", "{x=1"),
        ("::a{x=1} b", "T0315", "b"),
        ("::A", "T0315", "A"),
        (":::note Lưu ý\n:::", "T0315", "note Lưu ý"),
        (":::{.x}\n:::", "T0315", "{.x}"),
        (":::", "T0320", ":::"),
    ];
    for (source, code, place) in cases {
        assert_eq!(problems(source), [(code, place)], "{source}");
        assert_eq!(html(source), "", "{source}");
    }
}

#[test]
fn unclosed() {
    assert_eq!(problems("a\n\n:::b\nc\n"), [("T0318", ":::b")]);
    assert_eq!(html("a\n\n:::b\nc\n"), "<p>a</p>\n<p>c</p>\n");
    assert_eq!(problems("::::a\n:::b\nc\n::::\n"), [("T0318", ":::b")]);
    assert_eq!(html("::::a\n:::b\nc\n::d\n::::\n"), "<div>[a]<p>c</p>\n<div>[d]</div>\n</div>\n");
    assert_eq!(problems(":::a\n::::\n:::\n"), [("T0320", "::::")]);
}

#[test]
fn too_deep() {
    let source = format!("{}{}", ":::a\n".repeat(9), ":::\n".repeat(9));
    assert_eq!(problems(&source), [("T0342", ":::a")]);
}
