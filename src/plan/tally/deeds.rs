//! The days of works and awards, which may lie long before the day on which
//! somebody told of them.

use jiff::civil::Date;

use crate::kinds::{choice, moment};
use crate::link::{EntryId, Site};
use crate::plan::awards::decided;

/// The day that says in which year a work or an award counts: of a work its
/// hand-over, before that its beginning; of an award its decision; else the
/// day of the entry. So each counts once, in the year for which offices count
/// it. `None` for other kinds.
pub(super) fn day(site: &Site, id: EntryId) -> Option<Date> {
    let entry = &site.entries[id];
    match entry.kind.name() {
        "award" => decided(site, id),
        "work" => {
            let fields = entry.variants[entry.original].as_ref().map(|variant| &variant.fields);
            let on = |key| moment(fields?, key).map(|moment| moment.value.day());
            let own = match fields.and_then(|fields| choice(fields, "status")) {
                Some(("planned", _)) => None,
                Some(("started", _)) => on("started"),
                Some(_) => on("handed_over"),
                None => on("handed_over").or_else(|| on("started")),
            };
            own.or_else(|| entry.date.as_ref().map(|date| date.day()))
        }
        _ => None,
    }
}
