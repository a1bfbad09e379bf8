//! What a session keeps from one build to the next: the tree and every parsed
//! document, so that a file is read again only if it may have changed and
//! parsed again only if it has. Between runs of the program the [`Shelf`] does.
//!
//! Nothing here changes what a build gives: a file's document depends on its
//! bytes and the parse options, and on nothing else.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::edits::{Edits, Now};
use super::load;
use super::record::{Opened, stamp};
use super::shelf::{Leaving, Shelf, Shelved};
use crate::base::diag::Diagnostics;
use crate::base::fault::Fault;
use crate::base::hash::Key;
use crate::config::Config;
use crate::i18n::Locale;
use crate::parse::{self, Doc, ParseOptions};
use crate::scan::{self, CONFIG, FileKind, SourceFile, Tree};
use crate::theme::Theme;

/// Empty before the first build.
#[derive(Default)]
pub struct Kept {
    tree: Option<(Arc<Tree>, Diagnostics)>,
    docs: FxHashMap<Arc<str>, Parsed>,
    options: Option<ParseOptions>,
    dress: Option<Arc<Dress>>,
    shelf: Shelves,
    /// Whether there is only one build: then nothing is kept for the next.
    once: bool,
    /// Documents that the last build parsed.
    parsed: usize,
    edits: Option<Edits>,
    /// The output, if it was looked at before.
    pub(super) opened: Option<Opened>,
}

/// How the documents of earlier runs of the program are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shelves {
    /// Everything is read again.
    #[default]
    None,
    /// What is on the shelf is taken from there.
    Read,
    /// And what is new is put there.
    Write,
}

/// More changed paths than this are taken as "anything": asking every file
/// about every path would cost more than looking at every file.
const MANY: usize = 64;

/// Files that one thread takes at a time. Left alone, the last share of two
/// threads is an eighth of all, during which one of them has nothing to do.
const SHARE: usize = 64;

/// Files whose HTML is put away together.
const FEW: usize = 8;

/// What one file came to.
#[derive(Clone)]
pub struct Parsed {
    /// Of its bytes.
    content: Key,
    pub doc: Option<Arc<Doc>>,
    pub diagnostics: Diagnostics,
}

/// What pages look like and speak: the theme, if it can be used, and the words
/// of every language.
pub(super) struct Dress {
    pub theme: Option<Arc<Theme>>,
    pub locales: Vec<Locale>,
    pub diagnostics: Diagnostics,
}

impl Dress {
    pub fn load(tree: &Tree, config: &Config) -> Dress {
        let mut diagnostics = Vec::new();
        let locales = load::locales(tree, config, &mut diagnostics);
        let theme = load::theme(tree, config, &locales, &mut diagnostics).map(Arc::new);
        Dress { theme, locales, diagnostics }
    }
}

impl Kept {
    /// Nothing yet, but for what may be on the shelf.
    pub fn shelved(shelf: Shelves) -> Kept {
        Kept { shelf, ..Kept::default() }
    }

    /// For one build that uses the shelf and fills it.
    pub fn once() -> Kept {
        Kept { once: true, ..Kept::shelved(Shelves::Write) }
    }

    pub fn is_for_once(&self) -> bool {
        self.once
    }

    /// The tree; scanned again unless nothing but the contents of known files
    /// can have changed.
    pub fn tree(
        &mut self,
        root: &Path,
        changed: Option<&[String]>,
    ) -> Result<(Arc<Tree>, Diagnostics), Fault> {
        let same =
            |tree: &Tree| changed.is_some_and(|paths| paths.iter().all(|path| is_text(tree, path)));
        if let Some((tree, diags)) = &self.tree
            && same(tree)
        {
            return Ok((Arc::clone(tree), diags.clone()));
        }
        let (tree, diags) = scan::scan(root)?;
        let tree = Arc::new(tree);
        self.tree = Some((Arc::clone(&tree), diags.clone()));
        Ok((tree, diags))
    }

    /// How many documents the last build had to parse.
    pub fn parsed(&self) -> usize {
        self.parsed
    }

    /// Whether what is new beside the shelf is little: few pages will be made.
    pub fn has_edits(&self) -> bool {
        self.edits.is_some()
    }

    /// What the documents of the last build are beside those on the shelf, if
    /// that is little.
    pub fn edits(&mut self) -> Option<Edits> {
        self.edits.take()
    }

    /// Whether every source still is as it was when the tree was looked at;
    /// false also where nobody can tell.
    pub fn stands(&self, root: &Path) -> bool {
        let old = self.tree.as_ref().and_then(|(tree, _)| stamp(tree));
        let now = || scan::scan(root).ok().and_then(|(tree, _)| stamp(&tree));
        old.is_some() && old == now()
    }

    /// The theme and the words of the last build, unless what they are made from
    /// may have changed.
    pub(super) fn dress(&self, changed: Option<&[String]>) -> Option<Arc<Dress>> {
        let may_touch = |path: &String| ["themes", CONFIG].iter().any(|of| meet(path, of));
        let stays = changed.is_some_and(|paths| !paths.iter().any(may_touch));
        self.dress.clone().filter(|_| stays)
    }

    /// Takes what a build was made with.
    pub(super) fn wear(&mut self, dress: &Arc<Dress>) {
        self.dress = Some(Arc::clone(dress));
    }

    /// The theme after nothing but templates of it may have changed: new words
    /// for the same site and the same pages. `None` where more is new, or where
    /// there is anything to report.
    pub fn retheme(
        &mut self,
        old: &Theme,
        config: &Config,
        changed: &[String],
    ) -> Option<Arc<Theme>> {
        let (tree, dress) = (&self.tree.as_ref()?.0, self.dress.as_ref()?);
        let is_template = |path: &String| {
            let file = tree.get(path).filter(|file| file.kind == FileKind::Theme);
            path.contains("/templates/") && file.is_some_and(SourceFile::is_plain)
        };
        if !changed.iter().all(is_template) || !dress.diagnostics.is_empty() {
            return None;
        }
        let mut found = Vec::new();
        let theme = Arc::new(load::theme(tree, config, &dress.locales, &mut found)?);
        let same = theme.shape == old.shape && theme.shows_related == old.shows_related;
        if !same || !found.is_empty() {
            return None;
        }
        let (locales, theme_now) = (dress.locales.clone(), Some(Arc::clone(&theme)));
        self.wear(&Arc::new(Dress { theme: theme_now, locales, diagnostics: found }));
        Some(theme)
    }

    /// Every Markdown file, parsed, in the order of their paths; and what is to
    /// be left on the shelf. `changed` as for [`Kept::tree`].
    pub fn docs<'a>(
        &mut self,
        tree: &'a Tree,
        config: &Config,
        changed: Option<&[String]>,
    ) -> (Vec<Arc<Doc>>, Diagnostics, Option<Leaving<'a>>) {
        let changed = changed.filter(|paths| paths.len() <= MANY);
        let options = load::parse_options(config);
        if self.options.as_ref() != Some(&options) {
            self.docs.clear();
        }
        // Once: later builds of a session have everything in memory.
        let shelf = match std::mem::take(&mut self.shelf) {
            Shelves::None => None,
            mode => Some(Shelf::open(&tree.root, &options, mode == Shelves::Write)),
        };
        let files: Vec<_> = tree.of_kind(FileKind::Doc).collect();
        let each = |file: &&SourceFile| match self.known(file, changed) {
            Some(old) => Seen { parsed: old.clone(), number: None, how: How::Known },
            None => see(file, self.docs.get(&file.path), (&options, shelf.as_ref())),
        };
        let share = |files: &[&SourceFile]| {
            let mut seen: Vec<Seen> = files.iter().map(each).collect();
            if let Some(shelf) = &shelf {
                shelf.put_away(new(files, &mut seen));
            }
            seen
        };
        let shares = files.par_chunks(FEW).with_max_len(SHARE / FEW).map(share);
        let shares: Vec<Vec<Seen>> = shares.collect();
        let mut seen = Vec::with_capacity(files.len());
        seen.extend(shares.into_iter().flatten());
        share_folders(&mut seen);
        self.edits = shelf.as_ref().and_then(|shelf| {
            let now = seen.iter().map(Seen::now);
            Edits::of(shelf, files.iter().copied().zip(now))
        });
        let leaving =
            shelf.map(|shelf| Leaving { shelf, docs: shelved(&files, &seen), seen: tree.seen });
        self.parsed = seen.iter().filter(|seen| seen.how == How::Parsed).count();
        let mut docs = Vec::with_capacity(seen.len());
        let mut diags = Vec::new();
        for Seen { parsed, .. } in &seen {
            docs.extend(parsed.doc.clone());
            diags.extend(parsed.diagnostics.iter().cloned());
        }
        if !self.once {
            let paths = files.iter().map(|file| Arc::clone(&file.path));
            self.docs = paths.zip(seen.into_iter().map(|seen| seen.parsed)).collect();
        }
        self.options = Some(options);
        (docs, diags, leaving)
    }

    /// A document as it was, if it cannot have changed.
    fn known(&self, file: &SourceFile, changed: Option<&[String]>) -> Option<&Parsed> {
        let (old, changed) = (self.docs.get(&file.path)?, changed?);
        (!changed.iter().any(|path| is_within(&file.path, path))).then_some(old)
    }

    /// Reads one known file again: what it was and what it is, if both are
    /// documents without anything to report.
    pub fn reread(&self, path: &str) -> Option<(Arc<Doc>, Parsed)> {
        let (tree, _) = self.tree.as_ref()?;
        let file = tree.get(path).filter(|file| file.kind == FileKind::Doc)?;
        let old = self.docs.get(path)?;
        let new = see(file, Some(old), (self.options.as_ref()?, None)).parsed;
        let silent = old.diagnostics.is_empty() && new.diagnostics.is_empty();
        Some((old.doc.clone()?, new)).filter(|_| silent)
    }

    /// Takes what a known file came to in the place of what it was.
    pub fn replace(&mut self, path: &str, parsed: Parsed) {
        if let Some(old) = self.docs.get_mut(path) {
            *old = parsed;
        }
    }
}

/// What one file came to, and how that is known.
struct Seen {
    parsed: Parsed,
    /// Its row on the shelf.
    number: Option<usize>,
    how: How,
}

impl Seen {
    fn now(&self) -> Now<'_> {
        let doc = self.parsed.doc.as_deref().filter(|_| self.parsed.diagnostics.is_empty());
        match (self.number, doc) {
            (Some(_), _) => Now::Same,
            (None, Some(doc)) => Now::New(doc),
            (None, None) => Now::Unknown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Without a look into the file.
    Known,
    /// By the file's bytes.
    Read,
    Parsed,
}

fn see(
    file: &SourceFile,
    old: Option<&Parsed>,
    (options, shelf): (&ParseOptions, Option<&Shelf>),
) -> Seen {
    let fine = |content, number: Option<usize>, doc, how| {
        let parsed = Parsed { content, doc: Some(Arc::new(doc)), diagnostics: Vec::new() };
        Seen { parsed, number, how }
    };
    if let Some((content, (number, doc))) = shelf.and_then(|shelf| shelf.unchanged(file)) {
        return fine(content, Some(number), doc, How::Known);
    }
    let lost = |diag| Parsed { content: Key::default(), doc: None, diagnostics: vec![diag] };
    let bytes = match file.read() {
        Ok(bytes) => bytes,
        Err(diag) => return Seen { parsed: lost(diag), number: None, how: How::Parsed },
    };
    let content = Key::of(&bytes);
    if let Some(old) = old.filter(|old| old.content == content) {
        return Seen { parsed: old.clone(), number: None, how: How::Read };
    }
    if let Some((number, doc)) = shelf.and_then(|shelf| shelf.same(file, content)) {
        return fine(content, Some(number), doc, How::Read);
    }
    let (doc, diagnostics) = parse::doc(&file.path, &bytes, options);
    let parsed = Parsed { content, doc: doc.map(Arc::new), diagnostics };
    Seen { parsed, number: None, how: How::Parsed }
}

/// Documents that were parsed without anything to report, with their files.
fn new<'a>(files: &[&'a SourceFile], seen: &'a mut [Seen]) -> Vec<(&'a SourceFile, &'a mut Doc)> {
    let seen = seen.iter_mut().map(|seen| match seen.how {
        How::Parsed if seen.parsed.diagnostics.is_empty() => seen.parsed.doc.as_mut(),
        _ => None,
    });
    let both = files.iter().zip(seen);
    both.filter_map(|(file, doc)| Some((*file, Arc::get_mut(doc?)?))).collect()
}

/// Files of one folder, which follow one another, hold its name once.
fn share_folders(seen: &mut [Seen]) {
    let docs = seen.iter_mut().filter_map(|seen| seen.parsed.doc.as_mut());
    let mut last: Option<(Arc<str>, Arc<str>)> = None;
    for doc in docs {
        let known = last.as_ref().filter(|(dir, section)| {
            *dir == doc.dir && *section == doc.section && !Arc::ptr_eq(dir, &doc.dir)
        });
        if let (Some((dir, section)), Some(doc)) = (known, Arc::get_mut(doc)) {
            (doc.dir, doc.section) = (Arc::clone(dir), Arc::clone(section));
        } else {
            last = Some((Arc::clone(&doc.dir), Arc::clone(&doc.section)));
        }
    }
}

/// What of all files may lie on a shelf: documents without anything to report.
fn shelved<'a>(files: &[&'a SourceFile], seen: &[Seen]) -> Vec<Shelved<'a>> {
    let silent = files.iter().zip(seen).filter(|(_, seen)| seen.parsed.diagnostics.is_empty());
    let rows = silent.filter_map(|(file, seen)| {
        let (doc, content) = (Arc::clone(seen.parsed.doc.as_ref()?), seen.parsed.content);
        let (number, read) = (seen.number, seen.how != How::Known);
        Some(Shelved { file, content, doc, number, read })
    });
    rows.collect()
}

/// Whether a path is a known file of text that is still a plain file.
fn is_text(tree: &Tree, path: &str) -> bool {
    let file = tree.get(path).filter(|file| {
        matches!(file.kind, FileKind::Doc | FileKind::Data | FileKind::Config | FileKind::Theme)
    });
    file.is_some_and(SourceFile::is_plain)
}

/// Whether one of two paths is the other or lies below it.
fn meet(one: &str, other: &str) -> bool {
    one.is_empty() || is_within(one, other) || is_within(other, one)
}

/// Whether a path is another or lies below it.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
