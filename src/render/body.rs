//! A body's slots filled: links to permalinks, pictures, components.

use std::fmt::Write;

use super::context::Nothing;
use super::features::{CitedView, cited};
use super::html::escape;
use super::view::TableView;
use super::{Context, Held, Reads, pictures};
use crate::base::diag::Diagnostic;
use crate::link::{LangId, Target, Targets, Variant, has_anchor};
use crate::parse::{Arg, Call, Doc, Fragment, Reference, SlotKind};
use crate::plan::site_path;
use crate::theme::{ArgSpec, ArgType};

/// Where the result will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// On a page of the site: rebased paths.
    Page,
    /// In a feed reader: absolute URLs, components in their feed form.
    Feed,
}

/// Fills slots for one page.
pub struct Filler<'a> {
    pub reads: &'a Reads<'a>,
    /// Language of the page that the body stands on.
    pub lang: LangId,
    pub form: Form,
    /// Path of that page below the base, for `#anchors` in feeds.
    pub path: &'a str,
}

impl Filler<'_> {
    /// An entry's body in HTML.
    pub fn entry(&self, doc: &Doc, variant: &Variant) -> Result<String, Diagnostic> {
        self.fragment(&doc.body, &variant.targets)
    }

    /// Any fragment with the targets of its references.
    pub fn fragment(&self, body: &Fragment, targets: &Targets) -> Result<String, Diagnostic> {
        let (targets, inner) = (&targets.own, &targets.inner);
        let none = Targets::default();
        let mut out = String::with_capacity(body.html.len() + body.slots.len() * 64);
        let mut done = 0;
        for slot in &body.slots {
            out.push_str(body.html.get(done..slot.at).unwrap_or_default());
            done = slot.at;
            match slot.what {
                SlotKind::LinkOpen(n) => self.link_open(&mut out, body, targets, n),
                SlotKind::LinkClose(n) => {
                    if self.href(targets.get(n as usize)).is_some() {
                        out.push_str("</a>");
                    }
                }
                SlotKind::Image(n) => {
                    self.image(&mut out, body.refs.get(n as usize), targets.get(n as usize))
                }
                SlotKind::Url(n) => {
                    out.push_str(&escape(&self.href(targets.get(n as usize)).unwrap_or_default()));
                }
                SlotKind::Component(n) => {
                    if let Some(call) = body.calls.get(n as usize) {
                        let targets = inner.get(n as usize).unwrap_or(&none);
                        out.push_str(&self.component(call, targets)?);
                    }
                }
            }
        }
        out.push_str(body.html.get(done..).unwrap_or_default());
        Ok(out)
    }

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
                let element = pictures::element(versions, &url, &reference.alt, &rest);
                return out.push_str(&element);
            }
            // Readers of feeds choose nothing.
            (Some(versions), Form::Feed) => Some(url(&versions.path(&versions.alone()))),
            (None, _) => self.href(target),
        };
        if let Some(src) = src {
            let (src, alt) = (escape(&src), escape(&reference.alt));
            let _ = write!(out, "<img src=\"{src}\" alt=\"{alt}\"{rest}>");
        }
    }

    /// The address that a target has on this page; `None` where the link is to
    /// be plain text.
    pub fn href(&self, target: Option<&Target>) -> Option<String> {
        let reads = self.reads;
        let site = reads.site;
        match target? {
            Target::External(url) => Some(url.clone()),
            Target::Here(anchor) => Some(match self.form {
                Form::Page => format!("#{anchor}"),
                Form::Feed => format!("{}#{anchor}", self.url(self.path)),
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
            Form::Page => self.reads.url(path),
            Form::Feed => self.reads.absolute(path),
        }
    }

    /// A component through its template of this form. One that the theme does
    /// not have was reported by the plan and shows its body alone.
    fn component(&self, call: &Call, targets: &Targets) -> Result<String, Diagnostic> {
        let body = match &call.body {
            Some(body) => self.fragment(body, targets)?,
            None => String::new(),
        };
        let name = &call.name.value;
        let template = match self.form {
            Form::Page => format!("components/{name}.html"),
            Form::Feed => format!("components/{name}.feed.html"),
        };
        let Some(spec) = self.reads.theme.components.get(name) else { return Ok(body) };
        let missing = spec.args.iter().any(|arg| match arg.kind {
            ArgType::Data => self.table(arg, call).is_none(),
            ArgType::Figure => self.figure(arg, call).is_none(),
            _ => false,
        });
        if missing || !self.reads.theme.tera.contains_template(&template) {
            return Ok(body);
        }
        let shell = &self.reads.shells[self.lang];
        let mut context = Context::new();
        context.insert("site", shell.part(self.reads.theme));
        context.insert("t", &shell.strings);
        context.view("body", body);
        for arg in &spec.args {
            let given = call
                .args
                .iter()
                .find(|(key, _)| key.value == arg.name)
                .map(|(_, value)| &value.value);
            self.argument(&mut context, arg, given);
        }
        context.text(self.reads.theme, &template)
    }

    /// The table that a data argument names, if there is one.
    fn table(&self, arg: &ArgSpec, call: &Call) -> Option<&Held<TableView>> {
        let given = call.args.iter().find(|(key, _)| key.value == arg.name);
        match given.map(|(_, value)| &value.value) {
            Some(Arg::Text(file)) => self.reads.tables.get(file),
            _ => None,
        }
    }

    /// The figure that an argument names, if there is one.
    fn figure(&self, arg: &ArgSpec, call: &Call) -> Option<CitedView> {
        let given = call.args.iter().find(|(key, _)| key.value == arg.name);
        match given.map(|(_, value)| &value.value) {
            Some(Arg::Text(id)) => cited(self.reads, id, self.lang),
            _ => None,
        }
    }

    fn argument<'b>(&'b self, context: &mut Context<'b>, arg: &'b ArgSpec, given: Option<&Arg>) {
        let default = arg.default.clone().unwrap_or_default();
        let text = match given {
            Some(Arg::Text(text)) => text.clone(),
            Some(Arg::Number(number)) => number.to_string(),
            Some(Arg::Flag(flag)) => flag.to_string(),
            None => default,
        };
        let name = arg.name.as_str();
        match (&arg.kind, given) {
            (ArgType::Number, Some(Arg::Number(number))) => {
                context.insert(name, Held::new(*number))
            }
            (ArgType::Number, _) => {
                context.insert(name, Held::new(text.parse::<i64>().unwrap_or(0)))
            }
            (ArgType::Flag, Some(Arg::Flag(flag))) => context.insert(name, Held::new(*flag)),
            (ArgType::Flag, _) => context.insert(name, Held::new(text == "true")),
            (ArgType::Data, _) => match self.reads.tables.get(&text) {
                Some(table) => context.insert(name, table),
                None => context.insert(name, Nothing),
            },
            (ArgType::Figure, _) => match cited(self.reads, &text, self.lang) {
                Some(figure) => context.insert(name, Held::new(figure)),
                None => context.insert(name, Nothing),
            },
            (ArgType::List, _) => {
                let lists = &self.reads.plan.theme_lists[self.lang];
                let entries = lists.get(&text).map_or(&[][..], Vec::as_slice);
                context.insert("items", self.reads.cards("lists", entries, self.lang));
                context.insert(name, Held::new(text));
            }
            _ => context.insert(name, Held::new(text)),
        }
    }
}
