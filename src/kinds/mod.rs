//! The kinds of entries. A new kind is one file here and one line in [`KINDS`].
//!
//! Takes the keys of a front matter that are not common to all kinds, gives
//! typed [`Fields`] and diagnostics. Never looks at other entries.

mod appeal;
mod award;
mod document;
mod event;
mod model;
mod money;
mod news;
mod opportunity;
mod page;
mod receipts;
mod report;
mod rules;
mod story;
mod work;

use std::sync::Arc;

use jiff::Timestamp;

use crate::base::diag::Diagnostics;
use crate::base::time::Moment;
use crate::parse::Front;
use crate::yaml::{Reader, Spanned};

pub use award::{FORM as AWARD_FORMS, LEVEL as AWARD_LEVELS};
pub use opportunity::TYPES as OPPORTUNITY_TYPES;
pub use receipts::Receipt;
pub use rules::RULES;
pub use work::TYPES as WORK_TYPES;

/// Every kind there is, in the order in which they are listed.
pub static KINDS: &[&dyn Kind] = &[
    &story::Story,
    &model::Model,
    &news::News,
    &event::Event,
    &work::Work,
    &opportunity::Opportunity,
    &appeal::Appeal,
    &award::Award,
    &document::Document,
    &report::Report,
    &page::Page,
];

/// The kind of that name.
pub fn kind(name: &str) -> Option<&'static dyn Kind> {
    KINDS.iter().copied().find(|kind| kind.name() == name)
}

/// The kind of entries where neither they nor their section name one.
pub fn default() -> &'static dyn Kind {
    &page::Page
}

/// What makes one kind of entry different from the others.
pub trait Kind: Sync {
    /// The word in `kind:`: `model`.
    fn name(&self) -> &'static str;
    /// Singular label: (vi, en); `kind_<name>` in an interface file overrides it.
    fn label(&self) -> (&'static str, &'static str);
    /// The schema.org type of its pages; `None` for no article data.
    fn schema_type(&self) -> Option<&'static str>;
    /// Whether `date` is required.
    fn dated(&self) -> bool {
        true
    }
    /// Reads the kind's own keys; what it does not ask for is unknown.
    fn read(&self, reader: &mut Reader<'_>) -> Fields;
    /// Advice and errors that need the whole front matter.
    fn check(&self, _path: &Arc<str>, _front: &Front, _fields: &Fields) -> Diagnostics {
        Vec::new()
    }
    /// How things stand at an instant, where the calendar decides over it: an
    /// opportunity is open until its deadline. Shown as the entry's `status`.
    fn state(&self, _fields: &Fields, _at: Timestamp) -> Option<State> {
        None
    }
    /// The first instants of new states, in any order.
    fn turns(&self, _fields: &Fields) -> Vec<Timestamp> {
        Vec::new()
    }
}

/// A value and the interface string that names it.
pub type State = (&'static str, &'static str);

/// A kind's own values, in the order in which they are shown.
pub type Fields = Vec<(&'static str, Spanned<Field>)>;

/// The closed set of shapes that a kind's value may have; how each is printed
/// in a language is decided once, for all kinds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    Text(String),
    /// An ordered list: steps, results.
    Texts(Vec<String>),
    Moment(Moment),
    Flag(bool),
    Number(i64),
    Money(MoneyField),
    /// One of a closed list; printed as the interface string of that key.
    Choice {
        value: &'static str,
        string: &'static str,
    },
    /// Other entries, by key or reference (`@/…`).
    Entries(Vec<Spanned<String>>),
    /// What came in for an appeal, in order of date.
    Receipts(Vec<Receipt>),
    /// Files beside the entry, to be published with it.
    Files(Vec<Spanned<String>>),
}

/// An amount with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MoneyField {
    /// In đồng.
    pub amount: i64,
    pub source: Option<String>,
    pub as_of: Option<Moment>,
}

/// The moment that a key names.
pub fn moment<'f>(fields: &'f Fields, key: &str) -> Option<Spanned<&'f Moment>> {
    fields.iter().find(|(name, _)| *name == key).and_then(|(_, field)| match &field.value {
        Field::Moment(moment) => Some(Spanned::new(moment, field.range.clone())),
        _ => None,
    })
}

/// The one of a closed list that a key names.
pub fn choice(fields: &Fields, key: &str) -> Option<State> {
    fields.iter().find(|(name, _)| *name == key).and_then(|(_, field)| match &field.value {
        Field::Choice { value, string } => Some((*value, *string)),
        _ => None,
    })
}

/// Adds a field that was written.
fn put<T>(
    fields: &mut Fields,
    key: &'static str,
    value: Option<Spanned<T>>,
    make: impl FnOnce(T) -> Field,
) {
    if let Some(value) = value {
        fields.push((key, value.map(make)));
    }
}

/// Adds a list that was written; its place is that of the whole value.
fn put_list(
    fields: &mut Fields,
    reader: &mut Reader<'_>,
    key: &'static str,
    make: impl FnOnce(Vec<Spanned<String>>) -> Field,
) {
    let Some(range) = reader.node(key).map(|node| node.range.clone()) else { return };
    let items = reader.texts(key);
    if !items.is_empty() {
        fields.push((key, Spanned::new(make(items), range)));
    }
}

/// The words of a list, without their places.
fn words(items: Vec<Spanned<String>>) -> Vec<String> {
    items.into_iter().map(|item| item.value).collect()
}

/// Adds one of a closed list, given as (value, interface string).
fn put_choice(
    fields: &mut Fields,
    reader: &mut Reader<'_>,
    key: &'static str,
    choices: &[(&'static str, &'static str)],
) {
    let values: Vec<&'static str> = choices.iter().map(|(value, _)| *value).collect();
    let Some(chosen) = reader.choice(key, &values) else { return };
    let found = choices.iter().find(|(value, _)| *value == chosen.value);
    if let Some(&(value, string)) = found {
        fields.push((key, Spanned::new(Field::Choice { value, string }, chosen.range)));
    }
}

#[cfg(test)]
mod tests;
