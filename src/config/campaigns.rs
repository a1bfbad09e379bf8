//! `campaigns:` of `site.yaml`: what comes back every year between two days.
//!
//! Takes the reader of `site.yaml`; gives [`Campaign`]s and diagnostics. Which
//! sections and kinds exist is for the plan to say.

use jiff::civil::Date;

use super::Texts;
use super::read::{error, name_of};
use super::rules::{BAD_DAY, BAD_NAME, BAD_YEAR, TWICE};
use crate::base::diag::Diagnostic;
use crate::bi;
use crate::text::is_slug;
use crate::yaml::{Node, Reader, Spanned, Value, clip};

/// Month and day.
pub type YearDay = (i8, i8);

/// A campaign that comes back every year between two days, both included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Campaign {
    pub id: Spanned<String>,
    pub name: Texts,
    pub slogan: Texts,
    /// Path segment of its pages per language; the id where there is none.
    pub slug: Texts,
    /// As written, `#ViNguoiNgheo`.
    pub hashtags: Vec<String>,
    pub start: YearDay,
    /// Before `start` in the calendar: a day of the next year.
    pub end: YearDay,
    /// First and last year in which it begins, as far as known.
    pub from: Option<i16>,
    pub until: Option<i16>,
    /// What is different in a year, in the order of the years.
    pub years: Vec<CampaignYear>,
    pub belongs: Belongs,
    pub launch: Option<Launch>,
    /// Key of the entry that explains it.
    pub page: Option<Spanned<String>>,
}

/// What one year has of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CampaignYear {
    pub year: i16,
    pub name: Texts,
    pub slogan: Texts,
    pub start: Option<YearDay>,
    pub end: Option<YearDay>,
    /// False: it did not take place.
    pub held: bool,
}

/// Which of the entries of those days belong to a campaign: those that every
/// list that is not empty lets in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Belongs {
    pub sections: Vec<Spanned<String>>,
    pub kinds: Vec<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
}

/// By what a ceremony that opens the campaign is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Launch {
    pub tag: Spanned<String>,
    /// Days before the first day from which on a ceremony counts.
    pub before: i16,
}

pub(super) fn read(reader: &mut Reader<'_>, langs: &[String]) -> Vec<Campaign> {
    let mut campaigns: Vec<Campaign> = Vec::new();
    for (node, mut map) in reader.maps("campaigns") {
        let campaign = campaign(&mut map, langs);
        let twin = campaign
            .as_ref()
            .and_then(|new| campaigns.iter().find(|other| other.id.value == new.id.value));
        if let Some(first) = twin {
            let first = map.span(&first.id.range);
            let error =
                error(&map, &TWICE, bi!("mã này ghi hai lần", "this id stands twice"), node);
            map.push(error.at_with(first, bi!("lần đầu ở đây", "first written here")));
        } else {
            campaigns.extend(campaign);
        }
        reader.adopt(map);
    }
    campaigns
}

fn campaign(map: &mut Reader<'_>, langs: &[String]) -> Option<Campaign> {
    let id = name_of(map, "id", "thang-cao-diem");
    let name = map.texts_by_language("name", langs);
    let slogan = map.texts_by_language("slogan", langs);
    let slug = slug(map, langs);
    let hashtags = map.texts("hashtags").into_iter().map(|tag| tag.value).collect();
    let start = map.require("start", "\"10-17\"", year_day);
    let end = map.require("end", "\"11-18\"", year_day);
    let (from, until) = (year(map, "from"), year(map, "until"));
    let belongs = Belongs {
        sections: map.texts("sections"),
        kinds: map.texts("kinds"),
        tags: map.texts("tags"),
    };
    let (launch, years, page) = (launch(map), years(map, langs), map.line("page"));
    Some(Campaign {
        id: id?,
        name,
        slogan,
        slug,
        hashtags,
        start: start?,
        end: end?,
        from,
        until,
        years,
        belongs,
        launch,
        page,
    })
}

/// Segments of addresses; those that cannot stand in one are left out.
fn slug(map: &mut Reader<'_>, langs: &[String]) -> Texts {
    let mut texts = map.texts_by_language("slug", langs);
    let bad = texts.0.iter().find(|(_, text)| !is_slug(text)).map(|(_, text)| clip(text));
    if let (Some(shown), Some(node)) = (bad, map.node("slug")) {
        let message = bi!(
            "“{shown}” không dùng được trong địa chỉ: chỉ a-z, 0-9 và dấu nối",
            "“{shown}” cannot stand in an address: only a-z, 0-9 and hyphens"
        );
        let error = error(map, &BAD_NAME, message, node);
        map.push(error);
    }
    texts.0.retain(|(_, text)| is_slug(text));
    texts
}

fn launch(reader: &mut Reader<'_>) -> Option<Launch> {
    let mut map = reader.map("launch")?;
    let tag = map.required("tag", "le-phat-dong");
    let before = map.integer("before").and_then(|days| {
        let read = i16::try_from(days.value).ok().filter(|days| (0..=180).contains(days));
        if read.is_none() {
            let message =
                bi!("`before` phải từ 0 đến 180 ngày", "`before` must be from 0 to 180 days");
            let place = map.span(&days.range);
            map.push(Diagnostic::new(&crate::yaml::BAD_NUMBER, message).at(place));
        }
        read
    });
    reader.adopt(map);
    Some(Launch { tag: tag?, before: before.unwrap_or(0) })
}

/// `years: {2025: {name, slogan, start, end, held}}`, in order.
fn years(reader: &mut Reader<'_>, langs: &[String]) -> Vec<CampaignYear> {
    let Some(node) = reader.node("years") else { return Vec::new() };
    let mut map = Reader::of(node, reader.file(), reader.zone());
    let mut years = Vec::new();
    if let Value::Map(entries) = &node.value {
        for (key, _) in entries {
            let written = key.scalar().unwrap_or_default();
            let Some(mut own) = map.map(written) else { continue };
            match a_year(written) {
                Some(year) => years.push(CampaignYear {
                    year,
                    name: own.texts_by_language("name", langs),
                    slogan: own.texts_by_language("slogan", langs),
                    start: year_day(&mut own, "start"),
                    end: year_day(&mut own, "end"),
                    held: own.flag("held").is_none_or(|held| held.value),
                }),
                None => {
                    own.rest();
                    not_a_year(&mut map, key);
                }
            }
            map.adopt(own);
        }
    }
    reader.adopt(map);
    years.sort_by_key(|year: &CampaignYear| year.year);
    years
}

/// A year that a site may speak of.
fn a_year(text: &str) -> Option<i16> {
    text.trim().parse().ok().filter(|year| (1900..=2200).contains(year))
}

fn year(reader: &mut Reader<'_>, key: &str) -> Option<i16> {
    let node = reader.node(key)?;
    let year = node.scalar().and_then(a_year);
    if year.is_none() {
        not_a_year(reader, node);
    }
    year
}

fn not_a_year(reader: &mut Reader<'_>, node: &Node) {
    let shown = clip(node.scalar().unwrap_or_default());
    let message = bi!("“{shown}” không phải một năm", "“{shown}” is no year");
    let error = error(reader, &BAD_YEAR, message, node);
    reader.push(error);
}

/// A day of every year: `10-17` (month-day) or `17/10` (day/month).
fn year_day(reader: &mut Reader<'_>, key: &str) -> Option<YearDay> {
    let text = reader.line(key)?;
    let real = parse_year_day(&text.value);
    if real.is_none() {
        let shown = clip(&text.value);
        let message =
            bi!("“{shown}” không phải một ngày trong năm", "“{shown}” is no day of the year");
        let help = bi!(
            "viết tháng-ngày, như \"10-17\" là ngày 17 tháng 10",
            "write month-day, as in \"10-17\" for the 17th of October"
        );
        let place = reader.span(&text.range);
        reader.push(Diagnostic::new(&BAD_DAY, message).at(place).help(help));
    }
    real
}

/// A day of every year as people write it: `10-17`, `17/10`.
pub fn parse_year_day(text: &str) -> Option<YearDay> {
    let (month, day) = match text.split_once('-') {
        Some(parts) => parts,
        None => text.split_once('/').map(|(day, month)| (month, day))?,
    };
    // A leap year, so that the 29th of February exists.
    let real = |(month, day): &YearDay| Date::new(2024, *month, *day).is_ok();
    Some((number(month)?, number(day)?)).filter(real)
}

/// That day in a year; the 29th of February is the month's last day.
pub fn day_in(year: i16, (month, day): YearDay) -> Option<Date> {
    let last = || Date::new(year, month, 1).ok().map(Date::last_of_month);
    Date::new(year, month, day).ok().or_else(last)
}

fn number(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
