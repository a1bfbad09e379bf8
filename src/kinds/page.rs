//! `page`: what stays, such as "about us"; needs no date.

use super::{Fields, Kind};
use crate::yaml::Reader;

pub(super) struct Page;

impl Kind for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Trang", "Page")
    }

    fn schema_type(&self) -> Option<&'static str> {
        None
    }

    fn dated(&self) -> bool {
        false
    }

    fn read(&self, _reader: &mut Reader<'_>) -> Fields {
        Fields::new()
    }
}
