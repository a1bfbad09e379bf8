//! The files of calendars, and the links that lead to them.

use super::{Words, occasions};
use crate::link::{EntryId, LangId, TOPICS, UNITS};
use crate::plan::features::agenda::AgendaPage;
use crate::plan::features::calendar::{Calendar, events};
use crate::plan::{Extra, Page, What, segments};
use crate::render::view::FeedLink;
use crate::render::{Reads, feeds, ics};

/// Nobody sees a head of these; the title names the subscription.
pub(super) fn words(of: Calendar, reads: &Reads<'_>, lang: LangId) -> Words {
    let (title, _) = subject(of, reads, lang);
    Words { kind: "calendar", title, short: None, description: String::new(), above: Vec::new() }
}

/// What a calendar is called, and the path of the page that it belongs to.
fn subject(of: Calendar, reads: &Reads<'_>, lang: LangId) -> (String, String) {
    let site = reads.site;
    let (name, path) = match of {
        Calendar::Site => (reads.shells[lang].site.view.title.clone(), segments::home(site, lang)),
        Calendar::Section(id) => {
            (site.sections[id].titles[lang].clone(), site.sections[id].paths[lang].clone())
        }
        Calendar::Unit(id) => {
            let unit = &site.taxonomies[UNITS].terms[id];
            (unit.display(&site.langs[lang].tag).to_owned(), segments::term(site, UNITS, id, lang))
        }
        Calendar::Campaign(campaign, year) => {
            let hub = Extra::CampaignYear { campaign, year };
            let path = reads.plan.extra(&hub, lang).unwrap_or_default().to_owned();
            (super::words(&hub, reads, lang).title, path)
        }
        Calendar::Occasions => {
            let main = Extra::Agenda(AgendaPage::Main);
            let path = reads.plan.extra(&main, lang).unwrap_or_default().to_owned();
            (site.langs[lang].locale.string("occasions").to_owned(), path)
        }
        Calendar::Event(id) => {
            let title = reads.card(id, lang).map(|card| card.view.title.clone());
            return (
                title.unwrap_or_default().to_string(),
                site.entry_path(id, lang).unwrap_or_default(),
            );
        }
    };
    (site.langs[lang].locale.text("calendar_of", &[("name", &name)]), path)
}

/// The calendar that a page is, if it is one.
pub fn draft<'a>(page: &Page, reads: &'a Reads<'a>) -> Option<ics::Calendar<'a>> {
    let What::Extra(Extra::Calendar(of)) = page.what else { return None };
    let lang = page.lang;
    let (title, path) = subject(of, reads, lang);
    let single = matches!(of, Calendar::Event(_));
    let events = match of {
        Calendar::Occasions => occasions::events(reads, lang),
        _ => {
            let ids = events(reads.site, reads.plan, of, lang);
            ids.into_iter().filter_map(|id| event(id, reads, lang)).collect()
        }
    };
    let zone = &reads.site.config.timezone;
    Some(ics::Calendar {
        name: if single { String::new() } else { title },
        url: reads.absolute(&path),
        zone: zone.iana_name().unwrap_or_default(),
        events,
    })
}

fn event<'a>(id: EntryId, reads: &'a Reads<'a>, lang: LangId) -> Option<ics::Event<'a>> {
    let entry = &reads.site.entries[id];
    let card = &reads.card(id, lang)?.view;
    let created = entry.date.as_ref()?;
    let mut description = card.summary.to_string();
    if entry.illustrative {
        let label = reads.site.langs[lang].locale.string("illustrative_label");
        description = format!("({label}) {description}");
    }
    let topics = entry.terms[TOPICS].iter().map(|&topic| {
        reads.site.taxonomies[TOPICS].terms[topic].display(&reads.site.langs[lang].tag)
    });
    Some(ics::Event {
        uid: format!("{}@{}", entry.id, feeds::host(reads)),
        created: created.clone(),
        updated: entry.updated.as_deref().unwrap_or(created).clone(),
        summary: &card.title,
        description: description.trim().to_owned(),
        location: &card.place,
        url: &card.absolute_url,
        lang: &card.lang,
        categories: topics.collect(),
        start: entry.start.as_deref()?.clone(),
        end: entry.end.as_deref().cloned(),
        all_day: card.all_day,
        status: &card.status,
        yearly: None,
        free: false,
        alarms: Vec::new(),
    })
}

/// The calendars that belong to a page.
pub fn links(page: &Page, reads: &Reads<'_>) -> Vec<FeedLink> {
    let of = match page.what {
        What::Home => vec![Calendar::Site],
        What::Section { section, .. } => vec![Calendar::Section(section)],
        What::Term { taxonomy: UNITS, term, .. } => vec![Calendar::Unit(term)],
        What::Extra(Extra::CampaignYear { campaign, year }) => {
            vec![Calendar::Campaign(campaign, year)]
        }
        What::Extra(Extra::Agenda(_)) => vec![Calendar::Site, Calendar::Occasions],
        What::Entry(id) => vec![Calendar::Event(id)],
        _ => Vec::new(),
    };
    let link = |of: Calendar| {
        let path = reads.plan.extra(&Extra::Calendar(of), page.lang)?;
        Some(FeedLink {
            format: "ics".to_owned(),
            mime: "text/calendar".to_owned(),
            title: subject(of, reads, page.lang).0,
            url: reads.url(path),
            absolute_url: reads.absolute(path),
        })
    };
    of.into_iter().filter_map(link).collect()
}
