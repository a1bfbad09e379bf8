//! A book for e-readers: EPUB 3, texts with their pictures and a cover.
//!
//! Takes a [`Book`] whose texts are final; gives the bytes of the file, the same
//! on every machine and at every hour. Knows no site.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xhtml::xhtml;
use crate::base::html::escape;
use crate::base::time::Moment;

#[derive(Serialize)]
pub struct Book<'a> {
    /// Never changes; whatever else does.
    pub id: String,
    pub title: String,
    /// Language tag.
    pub lang: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
    pub publisher: &'a str,
    /// Heading of the list of chapters.
    pub contents: &'a str,
    /// What has to be said first: that what is told is invented.
    pub note: &'a str,
    /// When one of its texts was last changed.
    pub modified: &'a Moment,
    pub chapters: Vec<Chapter<'a>>,
    pub plates: Vec<Plate>,
    /// The first of the plates is the picture of the cover, shown with this
    /// text for those who do not see it.
    pub cover: Option<String>,
}

/// A picture of a book.
#[derive(Serialize)]
pub struct Plate {
    /// As the chapters' HTML names it.
    pub url: String,
    pub mime: &'static str,
}

/// The type of a picture that every e-reader can show, by its file's name.
pub fn mime(path: &str) -> Option<&'static str> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    Some(match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

#[derive(Serialize)]
pub struct Chapter<'a> {
    pub title: &'a str,
    pub summary: &'a str,
    /// Language tag of its texts.
    pub lang: &'a str,
    /// Authors, place and date in a line.
    pub byline: String,
    /// Absolute address of its page.
    pub url: &'a str,
}

const STYLE: &str = "body { line-height: 1.6; } h1 { line-height: 1.25; } .sapo { font-weight: bold; } .byline { font-size: .9em; } img { max-width: 100%; } figure { margin: 1em 0; } .cover { text-align: center; }\n";
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"book/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// The file. `bodies` are the chapters' HTML and `plates` the bytes of the
/// pictures, in their order. Writing into memory fails only where a book is
/// larger than the format allows.
pub fn render(book: &Book<'_>, bodies: &[String], plates: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = options.compression_method(CompressionMethod::Stored);
    let packed = options.compression_method(CompressionMethod::Deflated);
    let mut files = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("book/content.opf".to_owned(), package(book)),
        ("book/nav.xhtml".to_owned(), navigation(book)),
        ("book/style.css".to_owned(), STYLE.to_owned()),
    ];
    files.extend(book.cover.as_ref().map(|alt| ("book/cover.xhtml".to_owned(), cover(book, alt))));
    for (at, (chapter, body)) in book.chapters.iter().zip(bodies).enumerate() {
        files.push((format!("book/{}", name(at)), page(book, chapter, body)));
    }
    for (at, (path, text)) in files.iter().enumerate() {
        // The type of the file stands first and as it is, for those who look.
        zip.start_file(path.as_str(), if at == 0 { stored } else { packed }).ok()?;
        zip.write_all(text.as_bytes()).ok()?;
    }
    for (at, (plate, bytes)) in book.plates.iter().zip(plates).enumerate() {
        let drawing = plate.mime == "image/svg+xml";
        zip.start_file(
            format!("book/{}", picture(at, plate)),
            if drawing { packed } else { stored },
        )
        .ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fn name(at: usize) -> String {
    format!("c{:03}.xhtml", at + 1)
}

/// What the book calls a picture.
fn picture(at: usize, plate: &Plate) -> String {
    let ending = match plate.mime {
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        other => other.trim_start_matches("image/"),
    };
    format!("p{:03}.{ending}", at + 1)
}

fn package(book: &Book<'_>) -> String {
    let utc = book.modified.instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (mut manifest, mut spine) = (String::new(), String::new());
    for at in 0..book.chapters.len() {
        let file = name(at);
        // Writing to a string cannot fail.
        let _ = writeln!(
            manifest,
            "<item id=\"c{at}\" href=\"{file}\" media-type=\"application/xhtml+xml\"/>"
        );
        let _ = write!(spine, "<itemref idref=\"c{at}\"/>");
    }
    for (at, plate) in book.plates.iter().enumerate() {
        let (file, mime) = (picture(at, plate), plate.mime);
        let cover = at == 0 && book.cover.is_some();
        let properties = if cover { " properties=\"cover-image\"" } else { "" };
        let _ = writeln!(
            manifest,
            "<item id=\"p{at}\" href=\"{file}\" media-type=\"{mime}\"{properties}/>"
        );
    }
    if book.cover.is_some() {
        let _ = writeln!(
            manifest,
            "<item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>"
        );
    }
    let cover = if book.cover.is_some() { "<itemref idref=\"cover\"/>" } else { "" };
    let (id, title, lang) = (escape(&book.id), escape(&book.title), escape(book.lang));
    let (publisher, dir) = (escape(book.publisher), escape(book.dir));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{lang}\" dir=\"{dir}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:identifier id=\"id\">{id}</dc:identifier>\n<dc:title>{title}</dc:title>\n<dc:language>{lang}</dc:language>\n<dc:publisher>{publisher}</dc:publisher>\n<meta property=\"dcterms:modified\">{utc}</meta>\n</metadata>\n<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n{manifest}</manifest>\n<spine>{cover}<itemref idref=\"nav\"/>{spine}</spine>\n</package>\n"
    )
}

/// The cover: the picture, title and publisher.
fn cover(book: &Book<'_>, alt: &str) -> String {
    let file = book.plates.first().map(|plate| picture(0, plate)).unwrap_or_default();
    let (title, publisher, alt) = (escape(&book.title), escape(book.publisher), escape(alt));
    let body = format!(
        "<div class=\"cover\">\n<p><img src=\"{file}\" alt=\"{alt}\"/></p>\n<h1>{title}</h1>\n<p>{publisher}</p>\n</div>\n"
    );
    document(&book.title, book.lang, book.dir, &body)
}

/// The first page: title, publisher, what has to be said, and the chapters.
fn navigation(book: &Book<'_>) -> String {
    let mut list = String::new();
    for (at, chapter) in book.chapters.iter().enumerate() {
        let (file, title) = (name(at), escape(chapter.title));
        let _ = writeln!(list, "<li><a href=\"{file}\">{title}</a></li>");
    }
    let (title, publisher) = (escape(&book.title), escape(book.publisher));
    let note = match book.note {
        "" => String::new(),
        note => format!("<p><strong>{}</strong></p>\n", escape(note)),
    };
    let contents = escape(book.contents);
    let body = format!(
        "<h1>{title}</h1>\n<p>{publisher}</p>\n{note}<nav epub:type=\"toc\"><h2>{contents}</h2>\n<ol>\n{list}</ol></nav>\n"
    );
    document(&book.title, book.lang, book.dir, &body)
}

fn page(book: &Book<'_>, chapter: &Chapter<'_>, body: &str) -> String {
    let title = escape(chapter.title);
    let mut out = format!("<h1>{title}</h1>\n");
    if !chapter.summary.is_empty() {
        let _ = writeln!(out, "<p class=\"sapo\">{}</p>", escape(chapter.summary));
    }
    let (byline, url) = (escape(&chapter.byline), escape(chapter.url));
    let named = |url: &str| {
        let at = book.plates.iter().position(|plate| plate.url == url)?;
        Some(picture(at, &book.plates[at]))
    };
    let _ = writeln!(out, "<p class=\"byline\">{byline}</p>\n{}", xhtml(body, &named));
    let _ = writeln!(out, "<p class=\"byline\"><a href=\"{url}\">{url}</a></p>");
    document(chapter.title, chapter.lang, book.dir, &out)
}

fn document(title: &str, lang: &str, dir: &str, body: &str) -> String {
    let (title, lang, dir) = (escape(title), escape(lang), escape(dir));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{dir}\">\n<head><title>{title}</title><link rel=\"stylesheet\" href=\"style.css\"/></head>\n<body>\n{body}</body>\n</html>\n"
    )
}
