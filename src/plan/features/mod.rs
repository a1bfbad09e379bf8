//! Pages that a feature of the campaign adds to a site: the column, the
//! timeline ... Each feature is one file here, which says where its pages are,
//! one in `render/features`, which says what they show, and one line in
//! [`FEATURES`].
//!
//! Takes the site and the lists of the plan; gives the spots of pages.

pub mod agenda;
pub mod awards;
pub mod calendar;
pub mod campaign;
pub mod column;
pub mod donors;
pub mod figures;
pub mod outlets;
pub mod timeline;
pub mod units;
pub mod yearly;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rules::{UNKNOWN_BELONGS, UNKNOWN_PAGE};
use super::{Plan, segments};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::FeedFormat;
use crate::emit::Class;
use crate::kinds::{KINDS, kind};
use crate::link::{LangId, Site, taxonomy_path};
use crate::text;
use crate::theme::Theme;
use crate::yaml::Spanned;

/// One page of one feature; the same in every language that has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Extra {
    Timeline,
    /// The calendar to look at.
    Agenda(agenda::AgendaPage),
    /// A calendar for other programs.
    Calendar(calendar::Calendar),
    Column(column::Column),
    ColumnFeed {
        of: column::ColumnFeed,
        format: FeedFormat,
    },
    /// Totals of contributions: of a year, or of all.
    Figures(Option<i16>),
    Donors(donors::Donors),
    Outlet(outlets::Outlet),
    UnitList(units::UnitList),
    Yearly(yearly::Yearly),
    Awards(awards::Awards),
    /// All years of a campaign, by its place in `site.yaml`.
    Campaign(usize),
    CampaignYear {
        campaign: usize,
        year: i16,
    },
    CampaignFeed {
        campaign: usize,
        format: FeedFormat,
    },
}

/// Where a page of a feature is, in one language.
#[derive(Debug, Clone)]
pub struct Spot {
    pub extra: Extra,
    /// Below the base; a page's ends in a slash, a file's does not.
    pub path: String,
    pub class: Class,
}

/// A feature.
pub struct Feature {
    /// What menus (`list:`), `paths:` and the interface's strings call it.
    pub name: &'static str,
    /// Draws its main page: a theme without it does without the feature.
    pub template: &'static str,
    /// Whether it has a main page: one that menus and lists of pages lead to.
    pub leads: bool,
    /// Its pages in a language, the main page first; none where the site does
    /// not use the feature.
    pub spots: fn(&Site, &Plan, LangId) -> Vec<Spot>,
    /// Reports what only the whole site shows to be wrong with its data.
    pub check: fn(&Site, &mut Diagnostics),
}

/// Every feature, in the order in which they are listed.
pub static FEATURES: &[Feature] = &[
    column::FEATURE,
    agenda::FEATURE,
    timeline::FEATURE,
    calendar::FEATURE,
    campaign::FEATURE,
    figures::FEATURE,
    donors::FEATURE,
    outlets::PRESS,
    outlets::KITS,
    outlets::SHEETS,
    outlets::FRAMES,
    outlets::BOOKS,
    units::FEATURE,
    yearly::FEATURE,
    awards::FEATURE,
];

/// URL path that a feature's only page has below the base: `dong-thoi-gian/`.
pub fn base(site: &Site, name: &str, lang: LangId) -> String {
    format!("{}{}/", segments::home(site, lang), taxonomy_path(site, name, lang))
}

/// Reports names in `site.yaml` that no section and no kind bears.
pub(super) fn unknown_names(
    site: &Site,
    sections: &[Spanned<String>],
    kinds: &[Spanned<String>],
    diags: &mut Diagnostics,
) {
    let mut report = |name: &Spanned<String>, message: Bi, near: Option<&str>| {
        let span = Span::new(&site.config.path, name.range.clone());
        let error = Diagnostic::new(&UNKNOWN_BELONGS, message).at(span);
        diags.push(match near {
            Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
            None => error,
        });
    };
    for name in sections.iter().filter(|name| site.section(&name.value).is_none()) {
        let written = &name.value;
        let message = bi!("chuyên mục `{written}` không có", "there is no section `{written}`");
        let near = text::nearest(written, site.sections.iter().map(|section| &*section.dir));
        report(name, message, near);
    }
    for name in kinds.iter().filter(|name| kind(&name.value).is_none()) {
        let written = &name.value;
        let message = bi!("loại bài `{written}` không có", "there is no kind `{written}`");
        report(name, message, text::nearest(written, KINDS.iter().map(|kind| kind.name())));
    }
}

/// What is wrong with a `page` in `site.yaml` or a data file, if it is the path
/// of no entry.
fn unknown_page(site: &Site, file: &Arc<str>, page: &Spanned<String>) -> Option<Diagnostic> {
    let name = &page.value;
    if site.by_key.contains_key(name.as_str()) {
        return None;
    }
    let message = bi!("không có bài `{name}`", "there is no entry `{name}`");
    let error = Diagnostic::new(&UNKNOWN_PAGE, message).at(Span::new(file, page.range.clone()));
    Some(match text::nearest(name, site.entries.iter().map(|entry| &*entry.key)) {
        Some(near) => error.help(bi!("có phải là `{near}`?", "did you mean `{near}`?")),
        None => error,
    })
}

/// All spots of a language.
#[derive(Debug, Default)]
pub struct Spots {
    pub all: Vec<Spot>,
    /// Index into `all`.
    by_extra: FxHashMap<Extra, usize>,
    /// Index into `all` of each feature's main page.
    main: Vec<(&'static str, usize)>,
    /// Templates of the features that have pages.
    pub templates: Vec<&'static str>,
}

pub(super) fn spots(site: &Site, theme: &Theme, plan: &Plan, lang: LangId) -> Spots {
    let mut found = Spots::default();
    for feature in FEATURES.iter().filter(|of| theme.tera.contains_template(of.template)) {
        let spots = (feature.spots)(site, plan, lang);
        if !spots.is_empty() {
            found.templates.push(feature.template);
            found.main.extend(feature.leads.then_some((feature.name, found.all.len())));
        }
        found.all.extend(spots);
    }
    let extras = found.all.iter().enumerate();
    found.by_extra = extras.map(|(at, spot)| (spot.extra.clone(), at)).collect();
    found
}

impl Plan {
    /// Path of a feature's page below the base; `None` where it has none.
    pub fn extra(&self, extra: &Extra, lang: LangId) -> Option<&str> {
        let spots = self.extras.get(lang)?;
        spots.all.get(*spots.by_extra.get(extra)?).map(|spot| spot.path.as_str())
    }
}

impl Plan {
    /// Path of a feature's main page below the base; `None` where it has none.
    pub fn main_page(&self, feature: &str, lang: LangId) -> Option<&str> {
        let spots = self.extras.get(lang)?;
        let (_, at) = spots.main.iter().find(|(name, _)| *name == feature)?;
        spots.all.get(*at).map(|spot| spot.path.as_str())
    }
}

impl Extra {
    /// Whether search engines may show it: not what only serves other pages.
    pub fn is_indexed(&self) -> bool {
        !matches!(self, Extra::Outlet(of) if !of.is_listed())
    }

    /// Whether it is a page for readers that a sitemap may list.
    pub fn is_listed(&self) -> bool {
        match self {
            Extra::Agenda(_) => true,
            Extra::Timeline | Extra::Campaign(_) | Extra::CampaignYear { .. } => true,
            Extra::Calendar(_) | Extra::CampaignFeed { .. } | Extra::ColumnFeed { .. } => false,
            Extra::Figures(_) | Extra::Awards(_) => true,
            Extra::UnitList(of) => of.part == super::Part::Landing,
            Extra::Donors(page) => page.is_listed(),
            Extra::Column(page) => page.is_listed(),
            Extra::Outlet(page) => page.is_listed(),
            Extra::Yearly(page) => page.is_listed(),
        }
    }
}
