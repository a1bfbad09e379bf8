//! What a template is given, each part with the hash of what it is.
//!
//! A part's key is made at once, its value for the template engine only when a
//! page is really rendered: a build that changes little asks for few values.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Map, Value};

use super::Card;
use super::fields::{self, Pairs, collect, key_of, own_value, value_of};
use crate::base::diag::Diagnostic;
use crate::base::hash::{Key, KeyBuilder};
use crate::theme::{Names, Theme, template_error};

/// Something that templates can be given: as much of it as the theme's names
/// ask for.
pub trait Part: Send + Sync {
    /// Changes when the value can.
    fn key(&self, names: &Names) -> Key;
    /// Cheap to ask for again.
    fn value(&self, names: &Names) -> Result<Value, Diagnostic>;
    /// Adds the fields of the value, if it is a map.
    fn fields(&self, names: &Names, pairs: &mut Pairs) -> Result<(), Diagnostic> {
        for (name, value) in self.value(names)?.as_map().into_iter().flatten() {
            if let Some(text) = name.as_str() {
                pairs.push((Cow::Owned(text.to_owned()), value.clone()));
            }
        }
        Ok(())
    }
}

impl<P: Part + ?Sized> Part for &P {
    fn key(&self, names: &Names) -> Key {
        (**self).key(names)
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        (**self).value(names)
    }

    fn fields(&self, names: &Names, pairs: &mut Pairs) -> Result<(), Diagnostic> {
        (**self).fields(names, pairs)
    }
}

/// A view that many pages share, with its key and its value for templates made
/// once: with all that any of them may ask for.
pub struct Held<T> {
    pub view: T,
    key: OnceLock<Key>,
    value: OnceLock<Value>,
}

impl<T: Serialize> Held<T> {
    pub fn new(view: T) -> Held<T> {
        Held { view, key: OnceLock::new(), value: OnceLock::new() }
    }
}

impl<T: Serialize + Send + Sync> Part for Held<T> {
    fn key(&self, names: &Names) -> Key {
        *self.key.get_or_init(|| key_of(&self.view, names.below()))
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        Ok(self.value.get_or_init(|| value_of(&self.view, names.below())).clone())
    }

    fn fields(&self, names: &Names, pairs: &mut Pairs) -> Result<(), Diagnostic> {
        collect(&self.view, names, pairs);
        Ok(())
    }
}

/// A view that one page has.
pub struct Own<T>(pub T);

impl<T: Serialize + Send + Sync> Part for Own<T> {
    fn key(&self, names: &Names) -> Key {
        key_of(&self.0, names)
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        Ok(own_value(&self.0, names))
    }

    fn fields(&self, names: &Names, pairs: &mut Pairs) -> Result<(), Diagnostic> {
        collect(&self.0, names, pairs);
        Ok(())
    }
}

/// Nothing: `none` in a template.
pub struct Nothing;

impl Part for Nothing {
    fn key(&self, _: &Names) -> Key {
        Key::default()
    }

    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        Ok(Value::none())
    }
}

/// Parts in a row.
pub struct List<P>(pub Vec<P>);

impl<P: Part> Part for List<P> {
    fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("list");
        self.0.iter().for_each(|item| {
            key.put_key(item.key(names));
        });
        key.finish()
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        Ok(Value::from(self.0.iter().map(|part| part.value(names)).collect::<Result<Vec<_>, _>>()?))
    }
}

/// Parts by name, over the fields of another part.
pub struct Fields<'a> {
    pub over: Box<dyn Part + 'a>,
    pub fields: Vec<Named<'a>>,
}

impl Part for Fields<'_> {
    fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("fields");
        key.put_key(self.over.key(names));
        for (name, part) in self.asked(names) {
            key.put_str(name).put_key(part.key(names.below()));
        }
        key.finish()
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        let mut pairs = fields::room(names);
        self.over.fields(names, &mut pairs)?;
        for (name, part) in self.asked(names) {
            pairs.push((name.clone(), part.value(names.below())?));
        }
        Ok(fields::map(&pairs))
    }
}

type Named<'a> = (Cow<'static, str>, Box<dyn Part + 'a>);

impl<'a> Fields<'a> {
    /// The fields that may be asked for. Of a variable that is taken whole all
    /// may be, whether or not their names stand anywhere.
    fn asked(&self, names: &Names) -> impl Iterator<Item = &Named<'a>> {
        self.fields.iter().filter(|(name, _)| !names.are_narrow() || names.has(name))
    }
}

/// A map without fields, to put fields over.
pub struct Empty;

impl Part for Empty {
    fn key(&self, _: &Names) -> Key {
        Key::default()
    }

    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        Ok(Value::from(Map::new()))
    }
}

/// The fields of a view over those of a card.
pub struct Over<'a, T> {
    pub over: &'a Card,
    pub view: Own<T>,
}

impl<T: Serialize + Send + Sync> Part for Over<'_, T> {
    fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("over");
        key.put_key(self.over.key(names)).put_key(self.view.key(names));
        key.finish()
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        let mut pairs = fields::room(names);
        self.fields(names, &mut pairs)?;
        Ok(fields::map(&pairs))
    }

    fn fields(&self, names: &Names, pairs: &mut Pairs) -> Result<(), Diagnostic> {
        self.over.fields(names, pairs)?;
        self.view.fields(names, pairs)
    }
}

/// What a template is given. Whatever is inserted enters the page's key, unless
/// no template of the theme has a name for it.
pub struct Context<'a> {
    names: &'a Names,
    /// Each with the names that count for it.
    parts: Vec<(Cow<'static, str>, &'a Names, Box<dyn Part + 'a>)>,
    key: KeyBuilder,
}

impl<'a> Context<'a> {
    pub fn new(names: &'a Names) -> Context<'a> {
        Context { names, parts: Vec::with_capacity(16), key: KeyBuilder::new("context") }
    }

    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, part: impl Part + 'a) {
        let name = name.into();
        if !self.names.has_root(&name) {
            return;
        }
        let names = self.names.of_variable(&name);
        self.key.put_str(&name).put_key(part.key(names));
        self.parts.push((name, names, Box::new(part)));
    }

    /// Inserts a view that only this page has.
    pub fn view<T: Serialize + Send + Sync + 'a>(&mut self, name: &'static str, view: T) {
        self.insert(name, Own(view));
    }

    /// The hash of everything inserted so far.
    pub fn key(&self) -> KeyBuilder {
        let mut key = KeyBuilder::new("page");
        key.put_key(self.key.finish());
        key
    }

    /// The bytes that a template makes of it.
    pub fn render(&self, theme: &Theme, template: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut values = tera::Context::new();
        for (name, names, part) in &self.parts {
            values.insert_value(name.clone(), part.value(names)?);
        }
        let mut bytes = Vec::with_capacity(ROOM);
        let rendered = theme.tera.render_to(template, &values, &mut bytes);
        rendered.map_err(|error| template_error(&error, &theme.origins))?;
        Ok(bytes)
    }
}

impl Context<'_> {
    /// As [`Context::render`], as text: a piece of a page.
    pub fn text(&self, theme: &Theme, template: &str) -> Result<String, Diagnostic> {
        // Templates and their values are text throughout.
        Ok(String::from_utf8(self.render(theme, template)?).unwrap_or_default())
    }
}

/// Most pages are shorter than this many bytes.
const ROOM: usize = 32 * 1024;
