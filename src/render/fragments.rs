//! Pieces of HTML that many pages share, made once: `site.html.<name>` of a
//! language, `card.html` of a card in a list. The theme says which.
//!
//! A card that has a fragment in a list is given to the list's template as its
//! `id`, `kind`, `title`, `url`, `lang` and `html`, no more.
//!
//! A fragment sees nothing but its language's shell and its card. Whatever it
//! is made from is in the key of every page that shows it; so it needs none of
//! its own.

use std::borrow::Cow;
use std::sync::OnceLock;

use tera::value::Key;
use tera::{Map, Value};

use super::context::{Context, Empty, Fields, Part};
use super::shell::Shell;
use super::{Card, Reads};
use crate::base::diag::Diagnostic;
use crate::base::hash;
use crate::link::LangId;
use crate::theme::Theme;

/// A card in a list.
pub struct Shown<'a> {
    pub card: &'a Card,
    /// Its fragment in that list, if the theme has one.
    pub fragment: Option<usize>,
    pub lang: LangId,
    pub reads: &'a Reads<'a>,
}

impl Part for Shown<'_> {
    fn key(&self) -> hash::Key {
        self.card.key()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        let Some(fragment) = self.fragment else { return self.card.value() };
        match self.card.shown.get(fragment) {
            Some(shown) => shown.get_or_init(|| self.with_html(fragment)).clone(),
            None => self.card.value(),
        }
    }
}

impl Shown<'_> {
    fn with_html(&self, fragment: usize) -> Result<Value, Diagnostic> {
        let theme = self.reads.theme;
        let Some((_, template)) = theme.fragments.cards.get(fragment) else {
            return self.card.value();
        };
        let shell = &self.reads.shells[self.lang];
        let mut context = Context::new();
        context.insert("site", shell.part(theme));
        context.insert("t", &shell.strings);
        context.insert("card", Ready(self.card.whole()));
        let html = context.text(theme, template)?;
        // These are kept, one for each entry, and the whole card is many times
        // as large.
        let card = &self.card.view;
        let texts = [("id", &card.id), ("kind", &card.kind), ("title", &card.title)];
        let texts = texts.into_iter().chain([("url", &card.url), ("lang", &card.lang)]);
        let mut map = Map::with_capacity(6);
        map.extend(texts.map(|(name, text)| (Key::Str(name), Value::from(text.as_str()))));
        map.insert(Key::Str("html"), Value::safe_string(&html));
        Ok(Value::from(map))
    }
}

/// A language's site view with its fragments.
pub struct SitePart<'a> {
    pub shell: &'a Shell,
    pub theme: &'a Theme,
}

impl Part for SitePart<'_> {
    fn key(&self) -> hash::Key {
        self.shell.site.key()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        self.shell.whole.get_or_init(|| self.with_html()).clone()
    }
}

impl SitePart<'_> {
    fn with_html(&self) -> Result<Value, Diagnostic> {
        let bare = self.shell.site.value()?.into_map().unwrap_or_default();
        let mut html = Map::new();
        let site = |html: &Map| {
            let mut site = bare.clone();
            site.insert("html".into(), Value::from(html.clone()));
            Value::from(site)
        };
        for (name, template) in &self.theme.fragments.site {
            let mut context = Context::new();
            context.insert("site", Ready(site(&html)));
            context.insert("t", &self.shell.strings);
            let text = context.text(self.theme, template)?;
            html.insert(name.clone().into(), Value::safe_string(&text));
        }
        Ok(site(&html))
    }
}

/// The lists that the theme grants a template: the same for all its pages.
pub struct ThemeLists<'a> {
    pub reads: &'a Reads<'a>,
    pub template: &'a str,
    pub wanted: &'a [String],
    pub lang: LangId,
}

/// What the lists of a template came to.
#[derive(Default)]
pub struct GrantedLists {
    key: OnceLock<hash::Key>,
    value: OnceLock<Result<Value, Diagnostic>>,
}

impl<'a> ThemeLists<'a> {
    fn granted(&self) -> Option<&'a GrantedLists> {
        self.reads.lists.get(self.lang)?.get(self.template)
    }

    fn fields(&self) -> Fields<'a> {
        let fields = self.wanted.iter().map(|name| {
            let lists = &self.reads.plan.theme_lists[self.lang];
            let entries = lists.get(name).map_or(&[][..], Vec::as_slice);
            let cards: Box<dyn Part + 'a> = Box::new(self.reads.cards("lists", entries, self.lang));
            (Cow::Borrowed(name.as_str()), cards)
        });
        Fields { over: Box::new(Empty), fields: fields.collect() }
    }
}

impl Part for ThemeLists<'_> {
    fn key(&self) -> hash::Key {
        let key = || self.fields().key();
        self.granted().map_or_else(key, |granted| *granted.key.get_or_init(key))
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        let value = || self.fields().value();
        match self.granted() {
            Some(granted) => granted.value.get_or_init(value).clone(),
            None => value(),
        }
    }
}

/// A value inside a fragment: no page's key depends on it.
struct Ready(Value);

impl Part for Ready {
    fn key(&self) -> hash::Key {
        hash::Key::default()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        Ok(self.0.clone())
    }
}
