//! A theme: templates compiled, assets named by content, lists and components
//! declared.
//!
//! Takes files (the built-in default theme, a site's own laid over it file by
//! file) and the site's settings; gives a [`Theme`] and diagnostics that point
//! into the template. Knows nothing of entries.

mod asked;
mod assets;
mod builtin;
mod cards;
mod filters;
mod names;
mod read;
mod rules;
mod templates;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Tera;

use crate::base::diag::Diagnostics;
use crate::base::hash::{Key, KeyBuilder};
use crate::card::Deck;
use crate::config::Config;
use crate::i18n::Locale;

pub use builtin::{builtin_files, builtin_key, builtin_source};
pub use names::{Glossary, Names};
pub use read::json;
pub use rules::RULES;
pub use rules::{BAD_CARD, THEME_MISSING};
pub use templates::template_error;

/// One file of a theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Within the theme: `templates/entry.html`.
    pub name: String,
    /// From the site's root, for messages.
    pub origin: Arc<str>,
    pub bytes: Cow<'static, [u8]>,
}

/// A theme, ready to render with.
pub struct Theme {
    pub tera: Tera,
    /// What its templates name.
    pub glossary: Glossary,
    /// Whether its pages show what is related to an entry.
    pub shows_related: bool,
    pub lists: BTreeMap<String, ListSpec>,
    /// Template name to the lists that it is given.
    pub template_lists: BTreeMap<String, Vec<String>>,
    pub components: BTreeMap<String, ComponentSpec>,
    pub fragments: Fragments,
    /// Name of a place for pictures (`content`, `cover`, `card`) to its sizes.
    pub pictures: BTreeMap<String, PictureSpec>,
    /// Defaults of the theme with the site's settings over them.
    pub settings: serde_json::Value,
    /// What pages are shared with; `None` where the site or the theme has none.
    pub cards: Option<Deck>,
    /// Output path to content: `assets/style.1a2b3c4d5e.css`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The style sheet's output path.
    pub css: String,
    /// Script name to output path.
    pub js: BTreeMap<String, String>,
    /// Other assets by their path below `assets/`.
    pub files: BTreeMap<String, String>,
    /// Template name to the file that an author would edit.
    pub origins: BTreeMap<String, Arc<str>>,
    /// Of everything above: changes when any file or setting does.
    pub fingerprint: Key,
    /// As the fingerprint, but of templates their names alone.
    pub shape: Key,
}

impl Theme {
    /// Whether a template stands in for a more general one: not where a site
    /// has its own of the general one and only the default theme's of the
    /// special one, which would not fit.
    pub fn refines(&self, special: &str, general: &str) -> bool {
        let folder = |name: &str| self.origins.get(name).and_then(|path| path.strip_suffix(name));
        let ours = folder(special).is_some_and(|folder| folder.starts_with("themes/default/"));
        self.tera.contains_template(special) && (!ours || folder(special) == folder(general))
    }
}

/// Templates whose result many pages share, so that it is made once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fragments {
    /// Per language, in the order in which they are made: name under
    /// `site.html` and template. Each sees those before it.
    pub site: Vec<(String, String)>,
    /// Per entry and language: name of a list and the template that makes
    /// `card.html` of the cards in it.
    pub cards: Vec<(String, String)>,
}

/// A list of entries that a template or component may ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListSpec {
    pub kinds: Vec<String>,
    /// Section folders.
    pub sections: Vec<String>,
    /// Taxonomy index with the term ids of which one must match.
    pub terms: Vec<(usize, Vec<String>)>,
    pub featured: bool,
    /// `daily` or `weekly`: the section that fills this slot of the column.
    pub column: Option<String>,
    pub when: Option<When>,
    pub order: Order,
    pub limit: usize,
}

/// How large pictures are shown at one place of the theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureSpec {
    /// In pixels of the file, ascending.
    pub widths: Vec<u32>,
    /// The attribute `sizes`: how wide they are shown.
    pub sizes: String,
}

/// Events still to come (or going on), or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Upcoming,
    Past,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// By the start of an event, the earliest first.
    Start,
    Title,
}

/// A Markdown component: what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentSpec {
    pub args: Vec<ArgSpec>,
    pub body: BodyRule,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgSpec {
    pub name: String,
    pub kind: ArgType,
    pub required: bool,
    /// What a template sees when the author leaves it out.
    pub default: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgType {
    Text,
    Number,
    Flag,
    Url,
    Choice(Vec<String>),
    /// A table below `content/data/`.
    Data,
    /// The name of one of the theme's lists.
    List,
    /// The id of a figure of `content/data/figures.yaml`.
    Figure,
    /// A slot of the column, `daily` or `weekly`: the template is given the
    /// entries of the newest that is filled as `items`, its page as `latest`.
    Slot,
    /// Years of the timeline, `2022` or `2022-2025`; empty: all of it. The
    /// template is given its milestones as `milestones`.
    Years,
    /// What the component's figure is added up from, one of `Breakdown`'s
    /// names: the template is given the parts as `parts`.
    By,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyRule {
    None,
    Optional,
    Required,
}

/// Compiles a theme; `None` when its templates cannot be compiled.
pub fn load(
    files: Vec<ThemeFile>,
    config: &Config,
    locales: &[Locale],
) -> (Option<Theme>, Diagnostics) {
    let mut diags = Vec::new();
    let mut by_name: BTreeMap<String, ThemeFile> = BTreeMap::new();
    // Later files lie over earlier ones; declarations are read from each.
    let mut declared = read::Declared::default();
    for file in files {
        if file.name == "theme.yaml" {
            declared.add(&file, &config.timezone, &mut diags);
        }
        by_name.insert(file.name.clone(), file);
    }
    let (mut key, mut shape) = (KeyBuilder::new("theme"), KeyBuilder::new("theme shape"));
    for (name, file) in &by_name {
        key.put_str(name).put(&file.bytes);
        shape.put_str(name);
        if !name.starts_with("templates/") {
            shape.put(&file.bytes);
        }
    }
    let settings = read::settings(declared.settings, config.theme_settings.as_ref());
    key.put_str(&settings.to_string());
    shape.put_str(&settings.to_string());
    let published = assets::publish(&by_name, &settings, &config.path, &mut diags);
    let origins: BTreeMap<String, Arc<str>> = by_name
        .values()
        .filter_map(|file| {
            Some((file.name.strip_prefix("templates/")?.to_owned(), Arc::clone(&file.origin)))
        })
        .collect();
    let cards = match config.cards {
        0 => None,
        _ => cards::load(&by_name, &settings, &mut diags),
    };
    let tera = templates::compile(&by_name, &origins, config, locales, &mut diags);
    let templates = by_name.values().filter_map(|file| {
        Some((file.name.strip_prefix("templates/")?, std::str::from_utf8(&file.bytes).ok()?))
    });
    let glossary = Glossary::of(templates);
    let theme = tera.map(|tera| Theme {
        tera,
        shows_related: glossary.names(glossary.kinds()).has_root("related"),
        glossary,
        lists: declared.lists,
        template_lists: declared.templates,
        components: declared.components,
        fragments: declared.fragments,
        pictures: declared.pictures,
        settings,
        cards,
        css: published.css,
        js: published.js,
        files: published.files,
        assets: published.assets,
        origins,
        fingerprint: key.finish(),
        shape: shape.finish(),
    });
    (theme, diags)
}

impl Theme {
    /// The template of an entry's kind: its own, else the common one.
    pub fn entry_template(&self, kind: &str) -> String {
        let own = ["kinds/", kind, ".html"].concat();
        if self.tera.contains_template(&own) { own } else { "entry.html".to_owned() }
    }
}
