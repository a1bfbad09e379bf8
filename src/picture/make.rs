//! All versions of one picture, decoded once.
//!
//! Takes a file's bytes and recipes; gives the bytes of each version, in their
//! order, and the picture's colour. A decoder that panics on a crafted file is caught here. Never keeps
//! anything between calls.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::encode::encode;
use super::pixels::{Pixels, Raw, decode};
use super::recipe::Recipe;
use super::tint::Tint;

/// Why nothing can be made of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// More pixels than may be decoded.
    Large { width: u32, height: u32 },
    /// The end of the file is missing.
    Cut,
    /// Not what it claims to be, or a decoder failed.
    Broken,
}

/// What comes of decoding a picture once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The bytes of each version, in the order of the recipes.
    pub versions: Vec<Vec<u8>>,
    pub tint: Tint,
}

/// Makes versions of a picture. `limit`: most pixels that are decoded. The bytes
/// of a version depend on the picture and its own recipe, never on which others
/// are made beside it.
pub fn make(bytes: &[u8], recipes: &[Recipe], limit: u64) -> Result<Made, Bad> {
    let make = || {
        let raw = decode(bytes, limit)?;
        let (width, height) = base_size(raw.size());
        let small = |recipe: &Recipe| recipe.width <= width && recipe.height <= height;
        // Most versions are made from one, so that the original's pixels are
        // gone through once.
        let base = match recipes.iter().any(small) {
            true => Some(raw.upright(width, height)?),
            false => None,
        };
        let version = |recipe: &Recipe| {
            let pixels = match base.as_ref().filter(|_| small(recipe)) {
                Some(base) => base.resized(recipe.width, recipe.height, recipe.crop)?,
                None => large(&raw, recipe)?,
            };
            encode(&pixels, recipe.codec)
        };
        let versions = recipes.iter().map(version).collect::<Result<_, _>>()?;
        Ok(Made { versions, tint: Tint::of(&raw) })
    };
    catch_unwind(AssertUnwindSafe(make)).unwrap_or(Err(Bad::Broken))
}

/// Whether versions could be made: decodes and encodes nothing.
pub fn try_decode(bytes: &[u8], limit: u64) -> Result<(), Bad> {
    let found = catch_unwind(AssertUnwindSafe(|| decode(bytes, limit).map(drop)));
    found.unwrap_or(Err(Bad::Broken))
}

/// Width of what versions up to that width are made from.
const BASE: u32 = 1600;

/// The whole picture, no wider than [`BASE`].
fn base_size((width, height): (u32, u32)) -> (u32, u32) {
    if width <= BASE {
        return (width, height);
    }
    (BASE, scaled_height((width, height), BASE))
}

/// Height of a picture that is scaled to a width: the nearest pixel, one at
/// least.
pub fn scaled_height((width, height): (u32, u32), to: u32) -> u32 {
    let (width, height) = (u64::from(width).max(1), u64::from(height));
    let tall = (height * u64::from(to) * 2 + width) / (width * 2);
    u32::try_from(tall).unwrap_or(u32::MAX).max(1)
}

/// A version for which the base is too small, from the original.
fn large(raw: &Raw, recipe: &Recipe) -> Result<Pixels, Bad> {
    if recipe.crop.is_none() {
        return raw.upright(recipe.width, recipe.height);
    }
    let (width, height) = raw.size();
    let across = f64::from(recipe.width) / f64::from(width);
    let down = f64::from(recipe.height) / f64::from(height);
    let share = across.max(down).min(1.0);
    let scaled = |side: u32| ((f64::from(side) * share).ceil() as u32).clamp(1, side);
    raw.upright(scaled(width), scaled(height))?.resized(recipe.width, recipe.height, recipe.crop)
}
