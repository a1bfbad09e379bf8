//! A YAML document as a tree that remembers where everything stands.
//!
//! Scalars stay text: whether `0912345678` is a phone number or `no` a word is
//! for the reader of a key to say, never for YAML.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A value and the bytes it stands at in the file on disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Node {
    pub value: Value,
    pub range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Nothing, `~` or `null` written plainly.
    Null,
    /// Text as the author meant it (NFC, quotes and escapes resolved).
    /// `plain` when it was written without quotes.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    /// In the order of the file; keys are unique.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar, as written.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => {
                entries.iter().find(|(k, _)| k.scalar() == Some(key)).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }
}

/// A value with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spanned<T> {
    pub value: T,
    pub range: Range<usize>,
}

impl<T> Spanned<T> {
    pub fn new(value: T, range: Range<usize>) -> Self {
        Spanned { value, range }
    }

    /// The same place with another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: make(self.value), range: self.range }
    }
}

/// A text per language tag, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Texts(pub Vec<(String, String)>);

impl Texts {
    /// The text in a language, else in the first that has one.
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.exact(tag).or_else(|| self.0.first().map(|(_, text)| text.as_str()))
    }

    /// The text in a language only.
    pub fn exact(&self, tag: &str) -> Option<&str> {
        self.0.iter().find(|(t, _)| t == tag).map(|(_, text)| text.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
