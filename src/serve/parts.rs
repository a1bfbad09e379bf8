//! What a page is made of in a browser: its own HTML, its stylesheets, and
//! everything else that it loads from the site.
//!
//! Takes HTML; gives a [`Print`] that tells whether a tab still shows what it
//! should, and whether new stylesheets would be enough.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::resolve::{Target, resolve};
use crate::base::hash::{Key, KeyBuilder};
use crate::driver::Snapshot;

/// How a page looks at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Of everything but the stylesheets.
    rest: Key,
    /// Address, as written, and hash of each stylesheet.
    styles: Vec<(String, Key)>,
}

/// What has to be done to a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Nothing,
    /// Number, new address and stamp of each stylesheet that changed.
    Styles(Vec<(usize, String, String)>),
    Reload,
}

impl Print {
    /// Of something that is no page.
    pub fn of(bytes: &[u8]) -> Print {
        Print { rest: Key::of(bytes), styles: Vec::new() }
    }

    /// Of a page at a URL path. `badge` is what the server adds of its own.
    pub fn of_page(html: &[u8], url: &str, badge: &str, snapshot: &Snapshot) -> Print {
        let text = String::from_utf8_lossy(html);
        let links = links(&text);
        let mut key = KeyBuilder::new("print");
        key.put_str(badge);
        let mut skeleton = text.into_owned();
        let mut styles = Vec::with_capacity(links.styles.len());
        for href in links.styles {
            skeleton = skeleton.replace(&href, "");
            let mut style = KeyBuilder::new("style");
            style.put_str(&href);
            if let Some(path) = local(snapshot, url, &href) {
                let css = snapshot.bytes(&path).and_then(Result::ok).unwrap_or_default();
                style.put(&css);
                let base = format!("/{path}");
                for loaded in css_links(&String::from_utf8_lossy(&css)) {
                    stamp(&mut key, snapshot, &base, &loaded);
                }
            }
            styles.push((href, style.finish()));
        }
        for href in links.loaded {
            stamp(&mut key, snapshot, url, &href);
        }
        key.put_str(&skeleton);
        Print { rest: key.finish(), styles }
    }

    /// What a tab keeps to say what it shows.
    pub fn token(&self) -> String {
        let styles = self.styles.iter().map(|(_, key)| short(*key));
        [self.rest.hex()].into_iter().chain(styles).collect::<Vec<_>>().join(":")
    }

    /// What leads a tab from what it shows to this.
    pub fn step(&self, token: &str) -> Step {
        let mut known = token.split(':');
        let same = known.next().is_some_and(|rest| rest == self.rest.hex());
        let known: Vec<&str> = known.collect();
        if !same || known.len() != self.styles.len() {
            return Step::Reload;
        }
        let styles = self.styles.iter().map(|(href, key)| (href, short(*key))).enumerate();
        let new = styles.zip(known).filter(|((_, (_, new)), old)| new != old);
        let new: Vec<_> = new.map(|((at, (href, key)), _)| (at, href.clone(), key)).collect();
        if new.is_empty() { Step::Nothing } else { Step::Styles(new) }
    }
}

fn short(key: Key) -> String {
    key.hex().chars().take(16).collect()
}

/// The file of the site behind an address on a page.
fn local(snapshot: &Snapshot, base: &str, href: &str) -> Option<String> {
    match resolve(snapshot, &absolute(base, href)?) {
        Target::File(path) => Some(path),
        _ => None,
    }
}

fn stamp(key: &mut KeyBuilder, snapshot: &Snapshot, base: &str, href: &str) {
    let stamp = local(snapshot, base, href).and_then(|path| snapshot.stamp(&path));
    if let Some(stamp) = stamp {
        key.put_str(href).put_key(stamp);
    }
}

/// The URL path that an address means on a page of this server; `None` for
/// other servers and for what is written into the page itself.
fn absolute(base: &str, href: &str) -> Option<String> {
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || path.starts_with("//") || scheme {
        return None;
    }
    if path.starts_with('/') {
        return Some(path.to_owned());
    }
    let folder = base.rfind('/').map_or("", |at| &base[..at]);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Links {
    styles: Vec<String>,
    loaded: Vec<String>,
}

/// What a browser loads for a page.
fn links(html: &str) -> Links {
    let mut found = Links::default();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let get = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        if tag.name.as_slice() == b"link" {
            let rel = get("rel").unwrap_or_default().to_ascii_lowercase();
            let Some(href) = get("href") else { continue };
            let is = |word: &str| rel.split_ascii_whitespace().any(|rel| rel == word);
            if is("stylesheet") {
                found.styles.push(href);
            } else if ["icon", "preload", "modulepreload", "manifest"].iter().any(|word| is(word)) {
                found.loaded.push(href);
            }
            continue;
        }
        found.loaded.extend(["src", "poster", "data"].iter().filter_map(|name| get(name)));
        let sets = ["srcset", "imagesrcset"].iter().filter_map(|name| get(name));
        for set in sets {
            let each = set.split(',').filter_map(|one| one.split_ascii_whitespace().next());
            found.loaded.extend(each.map(str::to_owned));
        }
        if matches!(tag.name.as_slice(), b"use" | b"image") {
            found.loaded.extend(get("href"));
        }
    }
    found
}

/// What a stylesheet loads: `url(…)` and `@import "…"`.
fn css_links(css: &str) -> Vec<String> {
    let urls = css.match_indices("url(").filter_map(|(at, mark)| {
        let rest = css[at + mark.len()..].trim_start();
        match rest.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.split(['"', '\'']).next(),
            None => rest.split([')', ' ']).next(),
        }
    });
    let imports = css.match_indices("@import").filter_map(|(at, mark)| {
        let rest = css[at + mark.len()..].trim_start().strip_prefix(['"', '\''])?;
        rest.split(['"', '\'']).next()
    });
    urls.chain(imports).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_a_page_loads_is_found() {
        let html = "<link rel=stylesheet href='/a.css?v=1'><link rel=canonical href=/x/>\
            <link rel=\"shortcut icon\" href=i.svg><script src=\"../s.js\"></script>\
            <script>'<img src=no.png>'</script><!-- <img src=no.png> -->\
            <img src=\"a.jpg\" srcset=\"b.jpg 2x, c.jpg 3x\"><video poster=p.jpg></video>";
        let found = links(html);
        assert_eq!(found.styles, ["/a.css?v=1"]);
        assert_eq!(found.loaded, ["i.svg", "../s.js", "a.jpg", "b.jpg", "c.jpg", "p.jpg"]);
        let css = "@import 'b.css';@font-face{src:url( \"f.woff2\" ) format('x'),url(g.woff)}";
        assert_eq!(css_links(css), ["f.woff2", "g.woff", "b.css"]);
    }

    #[test]
    fn addresses_are_read_as_a_browser_reads_them() {
        let at = |href| absolute("/a/b/", href);
        assert_eq!(at("/x.css?v=2#y").as_deref(), Some("/x.css"));
        assert_eq!(at("x.jpg").as_deref(), Some("/a/b/x.jpg"));
        assert_eq!(at("../x.jpg").as_deref(), Some("/a/x.jpg"));
        assert_eq!(at("../../../../x.jpg").as_deref(), Some("/x.jpg"));
        for href in ["https://x.example/a.css", "//x.example/a.css", "data:image/png,x", "#y", ""] {
            assert_eq!(at(href), None, "{href}");
        }
    }

    #[test]
    fn a_tab_is_told_the_least_that_is_needed() {
        let print = |rest: &str, styles: &[(&str, &str)]| Print {
            rest: Key::of(rest.as_bytes()),
            styles: styles.iter().map(|(a, b)| ((*a).to_owned(), Key::of(b.as_bytes()))).collect(),
        };
        let old = print("page", &[("a.css", "1"), ("b.css", "1")]);
        let token = old.token();
        assert_eq!(old.step(&token), Step::Nothing);
        let new = print("page", &[("a.css", "1"), ("b2.css", "2")]);
        let Step::Styles(styles) = new.step(&token) else { panic!("{:?}", new.step(&token)) };
        assert_eq!((styles.len(), styles[0].0, styles[0].1.as_str()), (1, 1, "b2.css"));
        assert_eq!(print("page", &[("a.css", "1")]).step(&token), Step::Reload);
        assert_eq!(print("new", &[("a.css", "1"), ("b.css", "1")]).step(&token), Step::Reload);
        assert_eq!(old.step(""), Step::Reload);
    }
}
