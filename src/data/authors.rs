//! `authors.yaml` and `series.yaml`.

use std::sync::Arc;

use super::{DataOptions, Named, each, read_named, without_twins};
use crate::base::diag::Diagnostics;
use crate::config::Texts;
use crate::yaml::Node;

/// Somebody who writes; a pen name as a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub named: Named,
    pub bio: Texts,
    pub illustrative: bool,
}

/// A series of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesInfo {
    /// Its name is the key `title`.
    pub named: Named,
    pub summary: Texts,
}

/// Reads a list of `{id, name, slug, bio, illustrative}`.
pub fn read_authors(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Author> {
    let authors = each(node, file, opts, found, |reader| {
        let named = read_named(reader, "name", opts.langs);
        let bio = reader.texts_by_language("bio", opts.langs);
        let illustrative = reader.flag("illustrative").is_some_and(|flag| flag.value);
        Some(Author { named: named?, bio, illustrative })
    });
    without_twins(authors, found, |author| (&author.named.file, &author.named.id))
}

/// Reads a list of `{id, title, slug, summary}`.
pub fn read_series(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<SeriesInfo> {
    let series = each(node, file, opts, found, |reader| {
        let named = read_named(reader, "title", opts.langs);
        let summary = reader.texts_by_language("summary", opts.langs);
        Some(SeriesInfo { named: named?, summary })
    });
    without_twins(series, found, |info| (&info.named.file, &info.named.id))
}
