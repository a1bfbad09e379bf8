//! How near pictures come to the originals that they were made from.
//!
//! The structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) of the
//! light of two pictures, over windows of 8 by 8 pixels that lie 4 apart, 1
//! where they are the same. The original is brought to the size of the version
//! by averaging areas, which is neither program's way of scaling.

use std::path::Path;

/// The light of a picture, row by row, from 0 to 255.
pub struct Light {
    width: usize,
    height: usize,
    data: Vec<f32>,
}

impl Light {
    pub fn read(path: &Path) -> Light {
        let bytes = std::fs::read(path).expect("a picture");
        let image = image::load_from_memory(&bytes).expect("a picture that decodes").into_rgb8();
        let light = |p: &image::Rgb<u8>| {
            0.299 * f32::from(p.0[0]) + 0.587 * f32::from(p.0[1]) + 0.114 * f32::from(p.0[2])
        };
        let (width, height) = (image.width() as usize, image.height() as usize);
        Light { width, height, data: image.pixels().map(light).collect() }
    }

    /// Every pixel the average of the area that it stands for.
    pub fn scaled(&self, width: usize, height: usize) -> Light {
        let across = spans(self.width, width);
        let mut narrow = Vec::with_capacity(width * self.height);
        for row in self.data.chunks_exact(self.width) {
            narrow.extend(across.iter().map(|(start, parts)| {
                parts.iter().zip(&row[*start..]).map(|(part, light)| part * light).sum::<f32>()
            }));
        }
        let mut data = vec![0.0; width * height];
        let down = spans(self.height, height);
        for (row, (start, parts)) in data.chunks_exact_mut(width).zip(&down) {
            for (part, from) in parts.iter().zip(narrow.chunks_exact(width).skip(*start)) {
                row.iter_mut().zip(from).for_each(|(to, from)| *to += part * from);
            }
        }
        Light { width, height, data }
    }

    /// 1 where both are the same.
    pub fn similarity(&self, other: &Light) -> f64 {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let (mut sum, mut count) = (0.0, 0_u32);
        for y in (0..self.height.saturating_sub(7)).step_by(4) {
            for x in (0..self.width.saturating_sub(7)).step_by(4) {
                sum += self.window(other, x, y);
                count += 1;
            }
        }
        sum / f64::from(count.max(1))
    }

    fn window(&self, other: &Light, x: usize, y: usize) -> f64 {
        let mut sums = [0.0_f64; 5];
        for row in y..y + 8 {
            let at = row * self.width + x;
            for (a, b) in self.data[at..at + 8].iter().zip(&other.data[at..at + 8]) {
                let (a, b) = (f64::from(*a), f64::from(*b));
                let parts = [a, b, a * a, b * b, a * b];
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
        }
        let [a, b, aa, bb, ab] = sums.map(|sum| sum / 64.0);
        let (c1, c2) = (6.5025, 58.5225);
        let (va, vb, cov) = (aa - a * a, bb - b * b, ab - a * b);
        ((2.0 * a * b + c1) * (2.0 * cov + c2)) / ((a * a + b * b + c1) * (va + vb + c2))
    }
}

/// Where each part of a side begins in the longer one, and how much of it each
/// pixel there makes up.
fn spans(from: usize, to: usize) -> Vec<(usize, Vec<f32>)> {
    let step = from as f64 / to as f64;
    let span = |n: usize| {
        let (start, end) = (n as f64 * step, (n + 1) as f64 * step);
        let first = start as usize;
        let last = (end.ceil() as usize).min(from);
        let part = |pixel: usize| {
            let (low, high) = (start.max(pixel as f64), end.min((pixel + 1) as f64));
            ((high - low).max(0.0) / step) as f32
        };
        (first, (first..last).map(part).collect())
    };
    (0..to).map(span).collect()
}
