//! `terms.yaml`: the terms that entries are filed under, per taxonomy.

use std::sync::Arc;

use super::{DataOptions, Named, each, read_named, without_twins};
use crate::base::diag::Diagnostics;
use crate::config::Texts;
use crate::yaml::{Node, Reader, Spanned};

/// A declared term: its names, and what its page says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermDecl {
    pub named: Named,
    pub description: Texts,
    /// The entry that tells of it at length: `van-ban/ke-hoach-562`.
    pub page: Option<Spanned<String>>,
    /// Ids of `figures.yaml`.
    pub figures: Vec<Spanned<String>>,
    pub illustrative: bool,
}

/// Taxonomies that `terms.yaml` may declare; units, places, authors and series
/// have files of their own.
const TAXONOMIES: [&str; 5] = ["topics", "tags", "areas", "audience", "programmes"];

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermFile {
    /// Taxonomy to its terms, both in the order of the file's taxonomies.
    pub taxonomies: Vec<(String, Vec<TermDecl>)>,
}

/// Reads `{topics: [{id, name, slug, description, page, figures}], tags: ...}`.
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
        let terms = each(list, file, opts, found, |reader| term(reader, opts.langs));
        let terms = without_twins(terms, found, |term| (&term.named.file, &term.named.id));
        taxonomies.push((name.to_owned(), terms));
    }
    found.extend(reader.finish());
    TermFile { taxonomies }
}

fn term(reader: &mut Reader<'_>, langs: &[String]) -> Option<TermDecl> {
    let named = read_named(reader, "name", langs);
    let description = reader.texts_by_language("description", langs);
    let (page, figures) = (reader.line("page"), reader.texts("figures"));
    let illustrative = reader.flag("illustrative").is_some_and(|flag| flag.value);
    Some(TermDecl { named: named?, description, page, figures, illustrative })
}
