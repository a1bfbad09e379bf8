//! The YAML of an interface language.
//!
//! Takes the text of one file, gives what it says or why it cannot be used.
//! Everything in it may be missing: a language can be as little as three
//! strings.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::date::DatePatterns;

/// What one file says of a language; what it leaves out is `None` or absent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocaleFile {
    pub tag: Option<String>,
    /// How speakers call the language: `Tiếng Việt`.
    pub name: Option<String>,
    /// Whether a speaker has read the strings over.
    pub reviewed: Option<bool>,
    pub direction: Option<Direction>,
    /// The language whose plurals and alphabetical order it uses.
    pub data_locale: Option<String>,
    pub data: Option<LocaleData>,
    /// Names of languages inside a sentence, by tag: `tiếng Anh`.
    #[serde(default)]
    pub languages: BTreeMap<String, String>,
    #[serde(default)]
    pub strings: BTreeMap<String, Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Ltr,
    Rtl,
}

/// Languages written from right to left, unless their tag names a Latin script.
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur"];

impl Direction {
    /// The direction that a language tag implies.
    pub fn of(tag: &str) -> Direction {
        let primary = tag.split('-').next().unwrap_or(tag);
        let script = |name: &str| tag.split('-').any(|part| part.eq_ignore_ascii_case(name));
        let listed = RIGHT_TO_LEFT.contains(&primary) && !script("Latn");
        if listed || script("Arab") || script("Hebr") { Direction::Rtl } else { Direction::Ltr }
    }

    /// The value of the HTML attribute `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// How dates, numbers and sums of money are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocaleData {
    pub numbers: Numbers,
    pub months: [String; 12],
    pub months_short: [String; 12],
    /// Monday first.
    pub weekdays: [String; 7],
    pub weekdays_short: [String; 7],
    pub date: DatePatterns,
    pub money: MoneyPatterns,
    pub text: TextMarks,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    pub decimal: char,
    pub group: char,
}

/// `{n}` stands for the number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyPatterns {
    pub full: String,
    pub million: String,
    pub billion: String,
}

/// Marks of running text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextMarks {
    /// Opening and closing.
    pub quotes: [String; 2],
    pub inner_quotes: [String; 2],
    /// Between the items of a list, and before its last.
    pub list_separator: String,
    pub list_last: String,
}

/// One string of the interface.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Text {
    One(String),
    /// By plural category of Unicode: `zero one two few many other`; `other`
    /// is always there.
    Plural(BTreeMap<String, String>),
}

impl Text {
    /// The form without a number, which is that for many.
    pub fn plain(&self) -> &str {
        match self {
            Text::One(text) => text,
            Text::Plural(_) => self.form("other"),
        }
    }

    /// The form of a plural category.
    pub fn form(&self, category: &str) -> &str {
        match self {
            Text::One(text) => text,
            Text::Plural(forms) => {
                forms.get(category).or_else(|| forms.get("other")).map_or("", String::as_str)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or plural forms such as {one: ..., other: ...}")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text::One(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut forms = BTreeMap::new();
        while let Some((category, text)) = map.next_entry::<String, String>()? {
            if !matches!(category.as_str(), "zero" | "one" | "two" | "few" | "many" | "other") {
                return Err(A::Error::custom(format!("unknown plural form `{category}`")));
            }
            forms.insert(category, text);
        }
        if !forms.contains_key("other") {
            return Err(A::Error::custom("plural forms need `other`"));
        }
        Ok(Text::Plural(forms))
    }
}

impl LocaleFile {
    /// This file, with what it leaves out taken from another of the same
    /// language.
    pub fn over(mut self, under: LocaleFile) -> LocaleFile {
        let mut strings = under.strings;
        strings.append(&mut self.strings);
        let mut languages = under.languages;
        languages.append(&mut self.languages);
        LocaleFile {
            tag: self.tag.or(under.tag),
            name: self.name.or(under.name),
            reviewed: self.reviewed.or(under.reviewed),
            direction: self.direction.or(under.direction),
            data_locale: self.data_locale.or(under.data_locale),
            data: self.data.or(under.data),
            languages,
            strings,
        }
    }
}

/// Reads the file of a language. The error names line and column and is in
/// English, as the YAML reader words it; a file of another tag, an unknown
/// key and an unknown `{placeholder}` in a date are errors too.
pub fn parse(tag: &str, yaml: &str) -> Result<LocaleFile, String> {
    let file: LocaleFile = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
    if let Some(own) = file.tag.as_deref()
        && own != tag
        && own != super::primary(tag)
    {
        return Err(format!("the file is of the language `{own}`, not of `{tag}`"));
    }
    if let Some(data) = &file.data {
        data.date.check()?;
    }
    Ok(file)
}
