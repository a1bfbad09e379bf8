//! Markdown itself: what the serializer writes.

use super::*;

#[test]
fn paragraphs_and_inline_marks() {
    assert_eq!(
        html("Một *hai* **ba** ~~bốn~~ `năm`\nsáu\\\nbảy & <"),
        "<p>Một <em>hai</em> <strong>ba</strong> <del>bốn</del> <code>năm</code>\nsáu<br>\nbảy &amp; &lt;</p>\n"
    );
    assert_eq!(html("“Vâng” -- 'thế'..."), "<p>“Vâng” -- 'thế'...</p>\n");
    assert_eq!(html("{{ x }} {% y %}"), "<p>{{ x }} {% y %}</p>\n");
    assert_eq!(html("a\n\n---\n\nb"), "<p>a</p>\n<hr>\n<p>b</p>\n");
}

#[test]
fn text_is_nfc_and_places_are_of_the_file() {
    let source = "tie\u{302}\u{301}ng *e&#x301;* ![](a\u{302}.jpg)";
    let (fragment, found) = render(source);
    assert_eq!(fill(&fragment), "<p>tiếng <em>é</em> <img src=\"â.jpg\" alt=\"\"></p>\n");
    assert_eq!(&source[found[0].labels[0].span.range.clone()], "![](a\u{302}.jpg)");
    assert_eq!(&source[fragment.refs[0].range.clone()], "a\u{302}.jpg");
    assert_eq!(html("a\0b&#1;c"), "<p>a\u{fffd}bc</p>\n");
}

#[test]
fn lists() {
    assert_eq!(html("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    assert_eq!(
        html("3. a\n\n4. b"),
        "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"
    );
    assert_eq!(
        html("- [ ] a\n- [x] b"),
        "<ul>\n<li class=\"task\"><span class=\"box\">☐</span> a</li>\n\
         <li class=\"task\"><span class=\"box\">☑</span> b</li>\n</ul>\n"
    );
    assert_eq!(
        html("Đoàn viên\n: Người trong Đoàn\n"),
        "<dl>\n<dt>Đoàn viên</dt>\n<dd>Người trong Đoàn</dd>\n</dl>\n"
    );
}

#[test]
fn headings() {
    let source = "## Kết quả\n\n### Kết quả\n\n## ភាសាខ្មែរ\n\n## Đầu {#ket-qua}\n";
    let (fragment, found) = render(source);
    assert_eq!(
        fragment.html,
        "<h2 id=\"ket-qua-2\">Kết quả</h2>\n<h3 id=\"ket-qua-3\">Kết quả</h3>\n\
         <h2 id=\"muc-3\">ភាសាខ្មែរ</h2>\n<h2 id=\"ket-qua\">Đầu</h2>\n"
    );
    assert!(found.is_empty(), "{found:?}");
    let ids: Vec<_> = fragment.headings.iter().map(|h| (h.level, h.id)).collect();
    assert_eq!(ids, [(2, "ket-qua-2"), (3, "ket-qua-3"), (2, "muc-3"), (2, "ket-qua")]);
    assert_eq!(html("## `a` & *b*"), "<h2 id=\"a-b\"><code>a</code> &amp; <em>b</em></h2>\n");
}

#[test]
fn heading_problems() {
    assert_eq!(html("# Một"), "<h2 id=\"mot\">Một</h2>\n");
    assert_eq!(problems("# Một\n\n#### Bốn\n"), [("T0305", "# Một\n"), ("T0306", "#### Bốn\n")]);
    let source = "## A {#x}\n\n## B {#x}\n\n## C {#Y .z}\n";
    let codes: Vec<_> = problems(source).iter().map(|p| p.0).collect();
    assert_eq!(codes, ["T0307", "T0307", "T0311"]);
    assert_eq!(html(source), "<h2 id=\"x\">A</h2>\n<h2 id=\"b\">B</h2>\n<h2 id=\"c\">C</h2>\n");
}

#[test]
fn tables() {
    assert_eq!(
        html("## Số liệu\n\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n| 4 | | |"),
        "<h2 id=\"so-lieu\">Số liệu</h2>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Số liệu\"><table>\n\
         <thead><tr><th scope=\"col\" class=\"ta-left\">a</th><th scope=\"col\" class=\"ta-center\">b</th>\
         <th scope=\"col\" class=\"ta-right\">c</th></tr></thead>\n<tbody>\n\
         <tr><td class=\"ta-left\">1</td><td class=\"ta-center\">2</td><td class=\"ta-right\">3</td></tr>\n\
         <tr><td class=\"ta-left\">4</td><td class=\"ta-center\"></td><td class=\"ta-right\"></td></tr>\n\
         </tbody></table></div>\n"
    );
    assert_eq!(
        html("| a |\n|---|"),
        "<div class=\"table\" role=\"region\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">a</th></tr></thead>\n</table></div>\n"
    );
}

#[test]
fn code() {
    assert_eq!(html("    a < b\n"), "<pre class=\"code\"><code>a &lt; b\n</code></pre>\n");
    assert_eq!(
        html("```text\n<a>\n```\n"),
        "<pre class=\"code\"><code class=\"language-text\">&lt;a&gt;\n</code></pre>\n"
    );
    let (fragment, _) = render("```json\n1\n```\n");
    assert!(fragment.highlighted);
    assert_eq!(
        fragment.html,
        "<pre class=\"code\"><code class=\"language-json\"><span class=\"s-source s-json\">\
         <span class=\"s-constant s-numeric s-json\">1</span>\n</span></code></pre>\n"
    );
    assert_eq!(fragment.text, "");
    assert_eq!(problems("> ```lạ\n> a\n> ```\n"), [("T0341", "lạ")]);
}

#[test]
fn footnotes() {
    assert_eq!(
        html("A[^x] B[^Hai] C[^x]\n\n[^x]: một [l](u)\n\n    hai\n[^hai]: ba\n"),
        "<p>A<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x\" role=\"doc-noteref\">1</a></sup> \
         B<sup class=\"footnote-ref\"><a href=\"#fn-hai\" id=\"fnref-hai\" role=\"doc-noteref\">2</a></sup> \
         C<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x-2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n\
         <li id=\"fn-x\"><p>một <a href=\"u\">l</a></p>\n<p>hai \
         <a href=\"#fnref-x\" class=\"footnote-back\" role=\"doc-backlink\">↩</a> \
         <a href=\"#fnref-x-2\" class=\"footnote-back\" role=\"doc-backlink\">↩</a></p></li>\n\
         <li id=\"fn-hai\"><p>ba <a href=\"#fnref-hai\" class=\"footnote-back\" role=\"doc-backlink\">↩</a></p></li>\n\
         </ol>\n</section>\n"
    );
    assert_eq!(
        problems("A[^x] \\[^y]\n\n[^z]: thừa\n"),
        [("T0308", "[^x]"), ("T0309", "[^z]: thừa\n")]
    );
}

#[test]
fn images() {
    assert_eq!(
        html("![Đồi](doi.jpg \"Đồi keo\")"),
        "<figure class=\"figure\"><img src=\"doi.jpg\" alt=\"Đồi\"><figcaption>Đồi keo</figcaption></figure>\n"
    );
    assert_eq!(
        html("![a](a.jpg)\n![b](b.jpg)"),
        "<div class=\"gallery\">\n<figure class=\"figure\"><img src=\"a.jpg\" alt=\"a\"></figure>\n\
         <figure class=\"figure\"><img src=\"b.jpg\" alt=\"b\"></figure>\n</div>\n"
    );
    assert_eq!(html("Xem ![a *b*](a.jpg)."), "<p>Xem <img src=\"a.jpg\" alt=\"a b\">.</p>\n");
    assert_eq!(
        problems("![](a.jpg) ![-](b.svg) ![c]()"),
        [("T0304", "![](a.jpg)"), ("T0302", "![c]()")]
    );
    assert_eq!(
        html("![-](b.svg)"),
        "<figure class=\"figure\"><img src=\"b.svg\" alt=\"\"></figure>\n"
    );
}

#[test]
fn links() {
    let (fragment, found) =
        render("[a](@/x.md \"t\") <https://b.vn> <c@d.vn> [e][f]\n\n[f]: tel:1\n");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        fill(&fragment),
        "<p><a href=\"@/x.md\">a</a> <a href=\"https://b.vn\">https://b.vn</a> \
         <a href=\"mailto:c@d.vn\">c@d.vn</a> <a href=\"tel:1\">e</a></p>\n"
    );
    assert_eq!((fragment.refs[0].title.as_str(), fragment.refs[0].range.clone()), ("t", 4..10));
    assert_eq!(
        html("Xem https://a.vn/b?c&d. Hỏi a@b.vn"),
        "<p>Xem <a href=\"https://a.vn/b?c&amp;d\">https://a.vn/b?c&amp;d</a>. Hỏi <a href=\"mailto:a@b.vn\">a@b.vn</a></p>\n"
    );
    assert_eq!(html("[https://a.vn](u)"), "<p><a href=\"u\">https://a.vn</a></p>\n");
}

#[test]
fn refused_links_become_text() {
    for target in [
        "javascript:alert(1)",
        "JAVA&#10;SCRIPT:x",
        "<\u{1}javascript:x>",
        "data:text/html,x",
        "vbscript&colon;x",
    ] {
        let source = format!("[a]({target})");
        assert_eq!(html(&source), "<p>a</p>\n", "{target}");
        assert_eq!(problems(&source), [("T0301", source.as_str())]);
    }
    assert_eq!(html("![a](javascript:x) b"), "<p> b</p>\n");
    assert_eq!(html("<javascript:x>"), "<p>javascript:x</p>\n");
    assert_eq!(problems("[a]()"), [("T0302", "[a]()")]);
}

#[test]
fn references_without_definition() {
    assert_eq!(problems("[a][b] và [c][] và [d] và [e]"), [("T0303", "[a][b]"), ("T0303", "[c]")]);
    assert_eq!(html("[d] [x]"), "<p>[d] [x]</p>\n");
}

#[test]
fn alerts_are_calls_of_note() {
    let (fragment, found) = render("> [!WARNING]\n> Nắng *to*.[^1]\n\nHết.\n\n[^1]: Tới 16 giờ.\n");
    assert!(found.is_empty(), "{found:?}");
    let call = &fragment.calls[0];
    assert_eq!(call.name.value, "note");
    assert_eq!(
        (call.args[0].0.value.as_str(), &call.args[0].1.value),
        ("kind", &crate::parse::Arg::Text("warning".into()))
    );
    assert_eq!((call.name.range.clone(), call.range.clone()), (2..12, 0..12));
    let body = call.body.as_ref().map(|body| (body.html.as_str(), body.text.as_str()));
    let note = "<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup>";
    assert_eq!(body, Some((format!("<p>Nắng <em>to</em>.{note}</p>\n").as_str(), "Nắng to.")));
    assert_eq!(fragment.text, "Hết.\nTới 16 giờ.");
    assert!(fragment.html.starts_with("\n<p>Hết.</p>\n<section"));
}

#[test]
fn plain_text() {
    let source = "## Một\n\nHai `ba`\nbốn.[^1]\n\n- năm\n- sáu\n\n```text\nx\n```\n\n![y](y.jpg \"bảy\")\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: tám\n";
    assert_eq!(render(source).0.text, "Một\nHai ba bốn.\nnăm\nsáu\nbảy\na b\nc d\ntám");
}

#[test]
fn more() {
    let (fragment, found) = render("Một\n\n<!-- more -->\n\nHai <!-- x -->\n");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(fragment.html, "<p>Một</p>\n<p>Hai </p>\n");
    assert_eq!(fragment.more, Some(13));
    assert_eq!(render("> <!-- more -->\n").0.more, None);
    // The blank before the mark is not kept, so the mark stands where it stood.
    assert_eq!(render("a\n\n</h2> <!-- more -->\n").0.more, Some(9));
}

#[test]
fn only_the_body_is_read() {
    let source = "---\na: 1\n---\n[x](y)";
    let (fragment, _) = super::super::render(source, 13..source.len(), &Arc::from("a.md"));
    assert_eq!(fragment.refs[0].range, 17..18);
    let (fragment, _) = super::super::render("đđ", 1..99, &Arc::from("a.md"));
    assert_eq!(fragment.html, "<p>đđ</p>\n");
}
