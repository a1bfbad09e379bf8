//! The keys of a block as a [`Front`].
//!
//! Takes the block's text and place, gives values and diagnostics. A key whose
//! value is wrong counts as not written. Keys of no common meaning stay in
//! `rest` for the entry's kind.

use std::sync::Arc;

use super::rules::*;
use super::{Front, Person, Photo, Rare, Series, Sound, Source, Stage};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::time::Moment;
use crate::bi;
use crate::parse::ParseOptions;
use crate::text::{is_slug, slug};
use crate::yaml::{Node, Reader, Spanned, TOO_LARGE, Value, clip, is_url, parse_map, parse_moment};

/// Longest block, in bytes.
const MAX_BLOCK: usize = 256 << 10;
/// Longest alias and id, in bytes.
const MAX_ADDRESS: usize = 200;
/// What is longer is not said on the telephone.
const MAX_SHORT: usize = 40;
/// Younger people need somebody's consent (Law on Children, article 1).
const ADULT_AT: i16 = 16;

/// Every key that [`read`] understands.
pub const KEYS: &[&str] = &[
    "kind",
    "id",
    "title",
    "summary",
    "date",
    "updated",
    "expires",
    "draft",
    "withdrawn",
    "featured",
    "illustrative",
    "ai",
    "slug",
    "aliases",
    "short",
    "authors",
    "source",
    "places",
    "units",
    "topics",
    "tags",
    "areas",
    "audience",
    "programmes",
    "series",
    "genre",
    "cover",
    "photos",
    "card",
    "audio",
    "people",
    "consent",
    "weight",
    "source_hash",
    "fallback",
    "extra",
];

/// Genres of the press that `genre` takes.
const GENRES: &[&str] = &["tin", "bai", "phong-su", "phong-su-anh", "infographic"];

/// Reads the block that stands at `base` in the file.
pub fn read(
    block: &str,
    base: usize,
    file: &Arc<str>,
    opts: &ParseOptions,
) -> (Front, Diagnostics) {
    let range = base..base + block.len();
    let empty = Front { range: range.clone(), unread: true, ..Front::default() };
    if block.len() > MAX_BLOCK {
        let message = bi!(
            "khối thông tin dài quá 256 KB; có lẽ thiếu dòng --- đóng khối",
            "the block is longer than 256 KB; the closing --- line seems to be missing"
        );
        let error = Diagnostic::new(&TOO_LARGE, message).at(Span::new(file, base..base));
        return (empty, vec![error]);
    }
    let entries = match parse_map(block, base, file) {
        Ok(entries) => entries,
        Err(error) => return (empty, vec![error]),
    };
    let mut reader = Reader::new(&entries, Arc::clone(file), &opts.zone).starting_at(base);
    let mut front = Front { range, unread: false, ..empty };
    front.title = match needs_title(file, opts) {
        true => reader.required("title", "Chị Lan trồng cây trên đồi trọc"),
        false => reader.line("title"),
    };
    let mut rare = Rare::default();
    front.summary = reader.line("summary");
    identity(&mut reader, &mut rare);
    dates(&mut reader, &mut front, &mut rare);
    filing(&mut reader, &mut front, &mut rare);
    media(&mut reader, &mut rare);
    people(&mut reader, &front, &mut rare);
    rare.extra = reader.node("extra").cloned();
    front.rest = reader.rest();
    (front.with(rare), reader.finish())
}

/// The diagnostics for keys that no kind has read: what is left of
/// [`Front::rest`] where there is no kind, as on section pages.
pub fn unknown_keys(front: &Front, file: &Arc<str>, zone: &jiff::tz::TimeZone) -> Diagnostics {
    let mut reader = Reader::new(&front.rest, Arc::clone(file), zone);
    reader.also(KEYS);
    reader.finish()
}

/// A translation may take the original's title, and the home page the site's.
fn needs_title(file: &str, opts: &ParseOptions) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let tag = stem.rsplit_once('.').map(|(_, tag)| tag);
    let translated = tag.is_some_and(|tag| opts.langs.iter().skip(1).any(|lang| lang == tag));
    let home = stem == "_index" && file.matches('/').count() <= 1;
    !translated && !home
}

fn identity(reader: &mut Reader<'_>, rare: &mut Rare) {
    rare.kind = reader.line("kind");
    rare.id = reader.line("id").filter(|id| check_id(reader, id));
    rare.slug = reader.line("slug").filter(|slug| check_slug(reader, slug));
    let aliases = reader.texts("aliases");
    rare.aliases = aliases.into_iter().filter_map(|alias| read_alias(reader, alias)).collect();
    rare.short = reader.line("short").filter(|short| check_short(reader, short));
    rare.weight = reader.integer("weight");
    rare.source_hash = reader.line("source_hash");
    rare.fallback = reader.choice("fallback", &["show", "hide"]).map(owned);
    for (key, flag) in [
        ("draft", &mut rare.draft),
        ("withdrawn", &mut rare.withdrawn),
        ("featured", &mut rare.featured),
        ("illustrative", &mut rare.illustrative),
    ] {
        *flag = reader.flag(key);
    }
    rare.ai = match reader.node("ai").map(|node| (node.scalar().map(str::trim), node)) {
        Some((Some("false"), _)) => None,
        Some((Some("true"), node)) => Some(Spanned::new(String::new(), node.range.clone())),
        _ => reader.line("ai"),
    };
}

fn dates(reader: &mut Reader<'_>, front: &mut Front, rare: &mut Rare) {
    front.date = reader.moment("date");
    front.unread = front.date.is_none() && reader.node("date").is_some();
    rare.updated = reader.moment("updated");
    rare.expires = reader.moment("expires");
    let Some(date) = &front.date else { return };
    for (key, later, strict) in
        [("updated", &rare.updated, false), ("expires", &rare.expires, true)]
    {
        let Some(later) = later else { continue };
        if later.value.instant < date.value.instant || (strict && later.value == date.value) {
            let message = bi!("`{key}` không sau `date`", "`{key}` is not after `date`");
            let warning = Diagnostic::new(&DATES_CROSSED, message)
                .at(reader.span(&later.range))
                .at_with(reader.span(&date.range), bi!("ngày của bài", "the entry's date"));
            reader.push(warning);
        }
    }
}

fn filing(reader: &mut Reader<'_>, front: &mut Front, rare: &mut Rare) {
    for (key, list) in [
        ("authors", &mut rare.authors),
        ("places", &mut front.places),
        ("units", &mut front.units),
        ("topics", &mut front.topics),
        ("tags", &mut front.tags),
        ("areas", &mut rare.areas),
        ("audience", &mut rare.audience),
        ("programmes", &mut rare.programmes),
    ] {
        *list = reader.texts(key);
    }
    rare.genre = reader.choice("genre", GENRES).map(owned);
    rare.source = read_source(reader);
    rare.series = match reader.node("series").map(|node| &node.value) {
        Some(Value::Map(_)) => reader.map("series").and_then(|mut map| {
            let (id, part) = (map.required("id", "duong-len-ban"), map.integer("part"));
            reader.adopt(map);
            Some(Series { id: id?, part })
        }),
        _ => reader.line("series").map(|id| Series { id, part: None }),
    };
}

fn read_source(reader: &mut Reader<'_>) -> Option<Source> {
    if matches!(reader.node("source")?.value, Value::Map(_)) {
        let mut map = reader.map("source")?;
        let (name, url) = (map.required("name", "Báo Minh Họa"), map.url("url"));
        reader.adopt(map);
        return Some(Source { name: name?, url });
    }
    let text = reader.line("source")?;
    if !is_url(&text.value) {
        return Some(Source { name: text, url: None });
    }
    let host = text.value.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let name = host.unwrap_or(&text.value).trim_start_matches("www.").to_owned();
    Some(Source { name: Spanned::new(name, text.range.clone()), url: Some(text) })
}

fn media(reader: &mut Reader<'_>, rare: &mut Rare) {
    rare.audio = read_sound(reader);
    rare.card = reader.flag("card");
    rare.cover = match reader.node("cover") {
        Some(node) => read_photo(reader, node),
        None => None,
    };
    let Some(node) = reader.node("photos") else { return };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    rare.photos = items.iter().filter_map(|item| read_photo(reader, item)).collect();
}

/// `{file, caption, credit}`, or the file alone.
fn read_sound(reader: &mut Reader<'_>) -> Option<Sound> {
    if !matches!(reader.node("audio")?.value, Value::Map(_)) {
        let file = reader.line("audio")?;
        return Some(Sound { file, caption: None, credit: None });
    }
    let mut map = reader.map("audio")?;
    let file = map.required("file", "ban-doc.mp3");
    let words = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let (caption, credit) = (words(map.line("caption")), words(map.line("credit")));
    reader.adopt(map);
    Some(Sound { file: file?, caption, credit })
}

/// `{file, alt, ...}`, or the file alone.
fn read_photo<'a>(reader: &mut Reader<'a>, node: &'a Node) -> Option<Photo> {
    if let Some(file) = node.scalar() {
        let file = Spanned::new(file.trim().to_owned(), node.range.clone());
        let (alt, caption, credit) = (None, None, None);
        let photo = Photo { file, alt, caption, credit, focus: None, people: None, stage: None };
        return Some(photo).filter(|photo| !photo.file.value.is_empty());
    }
    let mut map = Reader::of(node, reader.file(), reader.zone());
    let file = map.required("file", "anh.jpg");
    let words = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let (alt, caption) = (words(map.line("alt")), words(map.line("caption")));
    let (credit, people) = (words(map.line("credit")), words(map.line("people")));
    let focus = read_focus(&mut map);
    let stage = map.choice("stage", &["before", "after"]);
    let stage = stage.map(|of| if of.value == "before" { Stage::Before } else { Stage::After });
    reader.adopt(map);
    Some(Photo { file: file?, alt, caption, credit, focus, people, stage })
}

/// Two fractions of width and height, in thousandths.
fn read_focus(reader: &mut Reader<'_>) -> Option<(u16, u16)> {
    let node = reader.node("focus")?;
    let parts: Vec<&str> = match &node.value {
        Value::List(items) => items.iter().filter_map(Node::scalar).collect(),
        Value::Scalar { text, .. } => text.split([' ', ',']).filter(|t| !t.is_empty()).collect(),
        _ => Vec::new(),
    };
    let parts: Vec<u16> = parts.iter().filter_map(|part| thousandths(part)).collect();
    if let [x, y] = parts[..] {
        return Some((x, y));
    }
    let message = bi!(
        "`focus` cần hai số từ 0 đến 1, ví dụ [0.5, 0.3]",
        "`focus` takes two numbers from 0 to 1, such as [0.5, 0.3]"
    );
    let error = Diagnostic::new(&BAD_FOCUS, message).at(reader.span(&node.range));
    reader.push(error);
    None
}

/// `0.5`, `0,5` or `50%` as 500.
fn thousandths(text: &str) -> Option<u16> {
    let text = text.trim();
    let (number, scale) = match text.strip_suffix('%') {
        Some(percent) => (percent, 10.0),
        None => (text, 1000.0),
    };
    let value: f64 = number.trim().replace(',', ".").parse().ok()?;
    let value = value * scale;
    (0.0..=1000.0).contains(&value).then(|| value.round() as u16)
}

fn people(reader: &mut Reader<'_>, front: &Front, rare: &mut Rare) {
    rare.consent = reader.line("consent");
    let Some(node) = reader.node("people") else { return };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    for item in items {
        if let Some(name) = item.scalar() {
            let name = Spanned::new(name.trim().to_owned(), item.range.clone());
            if !name.value.is_empty() {
                rare.people.push(Person { name, born: None, role: None, home: None });
            }
            continue;
        }
        let mut map = Reader::of(item, reader.file(), reader.zone());
        let (name, born) = (map.required("name", "N.T.L."), map.line("born"));
        let (role, home) = (map.line("role"), map.line("home"));
        if rare.consent.is_none()
            && let (Some(born), Some(date)) = (&born, &front.date)
        {
            check_age(&mut map, born, &date.value);
        }
        reader.adopt(map);
        let words = |text: Option<Spanned<String>>| text.map(|text| text.value);
        if let Some(name) = name {
            let (born, role, home) = (words(born), words(role), words(home));
            rare.people.push(Person { name, born, role, home });
        }
    }
}

/// Warns of a person who was, or with only a year given may have been, a child.
fn check_age(reader: &mut Reader<'_>, born: &Spanned<String>, date: &Moment) {
    let today = date.day();
    let child = match parse_moment(&born.value, reader.zone()) {
        Ok(written) => {
            let birth = written.moment.day();
            let had = (today.month(), today.day()) >= (birth.month(), birth.day());
            today.year() - birth.year() - i16::from(!had) < ADULT_AT
        }
        Err(_) => match born.value.parse::<i16>() {
            Ok(year) if (1900..=2200).contains(&year) => today.year() - year <= ADULT_AT,
            _ => false,
        },
    };
    if child {
        let message = bi!(
            "người này có thể chưa đủ 16 tuổi vào ngày đăng bài, mà chưa ghi `consent`",
            "this person may be under 16 on the entry's date, and there is no `consent`"
        );
        let help = bi!(
            "ghi mã phiếu đồng ý vào `consent`, hoặc chỉ ghi tên viết tắt",
            "put the reference of the consent into `consent`, or give initials only"
        );
        let place = reader.span(&born.range);
        reader.push(Diagnostic::new(&CHILD_WITHOUT_CONSENT, message).at(place).help(help));
    }
}

fn check_id(reader: &mut Reader<'_>, id: &Spanned<String>) -> bool {
    let good = |c: char| c.is_alphanumeric() || "-_./:".contains(c);
    let ok = id.value.len() <= MAX_ADDRESS && id.value.chars().all(good);
    if !ok {
        let written = clip(&id.value);
        let message = bi!("`id: {written}` không hợp lệ", "`id: {written}` is no usable id");
        let help =
            bi!("chỉ dùng chữ, số và các dấu - _ . / :", "use letters, digits and - _ . / : only");
        reader.push(Diagnostic::new(&BAD_ID, message).at(reader.span(&id.range)).help(help));
    }
    ok
}

fn check_slug(reader: &mut Reader<'_>, written: &Spanned<String>) -> bool {
    if is_slug(&written.value) {
        return true;
    }
    let shown = clip(&written.value);
    let message = bi!("`slug: {shown}` không hợp lệ", "`slug: {shown}` is no usable slug");
    let mut error = Diagnostic::new(&BAD_SLUG, message).at(reader.span(&written.range));
    if let Some(made) = slug(&written.value) {
        error = error.help(bi!("viết: slug: {made}", "write: slug: {made}"));
    }
    reader.push(error);
    false
}

/// What people say and type has to be plain.
fn check_short(reader: &mut Reader<'_>, written: &Spanned<String>) -> bool {
    if is_slug(&written.value) && written.value.len() <= MAX_SHORT {
        return true;
    }
    let shown = clip(&written.value);
    let message =
        bi!("`short: {shown}` không hợp lệ", "`short: {shown}` is no usable short address");
    let mut error = Diagnostic::new(&BAD_SHORT, message).at(reader.span(&written.range));
    if let Some(made) = slug(&written.value).filter(|made| made.len() <= MAX_SHORT) {
        error = error.help(bi!("viết: short: {made}", "write: short: {made}"));
    }
    reader.push(error);
    false
}

/// An old address without slash at its start.
fn read_alias(reader: &mut Reader<'_>, alias: Spanned<String>) -> Option<Spanned<String>> {
    let path = alias.value.strip_prefix('/').unwrap_or(&alias.value);
    let inner = path.strip_suffix('/').unwrap_or(path);
    let safe = path.len() <= MAX_ADDRESS
        && !path.chars().any(|c| c.is_control() || "\\:?#%*<>|\"".contains(c))
        && inner.split('/').all(|part| !matches!(part.trim(), "" | "." | ".."));
    if safe {
        let path = path.to_owned();
        return Some(alias.map(|_| path));
    }
    let written = clip(&alias.value);
    let message =
        bi!("địa chỉ cũ “{written}” không dùng được", "the old address “{written}” cannot be used");
    let help = bi!(
        "viết địa chỉ cũ trong chính trang này, từ dấu / đầu tiên, như /tin/bai-cu/",
        "write an old address of this very site from the first slash on, as in /tin/bai-cu/"
    );
    let place = reader.span(&alias.range);
    reader.push(Diagnostic::new(&BAD_ALIAS, message).at(place).help(help));
    None
}

fn owned(choice: Spanned<&'static str>) -> Spanned<String> {
    choice.map(str::to_owned)
}
