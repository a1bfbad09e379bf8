//! Entries to be read aloud over a loudspeaker: plain text, how long it takes,
//! and in Vietnamese the numbers as they are said.

use serde::Serialize;
use tera::Value;

use super::outlets::notes;
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::hash::{Key, KeyBuilder};
use crate::i18n::DateStyle;
use crate::link::{EntryId, LangId};
use crate::render::body::{Filled, Filler, Form, Plain};
use crate::render::context::{Empty, Fields, Part};
use crate::render::{Own, Reads};
use crate::text;
use crate::theme::Names;

/// Syllables that a loudspeaker's reader says in a minute.
const PACE: usize = 150;

/// An entry to be read aloud: all that its text is made from.
pub struct Script<'a> {
    head: ScriptHead,
    body: Plain<'a>,
    theme: Key,
    locale: &'a crate::i18n::Locale,
}

#[derive(Serialize)]
struct ScriptHead {
    /// Before the text, not to be read.
    notes: Vec<String>,
    title: String,
    summary: String,
    /// At the end: who says so.
    source: String,
    /// Whether numbers are put into words.
    spoken: bool,
}

pub fn script<'a>(reads: &'a Reads<'a>, id: EntryId, lang: LangId) -> Option<Script<'a>> {
    let site = reads.site;
    let locale = &site.langs[lang].locale;
    let card = &reads.card(id, lang)?.view;
    let authors = reads.source().links(&site.entries[id], crate::link::AUTHORS, lang);
    let (variant, _) = site.shown(id, lang)?;
    let filler = Filler { reads, lang, form: Form::Plain, variant: Some(variant) };
    let mut notes = notes(reads, card, lang);
    notes.push(super::outlets::address(reads, id, card, lang));
    let mut names: Vec<&str> = authors.iter().map(|link| link.title.as_str()).collect();
    names.extend(card.units.iter().map(|link| link.title.as_str()));
    names.push(&reads.shells[lang].site.view.title);
    let date = site.entries[id].date.as_ref();
    let date = date.map(|date| locale.date(date, DateStyle::Long)).unwrap_or_default();
    let said = [("names", names.join(", ")), ("date", date)];
    let said = said.each_ref().map(|(name, text)| (*name, text.as_str()));
    let head = ScriptHead {
        notes,
        title: card.title.to_string(),
        summary: card.summary.to_string(),
        source: locale.text("script_source", &said),
        spoken: card.lang == "vi" || card.lang.starts_with("vi-"),
    };
    let body = Plain(Filled::of(filler, &reads.docs[variant.doc], &variant.targets));
    Some(Script { head, body, theme: reads.theme.fingerprint, locale })
}

impl Script<'_> {
    /// The lines that are not read, and those that are.
    pub fn parts(&self) -> Result<(String, String), Diagnostic> {
        let ScriptHead { notes, title, summary, source, spoken } = &self.head;
        let body = self.body.text()?;
        // An address says nothing to an ear.
        let heard = |text: &str| -> String {
            let words = text.split_whitespace().filter(|word| !word.contains("://"));
            words.collect::<Vec<_>>().join(" ")
        };
        let parts = [title, summary].into_iter().map(String::as_str).chain(body.split("\n\n"));
        let parts = parts.chain([source.as_str()]).map(heard).filter(|part| !part.is_empty());
        let text = parts.collect::<Vec<_>>().join("\n\n");
        let text = if *spoken { text::spoken(&text) } else { text };
        let words = text.split_whitespace().count();
        // To ten seconds, upwards.
        let seconds = (words * 60).div_ceil(PACE).div_ceil(10) * 10;
        let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
        let values = [("m", minutes.as_str()), ("s", &rest), ("n", &PACE.to_string())];
        let length = self.locale.text("script_length", &values);
        let mut before = vec![format!("[{}]", self.locale.string("script")), format!("[{length}]")];
        before.extend(notes.iter().cloned());
        Ok((before.join("\n"), text))
    }
}

impl Part for Script<'_> {
    fn key(&self, names: &Names) -> Key {
        let mut key = KeyBuilder::new("script");
        key.put_key(digest(&self.head)).put_key(self.body.key(names)).put_key(self.theme);
        for string in ["script", "script_length"] {
            key.put_str(self.locale.string(string));
        }
        key.finish()
    }

    fn value(&self, names: &Names) -> Result<Value, Diagnostic> {
        let (before, text) = self.parts()?;
        let (before, text) = (Own(before), Own(text));
        let fields: Vec<(std::borrow::Cow<'_, str>, Box<dyn Part + '_>)> =
            vec![("before".into(), Box::new(before)), ("text".into(), Box::new(text))];
        Fields { over: Box::new(Empty), fields }.value(names)
    }
}
