//! Geography: the 34 provinces built into the program, and a site's communes.
//!
//! Provinces keep the names of the 63 that were merged into them, so that a
//! story filed under a former one finds its way. Knows no entries and no URLs.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::lookup::{PlaceIndex, PlaceMatch};
use super::rules::{SAME_ID, UNKNOWN_PROVINCE};
use super::{DataOptions, each, read_named, without_twins};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Texts;
use crate::yaml::{Node, Reader, Spanned, clip, parse};

/// The provinces; the tests check that every line of it is read.
const PROVINCES: &str = include_str!("provinces.yaml");

/// Where the built-in data stands, for diagnostics that must never appear.
const BUILTIN: &str = "provinces.yaml";

/// A province, or a place below one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `tuyen-quang`; unique among all places.
    pub id: String,
    /// Without the word for its kind: `Tuyên Quang`.
    pub name: Texts,
    /// `tinh`, `thanh-pho`, `xa`, `phuong` or `dac-khu`.
    pub kind: &'static str,
    /// Id of the province of a commune.
    pub parent: Option<String>,
    /// Former names, other than the present one.
    pub former: Vec<String>,
    /// Other spellings: (spelling, the former name it stands for, if any).
    pub aliases: Vec<(String, Option<String>)>,
    /// Region of a province, for navigation only; empty for communes.
    pub region: String,
    /// The day on which a province became a city, if after 2025-07-01.
    pub city_since: Option<Date>,
}

/// All places of a site: the provinces first, then its communes.
#[derive(Debug, Clone)]
pub struct Places {
    list: Vec<Place>,
    index: PlaceIndex,
}

impl Places {
    /// The provinces and these communes.
    pub fn new(communes: impl IntoIterator<Item = Place>) -> Places {
        let mut list = provinces().to_vec();
        list.extend(communes);
        let index = PlaceIndex::new(&list);
        Places { list, index }
    }

    /// In a fixed order: provinces in the order of the alphabet, then communes
    /// as declared.
    pub fn all(&self) -> &[Place] {
        &self.list
    }

    pub fn provinces(&self) -> impl Iterator<Item = &Place> {
        self.list.iter().filter(|place| place.parent.is_none())
    }

    pub fn get(&self, id: &str) -> Option<&Place> {
        self.list.iter().find(|place| place.id == id)
    }

    /// The place that an author means; see [`PlaceIndex::find`].
    pub fn find(&self, written: &str) -> PlaceMatch {
        self.index.find(written)
    }
}

/// The 34 provinces.
fn provinces() -> &'static [Place] {
    static READ: OnceLock<Vec<Place>> = OnceLock::new();
    READ.get_or_init(|| read_provinces().0)
}

/// Ids of the 34 provinces.
pub(super) fn province_ids() -> &'static [String] {
    static IDS: OnceLock<Vec<String>> = OnceLock::new();
    IDS.get_or_init(|| provinces().iter().map(|place| place.id.clone()).collect())
}

pub(super) fn read_provinces() -> (Vec<Place>, Diagnostics) {
    let file: Arc<str> = Arc::from(BUILTIN);
    let node = match parse(PROVINCES, 0, &file) {
        Ok(node) => node,
        Err(error) => return (Vec::new(), vec![error]),
    };
    let langs = ["vi".to_owned(), "en".to_owned()];
    let opts = DataOptions { langs: &langs, zone: &TimeZone::UTC };
    let mut found = Diagnostics::new();
    let places = each(&node, &file, opts, &mut found, |reader| {
        let named = read_named(reader, "name", opts.langs);
        let kind = reader.choice("kind", &["tinh", "thanh-pho"]);
        reader.line("code");
        let region = reader.line("region").map(|region| region.value).unwrap_or_default();
        let city_since = reader.moment("city_since").map(|day| day.value.day());
        let (former, aliases) = read_names(reader);
        let named = named?;
        Some(Place {
            id: named.id.value,
            name: named.name,
            kind: kind?.value,
            parent: None,
            former,
            aliases,
            region,
            city_since,
        })
    });
    (places, found)
}

/// Former names, and other spellings with the former name they stand for.
type Names = (Vec<String>, Vec<(String, Option<String>)>);

/// The keys `former` (names, or `{name, aliases}`) and `aliases`.
fn read_names(reader: &mut Reader<'_>) -> Names {
    let (mut former, mut aliases) = (Vec::new(), Vec::new());
    for item in reader.list("former").unwrap_or_default() {
        if let Some(name) = item.scalar() {
            former.push(name.trim().to_owned());
            continue;
        }
        let mut map = Reader::of(item, reader.file(), reader.zone());
        let name = map.required("name", "Hà Giang");
        let other = map.texts("aliases");
        reader.adopt(map);
        if let Some(name) = name {
            let name = name.value;
            aliases.extend(other.into_iter().map(|alias| (alias.value, Some(name.clone()))));
            former.push(name);
        }
    }
    aliases.extend(reader.texts("aliases").into_iter().map(|alias| (alias.value, None)));
    (former, aliases)
}

/// Reads a site's list of `{id, name, province, kind, former, aliases}`.
pub fn read_communes(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Place> {
    let index = PlaceIndex::new(provinces());
    let places = each(node, file, opts, found, |reader| {
        let named = read_named(reader, "name", opts.langs);
        let kind = reader.choice("kind", &["xa", "phuong", "dac-khu"]);
        let province = reader.required("province", "Tuyên Quang");
        let (former, aliases) = read_names(reader);
        let parent = read_province(reader, province?, &index);
        let named = named?;
        let place = Place {
            id: named.id.value.clone(),
            name: named.name.clone(),
            kind: kind.map_or("xa", |kind| kind.value),
            parent: Some(parent?),
            former,
            aliases,
            region: String::new(),
            city_since: None,
        };
        Some((place, named))
    });
    let places = without_twins(places, found, |(_, named)| (&named.file, &named.id));
    let mut kept = Vec::with_capacity(places.len());
    for (place, named) in places {
        if province_ids().contains(&place.id) {
            let name = &place.id;
            let message = bi!(
                "mã `{name}` đã là mã của một tỉnh, thành phố",
                "the id `{name}` belongs to a province"
            );
            let span = Span::new(&named.file, named.id.range);
            found.push(Diagnostic::new(&SAME_ID, message).at(span));
        } else {
            kept.push(place);
        }
    }
    kept
}

/// The id of a province, written as a name or an id, former ones included.
fn read_province(
    reader: &mut Reader<'_>,
    written: Spanned<String>,
    index: &PlaceIndex,
) -> Option<String> {
    let near = match index.find(&written.value) {
        PlaceMatch::Current(id) | PlaceMatch::Former { now: id, .. } => return Some(id),
        PlaceMatch::Ambiguous(ids) => ids.first().cloned(),
        PlaceMatch::Unknown { nearest } => nearest,
    };
    let name = clip(&written.value);
    let message = bi!("không có tỉnh, thành phố “{name}”", "there is no province “{name}”");
    let place = reader.span(&written.range);
    let error = Diagnostic::new(&UNKNOWN_PROVINCE, message).at(place);
    reader.push(match near {
        Some(near) => error.help(bi!("có phải là {near}?", "did you mean {near}?")),
        None => error,
    });
    None
}
