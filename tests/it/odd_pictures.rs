//! Pictures as they come from phones, printers and broken cables.

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use tintot::picture::{Bad, Codec, Form, Recipe, form, make};

use crate::site::{Built, Site, snapshot};

const SECTION: &str = "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n";

fn encoded(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).expect("an image to encode");
    bytes.into_inner()
}

/// Grain, which no format takes for a drawing.
fn grain(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 8) as u8, (state >> 16) as u8, (state >> 24) as u8])
    })
}

/// A build of a site whose one entry shows a file.
fn built(name: &str, bytes: &[u8]) -> (Site, Built) {
    let site = Site::with(SECTION);
    site.write(&format!("content/tin/anh/{name}"), bytes);
    let text = format!("---\ntitle: Ảnh\ndate: 2026-01-01\n---\n![Một]({name})\n");
    site.write("content/tin/anh/index.md", text.as_bytes());
    let built = site.build();
    (site, built)
}

/// With a profile in several pieces, as large ones have to be.
fn profiled(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = profile.chunks(200).collect();
    let mut out = jpeg[..2].to_vec();
    for (number, piece) in (1_u8..).zip(&pieces) {
        let length = (piece.len() as u16 + 16).to_be_bytes();
        let place = [number, pieces.len() as u8];
        out.extend([&[0xff, 0xe2][..], &length, b"ICC_PROFILE\0", &place, piece].concat());
    }
    out.extend(&jpeg[2..]);
    out
}

/// A chunk of a PNG; nobody looks at the sum of what is passed over.
fn chunk(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    [&(payload.len() as u32).to_be_bytes()[..], name, payload, &[0; 4]].concat()
}

#[test]
fn colours_of_an_iphone_are_those_of_a_screen() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    // Converted by the matrices of the two standards.
    for (p3, srgb) in [
        ([180, 60, 60], [196, 47, 54]),
        ([60, 160, 60], [0, 163, 40]),
        ([60, 60, 180], [60, 60, 187]),
        ([128, 128, 128], [128, 128, 128]),
    ] {
        let jpeg = encoded(RgbImage::from_pixel(64, 64, Rgb(p3)), ImageFormat::Jpeg);
        let recipe = Recipe { codec: Codec::Png, width: 32, height: 32, crop: None };
        let made = make(&profiled(&jpeg, &profile), &[recipe], 1 << 20).expect("made");
        let image = image::load_from_memory(&made.versions[0]).expect("decodes").to_rgb8();
        let pixel = image.get_pixel(16, 16).0;
        let near = pixel.iter().zip(srgb).all(|(is, should)| is.abs_diff(should) <= 6);
        assert!(near, "{p3:?}: {pixel:?} and not {srgb:?}");
        assert!(!made.versions[0].windows(4).any(|part| part == b"iCCP"), "no profile is left");
        let tint = srgb.map(|part: u8| (u32::from(part) + 8) / 17);
        let own = made.tint.0.map(u32::from);
        assert!(own.iter().zip(tint).all(|(is, should)| is.abs_diff(should) <= 1), "{own:?}");
    }
    // A profile that is none does no harm.
    let jpeg = encoded(grain(64, 64), ImageFormat::Jpeg);
    let recipe = Recipe { codec: Codec::Png, width: 32, height: 32, crop: None };
    assert!(make(&profiled(&jpeg, b"no profile at all"), &[recipe], 1 << 20).is_ok());
}

#[test]
fn a_moving_png_moves_whatever_programs_wrote_before() {
    let still = encoded(grain(200, 160), ImageFormat::Png);
    let notes = chunk(b"iTXt", &[b'x'; 70_000]);
    let moves = chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    let with = |chunks: &[&[u8]]| [&still[..33], &chunks.concat(), &still[33..]].concat();
    assert_eq!(form(&with(&[&notes]), (200, 160)), Form::Photo);
    assert_eq!(form(&with(&[&notes, &moves]), (200, 160)), Form::AsIs);
    assert_eq!(form(&with(&[&notes, &chunk(b"tRNS", &[0; 6])]), (200, 160)), Form::Clear);
    // A text is no announcement.
    assert_eq!(form(&with(&[&chunk(b"tEXt", b"acTL")]), (200, 160)), Form::Photo);
}

#[test]
fn a_wrong_ending_changes_nothing() {
    for (name, format) in [("a.png", ImageFormat::Jpeg), ("a.jpg", ImageFormat::Png)] {
        let bytes = encoded(grain(600, 400), format);
        let (site, built) = built(name, &bytes);
        built.clean().ok();
        let page = site.page("tin/anh/index.html");
        assert!(page.contains("<picture>") && page.contains("width=\"600\" height=\"400\""));
        assert!(!site.has(&format!("tin/anh/{name}")));
        let all = snapshot(&site.out());
        let made = all.iter().filter(|(path, _)| path.starts_with("assets/anh/"));
        for (path, bytes) in made {
            let kind = image::guess_format(bytes).expect("a picture");
            assert_eq!(kind.extensions_str()[0], path.rsplit('.').next().expect("an ending"));
        }
    }
}

#[test]
fn what_has_no_size_is_named() {
    // Heights and widths of nothing where each format says them.
    let mut flat = encoded(grain(32, 32), ImageFormat::Jpeg);
    let frame = flat.windows(2).position(|two| two == [0xff, 0xc0]).expect("a frame");
    flat[frame + 5..frame + 7].fill(0);
    let mut thin = encoded(grain(32, 32), ImageFormat::Png);
    thin[16..20].fill(0);
    let mut none = encoded(grain(32, 32), ImageFormat::Gif);
    none[6..10].fill(0);
    let files = [("a.jpg", flat), ("a.png", thin), ("a.gif", none), ("b.jpg", Vec::new())];
    for (name, bytes) in files {
        let recipe = Recipe { codec: Codec::Jpeg, width: 8, height: 8, crop: None };
        assert!(make(&bytes, &[recipe], 1 << 20).is_err(), "{name}");
        let (_, built) = built(name, &bytes);
        let said = built.diagnostics.iter().filter_map(|diag| diag.file());
        let path = format!("content/tin/anh/{name}");
        assert!(said.into_iter().any(|file| **file == path), "{name}: {:?}", built.problems());
    }
}

#[test]
fn a_bomb_is_seen_before_it_is_opened() {
    // A few hundred bytes that say 60,000 by 60,000 pixels.
    let mut bomb = encoded(RgbImage::new(16, 16), ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let began = std::time::Instant::now();
    let recipe = Recipe { codec: Codec::Jpeg, width: 8, height: 8, crop: None };
    let made = make(&bomb, &[recipe], 64_000_000);
    let refused = matches!(made, Err(Bad::Large { width: 60_000, .. } | Bad::Broken));
    assert!(refused && began.elapsed().as_secs() < 5, "{made:?}");
}

#[test]
fn a_tall_photo_fits_its_pages() {
    let (site, built) = built("a.jpg", &encoded(grain(1, 20_000), ImageFormat::Jpeg));
    built.ok();
    assert!(site.page("tin/anh/index.html").contains("width=\"1\" height=\"20000\""));
    let (site, built) = self::built("b.jpg", &encoded(grain(700, 9_000), ImageFormat::Jpeg));
    built.ok();
    let all = snapshot(&site.out());
    let made = all.iter().filter(|(path, _)| path.ends_with("-560.webp"));
    let sizes =
        made.map(|(_, bytes)| image::load_from_memory(bytes).expect("decodes").dimensions());
    assert_eq!(sizes.collect::<Vec<_>>(), [(560, 7200)]);
}

#[test]
fn heic_tells_how_to_save_it_as_jpeg() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and the rest";
    for name in ["a.heic", "IMG_0001.HEIC", "a.jpg"] {
        let (site, built) = built(name, heic);
        let diag = built.diagnostics.iter().find(|diag| diag.rule.code == "T1003");
        let diag = diag.unwrap_or_else(|| panic!("{name}: {:?}", built.problems()));
        assert!(diag.message.vi.contains("HEIC") && diag.message.en.contains(name));
        let help = diag.help.as_ref().expect("what to do");
        assert!(help.vi.contains("JPEG") && help.en.contains("Most Compatible"));
        assert!(!site.has("index.html"), "nothing is published");
    }
}
