//! What pages of features show; see [`crate::plan::features`].
//!
//! Takes a page's [`Extra`]; gives its words for the head, and its context or
//! its bytes. A feature adds one arm to each function here, no more.

mod agenda;
mod awards;
mod books;
mod calendar;
mod campaign;
mod charts;
mod column;
mod donors;
mod figures;
mod grid;
mod occasions;
mod outlets;
mod parts;
mod scripts;
mod sums;
mod tiles;
mod timeline;
mod units;
mod yearly;

pub use awards::recipient;
pub use books::{Picture as BookPicture, url as book_url};
pub use calendar::{draft as calendar_draft, links as calendar_links};
pub use campaign::{banners, subject as campaign_subject};
pub use column::{latest as column_latest, subject as column_subject};
pub use outlets::{OutletFile, file as outlet_file, kit_url, notes, short_url, tags as hashtags};
pub use parts::{PartsView, parts};
pub use sums::{CitedView, cited};
pub use timeline::cited as milestones;
pub use units::{many, unit};
pub use yearly::file;

use jiff::civil::Date;

use super::cards::date_view;
use super::view::{DateView, NamedLink};
use super::{Context, Reads};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::link::{LangId, TermId, UNITS};
use crate::plan::features::column::{Column, ColumnFeed};
use crate::plan::{Extra, FeedOf, Page};

/// What the head, breadcrumbs and other pages say of a page.
pub struct Words {
    /// Class of the page in the theme: `timeline`.
    pub kind: &'static str,
    pub title: String,
    /// What breadcrumbs call it, if not by its title.
    pub short: Option<String>,
    /// May be empty.
    pub description: String,
    /// Pages above it, the highest first.
    pub above: Vec<Extra>,
}

pub fn words(extra: &Extra, reads: &Reads<'_>, lang: LangId) -> Words {
    match extra {
        Extra::Timeline => timeline::words(reads, lang),
        Extra::Agenda(of) => agenda::words(*of, reads, lang),
        Extra::Calendar(of) => calendar::words(*of, reads, lang),
        Extra::Column(of) => column::words(*of, reads, lang),
        Extra::ColumnFeed { .. } => column::words(Column::Main, reads, lang),
        Extra::Figures(year) => figures::words(*year, reads, lang),
        Extra::Donors(of) => donors::words(*of, reads, lang),
        Extra::Outlet(of) => outlets::words(*of, reads, lang),
        Extra::UnitList(of) => units::words(*of, reads, lang),
        Extra::Yearly(of) => yearly::words(*of, reads, lang),
        Extra::Awards(of) => awards::words(*of, reads, lang),
        Extra::Campaign(at) | Extra::CampaignFeed { campaign: at, .. } => {
            campaign::words(reads, *at, lang)
        }
        Extra::CampaignYear { campaign, year } => {
            campaign::year_words(reads, *campaign, *year, lang)
        }
    }
}

/// Inserts what the page shows; gives its template.
pub fn context<'a>(
    extra: &'a Extra,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    match extra {
        Extra::Timeline => timeline::context(page, reads, context),
        Extra::Column(of) => column::context(*of, page, reads, context),
        Extra::Figures(year) => figures::context(*year, page, reads, context),
        Extra::Donors(of) => donors::context(*of, page, reads, context),
        Extra::Outlet(of) => outlets::context(*of, page, reads, context),
        Extra::UnitList(of) => units::context(*of, page, reads, context),
        Extra::Yearly(of) => yearly::context(*of, page, reads, context),
        Extra::Awards(of) => awards::context(*of, page, reads, context),
        Extra::Agenda(of) => agenda::context(*of, page, reads, context),
        // No template writes a calendar or a feed.
        Extra::Calendar(_) | Extra::ColumnFeed { .. } => Ok("404.html".to_owned()),
        Extra::Campaign(at) | Extra::CampaignFeed { campaign: at, .. } => {
            campaign::archive(page, reads, *at, context)
        }
        Extra::CampaignYear { campaign, year } => {
            campaign::hub(page, reads, (*campaign, *year), context)
        }
    }
}

/// The feeds that a page offers, should it have some of its own.
pub fn feeds(extra: &Extra) -> Vec<FeedOf> {
    match extra {
        Extra::Campaign(at) | Extra::CampaignYear { campaign: at, .. } => {
            vec![FeedOf::Campaign(*at)]
        }
        Extra::Column(_) => {
            vec![FeedOf::Column(ColumnFeed::Each), FeedOf::Column(ColumnFeed::Weekly)]
        }
        Extra::Outlet(of) => outlets::feed(*of),
        Extra::Timeline
        | Extra::Agenda(_)
        | Extra::Calendar(_)
        | Extra::ColumnFeed { .. }
        | Extra::Figures(_)
        | Extra::Donors(_)
        | Extra::UnitList(_)
        | Extra::Yearly(_)
        | Extra::Awards(_)
        | Extra::CampaignFeed { .. } => Vec::new(),
    }
}

/// A day in the words of a language; `None` for one that no calendar holds.
fn day_view(reads: &Reads<'_>, day: Date, lang: LangId) -> Option<DateView> {
    let moment = Moment::midnight(day, &reads.site.config.timezone)?;
    Some(date_view(&reads.site.langs[lang].locale, &moment))
}

/// A unit and its page, if it has one.
fn unit_link(reads: &Reads<'_>, unit: TermId, lang: LangId) -> NamedLink {
    let term = &reads.site.taxonomies[UNITS].terms[unit];
    NamedLink {
        id: term.id.clone(),
        title: term.display(&reads.site.langs[lang].tag).to_owned(),
        url: reads.source().term_url(UNITS, unit, lang),
    }
}
