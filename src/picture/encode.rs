//! Pixels to the bytes that are published. Writes no metadata of any kind.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::Bad;
use super::pixels::Pixels;
use super::recipe::Codec;

const JPEG_QUALITY: u8 = 80;
const WEBP_QUALITY: f32 = 75.0;

/// A picture in a format.
pub fn encode(pixels: &Pixels, codec: Codec) -> Result<Vec<u8>, Bad> {
    match codec {
        Codec::Webp => webp(pixels),
        Codec::Jpeg => jpeg(&pixels.opaque()),
        Codec::Png => png(pixels),
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

fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Bad> {
    let side = |side: u32| u16::try_from(side).map_err(|_| Bad::Broken);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    encoder.encode(&pixels.data, width, height, ColorType::Rgb).map_err(|_| Bad::Broken)?;
    Ok(bytes)
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
