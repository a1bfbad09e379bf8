//! JPEG (ITU T.81): segments up to the first end of image.

use super::exif;
use super::take;

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const EXIF: &[u8] = b"Exif\0\0";

/// One piece of a file.
struct Segment<'a> {
    marker: u8,
    /// What follows the length; empty where there is none.
    payload: &'a [u8],
    /// Coded pixels that follow a scan's header.
    coded: &'a [u8],
}

/// The picture with its tables, pixels, colour profile and orientation.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xff, START]);
    let mut turned = false;
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(segment) = next(&mut rest) {
        match (segment.marker, segment.payload) {
            // What lies behind the end: further pictures and a phone's notes.
            (END, _) => break,
            // The thumbnail may show what was cut away.
            (APP0, [b'J', b'F', b'I', b'F', 0, how @ ..]) => {
                if let Some(how) = how.get(..7) {
                    put(&mut out, APP0, &[b"JFIF\0", how, &[0, 0]]);
                }
            }
            (APP1, payload) => {
                let way = payload.strip_prefix(EXIF).and_then(exif::orientation);
                if let Some(way) = way.filter(|way| *way != 1 && !turned) {
                    turned = true;
                    put(&mut out, APP1, &[EXIF, &exif::block(way)]);
                }
            }
            // Longer ones have something behind that nobody needs.
            (APP14, [b'A', b'd', b'o', b'b', b'e', how @ ..]) => {
                if let Some(how) = how.get(..7) {
                    put(&mut out, APP14, &[b"Adobe", how]);
                }
            }
            (marker, payload) if is_needed(marker, payload) => {
                put(&mut out, marker, &[payload]);
                out.extend(segment.coded);
            }
            _ => {}
        }
    }
    out.extend([0xff, END]);
    out
}

/// Tables, frames and scans, and the colour profile.
fn is_needed(marker: u8, payload: &[u8]) -> bool {
    match marker {
        0xc0..=0xcf | SCAN..=0xdf => true,
        APP2 => payload.starts_with(b"ICC_PROFILE\0"),
        _ => false,
    }
}

/// What the first Exif segment says.
pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(exif(bytes)?)
}

/// The TIFF block of the first Exif segment.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(2..)?;
    while let Some(segment) = next(&mut rest) {
        match segment.marker {
            SCAN | END => return None,
            APP1 => {
                if let Some(tiff) = segment.payload.strip_prefix(EXIF) {
                    return Some(tiff);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether the end of the image is there.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some(segment) = next(&mut rest) {
        if segment.marker == END {
            return true;
        }
    }
    false
}

/// The next segment; `None` at the end or where nothing can be made of it.
fn next<'a>(rest: &mut &'a [u8]) -> Option<Segment<'a>> {
    let [0xff] = take(rest, 1)? else { return None };
    let mut marker = 0xff;
    while marker == 0xff {
        let [byte] = take(rest, 1)? else { return None };
        marker = *byte;
    }
    if matches!(marker, 0x01 | 0xd0..=END) {
        return Some(Segment { marker, payload: &[], coded: &[] });
    }
    let length: [u8; 2] = take(rest, 2)?.try_into().ok()?;
    let length = usize::from(u16::from_be_bytes(length)).checked_sub(2)?;
    let payload = take(rest, length)?;
    let coded = if marker == SCAN { coded(rest) } else { 0 };
    let coded = take(rest, coded)?;
    Some(Segment { marker, payload, coded })
}

/// How many bytes the coded pixels take: up to a marker that is neither a
/// stuffed zero nor a restart.
fn coded(rest: &[u8]) -> usize {
    let ends = |at: &usize| !matches!(rest.get(at + 1), Some(0x00 | 0xd0..=0xd7 | 0xff));
    memchr::memchr_iter(0xff, rest).find(ends).unwrap_or(rest.len())
}

fn put(out: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum::<usize>() + 2;
    out.extend([0xff, marker]);
    out.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
    parts.iter().for_each(|part| out.extend(*part));
}
