//! How long pictures take, and how good they are: `cargo bench --bench pictures`.
//!
//! Makes 24 photos of 12 megapixels (or takes the JPEG files of a folder given
//! as the first argument) and brings each to 480, 960 and 1600 pixels, as WebP
//! and as progressive JPEG. With a folder that has `node_modules/sharp` in
//! `TINTOT_SHARP` the same work is done by sharp on the same files, with the
//! program named by `TINTOT_HUGO` by Hugo; ratios are printed. For ours and
//! sharp's, bytes of each format stand beside the similarity to the originals
//! (`pictures/ssim.rs`): who needs fewer bytes for the same is better. Run as a
//! test it does so once, with one small photo.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes the files that it reads")]

#[path = "pictures/ssim.rs"]
mod ssim;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
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
            let (count, width, height) = if bench { (24, 4032, 3024) } else { (1, 500, 375) };
            let folder = dir.path().join("photos");
            std::fs::create_dir_all(&folder).expect("a folder");
            (0..count).into_par_iter().for_each(|seed| {
                let bytes = photo(seed, width, height);
                std::fs::write(folder.join(format!("{seed:02}.jpg")), bytes).expect("a file");
            });
            folder
        }
    };
    let mine = dir.path().join("ours");
    let seconds = ours(&photos, &mine);
    println!("tintot: {seconds:.2} s");
    told(&photos, &mine);
    if let Some(modules) = std::env::var_os("TINTOT_SHARP") {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/perf/pictures/sharp.mjs");
        let output = dir.path().join("sharp");
        let mut node = Command::new("node");
        let run = node.arg(script).arg(modules).arg(&photos).arg(&output).output().expect("node");
        let text = String::from_utf8_lossy(&run.stdout);
        let said: serde_json::Value = serde_json::from_str(&text).expect("what sharp.mjs prints");
        let theirs = said["seconds"].as_f64().expect("seconds");
        println!("sharp {}: {theirs:.2} s, ratio {:.2}", said["version"], seconds / theirs);
        told(&photos, &output);
    }
    if let Some(hugo) = std::env::var_os("TINTOT_HUGO") {
        let theirs = hugos(&hugo, &photos, &dir.path().join("hugo"));
        println!("Hugo: {theirs:.2} s, ratio {:.2}", seconds / theirs);
    }
}

/// Prints bytes of each format and their mean similarity to the originals.
fn told(photos: &Path, versions: &Path) {
    for ending in ["webp", "jpg"] {
        let each = jpegs(photos).into_par_iter().map(|photo| {
            let original = ssim::Light::read(&photo);
            let name = photo.file_name().expect("a name").to_string_lossy().into_owned();
            let of = |width: u32| {
                let path = versions.join(format!("{name}-{width}.{ending}"));
                let (w, h) = image::image_dimensions(&path).expect("a version");
                let whole = original.scaled(w as usize, h as usize);
                let bytes = path.metadata().expect("a file").len();
                (bytes, whole.similarity(&ssim::Light::read(&path)))
            };
            WIDTHS.iter().filter(|width| wide_enough(&photo, **width)).map(|w| of(*w)).collect()
        });
        let all: Vec<(u64, f64)> = each.flat_map(|versions: Vec<_>| versions).collect();
        let bytes: u64 = all.iter().map(|(bytes, _)| bytes).sum();
        let mean = all.iter().map(|(_, near)| near).sum::<f64>() / all.len().max(1) as f64;
        println!("  {ending}: {bytes} bytes, similarity {mean:.4}");
    }
}

fn wide_enough(photo: &Path, width: u32) -> bool {
    image::image_dimensions(photo).is_ok_and(|(own, _)| own >= width)
}

/// Seconds that Hugo takes for the same, without anything that it kept.
fn hugos(program: &OsStr, photos: &Path, root: &Path) -> f64 {
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    put("hugo.toml", include_str!("pictures/hugo.toml"));
    put("layouts/index.html", include_str!("pictures/hugo.html"));
    std::fs::create_dir_all(root.join("assets")).expect("a folder");
    for photo in jpegs(photos) {
        let to = root.join("assets").join(photo.file_name().expect("a name"));
        std::fs::copy(photo, to).expect("a copy");
    }
    let began = Instant::now();
    let mut hugo = Command::new(program);
    let run = hugo.arg("--source").arg(root).arg("--quiet").output().expect("hugo");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    began.elapsed().as_secs_f64()
}

fn jpegs(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("photos")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jpg"))
        .collect();
    files.sort();
    files
}

/// Seconds.
fn ours(photos: &Path, output: &Path) -> f64 {
    let began = Instant::now();
    std::fs::create_dir_all(output).expect("a folder");
    jpegs(photos).iter().par_bridge().for_each(|path| {
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
        let made = make(&bytes, &recipes, u64::MAX).expect("versions").versions;
        let name = path.file_name().expect("a name").to_string_lossy();
        for (recipe, bytes) in recipes.iter().zip(made) {
            let to = format!("{name}-{}.{}", recipe.width, recipe.codec.ending());
            std::fs::write(output.join(to), bytes).expect("a file");
        }
    });
    began.elapsed().as_secs_f64()
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
