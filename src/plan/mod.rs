//! Which pages there are at a given moment, and what each of them shows.
//!
//! Takes the linked site, the theme's declarations and the instant of the
//! build; gives every output path with the ids of what it is made from. Never
//! renders, never touches the disk; the clock enters as [`Options::at`] only.

pub mod awards;
pub mod cards;
pub mod column;
pub mod features;
pub mod gifts;
mod lists;
mod pages;
mod pictures;
mod related;
mod rules;
pub mod shorts;
pub mod tally;
mod targets;
pub mod terms;
pub mod units;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::base::diag::Diagnostics;
use crate::base::path::OutputPath;
use crate::base::time::{BuildTime, Moment};
use crate::config::FeedFormat;
use crate::emit::Class;
use crate::link::{EntryId, LangId, MediaTarget, SectionId, Site, TermId};
use crate::picture::Recipe;
use crate::theme::{Order, Theme};
use column::Slot;
use features::column::ColumnFeed;

pub use crate::card::SIZE as CARD_SIZE;
pub use cards::{Card, CardOf, Cards, words as card_words};
pub use features::Extra;
pub use lists::{LangLists, Numbered, is_coming, numbered};
pub use pages::{in_sitemap, segments, sitemap_limit, sitemap_path};
pub use pictures::{Pictures, Versions};
pub use rules::RULES;
pub use targets::{pictures_in, site_path};

/// How a build looks at time and at what is not finished.
#[derive(Debug, Clone)]
pub struct Options {
    pub at: BuildTime,
    /// Show drafts.
    pub drafts: bool,
    /// Show what is not yet due.
    pub future: bool,
    /// Entries to leave out because their files have errors.
    pub quarantine: Vec<EntryId>,
}

/// A news sitemap holds articles for this long.
pub const NEWS_SECONDS: i64 = 48 * 60 * 60;

/// Whether an entry is there at the instant of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum State {
    Live,
    Draft,
    Future,
    Expired,
    Withdrawn,
    Quarantined,
}

/// Every page of the output, and the tables that they are made from.
pub struct Plan {
    /// Sorted by path, each path once.
    pub pages: Vec<Page>,
    /// Per entry.
    pub states: Vec<State>,
    /// Per language.
    pub lists: Vec<LangLists>,
    /// Per language: the lists that the theme declares, newest first.
    pub theme_lists: Vec<BTreeMap<String, Vec<EntryId>>>,
    /// Per language and entry.
    pub neighbours: Vec<Vec<Neighbours>>,
    /// The day of the build in the site's time zone.
    pub today: Date,
    pub at: BuildTime,
    /// Per language: the column's slots that are filled.
    pub columns: Vec<column::Filled>,
    /// Per language: the months of the calendar.
    pub agendas: Vec<features::agenda::Agenda>,
    /// What the campaigns of `site.yaml` have come to.
    pub campaigns: features::campaign::Campaigns,
    /// Contributions, their totals and the figures to cite.
    pub gifts: gifts::Gifts,
    /// What units have.
    pub units: units::Units,
    /// Awards by year.
    pub awards: awards::Awards,
    /// What each year came to, for its page.
    pub years: tally::Years,
    /// Per language: the pages of features.
    pub extras: Vec<features::Spots>,
    /// Which pictures are made in which sizes.
    pub pictures: Pictures,
    /// Which pages are shared with a card.
    pub cards: Cards,
    /// When the next entry appears or expires.
    pub next_flip: Option<Moment>,
}

/// What stands around an entry on its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Published just before and after it in its section.
    pub previous: Option<EntryId>,
    pub next: Option<EntryId>,
    /// Published before it, at the same place, unit or topic; best first.
    pub related: Vec<EntryId>,
    /// Appeals, awards and the like that name it as their cause; newest first.
    pub follow_ups: Vec<EntryId>,
}

/// One file of the output.
#[derive(Debug, Clone)]
pub struct Page {
    pub path: OutputPath,
    pub class: Class,
    pub lang: LangId,
    pub what: What,
    /// The source file that asked for it, for messages.
    pub origin: Option<Arc<str>>,
}

/// What a page is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Home,
    Section {
        section: SectionId,
        part: Part,
    },
    Entry(EntryId),
    Terms {
        taxonomy: usize,
    },
    Term {
        taxonomy: usize,
        term: TermId,
        part: Part,
    },
    Archive,
    Extra(Extra),
    Year {
        year: i16,
        part: Part,
    },
    Month {
        year: i16,
        month: i8,
        part: Part,
    },
    Withdrawn(EntryId),
    NotFound,
    /// To a path below the base.
    Redirect {
        to: String,
    },
    /// From a short address to an entry.
    Short(EntryId),
    Feed {
        of: FeedOf,
        format: FeedFormat,
    },
    FeedStyle,
    FeedCss,
    SitemapIndex,
    /// One language's sitemap; the number counts from 0.
    Sitemap {
        number: usize,
    },
    NewsSitemap,
    Robots,
    WebManifest,
    Redirects,
    Headers,
    /// A file of the theme, by its published name.
    ThemeAsset(String),
    /// Index into [`Site::media`].
    Media(MediaTarget),
    /// A version of a picture, made from one of [`Site::media`].
    Picture {
        media: MediaTarget,
        recipe: Recipe,
    },
    /// What pages are shared with.
    Card(CardOf),
    /// A file below `static/`, by its path from the root.
    Static(Arc<str>),
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The newest, at the list's own address.
    Landing,
    /// Counted from 1 at the oldest.
    Number(usize),
}

/// Whose entries a feed carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOf {
    Site,
    Section(SectionId),
    Term(usize, TermId),
    /// A campaign in all its years, by its place in `site.yaml`.
    Campaign(usize),
    /// The column; a weekly digest is of weeks and has no entries of its own.
    Column(features::column::ColumnFeed),
}

impl Plan {
    /// The entries that a feed is of, the oldest first.
    pub fn feed(&self, of: FeedOf, lang: LangId) -> &[EntryId] {
        let lists = &self.lists[lang];
        match of {
            FeedOf::Site => &lists.all,
            FeedOf::Section(id) => &lists.sections[id],
            FeedOf::Term(taxonomy, term) => &lists.terms[taxonomy][term],
            FeedOf::Column(ColumnFeed::Each) => {
                self.columns.get(lang).map_or(&[][..], |filled| &filled.all)
            }
            FeedOf::Column(ColumnFeed::Weekly) => &[],
            FeedOf::Campaign(at) => {
                let feeds = self.campaigns.get(at).map(|held| &held.feeds);
                feeds.and_then(|feeds| feeds.get(lang)).map_or(&[][..], Vec::as_slice)
            }
        }
    }
}

/// The last part of a feed's path.
pub fn feed_name(format: FeedFormat) -> &'static str {
    match format {
        FeedFormat::Rss => "rss.xml",
        FeedFormat::Atom => "atom.xml",
        FeedFormat::Json => "feed.json",
    }
}

/// Decides on every page.
///
/// `statics` are the files below `static/`, by path from the root.
pub fn plan(
    site: &Site,
    theme: &Theme,
    statics: &[Arc<str>],
    options: &Options,
) -> (Plan, Diagnostics) {
    let mut diags = Vec::new();
    let states: Vec<State> = (0..site.entries.len()).map(|id| state(site, id, options)).collect();
    let today = options.at.0.to_zoned_datetime(site.config.timezone.clone()).date();
    let langs = (0..site.langs.len()).into_par_iter();
    let lists: Vec<LangLists> =
        langs.map(|lang| lists::lists(site, &states, lang, options.drafts)).collect();
    let theme_lists = lists::theme_lists(site, theme, &lists, options.at);
    let shows = theme.shows_related;
    let neighbours =
        lists.par_iter().map(|lists| related::neighbours(site, lists, shows)).collect();
    let columns = lists.iter().map(|lists| column::filled(site, lists)).collect();
    let agendas = lists.iter().map(|lists| features::agenda::Agenda::of(site, lists)).collect();
    let campaigns = features::campaign::Campaigns::of(site, &lists, today);
    let gifts = gifts::Gifts::of(site, &mut diags);
    let awards = awards::Awards::of(site, &lists);
    let units = units::Units::of(site, theme, (&lists, &campaigns), (&gifts, &awards));
    let mut plan = Plan {
        pages: Vec::new(),
        next_flip: next_flip(site, options.at, &campaigns),
        agendas,
        campaigns,
        states,
        lists,
        theme_lists,
        neighbours,
        columns,
        gifts,
        units,
        awards,
        years: tally::Years::default(),
        extras: Vec::new(),
        pictures: Pictures::default(),
        cards: Cards::default(),
        today,
        at: options.at,
    };
    plan.years = tally::Years::of(site, &plan);
    let extras = |lang| features::spots(site, theme, &plan, lang);
    plan.extras = (0..site.langs.len()).map(extras).collect();
    plan.cards = Cards::of(site, theme, &plan.lists, &mut diags);
    plan.pictures = Pictures::of(site, theme, &plan);
    pictures::check(site, &mut diags);
    plan.pages = pages::pages(site, theme, &plan, statics, &mut diags);
    targets::check(site, theme, &plan, &mut diags);
    (plan, diags)
}

/// In order of what matters most: what was taken back stays away whatever
/// else is asked for.
fn state(site: &Site, id: EntryId, options: &Options) -> State {
    let entry = &site.entries[id];
    let now = options.at.0;
    if entry.withdrawn {
        State::Withdrawn
    } else if options.quarantine.contains(&id) {
        State::Quarantined
    } else if entry.draft && !options.drafts {
        State::Draft
    } else if entry.expires.as_deref().is_some_and(|moment| moment.instant <= now) {
        State::Expired
    } else if entry.date.as_ref().is_some_and(|moment| moment.instant > now) && !options.future {
        State::Future
    } else {
        State::Live
    }
}

/// The next instant at which an entry appears or disappears, an event is over,
/// a campaign or the state of an entry changes, or (where the column shows the
/// last days) a day begins.
fn next_flip(
    site: &Site,
    at: BuildTime,
    campaigns: &features::campaign::Campaigns,
) -> Option<Moment> {
    let zone = &site.config.timezone;
    let shown = site.entries.iter().filter(|entry| !entry.draft && !entry.withdrawn);
    let instants = shown.flat_map(|entry| {
        // An event is over one second after the last instant of its end.
        let end = entry.end.as_deref().or(entry.start.as_deref()).map(Moment::after);
        let instant = |moment: &Moment| moment.instant;
        let turns = entry.variants.iter().flatten().flat_map(|own| entry.kind.turns(&own.fields));
        [entry.date.as_ref().map(instant), entry.expires.as_deref().map(instant), end]
            .into_iter()
            .chain(turns.map(Some))
    });
    let today = at.0.to_zoned_datetime(zone.clone()).date();
    // The home page shows the last days, the digest the weeks that are over.
    let column = site.config.column.as_ref();
    let by_day = column.is_some_and(|column| column.daily.is_some());
    let tomorrow = by_day.then(|| today.tomorrow().ok()).flatten();
    let monday = column.and_then(|_| column::later(Slot::Week.of(today), Slot::Week.days()));
    let days = [tomorrow, monday, campaigns.next_change(site, today)].into_iter().flatten();
    let midnights = days.filter_map(|day| Moment::midnight(day, zone));
    let midnights = midnights.map(|moment| Some(moment.instant));
    let instants = instants.chain(midnights).flatten();
    let next = instants.filter(|instant| *instant > at.0).min()?;
    Some(Moment::of(&next.to_zoned_datetime(zone.clone()), true))
}

impl Plan {
    /// Whether an entry has a page in a language.
    pub fn has_page(&self, entry: EntryId, lang: LangId) -> bool {
        self.lists.get(lang).is_some_and(|lists| lists.member.get(entry).copied().unwrap_or(false))
    }

    /// The second since 1970 from which on a build of the same sources may
    /// differ: the next flip, or an article leaving the news of two days.
    pub fn stale_at(&self, site: &Site) -> Option<i64> {
        let now = self.at.0.as_second();
        let dates = site.entries.iter().filter_map(|entry| entry.date.as_ref());
        let leaving = dates.map(|date| date.instant.as_second() + NEWS_SECONDS);
        let leaving = leaving.filter(|second| *second >= now).min();
        let flip = self.next_flip.as_ref().map(|flip| flip.instant.as_second());
        flip.into_iter().chain(leaving).min()
    }

    /// Whether another title or summary of an entry changes no page's path, no
    /// list and no order: it is dated, no card is named after its words, and the
    /// theme sorts nothing by titles.
    pub fn keeps_pages(&self, theme: &Theme, site: &Site, entry: EntryId) -> bool {
        let drawn = |lists| cards::newest(site, lists).any(|id| id == entry);
        site.entries.get(entry).is_some_and(|entry| entry.date.is_some())
            && !(theme.cards.is_some() && self.lists.iter().any(drawn))
            && !theme.lists.values().any(|list| list.order == Order::Title)
    }

    /// The page at a path of the output.
    pub fn page(&self, path: &str) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()?;
        self.pages.get(at)
    }

    /// Whether a path is part of the output.
    pub fn exists(&self, path: &str) -> bool {
        self.page(path).is_some()
    }

    /// Whether a path is the notice of an entry that was withdrawn.
    pub fn is_notice(&self, path: &str) -> bool {
        self.page(path).is_some_and(|page| matches!(page.what, What::Withdrawn(_)))
    }
}
