//! WebP: chunks of a RIFF container.

use super::exif;
use super::take;

const KEPT: [&[u8; 4]; 5] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ICCP"];
/// Bits of the first byte of `VP8X` that announce Exif and XMP.
const EXIF_BIT: u8 = 0x08;
const XMP_BIT: u8 = 0x04;

/// The picture with its pixels, movement, colour profile and orientation.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let turned = orientation(bytes).filter(|way| *way != 1);
    let mut body = Vec::with_capacity(bytes.len());
    let mut rest = inside(bytes);
    while let Some((name, payload)) = next(&mut rest) {
        if name == b"VP8X" {
            let mut flags = payload.to_vec();
            if let Some(first) = flags.first_mut() {
                *first &= !(EXIF_BIT | XMP_BIT);
                *first |= if turned.is_some() { EXIF_BIT } else { 0 };
            }
            put(&mut body, name, &flags);
        } else if name == b"ANMF" {
            put(&mut body, name, &frame(payload));
        } else if KEPT.iter().any(|kept| **kept == *name) {
            put(&mut body, name, payload);
        }
    }
    if let Some(way) = turned {
        put(&mut body, b"EXIF", &exif::block(way));
    }
    let mut out = Vec::with_capacity(body.len() + 12);
    out.extend(b"RIFF");
    out.extend(u32::try_from(body.len() + 4).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(b"WEBP");
    out.append(&mut body);
    out
}

/// One picture of a moving one: where and how long, then chunks of its own.
fn frame(payload: &[u8]) -> Vec<u8> {
    let (head, mut rest) = payload.split_at(payload.len().min(16));
    let mut out = head.to_vec();
    while let Some((name, payload)) = next(&mut rest) {
        if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
            put(&mut out, name, payload);
        }
    }
    out
}

/// What the first Exif chunk says.
pub(super) fn orientation(bytes: &[u8]) -> Option<u8> {
    exif::orientation(exif(bytes)?)
}

/// The TIFF block of the first Exif chunk.
pub(super) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = inside(bytes);
    while let Some((name, payload)) = next(&mut rest) {
        if name == b"EXIF" {
            return Some(payload.strip_prefix(b"Exif\0\0").unwrap_or(payload));
        }
    }
    None
}

/// The chunks: what lies behind the container's end is none of them.
fn inside(bytes: &[u8]) -> &[u8] {
    let length = bytes.get(4..8).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
    let end = length.saturating_add(8).min(bytes.len());
    bytes.get(12..end).unwrap_or_default()
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let name = take(rest, 4)?;
    let length: [u8; 4] = take(rest, 4)?.try_into().ok()?;
    let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
    let payload = take(rest, length)?;
    if length % 2 == 1 {
        take(rest, 1);
    }
    Some((name, payload))
}

fn put(out: &mut Vec<u8>, name: &[u8], payload: &[u8]) {
    out.extend(name);
    out.extend(u32::try_from(payload.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(payload);
    if payload.len() % 2 == 1 {
        out.push(0);
    }
}
