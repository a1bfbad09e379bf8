//! `terms.yaml`: the terms that entries are filed under, per taxonomy.

use std::sync::Arc;

use super::{DataOptions, Named, each, read_named, without_twins};
use crate::base::diag::Diagnostics;
use crate::yaml::{Node, Reader};

/// A declared term.
pub type TermDecl = Named;

/// Taxonomies that `terms.yaml` may declare; units, places, authors and series
/// have files of their own.
const TAXONOMIES: [&str; 5] = ["topics", "tags", "areas", "audience", "programmes"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermFile {
    /// Taxonomy to its terms, both in the order of the file's taxonomies.
    pub taxonomies: Vec<(String, Vec<TermDecl>)>,
}

/// Reads `{topics: [{id, name, slug}], tags: ...}`.
pub fn read_terms(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> TermFile {
    let mut taxonomies = Vec::new();
    if node.is_null() {
        return TermFile { taxonomies };
    }
    let mut reader = Reader::of(node, file, opts.zone);
    for name in TAXONOMIES {
        let Some(list) = reader.node(name) else { continue };
        let terms = each(list, file, opts, found, |reader| read_named(reader, "name", opts.langs));
        let terms = without_twins(terms, found, |term| (&term.file, &term.id));
        taxonomies.push((name.to_owned(), terms));
    }
    found.extend(reader.finish());
    TermFile { taxonomies }
}
