//! What all pages of a language share: the site's view and its strings.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::cards::Source;
use super::fragments::SitePart;
use super::links::SharedFeed;
use super::view::{AssetsView, LanguageView, MenuView, NamedLink, OwnerView, SiteView};
use super::{Held, Reads, feeds};
use crate::base::diag::Diagnostic;
use crate::base::time::Moment;
use crate::config::{MenuItem, MenuTarget, Texts};
use crate::link::{LangId, TAXONOMIES};
use crate::plan::features::FEATURES;
use crate::plan::segments;
use crate::theme::Theme;

/// Of one language.
pub struct Shell {
    pub site: Held<SiteView>,
    /// `t`
    pub strings: Held<serde_json::Value>,
    /// The site with the theme's fragments, made when a page first shows it.
    pub(super) whole: OnceLock<Result<tera::Value, Diagnostic>>,
}

impl Shell {
    /// `site`, as templates see it.
    pub fn part<'a>(&'a self, reads: &Reads<'a>) -> SitePart<'a> {
        SitePart { shell: self, theme: reads.theme, names: &reads.views.names }
    }
}

/// Makes the shell of a language. `generator` is the program's name and
/// version.
pub fn shell(source: Source<'_>, theme: &Theme, lang: LangId, generator: &str) -> Shell {
    let view = site_view(source, theme, lang, generator);
    // Texts and maps of texts: they always serialize.
    let strings = serde_json::to_value(source.site.langs[lang].locale.values());
    Shell {
        site: Held::new(view),
        strings: Held::new(strings.unwrap_or_default()),
        whole: OnceLock::new(),
    }
}

fn site_view(source: Source<'_>, theme: &Theme, lang: LangId, generator: &str) -> SiteView {
    let site = source.site;
    let config = &site.config;
    let language = &site.langs[lang];
    let tag = &language.tag;
    let text = |texts: &Texts| texts.get(tag).unwrap_or_default().to_owned();
    let home = segments::home(site, lang);
    SiteView {
        title: text(&config.title),
        description: text(&config.description),
        lang: tag.clone(),
        dir: language.locale.direction.as_str().to_owned(),
        strings_lang: language.locale.fallback_of("home").unwrap_or(tag).to_owned(),
        url: source.url(&home),
        absolute_url: source.absolute(&home),
        root: config.base_url.path.clone(),
        languages: languages(source),
        owner: OwnerView {
            name: text(&config.owner.name),
            address: text(&config.owner.address),
            email: config.owner.email.clone().unwrap_or_default(),
            phone: config.owner.phone.clone().unwrap_or_default(),
            responsible: text(&config.owner.responsible),
        },
        official: config.official,
        menus: menus(source, lang),
        feeds: feeds::links(source, &home, &config.feeds.formats, &text(&config.title))
            .into_iter()
            .map(SharedFeed::new)
            .collect(),
        assets: assets(source, theme, lang),
        settings: settings(source, theme),
        column: config.column.as_ref().map_or_else(String::new, |column| text(&column.name)),
        indexes: indexes(source, lang),
        generator: generator.to_owned(),
    }
}

fn languages(source: Source<'_>) -> Vec<LanguageView> {
    let langs = source.site.langs.iter().enumerate();
    langs
        .map(|(id, lang)| LanguageView {
            tag: lang.tag.clone(),
            name: lang.name.clone(),
            url: source.url(&segments::home(source.site, id)),
        })
        .collect()
}

fn menus(source: Source<'_>, lang: LangId) -> BTreeMap<String, Vec<MenuView>> {
    let menus = source.site.config.menus.iter().map(|(name, items)| {
        let items = items.iter().filter_map(|item| menu_item(source, item, lang)).collect();
        (name.clone(), items)
    });
    let mut menus: BTreeMap<String, Vec<MenuView>> = menus.collect();
    menus.entry("main".to_owned()).or_insert_with(|| default_menu(source, lang));
    menus.entry("footer".to_owned()).or_default();
    menus
}

/// Top sections by weight, where a site declares no menu.
fn default_menu(source: Source<'_>, lang: LangId) -> Vec<MenuView> {
    let site = source.site;
    let mut sections: Vec<usize> =
        (1..site.sections.len()).filter(|&id| site.sections[id].parent == Some(0)).collect();
    sections.sort_by_key(|&id| (site.sections[id].weight, id));
    let items = sections.into_iter().map(|id| MenuItem {
        target: crate::yaml::Spanned {
            value: MenuTarget::Section(site.sections[id].dir.to_string()),
            range: 0..0,
        },
        title: Texts::default(),
    });
    items.filter_map(|item| menu_item(source, &item, lang)).collect()
}

/// `None` where the target has no page in this language.
fn menu_item(source: Source<'_>, item: &MenuItem, lang: LangId) -> Option<MenuView> {
    let site = source.site;
    let tag = &site.langs[lang].tag;
    let (id, title, path) = match &item.target.value {
        MenuTarget::Section(dir) => {
            let section = &site.sections[site.section(dir)?];
            (dir.clone(), section.titles[lang].clone(), section.paths[lang].clone())
        }
        MenuTarget::Page(key) => {
            let entry = *site.by_key.get(key.as_str())?;
            if !source.plan.has_page(entry, lang) {
                return None;
            }
            let (variant, _) = site.shown(entry, lang)?;
            (key.clone(), variant.title.to_string(), site.entry_path(entry, lang)?)
        }
        MenuTarget::List(list) => {
            let title = site.langs[lang].locale.string(taxonomy_string(list)).to_owned();
            (list.clone(), title, list_path(source, list, lang)?)
        }
        MenuTarget::Url(url) => {
            let title = item.title.get(tag).unwrap_or(url).to_owned();
            return Some(MenuView { title, url: url.clone(), id: String::new() });
        }
    };
    if !source.plan.exists(&format!("{path}index.html")) {
        return None;
    }
    let title = item.title.get(tag).map_or(title, str::to_owned);
    Some(MenuView { title, url: source.url(&path), id })
}

fn list_path(source: Source<'_>, list: &str, lang: LangId) -> Option<String> {
    if list == "archive" {
        return Some(segments::archive(source.site, lang));
    }
    if let Some(feature) = FEATURES.iter().find(|feature| feature.name == list) {
        return source.plan.main_page(feature.name, lang).map(str::to_owned);
    }
    let taxonomy = TAXONOMIES.iter().position(|name| *name == list)?;
    Some(segments::terms(source.site, taxonomy, lang))
}

fn indexes(source: Source<'_>, lang: LangId) -> Vec<NamedLink> {
    let locale = &source.site.langs[lang].locale;
    let features = FEATURES.iter().map(|feature| &feature.name);
    let lists = TAXONOMIES.iter().chain(&["archive"]).chain(features);
    lists
        .filter_map(|list| {
            let path = list_path(source, list, lang)?;
            source.plan.exists(&format!("{path}index.html")).then(|| NamedLink {
                id: (*list).to_owned(),
                title: locale.string(taxonomy_string(list)).to_owned(),
                url: source.url(&path),
            })
        })
        .collect()
}

/// The interface string that names a taxonomy.
pub fn taxonomy_string(list: &str) -> &str {
    if list == "audience" { "audiences" } else { list }
}

/// The theme's settings; a logo named by its path on the site is rebased.
fn settings(source: Source<'_>, theme: &Theme) -> serde_json::Value {
    let mut settings = theme.settings.clone();
    if let Some(logo) = settings.get_mut("logo")
        && let Some(path) = logo.as_str().and_then(|logo| logo.strip_prefix('/'))
    {
        *logo = source.url(path).into();
    }
    settings
}

fn assets(source: Source<'_>, theme: &Theme, lang: LangId) -> AssetsView {
    let urls = |paths: &BTreeMap<String, String>| {
        paths.iter().map(|(name, path)| (name.clone(), source.url(path))).collect()
    };
    let home = segments::home(source.site, lang);
    AssetsView {
        css: source.url(&theme.css),
        js: urls(&theme.js),
        files: urls(&theme.files),
        manifest: source.url(&format!("{home}manifest.webmanifest")),
    }
}

/// The date of the newest dated entry of a language.
pub fn newest(source: Source<'_>, lang: LangId) -> Option<&Moment> {
    source.plan.lists[lang].all.last().and_then(|&id| source.site.entries[id].date.as_ref())
}
