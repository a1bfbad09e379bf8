//! The list of pages: every path of the output, each claimed once.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rules::{BAD_PATH, CASE_PATH, SAME_PATH};
use super::{FeedOf, LangLists, Page, Part, Plan, State, What, feed_name, numbered, shorts};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Span};
use crate::base::path::{OutputPath, files_as_folders};
use crate::bi;
use crate::config::FeedFormat;
use crate::emit::Class;
use crate::link::{LangId, Site, TAXONOMIES, UNITS, taxonomy_path};
use crate::theme::Theme;

/// URLs in one sitemap file: the protocol allows 50,000 and 50 MB, and every
/// URL carries one line per language.
pub fn sitemap_limit(site: &Site) -> usize {
    (40_000 / site.langs.len().max(1)).max(1_000)
}

/// URL paths below the base of what is generated, each ending in a slash.
pub mod segments {
    use super::*;
    use crate::link::TermId;

    pub fn home(site: &Site, lang: LangId) -> String {
        site.langs[lang].prefix.clone()
    }

    pub fn terms(site: &Site, taxonomy: usize, lang: LangId) -> String {
        let name = TAXONOMIES.get(taxonomy).copied().unwrap_or_default();
        [&*home(site, lang), &*taxonomy_path(site, name, lang), "/"].concat()
    }

    pub fn term(site: &Site, taxonomy: usize, term: TermId, lang: LangId) -> String {
        let slug = &site.taxonomies[taxonomy].terms[term].slugs[lang];
        [&*terms(site, taxonomy, lang), slug, "/"].concat()
    }

    pub fn archive(site: &Site, lang: LangId) -> String {
        format!("{}{}/", home(site, lang), taxonomy_path(site, "archive", lang))
    }

    pub fn year(site: &Site, year: i16, lang: LangId) -> String {
        format!("{}{year:04}/", archive(site, lang))
    }

    pub fn month(site: &Site, year: i16, month: i8, lang: LangId) -> String {
        format!("{}{year:04}/{month:02}/", archive(site, lang))
    }

    /// A page of a list at `base`.
    pub fn part(site: &Site, base: &str, part: Part, lang: LangId) -> String {
        match part {
            Part::Landing => base.to_owned(),
            Part::Number(number) => {
                format!("{base}{}/{number}/", taxonomy_path(site, "page", lang))
            }
        }
    }
}

pub(super) fn pages(
    site: &Site,
    theme: &Theme,
    plan: &Plan,
    statics: &[Arc<str>],
    diags: &mut Diagnostics,
) -> Vec<Page> {
    let of_lang = |lang: LangId| {
        let mut diags = Vec::new();
        let mut book = Book { site, plan, pages: Vec::new(), origin: None, diags: &mut diags };
        book.language(lang, &plan.lists[lang]);
        (book.pages, diags)
    };
    let langs: Vec<_> = (0..site.langs.len()).into_par_iter().map(of_lang).collect();
    let mut pages = Vec::with_capacity(langs.iter().map(|(pages, _)| pages.len()).sum());
    for (of_lang, found) in langs {
        pages.extend(of_lang);
        diags.extend(found);
    }
    let mut book = Book { site, plan, pages, origin: None, diags };
    book.whole_site(theme, statics);
    let mut pages = book.pages;
    pages.par_sort_by(|a, b| {
        let rank = |page: &Page| (is_claim(plan, page), rank(&page.what));
        a.path.cmp(&b.path).then_with(|| rank(a).cmp(&rank(b)))
    });
    let mut pages = claim_once(site, pages, diags);
    pages.retain(|page| !is_claim(plan, page));
    pages
}

/// Whether a page only holds the address of an entry that is not shown yet.
fn is_claim(plan: &Plan, page: &Page) -> bool {
    matches!(page.what, What::Entry(id) if !plan.has_page(id, page.lang))
}

/// What wins a contested path, so that the rest of the site stays whole.
fn rank(what: &What) -> u8 {
    match what {
        What::Redirect { .. } | What::Short(_) => 2,
        What::Entry(_) => 1,
        _ => 0,
    }
}

struct Book<'a> {
    site: &'a Site,
    plan: &'a Plan,
    pages: Vec<Page>,
    origin: Option<Arc<str>>,
    diags: &'a mut Diagnostics,
}

impl Book<'_> {
    fn add(&mut self, path: &str, class: Class, lang: LangId, what: What) {
        match OutputPath::new(path) {
            Some(path) => {
                self.pages.push(Page { path, class, lang, what, origin: self.origin.clone() });
            }
            None => {
                let message =
                    bi!("địa chỉ `{path}` không dùng được", "the address `{path}` cannot be used");
                let file =
                    self.origin.clone().unwrap_or_else(|| Arc::clone(&self.site.config.path));
                self.diags.push(Diagnostic::new(&BAD_PATH, message).at(Span::file(&file)));
            }
        }
    }

    /// A directory URL becomes its `index.html`.
    fn page(&mut self, dir: &str, class: Class, lang: LangId, what: What) {
        self.add(&[dir, "index.html"].concat(), class, lang, what);
    }

    /// The landing page and the numbered pages of a list.
    fn list(&mut self, base: &str, total: usize, lang: LangId, what: impl Fn(Part) -> What) {
        let size = self.site.config.pagination;
        self.page(base, Class::List, lang, what(Part::Landing));
        for number in 1..=numbered(total, size).pages {
            let part = Part::Number(number);
            let dir = segments::part(self.site, base, part, lang);
            self.page(&dir, Class::List, lang, what(part));
        }
    }

    fn language(&mut self, lang: LangId, lists: &LangLists) {
        let home = segments::home(self.site, lang);
        self.page(&home, Class::List, lang, What::Home);
        self.add(&format!("{home}404.html"), Class::Other, lang, What::NotFound);
        self.add(&format!("{home}manifest.webmanifest"), Class::Other, lang, What::WebManifest);
        self.add(&format!("{home}feed.xsl"), Class::Asset, lang, What::FeedStyle);
        self.add(&format!("{home}feed.css"), Class::Asset, lang, What::FeedCss);
        self.feeds(&home, lang, FeedOf::Site, &self.site.config.feeds.formats);
        self.sections(lang, lists);
        self.entries(lang);
        self.taxonomies(lang, lists);
        self.archive(lang, lists);
        self.features(lang);
        let urls = self.pages.iter().filter(|page| page.lang == lang && in_sitemap(page)).count();
        for number in 0..urls.div_ceil(sitemap_limit(self.site)).max(1) {
            let path = sitemap_path(self.site, lang, number);
            self.add(&path, Class::Feed, lang, What::Sitemap { number });
        }
    }

    fn feeds(&mut self, base: &str, lang: LangId, of: FeedOf, formats: &[FeedFormat]) {
        for &format in formats {
            let path = [base, feed_name(format)].concat();
            self.add(&path, Class::Feed, lang, What::Feed { of, format });
        }
    }

    fn sections(&mut self, lang: LangId, lists: &LangLists) {
        let site = self.site;
        for (id, section) in site.sections.iter().enumerate().skip(1) {
            let total = lists.sections[id].len();
            if section.docs[lang].is_none() && total == 0 {
                continue;
            }
            self.origin = section.docs[lang].map(|doc| Arc::clone(&site.docs[doc].path));
            let base = section.paths[lang].clone();
            self.list(&base, total, lang, |part| What::Section { section: id, part });
            self.feeds(&base, lang, FeedOf::Section(id), &site.config.feeds.formats);
        }
        self.origin = None;
    }

    fn entries(&mut self, lang: LangId) {
        let site = self.site;
        for (id, entry) in site.entries.iter().enumerate() {
            let variant = entry.variants[lang].as_ref();
            let doc =
                variant.or(entry.variants[entry.original].as_ref()).map(|variant| variant.doc);
            self.origin = doc.map(|doc| Arc::clone(&site.docs[doc].path));
            if self.plan.has_page(id, lang) {
                if let Some(path) = site.entry_path(id, lang) {
                    self.page(&path, Class::Entry, lang, What::Entry(id));
                }
            } else if self.plan.states[id] == State::Withdrawn {
                if let Some(path) = site.entry_path(id, lang) {
                    self.page(&path, Class::Entry, lang, What::Withdrawn(id));
                }
            } else if matches!(self.plan.states[id], State::Future | State::Draft)
                && let Some(variant) = variant
            {
                // Claims its address now, lest a site that builds today does
                // not on the day when this entry appears.
                self.page(&variant.path, Class::Entry, lang, What::Entry(id));
            }
        }
        self.origin = None;
    }

    fn taxonomies(&mut self, lang: LangId, lists: &LangLists) {
        let site = self.site;
        for (taxonomy, terms) in lists.terms.iter().enumerate() {
            let shown = |term: usize| self.plan.has_term(taxonomy, term, lang);
            if !(0..terms.len()).any(shown) {
                continue;
            }
            let base = segments::terms(site, taxonomy, lang);
            self.page(&base, Class::List, lang, What::Terms { taxonomy });
            for (term, ids) in terms.iter().enumerate() {
                if !self.plan.has_term(taxonomy, term, lang) {
                    continue;
                }
                let base = segments::term(site, taxonomy, term, lang);
                // Where a unit has a page of its own, its lists are by kind.
                let drawn = taxonomy == UNITS && self.plan.units.drawn;
                let total = if drawn { 0 } else { ids.len() };
                self.list(&base, total, lang, |part| What::Term { taxonomy, term, part });
                if !ids.is_empty() && ids.len() >= site.config.feeds.term_minimum {
                    self.feeds(
                        &base,
                        lang,
                        FeedOf::Term(taxonomy, term),
                        &site.config.feeds.term_formats,
                    );
                }
                self.former_names(taxonomy, term, lang, &base);
            }
        }
    }

    /// Former names lead to the page of today's.
    fn former_names(&mut self, taxonomy: usize, term: usize, lang: LangId, to: &str) {
        let site = self.site;
        let terms = segments::terms(site, taxonomy, lang);
        let taken: Vec<&str> =
            site.taxonomies[taxonomy].terms.iter().map(|term| term.slugs[lang].as_str()).collect();
        // A name that several share leads to the list of all of them.
        let all = &site.taxonomies[taxonomy].terms;
        let named = |slug: &str| -> Vec<usize> {
            let has = |term: usize| all[term].former.iter().any(|(_, other)| other == slug);
            (0..all.len()).filter(|&term| has(term)).collect()
        };
        let mut done: Vec<&str> = Vec::new();
        for (_, slug) in &all[term].former {
            let named = named(slug);
            let shown = |&&id: &&usize| self.plan.has_term(taxonomy, id, lang);
            let shown = named.iter().find(shown).copied();
            if taken.contains(&slug.as_str())
                || done.contains(&slug.as_str())
                || shown != Some(term)
            {
                continue;
            }
            done.push(slug);
            let to = if named.len() > 1 { terms.clone() } else { to.to_owned() };
            self.page(&format!("{terms}{slug}/"), Class::Other, lang, What::Redirect { to });
        }
    }

    fn archive(&mut self, lang: LangId, lists: &LangLists) {
        let site = self.site;
        if lists.months.is_empty() || !site.config.archive {
            return;
        }
        self.page(&segments::archive(site, lang), Class::List, lang, What::Archive);
        let mut years = std::collections::BTreeMap::<i16, usize>::new();
        for (&(year, month), ids) in &lists.months {
            *years.entry(year).or_default() += ids.len();
            let base = segments::month(site, year, month, lang);
            self.list(&base, ids.len(), lang, |part| What::Month { year, month, part });
        }
        for (year, total) in years {
            let base = segments::year(site, year, lang);
            self.list(&base, total, lang, |part| What::Year { year, part });
        }
    }

    fn features(&mut self, lang: LangId) {
        let plan = self.plan;
        for spot in plan.extras.get(lang).into_iter().flat_map(|spots| &spots.all) {
            let what = What::Extra(spot.extra.clone());
            if spot.path.ends_with('/') {
                self.page(&spot.path, spot.class, lang, what);
            } else {
                self.add(&spot.path, spot.class, lang, what);
            }
        }
    }

    fn whole_site(&mut self, theme: &Theme, statics: &[Arc<str>]) {
        let site = self.site;
        self.add("sitemap.xml", Class::Feed, 0, What::SitemapIndex);
        self.add("news-sitemap.xml", Class::Feed, 0, What::NewsSitemap);
        // A site's own file for its host replaces the generated one.
        for (name, what) in [
            ("robots.txt", What::Robots),
            ("_redirects", What::Redirects),
            ("_headers", What::Headers),
        ] {
            if !statics.iter().any(|path| path.strip_prefix("static/") == Some(name)) {
                self.add(name, Class::Other, 0, what);
            }
        }
        for name in theme.assets.keys() {
            self.add(name, Class::Asset, 0, What::ThemeAsset(name.clone()));
        }
        self.aliases();
        for (path, lang, what, origin) in shorts::spots(site, self.plan) {
            self.origin = origin;
            self.page(&path, Class::Other, lang, what);
        }
        for id in self.plan.pictures.files() {
            self.origin = Some(Arc::clone(&site.media[id].source));
            self.add(&site.media[id].output, Class::Asset, 0, What::Media(id));
        }
        for (path, (media, recipe)) in self.plan.pictures.all(site) {
            self.origin = Some(Arc::clone(&site.media[media].source));
            self.add(&path, Class::Asset, 0, What::Picture { media, recipe });
        }
        self.origin = None;
        for (path, (lang, of)) in self.plan.cards.all() {
            self.add(&path, Class::Asset, lang, What::Card(of));
        }
        for path in statics {
            self.origin = Some(Arc::clone(path));
            let output = path.strip_prefix("static/").unwrap_or(path).to_owned();
            self.add(&output, Class::Asset, 0, What::Static(Arc::clone(path)));
        }
        self.origin = None;
    }

    fn aliases(&mut self) {
        let site = self.site;
        for (id, entry) in site.entries.iter().enumerate() {
            for (alias, doc) in &entry.aliases {
                let lang =
                    site.docs[*doc].lang.as_deref().and_then(|tag| site.lang(tag)).unwrap_or(0);
                let what = if self.plan.has_page(id, lang) {
                    site.entry_path(id, lang).map(|to| What::Redirect { to })
                } else {
                    // Old addresses of what was taken back are gone as well.
                    let withdrawn = self.plan.states[id] == State::Withdrawn;
                    withdrawn.then_some(What::Withdrawn(id))
                };
                let Some(what) = what else { continue };
                self.origin = Some(Arc::clone(&site.docs[*doc].path));
                let from = match alias.rsplit('/').next() {
                    Some(name) if name.contains('.') => alias.clone(),
                    _ => format!("{}/index.html", alias.trim_end_matches('/')),
                };
                let own =
                    matches!(&what, What::Redirect { to } if from == format!("{to}index.html"));
                if !own {
                    self.add(&from, Class::Other, lang, what);
                }
            }
        }
        self.origin = None;
    }
}

/// Whether a page belongs into the sitemap, as far as its kind says.
pub fn in_sitemap(page: &Page) -> bool {
    let listed = |part: &Part| *part == Part::Landing;
    match &page.what {
        What::Home | What::Entry(_) | What::Terms { .. } | What::Archive => true,
        What::Extra(extra) => extra.is_listed(),
        What::Section { part, .. } | What::Term { part, .. } => listed(part),
        What::Year { part, .. } | What::Month { part, .. } => listed(part),
        _ => false,
    }
}

/// `sitemap-vi.xml`, `sitemap-vi-2.xml`.
pub fn sitemap_path(site: &Site, lang: LangId, number: usize) -> String {
    let tag = &site.langs[lang].tag;
    match number {
        0 => format!("sitemap-{tag}.xml"),
        _ => format!("sitemap-{tag}-{}.xml", number + 1),
    }
}

/// Reports paths that are wanted twice and keeps the first claim of each.
fn claim_once(site: &Site, pages: Vec<Page>, diags: &mut Diagnostics) -> Vec<Page> {
    let mut kept: Vec<Page> = Vec::with_capacity(pages.len());
    // Paths with capitals, in small letters: of two that differ by case only one
    // is among these.
    let mut capitals: FxHashMap<String, usize> = FxHashMap::default();
    for page in pages {
        let twin = kept.last().filter(|last| last.path == page.path);
        if let Some(first) = twin {
            let path = page.path.as_str().trim_end_matches("index.html");
            let message = bi!(
                "địa chỉ `/{path}` bị hai nơi cùng dùng: {first} và {second}",
                "the address `/{path}` is wanted twice: by {first} and by {second}",
                first = name(first),
                second = name(&page)
            );
            diags.push(claim(&SAME_PATH, site, first, &page, message));
            continue;
        }
        if let Some(at) = other_case(&page, &kept, &mut capitals) {
            let (one, two) = (&kept[at].path, &page.path);
            let message = bi!(
                "`{one}` và `{two}` chỉ khác chữ hoa",
                "`{one}` and `{two}` differ by case only"
            );
            diags.push(claim(&CASE_PATH, site, &kept[at], &page, message));
        }
        kept.push(page);
    }
    file_and_folder(site, &kept, diags);
    kept
}

/// The page before this one, which is to be the next of `kept`, whose path is
/// the same but for capitals.
fn other_case(
    page: &Page,
    kept: &[Page],
    capitals: &mut FxHashMap<String, usize>,
) -> Option<usize> {
    let path = page.path.as_str();
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return if capitals.is_empty() { None } else { capitals.get(path).copied() };
    }
    let small = path.to_lowercase();
    let plain = || kept.binary_search_by(|page| page.path.as_str().cmp(&small)).ok();
    let other = capitals.get(&small).copied().or_else(plain);
    capitals.insert(small, kept.len());
    other
}

/// Reports paths that are a file for one page and a folder for another.
fn file_and_folder(site: &Site, pages: &[Page], diags: &mut Diagnostics) {
    for (file, page) in files_as_folders(pages.iter().map(|page| &page.path)) {
        let (Some(file), Some(page)) = (pages.get(file), pages.get(page)) else { continue };
        let (one, two) = (&file.path, &page.path);
        let message = bi!(
            "`{one}` vừa là tệp vừa là thư mục của `{two}`",
            "`{one}` is a file and also the folder of `{two}`"
        );
        diags.push(claim(&SAME_PATH, site, file, page, message));
    }
}

fn claim(
    rule: &'static crate::base::diag::Rule,
    site: &Site,
    first: &Page,
    second: &Page,
    message: Bi,
) -> Diagnostic {
    let default = &site.config.path;
    let file = |page: &Page| Span::file(page.origin.as_ref().unwrap_or(default));
    let help = bi!("đặt slug khác cho một trong hai", "give one of them another slug");
    let blamed = if second.origin.is_some() { [second, first] } else { [first, second] };
    Diagnostic::new(rule, message).at(file(blamed[0])).at(file(blamed[1])).help(help)
}

fn name(page: &Page) -> String {
    match (&page.origin, &page.what) {
        (Some(origin), _) => format!("`{origin}`"),
        (None, What::Terms { taxonomy } | What::Term { taxonomy, .. }) => {
            format!("`{}`", TAXONOMIES.get(*taxonomy).copied().unwrap_or_default())
        }
        (None, What::Extra(extra)) => format!("`{extra:?}`"),
        (None, What::Short(_)) => "`short_codes`".to_owned(),
        (None, _) => "trang tự sinh / a generated page".to_owned(),
    }
}
