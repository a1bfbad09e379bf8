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
use crate::link::Site;
use crate::parse::Doc;
use crate::plan::{Page, What};
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

    /// Whether a page shows none of the edited bodies. Feeds, sections and home
    /// pages may: they are looked at whatever was edited.
    pub(super) fn spare(&self, page: &Page, site: &Site) -> bool {
        match page.what {
            What::Entry(id) => site
                .shown(id, page.lang)
                .is_some_and(|(variant, _)| !self.docs.contains(&site.docs[variant.doc].path)),
            What::Terms { .. } | What::Term { .. } => true,
            What::Archive | What::Year { .. } | What::Month { .. } => true,
            _ => false,
        }
    }
}
