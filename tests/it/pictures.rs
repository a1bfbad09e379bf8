//! Pictures as they are published: what a camera wrote beside the pixels never
//! reaches a reader, the pixels do.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use tintot::picture::{orientation, publishable};

use crate::site::{Site, snapshot};

/// Stands for names, places and serial numbers in every sample.
const SECRET: &str = "SECRET-21.0278N-105.8342E";

fn pixels() -> DynamicImage {
    RgbImage::from_fn(24, 16, |x, y| image::Rgb([x as u8 * 9, y as u8 * 13, 77])).into()
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels().write_to(&mut bytes, format).expect("an image to encode");
    bytes.into_inner()
}

/// A TIFF block with an orientation, a text and a place.
fn tiff(little: bool, way: u16) -> Vec<u8> {
    let short = |n: u16| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let long = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut out = if little { b"II".to_vec() } else { b"MM".to_vec() };
    out.extend(short(42));
    out.extend(long(8));
    out.extend(short(3));
    for (tag, kind, count, value) in [
        (271, 2, SECRET.len() as u32, long(50).to_vec()),
        (274, 3, 1, [short(way), [0, 0]].concat()),
        (34853, 4, 1, long(50).to_vec()),
    ] {
        out.extend([short(tag), short(kind)].concat());
        out.extend(long(count));
        out.extend(value);
    }
    out.extend(long(0));
    out.extend(SECRET.as_bytes());
    out
}

fn segment(marker: u8, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let length = (payload.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker][..], &length, &payload].concat()
}

/// A JPEG with something put behind its first two bytes, and behind its end.
fn jpeg(head: &[Vec<u8>], tail: &[u8]) -> Vec<u8> {
    let bytes = encoded(ImageFormat::Jpeg);
    [&bytes[..2], &head.concat(), &bytes[2..], tail].concat()
}

fn exif(little: bool, way: u16) -> Vec<u8> {
    segment(0xe1, &[b"Exif\0\0", &tiff(little, way)])
}

fn jpegs() -> Vec<Vec<u8>> {
    let secret = SECRET.as_bytes();
    let xmp = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x>", secret]);
    let more_xmp = segment(0xe1, &[b"http://ns.adobe.com/xmp/extension/\0", secret]);
    let iptc = segment(0xed, &[b"Photoshop 3.0\x008BIM\x04\x04\0\0", secret]);
    let mpf = segment(0xe2, &[b"MPF\0II*\0", secret]);
    let thumb = [&b"JFIF\0\x01\x01\0\0\x01\0\x01\x03\x03"[..], &[b'S'; 27], secret].concat();
    let second = jpeg(&[exif(true, 1)], b"");
    let mut all = vec![
        jpeg(std::slice::from_ref(&xmp), b""),
        jpeg(&[more_xmp.clone(), xmp.clone()], b""),
        jpeg(std::slice::from_ref(&iptc), b""),
        jpeg(&[segment(0xfe, &[secret])], b""),
        jpeg(std::slice::from_ref(&mpf), &second),
        jpeg(&[exif(true, 1), xmp, more_xmp, iptc, mpf], &second),
        jpeg(&[segment(0xe0, &[&thumb])], b""),
        jpeg(&[segment(0xe0, &[b"JFXX\0\x10", secret])], b""),
        jpeg(&[], &[b"SEFH", secret, b"SEFT"].concat()),
        jpeg(&[vec![0xff; 7], exif(true, 1)], b""),
        jpeg(&[segment(0xf3, &[secret])], b""),
        jpeg(&[segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01", secret])], b""),
    ];
    all.extend((0xe3..=0xef).map(|marker| jpeg(&[segment(marker, &[b"Maker\0", secret])], b"")));
    all.extend([true, false].map(|little| jpeg(&[exif(little, 1)], b"")));
    all
}

fn chunk(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    // The sum is not looked at in chunks that a decoder passes over.
    [&(payload.len() as u32).to_be_bytes()[..], name, payload, &[0; 4]].concat()
}

fn pngs() -> Vec<Vec<u8>> {
    let bytes = encoded(ImageFormat::Png);
    let secret = SECRET.as_bytes();
    let text = [b"Comment\0", secret].concat();
    let with = |chunk: Vec<u8>| [&bytes[..33], &chunk, &bytes[33..]].concat();
    let mut all: Vec<_> = [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf", b"prVt", b"caBX"]
        .map(|name| with(chunk(name, &text)))
        .into();
    all.push([&bytes[..], secret].concat());
    all
}

fn webps() -> Vec<Vec<u8>> {
    let bytes = encoded(ImageFormat::WebP);
    let riff = |name: &[u8; 4], payload: &[u8]| -> Vec<u8> {
        let mut out = [&name[..], &(payload.len() as u32).to_le_bytes(), payload].concat();
        out.resize(out.len() + payload.len() % 2, 0);
        out
    };
    let whole = |chunks: &[Vec<u8>], tail: &[u8]| -> Vec<u8> {
        let body = [&b"WEBP"[..], &chunks.concat()].concat();
        [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body, tail].concat()
    };
    let pixels = bytes[12..].to_vec();
    let head = riff(b"VP8X", &[0x0c, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
    let exif = riff(b"EXIF", &tiff(true, 1));
    let xmp = riff(b"XMP ", SECRET.as_bytes());
    // One picture of a moving one, with a note between its own chunks.
    let moves = riff(b"VP8X", &[0x02, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
    let place = [0, 0, 0, 0, 0, 0, 23, 0, 0, 15, 0, 0, 100, 0, 0, 2];
    let note = riff(b"NOTE", SECRET.as_bytes());
    let frame = riff(b"ANMF", &[&place[..], &pixels, &note].concat());
    vec![
        whole(&[moves, riff(b"ANIM", &[0; 6]), frame], b""),
        whole(&[head.clone(), pixels.clone(), exif, xmp], b""),
        whole(&[head, pixels.clone(), riff(b"NOTE", SECRET.as_bytes())], b""),
        whole(&[pixels], SECRET.as_bytes()),
    ]
}

fn gifs() -> Vec<Vec<u8>> {
    let bytes = encoded(ImageFormat::Gif);
    let head = 13 + if bytes[10] & 0x80 == 0 { 0 } else { 3 << ((bytes[10] & 7) + 1) };
    let part = [&[SECRET.len() as u8][..], SECRET.as_bytes(), &[0]].concat();
    let with = |block: &[u8]| [&bytes[..head], block, &part, &bytes[head..]].concat();
    vec![
        with(&[0x21, 0xfe]),
        with(b"\x21\xff\x0bXMP DataXMP"),
        with(b"\x21\xff\x0bMGK8BIM0000"),
        [&bytes[..], SECRET.as_bytes()].concat(),
    ]
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let kinds = [("jpg", jpegs()), ("png", pngs()), ("webp", webps()), ("gif", gifs())];
    kinds.into_iter().flat_map(|(kind, all)| all.into_iter().map(move |one| (kind, one))).collect()
}

fn hides(bytes: &[u8]) -> Option<&'static str> {
    let marks = ["SECRET", "Exif", "xap/1.0", "Photoshop", "Maker", "SEFT", "XMP"];
    let has = |mark: &&&str| bytes.windows(mark.len()).any(|part| part == mark.as_bytes());
    marks.iter().find(has).copied()
}

#[test]
fn nothing_but_the_picture_is_published() {
    let site = Site::with("-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n");
    let samples = samples();
    assert!(samples.len() >= 30, "{}", samples.len());
    let mut body = "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n".to_owned();
    for (number, (kind, bytes)) in samples.iter().enumerate() {
        site.write(&format!("content/tin/anh/a{number}.{kind}"), bytes);
        assert!(hides(bytes).is_some(), "sample {number} has nothing to hide");
        // The name says one thing and the content another: content decides.
        site.write(&format!("static/s{number}.jpg"), bytes);
        body += &format!("\n![Ảnh số {number}](a{number}.{kind})\n");
    }
    site.write("content/tin/anh/index.md", body.as_bytes());
    site.build().ok();
    let mut pictures = 0;
    for (path, bytes) in snapshot(&site.out()) {
        assert_eq!(hides(&bytes), None, "{path}");
        pictures += usize::from(image::guess_format(&bytes).is_ok());
    }
    assert!(pictures >= 2 * samples.len(), "{pictures}");
    let again = site.build().ok().written.expect("published");
    assert_eq!((again.created, again.changed), (0, 0));
}

#[test]
fn pixels_and_colours_stay() {
    for (number, (kind, bytes)) in samples().into_iter().enumerate() {
        let clean = publishable(&bytes).expect("a picture to publish");
        let read = |bytes: &[u8]| image::load_from_memory(bytes).map(|image| image.to_rgba8());
        let after = read(&clean).unwrap_or_else(|error| panic!("{number}.{kind}: {error}"));
        let whole = encoded(ImageFormat::from_extension(kind).expect("a known kind"));
        assert_eq!(after, read(&whole).expect("our own"), "{number}.{kind}");
        assert_eq!(publishable(&clean).expect("clean"), clean, "{number}.{kind} twice");
    }
    let profile = segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", b"Display P3"]);
    let bytes = jpeg(&[profile.clone(), segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01"])], b"");
    let clean = publishable(&bytes).expect("a picture to publish");
    assert!(clean.windows(profile.len()).any(|part| part == profile), "the profile is kept");
}

#[test]
fn a_turned_picture_stays_upright() {
    for way in 1..=8 {
        for little in [true, false] {
            let bytes = jpeg(&[exif(little, way)], b"");
            assert_eq!(u16::from(orientation(&bytes)), way);
            let clean = publishable(&bytes).expect("a picture to publish");
            assert_eq!(u16::from(orientation(&clean)), way);
            assert!(!clean.windows(6).any(|part| part == b"SECRET"));
        }
    }
    let site = Site::with("-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n");
    site.write("content/tin/anh/a.jpg", &jpeg(&[exif(true, 6)], b""));
    site.write(
        "content/tin/anh/index.md",
        "---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Dựng máy](a.jpg)\n".as_bytes(),
    );
    site.build().ok();
    let page = site.page("tin/anh/index.html");
    assert!(page.contains("width=\"16\" height=\"24\""), "{page}");
}

#[test]
fn what_cannot_be_cleaned_is_not_published() {
    let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], SECRET.as_bytes()].concat();
    let avif = [&b"\0\0\0\x18ftypavif\0\0\0\0mif1avifExif"[..], SECRET.as_bytes()].concat();
    let raw = [&b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom"[..], SECRET.as_bytes()].concat();
    let olympus = [&b"IIRO\x08\0\0\0"[..], SECRET.as_bytes()].concat();
    let xl = [&b"\0\0\0\x0cJXL \r\n\x87\n"[..], SECRET.as_bytes()].concat();
    for bytes in [heic, avif, raw, olympus, xl, tiff(true, 1), tiff(false, 1)] {
        let site = Site::with("-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n");
        site.write("static/anh.jpg", &bytes);
        let built = site.build();
        assert!(built.has_code("T1003"), "{:?}", built.problems());
        assert!(!site.has("anh.jpg"));
    }
    let plain = b"\0\0\0\x18ftypavif\0\0\0\0mif1avif no more";
    assert_eq!(publishable(plain).expect("nothing hidden"), &plain[..]);
    assert_eq!(publishable(b"%PDF-1.7").expect("no picture"), &b"%PDF-1.7"[..]);
}

#[test]
fn damage_is_followed_as_far_as_it_goes() {
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for (_, bytes) in samples() {
        for cut in 0..bytes.len() {
            // Never panics, never grows by more than an end and a turn.
            if let Ok(clean) = publishable(&bytes[..cut]) {
                assert!(clean.len() <= cut + 40);
            }
        }
        for _ in 0..40 {
            let mut bytes = bytes.clone();
            for _ in 0..1 + next(6) {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            let _ = (publishable(&bytes), orientation(&bytes));
        }
    }
}
