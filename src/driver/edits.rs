//! An edit of bodies alone, and the pages that it cannot have touched.
//!
//! Takes what files came to beside what lay on the shelf; gives [`Edits`], if
//! all that is new is wording that no page but an entry's own can show. Never
//! asked for more than a few: whatever else changed, every page's key is made.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::outward;
use super::shelf::Shelf;
use crate::base::hash::Key;
use crate::link::{DocId, EntryId, SectionId, Site};
use crate::parse::Doc;
use crate::plan::{Page, Plan, What};
use crate::scan::SourceFile;

/// Documents whose bodies were reworded, and nothing else.
pub struct Edits {
    from: Key,
    docs: FxHashSet<Arc<str>>,
}

/// What a file came to, for [`Edits::of`].
pub(super) enum Now<'a> {
    /// As it lies on the shelf.
    Same,
    /// Parsed anew, without anything to report.
    New(&'a Doc),
    /// Anything else.
    Unknown,
}

impl Edits {
    /// The edits since a shelf was left; `None` where more may have changed.
    pub(super) fn of<'a>(
        shelf: &Shelf,
        files: impl ExactSizeIterator<Item = (&'a SourceFile, Now<'a>)>,
    ) -> Option<Edits> {
        let mut docs = FxHashSet::default();
        let from = shelf.state().filter(|_| shelf.len() == files.len())?;
        for (file, now) in files {
            match now {
                Now::Same => {}
                Now::New(doc) if outward::same(&shelf.former(file)?, doc) => {
                    docs.insert(Arc::clone(&file.path));
                }
                Now::New(_) | Now::Unknown => return None,
            }
        }
        Some(Edits { from, docs })
    }

    /// State of the shelf that the edits are counted from.
    pub(super) fn from(&self) -> Key {
        self.from
    }

    /// What they are edits of.
    pub(super) fn touched(&self, site: &Site) -> Touched {
        let edited = |doc: DocId| self.docs.contains(&site.docs[doc].path);
        let entries = site.entries.iter().enumerate().filter(|(_, entry)| {
            entry.variants.iter().flatten().any(|variant| edited(variant.doc))
        });
        let sections = site.sections.iter().enumerate();
        let sections = sections.filter(|(_, of)| of.docs.iter().flatten().any(|&doc| edited(doc)));
        Touched {
            entries: entries.map(|(id, _)| id).collect(),
            sections: sections.map(|(id, _)| id).collect(),
        }
    }
}

/// Entries and sections whose bodies were edited, in any language.
pub(super) struct Touched {
    entries: FxHashSet<EntryId>,
    sections: FxHashSet<SectionId>,
}

impl Touched {
    /// Whether a page surely shows none of the edited bodies. What is not known
    /// to show cards alone is looked at.
    pub(super) fn spare(&self, page: &Page, plan: &Plan) -> bool {
        match page.what {
            What::Entry(id) => !self.entries.contains(&id),
            What::Section { section, .. } => !self.sections.contains(&section),
            What::Feed { of, .. } => {
                !plan.feed(of, page.lang).iter().any(|id| self.entries.contains(id))
            }
            // Their introductions, and whatever features show.
            What::Home | What::Extra(_) => false,
            // Cards, addresses and dates, and files that are sources of their own.
            _ => true,
        }
    }
}
