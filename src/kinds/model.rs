//! `model`: a way of working that others can copy.

use super::{Field, Fields, Kind, put, put_list, words};
use crate::yaml::{MomentError, Reader, parse_moment};

pub(super) struct Model;

impl Kind for Model {
    fn name(&self) -> &'static str {
        "model"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Mô hình", "Model")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Article")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put(&mut fields, "problem", reader.text("problem"), Field::Text);
        put_list(&mut fields, reader, "steps", |steps| Field::Texts(words(steps)));
        put(&mut fields, "cost", reader.money("cost"), Field::Money);
        put_list(&mut fields, reader, "results", |results| match words(results) {
            // One text alone is a sentence, not a list.
            mut one if one.len() == 1 => Field::Text(one.pop().unwrap_or_default()),
            many => Field::Texts(many),
        });
        read_since(&mut fields, reader);
        put(&mut fields, "contact", reader.line("contact"), Field::Text);
        put_list(&mut fields, reader, "replicated_by", Field::Entries);
        fields
    }
}

/// A date, or words that are no date: `2019`, `mùa khô 2021`.
fn read_since(fields: &mut Fields, reader: &mut Reader<'_>) {
    let text = reader.node("since").and_then(|node| node.scalar());
    let words = text.is_some_and(|text| {
        matches!(parse_moment(text.trim(), reader.zone()), Err(MomentError::Shape))
    });
    if words {
        put(fields, "since", reader.line("since"), Field::Text);
    } else {
        put(fields, "since", reader.moment("since"), Field::Moment);
    }
}
