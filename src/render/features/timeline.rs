//! The timeline of the movement: milestones by year.

use serde::Serialize;

use super::Words;
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::data::{Milestone, Precision};
use crate::i18n::DateStyle;
use crate::link::LangId;
use crate::plan::Page;
use crate::plan::features::timeline::{self, milestones};
use crate::render::{Context, Reads};

/// `timeline`: years, the earliest first.
#[derive(Debug, Serialize)]
struct TimelineView {
    years: Vec<YearView>,
    /// Whether a milestone is invented.
    illustrative: bool,
}

#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    milestones: Vec<MilestoneView>,
}

#[derive(Debug, Serialize)]
pub struct MilestoneView {
    id: String,
    /// For `<time datetime>`: `2022`, `2022-06` or `2022-06-16`.
    iso: String,
    /// As much as is known, in words.
    date: String,
    title: String,
    text: String,
    /// Page that tells of it, or empty.
    url: String,
    absolute_url: String,
    illustrative: bool,
}

/// The milestones of some years, for a component; none where the argument says
/// no years.
pub fn cited(reads: &Reads<'_>, years: &str, lang: LangId) -> Vec<MilestoneView> {
    let Some(years) = timeline::years(years) else { return Vec::new() };
    let of_years = milestones(reads.site).into_iter().filter(|of| years.contains(&of.day.year()));
    of_years.map(|milestone| view(milestone, reads, lang)).collect()
}

pub(super) fn words(reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    Words {
        kind: "timeline",
        title: locale.string("timeline").to_owned(),
        description: locale.string("timeline_about").to_owned(),
        short: None,
        above: Vec::new(),
    }
}

pub(super) fn context<'a>(
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let mut years: Vec<YearView> = Vec::new();
    let all = milestones(reads.site);
    for milestone in &all {
        let year = milestone.day.year();
        let view = view(milestone, reads, page.lang);
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => last.milestones.push(view),
            None => years.push(YearView { year, milestones: vec![view] }),
        }
    }
    let illustrative = all.iter().any(|milestone| milestone.illustrative);
    context.view("timeline", TimelineView { years, illustrative });
    Ok("timeline.html".to_owned())
}

fn view(milestone: &Milestone, reads: &Reads<'_>, lang: LangId) -> MilestoneView {
    let site = reads.site;
    let Milestone { day, precision, .. } = milestone;
    let language = &site.langs[lang];
    let iso = day.to_string();
    let long = || {
        let moment = Moment::midnight(*day, &site.config.timezone)?;
        Some(language.locale.date(&moment, DateStyle::Long))
    };
    let (iso, date) = match precision {
        Precision::Year => (day.year().to_string(), Some(language.locale.year(day.year()))),
        Precision::Month => {
            let iso = iso.get(..7).unwrap_or_default().to_owned();
            (iso, language.locale.month(day.year(), day.month()))
        }
        Precision::Day => (iso, long()),
    };
    let entry = milestone.page.as_ref().and_then(|page| site.by_key.get(page.value.as_str()));
    let path = entry
        .filter(|&&entry| reads.plan.has_page(entry, lang))
        .and_then(|&entry| site.entry_path(entry, lang));
    MilestoneView {
        id: milestone.id.value.clone(),
        iso,
        date: date.unwrap_or_default(),
        title: milestone.title.get(&language.tag).unwrap_or_default().to_owned(),
        text: milestone.text.get(&language.tag).unwrap_or_default().to_owned(),
        absolute_url: path.as_ref().map(|path| reads.absolute(path)).unwrap_or_default(),
        url: path.map(|path| reads.url(&path)).unwrap_or_default(),
        illustrative: milestone.illustrative,
    }
}
