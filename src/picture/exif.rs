//! What Exif says of a picture that matters here: which way is up, and whether
//! it says where it was taken.
//!
//! Takes a TIFF block; gives its orientation. Never follows a pointer beyond
//! the first list, never trusts a length.

/// Tag 274 of TIFF 6.0.
const ORIENTATION: u16 = 274;
const SHORT: u16 = 3;

/// Tag 34853: where the list of the place begins.
const PLACE: u16 = 34853;

/// The orientation of a TIFF block, 1 to 8, in either order of bytes.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    let (_, way) = entry(tiff, ORIENTATION).filter(|(kind, _)| *kind == SHORT)?;
    u8::try_from(way).ok().filter(|way| (1..=8).contains(way))
}

/// Whether a TIFF block has a list for the place.
pub(super) fn has_place(tiff: &[u8]) -> bool {
    entry(tiff, PLACE).is_some()
}

/// Kind and first short value of an entry of the first list.
fn entry(tiff: &[u8], tag: u16) -> Option<(u16, u16)> {
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
    let mut starts = (0..entries).map_while(|entry| list.checked_add(2 + entry * 12));
    let start = starts.find(|start| short(*start) == Some(tag));
    let start = start?;
    Some((short(start.checked_add(2)?)?, short(start.checked_add(8)?)?))
}

/// A TIFF block that says the orientation and nothing else.
pub(super) fn block(orientation: u8) -> [u8; 26] {
    let mut block = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    block[19] = orientation;
    block
}
