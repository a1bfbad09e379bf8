//! Values for templates that carry the hash of what they are.

use serde::Serialize;
use tera::Value;

use crate::base::diag::Diagnostic;
use crate::base::hash::{Key, KeyBuilder};
use crate::theme::{Theme, template_error};

/// A value made once and inserted into many pages; cloning is cheap.
#[derive(Clone)]
pub struct Shared {
    pub value: Value,
    pub key: Key,
}

impl Shared {
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Shared {
        // Views are maps with text keys: they always serialize. Were one not
        // to, an empty text would still differ from no other page's.
        let bytes = serde_json::to_vec(value).unwrap_or_default();
        Shared { value: Value::from_serializable(value), key: Key::of(&bytes) }
    }

    /// A list of shared values.
    pub fn list(items: &[&Shared]) -> Shared {
        let mut key = KeyBuilder::new("list");
        items.iter().for_each(|item| {
            key.put_key(item.key);
        });
        let values: Vec<Value> = items.iter().map(|item| item.value.clone()).collect();
        Shared { value: Value::from(values), key: key.finish() }
    }

    pub fn none() -> Shared {
        Shared { value: Value::none(), key: Key::default() }
    }
}

/// What a template is given. Whatever is inserted enters the page's key.
pub struct Context {
    values: tera::Context,
    key: KeyBuilder,
}

impl Context {
    pub fn new() -> Context {
        Context { values: tera::Context::new(), key: KeyBuilder::new("context") }
    }

    pub fn insert(&mut self, name: &'static str, shared: &Shared) {
        self.key.put_str(name).put_key(shared.key);
        self.values.insert_value(name, shared.value.clone());
    }

    /// Inserts a view that only this page has.
    pub fn view<T: Serialize + ?Sized>(&mut self, name: &'static str, view: &T) {
        self.insert(name, &Shared::of(view));
    }

    /// Inserts under a name that is not known when the program is written.
    pub fn named(&mut self, name: &str, shared: &Shared) {
        self.key.put_str(name).put_key(shared.key);
        self.values.insert_value(name.to_owned(), shared.value.clone());
    }

    /// The hash of everything inserted so far.
    pub fn key(&self) -> KeyBuilder {
        let mut key = KeyBuilder::new("page");
        key.put_key(self.key.finish());
        key
    }

    pub fn render(&self, theme: &Theme, template: &str) -> Result<String, Diagnostic> {
        let rendered = theme.tera.render(template, &self.values);
        rendered.map_err(|error| template_error(&error, &theme.origins))
    }
}

impl Default for Context {
    fn default() -> Self {
        Context::new()
    }
}
