//! A body's slots filled: links to permalinks, pictures, components.
//!
//! What a page's key needs to know of a body is cheap: the key of its HTML and
//! what fills its slots. The HTML itself is asked for when the page is rendered.

use std::cell::Cell;
use std::fmt::Write;

use tera::Value;

use super::context::{Nothing, Part};
use super::features::{CitedView, PartsView, cited, column_latest, milestones, parts};
use super::view::TableView;
use super::{Context, Held, Own, Reads, pictures, plain};
use crate::base::diag::{Diagnostic, Span};
use crate::base::hash::{Key, KeyBuilder};
use crate::base::html::escape;
use crate::bi;
use crate::link::{EntryId, LangId, Target, Targets, Variant, has_anchor};
use crate::parse::{Arg, Call, Doc, Fragment, LOST_BODY, Reference, SlotKind};
use crate::plan::column::Slot;
use crate::plan::gifts::Breakdown;
use crate::plan::site_path;
use crate::theme::{ArgSpec, ArgType, Names};

/// Where the result will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// On a page of the site: rebased paths.
    Page,
    /// In a feed reader, as the text of that entry: absolute URLs, components
    /// in their feed form.
    Feed(EntryId),
    /// As text alone, of which `plain` takes what is not for the eye.
    Plain,
}

/// Fills slots for one page.
#[derive(Clone, Copy)]
pub struct Filler<'a> {
    pub reads: &'a Reads<'a>,
    /// Language of the page that the body stands on.
    pub lang: LangId,
    pub form: Form,
    /// What speaks for the pictures of the body: its entry in that language.
    pub variant: Option<&'a Variant>,
}

/// A body on one page: a part whose key needs none of its HTML.
#[derive(Clone, Copy)]
pub struct Filled<'a> {
    filler: Filler<'a>,
    body: &'a Fragment,
    html: Source<'a>,
    targets: &'a Targets,
}

/// Where a fragment's own HTML is.
#[derive(Clone, Copy)]
enum Source<'a> {
    Doc(&'a Doc),
    Here(&'a str),
}

thread_local! {
    /// Where bodies are written, as long as the longest so far.
    static ROOM: Cell<String> = const { Cell::new(String::new()) };
}

/// What fills the slots of a body without references.
static NO_TARGETS: Targets = Targets { own: Vec::new(), inner: Vec::new() };

impl<'a> Filled<'a> {
    /// The body of a document with the targets of its references.
    pub fn of(filler: Filler<'a>, doc: &'a Doc, targets: &'a Targets) -> Filled<'a> {
        Filled { filler, body: &doc.body, html: Source::Doc(doc), targets }
    }

    /// Between the fences of a component.
    fn inner(filler: Filler<'a>, body: &'a Fragment, targets: &'a Targets) -> Filled<'a> {
        Filled { filler, body, html: Source::Here(&body.html), targets }
    }

    /// The whole HTML.
    pub fn text(&self) -> Result<String, Diagnostic> {
        let mut out = String::new();
        self.write(&mut out)?;
        Ok(out)
    }

    fn write(&self, out: &mut String) -> Result<(), Diagnostic> {
        match self.html {
            Source::Doc(doc) => {
                doc.html.with(|html| self.fill(html, out)).ok_or_else(|| lost(doc))?
            }
            Source::Here(html) => self.fill(html, out),
        }
    }

    /// Writes the HTML with what its slots are filled with.
    fn fill(&self, html: &str, out: &mut String) -> Result<(), Diagnostic> {
        out.reserve(html.len() + self.body.slots.len() * 64);
        let mut done = 0;
        for slot in &self.body.slots {
            out.push_str(html.get(done..slot.at).unwrap_or_default());
            done = slot.at;
            match slot.what {
                SlotKind::Component(n) => {
                    if let Some((call, targets)) = self.call(n) {
                        out.push_str(&self.filler.component(call, targets)?);
                    }
                }
                what => self.plain(out, what),
            }
        }
        out.push_str(html.get(done..).unwrap_or_default());
        Ok(())
    }

    /// What fills a slot that is no component.
    fn plain(&self, out: &mut String, slot: SlotKind) {
        let (filler, body, targets) = (&self.filler, self.body, &self.targets.own);
        match slot {
            SlotKind::LinkOpen(n) => filler.link_open(out, body, targets, n),
            SlotKind::LinkClose(n) => {
                if filler.href(targets.get(n as usize)).is_some() {
                    out.push_str("</a>");
                }
            }
            SlotKind::Image(n) => {
                filler.image(out, body.refs.get(n as usize), targets.get(n as usize))
            }
            SlotKind::Credit(n) => {
                filler.credit(out, body.refs.get(n as usize), targets.get(n as usize));
            }
            SlotKind::Url(n) => {
                out.push_str(&escape(&filler.href(targets.get(n as usize)).unwrap_or_default()));
            }
            SlotKind::Component(_) => {}
        }
    }

    fn call(&self, n: u32) -> Option<(&'a Call, &'a Targets)> {
        let call = self.body.calls.get(n as usize)?;
        Some((call, self.targets.inner.get(n as usize).unwrap_or(&NO_TARGETS)))
    }
}

impl Part for Filled<'_> {
    fn key(&self, names: &Names) -> Key {
        let html = match self.html {
            Source::Doc(doc) => doc.html.key(),
            Source::Here(html) => Key::of(html.as_bytes()),
        };
        if self.body.slots.is_empty() {
            return html;
        }
        let (mut key, mut filled) = (KeyBuilder::new("body"), String::new());
        key.put_key(html);
        for slot in &self.body.slots {
            key.put_num(slot.at as u64);
            match slot.what {
                SlotKind::Component(n) => {
                    if let Some((call, targets)) = self.call(n) {
                        key.put_key(self.filler.component_key(call, targets, names));
                    }
                }
                what => {
                    filled.clear();
                    self.plain(&mut filled, what);
                    key.put_str(&filled);
                }
            }
        }
        key.finish()
    }

    /// HTML that is safe as it is: a template need not say so.
    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        // The value is a copy: what is written before need not be room of its own.
        let mut room = ROOM.take();
        room.clear();
        self.write(&mut room)?;
        let value = Value::safe_string(&room);
        ROOM.set(room);
        Ok(value)
    }
}

/// A body without its HTML.
pub struct Plain<'a>(pub Filled<'a>);

impl Plain<'_> {
    pub fn text(&self) -> Result<String, Diagnostic> {
        Ok(plain::text(&self.0.text()?))
    }
}

impl Part for Plain<'_> {
    fn key(&self, names: &Names) -> Key {
        self.0.key(names)
    }

    fn value(&self, _: &Names) -> Result<Value, Diagnostic> {
        Ok(Value::from(self.text()?))
    }
}

/// The lines of a text as paragraphs.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>\n", escape(line))).collect()
}

fn lost(doc: &Doc) -> Diagnostic {
    let path = &doc.path;
    let message =
        bi!("`{path}` đổi trong khi dựng trang", "`{path}` changed while the site was built");
    let help = bi!("chạy lại lệnh", "run the command again");
    Diagnostic::new(&LOST_BODY, message).at(Span::file(path)).help(help)
}

impl<'a> Filler<'a> {
    fn link_open(&self, out: &mut String, body: &Fragment, targets: &[Target], n: u32) {
        let target = targets.get(n as usize);
        let Some(href) = self.href(target) else { return };
        let _ = write!(out, "<a href=\"{}\"", escape(&href));
        if let Some(Target::Entry { entry, .. }) = target
            && !self.reads.plan.has_page(*entry, self.lang)
        {
            let original = self.reads.site.entries[*entry].original;
            let _ = write!(out, " hreflang=\"{}\"", escape(&self.reads.site.langs[original].tag));
        }
        if let Some(Target::External(url)) = target
            && url.starts_with("http")
        {
            out.push_str(" rel=\"noopener\"");
        }
        let title = body.refs.get(n as usize).map_or("", |reference| reference.title.as_str());
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", escape(title));
        }
        out.push('>');
    }

    fn image(&self, out: &mut String, reference: Option<&Reference>, target: Option<&Target>) {
        let Some(reference) = reference else { return };
        let (site, mut rest, mut versions) = (self.reads.site, String::new(), None);
        if let Some(Target::Media(id)) = target {
            let media = &site.media[*id];
            if media.width > 0 && media.height > 0 {
                let _ = write!(rest, " width=\"{}\" height=\"{}\"", media.width, media.height);
            }
            versions = self.reads.plan.pictures.versions(site, *id);
        }
        rest.push_str(" loading=\"lazy\" decoding=\"async\"");
        let url = |path: &str| self.url(path);
        let src = match (&versions, self.form) {
            (Some(versions), Form::Page) => {
                let classes = pictures::classes(Some(versions), None);
                if !classes.is_empty() {
                    let _ = write!(rest, " class=\"{classes}\"");
                }
                let element = pictures::element(versions, &url, &reference.alt, &rest);
                return out.push_str(&element);
            }
            // Readers of feeds choose nothing.
            (Some(versions), Form::Feed(_) | Form::Plain) => {
                Some(url(&versions.path(&versions.alone())))
            }
            (None, _) => self.href(target),
        };
        if let Some(src) = src {
            let (src, alt) = (escape(&src), escape(&reference.alt));
            let _ = write!(out, "<img src=\"{src}\" alt=\"{alt}\"{rest}>");
        }
    }

    /// Who took a photo, as its entry's front matter says: behind the title
    /// within the caption, else as the caption.
    fn credit(&self, out: &mut String, reference: Option<&Reference>, target: Option<&Target>) {
        let (Some(reference), Some(Target::Media(media))) = (reference, target) else { return };
        let Some(name) = self.variant.and_then(|variant| variant.credit(*media)) else { return };
        let site = self.reads.site;
        let text = site.langs[self.lang].locale.text("photo_credit", &[("name", name)]);
        let view = &self.reads.shells[self.lang].site.view;
        let borrowed = Some(&view.strings_lang).filter(|tag| !tag.is_empty() && **tag != view.lang);
        let lang = borrowed.map_or_else(String::new, |tag| format!(" lang=\"{}\"", escape(tag)));
        let credit = format!("<span class=\"credit\"{lang}>{}</span>", escape(&text));
        let _ = match reference.title.trim() {
            "" => write!(out, "<figcaption>{credit}</figcaption>"),
            _ => write!(out, " — {credit}"),
        };
    }

    /// The address that a target has on this page; `None` where the link is to
    /// be plain text.
    pub fn href(&self, target: Option<&Target>) -> Option<String> {
        let reads = self.reads;
        let site = reads.site;
        match target? {
            Target::External(url) => Some(url.clone()),
            Target::Here(anchor) => Some(match self.form {
                Form::Page | Form::Plain => format!("#{anchor}"),
                Form::Feed(id) => {
                    self.with_anchor(&site.entry_path(id, self.lang).unwrap_or_default(), anchor)
                }
            }),
            Target::Entry { entry, anchor } => {
                let lang = [self.lang, site.entries[*entry].original];
                let lang = lang.into_iter().find(|&lang| reads.plan.has_page(*entry, lang))?;
                // The version that this language shows may have other headings.
                let (variant, _) = site.shown(*entry, lang)?;
                let there = has_anchor(&reads.docs[variant.doc].body, anchor);
                let anchor = if there { anchor.as_str() } else { "" };
                Some(self.with_anchor(&site.entry_path(*entry, lang)?, anchor))
            }
            Target::Section { section, anchor } => {
                let paths = &site.sections[*section].paths;
                let mut langs = std::iter::once(self.lang).chain(0..paths.len());
                let exists = |path: &String| reads.plan.exists(&format!("{path}index.html"));
                let lang = langs.find(|&lang| exists(&paths[lang]))?;
                let body = site.sections[*section].docs[lang].map(|id| &reads.docs[id].body);
                let there = body.is_some_and(|body| has_anchor(body, anchor));
                Some(self.with_anchor(&paths[lang], if there { anchor } else { "" }))
            }
            Target::Media(media) => Some(self.url(&site.media[*media].output)),
            Target::Site { path, .. } => {
                let found = site_path(reads.plan, path)?;
                let dir = found.strip_suffix("index.html").unwrap_or(&found);
                let rest = path.find(['?', '#']).map_or("", |at| &path[at..]);
                Some(format!("{}{rest}", self.url(dir)))
            }
            Target::Broken => None,
        }
    }

    fn with_anchor(&self, path: &str, anchor: &str) -> String {
        let url = self.url(path);
        if anchor.is_empty() { url } else { format!("{url}#{anchor}") }
    }

    fn url(&self, path: &str) -> String {
        match self.form {
            Form::Page | Form::Plain => self.reads.url(path),
            Form::Feed(_) => self.reads.absolute(path),
        }
    }

    /// A component through its template of this form. One that the theme does
    /// not have was reported by the plan and shows its body alone.
    fn component(&self, call: &'a Call, targets: &'a Targets) -> Result<String, Diagnostic> {
        match self.called(call, targets) {
            Some((template, context)) => {
                let text = context.text(self.reads.theme, &template)?;
                Ok(if self.form == Form::Plain { paragraphs(&text) } else { text })
            }
            None => self.inner(call, targets).map_or(Ok(String::new()), |body| body.text()),
        }
    }

    /// What the output of a component is made from.
    fn component_key(&self, call: &'a Call, targets: &'a Targets, names: &Names) -> Key {
        match self.called(call, targets) {
            Some((template, context)) => context.key().put_str(&template).finish(),
            None => self.inner(call, targets).map_or(Key::default(), |body| body.key(names)),
        }
    }

    fn inner(&self, call: &'a Call, targets: &'a Targets) -> Option<Filled<'a>> {
        Some(Filled::inner(*self, call.body.as_ref()?, targets))
    }

    /// The template of a component and what it is given; `None` where its body
    /// alone is shown.
    fn called(&self, call: &'a Call, targets: &'a Targets) -> Option<(String, Context<'a>)> {
        let name = &call.name.value;
        let template = match self.form {
            Form::Page => format!("components/{name}.html"),
            Form::Feed(_) => format!("components/{name}.feed.html"),
            Form::Plain => format!("components/{name}.txt"),
        };
        let spec = self.reads.theme.components.get(name)?;
        let missing = spec.args.iter().any(|arg| match arg.kind {
            ArgType::Data => self.form == Form::Plain || self.table(arg, call).is_none(),
            ArgType::Figure => self.figure(arg, call).is_none(),
            // Lists and films are nothing to read aloud.
            ArgType::List | ArgType::Slot | ArgType::Years | ArgType::Url => {
                self.form == Form::Plain
            }
            _ => false,
        });
        if missing || !self.reads.theme.tera.contains_template(&template) {
            return None;
        }
        let shell = &self.reads.shells[self.lang];
        let mut context = Context::new(&self.reads.names);
        context.insert("site", shell.part(self.reads));
        context.insert("t", &shell.strings);
        match self.inner(call, targets) {
            Some(body) if self.form == Form::Plain => context.insert("body", Plain(body)),
            Some(body) => context.insert("body", body),
            None => context.insert("body", Own("")),
        }
        for arg in &spec.args {
            let given = call
                .args
                .iter()
                .find(|(key, _)| key.value == arg.name)
                .map(|(_, value)| &value.value);
            self.argument(&mut context, arg, given);
        }
        if let Some(by) = spec.args.iter().find(|arg| arg.kind == ArgType::By) {
            context.insert("parts", Own(self.parts(by, &spec.args, call)));
        }
        Some((template, context))
    }

    /// The table that a data argument names, if there is one.
    fn table(&self, arg: &ArgSpec, call: &Call) -> Option<&'a Held<TableView>> {
        let given = call.args.iter().find(|(key, _)| key.value == arg.name);
        match given.map(|(_, value)| &value.value) {
            Some(Arg::Text(file)) => self.reads.tables.get(file),
            _ => None,
        }
    }

    /// The parts of the call's figure.
    fn parts(&self, by: &ArgSpec, args: &[ArgSpec], call: &Call) -> Option<PartsView> {
        let figure = args.iter().find(|arg| arg.kind == ArgType::Figure)?;
        let figure = text_of(figure, call)?;
        parts(self.reads, figure, Breakdown::named(text_of(by, call)?)?, self.lang)
    }

    /// The figure that an argument names, if there is one.
    fn figure(&self, arg: &ArgSpec, call: &Call) -> Option<CitedView> {
        let given = call.args.iter().find(|(key, _)| key.value == arg.name);
        match given.map(|(_, value)| &value.value) {
            Some(Arg::Text(id)) => cited(self.reads, id, self.lang),
            _ => None,
        }
    }

    fn argument(&self, context: &mut Context<'a>, arg: &'a ArgSpec, given: Option<&Arg>) {
        let default = arg.default.clone().unwrap_or_default();
        let text = match given {
            Some(Arg::Text(text)) => text.clone(),
            Some(Arg::Number(number)) => number.to_string(),
            Some(Arg::Flag(flag)) => flag.to_string(),
            None => default,
        };
        let name = arg.name.clone();
        match (&arg.kind, given) {
            (ArgType::Number, Some(Arg::Number(number))) => context.insert(name, Own(*number)),
            (ArgType::Number, _) => context.insert(name, Own(text.parse::<i64>().unwrap_or(0))),
            (ArgType::Flag, Some(Arg::Flag(flag))) => context.insert(name, Own(*flag)),
            (ArgType::Flag, _) => context.insert(name, Own(text == "true")),
            (ArgType::Data, _) => match self.reads.tables.get(&text) {
                Some(table) => context.insert(name, table),
                None => context.insert(name, Nothing),
            },
            (ArgType::Figure, _) => match cited(self.reads, &text, self.lang) {
                Some(figure) => context.insert(name, Own(figure)),
                None => context.insert(name, Nothing),
            },
            (ArgType::Years, _) => {
                let years = milestones(self.reads, &text, self.lang);
                context.insert("milestones", Own(years));
                context.insert(name, Own(text));
            }
            (ArgType::Slot, _) => {
                let slot = Slot::named(&text);
                let latest = slot.map(|slot| column_latest(self.reads, slot, self.lang));
                let (entries, latest) = latest.unwrap_or_default();
                context.insert("items", self.reads.cards("lists", &entries, self.lang));
                context.insert("latest", Own(latest));
                context.insert(name, Own(text));
            }
            (ArgType::List, _) => {
                let lists = &self.reads.plan.theme_lists[self.lang];
                let entries = lists.get(&text).map_or(&[][..], Vec::as_slice);
                context.insert("items", self.reads.cards("lists", entries, self.lang));
                context.insert(name, Own(text));
            }
            _ => context.insert(name, Own(text)),
        }
    }
}

/// What an argument says, or its default.
fn text_of<'t>(arg: &'t ArgSpec, call: &'t Call) -> Option<&'t str> {
    let given = call.args.iter().find(|(key, _)| key.value == arg.name);
    match given.map(|(_, value)| &value.value) {
        Some(Arg::Text(text)) => Some(text),
        _ => arg.default.as_deref(),
    }
}
