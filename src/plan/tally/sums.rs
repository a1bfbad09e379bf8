//! What entries of one kind come to together.

use crate::i18n::Locale;
use crate::kinds::{Field, Fields, State};
use crate::plan::awards::recipients;

/// How a kind's entries are sorted: by a word of a closed list, in the order of
/// that list, or by an author's own word; what says nothing stands last.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sort {
    place: usize,
    /// As written; empty where nothing is said.
    pub value: String,
    /// The interface string that names it, or empty.
    pub string: &'static str,
}

impl Sort {
    /// What a field says; `list` is its closed list.
    pub fn of(fields: &Fields, key: &str, list: &[State]) -> Sort {
        let found = fields.iter().find(|(name, _)| *name == key).map(|(_, field)| &field.value);
        match found {
            Some(Field::Choice { value, string }) => {
                let place = list.iter().position(|(known, _)| known == value);
                Sort { place: place.unwrap_or(list.len()), value: (*value).to_owned(), string }
            }
            Some(Field::Text(text)) => Sort { place: list.len(), value: text.clone(), string: "" },
            _ => Sort { place: usize::MAX, ..Sort::default() },
        }
    }

    /// What a language calls it.
    pub fn label<'a>(&'a self, locale: &'a Locale) -> &'a str {
        match self {
            Sort { string: "", value, .. } if value.is_empty() => locale.string("figures_unsaid"),
            Sort { string: "", value, .. } => value,
            Sort { string, .. } => locale.string(string),
        }
    }

    /// By how things stand.
    pub(super) fn stand(state: Option<State>) -> Sort {
        match state {
            Some((value, string)) => Sort { place: 0, value: value.to_owned(), string },
            None => Sort { place: usize::MAX, ..Sort::default() },
        }
    }
}

/// Works: how many stand how, what they are worth and whom they serve.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Works {
    pub count: usize,
    pub planned: usize,
    pub started: usize,
    pub handed_over: usize,
    /// In đồng.
    pub value: i128,
    pub beneficiaries: i128,
}

impl Works {
    pub fn add(&mut self, fields: &Fields) {
        self.count += 1;
        match crate::kinds::choice(fields, "status") {
            Some(("planned", _)) => self.planned += 1,
            Some(("started", _)) => self.started += 1,
            Some(("handed_over", _)) => self.handed_over += 1,
            _ => {}
        }
        self.value += amount(fields, "value");
        self.beneficiaries += number(fields, "beneficiaries");
    }

    pub fn join(&mut self, other: &Works) {
        self.count += other.count;
        self.planned += other.planned;
        self.started += other.started;
        self.handed_over += other.handed_over;
        self.value += other.value;
        self.beneficiaries += other.beneficiaries;
    }
}

/// Awards: decisions, and those whom they name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Awards {
    pub count: usize,
    pub recipients: usize,
}

impl Awards {
    pub(super) fn add(&mut self, fields: &Fields) {
        self.count += 1;
        self.recipients += recipients(fields).len();
    }

    pub fn join(&mut self, other: &Awards) {
        self.count += other.count;
        self.recipients += other.recipients;
    }
}

/// Opportunities: places, and what they are worth together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Opportunities {
    pub count: usize,
    pub open: usize,
    pub slots: i128,
    /// In đồng: of each place times the places.
    pub value: i128,
}

impl Opportunities {
    pub(super) fn add(&mut self, fields: &Fields, open: bool) {
        let slots = number(fields, "slots");
        self.count += 1;
        self.open += usize::from(open);
        self.slots += slots;
        self.value += amount(fields, "value").saturating_mul(slots.max(1));
    }

    pub fn join(&mut self, other: &Opportunities) {
        self.count += other.count;
        self.open += other.open;
        self.slots += other.slots;
        self.value += other.value;
    }
}

/// Appeals: what was needed and what came, in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Appeals {
    pub count: usize,
    pub goal: i128,
    pub received: i128,
}

impl Appeals {
    pub(super) fn add(&mut self, fields: &Fields) {
        self.count += 1;
        self.goal += amount(fields, "goal");
        self.received += amount(fields, "received");
    }

    pub fn join(&mut self, other: &Appeals) {
        self.count += other.count;
        self.goal += other.goal;
        self.received += other.received;
    }
}

fn amount(fields: &Fields, key: &str) -> i128 {
    match fields.iter().find(|(name, _)| *name == key).map(|(_, field)| &field.value) {
        Some(Field::Money(money)) => i128::from(money.amount),
        _ => 0,
    }
}

fn number(fields: &Fields, key: &str) -> i128 {
    match fields.iter().find(|(name, _)| *name == key).map(|(_, field)| &field.value) {
        Some(Field::Number(number)) => i128::from(*number),
        _ => 0,
    }
}
