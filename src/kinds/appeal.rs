//! `appeal`: help that a story called for, from the need to the hand-over.

use std::sync::Arc;

use jiff::Timestamp;

use super::rules::RECEIVED_WITHOUT_SOURCE;
use super::{Field, Fields, Kind, State, choice, moment, put, put_choice, put_list, receipts};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::parse::Front;
use crate::yaml::Reader;

pub(super) struct Appeal;

const OPEN: State = ("open", "appeal_status_open");
const CLOSED: State = ("closed", "appeal_status_closed");
const REACHED: State = ("reached", "appeal_status_reached");
const HANDED_OVER: State = ("handed_over", "appeal_status_handed_over");
const STATUS: &[State] = &[OPEN, REACHED, CLOSED, HANDED_OVER];

impl Kind for Appeal {
    fn name(&self) -> &'static str {
        "appeal"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Lời kêu gọi", "Appeal")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Article")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put_choice(&mut fields, reader, "status", STATUS);
        put(&mut fields, "need", reader.text("need"), Field::Text);
        put(&mut fields, "goal", reader.money("goal"), Field::Money);
        put(&mut fields, "received", reader.money("received"), Field::Money);
        receipts::read(&mut fields, reader);
        put(&mut fields, "deadline", reader.moment("deadline"), Field::Moment);
        put(&mut fields, "handed_over", reader.moment("handed_over"), Field::Moment);
        put(&mut fields, "record", reader.line("record"), Field::Text);
        put(&mut fields, "contact", reader.line("contact"), Field::Text);
        put_list(&mut fields, reader, "stories", Field::Entries);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }

    /// Money that came in is somebody's: readers must be able to ask.
    fn check(&self, path: &Arc<str>, _front: &Front, fields: &Fields) -> Diagnostics {
        let received = fields.iter().find(|(key, _)| *key == "received");
        let bare = received.filter(|(_, field)| match &field.value {
            Field::Money(money) => money.source.is_none() || money.as_of.is_none(),
            _ => false,
        });
        let warn = |range: &std::ops::Range<usize>| {
            let message = bi!(
                "số tiền đã nhận chưa ghi nguồn và ngày chốt",
                "the sum received has no source or no date"
            );
            let help = bi!(
                "viết: received: {{amount: 12 triệu, source: Sổ quỹ của chi đoàn, as_of: 2026-11-20}}",
                "write: received: {{amount: 12 triệu, source: Cash book, as_of: 2026-11-20}}"
            );
            let place = Span::new(path, range.clone());
            Diagnostic::new(&RECEIVED_WITHOUT_SOURCE, message).at(place).help(help)
        };
        let mut found: Diagnostics = bare.iter().map(|(_, field)| warn(&field.range)).collect();
        found.extend(receipts::check(path, fields));
        found
    }

    fn state(&self, fields: &Fields, at: Timestamp) -> Option<State> {
        let before = |key| moment(fields, key).is_some_and(|day| day.value.last_instant() < at);
        let sum = |key| fields.iter().find(|(name, _)| *name == key).and_then(money);
        let reached = sum("goal").zip(sum("received")).is_some_and(|(goal, got)| got >= goal);
        match choice(fields, "status") {
            Some(written) if written != OPEN => Some(written),
            _ if moment(fields, "handed_over").is_some_and(|day| day.value.instant <= at) => {
                Some(HANDED_OVER)
            }
            _ if reached => Some(REACHED),
            _ if before("deadline") => Some(CLOSED),
            _ => Some(OPEN),
        }
    }

    fn turns(&self, fields: &Fields) -> Vec<Timestamp> {
        let deadline = moment(fields, "deadline").map(|day| day.value.after());
        let handed = moment(fields, "handed_over").map(|day| day.value.instant);
        deadline.into_iter().chain(handed).collect()
    }
}

fn money((_, field): &(&'static str, crate::yaml::Spanned<Field>)) -> Option<i64> {
    match &field.value {
        Field::Money(money) => Some(money.amount),
        _ => None,
    }
}
