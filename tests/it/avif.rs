//! Photos in AVIF: a switch of the site, and of the program.

use image::{ImageFormat, Rgb, RgbImage};

use crate::site::{SITE, Site};

const SECTION: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";

fn site(avif: bool) -> Site {
    let site = Site::new(&format!("{SITE}pictures: {{avif: {avif}}}\n{SECTION}"));
    let photo = RgbImage::from_fn(600, 400, |x, y| Rgb([x as u8, y as u8, 120]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    photo.write_to(&mut bytes, ImageFormat::Jpeg).expect("encoded");
    site.write("content/tin/anh/a.jpg", &bytes.into_inner());
    let front = "---\ntitle: Ảnh\ndate: 2026-01-01\ncover: {file: a.jpg, alt: Bìa}\n---\n";
    site.write("content/tin/anh/index.md", format!("{front}![Một](a.jpg)\n").as_bytes());
    site
}

#[cfg(not(feature = "avif"))]
#[test]
fn a_program_without_avif_says_so_and_makes_the_rest() {
    let site = site(true);
    let built = site.build().ok();
    let diag = built.diagnostics.iter().find(|diag| diag.rule.code == "T1012").expect("said");
    let range = diag.labels[0].span.range.clone();
    let text = std::fs::read_to_string(site.root().join("site.yaml")).expect("there");
    assert_eq!(&text[range], "true");
    assert!(!site.page("tin/anh/index.html").contains("avif"));
    assert!(!self::site(false).build().ok().has_code("T1012"));
}

#[cfg(feature = "avif")]
#[test]
fn avif_stands_first_and_is_made_once() {
    use crate::site::snapshot;

    let site = site(true);
    let built = site.build().clean().ok();
    let page = site.page("tin/anh/index.html");
    let avif = page.find("<source type=\"image/avif\" srcset=\"/assets/anh/").expect("avif");
    assert!(avif < page.find("<source type=\"image/webp\"").expect("webp"));
    assert!(page.contains("rel=\"preload\" as=\"image\" type=\"image/avif\""));
    let all = snapshot(&site.out());
    let made = |site: &std::collections::BTreeMap<String, Vec<u8>>, ending: &str| {
        site.keys().filter(|path| path.ends_with(ending)).count()
    };
    assert!(made(&all, ".avif") == made(&all, ".webp") && made(&all, ".avif") > 0);
    for (path, bytes) in all.iter().filter(|(path, _)| path.ends_with(".avif")) {
        assert_eq!(&bytes[4..12], b"ftypavif", "{path}");
        assert!(tintot::picture::publishable(bytes).is_ok(), "{path}: nothing hidden");
    }
    assert_eq!(
        built.build.encoded,
        all.keys().filter(|path| path.starts_with("assets/anh/")).count()
    );
    // What networks and feeds are given everybody can show.
    assert!(!site.page("rss.xml").contains(".avif"));
    let again = site.root().join("again");
    assert_eq!(site.build_into(&again).ok().build.encoded, 0);
    assert!(snapshot(&again) == all);
    let without = self::site(false);
    without.build().ok();
    let without = snapshot(&without.out());
    assert_eq!(made(&without, ".avif"), 0);
    let rest = all.iter().filter(|(path, _)| path.ends_with(".webp") || path.ends_with(".jpg"));
    assert!(rest.into_iter().all(|(path, bytes)| without.get(path) == Some(bytes)));
}
