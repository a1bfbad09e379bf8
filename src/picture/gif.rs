//! GIF 87a and 89a: blocks up to the trailer.

use super::take;

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
const CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// Applications whose blocks say how a picture moves or what its colours mean.
const KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// The picture without comments, texts and what other programs left.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    // A block is added when it is whole.
    if let Some(head) = head(&mut rest) {
        out.extend(head);
        while let Some((block, kept)) = next(&mut rest) {
            if kept {
                out.extend(block);
            }
        }
    }
    out.push(TRAILER);
    out
}

/// Screen and global colours.
fn head<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let colours = table(*rest.get(10)?);
    take(rest, 13 + colours)
}

/// Bytes of the colours that a packed field announces.
fn table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// The next block and whether it is needed; `None` at the trailer.
fn next<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], bool)> {
    let (length, kept) = match *rest.first()? {
        IMAGE => {
            // Ten bytes, local colours, the size of the first code.
            let head = 11 + table(*rest.get(9)?);
            (head + parts(rest.get(head..)?)?, true)
        }
        EXTENSION => {
            let label = *rest.get(1)?;
            let name = rest.get(3..14).unwrap_or_default();
            let app = label == APPLICATION && KEPT.contains(&name);
            (2 + parts(rest.get(2..)?)?, label == CONTROL || app)
        }
        _ => return None,
    };
    Some((take(rest, length)?, kept))
}

/// Bytes of a run of parts, each led by its length, the last being empty.
fn parts(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
