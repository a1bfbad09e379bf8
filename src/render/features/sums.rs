//! Sums of contributions in the words and numbers of a language.

use std::collections::BTreeMap;

use serde::Serialize;

use super::day_view;
use crate::link::LangId;
use crate::plan::gifts::{Cited, Sum};
use crate::render::Reads;
use crate::render::view::DateView;
use crate::text::money::Money;
use crate::text::number::Decimal;

/// What some contributions come to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SumView {
    pub count: String,
    /// `1,2 tỷ đồng`; empty where no money was given.
    pub short: String,
    /// `1.200.000.000 đồng`
    pub full: String,
    /// `20 suất quà, 2 căn nhà`; may be empty.
    pub things: String,
}

/// A declared figure as texts cite it.
#[derive(Debug, Clone, Serialize)]
pub struct CitedView {
    pub label: String,
    /// `1,2 tỷ đồng`, `20 căn nhà`
    pub value: String,
    pub full: String,
    pub as_of: Option<DateView>,
    pub source: String,
    pub illustrative: bool,
}

/// What was given of one kind.
#[derive(Debug, Serialize)]
pub(super) struct KindSum {
    name: String,
    sum: SumView,
}

/// Sums by kind, in the order in which the kinds are declared.
pub(super) fn kinds(reads: &Reads<'_>, sums: &BTreeMap<usize, Sum>, lang: LangId) -> Vec<KindSum> {
    let tag = &reads.site.langs[lang].tag;
    let view = |(kind, of): (&usize, &Sum)| {
        let name = reads.plan.gifts.kinds.get(*kind)?.get(tag).unwrap_or_default();
        Some(KindSum { name: name.to_owned(), sum: sum(reads, of, lang) })
    };
    sums.iter().filter_map(view).collect()
}

pub(super) fn sum(reads: &Reads<'_>, sum: &Sum, lang: LangId) -> SumView {
    let locale = &reads.site.langs[lang].locale;
    let things = sum.things.iter().filter_map(|(measure, thousandths)| {
        let measure = reads.plan.gifts.measures.get(*measure)?;
        Some(format!("{} {measure}", quantity(reads, *thousandths, lang)))
    });
    let (short, full) = money(reads, sum.dong, lang);
    SumView {
        count: locale.number(i64::try_from(sum.count).unwrap_or(i64::MAX)),
        short: if sum.dong == 0 { String::new() } else { short },
        full: if sum.dong == 0 { String::new() } else { full },
        things: things.collect::<Vec<_>>().join(", "),
    }
}

/// In short and in full.
pub(super) fn money(reads: &Reads<'_>, dong: i128, lang: LangId) -> (String, String) {
    let locale = &reads.site.langs[lang].locale;
    // Beyond nine billion billion only the digits are left.
    match i64::try_from(dong) {
        Ok(dong) => (locale.money(Money { dong }), locale.money_full(Money { dong })),
        Err(_) => {
            let digits = locale.number_style().integer(dong);
            (digits.clone(), digits)
        }
    }
}

pub(super) fn quantity(reads: &Reads<'_>, thousandths: i128, lang: LangId) -> String {
    Decimal::new(thousandths, 3).format(reads.site.langs[lang].locale.number_style())
}

/// A declared figure in a language.
pub fn cited(reads: &Reads<'_>, id: &str, lang: LangId) -> Option<CitedView> {
    let figure: &Cited = reads.plan.gifts.figures.get(id)?;
    let tag = &reads.site.langs[lang].tag;
    let (value, full) = match &figure.measure {
        Some(measure) => {
            let number = quantity(reads, figure.value, lang);
            let text = format!("{number} {}", measure.get(tag).unwrap_or_default());
            (text.clone(), text)
        }
        None => money(reads, figure.value, lang),
    };
    Some(CitedView {
        label: figure.label.get(tag).unwrap_or_default().to_owned(),
        value,
        full,
        as_of: figure.as_of.and_then(|as_of| day_view(reads, as_of, lang)),
        source: figure.sources.join("; "),
        illustrative: figure.illustrative,
    })
}
