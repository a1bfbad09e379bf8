//! A site held in memory between edits.
//!
//! Takes what a caller asks of a build and, later, which sources may have
//! changed; gives one immutable [`Snapshot`] after the other, from which any
//! page can be had without a build. Never waits for a page; writes nothing but
//! what it keeps below `.tintot/cache/`.
#![allow(clippy::disallowed_methods, reason = "files copied as they are are read when asked for")]

use std::path::Path;
use std::sync::Arc;

use super::drawn::{self, Drawn};
use super::kept::{Kept, Shelves};
use super::{Build, Ready, Request, excerpt_source, outward, pictures, publish, rebuild};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::base::fault::Fault;
use crate::base::hash::{Key, KeyBuilder};
use crate::base::time::BuildTime;
use crate::link::{EntryId, LangId};
use crate::parse::Doc;
use crate::plan::{Page, What};
use crate::render::{self, Reads, Views};
use crate::scan::{SourceFile, Tree};

/// A site under the eyes of its editors.
pub struct Session {
    request: Request,
    kept: Kept,
    last: Arc<Snapshot>,
}

/// A site as it was understood at one moment. Everything that it was made from
/// is held in memory but files that are copied as they are.
#[derive(Clone)]
pub struct Snapshot {
    tree: Arc<Tree>,
    diagnostics: Arc<Diagnostics>,
    whole: Option<Arc<Whole>>,
    /// Those of the site, or newer bodies that show on no other page.
    docs: Vec<Arc<Doc>>,
}

/// What is ready to be rendered, and the views made from it.
struct Whole {
    ready: Ready,
    views: Views,
}

/// Whether readers of the published site would see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageState {
    Live,
    Draft,
    /// Dated after the instant of the snapshot.
    Future,
    /// The notice of an entry that was taken back.
    Withdrawn,
}

/// One page of a snapshot.
#[derive(Debug, Clone, Copy)]
pub struct PageInfo<'a> {
    /// Below the output folder: `mo-hinh/vuon-uom/index.html`.
    pub path: &'a str,
    /// Of an entry or a section; other pages have none.
    pub title: Option<&'a str>,
    /// Tag of its language.
    pub lang: &'a str,
    /// The source file, from the root.
    pub source: Option<&'a str>,
    pub state: PageState,
}

impl Session {
    /// First build of what a request asks for. Fails only when the machine does.
    pub fn start(request: Request) -> Result<(Session, Arc<Snapshot>), Fault> {
        let mut kept = Kept::shelved(Shelves::Write);
        let last = Arc::new(Snapshot::of(rebuild(&request, &mut kept, None)?));
        Ok((Session { request, kept, last: Arc::clone(&last) }, last))
    }

    /// The site at another instant, after `changed` (paths from the root, a
    /// folder standing for all that is in it) may have changed; `None`: after
    /// anything may have.
    pub fn apply(
        &mut self,
        changed: Option<&[String]>,
        at: BuildTime,
    ) -> Result<Arc<Snapshot>, Fault> {
        let still = self.last.next_flip().is_none_or(|flip| at.0.as_second() < flip);
        self.request.at = at;
        if changed.is_none() && still && self.kept.stands(&self.request.root) {
            return Ok(Arc::clone(&self.last));
        }
        if let Some([path]) = changed
            && still
            && let Some(snapshot) = self.wording(path)
        {
            self.last = snapshot;
        } else if let Some(paths) = changed
            && still
            && let Some(snapshot) = self.templates(paths)
        {
            self.last = snapshot;
        } else {
            let build = rebuild(&self.request, &mut self.kept, changed)?;
            self.last = Arc::new(Snapshot::of(build));
        }
        Ok(Arc::clone(&self.last))
    }

    /// The site after an edit of one document's words; `None` if more may have
    /// changed.
    fn wording(&mut self, path: &str) -> Option<Arc<Snapshot>> {
        let whole = Arc::clone(self.last.whole.as_ref()?);
        let mut labels = self.last.diagnostics.iter().flat_map(|diag| &diag.labels);
        if labels.any(|label| *label.span.file == *path) {
            return None;
        }
        let (old, parsed) = self.kept.reread(path)?;
        let new = parsed.doc.as_ref()?;
        let snapshot = if outward::same(&old, new) {
            self.body(new)?
        } else if outward::reworded(&old, new) {
            self.title(&whole.ready, new)?
        } else {
            return None;
        };
        self.kept.replace(path, parsed);
        Some(Arc::new(snapshot))
    }

    /// The site after an edit that shows on no page but its entry's own and in
    /// full-text feeds.
    fn body(&self, new: &Arc<Doc>) -> Option<Snapshot> {
        let mut snapshot = Snapshot::clone(&self.last);
        let at = snapshot.docs.binary_search_by(|doc| doc.path.cmp(&new.path)).ok()?;
        *snapshot.docs.get_mut(at)? = Arc::clone(new);
        Some(snapshot)
    }

    /// The site after an edit of what cards and neighbours show of an entry:
    /// the same pages, and views made anew. `None` where something is sorted by
    /// titles or named after one.
    fn title(&self, ready: &Ready, new: &Arc<Doc>) -> Option<Snapshot> {
        // Bodies may have been reworded since.
        let docs = self.body(new)?.docs;
        let (site, entry) = ready.site.reworded(docs.clone(), new)?;
        if !ready.plan.keeps_pages(&ready.theme, &site, entry) {
            return None;
        }
        let ready = Ready { site: Arc::new(site), ..ready.clone() };
        let whole = Some(Arc::new(Whole { views: ready.views(), ready }));
        Some(Snapshot { whole, docs, ..Snapshot::clone(&self.last) })
    }
}

impl Session {
    /// The site after an edit of templates: the same pages, made otherwise;
    /// `None` if more may have changed.
    fn templates(&mut self, paths: &[String]) -> Option<Arc<Snapshot>> {
        let ready = &self.last.whole.as_ref()?.ready;
        // A mistake in a template shows where a page is made with it.
        let theme = self.kept.retheme(&ready.theme, &ready.site.config, paths)?;
        let ready = Ready { theme, ..ready.clone() };
        let whole = Arc::new(Whole { views: ready.views(), ready });
        Some(Arc::new(Snapshot { whole: Some(whole), ..Snapshot::clone(&self.last) }))
    }
}

impl Snapshot {
    fn of(build: Build) -> Snapshot {
        let Build { tree, diagnostics, mut ready, .. } = build;
        // Nobody waits for a photo to be decoded: a colour may be missing.
        if let Some(ready) = &mut ready {
            ready.tint(pictures::tints(&tree, ready));
        }
        let docs = ready.as_ref().map_or_else(Vec::new, |ready| ready.site.docs.clone());
        let whole = ready.map(|ready| Arc::new(Whole { views: ready.views(), ready }));
        Snapshot { tree, diagnostics: Arc::new(diagnostics), whole, docs }
    }

    /// All that is wrong with the sources, in the order of files and places.
    /// What only a rendered page shows is told by [`Snapshot::bytes`].
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there are pages: configuration and theme could be read.
    pub fn is_usable(&self) -> bool {
        self.whole.is_some()
    }

    /// The instant of the snapshot at which its bytes stop being true, in
    /// seconds since 1970.
    pub fn next_flip(&self) -> Option<i64> {
        let reads = self.reads()?;
        reads.plan.stale_at(reads.site)
    }

    /// The text of a file that a diagnostic points into.
    pub fn source(&self, path: &str) -> Option<String> {
        excerpt_source(&self.tree, path)
    }

    /// Whether a path below the output folder is part of the site.
    pub fn exists(&self, path: &str) -> bool {
        self.page(path).is_some()
    }

    /// The bytes of a file of the output, as a build would write them; `None`
    /// where a build would write none.
    pub fn bytes(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let (reads, page) = (&self.reads()?, self.page(path)?);
        if let Some(source) = publish::copied(page, reads) {
            return self.tree.get(source).map(|file| self.read(file));
        }
        let ready = &self.whole.as_ref()?.ready;
        if let Some(drawn) = Drawn::of(ready, page) {
            return Some(drawn.bytes((&self.tree, ready)));
        }
        let draft = render::draft(page, reads);
        Some(draft.and_then(|draft| drawn::finish(draft, (&self.tree, ready))))
    }

    /// Changes when the bytes of a file of the output can; cheap for files that
    /// are copied as they are, which are told by size and time.
    pub fn stamp(&self, path: &str) -> Option<Key> {
        let (reads, page) = (&self.reads()?, self.page(path)?);
        if let Some(source) = publish::copied(page, reads) {
            let mut key = KeyBuilder::new("stamp");
            if let Ok(meta) = self.tree.get(source)?.on_disk().metadata() {
                let since = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH);
                let nanos = since.unwrap_or_default().as_nanos();
                key.put_num(meta.len()).put(&nanos.to_le_bytes());
            }
            return Some(key.finish());
        }
        // Its name says what it is made from.
        if matches!(page.what, What::Picture { .. } | What::Card(_)) {
            return Some(Key::of(path.as_bytes()));
        }
        render::draft(page, reads).ok().map(|draft| draft.key)
    }

    /// The page at a path below the output folder.
    pub fn info(&self, path: &str) -> Option<PageInfo<'_>> {
        Some(describe(self.reads()?, self.page(path)?))
    }

    /// Every HTML page for readers, in the order of their paths.
    pub fn pages(&self) -> impl Iterator<Item = PageInfo<'_>> {
        let pages = self.reads().map_or(&[][..], |reads| &reads.plan.pages[..]);
        let shown = pages.iter().filter(|page| {
            page.path.as_str().ends_with(".html")
                && !render::is_copy(&page.what)
                && !matches!(page.what, What::Redirect { .. } | What::Short(_) | What::NotFound)
        });
        shown.filter_map(|page| Some(describe(self.reads()?, page)))
    }

    fn reads(&self) -> Option<Reads<'_>> {
        let whole = self.whole.as_ref()?;
        Some(Reads { docs: &self.docs, ..whole.ready.reads(&whole.views) })
    }

    fn page(&self, path: &str) -> Option<&Page> {
        self.reads()?.plan.page(path)
    }

    /// A file of the site, which may have become a link to anywhere since.
    fn read(&self, file: &SourceFile) -> Result<Vec<u8>, Diagnostic> {
        let inside = |target: &Path| target.starts_with(&self.tree.root);
        if file.on_disk().canonicalize().is_ok_and(|target| !inside(&target)) {
            return Err(crate::scan::outside(&file.path));
        }
        publish::publish_bytes(file)
    }
}

fn describe<'a>(reads: Reads<'a>, page: &'a Page) -> PageInfo<'a> {
    let title = match page.what {
        What::Entry(id) | What::Withdrawn(id) => entry_title(reads, id, page.lang),
        What::Section { section, .. } => {
            let titles = reads.site.sections.get(section).map(|section| &section.titles);
            titles.and_then(|titles| titles.get(page.lang)).map(String::as_str)
        }
        _ => None,
    };
    let state = match page.what {
        What::Entry(id) => entry_state(reads, id, page.lang),
        What::Withdrawn(_) => PageState::Withdrawn,
        _ => PageState::Live,
    };
    PageInfo {
        path: page.path.as_str(),
        title,
        lang: reads.site.langs.get(page.lang).map_or("", |lang| &lang.tag),
        source: page.origin.as_deref(),
        state,
    }
}

fn entry_title<'a>(reads: Reads<'a>, id: EntryId, lang: LangId) -> Option<&'a str> {
    let entry = reads.site.entries.get(id)?;
    let variant = |lang: LangId| entry.variants.get(lang).and_then(Option::as_ref);
    variant(lang).or_else(|| variant(entry.original)).map(|variant| &*variant.title)
}

fn entry_state(reads: Reads<'_>, id: EntryId, lang: LangId) -> PageState {
    let Some(entry) = reads.site.entries.get(id) else { return PageState::Live };
    let variant = entry.variants.get(lang).and_then(Option::as_ref);
    if entry.draft || variant.is_some_and(|variant| variant.draft) {
        PageState::Draft
    } else if entry.date.as_ref().is_some_and(|date| date.instant > reads.plan.at.0) {
        PageState::Future
    } else {
        PageState::Live
    }
}
