//! From the path of a request to a file of the site, as a static host does it.
//!
//! Only what the plan has can be found: there is no way from here to the disk.

use crate::base::path::encode_path;
use crate::driver::Snapshot;

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file below the output folder.
    File(String),
    /// A folder asked for without its last slash: the URL path with it.
    Redirect(String),
    /// Nothing; the page that says so, if the site has one.
    Missing(Option<String>),
}

/// `url`: the path of a request, percent-encoded, with its first slash.
pub fn resolve(snapshot: &Snapshot, url: &str) -> Target {
    find(&|path| snapshot.exists(path), url)
}

fn find(exists: &dyn Fn(&str) -> bool, url: &str) -> Target {
    let decoded = url.strip_prefix('/').and_then(decode);
    let path = decoded.filter(|path| !is_hidden(path));
    let Some(path) = path else { return Target::Missing(not_found(exists, "")) };
    if path.is_empty() || path.ends_with('/') {
        let index = format!("{path}index.html");
        if exists(&index) {
            return Target::File(index);
        }
    } else if exists(&path) {
        return Target::File(path);
    } else if exists(&format!("{path}/index.html")) {
        return Target::Redirect(format!("/{}/", encode_path(&path)));
    }
    Target::Missing(not_found(exists, &path))
}

/// Dot files are no pages; hosts look for theirs in `.well-known/` alone.
fn is_hidden(path: &str) -> bool {
    let path = path.strip_prefix(".well-known/").unwrap_or(path);
    path.split('/').any(|part| part.starts_with('.'))
}

/// The page for what is missing that lies nearest: each language has its own.
fn not_found(exists: &dyn Fn(&str) -> bool, path: &str) -> Option<String> {
    let mut dir = path;
    loop {
        dir = dir.rfind('/').map_or("", |at| &dir[..at]);
        let page = if dir.is_empty() { "404.html".to_owned() } else { format!("{dir}/404.html") };
        if exists(&page) {
            return Some(page);
        }
        if dir.is_empty() {
            return None;
        }
    }
}

/// Percent-decoded; `None` where that is no text or holds control characters.
pub fn decode(url: &str) -> Option<String> {
    let mut out = Vec::with_capacity(url.len());
    let mut bytes = url.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            out.push(u8::try_from(value).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok().filter(|text| !text.contains(char::is_control))
}

/// The media type of a file, by the end of its name.
pub fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "geojson" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" | "rss" | "atom" => "text/xml; charset=utf-8",
        "xsl" | "xslt" => "text/xsl; charset=utf-8",
        "txt" | "md" | "csv" | "yaml" | "yml" => "text/plain; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ if name.starts_with('_') && ending.is_empty() => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: [&str; 8] = [
        "index.html",
        "404.html",
        "en/404.html",
        "en/index.html",
        "mo-hinh/index.html",
        "mo-hinh/cây.jpg",
        ".well-known/security.txt",
        ".nojekyll",
    ];

    fn found(url: &str) -> Target {
        find(&|path| SITE.contains(&path), url)
    }

    fn file(path: &str) -> Target {
        Target::File(path.to_owned())
    }

    #[test]
    fn paths_lead_where_a_static_host_leads_them() {
        assert_eq!(found("/"), file("index.html"));
        assert_eq!(found("/mo-hinh/"), file("mo-hinh/index.html"));
        assert_eq!(found("/mo-hinh/index.html"), file("mo-hinh/index.html"));
        assert_eq!(found("/mo-hinh"), Target::Redirect("/mo-hinh/".to_owned()));
        assert_eq!(found("/mo-hinh/c%C3%A2y.jpg"), file("mo-hinh/cây.jpg"));
        assert_eq!(found("/.well-known/security.txt"), file(".well-known/security.txt"));
        assert_eq!(found("/en/x/y"), Target::Missing(Some("en/404.html".to_owned())));
        assert_eq!(found("/x/y/"), Target::Missing(Some("404.html".to_owned())));
    }

    #[test]
    fn nothing_outside_the_plan_is_found() {
        let missing = Target::Missing(Some("404.html".to_owned()));
        for url in [
            "/../site.yaml",
            "/%2e%2e/site.yaml",
            "/..%2fsite.yaml",
            "/mo-hinh/../../site.yaml",
            "/mo-hinh/%2e%2e/index.html",
            "/mo-hinh//index.html",
            "//index.html",
            "/.nojekyll",
            "/.git/config",
            "/mo-hinh%5cindex.html",
            "/index.html%00",
            "/%ff%fe",
            "/%",
            "/%4",
            "/etc/passwd",
            "index.html",
            "",
        ] {
            assert_eq!(found(url), missing, "{url}");
        }
    }
}
