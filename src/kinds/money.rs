//! A sum of money in front matter.
//!
//! Takes text such as `15,5 triệu đồng`, or `{amount, source, as_of}`; gives
//! whole đồng with where they come from.

use super::MoneyField;
use super::rules::BAD_MONEY;
use crate::base::diag::Diagnostic;
use crate::bi;
use crate::text::money::Money;
use crate::yaml::{Reader, Spanned, Value, clip};

impl Reader<'_> {
    /// A sum alone, or a map `{amount, source, as_of}`.
    pub fn money(&mut self, key: &str) -> Option<Spanned<MoneyField>> {
        let node = self.node(key)?;
        if !matches!(node.value, Value::Map(_)) {
            let amount = amount(self, key)?;
            return Some(amount.map(|amount| MoneyField { amount, source: None, as_of: None }));
        }
        let mut map = self.map(key)?;
        let amount = map.require("amount", "15500000", amount);
        let source = map.line("source").map(|source| source.value);
        let as_of = map.moment("as_of").map(|day| day.value);
        self.adopt(map);
        let amount = amount?.value;
        Some(Spanned::new(MoneyField { amount, source, as_of }, node.range.clone()))
    }
}

fn amount(reader: &mut Reader<'_>, key: &str) -> Option<Spanned<i64>> {
    let text = reader.line(key)?;
    match Money::parse(&text.value) {
        Ok(money) => Some(text.map(|_| money.dong)),
        Err(_) => {
            let written = clip(&text.value);
            let message = bi!(
                "không đọc được số tiền “{written}”",
                "“{written}” is no sum of money that can be read"
            );
            let help = bi!(
                "viết như: 15,5 triệu đồng; 1,2 tỷ đồng; 1.200.000 đồng; hoặc {{amount: 15500000}}",
                "write: 15,5 triệu đồng; 1,2 tỷ đồng; 1.200.000 đồng; or {{amount: 15500000}}"
            );
            let place = reader.span(&text.range);
            reader.push(Diagnostic::new(&BAD_MONEY, message).at(place).help(help));
            None
        }
    }
}
