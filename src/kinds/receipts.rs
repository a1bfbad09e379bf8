//! What came in for an appeal, one by one, and the sum that is stated of it.

use std::sync::Arc;

use super::rules::{EMPTY_RECEIPT, RECEIPT_WITHOUT_SOURCE, RECEIPTS_DIFFER};
use super::{Field, Fields, MoneyField};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::time::Moment;
use crate::bi;
use crate::text::money::{Money, MoneyStyle};
use crate::yaml::{Reader, Spanned};

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Receipt {
    pub day: Moment,
    /// `None`: not to be named.
    pub from: Option<String>,
    /// In đồng.
    pub amount: Option<i64>,
    /// What was given besides money, in words: `1 chiếc xe lăn`.
    pub quantity: Option<String>,
    /// The paper that shows it.
    pub source: Option<String>,
    /// Its place in the file.
    pub at: std::ops::Range<usize>,
}

/// Reads `receipts`, in order of date. Where no sum is stated, theirs becomes
/// `received`.
pub(super) fn read(fields: &mut Fields, reader: &mut Reader<'_>) {
    let Some(range) = reader.node("receipts").map(|node| node.range.clone()) else { return };
    let mut receipts = Vec::new();
    for (node, mut map) in reader.maps("receipts") {
        let day = map.require("date", "2026-11-12", Reader::moment);
        let amount = map.money("amount").map(|money| money.value.amount);
        let quantity = map.line("quantity").map(|text| text.value);
        let from = map.line("from").map(|text| text.value);
        let source = map.line("source").map(|text| text.value);
        if amount.is_none() && quantity.is_none() && map.node("amount").is_none() {
            let message = bi!(
                "khoản nhận này không ghi bao nhiêu",
                "this receipt does not say how much came"
            );
            let help = bi!(
                "thêm `amount: 500.000 đồng` hoặc `quantity: 2 bao gạo`",
                "add `amount: 500.000 đồng` or `quantity: 2 bags of rice`"
            );
            let place = map.span(&node.range);
            map.push(Diagnostic::new(&EMPTY_RECEIPT, message).at(place).help(help));
        }
        reader.adopt(map);
        let Some(day) = day.map(|day| day.value) else { continue };
        receipts.push(Receipt { day, from, amount, quantity, source, at: node.range.clone() });
    }
    receipts.sort_by_key(|receipt| receipt.day.instant);
    if !fields.iter().any(|(key, _)| *key == "received") {
        fields.extend(sum(&receipts).map(|sum| ("received", Spanned::new(sum, range.clone()))));
    }
    if !receipts.is_empty() {
        fields.push(("receipts", Spanned::new(Field::Receipts(receipts), range)));
    }
}

/// What receipts of money come to, up to the last of them.
fn sum(receipts: &[Receipt]) -> Option<Field> {
    let money = || receipts.iter().filter(|receipt| receipt.amount.is_some());
    let as_of = money().next_back()?.day.clone();
    let mut sources: Vec<&str> = Vec::new();
    for source in money().filter_map(|receipt| receipt.source.as_deref()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let source = (!sources.is_empty()).then(|| sources.join("; "));
    Some(Field::Money(MoneyField { amount: total(receipts, None), source, as_of: Some(as_of) }))
}

/// In đồng, of what came until the end of a day.
fn total(receipts: &[Receipt], until: Option<&Moment>) -> i64 {
    let counts = |receipt: &&Receipt| until.is_none_or(|until| receipt.day.day() <= until.day());
    let amounts = receipts.iter().filter(counts).filter_map(|receipt| receipt.amount);
    amounts.fold(0, i64::saturating_add)
}

/// The sum that is stated must be that of the receipts up to its day, and each
/// receipt must say which paper shows it.
pub(super) fn check(path: &Arc<str>, fields: &Fields) -> Diagnostics {
    let field = |key| fields.iter().find(|(name, _)| *name == key).map(|(_, field)| field);
    let Some(Spanned { value: Field::Receipts(receipts), .. }) = field("receipts") else {
        return Diagnostics::new();
    };
    let mut found = Diagnostics::new();
    if let Some(Spanned { value: Field::Money(stated), range }) = field("received") {
        let sum = total(receipts, stated.as_of.as_ref());
        if sum != stated.amount {
            let both = |style: &MoneyStyle<'_>| {
                let write = |dong: i64| Money { dong }.format_full(style);
                (write(stated.amount), write(sum))
            };
            let ((vi, vi_sum), (en, en_sum)) = (both(&MoneyStyle::VI), both(&MoneyStyle::EN));
            let message = bi!(
                "ghi đã nhận {vi}, các khoản nhận cộng lại là {vi_sum}",
                "{en} are said to have come, the receipts add up to {en_sum}"
            );
            let help = bi!(
                "sửa một trong hai; hoặc bỏ `received`, trang sẽ tự cộng",
                "correct one of them; or drop `received`, it is then added up for you"
            );
            let error = Diagnostic::new(&RECEIPTS_DIFFER, message);
            found.push(error.at(Span::new(path, range.clone())).help(help));
        }
    }
    let mut bare = receipts.iter().filter(|receipt| receipt.source.is_none());
    if let Some(first) = bare.next() {
        let count = bare.count() + 1;
        let message = bi!(
            "{count} khoản nhận không ghi chứng từ",
            "{count} receipts name no paper that shows them"
        );
        let place = Span::new(path, first.at.clone());
        found.push(Diagnostic::new(&RECEIPT_WITHOUT_SOURCE, message).at(place));
    }
    found
}
