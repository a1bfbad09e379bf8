//! `robots.txt`.
//!
//! Takes absolute URLs of sitemaps; gives the text. Crawlers ask for the file
//! at the root of a host only: a site below a path has to leave it to the host.

/// For a site that search engines may list.
pub fn open(sitemaps: &[&str]) -> String {
    let mut out = String::from("User-agent: *\nDisallow:\n");
    if !sitemaps.is_empty() {
        out.push('\n');
    }
    for url in sitemaps {
        // A line break in an address would start a rule of its own.
        let url: String = url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        out.push_str(&format!("Sitemap: {url}\n"));
    }
    out
}

/// For a site that must not be crawled: a preview, a rehearsal.
pub fn closed() -> String {
    String::from("User-agent: *\nDisallow: /\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn both() {
        assert_eq!(
            super::open(&["https://x.example/sitemap.xml", "https://x.example/news\n.xml"]),
            "User-agent: *\nDisallow:\n\nSitemap: https://x.example/sitemap.xml\n\
             Sitemap: https://x.example/news.xml\n"
        );
        assert_eq!(super::open(&[]), "User-agent: *\nDisallow:\n");
        assert_eq!(super::closed(), "User-agent: *\nDisallow: /\n");
    }
}
