//! Short addresses: what people say on the telephone, type from a poster and
//! scan from paper.
//!
//! Takes entries and the `short` of their files; gives each entry its names.
//! What was handed out has to lead to the same entry for good, so that a name
//! depends on what was written and on the entry's id alone: never on which
//! entries are the newest, nor on the instant of a build.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rules::{NO_SHORTS, SAME_SHORT};
use super::{Entry, EntryId, Short, Site};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::hash::KeyBuilder;
use crate::bi;

/// What a code is written in: no vowels, so that it spells no word, and nothing
/// that looks like something else in print or by hand (0 o, 1 i l, 2 z, 5 s,
/// 6 b, 9 g q). It and the length must never change.
const LETTERS: &[u8; 20] = b"346789cdfhjkmnprtvwx";
/// Enough that two of ten thousand entries have one code in one site of
/// twenty-five.
const LENGTH: usize = 7;

/// The code of an entry that nobody gave a name, by its id.
fn code(id: &str) -> String {
    let key = KeyBuilder::new("short address").put_str(id).finish();
    let mut rest = u128::from_le_bytes(key.0);
    let base = LETTERS.len() as u128;
    let letter = |_| {
        let at = usize::try_from(rest % base).unwrap_or_default();
        rest /= base;
        LETTERS.get(at).copied().map_or('x', char::from)
    };
    (0..LENGTH).map(letter).collect()
}

/// Gives every entry its names, and says which of them two want.
pub(super) fn give(site: &Site, entries: &mut [Arc<Entry>], diags: &mut Diagnostics) {
    let wanted = site.config.outlets.short.is_some();
    let mut taken: FxHashMap<String, (EntryId, Span)> = FxHashMap::default();
    for id in 0..entries.len() {
        for (short, place) in written(site, &entries[id]) {
            if !wanted {
                diags.push(unused(&short.name, place));
                continue;
            }
            match taken.get(&short.name) {
                Some((other, _)) if *other == id => {}
                Some((_, other)) => {
                    diags.push(clash(&short.name, place, other.clone()));
                    continue;
                }
                None => drop(taken.insert(short.name.clone(), (id, place))),
            }
            give_one(entries, id, short);
        }
    }
    if wanted && site.config.outlets.short_codes {
        codes(site, entries, taken, diags);
    }
}

/// Codes, the oldest entries first: theirs may be on paper already. Whoever
/// comes later and wants the same has to be given a name.
fn codes(
    site: &Site,
    entries: &mut [Arc<Entry>],
    mut taken: FxHashMap<String, (EntryId, Span)>,
    diags: &mut Diagnostics,
) {
    let mut order: Vec<EntryId> = (0..entries.len()).collect();
    order.sort_by_key(|&id| (entries[id].date.as_ref().map(|date| date.instant), id));
    for id in order {
        let name = code(&entries[id].id);
        let place = || Span::file(&site.docs[original(&entries[id])].path);
        match taken.get(&name) {
            // Who wrote this name wrote it after the code was there.
            Some((other, written))
                if entries[*other].shorts.iter().any(|of| of.name == name && of.doc.is_some()) =>
            {
                if *other != id {
                    diags.push(clash(&name, written.clone(), place()));
                }
            }
            Some((_, older)) if entries[id].shorts.is_empty() => {
                diags.push(clash(&name, place(), older.clone()));
            }
            Some(_) => {}
            None => {
                taken.insert(name.clone(), (id, place()));
                give_one(entries, id, Short { name, doc: None });
            }
        }
    }
}

fn original(entry: &Entry) -> usize {
    entry.variants[entry.original].as_ref().map_or(0, |variant| variant.doc)
}

fn give_one(entries: &mut [Arc<Entry>], id: EntryId, short: Short) {
    if let Some(entry) = entries.get_mut(id) {
        Arc::make_mut(entry).shorts.push(short);
    }
}

/// What the files of an entry say, in the order of their languages.
fn written(site: &Site, entry: &Entry) -> Vec<(Short, Span)> {
    let docs = entry.variants.iter().flatten().map(|variant| variant.doc);
    docs.filter_map(|id| {
        let doc = &site.docs[id];
        let short = doc.front.short.as_ref()?;
        let place = Span::new(&doc.path, short.range.clone());
        Some((Short { name: short.value.clone(), doc: Some(id) }, place))
    })
    .collect()
}

fn clash(name: &str, at: Span, other: Span) -> Diagnostic {
    let file = Arc::clone(&other.file);
    let message = bi!(
        "địa chỉ ngắn `{name}` đã là của `{file}`",
        "the short address `{name}` is taken by `{file}`"
    );
    let help = bi!(
        "ghi `short` khác cho bài mới hơn, địa chỉ đã phát ra thì giữ",
        "write another `short` for the newer entry; keep what was handed out"
    );
    Diagnostic::new(&SAME_SHORT, message).at(at).at(other).help(help)
}

fn unused(name: &str, at: Span) -> Diagnostic {
    let message = bi!(
        "`short: {name}` không có tác dụng: trang không có địa chỉ ngắn",
        "`short: {name}` has no effect: the site has no short addresses"
    );
    let help =
        bi!("thêm vào site.yaml: outlets: {{short: s}}", "add to site.yaml: outlets: {{short: s}}");
    Diagnostic::new(&NO_SHORTS, message).at(at).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They are on posters: a change of the function is a broken promise.
    #[test]
    fn codes_never_change() {
        let codes = ["guong-sang/chi-lan", "tin-tot/a", "2025-10-chi-lan", ""].map(code);
        assert_eq!(codes, ["7kdv3tp", "vdknd8c", "frvj49v", "xc4wnf4"]);
    }

    #[test]
    fn codes_differ() {
        let mut all: Vec<String> = (0..10_000).map(|n| code(&format!("tin/bai-{n}"))).collect();
        all.sort();
        all.dedup();
        assert!(all.len() > 9_998, "{}", all.len());
    }
}
