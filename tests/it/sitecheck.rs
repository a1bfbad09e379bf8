//! Dead links: every address that an output names below its base URL must be
//! a file of it, every fragment an id of that file.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use scraper::{Html, Selector};
use tintot::config::BaseUrl;

use crate::incremental::Snapshot;
use crate::outputs::{build_demo, demo};

/// Attributes of HTML that hold one address.
const ADDRESSES: [&str; 7] = ["href", "src", "poster", "data", "action", "cite", "data-url"];

/// What one file says: the addresses it names and the ids it has.
#[derive(Default)]
struct Said {
    addresses: BTreeSet<String>,
    ids: BTreeSet<String>,
}

/// Everything in an output that leads nowhere, a line each, and how many
/// different addresses were followed.
pub fn dead(files: &Snapshot, base: &BaseUrl) -> (Vec<String>, usize) {
    let said: BTreeMap<&String, Said> =
        files.par_iter().map(|(path, bytes)| (path, said(path, bytes, base))).collect();
    let mut found = Vec::new();
    let mut followed = 0;
    for (path, Said { addresses, .. }) in &said {
        for address in addresses {
            let Some(inner) = inside(path, address, base) else { continue };
            followed += 1;
            if let Err(why) = inner.and_then(|inner| follow(&inner, &said)) {
                found.push(format!("{path}: {address}: {why}"));
            }
        }
    }
    (found, followed)
}

/// Style sheets, scripts and pictures that a page names and that are not there.
pub fn missing_assets(files: &Snapshot, base: &BaseUrl) -> Vec<String> {
    let page = |path: &str| path.ends_with(".html");
    let html: Snapshot = files.iter().filter(|(path, _)| page(path)).map(cloned).collect();
    let mut found = Vec::new();
    for (path, bytes) in &html {
        let text = String::from_utf8_lossy(bytes);
        // Half a site is looked at often: the attributes of our own templates
        // are found without a parser.
        for attribute in ["src=\"", "href=\""] {
            for (at, _) in text.match_indices(attribute) {
                let address = text[at + attribute.len()..].split('"').next().unwrap_or_default();
                let Some(Ok(inner)) = inside(path, address, base) else { continue };
                let name = target(&inner);
                let asset = attribute.starts_with("src") || name.starts_with("assets/");
                if asset && !files.contains_key(&name) {
                    found.push(format!("{path}: {address}"));
                }
            }
        }
    }
    found
}

fn cloned<A: Clone, B: Clone>((a, b): (&A, &B)) -> (A, B) {
    (a.clone(), b.clone())
}

fn said(path: &str, bytes: &[u8], base: &BaseUrl) -> Said {
    let mut said = Said::default();
    let Ok(text) = std::str::from_utf8(bytes) else { return said };
    let ending = path.rsplit('.').next().unwrap_or_default();
    match ending {
        "html" => html(text, &mut said),
        "css" => {
            for part in text.split("url(").skip(1) {
                let address = part.split(')').next().unwrap_or_default();
                said.addresses.insert(address.trim_matches(['"', '\'']).to_owned());
            }
        }
        "webmanifest" => {
            for part in text.split("\"src\":\"").skip(1) {
                said.addresses.extend(part.split('"').next().map(str::to_owned));
            }
        }
        "xml" => {
            for part in text.split("<?xml-stylesheet").skip(1) {
                let href = part.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
                said.addresses.extend(href.map(str::to_owned));
            }
        }
        _ if path == "_redirects" => {
            said.addresses
                .extend(text.lines().filter_map(|line| line.split(' ').nth(1)).map(str::to_owned));
        }
        _ => {}
    }
    if matches!(ending, "html" | "xml" | "json" | "txt" | "webmanifest") {
        said.addresses.extend(absolute(text, base));
    }
    said
}

/// Full addresses of the site anywhere in a text: in structured data, feeds,
/// sitemaps, escaped or not.
fn absolute<'a>(text: &'a str, base: &'a BaseUrl) -> impl Iterator<Item = String> + 'a {
    let start = format!("{}/", base.origin);
    let at: Vec<usize> = text.match_indices(&start).map(|(at, _)| at).collect();
    at.into_iter().map(move |at| {
        let end = |c: char| c.is_whitespace() || "\"'<>\\&)".contains(c);
        text[at..].split(end).next().unwrap_or_default().to_owned()
    })
}

fn html(text: &str, said: &mut Said) {
    let page = Html::parse_document(text);
    let all = Selector::parse("*").expect("a selector");
    for element in page.select(&all) {
        let element = element.value();
        for name in ADDRESSES {
            said.addresses.extend(element.attr(name).map(|address| address.trim().to_owned()));
        }
        for list in ["srcset", "imagesrcset"] {
            for part in element.attr(list).unwrap_or_default().split(',') {
                said.addresses.extend(part.split_whitespace().next().map(str::to_owned));
            }
        }
        if element.attr("http-equiv") == Some("refresh") {
            let content = element.attr("content").unwrap_or_default();
            said.addresses.extend(content.split("url=").nth(1).map(str::to_owned));
        }
        said.ids.extend(element.id().map(str::to_owned));
        // Lists of ids must name ids.
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            for id in element.attr(name).unwrap_or_default().split_whitespace() {
                said.addresses.insert(format!("#{id}"));
            }
        }
    }
}

/// The address below the base; `None` for one that leads elsewhere, an error
/// for one that should lead below the base and does not.
fn inside(page: &str, address: &str, base: &BaseUrl) -> Option<Result<String, &'static str>> {
    let path = if let Some(rest) = address.strip_prefix(&base.origin) {
        rest.to_owned()
    } else if address.starts_with('/') && !address.starts_with("//") {
        address.to_owned()
    } else if address.starts_with('#') || address.is_empty() {
        format!("{}{page}{address}", base.path)
    } else if address.contains(':') || address.starts_with("//") {
        return None;
    } else {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slash = if folder.is_empty() { "" } else { "/" };
        format!("{}{folder}{slash}{address}", base.path)
    };
    if path.is_empty() && base.path == "/" {
        return Some(Ok(String::new()));
    }
    Some(path.strip_prefix(&base.path).map(str::to_owned).ok_or("is not below the base URL"))
}

/// The output path that an address below the base means.
fn target(inner: &str) -> String {
    let path = inner.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decoded(path);
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path,
    }
}

fn follow(inner: &str, said: &BTreeMap<&String, Said>) -> Result<(), &'static str> {
    let Some(file) = said.get(&target(inner)) else { return Err("there is no such file") };
    match inner.split_once('#') {
        Some((_, "" | "top")) | None => Ok(()),
        Some((_, id)) if file.ids.contains(&percent_decoded(id)) => Ok(()),
        Some(_) => Err("there is no such id"),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let pair =
            (byte == b'%').then(|| bytes.clone().take(2).map(char::from).collect::<String>());
        match pair.and_then(|pair| u8::from_str_radix(&pair, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn check(files: &Snapshot, base: &str) {
    let base = BaseUrl::parse(base).expect("a base URL");
    let (found, followed) = dead(files, &base);
    println!("{} files, {followed} addresses followed, {} dead", files.len(), found.len());
    assert!(found.is_empty(), "{} dead:\n{}", found.len(), found[..found.len().min(40)].join("\n"));
    assert!(followed > 10 * files.len(), "only {followed} addresses in {} files", files.len());
}

#[test]
fn the_demo_has_no_dead_link() {
    check(&demo().files, "https://tintot.example/");
}

#[test]
fn the_demo_has_no_dead_link_under_a_sub_path() {
    let base = "https://x.example/a/b/";
    check(&build_demo(Some(base)).0, base);
}

#[test]
fn dead_links_are_found() {
    let base = BaseUrl::parse("https://x.example/a/").expect("a base URL");
    let page = "<!doctype html><html lang=\"vi\"><title>x</title><p id=\"co\">\
        <a href=\"/a/\">1</a><a href=\"/a/#co\">2</a><a href=\"b.html?x#co\">3</a>\
        <a href=\"/a/m%E1%BB%9Bi/\">4</a><a href=\"mailto:a@x.example\">5</a>\
        <a href=\"https://y.example/\">6</a>\
        <a href=\"/\">dead: above the base</a><a href=\"#khong\">dead: no id</a>\
        <a href=\"/a/b\">dead: no file</a><img src=\"c.png\" srcset=\"c.png 1x, d.png 2x\">\
        <script type=\"application/ld+json\">{\"url\":\"https://x.example/a/e/\"}</script>";
    let pages = ["index.html", "b.html", "mới/index.html"];
    let mut files: Snapshot = pages.map(|path| (path.to_owned(), b"<p id=co>".to_vec())).into();
    files.insert("index.html".to_owned(), page.as_bytes().to_vec());
    files.insert("c.png".to_owned(), Vec::new());
    files.insert("feed.xml".to_owned(), b"<link href=\"https://x.example/a/f/\"/>".to_vec());
    let (found, _) = dead(&files, &base);
    let expected = [
        "feed.xml: https://x.example/a/f/: there is no such file",
        "index.html: #khong: there is no such id",
        "index.html: /: is not below the base URL",
        "index.html: /a/b: there is no such file",
        "index.html: d.png: there is no such file",
        "index.html: https://x.example/a/e/: there is no such file",
    ];
    assert_eq!(found, expected);
    assert!(missing_assets(&files, &base).is_empty());
    files.remove("c.png");
    assert_eq!(missing_assets(&files, &base), ["index.html: c.png"]);
}
