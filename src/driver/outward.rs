//! What of a document other pages than its own may show or resolve.

use crate::base::digest::digest_unplaced;
use crate::parse::{Call, Doc, Fragment, Front, Headings, Reference};
use crate::render::cards::EXCERPT;
use crate::text::excerpt;

/// Whether two versions of a document differ in nothing that any other page
/// shows, that linking resolves or that a plan depends on: all that is new is
/// the wording of its body.
pub fn same(old: &Doc, new: &Doc) -> bool {
    old.front == new.front
        && excerpt(&old.opening, EXCERPT) == excerpt(&new.opening, EXCERPT)
        && old.lead == new.lead
        && linked_alike(old, new)
}

/// Whether two versions of a document differ in nothing that linking resolves or
/// a plan depends on: what is new is the wording of its title, its summary or
/// its body, wherever they show.
pub fn reworded(old: &Doc, new: &Doc) -> bool {
    linked_alike(old, new) && old.blank == new.blank && fronts(&old.front, &new.front)
}

fn linked_alike(old: &Doc, new: &Doc) -> bool {
    old.path == new.path && old.role == new.role && fragments(&old.body, &new.body)
}

/// But for the two lines, and for where things stand in the file.
fn fronts(old: &Front, new: &Front) -> bool {
    let both = |has: fn(&Front) -> bool| has(old) == has(new);
    let mut as_old = new.clone();
    (as_old.title, as_old.summary) = (old.title.clone(), old.summary.clone());
    both(|front| front.title.is_some())
        && both(|front| front.summary.is_some())
        && digest_unplaced(old) == digest_unplaced(&as_old)
}

fn fragments(old: &Fragment, new: &Fragment) -> bool {
    old.anchors == new.anchors
        && ids(&old.headings).eq(ids(&new.headings))
        && all(&old.refs, &new.refs, references)
        && all(&old.calls, &new.calls, calls)
}

fn ids(headings: &Headings) -> impl Iterator<Item = &str> {
    headings.iter().map(|heading| heading.id)
}

fn all<T>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
}

/// The places in the file are for messages, and there are none.
fn references(old: &Reference, new: &Reference) -> bool {
    (old.kind, &old.target, &old.title, &old.alt) == (new.kind, &new.target, &new.title, &new.alt)
}

fn calls(old: &Call, new: &Call) -> bool {
    let args = all(&old.args, &new.args, |(old_name, old), (name, new)| {
        (&old_name.value, &old.value) == (&name.value, &new.value)
    });
    let bodies = match (&old.body, &new.body) {
        (None, None) => true,
        (Some(old), Some(new)) => fragments(old, new),
        _ => false,
    };
    old.name.value == new.name.value && args && bodies
}
