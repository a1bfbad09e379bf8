//! A complete interface language: an answer for every key, date and number.
//!
//! Takes a language's file and a fallback, gives texts. What came from the
//! fallback is remembered with its language, since a page marks it with
//! `lang`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};

use crate::base::time::Moment;
use crate::text::collate::Collator;
use crate::text::money::{Money, MoneyStyle};
use crate::text::number::NumberStyle;

use super::date::{self, DateStyle};
use super::file::{Direction, LocaleData, LocaleFile, Text};

/// One interface language, complete and ready to print.
#[derive(Debug, Clone)]
pub struct Locale {
    /// BCP 47, the value of `lang`.
    pub tag: String,
    /// How its speakers call it.
    pub name: String,
    /// Whether a speaker has read its strings over.
    pub reviewed: bool,
    pub direction: Direction,
    /// The language whose plurals and order apply.
    pub data_locale: String,
    /// A site may change its patterns.
    pub data: LocaleData,
    languages: BTreeMap<String, String>,
    strings: BTreeMap<String, Entry>,
    unknown: BTreeSet<String>,
    plurals: Arc<Plurals>,
    collator: Arc<Collator>,
}

/// A string and the language that it is in.
#[derive(Debug, Clone)]
struct Entry {
    text: Text,
    lang: Arc<str>,
    plurals: Arc<Plurals>,
}

impl Locale {
    /// Completes a file. Words that it lacks come from the fallback, and so do
    /// dates and numbers if it has none; keys that the fallback does not know
    /// are kept and listed. `Err` if neither has dates and numbers.
    pub fn new(
        tag: &str,
        data_locale: &str,
        file: LocaleFile,
        fallback: Option<&Locale>,
    ) -> Result<Locale, String> {
        let data = file.data.or_else(|| fallback.map(|locale| locale.data.clone()));
        let data = data.ok_or_else(|| format!("no dates and numbers for `{tag}`"))?;
        let mut strings = fallback.map(|locale| locale.strings.clone()).unwrap_or_default();
        let mut languages = fallback.map(|locale| locale.languages.clone()).unwrap_or_default();
        let lang: Arc<str> = Arc::from(tag);
        let plurals = Arc::new(Plurals::of(data_locale));
        let mut unknown = BTreeSet::new();
        for (key, text) in file.strings {
            if fallback.is_some() && !strings.contains_key(&key) {
                unknown.insert(key.clone());
            }
            let (lang, plurals) = (Arc::clone(&lang), Arc::clone(&plurals));
            strings.insert(key, Entry { text, lang, plurals });
        }
        languages.extend(file.languages);
        Ok(Locale {
            tag: tag.to_owned(),
            name: file.name.unwrap_or_else(|| tag.to_owned()),
            reviewed: file.reviewed.unwrap_or(true),
            direction: file.direction.unwrap_or_else(|| Direction::of(tag)),
            data_locale: data_locale.to_owned(),
            data,
            languages,
            strings,
            unknown,
            plurals,
            collator: Arc::new(Collator::for_lang(data_locale)),
        })
    }

    /// The text of a key; of a plural, the form for many. A key that no
    /// language has is printed as itself, so that it is seen.
    pub fn string<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, |entry| entry.text.plain())
    }

    /// [`Locale::string`] filled in by [`format()`].
    pub fn text(&self, key: &str, values: &[(&str, &str)]) -> String {
        format(self.string(key), values)
    }

    /// The form of a key for a number, with `{n}` filled in: `3 entries`. The
    /// form goes by the rules of the language that the text is in.
    pub fn plural(&self, key: &str, n: u64) -> String {
        let form = match self.strings.get(key) {
            Some(entry) => entry.text.form(entry.plurals.category(n)),
            None => key,
        };
        format(form, &[("n", &self.number(i64::try_from(n).unwrap_or(i64::MAX)))])
    }

    /// Whether any language has the key.
    pub fn has(&self, key: &str) -> bool {
        self.strings.contains_key(key)
    }

    /// Every string as a template sees it: a text, or a map of plural forms.
    pub fn values(&self) -> BTreeMap<&str, &Text> {
        self.strings.iter().map(|(key, entry)| (key.as_str(), &entry.text)).collect()
    }

    /// The plural category of a number by the rules of the data locale.
    pub fn plural_category(&self, n: u64) -> &'static str {
        self.plurals.category(n)
    }

    /// The language of a key's text if it is not this one: `vi` for a page in
    /// Tày whose word is Vietnamese.
    pub fn fallback_of(&self, key: &str) -> Option<&str> {
        let lang: &str = &self.strings.get(key)?.lang;
        (lang != self.tag).then_some(lang)
    }

    /// Every key with its text (of a plural, the form for many) and, if it is
    /// borrowed, its language; in the order of the keys.
    pub fn strings(&self) -> impl Iterator<Item = (&str, &str, Option<&str>)> {
        self.strings.iter().map(|(key, entry)| {
            let lang: &str = &entry.lang;
            (key.as_str(), entry.text.plain(), (lang != self.tag).then_some(lang))
        })
    }

    /// The keys that this language lacks, in order.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.strings().filter(|(_, _, lang)| lang.is_some()).map(|(key, _, _)| key)
    }

    /// Keys of this language's files that its fallback does not know, in
    /// order: most likely misspelt.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// A language's name inside a sentence of this one (`tiếng Anh`), by its
    /// tag or that of its primary language.
    pub fn language_name(&self, tag: &str) -> Option<&str> {
        let name = self.languages.get(tag).or_else(|| self.languages.get(super::primary(tag)));
        name.map(String::as_str)
    }

    pub fn date(&self, moment: &Moment, style: DateStyle) -> String {
        date::moment(&self.data, moment, style)
    }

    /// A date by a pattern of the site's own, see [`date::DatePatterns`].
    pub fn date_by(&self, moment: &Moment, pattern: &str) -> String {
        date::by_pattern(&self.data, pattern, moment)
    }

    /// `Thứ Hai, 17/10/2022, 08:30–11:00 (GMT+7)`, or two dates.
    pub fn date_range(&self, start: &Moment, end: &Moment, all_day: bool) -> String {
        date::range(&self.data, start, end, all_day)
    }

    /// `tháng 10 năm 2022`; `None` if there is no such month.
    pub fn month(&self, year: i16, month: i8) -> Option<String> {
        date::month(&self.data, year, month)
    }

    /// `năm 2022`.
    pub fn year(&self, year: i16) -> String {
        date::year(&self.data, year)
    }

    pub fn number_style(&self) -> NumberStyle {
        let numbers = self.data.numbers;
        NumberStyle { decimal: numbers.decimal, group: numbers.group }
    }

    /// `1.234.567`.
    pub fn number(&self, number: i64) -> String {
        self.number_style().integer(i128::from(number))
    }

    /// A plain decimal (`1234567.5`) as this language writes it
    /// (`1.234.567,5`); `None` if the text is not one.
    pub fn decimal(&self, plain: &str) -> Option<String> {
        self.number_style().decimal_text(plain)
    }

    /// `15,5 triệu đồng`, in full where that is not exact.
    pub fn money(&self, money: Money) -> String {
        money.format_short(&self.money_style())
    }

    /// `15.500.000 đồng`.
    pub fn money_full(&self, money: Money) -> String {
        money.format_full(&self.money_style())
    }

    pub fn money_style(&self) -> MoneyStyle<'_> {
        let patterns = &self.data.money;
        MoneyStyle {
            number: self.number_style(),
            full: &patterns.full,
            million: &patterns.million,
            billion: &patterns.billion,
        }
    }

    /// `Lan, Hoa và Bình`.
    pub fn list(&self, items: &[&str]) -> String {
        let marks = &self.data.text;
        match items {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [head @ .., last] => {
                format!("{}{}{last}", head.join(&marks.list_separator), marks.list_last)
            }
        }
    }

    /// `“Đường về nhà”`.
    pub fn quoted(&self, text: &str) -> String {
        let [open, close] = &self.data.text.quotes;
        format!("{open}{text}{close}")
    }

    /// Alphabetical order of this language's data locale.
    pub fn collator(&self) -> &Collator {
        &self.collator
    }
}

/// Fills `{name}` in; a name without a value stays as it is.
pub fn format(template: &str, values: &[(&str, &str)]) -> String {
    fill_with(template, |name, out| {
        let value = values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| out.push_str(value)).is_some()
    })
}

/// Fills `{name}` in by a function, which writes the value or says that there is
/// none; values are not looked into again.
pub(super) fn fill_with(template: &str, put: impl Fn(&str, &mut String) -> bool) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = memchr::memchr(b'{', rest.as_bytes()) {
        let (before, braced) = rest.split_at(at);
        out.push_str(before);
        let name = memchr::memchr(b'}', braced.as_bytes()).and_then(|end| braced.get(1..end));
        match name {
            Some(name) if put(name, &mut out) => {
                rest = braced.get(name.len() + 2..).unwrap_or_default();
            }
            _ => {
                out.push('{');
                rest = braced.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The plural categories of a language, looked up once for small numbers.
#[derive(Debug)]
struct Plurals {
    tag: String,
    small: Vec<PluralCategory>,
}

impl Plurals {
    /// Numbers below this are answered from the table.
    const SMALL: u64 = 200;

    fn of(tag: &str) -> Plurals {
        let rules = rules(tag);
        let small = (0..Self::SMALL).map(|n| category(rules.as_ref(), n)).collect();
        Plurals { tag: tag.to_owned(), small }
    }

    fn category(&self, n: u64) -> &'static str {
        let known = usize::try_from(n).ok().and_then(|n| self.small.get(n)).copied();
        match known.unwrap_or_else(|| category(rules(&self.tag).as_ref(), n)) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

/// `None` for what is no language tag; every number is "other" then.
fn rules(tag: &str) -> Option<PluralRules> {
    let tag = Tag::try_from_str(tag).ok()?;
    PluralRules::try_new((&tag).into(), PluralRuleType::Cardinal.into()).ok()
}

fn category(rules: Option<&PluralRules>, n: u64) -> PluralCategory {
    rules.map_or(PluralCategory::Other, |rules| rules.category_for(n))
}
