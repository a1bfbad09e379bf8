//! `units.yaml`: organisations, a tree with groups and dates of validity.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::places::province_ids;
use super::rules::{DATES_REVERSED, UNIT_CYCLE, UNKNOWN_PARENT};
use super::{DataOptions, Named, each, read_named, without_twins};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::time::Moment;
use crate::bi;
use crate::config::Texts;
use crate::text::nearest;
use crate::yaml::{Node, Reader, Spanned, clip};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub named: Named,
    /// Short names for tight places, per language; may be empty.
    pub short: Texts,
    /// Id of the unit above.
    pub parent: Option<Spanned<String>>,
    /// Heading in the list of units: `tinh`, `minh-hoa`; may be empty.
    pub group: String,
    /// The place where it works, as written.
    pub place: Option<Spanned<String>>,
    /// First and last day of its existence, as far as known.
    pub from: Option<Moment>,
    pub to: Option<Moment>,
    pub former_names: Vec<FormerName>,
    /// Other ids and names that entries may use for it.
    pub aliases: Vec<String>,
    pub illustrative: bool,
}

/// A name that a unit had for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    pub name: String,
    pub from: Option<Moment>,
    pub to: Option<Moment>,
}

/// Reads the list of units; a unit whose `parent` is wrong has none.
pub fn read_units(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Unit> {
    let units = each(node, file, opts, found, |reader| read_unit(reader, opts));
    let mut units = without_twins(units, found, |unit| (&unit.named.file, &unit.named.id));
    check_parents(&mut units, found);
    check_cycles(&mut units, found);
    units
}

fn read_unit(reader: &mut Reader<'_>, opts: DataOptions<'_>) -> Option<Unit> {
    let named = read_named(reader, "name", opts.langs);
    let short = reader.texts_by_language("short", opts.langs);
    let parent = reader.line("parent");
    let group = reader.line("group").map(|group| group.value).unwrap_or_default();
    let place = reader.line("place");
    let (from, to) = validity(reader);
    let mut former_names = Vec::new();
    for (node, mut map) in reader.maps("former_names") {
        if let Some(name) = node.scalar() {
            let name = name.trim().to_owned();
            former_names.push(FormerName { name, from: None, to: None });
            continue;
        }
        let name = map.required("name", "Tỉnh Đoàn Hà Giang");
        let (from, to) = validity(&mut map);
        reader.adopt(map);
        former_names.extend(name.map(|name| FormerName { name: name.value, from, to }));
    }
    let aliases = reader.texts("aliases").into_iter().map(|alias| alias.value).collect();
    let illustrative = reader.flag("illustrative").is_some_and(|flag| flag.value);
    Some(Unit {
        named: named?,
        short,
        parent,
        group,
        place,
        from,
        to,
        former_names,
        aliases,
        illustrative,
    })
}

/// The keys `from` and `to`.
fn validity(reader: &mut Reader<'_>) -> (Option<Moment>, Option<Moment>) {
    let (from, to) = (reader.moment("from"), reader.moment("to"));
    if let (Some(from), Some(to)) = (&from, &to)
        && to.value.instant < from.value.instant
    {
        let message = bi!("`to` trước `from`", "`to` is before `from`");
        let place = reader.span(&to.range);
        reader.push(Diagnostic::new(&DATES_REVERSED, message).at(place));
    }
    (from.map(|from| from.value), to.map(|to| to.value))
}

/// Whether a unit of this id exists without being declared: the unions of the
/// 34 provinces and the one above them.
fn is_builtin(id: &str) -> bool {
    let province = id.strip_prefix("tinh-doan-").or_else(|| id.strip_prefix("thanh-doan-"));
    id == "trung-uong-doan"
        || province.is_some_and(|province| province_ids().iter().any(|id| id == province))
}

fn check_parents(units: &mut [Unit], found: &mut Diagnostics) {
    let ids: Vec<String> = units.iter().map(|unit| unit.named.id.value.clone()).collect();
    let known: rustc_hash::FxHashSet<&str> = ids.iter().map(String::as_str).collect();
    let builtin: Vec<String> =
        province_ids().iter().map(|province| format!("tinh-doan-{province}")).collect();
    for unit in units {
        let Some(parent) = &unit.parent else { continue };
        if known.contains(parent.value.as_str()) || is_builtin(&parent.value) {
            continue;
        }
        let name = clip(&parent.value);
        let message = bi!("không có đơn vị `{name}`", "there is no unit `{name}`");
        let place = Span::new(&unit.named.file, parent.range.clone());
        let error = Diagnostic::new(&UNKNOWN_PARENT, message).at(place);
        let names = ids.iter().chain(&builtin);
        found.push(match nearest(&parent.value, names.map(String::as_str)) {
            Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
            None => error,
        });
        unit.parent = None;
    }
}

/// Breaks every circle of parents at its first unit.
fn check_cycles(units: &mut [Unit], found: &mut Diagnostics) {
    let by_id: BTreeMap<String, usize> =
        units.iter().enumerate().map(|(at, unit)| (unit.named.id.value.clone(), at)).collect();
    // 0: not seen; else the number of the walk that came by.
    let mut seen = vec![0usize; units.len()];
    for start in 0..units.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(here) = at {
            let Some(mark) = seen.get_mut(here) else { break };
            if *mark == walk {
                break_circle(units, here, found);
                break;
            }
            if *mark != 0 {
                break;
            }
            *mark = walk;
            let parent = units.get(here).and_then(|unit| unit.parent.as_ref());
            at = parent.and_then(|parent| by_id.get(&parent.value).copied());
        }
    }
}

fn break_circle(units: &mut [Unit], at: usize, found: &mut Diagnostics) {
    let Some(unit) = units.get_mut(at) else { return };
    let Some(parent) = unit.parent.take() else { return };
    let id = &unit.named.id.value;
    let message =
        bi!("đơn vị `{id}` là cấp trên của chính mình", "the unit `{id}` ends up above itself");
    let place = Span::new(&unit.named.file, parent.range);
    found.push(Diagnostic::new(&UNIT_CYCLE, message).at(place));
}
