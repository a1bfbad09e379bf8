//! Cards: the picture that networks show of a page.

use image::{GenericImageView, Rgba};
use tintot::driver;

use crate::site::{Site, snapshot};

const HEAD: &str = "-- site.yaml --
title: {vi: Mỗi ngày một tin tốt, en: One good news a day}
base_url: https://tintot.example/
languages:
  - {tag: vi, name: Tiếng Việt}
  - {tag: en, name: English}
column: {name: {vi: Tin tốt hôm nay, en: Good news today}, daily: tin}
";

const TIN: &str = "-- content/tin/_index.md --\n---\ntitle: Tin tốt\nkind: news\n---\n";

/// A site with cards for all or for some.
fn site(cards: &str) -> Site {
    Site::new(&format!("{HEAD}cards: {cards}\n{TIN}"))
}

fn entry(site: &Site, name: &str, front: &str) {
    let text = format!("---\n{front}\n---\nChữ.\n");
    site.write(&format!("content/tin/{name}.md"), text.as_bytes());
}

/// The value of a property of Open Graph.
fn property<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("<meta property=\"og:{name}\" content=\"");
    let at = page.find(&start)? + start.len();
    page[at..].split('"').next()
}

/// The path of what a page is shared with.
fn shared(site: &Site, page: &str) -> String {
    let page = site.page(page);
    let url = property(&page, "image").expect("a picture");
    url.strip_prefix("https://tintot.example/").expect("of this site").to_owned()
}

fn pixels(site: &Site, path: &str) -> image::DynamicImage {
    let bytes = std::fs::read(site.out().join(path)).expect("a card");
    image::load_from_memory(&bytes).expect("decodes")
}

/// How many pixels of a region differ from its first.
fn ink(image: &image::DynamicImage, (x, y, width, height): (u32, u32, u32, u32)) -> usize {
    let first: Rgba<u8> = image.get_pixel(x, y);
    let all = (x..x + width).flat_map(|x| (y..y + height).map(move |y| (x, y)));
    all.filter(|(x, y)| image.get_pixel(*x, *y) != first).count()
}

#[test]
fn entries_sections_and_the_site_are_shared_with_cards() {
    let site = site("true");
    entry(&site, "mot", "title: Chị Lan trồng cây trên đồi trọc\ndate: 2026-11-01");
    let built = site.build().ok();
    let pages = ["index.html", "tin/index.html", "tin/mot/index.html", "en/index.html"];
    let cards: Vec<String> = pages.iter().map(|page| shared(&site, page)).collect();
    for card in &cards {
        assert!(card.starts_with("assets/the/") && card.ends_with(".png"), "{card}");
        assert_eq!(pixels(&site, card).dimensions(), (1200, 630));
        assert_eq!(cards.iter().filter(|other| *other == card).count(), 1, "each its own");
    }
    let page = site.page("tin/mot/index.html");
    assert_eq!(property(&page, "image:width"), Some("1200"));
    assert_eq!(property(&page, "image:height"), Some("630"));
    assert_eq!(property(&page, "image:alt"), Some("Chị Lan trồng cây trên đồi trọc"));
    // Title, section, date and badge are there; the entry has no unit.
    let card = pixels(&site, &cards[2]);
    assert!(ink(&card, (72, 140, 1056, 200)) > 4000);
    assert!(ink(&card, (72, 80, 300, 36)) > 400);
    assert!(ink(&card, (900, 548, 228, 30)) > 300 && ink(&card, (72, 590, 400, 24)) > 300);
    assert_eq!(ink(&card, (72, 548, 700, 32)), 0, "no unit");
    // A page without a card has the site's.
    assert_eq!(shared(&site, "404.html"), cards[0]);
    assert_eq!(site.build().ok().rendered, 0, "a second build draws nothing");
    assert!(built.rendered > 0);
}

#[test]
fn without_the_switch_nothing_is_drawn() {
    let site = site("false");
    entry(&site, "mot", "title: Một\ndate: 2026-11-01");
    site.build().ok();
    assert!(!snapshot(&site.out()).keys().any(|path| path.starts_with("assets/the/")));
    assert!(shared(&site, "tin/mot/index.html").contains("icon-512"));
}

#[test]
fn the_newest_have_cards_and_the_rest_the_sites() {
    let site = site("2");
    for day in 1..=4 {
        entry(&site, &format!("bai-{day}"), &format!("title: Bài {day}\ndate: 2026-11-0{day}"));
    }
    site.build().ok();
    let own = |day: u8| shared(&site, &format!("tin/bai-{day}/index.html"));
    let home = shared(&site, "index.html");
    assert_eq!((own(1), own(2)), (home.clone(), home.clone()));
    assert!(own(3) != home && own(4) != home && own(3) != own(4));
}

#[test]
fn long_titles_stay_inside() {
    let site = site("true");
    let long = "Thanh niên tình nguyện xã vùng cao quyên góp sửa nhà ".repeat(6);
    let hashtag = "#KhongDeAiBiBoLaiPhiaSau".repeat(8);
    entry(&site, "dai", &format!("title: {long}\ndate: 2026-11-01"));
    entry(&site, "lien", &format!("title: \"{hashtag}\"\ndate: 2026-11-01"));
    entry(&site, "ngan", "title: Ơ\ndate: 2026-11-01");
    site.build().ok();
    for name in ["dai", "lien", "ngan"] {
        let card = pixels(&site, &shared(&site, &format!("tin/{name}/index.html")));
        assert_eq!(ink(&card, (1130, 160, 69, 350)), 0, "{name}: right");
        assert_eq!(ink(&card, (0, 160, 70, 350)), 0, "{name}: left");
        assert_eq!(ink(&card, (0, 506, 1200, 22)), 0, "{name}: below");
    }
}

#[test]
fn letters_that_no_font_has_are_never_boxes() {
    let site = site("true");
    entry(&site, "la", "title: Chữ 漢 lạ\ndate: 2026-11-01");
    entry(&site, "khmer", "title: រឿងល្អមួយ\ndate: 2026-11-01");
    let built = site.build();
    assert!(built.has_code("T1006"), "{:?}", built.problems());
    assert_eq!(shared(&site, "tin/la/index.html"), shared(&site, "index.html"));
    let khmer = pixels(&site, &shared(&site, "tin/khmer/index.html"));
    assert!(ink(&khmer, (72, 140, 1056, 200)) > 2000);
    assert_eq!(built.diagnostics.iter().filter(|diag| diag.rule.code == "T1006").count(), 1);
}

#[test]
fn words_change_a_cards_name_and_nothing_else_does() {
    let site = site("true");
    entry(&site, "mot", "title: Một\ndate: 2026-11-01");
    site.build().ok();
    let first = shared(&site, "tin/mot/index.html");
    site.write("content/tin/mot.md", "---\ntitle: Một\ndate: 2026-11-01\n---\nKhác.\n".as_bytes());
    site.build().ok();
    assert_eq!(shared(&site, "tin/mot/index.html"), first);
    entry(&site, "mot", "title: Hai\ndate: 2026-11-01");
    site.build().ok();
    assert_ne!(shared(&site, "tin/mot/index.html"), first);
    assert!(!site.has(&first), "what nobody names is gone");
    let incremental = snapshot(&site.out());
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert!(incremental == snapshot(&cold));
    let output = driver::Output { dir: site.out(), adopt: false };
    std::fs::remove_dir_all(site.root().join(".tintot/cache")).expect("removed");
    let different = driver::verify(&site.request(), &output).expect("verified");
    assert!(different.is_empty(), "{different:?}");
}

/// Red on the left, blue on the right.
fn halves() -> Vec<u8> {
    let image = image::RgbImage::from_fn(1200, 800, |x, _| {
        if x < 600 { image::Rgb([200, 30, 30]) } else { image::Rgb([30, 30, 200]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("encoded");
    bytes.into_inner()
}

#[test]
fn a_photo_is_on_the_card_cut_around_its_focus() {
    let site = site("true");
    site.write("content/tin/anh/a.jpg", &halves());
    let front = |more: &str| {
        format!(
            "---\ntitle: Ảnh\ndate: 2026-01-01\n{more}cover: {{file: a.jpg, alt: Bìa, focus: [1, 0.5]}}\n---\n"
        )
    };
    site.write("content/tin/anh/index.md", front("").as_bytes());
    site.build().ok();
    let path = shared(&site, "tin/anh/index.html");
    assert!(path.starts_with("assets/the/") && path.ends_with(".jpg"), "{path}");
    let card = pixels(&site, &path);
    for (x, y) in [(770, 20), (980, 300), (1190, 620)] {
        let Rgba([red, _, blue, _]) = card.get_pixel(x, y);
        assert!(blue > 150 && red < 80, "{x} {y}: {red} {blue}");
    }
    assert!(ink(&card, (64, 100, 632, 120)) > 1000);
    let cut = |site: &Site| {
        let files = snapshot(&site.out());
        let made = files.keys().filter(|path| path.starts_with("assets/anh/"));
        made.filter(|path| path.contains("-1200.jpg")).count()
    };
    let with_card = cut(&site);
    // Away from the cache the photo is cut again and the card comes out the same.
    let first = std::fs::read(site.out().join(&path)).expect("a card");
    std::fs::remove_dir_all(site.root().join(".tintot/cache")).expect("removed");
    let again = site.root().join("again");
    site.build_into(&again).ok();
    assert!(std::fs::read(again.join(&path)).expect("a card") == first);
    // Whoever asks for it shares the photo itself.
    site.write("content/tin/anh/index.md", front("card: false\n").as_bytes());
    site.build().ok();
    let path = shared(&site, "tin/anh/index.html");
    assert!(path.starts_with("assets/anh/"), "{path}");
    assert!(!site.has("tin/anh/a.jpg") && cut(&site) >= with_card);
    let page = site.page("tin/anh/index.html");
    let (width, height) = (property(&page, "image:width"), property(&page, "image:height"));
    assert_eq!((width, height), (Some("1200"), Some("630")));
    assert_eq!(property(&page, "image:alt"), Some("Bìa"));
}

#[test]
fn a_card_is_drawn_from_the_theme_and_a_slip_in_it_is_told() {
    let card = |width: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><rect width=\"1200\" height=\"630\" fill=\"#fff\" class=\"blue\"/><text data-slot=\"title\" x=\"10\" y=\"100\" font-size=\"40\" {width}/></svg>"
        )
    };
    let site = site("true\ntheme: {name: nha, colours: {blue: \"#00ff00\"}}");
    site.write("themes/nha/cards/card.svg", card("data-width=\"900\"").as_bytes());
    site.build().ok();
    let Rgba(pixel) = pixels(&site, &shared(&site, "index.html")).get_pixel(1100, 600);
    assert_eq!(pixel, [0, 255, 0, 255], "the site's own colour");
    for slip in [card(""), card("data-width=\"900\"").replace("title", "ten"), "<svg".to_owned()] {
        site.write("themes/nha/cards/card.svg", slip.as_bytes());
        let built = site.build();
        let diag = built.diagnostics.iter().find(|diag| diag.rule.code == "T1005");
        let file = diag.and_then(|diag| diag.file()).map(|file| &**file);
        assert_eq!(file, Some("themes/nha/cards/card.svg"), "{slip}");
    }
}
