//! "Did you mean ...": the known word nearest to a mistyped one.
//!
//! Takes the word and the candidates in any order, gives at most one of them,
//! always the same. Long input costs no more than short.

use super::fold::fold;

/// Words longer than this (in characters) are only compared for equality.
const LONGEST: usize = 64;

/// The candidate that the author most likely meant, or `None` if nothing is
/// near. Case, marks, and the choice between space, `-` and `_` count for
/// nothing; then one slip in four letters is forgiven, a swap of neighbours
/// being one slip. Of equally near candidates the one nearer with marks wins,
/// then the alphabetically first.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nothing so long is a slip for a name; do not even fold it.
    if wanted.len() > LONGEST * 16 {
        return None;
    }
    let key = word_key(wanted);
    let exact: Vec<char> = wanted.chars().collect();
    let limit = slips(key.len());
    let mut best: Option<((usize, usize, &str), &str)> = None;
    for candidate in candidates {
        let Some(near) = distance(&key, &word_key(candidate), limit) else { continue };
        let chars: Vec<char> = candidate.chars().collect();
        let with_marks = distance(&exact, &chars, LONGEST * 2).unwrap_or(usize::MAX);
        let rank = (near, with_marks, candidate);
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn word_key(text: &str) -> Vec<char> {
    fold(text).chars().map(|c| if matches!(c, '_' | ' ') { '-' } else { c }).collect()
}

/// How many slips a word of this length may have.
fn slips(length: usize) -> usize {
    match length {
        0..=1 => 0,
        2..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}

/// Edits between two words (insert, delete, replace, swap of neighbours), or
/// `None` if there are more than the limit.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let swap = i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1];
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if swap {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEYS: [&str; 7] = ["title", "summary", "date", "draft", "tags", "topics", "slug"];

    #[test]
    fn finds_slips() {
        assert_eq!(nearest("titel", KEYS), Some("title"));
        assert_eq!(nearest("sumary", KEYS), Some("summary"));
        assert_eq!(nearest("darft", KEYS), Some("draft"));
        assert_eq!(nearest("Topic", KEYS), Some("topics"));
        assert_eq!(nearest("weather", KEYS), None);
        assert_eq!(nearest("", KEYS), None);
        assert_eq!(nearest("x", KEYS), None);
    }

    #[test]
    fn marks_and_separators_are_nothing() {
        let places = ["Hà Giang", "Hà Nam", "Hậu Giang", "Hòa Bình", "Hoà Bình cũ"];
        assert_eq!(nearest("ha giang", places), Some("Hà Giang"));
        assert_eq!(nearest("HOÀ BÌNH", places), Some("Hòa Bình"));
        assert_eq!(nearest("giam ngheo", ["giam-ngheo", "giam_nghe"]), Some("giam-ngheo"));
        assert_eq!(nearest("mạ", ["ma", "má", "mạ"]), Some("mạ"));
    }

    #[test]
    fn ties_do_not_depend_on_the_order() {
        assert_eq!(nearest("bac", ["bat", "bar"]), nearest("bac", ["bar", "bat"]));
    }

    #[test]
    fn long_words_are_cheap() {
        let long = "á".repeat(1_000_000);
        assert_eq!(nearest(&long, KEYS), None);
        assert_eq!(nearest(&"a".repeat(200), ["b"]), None);
    }

    proptest! {
        #[test]
        fn a_candidate_finds_itself(word in "[a-zđêơ ]{1,20}", other in "[a-z]{1,20}") {
            prop_assert_eq!(nearest(&word, [other.as_str(), word.as_str()]), Some(word.as_str()));
        }
    }
}
