//! `work`: something built or done for people: a house, a well, a road.

use super::{Field, Fields, Kind, State, put, put_choice, put_list, words};
use crate::yaml::Reader;

pub(super) struct Work;

/// What is built most often; any other word is taken as it is written.
pub const TYPES: &[State] = &[
    ("nha-nhan-ai", "work_type_nha_nhan_ai"),
    ("nuoc-sach", "work_type_nuoc_sach"),
    ("nha-ve-sinh", "work_type_nha_ve_sinh"),
    ("duong", "work_type_duong"),
    ("cau", "work_type_cau"),
    ("truong-hoc", "work_type_truong_hoc"),
    ("san-choi", "work_type_san_choi"),
    ("thap-sang", "work_type_thap_sang"),
    ("trong-cay", "work_type_trong_cay"),
];

const STATUS: &[(&str, &str)] = &[
    ("planned", "work_status_planned"),
    ("started", "work_status_started"),
    ("handed_over", "work_status_handed_over"),
];

impl Kind for Work {
    fn name(&self) -> &'static str {
        "work"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Công trình, phần việc", "Work")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("Article")
    }

    fn read(&self, reader: &mut Reader<'_>) -> Fields {
        let mut fields = Fields::new();
        let written = reader.node("type").and_then(|node| node.scalar()).unwrap_or_default();
        if TYPES.iter().any(|(name, _)| *name == written) {
            put_choice(&mut fields, reader, "type", TYPES);
        } else {
            put(&mut fields, "type", reader.line("type"), Field::Text);
        }
        put_choice(&mut fields, reader, "status", STATUS);
        put(&mut fields, "started", reader.moment("started"), Field::Moment);
        put(&mut fields, "handed_over", reader.moment("handed_over"), Field::Moment);
        put(&mut fields, "place", reader.line("place"), Field::Text);
        put(&mut fields, "value", reader.money("value"), Field::Money);
        put(&mut fields, "beneficiaries", reader.integer("beneficiaries"), Field::Number);
        put_list(&mut fields, reader, "supported_by", |names| Field::Texts(words(names)));
        fields
    }
}
