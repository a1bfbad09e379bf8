//! `story`: a person or group whose deeds are worth telling.

use super::{Fields, Kind};
use crate::yaml::Reader;

pub(super) struct Story;

impl Kind for Story {
    fn name(&self) -> &'static str {
        "story"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("Gương sáng", "Story")
    }

    fn schema_type(&self) -> Option<&'static str> {
        Some("NewsArticle")
    }

    fn read(&self, _reader: &mut Reader<'_>) -> Fields {
        Fields::new()
    }
}
