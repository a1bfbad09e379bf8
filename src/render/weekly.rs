//! The weekly digest of the column: a feed with one item for each ISO week that
//! is over, which leads to the week's story and to the news of its days.

use std::fmt::Write;

use jiff::civil::Date;

use super::feed::Item;
use super::feeds::{image, tag_uri};
use super::view::CardView;
use super::{Reads, features};
use crate::base::html::escape;
use crate::base::time::Moment;
use crate::link::{EntryId, LangId};
use crate::plan::Extra;
use crate::plan::column::{Slot, later};
use crate::plan::features::column::Column;

/// What a week of the column holds.
pub struct Week {
    pub stories: Vec<EntryId>,
    /// In the order of its days.
    pub news: Vec<EntryId>,
}

impl Week {
    /// By its Monday.
    pub fn of(reads: &Reads<'_>, monday: Date, lang: LangId) -> Week {
        let filled = &reads.plan.columns[lang];
        let stories = filled.weeks.get(&monday).cloned().unwrap_or_default();
        Week { stories, news: filled.of_week(monday) }
    }

    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = EntryId> {
        self.stories.iter().chain(&self.news).copied()
    }
}

/// The items of the newest weeks, the newest first.
pub fn items<'a>(reads: &'a Reads<'a>, lang: LangId, limit: usize) -> Vec<Item<'a>> {
    let weeks = reads.plan.columns[lang].weeks_over(reads.plan.today);
    weeks.into_iter().rev().take(limit).filter_map(|monday| item(reads, monday, lang)).collect()
}

fn item<'a>(reads: &'a Reads<'a>, monday: Date, lang: LangId) -> Option<Item<'a>> {
    let page = Extra::Column(Column::Week(monday));
    let path = reads.plan.extra(&page, lang)?;
    let week = Week::of(reads, monday, lang);
    let all = || week.all();
    let cards = |ids: &[EntryId]| -> Vec<&'a CardView> {
        ids.iter().filter_map(|&id| Some(&reads.card(id, lang)?.view)).collect()
    };
    let lead = &reads.card(all().next()?, lang)?.view;
    // Out at the midnight that ends the week; later where something was put right.
    let end = later(monday, Slot::Week.days())?;
    let published = Moment::midnight(end, &reads.site.config.timezone)?;
    let updates = all().filter_map(|id| reads.site.entries[id].updated.as_deref());
    let updated = updates.max_by_key(|moment| moment.instant);
    let language = &reads.site.langs[lang];
    let label = Slot::Week.label(monday).to_lowercase();
    let illustrative = all().any(|id| reads.site.entries[id].illustrative);
    let name = features::words(&page, reads, lang).title;
    Some(Item {
        id: format!("{}:{}/column/{label}", tag_uri(reads), language.tag).into(),
        url: reads.absolute(path).into(),
        title: format!("{name}: {}", lead.title).into(),
        summary: (&*lead.summary).into(),
        content_html: content(reads, &cards(&week.stories), &cards(&week.news), lang).into(),
        updated: updated.filter(|moment| moment.instant > published.instant).cloned(),
        published,
        authors: Vec::new(),
        categories: Vec::new(),
        lang: language.tag.as_str().into(),
        image: all().filter_map(|id| reads.card(id, lang)).find_map(image),
        enclosure: None,
        illustrative: illustrative.then(|| language.locale.string("illustrative_label").into()),
    })
}

/// The stories with their summaries, then the news as a list.
fn content(reads: &Reads<'_>, stories: &[&CardView], news: &[&CardView], lang: LangId) -> String {
    let locale = &reads.site.langs[lang].locale;
    let mut out = String::new();
    let link = |card: &CardView| {
        let (url, title) = (escape(&card.absolute_url), escape(&card.title));
        format!("<a href=\"{url}\">{title}</a>")
    };
    // Writing to a string cannot fail.
    if !stories.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>", escape(locale.string("column_story")));
    }
    for card in stories {
        let _ = writeln!(out, "<h3>{}</h3>\n<p>{}</p>", link(card), escape(&card.summary));
    }
    if !news.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ul>", escape(locale.string("column_news")));
        for card in news {
            let date = card.date.as_ref().map_or("", |date| &date.short);
            let _ = writeln!(out, "<li>{}: {}</li>", escape(date), link(card));
        }
        out.push_str("</ul>\n");
    }
    out
}
