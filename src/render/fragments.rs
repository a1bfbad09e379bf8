//! Pieces of HTML that many pages share, made once: `site.html.<name>` of a
//! language, `card.html` of a card in a list. The theme says which.
//!
//! A card that has a fragment in a list is given to the list's template as its
//! `html`, no more.
//!
//! A fragment sees nothing but its language's shell and its card. Whatever it
//! is made from is in the key of every page that shows it; so it needs none of
//! its own.

use std::borrow::Cow;
use std::sync::OnceLock;

use tera::{Map, Value};

use super::context::{Context, Empty, Fields, Part};
use super::fields;
use super::shell::Shell;
use super::{Card, Reads};
use crate::base::diag::Diagnostic;
use crate::base::hash;
use crate::link::LangId;
use crate::theme::{Names, Theme};

/// A card in a list.
pub struct Shown<'a> {
    pub card: &'a Card,
    /// Its fragment in that list, if the theme has one.
    pub fragment: Option<usize>,
    pub lang: LangId,
    pub reads: &'a Reads<'a>,
}

impl Part for Shown<'_> {
    fn key(&self, names: &Names) -> hash::Key {
        self.card.key(names)
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        let fragment = self.fragment.and_then(|at| {
            let (_, template) = self.reads.theme.fragments.cards.get(at)?;
            Some((template, self.card.shown.get(at)?))
        });
        let Some((template, shown)) = fragment else { return self.card.value(names) };
        let made = shown.get_or_init(|| self.html(template).map_err(Box::new));
        made.clone().map_err(|diag| *diag)
    }
}

impl Shown<'_> {
    /// What a list is given.
    fn html(&self, template: &str) -> Result<Value, Diagnostic> {
        let theme = self.reads.theme;
        let shell = &self.reads.shells[self.lang];
        let mut context = Context::new(&self.reads.names);
        context.insert("site", shell.part(self.reads));
        context.insert("t", &shell.strings);
        // A fragment can ask for far less than all pages can.
        let names = theme.glossary.names_of(template).unwrap_or(&self.reads.names);
        context.insert("card", Ready(self.card.whole(names.of_variable("card"))));
        let html = context.render(theme, template)?;
        // Templates and their values are text throughout.
        let html = Value::safe_string(simdutf8::basic::from_utf8(&html).unwrap_or_default());
        Ok(fields::map(&vec![(Cow::Borrowed("html"), html)]))
    }
}

/// A language's site view with its fragments.
pub struct SitePart<'a> {
    pub shell: &'a Shell,
    pub theme: &'a Theme,
    pub names: &'a Names,
}

impl Part for SitePart<'_> {
    fn key(&self, names: &Names) -> hash::Key {
        self.shell.site.key(names)
    }

    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        self.shell.whole.get_or_init(|| self.with_html()).clone()
    }
}

impl SitePart<'_> {
    fn with_html(&self) -> Result<Value, Diagnostic> {
        let bare = self.shell.site.value(self.names)?.into_map().unwrap_or_default();
        let mut html = Map::new();
        let site = |html: &Map| {
            let mut site = bare.clone();
            site.insert("html".into(), Value::from(html.clone()));
            Value::from(site)
        };
        for (name, template) in &self.theme.fragments.site {
            let mut context = Context::new(self.names);
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

    fn granted_fields(&self) -> Fields<'a> {
        let fields = self.wanted.iter().map(|name| {
            let lists = &self.reads.plan.theme_lists[self.lang];
            let entries = lists.get(name).map_or(&[][..], Vec::as_slice);
            let cards: Box<dyn Part + 'a> = Box::new(self.reads.cards("lists", entries, self.lang));
            (Cow::Owned(name.clone()), cards)
        });
        Fields { over: Box::new(Empty), fields: fields.collect() }
    }
}

impl Part for ThemeLists<'_> {
    fn key(&self, names: &Names) -> hash::Key {
        let key = || self.granted_fields().key(names);
        self.granted().map_or_else(key, |granted| *granted.key.get_or_init(key))
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        let value = || self.granted_fields().value(names);
        match self.granted() {
            Some(granted) => granted.value.get_or_init(value).clone(),
            None => value(),
        }
    }
}

/// A value inside a fragment: no page's key depends on it.
struct Ready(Value);

impl Part for Ready {
    fn key(&self, _: &Names) -> hash::Key {
        hash::Key::default()
    }

    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        Ok(self.0.clone())
    }
}
