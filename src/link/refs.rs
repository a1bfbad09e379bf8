//! Where every reference of a body or a front matter leads.
//!
//! Takes what authors wrote; gives a [`Target`] for each, and an error for what
//! does not exist. Whether a target is visible is the plan's question.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rules::{
    BAD_PICTURE, BAD_SCHEME, DEAD_ANCHOR, DEAD_IMAGE, DEAD_LINK, PATH_OUTSIDE, PHOTO_ALT,
    PHOTO_PEOPLE,
};
use super::{Audio, EntryId, Facts, Files, Media, Picture, SectionId, Site};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::kinds::Field;
use crate::parse::front_matter::Photo;
use crate::parse::{Doc, Fragment, RefKind, Reference};
use crate::text;
use crate::yaml::clip;

/// Index into [`Site::media`].
pub type MediaTarget = usize;

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another site, an e-mail address, a telephone number.
    External(String),
    /// An entry's page in the language of the page it stands on.
    Entry {
        entry: EntryId,
        anchor: String,
    },
    Section {
        section: SectionId,
        anchor: String,
    },
    Media(MediaTarget),
    /// A path of this site that is no source file's: `/tai-lieu/mau.txt`. The
    /// plan knows whether there is such a page. The place is kept for that.
    Site {
        path: String,
        range: Range<usize>,
    },
    /// A heading on the same page.
    Here(String),
    /// Does not exist; the author was told.
    Broken,
}

/// Where the references of a body lead, by number, and those of the bodies
/// inside its components, by number of the call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    pub own: Vec<Target>,
    pub inner: Vec<Targets>,
}

impl Targets {
    /// Every target, those inside components included.
    pub fn each(&self, visit: &mut dyn FnMut(&Target)) {
        self.own.iter().for_each(&mut *visit);
        self.inner.iter().for_each(|inner| inner.each(visit));
    }
}

/// Resolves all references of the site in place.
pub(super) fn resolve(site: &mut Site, files: &dyn Files, diags: &mut Diagnostics) {
    let mut resolver =
        Resolver { site, files, media: Vec::new(), by_source: FxHashMap::default(), diags };
    let mut results = Vec::with_capacity(resolver.site.entries.len());
    for entry in 0..resolver.site.entries.len() {
        results.push(resolver.entry(entry));
    }
    let sections: Vec<_> =
        (0..resolver.site.sections.len()).map(|id| resolver.section(id)).collect();
    let media = resolver.media;
    for (entry, variants) in site.entries.iter_mut().zip(results) {
        let entry = Arc::make_mut(entry);
        for (variant, found) in entry.variants.iter_mut().zip(variants) {
            if let (Some(variant), Some(found)) = (variant, found) {
                variant.targets = found.targets;
                variant.cover = found.cover;
                variant.photos = found.photos;
                variant.audio = found.audio;
                variant.files = found.files;
                variant.linked = found.linked;
            }
        }
    }
    for (section, targets) in site.sections.iter_mut().zip(sections) {
        section.targets = targets;
    }
    site.media = media;
}

/// What a variant's references were found to be.
#[derive(Default)]
struct Found {
    targets: Targets,
    cover: Option<Box<Picture>>,
    photos: Vec<Picture>,
    audio: Option<Box<Audio>>,
    files: Vec<(&'static str, Vec<MediaTarget>)>,
    linked: Vec<(&'static str, Vec<EntryId>)>,
}

struct Resolver<'a> {
    site: &'a Site,
    files: &'a dyn Files,
    media: Vec<Media>,
    by_source: FxHashMap<String, MediaTarget>,
    diags: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn entry(&mut self, id: EntryId) -> Vec<Option<Found>> {
        let site = self.site;
        let entry = &site.entries[id];
        let original =
            entry.variants[entry.original].as_ref().map(|variant| &site.docs[variant.doc]);
        let mut all = Vec::with_capacity(entry.variants.len());
        for variant in &entry.variants {
            let Some(variant) = variant else {
                all.push(None);
                continue;
            };
            let doc = &site.docs[variant.doc];
            let mut found = Found { targets: self.body(doc, &doc.body), ..Found::default() };
            self.pictures(doc, original, &mut found);
            self.fields(doc, original, &variant.fields, &mut found);
            all.push(Some(found));
        }
        all
    }

    /// Targets of a section's introductions.
    fn section(&mut self, id: SectionId) -> Vec<Targets> {
        let site = self.site;
        let docs = site.sections[id].docs.iter().map(|doc| doc.map(|doc| &site.docs[doc]));
        docs.map(|doc| match doc {
            Some(doc) => self.body(doc, &doc.body),
            None => Targets::default(),
        })
        .collect()
    }

    /// Containers nest eight deep at most, so this does.
    fn body(&mut self, doc: &Doc, body: &Fragment) -> Targets {
        let own = body.refs.iter().map(|reference| self.reference(doc, reference)).collect();
        let calls = body.calls.iter().map(|call| match &call.body {
            Some(inner) => self.body(doc, inner),
            None => Targets::default(),
        });
        Targets { own, inner: calls.collect() }
    }

    /// Cover, photos and audio: the doc's own, else the original's, whose
    /// mistakes are reported once, with the original.
    fn pictures(&mut self, doc: &Doc, original: Option<&Arc<Doc>>, found: &mut Found) {
        let original = original.map_or(doc, |original| original);
        let owner = |own: bool| if own { doc } else { original };
        let cover = owner(doc.front.cover.is_some());
        if let Some(photo) = &cover.front.cover {
            let picture = self.picture(cover, photo, std::ptr::eq(cover, doc));
            found.cover = picture.map(Box::new);
        }
        let photos = owner(!doc.front.photos.is_empty());
        for photo in &photos.front.photos {
            found.photos.extend(self.picture(photos, photo, std::ptr::eq(photos, doc)));
        }
        let audio = owner(doc.front.audio.is_some());
        if let Some(sound) = &audio.front.audio {
            let (file, report) = (&sound.file, std::ptr::eq(audio, doc));
            let media = self.file(audio, &file.value, &file.range, report);
            found.audio = media.map(|media| Box::new(Audio { media, sound: sound.clone() }));
        }
    }

    fn picture(&mut self, doc: &Doc, photo: &Photo, report: bool) -> Option<Picture> {
        let media = self.file(doc, &photo.file.value, &photo.file.range, report)?;
        if report && photo.alt.is_none() {
            let name = &photo.file.value;
            let message = bi!(
                "ảnh `{name}` chưa có lời mô tả (alt)",
                "the picture `{name}` has no description (alt)"
            );
            let help = bi!("viết {{file: {name}, alt: …}}", "write {{file: {name}, alt: …}}");
            let span = Span::new(&doc.path, photo.file.range.clone());
            self.diags.push(Diagnostic::new(&PHOTO_ALT, message).at(span).help(help));
        }
        if report {
            self.people(doc, photo);
        }
        Some(Picture { media, photo: photo.clone() })
    }

    /// Who is on a photo: nobody, nobody one would know, or a consent.
    fn people(&mut self, doc: &Doc, photo: &Photo) {
        let Some(people) = &photo.people else { return };
        let reference = people.len() <= 60
            && people.contains(|c: char| c.is_ascii_digit())
            && people.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
        if reference || matches!(people.as_str(), "none" | "unidentifiable") {
            return;
        }
        let shown = clip(people);
        let message = bi!(
            "`people: {shown}` không phải none, unidentifiable hay mã phiếu đồng ý",
            "`people: {shown}` is neither none nor unidentifiable nor the reference of a consent"
        );
        let help = bi!(
            "không có người: none; không nhận ra ai: unidentifiable; còn lại: mã phiếu, như DY-2025-014",
            "nobody on it: none; nobody to be recognised: unidentifiable; else a reference such as DY-2025-014"
        );
        let span = Span::new(&doc.path, photo.file.range.clone());
        self.diags.push(Diagnostic::new(&PHOTO_PEOPLE, message).at(span).help(help));
    }

    fn fields(
        &mut self,
        doc: &Doc,
        original: Option<&Arc<Doc>>,
        fields: &crate::kinds::Fields,
        found: &mut Found,
    ) {
        for (key, field) in fields {
            // A translation that does not say it again has the original's.
            let own = doc.front.rest.iter().any(|(name, _)| name.scalar() == Some(key));
            let base = if own { doc } else { original.map_or(doc, |original| original) };
            let report = own || std::ptr::eq(base, doc);
            match &field.value {
                Field::Files(names) => {
                    let files = names
                        .iter()
                        .filter_map(|name| self.file(base, &name.value, &name.range, report));
                    found.files.push((key, files.collect()));
                }
                Field::Entries(names) => {
                    let entries = names.iter().filter_map(|name| {
                        self.named_entry(base, &name.value, &name.range, report)
                    });
                    found.linked.push((key, entries.collect()));
                }
                _ => {}
            }
        }
    }

    /// An entry named in front matter: `@/mo-hinh/vuon-uom.md`, a key
    /// `mo-hinh/vuon-uom`, or a stem in the same section.
    fn named_entry(
        &mut self,
        doc: &Doc,
        name: &str,
        range: &Range<usize>,
        report: bool,
    ) -> Option<EntryId> {
        let bare = name.strip_prefix("@/").unwrap_or(name);
        let bare = bare.trim_start_matches("content/");
        let key = self.key_of(bare);
        let beside =
            if doc.section.is_empty() { key.clone() } else { format!("{}/{key}", doc.section) };
        let keys = [key, beside];
        let found = keys.iter().find_map(|key| self.site.by_key.get(key.as_str()).copied());
        let by_id = || self.site.entries.iter().position(|entry| *entry.id == *name);
        let found = found.or_else(by_id);
        if found.is_none() && report {
            self.dead_link(doc, name, range.clone());
        }
        found
    }

    fn reference(&mut self, doc: &Doc, reference: &Reference) -> Target {
        let target = reference.target.trim();
        if let Some(anchor) = target.strip_prefix('#') {
            return self.here(doc, anchor, reference);
        }
        if target.starts_with("//") || has_scheme(target) {
            return Target::External(target.to_owned());
        }
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        if path.starts_with('/') {
            return Target::Site { path: target.to_owned(), range: reference.range.clone() };
        }
        let path = path.split('?').next().unwrap_or_default();
        let Some(path) = join(doc, &decode(path)) else {
            let message = bi!("`{target}` đi ra ngoài content/", "`{target}` leaves content/");
            let span = Span::new(&doc.path, reference.range.clone());
            self.diags.push(Diagnostic::new(&PATH_OUTSIDE, message).at(span));
            return Target::Broken;
        };
        if path.ends_with(".md") && reference.kind == RefKind::Link {
            return self.document(doc, &path, anchor, reference);
        }
        match self.publish(&format!("content/{path}")) {
            Some(media) => Target::Media(media),
            None if reference.kind != RefKind::Link || looks_like_file(&path) => {
                self.dead_file(doc, &reference.target, reference.range.clone());
                Target::Broken
            }
            None => self.document(doc, &format!("{path}.md"), anchor, reference),
        }
    }

    fn here(&mut self, doc: &Doc, anchor: &str, reference: &Reference) -> Target {
        let anchor = decode(anchor);
        if anchor.is_empty() || has_anchor(&doc.body, &anchor) {
            return Target::Here(anchor);
        }
        self.dead_anchor(doc, &doc.body, &anchor, reference);
        Target::Broken
    }

    fn document(&mut self, doc: &Doc, path: &str, anchor: &str, reference: &Reference) -> Target {
        let anchor = decode(anchor);
        let stem = path.strip_suffix(".md").unwrap_or(path);
        if let Some(dir) = section_of(stem, self.site)
            && let Some(section) = self.site.section(&dir)
        {
            return self.section_target(doc, section, anchor, reference);
        }
        let key = self.key_of(path);
        let Some(&entry) = self.site.by_key.get(key.as_str()) else {
            // `@/mo-hinh/` names a folder.
            if let Some(section) = self.site.section(&key) {
                return self.section_target(doc, section, anchor, reference);
            }
            self.dead_link(doc, &reference.target, reference.range.clone());
            return Target::Broken;
        };
        if !anchor.is_empty() {
            self.check_anchor(doc, entry, &anchor, reference);
        }
        Target::Entry { entry, anchor }
    }

    fn section_target(
        &mut self,
        doc: &Doc,
        section: SectionId,
        anchor: String,
        reference: &Reference,
    ) -> Target {
        let site = self.site;
        let lang = super::sections::lang_of(site, doc.lang.as_deref());
        let docs = &site.sections[section].docs;
        let index = docs[lang].or_else(|| docs.iter().flatten().next().copied());
        let there = |id: usize| has_anchor(&site.docs[id].body, &anchor);
        if !anchor.is_empty() && !index.is_some_and(there) {
            let none = Fragment::default();
            let body = index.map_or(&none, |id| &site.docs[id].body);
            self.dead_anchor(doc, body, &anchor, reference);
            return Target::Section { section, anchor: String::new() };
        }
        Target::Section { section, anchor }
    }

    /// The heading must be in the version that this language leads to.
    fn check_anchor(&mut self, doc: &Doc, entry: EntryId, anchor: &str, reference: &Reference) {
        let site = self.site;
        let lang = super::sections::lang_of(site, doc.lang.as_deref());
        let entry = &site.entries[entry];
        let variant = entry.variants[lang].as_ref().or(entry.variants[entry.original].as_ref());
        if let Some(variant) = variant {
            let body = &site.docs[variant.doc].body;
            if !has_anchor(body, anchor) {
                self.dead_anchor(doc, body, anchor, reference);
            }
        }
    }

    /// `mo-hinh/vuon-uom.en.md`, `mo-hinh/vuon-uom/index.md` -> `mo-hinh/vuon-uom`.
    fn key_of(&self, path: &str) -> String {
        let mut stem = path.strip_suffix(".md").unwrap_or(path);
        if let Some((name, tag)) = stem.rsplit_once('.')
            && self.site.lang(tag).is_some()
        {
            stem = name;
        }
        stem.strip_suffix("/index").unwrap_or(stem).trim_end_matches('/').to_owned()
    }

    fn file(
        &mut self,
        doc: &Doc,
        name: &str,
        range: &Range<usize>,
        report: bool,
    ) -> Option<MediaTarget> {
        if has_scheme(name) || name.starts_with("//") {
            let message =
                bi!("`{name}` phải là một tệp trong trang", "`{name}` must be a file of the site");
            let span = Span::new(&doc.path, range.clone());
            if report {
                self.diags.push(Diagnostic::new(&BAD_SCHEME, message).at(span));
            }
            return None;
        }
        let found =
            join(doc, &decode(name)).and_then(|path| self.publish(&format!("content/{path}")));
        if found.is_none() && report {
            self.dead_file(doc, name, range.clone());
        }
        found
    }

    /// Registers a file for publication; `None` if there is none.
    fn publish(&mut self, source: &str) -> Option<MediaTarget> {
        if let Some(&media) = self.by_source.get(source) {
            return Some(media);
        }
        if source.ends_with(".md") || source.starts_with("content/data/") {
            return None;
        }
        let size = self.files.size(source)?;
        let Facts { width, height, form, content } = self.files.facts(source);
        if (width, height) == (0, 0) && is_picture(source) {
            let message =
                bi!("`{source}` không phải ảnh đọc được", "`{source}` is not a readable picture");
            let help = bi!(
                "mở tệp bằng phần mềm xem ảnh và lưu lại",
                "open it in a picture viewer and save it again"
            );
            let span = Span::file(&Arc::from(source));
            self.diags.push(Diagnostic::new(&BAD_PICTURE, message).at(span).help(help));
        }
        let media = self.media.len();
        self.media.push(Media {
            source: Arc::from(source),
            output: self.output(source),
            size,
            width,
            height,
            form,
            content,
        });
        self.by_source.insert(source.to_owned(), media);
        Some(media)
    }

    /// Beside its entry's page, else beside its section's.
    fn output(&self, source: &str) -> String {
        let site = self.site;
        let path = source.strip_prefix("content/").unwrap_or(source);
        let mut dir = path;
        while let Some((above, _)) = dir.rsplit_once('/') {
            let rest = &path[above.len() + 1..];
            if let Some(&entry) = site.by_key.get(above) {
                let entry = &site.entries[entry];
                if let Some(variant) = &entry.variants[entry.original] {
                    return format!("{}{rest}", variant.path);
                }
            }
            if let Some(section) = site.section(above) {
                return format!("{}{rest}", site.sections[section].paths[0]);
            }
            dir = above;
        }
        path.to_owned()
    }

    fn dead_link(&mut self, doc: &Doc, target: &str, range: Range<usize>) {
        let message = bi!(
            "liên kết tới `{target}` không dẫn tới đâu",
            "the link to `{target}` leads nowhere"
        );
        let keys = self.site.entries.iter().map(|entry| &*entry.key);
        let wanted =
            self.key_of(target.trim_start_matches("@/").split('#').next().unwrap_or_default());
        let mut diag = Diagnostic::new(&DEAD_LINK, message).at(Span::new(&doc.path, range));
        if let Some(near) = text::nearest(&wanted, keys) {
            diag = diag.help(bi!("có phải là `@/{near}.md`?", "did you mean `@/{near}.md`?"));
        }
        self.diags.push(diag);
    }

    fn dead_file(&mut self, doc: &Doc, target: &str, range: Range<usize>) {
        let message = bi!(
            "không có tệp `{target}` bên cạnh bài",
            "there is no file `{target}` beside the entry"
        );
        let mut diag = Diagnostic::new(&DEAD_IMAGE, message).at(Span::new(&doc.path, range));
        let prefix = format!("{}/", doc.dir);
        let beside = self.files.below(&prefix);
        let names = beside.iter().filter_map(|path| path.strip_prefix(prefix.as_str()));
        if let Some(near) = text::nearest(target, names.filter(|name| !name.ends_with(".md"))) {
            diag = diag.help(bi!("có phải là `{near}`?", "did you mean `{near}`?"));
        }
        self.diags.push(diag);
    }

    fn dead_anchor(&mut self, doc: &Doc, body: &Fragment, anchor: &str, reference: &Reference) {
        let message = bi!(
            "bài được dẫn tới không có mục `#{anchor}`",
            "the linked page has no heading `#{anchor}`"
        );
        let mut diag = Diagnostic::new(&DEAD_ANCHOR, message)
            .at(Span::new(&doc.path, reference.range.clone()));
        let ids = body.headings.iter().map(|heading| heading.id);
        if let Some(near) = text::nearest(anchor, ids) {
            diag = diag.help(bi!("có phải là `#{near}`?", "did you mean `#{near}`?"));
        }
        self.diags.push(diag);
    }
}

/// Whether a link may point to this id of a body.
pub fn has_anchor(body: &Fragment, anchor: &str) -> bool {
    body.headings.iter().any(|heading| heading.id == anchor)
        || body.anchors.iter().any(|id| id == anchor)
        || body
            .calls
            .iter()
            .filter_map(|call| call.body.as_ref())
            .any(|inner| has_anchor(inner, anchor))
}

/// `guong-sang/_index` or `_index.en` -> the section's folder.
fn section_of(stem: &str, site: &Site) -> Option<String> {
    let stem = match stem.rsplit_once('.') {
        Some((name, tag)) if site.lang(tag).is_some() => name,
        _ => stem,
    };
    if stem == "_index" {
        return Some(String::new());
    }
    stem.strip_suffix("/_index").map(str::to_owned)
}

/// A reference below `content/`: `@/` starts there, anything else beside the
/// document. `None` when it leaves.
fn join(doc: &Doc, path: &str) -> Option<String> {
    let dir = doc.dir.strip_prefix("content").unwrap_or(&doc.dir).trim_start_matches('/');
    let (base, rest) = match path.strip_prefix("@/") {
        Some(rest) => ("", rest),
        None => (dir, path),
    };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(text::nfc(&parts.join("/")).into_owned())
}

fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Whether a name says that the file is a picture.
fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif")
}

/// Whether a path ends in something like `.jpg`.
fn looks_like_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Resolves `%20` and the like; what is no valid UTF-8 afterwards stays as written.
fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (bytes[at], pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
