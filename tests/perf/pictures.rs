//! How long pictures take: `cargo bench --bench pictures`.
//!
//! Makes 24 photos of 12 megapixels (or takes the JPEG files of a folder given
//! as the first argument) and brings each to 480, 960 and 1600 pixels, as WebP
//! and as progressive JPEG. With a folder that has `node_modules/sharp` in
//! `TINTOT_SHARP` the same work is done by sharp on the same files, and the
//! ratio is printed. Run as a test it does so once, with one small photo.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes the files that it reads")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use rayon::prelude::*;
use tintot::picture::{Codec, Recipe, make, scaled_height};

const WIDTHS: [u32; 3] = [480, 960, 1600];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let bench = std::env::args().any(|arg| arg == "--bench");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let photos = match args.first() {
        Some(folder) => PathBuf::from(folder),
        None => {
            let (count, width, height) = if bench { (24, 4032, 3024) } else { (1, 400, 300) };
            let folder = dir.path().join("photos");
            std::fs::create_dir_all(&folder).expect("a folder");
            (0..count).into_par_iter().for_each(|seed| {
                let bytes = photo(seed, width, height);
                std::fs::write(folder.join(format!("{seed:02}.jpg")), bytes).expect("a file");
            });
            folder
        }
    };
    let (seconds, webp, jpeg) = ours(&photos, &dir.path().join("ours"));
    println!("tintot: {seconds:.2} s, WebP {webp} bytes, JPEG {jpeg} bytes");
    if let Some(modules) = std::env::var_os("TINTOT_SHARP") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/perf/pictures/sharp.mjs");
        let mut node = Command::new("node");
        node.arg(script).arg(modules).arg(&photos).arg(dir.path().join("sharp"));
        let output = node.output().expect("node");
        let text = String::from_utf8_lossy(&output.stdout);
        let told: serde_json::Value = serde_json::from_str(&text).expect("what sharp.mjs prints");
        let theirs = told["seconds"].as_f64().expect("seconds");
        println!(
            "sharp {}: {theirs:.2} s, WebP {} bytes, JPEG {} bytes",
            told["version"], told["webp"], told["jpeg"]
        );
        println!("ratio: {:.2}", seconds / theirs);
    }
}

/// Seconds, and bytes of both formats.
fn ours(photos: &Path, output: &Path) -> (f64, u64, u64) {
    let began = Instant::now();
    std::fs::create_dir_all(output).expect("a folder");
    let mut files: Vec<PathBuf> = std::fs::read_dir(photos)
        .expect("photos")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .collect();
    files.sort();
    let (webp, jpeg) = (AtomicU64::new(0), AtomicU64::new(0));
    files.iter().par_bridge().for_each(|path| {
        let bytes = std::fs::read(path).expect("a photo");
        let (w, h) = image::ImageReader::open(path)
            .and_then(image::ImageReader::with_guessed_format)
            .expect("a photo")
            .into_dimensions()
            .expect("a size");
        let recipes: Vec<Recipe> = WIDTHS
            .iter()
            .flat_map(|&width| [Codec::Webp, Codec::Jpeg].map(|codec| (width.min(w), codec)))
            .map(|(width, codec)| Recipe {
                codec,
                width,
                height: scaled_height((w, h), width),
                crop: None,
            })
            .collect();
        let made = make(&bytes, &recipes, u64::MAX).expect("versions");
        let name = path.file_name().expect("a name").to_string_lossy();
        for (recipe, bytes) in recipes.iter().zip(made) {
            let sum = if recipe.codec == Codec::Webp { &webp } else { &jpeg };
            sum.fetch_add(bytes.len() as u64, Relaxed);
            let to = format!("{name}-{}.{}", recipe.width, recipe.codec.ending());
            std::fs::write(output.join(to), bytes).expect("a file");
        }
    });
    (began.elapsed().as_secs_f64(), webp.into_inner(), jpeg.into_inner())
}

/// A picture with clouds, edges and grain, as a phone would write it.
fn photo(seed: u32, width: u32, height: u32) -> Vec<u8> {
    let hash = |x: u32, y: u32, layer: u32| -> f32 {
        let mut n = x.wrapping_mul(374_761_393) ^ y.wrapping_mul(668_265_263);
        n ^= (seed * 31 + layer).wrapping_mul(2_246_822_519);
        n = (n ^ (n >> 13)).wrapping_mul(1_274_126_177);
        ((n ^ (n >> 16)) & 0xffff) as f32 / 65535.0
    };
    let smooth = |x: u32, y: u32, step: u32, layer: u32| -> f32 {
        let (cx, cy) = (x / step, y / step);
        let (fx, fy) = ((x % step) as f32 / step as f32, (y % step) as f32 / step as f32);
        let mix = |a: f32, b: f32, t: f32| a + (b - a) * t * t * (3.0 - 2.0 * t);
        let top = mix(hash(cx, cy, layer), hash(cx + 1, cy, layer), fx);
        mix(top, mix(hash(cx, cy + 1, layer), hash(cx + 1, cy + 1, layer), fx), fy)
    };
    let steps = [1024, 512, 256, 128, 64, 32, 16, 8];
    let mut data = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let mut light = 0.0;
            for (layer, step) in steps.iter().enumerate() {
                light += smooth(x, y, *step, layer as u32) / (1 << (layer + 1)) as f32;
            }
            let edge = if smooth(x, y, 300, 20) > 0.55 { 0.25 } else { 0.0 };
            let grain = (hash(x, y, 30) - 0.5) * 0.05;
            let tint = smooth(x, y, 700, 40) * 0.3;
            for part in [light + edge + tint, light + edge, light + edge - tint * 0.7] {
                data.push(((part + grain) * 230.0).clamp(0.0, 255.0) as u8);
            }
        }
    }
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    let (width, height) = (width as u16, height as u16);
    encoder.encode(&data, width, height, jpeg_encoder::ColorType::Rgb).expect("a photo");
    bytes
}
