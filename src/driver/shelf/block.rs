//! Heads of documents that follow one another, encoded one behind the other.
//!
//! They are read and written together, and only where one of them is new: after
//! an edit all other blocks stay where they are. Which documents share a block
//! depends on their paths alone, so that one more or one less changes one block.

use std::cell::RefCell;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Place;
use super::body::File;
use crate::base::hash::Key;

/// A block begins where the key of a path says so, on an average after so many.
const MEAN: u8 = 64;
/// And after so many in any case.
const MOST: usize = 512;

/// Where one lies.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Block {
    /// The row of its first document.
    pub first: u32,
    /// Of its bytes.
    pub key: Key,
    pub place: Place,
}

/// The bytes of a block that was read.
struct Last {
    /// Its file, its place there and its key; nothing where they are not to be
    /// trusted.
    of: Option<(u64, u64, Key)>,
    bytes: Vec<u8>,
}

thread_local! {
    /// The next document to be read is in the same block, most likely.
    static LAST: RefCell<Last> = const { RefCell::new(Last { of: None, bytes: Vec::new() }) };
}

/// Which documents share blocks, by their paths in order.
pub(super) fn ranges<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, path) in paths.enumerate() {
        match ranges.last_mut() {
            Some(last) if last.len() < MOST && !begins(path) => last.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

fn begins(path: &str) -> bool {
    let [first, ..] = Key::of(path.as_bytes()).0;
    first % MEAN == 0
}

impl Block {
    /// Hands out its bytes, if they are those that were written.
    pub fn read<T>(&self, file: &File, each: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        LAST.with_borrow_mut(|last| {
            let wanted = Some((file.number, self.place.at, self.key));
            if last.of != wanted {
                last.of = None;
                // Never room for more than there can be.
                let room = u64::from(self.place.len).min(file.len());
                last.bytes.resize(usize::try_from(room).ok()?, 0);
                file.fill(self.place.at, &mut last.bytes)?;
                last.of = wanted.filter(|_| Key::of(&last.bytes) == self.key);
            }
            last.of.and_then(|_| each(&last.bytes))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, ranges};

    fn paths(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("content/guong-sang/bai-{n:05}.md")).collect()
    }

    fn shared(paths: &[String]) -> Vec<&[String]> {
        ranges(paths.iter().map(String::as_str)).into_iter().map(|range| &paths[range]).collect()
    }

    #[test]
    fn one_document_more_changes_one_block() {
        let all = paths(3000);
        let mut fewer = all.clone();
        fewer.remove(1500);
        let (all, fewer) = (shared(&all), shared(&fewer));
        assert!((20..100).contains(&all.len()), "{}", all.len());
        assert_eq!(all.iter().map(|block| block.len()).sum::<usize>(), 3000);
        let new = fewer.iter().filter(|block| !all.contains(block)).count();
        assert!((1..=2).contains(&new), "{new}");
    }

    #[test]
    fn no_block_grows_without_end() {
        let one = vec!["content/a.md".to_owned(); 3 * MOST];
        assert!(shared(&one).iter().all(|block| block.len() <= MOST));
        assert!(ranges(std::iter::empty()).is_empty());
    }
}
