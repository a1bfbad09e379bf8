//! What a template sees: closed, typed views.
//!
//! A template is a function of these values and of nothing else: it can neither
//! query the site nor read a clock. Every page has `site` ([`SiteView`]), `t`
//! (the interface strings of its language, see `src/i18n/locales/vi.yaml`) and
//! `page` ([`PageView`]); what else there is depends on the template:
//!
//! | template | adds |
//! |---|---|
//! | `home.html` | `home` ([`HomeView`]), `lists` |
//! | `section.html` | `section` ([`ListView`]), `coming` and `past` (on a section of events that has some still to come), `lists` |
//! | `term.html` (topic, tag, unit, place, author, series ...) | `term` ([`TermView`]), `list` ([`ListView`]), `lists` |
//! | `programme.html` (a programme's first page, in themes that have it) | what `term.html` has, `programme` (`about`, `figures`, `works`), `blocks` (per kind: `title`, `total`, `items`) |
//! | `unit.html` (a unit, in themes that have it) | `term`, `unit` (units above, launches, contributions, those below compared), `blocks` (per kind: `title`, `total`, `url`, `items`), `coming`, `past`, `below` (lists of cards) |
//! | `awards.html` (the roll of awards, of a year or of all) | `awards` (`year`, `years`, `criteria`, `counts`, `levels` of `awards`) |
//! | `yearly.html` (the yearly report, of a year or of all) | `yearly` (`year`, `numbers`, `tables` of `heads`, `rows` and `total`, `line`, `years`, `files`, `links`), `reviews` (list of cards) |
//! | `terms.html` | `terms` ([`TermsView`]) |
//! | `archive.html` | `archive` ([`ArchiveView`]) |
//! | `month.html` (a year or a month) | `list` ([`ListView`]) |
//! | `entry.html`, `kinds/<kind>.html` | `entry` ([`EntryView`]), `previous`, `next` ([`CardView`] or none), `related` (list of cards), `follow_ups` (list of [`FollowUpView`] or none), `series` ([`SeriesView`] or none), `lists` |
//! | `withdrawn.html`, `404.html` | nothing |
//! | `redirect.html` | `target` (absolute URL) |
//!
//! Fields and variables that no template in use names are not made, nor fields of
//! a variable that none names behind its dot ([`crate::theme::Names`]); a template
//! that takes maps whole or hands them on gets them whole.
//! `lists` maps the names that `theme.yaml` declares to lists of cards.
//! URLs are ready to print: rebased paths (`/a/b/mo-hinh/`) except where the
//! field says absolute. Dates and numbers are printed in the page's language.

use std::sync::Arc;

use serde::Serialize;

use super::links::{SharedDate, SharedFeed, SharedLink, Tail};

/// The site in one language; shared by all of its pages.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    /// Language tag, for `<html lang>`.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The language that borrowed interface strings are in, if any
    /// (`t_lang` of a string that fell back): Tày pages say `vi` here.
    pub strings_lang: String,
    /// Home page of this language.
    pub url: String,
    /// Absolute URL of this language's home page.
    pub absolute_url: String,
    /// Path prefix of the whole site, `/` or `/a/b/`.
    pub root: String,
    pub languages: Vec<LanguageView>,
    pub owner: OwnerView,
    /// False: the footer says that this is not an official site.
    pub official: bool,
    /// Menu name to items.
    pub menus: std::collections::BTreeMap<String, Vec<MenuView>>,
    pub feeds: Vec<SharedFeed>,
    pub assets: AssetsView,
    /// Free settings of `site.yaml` under `theme:`.
    pub settings: serde_json::Value,
    /// Name of the column, empty if there is none.
    pub column: String,
    /// Generated lists that exist in this language: `topics`, `tags`, `units`,
    /// `places`, `authors`, `series`, `archive`.
    pub indexes: Vec<NamedLink>,
    /// Value of `<meta name="generator">`.
    pub generator: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct LanguageView {
    pub tag: String,
    pub name: String,
    /// Home page in that language.
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OwnerView {
    pub name: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    pub responsible: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct MenuView {
    pub title: String,
    pub url: String,
    /// Section folder or list name, to mark the current item: equal to
    /// [`PageView::menu`].
    pub id: String,
}

/// A campaign of `site.yaml` that is going on, or begins within a month.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignView {
    pub id: String,
    pub name: String,
    /// Its page of this year, or empty in a theme without one.
    pub url: String,
    /// Its first and last day this year.
    pub start: DateView,
    pub end: DateView,
    /// Number of the day of the build, from 1; 0 before it begins.
    pub day: i64,
    /// Days in all, both ends included.
    pub total: i64,
}

/// Assets with their content hash in the name.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AssetsView {
    /// The style sheet (all of `assets/css/*.css`, concatenated in name order).
    pub css: String,
    /// Module name to URL: `theme` -> `/assets/theme.1a2b3c4d5e.js`.
    pub js: std::collections::BTreeMap<String, String>,
    /// Other files of `assets/`, by their path: `icons/icon.svg`.
    pub files: std::collections::BTreeMap<String, String>,
    pub manifest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedLink {
    /// Id of what is linked: `giam-ngheo`; may be empty.
    pub id: String,
    pub title: String,
    /// Empty when there is no page to lead to.
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// `rss`, `atom`, `json` or, of a calendar, `ics`.
    pub format: String,
    /// `application/rss+xml` ...
    pub mime: String,
    pub title: String,
    pub url: String,
    pub absolute_url: String,
}

/// The page that is being written.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// `home`, `section`, `entry`, `terms`, `term`, `archive`, `month`,
    /// `series`, `withdrawn`, `not_found`, `redirect`, `short`.
    pub kind: String,
    /// For `<h1>`; the `<title>` is `title | site.title` except on the home page.
    pub title: String,
    pub description: String,
    pub url: String,
    /// Absolute; of a fallback page the original's URL.
    pub canonical: String,
    /// Other languages' versions and this one, absolute; with `x-default`.
    /// Empty when there is only this one.
    pub alternates: Vec<Alternate>,
    /// For the language switcher: every language, leading to the same page
    /// where it exists, else to that language's home page.
    pub switch: Vec<SwitchView>,
    pub noindex: bool,
    pub feeds: Vec<SharedFeed>,
    /// From the home page to the parent; the page itself is not in it.
    pub breadcrumbs: Vec<SharedLink>,
    /// Id of the menu item it belongs to, or empty.
    pub menu: String,
    /// Open Graph type: `website` or `article`.
    pub og_type: String,
    /// Absolute URL of a picture for sharing, or empty.
    pub og_image: String,
    pub og_image_alt: String,
    /// In pixels; 0 when unknown.
    pub og_image_width: u32,
    pub og_image_height: u32,
    /// JSON-LD blocks, serialized and safe inside `<script>`.
    pub jsonld: Vec<String>,
    /// Whether a code block on the page needs highlight colours.
    pub highlighted: bool,
    /// Whether what the page shows is invented.
    pub illustrative: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// Language tag or `x-default`.
    pub lang: String,
    pub url: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SwitchView {
    pub tag: String,
    pub name: String,
    pub url: String,
    pub current: bool,
    /// Leads to the same page in that language (else to the home page).
    pub same: bool,
}

/// A moment in the page's language.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// For `<time datetime>`: `2025-10-17` or `2025-10-17T08:30:00+07:00`.
    pub iso: String,
    /// `Thứ Hai, 17/10/2022, 08:30 (GMT+7)`; without a time of day no hour.
    pub full: String,
    /// `17/10/2022`
    pub short: String,
    /// `ngày 17 tháng 10 năm 2022`
    pub long: String,
    /// `08:30`, or empty.
    pub time: String,
    /// `2022`, `10`, `17`
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

/// A picture as it is published.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// The one that everything can show.
    pub url: String,
    pub absolute_url: String,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    /// `before` or `after` what was done there, or empty.
    pub stage: &'static str,
    /// In pixels; 0 when unknown.
    pub width: u32,
    pub height: u32,
    /// Of its `<img>`: they fill its room with its colour until it is there,
    /// and keep the point of its `focus` in sight.
    pub classes: String,
    /// Place of the theme (`content`, `cover`, `card`) to what is shown there;
    /// empty for what has one size only.
    pub sets: std::collections::BTreeMap<String, PictureSet>,
}

/// A picture in several sizes and formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureSet {
    /// `srcset` in AVIF; empty unless the site asks for it.
    pub avif: String,
    /// `srcset` in WebP.
    pub webp: String,
    /// `srcset` in a format that everything can show.
    pub srcset: String,
    pub sizes: String,
}

/// A place as the author wrote it.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// As written: `Hà Giang`.
    pub name: String,
    /// Name of the current unit when it was written by a former name, else empty.
    pub now: String,
    /// `Hà Giang (nay thuộc Tuyên Quang)` or the name.
    pub label: String,
    /// Page of the current place.
    pub url: String,
}

/// An entry in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Opaque, stable.
    pub id: Arc<str>,
    pub kind: &'static str,
    pub kind_label: String,
    /// `genre` in words, or empty.
    pub genre: String,
    pub title: Arc<str>,
    pub summary: Arc<str>,
    pub url: Tail,
    pub absolute_url: Arc<str>,
    /// Language of title and summary; differs from the page's in a fallback.
    pub lang: String,
    pub fallback: bool,
    pub section: SharedLink,
    /// None for an undated page.
    pub date: Option<SharedDate>,
    pub updated: Option<SharedDate>,
    pub places: Vec<PlaceView>,
    pub units: Vec<SharedLink>,
    pub topics: Vec<SharedLink>,
    pub cover: Option<Box<PictureView>>,
    pub featured: bool,
    pub illustrative: bool,
    pub ai: bool,
    /// Draft or not yet due, seen only in previews.
    pub draft: bool,
    /// Events: when and where.
    pub start: Option<SharedDate>,
    pub end: Option<SharedDate>,
    pub all_day: bool,
    /// Events: `scheduled`, `cancelled` ...; documents: `in_force` ...; or empty.
    pub status: String,
    pub status_label: String,
    pub place: String,
    /// First items of kind-specific fields, by key: `problem`, `number` ...
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// The entry before or after another in its section.
#[derive(Debug, Clone, Serialize)]
pub struct NeighbourView {
    pub id: Arc<str>,
    pub kind: &'static str,
    pub title: Arc<str>,
    pub url: Tail,
    /// Language of the title.
    pub lang: String,
}

impl NamedLink {
    pub fn of(card: &CardView) -> NamedLink {
        let (id, title) = (card.id.to_string(), card.title.to_string());
        NamedLink { id, title, url: card.url.to_string() }
    }
}

impl NeighbourView {
    pub fn of(card: &CardView) -> NeighbourView {
        NeighbourView {
            id: card.id.clone(),
            kind: card.kind,
            title: card.title.clone(),
            url: card.url.clone(),
            lang: card.lang.clone(),
        }
    }
}

/// An entry that another led to.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUpView {
    pub item: NeighbourView,
    pub kind_label: String,
    pub date: Option<SharedDate>,
    pub status: String,
    pub status_label: String,
}

/// An entry on its own page: these fields over those of its card, and with
/// them `body`, its HTML, safe to print ([`super::body::Filled`]).
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// The author's alone: what was cut from the body would stand above it a
    /// second time.
    pub summary: Arc<str>,
    pub headings: Vec<HeadingView>,
    pub words: usize,
    /// Whole minutes, at least 1.
    pub minutes: usize,
    pub authors: Vec<SharedLink>,
    pub source: Option<NamedLink>,
    pub tags: Vec<SharedLink>,
    pub areas: Vec<SharedLink>,
    pub audience: Vec<SharedLink>,
    pub programmes: Vec<SharedLink>,
    /// What stands above it: not a photo that the body shows anyway, unless it
    /// was named as the cover.
    pub cover: Option<PictureView>,
    pub photos: Vec<PictureView>,
    pub people: Vec<PersonView>,
    /// Published URL of the audio file, or empty.
    pub audio: String,
    /// What is heard there and whose work it is, or empty.
    pub audio_caption: String,
    pub audio_credit: String,
    /// What a machine made of it, in words, or empty.
    pub ai_note: String,
    /// The kind's own fields with labels, in order, those without a value left out.
    pub facts: Vec<FactView>,
    /// In a fallback: the language of the original and its page.
    pub original: Option<LanguageView>,
    /// Hashtags under which it is passed on, in a row, or empty.
    pub hashtags: String,
    /// Page of what helps to pass it on, or empty.
    pub kit: String,
    /// Absolute short address, or empty.
    pub short: String,
    /// `extra:` of the front matter.
    pub extra: serde_json::Value,
}

#[derive(Debug, Clone, Serialize)]
pub struct HeadingView {
    pub level: u8,
    pub id: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    pub name: String,
    pub born: String,
    pub role: String,
    pub home: String,
}

/// One value of a kind, ready to print.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactView {
    /// `steps`
    pub key: String,
    /// `Các bước`
    pub label: String,
    /// `text`, `texts`, `date`, `flag`, `number`, `money`, `choice`,
    /// `receipts`, `entries` or `files`.
    pub shape: String,
    /// Printed value; empty for lists.
    pub value: String,
    /// Of a `choice`: the word in the front matter, `online`; else empty.
    pub choice: String,
    /// Of `texts`.
    pub items: Vec<String>,
    /// Of `entries` and `files`.
    pub links: Vec<NamedLink>,
    pub date: Option<DateView>,
    /// Where a figure comes from, and its date, printed; or empty.
    pub source: String,
    pub as_of: String,
    /// Of `receipts`.
    pub receipts: Vec<ReceiptView>,
    /// Of what an appeal received: thousandths of its goal, at most 1000; 0
    /// without a goal.
    pub share: i64,
}

/// Something that came in for an appeal.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptView {
    pub date: DateView,
    /// Empty: not to be named.
    pub from: String,
    /// Printed in full; or empty.
    pub amount: String,
    /// Besides money; or empty.
    pub quantity: String,
    pub source: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct SeriesView {
    pub title: String,
    pub url: String,
    /// Number of this part, counted from 1.
    pub part: usize,
    pub total: usize,
    pub parts: Vec<SeriesPart>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SeriesPart {
    pub number: usize,
    pub title: String,
    pub url: String,
    pub current: bool,
}

/// A list of entries and its pages. The landing page holds the newest; numbered
/// pages count from the oldest, so that they stay as they are.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// Introduction in HTML; only on the landing page.
    pub intro: String,
    pub items: Vec<serde_json::Value>,
    /// Entries in the whole list; 0 on numbered pages, which stay as they are
    /// when entries are added.
    pub total: usize,
    /// None on the landing page.
    pub number: Option<usize>,
    /// The landing page.
    pub newest: String,
    /// Pages with newer and older entries; empty at the ends.
    pub newer: String,
    pub older: String,
    /// This numbered page and a few older ones, newest first.
    pub near: Vec<NamedLink>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// `topics`, `tags`, `areas`, `audience`, `programmes`, `units`, `places`,
    /// `authors`, `series`.
    pub taxonomy: String,
    pub taxonomy_label: String,
    pub taxonomy_url: String,
    pub id: String,
    pub name: String,
    pub description: String,
    /// Places: former names that now belong here. Units: former names.
    pub former: Vec<String>,
    /// Units and places: parent and children that have a page.
    pub parent: Option<NamedLink>,
    pub children: Vec<TermCount>,
    pub illustrative: bool,
    /// A series as a book for e-readers, or empty.
    pub book: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TermsView {
    pub taxonomy: String,
    /// In the language's alphabetical order; for units the tree, by group.
    pub groups: Vec<TermGroup>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TermGroup {
    /// Group heading, or empty.
    pub title: String,
    pub terms: Vec<TermCount>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TermCount {
    pub id: String,
    pub title: String,
    /// Empty when the term has no entries in this language.
    pub url: String,
    pub count: usize,
    /// Depth in a tree, 0 at the top.
    pub depth: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct ArchiveView {
    /// Newest first.
    pub years: Vec<ArchiveYear>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ArchiveYear {
    pub year: i16,
    pub url: String,
    pub count: usize,
    /// January first; months without entries are left out.
    pub months: Vec<ArchiveMonth>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ArchiveMonth {
    pub month: i8,
    /// `tháng 10 năm 2025`
    pub title: String,
    pub url: String,
    pub count: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// HTML of `content/_index.md`.
    pub intro: String,
    /// The newest featured entry, else the newest story.
    pub lead: Option<serde_json::Value>,
    /// The last seven days of the column, oldest first, ending with the day of
    /// the build (`page` reads the day).
    pub days: Vec<ColumnDay>,
    /// The newest entry's date.
    pub newest: Option<DateView>,
    pub campaigns: Vec<CampaignView>,
}

/// One day of the column: filled or not.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnDay {
    pub date: DateView,
    /// `T2` ... `CN`, short name of the weekday.
    pub weekday: String,
    pub title: String,
    /// Empty when nothing was published that day.
    pub url: String,
}

/// A table of `content/data/`, as the component `table` sees it.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl TableView {
    pub fn of(table: &crate::data::Table) -> TableView {
        let row = |row: &Vec<crate::data::Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        TableView { columns: table.columns.clone(), rows: table.rows.iter().map(row).collect() }
    }
}
