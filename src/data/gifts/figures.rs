//! `figures.yaml`: figures that texts cite by their id.

use std::sync::Arc;

use jiff::civil::Date;

use super::about::day;
use super::rules::{BAD_AMOUNT, BAD_FIGURE, BAD_QUANTITY};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule};
use crate::bi;
use crate::data::{DataOptions, check_slug, each, without_twins};
use crate::text::money::Money;
use crate::text::number::parse_vi;
use crate::yaml::{Node, Reader, Spanned, Texts, clip};

/// A figure, declared once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub id: Spanned<String>,
    pub file: Arc<str>,
    pub label: Texts,
    /// What is counted; empty for sums of money.
    pub measure: Texts,
    /// In đồng, or in thousandths of the measure.
    pub value: Option<Spanned<i64>>,
    pub sum: Option<Filter>,
    pub source: Option<String>,
    pub as_of: Option<Date>,
    pub illustrative: bool,
}

/// Which contributions a figure adds up; all of them where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub year: Option<i64>,
    /// With those below it.
    pub unit: Option<Spanned<String>>,
    pub kind: Option<Spanned<String>>,
    /// With those inside it.
    pub area: Option<Spanned<String>>,
    /// Adds up things of this measure, not money.
    pub measure: Option<Spanned<String>>,
}

/// Reads a list of `{id, label, value, measure, sum, source, as_of,
/// illustrative}`.
pub fn read_figures(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Figure> {
    let figures = each(node, file, opts, found, |reader| figure(reader, opts));
    without_twins(figures, found, |figure| (&figure.file, &figure.id))
}

fn figure(reader: &mut Reader<'_>, opts: DataOptions<'_>) -> Option<Figure> {
    let id = reader.required("id", "tong-2026");
    let id = id.filter(|id| check_slug(reader, "id", &id.value, &id.range));
    let label = reader.required_texts("label", opts.langs, "Tổng giá trị năm 2026");
    let measure = reader.texts_by_language("measure", opts.langs);
    let value = reader.line("value");
    let sum = reader.map("sum").map(|mut map| {
        let filter = Filter {
            year: map.integer("year").map(|year| year.value),
            unit: map.line("unit"),
            kind: map.line("kind"),
            area: map.line("area"),
            measure: map.line("measure"),
        };
        reader.adopt(map);
        filter
    });
    let source = reader.line("source").map(|source| source.value);
    let as_of = day(reader, "as_of");
    let illustrative = reader.flag("illustrative").is_some_and(|flag| flag.value);
    let money = measure.is_empty() && sum.as_ref().is_none_or(|sum| sum.measure.is_none());
    let value = match value {
        Some(written) => Some(number(reader, written, money)?),
        None => None,
    };
    let id = id?;
    for (absent, vi, en) in [
        (value.is_none() && sum.is_none(), "`value` hoặc `sum`", "`value` or `sum`"),
        (value.is_some() && source.is_none(), "`source`", "`source`"),
        (value.is_some() && as_of.is_none(), "`as_of`", "`as_of`"),
    ] {
        if absent {
            let name = &id.value;
            let message = bi!("con số `{name}` thiếu {vi}", "the figure `{name}` lacks {en}");
            let place = reader.span(&id.range);
            reader.push(Diagnostic::new(&BAD_FIGURE, message).at(place));
            return None;
        }
    }
    let file = Arc::clone(reader.file());
    Some(Figure { id, file, label, measure, value, sum, source, as_of, illustrative })
}

fn number(reader: &mut Reader<'_>, written: Spanned<String>, money: bool) -> Option<Spanned<i64>> {
    let thousandths = |text: &str| {
        let number = parse_vi(text).ok().filter(|number| number.scale <= 3 && number.units >= 0)?;
        let factor = 10i128.checked_pow(3 - number.scale)?;
        i64::try_from(number.units.checked_mul(factor)?).ok()
    };
    let read = if money {
        Money::parse(&written.value).ok().map(|money| money.dong)
    } else {
        thousandths(&written.value)
    };
    let shown = clip(&written.value);
    let (rule, help): (&'static Rule, Bi) = if money {
        (
            &BAD_AMOUNT,
            bi!(
                "viết như: 15,5 triệu; 1,2 tỷ; hoặc thêm `measure` nếu không phải tiền",
                "write: 15,5 triệu; 1,2 tỷ; or add `measure` if it is no money"
            ),
        )
    } else {
        (&BAD_QUANTITY, bi!("viết một số: 20 hoặc 1.500,5", "write a number: 20 or 1.500,5"))
    };
    if read.is_none() {
        let message = bi!("không đọc được “{shown}”", "“{shown}” cannot be read");
        let place = reader.span(&written.range);
        reader.push(Diagnostic::new(rule, message).at(place).help(help));
    }
    read.map(|value| Spanned { value, range: written.range })
}
