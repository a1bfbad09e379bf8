//! Rules for hosts that read `_redirects` and `_headers` next to the pages.
//!
//! Takes URL paths below the site's root; gives the two files. Hosts that do
//! not know them lose nothing but the status code: every alias has a page that
//! leads on, every withdrawn entry a notice.

use std::collections::BTreeMap;
use std::fmt::Write;

/// An address that has moved. Both are URL paths below the site's root without
/// a leading slash, as `OutputPath::url` gives them: `cu/`, `moi/`.
#[derive(Debug, Clone, Copy)]
pub struct Redirect<'a> {
    pub from: &'a str,
    pub to: &'a str,
}

/// The text of `_redirects`, sorted by address; of two rules for one address
/// the first counts, withdrawn entries before aliases.
///
/// `root` is the path of the site, `/` or `/a/b/`. Aliases are plain 301: every
/// host that reads the file knows it, and one that prefers files to rules
/// serves the redirect page instead. Withdrawn addresses are `410!`: without
/// the mark the notice page would be served with 200; hosts that know no 410
/// ignore the line. Both need the page at the address to exist.
pub fn redirects(root: &str, moved: &[Redirect<'_>], withdrawn: &[&str]) -> String {
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    for path in withdrawn {
        let path = literal(root, path);
        rules.insert(path.clone(), format!("{path} 410!"));
    }
    for Redirect { from, to } in moved {
        let (from, to) = (literal(root, from), literal(root, to));
        if from != to {
            rules.entry(from).or_insert_with(|| format!("{to} 301"));
        }
    }
    rules.iter().fold(String::new(), |mut out, (from, rest)| {
        let _ = writeln!(out, "{from} {rest}");
        out
    })
}

/// A path that no host reads as a pattern: `:` (place holder), `*` (splat),
/// `#` (comment), `?` and white space are percent-encoded; what already is
/// stays as it is.
fn literal(root: &str, path: &str) -> String {
    let mut out = String::with_capacity(root.len() + path.len());
    for byte in root.bytes().chain(path.bytes()) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(byte as char),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'+'
            | b',' | b';' | b'=' | b'@' | b'%' => out.push(byte as char),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// What `_headers` says beyond the fixed rules.
#[derive(Debug, Clone, Default)]
pub struct Headers<'a> {
    /// Path of the site, `/` or `/a/b/`.
    pub root: &'a str,
    /// Folders below the root whose file names carry a hash: `assets/`.
    pub hashed: Vec<&'a str>,
    /// Sources that pages may load pictures, sound and film, or frames from,
    /// beside the site itself: `https:`, `https://video.example`.
    pub images: Vec<&'a str>,
    pub media: Vec<&'a str>,
    pub frames: Vec<&'a str>,
    /// Sites that may show pages in a frame, beside this one.
    pub ancestors: Vec<&'a str>,
    /// Paths below the root, `*` for anything, with their media types. Hosts
    /// allow about a hundred rules; name patterns, not every file.
    pub types: Vec<(&'a str, &'a str)>,
}

/// The text of `_headers`. The policy allows no inline script or style. A path
/// matched by several rules gets all of their headers, so no header is in two
/// rules that can meet.
pub fn headers(headers: &Headers<'_>) -> String {
    let root = literal("", headers.root);
    let mut out = format!("{root}*\n");
    let lines = [
        ("Content-Security-Policy", policy(headers)),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    for (name, value) in lines {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for folder in &headers.hashed {
        let folder = literal(&root, folder);
        let _ = writeln!(out, "{folder}*\n  Cache-Control: public, max-age=31536000, immutable");
    }
    for (path, mime) in &headers.types {
        let path: Vec<String> = path.split('*').map(|part| literal("", part)).collect();
        let mime: String = mime.chars().filter(|c| !c.is_control()).collect();
        let _ = writeln!(out, "{root}{}\n  Content-Type: {mime}", path.join("*"));
    }
    out
}

fn policy(headers: &Headers<'_>) -> String {
    [
        "default-src 'self'".to_owned(),
        directive("img-src 'self' data:", &headers.images),
        directive("media-src 'self'", &headers.media),
        directive("frame-src 'self'", &headers.frames),
        "object-src 'none'".to_owned(),
        "base-uri 'self'".to_owned(),
        "form-action 'self'".to_owned(),
        directive("frame-ancestors 'self'", &headers.ancestors),
    ]
    .join("; ")
}

/// A source that could end its directive or the header, or that lifts the ban
/// on inline code, is left out.
fn directive(start: &str, sources: &[&str]) -> String {
    let safe = |source: &&&str| {
        !source.is_empty()
            && !source.starts_with('\'')
            && source.chars().all(|c| c.is_ascii_graphic() && c != ';' && c != ',')
    };
    let mut out = start.to_owned();
    for source in sources.iter().filter(safe) {
        out.push(' ');
        out.push_str(source);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_literal_and_rebased() {
        let moved = [
            Redirect { from: "z cu/", to: "moi/" },
            Redirect { from: "a:b/*", to: "moi/" },
            Redirect { from: "moi/", to: "moi/" },
            Redirect { from: "di-roi/", to: "moi/" },
            // One address, once encoded and once not.
            Redirect { from: "%E1%9E%80/", to: "ក/" },
        ];
        assert_eq!(
            redirects("/a/b/", &moved, &["di-roi/"]),
            "/a/b/a%3Ab/%2A /a/b/moi/ 301\n\
             /a/b/di-roi/ /a/b/di-roi/ 410!\n\
             /a/b/z%20cu/ /a/b/moi/ 301\n"
        );
        assert_eq!(redirects("/", &[], &[]), "");
    }

    #[test]
    fn headers_of_a_site() {
        let text = headers(&Headers {
            root: "/",
            hashed: vec!["assets/"],
            media: vec!["https:", "x; script-src *", "'unsafe-inline'", "a\nb"],
            types: vec![("*.xsl", "text/xsl; charset=utf-8")],
            ..Headers::default()
        });
        assert_eq!(
            text,
            "/*\n  Content-Security-Policy: default-src 'self'; img-src 'self' data:; \
             media-src 'self' https:; frame-src 'self'; object-src 'none'; base-uri 'self'; \
             form-action 'self'; frame-ancestors 'self'\n  \
             Permissions-Policy: camera=(), geolocation=(), microphone=()\n  \
             Referrer-Policy: strict-origin-when-cross-origin\n  \
             X-Content-Type-Options: nosniff\n\
             /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\
             /*.xsl\n  Content-Type: text/xsl; charset=utf-8\n"
        );
    }
}
