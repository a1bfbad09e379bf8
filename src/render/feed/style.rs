//! How a feed looks in a browser.
//!
//! Takes the words of one language; gives an XSLT 1.0 file that shows RSS and
//! Atom as a page which explains itself, and a small CSS file for browsers that
//! have given XSLT up. Neither holds a script or an inline style; the page is
//! dressed by the theme's style sheet.

use super::{Text, push_escaped, push_escaped_attribute};

/// The words of the page and where its style sheet is.
#[derive(Debug, Clone, Default)]
pub struct Strings<'a> {
    /// Language of the feeds that use the file, and its direction.
    pub lang: Text<'a>,
    pub dir: Text<'a>,
    /// Language of the words below where they are borrowed, else empty.
    pub strings_lang: Text<'a>,
    /// URL of the theme's style sheet.
    pub css: Text<'a>,
    /// Heading: "Đây là một nguồn tin".
    pub heading: Text<'a>,
    /// What a feed is, in a sentence or two.
    pub about: Text<'a>,
    /// How to subscribe: "Chép địa chỉ của trang này vào ứng dụng đọc tin để theo dõi."
    pub subscribe: Text<'a>,
    /// Text of the link to the site: "Về trang chính".
    pub home: Text<'a>,
    /// Heading of the items: "Bài mới".
    pub items: Text<'a>,
    /// Shown when there are none.
    pub none: Text<'a>,
    /// `{day}/{month}/{year}`: numbers, two digits for day and month.
    pub date: Text<'a>,
}

/// The XSLT file. Class names for the theme: `feed`, `feed-head`,
/// `feed-about`, `feed-address`, `feed-items`, `feed-item`.
pub fn stylesheet(strings: &Strings<'_>) -> String {
    let lang = match &*strings.strings_lang {
        "" => String::new(),
        lang if lang == strings.lang => String::new(),
        lang => format!(" lang=\"{}\"", attribute(lang)),
    };
    [
        HEAD.to_owned(),
        page(strings, &lang),
        about(strings, &lang),
        items(strings, &lang),
        ITEMS.to_owned(),
        date(&strings.date),
        "</xsl:stylesheet>\n".to_owned(),
    ]
    .concat()
}

/// Both formats: `rss` and `atom:feed` never occur in one document, so that a
/// union picks the right one.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" exclude-result-prefixes="atom dc">
<xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
<xsl:variable name="title" select="/rss/channel/title | /atom:feed/atom:title"/>
<xsl:variable name="description" select="/rss/channel/description | /atom:feed/atom:subtitle"/>
<xsl:variable name="home" select="/rss/channel/link | /atom:feed/atom:link[@rel='alternate']/@href"/>
<xsl:variable name="self" select="(/rss/channel | /atom:feed)/atom:link[@rel='self']/@href"/>
<xsl:variable name="entries" select="/rss/channel/item | /atom:feed/atom:entry"/>
"#;

fn page(strings: &Strings<'_>, lang: &str) -> String {
    format!(
        r#"<xsl:template match="/">
<html lang="{page_lang}" dir="{dir}">
<head>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
<title><xsl:value-of select="$title"/></title>
<link rel="stylesheet" href="{css}"/>
</head>
<body class="feed">
<header class="feed-head">
<h1><xsl:value-of select="$title"/></h1>
<xsl:if test="string($description) != string($title)"><p><xsl:value-of select="$description"/></p></xsl:if>
<p{lang}><a href="{{$home}}">{home}</a></p>
</header>
<main>
<xsl:call-template name="about"/>
<xsl:call-template name="items"/>
</main>
</body>
</html>
</xsl:template>
"#,
        page_lang = attribute(&strings.lang),
        dir = attribute(&strings.dir),
        css = attribute(&strings.css),
        home = text(&strings.home),
    )
}

fn about(strings: &Strings<'_>, lang: &str) -> String {
    format!(
        r#"<xsl:template name="about">
<section class="feed-about"{lang}>
<h2>{heading}</h2>
<p>{about}</p>
<p>{subscribe}</p>
<p class="feed-address"><code><xsl:value-of select="$self"/></code></p>
</section>
</xsl:template>
"#,
        heading = text(&strings.heading),
        about = text(&strings.about),
        subscribe = text(&strings.subscribe),
    )
}

fn items(strings: &Strings<'_>, lang: &str) -> String {
    format!(
        r#"<xsl:template name="items">
<section class="feed-items">
<h2{lang}>{items}</h2>
<xsl:if test="not($entries)"><p{lang}>{none}</p></xsl:if>
<xsl:apply-templates select="$entries"/>
</section>
</xsl:template>
"#,
        items = text(&strings.items),
        none = text(&strings.none),
    )
}

/// An RSS date is `Fri, 17 Oct 2025 ...`, an Atom date `2025-10-17T...`. An RSS
/// description is HTML made of plain text: `unescape` gives the text back.
const ITEMS: &str = r#"<xsl:template match="item">
<article class="feed-item">
<xsl:if test="dc:language"><xsl:attribute name="lang"><xsl:value-of select="dc:language"/></xsl:attribute></xsl:if>
<h3><a href="{link}"><xsl:value-of select="title"/></a></h3>
<p><xsl:call-template name="date">
<xsl:with-param name="year" select="substring(pubDate, 13, 4)"/>
<xsl:with-param name="month" select="format-number(string-length(substring-before('JanFebMarAprMayJunJulAugSepOctNovDec', substring(pubDate, 9, 3))) div 3 + 1, '00')"/>
<xsl:with-param name="day" select="substring(pubDate, 6, 2)"/>
</xsl:call-template></p>
<xsl:if test="description"><p><xsl:call-template name="unescape"><xsl:with-param name="text" select="string(description)"/></xsl:call-template></p></xsl:if>
</article>
</xsl:template>
<xsl:template match="atom:entry">
<article class="feed-item">
<xsl:if test="@xml:lang"><xsl:attribute name="lang"><xsl:value-of select="@xml:lang"/></xsl:attribute></xsl:if>
<h3><a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a></h3>
<p><xsl:call-template name="date">
<xsl:with-param name="year" select="substring(atom:updated, 1, 4)"/>
<xsl:with-param name="month" select="substring(atom:updated, 6, 2)"/>
<xsl:with-param name="day" select="substring(atom:updated, 9, 2)"/>
</xsl:call-template></p>
<xsl:if test="atom:summary"><p><xsl:value-of select="atom:summary"/></p></xsl:if>
</article>
</xsl:template>
<xsl:template name="unescape">
<xsl:param name="text"/>
<xsl:choose>
<xsl:when test="contains($text, '&amp;')">
<xsl:variable name="rest" select="substring-after($text, '&amp;')"/>
<xsl:variable name="name" select="substring-before($rest, ';')"/>
<xsl:value-of select="substring-before($text, '&amp;')"/>
<xsl:choose>
<xsl:when test="$name = 'amp'">&amp;</xsl:when>
<xsl:when test="$name = 'lt'">&lt;</xsl:when>
<xsl:when test="$name = 'gt'">&gt;</xsl:when>
<xsl:when test="$name = 'quot'">"</xsl:when>
</xsl:choose>
<xsl:call-template name="unescape"><xsl:with-param name="text" select="substring-after($rest, ';')"/></xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
</xsl:choose>
</xsl:template>
"#;

/// The pattern becomes a row of values and literal texts.
fn date(pattern: &str) -> String {
    let mut row = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let field = ["day", "month", "year"].into_iter().find_map(|name| {
            let after = rest.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?;
            Some((name, after))
        });
        if let Some((name, after)) = field {
            row.push_str(&format!("<xsl:value-of select=\"${name}\"/>"));
            rest = after;
        } else {
            // Even a space of its own survives in xsl:text.
            row.push_str(&format!("<xsl:text>{}</xsl:text>", text(c.encode_utf8(&mut [0; 4]))));
            rest = &rest[c.len_utf8()..];
        }
    }
    format!(
        r#"<xsl:template name="date">
<xsl:param name="year"/>
<xsl:param name="month"/>
<xsl:param name="day"/>
<time datetime="{{$year}}-{{$month}}-{{$day}}">{row}</time>
</xsl:template>
"#
    )
}

fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    push_escaped(&mut out, plain);
    out
}

/// Braces in an attribute would be read as an expression.
fn attribute(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    push_escaped_attribute(&mut out, &plain.replace('{', "{{").replace('}', "}}"));
    out
}

/// A style sheet for the bare XML of RSS and Atom: title, what this is, titles,
/// dates and summaries, without links. Full texts and technical elements are
/// hidden.
pub fn fallback(strings: &Strings<'_>) -> String {
    let note = [&strings.heading, &strings.about, &strings.subscribe]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| css_string(part))
        .collect::<Vec<_>>()
        .join(" \"\\a \" ");
    format!("{FALLBACK}channel::before,feed::before{{content:{note}}}\n")
}

const FALLBACK: &str = "\
rss,feed{max-width:42rem;margin:1rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}
rss,channel,feed{display:block}
channel::before,feed::before{display:block;white-space:pre-line;padding:1rem;border:1px solid}
channel>*,feed>*,item>*,entry>*{display:none}
channel>title,channel>description,channel>item,feed>title,feed>subtitle,feed>entry,\
item>title,item>pubDate,item>description,entry>title,entry>updated,entry>summary{display:block}
channel>title,feed>title{font-size:1.75rem;font-weight:bold}
item,entry{margin-top:1.5rem;padding-top:1rem;border-top:1px solid}
item>title,entry>title{font-size:1.25rem;font-weight:bold}
";

/// A CSS string; what could end it is written as a code point.
fn css_string(plain: &str) -> String {
    let mut out = String::from("\"");
    for c in plain.chars() {
        match c {
            '"' | '\\' | '<' => out.push_str(&format!("\\{:x} ", u32::from(c))),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
