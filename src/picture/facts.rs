//! What a picture's header tells: whether smaller versions may be made of it.
//!
//! Takes the bytes of any file; gives a [`Form`]. Never decodes pixels, never
//! goes by a file's name.

use super::{jpeg, png};

/// What is to become of a picture on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Published as it is: moving, few colours, drawn, or no picture at all.
    #[default]
    AsIs,
    /// A photo: WebP and JPEG of several sizes.
    Photo,
    /// A photo that one can see through: WebP and PNG of several sizes.
    Clear,
}

/// A drawing takes less than this many hundredths of a byte per pixel as PNG,
/// a photo several times as much.
const DRAWN: u64 = 50;
/// Up to this many pixels it is an icon, which nobody need make smaller.
const ICON: u64 = 128 * 128;

/// The form of a picture that is `width` by `height` pixels.
pub fn form(bytes: &[u8], (width, height): (u32, u32)) -> Form {
    let pixels = u64::from(width) * u64::from(height);
    match bytes {
        _ if pixels == 0 => Form::AsIs,
        [0xff, 0xd8, 0xff, ..] => Form::Photo,
        [0x89, b'P', b'N', b'G', ..] if pixels > ICON => of_png(bytes, pixels),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ => Form::AsIs,
    }
}

/// Whether a photo's last pixels are there: a file that was cut off shows grey.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    !matches!(bytes, [0xff, 0xd8, 0xff, ..]) || jpeg::is_whole(bytes)
}

fn of_png(bytes: &[u8], pixels: u64) -> Form {
    const PALETTE: u8 = 3;
    const ALPHA: u8 = 4;
    let Some(&colour) = bytes.get(25) else { return Form::AsIs };
    let has = |chunk: &[u8; 4]| png::announces(bytes, chunk);
    let drawn = bytes.len() as u64 * 100 < pixels * DRAWN;
    if colour == PALETTE || drawn || has(b"acTL") {
        Form::AsIs
    } else if colour & ALPHA != 0 || has(b"tRNS") {
        Form::Clear
    } else {
        Form::Photo
    }
}

/// Only what was made smaller with loss before and neither moves nor lets
/// anything through.
fn webp(bytes: &[u8]) -> Form {
    match bytes.get(12..16) {
        Some(b"VP8 ") => Form::Photo,
        Some(b"VP8X") => {
            let flags = bytes.get(20).copied().unwrap_or(0xff);
            let head = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
            let lossy = memchr::memmem::find(head, b"VP8 ").is_some();
            if flags & 0x12 == 0 && lossy { Form::Photo } else { Form::AsIs }
        }
        _ => Form::AsIs,
    }
}
