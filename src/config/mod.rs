//! `site.yaml` as a validated value.
//!
//! Takes the file's text, gives a [`Config`] and diagnostics; never reads the
//! disk, the clock or the environment. A key that is missing has its default;
//! an unknown one is an error that names the nearest.

mod campaigns;
mod languages;
mod menus;
mod outlets;
mod read;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::diag::Severity;
use crate::yaml::{Node, Spanned};

pub use crate::yaml::Texts;
pub use campaigns::{Belongs, Campaign, CampaignYear, Launch, YearDay, day_in, parse_year_day};
pub use outlets::{Embed, Outlets, Press};
pub use read::{default_timezone, read};
pub use rules::RULES;

/// What `paths` may rename: the generated pages' first path segments.
pub const PATHS: &[&str] = &[
    "topics",
    "tags",
    "areas",
    "audience",
    "programmes",
    "places",
    "units",
    "authors",
    "series",
    "archive",
    "timeline",
    "below",
    "column",
    "weekly",
    "calendar",
    "figures",
    "donors",
    "yearly_report",
    "awards",
    "press",
    "kit",
    "embed",
    "print",
    "page",
];

#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Path of the file from the root: `site.yaml`.
    pub path: Arc<str>,
    pub title: Texts,
    pub description: Texts,
    pub base_url: BaseUrl,
    /// `base_url` as the file has it: ids of feeds are made from it, wherever
    /// the site is published.
    pub identity: BaseUrl,
    pub timezone: jiff::tz::TimeZone,
    /// The first is the default; never empty.
    pub languages: Vec<Language>,
    /// Name of the folder in `themes/`, or the built-in `default`.
    pub theme: Spanned<String>,
    /// Free settings handed to the theme: colours, logo, switches.
    pub theme_settings: Option<Node>,
    pub owner: Owner,
    /// False puts "not an official site" into the footer.
    pub official: bool,
    /// Menu name to its items: `main`, `footer`.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    pub feeds: Feeds,
    /// Entries per numbered page; 20 by default.
    pub pagination: usize,
    /// Whether there are lists by year and month.
    pub archive: bool,
    pub fallback: Fallback,
    pub column: Option<Column>,
    pub campaigns: Vec<Campaign>,
    /// Whether each year has a page with what it came to; not by default.
    pub yearly_report: bool,
    pub outlets: Outlets,
    /// Rule code to severity; `None` turns the rule off.
    pub checks: BTreeMap<String, Option<Severity>>,
    /// Whether pages may be indexed at all.
    pub indexed: bool,
    /// Path segments per language for generated pages: `tags` -> `the`.
    pub paths: BTreeMap<String, Texts>,
    /// Date patterns of a site's own: style (`full`, `day`, `short` ...) to
    /// pattern per language, as in the interface files.
    pub dates: BTreeMap<String, Texts>,
    /// Pictures with more pixels are not decoded; 64 million by default.
    pub max_pixels: u64,
    /// Where the site asks for photos in AVIF too.
    pub avif: Option<Range<usize>>,
    /// How many of the newest entries of a language have a card of their own
    /// to be shared; none by default, and then no other page has one either.
    pub cards: usize,
}

/// `https://tintot.example/a/b/`, split.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    /// Scheme and host without a trailing slash: `https://tintot.example`.
    pub origin: String,
    /// The path with a slash at both ends: `/` or `/a/b/`.
    pub path: String,
}

impl BaseUrl {
    /// `None` unless it is an absolute http(s) URL without query or fragment.
    pub fn parse(text: &str) -> Option<BaseUrl> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let scheme = &text[..text.len() - rest.len()];
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let bad = |c: char| c.is_whitespace() || c.is_control() || "?#\\\"<>@".contains(c);
        if host.is_empty() || host.contains(bad) || path.contains(bad) || path.contains("//") {
            return None;
        }
        let path = path.trim_matches('/');
        if path.split('/').any(|part| part == "." || part == "..") {
            return None;
        }
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        Some(BaseUrl { origin: format!("{scheme}{}", host.to_lowercase()), path })
    }

    /// The URL of a path below the base (encoded, no leading slash) on its host:
    /// `/a/b/mo-hinh/`.
    pub fn rooted(&self, url: &str) -> String {
        [&self.path, url].concat()
    }

    /// The absolute URL of a path below the base (no leading slash).
    pub fn absolute(&self, url: &str) -> String {
        [&self.origin, &self.path, url].concat()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language {
    pub tag: String,
    /// In the language itself: `Tiếng Việt`.
    pub name: String,
    /// The language whose dates, numbers and sorting it borrows.
    pub data_locale: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Owner {
    pub name: Texts,
    pub address: Texts,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Who answers for the content.
    pub responsible: Texts,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MenuItem {
    pub target: Spanned<MenuTarget>,
    /// Replaces the target's own title.
    pub title: Texts,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MenuTarget {
    /// A folder below `content/`.
    Section(String),
    /// An entry's key: `gioi-thieu/ve-trang-nay`.
    Page(String),
    /// A generated list: `units`, `places`, `topics`, `archive`, `series` ...
    List(String),
    Url(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    Rss,
    Atom,
    Json,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feeds {
    /// Of the site and of every section.
    pub formats: Vec<FeedFormat>,
    /// Of terms and places.
    pub term_formats: Vec<FeedFormat>,
    /// A term has a feed from this many entries up.
    pub term_minimum: usize,
    /// Whether events have calendar files.
    pub calendars: bool,
    /// Newest entries per feed.
    pub limit: usize,
}

/// What a language shows where it has no translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fallback {
    Hide,
    Show,
}

/// The column: what fills the day's and the week's slot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    pub name: Texts,
    /// As written, `#TinTot`.
    pub hashtags: Vec<String>,
    pub daily: Option<Filling>,
    pub weekly: Option<Filling>,
}

/// Which entries fill a slot: those that each list that is not empty lets in.
/// One of the two is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filling {
    /// Folders below `content/`, with those below them.
    pub sections: Vec<Spanned<String>>,
    pub kinds: Vec<Spanned<String>>,
}
