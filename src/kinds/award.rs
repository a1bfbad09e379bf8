//! `award`: a certificate, a medal, a title, with the decision behind it.

use super::{Field, Fields, Kind, State, put, put_choice, put_list, words};
use crate::yaml::Reader;

pub(super) struct Award;

pub const FORM: &[State] = &[
    ("bang-khen", "award_form_bang_khen"),
    ("giay-khen", "award_form_giay_khen"),
    ("ky-niem-chuong", "award_form_ky_niem_chuong"),
    ("giai-thuong", "award_form_giai_thuong"),
    ("danh-hieu", "award_form_danh_hieu"),
];

pub const LEVEL: &[State] = &[
    ("trung-uong", "award_level_trung_uong"),
    ("tinh", "award_level_tinh"),
    ("xa", "award_level_xa"),
    ("co-so", "award_level_co_so"),
];

impl Kind for Award {
    fn name(&self) -> &'static str {
        "award"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Khen thưởng", "Award")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Article")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        put_choice(&mut fields, reader, "form", FORM);
        put_choice(&mut fields, reader, "level", LEVEL);
        put(&mut fields, "decision", reader.line("decision"), Field::Text);
        put(&mut fields, "decided", reader.moment("decided"), Field::Moment);
        put(&mut fields, "issuer", reader.line("issuer"), Field::Text);
        put_list(&mut fields, reader, "recipients", |names| Field::Texts(words(names)));
        put_list(&mut fields, reader, "criteria", Field::Entries);
        put_list(&mut fields, reader, "stories", Field::Entries);
        put_list(&mut fields, reader, "files", Field::Files);
        fields
    }
}
