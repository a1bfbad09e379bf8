//! Declared figures: their sums made, and compared with what they claim.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Known, kind_ids, position, unknown};
use super::{Cited, Gifts, Row};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Texts;
use crate::data::{DataFile, EMPTY_SUM, FIGURE_DIFFERS, Figure, Filter};
use crate::link::{PLACES, Site, TermId, UNITS};
use crate::text::money::{Money, MoneyStyle};
use crate::text::number::{Decimal, NumberStyle};
use crate::text::{fold, nearest};
use crate::yaml::Spanned;

pub(super) fn figures(
    site: &Site,
    gifts: &Gifts,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Cited> {
    let files = site.data.values().filter_map(|file| match &**file {
        DataFile::Figures(figures) => Some(figures),
        _ => None,
    });
    let figures: Vec<&Figure> = files.flatten().collect();
    if figures.is_empty() {
        return BTreeMap::new();
    }
    let mut citing = Citing { site, gifts, known: Known::of(site), kinds: kind_ids(site), diags };
    figures
        .into_iter()
        .filter_map(|figure| Some((figure.id.value.clone(), citing.figure(figure)?)))
        .collect()
}

struct Citing<'a> {
    site: &'a Site,
    gifts: &'a Gifts,
    known: Known<'a>,
    /// Kinds by their folded id.
    kinds: BTreeMap<String, usize>,
    diags: &'a mut Diagnostics,
}

/// The rows that a figure is added up from: a filter whose names are led to
/// what they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    year: Option<i64>,
    unit: Option<Vec<bool>>,
    kind: Option<usize>,
    area: Option<Vec<bool>>,
    measure: Option<usize>,
}

impl Chosen {
    /// The figure's parts: in đồng, or in thousandths of its measure.
    pub fn parts<K: Ord>(&self, gifts: &Gifts, key: impl Fn(&Row) -> K) -> BTreeMap<K, i128> {
        let mut parts: BTreeMap<K, i128> = BTreeMap::new();
        for row in gifts.rows.iter().filter(|row| self.has(row)) {
            *parts.entry(key(row)).or_default() += self.value(row);
        }
        parts
    }

    fn value(&self, row: &Row) -> i128 {
        i128::from(if self.measure.is_some() { row.thousandths } else { row.dong })
    }

    fn has(&self, row: &Row) -> bool {
        let within = |terms: &[bool], term: TermId| terms.get(term).copied().unwrap_or(false);
        self.year.is_none_or(|year| i64::from(row.day.year()) == year)
            && self.unit.as_ref().is_none_or(|units| within(units, row.unit))
            && self.kind.is_none_or(|kind| row.kind == kind)
            && self
                .area
                .as_ref()
                .is_none_or(|areas| row.area.is_some_and(|area| within(areas, area)))
            && self.measure.is_none_or(|measure| row.measure == Some(measure))
    }
}

impl Citing<'_> {
    fn figure(&mut self, figure: &Figure) -> Option<Cited> {
        let measure = match figure.sum.as_ref().and_then(|sum| sum.measure.as_ref()) {
            _ if !figure.measure.is_empty() => Some(figure.measure.clone()),
            Some(own) => Some(Texts(vec![(String::new(), own.value.clone())])),
            None => None,
        };
        let mut cited = Cited {
            label: figure.label.clone(),
            value: figure.value.as_ref().map_or(0, |value| i128::from(value.value)),
            measure,
            sources: figure.source.iter().cloned().collect(),
            as_of: figure.as_of,
            illustrative: figure.illustrative,
            rows: None,
        };
        let Some(filter) = &figure.sum else { return Some(cited) };
        let chosen = self.chosen(figure, filter)?;
        let rows: Vec<&Row> = self.gifts.rows.iter().filter(|row| chosen.has(row)).collect();
        let sum: i128 = rows.iter().map(|row| chosen.value(row)).sum();
        if rows.is_empty() {
            let message = bi!("không có dòng nào để cộng", "there are no rows to add up");
            let span = Span::new(&figure.file, figure.id.range.clone());
            self.diags.push(Diagnostic::new(&EMPTY_SUM, message).at(span));
        }
        if let Some(value) = &figure.value
            && i128::from(value.value) != sum
        {
            self.differs(figure, value, sum, cited.measure.is_some());
        }
        cited.value = sum;
        if cited.sources.is_empty() {
            let sources: BTreeSet<usize> = rows.iter().filter_map(|row| row.source).collect();
            let names = sources.into_iter().filter_map(|at| self.gifts.sources.get(at));
            cited.sources = names.cloned().collect();
        }
        cited.as_of = cited.as_of.or_else(|| rows.iter().filter_map(|row| row.as_of).max());
        cited.illustrative |= rows.iter().any(|row| row.illustrative);
        drop(rows);
        cited.rows = Some(chosen);
        Some(cited)
    }

    fn differs(&mut self, figure: &Figure, value: &Spanned<i64>, sum: i128, things: bool) {
        let write = |number: i128, style: &MoneyStyle<'_>, number_style: NumberStyle| {
            if things {
                return Decimal::new(number, 3).format(number_style);
            }
            match i64::try_from(number) {
                Ok(dong) => Money { dong }.format_full(style),
                Err(_) => number_style.integer(number),
            }
        };
        let both = |style: &MoneyStyle<'_>, numbers: NumberStyle| {
            let declared = write(i128::from(value.value), style, numbers);
            (declared, write(sum, style, numbers))
        };
        let (vi, vi_sum) = both(&MoneyStyle::VI, NumberStyle::VI);
        let (en, en_sum) = both(&MoneyStyle::EN, NumberStyle::EN);
        let name = &figure.id.value;
        let message = bi!(
            "`{name}` khai báo {vi}, các dòng cộng lại là {vi_sum}",
            "`{name}` claims {en}, its rows add up to {en_sum}"
        );
        let span = Span::new(&figure.file, value.range.clone());
        self.diags.push(Diagnostic::new(&FIGURE_DIFFERS, message).at(span));
    }

    fn chosen(&mut self, figure: &Figure, filter: &Filter) -> Option<Chosen> {
        let unit = match &filter.unit {
            Some(name) => {
                let found = self.known.unit(&name.value);
                let unit = self.told(figure, name, ("đơn vị", "unit"), found)?;
                Some(self.inside(UNITS, unit))
            }
            None => None,
        };
        let area = match &filter.area {
            Some(name) => {
                let found = self.known.area(&name.value);
                let area = self.told(figure, name, ("địa bàn", "area"), found)?;
                Some(self.inside(PLACES, area))
            }
            None => None,
        };
        let kind = match &filter.kind {
            Some(name) => {
                let kinds = &self.gifts.kinds;
                let found = self.kinds.get(&fold(&name.value)).copied();
                let found = found.or_else(|| position(kinds, &name.value)).ok_or_else(|| {
                    let names = kinds.iter().flat_map(|texts| texts.0.iter());
                    nearest(&name.value, names.map(|(_, name)| name.as_str())).map(str::to_owned)
                });
                Some(self.told(figure, name, ("loại", "kind"), found)?)
            }
            None => None,
        };
        let measure = match &filter.measure {
            Some(name) => {
                let measures = &self.gifts.measures;
                let wanted = fold(&name.value);
                let found = measures.iter().position(|own| fold(own) == wanted);
                let found = found.ok_or_else(|| {
                    nearest(&name.value, measures.iter().map(String::as_str)).map(str::to_owned)
                });
                Some(self.told(figure, name, ("đơn vị tính", "measure"), found)?)
            }
            None => None,
        };
        Some(Chosen { year: filter.year, unit, kind, area, measure })
    }

    /// What was found, or nothing and the author is told.
    fn told(
        &mut self,
        figure: &Figure,
        name: &Spanned<String>,
        sort: (&str, &str),
        found: Result<usize, Option<String>>,
    ) -> Option<usize> {
        match found {
            Ok(found) => Some(found),
            Err(near) => {
                let span = Span::new(&figure.file, name.range.clone());
                self.diags.push(unknown(sort, &name.value, near, span));
                None
            }
        }
    }

    /// Per term whether it is the given one or below it.
    fn inside(&self, taxonomy: usize, above: TermId) -> Vec<bool> {
        let count = self.site.taxonomies[taxonomy].terms.len();
        (0..count).map(|term| self.site.taxonomies[taxonomy].line(term).contains(&above)).collect()
    }
}
