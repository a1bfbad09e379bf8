//! The one thing of Exif that a picture needs: which way is up.
//!
//! Takes a TIFF block; gives its orientation. Never follows a pointer beyond
//! the first list, never trusts a length.

/// Tag 274 of TIFF 6.0.
const ORIENTATION: u16 = 274;
const SHORT: u16 = 3;

/// The orientation of a TIFF block, 1 to 8, in either order of bytes.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let two: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let list = if little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) };
    let list = usize::try_from(list).ok()?;
    let entries = usize::from(short(list)?);
    let starts = (0..entries).map_while(|entry| list.checked_add(2 + entry * 12));
    for start in starts {
        if short(start)? == ORIENTATION && short(start + 2)? == SHORT {
            return u8::try_from(short(start + 8)?).ok().filter(|way| (1..=8).contains(way));
        }
    }
    None
}

/// A TIFF block that says the orientation and nothing else.
pub(super) fn block(orientation: u8) -> [u8; 26] {
    let mut block = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    block[19] = orientation;
    block
}
