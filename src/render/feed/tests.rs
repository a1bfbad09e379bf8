use super::*;
use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use quick_xml::Reader;
use quick_xml::events::Event;

const HOSTILE: &str =
    "]]> <b>\"Đoàn\" & 'Hội'</b> \u{0}\u{8}\u{b}\u{1f}\u{fffe}🌱 ភាសាខ្មែរ &amp; {x} \\";

/// What is left of it: everything but the characters that XML cannot hold.
fn kept() -> String {
    HOSTILE.chars().filter(|c| is_xml_char(*c)).collect()
}

fn moment(day: i8, hour: i8) -> Moment {
    let zone = TimeZone::fixed(Offset::constant(7));
    Moment::new(date(2025, 10, day).at(hour, 30, 0, 0), true, &zone).unwrap()
}

fn item(id: &'static str, title: &'static str) -> Item<'static> {
    Item {
        id: id.into(),
        url: "https://x.example/guong-sang/chi-lan/?a=1&b=2".into(),
        title: title.into(),
        summary: "".into(),
        content_html: "".into(),
        published: moment(17, 8),
        updated: None,
        authors: vec![],
        categories: vec![],
        lang: "".into(),
        image: None,
        enclosure: None,
        illustrative: None,
    }
}

fn feed(items: Vec<Item<'static>>) -> Feed<'static> {
    Feed {
        title: "Gương sáng".into(),
        lang: "vi".into(),
        home_url: "https://x.example/guong-sang/".into(),
        self_url: "https://x.example/guong-sang/feed".into(),
        id: "tag:x.example,2025:guong-sang".into(),
        author: "Ban Biên tập".into(),
        items,
        ..Feed::default()
    }
}

/// Every field filled, every text hostile.
fn hostile() -> Feed<'static> {
    let mut first = item("tag:x.example,2025:1", HOSTILE);
    first.summary = HOSTILE.into();
    first.content_html =
        "<p>]]&gt; <a href=\"https://x.example/?a&amp;b\">Đồi\r\n</a>\u{b}</p>".into();
    first.updated = Some(moment(18, 9));
    first.authors = vec!["Trần Thị B & C".into(), HOSTILE.into()];
    first.categories = vec!["Giảm nghèo & <việc làm>".into(), HOSTILE.into()];
    first.lang = "km".into();
    first.illustrative = Some("Minh họa <1>".into());
    first.image = Some(Image {
        url: "https://x.example/doi.jpg?a&b".into(),
        mime: "image/jpeg".into(),
        alt: HOSTILE.into(),
    });
    first.enclosure = Some(Enclosure {
        url: "https://x.example/nghe.mp3".into(),
        mime: "audio/mpeg".into(),
        length: 1234,
    });
    let mut feed = feed(vec![item("tag:x.example,2025:2", "Cũ hơn"), first]);
    feed.title = HOSTILE.into();
    feed.description = HOSTILE.into();
    feed.author = HOSTILE.into();
    feed.icon = "https://x.example/icon.png?a&b.png".into();
    feed.stylesheet = "/a/b/feed.xsl?\"?>&'".into();
    feed.fallback = "/a/b/feed.css".into();
    feed.older = "https://x.example/guong-sang/feed-2".into();
    feed
}

fn well_formed(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.chars().all(is_xml_char));
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(tag.attributes().all(|attribute| attribute.is_ok()));
            }
            _ => {}
        }
    }
}

#[test]
fn a_small_rss() {
    let mut entry = item("tag:x.example,2025:1", "Chị Lan & đồi");
    entry.summary = "1 < 2".into();
    entry.content_html = "<p>Đồi</p>".into();
    entry.categories = vec!["giảm nghèo".into()];
    let mut feed = feed(vec![entry]);
    feed.stylesheet = "/feed.xsl".into();
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="/feed.xsl"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>Gương sáng</title>
<link>https://x.example/guong-sang/</link>
<description>Gương sáng</description>
<language>vi</language>
<lastBuildDate>Fri, 17 Oct 2025 08:30:00 +0700</lastBuildDate>
<generator>tintot</generator>
<atom:link rel="self" type="application/rss+xml" href="https://x.example/guong-sang/feed"/>
<item>
<title>Chị Lan &amp; đồi</title>
<link>https://x.example/guong-sang/chi-lan/?a=1&amp;b=2</link>
<guid isPermaLink="false">tag:x.example,2025:1</guid>
<pubDate>Fri, 17 Oct 2025 08:30:00 +0700</pubDate>
<dc:creator>Ban Biên tập</dc:creator>
<category>giảm nghèo</category>
<description>1 &amp;lt; 2</description>
<content:encoded>&lt;p&gt;Đồi&lt;/p&gt;</content:encoded>
</item>
</channel>
</rss>
"#;
    assert_eq!(String::from_utf8(rss::render(&feed)).unwrap(), expected);
}

#[test]
fn a_small_atom() {
    let mut entry = item("tag:x.example,2025:1", "Chị Lan & đồi");
    entry.summary = "1 < 2".into();
    entry.content_html = "<p>Đồi</p>".into();
    entry.updated = Some(moment(18, 9));
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="vi">
<id>tag:x.example,2025:guong-sang</id>
<title>Gương sáng</title>
<updated>2025-10-18T09:30:00+07:00</updated>
<author>
<name>Ban Biên tập</name>
</author>
<link rel="alternate" type="text/html" href="https://x.example/guong-sang/"/>
<link rel="self" type="application/atom+xml" href="https://x.example/guong-sang/feed"/>
<generator>tintot</generator>
<entry>
<id>tag:x.example,2025:1</id>
<title>Chị Lan &amp; đồi</title>
<published>2025-10-17T08:30:00+07:00</published>
<updated>2025-10-18T09:30:00+07:00</updated>
<link rel="alternate" type="text/html" href="https://x.example/guong-sang/chi-lan/?a=1&amp;b=2"/>
<summary>1 &lt; 2</summary>
<content type="html">&lt;p&gt;Đồi&lt;/p&gt;</content>
</entry>
</feed>
"#;
    assert_eq!(String::from_utf8(atom::render(&feed(vec![entry]))).unwrap(), expected);
}

#[test]
fn a_small_json() {
    let mut entry = item("tag:x.example,2025:1", "Chị Lan");
    entry.updated = Some(moment(18, 9));
    let expected = concat!(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"Gương sáng","#,
        r#""home_page_url":"https://x.example/guong-sang/","#,
        r#""feed_url":"https://x.example/guong-sang/feed","language":"vi","#,
        r#""authors":[{"name":"Ban Biên tập"}],"items":[{"id":"tag:x.example,2025:1","#,
        r#""url":"https://x.example/guong-sang/chi-lan/?a=1&b=2","title":"Chị Lan","#,
        r#""date_published":"2025-10-17T08:30:00+07:00","#,
        r#""date_modified":"2025-10-18T09:30:00+07:00","content_html":""}]}"#,
        "\n"
    );
    assert_eq!(String::from_utf8(json::render(&feed(vec![entry]))).unwrap(), expected);
}

#[test]
fn empty_feeds_are_valid() {
    let empty = feed(vec![]);
    let rss = String::from_utf8(rss::render(&empty)).unwrap();
    assert!(!rss.contains("lastBuildDate"));
    let atom = String::from_utf8(atom::render(&empty)).unwrap();
    assert!(atom.contains("<updated>1970-01-01T00:00:00Z</updated>"));
    assert!(String::from_utf8(json::render(&empty)).unwrap().contains(r#""items":[]"#));
    for bytes in [rss.as_bytes(), atom.as_bytes(), &json::render(&empty)] {
        assert!(feed_rs::parser::parse(bytes).unwrap().entries.is_empty());
    }
}

#[test]
fn xml_is_well_formed_whatever_the_text() {
    well_formed(&rss::render(&hostile()));
    well_formed(&atom::render(&hostile()));
    let strings = style::Strings {
        lang: HOSTILE.into(),
        dir: HOSTILE.into(),
        strings_lang: "vi".into(),
        css: HOSTILE.into(),
        heading: HOSTILE.into(),
        about: HOSTILE.into(),
        subscribe: HOSTILE.into(),
        home: HOSTILE.into(),
        items: HOSTILE.into(),
        none: HOSTILE.into(),
        date: HOSTILE.into(),
    };
    well_formed(style::stylesheet(&strings).as_bytes());
}

#[test]
fn atom_comes_back_as_it_was() {
    let back = feed_rs::parser::parse(&*atom::render(&hostile())).unwrap();
    assert_eq!(back.title.unwrap().content, kept().trim());
    assert_eq!(back.language.as_deref(), Some("vi"));
    let entry = &back.entries[1];
    assert_eq!(entry.id, "tag:x.example,2025:1");
    assert_eq!(entry.title.as_ref().unwrap().content, kept().trim());
    assert_eq!(entry.summary.as_ref().unwrap().content, kept().trim());
    assert_eq!(entry.authors.len(), 2);
    assert_eq!(entry.authors[1].name.as_deref(), Some(kept().trim()));
    assert_eq!(entry.categories[0].term, "Giảm nghèo & <việc làm>");
    let body = entry.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(body.starts_with("<p lang=\"vi\"><strong>Minh họa &lt;1&gt;</strong></p>"));
    assert!(body.ends_with("<a href=\"https://x.example/?a&amp;b\">Đồi\r\n</a></p>"));
}

#[test]
fn rss_comes_back_as_it_was() {
    let back = feed_rs::parser::parse(&*rss::render(&hostile())).unwrap();
    assert_eq!(back.title.unwrap().content, kept().trim());
    let entry = &back.entries[1];
    assert_eq!(entry.id, "tag:x.example,2025:1");
    assert_eq!(entry.title.as_ref().unwrap().content, kept().trim());
    assert_eq!(entry.summary.as_ref().unwrap().content, escape(&kept()));
    assert_eq!(entry.categories[1].term, kept().trim());
    assert_eq!(entry.authors.len(), 2);
    let published = entry.published.unwrap().timestamp();
    assert_eq!(published, moment(18, 9).instant.as_second());
    let body = entry.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(body.ends_with("<a href=\"https://x.example/?a&amp;b\">Đồi\r\n</a></p>"));
}

#[test]
fn json_comes_back_as_it_was() {
    let bytes = json::render(&hostile());
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let entry = &value["items"][1];
    assert_eq!(entry["title"], kept());
    assert_eq!(entry["authors"][1]["name"], kept());
    assert_eq!(entry["language"], "km");
    assert_eq!(entry["attachments"][0]["size_in_bytes"], 1234);
    assert_eq!(value["next_url"], "https://x.example/guong-sang/feed-2");
    let back = feed_rs::parser::parse(&*bytes).unwrap();
    assert_eq!(back.entries[1].id, "tag:x.example,2025:1");
}

#[test]
fn the_newest_item_dates_the_feed() {
    assert_eq!(hostile().updated(), Some(&moment(18, 9)));
    assert_eq!(feed(vec![]).updated(), None);
}

#[test]
fn words_of_the_page_are_escaped() {
    let strings = style::Strings {
        lang: "tyz".into(),
        strings_lang: "vi".into(),
        css: "/a/{b}.css".into(),
        heading: "Nguồn tin \"<1>\"".into(),
        date: "{day}/{month} {năm}".into(),
        ..style::Strings::default()
    };
    let xslt = style::stylesheet(&strings);
    assert!(xslt.contains("href=\"/a/{{b}}.css\""));
    assert!(xslt.contains("<section class=\"feed-about\" lang=\"vi\">"));
    assert!(xslt.contains(
        "<xsl:value-of select=\"$day\"/><xsl:text>/</xsl:text>\
         <xsl:value-of select=\"$month\"/><xsl:text> </xsl:text><xsl:text>{</xsl:text>"
    ));
    let css = style::fallback(&strings);
    assert!(css.ends_with("{content:\"Nguồn tin \\22 \\3c 1>\\22 \"}\n"));
}
