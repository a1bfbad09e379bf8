//! All files together: who is whose translation, in which section, under which
//! terms, at which address, and where every reference leads.
//!
//! Takes parsed documents, data files and the configuration. Gives a [`Site`]
//! of plain tables by id, and diagnostics. Knows nothing of time (whether an
//! entry is visible is the plan's question), the disk or templates.

mod entries;
mod places;
mod refs;
mod reword;
mod rules;
mod sections;
mod shorts;
mod terms;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::diag::Diagnostics;
use crate::base::hash::Key;
use crate::base::time::Moment;
use crate::config::{Config, Fallback};
use crate::data::DataFile;
use crate::i18n::Locale;
use crate::kinds::{Fields, Kind};
use crate::parse::front_matter::{Person, Photo, Sound, Stage};
use crate::parse::{Doc, Front};
use crate::picture::Form;
use crate::yaml::Node;

pub use places::places_data;
pub use refs::{MediaTarget, Target, Targets, has_anchor};
pub use rules::{DEAD_ANCHOR, HIDDEN_LINK, RULES};
pub use terms::{
    AREAS, AUDIENCE, AUTHORS, Filed, PLACES, PROGRAMMES, SERIES, TAGS, TAXONOMIES, TOPICS,
    Taxonomy, Term, TermId, Told, UNITS, taxonomy_path,
};

/// Index of a language in [`Config::languages`].
pub type LangId = usize;
/// Index into [`Site::sections`].
pub type SectionId = usize;
/// Index into [`Site::entries`].
pub type EntryId = usize;
/// Index into [`Site::docs`].
pub type DocId = usize;

/// Everything that files say together; immutable.
#[derive(Clone)]
pub struct Site {
    pub config: Config,
    pub langs: Vec<Lang>,
    /// In the order of their folders; the first is the home page's.
    pub sections: Vec<Section>,
    /// In the order of their keys.
    pub entries: Vec<Arc<Entry>>,
    pub docs: Vec<Arc<Doc>>,
    /// `guong-sang/chi-lan` -> entry.
    pub by_key: FxHashMap<Arc<str>, EntryId>,
    /// As [`TAXONOMIES`].
    pub taxonomies: Vec<Taxonomy>,
    /// `content/data/` files by their path below it.
    pub data: BTreeMap<String, Arc<DataFile>>,
    /// Files that entries, sections and data refer to.
    pub media: Vec<Media>,
}

/// A language of the site.
#[derive(Clone)]
pub struct Lang {
    pub tag: String,
    pub name: String,
    /// Empty for the default language, else `en/`.
    pub prefix: String,
    pub locale: Locale,
}

#[derive(Clone)]
pub struct Section {
    /// Below `content/`: `guong-sang`, or empty for home.
    pub dir: Arc<str>,
    pub parent: Option<SectionId>,
    pub kind: &'static dyn Kind,
    pub fallback: Fallback,
    /// Its `_index` files per language.
    pub docs: Vec<Option<DocId>>,
    /// Per language, borrowed from another where it is missing.
    pub titles: Vec<String>,
    pub summaries: Vec<String>,
    /// Per language: `en/exemplary-youth/`; the home section's is the prefix.
    pub paths: Vec<String>,
    pub weight: i64,
    /// Per language: where the references of its introduction lead.
    pub targets: Vec<Targets>,
}

/// What an author wrote, in all its translations.
#[derive(Clone)]
pub struct Entry {
    /// Section folder and file stem: `guong-sang/chi-lan`.
    pub key: Arc<str>,
    /// Opaque, stable; feeds and calendars use it.
    pub id: Arc<str>,
    pub section: SectionId,
    pub kind: &'static dyn Kind,
    /// The language that the others are translations of.
    pub original: LangId,
    /// Per language; few sites have all of them.
    pub variants: Vec<Option<Box<Variant>>>,
    pub date: Option<Moment>,
    pub updated: Option<Box<Moment>>,
    pub expires: Option<Box<Moment>>,
    pub draft: bool,
    pub withdrawn: bool,
    pub featured: bool,
    pub illustrative: bool,
    /// Shared with a card; else with its photo as it is.
    pub card: bool,
    pub weight: i64,
    pub genre: Option<String>,
    /// Per taxonomy of [`TAXONOMIES`]: its terms, in the author's order.
    pub terms: Filed,
    /// Places as written, with the term each was filed under.
    pub places: Vec<WrittenPlace>,
    /// Series term and the part's number, if one was written.
    pub series: Option<(TermId, Option<i64>)>,
    pub source: Option<(String, String)>,
    pub people: Vec<Person>,
    /// Events: when it begins and ends.
    pub start: Option<Box<Moment>>,
    pub end: Option<Box<Moment>>,
    /// Old URL paths below the base, without a leading slash.
    pub aliases: Vec<(String, DocId)>,
    /// What short addresses of it end in; none where the site has no folder for
    /// them.
    pub shorts: Vec<Short>,
}

impl Entry {
    /// When it was last changed, as far as its author says.
    pub fn changed(&self) -> Option<&Moment> {
        self.updated.as_deref().or(self.date.as_ref())
    }
}

/// The last part of a short address, which leads to an entry in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    pub name: String,
    /// The file that says so; of one made from the entry's id none.
    pub doc: Option<DocId>,
}

/// An entry in one language.
#[derive(Clone)]
pub struct Variant {
    pub doc: DocId,
    pub title: Arc<str>,
    pub summary: Arc<str>,
    /// URL path below the base, ending in a slash: `en/models/nursery/`.
    pub path: String,
    /// This language only is a draft.
    pub draft: bool,
    /// Merged with the original's.
    pub fields: Fields,
    /// What a machine made of it, in words.
    pub ai: Option<String>,
    pub cover: Option<Box<Picture>>,
    pub photos: Vec<Picture>,
    pub audio: Option<Box<Audio>>,
    /// Where the references of its body lead.
    pub targets: Targets,
    /// Files that the kind's fields name: key of the field, media.
    pub files: Vec<(&'static str, Vec<usize>)>,
    /// Entries that the kind's fields name.
    pub linked: Vec<(&'static str, Vec<EntryId>)>,
    pub extra: Option<Node>,
}

impl Variant {
    /// What stands above it and for it in lists: its cover, else how things
    /// look now, else the first photo.
    pub fn lead(&self) -> Option<&Picture> {
        let after = |picture: &&Picture| picture.photo.stage == Some(Stage::After);
        let first = || self.photos.iter().find(after).or(self.photos.first());
        self.cover.as_deref().or_else(first)
    }

    /// Who took a picture, wherever the front matter says it.
    pub fn credit(&self, media: usize) -> Option<&str> {
        let named = self.cover.as_deref().into_iter().chain(&self.photos);
        let mut own = named.filter(|picture| picture.media == media);
        let credit = own.find_map(|picture| picture.photo.credit.as_deref());
        credit.map(str::trim).filter(|name| !name.is_empty())
    }
}

/// A photo of the front matter with its file found.
#[derive(Clone)]
pub struct Picture {
    pub media: usize,
    pub photo: Photo,
}

/// What is to be heard, with its file found.
#[derive(Clone)]
pub struct Audio {
    pub media: usize,
    pub sound: Sound,
}

#[derive(Clone)]
pub struct WrittenPlace {
    pub written: String,
    pub term: TermId,
    /// Whether the name is a former one.
    pub former: bool,
}

/// A file to publish beside entries.
#[derive(Clone)]
pub struct Media {
    /// From the root: `content/guong-sang/chi-lan/doi.jpg`.
    pub source: Arc<str>,
    /// Below the output folder.
    pub output: String,
    /// In bytes.
    pub size: u64,
    pub width: u32,
    pub height: u32,
    pub form: Form,
    /// Hash of a picture's bytes; of anything else nothing.
    pub content: Key,
}

/// What a picture's file says of it, and its hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// In pixels, upright; zeros for what is no picture.
    pub width: u32,
    pub height: u32,
    pub form: Form,
    pub content: Key,
}

/// What linking needs to know of the files that are not documents: their
/// paths, and the pictures' sizes in pixels.
pub trait Files: Sync {
    /// Size in bytes of the file at this path from the root, if there is one.
    fn size(&self, path: &str) -> Option<u64>;
    /// What a picture's file says.
    fn facts(&self, path: &str) -> Facts;
    /// Paths that begin with a prefix, in order, for "did you mean".
    fn below<'a>(&'a self, prefix: &str) -> Vec<&'a str>;
}

/// Links documents, data and configuration into a site.
pub fn link(
    docs: Vec<Arc<Doc>>,
    data: BTreeMap<String, Arc<DataFile>>,
    config: Config,
    locales: Vec<Locale>,
    files: &dyn Files,
) -> (Site, Diagnostics) {
    let mut diags = Vec::new();
    let langs = languages(&config, locales);
    let mut site = Site {
        config,
        langs,
        sections: Vec::new(),
        entries: Vec::new(),
        docs,
        by_key: FxHashMap::default(),
        taxonomies: Vec::new(),
        data,
        media: Vec::new(),
    };
    site.sections = sections::sections(&site, &mut diags);
    let drafts = entries::group(&site, &mut diags);
    let mut index = terms::Index::new(&site);
    site.entries = entries::entries(&site, drafts, &mut index, &mut diags);
    site.taxonomies = index.finish(&site);
    site.by_key =
        site.entries.iter().enumerate().map(|(id, entry)| (Arc::clone(&entry.key), id)).collect();
    refs::resolve(&mut site, files, &mut diags);
    (site, diags)
}

fn languages(config: &Config, locales: Vec<Locale>) -> Vec<Lang> {
    let pairs = config.languages.iter().zip(locales).enumerate();
    pairs
        .map(|(id, (language, locale))| Lang {
            tag: language.tag.clone(),
            name: language.name.clone(),
            prefix: if id == 0 { String::new() } else { format!("{}/", language.tag) },
            locale,
        })
        .collect()
}

impl Site {
    pub fn lang(&self, tag: &str) -> Option<LangId> {
        self.langs.iter().position(|lang| lang.tag == tag)
    }

    /// Takes draft translations out: their language then shows what it shows
    /// where there is none.
    pub fn drop_draft_translations(&mut self) {
        for entry in &mut self.entries {
            let original = entry.original;
            let draft = |(lang, variant): &(LangId, &Option<Box<Variant>>)| {
                *lang != original && variant.as_ref().is_some_and(|own| own.draft)
            };
            let drafts: Vec<LangId> =
                entry.variants.iter().enumerate().filter(draft).map(|(lang, _)| lang).collect();
            if !drafts.is_empty() {
                let entry = Arc::make_mut(entry);
                drafts.into_iter().for_each(|lang| entry.variants[lang] = None);
            }
        }
    }

    pub fn section(&self, dir: &str) -> Option<SectionId> {
        self.sections.iter().position(|section| &*section.dir == dir)
    }

    /// Lets go of front matter, of which entries now have all that pages show.
    /// Of documents that others hold too it stays.
    pub fn drop_front_matter(&mut self) {
        let none = Arc::new(Front::default());
        self.docs.par_iter_mut().filter_map(Arc::get_mut).for_each(|doc| {
            doc.head.front = Arc::clone(&none);
        });
    }

    /// The variant that a language shows: its own, or the original where the
    /// section shows originals; `None` where it hides them.
    pub fn shown(&self, entry: EntryId, lang: LangId) -> Option<(&Variant, LangId)> {
        let entry = &self.entries[entry];
        if let Some(own) = &entry.variants[lang] {
            return Some((own, lang));
        }
        match self.sections[entry.section].fallback {
            Fallback::Hide => None,
            Fallback::Show => {
                entry.variants[entry.original].as_deref().map(|variant| (variant, entry.original))
            }
        }
    }

    /// Folder of the short addresses in a language: `en/s/`.
    pub fn short_folder(&self, lang: LangId) -> Option<String> {
        let folder = self.config.outlets.short.as_ref()?;
        Some(format!("{}{folder}/", self.langs[lang].prefix))
    }

    /// URL path of the short address under which an entry is passed on in a
    /// language: written there, else in the original, else made from its id.
    pub fn short_path(&self, id: EntryId, lang: LangId) -> Option<String> {
        let entry = &self.entries[id];
        let of = |lang: LangId| entry.variants[lang].as_ref().map(|variant| variant.doc);
        let written = |lang: LangId| {
            let doc = of(lang)?;
            entry.shorts.iter().find(|short| short.doc == Some(doc))
        };
        let made = || entry.shorts.iter().find(|short| short.doc.is_none());
        let short = written(lang).or_else(|| written(entry.original)).or_else(made)?;
        Some(format!("{}{}/", self.short_folder(lang)?, short.name))
    }

    /// URL path of an entry's page in a language, fallback pages included.
    pub fn entry_path(&self, id: EntryId, lang: LangId) -> Option<String> {
        let (variant, from) = self.shown(id, lang)?;
        if from == lang {
            return Some(variant.path.clone());
        }
        let slug = variant.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        Some(format!("{}{slug}/", self.sections[self.entries[id].section].paths[lang]))
    }
}
