//! What the repository's own site becomes: feeds, sitemaps, structured data,
//! pages. Built once, looked at by every test.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;
use scraper::{Html, Selector};
use tintot::driver::{Build, Ready};
use tintot::link::LangId;
use tintot::plan::{State, What};

use crate::incremental::Snapshot;
use crate::site::{Site, snapshot};

const BASE: &str = "https://tintot.example/";

/// What became of the demo.
pub struct Demo {
    pub files: Snapshot,
    build: Build,
    /// Of every HTML file.
    facts: BTreeMap<String, Facts>,
}

/// What a page says of itself.
#[derive(Default)]
struct Facts {
    noindex: bool,
    canonical: Vec<String>,
    /// Language and address.
    alternates: BTreeSet<(String, String)>,
    jsonld: Vec<String>,
    /// Style sheets and scripts.
    assets: Vec<String>,
    wrong: Vec<String>,
}

/// The demo at the day that its texts speak of.
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let (files, build) = build_demo(None);
        let html: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
        let facts = html.into_par_iter().map(|(path, bytes)| (path.clone(), facts(bytes)));
        Demo { facts: facts.collect(), files, build }
    })
}

/// Builds a copy of the demo.
pub fn build_demo(base_url: Option<&'static str>) -> (Snapshot, Build) {
    let mut site = Site::new("");
    copy_demo(site.root());
    site.at = "2026-11-23T18:00:00+07:00";
    site.base_url = base_url;
    let built = site.build().ok();
    (snapshot(&site.out()), built.build)
}

/// Copies the sources of the demo into an empty folder.
pub fn copy_demo(root: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["site.yaml", "content", "static", "themes"] {
        for entry in walkdir::WalkDir::new(here.join(part)).sort_by_file_name() {
            let entry = entry.expect("a readable file");
            let to = root.join(entry.path().strip_prefix(here).expect("below"));
            if entry.file_type().is_file() {
                std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
                std::fs::write(&to, std::fs::read(entry.path()).expect("readable"))
                    .expect("a file");
            }
        }
    }
}

impl Demo {
    fn ready(&self) -> &Ready {
        self.build.ready.as_ref().expect("a site")
    }

    fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// Files whose name ends so, with their text.
    fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let paths = self.files.keys().filter(move |path| path.ends_with(end));
        paths.map(|path| (path.as_str(), self.text(path)))
    }

    /// Output path, entry and language of every entry's page.
    fn entry_pages(&self) -> impl Iterator<Item = (&str, usize, LangId)> {
        self.ready().plan.pages.iter().filter_map(|page| match page.what {
            What::Entry(id) => Some((page.path.as_str(), id, page.lang)),
            _ => None,
        })
    }
}

/// The output path of a full address of the demo.
fn path_of(url: &str) -> String {
    let path = url.strip_prefix(BASE).unwrap_or_else(|| panic!("{url} is not below {BASE}"));
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    }
}

fn facts(bytes: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let text = String::from_utf8_lossy(bytes);
    let page = Html::parse_document(&text);
    let all = |css: &str| Selector::parse(css).expect("a selector");
    for element in page.select(&all("*")) {
        let value = element.value();
        let name = value.name();
        let inline = name == "script" && value.attr("src").is_none();
        match (name, value.attr("type"), value.attr("rel")) {
            ("script", Some("application/ld+json"), _) => facts.jsonld.push(element.inner_html()),
            ("style", ..) => facts.wrong.push("a style element".to_owned()),
            ("script", ..) if inline => facts.wrong.push("an inline script".to_owned()),
            ("script", ..) => facts.assets.extend(value.attr("src").map(str::to_owned)),
            ("link", _, Some("stylesheet")) => {
                facts.assets.extend(value.attr("href").map(str::to_owned));
            }
            ("link", _, Some("canonical")) => {
                facts.canonical.extend(value.attr("href").map(str::to_owned));
            }
            ("link", _, Some("alternate")) => {
                if let (Some(lang), Some(href)) = (value.attr("hreflang"), value.attr("href")) {
                    facts.alternates.insert((lang.to_owned(), href.to_owned()));
                }
            }
            ("meta", ..) if value.attr("name") == Some("robots") => {
                facts.noindex = value.attr("content").unwrap_or_default().contains("noindex");
            }
            ("img", ..) if value.attr("alt").is_none() => {
                facts.wrong.push("a picture without alt".to_owned());
            }
            _ => {}
        }
        for (attribute, _) in value.attrs() {
            if attribute == "style" || attribute.starts_with("on") {
                facts.wrong.push(format!("{name} with the attribute {attribute}"));
            }
        }
    }
    for css in ["h1", "head > title", "main", "link[rel=canonical]", "html[lang]"] {
        let count = page.select(&all(css)).count();
        if count != 1 {
            facts.wrong.push(format!("{count} x {css}"));
        }
    }
    let title = page.select(&all("title")).next().map(|title| title.inner_html());
    if title.is_none_or(|title| title.trim().is_empty()) {
        facts.wrong.push("an empty title".to_owned());
    }
    let mut ids = BTreeSet::new();
    for element in page.select(&all("[id]")) {
        let id = element.value().id().unwrap_or_default();
        if !ids.insert(id) {
            facts.wrong.push(format!("the id {id} twice"));
        }
    }
    facts
}

#[test]
fn pages_are_well_made() {
    let facts = &demo().facts;
    let wrong: Vec<String> = facts
        .iter()
        .flat_map(|(path, facts)| facts.wrong.iter().map(move |what| format!("{path}: {what}")))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(30)].join("\n")
    );
    assert!(facts.len() > 500, "{} pages", facts.len());
}

#[test]
fn text_assets_are_named_by_their_content() {
    let named = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        if path.starts_with("assets/anh/") || path.starts_with("assets/the/") {
            let hash = name.split(['-', '.']).next().unwrap_or_default();
            return hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        }
        let mut parts = name.rsplit('.').skip(1);
        let hash = parts.next().unwrap_or_default();
        parts.next().is_some() && hash.len() == 10 && hash.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let used: BTreeSet<&String> = demo().facts.values().flat_map(|page| &page.assets).collect();
    assert!(used.len() >= 3, "{used:?}");
    for path in used.into_iter().chain(demo().files.keys().filter(|p| p.starts_with("assets/"))) {
        assert!(named(path), "{path}");
    }
}

#[test]
fn xml_is_well_formed() {
    let ends = [".xml", ".xsl", ".svg"];
    let mut count = 0;
    for (path, text) in ends.into_iter().flat_map(|end| demo().ending(end)) {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i32;
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
                Event::Start(start) => {
                    depth += 1;
                    start.attributes().for_each(|attribute| {
                        attribute.unwrap_or_else(|error| panic!("{path}: {error}"));
                    });
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{path}");
        count += 1;
    }
    assert!(count > 50, "{count} files");
}

/// What the reader of a feed gets of an item.
struct Item {
    id: String,
    link: String,
    updated: jiff::Timestamp,
    content: String,
}

fn items(path: &str, bytes: &[u8]) -> (String, Vec<Item>) {
    let feed = feed_rs::parser::parse(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(!feed.id.is_empty() && feed.title.is_some(), "{path}");
    let item = |entry: feed_rs::model::Entry| {
        let link = entry.links.iter().find(|link| link.rel.as_deref() != Some("enclosure"));
        let date = entry.updated.or(entry.published).expect("a date");
        let content = entry.content.and_then(|content| content.body).unwrap_or_default();
        Item {
            id: entry.id,
            link: link.map(|link| link.href.clone()).unwrap_or_default(),
            updated: jiff::Timestamp::from_second(date.timestamp()).expect("an instant"),
            content,
        }
    };
    (feed.id, feed.entries.into_iter().map(item).collect())
}

/// Addresses in the HTML of an item that mean nothing in a feed reader.
fn relative(content: &str) -> Vec<String> {
    let page = Html::parse_fragment(content);
    let all = Selector::parse("*").expect("a selector");
    let known = ["https://", "http://", "mailto:", "tel:"];
    let values = page.select(&all).flat_map(|element| {
        let element = element.value();
        ["href", "src", "poster"].into_iter().filter_map(|name| element.attr(name))
    });
    let bad = |address: &&str| !known.iter().any(|start| address.starts_with(start));
    values.filter(bad).map(str::to_owned).collect()
}

#[test]
fn feeds_are_whole() {
    let demo = demo();
    let Ready { site, .. } = demo.ready();
    let by_path: BTreeMap<&str, usize> =
        demo.entry_pages().map(|(path, id, _)| (path, id)).collect();
    let names = ["rss.xml", "atom.xml", "feed.json"];
    let feeds: Vec<_> = names.into_iter().flat_map(|name| demo.ending(name)).collect();
    assert!(feeds.len() > 60, "{} feeds", feeds.len());
    for (path, text) in feeds {
        let (_, items) = items(path, text.as_bytes());
        assert!(items.len() <= 20, "{path}: {} items", items.len());
        let ids: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids.len(), items.len(), "{path}: ids are not unique");
        for item in &items {
            assert_eq!(relative(&item.content), [""; 0], "{path}: {}", item.link);
            assert!(!item.content.is_empty(), "{path}: {} has no text", item.link);
            if path.contains("/tuan/") || path.contains("/weekly/") {
                // A week is no entry, but has a page; all that the demo tells is invented.
                assert!(demo.files.contains_key(&path_of(&item.link)), "{path}: {}", item.link);
                assert!(item.content.contains("<strong>"), "{path}: {}", item.link);
                continue;
            }
            let entry = by_path.get(&*path_of(&item.link)).map(|id| &site.entries[*id]);
            let entry = entry.unwrap_or_else(|| panic!("{path}: {} is no entry", item.link));
            assert!(item.id.ends_with(&*entry.id), "{path}: {}", item.id);
            let date = entry.updated.as_deref().or(entry.date.as_ref()).expect("a date");
            assert_eq!(item.updated, date.instant, "{path}: {}", item.id);
            let labelled = item.content.contains("<strong>");
            assert!(labelled || !entry.illustrative, "{path}: {} is not labelled", item.id);
        }
    }
}

#[test]
fn the_three_formats_say_the_same() {
    let demo = demo();
    for (path, text) in demo.ending("rss.xml") {
        let sibling = |name: &str| path.replace("rss.xml", name);
        let Some(atom) = demo.files.get(&sibling("atom.xml")) else { continue };
        let json = &demo.files[&sibling("feed.json")];
        let said = |bytes: &[u8]| -> Vec<(String, String, String)> {
            let (_, items) = items(path, bytes);
            let content = |item: &Item| item.content.trim().to_owned();
            items.into_iter().map(|item| (content(&item), item.id, item.link)).collect()
        };
        let rss = said(text.as_bytes());
        assert_eq!(rss, said(atom), "{path}");
        assert_eq!(rss, said(json), "{path}");
    }
}

#[test]
fn structured_data_parses_and_tells_no_stories() {
    let demo = demo();
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let of = |path: &str| -> Vec<String> {
        let blocks = demo.facts[path].jsonld.iter();
        let kind = |block: &String| {
            let value: serde_json::Value =
                serde_json::from_str(block).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(value["@context"], "https://schema.org", "{path}");
            value["@type"].as_str().unwrap_or_default().to_owned()
        };
        blocks.map(kind).collect()
    };
    for path in demo.facts.keys() {
        of(path).into_iter().for_each(|kind| *types.entry(kind).or_default() += 1);
    }
    for kind in ["WebSite", "Organization", "BreadcrumbList"] {
        assert!(types.contains_key(kind), "{types:?}");
    }
    for (path, id, _) in demo.entry_pages() {
        let entry = &demo.ready().site.entries[id];
        let told = of(path);
        let news = ["NewsArticle", "Article", "Event"];
        let claims = told.iter().any(|kind| news.contains(&kind.as_str()));
        assert!(!(entry.illustrative && claims), "{path}: {told:?}");
        assert!(demo.facts[path].noindex || !entry.illustrative, "{path} may be indexed");
    }
}

/// Address and alternates of every row of the sitemaps that the index names.
fn sitemap() -> BTreeMap<String, BTreeSet<(String, String)>> {
    let demo = demo();
    let attribute = |part: &str, name: &str| {
        let value =
            part.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let locs = |text: &str| -> Vec<String> {
        let parts = text.split("<loc>").skip(1);
        parts.map(|part| part.split("</loc>").next().unwrap_or_default().to_owned()).collect()
    };
    let mut rows = BTreeMap::new();
    for file in locs(demo.text("sitemap.xml")) {
        for row in demo.text(&path_of(&file)).split("<url>").skip(1) {
            let [loc] = &locs(row)[..] else { panic!("{file}: {row}") };
            let links = row.split("<xhtml:link ").skip(1);
            let links = links.map(|part| (attribute(part, "hreflang"), attribute(part, "href")));
            assert!(rows.insert(loc.clone(), links.collect()).is_none(), "{loc} stands twice");
        }
    }
    rows
}

#[test]
fn the_sitemap_lists_every_page_that_may_be_found() {
    let demo = demo();
    let rows = sitemap();
    for (loc, alternates) in &rows {
        let facts = demo.facts.get(&path_of(loc)).unwrap_or_else(|| panic!("{loc} is no page"));
        assert!(!facts.noindex, "{loc} is noindex");
        assert_eq!(facts.canonical, std::slice::from_ref(loc), "another page stands for it");
        assert_eq!(&facts.alternates, alternates, "{loc}");
        if alternates.is_empty() {
            continue;
        }
        assert!(alternates.iter().any(|(_, url)| url == loc), "{loc} does not name itself");
        assert!(alternates.iter().any(|(lang, _)| lang == "x-default"), "{loc}");
        for (_, url) in alternates {
            assert_eq!(rows.get(url), Some(alternates), "{url} does not answer {loc}");
        }
    }
    // Numbered parts of lists are reached through their list.
    let numbered: BTreeSet<&str> = demo
        .ready()
        .plan
        .pages
        .iter()
        .filter(|page| !tintot::plan::in_sitemap(page))
        .map(|page| page.path.as_str())
        .collect();
    for (path, facts) in &demo.facts {
        let own = facts.canonical.iter().any(|url| path_of(url) == *path);
        if own && !facts.noindex && !numbered.contains(path.as_str()) {
            assert!(rows.contains_key(&facts.canonical[0]), "{path} is missing");
        }
    }
    assert!(rows.len() > 100, "{} rows", rows.len());
}

#[test]
fn alternates_answer_each_other() {
    for (path, facts) in &demo().facts {
        for (lang, url) in facts.alternates.iter().filter(|(lang, _)| lang != "x-default") {
            let other = demo().facts.get(&path_of(url));
            let other = other.unwrap_or_else(|| panic!("{path}: {lang} {url} is no page"));
            assert_eq!(other.alternates, facts.alternates, "{path}: {url}");
        }
    }
}

#[test]
fn the_news_sitemap_holds_two_days_of_real_news() {
    let entry = |name: &str, more: &str| {
        format!("-- content/tin/{name}.md --\n---\ntitle: Tin {name}\n{more}---\nNội dung.\n")
    };
    let files = [
        "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\nfallback: show\n---\n"
            .to_owned(),
        entry("moi", "date: 2026-11-22 08:00\n"),
        entry("cu", "date: 2026-11-21 08:00\n"),
        entry("mai", "date: 2026-11-24 08:00\n"),
        entry("mau", "date: 2026-11-23 08:00\nillustrative: true\n"),
        entry("go", "date: 2026-11-23 09:00\nwithdrawn: true\n"),
        "-- content/tin/moi.en.md --\n---\ntitle: New\nslug: new\n---\nText.\n".to_owned(),
    ];
    let site = Site::with(&files.concat());
    site.build().ok();
    let text = site.page("news-sitemap.xml");
    let locs: Vec<&str> = text.split("<loc>").skip(1).filter_map(|p| p.split('<').next()).collect();
    assert_eq!(locs, ["https://tintot.example/en/tin/new/", "https://tintot.example/tin/moi/"]);
    assert!(text.contains("<news:language>en</news:language>"), "{text}");
    assert!(text.contains("<news:publication_date>2026-11-22T08:00:00+07:00<"), "{text}");
}

#[test]
fn no_invented_news_is_in_the_news_sitemap() {
    let demo = demo();
    let news = demo.text("news-sitemap.xml");
    for (path, id, _) in demo.entry_pages() {
        if demo.ready().site.entries[id].illustrative {
            let url = format!("<loc>{BASE}{}</loc>", path.trim_end_matches("index.html"));
            assert!(!news.contains(&url), "{path}");
        }
    }
}

#[test]
fn files_for_hosts_and_browsers_are_right() {
    let demo = demo();
    let robots = demo.text("robots.txt");
    for name in ["sitemap.xml", "news-sitemap.xml"] {
        assert!(robots.contains(&format!("Sitemap: {BASE}{name}\n")), "{robots}");
        assert!(demo.files.contains_key(name));
    }
    for (path, text) in demo.ending("manifest.webmanifest") {
        let manifest: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let icons = manifest["icons"].as_array().expect("icons");
        assert!(icons.len() >= 3, "{path}");
        for icon in icons {
            let file = icon["src"].as_str().expect("an address").trim_start_matches('/');
            assert!(demo.files.contains_key(file), "{path}: {file}");
        }
    }
    let pages: BTreeMap<&str, &What> =
        demo.ready().plan.pages.iter().map(|page| (page.path.as_str(), &page.what)).collect();
    let redirects = demo.text("_redirects");
    for line in redirects.lines() {
        let [from, to, code] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let page = |url: &str| path_of(&format!("{BASE}{}", url.trim_start_matches('/')));
        match code {
            "301" => {
                let leads = |what: &What| matches!(what, What::Redirect { .. } | What::Short(_));
                assert!(leads(pages[page(from).as_str()]), "{line}");
                assert!(!leads(pages[page(to).as_str()]), "{line}");
            }
            "410!" => assert!(matches!(pages[page(from).as_str()], What::Withdrawn(_)), "{line}"),
            _ => panic!("{line}"),
        }
    }
    let wanted =
        |what: &&&What| matches!(what, What::Redirect { .. } | What::Short(_) | What::Withdrawn(_));
    assert_eq!(redirects.lines().count(), pages.values().filter(wanted).count());
}

#[test]
fn what_is_withdrawn_or_not_due_is_nowhere() {
    let demo = demo();
    let Ready { site, plan, .. } = demo.ready();
    let mut seen = BTreeSet::new();
    for (id, state) in plan.states.iter().enumerate() {
        let entry = &site.entries[id];
        if *state == State::Live {
            continue;
        }
        seen.insert(format!("{state:?}"));
        let notice = |path: &str| demo.facts.get(path).is_some_and(|facts| facts.noindex);
        for (lang, variant) in entry.variants.iter().enumerate() {
            let Some(variant) = variant else { continue };
            let page = format!("{}index.html", variant.path);
            match state {
                State::Withdrawn => assert!(notice(&page), "{page} gives no notice"),
                _ => assert!(!demo.files.contains_key(&page), "{page} is there"),
            }
            let address = format!("{BASE}{}", variant.path);
            let tag = &site.langs[lang].tag;
            let id = format!("{tag}/{}<", entry.id);
            for (path, bytes) in &demo.files {
                let Ok(text) = std::str::from_utf8(bytes) else { continue };
                assert!(!text.contains(&*variant.title), "{path} names {}", variant.title);
                assert!(*path == page || !text.contains(&address), "{path} leads to {address}");
                assert!(!text.contains(&id), "{path} has {id}");
            }
        }
    }
    assert!(seen.len() == 4, "the demo shows only {seen:?}");
}
