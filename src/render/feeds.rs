//! Feeds of the site: which entries, under which names.
//!
//! A feed's key is that of its items' heads and bodies: their texts are put
//! together only when the feed is written.

use super::body::{Filled, Filler, Form};
use super::cards::Source;
use super::context::Part;
use super::feed::{self, Enclosure, Feed, Image, Item};
use super::view::FeedLink;
use super::{Card, Reads, weekly};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::{Key, KeyBuilder};
use crate::base::html::escape;
use crate::config::FeedFormat;
use crate::link::{Audio, EntryId, LangId, TAXONOMIES};
use crate::plan::features::column::{Column, ColumnFeed};
use crate::plan::{Extra, FeedOf, Page, What, feed_name, segments};
use crate::theme::Names;

/// The format's MIME type and short name.
fn format(format: FeedFormat) -> (&'static str, &'static str, &'static str) {
    match format {
        FeedFormat::Rss => ("application/rss+xml", "rss", "RSS"),
        FeedFormat::Atom => ("application/atom+xml", "atom", "Atom"),
        FeedFormat::Json => ("application/feed+json", "json", "JSON Feed"),
    }
}

/// Links to the feeds of a list.
pub fn links(source: Source<'_>, base: &str, formats: &[FeedFormat], title: &str) -> Vec<FeedLink> {
    let link = |&kind: &FeedFormat| {
        let (mime, name, label) = format(kind);
        let path = format!("{base}{}", feed_name(kind));
        FeedLink {
            format: name.to_owned(),
            mime: mime.to_owned(),
            title: format!("{title} ({label})"),
            url: source.url(&path),
            absolute_url: source.absolute(&path),
        }
    };
    formats.iter().map(link).collect()
}

/// Whose feed it is: the page it belongs to, its title, its entries oldest first.
pub fn subject<'a>(
    reads: &'a Reads<'_>,
    of: FeedOf,
    lang: LangId,
) -> (String, String, String, &'a [EntryId]) {
    let site = reads.site;
    let entries = reads.plan.feed(of, lang);
    let shell = &reads.shells[lang].site.view;
    match of {
        FeedOf::Site => {
            (segments::home(site, lang), shell.title.clone(), shell.description.clone(), entries)
        }
        FeedOf::Section(id) => {
            let section = &site.sections[id];
            let title = format!("{} | {}", section.titles[lang], shell.title);
            (section.paths[lang].clone(), title, section.summaries[lang].clone(), entries)
        }
        FeedOf::Term(taxonomy, term) => {
            let named = &site.taxonomies[taxonomy].terms[term];
            let name = named.display(&site.langs[lang].tag);
            let description = named.description.get(&site.langs[lang].tag).unwrap_or_default();
            let title = format!("{name} | {}", shell.title);
            (segments::term(site, taxonomy, term, lang), title, description.to_owned(), entries)
        }
        FeedOf::Column(of) => {
            let (base, name, about) = super::features::column_subject(reads, of, lang);
            (base, format!("{name} | {}", shell.title), about, entries)
        }
        FeedOf::Campaign(at) => {
            let (base, name, slogan) = super::features::campaign_subject(reads, at, lang);
            (base, format!("{name} | {}", shell.title), slogan, entries)
        }
    }
}

/// A feed before its texts are put together.
pub struct Draft<'a> {
    kind: FeedFormat,
    /// Its items have no content yet, unless they are of no entry.
    feed: Feed<'a>,
    /// In the order of the items; none of what is of no entry.
    bodies: Vec<Filled<'a>>,
}

impl Draft<'_> {
    /// Changes when the bytes can.
    pub fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("feed");
        key.put_str(format(self.kind).1).put_key(digest(&self.feed));
        self.bodies.iter().for_each(|body| {
            key.put_key(body.key(names));
        });
        key.finish()
    }

    /// The bytes of the feed.
    pub fn render(mut self) -> Result<Vec<u8>, Diagnostic> {
        for (item, body) in self.feed.items.iter_mut().zip(&self.bodies) {
            // Footnotes lead to each other on the page: a feed reader has many
            // pages in one.
            let here = format!("<a href=\"{}#", escape(&item.url));
            let content = with_places(body.text()?, &here);
            item.content_html = with_cover(item.image.as_ref(), content).into();
        }
        Ok(match self.kind {
            FeedFormat::Rss => feed::rss::render(&self.feed),
            FeedFormat::Atom => feed::atom::render(&self.feed),
            FeedFormat::Json => feed::json::render(&self.feed),
        })
    }
}

/// The feed that a page is, if it is one.
pub fn draft<'a>(page: &'a Page, reads: &'a Reads<'a>) -> Option<Draft<'a>> {
    let (of, kind) = match &page.what {
        What::Feed { of, format } => (*of, *format),
        What::Extra(Extra::CampaignFeed { campaign, format }) => {
            (FeedOf::Campaign(*campaign), *format)
        }
        What::Extra(Extra::ColumnFeed { of, format }) => (FeedOf::Column(*of), *format),
        _ => return None,
    };
    let site = reads.site;
    let lang = page.lang;
    let shell = &reads.shells[lang].site.view;
    let (base, title, description, entries) = subject(reads, of, lang);
    let mut newest: Vec<EntryId> =
        entries.iter().copied().filter(|&id| site.entries[id].date.is_some()).collect();
    // Series stand in the order of their parts; a feed is by date whatever it is of.
    newest.sort_by_key(|&id| (site.entries[id].date.as_ref().map(|date| date.instant), id));
    let newest = newest.iter().rev().take(site.config.feeds.limit);
    let (mut items, bodies): (Vec<_>, Vec<_>) =
        newest.filter_map(|&id| item(reads, id, lang)).unzip();
    let mut home_path = base;
    if of == FeedOf::Column(ColumnFeed::Weekly) {
        items = weekly::items(reads, lang, site.config.feeds.limit);
        let main = reads.plan.extra(&Extra::Column(Column::Main), lang);
        home_path = main.unwrap_or_default().to_owned();
    }
    let home = segments::home(site, lang);
    let feed = Feed {
        id: id(reads, of, lang).into(),
        title: title.into(),
        description: if description.is_empty() {
            shell.description.as_str().into()
        } else {
            description.into()
        },
        lang: shell.lang.as_str().into(),
        home_url: reads.absolute(&home_path).into(),
        self_url: reads.absolute(page.path.as_str()).into(),
        author: if shell.owner.name.is_empty() {
            shell.title.as_str().into()
        } else {
            shell.owner.name.as_str().into()
        },
        icon: icon(reads).into(),
        stylesheet: reads.url(&format!("{home}feed.xsl")).into(),
        fallback: reads.url(&format!("{home}feed.css")).into(),
        newer: "".into(),
        older: "".into(),
        items,
    };
    Some(Draft { kind, feed, bodies })
}

/// A feed's id does not change with titles, slugs or formats.
fn id(reads: &Reads<'_>, of: FeedOf, lang: LangId) -> String {
    let site = reads.site;
    let tag = &site.langs[lang].tag;
    let what = match of {
        FeedOf::Site => String::new(),
        FeedOf::Section(id) => format!("/{}", site.sections[id].dir),
        FeedOf::Term(taxonomy, term) => {
            format!("/{}/{}", TAXONOMIES[taxonomy], site.taxonomies[taxonomy].terms[term].id)
        }
        FeedOf::Column(ColumnFeed::Each) => "/column".to_owned(),
        FeedOf::Column(ColumnFeed::Weekly) => "/column/weekly".to_owned(),
        FeedOf::Campaign(at) => {
            let campaign = site.config.campaigns.get(at);
            format!("/campaigns/{}", campaign.map_or("", |campaign| &campaign.id.value))
        }
    };
    format!("{}:feed/{tag}{what}", tag_uri(reads))
}

/// `tag:host,2022` or `tag:host,2022:/a/b`: RFC 4151; the year is that of the
/// movement's start, since an id must never move. Made from the configured
/// address, so that a preview elsewhere has the same ids.
pub(super) fn tag_uri(reads: &Reads<'_>) -> String {
    let host = host(reads);
    let path = reads.site.config.identity.path.trim_end_matches('/');
    let path = if path.is_empty() { String::new() } else { format!(":{path}") };
    format!("tag:{host},2022{path}")
}

/// The host that ids are made from: `tintot.example`.
pub fn host<'a>(reads: &'a Reads<'_>) -> &'a str {
    let origin = &reads.site.config.identity.origin;
    let host = origin.split("://").nth(1).unwrap_or(origin);
    host.split(':').next().unwrap_or(host)
}

fn icon(reads: &Reads<'_>) -> String {
    let png = reads.theme.files.iter().find(|(name, _)| name.ends_with("icon-192.png"));
    png.map_or_else(String::new, |(_, path)| reads.absolute(path))
}

/// An entry as an item without its content, and that; `None` if it has no page
/// in the language.
fn item<'a>(reads: &'a Reads<'a>, id: EntryId, lang: LangId) -> Option<(Item<'a>, Filled<'a>)> {
    let site = reads.site;
    let entry = &site.entries[id];
    let (Some(card), Some((variant, from)), Some(date)) =
        (reads.card(id, lang), site.shown(id, lang), &entry.date)
    else {
        return None;
    };
    let filler = Filler { reads, lang, form: Form::Feed(id), variant: Some(variant) };
    let body = Filled::of(filler, &reads.docs[variant.doc], &variant.targets);
    let source = reads.source();
    let names = |taxonomy| {
        source.links(entry, taxonomy, lang).into_iter().map(|link| link.title.clone().into())
    };
    let tag = &site.langs[from].tag;
    let item = Item {
        id: format!("{}:{}/{}", tag_uri(reads), site.langs[lang].tag, entry.id).into(),
        url: (&*card.view.absolute_url).into(),
        title: (&*card.view.title).into(),
        summary: (&*card.view.summary).into(),
        content_html: "".into(),
        published: date.clone(),
        updated: entry.updated.as_deref().cloned(),
        authors: names(crate::link::AUTHORS).collect(),
        categories: names(crate::link::TOPICS).chain(names(crate::link::TAGS)).collect(),
        lang: tag.as_str().into(),
        image: image(card),
        enclosure: enclosure(reads, variant.audio.as_deref()),
        illustrative: entry
            .illustrative
            .then(|| site.langs[lang].locale.string("illustrative_label").into()),
    };
    Some((item, body))
}

/// Links within a page as links to the page. `here`: how such a link begins.
fn with_places(content: String, here: &str) -> String {
    const WITHIN: &str = "<a href=\"#";
    match memchr::memmem::find(content.as_bytes(), WITHIN.as_bytes()) {
        Some(_) => content.replace(WITHIN, here),
        None => content,
    }
}

/// The lead picture opens the full text, as it opens the page.
fn with_cover(cover: Option<&Image<'_>>, content: String) -> String {
    match cover {
        Some(cover) => format!(
            "<p><img src=\"{}\" alt=\"{}\"></p>\n{content}",
            escape(&cover.url),
            escape(&cover.alt)
        ),
        None => content,
    }
}

pub(super) fn image(card: &Card) -> Option<Image<'_>> {
    let cover = card.view.cover.as_ref()?;
    Some(Image {
        url: cover.absolute_url.as_str().into(),
        mime: mime(&cover.url).into(),
        alt: cover.alt.as_str().into(),
    })
}

fn enclosure<'a>(reads: &'a Reads<'_>, audio: Option<&Audio>) -> Option<Enclosure<'a>> {
    let media = &reads.site.media[audio?.media];
    Some(Enclosure {
        url: reads.absolute(&media.output).into(),
        mime: mime(&media.output).into(),
        length: media.size,
    })
}

/// The MIME type that a file's ending says.
pub fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "opus" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
