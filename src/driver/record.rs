//! The record of a finished build: enough to tell that the next one would do
//! and say the same, so that it need not read a single source.
//!
//! It names sources by size, time and place on the disk, never by trust in it:
//! a source that changed so shortly before that its time could be the same is
//! read again. A record that is damaged, foreign or about anything else is no
//! record. Deleting it changes no byte of any output.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::edits::Edits;
use super::kept::Kept;
use super::outline::Outline;
use super::{Build, Clock, Output, Ready, Request};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Label, Severity};
use crate::base::fault::Fault;
use crate::base::hash::{Key, KeyBuilder};
use crate::catalogue;
use crate::emit::{Emitter, Options, Outcome, Recovery, Written};
use crate::scan::{FileKind, SourceFile, Tree};

/// Changes when the record or what a build makes of the same sources does.
const VERSION: u32 = 4;
/// Files that enter a key together.
const SHARE: usize = 256;
/// Two changes within this many nanoseconds may leave one time on a file.
const BLUR: i64 = 50_000_000;
/// The same on file systems that keep whole or even seconds only.
const COARSE: i64 = 2_000_000_000;

/// What a build was asked, what it saw and what it said.
#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    request: String,
    /// Nothing where one of them might change without a trace.
    sources: Option<String>,
    /// All sources but the bodies of documents, which the shelf had then.
    rest: Option<String>,
    shelf: Option<String>,
    /// Seconds since 1970: valid from the instant of the build until the
    /// output would change by itself.
    from: i64,
    until: Option<i64>,
    outline: Outline,
    diagnostics: Vec<Stored>,
}

/// A diagnostic with its rule by code.
#[derive(Serialize, Deserialize)]
struct Stored {
    code: String,
    severity: Severity,
    message: Bi,
    labels: Vec<Label>,
    help: Option<Bi>,
}

/// A build that had nothing to do.
pub struct Unchanged {
    pub tree: Arc<Tree>,
    pub outline: Outline,
    pub diagnostics: Diagnostics,
    pub written: Written,
    pub times: Vec<(&'static str, std::time::Duration)>,
}

/// An output that was looked at and is to be written: nobody else may touch it
/// in between.
pub(super) struct Opened {
    output: Output,
    pub emitter: Emitter,
    pub recovery: Recovery,
}

impl Opened {
    /// Opens the output of a build.
    pub(super) fn new(tree: &Tree, output: &Output, waiting: &dyn Fn()) -> Result<Opened, Fault> {
        let options = Options { adopt: output.adopt };
        let (emitter, recovery) = Emitter::open(&tree.root, &output.dir, options, waiting)?;
        Ok(Opened { output: output.clone(), emitter, recovery })
    }

    pub(super) fn is_for(&self, output: &Output) -> bool {
        self.output == *output
    }
}

/// Whether sources and output are as the last build left them. If not, what was
/// seen of both is in `kept`.
pub fn unchanged(
    request: &Request,
    output: &Output,
    kept: &mut Kept,
    waiting: &dyn Fn(),
) -> Result<Option<Unchanged>, Fault> {
    let mut clock = Clock::start();
    let (tree, found) = kept.tree(&request.root, None)?;
    clock.lap("scan");
    if !output.dir.is_dir() {
        return Ok(None);
    }
    let mut sources = None;
    let opened = rayon::in_place_scope(|scope| {
        scope.spawn(|_| sources = stamp(&tree));
        Opened::new(&tree, output, waiting)
    })?;
    // What is wrong with the tree itself is not in its files' times.
    let Some(sources) = sources.filter(|_| found.is_empty()) else {
        kept.opened = Some(opened);
        return Ok(None);
    };
    let emitter = &opened.emitter;
    let record = emitter.note().and_then(|bytes| decode(&bytes));
    let same = |record: &Record| {
        record.answers(request) && record.sources.as_ref() == Some(&sources.hex())
    };
    let stands = |record: &Record| {
        matches!(opened.recovery.outcome, Outcome::Clean)
            && emitter.published() == record.outline.pages
            && (0..emitter.published()).into_par_iter().all(|row| emitter.stands(row))
    };
    let told = record.filter(same).filter(stands).and_then(|record| {
        let diagnostics = record.diagnostics.into_iter().map(restored).collect::<Option<_>>()?;
        Some((record.outline, diagnostics))
    });
    let Some((outline, diagnostics)) = told else {
        kept.opened = Some(opened);
        return Ok(None);
    };
    let written = Written { unchanged: emitter.published(), ..Written::default() };
    clock.lap("compare");
    Ok(Some(Unchanged { tree, outline, diagnostics, written, times: clock.times }))
}

impl Record {
    /// Whether a build that is asked for this now would give what was given.
    fn answers(&self, request: &Request) -> bool {
        let at = request.at.0.as_second();
        self.version == VERSION
            && self.request == asked(request).hex()
            && self.from <= at
            && self.until.is_none_or(|until| at < until)
    }
}

/// Whether the output is what the last build made of the sources as they were
/// before these edits.
pub(super) fn stands_but_for(
    edits: &Edits,
    request: &Request,
    tree: &Tree,
    emitter: &Emitter,
) -> bool {
    let Some(record) = emitter.note().and_then(|bytes| decode(&bytes)) else { return false };
    let rest = rest(tree).map(|rest| rest.hex());
    record.answers(request)
        && rest.is_some()
        && record.rest == rest
        && record.shelf == Some(edits.from().hex())
}

/// The record of a build that is about to be published; none where the next
/// build would have to look anyway.
pub(super) fn record(
    request: &Request,
    (build, ready): (&Build, &Ready),
    outline: &Outline,
) -> Option<Vec<u8>> {
    let (tree, diagnostics) = (&build.tree, &build.diagnostics);
    let whole = ready.quarantined.is_empty() && ready.unread.is_empty();
    let fine = whole && !diagnostics.iter().any(Diagnostic::is_error);
    if !fine {
        return None;
    }
    let record = Record {
        version: VERSION,
        request: asked(request).hex(),
        sources: stamp(tree).map(|key| key.hex()),
        rest: rest(tree).map(|key| key.hex()),
        shelf: build.shelf.map(|key| key.hex()),
        from: request.at.0.as_second(),
        until: ready.plan.stale_at(&ready.site),
        outline: outline.clone(),
        diagnostics: diagnostics.iter().map(stored).collect(),
    };
    let json = serde_json::to_vec(&record).ok()?;
    let mut bytes = Key::of(&json).hex().into_bytes();
    bytes.extend(json);
    Some(bytes)
}

fn decode(bytes: &[u8]) -> Option<Record> {
    let (key, json) = bytes.split_at_checked(32)?;
    let key = Key::from_hex(std::str::from_utf8(key).ok()?)?;
    (Key::of(json) == key).then(|| serde_json::from_slice(json).ok()).flatten()
}

/// What of a request decides over the output.
fn asked(request: &Request) -> Key {
    let mut key = KeyBuilder::new("request");
    key.put_str(&request.generator).put_str(env!("CARGO_PKG_VERSION"));
    let flags = [request.drafts, request.future, request.quarantine, request.strict];
    flags.iter().for_each(|flag| {
        key.put_num(u64::from(*flag));
    });
    match &request.base_url {
        Some(url) => key.put_str("base").put_str(&url.origin).put_str(&url.path),
        None => key.put_str("none"),
    };
    key.put_key(crate::theme::builtin_key());
    key.finish()
}

/// All sources by name, size, time and place; `None` when one of them may have
/// changed since without a trace.
pub(super) fn stamp(tree: &Tree) -> Option<Key> {
    key_of(tree, "sources", |key, file| enter(key, file, tree.seen))
}

/// As [`stamp`], but of documents the names alone: the shelf tells the rest.
fn rest(tree: &Tree) -> Option<Key> {
    key_of(tree, "rest", |key, file| match file.kind {
        FileKind::Doc => {
            file.name_in(key);
            Some(())
        }
        _ => enter(key, file, tree.seen),
    })
}

/// A key of what each file enters, if every one of them can.
fn key_of(
    tree: &Tree,
    domain: &str,
    enter: impl Fn(&mut KeyBuilder, &SourceFile) -> Option<()> + Sync,
) -> Option<Key> {
    let parts = tree.files.par_chunks(SHARE).map(|files| {
        let mut key = KeyBuilder::new("files");
        files.iter().try_for_each(|file| enter(&mut key, file))?;
        Some(key.finish())
    });
    let parts: Vec<Key> = parts.collect::<Option<_>>()?;
    let mut key = KeyBuilder::new(domain);
    key.put(tree.root.as_os_str().as_encoded_bytes());
    parts.into_iter().for_each(|part| {
        key.put_key(part);
    });
    Some(key.finish())
}

fn enter(key: &mut KeyBuilder, file: &SourceFile, seen: i64) -> Option<()> {
    if !is_settled(file, seen) {
        return None;
    }
    file.name_in(key);
    key.put_num(file.size);
    for part in [file.stamp.modified, file.stamp.changed] {
        key.put(&part.to_le_bytes());
    }
    key.put_num(file.stamp.node);
    Some(())
}

/// Whether a file that looks the same later is the same. `seen`: when it was
/// looked at, in nanoseconds since 1970.
pub(super) fn is_settled(file: &SourceFile, seen: i64) -> bool {
    let blur = if file.stamp.modified % 1_000_000_000 == 0 { COARSE } else { BLUR };
    file.stamp.modified.checked_add(blur).is_some_and(|settled| settled < seen)
}

fn stored(diag: &Diagnostic) -> Stored {
    Stored {
        code: diag.rule.code.to_owned(),
        severity: diag.severity,
        message: diag.message.clone(),
        labels: diag.labels.clone(),
        help: diag.help.clone(),
    }
}

fn restored(stored: Stored) -> Option<Diagnostic> {
    let Stored { code, severity, message, labels, help } = stored;
    let rule = catalogue::rules().find(|rule| rule.code == code)?;
    Some(Diagnostic { rule, severity, message, labels, help })
}
