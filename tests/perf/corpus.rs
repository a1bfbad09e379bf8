//! The synthetic stories, one after another; the same shape gives the same.
//!
//! Takes a [`Shape`], gives [`Story`]s; writes nothing. Made one at a time, so
//! that a hundred thousand of them need no memory.

use std::fmt::Write;

use super::words::{ENGLISH, LANGUAGES, SECTIONS, TAGS, TOPICS, UNITS, VIETNAMESE};

/// What corpus is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Number of Vietnamese stories.
    pub stories: usize,
    pub length: Length,
    /// Number of languages, the first two of which are Vietnamese and English;
    /// half of the stories are translated into each.
    pub languages: usize,
}

/// How long a story is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// About 100 words.
    Short,
    /// About 400 English words, 600 Vietnamese syllables.
    Usual,
    /// About 4,000 words.
    Long,
}

/// One story with its translations.
pub struct Story {
    /// Index into [`SECTIONS`].
    pub section: usize,
    pub slug: String,
    pub date: jiff::civil::Date,
    pub unit: &'static str,
    pub topics: [&'static str; 2],
    /// Numbers of tags.
    pub tags: [usize; 3],
    /// Language tag and text; the first is Vietnamese.
    pub texts: Vec<(&'static str, Text)>,
}

/// A story in one language.
pub struct Text {
    pub title: String,
    pub summary: String,
    /// Markdown.
    pub body: String,
}

impl Story {
    /// The file without its ending, below the content folder.
    pub fn stem(&self) -> String {
        stem(self.section, &self.slug)
    }
}

/// The path of a story below the content folder, without an ending.
pub fn stem(section: usize, slug: &str) -> String {
    format!("{}/{slug}", SECTIONS[section].0)
}

/// The name of a story's file.
pub fn slug(number: usize) -> String {
    format!("{}-{number:06}", SECTIONS[number % SECTIONS.len()].0)
}

/// The stories of a corpus in order.
pub fn stories(shape: Shape) -> impl Iterator<Item = Story> {
    let mut numbers = Numbers::new(17_102_022);
    (0..shape.stories).map(move |number| story(&mut numbers, number, shape))
}

fn story(numbers: &mut Numbers, number: usize, shape: Shape) -> Story {
    let first = jiff::civil::date(2022, 6, 16);
    let day = (number * 1500 / shape.stories.max(1)) as i64;
    let topics = numbers.distinct::<2>(TOPICS.len());
    let mut story = Story {
        section: number % SECTIONS.len(),
        slug: slug(number),
        date: first.saturating_add(jiff::Span::new().days(day)),
        unit: UNITS[numbers.below(UNITS.len())].0,
        topics: topics.map(|at| TOPICS[at].0),
        tags: numbers.distinct(TAGS),
        texts: Vec::with_capacity(shape.languages),
    };
    for (at, (tag, ..)) in LANGUAGES.iter().take(shape.languages).enumerate() {
        if at == 0 || numbers.below(2) == 0 {
            let from: &[&str] = if at == 0 { &VIETNAMESE } else { &ENGLISH };
            story.texts.push((tag, text(numbers, from, number, shape.length)));
        }
    }
    story
}

/// A title, a summary and a body of what the sentences `from` say.
pub fn text(numbers: &mut Numbers, from: &[&str], number: usize, length: Length) -> Text {
    Text {
        title: format!("{} {number}", clip(numbers.pick(from), 50)),
        summary: format!("{}.", numbers.pick(from)),
        body: body(numbers, from, length),
    }
}

/// Headings, paragraphs, a list, a quotation, a table, a link, emphasis.
fn body(numbers: &mut Numbers, from: &[&str], length: Length) -> String {
    let (headings, items) = match length {
        Length::Short => (1, 2),
        Length::Usual => (3, 4),
        Length::Long => (36, 12),
    };
    let mut text = String::new();
    if length != Length::Short {
        paragraph(numbers, from, 4, &mut text);
    }
    for heading in 1..=headings {
        let _ = write!(text, "## {} {heading}\n\n", clip(numbers.pick(from), 40));
        if length != Length::Short {
            paragraph(numbers, from, 4, &mut text);
        }
        paragraph(numbers, from, 3, &mut text);
    }
    for _ in 0..items {
        let (bold, rest) = (clip(numbers.pick(from), 30), clip(numbers.pick(from), 60));
        let _ = writeln!(text, "- **{bold}**: {rest}");
    }
    let _ = write!(text, "\n> {}.\n\n", numbers.pick(from));
    if length != Length::Short {
        table(numbers, &mut text);
        paragraph(numbers, from, 3, &mut text);
    }
    let address = numbers.below(10_000);
    let emphasis = clip(numbers.pick(from), 20);
    let _ = writeln!(text, "[Xem thêm](https://example.org/{address}) và *{emphasis}*.");
    text
}

fn table(numbers: &mut Numbers, text: &mut String) {
    text.push_str("| Năm | Kết quả |\n|---|---|\n");
    for year in 2022..=2025 {
        let _ = writeln!(text, "| {year} | {} hộ |", 1 + numbers.below(900));
    }
    text.push('\n');
}

fn paragraph(numbers: &mut Numbers, from: &[&str], sentences: usize, text: &mut String) {
    for at in 0..sentences {
        let _ = write!(text, "{}{}.", if at == 0 { "" } else { " " }, numbers.pick(from));
    }
    text.push_str("\n\n");
}

/// The first characters of a sentence, to a word's end, without what would
/// close a mark of emphasis.
fn clip(text: &str, chars: usize) -> &str {
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    let cut = &text[..end];
    let words =
        if end == text.len() { cut } else { cut.rsplit_once(' ').map_or(cut, |(head, _)| head) };
    words.trim_end_matches([',', ':', ' '])
}

/// A small generator of numbers (SplitMix64), so that no crate decides the
/// bytes.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    /// From 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// `N` different numbers below `n`.
    fn distinct<const N: usize>(&mut self, n: usize) -> [usize; N] {
        let mut found = [usize::MAX; N];
        for at in 0..N {
            found[at] = loop {
                let number = self.below(n);
                if !found.contains(&number) {
                    break number;
                }
            };
        }
        found
    }
}
