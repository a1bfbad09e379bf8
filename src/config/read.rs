//! The text of `site.yaml` as a [`Config`].
//!
//! Takes the text, gives a config and diagnostics. Without a title, a base URL
//! or a language there is no config; any other mistake leaves the default.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::rules::*;
use super::{
    BaseUrl, Column, Config, Fallback, FeedFormat, Feeds, Filling, Owner, PATHS, Texts, campaigns,
    languages, menus, outlets,
};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Rule, Severity, Span};
use crate::bi;
use crate::i18n::date::check_pattern;
use crate::text::{fold, is_slug, nearest, slug};
use crate::yaml::{Node, Reader, Spanned, Value, clip, parse_map};

/// More pixels than this are no photo of a phone that people carry.
const MAX_PIXELS: u64 = 64_000_000;
/// Time zone of a site that names none.
const TIMEZONE: &str = "Asia/Ho_Chi_Minh";

/// Reads `site.yaml`; `None` when there is nothing usable, which the
/// diagnostics explain.
pub fn read(text: &str, path: Arc<str>) -> (Option<Config>, Diagnostics) {
    let entries = match parse_map(text, 0, &path) {
        Ok(entries) => entries,
        Err(error) => return (None, vec![error]),
    };
    let mut reader = Reader::new(&entries, Arc::clone(&path), &TimeZone::UTC);
    let config = read_keys(&mut reader, path);
    (config, reader.finish())
}

fn read_keys(reader: &mut Reader<'_>, path: Arc<str>) -> Option<Config> {
    let languages = languages::read(reader);
    let langs: Vec<String> = languages.iter().map(|language| language.tag.clone()).collect();
    let title = reader.required_texts("title", &langs, "Mỗi ngày một tin tốt");
    let base_url = base_url(reader);
    let (theme, theme_settings) = theme(reader);
    let (max_pixels, avif) = pictures(reader);
    let config = Config {
        path,
        description: reader.texts_by_language("description", &langs),
        base_url: base_url.clone().unwrap_or(BaseUrl { origin: String::new(), path: "/".into() }),
        identity: base_url.clone().unwrap_or(BaseUrl { origin: String::new(), path: "/".into() }),
        timezone: timezone(reader),
        theme,
        theme_settings,
        owner: owner(reader, &langs),
        official: reader.flag("official").is_some_and(|flag| flag.value),
        menus: menus::read(reader, &langs),
        feeds: feeds(reader),
        pagination: pagination(reader),
        archive: reader.flag("archive").is_none_or(|flag| flag.value),
        fallback: match reader.choice("fallback", &["hide", "show"]) {
            Some(choice) if choice.value == "show" => Fallback::Show,
            _ => Fallback::Hide,
        },
        column: column(reader, &langs),
        campaigns: campaigns::read(reader, &langs),
        yearly_report: reader.flag("yearly_report").is_some_and(|flag| flag.value),
        outlets: outlets::read(reader, &langs),
        checks: checks(reader),
        indexed: reader.flag("indexed").is_none_or(|flag| flag.value),
        paths: paths(reader, &langs),
        dates: dates(reader, &langs),
        max_pixels,
        avif,
        cards: cards(reader),
        title,
        languages,
    };
    reader.node("deploy");
    let usable = base_url.is_some() && !config.title.is_empty() && !config.languages.is_empty();
    usable.then_some(config)
}

/// `pictures: {max_pixels: 64000000, avif: true}`.
fn pictures(reader: &mut Reader<'_>) -> (u64, Option<Range<usize>>) {
    let Some(node) = reader.node("pictures") else { return (MAX_PIXELS, None) };
    let mut inner = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
    let written = inner.integer("max_pixels");
    let avif = inner.flag("avif").filter(|flag| flag.value).map(|flag| flag.range);
    reader.adopt(inner);
    let most = written.and_then(|number| u64::try_from(number.value).ok());
    (most.unwrap_or(MAX_PIXELS), avif)
}

/// `cards: true` for all entries, or for how many of the newest.
fn cards(reader: &mut Reader<'_>) -> usize {
    let Some(node) = reader.node("cards") else { return 0 };
    match node.scalar() {
        Some("true") => usize::MAX,
        Some("false") => 0,
        Some(number) if number.parse::<u32>().is_ok() => number.parse().unwrap_or_default(),
        _ => {
            reader.wrong_type(
                node,
                &bi!(
                    "true, false, hoặc số bài mới nhất, như 300",
                    "true, false, or how many of the newest entries, such as 300"
                ),
            );
            0
        }
    }
}

fn base_url(reader: &mut Reader<'_>) -> Option<BaseUrl> {
    let text = reader.required("base_url", "https://tintot.example/")?;
    let parsed = BaseUrl::parse(&text.value);
    if parsed.is_none() {
        let written = clip(&text.value);
        let message = bi!(
            "`base_url: {written}` không phải địa chỉ trang đầy đủ",
            "`base_url: {written}` is no full address"
        );
        let help = bi!(
            "viết cả https://, không có ? hay #, như https://tintot.example/",
            "write it with https:// and without ? or #, as in https://tintot.example/"
        );
        let place = reader.span(&text.range);
        reader.push(Diagnostic::new(&BAD_BASE_URL, message).at(place).help(help));
    }
    parsed
}

fn timezone(reader: &mut Reader<'_>) -> TimeZone {
    let written = reader.line("timezone");
    let name = written.as_ref().map_or(TIMEZONE, |text| text.value.as_str());
    if let Ok(zone) = TimeZone::get(name) {
        return zone;
    }
    if let Some(text) = &written {
        let names: Vec<String> =
            jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
        // People know the city, not the continent.
        let city = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
        let cities: Vec<String> = names.iter().map(|name| city(name)).collect();
        let near =
            ours(&text.value).or_else(|| nearest(&text.value, names.iter().map(String::as_str)));
        let near = near.or_else(|| {
            let near = nearest(&city(&text.value), cities.iter().map(String::as_str))?;
            names.iter().find(|name| city(name) == near).map(String::as_str)
        });
        let shown = clip(&text.value);
        let message = bi!("không có múi giờ “{shown}”", "there is no time zone “{shown}”");
        let near = near.unwrap_or(TIMEZONE);
        let help = bi!("có phải là `{near}`?", "did you mean `{near}`?");
        let place = reader.span(&text.range);
        reader.push(Diagnostic::new(&BAD_TIMEZONE, message).at(place).help(help));
    }
    default_timezone()
}

/// The zone of Viet Nam under names that the database does not have:
/// `Asia/Hanoi`, `Việt Nam`, `GMT+7`.
fn ours(written: &str) -> Option<&'static str> {
    let plain = fold(written.rsplit('/').next().unwrap_or(written));
    let plain: String = plain.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect();
    let names = ["hanoi", "vietnam", "vn", "danang", "hue", "hochiminhcity", "tphcm"];
    let offsets = ["+7", "+07", "+0700", "gmt+7", "gmt+07", "utc+7", "utc+07", "utc+0700"];
    names.iter().chain(&offsets).any(|name| *name == plain).then_some(TIMEZONE)
}

/// Viet Nam's, where a site names none.
pub fn default_timezone() -> TimeZone {
    TimeZone::get(TIMEZONE).unwrap_or(TimeZone::fixed(jiff::tz::offset(7)))
}

/// A name, or `{name, ...settings}`.
fn theme(reader: &mut Reader<'_>) -> (Spanned<String>, Option<Node>) {
    let default = Spanned::new("default".to_owned(), 0..0);
    let Some(node) = reader.node("theme") else { return (default, None) };
    let (name, settings) = match &node.value {
        Value::Map(_) => {
            let mut map = Reader::of(node, reader.file(), reader.zone());
            let name = map.line("name");
            let value = Value::Map(map.rest());
            reader.adopt(map);
            (name, Some(Node { value, range: node.range.clone() }))
        }
        _ => (reader.line("theme"), None),
    };
    let name = name.unwrap_or(default);
    if is_slug(&name.value) {
        return (name, settings);
    }
    let shown = clip(&name.value);
    let message = bi!(
        "“{shown}” không phải tên một thư mục trong themes/",
        "“{shown}” is no name of a folder in themes/"
    );
    let place = reader.span(&name.range);
    reader.push(Diagnostic::new(&BAD_NAME, message).at(place));
    (Spanned::new("default".to_owned(), name.range), settings)
}

fn owner(reader: &mut Reader<'_>, langs: &[String]) -> Owner {
    let Some(mut map) = reader.map("owner") else { return Owner::default() };
    let owner = Owner {
        name: map.texts_by_language("name", langs),
        address: map.texts_by_language("address", langs),
        email: map.line("email").map(|text| text.value),
        phone: map.line("phone").map(|text| text.value),
        responsible: map.texts_by_language("responsible", langs),
    };
    reader.adopt(map);
    owner
}

fn feeds(reader: &mut Reader<'_>) -> Feeds {
    let mut feeds = Feeds {
        formats: vec![FeedFormat::Rss, FeedFormat::Atom, FeedFormat::Json],
        term_formats: vec![FeedFormat::Rss],
        term_minimum: 5,
        calendars: true,
        limit: 20,
    };
    let Some(mut map) = reader.map("feeds") else { return feeds };
    for (key, formats) in
        [("formats", &mut feeds.formats), ("term_formats", &mut feeds.term_formats)]
    {
        if map.node(key).is_some() {
            *formats = feed_formats(&mut map, key);
        }
    }
    let (least, limit) = (at_least(&mut map, "term_minimum", 1), at_least(&mut map, "limit", 1));
    feeds.calendars = map.flag("calendars").is_none_or(|flag| flag.value);
    feeds.term_minimum = least.unwrap_or(feeds.term_minimum);
    feeds.limit = limit.unwrap_or(feeds.limit);
    reader.adopt(map);
    feeds
}

fn feed_formats(reader: &mut Reader<'_>, key: &str) -> Vec<FeedFormat> {
    let mut formats = Vec::new();
    for text in reader.texts(key) {
        let format = match text.value.as_str() {
            "rss" => FeedFormat::Rss,
            "atom" => FeedFormat::Atom,
            "json" => FeedFormat::Json,
            other => {
                let other = clip(other);
                let message = bi!(
                    "không có dạng bản tin `{other}`; chọn rss, atom, json",
                    "there is no feed format `{other}`; choose rss, atom or json"
                );
                let place = reader.span(&text.range);
                reader.push(Diagnostic::new(&crate::yaml::BAD_CHOICE, message).at(place));
                continue;
            }
        };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats
}

/// Entries per page: a number, or `{size}`.
fn pagination(reader: &mut Reader<'_>) -> usize {
    let map = matches!(reader.node("pagination").map(|node| &node.value), Some(Value::Map(_)));
    let size = match map.then(|| reader.map("pagination")).flatten() {
        Some(mut map) => {
            let size = at_least(&mut map, "size", 1);
            reader.adopt(map);
            size
        }
        None => at_least(reader, "pagination", 1),
    };
    size.unwrap_or(20)
}

/// A number from `least` to 1000.
pub(super) fn at_least(reader: &mut Reader<'_>, key: &str, least: i64) -> Option<usize> {
    let number = reader.integer(key)?;
    if (least..=1000).contains(&number.value) {
        return usize::try_from(number.value).ok();
    }
    let message = bi!("`{key}` phải từ {least} đến 1000", "`{key}` must be from {least} to 1000");
    let place = reader.span(&number.range);
    reader.push(Diagnostic::new(&crate::yaml::BAD_NUMBER, message).at(place));
    None
}

fn column(reader: &mut Reader<'_>, langs: &[String]) -> Option<Column> {
    let mut map = reader.map("column")?;
    let name = map.required_texts("name", langs, "Mỗi ngày một tin tốt");
    let hashtags = map.texts("hashtags").into_iter().map(|tag| tag.value).collect();
    let (daily, weekly) = (filling(&mut map, "daily"), filling(&mut map, "weekly"));
    reader.adopt(map);
    Some(Column { name, hashtags, daily, weekly })
}

/// A section, several, or `{sections, kinds}`.
fn filling(reader: &mut Reader<'_>, key: &str) -> Option<Filling> {
    let node = reader.node(key)?;
    if !matches!(node.value, Value::Map(_)) {
        let sections = reader.texts(key);
        return (!sections.is_empty()).then(|| Filling { sections, kinds: Vec::new() });
    }
    let mut map = reader.map(key)?;
    let filling = Filling { sections: map.texts("sections"), kinds: map.texts("kinds") };
    let empty = filling.sections.is_empty() && filling.kinds.is_empty();
    if empty {
        map.missing("sections", "[tin-tot]");
    }
    reader.adopt(map);
    (!empty).then_some(filling)
}

/// A required id of the shape of a slug.
pub(super) fn name_of(
    reader: &mut Reader<'_>,
    key: &str,
    example: &str,
) -> Option<Spanned<String>> {
    let id = reader.required(key, example)?;
    if is_slug(&id.value) {
        return Some(id);
    }
    let shown = clip(&id.value);
    let message = bi!("“{shown}” không phải một mã viết đúng", "“{shown}” is no proper id");
    let made = slug(&id.value).unwrap_or_else(|| example.to_owned());
    let place = reader.span(&id.range);
    let help = bi!("viết: {key}: {made}", "write: {key}: {made}");
    reader.push(Diagnostic::new(&BAD_NAME, message).at(place).help(help));
    None
}

fn checks(reader: &mut Reader<'_>) -> BTreeMap<String, Option<Severity>> {
    let mut checks = BTreeMap::new();
    let Some(node) = reader.node("checks") else { return checks };
    let mut map = Reader::of(node, reader.file(), reader.zone());
    let Value::Map(entries) = &node.value else {
        reader.adopt(map);
        return checks;
    };
    for (key, _) in entries {
        let code = key.scalar().unwrap_or_default();
        let shape = code.len() == 5
            && code.starts_with('T')
            && code.bytes().skip(1).all(|b| b.is_ascii_digit());
        let severity = map.choice(code, &["off", "note", "warning", "error"]);
        if !shape {
            let shown = clip(code);
            let message = bi!(
                "“{shown}” không phải mã kiểm tra, như T0103",
                "“{shown}” is no code of a check, such as T0103"
            );
            let error = error(&map, &BAD_CHECK, message, key);
            map.push(error);
        } else if let Some(severity) = severity {
            let severity = match severity.value {
                "note" => Some(Severity::Note),
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                _ => None,
            };
            checks.insert(code.to_owned(), severity);
        }
    }
    reader.adopt(map);
    checks
}

fn paths(reader: &mut Reader<'_>, langs: &[String]) -> BTreeMap<String, Texts> {
    let mut paths = BTreeMap::new();
    let Some(mut map) = reader.map("paths") else { return paths };
    for name in PATHS {
        let texts = map.texts_by_language(name, langs);
        if let Some((_, bad)) = texts.0.iter().find(|(_, text)| !is_slug(text)) {
            let shown = clip(bad);
            let message = bi!(
                "“{shown}” không dùng được trong địa chỉ: chỉ a-z, 0-9 và dấu nối",
                "“{shown}” cannot stand in an address: only a-z, 0-9 and hyphens"
            );
            if let Some(node) = map.node(name) {
                let error = error(&map, &BAD_NAME, message, node);
                map.push(error);
            }
        } else if !texts.is_empty() {
            paths.insert((*name).to_owned(), texts);
        }
    }
    reader.adopt(map);
    paths
}

/// Styles whose patterns a site may set.
const DATE_STYLES: [&str; 6] = ["full", "day", "short", "long", "month", "time"];

fn dates(reader: &mut Reader<'_>, langs: &[String]) -> BTreeMap<String, Texts> {
    let mut dates = BTreeMap::new();
    let Some(mut map) = reader.map("dates") else { return dates };
    for style in DATE_STYLES {
        let texts = map.texts_by_language(style, langs);
        let bad = texts.0.iter().find(|(_, pattern)| check_pattern(pattern).is_err());
        if let (Some((_, pattern)), Some(node)) = (bad, map.node(style)) {
            let shown = clip(pattern);
            let message = bi!(
                "mẫu ngày “{shown}” có phần không hiểu được",
                "the date pattern “{shown}” has a part that means nothing"
            );
            let error = error(&map, &BAD_DATE_PATTERN, message, node);
            map.push(error);
        } else if !texts.is_empty() {
            dates.insert(style.to_owned(), texts);
        }
    }
    reader.adopt(map);
    dates
}

pub(super) fn error(
    reader: &Reader<'_>,
    rule: &'static Rule,
    message: Bi,
    node: &Node,
) -> Diagnostic {
    Diagnostic::new(rule, message).at(Span::new(reader.file(), node.range.clone()))
}
