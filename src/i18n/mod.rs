//! Interface languages: every word of the theme that no author writes, and
//! how dates, numbers and sums are written.
//!
//! Takes YAML text (one file per language, three of them built in), gives a
//! [`Locale`] that answers for every key. A language that lacks a key, or all
//! of them, borrows the text of another and says whose it is, so that the page
//! can mark it. Reads no file and knows no page.
//!
//! - [`file`](mod@file): the YAML of a language and what is checked in it
//! - [`locale`]: the words, plurals, numbers, sums and order of a language
//! - [`date`]: dates by patterns

pub mod date;
pub mod file;
pub mod locale;

pub use date::DateStyle;
pub use file::{LocaleFile, parse};
pub use locale::Locale;

const BUILTIN: [(&str, &str); 3] = [
    ("vi", include_str!("locales/vi.yaml")),
    ("en", include_str!("locales/en.yaml")),
    ("km", include_str!("locales/km.yaml")),
];

/// The built-in YAML of a language (`vi`, `en`, `km`); of `km-VN`, that of
/// `km`.
pub fn builtin(tag: &str) -> Option<&'static str> {
    let of = |wanted: &str| BUILTIN.iter().find(|(tag, _)| *tag == wanted).map(|(_, yaml)| *yaml);
    of(tag).or_else(|| of(primary(tag)))
}

/// The tags of the built-in languages, Vietnamese first.
pub fn builtin_tags() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(tag, _)| *tag)
}

/// What a site says of a language, and its own words for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// BCP 47: `vi`, `km-VN`, `tyz`.
    pub tag: &'a str,
    /// How its speakers call it; wins over the name in the files.
    pub name: Option<&'a str>,
    /// The language whose dates, numbers, plurals and order it uses.
    pub data_locale: Option<&'a str>,
    /// The site's own file, which wins over the built-in one key by key.
    pub own: Option<&'a LocaleFile>,
    /// Where missing words come from; without one, built-in Vietnamese.
    pub fallback: Option<&'a Locale>,
}

/// The complete locale of a language: the site's file over the built-in file
/// over the fallback's words. `Err` only if a built-in file does not parse.
pub fn load(request: &Request<'_>) -> Result<Locale, String> {
    let tag = request.tag;
    let mut file = match builtin(tag) {
        Some(yaml) => parse(tag, yaml)?,
        None => LocaleFile::default(),
    };
    if let Some(own) = request.own {
        file = own.clone().over(file);
    }
    let data_locale = request.data_locale.or(file.data_locale.as_deref()).unwrap_or(tag).to_owned();
    if file.data.is_none() {
        file.data = match builtin(&data_locale) {
            Some(yaml) => parse(&data_locale, yaml)?.data,
            None => None,
        };
    }
    file.name = request.name.map(str::to_owned).or(file.name);
    let vietnamese;
    let fallback = match request.fallback {
        Some(fallback) => Some(fallback),
        None if primary(tag) == "vi" => None,
        None => {
            vietnamese = load(&Request { tag: "vi", ..Request::default() })?;
            Some(&vietnamese)
        }
    };
    Locale::new(tag, &data_locale, file, fallback)
}

/// The language of a tag: `km` of `km-VN`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests;
