//! Built-in and declared places, and the provincial organisations that go
//! with the provinces.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::terms::Draft;
use crate::config::Texts;
use crate::data::{DataFile, FormerName, Named, Place, Places, Unit};
use crate::yaml::Spanned;

/// The organisation above the provincial ones.
const CENTRAL: &str = "trung-uong-doan";

/// The 34 provinces with a site's own communes.
pub fn places_data(data: &BTreeMap<String, Arc<DataFile>>) -> Places {
    let communes = data.values().filter_map(|file| match &**file {
        DataFile::Communes(places) => Some(places.clone()),
        _ => None,
    });
    Places::new(communes.flatten())
}

/// Places as terms: id, then what it is.
pub(super) fn terms(places: &Places) -> Vec<(String, Draft)> {
    let term = |place: &Place| {
        let parent = place.parent.clone();
        let draft =
            Draft::place(&place.id, &place.name, parent, String::new(), place.former.clone());
        (place.id.clone(), draft)
    };
    places.all().iter().map(term).collect()
}

/// The organisations that every site knows: the central one, and one per
/// province under the name that goes with the province's status. The id of
/// the other status leads to it too, since provinces become cities.
pub(super) fn builtin_units(places: &Places) -> Vec<Unit> {
    let mut units =
        vec![unit(CENTRAL, ("Trung ương Đoàn", "Central Youth Union"), "trung-uong", None)];
    for place in places.provinces() {
        let vi = place.name.get("vi").unwrap_or(&place.id);
        let en = place.name.get("en").unwrap_or(&place.id);
        let city = place.kind == "thanh-pho";
        let ids = [format!("tinh-doan-{}", place.id), format!("thanh-doan-{}", place.id)];
        let (own, other) = if city { (&ids[1], &ids[0]) } else { (&ids[0], &ids[1]) };
        let vi = format!("{} {vi}", if city { "Thành Đoàn" } else { "Tỉnh Đoàn" });
        let en = format!("{en} Youth Union");
        let mut unit = unit(own, (&vi, &en), "tinh", Some(CENTRAL));
        unit.aliases.push(other.clone());
        units.push(unit);
    }
    units
}

fn unit(id: &str, (vi, en): (&str, &str), group: &str, parent: Option<&str>) -> Unit {
    let spanned = |text: &str| Spanned { value: text.to_owned(), range: 0..0 };
    let name = Texts(vec![("vi".to_owned(), vi.to_owned()), ("en".to_owned(), en.to_owned())]);
    Unit {
        named: Named { id: spanned(id), name, slug: Texts::default(), file: Arc::from("units") },
        short: Texts::default(),
        parent: parent.map(spanned),
        group: group.to_owned(),
        place: None,
        from: None,
        to: None,
        former_names: Vec::<FormerName>::new(),
        aliases: Vec::new(),
        illustrative: false,
    }
}
