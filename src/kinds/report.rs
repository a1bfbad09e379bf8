//! `report`: what a period came to, with the files that say it in full.

use super::{Field, Fields, Kind, put, put_choice, put_list};
use crate::yaml::Reader;

pub(super) struct Report;

const FORM: &[(&str, &str)] =
    &[("so-ket", "report_form_so_ket"), ("tong-ket", "report_form_tong_ket")];

impl Kind for Report {
    fn name(&self) -> &'static str {
        "report"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Sơ kết, tổng kết", "Report")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Report")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put_choice(&mut fields, reader, "form", FORM);
        put(&mut fields, "period", reader.line("period"), Field::Text);
        put(&mut fields, "from", reader.moment("from"), Field::Moment);
        put(&mut fields, "to", reader.moment("to"), Field::Moment);
        put(&mut fields, "issuer", reader.line("issuer"), Field::Text);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }
}
