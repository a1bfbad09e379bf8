//! Entries as views: the card that lists show, and the whole entry.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

use super::features::recipient;
use super::links::{Links, SharedLink, Tail};
use super::view::{
    CardView, DateView, EntryView, FactView, HeadingView, LanguageView, NamedLink, PersonView,
    PictureView, PlaceView, ReceiptView,
};
use super::{Card, Held, Reads, pictures};
use crate::base::time::Moment;
use crate::i18n::{DateStyle, Locale};
use crate::kinds::{self, Field, Kind};
use crate::link::{self, Entry, EntryId, LangId, Site, TermId, Variant};
use crate::parse::front_matter::Stage;
use crate::parse::{Doc, OPENING};
use crate::plan::{Plan, State};
use crate::text;
use crate::text::money::Money;

/// Longest summary that is made from a body, in characters.
pub const EXCERPT: usize = 200;
const _: () = assert!(EXCERPT + 2 <= OPENING);

/// What a card needs besides the site: it is made before [`Reads`] is whole.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub site: &'a Site,
    pub docs: &'a [Arc<Doc>],
    pub plan: &'a Plan,
    /// How many fragments the theme makes of a card.
    pub fragments: usize,
    pub links: &'a Links,
}

impl<'a> Source<'a> {
    pub fn url(&self, path: &str) -> String {
        self.site.config.base_url.rooted(&crate::base::path::encode_path(path))
    }

    pub fn absolute(&self, path: &str) -> String {
        self.site.config.base_url.absolute(&crate::base::path::encode_path(path))
    }

    fn locale(&self, lang: LangId) -> &'a Locale {
        &self.site.langs[lang].locale
    }

    /// The card of an entry in a language; `None` where it has no page.
    pub fn card(&self, id: EntryId, lang: LangId) -> Option<Card> {
        if !self.plan.has_page(id, lang) {
            return None;
        }
        let (variant, from) = self.site.shown(id, lang)?;
        let view = self.card_view(id, variant, from, lang)?;
        let shown = (0..self.fragments).map(|_| OnceLock::new()).collect();
        Some(Card { held: Held::new(view), shown })
    }

    fn card_view(
        &self,
        id: EntryId,
        variant: &Variant,
        from: LangId,
        lang: LangId,
    ) -> Option<CardView> {
        let site = self.site;
        let entry = &site.entries[id];
        let locale = self.locale(lang);
        let path = site.entry_path(id, lang)?;
        let status = self.state(entry, variant);
        let absolute_url: Arc<str> = self.absolute(&path).into();
        let shared_date = |moment: &Moment| self.links.date((lang, locale), moment);
        Some(CardView {
            id: entry.id.clone(),
            kind: entry.kind.name(),
            kind_label: kind_label(entry.kind, locale),
            genre: entry
                .genre
                .as_ref()
                .map_or_else(String::new, |genre| genre_label(genre, locale)),
            title: variant.title.clone(),
            summary: summary(&self.docs[variant.doc], variant),
            url: Tail::of(&absolute_url, site.config.base_url.origin.len()),
            absolute_url,
            lang: site.langs[from].tag.clone(),
            fallback: from != lang,
            section: self.links.section(entry.section, lang).clone(),
            date: entry.date.as_ref().map(shared_date),
            updated: entry.updated.as_deref().map(shared_date),
            places: self.places(entry, lang),
            units: self.links(entry, link::UNITS, lang),
            topics: self.links(entry, link::TOPICS, lang),
            cover: variant.lead().map(|picture| Box::new(self.picture(picture))),
            featured: entry.featured,
            illustrative: entry.illustrative,
            ai: variant.ai.is_some(),
            draft: entry.draft
                || variant.draft
                || self.plan.states[id] != State::Live
                || self.is_future(entry),
            start: entry.start.as_deref().map(shared_date),
            end: entry.end.as_deref().map(shared_date),
            all_day: flag(&variant.fields, "all_day"),
            status: status.map_or_else(String::new, |(value, _)| value.to_owned()),
            status_label: status.map_or_else(String::new, |(value, string)| {
                choice_label(entry.kind.name(), "status", value, string, locale)
            }),
            place: text_field(&variant.fields, "place"),
            fields: self.first_fields(variant, locale),
        })
    }

    /// What is written, or what the calendar makes of it.
    fn state(&self, entry: &Entry, variant: &Variant) -> Option<kinds::State> {
        let written = || kinds::choice(&variant.fields, "status");
        entry.kind.state(&variant.fields, self.plan.at.0).or_else(written)
    }

    fn is_future(&self, entry: &Entry) -> bool {
        entry.date.as_ref().is_some_and(|date| date.instant > self.plan.at.0)
    }

    /// The short values of a kind, for cards.
    fn first_fields(&self, variant: &Variant, locale: &Locale) -> Map<String, Json> {
        let mut map = Map::new();
        for (key, field) in &variant.fields {
            let value = match &field.value {
                Field::Text(text) => text.clone(),
                Field::Texts(items) => items.first().cloned().unwrap_or_default(),
                Field::Money(money) => locale.money(Money { dong: money.amount }),
                Field::Number(number) => locale.number(*number),
                Field::Moment(moment) => locale.date(moment, DateStyle::Short),
                _ => continue,
            };
            map.insert((*key).to_owned(), Json::String(value));
        }
        map
    }

    fn places(&self, entry: &Entry, lang: LangId) -> Vec<PlaceView> {
        let tag = &self.site.langs[lang].tag;
        let places = entry.places.iter().map(|place| {
            let term = &self.site.taxonomies[link::PLACES].terms[place.term];
            let current = term.display(tag);
            let label = if place.former {
                self.locale(lang)
                    .text("former_place", &[("name", &place.written), ("place", current)])
            } else {
                place.written.clone()
            };
            PlaceView {
                name: place.written.clone(),
                now: if place.former { current.to_owned() } else { String::new() },
                label,
                url: self.term_url(link::PLACES, place.term, lang),
            }
        });
        places.collect()
    }

    /// The URL of a term's page, empty if it has none in this language.
    pub fn term_url(&self, taxonomy: usize, term: TermId, lang: LangId) -> String {
        self.links.term(taxonomy, term, lang).url.clone()
    }

    /// The terms of an entry, by the names that they had on its day.
    pub fn links(&self, entry: &Entry, taxonomy: usize, lang: LangId) -> Vec<SharedLink> {
        let day = entry.date.as_ref().map(|date| date.day());
        let link = |&term: &TermId| {
            let named = &self.site.taxonomies[taxonomy].terms[term];
            let link = self.links.term(taxonomy, term, lang);
            match day.filter(|_| lang == 0).and_then(|day| named.name_on(day)) {
                Some(then) => {
                    SharedLink::new(NamedLink { title: then.to_owned(), ..NamedLink::clone(link) })
                }
                None => link.clone(),
            }
        };
        entry.terms[taxonomy].iter().map(link).collect()
    }

    fn picture(&self, picture: &link::Picture) -> PictureView {
        let media = &self.site.media[picture.media];
        let versions = self.plan.pictures.versions(self.site, picture.media);
        let path = versions.as_ref().map(|versions| versions.path(&versions.alone()));
        let path = path.as_ref().unwrap_or(&media.output);
        PictureView {
            url: self.url(path),
            absolute_url: self.absolute(path),
            classes: pictures::classes(versions.as_ref(), picture.photo.focus),
            sets: versions.map_or_else(Default::default, |versions| {
                pictures::sets(&versions, &|path| self.url(path))
            }),
            alt: picture.photo.alt.clone().unwrap_or_default(),
            caption: picture.photo.caption.clone().unwrap_or_default(),
            credit: picture.photo.credit.clone().unwrap_or_default(),
            stage: match picture.photo.stage {
                Some(Stage::Before) => "before",
                Some(Stage::After) => "after",
                None => "",
            },
            width: media.width,
            height: media.height,
        }
    }
}

impl<'a> Reads<'a> {
    pub fn source(&self) -> Source<'a> {
        let fragments = self.theme.fragments.cards.len();
        Source {
            site: self.site,
            docs: self.docs,
            plan: self.plan,
            fragments,
            links: &self.views.links,
        }
    }

    /// Everything an entry's own page shows of it.
    pub fn entry_view(&self, id: EntryId, lang: LangId) -> Option<EntryView> {
        let site = self.site;
        let (variant, from) = site.shown(id, lang)?;
        let entry = &site.entries[id];
        let doc = &self.docs[variant.doc];
        let source = self.source();
        let words = doc.words;
        // What is dear to make is made for themes that show it.
        let asked = |field| self.names.of_variable("entry").has_field(field);
        let heard = |part: &dyn Fn(&link::Audio) -> String| {
            variant.audio.as_deref().map_or_else(String::new, part)
        };
        Some(EntryView {
            summary: variant.summary.clone(),
            headings: headings(doc),
            words,
            minutes: text::reading_minutes(words),
            authors: source.links(entry, link::AUTHORS, lang),
            source: entry.source.as_ref().map(|(name, url)| NamedLink {
                id: String::new(),
                title: name.clone(),
                url: url.clone(),
            }),
            tags: source.links(entry, link::TAGS, lang),
            areas: source.links(entry, link::AREAS, lang),
            audience: source.links(entry, link::AUDIENCE, lang),
            programmes: source.links(entry, link::PROGRAMMES, lang),
            cover: cover(source, variant),
            photos: photos(source, variant),
            people: people(entry),
            audio: heard(&|audio| self.url(&site.media[audio.media].output)),
            audio_caption: heard(&|audio| audio.sound.caption.clone().unwrap_or_default()),
            audio_credit: heard(&|audio| audio.sound.credit.clone().unwrap_or_default()),
            ai_note: ai_note(variant, &site.langs[lang].locale),
            facts: if asked("facts") { self.facts(entry, variant, lang) } else { Vec::new() },
            original: (from != lang).then(|| LanguageView {
                tag: site.langs[from].tag.clone(),
                name: site.langs[from].name.clone(),
                url: self.url(&variant.path),
            }),
            hashtags: super::features::hashtags(self, id, lang),
            kit: super::features::kit_url(self, id, lang),
            short: super::features::short_url(self, id, lang),
            extra: variant.extra.as_ref().map_or(Json::Null, crate::theme::json),
        })
    }

    fn facts(&self, entry: &Entry, variant: &Variant, lang: LangId) -> Vec<FactView> {
        let state = self.source().state(entry, variant);
        let state = state.map(|(value, string)| Field::Choice { value, string });
        let fact = |key, field| self.fact(entry, variant, lang, key, field);
        let fields = variant.fields.iter().map(|(key, field)| match (&state, *key) {
            (Some(state), "status") => fact(key, state),
            (_, key) => fact(key, &field.value),
        });
        // A state that nobody wrote stands first.
        let written = variant.fields.iter().any(|(key, _)| *key == "status");
        let own = state.as_ref().filter(|_| !written).map(|state| fact("status", state));
        own.into_iter().chain(fields).flatten().collect()
    }

    /// One value of a kind with its label; a flag that is off is left out.
    fn fact(
        &self,
        entry: &Entry,
        variant: &Variant,
        lang: LangId,
        key: &str,
        field: &Field,
    ) -> Option<FactView> {
        let locale = &self.site.langs[lang].locale;
        let mut fact = FactView {
            key: key.to_owned(),
            label: field_label(entry.kind.name(), key, locale),
            ..FactView::default()
        };
        fact.shape = match field {
            Field::Text(text) => {
                fact.value = text.clone();
                "text"
            }
            Field::Texts(names) if (entry.kind.name(), key) == ("award", "recipients") => {
                fact.links = names.iter().map(|name| recipient(self, name, lang)).collect();
                "texts"
            }
            Field::Texts(items) => {
                fact.items = items.clone();
                "texts"
            }
            Field::Moment(moment) => {
                fact.value = locale.date(moment, DateStyle::Full);
                fact.date = Some(date_view(locale, moment));
                "date"
            }
            Field::Flag(false) => return None,
            Field::Flag(true) => "flag",
            Field::Number(number) => {
                fact.value = locale.number(*number);
                "number"
            }
            Field::Money(money) => {
                sum(&mut fact, money, locale);
                fact.share = share(variant, key, money.amount);
                "money"
            }
            Field::Choice { value, string } => {
                fact.value = choice_label(entry.kind.name(), key, value, string, locale);
                fact.choice = (*value).to_owned();
                "choice"
            }
            Field::Receipts(receipts) => {
                fact.receipts = receipts.iter().map(|of| receipt(of, locale)).collect();
                "receipts"
            }
            Field::Entries(_) => {
                fact.links = self.linked(variant, key, lang);
                "entries"
            }
            Field::Files(_) => {
                fact.links = self.files(variant, key);
                "files"
            }
        }
        .to_owned();
        let empty = matches!(fact.shape.as_str(), "entries" | "files") && fact.links.is_empty();
        (!empty).then_some(fact)
    }

    fn linked(&self, variant: &Variant, key: &str, lang: LangId) -> Vec<NamedLink> {
        let ids = variant.linked.iter().filter(|(name, _)| *name == key).flat_map(|(_, ids)| ids);
        let card = |&id: &EntryId| {
            let card =
                self.card(id, lang).or_else(|| self.card(id, self.site.entries[id].original))?;
            Some(NamedLink::of(&card.view))
        };
        ids.filter_map(card).collect()
    }

    fn files(&self, variant: &Variant, key: &str) -> Vec<NamedLink> {
        let ids = variant.files.iter().filter(|(name, _)| *name == key).flat_map(|(_, ids)| ids);
        let file = |&id: &usize| {
            let media = &self.site.media[id];
            let name = media.source.rsplit('/').next().unwrap_or_default();
            NamedLink { id: String::new(), title: name.to_owned(), url: self.url(&media.output) }
        };
        ids.map(file).collect()
    }
}

/// A sum of money with where it comes from.
fn sum(fact: &mut FactView, money: &kinds::MoneyField, locale: &Locale) {
    fact.value = locale.money(Money { dong: money.amount });
    fact.source = money.source.clone().unwrap_or_default();
    let as_of = money.as_of.as_ref();
    fact.as_of = as_of.map_or_else(String::new, |day| locale.date(day, DateStyle::Short));
}

/// How far what was received is towards its goal, in thousandths.
fn share(variant: &Variant, key: &str, received: i64) -> i64 {
    let goal = variant.fields.iter().find(|(name, _)| *name == "goal" && key == "received");
    match goal.map(|(_, field)| &field.value) {
        Some(Field::Money(goal)) if goal.amount > 0 => {
            (received.saturating_mul(1000) / goal.amount).clamp(0, 1000)
        }
        _ => 0,
    }
}

fn receipt(of: &kinds::Receipt, locale: &Locale) -> ReceiptView {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let amount = of.amount.map(|dong| locale.money_full(Money { dong }));
    ReceiptView {
        date: date_view(locale, &of.day),
        from: text(&of.from),
        amount: amount.unwrap_or_default(),
        quantity: text(&of.quantity),
        source: text(&of.source),
    }
}

/// Everything of an entry's own that its body refers to.
fn in_body(variant: &Variant) -> Vec<link::MediaTarget> {
    let mut shown = Vec::new();
    variant.targets.each(&mut |target| {
        if let link::Target::Media(id) = target {
            shown.push(*id);
        }
    });
    shown
}

/// The picture above an entry: its cover, else the first of its photos that
/// the body does not show.
fn cover(source: Source<'_>, variant: &Variant) -> Option<PictureView> {
    let named = || variant.lead().filter(|lead| !in_body(variant).contains(&lead.media));
    variant.cover.as_deref().or_else(named).map(|picture| source.picture(picture))
}

/// The photos that the body does not show already.
fn photos(source: Source<'_>, variant: &Variant) -> Vec<PictureView> {
    let shown = in_body(variant);
    let rest = variant.photos.iter().filter(|picture| !shown.contains(&picture.media));
    rest.map(|picture| source.picture(picture)).collect()
}

/// A moment in a language.
pub fn date_view(locale: &Locale, moment: &Moment) -> DateView {
    let local = moment.local;
    DateView {
        iso: if moment.has_time { moment.rfc3339() } else { local.date().to_string() },
        full: locale.date(moment, DateStyle::Full),
        short: locale.date(moment, DateStyle::Short),
        long: locale.date(moment, DateStyle::Long),
        time: if moment.has_time { locale.date(moment, DateStyle::Time) } else { String::new() },
        year: local.year(),
        month: local.month(),
        day: local.day(),
    }
}

/// The author's summary, else the beginning of the body.
pub fn summary(doc: &Doc, variant: &Variant) -> Arc<str> {
    if !variant.summary.is_empty() {
        return Arc::clone(&variant.summary);
    }
    match &doc.lead {
        Some(head) => text::excerpt(&plain(head), EXCERPT).into(),
        None => text::excerpt(&doc.opening, EXCERPT).into(),
    }
}

/// The words of HTML that Rust wrote itself.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn headings(doc: &crate::parse::Doc) -> Vec<HeadingView> {
    let headings = doc.body.headings.iter();
    headings
        .map(|h| HeadingView { level: h.level, id: h.id.to_owned(), text: h.text.to_owned() })
        .collect()
}

fn people(entry: &Entry) -> Vec<PersonView> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let people = entry.people.iter().map(|person| PersonView {
        name: person.name.value.clone(),
        born: year(person.born.as_deref()),
        role: text(&person.role),
        home: text(&person.home),
    });
    people.collect()
}

/// The year of a birth date: the day is nobody's business.
fn year(born: Option<&str>) -> String {
    let born = born.unwrap_or_default();
    let digits = born.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    digits.map_or_else(String::new, str::to_owned)
}

/// The author's words, or the standard sentence for a bare `ai: true`.
fn ai_note(variant: &Variant, locale: &Locale) -> String {
    match variant.ai.as_deref() {
        None => String::new(),
        Some("" | "true") => locale.string("ai_note").to_owned(),
        Some(words) => words.to_owned(),
    }
}

pub fn kind_label(kind: &dyn Kind, locale: &Locale) -> String {
    let name = kind.name();
    let (vi, en) = kind.label();
    let own = if locale.data_locale.split('-').next() == Some("vi") { vi } else { en };
    named(locale, &[&["kind_", name].concat()]).unwrap_or_else(|| own.to_owned())
}

/// `phong-su` -> the string `genre_phong_su`, else as written.
fn genre_label(genre: &str, locale: &Locale) -> String {
    named(locale, &[&format!("genre_{}", genre.replace('-', "_"))])
        .unwrap_or_else(|| genre.to_owned())
}

pub(super) fn field_label(kind: &str, key: &str, locale: &Locale) -> String {
    named(locale, &[&format!("{kind}_{key}"), &format!("field_{key}"), key])
        .unwrap_or_else(|| key.to_owned())
}

fn choice_label(kind: &str, key: &str, value: &str, string: &str, locale: &Locale) -> String {
    named(locale, &[&format!("{kind}_{key}_{value}"), string]).unwrap_or_else(|| value.to_owned())
}

/// The first of some interface strings that there is.
fn named(locale: &Locale, keys: &[&str]) -> Option<String> {
    keys.iter().find(|key| locale.has(key)).map(|key| locale.string(key).to_owned())
}

fn flag(fields: &crate::kinds::Fields, key: &str) -> bool {
    fields.iter().any(|(name, field)| *name == key && field.value == Field::Flag(true))
}

fn text_field(fields: &crate::kinds::Fields, key: &str) -> String {
    let found = fields.iter().find(|(name, _)| *name == key);
    match found.map(|(_, field)| &field.value) {
        Some(Field::Text(text)) => text.clone(),
        _ => String::new(),
    }
}
