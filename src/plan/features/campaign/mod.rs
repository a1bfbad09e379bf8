//! Campaigns that come back every year: one page for all years of each, and
//! one for every year that has something to show.
//!
//! Takes `campaigns:` of `site.yaml` and the lists of the plan; gives
//! [`Campaigns`], made once, and the spots of pages and feeds.

pub mod edition;
mod gather;

use jiff::civil::Date;

pub use edition::{Edition, Phase};
pub(super) use gather::span;

use super::calendar::{self, Calendar};
use super::{Extra, Feature, Spot, unknown_names, unknown_page};
use crate::base::diag::Diagnostics;
use crate::config::Campaign;
use crate::emit::Class;
use crate::link::{EntryId, LangId, Site, TermId};
use crate::plan::{LangLists, Plan, feed_name, segments};

pub(super) const FEATURE: Feature =
    Feature { name: "campaigns", template: "campaign.html", leads: true, spots, check };

/// The campaigns of a site, in the order of `site.yaml`.
#[derive(Debug, Default)]
pub struct Campaigns(Vec<CampaignPlan>);

/// A campaign in all its years.
#[derive(Debug)]
pub struct CampaignPlan {
    /// Those with a page, by year.
    pub editions: Vec<EditionPlan>,
    /// The first that has not begun.
    pub next: Option<Edition>,
    /// Per language: the entries of all years, oldest first.
    pub feeds: Vec<Vec<EntryId>>,
}

/// A campaign in one year.
#[derive(Debug)]
pub struct EditionPlan {
    pub edition: Edition,
    /// On the day of the build.
    pub phase: Phase,
    /// Per language.
    pub langs: Vec<EditionLists>,
}

/// What happened, in one language.
#[derive(Debug, Default)]
pub struct EditionLists {
    /// With the day on which each stands, oldest first.
    pub entries: Vec<(Date, EntryId)>,
    /// Units that have opened the campaign, each once, in no order that matters.
    pub launches: Vec<Launched>,
}

/// A unit and its ceremony, or what tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Launched {
    pub unit: TermId,
    pub entry: EntryId,
    pub day: Date,
}

impl Campaigns {
    pub(in crate::plan) fn of(site: &Site, lists: &[LangLists], today: Date) -> Campaigns {
        Campaigns(gather::campaigns(site, lists, today))
    }

    pub fn get(&self, campaign: usize) -> Option<&CampaignPlan> {
        self.0.get(campaign)
    }

    pub fn edition(&self, campaign: usize, year: i16) -> Option<&EditionPlan> {
        self.0.get(campaign)?.editions.iter().find(|held| held.edition.year == year)
    }

    /// Campaigns that are going on or announced: index of each and its edition.
    pub fn near(&self, today: Date) -> impl Iterator<Item = (usize, &Edition)> {
        let all = self.0.iter().enumerate();
        let editions = all.flat_map(|(at, of)| of.editions.iter().map(move |held| (at, held)));
        editions.map(|(at, held)| (at, &held.edition)).filter(move |(_, held)| held.is_near(today))
    }

    /// The campaigns to which an entry belongs in a language.
    pub fn of_entry(&self, site: &Site, id: EntryId, lang: LangId) -> Vec<usize> {
        let Some((first, last)) = span(site, id) else { return Vec::new() };
        let has = |held: &EditionPlan| {
            let (from, to) = (held.edition.start, held.edition.end);
            let entries = held.langs.get(lang).map_or(&[][..], |of| &of.entries);
            // Sorted by the day on which each stands.
            let at = entries.partition_point(|(day, _)| *day < first.max(from));
            let of_day = entries.iter().skip(at).take_while(|(day, _)| *day == first.max(from));
            first <= to && last >= from && of_day.into_iter().any(|(_, other)| *other == id)
        };
        let of = self.0.iter().enumerate();
        of.filter(|(_, plan)| plan.editions.iter().any(has)).map(|(at, _)| at).collect()
    }

    /// The first day after `today` at whose midnight a page of theirs changes.
    pub(in crate::plan) fn next_change(&self, site: &Site, today: Date) -> Option<Date> {
        let years = [-1, 0, 1].map(|step| today.year().saturating_add(step));
        let phases = site.config.campaigns.iter().flat_map(|campaign| {
            years.iter().filter_map(|&year| Edition::of(campaign, year)?.next_change(today))
        });
        // A ceremony that is to come is one that has been.
        let editions = self.0.iter().flat_map(|of| &of.editions);
        let launches = editions.flat_map(|held| held.langs.iter().flat_map(|of| &of.launches));
        let held = launches.map(|launch| launch.day).filter(|day| *day > today);
        phases.chain(held).min()
    }
}

/// URL path of a campaign's page for all years: `thang-cao-diem/`.
pub fn base(site: &Site, campaign: &Campaign, lang: LangId) -> String {
    let tag = &site.langs[lang].tag;
    let segment = campaign.slug.exact(tag).unwrap_or(&campaign.id.value);
    format!("{}{segment}/", segments::home(site, lang))
}

fn spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (at, campaign) in site.config.campaigns.iter().enumerate() {
        let Some(held) = plan.campaigns.get(at) else { continue };
        let base = base(site, campaign, lang);
        let mut add = |extra, path, class| spots.push(Spot { extra, path, class });
        add(Extra::Campaign(at), base.clone(), Class::List);
        for edition in &held.editions {
            let year = edition.edition.year;
            let extra = Extra::CampaignYear { campaign: at, year };
            add(extra, format!("{base}{year:04}/"), Class::List);
            let lists = edition.langs.get(lang).map_or(&[][..], |lists| &lists.entries);
            let any = lists.iter().any(|(_, id)| calendar::is_event(site, *id));
            if any && site.config.feeds.calendars {
                let extra = Extra::Calendar(Calendar::Campaign(at, year));
                add(extra, format!("{base}{year:04}/calendar.ics"), Class::Feed);
            }
        }
        for &format in &site.config.feeds.formats {
            let extra = Extra::CampaignFeed { campaign: at, format };
            add(extra, format!("{base}{}", feed_name(format)), Class::Feed);
        }
    }
    spots
}

fn check(site: &Site, diags: &mut Diagnostics) {
    for campaign in &site.config.campaigns {
        unknown_names(site, &campaign.belongs.sections, &campaign.belongs.kinds, diags);
        let page = campaign.page.as_ref();
        diags.extend(page.and_then(|page| unknown_page(site, &site.config.path, page)));
    }
}
