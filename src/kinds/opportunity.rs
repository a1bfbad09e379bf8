//! `opportunity`: a scholarship, a job, a course, a loan, seedlings. It closes
//! by itself when its deadline is over.

use jiff::Timestamp;

use super::{Field, Fields, Kind, State, moment, put, put_choice, put_list};
use crate::yaml::Reader;

pub(super) struct Opportunity;

pub const TYPES: &[State] = &[
    ("hoc-bong", "opportunity_type_hoc_bong"),
    ("viec-lam", "opportunity_type_viec_lam"),
    ("huong-nghiep", "opportunity_type_huong_nghiep"),
    ("von", "opportunity_type_von"),
    ("cay-con-giong", "opportunity_type_cay_con_giong"),
];

const OPEN: State = ("open", "opportunity_status_open");
const CLOSED: State = ("closed", "opportunity_status_closed");
/// `filled` and `closed` can be written, before the deadline too.
const STATUS: &[State] = &[OPEN, ("filled", "opportunity_status_filled"), CLOSED];

impl Kind for Opportunity {
    fn name(&self) -> &'static str {
        "opportunity"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Cơ hội", "Opportunity")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Article")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put_choice(&mut fields, reader, "type", TYPES);
        put_choice(&mut fields, reader, "status", STATUS);
        put(&mut fields, "deadline", reader.moment("deadline"), Field::Moment);
        put(&mut fields, "slots", reader.integer("slots"), Field::Number);
        put(&mut fields, "value", reader.money("value"), Field::Money);
        put(&mut fields, "for_whom", reader.line("for_whom"), Field::Text);
        put(&mut fields, "contact", reader.line("contact"), Field::Text);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }

    fn state(&self, fields: &Fields, at: Timestamp) -> Option<State> {
        let over = moment(fields, "deadline").is_some_and(|day| day.value.last_instant() < at);
        match super::choice(fields, "status") {
            Some(written) if written != OPEN => Some(written),
            _ if over => Some(CLOSED),
            _ => Some(OPEN),
        }
    }

    fn turns(&self, fields: &Fields) -> Vec<Timestamp> {
        moment(fields, "deadline").into_iter().map(|day| day.value.after()).collect()
    }
}
