//! Bytes to pixels as people see them: decoded, upright, in sRGB, of any size.
//!
//! Takes a picture of any size up to a limit; gives 8 bits per channel. The
//! declared size is looked at before anything is decoded. Never reads a disk.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, ImageReader};
use moxcms::{ColorProfile, Layout, TransformOptions};

use super::Bad;
use super::facts::is_whole;

/// Rows of pixels, three or four bytes each, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Whether each pixel has a fourth byte: how much of it is to be seen.
    pub alpha: bool,
    pub data: Vec<u8>,
}

/// A picture as it lies in its file: neither turned nor with the colours of a
/// screen.
pub struct Raw {
    pub pixels: Pixels,
    /// How to turn it: 1 to 8, as Exif counts.
    pub way: u8,
    profile: Option<Vec<u8>>,
}

/// Decodes the first picture of a file. `limit`: most pixels that are decoded.
pub fn decode(bytes: &[u8], limit: u64) -> Result<Raw, Bad> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut decoder =
        reader.ok().and_then(|reader| reader.into_decoder().ok()).ok_or(Bad::Broken)?;
    let (width, height) = decoder.dimensions();
    let count = u64::from(width) * u64::from(height);
    if count > limit {
        return Err(Bad::Large { width, height });
    }
    if count == 0 {
        return Err(Bad::Broken);
    }
    if !is_whole(bytes) {
        return Err(Bad::Cut);
    }
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Bad::Broken)?;
    let alpha = image.color().has_alpha();
    let data = if alpha { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
    let seen_through = |data: &[u8]| data.chunks_exact(4).any(|pixel| pixel[3] != 255);
    let mut pixels = Pixels { width, height, alpha, data };
    if alpha && !seen_through(&pixels.data) {
        pixels = pixels.opaque();
    }
    Ok(Raw { pixels, way: super::orientation(bytes), profile })
}

impl Raw {
    /// Scaled so that, once upright, it is `width` by `height`; then upright
    /// and in sRGB. Scaling first leaves little to turn and to convert.
    pub fn upright(&self, width: u32, height: u32) -> Result<Pixels, Bad> {
        let (across, down) = if self.way > 4 { (height, width) } else { (width, height) };
        let scaled = self.pixels.resized(across, down, None)?;
        let mut turned = turned(scaled, self.way);
        if let Some(profile) = &self.profile {
            to_srgb(&mut turned, profile);
        }
        Ok(turned)
    }

    /// Few of its pixels, evenly spread, on white and in sRGB but not turned:
    /// at most `most` in each row and column.
    pub fn sampled(&self, most: u32) -> Pixels {
        let Pixels { width, height, alpha, data } = &self.pixels;
        let (across, down) = ((*width).min(most), (*height).min(most));
        let depth = self.pixels.depth();
        let mut sampled = Vec::with_capacity((across * down) as usize * depth);
        // The middle of each of so many parts of a side.
        let middle = |n: u32, parts: u32, side: u32| {
            (u64::from(n) * 2 + 1) * u64::from(side) / (u64::from(parts) * 2)
        };
        for row in 0..down {
            for column in 0..across {
                let pixel =
                    middle(row, down, *height) * u64::from(*width) + middle(column, across, *width);
                let at = usize::try_from(pixel).unwrap_or_default() * depth;
                sampled.extend_from_slice(data.get(at..at + depth).unwrap_or_default());
            }
        }
        let sampled = Pixels { width: across, height: down, alpha: *alpha, data: sampled };
        let mut sampled = sampled.opaque();
        if let Some(profile) = &self.profile {
            to_srgb(&mut sampled, profile);
        }
        sampled
    }

    /// Width and height once upright.
    pub fn size(&self) -> (u32, u32) {
        let Pixels { width, height, .. } = self.pixels;
        if self.way > 4 { (height, width) } else { (width, height) }
    }
}

impl Pixels {
    fn depth(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }

    /// Scaled; with `crop` the sides are cut off to fit, as near around that
    /// point (in thousandths) as the picture has room.
    pub fn resized(
        &self,
        width: u32,
        height: u32,
        crop: Option<(u16, u16)>,
    ) -> Result<Pixels, Bad> {
        if (width, height) == (self.width, self.height) {
            return Ok(self.clone());
        }
        let mut options =
            ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        if let Some((x, y)) = crop {
            let at = |part: u16| f64::from(part.min(1000)) / 1000.0;
            options = options.fit_into_destination(Some((at(x), at(y))));
        }
        let data = match self.alpha {
            true => self.scaled::<U8x4>((width, height), &options)?,
            false => self.scaled::<U8x3>((width, height), &options)?,
        };
        Ok(Pixels { width, height, alpha: self.alpha, data })
    }

    /// By the kind of pixel: a call that finds it out compiles the code of all
    /// fifteen kinds, which was a quarter of the program's own.
    fn scaled<P: PixelTrait>(
        &self,
        (width, height): (u32, u32),
        options: &ResizeOptions,
    ) -> Result<Vec<u8>, Bad> {
        let from = TypedImageRef::<P>::from_buffer(self.width, self.height, &self.data)
            .map_err(|_| Bad::Broken)?;
        let mut data = vec![0; width as usize * height as usize * self.depth()];
        let mut to =
            TypedImage::<P>::from_buffer(width, height, &mut data).map_err(|_| Bad::Broken)?;
        Resizer::new().resize_typed(&from, &mut to, options).map_err(|_| Bad::Broken)?;
        Ok(data)
    }

    /// On white, for formats that cannot be seen through.
    pub fn opaque(&self) -> Pixels {
        if !self.alpha {
            return self.clone();
        }
        let over = |colour: u8, alpha: u8| -> u8 {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(255)
        };
        let mut data = Vec::with_capacity(self.data.len() / 4 * 3);
        for pixel in self.data.chunks_exact(4) {
            data.extend([
                over(pixel[0], pixel[3]),
                over(pixel[1], pixel[3]),
                over(pixel[2], pixel[3]),
            ]);
        }
        Pixels { alpha: false, data, ..*self }
    }
}

/// Turned and mirrored as Exif says (TIFF 6.0, tag 274).
fn turned(pixels: Pixels, way: u8) -> Pixels {
    if !(2..=8).contains(&way) {
        return pixels;
    }
    let depth = pixels.depth();
    let (w, h) = (pixels.width as usize, pixels.height as usize);
    let (width, height) = if way > 4 { (h, w) } else { (w, h) };
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..height {
        for x in 0..width {
            let (column, row) = match way {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                _ => (w - 1 - y, x),
            };
            let at = (row * w + column) * depth;
            data.extend_from_slice(pixels.data.get(at..at + depth).unwrap_or_default());
        }
    }
    let (width, height) =
        if way > 4 { (pixels.height, pixels.width) } else { (pixels.width, pixels.height) };
    Pixels { width, height, alpha: pixels.alpha, data }
}

/// Colours of a camera's profile as every screen understands them. A profile
/// that makes no sense (or is for ink) is left alone.
fn to_srgb(pixels: &mut Pixels, profile: &[u8]) {
    let layout = if pixels.alpha { Layout::Rgba } else { Layout::Rgb };
    let from = ColorProfile::new_from_slice(profile);
    let Ok(from) = from.map_err(drop) else { return };
    let to = ColorProfile::new_srgb();
    let Ok(transform) =
        from.create_transform_8bit(layout, &to, layout, TransformOptions::default())
    else {
        return;
    };
    let mut data = vec![0; pixels.data.len()];
    if transform.transform(&pixels.data, &mut data).is_ok() {
        pixels.data = data;
    }
}
