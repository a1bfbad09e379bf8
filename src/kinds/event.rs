//! `event`: something to go to, with a beginning.

use std::sync::Arc;

use super::rules::END_BEFORE_START;
use super::{Field, Fields, Kind, moment, put, put_choice};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::parse::Front;
use crate::yaml::Reader;

pub(super) struct Event;

const FORM: &[(&str, &str)] = &[
    ("offline", "event_form_offline"),
    ("online", "event_form_online"),
    ("mixed", "event_form_mixed"),
];

const STATUS: &[(&str, &str)] = &[
    ("scheduled", "event_status_scheduled"),
    ("cancelled", "event_status_cancelled"),
    ("postponed", "event_status_postponed"),
    ("moved_online", "event_status_moved_online"),
];

impl Kind for Event {
    fn name(&self) -> &'static str {
        "event"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Sự kiện", "Event")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Event")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        let start = reader.require("start", "2026-12-05 07:30", Reader::moment);
        put(&mut fields, "start", start, Field::Moment);
        put(&mut fields, "end", reader.moment("end"), Field::Moment);
        put(&mut fields, "all_day", reader.flag("all_day"), Field::Flag);
        put(&mut fields, "place", reader.line("place"), Field::Text);
        put(&mut fields, "organiser", reader.line("organiser"), Field::Text);
        put_choice(&mut fields, reader, "form", FORM);
        put_choice(&mut fields, reader, "status", STATUS);
        fields
    }

    fn check(&self, path: &Arc<str>, _front: &Front, fields: &Fields) -> Diagnostics {
        let (Some(start), Some(end)) = (moment(fields, "start"), moment(fields, "end")) else {
            return Diagnostics::new();
        };
        // A day without a time lasts until its end.
        let before = if end.value.has_time {
            end.value.instant < start.value.instant
        } else {
            end.value.day() < start.value.day()
        };
        if !before {
            return Diagnostics::new();
        }
        let message = bi!("`end` trước `start`", "`end` is before `start`");
        let error = Diagnostic::new(&END_BEFORE_START, message)
            .at(Span::new(path, end.range.clone()))
            .at_with(Span::new(path, start.range.clone()), bi!("bắt đầu", "the start"));
        vec![error]
    }
}
