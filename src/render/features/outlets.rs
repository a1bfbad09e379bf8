//! What others pass on: texts to post, scripts for loudspeakers, codes to scan,
//! the page for the press and the pages for frames.

use jiff::civil::Date;
use serde::Serialize;

use super::scripts::{Script, script};
use super::{Words, books};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::Key;
use crate::link::{EntryId, LangId, SectionId};
use crate::plan::features::column::Column;
use crate::plan::features::outlets::{Outlet, hashtags, kits};
use crate::plan::{Extra, FeedOf, Page, What, shorts};
use crate::render::body::{Filled, Filler, Form};
use crate::render::context::{Fields, List, Own, Part};
use crate::render::links::{SharedDate, SharedFeed};
use crate::render::view::{CardView, NamedLink, PictureView};
use crate::render::{Context, Reads, code};
use crate::theme::Names;

/// Entries that a frame shows.
const FRAMED: usize = 5;
/// What makes programs on every system read a text file as UTF-8.
const MARK: &str = "\u{feff}";

/// `kit`: an entry, ready to be passed on.
#[derive(Debug, Serialize)]
struct KitView {
    title: String,
    lang: String,
    url: String,
    absolute_url: String,
    /// The address to pass on: a short one where there is one.
    address: String,
    illustrative: bool,
    cover: Option<PictureView>,
    /// To be posted, a line for each part.
    post: String,
    /// The same as files.
    post_url: String,
    script_url: String,
    code_url: String,
}

/// `sheet`: a week on paper.
#[derive(Debug, Serialize)]
struct SheetView {
    title: String,
    /// Absolute address of the week's page, a short one where there is one, and
    /// the page's path.
    url: String,
    page: String,
    /// The code that says the same.
    code: String,
    illustrative: bool,
}

/// `press`: whom to ask, and where things are.
#[derive(Debug, Serialize)]
struct PressView {
    name: String,
    email: String,
    phone: String,
    text: String,
    /// Kits of the newest entries, the newest first: the entry's title and
    /// date, the kit's page.
    kits: Vec<KitLink>,
    /// Sections with the address of their frame.
    frames: Vec<NamedLink>,
    /// Books and sheets to print.
    books: Vec<NamedLink>,
    sheets: Vec<NamedLink>,
    feeds: Vec<SharedFeed>,
    logo: String,
}

#[derive(Debug, Serialize)]
struct KitLink {
    title: String,
    lang: String,
    date: Option<SharedDate>,
    section: String,
    illustrative: bool,
    /// Of the kit, and of the entry.
    url: String,
    entry: String,
    /// Absolute short address of the entry, or empty.
    short: String,
}

pub(super) fn words(of: Outlet, reads: &Reads<'_>, lang: LangId) -> Words {
    let locale = &reads.site.langs[lang].locale;
    let title = |id: EntryId| {
        let card = reads.card(id, lang);
        card.map_or_else(String::new, |card| card.view.title.to_string())
    };
    let (kind, title, description) = match of {
        Outlet::Press => ("press", locale.string("press").to_owned(), "press_about"),
        Outlet::Embed(section) => ("embed", reads.site.sections[section].titles[lang].clone(), ""),
        Outlet::Kit(id) | Outlet::Post(id) | Outlet::Script(id) | Outlet::Code(id) => {
            ("kit", locale.text("kit_of", &[("title", &title(id))]), "kit_about")
        }
        Outlet::Sheet(monday) | Outlet::SheetCode(monday) => {
            let week = super::words(&Extra::Column(Column::Week(monday)), reads, lang);
            ("sheet", locale.text("sheet_of", &[("week", &week.title)]), "")
        }
        Outlet::Book(of) => ("book", books::title(reads, of, lang), ""),
    };
    let above = match of {
        Outlet::Sheet(monday) => {
            vec![Extra::Column(Column::Main), Extra::Column(Column::Week(monday))]
        }
        _ if kind == "kit" => vec![Extra::Outlet(Outlet::Press)],
        _ => Vec::new(),
    };
    let description = match description {
        "" => String::new(),
        key => locale.string(key).to_owned(),
    };
    let short = (kind == "kit").then(|| locale.string("kit").to_owned());
    Words { kind, title, short, description, above }
}

pub(super) fn context<'a>(
    of: Outlet,
    page: &Page,
    reads: &'a Reads<'a>,
    context: &mut Context<'a>,
) -> Result<String, Diagnostic> {
    let lang = page.lang;
    Ok(match of {
        Outlet::Press => {
            context.view("press", press(reads, lang));
            "press.html".to_owned()
        }
        Outlet::Embed(section) => {
            let ids = newest(reads, section, lang);
            context.insert("items", reads.cards("lists", &ids, lang));
            context.view("section", section_link(reads, section, lang));
            "embed.html".to_owned()
        }
        Outlet::Kit(id) => {
            context.view("kit", kit(reads, id, lang));
            match script(reads, id, lang) {
                Some(script) => context.insert("script", script),
                None => context.insert("script", crate::render::context::Nothing),
            }
            "kit.html".to_owned()
        }
        Outlet::Sheet(monday) => {
            sheet(reads, monday, lang, context);
            "sheet.html".to_owned()
        }
        // No template writes a file.
        Outlet::Post(_)
        | Outlet::Script(_)
        | Outlet::Code(_)
        | Outlet::SheetCode(_)
        | Outlet::Book(_) => "404.html".to_owned(),
    })
}

/// A week on paper: its stories in full, its news in short.
fn sheet<'a>(reads: &'a Reads<'a>, monday: Date, lang: LangId, context: &mut Context<'a>) {
    let filled = &reads.plan.columns[lang];
    let week = Extra::Column(Column::Week(monday));
    let path = reads.plan.extra(&week, lang).unwrap_or_default();
    let invented = |id: &EntryId| reads.site.entries[*id].illustrative;
    let stories = filled.weeks.get(&monday).map_or(&[][..], Vec::as_slice);
    let news = filled.of_week(monday);
    context.view(
        "sheet",
        SheetView {
            title: super::words(&week, reads, lang).title,
            url: week_address(reads, monday, path, lang),
            page: reads.url(path),
            code: url(reads, Outlet::SheetCode(monday), lang),
            illustrative: stories.iter().chain(&news).any(invented),
        },
    );
    let whole = |&id: &EntryId| {
        let (card, (variant, _)) = (reads.card(id, lang)?, reads.site.shown(id, lang)?);
        let filler = Filler { reads, lang, form: Form::Page, variant: Some(variant) };
        let body = Filled::of(filler, &reads.docs[variant.doc], &variant.targets);
        let body: Box<dyn Part + 'a> = Box::new(body);
        let short: Box<dyn Part + 'a> = Box::new(Own(short_url(reads, id, lang)));
        let fields = vec![("body".into(), body), ("short".into(), short)];
        Some(Fields { over: Box::new(&**card), fields })
    };
    context.insert("stories", List(stories.iter().filter_map(whole).collect()));
    let cards = news.into_iter().filter_map(|id| Some(&**reads.card(id, lang)?));
    context.insert("news", List(cards.collect::<Vec<_>>()));
}

fn path<'a>(reads: &'a Reads<'_>, of: Outlet, lang: LangId) -> Option<&'a str> {
    reads.plan.extra(&Extra::Outlet(of), lang)
}

pub(super) fn url(reads: &Reads<'_>, of: Outlet, lang: LangId) -> String {
    path(reads, of, lang).map(|path| reads.url(path)).unwrap_or_default()
}

/// The page of an entry's kit, or empty.
pub fn kit_url(reads: &Reads<'_>, id: EntryId, lang: LangId) -> String {
    url(reads, Outlet::Kit(id), lang)
}

/// The absolute short address of an entry, or empty.
pub fn short_url(reads: &Reads<'_>, id: EntryId, lang: LangId) -> String {
    let path = reads.site.short_path(id, lang);
    path.map_or_else(String::new, |path| reads.absolute(&path))
}

/// The address under which an entry is passed on.
pub(super) fn address(reads: &Reads<'_>, id: EntryId, card: &CardView, lang: LangId) -> String {
    Some(short_url(reads, id, lang))
        .filter(|url| !url.is_empty())
        .unwrap_or_else(|| card.absolute_url.to_string())
}

/// The address of a week's page on paper.
fn week_address(reads: &Reads<'_>, monday: Date, path: &str, lang: LangId) -> String {
    let short = shorts::of_week(reads.site, monday, lang);
    reads.absolute(short.as_deref().unwrap_or(path))
}

/// The hashtags under which an entry is passed on, in a row.
pub fn tags(reads: &Reads<'_>, id: EntryId, lang: LangId) -> String {
    hashtags(reads.site, reads.plan, id, lang).join(" ")
}

fn kit(reads: &Reads<'_>, id: EntryId, lang: LangId) -> Option<KitView> {
    let card = &reads.card(id, lang)?.view;
    Some(KitView {
        title: card.title.to_string(),
        lang: card.lang.clone(),
        url: card.url.to_string(),
        absolute_url: card.absolute_url.to_string(),
        address: address(reads, id, card, lang),
        illustrative: card.illustrative,
        cover: card.cover.as_deref().cloned(),
        post: post(reads, id, card, lang),
        post_url: url(reads, Outlet::Post(id), lang),
        script_url: url(reads, Outlet::Script(id), lang),
        code_url: url(reads, Outlet::Code(id), lang),
    })
}

/// Title, summary, what has to be said, hashtags, address.
fn post(reads: &Reads<'_>, id: EntryId, card: &CardView, lang: LangId) -> String {
    let notes = notes(reads, card, lang).join("\n");
    let tags = tags(reads, id, lang);
    let address = address(reads, id, card, lang);
    let parts = [&*card.title, &card.summary, &notes, &tags, &address];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n\n")
}

/// What must not get lost on the way: invented, machine-made.
pub fn notes(reads: &Reads<'_>, card: &CardView, lang: LangId) -> Vec<String> {
    let locale = &reads.site.langs[lang].locale;
    let said = [(card.illustrative, "illustrative_label"), (card.ai, "ai_label")];
    let said = said.iter().filter(|(holds, _)| *holds);
    said.map(|(_, key)| format!("[{}]", locale.string(key))).collect()
}

fn press(reads: &Reads<'_>, lang: LangId) -> PressView {
    let site = reads.site;
    let tag = &site.langs[lang].tag;
    let owner = &reads.shells[lang].site.view.owner;
    let own = site.config.outlets.press.clone().unwrap_or_default();
    let or = |own: Option<String>, owner: &String| own.unwrap_or_else(|| owner.clone());
    let kit = |id: EntryId| {
        let card = &reads.card(id, lang)?.view;
        Some(KitLink {
            title: card.title.to_string(),
            lang: card.lang.clone(),
            date: card.date.clone(),
            section: card.section.title.clone(),
            illustrative: card.illustrative,
            url: kit_url(reads, id, lang),
            entry: card.url.to_string(),
            short: short_url(reads, id, lang),
        })
    };
    let frame = |section: SectionId| {
        let path = path(reads, Outlet::Embed(section), lang)?;
        let title = site.sections[section].titles[lang].clone();
        Some(NamedLink { id: String::new(), title, url: reads.absolute(path) })
    };
    let icon = reads.theme.files.iter().find(|(name, _)| name.ends_with("icon-512.png"));
    PressView {
        name: or(own.name.get(tag).map(str::to_owned), &owner.name),
        email: or(own.email, &owner.email),
        phone: or(own.phone, &owner.phone),
        text: own.text.get(tag).unwrap_or_default().to_owned(),
        kits: kits(site, reads.plan, lang).into_iter().filter_map(kit).collect(),
        books: links(reads, lang, |of| matches!(of, Outlet::Book(_))),
        sheets: links(reads, lang, |of| matches!(of, Outlet::Sheet(_))),
        frames: (1..site.sections.len()).filter_map(frame).collect(),
        feeds: reads.shells[lang].site.view.feeds.clone(),
        logo: icon.map_or_else(String::new, |(_, path)| reads.url(path)),
    }
}

/// Links to the outlets of a sort.
fn links(reads: &Reads<'_>, lang: LangId, wanted: fn(Outlet) -> bool) -> Vec<NamedLink> {
    let spots = reads.plan.extras.get(lang).into_iter().flat_map(|spots| &spots.all);
    let links = spots.filter_map(|spot| match &spot.extra {
        Extra::Outlet(of) if wanted(*of) => Some(NamedLink {
            id: String::new(),
            title: words(*of, reads, lang).title,
            url: reads.url(&spot.path),
        }),
        _ => None,
    });
    links.collect()
}

/// The newest dated entries of a section.
fn newest(reads: &Reads<'_>, section: SectionId, lang: LangId) -> Vec<EntryId> {
    let entries = reads.plan.lists[lang].sections[section].iter().rev().copied();
    entries.filter(|&id| reads.site.entries[id].date.is_some()).take(FRAMED).collect()
}

fn section_link(reads: &Reads<'_>, section: SectionId, lang: LangId) -> NamedLink {
    let section = &reads.site.sections[section];
    NamedLink {
        id: section.dir.to_string(),
        title: section.titles[lang].clone(),
        url: reads.absolute(&section.paths[lang]),
    }
}

/// A file for others.
pub enum OutletFile<'a> {
    Ready(String),
    Script(Box<Script<'a>>),
    Book(Box<books::Draft<'a>>),
}

impl OutletFile<'_> {
    /// Changes when the bytes can.
    pub fn key(&self, names: &Names) -> Key {
        match self {
            OutletFile::Ready(text) => digest(text),
            OutletFile::Script(script) => script.key(names),
            OutletFile::Book(book) => book.key(names),
        }
    }

    /// What [`OutletFile::render`] needs the bytes of.
    pub fn pictures(&self) -> &[books::Picture] {
        match self {
            OutletFile::Book(book) => book.pictures(),
            OutletFile::Ready(_) | OutletFile::Script(_) => &[],
        }
    }

    pub fn render(&self, pictures: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostic> {
        Ok(match self {
            OutletFile::Ready(text) => text.clone().into_bytes(),
            OutletFile::Script(script) => {
                let (before, text) = script.parts()?;
                format!("{MARK}{before}\n\n{text}\n").into_bytes()
            }
            OutletFile::Book(book) => book.render(pictures)?,
        })
    }
}

/// The file that a page is, if it is one.
pub fn file<'a>(page: &Page, reads: &'a Reads<'a>) -> Option<OutletFile<'a>> {
    let What::Extra(Extra::Outlet(of)) = page.what else { return None };
    let lang = page.lang;
    let card = |id: EntryId| reads.card(id, lang).map(|card| &card.view);
    match of {
        Outlet::Post(id) => {
            let text = post(reads, id, card(id)?, lang);
            Some(OutletFile::Ready(format!("{MARK}{text}\n")))
        }
        Outlet::Code(id) => {
            let address = address(reads, id, card(id)?, lang);
            Some(OutletFile::Ready(code::svg(&address, &address).unwrap_or_default()))
        }
        Outlet::Script(id) => Some(OutletFile::Script(Box::new(script(reads, id, lang)?))),
        Outlet::SheetCode(monday) => {
            let path = reads.plan.extra(&Extra::Column(Column::Week(monday)), lang)?;
            let address = week_address(reads, monday, path, lang);
            Some(OutletFile::Ready(code::svg(&address, &address).unwrap_or_default()))
        }
        Outlet::Book(of) => Some(OutletFile::Book(Box::new(books::draft(reads, of, lang)?))),
        Outlet::Press | Outlet::Kit(_) | Outlet::Embed(_) | Outlet::Sheet(_) => None,
    }
}

/// The feed of the section that a frame shows.
pub(super) fn feed(of: Outlet) -> Vec<FeedOf> {
    match of {
        Outlet::Embed(section) => vec![FeedOf::Section(section)],
        _ => Vec::new(),
    }
}
