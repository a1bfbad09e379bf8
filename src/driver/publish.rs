//! Pages rendered and handed to the emitter, fused so that reading, rendering
//! and writing overlap.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::drawn::{self, Drawn};
use super::load::UNSAFE_PICTURE;
use super::originals::BAD_DRAWING;
use super::record::Opened;
use super::{Build, Clock, Ready, Request, cards, originals, pictures, record, sort};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::fault::Fault;
use crate::base::hash::{Key, KeyBuilder};
use crate::base::path::OutputPath;
use crate::bi;
use crate::emit::{Emitter, Outcome, Written};
use crate::picture::{self, Unsafe};
use crate::plan::{Page, What};
use crate::render::{self, Reads};
use crate::scan::{SourceFile, Tree};

/// Pages that one thread takes at a time, lest it be left alone with many.
const SHARE: usize = 32;

/// Where a build goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub dir: PathBuf,
    /// Take over files at our paths that do not look ours.
    pub adopt: bool,
}

/// What takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Counted in pixels of the originals: a large photo takes longer.
    Pictures,
    Pages,
}

/// Told how much of how much of a stage is done.
pub type Progress<'a> = &'a (dyn Fn(Stage, (usize, usize)) + Sync);

/// What one page came to.
enum Done {
    Rendered,
    Kept,
}

/// Renders everything and writes what changed. Nothing is written when a page
/// fails: the errors come back and the output stays as it was.
pub fn publish(
    build: &mut Build,
    request: &Request,
    output: &Output,
    (progress, waiting): (Progress<'_>, &dyn Fn()),
) -> Result<Option<(Written, usize)>, Fault> {
    let mut clock = Clock::start();
    let opened = build.opened.take().filter(|opened| opened.is_for(output));
    let opened = opened.map_or_else(|| Opened::new(&build.tree, output, waiting), Ok)?;
    let Opened { mut emitter, recovery, .. } = opened;
    let Some(ready) = &build.ready else { return Ok(None) };
    let knows = |path: &OutputPath, key| emitter.knows(path, key);
    let pass = pictures::make_missing((&build.tree, ready), &knows, progress)?;
    let (encoded, mut diags) = (pass.made, pass.diagnostics);
    if encoded > 0 {
        emitter.look_again();
    }
    if let Some(ready) = &mut build.ready {
        ready.tint(pass.tints);
    }
    let Some(ready) = &build.ready else { return Ok(None) };
    clock.lap("pictures");
    emitter.expect(ready.plan.pages.len());
    let views = ready.views();
    let reads = ready.reads(&views);
    clock.lap("views");
    let clean = matches!(recovery.outcome, Outcome::Clean);
    let edits = build
        .edits
        .as_ref()
        .filter(|edits| clean && record::stands_but_for(edits, request, &build.tree, &emitter));
    let touched = edits.map(|edits| edits.touched(&ready.site));
    let spared = |page: &Page| {
        touched.as_ref().is_some_and(|touched| touched.spare(page, &ready.plan))
            && emitter.stay(&page.path, page.class)
    };
    let (rendered, stayed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let bad = diags.clone();
    diags.extend(pages(ready, progress, |page| {
        // What was said of a picture is not said again of each version.
        if matches!(page.what, What::Picture { .. }) && is_told(&bad, page) {
            return Ok(());
        }
        if spared(page) {
            stayed.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let done = emit(page, (&reads, ready), &build.tree, &emitter)?;
        if matches!(done, Done::Rendered) {
            rendered.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    })?);
    clock.lap("render");
    if !diags.is_empty() {
        emitter.abandon();
        build.diagnostics.extend(diags);
        sort(&mut build.diagnostics);
        return Ok(None);
    }
    let record = || record::record(request, (build, ready), build.outline.as_ref()?);
    // The record needs room, and none of what pages were made from.
    let (record, ()) = rayon::join(record, || views.let_go());
    let mut written = emitter.commit_with(record.as_deref())?;
    written.notes.splice(0..0, recovery.notes);
    clock.lap("emit");
    (build.encoded, build.spared) = (encoded, stayed.into_inner());
    build.times.append(&mut clock.times);
    Ok(Some((written, rendered.into_inner())))
}

/// Renders everything and writes nothing: all that a build would say.
pub fn check(build: &mut Build, progress: Progress<'_>) -> Result<(), Fault> {
    let Some(ready) = &build.ready else { return Ok(()) };
    let mut clock = Clock::start();
    let views = ready.views();
    let reads = ready.reads(&views);
    let mut diags = pictures::check(build, progress)?;
    diags.extend(cards::check(build));
    diags.extend(originals::check(build));
    diags.extend(pages(ready, progress, |page| {
        if let Some(source) = copied(page, &reads) {
            let read = build.tree.get(source).map(publish_bytes).transpose();
            return read.map(drop).map_err(Problem::Page);
        }
        if render::is_copy(&page.what) {
            return Ok(());
        }
        let whole: (&Tree, &Ready) = (&build.tree, ready);
        let draft = render::draft(page, &reads).and_then(|draft| drawn::finish(draft, whole));
        draft.map(drop).map_err(Problem::Page)
    })?);
    clock.lap("render");
    build.times.append(&mut clock.times);
    build.diagnostics.extend(diags);
    sort(&mut build.diagnostics);
    Ok(())
}

/// Why a page could not be done.
pub(super) enum Problem {
    Page(Diagnostic),
    Machine(Fault),
}

/// Does something with every page, in parallel; collects what is wrong with
/// pages, stops at the first fault of the machine.
pub(super) fn pages(
    ready: &Ready,
    progress: Progress<'_>,
    each: impl Fn(&Page) -> Result<(), Problem> + Sync,
) -> Result<Diagnostics, Fault> {
    let total = ready.plan.pages.len();
    let done = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let fault: Mutex<Option<Fault>> = Mutex::new(None);
    let found: Vec<_> = ready
        .plan
        .pages
        .par_iter()
        .with_max_len(SHARE)
        .filter_map(|page| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let result = each(page);
            progress(Stage::Pages, (done.fetch_add(1, Ordering::Relaxed) + 1, total));
            match result {
                Ok(()) => None,
                Err(Problem::Page(diag)) => Some(diag),
                Err(Problem::Machine(why)) => {
                    stop.store(true, Ordering::Relaxed);
                    if let Ok(mut fault) = fault.lock() {
                        fault.get_or_insert(why);
                    }
                    None
                }
            }
        })
        .collect();
    match fault.into_inner() {
        Ok(Some(fault)) => Err(fault),
        _ => Ok(distinct(found)),
    }
}

/// One template fault shows on thousands of pages; it is said once.
fn distinct(mut diags: Diagnostics) -> Diagnostics {
    sort(&mut diags);
    diags.dedup_by(|b, a| {
        a.rule.code == b.rule.code && a.message == b.message && a.labels == b.labels
    });
    diags
}

/// Whether the source of a page has been complained of already.
fn is_told(diags: &Diagnostics, page: &Page) -> bool {
    diags.iter().any(|diag| diag.file() == page.origin.as_ref())
}

fn emit(
    page: &Page,
    (reads, ready): (&Reads<'_>, &Ready),
    tree: &Tree,
    emitter: &Emitter,
) -> Result<Done, Problem> {
    if let Some(source) = copied(page, reads) {
        return copy(page, source, tree, emitter);
    }
    if let Some(drawn) = Drawn::of(ready, page) {
        return put(page, drawn.key(ready), emitter, || drawn.bytes((tree, ready)));
    }
    let draft = render::draft(page, reads).map_err(Problem::Page)?;
    put(page, draft.key, emitter, || drawn::finish(draft, (tree, ready)))
}

/// Keeps what was made from the same key, else makes the bytes and stages them.
fn put<B: AsRef<[u8]>>(
    page: &Page,
    key: Key,
    emitter: &Emitter,
    bytes: impl FnOnce() -> Result<B, Diagnostic>,
) -> Result<Done, Problem> {
    if emitter.keep(&page.path, page.class, key).is_some() {
        return Ok(Done::Kept);
    }
    let bytes = bytes().map_err(Problem::Page)?;
    emitter.put(&page.path, page.class, key, bytes.as_ref()).map_err(Problem::Machine)?;
    Ok(Done::Rendered)
}

/// The source of a page that is a file copied as it is.
pub(super) fn copied<'a>(page: &'a Page, reads: &'a Reads<'_>) -> Option<&'a str> {
    match &page.what {
        What::Media(id) => Some(&reads.site.media[*id].source),
        What::Static(path) => Some(path),
        _ => None,
    }
}

fn copy(page: &Page, source: &str, tree: &Tree, emitter: &Emitter) -> Result<Done, Problem> {
    let Some(file) = tree.get(source) else { return Ok(Done::Kept) };
    let read = file.read_any().map_err(Problem::Page)?;
    let mut key = KeyBuilder::new("copy");
    key.put_str(picture::RECIPE).put_key(Key::of(&read));
    put(page, key.finish(), emitter, || publishable(file, &read))
}

/// What is published of a file's bytes: of a picture, what shows.
pub(super) fn publishable<'a>(
    file: &SourceFile,
    bytes: &'a [u8],
) -> Result<Cow<'a, [u8]>, Diagnostic> {
    if is_drawing(&file.path) {
        let cleaned = picture::svg::clean(bytes).map_err(|Unsafe(_)| bad_drawing(file))?;
        return Ok(cleaned.bytes);
    }
    picture::publishable(bytes).map_err(|Unsafe(kind)| {
        let path = &file.path;
        let message = bi!(
            "ảnh {kind} `{path}` không đăng được: không gỡ hết được dữ liệu riêng trong ảnh",
            "the {kind} picture `{path}` cannot be published: private data in it cannot be removed"
        );
        let help = bi!(
            "mở ảnh trong máy, lưu lại thành JPEG rồi thay tệp này; trên iPhone chọn Cài đặt, Camera, Định dạng, Tương thích nhất",
            "open it, save it as JPEG and replace this file; on an iPhone choose Settings, Camera, Formats, Most Compatible"
        );
        Diagnostic::new(&UNSAFE_PICTURE, message).at(Span::file(&file.path)).help(help)
    })
}

/// Browsers take a file for a drawing by its name, whatever is in it.
pub(super) fn is_drawing(path: &str) -> bool {
    ends_in(path, &["svg", "svgz"])
}

/// Whether a file's name ends in a dot and one of these, in any case.
pub(super) fn ends_in(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn bad_drawing(file: &SourceFile) -> Diagnostic {
    let path = &file.path;
    let message = bi!(
        "hình vẽ `{path}` không phải SVG đúng cú pháp, nên không biết chắc trong đó có gì",
        "the drawing `{path}` is no well-formed SVG: what is in it cannot be told"
    );
    let help = bi!(
        "mở bằng chương trình vẽ rồi lưu thành “SVG thuần” (plain SVG), mã UTF-8",
        "open it in a drawing program and save it as plain SVG in UTF-8"
    );
    Diagnostic::new(&BAD_DRAWING, message).at(Span::file(path)).help(help)
}

/// A file as it is published, read now.
pub(super) fn publish_bytes(file: &SourceFile) -> Result<Vec<u8>, Diagnostic> {
    let bytes = file.read_any()?;
    match publishable(file, &bytes)? {
        Cow::Owned(cleaned) => Ok(cleaned),
        Cow::Borrowed(_) => Ok(bytes),
    }
}
