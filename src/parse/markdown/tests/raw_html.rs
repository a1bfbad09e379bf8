//! Raw HTML: kept, removed, balanced.

use super::*;
use crate::parse::RefKind;

#[test]
fn allowed() {
    assert_eq!(html("H<sub>2</sub>O <mark>đ</mark>"), "<p>H<sub>2</sub>O <mark>đ</mark></p>\n");
    assert_eq!(
        html("<details>\n<summary>Mở</summary>\n\n**x**\n\n</details>\n"),
        "<details>\n<summary>Mở</summary>\n<p><strong>x</strong></p>\n</details>\n"
    );
    assert_eq!(html("<b>a&nbsp;b</b>"), "<p><b>a\u{a0}b</b></p>\n");
    assert!(problems("<p lang=\"km\" dir=\"ltr\" title=\"t\" id=\"x-1\">a</p>").is_empty());
}

#[test]
fn addresses_become_references() {
    let source = "<a href=\"@/x.md#a&amp;b\">a</a> <img src='i.jpg' alt=\"đ\">\n\n\
                  <video src=\"v.mp4\" poster=\"p.jpg\"><source src=\"w.webm\"></video>\n";
    let (fragment, found) = render(source);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        fill(&fragment),
        "<p><a href=\"@/x.md#a&amp;b\">a</a> <img src=\"i.jpg\" alt=\"đ\"></p>\n\
         <p><video src=\"v.mp4\" poster=\"p.jpg\" controls=\"\"><source src=\"w.webm\"></video></p>\n"
    );
    let refs: Vec<_> = fragment.refs.iter().map(|r| (r.kind, &source[r.range.clone()])).collect();
    assert_eq!(refs[0], (RefKind::Raw, "href=\"@/x.md#a&amp;b\""));
    assert_eq!(refs[3], (RefKind::Raw, "poster=\"p.jpg\""));
    assert_eq!(fragment.refs[0].target, "@/x.md#a&b");
}

#[test]
fn slots_survive() {
    let source = "<div>\n\n[a](b) ![c](d.jpg) x\n\n::e\n\n<!-- more -->\n\n</div>\n\n> [!TIP]\n> <b>f</b> [g](h)\n";
    let (fragment, _) = render(source);
    assert_eq!(
        fill(&fragment),
        "<div>\n<p><a href=\"b\">a</a> <img src=\"d.jpg\" alt=\"c\"> x</p>\n<div>[e]</div>\n</div>\n\
         <div>[note]<p><b>f</b> <a href=\"h\">g</a></p>\n</div>\n"
    );
    assert_eq!(fragment.more, None);
    let (fragment, _) = render("<b>a</b>\n\n<!-- more -->\n\nb");
    assert_eq!(fragment.more.map(|at| &fragment.html[at..]), Some("<p>b</p>\n"));
}

#[test]
fn dangerous() {
    assert_eq!(html("<script>alert(1)</script>\n\na"), "<p>a</p>\n");
    assert_eq!(html("a <script>alert(1)</script> b"), "<p>a  b</p>\n");
    assert_eq!(problems("a <script>alert(1)</script> b"), [("T0312", "<script>")]);
    assert_eq!(problems("<iframe src=x></iframe>"), [("T0312", "<iframe src=x>")]);
    let source = "<b OnClick=\"x()\" style=\"color:red\">a</b>";
    assert_eq!(html(source), "<p><b>a</b></p>\n");
    assert_eq!(problems(source), [("T0312", "OnClick=\"x()\""), ("T0311", "style=\"color:red\"")]);
    let source = "<a href=\" java&#10;script:x\">a</a>";
    assert_eq!(html(source), "<p><a>a</a></p>\n");
    assert_eq!(problems(source), [("T0301", "href=\" java&#10;script:x\"")]);
    for source in [
        "<svg><script>x</script></svg>",
        "<math><mtext><style><img src=x onerror=y></style></mtext></math>",
        "<style>\n*{}\n</style>\n",
        "<object data=x></object>",
    ] {
        assert!(!html(source).contains(['=', '{']), "{source}: {}", html(source));
    }
}

#[test]
fn tags_cannot_reach_into_markdown() {
    // An attribute that is left open, and slots within it.
    let source = "<div title=\"\n\n[a](b) ![onerror=x](c)\n\n\">\n";
    assert_eq!(
        html(source),
        "<p><a href=\"b\">a</a> <img src=\"c\" alt=\"onerror=x\"></p>\n<p>&quot;&gt;</p>\n"
            .replace("&quot;", "\"")
    );
    assert_eq!(problems(source)[0], ("T0314", "<div "));
    assert_eq!(html("<textarea>\n\n[a](b)\n"), "");
    assert_eq!(html("<!-- a\n\nb"), "");
    assert_eq!(problems("<!-- a -->\n\n<!-- b\n\nc"), [("T0314", "<!--")]);
}

#[test]
fn unclosed() {
    assert_eq!(html("<div>\n\na\n"), "<div>\n<p>a</p>\n</div>");
    assert_eq!(html("> <div>\n\na\n"), "<blockquote>\n<div>\n</div></blockquote>\n<p>a</p>\n");
    assert_eq!(html("a <b>b\n\nc</b>"), "<p>a <b>b</b></p>\n<p>c</p>\n");
    assert_eq!(problems("a <b>b\n\nc</b>"), [("T0314", "<b>"), ("T0314", "</b>")]);
    assert_eq!(html("<b>*a</b>*"), "<p><b><em>a</em></b></p>\n");
    assert_eq!(html("*a <b>b* c</b>"), "<p><em>a <b>b</b></em> c</p>\n");
    assert!(problems("<ul>\n<li>a\n<li>b\n</ul>").is_empty());
    assert_eq!(html("<ul>\n<li>a\n<li>b\n</ul>"), "<ul>\n<li>a\n</li><li>b\n</li></ul>\n");
    // A block within a link within a paragraph: HTML splits the link.
    let (fragment, _) = render("[a <div>b</div>](c)");
    assert_eq!(
        fill(&fragment).matches("<a href=\"c\">").count(),
        fill(&fragment).matches("</a>").count()
    );
}

#[test]
fn ids() {
    let source = "<p id=\"a\">x</p>\n\n<p id=\"a\">y</p>\n\n<p id=\"T_x\">z</p>\n\n## A\n";
    let (fragment, _) = render(source);
    assert_eq!(fragment.html, "<p id=\"a\">x</p>\n<p>y</p>\n<p>z</p>\n<h2 id=\"a-2\">A</h2>\n");
    assert_eq!(fragment.anchors, ["a"]);
    assert_eq!(problems(source), [("T0311", "id=\"a\""), ("T0311", "id=\"T_x\"")]);
}

#[test]
fn word_processor() {
    let source =
        "<p class=\"MsoNormal\"><font color=\"red\">a</font><o:p></o:p></p>\n\nb\u{a0}\u{a0}c\n";
    let (fragment, found) = render(source);
    assert_eq!(fragment.html, "<p>a</p>\n<p>b\u{a0}\u{a0}c</p>\n");
    assert_eq!(found.iter().map(|d| d.rule.code).collect::<Vec<_>>(), ["T0313"]);
    assert!(found[0].message.en.starts_with("4 traces"), "{:?}", found[0].message);
}

#[test]
fn removed_is_reported() {
    assert_eq!(problems("<center>a</center>"), [("T0310", "<center>")]);
    assert_eq!(problems("> <form\n> action=x>\n"), [("T0310", "<form\n> action=x>")]);
    assert_eq!(problems("a <img src=\"x.jpg\">"), [("T0304", "<img src=\"x.jpg\">")]);
    assert_eq!(problems("<?php x ?>\n"), [("T0310", "<?php x ?>\n")]);
    assert_eq!(html("<h1>a</h1>"), "a\n");
}
