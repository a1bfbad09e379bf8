//! What every page says of itself: titles, addresses, alternates, breadcrumbs.

use super::*;
use crate::config::FeedFormat;
use crate::link::UNITS;
use crate::plan::features::outlets::Outlet;
use crate::plan::{Extra, FeedOf, feed_name};
use crate::render::jsonld::{self, Article, Attendance, Event, EventStatus, Party, Trail};
use crate::render::links::{SharedFeed, SharedLink};
use crate::theme::Names;

/// Fields of a page's view for networks.
const SHARE: [&str; 4] = ["og_image", "og_image_alt", "og_image_width", "og_image_height"];

/// The page's view; an entry's structured data is added where its view is made.
pub fn head(page: &Page, reads: &Reads<'_>) -> PageView {
    let site = reads.site;
    let lang = page.lang;
    let locale = &site.langs[lang].locale;
    let shell = &reads.shells[lang].site.view;
    let (kind, title, description) = words(page, reads);
    let fallback = fallback_original(page, reads);
    let url = page.path.url();
    let absolute = site.config.base_url.absolute(&url);
    let numbered = part(&page.what).is_some_and(|part| part != Cut::Landing);
    // What is dear to make is made for themes that show it.
    let names = reads.names.of_variable("page");
    let has_versions = !numbered && fallback.is_none() && names.has("alternates");
    let card = match page.what {
        What::Entry(id) => reads.card(id, lang),
        _ => None,
    };
    let share = made(names, &SHARE, || share::of(page, reads, &title));
    let hidden = matches!(
        page.what,
        What::NotFound | What::Withdrawn(_) | What::Redirect { .. } | What::Short(_)
    );
    let illustrative = card.is_some_and(|card| card.view.illustrative);
    let mut view = PageView {
        kind: kind.to_owned(),
        title: match part(&page.what) {
            Some(Cut::Number(n)) => {
                format!("{title} ({})", locale.text("page_n", &[("n", &n.to_string())]))
            }
            _ => title,
        },
        description: if description.is_empty() { shell.description.clone() } else { description },
        url: format!("{}{url}", site.config.base_url.path),
        canonical: elsewhere(page, reads).or(fallback).unwrap_or(absolute),
        alternates: if has_versions { alternates(page, reads) } else { Vec::new() },
        switch: made(names, &["switch"], || switch(page, reads)),
        noindex: hidden
            || matches!(&page.what, What::Extra(extra) if !extra.is_indexed())
            || illustrative
            || !site.config.indexed
            || card.is_some_and(|card| card.view.draft),
        feeds: made(names, &["feeds"], || feeds(page, reads)),
        breadcrumbs: made(names, &["breadcrumbs", "jsonld"], || breadcrumbs(page, reads)),
        menu: made(names, &["menu"], || menu(page, reads)),
        og_type: og_type(&page.what).to_owned(),
        og_image: share.url,
        og_image_alt: share.alt,
        og_image_width: share.size.0,
        og_image_height: share.size.1,
        jsonld: Vec::new(),
        highlighted: match page.what {
            What::Entry(id) => {
                site.shown(id, lang).is_some_and(|(v, _)| reads.docs[v.doc].body.is_highlighted())
            }
            What::Section { section, .. } => section_highlighted(reads, section, lang),
            What::Home => section_highlighted(reads, 0, lang),
            _ => false,
        },
        illustrative,
    };
    if names.has("jsonld") {
        view.jsonld = common_jsonld(page, reads, &view);
    }
    view
}

/// What a page is given if any of some fields may be asked for.
fn made<T: Default>(names: &Names, fields: &[&'static str], make: impl FnOnce() -> T) -> T {
    let asked = fields.iter().any(|field| names.has_field(field));
    if asked { make() } else { T::default() }
}

/// What a page is to networks.
fn og_type(what: &What) -> &'static str {
    match what {
        What::Entry(_) | What::Short(_) => "article",
        _ => "website",
    }
}

/// The address of what a page only leads to or shows once more.
fn elsewhere(page: &Page, reads: &Reads<'_>) -> Option<String> {
    match &page.what {
        What::Redirect { to } => Some(reads.absolute(to)),
        What::Short(id) => Some(reads.absolute(&reads.site.entry_path(*id, page.lang)?)),
        What::Extra(Extra::Outlet(Outlet::Embed(section))) => {
            Some(reads.absolute(&reads.site.sections[*section].paths[page.lang]))
        }
        _ => None,
    }
}

fn section_highlighted(reads: &Reads<'_>, section: SectionId, lang: LangId) -> bool {
    let doc = reads.site.sections[section].docs[lang];
    doc.is_some_and(|doc| reads.docs[doc].body.is_highlighted())
}

/// Kind, title and description.
fn words(page: &Page, reads: &Reads<'_>) -> (&'static str, String, String) {
    let site = reads.site;
    let lang = page.lang;
    let locale = &site.langs[lang].locale;
    let string = |key: &str| locale.string(key).to_owned();
    match &page.what {
        What::Home => ("home", reads.shells[lang].site.view.title.clone(), String::new()),
        What::Section { section, .. } => {
            let section = &site.sections[*section];
            ("section", section.titles[lang].clone(), section.summaries[lang].clone())
        }
        What::Entry(id) => match reads.card(*id, lang) {
            Some(card) => ("entry", card.view.title.to_string(), card.view.summary.to_string()),
            None => ("not_found", string("not_found_title"), String::new()),
        },
        // Networks show the words of the address that was sent.
        What::Short(id) => match reads.card(*id, lang) {
            Some(card) => ("short", card.view.title.to_string(), card.view.summary.to_string()),
            None => ("redirect", string("redirect_title"), String::new()),
        },
        What::Terms { taxonomy } => {
            ("terms", string(taxonomy_string(TAXONOMIES[*taxonomy])), String::new())
        }
        What::Term { taxonomy, term, .. } => {
            let term = &site.taxonomies[*taxonomy].terms[*term];
            let tag = &site.langs[lang].tag;
            (
                "term",
                term.display(tag).to_owned(),
                term.description.get(tag).unwrap_or_default().to_owned(),
            )
        }
        What::Archive => ("archive", string("archive"), String::new()),
        What::Extra(extra) => {
            let words = features::words(extra, reads, lang);
            (words.kind, words.title, words.description)
        }
        What::Year { year, .. } => {
            ("month", locale.text("archive_year", &[("year", &year.to_string())]), String::new())
        }
        What::Month { year, month, .. } => {
            let month = locale.month(*year, *month).unwrap_or_default();
            ("month", locale.text("archive_month", &[("month", &month)]), String::new())
        }
        What::Withdrawn(_) => ("withdrawn", string("withdrawn_title"), String::new()),
        What::Redirect { .. } => ("redirect", string("redirect_title"), String::new()),
        _ => ("not_found", string("not_found_title"), String::new()),
    }
}

fn part(what: &What) -> Option<Cut> {
    match what {
        What::Section { part, .. } | What::Term { part, .. } => Some(*part),
        What::Year { part, .. } | What::Month { part, .. } => Some(*part),
        What::Extra(Extra::UnitList(of)) => Some(of.part),
        _ => None,
    }
}

/// Of a page that shows the original for want of a translation: the original's URL.
fn fallback_original(page: &Page, reads: &Reads<'_>) -> Option<String> {
    let What::Entry(id) = page.what else { return None };
    let (variant, from) = reads.site.shown(id, page.lang)?;
    (from != page.lang).then(|| reads.absolute(&variant.path))
}

/// The same page in a language, as a path below the base; `None` where there
/// is none. A fallback page counts only if `fallbacks`.
fn same_page(what: &What, reads: &Reads<'_>, lang: LangId, fallbacks: bool) -> Option<String> {
    let site = reads.site;
    let path = match what {
        What::Home => segments::home(site, lang),
        What::Section { section, .. } => site.sections[*section].paths[lang].clone(),
        What::Entry(id) => {
            let own = site.entries[*id].variants[lang].is_some();
            if !reads.plan.has_page(*id, lang) || (!own && !fallbacks) {
                return None;
            }
            // What has a page is there: no need to look for it among all.
            return site.entry_path(*id, lang);
        }
        What::Terms { taxonomy } => segments::terms(site, *taxonomy, lang),
        What::Term { taxonomy, term, .. } => {
            if !reads.plan.has_term(*taxonomy, *term, lang) {
                return None;
            }
            segments::term(site, *taxonomy, *term, lang)
        }
        What::Archive => segments::archive(site, lang),
        What::Extra(extra) => reads.plan.extra(extra, lang)?.to_owned(),
        What::Year { year, .. } => segments::year(site, *year, lang),
        What::Month { year, month, .. } => segments::month(site, *year, *month, lang),
        _ => return None,
    };
    reads.plan.exists(&format!("{path}index.html")).then_some(path)
}

/// Every language's version of a page, this one included, and `x-default`;
/// empty when there is only this one.
pub fn alternates(page: &Page, reads: &Reads<'_>) -> Vec<Alternate> {
    let langs = 0..reads.site.langs.len();
    let versions: Vec<(LangId, String)> =
        langs.filter_map(|lang| Some((lang, same_page(&page.what, reads, lang, false)?))).collect();
    if versions.len() < 2 {
        return Vec::new();
    }
    let default = versions.iter().find(|(lang, _)| *lang == 0).or(versions.first());
    let default = default
        .map(|(_, path)| Alternate { lang: "x-default".to_owned(), url: reads.absolute(path) });
    let each = versions.iter().map(|(lang, path)| Alternate {
        lang: reads.site.langs[*lang].tag.clone(),
        url: reads.absolute(path),
    });
    each.chain(default).collect()
}

fn switch(page: &Page, reads: &Reads<'_>) -> Vec<SwitchView> {
    let langs = reads.site.langs.iter().enumerate();
    langs
        .map(|(lang, language)| {
            let same = same_page(&page.what, reads, lang, true);
            SwitchView {
                tag: language.tag.clone(),
                name: language.name.clone(),
                same: same.is_some(),
                url: reads.url(&same.unwrap_or_else(|| segments::home(reads.site, lang))),
                current: lang == page.lang,
            }
        })
        .collect()
}

fn feeds(page: &Page, reads: &Reads<'_>) -> Vec<SharedFeed> {
    let config = &reads.site.config.feeds;
    let own = |of: Vec<FeedOf>, formats: &[FeedFormat]| -> Vec<SharedFeed> {
        let links = of.into_iter().flat_map(|of| feed_links(of, formats, reads, page.lang));
        links.map(SharedFeed::rare).collect()
    };
    let mut feeds = match &page.what {
        What::Section { section, .. } => above(reads, *section, page.lang).feeds.clone(),
        What::Term { taxonomy, term, .. } => {
            own(vec![FeedOf::Term(*taxonomy, *term)], &config.term_formats)
        }
        What::Entry(id) => above(reads, reads.site.entries[*id].section, page.lang).feeds.clone(),
        What::Extra(extra) => own(features::feeds(extra), &config.formats),
        _ => Vec::new(),
    };
    if feeds.is_empty() {
        feeds.clone_from(&reads.shells[page.lang].site.view.feeds);
    }
    feeds.extend(features::calendar_links(page, reads).into_iter().map(SharedFeed::rare));
    feeds
}

/// Links to the feeds that there are of a list.
fn feed_links(
    of: FeedOf,
    formats: &[FeedFormat],
    reads: &Reads<'_>,
    lang: LangId,
) -> Vec<FeedLink> {
    let (base, title, ..) = crate::render::feeds::subject(reads, of, lang);
    let is_there =
        |format: &FeedFormat| reads.plan.exists(&format!("{base}{}", feed_name(*format)));
    let formats: Vec<_> = formats.iter().copied().filter(is_there).collect();
    crate::render::feeds::links(reads.source(), &base, &formats, &title)
}

/// What all pages of a section say of it.
pub struct Above {
    feeds: Vec<SharedFeed>,
    /// The section and those above it that have a page, the home section left
    /// out, the uppermost first.
    crumbs: Vec<SharedLink>,
    /// To the entries below, for search engines.
    trail: Trail,
}

fn above<'a>(reads: &Reads<'a>, section: SectionId, lang: LangId) -> &'a Above {
    reads.views.above[lang][section].get_or_init(|| {
        let formats = &reads.site.config.feeds.formats;
        let feeds = feed_links(FeedOf::Section(section), formats, reads, lang);
        let crumbs = section_crumbs(reads, section, lang);
        let way = [&[reads.views.links.home(lang).clone()][..], &crumbs].concat();
        Above {
            feeds: feeds.into_iter().map(SharedFeed::new).collect(),
            crumbs,
            trail: trail(reads, &way),
        }
    })
}

fn breadcrumbs(page: &Page, reads: &Reads<'_>) -> Vec<SharedLink> {
    let site = reads.site;
    let lang = page.lang;
    let locale = &site.langs[lang].locale;
    let crumb = |id: &str, title: &str, path: &str| {
        let (id, title) = (id.to_owned(), title.to_owned());
        SharedLink::rare(NamedLink { id, title, url: reads.url(path) })
    };
    let list = |id: &str, path: &str| crumb(id, locale.string(taxonomy_string(id)), path);
    let mut crumbs = match page.what {
        What::Home | What::NotFound | What::Redirect { .. } | What::Short(_) => return Vec::new(),
        _ => vec![reads.views.links.home(lang).clone()],
    };
    let sections = |id| above(reads, id, lang).crumbs.iter().cloned();
    match &page.what {
        What::Section { section, .. } => {
            crumbs.extend(site.sections[*section].parent.into_iter().flat_map(sections))
        }
        What::Entry(id) => crumbs.extend(sections(site.entries[*id].section)),
        What::Term { taxonomy, .. } => {
            crumbs.push(list(TAXONOMIES[*taxonomy], &segments::terms(site, *taxonomy, lang)))
        }
        What::Extra(Extra::UnitList(of)) => {
            crumbs.push(list("units", &segments::terms(site, UNITS, lang)));
            let unit = &site.taxonomies[UNITS].terms[of.unit];
            let path = segments::term(site, UNITS, of.unit, lang);
            crumbs.push(crumb(&unit.id, unit.display(&site.langs[lang].tag), &path));
        }
        What::Extra(extra) => {
            for above in features::words(extra, reads, lang).above {
                let words = features::words(&above, reads, lang);
                let title = words.short.unwrap_or(words.title);
                crumbs.extend(reads.plan.extra(&above, lang).map(|path| crumb("", &title, path)));
            }
        }
        What::Year { .. } => crumbs.push(list("archive", &segments::archive(site, lang))),
        What::Month { year, .. } => {
            crumbs.push(list("archive", &segments::archive(site, lang)));
            crumbs.push(crumb("", &year.to_string(), &segments::year(site, *year, lang)));
        }
        _ => {}
    }
    crumbs
}

fn section_crumbs(reads: &Reads<'_>, section: SectionId, lang: LangId) -> Vec<SharedLink> {
    let mut crumbs = Vec::new();
    let mut at = Some(section);
    while let Some(id) = at.filter(|&id| id != 0) {
        let section = &reads.site.sections[id];
        if reads.plan.exists(&format!("{}index.html", section.paths[lang])) {
            crumbs.push(reads.views.links.section(id, lang).clone());
        }
        at = section.parent;
    }
    crumbs.reverse();
    crumbs
}

/// The menu item that a page belongs to.
fn menu(page: &Page, reads: &Reads<'_>) -> String {
    let site = reads.site;
    match &page.what {
        What::Section { section, .. } => site.sections[*section].dir.to_string(),
        What::Entry(id) => {
            let entry = &site.entries[*id];
            let menus = &reads.shells[page.lang].site.view.menus;
            let own = menus.values().flatten().any(|item| item.id == *entry.key);
            if own { entry.key.to_string() } else { site.sections[entry.section].dir.to_string() }
        }
        What::Terms { taxonomy } | What::Term { taxonomy, .. } => TAXONOMIES[*taxonomy].to_owned(),
        What::Archive | What::Year { .. } | What::Month { .. } => "archive".to_owned(),
        What::Extra(Extra::UnitList(_)) => TAXONOMIES[UNITS].to_owned(),
        What::Extra(Extra::Campaign(_) | Extra::CampaignYear { .. }) => "campaigns".to_owned(),
        _ => String::new(),
    }
}

/// A picture that stands for the site where a page has none of its own.
pub(super) fn icon(reads: &Reads<'_>) -> String {
    let png = reads.theme.files.iter().find(|(name, _)| name.ends_with("icon-512.png"));
    png.map_or_else(String::new, |(_, path)| reads.absolute(path))
}

/// Breadcrumbs of any page; site and publisher on the home page.
fn common_jsonld(page: &Page, reads: &Reads<'_>, view: &PageView) -> Vec<String> {
    let shell = &reads.shells[page.lang].site.view;
    let mut blocks = Vec::new();
    if page.what == What::Home {
        let owner = &shell.owner;
        let home = &shell.absolute_url;
        blocks.push(jsonld::website(&jsonld::WebSite {
            name: &shell.title,
            url: home,
            description: &shell.description,
            lang: &shell.lang,
            publisher: publisher(reads, page.lang),
        }));
        blocks.push(jsonld::organization(&jsonld::Organization {
            name: if owner.name.is_empty() { &shell.title } else { &owner.name },
            url: home,
            logo: &icon(reads),
            address: &owner.address,
            email: &owner.email,
            phone: &owner.phone,
        }));
    }
    if !view.breadcrumbs.is_empty() && !view.noindex {
        let end = (view.title.as_str(), view.canonical.as_str());
        blocks.push(match page.what {
            What::Entry(id) => {
                above(reads, reads.site.entries[id].section, page.lang).trail.to(end.0, end.1)
            }
            _ => trail(reads, &view.breadcrumbs).to(end.0, end.1),
        });
    }
    blocks
}

fn trail(reads: &Reads<'_>, crumbs: &[SharedLink]) -> Trail {
    let origin = &reads.site.config.base_url.origin;
    let urls: Vec<String> = crumbs.iter().map(|crumb| [origin, &*crumb.url].concat()).collect();
    Trail::of(crumbs.iter().zip(&urls).map(|(crumb, url)| (&*crumb.title, url.as_str())))
}

fn publisher<'a>(reads: &'a Reads<'_>, lang: LangId) -> Party<'a> {
    let shell = &reads.shells[lang].site.view;
    Party {
        person: false,
        name: if shell.owner.name.is_empty() { &shell.title } else { &shell.owner.name },
        url: &shell.absolute_url,
        logo: "",
    }
}

/// An entry's structured data. What is invented is not passed off as news.
pub fn entry_jsonld(
    reads: &Reads<'_>,
    id: EntryId,
    lang: LangId,
    view: &EntryView,
) -> Option<String> {
    let site = reads.site;
    let entry = &site.entries[id];
    let card = &reads.card(id, lang)?.view;
    let kind = entry.kind.schema_type()?;
    if entry.illustrative || card.fallback {
        return None;
    }
    let images: Vec<&str> = card.cover.iter().map(|cover| cover.absolute_url.as_str()).collect();
    if kind == "Event" {
        return Some(jsonld::event(&Event {
            url: &card.absolute_url,
            name: &card.title,
            description: &view.summary,
            images,
            start: entry.start.as_deref()?,
            end: entry.end.as_deref(),
            status: match card.status.as_str() {
                "cancelled" => EventStatus::Cancelled,
                "postponed" => EventStatus::Postponed,
                "moved_online" => EventStatus::MovedOnline,
                _ => EventStatus::Scheduled,
            },
            attendance: attendance(site.shown(id, lang)?.0),
            place: &card.place,
            address: "",
            online_url: "",
            organizer: organizer(reads, entry, lang),
            lang: &card.lang,
        }));
    }
    let authors = view.authors.iter().map(|author| Party {
        person: true,
        name: &author.title,
        url: "",
        logo: "",
    });
    Some(jsonld::article(&Article {
        kind,
        url: &card.absolute_url,
        headline: &card.title,
        description: &view.summary,
        images,
        published: entry.date.as_ref(),
        modified: entry.changed(),
        authors: authors.collect(),
        publisher: publisher(reads, lang),
        lang: &card.lang,
        section: &card.section.title,
        about: card.topics.iter().map(|topic| topic.title.as_str()).collect(),
        places: card
            .places
            .iter()
            .map(
                |place| if place.now.is_empty() { place.name.as_str() } else { place.now.as_str() },
            )
            .collect(),
        keywords: view.tags.iter().map(|tag| tag.title.as_str()).collect(),
    }))
}

fn attendance(variant: &crate::link::Variant) -> Attendance {
    match crate::kinds::choice(&variant.fields, "form").map(|(form, _)| form) {
        Some("online") => Attendance::Online,
        Some("mixed") => Attendance::Mixed,
        _ => Attendance::Offline,
    }
}

fn organizer<'a>(
    reads: &'a Reads<'_>,
    entry: &'a crate::link::Entry,
    lang: LangId,
) -> Option<Party<'a>> {
    let site = reads.site;
    let unit = entry.terms[UNITS].first()?;
    let name = site.taxonomies[UNITS].terms[*unit].display(&site.langs[lang].tag);
    Some(Party { person: false, name, url: "", logo: "" })
}
