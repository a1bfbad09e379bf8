//! Pictures as they may be published: without what a camera, a phone or an
//! editor's program wrote beside the pixels, and in the sizes that pages show.
//!
//! [`make()`] decodes, turns upright, converts to sRGB, scales and encodes.
//! [`publishable`] is for what is published as it is.
//! Takes the bytes of any file; gives the bytes to publish. The container is
//! rewritten and the pixels are not touched, so nothing is lost but what nobody
//! is meant to read: places, times, owners, thumbnails of what was cropped.
//! Only parts that are known to be needed for showing are kept, and a damaged
//! file is kept as far as it can be followed. Never touches a file that is no
//! picture, never reads or writes a disk.

mod encode;
mod exif;
mod facts;
mod gif;
mod inside;
mod jpeg;
mod make;
mod pixels;
mod png;
mod recipe;
pub mod svg;
mod tint;
mod webp;

use std::borrow::Cow;

pub use facts::{Form, form};
pub use make::{Bad, Made, make, scaled_height, try_decode};
pub use pixels::{Pixels, Raw, decode};
pub use recipe::{Codec, HAS_AVIF, LONGEST, Recipe};
pub use tint::Tint;

/// Changes when other bytes come out of the same picture.
pub const RECIPE: &str = "picture 3";

/// A picture that cannot be published: its kind, as people call it. No browser
/// that matters shows it, or its hidden data cannot be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsafe(pub &'static str);

/// How files of cameras' own formats begin that are not TIFF: of Olympus,
/// Panasonic and Fujifilm.
const RAW: [&[u8]; 5] = [b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW"];

/// The bytes of a file as they may be published. Content decides over the kind,
/// not the name; what is no picture comes back as it is.
pub fn publishable(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Unsafe> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(Cow::Owned(jpeg::clean(bytes))),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Cow::Owned(png::clean(bytes))),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Cow::Owned(gif::clean(bytes))),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Ok(Cow::Owned(webp::clean(bytes)))
        }
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Err(Unsafe("TIFF")),
        _ if RAW.iter().any(|mark| bytes.starts_with(mark)) => Err(Unsafe("RAW")),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Err(Unsafe("JPEG XL")),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Err(Unsafe("JPEG 2000")),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => boxes(bytes, brand),
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// Whether a picture says where it was taken, in Exif (TIFF 6.0, tag 34853) or
/// in XMP.
pub fn says_where(bytes: &[u8]) -> bool {
    let exif = match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg::exif(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp::exif(bytes),
        [0x89, b'P', b'N', b'G', ..] => png::exif(bytes),
        _ => return false,
    };
    exif.is_some_and(exif::has_place) || contains(bytes, b"GPSLatitude")
}

/// Which of the eight orientations of Exif (TIFF 6.0, tag 274) a picture asks
/// for: 1 is upright, from 5 on width and height change places.
pub fn orientation(bytes: &[u8]) -> u8 {
    let found = match bytes {
        [0xff, 0xd8, 0xff, ..] => jpeg::orientation(bytes),
        [b'R', b'I', b'F', b'F', ..] => webp::orientation(bytes),
        [0x89, b'P', b'N', b'G', ..] => png::orientation(bytes),
        _ => None,
    };
    found.unwrap_or(1)
}

/// The family of HEIC and AVIF, whose parts refer to each other by distance.
fn boxes<'a>(bytes: &'a [u8], brand: &[u8]) -> Result<Cow<'a, [u8]>, Unsafe> {
    let is = |names: &[&[u8; 4]]| names.iter().any(|name| brand.starts_with(*name));
    if is(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]) {
        return Err(Unsafe("HEIC"));
    }
    if is(&[b"crx "]) {
        return Err(Unsafe("RAW"));
    }
    let hidden = [&b"Exif"[..], b"rdf+xml"].iter().any(|mark| contains(bytes, mark));
    if is(&[b"avif", b"avis"]) && hidden {
        return Err(Unsafe("AVIF"));
    }
    Ok(Cow::Borrowed(bytes))
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}

/// The next `count` bytes; moves on. `None` at the end of a damaged file.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}
