//! Photos as phones write them and editors drop them in: who took them is
//! printed, the second picture that newer phones hide in them is not published,
//! and copying them about costs nothing.

use std::time::{Duration, SystemTime};

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage};
use tintot::picture::publishable;

use crate::site::{Site, snapshot};

const SECTION: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";

fn encoded(image: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, ImageFormat::Jpeg).expect("an image to encode");
    bytes.into_inner()
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> Vec<u8> {
    encoded(RgbImage::from_fn(width, height, |x, _| {
        if x * 2 < width { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) }
    }))
}

fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let length = (payload.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &length, &payload].concat()
}

/// A JPEG in Ultra HDR (Android 14, ISO 21496-1): the picture that every screen
/// shows, and behind its end another one that tells bright screens where to
/// shine. Lies on its side, as phones write what is held upright.
fn ultra_hdr() -> Vec<u8> {
    let base = halves(800, 600);
    let gain = encoded(GrayImage::from_fn(200, 150, |x, _| Luma([x as u8])));
    let terms = segment(0xe1, &[
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\" hdrgm:Version=\"1.0\" hdrgm:GainMapMax=\"2.3\"/>",
    ]);
    let gain = [&gain[..2], &terms, &gain[2..]].concat();
    let exif = [&b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06"[..], &[0; 6]];
    let list = format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta hdrgm:Version=\"1.0\"><Container:Directory Item:Semantic=\"GainMap\" Item:Length=\"{}\"/></x:xmpmeta>",
        gain.len()
    );
    let head = [
        segment(0xe1, &exif),
        segment(0xe1, &[list.as_bytes()]),
        segment(0xe2, &[b"urn:iso:std:iso:ts:21496:-1\0\0\0\0\0"]),
        segment(0xe2, &[b"MPF\0MM\0\x2a\0\0\0\x08"]),
    ];
    [&base[..2], &head.concat(), &base[2..], &gain].concat()
}

/// Marks of a gain map, and of whatever names one.
fn shines(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"hdrgm", b"GainMap", b"21496", b"MPF\0", b"hdr-gain-map"];
    let ends = bytes.windows(3).filter(|three| *three == [0xff, 0xd8, 0xff]).count();
    let marked = |mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
    ends > 1 || marks.into_iter().any(marked)
}

#[test]
fn the_gain_map_of_a_photo_is_not_published() {
    let photo = ultra_hdr();
    assert!(shines(&photo));
    let clean = publishable(&photo).expect("a picture to publish");
    assert!(!shines(&clean));
    let read = |bytes: &[u8]| image::load_from_memory(bytes).expect("decodes").into_rgb8();
    assert!(read(&clean) == read(&halves(800, 600)), "the plain picture, as it was");

    let site = Site::with(SECTION);
    site.write("content/tin/anh/a.jpg", &photo);
    site.write("static/a.jpg", &photo);
    let front = "title: Ảnh\ndate: 2026-01-01\ncover: {file: a.jpg, alt: Bìa}";
    let body = "![Một](a.jpg)\n\n[Ảnh gốc](a.jpg)\n";
    site.write("content/tin/anh/index.md", format!("---\n{front}\n---\n{body}").as_bytes());
    site.build().ok();
    assert!(site.page("tin/anh/index.html").contains("width=\"600\" height=\"800\""));
    let files = snapshot(&site.out());
    let mut versions = 0;
    for (path, bytes) in &files {
        assert!(!shines(bytes), "{path}");
        if path.starts_with("assets/anh/") {
            let image = read(bytes);
            let (width, height) = image.dimensions();
            // Red lay on the left: a quarter of a turn brings it above. What is
            // cut for sharing keeps the middle.
            let top = image.get_pixel(width / 2, height / 10).0;
            let foot = image.get_pixel(width / 2, height * 9 / 10).0;
            assert!(top[0] > 150 && foot[2] > 150, "{path}: {top:?} {foot:?}");
            versions += 1;
        }
    }
    assert!(versions >= 5, "{versions}");
    let original = &files["tin/anh/a.jpg"];
    assert_eq!(tintot::picture::orientation(original), 6, "originals say how to turn them");
}

#[test]
fn touching_every_file_makes_no_picture() {
    let site = Site::with(SECTION);
    site.write("content/tin/anh/a.jpg", &halves(800, 600));
    let front = "title: Ảnh\ndate: 2026-01-01\ncover: {file: a.jpg, alt: Bìa}";
    site.write("content/tin/anh/index.md", format!("---\n{front}\n---\nChữ.\n").as_bytes());
    assert!(site.build().ok().build.encoded > 0);
    let first = snapshot(&site.out());
    for (days, anew) in [(1, false), (400, true)] {
        let then = SystemTime::now() - Duration::from_secs(days * 86_400);
        for file in walkdir::WalkDir::new(site.root()) {
            let file = file.expect("listed");
            if file.file_type().is_file() {
                let open = std::fs::File::options().append(true).open(file.path());
                open.expect("a file").set_modified(then).expect("a time");
            }
        }
        let out = if anew { site.root().join("anew") } else { site.out() };
        let built = site.build_into(&out).ok();
        assert_eq!(built.build.encoded, 0, "{days} days older");
        assert!(snapshot(&out) == first);
    }
}

#[test]
fn whoever_took_a_photo_is_named_below_it() {
    let site = Site::with(SECTION);
    for (name, width) in [("a.jpg", 700), ("b.jpg", 710), ("c.jpg", 720)] {
        site.write(&format!("content/tin/anh/{name}"), &halves(width, 500));
    }
    let body = "![Một](a.jpg \"Chú thích <1>\")\n\n:::note\n![Hai](b.jpg)\n:::\n\n![Ba](c.jpg)\n";
    let write = |photos: &str| {
        let front = format!("title: Ảnh\ndate: 2026-01-01\nphotos: [{photos}]");
        site.write("content/tin/anh/index.md", format!("---\n{front}\n---\n{body}").as_bytes());
        site.build().ok()
    };
    let said = "{file: a.jpg, alt: Một, credit: Lê & Hà}, {file: b.jpg, alt: Hai, credit: Minh}, {file: c.jpg, alt: Ba, credit: ' '}";
    write(said);
    let first = "<figcaption>Chú thích &lt;1&gt; — <span class=\"credit\">Ảnh: Lê &amp; Hà</span></figcaption></figure>";
    let second = "<figcaption><span class=\"credit\">Ảnh: Minh</span></figcaption></figure>";
    let page = site.page("tin/anh/index.html");
    assert!(page.contains(first), "{page}");
    assert!(page.contains(second), "{page}");
    assert_eq!(page.matches("class=\"credit\"").count(), 2, "none for one without a name");
    let feed = site.page("atom.xml");
    assert!(feed.contains("Ảnh: Lê &amp;amp; Hà") && feed.contains("Ảnh: Minh"), "{feed}");
    // The front matter is edited and the body is not.
    write(&said.replace("Minh", "Tú"));
    assert!(site.page("tin/anh/index.html").contains("Ảnh: Tú"));
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert!(snapshot(&site.out()) == snapshot(&cold));
}
