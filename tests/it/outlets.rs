//! What others pass on: posts, scripts for loudspeakers, codes, frames.

use crate::site::{Site, snapshot};

const ENTRIES: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/moi.md --
---
title: Tin mới & hay
summary: Ngày 17/10 có 1.250 người.
date: 2026-10-17 07:00
illustrative: true
---
Lúc 7h30, **250 cây** được trồng.[^a] Xem [bài cũ](cu.md).

![Ảnh](anh.svg)

| a | b |
|---|---|
| 1 | 2 |

:::note{title=\"Nhớ\"}
Mang 2 cuốc.
:::

::latest{list=\"latest_stories\"}

[^a]: Chú thích.
-- content/tin/anh.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>
-- content/tin/cu.md --
---
title: Tin cũ
date: 2026-10-01
---
Chữ.
-- content/tin/cu.en.md --
---
title: Old news
---
At 7h30 250 trees.
-- content/su-kien/_index.md --
---
title: Sự kiện
kind: event
---
-- content/su-kien/le.md --
---
title: Lễ
date: 2026-11-01
start: 2026-11-02
---
";

fn site(outlets: &str) -> Site {
    Site::with(&format!(
        "column: {{name: Tin tốt, daily: tin, hashtags: [\"#TinTot\"]}}
campaigns:
  - {{id: cao-diem, name: Cao điểm, start: 10-17, end: 11-18, hashtags: [\"#CaoDiem\", \"#TinTot\"]}}
outlets: {outlets}
{ENTRIES}"
    ))
}

#[test]
fn an_entry_has_a_post_a_script_and_a_code() {
    let site = site("{newest: 1}");
    site.build().clean();
    let post = site.page("tin/moi/loan-tin/post.txt");
    let wanted = "\u{feff}Tin mới & hay\n\nNgày 17/10 có 1.250 người.\n\n[Nội dung minh họa]\n\n#TinTot #CaoDiem\n\nhttps://tintot.example/tin/moi/\n";
    assert_eq!(post, wanted);
    let script = site.page("tin/moi/loan-tin/script.txt");
    for told in [
        "[Nội dung minh họa]",
        "0 phút 30 giây",
        "Ngày mười bảy tháng mười có một nghìn hai trăm năm mươi người.",
        "Lúc bảy giờ ba mươi, hai trăm năm mươi cây được trồng.",
        "Nhớ: Mang hai cuốc.",
        "Theo Tin tốt, ngày mười bảy tháng mười năm hai nghìn không trăm hai mươi sáu.",
    ] {
        assert!(script.contains(told), "{told} in {script}");
    }
    let read = script.split_once("\n\n").expect("a text").1;
    for gone in ["http", "Ảnh", "Chú thích", "[", "<", "&amp;"] {
        assert!(!read.contains(gone), "{gone} in {read}");
    }
    assert!(site.page("tin/moi/loan-tin/qr.svg").starts_with("<svg "));
    let kit = site.page("tin/moi/loan-tin/index.html");
    assert!(
        kit.contains("Tin mới &amp; hay") && kit.contains("noindex") && kit.contains("bảy giờ")
    );
    assert!(site.page("tin/moi/index.html").contains("href=\"/tin/moi/loan-tin/\""));
    assert!(site.page("tin/moi/index.html").contains("data-text=\"#TinTot #CaoDiem\""));
    assert!(site.page("bao-chi/index.html").contains("href=\"/tin/moi/loan-tin/\""));
    // Only so many, only news and stories, nothing that a sitemap would list.
    for none in ["tin/cu/loan-tin/index.html", "su-kien/le/loan-tin/index.html"] {
        assert!(!site.has(none), "{none}");
    }
    assert!(!site.page("sitemap-vi.xml").contains("loan-tin"));
}

/// The modules of a code, row by row, without the quiet zone.
fn modules(svg: &str) -> Vec<Vec<bool>> {
    let size: usize = svg
        .split("viewBox=\"0 0 ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .and_then(|n| n.parse().ok())
        .expect("a size");
    let mut rows = vec![vec![false; size - 8]; size - 8];
    let path = svg.rsplit("<path d=\"").next().expect("a path");
    for part in path.split('M').skip(1) {
        let (x, rest) = part.split_once(',').expect("x");
        let y: usize = rest.split('h').next().and_then(|y| y.parse().ok()).expect("y");
        rows[y - 4][x.parse::<usize>().expect("x") - 4] = true;
    }
    rows
}

#[test]
fn a_code_says_the_address_of_its_entry() {
    let site = site("{newest: 3}");
    site.build().clean();
    let svg = site.page("tin/cu/loan-tin/qr.svg");
    let code = qrcodegen::QrCode::encode_text(
        "https://tintot.example/tin/cu/",
        qrcodegen::QrCodeEcc::Medium,
    )
    .expect("a code");
    let wanted: Vec<Vec<bool>> = (0..code.size())
        .map(|y| (0..code.size()).map(|x| code.get_module(x, y)).collect())
        .collect();
    assert_eq!(modules(&svg), wanted);
    assert!(svg.contains("<title>https://tintot.example/tin/cu/</title>"));
}

#[test]
fn only_vietnamese_is_put_into_words() {
    let site = Site::new(&format!("{}outlets: {{newest: 3}}\n{ENTRIES}", crate::site::SITE));
    site.build().ok();
    let script = site.page("en/tin/cu/kit/script.txt");
    assert!(script.contains("At 7h30 250 trees."), "{script}");
    // An original that stands in for a translation is passed on in its own language only.
    assert!(site.has("tin/moi/loan-tin/index.html") && !site.has("en/tin/moi/kit/index.html"));
    // Nor into Khmer: its digits stay as they were written, of either sort.
    let config = "  - {tag: km, name: ភាសាខ្មែរ}\noutlets: {newest: 3}\n";
    let site = Site::new(&format!("{}{config}{ENTRIES}", crate::site::SITE));
    let text = "ថ្ងៃ 17/10 មាន 1.250 នាក់ និង ២៥០ ដើម។";
    let entry = format!("---\ntitle: ដំណឹងចាស់\n---\n{text}\n");
    site.write("content/tin/cu.km.md", entry.as_bytes());
    site.build().ok();
    let script = std::fs::read_dir(site.out().join("km/tin/cu")).expect("kits");
    let script = script.flatten().map(|dir| dir.path().join("script.txt")).find(|at| at.exists());
    let script = std::fs::read_to_string(script.expect("a script")).expect("a text");
    assert!(script.contains(text), "{script}");
}

#[test]
fn a_newer_entry_takes_the_place_of_the_oldest_kit_and_nothing_else() {
    let site = site("{newest: 1}");
    site.build().clean();
    site.write("content/tin/nua.md", "---\ntitle: Tin nữa\ndate: 2026-11-20\n---\n".as_bytes());
    site.build().clean();
    assert!(site.has("tin/nua/loan-tin/script.txt") && !site.has("tin/moi/loan-tin/script.txt"));
    assert!(!site.page("tin/moi/index.html").contains("loan-tin"));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
}

#[test]
fn an_edit_of_the_body_reaches_the_script() {
    let site = site("{newest: 1}");
    site.build().clean();
    site.write(
        "content/tin/moi.md",
        "---\ntitle: Tin mới & hay\nsummary: Ngày 17/10 có 1.250 người.\ndate: 2026-10-17 07:00\nillustrative: true\n---\nCó 99 cây.\n".as_bytes(),
    );
    site.build().clean();
    assert!(site.page("tin/moi/loan-tin/script.txt").contains("chín mươi chín cây"));
    assert!(site.page("tin/moi/loan-tin/index.html").contains("chín mươi chín cây"));
}

#[test]
fn frames_are_for_whom_the_site_says() {
    let site = site("{embed: true}");
    site.build().clean();
    let frame = site.page("tin/nhung/index.html");
    assert!(
        frame.contains("href=\"https://tintot.example/tin/moi/\"") && frame.contains("Minh họa")
    );
    assert!(frame.contains("<link rel=\"canonical\" href=\"https://tintot.example/tin/\">"));
    assert!(frame.len() < 3000, "{} bytes", frame.len());
    assert!(site.page("_headers").contains("frame-ancestors 'self' *\n"));
    assert!(
        site.page("bao-chi/index.html")
            .contains("&lt;iframe src=\"https://tintot.example/tin/nhung/\""),
        "{}",
        site.page("bao-chi/index.html")
    );
    let some = self::site("{embed: [\"https://xa.example\"]}");
    some.build().clean();
    assert!(some.page("_headers").contains("frame-ancestors 'self' https://xa.example\n"));
    let none = self::site("{press: {name: A, email: a@b.example}}");
    none.build().clean();
    assert!(
        none.page("_headers").contains("frame-ancestors 'self'\n")
            && !none.has("tin/nhung/index.html")
    );
    assert!(none.page("bao-chi/index.html").contains("mailto:a@b.example"));
}

#[test]
fn a_site_that_asks_for_nothing_has_nothing() {
    let site = Site::with(ENTRIES);
    site.build().ok();
    let files = snapshot(&site.out());
    let ours = |path: &&String| {
        path.contains("loan-tin") || path.contains("nhung/") || path.contains("bao-chi")
    };
    assert_eq!(files.keys().filter(ours).count(), 0);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (outlets, code, told) in [
        ("{kinds: [newz]}", "T0616", "newz"),
        ("{embed: [xa.example]}", "T0167", "xa.example"),
        ("{embed: [\"https://xa.example/a\"]}", "T0167", "xa.example/a"),
        ("{embed: yes}", "T0104", "true, false"),
        ("{newst: 3}", "T0103", "newst"),
    ] {
        let built = site(outlets).build();
        let found = built.diagnostics.iter().find(|diag| diag.rule.code == code);
        let found = found.unwrap_or_else(|| panic!("{outlets}: {:?}", built.problems()));
        assert_eq!(&*found.labels[0].span.file, "site.yaml", "{outlets}");
        assert!(found.message.en.contains(told), "{outlets}: {}", found.message.en);
    }
}

const SERIES: &str = "-- content/data/series.yaml --
- {id: loat, title: Loạt bài}
-- content/chuyen/_index.md --
---
title: Chuyện
kind: story
---
-- content/chuyen/hai.md --
---
title: Phần hai
date: 2026-11-02
series: {id: loat, part: 2}
---
Hết <b>rồi</b> & xong.<br>Có [liên kết](mot.md).
-- content/chuyen/mot.md --
---
title: Phần một
date: 2026-11-01
updated: 2026-11-05 07:30
illustrative: true
series: {id: loat, part: 1}
---
Đầu.[^a]

![Ảnh](anh.svg)

[^a]: Chú thích.
-- content/chuyen/anh.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>
";

/// Paths and texts of a book, in the order of the file; of photos their size.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip file");
    let mut files = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).expect("a whole file");
        let text = String::from_utf8(bytes).unwrap_or_else(|photo| {
            let photo = image::load_from_memory(photo.as_bytes()).expect("a photo");
            format!("{} x {}", photo.width(), photo.height())
        });
        files.push((file.name().expect("a name").into_owned(), text));
    }
    files
}

/// Fails unless a text is well-formed XML.
fn well_formed(path: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{path}: {error} in {text}"),
        }
    }
}

#[test]
fn a_series_is_a_book_that_keeps_the_standard() {
    let site = Site::with(&format!("outlets: {{books: true}}\n{SERIES}"));
    site.build().clean();
    let path = "tuyen-bai/loat/book.epub";
    let bytes = std::fs::read(site.out().join(path)).expect("a book");
    // Whoever looks at the bytes alone sees what the file is.
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let files = unpacked(&bytes);
    let all: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(all[..2], ["mimetype", "META-INF/container.xml"]);
    let text = |path: &str| &files.iter().find(|(name, _)| name == path).expect("a file").1;
    for (path, text) in
        files.iter().filter(|(path, _)| path.ends_with("ml") || path.ends_with("opf"))
    {
        well_formed(path, text);
    }
    let package = text("book/content.opf");
    for part in package.split("href=\"").skip(1) {
        let name = part.split('"').next().expect("a name");
        assert!(all.contains(&format!("book/{name}").as_str()), "{name} in {all:?}");
    }
    assert!(package.contains("<meta property=\"dcterms:modified\">2026-11-05T00:30:00Z</meta>"));
    assert!(package.contains("<dc:title>Loạt bài</dc:title>"), "{package}");
    let nav = text("book/nav.xhtml");
    assert!(nav.find("Phần một") < nav.find("Phần hai"), "{nav}");
    assert!(nav.contains("dựng lên để minh họa"), "{nav}");
    let (one, two) = (text("book/c001.xhtml"), text("book/c002.xhtml"));
    assert!(one.contains("Đầu.") && one.contains("Chú thích."), "{one}");
    assert!(one.contains("<img src=\"p001.svg\" alt=\"Ảnh\"/>"), "{one}");
    assert!(text("book/p001.svg").contains("viewBox=\"0 0 4 3\""));
    assert!(!all.contains(&"book/cover.xhtml"), "no chapter has a lead picture");
    assert!(two.contains("Hết <b>rồi</b> &amp; xong.<br/>"), "{two}");
    assert!(two.contains("href=\"https://tintot.example/chuyen/mot/\""), "{two}");
    assert!(site.page("tuyen-bai/loat/index.html").contains("href=\"/tuyen-bai/loat/book.epub\""));
    // The same sources, the same bytes, whatever the hour.
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(bytes, std::fs::read(cold.join(path)).expect("a book"));
}

#[test]
fn a_book_holds_its_pictures_and_has_the_first_of_them_on_its_cover() {
    let site = Site::with(&format!("outlets: {{books: true}}\n{SERIES}"));
    let photo = |width, height| crate::picture_versions::jpeg(width, height);
    site.write("content/chuyen/bia.jpg", &photo(1500, 900));
    site.write("content/chuyen/trong-bai.jpg", &photo(800, 600));
    site.write_all(
        "-- content/chuyen/ba.md --
---
title: Phần ba
date: 2026-11-03
series: {id: loat, part: 3}
cover: {file: bia.jpg, alt: Đồi <sớm>, people: none}
photos: [{file: trong-bai.jpg, alt: Sân, people: none}]
---
Chữ. ![Sân trường](trong-bai.jpg)

![Sân, lần nữa](trong-bai.jpg \"Sân\")
",
    );
    site.build().clean();
    let path = "tuyen-bai/loat/book.epub";
    let book = |site: &Site| std::fs::read(site.out().join(path)).expect("a book");
    let files = unpacked(&book(&site));
    let text = |path: &str| &files.iter().find(|(name, _)| name == path).expect(path).1;
    assert_eq!(text("book/p001.jpg"), "760 x 456", "as feeds show it");
    assert_eq!(text("book/p003.jpg"), "800 x 600");
    assert!(!files.iter().any(|(name, _)| name.contains("p004")), "each picture once");
    let cover = text("book/cover.xhtml");
    well_formed("cover", cover);
    assert!(cover.contains("<img src=\"p001.jpg\" alt=\"Đồi &lt;sớm&gt;\"/>"), "{cover}");
    let package = text("book/content.opf");
    well_formed("package", package);
    assert!(package.contains("media-type=\"image/jpeg\" properties=\"cover-image\""), "{package}");
    assert!(package.contains("<spine><itemref idref=\"cover\"/><itemref idref=\"nav\"/>"));
    let three = text("book/c003.xhtml");
    well_formed("chapter", three);
    assert_eq!(three.matches("<img src=\"p003.jpg\"").count(), 2, "{three}");
    // Another picture under the same name is another book.
    let before = book(&site);
    site.write(
        "content/chuyen/anh.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>",
    );
    site.build().clean();
    assert!(before != book(&site));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(book(&site), std::fs::read(cold.join(path)).expect("a book"));
}

#[test]
fn pages_without_any_date_are_no_book() {
    let part = |n: u8, more: &str| {
        format!(
            "-- content/trang/{n}.md --\n---\ntitle: Trang {n}\nkind: page\nseries: {{id: loat, part: {n}}}\n{more}---\nChữ.\n"
        )
    };
    let path = "tuyen-bai/loat/book.epub";
    let site = Site::with(&format!("outlets: {{books: true}}\n{}{}", part(1, ""), part(2, "")));
    site.build().clean();
    assert!(!site.has(path));
    assert!(!site.page("tuyen-bai/loat/index.html").contains("book.epub"));
    // One day is enough to say of when the book is.
    site.write_all(&part(2, "updated: 2026-11-05\n"));
    site.build().clean();
    let files = unpacked(&std::fs::read(site.out().join(path)).expect("a book"));
    assert!(files.iter().any(|(path, _)| path == "book/c002.xhtml"));
}

#[test]
fn a_year_of_a_campaign_is_a_book_of_its_news_and_stories() {
    let site = site("{books: true}");
    site.write("content/tin/ba.md", "---\ntitle: Tin ba\ndate: 2026-11-03\n---\nChữ.\n".as_bytes());
    site.build().clean();
    let bytes = std::fs::read(site.out().join("cao-diem/2026/book.epub")).expect("a book");
    let files = unpacked(&bytes);
    let chapters = files.iter().filter(|(path, _)| path.starts_with("book/c0")).count();
    assert_eq!(chapters, 2, "an event is no chapter");
    assert!(site.page("cao-diem/2026/index.html").contains("href=\"/cao-diem/2026/book.epub\""));
    assert!(!site.has("cao-diem/book.epub"));
}

#[test]
fn the_newest_weeks_have_a_sheet_to_print() {
    let site = site("{sheets: 1}");
    site.build().clean();
    let sheet = site.page("chuyen-muc/2026/w42/in/index.html");
    assert!(sheet.contains("<h3>Tin mới &amp; hay</h3>") && sheet.contains("noindex"), "{sheet}");
    assert!(sheet.contains("src=\"/chuyen-muc/2026/w42/in/qr.svg\""));
    assert!(
        site.page("chuyen-muc/2026/w42/index.html").contains("href=\"/chuyen-muc/2026/w42/in/\"")
    );
    assert!(!site.has("chuyen-muc/2026/w40/in/index.html"));
    let code = qrcodegen::QrCode::encode_text(
        "https://tintot.example/chuyen-muc/2026/w42/",
        qrcodegen::QrCodeEcc::Medium,
    )
    .expect("a code");
    let svg = site.page("chuyen-muc/2026/w42/in/qr.svg");
    assert_eq!(modules(&svg).len(), usize::try_from(code.size()).expect("a size"));
}
