//! `document`: a plan, decision or report with its number and issuer.

use super::{Field, Fields, Kind, put, put_choice, put_list};
use crate::yaml::Reader;

pub(super) struct Document;

const STATUS: &[(&str, &str)] = &[
    ("in_force", "document_status_in_force"),
    ("expired", "document_status_expired"),
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
        put_choice(&mut fields, reader, "status", STATUS);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }
}
