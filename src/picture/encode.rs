//! Pixels to the bytes that are published. Writes no metadata of any kind.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use mozjpeg_rs::{Encoder, Preset, QuantTableIdx, Subsampling, TrellisConfig};

use super::Bad;
use super::pixels::Pixels;
use super::recipe::Codec;

const JPEG_QUALITY: u8 = 80;
const WEBP_QUALITY: f32 = 75.0;
/// As good to the eye as the WebP beside it.
#[cfg(feature = "avif")]
const AVIF_QUALITY: f32 = 62.0;
/// From 1 to 10: slower ones save a few hundredths of the bytes.
#[cfg(feature = "avif")]
const AVIF_SPEED: u8 = 8;

/// A picture in a format.
pub fn encode(pixels: &Pixels, codec: Codec) -> Result<Vec<u8>, Bad> {
    match codec {
        Codec::Webp => webp(pixels),
        Codec::Jpeg => jpeg(&pixels.opaque()),
        Codec::Png => png(pixels),
        Codec::Avif => avif(pixels),
    }
}

fn webp(pixels: &Pixels) -> Result<Vec<u8>, Bad> {
    let Pixels { width, height, alpha, data } = pixels;
    let encoder = match alpha {
        true => webp::Encoder::from_rgba(data, *width, *height),
        false => webp::Encoder::from_rgb(data, *width, *height),
    };
    let mut config = webp::WebPConfig::new().map_err(|()| Bad::Broken)?;
    config.quality = WEBP_QUALITY;
    let bytes = encoder.encode_advanced(&config).map_err(|_| Bad::Broken)?;
    Ok(bytes.to_vec())
}

#[cfg(feature = "avif")]
fn avif(pixels: &Pixels) -> Result<Vec<u8>, Bad> {
    use ravif::{BitDepth, Encoder, Img, RGB8, RGBA8};
    let encoder = Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_bit_depth(BitDepth::Eight)
        // Pictures are made beside each other already.
        .with_num_threads(Some(1));
    let Pixels { width, height, alpha, data } = pixels;
    let (width, height) = (*width as usize, *height as usize);
    let encoded = if *alpha {
        let all = data.chunks_exact(4).map(|p| RGBA8::new(p[0], p[1], p[2], p[3]));
        encoder.encode_rgba(Img::new(&all.collect::<Vec<_>>()[..], width, height))
    } else {
        let all = data.chunks_exact(3).map(|p| RGB8::new(p[0], p[1], p[2]));
        encoder.encode_rgb(Img::new(&all.collect::<Vec<_>>()[..], width, height))
    };
    encoded.map(|encoded| encoded.avif_file).map_err(|_| Bad::Broken)
}

/// Nobody asks for it: see [`super::HAS_AVIF`].
#[cfg(not(feature = "avif"))]
fn avif(_: &Pixels) -> Result<Vec<u8>, Bad> {
    Err(Bad::Broken)
}

/// Arriving by and by, each step of the light more exact than the one before,
/// which saves a tenth against steps of detail alone. Rounded as everybody
/// rounds: weighing each number against its cost saves two hundredths more at
/// the same likeness and takes twice as long.
fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Bad> {
    // The encoder would cut longer sides off without a word.
    if pixels.width.max(pixels.height) > u32::from(u16::MAX) {
        return Err(Bad::Broken);
    }
    let encoder = Encoder::new(Preset::ProgressiveBalanced)
        .quality(JPEG_QUALITY)
        .quant_tables(QuantTableIdx::JpegAnnexK)
        .subsampling(Subsampling::S420)
        .trellis(TrellisConfig::disabled())
        .overshoot_deringing(false);
    encoder.encode_rgb(&pixels.data, pixels.width, pixels.height).map_err(|_| Bad::Broken)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Bad> {
    let colour = if pixels.alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    let written = encoder.write_image(&pixels.data, pixels.width, pixels.height, colour);
    written.map_err(|_| Bad::Broken)?;
    Ok(bytes)
}
