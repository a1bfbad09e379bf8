//! What is made ready for others to pass on: for each of the newest entries a
//! page with a text to post, a script for loudspeakers and a code to scan; for
//! each section a page to show in a frame; and a page for the press that leads
//! to all of it.
//!
//! Takes `outlets:` of `site.yaml` and the lists of the plan; gives spots.

use jiff::civil::Date;

use super::{Extra, Feature, Spot, base, campaign, column, unknown_names};
use crate::base::diag::Diagnostics;
use crate::config::Embed;
use crate::emit::Class;
use crate::link::{EntryId, LangId, SERIES, SectionId, Site, TermId, taxonomy_path};
use crate::plan::column::is_in_column;
use crate::plan::{Plan, segments};

/// Kinds that have a kit where `site.yaml` names none.
const KINDS: [&str; 2] = ["news", "story"];

/// A page or a file for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outlet {
    Press,
    /// All that helps to pass on an entry.
    Kit(EntryId),
    /// Its parts as files.
    Post(EntryId),
    Script(EntryId),
    Code(EntryId),
    /// The newest of a section, for a frame on another site.
    Embed(SectionId),
    /// A week of the column on paper, by its Monday, and the code on it.
    Sheet(Date),
    SheetCode(Date),
    Book(Book),
}

/// What is a book for e-readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Book {
    Series(TermId),
    /// A campaign, by its place in `site.yaml`, in one year.
    Campaign(usize, i16),
}

/// What has fewer texts is no book.
const CHAPTERS: usize = 2;

impl Outlet {
    /// Only what is written for readers may stand in search engines.
    pub(super) fn is_listed(self) -> bool {
        self == Outlet::Press
    }
}

pub(super) const PRESS: Feature =
    Feature { name: "press", template: "press.html", leads: true, spots: press_spots, check };
pub(super) const KITS: Feature = part("kits", "kit.html", kit_spots);
pub(super) const SHEETS: Feature = part("sheets", "sheet.html", sheet_spots);
pub(super) const FRAMES: Feature = part("frames", "embed.html", frame_spots);
// Every theme has this template: no template writes a book.
pub(super) const BOOKS: Feature = part("books", "404.html", book_spots);

/// What the page for the press leads to.
const fn part(
    name: &'static str,
    template: &'static str,
    spots: fn(&Site, &Plan, LangId) -> Vec<Spot>,
) -> Feature {
    Feature { name, template, leads: false, spots, check: |_, _| {} }
}

/// Whether an entry is of a kind that is passed on.
fn is_of_kind(site: &Site, id: EntryId) -> bool {
    let (kinds, kind) = (&site.config.outlets.kinds, site.entries[id].kind.name());
    match kinds.is_empty() {
        true => KINDS.contains(&kind),
        false => kinds.iter().any(|of| of.value == kind),
    }
}

/// The entries of a language with a kit, the newest first: of the kinds that
/// have one, in the language itself.
pub fn kits(site: &Site, plan: &Plan, lang: LangId) -> Vec<EntryId> {
    let wanted = |&id: &EntryId| is_of_kind(site, id) && site.entries[id].variants[lang].is_some();
    let newest = plan.lists[lang].all.iter().rev().copied();
    newest.filter(wanted).take(site.config.outlets.newest).collect()
}

/// The chapters of a book: parts in their order, or what a campaign's year
/// brought, the oldest first.
pub fn chapters(site: &Site, plan: &Plan, of: Book, lang: LangId) -> Vec<EntryId> {
    match of {
        Book::Series(term) => plan.lists[lang].terms[SERIES][term].clone(),
        Book::Campaign(at, year) => {
            let held = plan.campaigns.edition(at, year).and_then(|held| held.langs.get(lang));
            let entries = held.map_or(&[][..], |of| &of.entries).iter().map(|(_, id)| *id);
            entries.filter(|&id| is_of_kind(site, id)).collect()
        }
    }
}

/// The books of a language with their paths.
fn books(site: &Site, plan: &Plan, lang: LangId) -> Vec<(Book, String)> {
    let series = plan.lists[lang].terms[SERIES].iter().enumerate();
    let series =
        series.map(|(term, _)| (Book::Series(term), segments::term(site, SERIES, term, lang)));
    let campaigns = site.config.campaigns.iter().enumerate();
    let years = campaigns.flat_map(|(at, campaign)| {
        let editions = plan.campaigns.get(at).map_or(&[][..], |held| &held.editions);
        let base = campaign::base(site, campaign, lang);
        let path = move |year: i16| format!("{base}{year:04}/");
        editions
            .iter()
            .map(move |held| held.edition.year)
            .map(move |year| (Book::Campaign(at, year), path(year)))
    });
    let whole = |(of, _): &(Book, String)| {
        let chapters = chapters(site, plan, *of, lang);
        // A book says when it was changed, which undated pages cannot tell.
        let is_dated =
            |id: &EntryId| site.entries[*id].updated.is_some() || site.entries[*id].date.is_some();
        chapters.len() >= CHAPTERS && chapters.iter().any(is_dated)
    };
    let named = |(of, base): (Book, String)| (of, format!("{base}book.epub"));
    series.chain(years).filter(whole).map(named).collect()
}

/// The weeks of a language with a sheet, by Monday, the newest first, and the
/// paths of their pages.
fn sheets(site: &Site, plan: &Plan, lang: LangId) -> Vec<(Date, String)> {
    let Some(filled) = plan.columns.get(lang) else { return Vec::new() };
    let newest = filled.all_weeks().into_iter().rev().take(site.config.outlets.sheets);
    newest.map(|monday| (monday, column::week_path(site, monday, lang))).collect()
}

/// The hashtags under which an entry is passed on: the column's, if it fills a
/// slot of it, and those of its campaigns.
pub fn hashtags<'a>(site: &'a Site, plan: &Plan, id: EntryId, lang: LangId) -> Vec<&'a str> {
    let column = site.config.column.iter().filter(|_| is_in_column(site, id));
    let mut tags: Vec<&str> =
        column.flat_map(|column| &column.hashtags).map(String::as_str).collect();
    for at in plan.campaigns.of_entry(site, id, lang) {
        let own = site.config.campaigns.get(at).into_iter().flat_map(|of| &of.hashtags);
        for tag in own {
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
    }
    tags
}

fn spot(of: Outlet, path: String, class: Class) -> Spot {
    Spot { extra: Extra::Outlet(of), path, class }
}

fn press_spots(site: &Site, _plan: &Plan, lang: LangId) -> Vec<Spot> {
    if !site.config.outlets.has_parts() {
        return Vec::new();
    }
    vec![spot(Outlet::Press, base(site, "press", lang), Class::List)]
}

fn kit_spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let segment = taxonomy_path(site, "kit", lang);
    let mut spots = Vec::new();
    for id in kits(site, plan, lang) {
        let Some(entry) = site.entry_path(id, lang) else { continue };
        let base = format!("{entry}{segment}/");
        spots.push(spot(Outlet::Post(id), format!("{base}post.txt"), Class::Other));
        spots.push(spot(Outlet::Script(id), format!("{base}script.txt"), Class::Other));
        spots.push(spot(Outlet::Code(id), format!("{base}qr.svg"), Class::Other));
        spots.push(spot(Outlet::Kit(id), base, Class::Entry));
    }
    spots
}

fn sheet_spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    let segment = taxonomy_path(site, "print", lang);
    let of_week = |(monday, week): (Date, String)| {
        let base = format!("{week}{segment}/");
        let code = spot(Outlet::SheetCode(monday), format!("{base}qr.svg"), Class::Other);
        [code, spot(Outlet::Sheet(monday), base, Class::List)]
    };
    sheets(site, plan, lang).into_iter().flat_map(of_week).collect()
}

fn book_spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    if !site.config.outlets.books {
        return Vec::new();
    }
    let books = books(site, plan, lang).into_iter();
    books.map(|(of, path)| spot(Outlet::Book(of), path, Class::Other)).collect()
}

fn frame_spots(site: &Site, plan: &Plan, lang: LangId) -> Vec<Spot> {
    if site.config.outlets.embed == Embed::Nobody {
        return Vec::new();
    }
    let segment = taxonomy_path(site, "embed", lang);
    let dated = |&id: &EntryId| site.entries[id].date.is_some();
    let any = |id: &SectionId| plan.lists[lang].sections[*id].iter().any(dated);
    let frame = |id: SectionId| {
        let path = format!("{}{segment}/", site.sections[id].paths[lang]);
        spot(Outlet::Embed(id), path, Class::List)
    };
    (1..site.sections.len()).filter(any).map(frame).collect()
}

fn check(site: &Site, diags: &mut Diagnostics) {
    unknown_names(site, &[], &site.config.outlets.kinds, diags);
}
