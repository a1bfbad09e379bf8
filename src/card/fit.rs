//! A text in lines: as large as it may be, as even as it goes, never more than
//! the lines there are.
//!
//! Takes words with their widths, measured by the font that draws them; gives
//! a size and lines. Never measures.

use unicode_normalization::char::is_combining_mark;

use super::BREAK;
use super::sheet::Line;

/// What says that a text goes on.
pub const MORE: &str = "…";
/// Sizes are tried in steps of so many pixels.
const STEP: f32 = 2.0;
/// A word with more letters may be parted between any two syllables.
const LONG: usize = 18;
/// The sign that puts a Khmer letter below the one before it.
const COENG: char = '\u{17d2}';

/// What stays together in a line if it fits into one at all.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Texts with their widths at size 1; more than one where it may be parted.
    pub parts: Vec<(String, f32)>,
    /// Whether a space stands before it.
    pub spaced: bool,
}

impl Word {
    fn width(&self) -> f32 {
        self.parts.iter().map(|(_, width)| width).sum()
    }
}

/// The words of a text, not yet measured.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        for (at, word) in chunk.split(BREAK).filter(|word| !word.is_empty()).enumerate() {
            let parts =
                if word.chars().count() > LONG { syllables(word) } else { vec![word.into()] };
            let parts = parts.into_iter().map(|part| (part, 0.0)).collect();
            words.push(Word { parts, spaced: at == 0 });
        }
    }
    words
}

/// Cut before every letter that neither sits on nor hangs below another.
fn syllables(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for letter in word.chars() {
        match parts.last_mut() {
            Some(last) if is_combining_mark(letter) || last.ends_with([COENG, '\u{200d}']) => {
                last.push(letter);
            }
            _ => parts.push(letter.into()),
        }
    }
    parts
}

/// Widths at size 1 of what stands between words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Between {
    pub space: f32,
    pub more: f32,
}

/// The size, and the text of every line.
pub fn fit(words: &[Word], between: Between, line: &Line) -> (f32, Vec<String>) {
    let mut size = line.size;
    loop {
        let width = line.width / size;
        let wrapped = wrap(words, between.space, width);
        if wrapped.len() <= line.lines {
            return (size, texts(&even(words, between.space, (width, wrapped))));
        }
        if size <= line.least {
            return (size, cut(wrapped, between, (width, line.lines)));
        }
        size = (size - STEP).max(line.least);
    }
}

/// A line of text as it grows.
#[derive(Debug, Clone, Default)]
struct Row {
    text: String,
    /// Its parts with their starts in the text, to take off from its end.
    ends: Vec<(usize, f32)>,
    width: f32,
}

impl Row {
    fn add(&mut self, part: &str, width: f32) {
        self.ends.push((self.text.len(), self.width));
        self.text.push_str(part);
        self.width += width;
    }
}

/// As many words in a line as fit, one after the other.
fn wrap(words: &[Word], space: f32, width: f32) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    for word in words {
        let Some(mut row) = rows.pop() else { break };
        let gap = if word.spaced && !row.text.is_empty() { space } else { 0.0 };
        let fits = row.width + gap + word.width() <= width;
        if !fits && !row.text.is_empty() && (word.width() <= width || gap > 0.0) {
            rows.push(std::mem::take(&mut row));
        } else if gap > 0.0 {
            row.text.push(' ');
            row.width += gap;
        }
        for (part, part_width) in &word.parts {
            if row.width + part_width > width && !row.text.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            row.add(part, *part_width);
        }
        rows.push(row);
    }
    rows
}

/// The same number of lines in the least width: no line of one short word.
fn even(words: &[Word], space: f32, (width, rows): (f32, Vec<Row>)) -> Vec<Row> {
    let (mut least, mut most, mut best) = (width / 2.0, width, rows);
    for _ in 0..6 {
        let middle = f32::midpoint(least, most);
        let tried = wrap(words, space, middle);
        if tried.len() <= best.len() {
            (most, best) = (middle, tried);
        } else {
            least = middle;
        }
    }
    best
}

/// The first lines, the last of which says that there is more.
fn cut(mut rows: Vec<Row>, between: Between, (width, lines): (f32, usize)) -> Vec<String> {
    rows.truncate(lines);
    if let Some(last) = rows.last_mut() {
        while last.width + between.more > width {
            let Some((end, shorter)) = last.ends.pop() else { break };
            last.text.truncate(end);
            last.width = shorter;
        }
        let kept = last.text.trim_end_matches([' ', ',', '.', ':', ';', '-', '–']).len();
        last.text.truncate(kept);
        last.text.push_str(MORE);
    }
    texts(&rows)
}

fn texts(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| row.text.clone()).filter(|text| !text.is_empty()).collect()
}
