//! Input that wants to break something: no panic, balanced HTML, bounded work.

use proptest::prelude::*;

use super::*;
use crate::parse::Slot;

/// Checks everything that holds for any input.
fn check(source: &str) {
    let (fragment, found) = render(source);
    for diagnostic in &found {
        for label in &diagnostic.labels {
            assert!(
                source.get(label.span.range.clone()).is_some(),
                "{:?} in {source:?}",
                label.span
            );
        }
    }
    check_fragment(source, &fragment);
}

fn check_fragment(source: &str, fragment: &Fragment) {
    let places = |slots: &[Slot]| slots.iter().map(|s| s.at).collect::<Vec<_>>();
    assert!(places(&fragment.slots).is_sorted(), "{source:?}");
    for slot in &fragment.slots {
        assert!(fragment.html.is_char_boundary(slot.at), "{source:?}");
        let (list, n) = match slot.what {
            SlotKind::Component(n) => (fragment.calls.len(), n),
            SlotKind::LinkOpen(n)
            | SlotKind::LinkClose(n)
            | SlotKind::Image(n)
            | SlotKind::Credit(n)
            | SlotKind::Url(n) => (fragment.refs.len(), n),
        };
        assert!((n as usize) < list, "{source:?}");
    }
    assert!(fragment.more.is_none_or(|at| fragment.html.is_char_boundary(at)));
    for range in fragment.refs.iter().map(|r| &r.range) {
        assert!(source.get(range.clone()).is_some(), "{range:?} in {source:?}");
    }
    assert!(
        !fragment.html.contains(|c| matches!(c, '\0'..='\u{8}' | '\u{fdd0}'..='\u{fdef}')),
        "{source:?}"
    );
    let alts = fragment.refs.iter().flat_map(|r| [&*r.alt, &r.title, &r.target]);
    let titles = fragment.headings.iter().flat_map(|h| [h.text, h.id]);
    for text in [&*fragment.html, &*fragment.text].into_iter().chain(alts).chain(titles) {
        assert!(unicode_normalization::is_nfc(text), "{text:?} of {source:?}");
    }
    let filled = fill(fragment);
    if let Err(tag) = balance(&filled) {
        panic!("{tag} in {filled:?} of {source:?}");
    }
    for call in &fragment.calls {
        assert!(source.get(call.range.clone()).is_some());
        if let Some(body) = &call.body {
            check_fragment(source, body);
        }
    }
}

/// Whether every tag is closed in order.
fn balance(html: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let mut quoted = false;
        let len = rest[start..].bytes().position(|b| {
            quoted ^= b == b'"';
            b == b'>' && !quoted
        });
        let Some(len) = len else { return Err("an unfinished tag".into()) };
        let tag = &rest[start + 1..start + len];
        rest = &rest[start + len + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}>"));
            }
        } else if !["br", "hr", "img", "input", "source", "col", "track", "wbr"].contains(&name) {
            open.push(name);
        }
    }
    open.pop().map_or(Ok(()), |name| Err(format!("<{name}>")))
}

#[test]
fn bombs() {
    let n = 10_000;
    let bombs = [
        ">".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "[a](".repeat(n),
        format!("{}a{}", "[".repeat(n), "](b)".repeat(n)),
        "*a **b ".repeat(n),
        "- ".repeat(n),
        (0..200).map(|i| format!("{}- a\n", " ".repeat(i * 2))).collect(),
        "<b>".repeat(n),
        "<div>\n\n".repeat(n),
        (0..2000).map(|i| format!("<b title=\"{i}\">\n\na\n\n")).collect(),
        "</b>".repeat(n),
        "<!--".repeat(n),
        "<a b='".repeat(n),
        ":::a\n".repeat(n),
        "::::a{".repeat(n),
        "::a{x=\"\n".repeat(n),
        "www.(".repeat(n),
        "a@".repeat(n),
        "https://".repeat(n),
        "[^a]".repeat(n) + "\n\n[^a]: [^a]\n",
        "`".repeat(n),
        "> [!NOTE]\n".repeat(n),
        (0..30).map(|i| format!("{} [!NOTE]\n", "> ".repeat(i))).collect(),
        "# a\n".repeat(n),
        "|a".repeat(n) + "\n" + &"|-".repeat(n) + "\n" + &"|\n".repeat(100),
        "&#0;&bogus;&#x110000;".repeat(n),
        "\0".repeat(n),
        format!(
            "{}\n\n:::a\n{}\n:::\n",
            "[a]: /u".to_owned() + &"x".repeat(2000),
            "[b][a] ".repeat(n)
        ),
        "a\n: ".repeat(n),
        "<script>".repeat(n),
        "*<b>".repeat(n),
        "~~~rust\n".to_owned() + &"fn a() {} // \"\n".repeat(3000),
    ];
    bombs.iter().for_each(|bomb| check(bomb));
}

#[test]
fn one_long_line() {
    let line = "chữ **đậm** https://a.vn/b [c](d) ".repeat(30_000);
    check(&line);
}

#[test]
fn diagnostics_are_bounded() {
    assert!(render(&"[a](x:y) ".repeat(5000)).1.len() <= 50);
}

/// What Markdown, HTML and calls are made of, whole and broken.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "đ", "e\u{301}", "\u{338}", " ", "  ", "    ", "\n", "\n\n", "\r\n", "\t", "*", "**", "_", "~~",
    "`", "```", "```js\n", "# ", "## ", "{#a}", "{#", "}", "> ", "> [!NOTE]\n", "- ", "- [ ] ", "1. ", "[",
    "]", "](", ")", "![", "[a](b)", "![a](b \"c\")", "[^1]", "[^1]: ", "[a][b]", "[b]: u\n", "<", ">", "<b>",
    "</b>", "<div>", "</div>", "<p>", "<a href=\"x\">", "</a>", "<img src=x>", "<table>", "<td>", "</table>",
    "<script>", "</script>", "<!-- more -->", "<!--", "-->", "<br/>", "<video src=a poster=b>", "<li>",
    "<details>", "<svg>", "<o:p>", "<font", "=\"", "\"", "'", "|a|b|\n|-|-|\n", "|", "\\", "&amp;", "&lt;",
    "&#0;", "\0", "\u{fdd0}", "\u{a0}\u{a0}", "https://a.vn", "a@b.vn", "www.a.vn", "javascript:", "::",
    "::a\n", "::a{x=\"y\"}\n", ":::a\n", "\n:::\n", "::::b{", "}\n", "---\n", "===\n", "{{ x }}",
    "term\n: ", "<h2 id=\"a\">", "</h2>", "</p>", "<?", "<![CDATA[", "<ruby>", "</li>", "</ul>", "<ul>",
    "<tr>", "<caption>", "<col>", "<pre>",
];

fn markdownish() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_goes(source in markdownish()) {
        check(&source);
    }

    #[test]
    fn any_characters(source in "\\PC{0,80}") {
        check(&source);
    }
}
