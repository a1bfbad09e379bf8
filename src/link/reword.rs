//! A site after the title or the summary of one document was reworded.
//!
//! Takes the linked site and the document as it is now; gives the site that
//! linking everything anew would give, in the time that it takes to copy its
//! tables. Knows what linking takes from these two lines: no address, no term
//! and no reference comes from them, since slugs are made from file names.

use std::sync::Arc;

use super::{Entry, EntryId, Site, Variant};
use crate::parse::{Doc, Front, Role};

impl Site {
    /// The site with these documents, of which one entry's is new: it differs from
    /// the old one in nothing that linking reads but its title and its summary,
    /// and others in their bodies' words.
    /// `None` for a section's document, which names more than itself, and for
    /// one of no entry.
    pub fn reworded(&self, docs: Vec<Arc<Doc>>, doc: &Doc) -> Option<(Site, EntryId)> {
        if doc.role != Role::Entry {
            return None;
        }
        let at = docs.binary_search_by(|other| other.path.cmp(&doc.path)).ok()?;
        let id = *self.by_key.get(&doc.key)?;
        let mut site = Site { docs, ..self.clone() };
        let mut entry = Entry::clone(self.entries.get(id)?);
        let original = entry.variants.get(entry.original)?.as_ref()?.doc;
        let original = Arc::clone(&site.docs.get(original)?.front);
        let mut found = false;
        for variant in entry.variants.iter_mut().flatten() {
            variant.reword(&site.docs.get(variant.doc)?.front, &original);
            found |= variant.doc == at;
        }
        *site.entries.get_mut(id)? = Arc::new(entry);
        found.then_some((site, id))
    }
}

impl Variant {
    /// Takes over what front matter says in words: a title from the original
    /// where it is missing; the original's summary would stand in the wrong
    /// language.
    pub(super) fn reword(&mut self, front: &Front, original: &Front) {
        let title = front.title.as_ref().or(original.title.as_ref());
        self.title = title.map(|title| title.value.as_str().into()).unwrap_or_default();
        let summary = front.summary.as_ref();
        self.summary = summary.map(|summary| summary.value.as_str().into()).unwrap_or_default();
    }
}
