//! SVG files, and what `check` says of originals.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tintot::base::diag::{Diagnostic, Severity};
use tintot::driver;
use tintot::picture::says_where;
use tintot::picture::svg::clean;

use crate::site::Site;

const TIN: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";
const OPEN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">";

/// Each runs, fetches or tells something, in a file that draws besides.
const HOSTILE: [&str; 27] = [
    "<script>alert(1)</script>",
    "<script xlink:href=\"//evil.example/a.js\"/>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<g onload=\"alert(1)\"/>",
    "<g oNcLick=\"alert(1)\"/>",
    "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><img src=\"x\" onerror=\"alert(1)\"/></body></foreignObject>",
    "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
    "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"//evil.example/\"/>",
    "<a href=\"javascript:alert(1)\"><rect/></a>",
    "<a xlink:href=\" java&#9;script:alert(1)\"><rect/></a>",
    "<a href=\"data:text/html,alert(1)\"><rect/></a>",
    "<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/></a>",
    "<a><animate attributeName=\"xlink:href\" values=\"javascript:alert(1)\"/></a>",
    "<g><set attributeName=\"onclick\" to=\"alert(1)\"/></g>",
    "<image href=\"https://evil.example/a.png\"/>",
    "<image xlink:href=\"//evil.example/a.png\"/>",
    "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
    "<use href=\"https://evil.example/a.svg#a\"/>",
    "<use href=\"data:image/svg+xml;base64,PHN2Zy8+#x\"/>",
    "<style>@import url(https://evil.example/a.css);</style>",
    "<style>rect { fill: url('//evil.example/a.svg#a') }</style>",
    "<style>rect { fill: u\\72l(//evil.example/) }</style>",
    "<rect style=\"fill: url(https://evil.example/#a)\"/>",
    "<rect filter=\"url( 'evil.svg#a' )\"/>",
    "<feImage href=\"https://evil.example/a.png\"/>",
    "<metadata>evil.example</metadata>",
    "<g xmlns:s=\"http://sodipodi.sourceforge.net/\" s:docname=\"evil.example\"/>",
];

#[test]
fn nothing_that_runs_or_fetches_is_left_in_a_drawing() {
    for hostile in HOSTILE {
        let text = format!(
            "{OPEN}<rect width=\"5\" height=\"5\" fill=\"#f00\"/>{hostile}<path d=\"M0 0h5\"/></svg>"
        );
        let cleaned = clean(text.as_bytes()).expect("well-formed");
        let left = String::from_utf8(cleaned.bytes.into_owned()).expect("text");
        for bad in ["evil", "alert", "script", "svg+xml", "@import"] {
            assert!(!left.to_lowercase().contains(bad), "{hostile}: {left}");
        }
        assert!(!cleaned.removed.is_empty(), "{hostile}");
        assert!(left.contains("fill=\"#f00\"") && left.contains("M0 0h5"), "{left}");
        let again = clean(left.as_bytes()).expect("well-formed still");
        assert!(again.removed.is_empty(), "{left}");
    }
}

#[test]
fn what_draws_is_not_touched() {
    let text = format!(
        "{OPEN}<title>Đồi</title><defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs><style>.b {{ fill: url(#a) }}</style><rect class=\"b\" filter=\"url(#c)\"/><use href=\"#a\"/><a href=\"https://tintot.example/\"><text>Đọc</text></a><image href=\"data:image/png;base64,AA==\"/></svg>"
    );
    let cleaned = clean(text.as_bytes()).expect("well-formed");
    assert!(cleaned.removed.is_empty(), "{:?}", cleaned.removed);
    assert_eq!(&*cleaned.bytes, text.as_bytes());
}

#[test]
fn a_photo_in_a_drawing_tells_no_more_than_one_beside_it() {
    let text = |photo: &[u8]| {
        let letters = STANDARD.encode(photo);
        // Programs break lines where they like.
        let (first, rest) = letters.split_at(76);
        format!(
            "{OPEN}<image xlink:href=\"data:image/jpeg;base64,{first}&#10;{rest}\" width=\"9\"/></svg>"
        )
    };
    let told = text(&photo(true));
    let cleaned = clean(told.as_bytes()).expect("well-formed");
    assert_eq!(cleaned.removed.iter().collect::<Vec<_>>(), ["<image> Exif"]);
    let left = String::from_utf8(cleaned.bytes.into_owned()).expect("text");
    let letters = left.split_once("base64,").and_then(|(_, rest)| rest.split_once('"'));
    let inside = STANDARD.decode(letters.expect("a photo still").0).expect("letters");
    assert!(!says_where(&inside) && image::load_from_memory(&inside).is_ok());
    assert!(left.ends_with(" width=\"9\"/></svg>"), "{left}");
    assert!(clean(left.as_bytes()).expect("well-formed still").removed.is_empty());
    // What cannot be cleaned, or not be read, goes.
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".repeat(9);
    for bad in [text(&heic), text(&photo(true)).replace("base64,", "base64,%")] {
        let left = clean(bad.as_bytes()).expect("well-formed").bytes.into_owned();
        assert_eq!(
            String::from_utf8(left).expect("text"),
            format!("{OPEN}<image  width=\"9\"/></svg>")
        );
    }
}

#[test]
fn what_is_no_drawing_is_refused() {
    let entity = "<!DOCTYPE svg [<!ENTITY a \"<script>alert(1)</script>\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>";
    let html = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>";
    for bad in [entity, html, "<svg><script>alert(1)</script>", "", "\u{1f}\u{8b}"] {
        assert!(clean(bad.as_bytes()).is_err(), "{bad}");
        let site = Site::with(TIN);
        site.write("content/tin/a/a.svg", bad.as_bytes());
        let body = "---\ntitle: Hình\ndate: 2026-01-01\n---\n![Một](a.svg)\n";
        site.write("content/tin/a/index.md", body.as_bytes());
        let built = site.build();
        let diag = built.diagnostics.iter().find(|diag| diag.rule.code == "T1007");
        let file = diag.and_then(|diag| diag.file()).map(|file| &**file);
        assert_eq!((file, built.written.is_some()), (Some("content/tin/a/a.svg"), false), "{bad}");
    }
    let text = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/a.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let cleaned = clean(text.as_bytes()).expect("a doctype alone does no harm");
    assert!(!String::from_utf8_lossy(&cleaned.bytes).contains("DOCTYPE"));
}

#[test]
fn mutated_drawings_neither_panic_nor_let_anything_through() {
    let mut state = 5_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let whole = format!("{OPEN}{}</svg>", HOSTILE.join("<rect/>"));
    for _ in 0..400 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..1 + next(3) {
            let at = next(bytes.len());
            bytes[at] = b"<>/\"'&; #ax"[next(11)];
        }
        let Ok(cleaned) = clean(&bytes) else { continue };
        let again = clean(&cleaned.bytes).expect("well-formed still");
        assert!(again.removed.is_empty(), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn drawings_are_cleaned_wherever_they_lie() {
    let site = Site::with(TIN);
    let bad = format!("{OPEN}<script>alert(1)</script><rect/></svg>");
    site.write("content/tin/a/a.svg", bad.as_bytes());
    site.write("static/hinh/b.SVG", bad.as_bytes());
    let body = "---\ntitle: Hình\ndate: 2026-01-01\n---\n![Một](a.svg)\n";
    site.write("content/tin/a/index.md", body.as_bytes());
    let built = site.build().ok();
    assert!(built.problems().is_empty(), "{:?}", built.problems());
    for path in ["tin/a/a.svg", "hinh/b.SVG"] {
        assert_eq!(site.page(path), format!("{OPEN}<rect/></svg>"));
    }
    assert_eq!(site.build().ok().rendered, 0);
    let told = check(&site);
    let files: Vec<&str> = of(&told, "T1008");
    assert_eq!(files, ["content/tin/a/a.svg", "static/hinh/b.SVG"]);
}

/// What `tintot check` says.
fn check(site: &Site) -> Vec<Diagnostic> {
    let mut build = driver::build(&site.request()).expect("a readable site");
    driver::check(&mut build, &|_, _| {}).expect("checked");
    build.diagnostics
}

/// The files of which a code was said.
fn of<'a>(diags: &'a [Diagnostic], code: &str) -> Vec<&'a str> {
    let found = diags.iter().filter(|diag| diag.rule.code == code);
    found.filter_map(|diag| diag.file()).map(|file| &**file).collect()
}

/// A photo, with a place in its Exif if asked for.
fn photo(place: bool) -> Vec<u8> {
    let image = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8, y as u8, 7]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("encoded");
    let bytes = bytes.into_inner();
    if !place {
        return bytes;
    }
    let tiff = [&b"MM\0\x2a\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01"[..], &[0; 8]].concat();
    let length = (tiff.len() as u16 + 8).to_be_bytes();
    [&bytes[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &tiff, &bytes[2..]].concat()
}

#[test]
fn check_tells_which_originals_say_where_they_were_taken() {
    let site = Site::with(TIN);
    site.write("content/tin/a/a.jpg", &photo(true));
    site.write("content/tin/a/b.jpg", &photo(false));
    site.write("static/c.jpg", &photo(true));
    let body = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Một](a.jpg) ![Hai](b.jpg)\n";
    site.write("content/tin/a/index.md", body.as_bytes());
    let told = check(&site);
    assert_eq!(of(&told, "T1009"), ["content/tin/a/a.jpg", "static/c.jpg"]);
    assert!(told.iter().all(|diag| diag.severity == Severity::Note), "{told:?}");
    let built = site.build().ok();
    assert!(!built.has_code("T1009"), "a build says nothing of it");
    let text = crate::site::SITE.split_once("--\n").expect("a file").1;
    site.write("site.yaml", format!("{text}checks: {{T1009: off}}\n").as_bytes());
    assert!(of(&check(&site), "T1009").is_empty());
}

#[test]
fn photos_say_who_is_on_them() {
    let site = Site::with(TIN);
    site.write("content/tin/a/a.jpg", &photo(false));
    let said = |people: &str| {
        let text = format!(
            "---\ntitle: Ảnh\ndate: 2026-01-01\ncover: {{file: a.jpg, alt: Bìa{people}}}\n---\nChữ.\n"
        );
        site.write("content/tin/a/index.md", text.as_bytes());
        let told = check(&site);
        (of(&told, "T1010").len(), of(&told, "T1011").len())
    };
    assert_eq!(said(""), (1, 0));
    for people in ["none", "unidentifiable", "DY-2025-014"] {
        assert_eq!(said(&format!(", people: {people}")), (0, 0), "{people}");
    }
    for people in ["Chị Lan", "no", "không"] {
        assert_eq!(said(&format!(", people: {people}")), (0, 1), "{people}");
    }
}

#[test]
fn photos_in_a_text_say_it_in_the_front_matter() {
    let site = Site::with(TIN);
    for name in ["a.jpg", "b.jpg"] {
        site.write(&format!("content/tin/a/{name}"), &photo(name == "a.jpg"));
    }
    site.write("content/tin/a/hinh.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let body = "![Một](a.jpg)\n\n![Vẽ](hinh.svg)\n\n:::note\n![Hai](b.jpg)\n\n![Lại](a.jpg)\n:::\n";
    let said = |front: &str| {
        let text = format!("---\ntitle: Ảnh\ndate: 2026-01-01\n{front}---\n{body}");
        site.write("content/tin/a/index.md", text.as_bytes());
        let told = check(&site);
        let unsaid = told.into_iter().filter(|diag| diag.rule.code == "T1010");
        let place = |diag: Diagnostic| text[diag.labels[0].span.range.clone()].to_owned();
        unsaid.map(place).collect::<Vec<String>>()
    };
    // Each once, where it stands; a drawing shows nobody.
    let unsaid = said("");
    assert!(unsaid.len() == 2 && unsaid[0].contains("a.jpg") && unsaid[1].contains("b.jpg"));
    let unsaid = said("photos: [{file: b.jpg, alt: Hai, people: none}]\n");
    assert!(unsaid.len() == 1 && unsaid[0].contains("a.jpg"), "{unsaid:?}");
    let both = "cover: {file: a.jpg, alt: Một, people: unidentifiable}\nphotos: [{file: b.jpg, alt: Hai, people: DY-2026-001}]\n";
    assert_eq!(said(both), [""; 0]);
}

#[test]
fn a_photo_that_the_text_shows_stands_nowhere_else_on_the_page() {
    let site = Site::with(TIN);
    site.write("content/tin/a/a.jpg", &photo(false));
    site.write("content/tin/a/b.jpg", &photo(true));
    let page = |front: &str| {
        let text = format!("---\ntitle: Ảnh\ndate: 2026-01-01\n{front}---\n![Một](a.jpg)\n");
        site.write("content/tin/a/index.md", text.as_bytes());
        site.build().ok();
        let page = site.page("tin/a/index.html");
        let main = page.split("<article").nth(1).expect("an entry").to_owned();
        (main.matches("<img").count(), main.matches("class=\"figure cover\"").count())
    };
    assert_eq!(page("photos: [{file: a.jpg, alt: Một, people: none}]\n"), (1, 0));
    assert!(site.page("tin/index.html").contains("row-pic"), "it still stands for the entry");
    assert_eq!(page("photos: [{file: b.jpg, alt: Hai}, {file: a.jpg, alt: Một}]\n"), (2, 1));
    // Whoever names a cover wants it above.
    assert_eq!(page("cover: {file: a.jpg, alt: Một}\n"), (2, 1));
}
