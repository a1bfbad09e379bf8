//! Taxonomies: which terms there are, what they are called, who uses them.
//!
//! Everything an entry can be filed under is a taxonomy, the unit tree and the
//! places included: one mechanism, nine lists.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::rules::{AMBIGUOUS_PLACE, TERM_NO_SLUG, UNDECLARED_TERM, UNKNOWN_PLACE, UNKNOWN_UNIT};
use super::{LangId, Site, WrittenPlace, places};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Texts;
use crate::data::{DataFile, FormerName, PlaceMatch, Places};
use crate::parse::Doc;
use crate::text;
use crate::yaml::Spanned;

/// Index into [`Taxonomy::terms`].
pub type TermId = usize;

/// The names of the taxonomies: the key in front matter and in `terms.yaml`.
pub const TAXONOMIES: [&str; 9] =
    ["topics", "tags", "areas", "audience", "programmes", "units", "places", "authors", "series"];
/// Indices into [`TAXONOMIES`].
pub const TOPICS: usize = 0;
pub const TAGS: usize = 1;
pub const AREAS: usize = 2;
pub const AUDIENCE: usize = 3;
pub const PROGRAMMES: usize = 4;
pub const UNITS: usize = 5;
pub const PLACES: usize = 6;
pub const AUTHORS: usize = 7;
pub const SERIES: usize = 8;

/// URL segments of generated pages: name, Vietnamese, English (and any other
/// language that does not borrow its data from Vietnamese).
const SEGMENTS: [(&str, &str, &str); 24] = [
    ("topics", "chu-de", "topics"),
    ("tags", "the", "tags"),
    ("areas", "dia-ban", "areas"),
    ("audience", "doi-tuong", "audience"),
    ("programmes", "chuong-trinh", "programmes"),
    ("units", "don-vi", "units"),
    ("places", "dia-phuong", "places"),
    ("authors", "tac-gia", "authors"),
    ("series", "tuyen-bai", "series"),
    ("archive", "luu-tru", "archive"),
    ("page", "trang", "page"),
    ("timeline", "dong-thoi-gian", "timeline"),
    ("column", "chuyen-muc", "column"),
    ("calendar", "lich", "calendar"),
    ("weekly", "tuan", "weekly"),
    ("press", "bao-chi", "press"),
    ("kit", "loan-tin", "kit"),
    ("embed", "nhung", "embed"),
    ("print", "in", "print"),
    ("figures", "so-lieu", "figures"),
    ("donors", "so-vang", "donors"),
    ("below", "cap-duoi", "below"),
    ("yearly_report", "bao-cao-nam", "yearly-report"),
    ("awards", "bang-vang", "roll-of-awards"),
];

#[derive(Clone)]
pub struct Taxonomy {
    pub name: &'static str,
    pub terms: Vec<Term>,
}

impl Taxonomy {
    /// A term and what is above it, the highest last; a loop ends it.
    pub fn line(&self, term: TermId) -> Vec<TermId> {
        let mut line = Vec::new();
        let mut at = Some(term);
        while let Some(term) = at.filter(|term| !line.contains(term)) {
            line.push(term);
            at = self.terms.get(term).and_then(|term| term.parent);
        }
        line
    }
}

/// Something entries are filed under.
#[derive(Clone)]
pub struct Term {
    /// `giam-ngheo`
    pub id: String,
    pub name: Texts,
    pub description: Texts,
    /// Per language, unique in the taxonomy.
    pub slugs: Vec<String>,
    pub parent: Option<TermId>,
    /// Heading under which the list of terms shows it, or empty.
    pub group: String,
    /// Former names, with the slug of their redirect page.
    pub former: Vec<(String, String)>,
    /// Former names of which it is known until when they were valid.
    pub names: Vec<DatedName>,
    pub illustrative: bool,
    pub told: Told,
}

/// What tells more of a term, as `terms.yaml` names it; the plan knows whether
/// it is there.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub file: Option<Arc<str>>,
    /// The key of an entry.
    pub page: Option<Spanned<String>>,
    /// Ids of `figures.yaml`.
    pub figures: Vec<Spanned<String>>,
}

/// A name that something had for a time, both days included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedName {
    pub name: String,
    pub first: Option<Date>,
    pub last: Date,
}

/// The segment of a generated list's URL in a language: `chu-de`.
pub fn taxonomy_path(site: &Site, name: &str, lang: LangId) -> String {
    let language = &site.config.languages[lang];
    if let Some(own) = site.config.paths.get(name).and_then(|texts| texts.exact(&language.tag)) {
        return own.to_owned();
    }
    let data = language.data_locale.as_ref().unwrap_or(&language.tag);
    let vietnamese = data == "vi" || data.starts_with("vi-");
    match SEGMENTS.iter().find(|(key, ..)| *key == name) {
        Some((_, vi, _)) if vietnamese => (*vi).to_owned(),
        Some((.., en)) => (*en).to_owned(),
        None => name.to_owned(),
    }
}

/// A declared or found term on its way into a [`Taxonomy`].
pub(super) struct Draft {
    id: String,
    name: Texts,
    description: Texts,
    slug: Texts,
    parent: Option<String>,
    group: String,
    former: Vec<String>,
    names: Vec<DatedName>,
    illustrative: bool,
    told: Told,
}

/// The terms of one entry by taxonomy, in one list: most entries have few.
#[derive(Debug, Clone)]
pub struct Filed {
    terms: Box<[TermId]>,
    /// Where those of each taxonomy end.
    ends: [u32; 9],
}

impl Filed {
    fn of_taxonomy(&self, taxonomy: usize) -> &[TermId] {
        let start = taxonomy.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.terms.get(start..self.ends[taxonomy] as usize).unwrap_or_default()
    }

    pub(super) fn of(filed: &[Vec<TermId>]) -> Filed {
        let mut end = 0;
        let ends = std::array::from_fn(|taxonomy| {
            end += filed.get(taxonomy).map_or(0, Vec::len);
            u32::try_from(end).unwrap_or(u32::MAX)
        });
        Filed { terms: filed.concat().into(), ends }
    }

    /// By taxonomy.
    pub fn iter(&self) -> impl Iterator<Item = &[TermId]> {
        (0..self.ends.len()).map(|taxonomy| self.of_taxonomy(taxonomy))
    }
}

impl std::ops::Index<usize> for Filed {
    type Output = [TermId];

    fn index(&self, taxonomy: usize) -> &[TermId] {
        self.of_taxonomy(taxonomy)
    }
}

/// Terms while entries are being read: looked up by id and by name, created
/// where an author may.
pub(super) struct Index {
    drafts: [Vec<Draft>; 9],
    /// Folded id or name -> term.
    by_name: [FxHashMap<String, TermId>; 9],
    /// The same by name as entries before wrote it: most repeat one another.
    written: [FxHashMap<String, TermId>; 9],
    /// Whether a site's data declares any term of the taxonomy.
    declared: [bool; 9],
    places: Places,
}

impl Index {
    pub fn new(site: &Site) -> Index {
        let mut index = Index {
            drafts: Default::default(),
            by_name: Default::default(),
            written: Default::default(),
            declared: [false; 9],
            places: places::places_data(&site.data),
        };
        for file in site.data.values() {
            index.declare_file(file);
        }
        index.declared = std::array::from_fn(|at| at < UNITS || !index.drafts[at].is_empty());
        for unit in places::builtin_units(&index.places) {
            index.declare_unit(&unit);
        }
        for (id, place) in places::terms(&index.places) {
            index.add(PLACES, place, &id);
        }
        index
    }

    fn declare_file(&mut self, file: &DataFile) {
        match file {
            DataFile::Units(units) => units.iter().for_each(|unit| self.declare_unit(unit)),
            DataFile::Terms(terms) => {
                for (taxonomy, list) in &terms.taxonomies {
                    let Some(at) = TAXONOMIES.iter().position(|name| name == taxonomy) else {
                        continue;
                    };
                    for term in list {
                        let crate::data::Named { id, name, slug, file } = &term.named;
                        let mut draft = Draft::named(&id.value, name, slug);
                        draft.description = term.description.clone();
                        draft.illustrative = term.illustrative;
                        draft.told = Told {
                            file: Some(Arc::clone(file)),
                            page: term.page.clone(),
                            figures: term.figures.clone(),
                        };
                        self.add(at, draft, &id.value);
                    }
                }
            }
            DataFile::Authors(authors) => {
                for author in authors {
                    let mut draft = Draft::named(
                        &author.named.id.value,
                        &author.named.name,
                        &author.named.slug,
                    );
                    draft.description = author.bio.clone();
                    draft.illustrative = author.illustrative;
                    self.add(AUTHORS, draft, &author.named.id.value);
                }
            }
            DataFile::Series(series) => {
                for info in series {
                    let mut draft =
                        Draft::named(&info.named.id.value, &info.named.name, &info.named.slug);
                    draft.description = info.summary.clone();
                    self.add(SERIES, draft, &info.named.id.value);
                }
            }
            DataFile::Communes(_)
            | DataFile::Timeline(_)
            | DataFile::Slips(_)
            | DataFile::Calendar(_)
            | DataFile::Gifts(_)
            | DataFile::GiftsAbout(_)
            | DataFile::Figures(_)
            | DataFile::Table(_)
            | DataFile::Tree(_) => {}
        }
    }

    fn declare_unit(&mut self, unit: &crate::data::Unit) {
        let id = &unit.named.id.value;
        if self.by_name[UNITS].contains_key(&text::fold(id)) {
            return;
        }
        let mut draft = Draft::named(id, &unit.named.name, &unit.named.slug);
        draft.parent = unit.parent.as_ref().map(|parent| parent.value.clone());
        draft.group = unit.group.clone();
        draft.illustrative = unit.illustrative;
        draft.former = unit.former_names.iter().map(|former| former.name.clone()).collect();
        draft.names = unit.former_names.iter().filter_map(dated_name).collect();
        self.add(UNITS, draft, id);
        let short = unit.short.0.iter().map(|(_, name)| name);
        let former = unit.former_names.iter().map(|former| &former.name);
        for alias in unit.aliases.iter().chain(short).chain(former) {
            let term = self.by_name[UNITS].get(&text::fold(id)).copied();
            if let Some(term) = term {
                self.by_name[UNITS].entry(text::fold(alias)).or_insert(term);
            }
        }
    }

    fn add(&mut self, taxonomy: usize, draft: Draft, id: &str) -> TermId {
        let term = self.drafts[taxonomy].len();
        let names = &mut self.by_name[taxonomy];
        names.entry(text::fold(id)).or_insert(term);
        for (_, name) in &draft.name.0 {
            names.entry(text::fold(name)).or_insert(term);
        }
        self.drafts[taxonomy].push(draft);
        term
    }

    /// The terms of an entry, per taxonomy; places are left to
    /// [`Index::filed_under`].
    pub fn terms(&mut self, doc: &Doc, diags: &mut Diagnostics) -> Vec<Vec<TermId>> {
        let front = &doc.front;
        let open: [(usize, &[Spanned<String>]); 6] = [
            (TOPICS, &front.topics),
            (TAGS, &front.tags),
            (AREAS, &front.areas),
            (AUDIENCE, &front.audience),
            (PROGRAMMES, &front.programmes),
            (AUTHORS, &front.authors),
        ];
        let mut found = vec![Vec::new(); TAXONOMIES.len()];
        for (taxonomy, written) in open {
            for name in written {
                if let Some(term) = self.find_or_create(taxonomy, name, doc, diags)
                    && !found[taxonomy].contains(&term)
                {
                    found[taxonomy].push(term);
                }
            }
        }
        found[UNITS] = self.units(doc, &front.units, diags);
        if let Some((term, _)) = self.series(doc, &mut Vec::new()) {
            found[SERIES].push(term);
        }
        found
    }

    fn find_or_create(
        &mut self,
        taxonomy: usize,
        written: &Spanned<String>,
        doc: &Doc,
        diags: &mut Diagnostics,
    ) -> Option<TermId> {
        let name = &written.value;
        if let Some(&term) = self.written[taxonomy].get(name) {
            return Some(term);
        }
        if let Some(&term) = self.by_name[taxonomy].get(&text::fold(name)) {
            self.written[taxonomy].insert(name.clone(), term);
            return Some(term);
        }
        let span = Span::new(&doc.path, written.range.clone());
        let Some(id) = text::slug(name) else {
            let message =
                bi!("nhãn `{name}` không thành đường dẫn được", "the term `{name}` makes no slug");
            let help = bi!(
                "khai báo nhãn này trong content/data/terms.yaml với id bằng chữ Latin",
                "declare it in content/data/terms.yaml with a Latin id"
            );
            diags.push(Diagnostic::new(&TERM_NO_SLUG, message).at(span).help(help));
            return None;
        };
        if self.declared[taxonomy] {
            self.note_undeclared(taxonomy, name, span, diags);
        }
        if let Some(&term) = self.by_name[taxonomy].get(&id) {
            self.by_name[taxonomy].insert(text::fold(name), term);
            return Some(term);
        }
        let names = Texts(vec![("".to_owned(), name.clone())]);
        let draft = Draft::named(&id, &names, &Texts::default());
        Some(self.add(taxonomy, draft, &id))
    }

    fn note_undeclared(&self, taxonomy: usize, name: &str, span: Span, diags: &mut Diagnostics) {
        let list = TAXONOMIES[taxonomy];
        let declared = self.drafts[taxonomy].iter().map(|draft| draft.id.as_str());
        let message = bi!(
            "`{name}` chưa có trong danh sách {list}, được thêm mới",
            "`{name}` is not declared among {list} and is added"
        );
        let mut diag = Diagnostic::new(&UNDECLARED_TERM, message).at(span);
        if let Some(near) = text::nearest(name, declared) {
            diag = diag.help(bi!("có phải là `{near}`?", "did you mean `{near}`?"));
        }
        diags.push(diag);
    }

    fn units(
        &self,
        doc: &Doc,
        written: &[Spanned<String>],
        diags: &mut Diagnostics,
    ) -> Vec<TermId> {
        let mut found = Vec::new();
        for unit in written {
            let name = &unit.value;
            if let Some(&term) = self.by_name[UNITS].get(&text::fold(name)) {
                if !found.contains(&term) {
                    found.push(term);
                }
                continue;
            }
            let message = bi!("không có đơn vị `{name}`", "there is no unit `{name}`");
            let ids = self.drafts[UNITS].iter().map(|draft| draft.id.as_str());
            let help = match text::nearest(name, ids) {
                Some(near) => bi!("có phải là `{near}`?", "did you mean `{near}`?"),
                None => bi!(
                    "khai báo đơn vị trong content/data/units.yaml",
                    "declare it in content/data/units.yaml"
                ),
            };
            let span = Span::new(&doc.path, unit.range.clone());
            diags.push(Diagnostic::new(&UNKNOWN_UNIT, message).at(span).help(help));
        }
        found
    }

    /// Places as written, each with the current place it is filed under.
    pub fn places(&self, doc: &Doc, diags: &mut Diagnostics) -> Vec<WrittenPlace> {
        let mut found = Vec::new();
        for place in &doc.front.places {
            let written = &place.value;
            let (id, former) = match self.places.find(written) {
                PlaceMatch::Current(id) => (id, false),
                PlaceMatch::Former { now, .. } => (now, true),
                PlaceMatch::Ambiguous(ids) => {
                    let list = ids.join(", ");
                    let message = bi!(
                        "nhiều nơi tên là `{written}`",
                        "several places are called `{written}`"
                    );
                    let help =
                        bi!("ghi rõ một trong các mã: {list}", "write one of the ids: {list}");
                    let span = Span::new(&doc.path, place.range.clone());
                    diags.push(Diagnostic::new(&AMBIGUOUS_PLACE, message).at(span).help(help));
                    continue;
                }
                PlaceMatch::Unknown { nearest } => {
                    diags.push(unknown_place(&doc.path, place, nearest));
                    continue;
                }
            };
            if let Some(&term) = self.by_name[PLACES].get(&text::fold(&id)) {
                found.push(WrittenPlace { written: written.clone(), term, former });
            }
        }
        found
    }

    /// The place terms of an entry: what it names, and what contains that.
    pub fn filed_under(&self, places: &[WrittenPlace]) -> Vec<TermId> {
        let mut terms = Vec::new();
        for place in places {
            let mut at = Some(place.term);
            while let Some(term) = at {
                if terms.contains(&term) {
                    break;
                }
                terms.push(term);
                let parent = self.drafts[PLACES][term].parent.as_ref();
                at = parent.and_then(|id| self.by_name[PLACES].get(&text::fold(id)).copied());
            }
        }
        terms
    }

    pub fn series(&mut self, doc: &Doc, diags: &mut Diagnostics) -> Option<(TermId, Option<i64>)> {
        let Some(series) = &doc.front.series else { return None };
        let term = self.find_or_create(SERIES, &series.id, doc, diags)?;
        Some((term, series.part.as_ref().map(|part| part.value)))
    }

    /// Fixes slugs and parents.
    pub fn finish(self, site: &Site) -> Vec<Taxonomy> {
        let by_name = self.by_name;
        let taxonomies = self.drafts.into_iter().enumerate();
        taxonomies
            .map(|(at, drafts)| Taxonomy {
                name: TAXONOMIES[at],
                terms: drafts.into_iter().map(|draft| draft.finish(site, &by_name[at])).collect(),
            })
            .collect()
    }
}

fn unknown_place(path: &Arc<str>, place: &Spanned<String>, nearest: Option<String>) -> Diagnostic {
    let written = &place.value;
    let message = bi!("không có địa phương `{written}`", "there is no place `{written}`");
    let help = match nearest {
        Some(near) => bi!("có phải là `{near}`?", "did you mean `{near}`?"),
        None => bi!(
            "ghi tên tỉnh, thành phố, hoặc khai báo xã, phường trong content/data/places.yaml",
            "write a province, or declare the commune in content/data/places.yaml"
        ),
    };
    let span = Span::new(path, place.range.clone());
    Diagnostic::new(&UNKNOWN_PLACE, message).at(span).help(help)
}

impl Draft {
    /// A place as a term, with what contains it and its former names.
    pub fn place(
        id: &str,
        name: &Texts,
        parent: Option<String>,
        group: String,
        former: Vec<String>,
    ) -> Draft {
        Draft { parent, group, former, ..Draft::named(id, name, &Texts::default()) }
    }

    fn named(id: &str, name: &Texts, slug: &Texts) -> Draft {
        Draft {
            id: id.to_owned(),
            name: name.clone(),
            description: Texts::default(),
            slug: slug.clone(),
            parent: None,
            group: String::new(),
            former: Vec::new(),
            names: Vec::new(),
            illustrative: false,
            told: Told::default(),
        }
    }

    /// The id is the slug where nothing else is declared, so that a term's
    /// address does not change with its name.
    fn finish(self, site: &Site, by_name: &FxHashMap<String, TermId>) -> Term {
        let id_slug = text::slug(&self.id).unwrap_or_else(|| self.id.clone());
        let slugs = site
            .langs
            .iter()
            .map(|lang| self.slug.exact(&lang.tag).map_or_else(|| id_slug.clone(), str::to_owned));
        let former = self.former.iter().filter_map(|name| Some((name.clone(), text::slug(name)?)));
        Term {
            slugs: slugs.collect(),
            former: former.collect(),
            names: self.names,
            parent: self.parent.and_then(|id| by_name.get(&text::fold(&id)).copied()),
            id: self.id,
            name: self.name,
            description: self.description,
            group: self.group,
            illustrative: self.illustrative,
            told: self.told,
        }
    }
}

fn dated_name(former: &FormerName) -> Option<DatedName> {
    let last = former.to.as_ref()?.day();
    let first = former.from.as_ref().map(|from| from.day());
    Some(DatedName { name: former.name.clone(), first, last })
}

impl Term {
    /// The name that was valid on a day, where another is valid now; of
    /// several, the one that ended first. Former names are written in the
    /// first language of a site.
    pub fn name_on(&self, day: Date) -> Option<&str> {
        let valid = |of: &&DatedName| day <= of.last && of.first.is_none_or(|first| first <= day);
        let named = self.names.iter().filter(valid).min_by_key(|of| of.last)?;
        Some(&named.name)
    }

    /// Its name in a language, else in the first that has one.
    pub fn display(&self, tag: &str) -> &str {
        self.name.get(tag).unwrap_or(&self.id)
    }
}
