//! Translations grouped into entries, and what they share merged.
//!
//! A translation states only what differs; everything else is the original's.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rules::{
    EMPTY_TRANSLATION, MISSING_DATE, NO_ORIGINAL, NO_SLUG, ORIGINAL_COUNTS, SAME_ID, SAME_PART,
    SAME_VARIANT,
};
use super::sections::{lang_of, named_kind};
use super::terms::{self, PLACES, TermId};
use super::{DocId, Entry, LangId, SectionId, Site, Targets, Variant, WrittenPlace, shorts};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::time::Moment;
use crate::bi;
use crate::kinds::{Fields, Kind, moment};
use crate::parse::{Doc, Front, Role};
use crate::text;
use crate::yaml::{Node, Reader};

/// The files of one entry, before anything is decided.
pub(super) struct Group {
    key: Arc<str>,
    section: SectionId,
    docs: Vec<Option<DocId>>,
    original: LangId,
}

/// Entries that one thread takes at a time.
const SHARE: usize = 128;

/// Groups the documents by key, in the order of the keys.
pub(super) fn group(site: &Site, diags: &mut Diagnostics) -> Vec<Group> {
    let sections: FxHashMap<&str, SectionId> =
        site.sections.iter().enumerate().map(|(id, section)| (&*section.dir, id)).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut docs: Vec<(DocId, &Arc<Doc>)> =
        site.docs.iter().enumerate().filter(|(_, doc)| doc.role == Role::Entry).collect();
    // In the order of their paths they nearly are in that of their keys.
    docs.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
    for (id, doc) in docs {
        if groups.last().is_none_or(|last| last.key != doc.key) {
            groups.push(Group {
                key: Arc::clone(&doc.key),
                section: sections.get(&*doc.section).copied().unwrap_or(0),
                docs: vec![None; site.langs.len()],
                original: 0,
            });
        }
        let Some(group) = groups.last_mut() else { continue };
        match &mut group.docs[lang_of(site, doc.lang.as_deref())] {
            slot @ None => *slot = Some(id),
            Some(first) => {
                let other = &site.docs[*first].path;
                let path = &doc.path;
                let message = bi!(
                    "`{path}` và `{other}` là cùng một bài, cùng ngôn ngữ",
                    "`{path}` and `{other}` are one entry in one language"
                );
                let help = bi!("giữ lại một tệp", "keep one of them");
                let diag = Diagnostic::new(&SAME_VARIANT, message).at(Span::file(path)).help(help);
                diags.push(diag.at(Span::file(other)));
            }
        }
    }
    for group in &mut groups {
        group.original = group.docs.iter().position(Option::is_some).unwrap_or(0);
        if group.original != 0
            && let Some(doc) = group.docs[group.original].map(|id| &site.docs[id])
        {
            let key = &group.key;
            let message =
                bi!("bài `{key}` chỉ có bản dịch", "the entry `{key}` has translations only");
            diags.push(Diagnostic::new(&NO_ORIGINAL, message).at(Span::file(&doc.path)));
        }
    }
    groups
}

/// Builds the entries; terms are looked up and created in the index, in the
/// order of the entries, which is that of new terms.
pub(super) fn entries(
    site: &Site,
    groups: Vec<Group>,
    index: &mut terms::Index,
    diags: &mut Diagnostics,
) -> Vec<Arc<Entry>> {
    // Terms are numbered in the order in which they are found; all else of an entry
    // is its own.
    let (own, filed): (Vec<Option<(Own, Diagnostics)>>, Vec<_>) = rayon::join(
        || groups.par_iter().with_max_len(SHARE).map(|group| Own::of(site, group)).collect(),
        || groups.iter().map(|group| Filing::of(site, group, index, diags)).collect(),
    );
    let parts = groups.par_iter().zip(own).zip(filed).with_max_len(SHARE);
    let made: Vec<Option<(Arc<Entry>, Diagnostics)>> = parts
        .map(|((group, own), filed)| {
            let (own, found) = own?;
            Some((Arc::new(entry(site, group, own, filed?)?), found))
        })
        .collect();
    let mut ids: FxHashMap<Arc<str>, Arc<str>> = FxHashMap::default();
    let mut entries = Vec::with_capacity(made.len());
    for (entry, found) in made.into_iter().flatten() {
        diags.extend(found);
        let Some(path) = original_path(site, &entry) else { continue };
        if let Some(other) = ids.insert(Arc::clone(&entry.id), Arc::clone(path)) {
            let id = &entry.id;
            let message = bi!("id `{id}` đã có ở `{other}`", "the id `{id}` is taken by `{other}`");
            let diag = Diagnostic::new(&SAME_ID, message).at(Span::file(path));
            diags.push(diag.at(Span::file(&other)));
        }
        entries.push(entry);
    }
    same_parts(site, &entries, diags);
    shorts::give(site, &mut entries, diags);
    entries
}

/// The file that an entry was first written in.
fn original_path<'a>(site: &'a Site, entry: &Entry) -> Option<&'a Arc<str>> {
    let variant = entry.variants[entry.original].as_ref();
    variant.map(|variant| &site.docs[variant.doc].path)
}

/// Says which entries claim one part of a series.
fn same_parts(site: &Site, entries: &[Arc<Entry>], diags: &mut Diagnostics) {
    let mut parts: FxHashMap<(terms::TermId, i64), &Arc<Entry>> = FxHashMap::default();
    for entry in entries {
        let Some((term, Some(part))) = entry.series else { continue };
        let Some(first) = parts.insert((term, part), entry) else { continue };
        if let (Some(path), Some(other)) = (original_path(site, entry), original_path(site, first))
        {
            let message = bi!(
                "phần {part} của loạt bài đã có ở `{other}`",
                "part {part} of the series is taken by `{other}`"
            );
            let diag = Diagnostic::new(&SAME_PART, message).at(Span::file(path));
            diags.push(diag.at(Span::file(other)));
        }
    }
}

/// What an entry is by its own files, whatever other entries are.
struct Own {
    kind: &'static dyn Kind,
    start: Option<Moment>,
    end: Option<Moment>,
    variants: Vec<Option<Box<Variant>>>,
}

impl Own {
    fn of(site: &Site, group: &Group) -> Option<(Own, Diagnostics)> {
        let mut diags = Vec::new();
        Some((Own::read(site, group, &mut diags)?, diags))
    }

    fn read(site: &Site, group: &Group, diags: &mut Diagnostics) -> Option<Own> {
        let original = site.docs.get(group.docs[group.original]?)?;
        let front = &original.front;
        let section = &site.sections[group.section];
        let kind = match &front.kind {
            Some(written) => named_kind(&original.path, written, diags).unwrap_or(section.kind),
            None => section.kind,
        };
        if kind.dated() && front.date.is_none() && !front.unread {
            missing_date(original, kind, diags);
        }
        let fields = read_fields(site, kind, original, None, diags);
        let variants = (0..site.langs.len())
            .map(|lang| variant(site, group, kind, lang, &fields, diags).map(Box::new))
            .collect();
        let at = |key| moment(&fields, key).map(|moment| moment.value.clone());
        Some(Own { kind, start: at("start"), end: at("end"), variants })
    }
}

/// What an entry is filed under.
struct Filing {
    places: Vec<WrittenPlace>,
    terms: terms::Filed,
    series: Option<(TermId, Option<i64>)>,
}

impl Filing {
    fn of(
        site: &Site,
        group: &Group,
        index: &mut terms::Index,
        diags: &mut Diagnostics,
    ) -> Option<Filing> {
        let original = site.docs.get(group.docs[group.original]?)?;
        let places = index.places(original, diags);
        let mut terms = index.terms(original, diags);
        terms[PLACES] = index.filed_under(&places);
        let series = index.series(original, diags);
        Some(Filing { places, terms: terms::Filed::of(&terms), series })
    }
}

fn entry(site: &Site, group: &Group, own: Own, filed: Filing) -> Option<Entry> {
    let original = site.docs.get(group.docs[group.original]?)?;
    let front = &original.front;
    let fronts = || group.docs.iter().flatten().map(|&id| &*site.docs[id].front);
    // Whoever takes an entry back or calls it invented means all of it,
    // whichever translation says so.
    let anywhere = |get: fn(&Front) -> bool| fronts().any(get);
    Some(Entry {
        id: front.id.as_ref().map_or_else(|| Arc::clone(&group.key), |id| id.value.as_str().into()),
        key: Arc::clone(&group.key),
        section: group.section,
        kind: own.kind,
        original: group.original,
        date: front.date.as_ref().map(|d| d.value.clone()),
        updated: front.updated.as_ref().map(|d| Box::new(d.value.clone())),
        expires: fronts()
            .filter_map(|front| front.expires.as_ref())
            .map(|d| Box::new(d.value.clone()))
            .min(),
        draft: front.draft.as_ref().is_some_and(|flag| flag.value),
        withdrawn: anywhere(|front| front.withdrawn.as_ref().is_some_and(|flag| flag.value)),
        featured: front.featured.as_ref().is_some_and(|flag| flag.value),
        illustrative: anywhere(|front| front.illustrative.as_ref().is_some_and(|flag| flag.value)),
        card: front.card.as_ref().is_none_or(|flag| flag.value),
        weight: front.weight.as_ref().map_or(0, |weight| weight.value),
        genre: front.genre.as_ref().map(|genre| genre.value.clone()),
        series: filed.series,
        terms: filed.terms,
        places: filed.places,
        source: front.source.as_ref().map(|source| {
            (
                source.name.value.clone(),
                source.url.as_ref().map_or_else(String::new, |u| u.value.clone()),
            )
        }),
        people: front.people.clone(),
        start: own.start.map(Box::new),
        end: own.end.map(Box::new),
        aliases: aliases(site, group),
        shorts: Vec::new(),
        variants: own.variants,
    })
}

fn missing_date(doc: &Doc, kind: &dyn Kind, diags: &mut Diagnostics) {
    let name = kind.name();
    let message =
        bi!("bài loại {name} thiếu khóa `date`", "an entry of kind {name} lacks the key `date`");
    let help = bi!(
        "thêm một dòng như: date: 2025-10-17 08:30",
        "add a line such as: date: 2025-10-17 08:30"
    );
    let start = doc.front.range.start;
    let span = Span::new(&doc.path, start..start);
    diags.push(Diagnostic::new(&MISSING_DATE, message).at(span).help(help));
}

fn aliases(site: &Site, group: &Group) -> Vec<(String, DocId)> {
    let docs = group.docs.iter().flatten();
    docs.flat_map(|&id| {
        site.docs[id].front.aliases.iter().map(move |alias| (alias.value.clone(), id))
    })
    .collect()
}

/// The kind's own fields. Of a translation, what it leaves out is the
/// original's, and only its own mistakes are reported.
fn read_fields(
    site: &Site,
    kind: &dyn Kind,
    doc: &Doc,
    original: Option<&Doc>,
    diags: &mut Diagnostics,
) -> Fields {
    let own = &doc.front.rest;
    let Some(original) = original else {
        let mut reader = Reader::new(own, Arc::clone(&doc.path), &site.config.timezone)
            .starting_at(doc.front.range.start);
        reader.also(crate::parse::front_matter::KEYS);
        let fields = kind.read(&mut reader);
        diags.extend(reader.finish());
        diags.extend(kind.check(&doc.path, &doc.front, &fields));
        return fields;
    };
    let mut merged: Vec<(Node, Node)> = own.clone();
    let has = |key: &Node| own.iter().any(|(mine, _)| mine.value == key.value);
    merged.extend(original.front.rest.iter().filter(|(key, _)| !has(key)).cloned());
    let mut reader = Reader::new(&merged, Arc::clone(&doc.path), &site.config.timezone);
    reader.also(crate::parse::front_matter::KEYS);
    let fields = kind.read(&mut reader);
    let mine = |range: &std::ops::Range<usize>| {
        own.iter().any(|(key, value)| {
            key.range == *range
                || (value.range.start <= range.start && range.end <= value.range.end)
        })
    };
    let found = reader.finish();
    diags.extend(
        found.into_iter().filter(|d| d.labels.first().is_some_and(|label| mine(&label.span.range))),
    );
    fields
}

fn variant(
    site: &Site,
    group: &Group,
    kind: &'static dyn Kind,
    lang: LangId,
    original_fields: &Fields,
    diags: &mut Diagnostics,
) -> Option<Variant> {
    let id = group.docs[lang]?;
    let doc = site.docs.get(id)?;
    let original = &site.docs[group.docs[group.original]?];
    let front = &doc.front;
    let fields = if lang == group.original {
        original_fields.clone()
    } else {
        read_fields(site, kind, doc, Some(original), diags)
    };
    let slug = slug(group, doc, diags);
    if lang != group.original {
        note_ignored(doc, diags);
        warn_empty(doc, original, diags);
    }
    let mut variant = Variant {
        doc: id,
        title: Arc::default(),
        summary: Arc::default(),
        path: [&*site.sections[group.section].paths[lang], &*slug, "/"].concat(),
        draft: front.draft.as_ref().is_some_and(|draft| draft.value),
        ai: front.ai.as_ref().or(original.front.ai.as_ref()).map(|t| t.value.clone()),
        fields,
        cover: None,
        photos: Vec::new(),
        audio: None,
        targets: Targets::default(),
        files: Vec::new(),
        linked: Vec::new(),
        extra: front.extra.clone().or_else(|| original.front.extra.clone()),
    };
    variant.reword(front, &original.front);
    Some(variant)
}

/// A translation without a body would publish an empty page.
fn warn_empty(doc: &Doc, original: &Doc, diags: &mut Diagnostics) {
    let empty = |doc: &Doc| doc.blank;
    if empty(doc) && !empty(original) {
        let message = bi!("bản dịch chưa có thân bài", "the translation has no body");
        let help = bi!(
            "dịch thân bài, hoặc đặt draft: true cho bản dịch",
            "translate the body, or set draft: true in the translation"
        );
        let start = doc.front.range.start;
        let span = Span::new(&doc.path, start..start);
        diags.push(Diagnostic::new(&EMPTY_TRANSLATION, message).at(span).help(help));
    }
}

/// Says which keys of a translation have no effect.
fn note_ignored(doc: &Doc, diags: &mut Diagnostics) {
    let front = &doc.front;
    let moments = [("date", &front.date), ("updated", &front.updated)];
    let dates =
        moments.into_iter().filter_map(|(key, date)| Some((key, date.as_ref()?.range.clone())));
    let lists = [
        ("places", &front.places),
        ("units", &front.units),
        ("topics", &front.topics),
        ("tags", &front.tags),
        ("areas", &front.areas),
        ("audience", &front.audience),
        ("programmes", &front.programmes),
        ("authors", &front.authors),
    ];
    let lists =
        lists.into_iter().filter_map(|(key, list)| Some((key, list.first()?.range.clone())));
    for (key, range) in dates.chain(lists) {
        let message =
            bi!("`{key}` của bản dịch không có tác dụng", "`{key}` has no effect in a translation");
        let help =
            bi!("xóa dòng này, hoặc sửa ở bản gốc", "remove the line, or change the original");
        let span = Span::new(&doc.path, range);
        diags.push(Diagnostic::new(&ORIGINAL_COUNTS, message).at(span).help(help));
    }
}

/// The explicit slug, else the file's own name: a title may be polished later
/// without moving the page.
fn slug(group: &Group, doc: &Doc, diags: &mut Diagnostics) -> String {
    if let Some(slug) = &doc.front.slug {
        return slug.value.clone();
    }
    let stem = group.key.rsplit('/').next().unwrap_or_default();
    if let Some(slug) = text::slug(stem) {
        return slug;
    }
    let message =
        bi!("tên tệp `{stem}` không thành đường dẫn được", "the file name `{stem}` makes no slug");
    let help = bi!(
        "thêm vào đầu tệp một dòng như: slug: ten-bai-viet",
        "add a line at the top, for example: slug: name-of-the-story"
    );
    let start = doc.front.range.start;
    diags
        .push(Diagnostic::new(&NO_SLUG, message).at(Span::new(&doc.path, start..start)).help(help));
    "bai".to_owned()
}
