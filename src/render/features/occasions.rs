//! Festivals, anniversaries and deadlines: as pages show them, and as events
//! of a calendar to subscribe to.

use jiff::civil::Date;
use serde::Serialize;

use super::day_view;
use crate::base::time::Moment;
use crate::data::{Occasion, OccasionDays};
use crate::link::LangId;
use crate::plan::features::agenda::{Occurrence, occasions};
use crate::render::view::DateView;
use crate::render::{Reads, feeds, ics};

/// An occasion on a page.
#[derive(Debug, Serialize)]
pub struct OccasionView {
    pub id: String,
    /// `deadline`, `festival` or `anniversary`, and that in words.
    pub sort: &'static str,
    pub label: String,
    pub name: String,
    text: String,
    /// In one year: its days. On the main page: `9/12`, if it is every year.
    start: Option<DateView>,
    end: Option<DateView>,
    yearly: String,
    /// On the main page: its days, year by year.
    days: Vec<DaysView>,
    places: String,
    people: String,
    source: String,
    source_url: String,
    /// `Nhắc trước 14 và 3 ngày`, or empty.
    warn: String,
    /// Page that tells of it, or empty.
    pub url: String,
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct DaysView {
    start: DateView,
    /// None where it is one day.
    end: Option<DateView>,
}

/// An occasion in one year.
pub fn in_year(of: &Occurrence<'_>, reads: &Reads<'_>, lang: LangId) -> OccasionView {
    let mut view = view(of.occasion, reads, lang);
    view.start = day_view(reads, of.first, lang);
    view.end = if of.last > of.first { day_view(reads, of.last, lang) } else { None };
    view
}

/// An occasion in all its years.
pub fn in_all_years(occasion: &Occasion, reads: &Reads<'_>, lang: LangId) -> OccasionView {
    let mut view = view(occasion, reads, lang);
    match &occasion.days {
        OccasionDays::Yearly { day: (month, day), .. } => view.yearly = format!("{day}/{month}"),
        OccasionDays::Given(days) => {
            let days = days.iter().filter_map(|&(first, last)| {
                let end = if last > first { day_view(reads, last, lang) } else { None };
                Some(DaysView { start: day_view(reads, first, lang)?, end })
            });
            view.days = days.collect();
        }
    }
    view
}

fn view(occasion: &Occasion, reads: &Reads<'_>, lang: LangId) -> OccasionView {
    let language = &reads.site.langs[lang];
    let (locale, tag) = (&language.locale, &language.tag);
    let text = |texts: &crate::config::Texts| texts.get(tag).unwrap_or_default().to_owned();
    let sort = occasion.sort.name();
    let warn: Vec<String> = occasion.warn.iter().map(i64::to_string).collect();
    let warn: Vec<&str> = warn.iter().map(String::as_str).collect();
    OccasionView {
        id: occasion.id.value.clone(),
        sort,
        label: locale.string(&format!("occasion_{sort}")).to_owned(),
        name: text(&occasion.name),
        text: text(&occasion.text),
        start: None,
        end: None,
        yearly: String::new(),
        days: Vec::new(),
        places: text(&occasion.places),
        people: text(&occasion.people),
        source: occasion.source.as_ref().map_or_else(String::new, |source| source.value.clone()),
        source_url: occasion.source_url.clone().unwrap_or_default(),
        warn: match warn.is_empty() {
            true => String::new(),
            false => locale.text("occasion_warn", &[("days", &locale.list(&warn))]),
        },
        url: path(occasion, reads, lang).map(|path| reads.url(&path)).unwrap_or_default(),
        illustrative: occasion.illustrative,
    }
}

/// Path of the page that tells of an occasion.
fn path(occasion: &Occasion, reads: &Reads<'_>, lang: LangId) -> Option<String> {
    let entry = *reads.site.by_key.get(occasion.page.as_ref()?.value.as_str())?;
    let shown = reads.plan.has_page(entry, lang);
    shown.then(|| reads.site.entry_path(entry, lang)).flatten()
}

/// The occasions as events: one for each year that is given, or one that comes
/// back every year.
pub fn events<'a>(reads: &'a Reads<'a>, lang: LangId) -> Vec<ics::Event<'a>> {
    let mut events: Vec<ics::Event<'a>> = Vec::new();
    for occasion in occasions(reads.site) {
        match &occasion.days {
            OccasionDays::Given(days) => {
                let of_year = |&(first, last): &(Date, Date)| {
                    event(occasion, reads, lang, (first, last), &format!("-{}", first.year()))
                };
                events.extend(days.iter().filter_map(of_year));
            }
            OccasionDays::Yearly { day: (month, day), from, until } => {
                let Some((first, _)) = occasion.in_year(*from) else { continue };
                let last = until.and_then(|until| Some(occasion.in_year(until)?.0));
                let single = event(occasion, reads, lang, (first, first), "");
                // Not every year has a 29th of February.
                let day = if (*month, *day) == (2, 29) { -1 } else { *day };
                let yearly = Some(ics::Yearly { month: *month, day, until: last });
                events.extend(single.map(|event| ics::Event { yearly, ..event }));
            }
        }
    }
    events.sort_by(|a, b| (a.start.instant, &a.uid).cmp(&(b.start.instant, &b.uid)));
    events
}

fn event<'a>(
    occasion: &'a Occasion,
    reads: &'a Reads<'a>,
    lang: LangId,
    (first, last): (Date, Date),
    suffix: &str,
) -> Option<ics::Event<'a>> {
    let language = &reads.site.langs[lang];
    let (locale, tag) = (&language.locale, language.tag.as_str());
    let zone = &reads.site.config.timezone;
    let text = |texts: &'a crate::config::Texts| texts.get(tag).unwrap_or_default();
    // Known since the year began, unless its author says when it was put right.
    let created = Moment::midnight(first.first_of_year(), zone)?;
    let mut description = text(&occasion.text).to_owned();
    if occasion.illustrative {
        description = format!("({}) {description}", locale.string("illustrative_label"));
    }
    Some(ics::Event {
        uid: format!("calendar-{}{suffix}@{}", occasion.id.value, feeds::host(reads)),
        updated: occasion.updated.clone().unwrap_or_else(|| created.clone()).max(created.clone()),
        created,
        summary: text(&occasion.name),
        description: description.trim().to_owned(),
        location: text(&occasion.places),
        url: "",
        lang: tag,
        categories: vec![locale.string(match occasion.sort.name() {
            "deadline" => "occasion_deadline",
            "anniversary" => "occasion_anniversary",
            _ => "occasion_festival",
        })],
        start: Moment::midnight(first, zone)?,
        end: Moment::midnight(last, zone),
        all_day: true,
        status: "",
        yearly: None,
        free: true,
        alarms: occasion.warn.clone(),
    })
}
