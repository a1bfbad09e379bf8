//! PNG (third edition, APNG with it): chunks up to the end of the image.

use super::take;

const SIGNATURE: usize = 8;

/// Chunks that pixels, colours, sizes and movement are made of.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without texts, times, Exif and chunks of private makers.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let (head, mut rest) = bytes.split_at(SIGNATURE.min(bytes.len()));
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(head);
    while let Some((name, whole)) = next(&mut rest) {
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

/// The name of the next chunk and all its bytes.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    let whole = take(rest, length.checked_add(12)?)?;
    Some((whole.get(4..8)?, whole))
}
