//! The colour in a photo's place until the photo is there.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use tintot::base::hash::Key;
use tintot::driver;
use tintot::picture::Tint;

use crate::site::{Site, snapshot};

const SECTION: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("an image to encode");
    bytes.into_inner()
}

/// Sky above, a field below.
fn field() -> RgbImage {
    RgbImage::from_fn(
        640,
        480,
        |_, y| if y < 240 { Rgb([120, 180, 240]) } else { Rgb([50, 90, 2]) },
    )
}

fn photo() -> Vec<u8> {
    encoded(field(), ImageFormat::Jpeg)
}

/// A site with an entry that shows a photo above its text and within it.
fn site(photo: &[u8]) -> Site {
    let site = Site::with(SECTION);
    site.write("content/tin/anh/a.jpg", photo);
    let front = "---\ntitle: Ảnh\ndate: 2026-01-01\ncover: {file: a.jpg, alt: Bìa}\n---\n";
    site.write("content/tin/anh/index.md", format!("{front}![Một](a.jpg)\n").as_bytes());
    site
}

/// The classes of every placeholder of a page.
fn placeholders(page: &str) -> Vec<&str> {
    let found = page.match_indices("class=\"ph ");
    found.filter_map(|(at, _)| page[at + 7..].split('"').next()).collect()
}

#[test]
fn a_photo_has_its_own_colour_until_it_is_there() {
    let site = site(&photo());
    site.build().ok();
    // (85, 135, 121) in steps of 17.
    let page = site.page("tin/anh/index.html");
    assert_eq!(placeholders(&page), ["ph r5 g8 b7"; 2], "{page}");
    assert_eq!(placeholders(&site.page("tin/index.html")), ["ph r5 g8 b7"]);
    assert!(!page.contains(" style=") && !page.contains("<style"));
    assert!(!site.page("rss.xml").contains("ph r5"), "feed readers have no style sheet");
    let files = snapshot(&site.out());
    let css =
        files.iter().find(|(path, _)| path.starts_with("assets/style")).expect("a style sheet").1;
    let css = String::from_utf8_lossy(css);
    let css: String = css.chars().filter(|c| !c.is_whitespace()).collect();
    for (class, step) in (0..16).flat_map(|step| ["r", "g", "b"].map(|class| (class, step))) {
        let rule = format!(".{class}{step:x}{{--{class}:{}", step * 17);
        assert!(["}", ";"].iter().any(|end| css.contains(&format!("{rule}{end}"))), "{rule}");
    }
}

#[test]
fn what_shows_through_or_is_drawn_has_none() {
    let mut state = 1_u32;
    let clear = RgbaImage::from_fn(300, 200, |x, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgba([(state >> 8) as u8, (state >> 16) as u8, (state >> 24) as u8, (x % 255) as u8])
    });
    for bytes in [encoded(clear, ImageFormat::Png), encoded(field(), ImageFormat::Png)] {
        let site = site(&bytes);
        site.build().ok();
        assert!(placeholders(&site.page("tin/anh/index.html")).is_empty());
    }
}

#[test]
fn a_colour_is_known_by_content_and_never_looked_for_twice() {
    let site = site(&photo());
    site.build().ok();
    let first = snapshot(&site.out());
    let output = driver::Output { dir: site.out(), adopt: false };
    let different = || driver::verify(&site.request(), &output).expect("verified");
    assert!(different().is_empty());
    // Gone with the cache: the same one is found again.
    std::fs::remove_dir_all(site.root().join(".tintot/cache")).expect("removed");
    assert!(different().is_empty());
    let again = site.root().join("again");
    site.build_into(&again).ok();
    assert!(snapshot(&again) == first);
    // A clone trusts the cache that it was given: this photo is not decoded.
    let clone = self::site(&photo());
    let cache = driver::picture_cache(clone.root());
    driver::picture_cache(site.root()).copy_to(&cache).expect("copied");
    cache.put(Tint::key(Key::of(&photo())), &[1, 2, 3]).expect("kept");
    assert_eq!(clone.build().ok().build.encoded, 0);
    assert_eq!(placeholders(&clone.page("tin/anh/index.html")), ["ph ph-dark r1 g2 b3"; 2]);
    // What is no colour is none.
    cache.put(Tint::key(Key::of(&photo())), &[1, 2, 77]).expect("kept");
    clone.build_into(&clone.root().join("again")).ok();
    assert!(snapshot(&clone.root().join("again")) == first);
}

#[test]
fn another_photo_brings_another_colour() {
    let site = site(&photo());
    site.build().ok();
    let red = RgbImage::from_pixel(640, 480, Rgb([200, 10, 10]));
    site.write("content/tin/anh/a.jpg", &encoded(red, ImageFormat::Jpeg));
    site.build().ok();
    assert_eq!(placeholders(&site.page("tin/anh/index.html")), ["ph ph-dark rc g1 b1"; 2]);
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert!(snapshot(&site.out()) == snapshot(&cold));
}

#[test]
fn an_alternative_text_can_be_read_on_every_colour() {
    let light = |step: u8| {
        let part = f64::from(step) / 15.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    for n in 0..4096_u16 {
        let [red, green, blue] = [n >> 8, n >> 4, n].map(|part| (part & 15) as u8);
        let own = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
        let dark = Tint([red, green, blue]).is_dark();
        let contrast = if dark { 1.05 / (own + 0.05) } else { (own + 0.05) / 0.05 };
        assert!(contrast >= 4.5, "{red:x}{green:x}{blue:x}: {contrast}");
    }
}

#[test]
fn the_focus_stays_in_sight_on_cards() {
    let site = site(&photo());
    for (focus, classes) in [
        ("[0.21, 0.5]", "class=\"ph r5 g8 b7 fx2\""),
        ("[1, 0.96]", "class=\"ph r5 g8 b7 fx10 fy10\""),
        ("[0.5, 0]", "class=\"ph r5 g8 b7 fy0\""),
        ("[0.5, 0.5]", "class=\"ph r5 g8 b7\""),
    ] {
        let front = format!(
            "title: Ảnh\ndate: 2026-01-01\ncover: {{file: a.jpg, alt: Bìa, focus: {focus}}}"
        );
        site.write("content/tin/anh/index.md", format!("---\n{front}\n---\nChữ.\n").as_bytes());
        site.build().ok();
        let page = site.page("tin/index.html");
        assert!(page.contains(classes), "{focus}: {page}");
    }
    let files = snapshot(&site.out());
    let css =
        files.iter().find(|(path, _)| path.starts_with("assets/style")).expect("a style sheet").1;
    let css: String = String::from_utf8_lossy(css).chars().filter(|c| !c.is_whitespace()).collect();
    assert!(css.contains("object-position:var(--x,50%)var(--y,50%)"));
    for tenth in (0..=10).filter(|tenth| *tenth != 5) {
        assert!(css.contains(&format!(".fx{tenth}{{--x:{}%", tenth * 10)), "{tenth}");
        assert!(css.contains(&format!(".fy{tenth}{{--y:{}%", tenth * 10)), "{tenth}");
    }
}

#[test]
fn progress_is_told_for_pictures_and_pages_and_ends_at_the_end() {
    use std::sync::Mutex;
    let site = site(&photo());
    let told = Mutex::new(Vec::new());
    let mut build = driver::build(&site.request()).expect("a readable site");
    let output = driver::Output { dir: site.out(), adopt: false };
    let tell = |stage, done| told.lock().expect("told").push((stage, done));
    driver::publish(&mut build, &site.request(), &output, (&tell, &|| {})).expect("published");
    let told = told.into_inner().expect("told");
    for stage in [driver::Stage::Pictures, driver::Stage::Pages] {
        let own: Vec<(usize, usize)> =
            told.iter().filter(|(of, _)| *of == stage).map(|(_, done)| *done).collect();
        let total = own.first().expect("told").1;
        assert!(own.iter().all(|(done, of)| *done <= total && *of == total), "{own:?}");
        assert!(own.contains(&(total, total)), "{own:?}");
    }
}
