//! Photos in several sizes: what pages name is there, is upright, is small and
//! is made once.

use std::collections::{BTreeMap, BTreeSet};

use image::{DynamicImage, GenericImageView, ImageFormat, RgbImage, RgbaImage};
use tintot::cache::Cache;
use tintot::driver;
use tintot::picture::{Bad, Codec, Form, Recipe, form, make, orientation, publishable};

use crate::site::{Site, snapshot};

/// Red, green, blue and white quarters: from the upper left, clockwise.
fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => image::Rgb([200, 30, 30]),
        (false, true) => image::Rgb([30, 180, 30]),
        (false, false) => image::Rgb([30, 30, 200]),
        (true, false) => image::Rgb([240, 240, 240]),
    })
}

/// Grain that no format finds easy.
fn grainy(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let part = |by: u32| (state >> by) as u8;
        image::Rgb([part(8), part(16), part(24)])
    })
}

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("an image to encode");
    bytes.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(quarters(width, height), ImageFormat::Jpeg)
}

/// With an orientation, as a phone writes it.
fn turned(bytes: &[u8], way: u8) -> Vec<u8> {
    let tiff =
        [&b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[way], &[0; 6]].concat();
    let length = (tiff.len() as u16 + 8).to_be_bytes();
    [&bytes[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &tiff, &bytes[2..]].concat()
}

/// The same for PNG, where few programs write it and browsers follow it.
fn turned_png(bytes: &[u8], way: u8) -> Vec<u8> {
    let tiff = [&b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[way], &[0; 7]].concat();
    let length = (tiff.len() as u32).to_be_bytes();
    [&bytes[..33], &length, b"eXIf", &tiff, &[0; 4], &bytes[33..]].concat()
}

fn recipe(codec: Codec, width: u32, height: u32) -> Recipe {
    Recipe { codec, width, height, crop: None }
}

const SECTION: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";

/// A site with one entry that shows a photo as cover, in its text and, by
/// another file with the same bytes, once more.
fn site() -> Site {
    let site = Site::with(SECTION);
    let photo = turned(&jpeg(1200, 900), 6);
    site.write("content/tin/anh/a.jpg", &photo);
    site.write("content/tin/anh/b.jpg", &photo);
    site.write(
        "content/tin/anh/index.md",
        "---\ntitle: Ảnh\ndate: 2026-01-01\ncover: {file: a.jpg, alt: Bìa, focus: [0.1, 0.2]}\n---\n![Một](a.jpg \"Chú thích\")\n\n![Hai](b.jpg)\n"
            .as_bytes(),
    );
    site
}

/// Every URL of a page's `srcset`s, `src`s and what it asks for beforehand.
fn named(page: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for name in ["srcset=\"", "src=\"", "content=\"https://tintot.example"] {
        for (at, _) in page.match_indices(name) {
            let rest = &page[at + name.len()..];
            let value = &rest[..rest.find('"').expect("a closing quote")];
            let urls = value.split(", ").filter_map(|one| one.split(' ').next());
            all.extend(urls.filter(|url| url.starts_with("/assets/anh/")).map(str::to_owned));
        }
    }
    all
}

#[test]
fn pages_name_versions_that_are_there_and_upright() {
    let site = site();
    let built = site.build().ok();
    let page = site.page("tin/anh/index.html");
    assert!(page.contains("<source type=\"image/webp\" srcset=\"/assets/anh/"), "{page}");
    assert!(page.contains("rel=\"preload\" as=\"image\" type=\"image/webp\""), "{page}");
    assert!(page.contains("<figcaption>Chú thích</figcaption>"));
    assert_eq!(page.matches("fetchpriority=\"high\"").count(), 2, "the lead and its preload");
    assert!(!page.contains(" style="));
    let files: BTreeMap<String, Vec<u8>> = snapshot(&site.out());
    let made: BTreeSet<String> = files
        .keys()
        .filter(|path| path.starts_with("assets/anh/"))
        .map(|p| format!("/{p}"))
        .collect();
    let mut wanted = named(&page);
    wanted.extend(named(&site.page("tin/index.html")));
    assert_eq!(made, wanted, "nothing is made that nobody names, and the other way round");
    // 560, 760 and 900 (not 1600: nothing is enlarged), 240 and 400 on cards, and
    // one to share.
    assert_eq!(built.build.encoded, made.len());
    assert_eq!(made.len(), 2 * 5 + 1, "{made:?}");
    assert!(!site.has("tin/anh/a.jpg"), "nothing leads to the original");
    for path in &made {
        let image = image::load_from_memory(&files[path.trim_start_matches('/')]).expect("decodes");
        let (width, height) = image.dimensions();
        if width <= height {
            assert_eq!(height, (width * 8 + 3) / 6, "upright: {path}");
            let corner = image.to_rgb8().get_pixel(2, 2).0;
            // Turned by a quarter: the lower left corner, white, is above now.
            assert!(corner.iter().all(|part| *part > 220), "{path}: {corner:?}");
        } else {
            assert!((f64::from(width) / f64::from(height) - 1.905).abs() < 0.01, "{path}");
        }
    }
    let feed = site.page("rss.xml");
    assert!(
        !feed.contains("srcset") && feed.contains("https://tintot.example/assets/anh/"),
        "{feed}"
    );
}

#[test]
fn versions_are_made_once() {
    let site = site();
    assert!(site.build().ok().build.encoded > 0);
    let first = snapshot(&site.out());
    // Another output: all from the cache.
    let second = site.root().join("again");
    let built = site.build_into(&second).ok();
    assert_eq!(built.build.encoded, 0);
    assert!(snapshot(&second) == first);
    // Other times, another folder, nothing but the cache brought along.
    let clone = self::site();
    let cache = driver::picture_cache(clone.root());
    driver::picture_cache(site.root()).copy_to(&cache).expect("copied");
    assert_eq!(clone.build().ok().build.encoded, 0);
    assert!(snapshot(&clone.out()) == first);
    // What is damaged there is made again.
    let files = walkdir::WalkDir::new(clone.root().join(".tintot/cache/pictures"));
    for file in files.into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file()) {
        std::fs::write(file.path(), b"not what was put there, but long enough").expect("written");
    }
    let third = clone.root().join("again");
    clone.build_into(&third).ok();
    assert!(snapshot(&third) == first, "damaged ones are made again, the same");
    // Without a cache what is published is kept.
    std::fs::remove_dir_all(site.root().join(".tintot/cache")).expect("removed");
    site.write("content/tin/anh/b.txt", b"x");
    assert_eq!(site.build().ok().build.encoded, 0);
}

#[test]
fn one_thread_makes_what_many_make() {
    let (mut one, mut many) = (site(), site());
    (one.threads, many.threads) = (1, 4);
    one.build().ok();
    many.build().ok();
    assert!(snapshot(&one.out()) == snapshot(&many.out()));
    let output = driver::Output { dir: many.out(), adopt: false };
    let different = driver::verify(&many.request(), &output).expect("verified");
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn an_edit_keeps_what_another_picture_shows() {
    let site = site();
    site.build().ok();
    site.write("content/tin/anh/b.jpg", &jpeg(700, 500));
    let built = site.build().ok();
    assert_eq!(built.build.encoded, 4, "two sizes in two formats");
    let incremental = snapshot(&site.out());
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert!(incremental == snapshot(&cold));
}

#[test]
fn originals_are_published_where_something_leads_to_them() {
    let site = Site::with(SECTION);
    site.write("content/tin/anh/a.jpg", &jpeg(1000, 600));
    let body = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Một](a.jpg)\n\n[Tải ảnh gốc](a.jpg)\n";
    site.write("content/tin/anh/index.md", body.as_bytes());
    site.build().ok();
    assert!(site.has("tin/anh/a.jpg"));
    assert!(site.page("tin/anh/index.html").contains("<picture>"));
}

#[test]
fn content_decides_what_stays_as_it_is() {
    let grain = grainy(200, 160);
    let clear = RgbaImage::from_fn(200, 160, |x, y| {
        let image::Rgb([r, g, b]) = *grain.get_pixel(x, y);
        image::Rgba([r, g, b, (x % 255) as u8])
    });
    let size = (200, 160);
    let flat = encoded(quarters(200, 160), ImageFormat::Png);
    assert_eq!(form(&flat, size), Form::AsIs, "a drawing");
    assert_eq!(form(&encoded(grain.clone(), ImageFormat::Png), size), Form::Photo);
    assert_eq!(form(&encoded(clear.clone(), ImageFormat::Png), size), Form::Clear);
    assert_eq!(form(&encoded(grain.clone(), ImageFormat::WebP), size), Form::AsIs, "lossless");
    assert_eq!(form(&encoded(grain.clone(), ImageFormat::Gif), size), Form::AsIs);
    assert_eq!(form(&encoded(grain.clone(), ImageFormat::Jpeg), size), Form::Photo);
    assert_eq!(form(b"<svg></svg>", size), Form::AsIs);
    let small = make(&encoded(clear, ImageFormat::Png), &[recipe(Codec::Webp, 100, 80)], 1 << 20);
    let small = image::load_from_memory(&small.expect("made").versions[0]).expect("decodes");
    assert!(small.color().has_alpha());
}

#[test]
fn every_orientation_is_upright() {
    let (plain, png) = (jpeg(80, 40), encoded(quarters(80, 40), ImageFormat::Png));
    let all = (1..=8_u8).flat_map(|way| [(way, turned(&plain, way)), (way, turned_png(&png, way))]);
    for (way, bytes) in all {
        let size = if way > 4 { (20, 40) } else { (40, 20) };
        let made = make(&bytes, &[recipe(Codec::Png, size.0, size.1)], 1 << 20);
        let image = image::load_from_memory(&made.expect("made").versions[0]).expect("decodes");
        let whole = DynamicImage::from(quarters(80, 40));
        let expected = match way {
            2 => whole.fliph(),
            3 => whole.rotate180(),
            4 => whole.flipv(),
            5 => whole.rotate90().fliph(),
            6 => whole.rotate90(),
            7 => whole.rotate270().fliph(),
            8 => whole.rotate270(),
            _ => whole,
        };
        for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let at = |image: &DynamicImage| {
                let (w, h) = image.dimensions();
                image.to_rgb8().get_pixel(w / 4 + x * w / 2, h / 4 + y * h / 2).0
            };
            let (is, should) = (at(&image), at(&expected));
            assert!(
                is.iter().zip(should).all(|(a, b)| a.abs_diff(b) < 24),
                "{way}: {is:?} {should:?}"
            );
        }
    }
}

#[test]
fn a_turned_png_is_published_turned() {
    let bytes = turned_png(&encoded(quarters(80, 40), ImageFormat::Png), 6);
    let clean = publishable(&bytes).expect("a picture to publish");
    assert_eq!((orientation(&bytes), orientation(&clean)), (6, 6));
    // What has a wrong sum is passed over by browsers; this one is read.
    let reader = png::Decoder::new(std::io::Cursor::new(&clean[..])).read_info().expect("read");
    let exif = reader.info().exif_metadata.as_deref().expect("the orientation is kept");
    assert!(exif.len() == 26 && publishable(&clean).expect("clean") == clean);
}

#[test]
fn photos_arrive_by_and_by() {
    let recipes = [recipe(Codec::Jpeg, 300, 200)];
    let made = make(&encoded(grainy(600, 400), ImageFormat::Jpeg), &recipes, 1 << 20);
    let photo = &made.expect("made").versions[0];
    assert!(photo.windows(2).any(|two| two == [0xff, 0xc2]), "progressive");
    // The last byte of a scan's header tells which bits it makes exact.
    let scans = photo.windows(10).filter(|part| part[..5] == [0xff, 0xda, 0, 8, 1]);
    assert!(scans.filter(|part| part[9] > 0x0f).count() >= 2, "each bit in its time");
    // Longer than a JPEG can say.
    let long = encoded(grainy(1, 66_000), ImageFormat::Png);
    assert_eq!(make(&long, &[recipe(Codec::Jpeg, 1, 66_000)], 1 << 20), Err(Bad::Broken));
}

#[test]
fn focus_decides_what_a_crop_keeps() {
    let photo = jpeg(400, 400);
    let cut = |x: u16| {
        let recipe = Recipe { codec: Codec::Png, width: 40, height: 80, crop: Some((x, 500)) };
        let made = make(&photo, &[recipe], 1 << 20).expect("made").versions;
        image::load_from_memory(&made[0]).expect("decodes").to_rgb8().get_pixel(20, 5).0
    };
    assert!(cut(0)[0] > 150 && cut(1000)[1] > 150, "{:?} {:?}", cut(0), cut(1000));
}

#[test]
fn odd_depths_and_shapes_are_read() {
    let deep =
        image::ImageBuffer::from_fn(40, 30, |x, _| image::Rgb([(x * 1600) as u16, 0, 65535]));
    let deep = encoded(DynamicImage::ImageRgb16(deep), ImageFormat::Png);
    let grey = image::GrayImage::from_fn(40, 30, |x, _| image::Luma([x as u8 * 6]));
    let thin = encoded(grainy(1, 20_000), ImageFormat::Jpeg);
    for (bytes, size) in
        [(deep, (20, 15)), (encoded(grey, ImageFormat::Jpeg), (20, 15)), (thin, (1, 10_000))]
    {
        let recipes = [Codec::Webp, Codec::Jpeg, Codec::Png].map(|c| recipe(c, size.0, size.1));
        for made in make(&bytes, &recipes, 1 << 20).expect("made").versions {
            assert_eq!(image::load_from_memory(&made).expect("decodes").dimensions(), size);
        }
    }
    // In inks, as printers' programs save.
    let mut inks = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut inks, 90);
    let data = [0_u8, 255, 255, 0].repeat(32 * 32);
    encoder.encode(&data, 32, 32, jpeg_encoder::ColorType::Cmyk).expect("encoded");
    let made = make(&inks, &[recipe(Codec::Png, 16, 16)], 1 << 20).expect("made").versions;
    let pixel = image::load_from_memory(&made[0]).expect("decodes").to_rgb8().get_pixel(8, 8).0;
    assert!(pixel[0] > 180 && pixel[1] < 90 && pixel[2] < 90, "red: {pixel:?}");
}

#[test]
fn what_is_broken_is_named_and_nothing_is_published() {
    let whole = encoded(grainy(600, 400), ImageFormat::Jpeg);
    let cut = whole[..whole.len() / 2].to_vec();
    assert_eq!(make(&cut, &[recipe(Codec::Jpeg, 300, 200)], 1 << 20), Err(Bad::Cut));
    let large = make(&whole, &[recipe(Codec::Jpeg, 300, 200)], 100_000);
    assert_eq!(large, Err(Bad::Large { width: 600, height: 400 }));
    for (bytes, config) in [(cut, ""), (whole, "pictures: {max_pixels: 100000}\n")] {
        let site = Site::with(SECTION);
        let yaml = format!("{}{config}", crate::site::SITE.split_once("--\n").expect("a file").1);
        site.write("site.yaml", yaml.as_bytes());
        site.write("content/tin/anh/a.jpg", &bytes);
        let body = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Một](a.jpg)\n";
        site.write("content/tin/anh/index.md", body.as_bytes());
        let built = site.build();
        assert!(built.has_code("T1004"), "{:?}", built.problems());
        assert!(built.written.is_none() && !site.has("index.html"));
        let diag = built.diagnostics.iter().find(|diag| diag.rule.code == "T1004");
        assert_eq!(diag.and_then(|diag| diag.file()).map(|f| &**f), Some("content/tin/anh/a.jpg"));
    }
}

#[test]
fn damaged_pictures_neither_panic_nor_hang() {
    let mut state = 11_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let samples = [
        encoded(grainy(64, 48), ImageFormat::Jpeg),
        encoded(grainy(64, 48), ImageFormat::Png),
        encoded(grainy(64, 48), ImageFormat::WebP),
        encoded(grainy(64, 48), ImageFormat::Gif),
        jpeg(64, 48),
    ];
    for sample in &samples {
        for _ in 0..120 {
            let mut bytes = sample.clone();
            for _ in 0..1 + next(8) {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            bytes.truncate(bytes.len() - next(bytes.len() / 8));
            let recipes = [recipe(Codec::Webp, 32, 24), recipe(Codec::Jpeg, 16, 12)];
            let _ = make(&bytes, &recipes, 1 << 20);
            let _ = (tintot::picture::publishable(&bytes), tintot::picture::says_where(&bytes));
        }
    }
}

#[test]
fn a_cache_is_counted_and_pruned() {
    let site = site();
    let cache: Cache = driver::picture_cache(site.root());
    let built = site.build().ok();
    assert_eq!(cache.count().files, built.build.encoded + 1, "and the photo's colour");
    site.write("content/tin/anh/b.jpg", &jpeg(700, 500));
    let built = site.build().ok();
    let ready = built.build.ready.as_ref().expect("ready");
    let wanted = driver::wanted_pictures(ready);
    assert_eq!(cache.count().files, wanted.len(), "the cover is still there");
    let body = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Một](b.jpg)\n";
    site.write("content/tin/anh/index.md", body.as_bytes());
    let built = site.build().ok();
    let wanted = driver::wanted_pictures(built.build.ready.as_ref().expect("ready"));
    let before = cache.count().files;
    let removed = cache.retain(&|key| wanted.binary_search(&key).is_ok()).expect("removed");
    assert!(removed.files > 0 && removed.files + cache.count().files == before);
    assert_eq!(cache.count().files, wanted.len());
}

#[test]
fn a_cache_is_brought_to_another_clone() {
    let (site, clone) = (site(), self::site());
    site.build().ok();
    let away = site.root().join("away");
    let run = |root: &std::path::Path, args: &[&std::ffi::OsStr]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tintot"));
        let output = command.arg("-r").arg(root).args(["--lang", "en"]).args(args).output();
        let output = output.expect("tintot runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let told = run(site.root(), &["cache".as_ref(), "export".as_ref(), away.as_ref()]);
    assert!(told.starts_with("Exported: 12 files, 0."), "{told}");
    run(clone.root(), &["cache".as_ref(), "import".as_ref(), away.as_ref()]);
    assert_eq!(clone.build().ok().build.encoded, 0);
    let cache = |word: &str| run(clone.root(), &["cache".as_ref(), word.as_ref()]);
    // Eleven versions and the photo's colour; heads and bodies of documents.
    let told = cache("stats");
    assert!(told.starts_with("Kept pictures: 12 files"), "{told}");
    assert!(told.contains("\nParsed documents: 2 files"), "{told}");
    // What another program parsed is of no use to this one.
    let told = cache("prune");
    assert!(told.starts_with("Removed pictures: 0 files, 0.0 MB\nRemoved documents: 2 files"));
    run(clone.root(), &["build".as_ref()]);
    let left = clone.root().join(".tintot/cache/docs/bodies-left");
    std::fs::write(left, vec![0; 150_000]).expect("written");
    let told = cache("prune");
    assert_eq!(told, "Removed pictures: 0 files, 0.0 MB\nRemoved documents: 1 files, 0.2 MB\n");
    assert!(cache("stats").contains("\nParsed documents: 2 files"), "what is used is kept");
    let bare = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\nChữ.\n";
    clone.write("content/tin/anh/index.md", bare.as_bytes());
    assert!(cache("prune").starts_with("Removed pictures: 12 files"));
    assert!(cache("stats").starts_with("Kept pictures: 0 files"));
}
