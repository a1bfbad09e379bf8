//! The 34 provinces as tiles, about where they lie, with the two archipelagos
//! that belong to them. No outline is drawn.

use serde::Serialize;

use crate::link::{LangId, PLACES};
use crate::plan::gifts::{Sum, Totals};
use crate::render::Reads;

/// Tiles row by row from north to south: whose it is and its column. A column
/// that is not to the right of the one before begins a row.
const TILES: [(Tile, u8); 36] = [
    (Tile::Province("lai-chau"), 1),
    (Tile::Province("lao-cai"), 2),
    (Tile::Province("tuyen-quang"), 3),
    (Tile::Province("cao-bang"), 4),
    (Tile::Province("dien-bien"), 1),
    (Tile::Province("son-la"), 2),
    (Tile::Province("phu-tho"), 3),
    (Tile::Province("thai-nguyen"), 4),
    (Tile::Province("lang-son"), 5),
    (Tile::Province("ha-noi"), 3),
    (Tile::Province("bac-ninh"), 4),
    (Tile::Province("quang-ninh"), 5),
    (Tile::Province("ninh-binh"), 3),
    (Tile::Province("hung-yen"), 4),
    (Tile::Province("hai-phong"), 5),
    (Tile::Province("thanh-hoa"), 3),
    (Tile::Province("nghe-an"), 2),
    (Tile::Province("ha-tinh"), 3),
    (Tile::Province("quang-tri"), 3),
    (Tile::Province("hue"), 4),
    (Tile::Province("da-nang"), 4),
    (Tile::Islands("hoang_sa", "da-nang"), 6),
    (Tile::Province("quang-ngai"), 4),
    (Tile::Province("gia-lai"), 4),
    (Tile::Province("dak-lak"), 4),
    (Tile::Province("tay-ninh"), 2),
    (Tile::Province("dong-nai"), 3),
    (Tile::Province("lam-dong"), 4),
    (Tile::Province("khanh-hoa"), 5),
    (Tile::Province("dong-thap"), 2),
    (Tile::Province("ho-chi-minh"), 3),
    (Tile::Islands("truong_sa", "khanh-hoa"), 6),
    (Tile::Province("an-giang"), 1),
    (Tile::Province("can-tho"), 2),
    (Tile::Province("vinh-long"), 3),
    (Tile::Province("ca-mau"), 1),
];

#[derive(Debug, Clone, Copy)]
enum Tile {
    /// By its id.
    Province(&'static str),
    /// The string that names it, and the province that it belongs to.
    Islands(&'static str, &'static str),
}

/// Shades, from the least to the most.
const CLASSES: usize = 5;

/// The map of a figure.
#[derive(Debug, Serialize)]
pub(super) struct MapView {
    tiles: Vec<TileView>,
    /// From the least to the most.
    legend: Vec<ClassView>,
}

#[derive(Debug, Serialize)]
struct TileView {
    /// 1 to 6.
    column: u8,
    name: String,
    /// Of islands: their province.
    part_of: String,
    /// 1 to 5, from the least to the most; 0 without a value.
    class: usize,
    /// Millions of đồng, rounded; empty without a value.
    short: String,
    /// The province's row in the table beside, else its own page, or empty.
    url: String,
}

#[derive(Debug, Serialize)]
struct ClassView {
    class: usize,
    from: String,
    to: String,
}

pub(super) fn map(reads: &Reads<'_>, totals: &Totals, lang: LangId) -> MapView {
    let places = &reads.site.taxonomies[PLACES].terms;
    let term = |id: &str| places.iter().position(|place| place.id == id);
    let of = |id: &str| -> Option<&Sum> { totals.provinces.get(&Some(term(id)?)) };
    let values = totals.provinces.iter().filter(|(place, _)| place.is_some());
    let mut values: Vec<i128> = values.map(|(_, sum)| sum.dong).filter(|dong| *dong > 0).collect();
    values.sort_unstable();
    values.dedup();
    let tag = &reads.site.langs[lang].tag;
    let locale = &reads.site.langs[lang].locale;
    let name = |id: &str| term(id).map_or(id, |term| places[term].display(tag)).to_owned();
    let tile = |(tile, column): &(Tile, u8)| {
        let (own, part_of, id) = match tile {
            Tile::Province(id) => (name(id), String::new(), id),
            Tile::Islands(key, id) => (locale.string(key).to_owned(), name(id), id),
        };
        let found = of(id);
        TileView {
            column: *column,
            name: own,
            part_of,
            class: found.map_or(0, |sum| class(&values, sum.dong)),
            short: found.map_or_else(String::new, |sum| millions(reads, sum.dong, lang)),
            url: match (found, term(id)) {
                (Some(_), _) => format!("#area-{id}"),
                (None, Some(place)) => reads.source().term_url(PLACES, place, lang),
                (None, None) => String::new(),
            },
        }
    };
    MapView { tiles: TILES.iter().map(tile).collect(), legend: legend(reads, &values, lang) }
}

/// The fifth of the values, in order, that a value belongs to; of fewer than
/// five the highest ones.
fn class(values: &[i128], value: i128) -> usize {
    match values.binary_search(&value) {
        Ok(at) if values.len() <= CLASSES => CLASSES + 1 + at - values.len(),
        Ok(at) => at * CLASSES / values.len() + 1,
        Err(_) => 0,
    }
}

fn legend(reads: &Reads<'_>, values: &[i128], lang: LangId) -> Vec<ClassView> {
    let of = |wanted: usize| {
        let mut own = values.iter().filter(move |value| class(values, **value) == wanted);
        let first = own.next()?;
        let last = own.next_back().unwrap_or(first);
        let (from, to) = (millions(reads, *first, lang), millions(reads, *last, lang));
        Some(ClassView { class: wanted, from, to })
    };
    (1..=CLASSES).filter_map(of).collect()
}

/// Millions of đồng without decimals, half and more rounded up; what is less
/// than one is so written.
fn millions(reads: &Reads<'_>, dong: i128, lang: LangId) -> String {
    let style = reads.site.langs[lang].locale.number_style();
    match dong {
        0 => String::new(),
        1..1_000_000 => "<1".to_owned(),
        _ => style.integer((dong + 500_000) / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_one_tile() {
        let places = crate::data::Places::new([]);
        let mut ids: Vec<&str> = places.provinces().map(|place| place.id.as_str()).collect();
        let mut tiles: Vec<&str> = Vec::new();
        for (tile, _) in TILES {
            match tile {
                Tile::Province(id) => tiles.push(id),
                Tile::Islands(_, id) => assert!(ids.contains(&id)),
            }
        }
        ids.sort_unstable();
        tiles.sort_unstable();
        assert_eq!(ids, tiles);
    }

    #[test]
    fn fifths_are_of_the_order_of_values() {
        let values: Vec<i128> = (1..=10).collect();
        let classes: Vec<usize> = values.iter().map(|value| class(&values, *value)).collect();
        assert_eq!(classes, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!((class(&[7], 7), class(&[7, 8], 7)), (5, 4));
        assert_eq!(class(&[], 0), 0);
    }
}
