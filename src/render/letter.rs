//! A week of the column as a letter: its story, the news of its days, what
//! comes in the next days and what is open.
//!
//! Takes what pages read, a week and whose entries are wanted; gives a
//! [`Letter`], the same words as plain text and as light HTML, without
//! pictures, scripts or anything that is fetched. Sends nothing.

use jiff::civil::Date;

use super::view::CardView;
use super::{Reads, cards, features, weekly};
use crate::base::html::escape;
use crate::i18n::Locale;
use crate::kinds;
use crate::link::{EntryId, LangId, TermId, UNITS};
use crate::plan::column::later;
use crate::plan::features::column::Column;
use crate::plan::tally::is_below;
use crate::plan::{Extra, is_coming};

/// Days ahead that a letter looks.
const AHEAD: i64 = 14;
/// Most events, and most that is open; all of it is on the site.
const MOST: usize = 10;

/// Which letter is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// First day of the week.
    pub monday: Date,
    pub lang: LangId,
    /// Entries of this unit and of those below it only.
    pub unit: Option<TermId>,
}

/// A letter in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// How many stories, news, events, and open appeals and opportunities.
    pub counts: [usize; 4],
}

/// A heading and what stands under it.
struct Part {
    heading: String,
    items: Vec<Item>,
}

struct Item {
    title: String,
    url: String,
    /// Language of title and summary where it is not the letter's.
    lang: Option<String>,
    /// `17/10/2026`, a place, a deadline.
    facts: Vec<String>,
    summary: String,
}

/// The newest week that is over in which something wanted was published.
pub fn newest(reads: &Reads<'_>, lang: LangId, unit: Option<TermId>) -> Option<Date> {
    let weeks = reads.plan.columns.get(lang)?.weeks_over(reads.plan.today);
    weeks.into_iter().rev().find(|&monday| !week(reads, Wanted { monday, lang, unit }).is_empty())
}

/// The stories and the news of a week, as far as they are wanted.
fn week(reads: &Reads<'_>, wanted: Wanted) -> weekly::Week {
    let mut week = weekly::Week::of(reads, wanted.monday, wanted.lang);
    week.stories.retain(|&id| is_wanted(reads, id, wanted.unit));
    week.news.retain(|&id| is_wanted(reads, id, wanted.unit));
    week
}

fn is_wanted(reads: &Reads<'_>, id: EntryId, unit: Option<TermId>) -> bool {
    let own = &reads.site.entries[id].terms[UNITS];
    unit.is_none_or(|above| own.iter().any(|&of| is_below(reads.site, of, above)))
}

/// The letter; `None` where the week has nothing that is wanted.
pub fn letter(reads: &Reads<'_>, wanted: Wanted) -> Option<Letter> {
    let week = week(reads, wanted);
    if week.is_empty() {
        return None;
    }
    let locale = &reads.site.langs[wanted.lang].locale;
    let (events, open) = (events(reads, wanted), open(reads, wanted));
    let lists = [&week.stories, &week.news, &events, &open];
    let headings = ["column_story", "column_news", "mail_events", "mail_open"];
    let part = |(heading, ids): (&str, &Vec<EntryId>)| Part {
        heading: locale.string(heading).to_owned(),
        items: ids.iter().filter_map(|&id| item(reads, id, wanted.lang)).collect(),
    };
    let mut parts: Vec<Part> = headings.into_iter().zip(lists).map(part).collect();
    let counts = [0, 1, 2, 3].map(|at: usize| parts.get(at).map_or(0, |part| part.items.len()));
    parts.retain(|part| !part.items.is_empty());
    let invented =
        lists.iter().any(|ids| ids.iter().any(|&id| reads.site.entries[id].illustrative));
    let frame = Frame::of(reads, wanted, invented);
    Some(Letter {
        subject: frame.subject(),
        text: frame.text(&parts),
        html: frame.html(&parts),
        counts,
    })
}

/// Events that go on or begin within the next days, the first one first.
fn events(reads: &Reads<'_>, wanted: Wanted) -> Vec<EntryId> {
    let (site, plan) = (reads.site, reads.plan);
    let last = later(plan.today, AHEAD).unwrap_or(plan.today);
    let start = |id: &EntryId| site.entries[*id].start.as_ref();
    let coming = |id: &EntryId| {
        site.entries[*id].kind.name() == "event"
            && start(id).is_some_and(|start| start.day() <= last)
            && is_coming(site, *id, plan.at)
            && is_wanted(reads, *id, wanted.unit)
    };
    let all = plan.lists[wanted.lang].all.iter().copied();
    let mut events: Vec<EntryId> = all.filter(coming).collect();
    events.sort_by_key(|id| (start(id).map(|start| start.instant), *id));
    events.truncate(MOST);
    events
}

/// Appeals and opportunities that are open, the first deadline first.
fn open(reads: &Reads<'_>, wanted: Wanted) -> Vec<EntryId> {
    let site = reads.site;
    let of_kind = |id: &EntryId| {
        let card = reads.card(*id, wanted.lang);
        ["appeal", "opportunity"].contains(&site.entries[*id].kind.name())
            && card.is_some_and(|card| card.view.status == "open")
            && is_wanted(reads, *id, wanted.unit)
    };
    let deadline = |id: &EntryId| {
        let fields = &site.shown(*id, wanted.lang)?.0.fields;
        kinds::moment(fields, "deadline").map(|day| day.value.instant)
    };
    let all = reads.plan.lists[wanted.lang].all.iter().copied();
    let mut open: Vec<EntryId> = all.filter(of_kind).collect();
    // Without a deadline they come last.
    open.sort_by_key(|id| (deadline(id).is_none(), deadline(id), *id));
    open.truncate(MOST);
    open
}

fn item(reads: &Reads<'_>, id: EntryId, lang: LangId) -> Option<Item> {
    let card = &reads.card(id, lang)?.view;
    let locale = &reads.site.langs[lang].locale;
    let facts = facts(reads, id, card, locale);
    let marks = features::notes(reads, card, lang);
    let (title, url) = (card.title.clone(), card.absolute_url.clone());
    let foreign = card.lang != reads.site.langs[lang].tag;
    Some(Item {
        title: title.to_string(),
        url: url.to_string(),
        lang: foreign.then(|| card.lang.clone()),
        facts: facts.into_iter().chain(marks).filter(|fact| !fact.is_empty()).collect(),
        summary: card.summary.to_string(),
    })
}

/// When and where: of an event its own time, of what is open its deadline, of
/// the rest the day it came out.
fn facts(reads: &Reads<'_>, id: EntryId, card: &CardView, locale: &Locale) -> Vec<String> {
    let entry = &reads.site.entries[id];
    if let Some(start) = &entry.start {
        let end = entry.end.as_ref().unwrap_or(start);
        let status = if card.status == "scheduled" { "" } else { &card.status_label };
        let when = locale.date_range(start, end, card.all_day);
        return vec![when, card.place.clone(), status.to_owned()];
    }
    if card.status == "open" {
        let deadline = card.fields.get("deadline").and_then(|day| day.as_str());
        let label = cards::field_label(card.kind, "deadline", locale);
        let deadline = deadline.map_or_else(String::new, |day| format!("{label}: {day}"));
        return vec![card.kind_label.clone(), deadline];
    }
    let places: Vec<&str> = card.places.iter().map(|place| place.label.as_str()).collect();
    let date = card.date.as_ref().map_or_else(String::new, |date| date.short.clone());
    vec![date, places.join("; ")]
}

/// What stands around the parts.
struct Frame<'a> {
    locale: &'a Locale,
    lang: &'a str,
    dir: &'a str,
    site: &'a str,
    /// Name of the column, of the unit if one is asked for, and of the week.
    title: String,
    unit: String,
    /// Page of the week, and the site's.
    week: String,
    home: &'a str,
    /// Who sends it: name, address, mail, telephone.
    owner: Vec<&'a str>,
    invented: bool,
}

impl<'a> Frame<'a> {
    fn of(reads: &'a Reads<'a>, wanted: Wanted, invented: bool) -> Frame<'a> {
        let shell = &reads.shells[wanted.lang].site.view;
        let page = Extra::Column(Column::Week(wanted.monday));
        let path = reads.plan.extra(&page, wanted.lang).unwrap_or_default();
        let units = &reads.site.taxonomies[UNITS].terms;
        let owner = &shell.owner;
        Frame {
            locale: &reads.site.langs[wanted.lang].locale,
            lang: &shell.lang,
            dir: &shell.dir,
            site: &shell.title,
            title: features::words(&page, reads, wanted.lang).title,
            unit: wanted
                .unit
                .map_or_else(String::new, |unit| units[unit].display(&shell.lang).to_owned()),
            week: reads.absolute(path),
            home: &shell.absolute_url,
            owner: [&owner.name, &owner.address, &owner.email, &owner.phone]
                .into_iter()
                .map(String::as_str)
                .filter(|line| !line.is_empty())
                .collect(),
            invented,
        }
    }

    /// `[Minh họa] Mỗi ngày một tin tốt: Tuần 47 năm 2026, Đoàn xã Minh Họa A`.
    fn subject(&self) -> String {
        let mark = match self.invented {
            true => format!("[{}] ", self.locale.string("illustrative_short")),
            false => String::new(),
        };
        format!("{mark}{}: {}", self.site, self.heading())
    }

    fn heading(&self) -> String {
        match self.unit.as_str() {
            "" => self.title.clone(),
            unit => format!("{}, {unit}", self.title),
        }
    }

    fn text(&self, parts: &[Part]) -> String {
        let mut out = format!("{}\n{}\n", self.site, self.heading());
        if self.invented {
            out.push_str(&format!("\n{}\n", self.locale.string("mail_illustrative")));
        }
        for part in parts {
            let rule = "-".repeat(part.heading.chars().count());
            out.push_str(&format!("\n\n{}\n{rule}\n", part.heading));
            for item in &part.items {
                let facts = item.facts.join(" · ");
                let lines = [&item.title, &facts, &item.summary, &item.url];
                out.push('\n');
                for line in lines.into_iter().filter(|line| !line.is_empty()) {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
        let (all, stop) = (self.locale.string("mail_all"), self.locale.string("mail_stop"));
        // Two hyphens and a blank: what follows is who sends it.
        out.push_str(&format!("\n\n{all}: {}\n\n-- \n", self.week));
        for line in self.owner.iter().chain([&self.home, &stop]) {
            out.push_str(line);
            out.push('\n');
        }
        out
    }

    fn html(&self, parts: &[Part]) -> String {
        let (site, heading) = (escape(self.site), escape(&self.heading()));
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{heading}</title>\n</head>\n\
             <body style=\"margin:0;padding:16px;font-family:Arial,sans-serif;font-size:16px;line-height:1.5\">\n\
             <div style=\"max-width:40em;margin:0 auto\">\n<p style=\"margin:0\">{site}</p>\n\
             <h1 style=\"margin:0 0 16px;font-size:24px;line-height:1.3\">{heading}</h1>\n",
            lang = escape(self.lang),
            dir = escape(self.dir),
        );
        if self.invented {
            let note = escape(self.locale.string("mail_illustrative"));
            out.push_str(&format!("<p><strong>{note}</strong></p>\n"));
        }
        for part in parts {
            let heading = escape(&part.heading);
            out.push_str(&format!(
                "<h2 style=\"margin:32px 0 8px;font-size:20px;line-height:1.3\">{heading}</h2>\n"
            ));
            part.items.iter().for_each(|item| out.push_str(&item.html()));
        }
        let (all, week) = (escape(self.locale.string("mail_all")), escape(&self.week));
        let stop = self.locale.string("mail_stop");
        out.push_str(&format!(
            "<p style=\"margin:32px 0\"><a href=\"{week}\">{all}</a></p>\n<hr>\n<p style=\"font-size:14px\">"
        ));
        for line in &self.owner {
            out.push_str(&format!("{}<br>\n", escape(line)));
        }
        let home = escape(self.home);
        out.push_str(&format!(
            "<a href=\"{home}\">{home}</a><br>\n{}</p>\n</div>\n</body>\n</html>\n",
            escape(stop)
        ));
        out
    }
}

impl Item {
    fn html(&self) -> String {
        let lang = self.lang.as_ref();
        let lang = lang.map_or_else(String::new, |lang| format!(" lang=\"{}\"", escape(lang)));
        let line = |text: &str, style: &str| match text {
            "" => String::new(),
            text => format!("<br>\n<span style=\"{style}\">{}</span>", escape(text)),
        };
        let facts = line(&self.facts.join(" · "), "font-size:14px");
        let summary = line(&self.summary, "font-size:16px");
        format!(
            "<p style=\"margin:0 0 16px\"{lang}><a href=\"{}\"><strong>{}</strong></a>{facts}{summary}</p>\n",
            escape(&self.url),
            escape(&self.title)
        )
    }
}
