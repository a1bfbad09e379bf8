//! What visible pages refer to: files to publish, and references that only
//! the whole plan can judge.

use std::sync::Arc;

use super::column::{Slot, Takes};
use super::features::timeline::years;
use super::features::unknown_names;
use super::gifts::Breakdown;
use super::rules::{BAD_ARGUMENT, BAD_BODY, DEAD_PATH, UNKNOWN_COMPONENT, UNKNOWN_MENU};
use super::{CardOf, Page, Plan, State, What};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Severity, Span};
use crate::bi;
use crate::config::MenuTarget;
use crate::data::DataFile;
use crate::link::{DEAD_ANCHOR, HIDDEN_LINK};
use crate::link::{
    Entry, EntryId, LangId, MediaTarget, Site, TAXONOMIES, Target, Targets, Variant, has_anchor,
};
use crate::parse::{Arg, Call, Doc, Fragment, RefKind, Reference};
use crate::text;
use crate::theme::{ArgSpec, ArgType, BodyRule, Theme};

/// How something visible uses a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// As a picture in a text or a gallery.
    Content,
    /// As the lead picture and in lists; if `shared`, also cut around this
    /// point for networks.
    Cover { focus: Option<(u16, u16)>, shared: bool },
    /// Linked, played, or by HTML of an author's own.
    File,
}

/// Calls `publish` with every file that a visible entry or section refers to.
pub(super) fn media(site: &Site, plan: &Plan, publish: &mut dyn FnMut(MediaTarget, Use)) {
    for (id, variant, lang) in visible(site, plan) {
        shown(&site.docs[variant.doc].body, &variant.targets, publish);
        for picture in &variant.photos {
            publish(picture.media, Use::Content);
        }
        if let Some(cover) = variant.lead() {
            let shared = plan.cards.get(CardOf::Entry(id), lang).is_none();
            publish(cover.media, Use::Cover { focus: cover.photo.focus, shared });
        }
        variant.audio.iter().for_each(|audio| publish(audio.media, Use::File));
        variant.files.iter().flat_map(|(_, files)| files).for_each(|&id| publish(id, Use::File));
    }
    for section in &site.sections {
        for (doc, targets) in section.docs.iter().zip(&section.targets) {
            if let Some(doc) = doc {
                shown(&site.docs[*doc].body, targets, publish);
            }
        }
    }
}

/// The pictures of a text, in their order, those inside its components
/// included.
pub fn pictures_in(body: &Fragment, targets: &Targets, found: &mut Vec<MediaTarget>) {
    shown(body, targets, &mut |id, used| {
        if used == Use::Content && !found.contains(&id) {
            found.push(id);
        }
    });
}

/// The files of a body and of those inside its components.
fn shown(body: &Fragment, targets: &Targets, publish: &mut dyn FnMut(MediaTarget, Use)) {
    for (reference, target) in body.refs.iter().zip(&targets.own) {
        let used = if reference.kind == RefKind::Image { Use::Content } else { Use::File };
        if let Target::Media(id) = target {
            publish(*id, used);
        }
    }
    for (call, targets) in body.calls.iter().zip(&targets.inner) {
        if let Some(inner) = &call.body {
            shown(inner, targets, publish);
        }
    }
}

/// The variants that some page shows, each once.
fn visible<'a>(
    site: &'a Site,
    plan: &'a Plan,
) -> impl Iterator<Item = (EntryId, &'a Variant, LangId)> {
    site.entries.iter().enumerate().flat_map(move |(id, entry)| {
        let shown = move |lang: LangId| {
            (0..site.langs.len()).any(|page| {
                plan.has_page(id, page)
                    && site.shown(id, page).is_some_and(|(_, from)| from == lang)
            })
        };
        let variants = entry.variants.iter().enumerate();
        variants
            .filter_map(move |(lang, variant)| Some((id, variant.as_deref()?, lang)))
            .filter(move |(_, _, lang)| shown(*lang))
    })
}

/// Reports what the finished plan shows to be wrong.
pub(super) fn check(site: &Site, theme: &Theme, plan: &Plan, diags: &mut Diagnostics) {
    for (id, entry) in site.entries.iter().enumerate() {
        let live = plan.states[id] == State::Live;
        if !live && !matches!(plan.states[id], State::Future | State::Draft) {
            continue;
        }
        for (lang, variant) in entry.variants.iter().enumerate() {
            let Some(variant) = variant else { continue };
            let doc = &site.docs[variant.doc];
            let mut found = Vec::new();
            let checker = &mut Checker { site, theme, plan, doc, lang, diags: &mut found };
            checker.body(&doc.body, &variant.targets);
            // What is not shown yet keeps nothing from being published, but
            // its editor hears of it before the day comes.
            if !live {
                found
                    .iter_mut()
                    .for_each(|diag| diag.severity = diag.severity.min(Severity::Warning));
            }
            diags.extend(found);
        }
    }
    for section in &site.sections {
        for (lang, doc) in section.docs.iter().enumerate() {
            if let Some(doc) = doc.map(|doc| &site.docs[doc]) {
                let checker = &mut Checker { site, theme, plan, doc, lang, diags };
                checker.body(&doc.body, &section.targets[lang]);
            }
        }
    }
    menus(site, diags);
    super::features::FEATURES.iter().for_each(|feature| (feature.check)(site, diags));
    column(site, diags);
    super::terms::check(site, plan, diags);
}

struct Checker<'a> {
    site: &'a Site,
    theme: &'a Theme,
    plan: &'a Plan,
    doc: &'a Arc<Doc>,
    lang: LangId,
    diags: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn body(&mut self, body: &Fragment, targets: &Targets) {
        for (reference, target) in body.refs.iter().zip(&targets.own) {
            match target {
                Target::Entry { entry, .. } => self.entry(*entry, reference),
                Target::Site { path, .. } => self.site_path(path, reference),
                _ => {}
            }
        }
        for (at, call) in body.calls.iter().enumerate() {
            self.call(call);
            if let (Some(body), Some(targets)) = (&call.body, targets.inner.get(at)) {
                self.body(body, targets);
            }
        }
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(&self.doc.path, range)
    }

    fn entry(&mut self, id: EntryId, reference: &Reference) {
        let entry = &self.site.entries[id];
        if self.plan.has_page(id, self.lang) || self.plan.has_page(id, entry.original) {
            return;
        }
        let key = &entry.key;
        let why = match self.plan.states[id] {
            State::Draft => bi!("là bản nháp", "is a draft"),
            State::Future => bi!("chưa tới ngày đăng", "is not due yet"),
            State::Expired => bi!("đã hết hạn", "has expired"),
            State::Withdrawn => bi!("đã được gỡ", "is withdrawn"),
            State::Quarantined => bi!("đang có lỗi", "has errors"),
            State::Live => bi!("không hiện ở ngôn ngữ này", "is not shown in this language"),
        };
        let message = Bi {
            vi: format!("bài `{key}` {}, nên liên kết được in thành chữ thường", why.vi),
            en: format!("the entry `{key}` {}: the link is printed as plain text", why.en),
        };
        let span = self.span(reference.range.clone());
        self.diags.push(Diagnostic::new(&HIDDEN_LINK, message).at(span));
    }

    fn site_path(&mut self, target: &str, reference: &Reference) {
        if let Some(path) = site_path(self.plan, target) {
            return self.site_anchor(&path, target, reference);
        }
        if let Some(id) = self.unseen(target) {
            return self.entry(id, reference);
        }
        let message =
            bi!("trang này không có địa chỉ `{target}`", "this site has no address `{target}`");
        let help = bi!(
            "dẫn tới bài theo tệp, ví dụ @/mo-hinh/vuon-uom.md, hoặc đặt tệp vào static/",
            "link to an entry by file, such as @/mo-hinh/vuon-uom.md, or put the file into static/"
        );
        let span = self.span(reference.range.clone());
        self.diags.push(Diagnostic::new(&DEAD_PATH, message).at(span).help(help));
    }

    /// An entry whose address this is, though it has no page now.
    fn unseen(&self, target: &str) -> Option<EntryId> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_matches('/');
        let is = |other: &str| other.trim_matches('/') == path;
        self.site.entries.iter().position(|entry| {
            entry.variants.iter().flatten().any(|variant| is(&variant.path))
                || entry.aliases.iter().any(|(alias, _)| is(alias))
                || self.is_short(entry, path)
        })
    }

    /// Whether a path is a short address of an entry, in any language.
    fn is_short(&self, entry: &Entry, path: &str) -> bool {
        let mut folders =
            (0..self.site.langs.len()).filter_map(|lang| self.site.short_folder(lang));
        let is = |name: &str| entry.shorts.iter().any(|short| short.name == name);
        folders.any(|folder| path.strip_prefix(folder.as_str()).is_some_and(is))
    }

    /// The heading that a path of the site names must be there.
    fn site_anchor(&mut self, path: &str, target: &str, reference: &Reference) {
        let Some(anchor) = target.split_once('#').map(|(_, anchor)| anchor) else { return };
        let Some(Page { what: What::Entry(id), lang, .. }) = self.plan.page(path) else { return };
        let body =
            self.site.shown(*id, *lang).map(|(variant, _)| &self.site.docs[variant.doc].body);
        if anchor.is_empty() || body.is_none_or(|body| has_anchor(body, anchor)) {
            return;
        }
        let message =
            bi!("`{path}` không có mục `#{anchor}`", "`{path}` has no heading `#{anchor}`");
        let span = self.span(reference.range.clone());
        self.diags.push(Diagnostic::new(&DEAD_ANCHOR, message).at(span));
    }

    fn call(&mut self, call: &Call) {
        let name = &call.name.value;
        let Some(spec) = self.theme.components.get(name) else {
            let message = bi!("không có thành phần `{name}`", "there is no component `{name}`");
            let names: Vec<&str> = self.theme.components.keys().map(String::as_str).collect();
            let list = names.join(", ");
            let help = match text::nearest(name, names.iter().copied()) {
                Some(near) => bi!(
                    "có phải là `{near}`? Có: {list}",
                    "did you mean `{near}`? There are: {list}"
                ),
                None => bi!("có các thành phần: {list}", "there are: {list}"),
            };
            let span = self.span(call.name.range.clone());
            self.diags.push(Diagnostic::new(&UNKNOWN_COMPONENT, message).at(span).help(help));
            return;
        };
        self.call_body(call, spec.body);
        if spec.args.iter().any(|arg| arg.kind == ArgType::By) {
            self.parts(call, &spec.args);
        }
        for (key, value) in &call.args {
            match spec.args.iter().find(|arg| arg.name == key.value) {
                Some(arg) => self.argument(name, arg, &value.value, value.range.clone()),
                None => self.unknown_argument(name, key, &spec.args),
            }
        }
        for arg in spec.args.iter().filter(|arg| arg.required) {
            if !call.args.iter().any(|(key, _)| key.value == arg.name) {
                let key = &arg.name;
                let message =
                    bi!("`{name}` thiếu tham số `{key}`", "`{name}` lacks the argument `{key}`");
                let help = bi!("viết ::{name}{{{key}=\"…\"}}", "write ::{name}{{{key}=\"…\"}}");
                let span = self.span(call.range.clone());
                self.diags.push(Diagnostic::new(&BAD_ARGUMENT, message).at(span).help(help));
            }
        }
    }

    fn call_body(&mut self, call: &Call, rule: BodyRule) {
        let name = &call.name.value;
        let message = match (rule, &call.body) {
            (BodyRule::Required, None) => bi!(
                "`{name}` cần nội dung: mở bằng :::{name} và đóng bằng :::",
                "`{name}` needs a body: open it with :::{name} and close it with :::"
            ),
            (BodyRule::None, Some(_)) => bi!(
                "`{name}` không có nội dung: viết ::{name}{{…}} trên một dòng",
                "`{name}` takes no body: write ::{name}{{…}} on one line"
            ),
            _ => return,
        };
        let span = self.span(call.range.clone());
        self.diags.push(Diagnostic::new(&BAD_BODY, message).at(span));
    }

    fn unknown_argument(
        &mut self,
        name: &str,
        key: &crate::yaml::Spanned<String>,
        args: &[ArgSpec],
    ) {
        let written = &key.value;
        let message =
            bi!("`{name}` không có tham số `{written}`", "`{name}` has no argument `{written}`");
        let names: Vec<&str> = args.iter().map(|arg| arg.name.as_str()).collect();
        let list = names.join(", ");
        let help = match text::nearest(written, names.iter().copied()) {
            Some(near) => {
                bi!("có phải là `{near}`? Có: {list}", "did you mean `{near}`? There are: {list}")
            }
            None => bi!("các tham số: {list}", "arguments: {list}"),
        };
        let span = self.span(key.range.clone());
        self.diags.push(Diagnostic::new(&BAD_ARGUMENT, message).at(span).help(help));
    }

    fn argument(&mut self, name: &str, arg: &ArgSpec, value: &Arg, range: std::ops::Range<usize>) {
        let key = &arg.name;
        let wanted = match (&arg.kind, value) {
            (ArgType::Text, Arg::Text(_))
            | (ArgType::Number, Arg::Number(_))
            | (ArgType::Flag, Arg::Flag(_)) => return,
            (ArgType::Url, Arg::Text(url))
                if crate::parse::markdown::scheme_allowed(url).is_ok() =>
            {
                return;
            }
            (ArgType::Url, _) => bi!("một địa chỉ https", "an https address"),
            (ArgType::Choice(values), Arg::Text(text)) if values.contains(text) => return,
            (ArgType::Choice(values), _) => {
                let list = values.join(", ");
                bi!("một trong: {list}", "one of: {list}")
            }
            (ArgType::Data, Arg::Text(file)) => {
                match self.site.data.get(file).map(|data| &**data) {
                    Some(DataFile::Table(_)) => return,
                    Some(_) => bi!("một bảng có hàng tiêu đề", "a table with a header row"),
                    None => return self.unknown_data(file, range),
                }
            }
            (ArgType::Data, _) => bi!("tên tệp trong content/data/", "a file of content/data/"),
            (ArgType::List, Arg::Text(list)) if self.theme.lists.contains_key(list) => return,
            (ArgType::List, _) => {
                let list: Vec<&str> = self.theme.lists.keys().map(String::as_str).collect();
                let list = list.join(", ");
                bi!("một danh sách của giao diện: {list}", "a list of the theme: {list}")
            }
            (ArgType::Figure, Arg::Text(id)) if self.plan.gifts.figures.contains_key(id) => return,
            (ArgType::Figure, Arg::Text(id)) => return self.unknown_figure(id, range),
            (ArgType::Figure, _) => bi!("mã trong figures.yaml", "an id of figures.yaml"),
            (ArgType::Years, Arg::Text(text)) if years(text).is_some() => return,
            (ArgType::Years, Arg::Number(year)) if years(&year.to_string()).is_some() => return,
            (ArgType::Years, _) => bi!(
                "một năm hoặc từ năm đến năm: \"2022-2025\"",
                "a year, or the first and the last: \"2022-2025\""
            ),
            (ArgType::By, Arg::Text(by)) if Breakdown::named(by).is_some() => return,
            (ArgType::By, _) => {
                let list = Breakdown::NAMES.join(", ");
                bi!("một trong: {list}", "one of: {list}")
            }
            (ArgType::Slot, Arg::Text(text)) if self.slot(text) => return,
            (ArgType::Slot, _) => bi!(
                "`daily` hoặc `weekly`, có khai báo trong `column` của site.yaml",
                "`daily` or `weekly`, declared under `column` in site.yaml"
            ),
            (ArgType::Text, _) => bi!("chữ trong dấu ngoặc kép", "text in quotes"),
            (ArgType::Number, _) => bi!("một số nguyên", "a whole number"),
            (ArgType::Flag, _) => bi!("true hoặc false", "true or false"),
        };
        let message = Bi {
            vi: format!("tham số `{key}` của `{name}` phải là {}", wanted.vi),
            en: format!("the argument `{key}` of `{name}` takes {}", wanted.en),
        };
        let span = self.span(range);
        self.diags.push(Diagnostic::new(&BAD_ARGUMENT, message).at(span));
    }

    /// A figure that is only stated has no parts to be shown.
    fn parts(&mut self, call: &Call, args: &[ArgSpec]) {
        for (key, value) in &call.args {
            let figure =
                args.iter().any(|arg| arg.name == key.value && arg.kind == ArgType::Figure);
            let Arg::Text(id) = &value.value else { continue };
            let Some(cited) = self.plan.gifts.figures.get(id).filter(|_| figure) else { continue };
            if cited.rows.is_none() {
                let message = bi!(
                    "con số `{id}` chỉ được ghi, không cộng từ các dòng, nên không vẽ được",
                    "the figure `{id}` is only stated, not added up from rows, and cannot be drawn"
                );
                let help = bi!(
                    "khai báo `sum` cho nó trong content/data/figures.yaml",
                    "declare its `sum` in content/data/figures.yaml"
                );
                let span = self.span(value.range.clone());
                self.diags.push(Diagnostic::new(&BAD_ARGUMENT, message).at(span).help(help));
            }
        }
    }

    /// Whether the column has the slot of a name.
    fn slot(&self, name: &str) -> bool {
        Slot::named(name).is_some_and(|slot| Takes::of(self.site, slot).is_some())
    }

    fn unknown_figure(&mut self, id: &str, range: std::ops::Range<usize>) {
        let message = bi!("không có con số `{id}`", "there is no figure `{id}`");
        let ids = self.plan.gifts.figures.keys().map(String::as_str);
        let help = match text::nearest(id, ids) {
            Some(near) => bi!("có phải là `{near}`?", "did you mean `{near}`?"),
            None => bi!(
                "khai báo trong content/data/figures.yaml",
                "declare it in content/data/figures.yaml"
            ),
        };
        let span = self.span(range);
        self.diags.push(Diagnostic::new(&BAD_ARGUMENT, message).at(span).help(help));
    }

    fn unknown_data(&mut self, file: &str, range: std::ops::Range<usize>) {
        let message = bi!("không có tệp dữ liệu `{file}`", "there is no data file `{file}`");
        let names = self.site.data.keys().map(String::as_str);
        let mut diag = Diagnostic::new(&BAD_ARGUMENT, message).at(self.span(range));
        if let Some(near) = text::nearest(file, names) {
            diag = diag.help(bi!("có phải là `{near}`?", "did you mean `{near}`?"));
        }
        self.diags.push(diag);
    }
}

/// The output path that a path from the site's root stands for, if it exists;
/// query and fragment are left out.
pub fn site_path(plan: &Plan, target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let index = |dir: &str| {
        if dir.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{}/index.html", dir.trim_end_matches('/'))
        }
    };
    let candidates = if path.is_empty() || path.ends_with('/') {
        vec![index(path)]
    } else {
        vec![path.to_owned(), index(path)]
    };
    candidates.into_iter().find(|path| plan.exists(path) && !plan.is_notice(path))
}

/// The sections and kinds that fill the column's slots.
fn column(site: &Site, diags: &mut Diagnostics) {
    let Some(column) = &site.config.column else { return };
    for filling in column.daily.iter().chain(&column.weekly) {
        unknown_names(site, &filling.sections, &filling.kinds, diags);
    }
}

/// What a menu may call a list: taxonomies, the archive, features.
fn generated() -> impl Iterator<Item = &'static str> {
    let features = super::features::FEATURES.iter().map(|feature| feature.name);
    TAXONOMIES.iter().copied().chain(["archive"]).chain(features)
}

fn menus(site: &Site, diags: &mut Diagnostics) {
    for item in site.config.menus.values().flatten() {
        let (name, candidates): (&String, Vec<&str>) = match &item.target.value {
            MenuTarget::Section(dir) if site.section(dir).is_none() => {
                (dir, site.sections.iter().map(|section| &*section.dir).collect())
            }
            MenuTarget::Page(key) if !site.by_key.contains_key(key.as_str()) => {
                (key, site.entries.iter().map(|entry| &*entry.key).collect())
            }
            MenuTarget::List(list) if !generated().any(|name| name == list) => {
                (list, generated().collect())
            }
            _ => continue,
        };
        let message = bi!(
            "menu dẫn tới `{name}`, nhưng không có",
            "the menu leads to `{name}`, which does not exist"
        );
        let span = Span::new(&site.config.path, item.target.range.clone());
        let mut diag = Diagnostic::new(&UNKNOWN_MENU, message).at(span);
        if let Some(near) = text::nearest(name, candidates) {
            diag = diag.help(bi!("có phải là `{near}`?", "did you mean `{near}`?"));
        }
        diags.push(diag);
    }
}
