//! Words and a photo over the ground of a sheet, as bytes.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use jpeg_encoder::SamplingFactor;
use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use rustc_hash::FxHashMap;

use super::fit::{Word, fit, words};
use super::measure::measure;
use super::sheet::{Frame, Line, Part, Sheet, escape};
use super::{Deck, SIZE, Words};
use crate::picture::{Bad, Pixels};

const JPEG_QUALITY: u8 = 80;
/// From 1 to 9: the usual 6 takes twice as long and saves a sixth of the bytes.
const EFFORT: u8 = 3;

pub fn draw(deck: &Deck, words: &Words, photo: Option<&Pixels>) -> Result<Vec<u8>, Bad> {
    let sheet = deck.sheet(photo.is_some());
    let ground = sheet.drawn.get_or_init(|| {
        let mut pixmap = Pixmap::new(SIZE.0, SIZE.1)?;
        pixmap.fill(resvg::tiny_skia::Color::WHITE);
        paint(deck, &sheet.ground, &mut pixmap).then_some(pixmap)
    });
    let mut pixmap = ground.clone().ok_or(Bad::Broken)?;
    let shown = photo.zip(sheet.photo);
    if let Some((photo, frame)) = shown {
        place(photo, frame, &mut pixmap)?;
    }
    if !paint(deck, &overlay(deck, sheet, words), &mut pixmap) {
        return Err(Bad::Broken);
    }
    // The ground is opaque, so nothing is multiplied in.
    if shown.is_some() { jpeg(&pixmap) } else { png(&pixmap) }
}

/// In one go, with the usual tables: nobody sees a card arrive by and by, and
/// tables of its own save a tenth of the bytes for a quarter more time.
fn jpeg(pixmap: &Pixmap) -> Result<Vec<u8>, Bad> {
    let side = |side: u32| u16::try_from(side).map_err(|_| Bad::Broken);
    let mut bytes = Vec::with_capacity(1 << 17);
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (side(SIZE.0)?, side(SIZE.1)?);
    let written = encoder.encode(pixmap.data(), width, height, jpeg_encoder::ColorType::Rgba);
    written.map_err(|_| Bad::Broken)?;
    Ok(bytes)
}

/// Draws SVG over what is there; false if it is none.
fn paint(deck: &Deck, source: &str, pixmap: &mut Pixmap) -> bool {
    let Some(tree) = tree(deck, source) else { return false };
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    true
}

pub(super) fn tree(deck: &Deck, source: &str) -> Option<Tree> {
    let options = Options {
        fontdb: Arc::clone(&deck.fonts),
        style_sheet: Some(deck.colours.clone()),
        ..Options::default()
    };
    Tree::from_str(source, &options).ok()
}

/// A photo at its place, made to fit where it is smaller.
fn place(photo: &Pixels, frame: Frame, pixmap: &mut Pixmap) -> Result<(), Bad> {
    // Most come in the size in which they are shown.
    let fits = !photo.alpha && (photo.width, photo.height) == (frame.width, frame.height);
    let photo = match fits {
        true => Cow::Borrowed(photo),
        false => Cow::Owned(photo.opaque().resized(frame.width, frame.height, None)?),
    };
    let row = frame.width as usize * 3;
    let line = SIZE.0 as usize * 4;
    let rows = pixmap.data_mut().chunks_exact_mut(line).skip(frame.y as usize);
    for (to, from) in rows.zip(photo.data.chunks_exact(row)) {
        let to = to.chunks_exact_mut(4).skip(frame.x as usize);
        for (to, from) in to.zip(from.chunks_exact(3)) {
            to[..3].copy_from_slice(from);
        }
    }
    Ok(())
}

/// What a card draws over the ground, as SVG.
fn overlay(deck: &Deck, sheet: &Sheet, said: &Words) -> String {
    let text = |slot: &str| said.get(slot).unwrap_or_default();
    let lines = sheet.parts.iter().filter_map(|part| match part {
        Part::Text(line) => Some((line, words(text(&line.slot)))),
        Part::Shape { .. } => None,
    });
    let mut lines: Vec<(&Line, Vec<Word>)> = lines.collect();
    let between = measure(deck, sheet, &mut lines);
    let mut lines = lines.into_iter().zip(between);
    let mut out = sheet.head.clone();
    for part in &sheet.parts {
        match part {
            Part::Shape { with, source } if !text(with).is_empty() => out.push_str(source),
            Part::Shape { .. } => {}
            Part::Text(_) => {
                if let Some(((line, words), between)) = lines.next() {
                    write_text(&mut out, line, &fit(&words, between, line));
                }
            }
        }
    }
    out.push_str("</svg>");
    out
}

fn write_text(out: &mut String, line: &Line, (size, texts): &(f32, Vec<String>)) {
    let _ = write!(out, "<text{} font-size=\"{size}\">", line.attributes);
    let mut y = line.y;
    for text in texts {
        let _ = write!(out, "<tspan x=\"{}\" y=\"{y}\">{}</tspan>", line.x, escape(text));
        y += size * line.leading;
    }
    out.push_str("</text>");
}

/// Flat grounds and letters are few colours: with a table of them a file is
/// half as large and as quickly written.
fn png(pixmap: &Pixmap) -> Result<Vec<u8>, Bad> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, SIZE.0, SIZE.1);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(EFFORT));
    let data = match table(pixmap.data()) {
        Some((colours, data)) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(colours);
            encoder.set_filter(Filter::NoFilter);
            data
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_filter(Filter::Up);
            let pixels = pixmap.data().as_chunks::<4>().0.iter();
            pixels.flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
        }
    };
    let mut writer = encoder.write_header().map_err(|_| Bad::Broken)?;
    writer.write_image_data(&data).map_err(|_| Bad::Broken)?;
    writer.finish().map_err(|_| Bad::Broken)?;
    Ok(bytes)
}

/// The colours of pixels in the order in which they come, and which of them
/// each pixel has; `None` if there are more than 256.
fn table(data: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers: FxHashMap<[u8; 4], u8> = FxHashMap::default();
    let mut colours = Vec::new();
    let mut indices = Vec::with_capacity(data.len() / 4);
    let mut last = ([0; 4], 0);
    for pixel in data.as_chunks::<4>().0 {
        if *pixel != last.0 {
            let number = match numbers.get(pixel) {
                Some(number) => *number,
                None => {
                    let number = u8::try_from(numbers.len()).ok()?;
                    numbers.insert(*pixel, number);
                    colours.extend_from_slice(&pixel[..3]);
                    number
                }
            };
            last = (*pixel, number);
        }
        indices.push(last.1);
    }
    Some((colours, indices))
}
