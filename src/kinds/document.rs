//! `document`: a plan, decision or report with its number and issuer.

use jiff::Timestamp;

use super::{Field, Fields, Kind, State, choice, moment, put, put_choice, put_list};
use crate::yaml::Reader;

pub(super) struct Document;

const IN_FORCE: State = ("in_force", "document_status_in_force");
const EXPIRED: State = ("expired", "document_status_expired");
const NOT_YET: State = ("not_yet", "document_status_not_yet");

const STATUS: &[State] = &[
    IN_FORCE,
    EXPIRED,
    NOT_YET,
    ("draft", "document_status_draft"),
    ("replaced", "document_status_replaced"),
];

impl Kind for Document {
    fn name(&self) -> &'static str {
        "document"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Văn bản", "Document")
    }

    fn schema_type(&self) -> Option<&'static str> {
        None
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put(&mut fields, "number", reader.line("number"), Field::Text);
        put(&mut fields, "issuer", reader.line("issuer"), Field::Text);
        put(&mut fields, "issued", reader.moment("issued"), Field::Moment);
        put(&mut fields, "effective", reader.moment("effective"), Field::Moment);
        put(&mut fields, "until", reader.moment("until"), Field::Moment);
        put_choice(&mut fields, reader, "status", STATUS);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }

    /// What is written stands; else the days from and until which it is in force.
    fn state(&self, fields: &Fields, at: Timestamp) -> Option<State> {
        let from = moment(fields, "effective").map(|day| day.value.instant > at);
        let until = moment(fields, "until").map(|day| day.value.last_instant() < at);
        match (choice(fields, "status"), from, until) {
            (Some(written), ..) => Some(written),
            (None, _, Some(true)) => Some(EXPIRED),
            (None, Some(true), _) => Some(NOT_YET),
            (None, Some(false), _) | (None, None, Some(false)) => Some(IN_FORCE),
            (None, None, None) => None,
        }
    }

    fn turns(&self, fields: &Fields) -> Vec<Timestamp> {
        let from = moment(fields, "effective").map(|day| day.value.instant);
        let until = moment(fields, "until").map(|day| day.value.after());
        from.into_iter().chain(until).collect()
    }
}
