//! Sitemaps: what search engines are told of.
//!
//! Takes pages with absolute URLs, already chosen and ordered by the caller;
//! gives the files of the sitemap protocol 0.9, with the languages of each page
//! as `xhtml:link`, their index, and the news sitemap.

use super::feed::Xml;
use crate::base::time::{BuildTime, Moment};
use crate::plan::NEWS_SECONDS;

const PROTOCOL: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// One page of a sitemap.
#[derive(Debug, Clone)]
pub struct Url<'a> {
    /// Absolute.
    pub loc: &'a str,
    pub lastmod: Option<&'a Moment>,
    /// Language tags (and `x-default`) with absolute URLs, this page included;
    /// empty for a page in one language only.
    pub alternates: Vec<(&'a str, &'a str)>,
}

/// How much one file may hold, uncompressed.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub urls: usize,
    pub bytes: usize,
}

impl Limits {
    /// The protocol's: 50,000 URLs and 50 MB (50 * 1024 * 1024 bytes).
    pub const PROTOCOL: Limits = Limits { urls: 50_000, bytes: 50 * 1024 * 1024 };
}

/// One file of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub xml: Vec<u8>,
    /// Of the page that changed last, if the file's pages have dates.
    pub lastmod: Option<Moment>,
}

/// The files of a sitemap, in the order of the pages. No pages, no files: the
/// protocol has no empty sitemap. A page that alone is over the limit of bytes
/// still gets a file.
pub fn files(urls: &[Url<'_>], limits: Limits) -> Vec<File> {
    let mut files = Vec::new();
    let mut open: Option<(Xml, usize, Option<&Moment>)> = None;
    for url in urls {
        let entry = render(url);
        let (mut xml, count, lastmod) = match open.take() {
            Some(file) if fits(&file, entry.bytes(), limits) => file,
            Some((xml, _, lastmod)) => {
                files.push(finished(xml, lastmod));
                (started(), 0, None)
            }
            None => (started(), 0, None),
        };
        xml.append(&entry);
        open = Some((xml, count + 1, later(lastmod, url.lastmod)));
    }
    files.extend(open.map(|(xml, _, lastmod)| finished(xml, lastmod)));
    files
}

/// A file without pages, for a site that has none to list.
pub fn empty() -> Vec<u8> {
    finished(started(), None).xml
}

fn fits(file: &(Xml, usize, Option<&Moment>), bytes: usize, limits: Limits) -> bool {
    let end = "</urlset>\n".len();
    file.1 < limits.urls && file.0.bytes() + bytes + end <= limits.bytes
}

fn started() -> Xml {
    let mut xml = Xml::document();
    let names = [("xmlns", PROTOCOL), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
    xml.open("urlset", &names);
    xml
}

fn finished(mut xml: Xml, lastmod: Option<&Moment>) -> File {
    xml.close("urlset");
    File { xml: xml.finish(), lastmod: lastmod.cloned() }
}

fn later<'a>(a: Option<&'a Moment>, b: Option<&'a Moment>) -> Option<&'a Moment> {
    [a, b].into_iter().flatten().max_by_key(|moment| moment.instant)
}

fn render(url: &Url<'_>) -> Xml {
    let mut xml = Xml::fragment();
    xml.open("url", &[]);
    xml.element("loc", &[], url.loc);
    if let Some(moment) = url.lastmod {
        xml.element("lastmod", &[], &w3c(moment));
    }
    for (lang, href) in &url.alternates {
        let attributes = [("rel", "alternate"), ("hreflang", *lang), ("href", *href)];
        xml.empty("xhtml:link", &attributes);
    }
    xml.close("url");
    xml
}

/// The index of sitemaps: absolute URLs of the files, each with its date.
pub fn index(files: &[(&str, Option<&Moment>)]) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.open("sitemapindex", &[("xmlns", PROTOCOL)]);
    for (loc, lastmod) in files {
        xml.open("sitemap", &[]);
        xml.element("loc", &[], loc);
        if let Some(moment) = lastmod {
            xml.element("lastmod", &[], &w3c(moment));
        }
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

/// W3C date and time: a day when no time was written.
fn w3c(moment: &Moment) -> String {
    if moment.has_time { moment.rfc3339() } else { moment.day().to_string() }
}

/// One article of the news sitemap.
#[derive(Debug, Clone)]
pub struct News<'a> {
    /// Absolute.
    pub loc: &'a str,
    pub title: &'a str,
    /// Language tag; its first part is printed, as the format wants it.
    pub lang: &'a str,
    /// Name of the publication in that language.
    pub publication: &'a str,
    pub published: &'a Moment,
}

/// At most so many articles may be in a news sitemap.
const NEWS: usize = 1_000;
/// The news sitemap at a moment: articles of the last 48 hours, newest first,
/// at most 1,000. Without any it is an empty list, which is what the format's
/// readers expect of a quiet day.
pub fn news(articles: &[News<'_>], at: BuildTime) -> Vec<u8> {
    let now = at.0.as_second();
    let mut recent: Vec<&News<'_>> = articles
        .iter()
        .filter(|article| {
            (0..=NEWS_SECONDS).contains(&(now - article.published.instant.as_second()))
        })
        .collect();
    recent.sort_by(|a, b| {
        b.published.instant.cmp(&a.published.instant).then_with(|| a.loc.cmp(b.loc))
    });
    let mut xml = Xml::document();
    let names =
        [("xmlns", PROTOCOL), ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")];
    xml.open("urlset", &names);
    for article in recent.into_iter().take(NEWS) {
        let lang = article.lang.split('-').next().unwrap_or_default();
        xml.open("url", &[]);
        xml.element("loc", &[], article.loc);
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.element("news:name", &[], article.publication);
        xml.element("news:language", &[], lang);
        xml.close("news:publication");
        xml.element("news:publication_date", &[], &w3c(article.published));
        xml.element("news:title", &[], article.title);
        xml.close("news:news");
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::{Offset, TimeZone};

    fn moment(day: i8, hour: i8, has_time: bool) -> Moment {
        let zone = TimeZone::fixed(Offset::constant(7));
        Moment::new(date(2025, 10, day).at(hour, 0, 0, 0), has_time, &zone).unwrap()
    }

    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_page_in_two_languages() {
        let day = moment(17, 0, false);
        let vi = "https://x.example/?a=1&b=2";
        let url =
            Url { loc: vi, lastmod: Some(&day), alternates: vec![("vi", vi), ("x-default", vi)] };
        let files = files(&[url], Limits::PROTOCOL);
        assert_eq!(
            text(&files[0].xml),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
             xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n\
             <url>\n<loc>https://x.example/?a=1&amp;b=2</loc>\n<lastmod>2025-10-17</lastmod>\n\
             <xhtml:link rel=\"alternate\" hreflang=\"vi\" \
             href=\"https://x.example/?a=1&amp;b=2\"/>\n\
             <xhtml:link rel=\"alternate\" hreflang=\"x-default\" \
             href=\"https://x.example/?a=1&amp;b=2\"/>\n\
             </url>\n</urlset>\n"
        );
        assert_eq!(files[0].lastmod, Some(day));
    }

    #[test]
    fn splits_by_number() {
        let url = |loc| Url { loc, lastmod: None, alternates: vec![] };
        let urls =
            [url("https://x.example/1"), url("https://x.example/2"), url("https://x.example/3")];
        let limits = |urls| Limits { urls, bytes: usize::MAX };
        let counts = |urls: &[File]| -> Vec<usize> {
            urls.iter().map(|file| text(&file.xml).matches("<loc>").count()).collect()
        };
        assert_eq!(counts(&files(&urls, limits(2))), [2, 1]);
        assert_eq!(counts(&files(&urls, limits(3))), [3]);
        assert!(files(&[], limits(3)).is_empty());
    }

    #[test]
    fn splits_by_bytes_to_the_byte() {
        let url = |loc| Url { loc, lastmod: None, alternates: vec![] };
        let urls = [url("https://x.example/1"), url("https://x.example/2")];
        let whole = files(&urls, Limits::PROTOCOL)[0].xml.len();
        assert_eq!(files(&urls, Limits { urls: 9, bytes: whole }).len(), 1);
        let halves = files(&urls, Limits { urls: 9, bytes: whole - 1 });
        assert_eq!(halves.len(), 2);
        assert!(halves.iter().all(|file| file.xml.len() < whole));
        assert_eq!(files(&urls, Limits { urls: 9, bytes: 1 }).len(), 2);
    }

    #[test]
    fn splits_at_the_limit_of_the_protocol() {
        let locs: Vec<String> = (0..50_001).map(|n| format!("https://x.example/{n}/")).collect();
        let urls: Vec<Url<'_>> =
            locs.iter().map(|loc| Url { loc, lastmod: None, alternates: vec![] }).collect();
        assert_eq!(files(&urls[..50_000], Limits::PROTOCOL).len(), 1);
        assert_eq!(files(&urls, Limits::PROTOCOL).len(), 2);
    }

    #[test]
    fn an_index() {
        let at = moment(17, 8, true);
        assert_eq!(
            text(&index(&[("https://x.example/sitemap-1.xml", Some(&at))])),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <sitemap>\n<loc>https://x.example/sitemap-1.xml</loc>\n\
             <lastmod>2025-10-17T08:00:00+07:00</lastmod>\n</sitemap>\n</sitemapindex>\n"
        );
    }

    #[test]
    fn news_of_two_days() {
        let days: Vec<Moment> = [14, 15, 16, 17, 18].map(|day| moment(day, 8, true)).to_vec();
        let articles: Vec<News<'_>> = days
            .iter()
            .map(|published| News {
                loc: "https://x.example/a/",
                title: "Trồng cây & <gây rừng>",
                lang: "vi-VN",
                publication: "Tin tốt",
                published,
            })
            .collect();
        let xml = news(&articles, BuildTime(days[3].instant));
        let xml = text(&xml);
        let dates: Vec<&str> = xml
            .lines()
            .filter_map(|line| line.strip_prefix("<news:publication_date>"))
            .map(|line| &line[..10])
            .collect();
        assert_eq!(dates, ["2025-10-17", "2025-10-16", "2025-10-15"]);
        assert!(xml.contains("<news:language>vi</news:language>"));
        assert!(xml.contains("<news:title>Trồng cây &amp; &lt;gây rừng&gt;</news:title>"));
        let many = vec![articles[3].clone(); 1_001];
        let xml = news(&many, BuildTime(days[3].instant));
        assert_eq!(text(&xml).matches("<url>").count(), 1_000);
        assert!(text(&news(&[], BuildTime(days[0].instant))).ends_with("</urlset>\n"));
    }
}
