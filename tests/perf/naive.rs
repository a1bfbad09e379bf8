//! A yardstick: the same packages, the same stories, and nothing but pages.
//!
//! `cp -r` tells how fast a machine's memory is, not how fast it parses and
//! fills templates: from one machine to the next the two differ by twice. So
//! the goals are told against this as well: it finds, parses, renders and
//! writes what other generators render when they are measured, without a check,
//! a record, a search index or a safe way into the output.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rayon::prelude::*;
use tera::{Context, Tera, Value};

use super::Failure;
use super::program::{self, Run};
use super::words::SECTIONS;

const ORIGIN: &str = "https://tintot.example";
const SITE: &str = "Mỗi ngày một tin tốt";
/// Stories on one page of a list, and in a feed.
const LISTED: usize = 20;
/// Of the same unit, below a story.
const RELATED: usize = 5;
const TAXONOMIES: [&str; 3] = ["units", "topics", "tags"];

/// A file.
struct Source {
    section: String,
    slug: String,
    lang: String,
    title: String,
    summary: String,
    /// Of translations empty: both are the original's.
    date: String,
    terms: [Vec<String>; 3],
    html: String,
}

struct Story<'a> {
    source: &'a Source,
    /// The Vietnamese one.
    original: &'a Source,
    url: String,
    /// What templates see, shared by all pages.
    value: Value,
}

/// Stories by list and language, the newest first.
type Lists = BTreeMap<(String, String), Vec<usize>>;

/// This very program as the yardstick, in a process of its own.
pub fn run(base: &Path) -> Result<Run, Failure> {
    program::remove(&base.join("naive-out"))?;
    let run = program::run(Command::new(std::env::current_exe()?).arg("--naive").arg(base))?;
    program::remove(&base.join("naive-out"))?;
    if run.code == Some(0) { Ok(run) } else { Err("the yardstick failed".into()) }
}

/// Builds `base/site` into `base/naive-out`.
pub fn build(base: &Path) -> Result<(), Failure> {
    let (content, out) = (base.join("site/content"), base.join("naive-out"));
    let files: Vec<_> = walkdir::WalkDir::new(&content).into_iter().collect::<Result<_, _>>()?;
    let read = |file: &walkdir::DirEntry| source(&content, file.path());
    let sources: Vec<Source> = files.par_iter().filter_map(read).collect();
    let vietnamese = sources.iter().filter(|source| source.lang == "vi");
    let originals: BTreeMap<_, _> = vietnamese.map(|of| ((&*of.section, &*of.slug), of)).collect();
    let story = |of| story(of, originals.get(&(&*of.section, &*of.slug)).copied().unwrap_or(of));
    let mut stories: Vec<Story> = sources.par_iter().map(story).collect();
    stories.sort_by_key(|story| (Reverse(&*story.original.date), Reverse(&*story.source.slug)));
    let mut lists = Lists::new();
    let mut versions: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, story) in stories.iter().enumerate() {
        let source = story.source;
        versions.entry((&source.section, &source.slug)).or_default().push(at);
        let terms = TAXONOMIES.iter().zip(&story.original.terms);
        let terms =
            terms.flat_map(|(name, of)| of.iter().map(move |term| format!("{name}/{term}")));
        for list in terms.chain([source.section.clone()]) {
            lists.entry((list, source.lang.clone())).or_default().push(at);
        }
    }
    let tera = templates()?;
    let page = |at: usize| -> Result<(), String> {
        let source = stories[at].source;
        let others = &versions[&(&*source.section, &*source.slug)];
        let context = story_page(&stories, at, others, &lists);
        put(&out, &stories[at].url, "index.html", &tera, ("story.html", &context))
    };
    (0..stories.len()).into_par_iter().try_for_each(page)?;
    let lists: Vec<_> = lists.iter().collect();
    lists.par_iter().try_for_each(|(name, list)| write_list(&stories, name, list, &tera, &out))?;
    Ok(())
}

fn templates() -> Result<Tera, Failure> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml"]);
    tera.add_raw_templates([
        ("base.html", include_str!("naive/base.html")),
        ("story.html", include_str!("naive/story.html")),
        ("list.html", include_str!("naive/list.html")),
        ("feed.xml", include_str!("naive/feed.xml")),
    ])?;
    Ok(tera)
}

/// One file, if it is a story.
fn source(content: &Path, path: &Path) -> Option<Source> {
    let section = path.parent()?.strip_prefix(content).ok()?.to_str()?.to_owned();
    let stem = path.file_name()?.to_str()?.strip_suffix(".md").filter(|s| !s.starts_with('_'))?;
    let (slug, lang) = stem.split_once('.').unwrap_or((stem, "vi"));
    let text = std::fs::read_to_string(path).ok()?;
    let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    let field = |key: &str| {
        let mut lines = front.lines().filter_map(|line| line.split_once(": "));
        let value = lines.find(|(name, _)| *name == key).map_or("", |(_, value)| value);
        value.trim_matches(['"', '[', ']'])
    };
    Some(Source {
        section,
        slug: slug.to_owned(),
        lang: lang.to_owned(),
        title: field("title").to_owned(),
        summary: field("summary").to_owned(),
        date: field("date").to_owned(),
        terms: TAXONOMIES.map(|name| field(name).split(", ").map(str::to_owned).collect()),
        html: html(body),
    })
}

fn story<'a>(source: &'a Source, original: &'a Source) -> Story<'a> {
    let root = root(&source.lang);
    let url = format!("{root}{}/{}/", source.section, source.slug);
    let mut links = Vec::new();
    for (name, of) in TAXONOMIES.iter().zip(&original.terms) {
        for term in of {
            let url = format!("{root}{name}/{term}/");
            links.push(map([("title", term.as_str()), ("url", &url)], []));
        }
    }
    let texts = [
        ("title", &*source.title),
        ("summary", &source.summary),
        ("date", &original.date),
        ("url", &url),
        ("lang", &source.lang),
        ("body", &source.html),
    ];
    let value = map(texts, [("terms", Value::from(links))]);
    Story { source, original, url, value }
}

/// Where a language's pages lie.
fn root(lang: &str) -> String {
    if lang == "vi" { "/".to_owned() } else { format!("/{lang}/") }
}

fn map<const N: usize, const M: usize>(
    texts: [(&'static str, &str); N],
    others: [(&'static str, Value); M],
) -> Value {
    let texts = texts.map(|(name, text)| (name, Value::from(text)));
    let all = texts.into_iter().chain(others).map(|(name, value)| (name.into(), value));
    Value::from(all.collect::<tera::Map>())
}

fn page(lang: &str, url: &str, feed: &str, title: &str, summary: &str) -> Context {
    let root = root(lang);
    let mut page = Context::new();
    let texts = [
        ("lang", lang),
        ("title", title),
        ("site", SITE),
        ("summary", summary),
        ("origin", ORIGIN),
        ("url", url),
        ("feed", feed),
        ("root", &root),
        ("related_title", "Cùng đơn vị"),
    ];
    for (name, text) in texts {
        page.insert_value(name, Value::from(text));
    }
    let sections = SECTIONS.map(|(dir, ..)| Value::from(dir));
    page.insert_value("sections", Value::from(sections.to_vec()));
    page
}

fn story_page(stories: &[Story], at: usize, versions: &[usize], lists: &Lists) -> Context {
    let Story { source, original, url, value } = &stories[at];
    let list = |name: &str| -> &[usize] {
        lists.get(&(name.to_owned(), source.lang.clone())).map_or(&[], Vec::as_slice)
    };
    let values = |all: &mut dyn Iterator<Item = usize>| -> Value {
        Value::from(all.map(|at| stories[at].value.clone()).collect::<Vec<_>>())
    };
    let section = list(&source.section);
    let feed = format!("{}{}/index.xml", root(&source.lang), source.section);
    let mut page = page(&source.lang, url, &feed, &source.title, &source.summary);
    page.insert_value("alternates", values(&mut versions.iter().copied().filter(|v| *v != at)));
    let mut same = original.terms[0].iter().flat_map(|unit| list(&format!("units/{unit}")));
    page.insert_value("related", values(&mut same.by_ref().take(RELATED).copied()));
    let place = section.binary_search(&at).unwrap_or_default();
    let around = [("next", place.checked_sub(1)), ("previous", Some(place + 1))];
    for (name, place) in around {
        if let Some(other) = place.and_then(|place| section.get(place)) {
            page.insert_value(name, stories[*other].value.clone());
        }
    }
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": source.title,
        "datePublished": original.date, "url": format!("{ORIGIN}{url}"),
    });
    page.insert_value("jsonld", Value::from(data.to_string()));
    page.insert_value("story", value.clone());
    page
}

fn write_list(
    stories: &[Story],
    (name, lang): &(String, String),
    list: &[usize],
    tera: &Tera,
    out: &Path,
) -> Result<(), String> {
    let base = format!("{}{name}/", root(lang));
    let total = list.len().div_ceil(LISTED);
    for (number, part) in list.chunks(LISTED).enumerate() {
        let url = if number == 0 { base.clone() } else { format!("{base}page/{}/", number + 1) };
        let mut page = page(lang, &url, &format!("{base}index.xml"), name, "");
        let cards = part.iter().map(|at| stories[*at].value.clone()).collect::<Vec<_>>();
        page.insert_value("cards", Value::from(cards));
        page.insert_value("alternates", Value::from(Vec::<Value>::new()));
        page.insert("number", &(number + 1));
        page.insert("total", &total);
        put(out, &url, "index.html", tera, ("list.html", &page))?;
        if number == 0 {
            put(out, &url, "index.xml", tera, ("feed.xml", &page))?;
        }
    }
    Ok(())
}

fn put(
    out: &Path,
    url: &str,
    file: &str,
    tera: &Tera,
    (template, context): (&str, &Context),
) -> Result<(), String> {
    let mut bytes = Vec::with_capacity(1 << 15);
    tera.render_to(template, context, &mut bytes).map_err(|error| error.to_string())?;
    let folder = out.join(&url[1..]);
    let write = || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(file), &bytes)
    };
    write().map_err(|error: std::io::Error| error.to_string())
}

/// The Markdown that the corpus has.
fn html(body: &str) -> String {
    let mut html = String::with_capacity(body.len() * 5 / 4);
    for event in Parser::new_ext(body, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                html.extend(["<a href=\"", &dest_url, "\">"]);
            }
            Event::Start(tag) => html.extend(["<", name(&tag.to_end()), ">"]),
            Event::End(tag) => html.extend(["</", name(&tag), ">"]),
            Event::Text(text) => {
                let _ = pulldown_cmark_escape::escape_html_body_text(&mut html, &text);
            }
            _ => html.push('\n'),
        }
    }
    html
}

fn name(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Heading(_) => "h2",
        TagEnd::List(_) => "ul",
        TagEnd::Item => "li",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Strong => "strong",
        TagEnd::Emphasis => "em",
        TagEnd::Link => "a",
        _ => "p",
    }
}
