//! What a template is given, each part with the hash of what it is.
//!
//! A part's key is made at once, its value for the template engine only when a
//! page is really rendered: a build that changes little asks for few values.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Map, Value};

use super::Card;
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::{Key, KeyBuilder};
use crate::theme::{Theme, template_error};

/// Something that templates can be given.
pub trait Part: Send + Sync {
    /// Changes when the value can.
    fn key(&self) -> Key;
    /// Cheap to ask for again.
    fn value(&self) -> Result<Value, Diagnostic>;
}

impl<P: Part + ?Sized> Part for &P {
    fn key(&self) -> Key {
        (**self).key()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        (**self).value()
    }
}

/// A view that Rust still reads, with its value for templates made once.
pub struct Held<T> {
    pub view: T,
    key: Key,
    value: OnceLock<Value>,
}

impl<T: Serialize> Held<T> {
    pub fn new(view: T) -> Held<T> {
        Held { key: digest(&view), view, value: OnceLock::new() }
    }
}

impl<T: Serialize + Send + Sync> Part for Held<T> {
    fn key(&self) -> Key {
        self.key
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        Ok(self.value.get_or_init(|| Value::from_serializable(&self.view)).clone())
    }
}

/// Nothing: `none` in a template.
pub struct Nothing;

impl Part for Nothing {
    fn key(&self) -> Key {
        Key::default()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        Ok(Value::none())
    }
}

/// Parts in a row.
pub struct List<P>(pub Vec<P>);

impl<P: Part> Part for List<P> {
    fn key(&self) -> Key {
        let mut key = KeyBuilder::new("list");
        self.0.iter().for_each(|item| {
            key.put_key(item.key());
        });
        key.finish()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        Ok(Value::from(self.0.iter().map(Part::value).collect::<Result<Vec<_>, _>>()?))
    }
}

/// Parts by name, over the fields of another part.
pub struct Fields<'a> {
    pub over: Box<dyn Part + 'a>,
    pub fields: Vec<(Cow<'a, str>, Box<dyn Part + 'a>)>,
}

impl Part for Fields<'_> {
    fn key(&self) -> Key {
        let mut key = KeyBuilder::new("fields");
        key.put_key(self.over.key());
        for (name, part) in &self.fields {
            key.put_str(name).put_key(part.key());
        }
        key.finish()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        let mut map = self.over.value()?.into_map().unwrap_or_default();
        for (name, part) in &self.fields {
            map.insert(name.as_ref().to_owned().into(), part.value()?);
        }
        Ok(Value::from(map))
    }
}

/// A map without fields, to put fields over.
pub struct Empty;

impl Part for Empty {
    fn key(&self) -> Key {
        Key::default()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        Ok(Value::from(Map::new()))
    }
}

/// The fields of a view over those of a card.
pub struct Over<'a, T> {
    pub over: &'a Card,
    pub view: Held<T>,
}

impl<T: Serialize + Send + Sync> Part for Over<'_, T> {
    fn key(&self) -> Key {
        let mut key = KeyBuilder::new("over");
        key.put_key(self.over.key()).put_key(self.view.key());
        key.finish()
    }

    fn value(&self) -> Result<Value, Diagnostic> {
        let mut map = self.over.whole().into_map().unwrap_or_default();
        map.extend(Value::from_serializable(&self.view.view).into_map().unwrap_or_default());
        Ok(Value::from(map))
    }
}

/// What a template is given. Whatever is inserted enters the page's key.
pub struct Context<'a> {
    parts: Vec<(Cow<'a, str>, Box<dyn Part + 'a>)>,
    key: KeyBuilder,
}

impl<'a> Context<'a> {
    pub fn new() -> Context<'a> {
        Context { parts: Vec::with_capacity(16), key: KeyBuilder::new("context") }
    }

    pub fn insert(&mut self, name: impl Into<Cow<'a, str>>, part: impl Part + 'a) {
        let name = name.into();
        self.key.put_str(&name).put_key(part.key());
        self.parts.push((name, Box::new(part)));
    }

    /// Inserts a view that only this page has.
    pub fn view<T: Serialize + Send + Sync + 'a>(&mut self, name: &'static str, view: T) {
        self.insert(name, Held::new(view));
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
        for (name, part) in &self.parts {
            values.insert_value(name.as_ref().to_owned(), part.value()?);
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

impl Default for Context<'_> {
    fn default() -> Self {
        Context::new()
    }
}
