//! What a session keeps from one build to the next: the tree and every parsed
//! document, so that a file is read again only if it may have changed and
//! parsed again only if it has.
//!
//! Nothing here changes what a build gives: a file's document depends on its
//! bytes and the parse options, and on nothing else.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::load;
use super::record::stamp;
use crate::base::diag::Diagnostics;
use crate::base::fault::Fault;
use crate::base::hash::Key;
use crate::config::Config;
use crate::parse::{self, Doc, ParseOptions};
use crate::scan::{self, FileKind, SourceFile, Tree};

/// Empty before the first build.
#[derive(Default)]
pub struct Kept {
    tree: Option<(Arc<Tree>, Diagnostics)>,
    docs: FxHashMap<Arc<str>, Parsed>,
    options: Option<ParseOptions>,
}

/// More changed paths than this are taken as "anything": asking every file
/// about every path would cost more than looking at every file.
const MANY: usize = 64;

/// What one file came to.
#[derive(Clone)]
pub struct Parsed {
    /// Of its bytes.
    content: Key,
    pub doc: Option<Arc<Doc>>,
    pub diagnostics: Diagnostics,
}

impl Kept {
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

    /// Whether every source still is as it was when the tree was looked at;
    /// false also where nobody can tell.
    pub fn stands(&self, root: &Path) -> bool {
        let old = self.tree.as_ref().and_then(|(tree, _)| stamp(tree));
        let now = || scan::scan(root).ok().and_then(|(tree, _)| stamp(&tree));
        old.is_some() && old == now()
    }

    /// Every Markdown file, parsed; in the order of their paths. `changed` as
    /// for [`Kept::tree`].
    pub fn docs(
        &mut self,
        tree: &Tree,
        config: &Config,
        changed: Option<&[String]>,
    ) -> (Vec<Arc<Doc>>, Diagnostics) {
        let changed = changed.filter(|paths| paths.len() <= MANY);
        let options = load::parse_options(config);
        if self.options.as_ref() != Some(&options) {
            self.docs.clear();
        }
        let files: Vec<_> = tree.of_kind(FileKind::Doc).collect();
        let parsed: Vec<Parsed> =
            files.par_iter().map(|file| self.doc(file, &options, changed)).collect();
        let mut docs = Vec::with_capacity(parsed.len());
        let mut diags = Vec::new();
        for parsed in &parsed {
            docs.extend(parsed.doc.clone());
            diags.extend(parsed.diagnostics.iter().cloned());
        }
        let paths = files.iter().map(|file| Arc::clone(&file.path));
        self.docs = paths.zip(parsed).collect();
        self.options = Some(options);
        (docs, diags)
    }

    /// A document as it was, if it cannot have changed.
    fn doc(&self, file: &SourceFile, options: &ParseOptions, changed: Option<&[String]>) -> Parsed {
        let old = self.docs.get(&file.path);
        if let (Some(old), Some(changed)) = (old, changed)
            && !changed.iter().any(|path| is_within(&file.path, path))
        {
            return old.clone();
        }
        parse(file, old, options)
    }

    /// Reads one known file again: what it was and what it is, if both are
    /// documents without anything to report.
    pub fn reread(&self, path: &str) -> Option<(Arc<Doc>, Parsed)> {
        let (tree, _) = self.tree.as_ref()?;
        let file = tree.get(path).filter(|file| file.kind == FileKind::Doc)?;
        let old = self.docs.get(path)?;
        let new = parse(file, Some(old), self.options.as_ref()?);
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

fn parse(file: &SourceFile, old: Option<&Parsed>, options: &ParseOptions) -> Parsed {
    let bytes = match file.read() {
        Ok(bytes) => bytes,
        Err(diag) => {
            return Parsed { content: Key::default(), doc: None, diagnostics: vec![diag] };
        }
    };
    let content = Key::of(&bytes);
    if let Some(old) = old.filter(|old| old.content == content) {
        return old.clone();
    }
    let (doc, diagnostics) = parse::doc(&file.path, &bytes, options);
    Parsed { content, doc: doc.map(Arc::new), diagnostics }
}

/// Whether a path is a known file of text that is still a plain file.
fn is_text(tree: &Tree, path: &str) -> bool {
    let file = tree.get(path).filter(|file| {
        matches!(file.kind, FileKind::Doc | FileKind::Data | FileKind::Config | FileKind::Theme)
    });
    file.is_some_and(SourceFile::is_plain)
}

/// Whether a path is another or lies below it.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
