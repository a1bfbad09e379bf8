//! How one version of a picture is made, and what it is called.
//!
//! A version is named by what it is made from and how, never by where its
//! source lies: a picture shown at ten places is made once.

use crate::base::hash::{Key, KeyBuilder};

/// Changes when other pixels come out of the same picture.
const SCALER: &str = "variant 2; fast_image_resize 6";
/// Whether this program can make AVIF.
pub const HAS_AVIF: bool = cfg!(feature = "avif");
/// Longest side that WebP can say.
pub const LONGEST: u32 = 16_383;

/// A format that pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// With loss, quality 75.
    Webp,
    /// Progressive, quality 80, 4:2:0.
    Jpeg,
    /// Without loss.
    Png,
    /// With loss, quality 62; only where a site asks for it.
    Avif,
}

impl Codec {
    /// The ending of a file's name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Codec::Webp => "webp",
            Codec::Jpeg => "jpg",
            Codec::Png => "png",
            Codec::Avif => "avif",
        }
    }

    /// Changes when other bytes come out of the same pixels. Each has its own,
    /// so that a new encoder leaves the versions of the others as they are.
    fn maker(self) -> &'static str {
        match self {
            Codec::Webp => "webp; libwebp 1.3.1; quality 75",
            Codec::Jpeg => "jpg; mozjpeg-rs 0.9; quality 80; progressive",
            Codec::Png => "png; png 0.18",
            Codec::Avif => "avif; ravif 0.13; quality 62; speed 8",
        }
    }
}

/// One version of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipe {
    pub codec: Codec,
    /// In pixels, upright.
    pub width: u32,
    pub height: u32,
    /// What must stay in sight when the sides are cut off to fit, in
    /// thousandths of width and height; `None`: nothing is cut off.
    pub crop: Option<(u16, u16)>,
}

impl Recipe {
    /// Of a picture with this content.
    pub fn key(&self, content: Key) -> Key {
        let mut key = KeyBuilder::new(SCALER);
        key.put_key(content).put_num(u64::from(self.width)).put_num(u64::from(self.height));
        if let Some((x, y)) = self.crop {
            key.put_num(u64::from(x)).put_num(u64::from(y));
        }
        key.put_str(self.codec.maker()).finish()
    }

    /// Below the output folder: `assets/anh/0123456789abcdef-960.webp`.
    pub fn path(&self, content: Key) -> String {
        let hex = self.key(content).hex();
        let name = hex.get(..16).unwrap_or(&hex);
        format!("assets/anh/{name}-{}.{}", self.width, self.codec.ending())
    }
}
