//! Which place somebody means who writes a name.
//!
//! Takes the places of a site once, then names as they stand in stories:
//! "tỉnh Hà Giang", "TP.HCM", "xã Minh Họa, Cao Bằng". Spelling with marks
//! counts before spelling without; nothing is guessed between equals.

use rustc_hash::FxHashMap;

use super::places::Place;
use crate::text::tone::normalize_tone_placement;
use crate::text::{fold, nearest, nfc};

/// What a written name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceMatch {
    /// The id of a place under its present name.
    Current(String),
    /// A former name, with the id of the place it belongs to now.
    Former {
        name: String,
        now: String,
    },
    /// Ids of all places of that name.
    Ambiguous(Vec<String>),
    Unknown {
        nearest: Option<String>,
    },
}

/// Names to places, for [`PlaceIndex::find`].
#[derive(Debug, Clone, Default)]
pub struct PlaceIndex {
    ids: Vec<PlaceId>,
    /// With marks, then without.
    exact: FxHashMap<String, Vec<Meaning>>,
    folded: FxHashMap<String, Vec<Meaning>>,
    /// Every name, and the name of the same place to suggest for it.
    names: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
struct PlaceId {
    id: String,
    parent: Option<String>,
}

/// One reading of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Meaning {
    place: usize,
    rank: Rank,
    former: Option<String>,
}

/// The better reading comes first; provinces before what lies in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Former,
    Alias,
    Id,
}

/// The sort of place that a word before the name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Province,
    Commune,
    Any,
}

/// Words before a name, folded; the longer ones first.
const PREFIXES: &[(&str, Level)] = &[
    ("thanh pho truc thuoc trung uong ", Level::Province),
    ("thanh pho ", Level::Province),
    ("thu do ", Level::Province),
    ("dac khu ", Level::Commune),
    ("phuong ", Level::Commune),
    ("tinh ", Level::Province),
    ("tp. ", Level::Province),
    ("tp ", Level::Province),
    ("xa ", Level::Commune),
];

impl PlaceIndex {
    pub fn new(places: &[Place]) -> PlaceIndex {
        let mut index = PlaceIndex::default();
        for (at, place) in places.iter().enumerate() {
            index.ids.push(PlaceId { id: place.id.clone(), parent: place.parent.clone() });
            for (_, name) in &place.name.0 {
                index.add(name, Meaning { place: at, rank: Rank::Name, former: None });
                let shown = place.name.0.first().map_or(name, |(_, first)| first);
                index.names.push((name.clone(), shown.clone()));
            }
            for name in &place.former {
                let former = Some(name.clone());
                index.add(name, Meaning { place: at, rank: Rank::Former, former });
                index.names.push((name.clone(), name.clone()));
            }
            for (alias, former) in &place.aliases {
                let former = former.clone();
                index.add(alias, Meaning { place: at, rank: Rank::Alias, former });
            }
            index.add(&place.id, Meaning { place: at, rank: Rank::Id, former: None });
        }
        index
    }

    fn add(&mut self, name: &str, meaning: Meaning) {
        for (map, key) in [(&mut self.exact, marked_key(name)), (&mut self.folded, plain_key(name))]
        {
            let meanings = map.entry(key).or_default();
            if !meanings.iter().any(|known| known.place == meaning.place) {
                meanings.push(meaning.clone());
            }
        }
    }

    /// Finds a place by its name with or without the word for its kind, blind
    /// to case, tone placement and hyphens; then by other spellings and ids;
    /// then all of these without marks. After a comma may stand its province.
    pub fn find(&self, written: &str) -> PlaceMatch {
        let whole = self.meanings(written);
        if whole.is_empty()
            && let Some((inner, outer)) = written.rsplit_once(',')
            && let Some(found) = self.within(inner, outer)
        {
            return found;
        }
        self.matched(&whole)
            .unwrap_or_else(|| PlaceMatch::Unknown { nearest: self.suggestion(written) })
    }

    /// The name that was probably meant, as the site's default language has it.
    fn suggestion(&self, written: &str) -> Option<String> {
        let names = self.names.iter().map(|(name, _)| name.as_str());
        let near = nearest(without_prefix(written).0, names)?;
        self.names.iter().find(|(name, _)| name == near).map(|(_, shown)| shown.clone())
    }

    /// "xã A, tỉnh B": A if it is a place of B, else B itself, where a unit
    /// that exists no more (a district) once was.
    fn within(&self, inner: &str, outer: &str) -> Option<PlaceMatch> {
        let provinces = self.meanings(outer);
        let province = match provinces.as_slice() {
            [one] => self.ids.get(one.place)?,
            _ => return None,
        };
        let here = |meaning: &Meaning| {
            let parent = self.ids.get(meaning.place).and_then(|place| place.parent.as_ref());
            parent == Some(&province.id)
        };
        let inside: Vec<Meaning> = self.meanings_all(inner).into_iter().filter(here).collect();
        self.matched(&inside).or_else(|| self.matched(&provinces))
    }

    fn matched(&self, meanings: &[Meaning]) -> Option<PlaceMatch> {
        let id = |meaning: &Meaning| self.ids.get(meaning.place).map(|place| place.id.clone());
        match meanings {
            [] => None,
            [one] => {
                let id = id(one)?;
                Some(match &one.former {
                    Some(name) => PlaceMatch::Former { name: name.clone(), now: id },
                    None => PlaceMatch::Current(id),
                })
            }
            many => Some(PlaceMatch::Ambiguous(many.iter().filter_map(id).collect())),
        }
    }

    /// The best readings of a name: all of the same rank.
    fn meanings(&self, written: &str) -> Vec<Meaning> {
        let all = self.meanings_all(written);
        let order = |meaning: &Meaning| {
            let below = self.ids.get(meaning.place).is_some_and(|place| place.parent.is_some());
            (below, meaning.rank)
        };
        let Some(best) = all.iter().map(order).min() else { return all };
        all.into_iter().filter(|meaning| order(meaning) == best).collect()
    }

    /// Every reading of a name, with marks if there is one, else without.
    fn meanings_all(&self, written: &str) -> Vec<Meaning> {
        let written = nfc(written);
        let (bare, level) = without_prefix(&written);
        // The whole first: "TP.HCM" and a name that starts like a prefix.
        for (name, level) in [(written.as_ref(), Level::Any), (bare, level)] {
            for (map, key) in [(&self.exact, marked_key(name)), (&self.folded, plain_key(name))] {
                let found = map.get(&key).map(Vec::as_slice).unwrap_or_default();
                let fits = |meaning: &&Meaning| {
                    let place = self.ids.get(meaning.place);
                    let below = place.is_some_and(|place| place.parent.is_some());
                    level == Level::Any || (level == Level::Commune) == below
                };
                let fitting: Vec<Meaning> = found.iter().filter(fits).cloned().collect();
                if !fitting.is_empty() {
                    return fitting;
                }
            }
        }
        Vec::new()
    }
}

/// The name without "tỉnh", "TP." and the like, and what that word says.
fn without_prefix(written: &str) -> (&str, Level) {
    let written = written.trim();
    for (prefix, level) in PREFIXES {
        let mut rest = written.char_indices().skip(prefix.trim_end().chars().count());
        let Some((cut, _)) = rest.next() else { continue };
        let (word, name) = written.split_at(cut);
        let parted = name.starts_with(char::is_whitespace) || prefix.starts_with("tp.");
        if parted && fold(word) == prefix.trim_end() && !name.trim().is_empty() {
            return (name.trim(), *level);
        }
    }
    (written, Level::Any)
}

/// Lower case, tones in their usual place, hyphens and dots as spaces.
fn marked_key(name: &str) -> String {
    spaced(&normalize_tone_placement(&nfc(name).to_lowercase()))
}

fn plain_key(name: &str) -> String {
    spaced(&fold(name))
}

fn spaced(name: &str) -> String {
    let apart: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect();
    apart.split_whitespace().collect::<Vec<_>>().join(" ")
}
