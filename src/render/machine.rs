//! Pages that are written by Rust, not by a template: feeds, sitemaps, files
//! for hosts and browsers.

use super::manifest::{Icon, Manifest};
use super::pages::alternates;
use super::redirects::{Headers, Redirect};
use super::{Reads, feed, manifest, redirects, robots, sitemap};
use crate::base::diag::Diagnostic;
use crate::base::path::encode_path;
use crate::base::time::Moment;
use crate::config::Embed;
use crate::link::{EntryId, LangId};
use crate::plan::{Page, What, in_sitemap, sitemap_limit, sitemap_path};

/// The bytes of a page that no template writes; `None` for the others.
pub fn bytes(page: &Page, reads: &Reads<'_>) -> Result<Option<Vec<u8>>, Diagnostic> {
    let bytes = match &page.what {
        What::FeedStyle => feed::style::stylesheet(&strings(reads, page.lang)).into_bytes(),
        What::FeedCss => feed::style::fallback(&strings(reads, page.lang)).into_bytes(),
        What::SitemapIndex => sitemap_index(reads),
        What::Sitemap { number } => sitemap_file(reads, page.lang, *number),
        What::NewsSitemap => news(reads),
        What::Robots => robots_txt(reads).into_bytes(),
        What::WebManifest => web_manifest(reads, page.lang).into_bytes(),
        What::Redirects => redirects_file(reads).into_bytes(),
        What::Headers => headers(reads).into_bytes(),
        What::ThemeAsset(name) => reads.theme.assets.get(name).cloned().unwrap_or_default(),
        _ => return Ok(None),
    };
    Ok(Some(bytes))
}

fn strings<'a>(reads: &'a Reads<'_>, lang: LangId) -> feed::style::Strings<'a> {
    let shell = &reads.shells[lang].site.view;
    let locale = &reads.site.langs[lang].locale;
    let string = |key: &'static str| std::borrow::Cow::Borrowed(locale.string(key));
    feed::style::Strings {
        lang: shell.lang.as_str().into(),
        dir: shell.dir.as_str().into(),
        strings_lang: shell.strings_lang.as_str().into(),
        css: shell.assets.css.as_str().into(),
        heading: string("feed_title"),
        about: string("feed_about"),
        subscribe: string("feed_howto"),
        home: string("home"),
        items: string("feed_latest"),
        none: string("list_empty"),
        date: "{day}/{month}/{year}".into(),
    }
}

/// Pages of a language that a sitemap lists. Fallbacks are left out: their
/// canonical page is the original; so is what is invented or not yet due.
fn listed<'a>(reads: &'a Reads<'_>, lang: LangId) -> Vec<&'a Page> {
    let site = reads.site;
    let wanted = |page: &&Page| match page.what {
        What::Entry(id) => {
            let entry = &site.entries[id];
            let own = entry.variants[lang].is_some();
            own && !entry.illustrative && reads.card(id, lang).is_some_and(|card| !card.view.draft)
        }
        _ => true,
    };
    let pages = reads.plan.pages.iter().filter(|page| page.lang == lang && in_sitemap(page));
    pages.filter(wanted).collect()
}

fn lastmod<'a>(reads: &'a Reads<'_>, page: &Page) -> Option<&'a Moment> {
    let of = |id: EntryId| reads.site.entries[id].changed();
    let lists = &reads.plan.lists[page.lang];
    let newest =
        |ids: &[EntryId]| ids.iter().filter_map(|&id| of(id)).max_by_key(|moment| moment.instant);
    match &page.what {
        What::Entry(id) => of(*id),
        What::Home => newest(&lists.all),
        What::Section { section, .. } => newest(&lists.sections[*section]),
        What::Term { taxonomy, term, .. } => newest(&lists.terms[*taxonomy][*term]),
        _ => None,
    }
}

fn sitemap_file(reads: &Reads<'_>, lang: LangId, number: usize) -> Vec<u8> {
    let pages = listed(reads, lang);
    let limit = sitemap_limit(reads.site);
    let pages: Vec<&Page> = pages.into_iter().skip(number * limit).take(limit).collect();
    let rows: Vec<_> = pages
        .iter()
        .map(|page| {
            (
                reads.site.config.base_url.absolute(&page.path.url()),
                alternates(page, reads),
                lastmod(reads, page),
            )
        })
        .collect();
    let urls: Vec<sitemap::Url<'_>> = rows
        .iter()
        .map(|(loc, alternates, lastmod)| sitemap::Url {
            loc,
            lastmod: *lastmod,
            alternates: alternates.iter().map(|a| (a.lang.as_str(), a.url.as_str())).collect(),
        })
        .collect();
    sitemap::files(&urls, sitemap::Limits::PROTOCOL)
        .into_iter()
        .next()
        .map_or_else(sitemap::empty, |file| file.xml)
}

fn sitemap_index(reads: &Reads<'_>) -> Vec<u8> {
    let files: Vec<(String, Option<&Moment>)> = reads
        .plan
        .pages
        .iter()
        .filter_map(|page| match page.what {
            What::Sitemap { number } => {
                let newest =
                    listed(reads, page.lang).into_iter().filter_map(|page| lastmod(reads, page));
                let newest = newest.max_by_key(|moment| moment.instant);
                Some((reads.absolute(&sitemap_path(reads.site, page.lang, number)), newest))
            }
            _ => None,
        })
        .collect();
    let rows: Vec<(&str, Option<&Moment>)> =
        files.iter().map(|(loc, moment)| (loc.as_str(), *moment)).collect();
    sitemap::index(&rows)
}

/// The last two days' news, in every language, invented entries left out.
fn news(reads: &Reads<'_>) -> Vec<u8> {
    let site = reads.site;
    let mut articles = Vec::new();
    for (lang, lists) in reads.plan.lists.iter().enumerate() {
        for &id in lists.all.iter().rev() {
            let entry = &site.entries[id];
            let (Some(card), Some(date)) = (reads.card(id, lang), &entry.date) else { continue };
            let news = matches!(entry.kind.schema_type(), Some("NewsArticle" | "Article"));
            if news && !entry.illustrative && !card.view.fallback && !card.view.draft {
                articles.push(sitemap::News {
                    loc: &card.view.absolute_url,
                    title: &card.view.title,
                    lang: &card.view.lang,
                    publication: &reads.shells[lang].site.view.title,
                    published: date,
                });
            }
        }
    }
    sitemap::news(&articles, reads.plan.at)
}

fn robots_txt(reads: &Reads<'_>) -> String {
    if !reads.site.config.indexed {
        return robots::closed();
    }
    let urls = ["sitemap.xml", "news-sitemap.xml"].map(|path| reads.absolute(path));
    robots::open(&[&urls[0], &urls[1]])
}

fn web_manifest(reads: &Reads<'_>, lang: LangId) -> String {
    let shell = &reads.shells[lang].site.view;
    let icons: Vec<(String, &str, &str, &str)> = reads
        .theme
        .files
        .iter()
        .filter_map(|(name, path)| {
            let (sizes, mime, purpose) = match name.rsplit('/').next()? {
                "icon.svg" => ("any", "image/svg+xml", "any"),
                "icon-192.png" => ("192x192", "image/png", "any"),
                "icon-512.png" => ("512x512", "image/png", "any"),
                "icon-maskable-512.png" | "icon-maskable.png" => {
                    ("512x512", "image/png", "maskable")
                }
                _ => return None,
            };
            Some((reads.url(path), sizes, mime, purpose))
        })
        .collect();
    let colour = |name: &str| {
        let colour = reads.theme.settings.get("colours").and_then(|colours| colours.get(name));
        colour.and_then(|colour| colour.as_str()).unwrap_or("#ffffff")
    };
    manifest::render(&Manifest {
        name: &shell.title,
        short_name: &shell.title,
        description: &shell.description,
        lang: &shell.lang,
        dir: &shell.dir,
        start_url: &shell.url,
        scope: &shell.root,
        icons: icons
            .iter()
            .map(|(src, sizes, mime, purpose)| Icon { src, sizes, mime, purpose })
            .collect(),
        theme_color: colour("blue"),
        background_color: colour("paper"),
    })
}

fn redirects_file(reads: &Reads<'_>) -> String {
    let pages = &reads.plan.pages;
    let rules = |to: &dyn Fn(&Page) -> Option<String>| -> Vec<(String, String)> {
        let rule = |page: &Page| {
            Some((page.path.url().into_owned(), encode_path(&to(page)?).into_owned()))
        };
        pages.iter().filter_map(rule).collect()
    };
    let moved = rules(&|page| match &page.what {
        What::Redirect { to } => Some(to.clone()),
        _ => None,
    });
    let short = rules(&|page| match page.what {
        What::Short(id) => reads.site.entry_path(id, page.lang),
        _ => None,
    });
    fn each(rules: &[(String, String)]) -> Vec<Redirect<'_>> {
        rules.iter().map(|(from, to)| Redirect { from, to }).collect()
    }
    let gone: Vec<_> = pages
        .iter()
        .filter(|page| matches!(page.what, What::Withdrawn(_)))
        .map(|page| page.path.url())
        .collect();
    let gone: Vec<&str> = gone.iter().map(|url| &**url).collect();
    let root = &reads.site.config.base_url.path;
    // Hosts read so many rules and no more; short addresses can be many, and
    // each has a page that leads on.
    let first = redirects::redirects(root, &each(&moved), &gone);
    first + &redirects::redirects(root, &each(&short), &[])
}

fn headers(reads: &Reads<'_>) -> String {
    redirects::headers(&Headers {
        root: &reads.site.config.base_url.path,
        hashed: vec!["assets/"],
        images: vec!["https:"],
        media: vec!["https:"],
        frames: Vec::new(),
        ancestors: match &reads.site.config.outlets.embed {
            Embed::Nobody => Vec::new(),
            Embed::Anybody => vec!["*"],
            Embed::Sites(sites) => sites.iter().map(String::as_str).collect(),
        },
        types: vec![
            ("*.ics", "text/calendar; charset=utf-8"),
            ("*.xsl", "text/xsl; charset=utf-8"),
            ("*.epub", "application/epub+zip"),
            ("*.txt", "text/plain; charset=utf-8"),
        ],
    })
}
