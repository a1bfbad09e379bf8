//! The colour that a photo has on average, shown in its place until it is there.
//!
//! Coarse on purpose: sixteen steps of red, green and blue are 48 classes of a
//! style sheet, whatever the site shows, and nobody sees the difference under a
//! photo. Depends on the picture's bytes alone.

use super::pixels::Raw;
use crate::base::hash::{Key, KeyBuilder};

/// Changes when another colour comes out of the same picture.
const MAKER: &str = "tint 1";
/// Pixels that are looked at in every row and column.
const GRID: u32 = 64;
/// How much light each step gives, in ten-thousandths (sRGB, IEC 61966-2-1).
const LIGHT: [u32; 16] =
    [0, 56, 160, 331, 578, 908, 1329, 1845, 2462, 3185, 4020, 4969, 6038, 7230, 8550, 10_000];
/// White letters are easier to read than black ones on what gives less light.
const DIM: u32 = 1790;

/// A colour in sixteen steps of red, green and blue each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tint(pub [u8; 3]);

impl Tint {
    /// Of a picture as people see it; colours are mixed as a screen shows them.
    pub(super) fn of(raw: &Raw) -> Tint {
        let sample = raw.sampled(GRID);
        let mut sums = [0_u32; 3];
        for pixel in sample.data.chunks_exact(3) {
            sums.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += u32::from(*part));
        }
        // From 0 to 255 in steps of 17, to the nearest.
        let whole = 17 * (sample.width * sample.height).max(1);
        Tint(sums.map(|sum| u8::try_from((sum + whole / 2) / whole).unwrap_or(15).min(15)))
    }

    /// Where it is kept for a picture with this content.
    pub fn key(content: Key) -> Key {
        KeyBuilder::new(MAKER).put_key(content).finish()
    }

    /// Reads what was kept.
    pub fn from_bytes(bytes: &[u8]) -> Option<Tint> {
        let steps: [u8; 3] = bytes.try_into().ok()?;
        steps.iter().all(|step| *step < 16).then_some(Tint(steps))
    }

    /// Whether letters on it had better be white: an alternative text shows
    /// there when a photo does not come.
    pub fn is_dark(self) -> bool {
        let [red, green, blue] =
            self.0.map(|step| LIGHT.get(usize::from(step)).copied().unwrap_or_default());
        (red * 2126 + green * 7152 + blue * 722) / 10_000 < DIM
    }
}
