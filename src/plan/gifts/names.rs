//! Names in files of contributions led to what the site has under them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Gifts, Row};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Texts;
use crate::data::{
    About, DataFile, FileNote, Gift, GiftFile, NO_AS_OF, NO_SOURCE, NameId, Named, Names,
    PlaceMatch, Places, UNKNOWN_GIFT_NAME,
};
use crate::link::{PLACES, Site, TermId, UNITS, places_data};
use crate::text::{fold, nearest};
use crate::yaml::clip;

/// Folder of the files below `content/data/`.
const FOLDER: &str = "contributions/";

/// What a site's names stand for.
pub(in crate::plan) struct Known<'s> {
    site: &'s Site,
    /// By folded id or name.
    units: FxHashMap<String, TermId>,
    places: Places,
    /// By id.
    areas: FxHashMap<&'s str, TermId>,
}

impl<'s> Known<'s> {
    pub fn of(site: &'s Site) -> Known<'s> {
        let mut units = FxHashMap::default();
        let terms = &site.taxonomies[UNITS].terms;
        for (id, term) in terms.iter().enumerate() {
            units.insert(fold(&term.id), id);
        }
        for (id, term) in terms.iter().enumerate() {
            let names = term.name.0.iter().map(|(_, name)| name);
            for name in names.chain(term.former.iter().map(|(name, _)| name)) {
                units.entry(fold(name)).or_insert(id);
            }
            // A province that became a city keeps its union's other id.
            let status = [("tinh-doan-", "thanh-doan-"), ("thanh-doan-", "tinh-doan-")];
            for (own, other) in status {
                if let Some(province) = term.id.strip_prefix(own) {
                    units.entry(fold(&format!("{other}{province}"))).or_insert(id);
                }
            }
        }
        for file in site.data.values() {
            let DataFile::Units(declared) = &**file else { continue };
            for unit in declared {
                let Some(&id) = units.get(&fold(&unit.named.id.value)) else { continue };
                let short = unit.short.0.iter().map(|(_, name)| name);
                for name in unit.aliases.iter().chain(short) {
                    units.entry(fold(name)).or_insert(id);
                }
            }
        }
        let areas = site.taxonomies[PLACES].terms.iter().enumerate();
        let areas = areas.map(|(id, term)| (term.id.as_str(), id)).collect();
        Known { site, units, places: places_data(&site.data), areas }
    }

    /// The unit of a name.
    pub fn named(&self, name: &str) -> Option<TermId> {
        self.units.get(&fold(name)).copied()
    }

    /// The unit of a name, or a name that was probably meant.
    pub fn unit(&self, name: &str) -> Result<TermId, Option<String>> {
        if let Some(unit) = self.named(name) {
            return Ok(unit);
        }
        let terms = self.site.taxonomies[UNITS].terms.iter();
        let names = terms.flat_map(|term| {
            term.name.0.iter().map(|(_, name)| name.as_str()).chain([term.id.as_str()])
        });
        Err(nearest(name, names).map(str::to_owned))
    }

    pub fn area(&self, name: &str) -> Result<TermId, Option<String>> {
        let id = match self.places.find(name) {
            PlaceMatch::Current(id) | PlaceMatch::Former { now: id, .. } => id,
            PlaceMatch::Ambiguous(ids) => return Err(Some(ids.join("`, `"))),
            PlaceMatch::Unknown { nearest } => return Err(nearest),
        };
        self.areas.get(id.as_str()).copied().ok_or(None)
    }
}

/// Names of the same sort from all files, each once.
#[derive(Default)]
struct Joined {
    list: Vec<Texts>,
    by_name: FxHashMap<String, usize>,
    /// Whether about.yaml says which there are.
    closed: bool,
}

impl Joined {
    fn declared(all: &[&Named]) -> Joined {
        let mut joined = Joined { closed: !all.is_empty(), ..Joined::default() };
        for named in all {
            let at = joined.list.len();
            joined.list.push(named.name.clone());
            joined.by_name.insert(fold(&named.id.value), at);
            for (_, name) in &named.name.0 {
                joined.by_name.entry(fold(name)).or_insert(at);
            }
        }
        joined
    }

    pub fn get(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).copied()
    }

    fn find(&mut self, name: &str) -> Result<usize, Option<String>> {
        if let Some(at) = self.get(name) {
            return Ok(at);
        }
        if self.closed {
            let names = self.list.iter().flat_map(|texts| texts.0.iter());
            return Err(nearest(name, names.map(|(_, name)| name.as_str())).map(str::to_owned));
        }
        let at = self.list.len();
        self.list.push(Texts(vec![(String::new(), name.to_owned())]));
        self.by_name.insert(fold(name), at);
        Ok(at)
    }
}

/// Names as written, each once, in every file alike.
#[derive(Default)]
struct Plain {
    list: Vec<String>,
    ids: FxHashMap<String, usize>,
}

impl Plain {
    fn find(&mut self, name: &str) -> usize {
        if let Some(&at) = self.ids.get(name) {
            return at;
        }
        let at = self.list.len();
        self.list.push(name.to_owned());
        self.ids.insert(name.to_owned(), at);
        at
    }
}

struct Join<'s, 'd> {
    known: Known<'s>,
    kinds: Joined,
    funds: Joined,
    measures: Plain,
    sources: Plain,
    donors: Plain,
    rows: Vec<Row>,
    diags: &'d mut Diagnostics,
}

/// Everything but the totals.
pub(super) fn resolve(site: &Site, diags: &mut Diagnostics) -> Gifts {
    let mut files = Vec::new();
    let mut about: Vec<(&str, &About)> = Vec::new();
    for (name, file) in &site.data {
        match &**file {
            DataFile::Gifts(gifts) => files.push((name.as_str(), &**gifts)),
            DataFile::GiftsAbout(said) => about.push((name, said)),
            _ => {}
        }
    }
    if files.is_empty() && about.is_empty() {
        return Gifts::default();
    }
    let kinds: Vec<&Named> = about.iter().flat_map(|(_, about)| &about.kinds).collect();
    let funds: Vec<&Named> = about.iter().flat_map(|(_, about)| &about.funds).collect();
    let mut join = Join {
        known: Known::of(site),
        kinds: Joined::declared(&kinds),
        funds: Joined::declared(&funds),
        measures: Plain::default(),
        sources: Plain::default(),
        donors: Plain::default(),
        rows: Vec::with_capacity(files.iter().map(|(_, file)| file.gifts.len()).sum()),
        diags,
    };
    for (name, said) in &about {
        join.check_notes(name, said, &files);
    }
    for (name, file) in files {
        let own = name.strip_prefix(FOLDER).unwrap_or(name);
        let notes = about.iter().flat_map(|(_, about)| &about.files);
        let note = notes.into_iter().find(|note| note.file.value == own);
        join.file(&Arc::from(format!("content/data/{name}")), file, note);
    }
    join.finish(site)
}

impl Join<'_, '_> {
    /// A file that about.yaml speaks of and that is not there.
    fn check_notes(&mut self, name: &str, said: &About, files: &[(&str, &GiftFile)]) {
        let names = || files.iter().map(|(name, _)| name.strip_prefix(FOLDER).unwrap_or(name));
        let path: Arc<str> = Arc::from(format!("content/data/{name}"));
        for note in &said.files {
            if names().any(|name| name == note.file.value) {
                continue;
            }
            let near = nearest(&note.file.value, names()).map(str::to_owned);
            let span = Span::new(&path, note.file.range.clone());
            self.diags.push(unknown(("tệp", "file"), &note.file.value, near, span));
        }
    }

    fn file(&mut self, path: &Arc<str>, file: &GiftFile, note: Option<&FileNote>) {
        let Join { known, kinds, funds, diags, .. } = self;
        let units = each(path, &file.units, ("đơn vị", "unit"), diags, |name| known.unit(name));
        let areas =
            each(path, &file.areas, ("địa bàn", "area"), diags, |name| known.area(name));
        let kinds = each(path, &file.kinds, ("loại", "kind"), diags, |name| kinds.find(name));
        let funds = each(path, &file.funds, ("quỹ", "fund"), diags, |name| funds.find(name));
        let all = |names: &Names, plain: &mut Plain| -> Vec<usize> {
            names.list.iter().map(|name| plain.find(&name.value)).collect()
        };
        let measures = all(&file.measures, &mut self.measures);
        let sources = all(&file.sources, &mut self.sources);
        let donors = all(&file.donors, &mut self.donors);
        let source = note.and_then(|note| note.source.as_deref());
        let source = source.map(|source| self.sources.find(source));
        self.complain(path, file, note);
        for gift in &file.gifts {
            let of = |id: NameId, list: &[Option<usize>]| list.get(id as usize).copied().flatten();
            let plain = |id: Option<NameId>, list: &[usize]| list.get(id? as usize).copied();
            let (Some(unit), Some(kind)) = (of(gift.unit, &units), of(gift.kind, &kinds)) else {
                continue;
            };
            self.rows.push(Row {
                day: gift.day,
                as_of: gift.as_of.or(note.and_then(|note| note.as_of)),
                unit,
                donor: plain(gift.donor, &donors),
                kind,
                fund: gift.fund.and_then(|fund| of(fund, &funds)),
                area: gift.area.and_then(|area| of(area, &areas)),
                dong: gift.dong,
                measure: plain(gift.measure, &measures),
                thousandths: gift.thousandths,
                source: plain(gift.source, &sources).or(source),
                illustrative: note.is_some_and(|note| note.illustrative),
            });
        }
    }

    /// Rows without a source or a day up to which they count, once a file.
    fn complain(&mut self, path: &Arc<str>, file: &GiftFile, note: Option<&FileNote>) {
        let mut say = |rule, lacking: &dyn Fn(&&Gift) -> bool, vi: &str, en: &str| {
            let mut rows = file.gifts.iter().filter(lacking);
            let Some(first) = rows.next() else { return };
            let count = rows.count() + 1;
            let message = bi!("{count} dòng không ghi {vi}", "{count} rows do not say {en}");
            let span = Span::new(path, first.at..first.at + 1);
            self.diags.push(Diagnostic::new(rule, message).at(span));
        };
        if note.is_none_or(|note| note.source.is_none()) {
            say(&NO_SOURCE, &|gift| gift.source.is_none(), "nguồn", "where they come from");
        }
        if note.is_none_or(|note| note.as_of.is_none()) {
            say(
                &NO_AS_OF,
                &|gift| gift.as_of.is_none(),
                "đến ngày nào",
                "up to which day they count",
            );
        }
    }

    fn finish(self, site: &Site) -> Gifts {
        let Join { mut rows, donors, .. } = self;
        let collator = site.langs[0].locale.collator();
        let mut order: Vec<usize> = (0..donors.list.len()).collect();
        order.sort_by_cached_key(|&at| collator.key(&donors.list[at]));
        let mut rank = vec![0; order.len()];
        for (place, &at) in order.iter().enumerate() {
            rank[at] = place;
        }
        for row in &mut rows {
            row.donor = row.donor.and_then(|donor| rank.get(donor).copied());
        }
        let donors = order.into_iter().map(|at| donors.list[at].clone()).collect();
        Gifts {
            rows,
            kinds: self.kinds.list,
            funds: self.funds.list,
            measures: self.measures.list,
            sources: self.sources.list,
            donors,
            ..Gifts::default()
        }
    }
}

/// What each name of a column stands for; `None` for what was reported.
fn each(
    path: &Arc<str>,
    names: &Names,
    sort: (&str, &str),
    diags: &mut Diagnostics,
    mut find: impl FnMut(&str) -> Result<usize, Option<String>>,
) -> Vec<Option<usize>> {
    let one = |name: &crate::yaml::Spanned<String>| match find(&name.value) {
        Ok(found) => Some(found),
        Err(near) => {
            let span = Span::new(path, name.range.clone());
            diags.push(unknown(sort, &name.value, near, span));
            None
        }
    };
    names.list.iter().map(one).collect()
}

/// A name that leads nowhere.
pub(super) fn unknown(
    (vi, en): (&str, &str),
    name: &str,
    near: Option<String>,
    span: Span,
) -> Diagnostic {
    let name = clip(name);
    let message = bi!("không có {vi} “{name}”", "there is no {en} “{name}”");
    let error = Diagnostic::new(&UNKNOWN_GIFT_NAME, message).at(span);
    match near {
        Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
        None => error,
    }
}

/// Texts by fold, for filters.
pub(super) fn position(list: &[Texts], name: &str) -> Option<usize> {
    let name = fold(name);
    list.iter().position(|texts| texts.0.iter().any(|(_, own)| fold(own) == name))
}

/// Ids of kinds that about.yaml declares.
pub(super) fn kind_ids(site: &Site) -> BTreeMap<String, usize> {
    let about = site.data.values().filter_map(|file| match &**file {
        DataFile::GiftsAbout(about) => Some(about),
        _ => None,
    });
    about
        .flat_map(|about| &about.kinds)
        .enumerate()
        .map(|(at, kind)| (fold(&kind.id.value), at))
        .collect()
}
