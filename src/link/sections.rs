//! Folders below `content/` as sections: kind, title, address per language.
//!
//! Takes the documents, gives the sections parents first; never looks at
//! entries beyond the folder they lie in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rules::{BAD_FALLBACK, BAD_KIND, NO_SLUG, SECTION_WITHOUT_PAGE};
use super::{DocId, LangId, Section, Site, Targets};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Fallback;
use crate::kinds::{self, Kind};
use crate::parse::Role;
use crate::text;

pub(super) fn sections(site: &Site, diags: &mut Diagnostics) -> Vec<Section> {
    let mut folders: BTreeMap<Arc<str>, Vec<Option<DocId>>> = BTreeMap::new();
    folders.insert(Arc::from(""), vec![None; site.langs.len()]);
    for (id, doc) in site.docs.iter().enumerate() {
        for dir in ancestors(&doc.section) {
            folders.entry(Arc::from(dir)).or_insert_with(|| vec![None; site.langs.len()]);
        }
        let docs = folders.entry(Arc::clone(&doc.section));
        let docs = docs.or_insert_with(|| vec![None; site.langs.len()]);
        if doc.role == Role::Section
            && let Some(slot) = docs.get_mut(lang_of(site, doc.lang.as_deref()))
        {
            *slot = Some(id);
        }
    }
    let mut sections: Vec<Section> = Vec::with_capacity(folders.len());
    for (dir, docs) in folders {
        let section = section(site, dir, docs, &sections, diags);
        sections.push(section);
    }
    sections
}

/// `a/b/c` -> `a`, `a/b`.
fn ancestors(dir: &str) -> impl Iterator<Item = &str> {
    dir.match_indices('/').map(|(at, _)| &dir[..at])
}

pub(super) fn lang_of(site: &Site, tag: Option<&str>) -> LangId {
    tag.and_then(|tag| site.lang(tag)).unwrap_or(0)
}

fn section(
    site: &Site,
    dir: Arc<str>,
    docs: Vec<Option<DocId>>,
    before: &[Section],
    diags: &mut Diagnostics,
) -> Section {
    let parent_dir = dir.rsplit_once('/').map_or("", |(parent, _)| parent);
    let parent = (!dir.is_empty())
        .then(|| before.iter().position(|section| &*section.dir == parent_dir))
        .flatten();
    let above = parent.and_then(|id| before.get(id));
    if docs.iter().all(Option::is_none) && !dir.is_empty() {
        note_missing_page(&dir, diags);
    }
    let name = dir.rsplit('/').next().unwrap_or_default();
    let titles = texts(site, &docs, name, |front| front.title.as_ref().map(|t| t.value.clone()));
    let summaries = texts(site, &docs, "", |front| front.summary.as_ref().map(|t| t.value.clone()));
    let weight = fronts(site, &docs).find_map(|(_, front)| front.weight.as_ref().map(|w| w.value));
    Section {
        parent,
        kind: kind(site, &docs, above, diags),
        fallback: fallback(site, &docs, above, diags),
        paths: paths(site, &dir, &docs, above, diags),
        titles,
        summaries,
        weight: weight.unwrap_or(0),
        targets: vec![Targets::default(); docs.len()],
        docs,
        dir,
    }
}

fn note_missing_page(dir: &str, diags: &mut Diagnostics) {
    let path: Arc<str> = Arc::from(format!("content/{dir}/_index.md"));
    let message = bi!("thư mục `{dir}` chưa có _index.md", "the folder `{dir}` has no _index.md");
    let help = bi!(
        "tạo tệp {path} với title và kind để đặt tên chuyên mục",
        "create {path} with a title and a kind to name the section"
    );
    diags.push(Diagnostic::new(&SECTION_WITHOUT_PAGE, message).at(Span::file(&path)).help(help));
}

/// The front matter of each language's file, the default language first.
fn fronts<'a>(
    site: &'a Site,
    docs: &'a [Option<DocId>],
) -> impl Iterator<Item = (&'a Arc<str>, &'a crate::parse::Front)> {
    docs.iter().flatten().filter_map(|&id| site.docs.get(id)).map(|doc| (&doc.path, &*doc.front))
}

/// One text per language: its own, else the first that there is, else a default.
fn texts(
    site: &Site,
    docs: &[Option<DocId>],
    default: &str,
    get: impl Fn(&crate::parse::Front) -> Option<String>,
) -> Vec<String> {
    let first = fronts(site, docs).find_map(|(_, front)| get(front));
    let own = |doc: &Option<DocId>| doc.and_then(|id| get(&site.docs[id].front));
    let fallback = first.unwrap_or_else(|| default.to_owned());
    docs.iter().map(|doc| own(doc).unwrap_or_else(|| fallback.clone())).collect()
}

fn kind(
    site: &Site,
    docs: &[Option<DocId>],
    above: Option<&Section>,
    diags: &mut Diagnostics,
) -> &'static dyn Kind {
    let inherited = above.map_or(kinds::default(), |section| section.kind);
    let Some((path, written)) =
        fronts(site, docs).find_map(|(path, front)| front.kind.as_ref().map(|kind| (path, kind)))
    else {
        return inherited;
    };
    named_kind(path, written, diags).unwrap_or(inherited)
}

/// The kind that a front matter names, or a diagnostic that names the nearest.
pub(super) fn named_kind(
    path: &Arc<str>,
    written: &crate::yaml::Spanned<String>,
    diags: &mut Diagnostics,
) -> Option<&'static dyn Kind> {
    if let Some(kind) = kinds::kind(&written.value) {
        return Some(kind);
    }
    let name = &written.value;
    let message = bi!("không có loại bài `{name}`", "there is no kind `{name}`");
    let all: Vec<_> = kinds::KINDS.iter().map(|kind| kind.name()).collect();
    let list = all.join(", ");
    let help = match text::nearest(name, all.iter().copied()) {
        Some(near) => {
            bi!("có phải là `{near}`? Các loại: {list}", "did you mean `{near}`? Kinds: {list}")
        }
        None => bi!("các loại có sẵn: {list}", "kinds: {list}"),
    };
    let span = Span::new(path, written.range.clone());
    diags.push(Diagnostic::new(&BAD_KIND, message).at(span).help(help));
    None
}

fn fallback(
    site: &Site,
    docs: &[Option<DocId>],
    above: Option<&Section>,
    diags: &mut Diagnostics,
) -> Fallback {
    let inherited = above.map_or(site.config.fallback, |section| section.fallback);
    let found =
        fronts(site, docs).find_map(|(path, front)| front.fallback.as_ref().map(|f| (path, f)));
    let Some((path, written)) = found else { return inherited };
    match written.value.as_str() {
        "hide" => Fallback::Hide,
        "show" => Fallback::Show,
        other => {
            let message = bi!("không có chính sách `{other}`", "there is no policy `{other}`");
            let help = bi!("viết hide hoặc show", "write hide or show");
            let span = Span::new(path, written.range.clone());
            diags.push(Diagnostic::new(&BAD_FALLBACK, message).at(span).help(help));
            inherited
        }
    }
}

/// The address per language: the parent's, then the own slug or the folder's.
fn paths(
    site: &Site,
    dir: &str,
    docs: &[Option<DocId>],
    above: Option<&Section>,
    diags: &mut Diagnostics,
) -> Vec<String> {
    let name = dir.rsplit('/').next().unwrap_or_default();
    let default = text::slug(name);
    let own = |lang: LangId| {
        let doc = docs.get(lang).copied().flatten()?;
        site.docs[doc].front.slug.as_ref().map(|slug| slug.value.clone())
    };
    if default.is_none() && !dir.is_empty() && (0..docs.len()).all(|lang| own(lang).is_none()) {
        let path = docs.iter().flatten().next().map(|&id| Arc::clone(&site.docs[id].path));
        let path = path.unwrap_or_else(|| Arc::from(format!("content/{dir}")));
        let message = bi!(
            "tên thư mục `{name}` không thành đường dẫn được",
            "the folder name `{name}` makes no slug"
        );
        let help = bi!(
            "đổi tên thư mục, hoặc thêm slug vào _index.md",
            "rename the folder, or add a slug to _index.md"
        );
        diags.push(Diagnostic::new(&NO_SLUG, message).at(Span::file(&path)).help(help));
    }
    (0..docs.len())
        .map(|lang| {
            if dir.is_empty() {
                return site.langs[lang].prefix.clone();
            }
            let slug = own(lang).or_else(|| default.clone()).or_else(|| own(0));
            let slug = slug.unwrap_or_else(|| "muc".to_owned());
            let parent =
                above.and_then(|section| section.paths.get(lang)).map_or("", String::as_str);
            format!("{parent}{slug}/")
        })
        .collect()
}
