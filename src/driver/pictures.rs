//! The versions of pictures that a plan names: made in parallel, the largest
//! first, with bounded memory, and never twice.
//!
//! Takes the plan and the cache; leaves in the cache what was not there. What
//! is made depends on a picture's bytes and the recipe alone, so the cache is
//! asked by these and never by a time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::publish::{Problem, Progress, Stage, publishable};
use super::{Build, Ready, cards};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::fault::Fault;
use crate::base::hash::Key;
use crate::base::path::OutputPath;
use crate::cache::Cache;
use crate::link::MediaTarget;
use crate::picture::{Bad, Made, Recipe, Tint, make, try_decode};
use crate::plan::What;
use crate::scan::Tree;
use crate::{bi, rules};

rules! {
    BROKEN_PICTURE = "T1004" Error,
        "Ảnh hỏng hoặc quá lớn", "A picture is damaged or too large",
        "Ảnh không giải mã được: tệp bị cắt cụt khi chép, bị hỏng, hoặc khai số điểm ảnh vượt mức `pictures: {max_pixels: ...}` trong site.yaml (mặc định 64 triệu). Hãy chép lại ảnh từ máy, hoặc mở ảnh, thu nhỏ rồi lưu lại thành JPEG.",
        "The picture cannot be decoded: the file was cut off while it was copied, is damaged, or declares more pixels than `pictures: {max_pixels: ...}` of site.yaml allows (64 million by default). Copy it again from the device, or open it, make it smaller and save it as JPEG.";
}

/// Megabytes of pixels that are held at a time, all threads together; a larger
/// picture is made alone.
const ROOM: u64 = 160 << 20;

/// The cache of a site's pictures.
pub fn cache(root: &Path) -> Cache {
    Cache::of_site(root, "pictures")
}

/// The keys of everything that a plan shows of pictures.
pub fn wanted(ready: &Ready) -> Vec<Key> {
    let mut keys: Vec<Key> = ready
        .plan
        .pages
        .iter()
        .filter_map(|page| match page.what {
            What::Picture { media, recipe } => Some(key(ready, media, &recipe)),
            _ => None,
        })
        .chain(cards::wanted(ready))
        .chain(ready.plan.pictures.photos().map(|media| Tint::key(content(ready, media))))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

pub(super) fn key(ready: &Ready, media: MediaTarget, recipe: &Recipe) -> Key {
    recipe.key(content(ready, media))
}

fn content(ready: &Ready, media: MediaTarget) -> Key {
    ready.site.media[media].content
}

/// The colours that the cache knows, by content.
pub(super) fn tints(tree: &Tree, ready: &Ready) -> BTreeMap<Key, Tint> {
    let cache = cache(&tree.root);
    let photos = ready.plan.pictures.photos().map(|media| content(ready, media));
    let known = |photo| Some((photo, Tint::from_bytes(&cache.get(Tint::key(photo))?)?));
    photos.filter_map(known).collect()
}

/// A picture with the versions that are missing; none if only its colour is.
type Work = (MediaTarget, Vec<Recipe>);

/// What is neither published nor in the cache, the largest pictures first.
/// `dull`: photos whose colour is not known.
fn missing(
    ready: &Ready,
    cache: &Cache,
    knows: &dyn Fn(&OutputPath, Key) -> bool,
    dull: impl Iterator<Item = MediaTarget>,
) -> Vec<Work> {
    let mut work: BTreeMap<MediaTarget, Vec<Recipe>> =
        dull.map(|media| (media, Vec::new())).collect();
    for page in &ready.plan.pages {
        match page.what {
            What::Picture { media, recipe } => {
                let key = key(ready, media, &recipe);
                if !knows(&page.path, key) && !cache.has(key) {
                    work.entry(media).or_default().push(recipe);
                }
            }
            // The photo on a card that has to be drawn.
            What::Card(_) => {
                let Some(card) = ready.plan.cards.of_page(page) else { continue };
                let Some((media, recipe)) = card.photo else { continue };
                let there = cache.has(card.key) || cache.has(key(ready, media, &recipe));
                if !there && !knows(&page.path, card.key) {
                    work.entry(media).or_default().push(recipe);
                }
            }
            _ => {}
        }
    }
    // Two cards may show the same part.
    for recipes in work.values_mut() {
        recipes.sort_unstable();
        recipes.dedup();
    }
    let mut work: Vec<Work> = work.into_iter().collect();
    work.sort_by_key(|(media, _)| std::cmp::Reverse(pixels(ready, *media)));
    work
}

fn pixels(ready: &Ready, media: MediaTarget) -> u64 {
    let media = &ready.site.media[media];
    u64::from(media.width) * u64::from(media.height)
}

/// What [`make_missing`] came to.
pub(super) struct Pass {
    /// Versions that were made.
    pub made: usize,
    /// Every photo's colour, by content.
    pub tints: BTreeMap<Key, Tint>,
    pub diagnostics: Diagnostics,
}

/// Makes what is missing.
pub(super) fn make_missing(
    (tree, ready): (&Tree, &Ready),
    knows: &(dyn Fn(&OutputPath, Key) -> bool + Sync),
    progress: Progress<'_>,
) -> Result<Pass, Fault> {
    let cache = cache(&tree.root);
    let tints = tints(tree, ready);
    // The same photo may lie at two places.
    let photos = ready.plan.pictures.photos().map(|media| (content(ready, media), media));
    let dull = photos.filter(|(photo, _)| !tints.contains_key(photo));
    let dull: BTreeMap<Key, MediaTarget> = dull.collect();
    let work = missing(ready, &cache, knows, dull.values().copied());
    let (made, tints) = (AtomicUsize::new(0), Mutex::new(tints));
    let diagnostics = each(ready, &work, progress, |media, recipes| {
        let Made { versions, tint } =
            made_of(tree, ready, media, recipes).map_err(Problem::Page)?;
        let keep = |key: Key, bytes: &[u8]| {
            let kept = cache.put(key, bytes);
            kept.map_err(|error| Problem::Machine(not_kept(&tree.root, error)))
        };
        for (recipe, bytes) in recipes.iter().zip(versions) {
            keep(key(ready, media, recipe), &bytes)?;
            made.fetch_add(1, Ordering::Relaxed);
        }
        let photo = content(ready, media);
        if dull.get(&photo) == Some(&media) {
            keep(Tint::key(photo), &tint.0)?;
            lock(&tints).insert(photo, tint);
        }
        Ok(())
    })?;
    let tints = tints.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Pass { made: made.into_inner(), tints, diagnostics })
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Decodes what would have to be made, and makes nothing.
pub(super) fn check(build: &Build, progress: Progress<'_>) -> Result<Diagnostics, Fault> {
    let Some(ready) = &build.ready else { return Ok(Vec::new()) };
    let cache = cache(&build.tree.root);
    let work = missing(ready, &cache, &|_, _| false, std::iter::empty());
    each(ready, &work, progress, |media, _| {
        let source = &ready.site.media[media].source;
        let Some(file) = build.tree.get(source) else { return Ok(()) };
        let bytes = file.read_any().map_err(Problem::Page)?;
        publishable(file, &bytes).map_err(Problem::Page)?;
        let tried = try_decode(&bytes, ready.site.config.max_pixels);
        tried.map_err(|bad| Problem::Page(broken(source, bad)))
    })
}

/// Does something with every picture, the first first.
fn each(
    ready: &Ready,
    work: &[Work],
    progress: Progress<'_>,
    with: impl Fn(MediaTarget, &[Recipe]) -> Result<(), Problem> + Sync,
) -> Result<Diagnostics, Fault> {
    let room = Room::default();
    let weigh = |media: MediaTarget| usize::try_from(pixels(ready, media)).unwrap_or(usize::MAX);
    let total = work.iter().fold(0, |sum: usize, (media, _)| sum.saturating_add(weigh(*media)));
    let done = AtomicUsize::new(0);
    let found: Mutex<(Diagnostics, Option<Fault>)> = Mutex::default();
    work.iter().par_bridge().for_each(|(media, recipes)| {
        if lock(&found).1.is_some() {
            return;
        }
        let bytes = pixels(ready, *media) * 3;
        room.enter(bytes);
        let result = with(*media, recipes);
        room.leave(bytes);
        let own = weigh(*media);
        progress(Stage::Pictures, (done.fetch_add(own, Ordering::Relaxed) + own, total));
        match result {
            Ok(()) => {}
            Err(Problem::Page(diag)) => lock(&found).0.push(diag),
            Err(Problem::Machine(fault)) => lock(&found).1 = Some(fault),
        }
    });
    let (mut diags, fault) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    super::sort(&mut diags);
    fault.map_or(Ok(diags), Err)
}

/// One version: from the cache, else made now and kept if that can be.
pub(super) fn version(
    (tree, ready): (&Tree, &Ready),
    media: MediaTarget,
    recipe: &Recipe,
) -> Result<Vec<u8>, Diagnostic> {
    let (cache, key) = (cache(&tree.root), key(ready, media, recipe));
    if let Some(bytes) = cache.get(key) {
        return Ok(bytes);
    }
    let mut made = made_of(tree, ready, media, std::slice::from_ref(recipe))?;
    let bytes = made.versions.pop().unwrap_or_default();
    // A disk without room costs the making of it again, nothing else.
    let _ = cache.put(key, &bytes);
    if ready.plan.pictures.photos().any(|photo| photo == media) {
        let _ = cache.put(Tint::key(content(ready, media)), &made.tint.0);
    }
    Ok(bytes)
}

fn made_of(
    tree: &Tree,
    ready: &Ready,
    media: MediaTarget,
    recipes: &[Recipe],
) -> Result<Made, Diagnostic> {
    let media = &ready.site.media[media];
    let broken = |bad| broken(&media.source, bad);
    let file = tree.get(&media.source).ok_or_else(|| broken(Bad::Broken))?;
    let bytes = file.read_any()?;
    // The plan was made of other bytes: what they show has another name.
    if Key::of(&bytes) != media.content {
        return Err(broken(Bad::Cut));
    }
    make(&bytes, recipes, ready.site.config.max_pixels).map_err(broken)
}

pub(super) fn broken(source: &std::sync::Arc<str>, bad: Bad) -> Diagnostic {
    let message = match bad {
        Bad::Large { width, height } => bi!(
            "ảnh `{source}` có {width} × {height} điểm ảnh, quá mức cho phép",
            "the picture `{source}` has {width} × {height} pixels, more than is allowed"
        ),
        Bad::Cut => bi!(
            "ảnh `{source}` bị cắt cụt: thiếu phần cuối tệp",
            "the picture `{source}` is cut off: the end of the file is missing"
        ),
        Bad::Broken => bi!(
            "ảnh `{source}` hỏng, không giải mã được",
            "the picture `{source}` is damaged and cannot be decoded"
        ),
    };
    let help = bi!(
        "chép lại ảnh từ máy, hoặc mở ảnh, thu nhỏ rồi lưu lại thành JPEG",
        "copy it again from the device, or open it, make it smaller and save it as JPEG"
    );
    Diagnostic::new(&BROKEN_PICTURE, message).at(Span::file(source)).help(help)
}

fn not_kept(root: &Path, error: std::io::Error) -> Fault {
    Fault::io(
        bi!(
            "không ghi được vào kho ảnh .tintot/cache",
            "cannot write into the cache .tintot/cache"
        ),
        root.join(".tintot"),
        error,
    )
}

/// Lets threads hold only so many bytes of pixels at a time.
#[derive(Default)]
struct Room {
    held: Mutex<u64>,
    left: Condvar,
}

impl Room {
    fn enter(&self, bytes: u64) {
        let held = lock(&self.held);
        let full = |held: &mut u64| *held > 0 && *held + bytes > ROOM;
        let mut held = self.left.wait_while(held, full).unwrap_or_else(PoisonError::into_inner);
        *held += bytes;
    }

    fn leave(&self, bytes: u64) {
        *lock(&self.held) -= bytes;
        self.left.notify_all();
    }
}
