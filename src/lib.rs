//! tintot: Markdown stories in, a whole multilingual site of good news out.
//!
//! # The map
//!
//! A build is one line of stages. Each takes immutable values and gives new
//! ones; none looks ahead, none reaches back.
//!
//! ```text
//! disk ─scan→ Tree ─parse→ Doc* ─link→ Site ─plan→ Plan ─render→ bytes* ─emit→ disk
//!      (I/O)        (∥)         (seq)       (seq)       (∥)             (I/O)
//! ```
//!
//! | module | takes → gives | never |
//! |---|---|---|
//! | [`base`] | diagnostics, hashes, paths, moments | knows a site |
//! | [`text`] | Vietnamese: folding, slugs, order, money, old encodings | knows a site |
//! | [`i18n`] | interface languages: strings, dates, numbers, plurals | knows a page |
//! | [`yaml`] | text → tree with places → typed values | knows a key by name |
//! | [`config`] | `site.yaml` → [`config::Config`] | reads the disk |
//! | [`disk`] | a folder, held open → what is below it, new files there; a file → its bytes | knows what they are for |
//! | [`scan`] | a folder → [`scan::Tree`] | reads contents unasked |
//! | [`parse`] | one Markdown file → [`parse::Doc`] | fails, or sees another file |
//! | [`data`] | `content/data/` → units, places, terms, tables | sees entries |
//! | [`picture`] | a picture → what of its bytes may be published, and its versions in several sizes | touches disk |
//! | [`card`] | words and a photo → the picture that networks show of a page | draws a letter that its fonts lack |
//! | [`cache`] | key → bytes that were dear to make | knows what they are |
//! | [`kinds`] | what makes a story, model, news, event, document, page | — |
//! | [`link`] | docs + data → [`link::Site`]: tables by id | knows the time or a template |
//! | [`lint`] | a text + a dictionary of slips → warnings | runs in a build, changes a text |
//! | [`theme`] | templates, assets, declared lists → [`theme::Theme`] | sees an entry |
//! | [`plan`] | site + theme + instant → [`plan::Plan`]: every page and what it reads | renders |
//! | [`report`] | site + plan + a span of days → tables of what was done | renders a page |
//! | [`mail`] | a letter's words and readers → a file that a mail program opens | sends it |
//! | [`render`] | a page + its reads → bytes | touches disk or clock |
//! | [`emit`] | bytes → output, safely | sees a site |
//! | [`driver`] | the order of stages; nearly all threads | — |
//! | [`serve`] | snapshots → pages over HTTP, live | sees a stage, writes a file |
//! | [`cli`] | arguments, printing, exit codes | — |
//!
//! # Words
//!
//! An *entry* is what an author wrote, in all its translations (*variants*); a
//! *page* is what a reader fetches. A *section* is a folder below `content/`, a
//! *taxonomy* a way of filing (topics, units, places ...) and a *term* one of
//! its drawers. These words are never mixed.
//!
//! # What holds everywhere
//!
//! - The output depends on sources, configuration, theme, program version and
//!   [`base::time::BuildTime`], and on nothing else. The same bytes come out at
//!   any thread count, in any folder, over any older output.
//! - A build over an older output is the same function as a first one: a page's
//!   key hashes exactly what the page is made from ([`render::Context`]), and
//!   the emitter keeps what has the same key.
//! - Mistakes of authors are [`base::diag::Diagnostic`]s, all collected, in two
//!   languages, made from a [`base::diag::Rule`] with a stable code. Mistakes of
//!   the machine are [`base::fault::Fault`]s.
//! - Templates see closed views ([`render::view`]); what lists they want is
//!   declared in `theme.yaml`, so that the plan knows every read.
//! - Nothing in the output changes before everything is rendered ([`emit`]).
//!
//! # Where to add
//!
//! - a kind of entry: one file in [`kinds`], one line in [`kinds::KINDS`], and
//!   `templates/kinds/<kind>.html` if it should look different;
//! - a feature with pages of its own: one file in [`plan::features`], one in
//!   `render/features`, one line in [`plan::features::FEATURES`], a template;
//! - an output format: one file in [`render`], one arm in its list of pages;
//! - a check: a rule with `rules!` and a function in the stage that can see it;
//! - an interface language: one YAML file beside `src/i18n/locales/vi.yaml`.

#[macro_use]
pub mod base;
pub mod cache;
pub mod card;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod data;
pub mod disk;
pub mod driver;
pub mod emit;
pub mod i18n;
pub mod kinds;
pub mod link;
pub mod lint;
pub mod mail;
pub mod parse;
pub mod picture;
pub mod plan;
pub mod render;
pub mod report;
pub mod scan;
pub mod serve;
pub mod text;
pub mod theme;
pub mod yaml;
