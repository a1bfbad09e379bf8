//! A campaign's pages: all its years, and the hub of one.
//!
//! Takes what the plan gathered; gives views. A page says absolute days; only
//! while a campaign lasts does it say the number of the day, as of the build.

mod hub;

use serde::Serialize;

use super::{Words, day_view};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::config::Campaign;
use crate::link::LangId;
use crate::plan::features::campaign::{Edition, EditionLists, EditionPlan, Phase, edition};
use crate::plan::{Extra, Page, features::campaign};
use crate::render::view::{DateView, NamedLink};
use crate::render::{Context, Reads};

pub(super) use hub::hub;

/// `campaign`: what both of its pages say.
#[derive(Debug, Serialize)]
struct CampaignPage {
    id: String,
    /// This year's, on a hub.
    name: String,
    slogan: String,
    hashtags: Vec<String>,
    /// The page of all years.
    url: String,
    /// The entry that explains it.
    about: Option<NamedLink>,
    /// The years with a page, newest first.
    years: Vec<YearView>,
    /// When it begins next, unless that year has a page.
    next: Option<DaysView>,
    /// Other campaigns that are going on or announced.
    others: Vec<NamedLink>,
}

/// A campaign's first and last day.
#[derive(Debug, Serialize)]
struct DaysView {
    start: DateView,
    end: DateView,
}

/// A year in the list of years.
#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    name: String,
    url: String,
    current: bool,
    phase: &'static str,
    days: DaysView,
    entries: usize,
    events: usize,
    launched: usize,
}

pub(super) fn words(reads: &Reads<'_>, at: usize, lang: LangId) -> Words {
    let (_, title, description) = subject(reads, at, lang);
    Words { kind: "campaign", title, short: None, description, above: Vec::new() }
}

pub(super) fn year_words(reads: &Reads<'_>, at: usize, year: i16, lang: LangId) -> Words {
    let (mut title, mut description) = (String::new(), String::new());
    if let Some(campaign) = reads.site.config.campaigns.get(at) {
        let name = name(reads, campaign, Some(year), lang);
        let values = [("name", name.as_str()), ("year", &year.to_string())];
        title = reads.site.langs[lang].locale.text("campaign_year", &values);
        description = slogan(reads, campaign, Some(year), lang);
    }
    let short = Some(year.to_string());
    Words { kind: "campaign", title, short, description, above: vec![Extra::Campaign(at)] }
}

/// Path of a campaign's page below the base, its name and its slogan.
pub fn subject(reads: &Reads<'_>, at: usize, lang: LangId) -> (String, String, String) {
    let Some(of) = reads.site.config.campaigns.get(at) else { return Default::default() };
    let base = campaign::base(reads.site, of, lang);
    (base, name(reads, of, None, lang), slogan(reads, of, None, lang))
}

fn name(reads: &Reads<'_>, campaign: &Campaign, year: Option<i16>, lang: LangId) -> String {
    let tag = &reads.site.langs[lang].tag;
    let own = year.and_then(|year| edition::own(campaign, year)?.name.get(tag));
    own.or(campaign.name.get(tag)).unwrap_or(&campaign.id.value).to_owned()
}

fn slogan(reads: &Reads<'_>, campaign: &Campaign, year: Option<i16>, lang: LangId) -> String {
    let tag = &reads.site.langs[lang].tag;
    let own = year.and_then(|year| edition::own(campaign, year)?.slogan.get(tag));
    own.or(campaign.slogan.get(tag)).unwrap_or_default().to_owned()
}

/// The page of all years.
pub(super) fn archive<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    at: usize,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    context.view("campaign", shared(reads, at, None, page.lang));
    context.insert("hub", crate::render::context::Nothing);
    Ok("campaign.html".to_owned())
}

fn shared(reads: &Reads<'_>, at: usize, year: Option<i16>, lang: LangId) -> Option<CampaignPage> {
    let site = reads.site;
    let of = site.config.campaigns.get(at)?;
    let held = reads.plan.campaigns.get(at)?;
    let years = held.editions.iter().rev();
    let next = held.next.filter(|next| held.editions.iter().all(|had| had.edition != *next));
    let about = of.page.as_ref().and_then(|page| site.by_key.get(page.value.as_str()));
    let about =
        about.and_then(|&entry| reads.card(entry, lang)).map(|card| NamedLink::of(&card.view));
    let near = reads.plan.campaigns.near(reads.plan.today).filter(|(other, _)| *other != at);
    Some(CampaignPage {
        id: of.id.value.clone(),
        name: name(reads, of, year, lang),
        slogan: slogan(reads, of, year, lang),
        hashtags: of.hashtags.clone(),
        url: reads.url(reads.plan.extra(&Extra::Campaign(at), lang).unwrap_or_default()),
        about,
        years: years.filter_map(|held| year_view(reads, (at, held), year, lang)).collect(),
        next: next.and_then(|next| days_view(reads, &next, lang)),
        others: near.filter_map(|(other, next)| link(reads, other, next, lang)).collect(),
    })
}

fn year_view(
    reads: &Reads<'_>,
    (at, held): (usize, &EditionPlan),
    current: Option<i16>,
    lang: LangId,
) -> Option<YearView> {
    let edition = &held.edition;
    let of = reads.site.config.campaigns.get(at)?;
    let lists = held.langs.get(lang)?;
    let event = |id: usize| reads.site.entries[id].start.is_some();
    Some(YearView {
        year: edition.year,
        name: name(reads, of, Some(edition.year), lang),
        url: year_url(reads, at, edition.year, lang),
        current: current == Some(edition.year),
        phase: phase(held.phase),
        days: days_view(reads, edition, lang)?,
        entries: lists.entries.len(),
        events: lists.entries.iter().filter(|(_, id)| event(*id)).count(),
        launched: opened(reads, lists),
    })
}

/// How many units have opened the campaign by the day of the build.
fn opened(reads: &Reads<'_>, lists: &EditionLists) -> usize {
    lists.launches.iter().filter(|launch| launch.day <= reads.plan.today).count()
}

fn days_view(reads: &Reads<'_>, edition: &Edition, lang: LangId) -> Option<DaysView> {
    let day = |of| day_view(reads, of, lang);
    Some(DaysView { start: day(edition.start)?, end: day(edition.end)? })
}

fn midnight(reads: &Reads<'_>, day: jiff::civil::Date) -> Option<Moment> {
    Moment::midnight(day, &reads.site.config.timezone)
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Upcoming(_) => "upcoming",
        Phase::Running(_) => "running",
        Phase::Over => "over",
    }
}

/// A campaign's hub by its name.
fn link(reads: &Reads<'_>, at: usize, edition: &Edition, lang: LangId) -> Option<NamedLink> {
    let of = reads.site.config.campaigns.get(at)?;
    Some(NamedLink {
        id: of.id.value.clone(),
        title: name(reads, of, Some(edition.year), lang),
        url: year_url(reads, at, edition.year, lang),
    })
}

/// A campaign's year by its name: `Tháng cao điểm, năm 2026`.
pub(super) fn opening(reads: &Reads<'_>, at: usize, year: i16, lang: LangId) -> Option<NamedLink> {
    let id = reads.site.config.campaigns.get(at)?.id.value.clone();
    let title = year_words(reads, at, year, lang).title;
    Some(NamedLink { id, title, url: year_url(reads, at, year, lang) })
}

fn year_url(reads: &Reads<'_>, at: usize, year: i16, lang: LangId) -> String {
    let path = reads.plan.extra(&Extra::CampaignYear { campaign: at, year }, lang);
    path.map(|path| reads.url(path)).unwrap_or_default()
}

/// The campaigns that are going on or announced, for the home page.
pub fn banners(reads: &Reads<'_>, lang: LangId) -> Vec<crate::render::view::CampaignView> {
    let near = reads.plan.campaigns.near(reads.plan.today);
    near.filter_map(|(at, edition)| {
        let NamedLink { id, title: name, url } = link(reads, at, edition, lang)?;
        let DaysView { start, end } = days_view(reads, edition, lang)?;
        let day = match edition.phase(reads.plan.today) {
            Phase::Running(day) => day,
            _ => 0,
        };
        let total = edition.total();
        Some(crate::render::view::CampaignView { id, name, url, start, end, day, total })
    })
    .collect()
}
