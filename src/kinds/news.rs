//! `news`: what happened, shortly.

use super::{Fields, Kind};
use crate::yaml::Reader;

pub(super) struct News;

impl Kind for News {
    fn name(&self) -> &'static str {
        "news"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Tin tốt", "News")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("NewsArticle")
    }

    fn read(&self, _reader: &mut Reader<'_>) -> Fields {
        Fields::new()
    }
}
