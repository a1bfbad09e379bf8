//! PNG (third edition, APNG with it): chunks up to the end of the image.

use super::{exif, take};

const SIGNATURE: usize = 8;

/// Chunks that pixels, colours, sizes and movement are made of.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without texts, times and chunks of private makers; of Exif the
/// orientation stays, which browsers follow.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let (head, mut rest) = bytes.split_at(SIGNATURE.min(bytes.len()));
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(head);
    let mut turned = orientation(bytes).filter(|way| *way != 1);
    while let Some((name, whole)) = next(&mut rest) {
        // Behind the pixels it would come too late.
        if let Some(way) = turned.take_if(|_| name == b"IDAT") {
            put(&mut out, b"eXIf", &exif::block(way));
        }
        if KEPT.iter().any(|kept| **kept == *name) {
            out.extend(whole);
        }
        if name == b"IEND" {
            break;
        }
    }
    out
}

/// The TIFF block of the first Exif chunk.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(SIGNATURE..)?;
    while let Some((name, whole)) = next(&mut rest) {
        if name == b"eXIf" {
            return whole.get(8..whole.len().checked_sub(4)?);
        }
    }
    None
}

/// What the first Exif chunk says.
pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(exif(bytes)?)
}

/// Whether there is such a chunk before the pixels, however long the texts are
/// that programs put in front of it.
pub(super) fn announces(bytes: &[u8], chunk: &[u8; 4]) -> bool {
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    while let Some((name, _)) = next(&mut rest) {
        if name == chunk {
            return true;
        }
        if name == b"IDAT" {
            return false;
        }
    }
    false
}

/// The name of the next chunk and all its bytes.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let whole = take(rest, length.checked_add(12)?)?;
    Some((whole.get(4..8)?, whole))
}

fn put(out: &mut Vec<u8>, name: &[u8; 4], payload: &[u8]) {
    out.extend(u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(payload);
    let sum = sum(out.get(start..).unwrap_or_default());
    out.extend(sum.to_be_bytes());
}

/// The check sum of a chunk (PNG, annex D): bit by bit, for a few bytes.
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    let byte = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(u32::MAX, byte)
}
