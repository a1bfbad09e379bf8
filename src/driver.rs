//! The order of the stages, and where work is spread over threads. Scanning,
//! linking, planning and publishing do so within themselves as well, over lists
//! whose order they keep, in shares so small that no thread waits long for
//! another's last one.
//!
//! Takes a site's root and what the caller asks for; gives a [`Build`]: the
//! site, the plan, every diagnostic. A build from empty and a build over an
//! older output are one function: what is unchanged is recognised by its key.

mod cards;
mod drawn;
mod edits;
mod kept;
mod lint;
mod load;
mod originals;
mod outline;
mod outward;
mod pictures;
mod publish;
mod record;
mod session;
mod shelf;
mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::diag::{Diagnostic, Diagnostics, Severity, Span};
use crate::base::fault::Fault;
use crate::base::hash::Key;
use crate::base::time::BuildTime;
use crate::bi;
use crate::config::{BaseUrl, Config};
use crate::data::DataFile;
use crate::link::{self, EntryId, Site};
use crate::parse::Doc;
use crate::picture::Tint;
use crate::plan::{self, Plan};
use crate::render::{Reads, Views};
use crate::scan::{FileKind, Tree};
use crate::theme::Theme;

pub use crate::scan::{CONFIG, FOLDERS, is_left_over, relative};
use kept::Dress;
pub use kept::{Kept, Shelves};
pub use lint::lint;
pub use load::{RULES, excerpt_source, timezone};
pub use originals::RULES as ORIGINAL_RULES;
pub use outline::{Held, Outline, When};
pub use pictures::{RULES as PICTURE_RULES, cache as picture_cache, wanted as wanted_pictures};
pub use publish::{Output, Progress, Stage, check, publish};
pub use record::{Unchanged, unchanged};
pub use session::{PageInfo, PageState, Session, Snapshot};
use shelf::Leaving;
pub use shelf::sweep::{count as count_documents, sweep as sweep_documents};
pub use verify::verify;

/// What a caller asks of a build.
#[derive(Debug, Clone)]
pub struct Request {
    pub root: PathBuf,
    pub at: BuildTime,
    pub drafts: bool,
    pub future: bool,
    /// Replaces `base_url` of the configuration.
    pub base_url: Option<BaseUrl>,
    /// Leave out entries with errors and publish the rest.
    pub quarantine: bool,
    /// Treat warnings as errors.
    pub strict: bool,
    /// Value of `<meta name="generator">`.
    pub generator: String,
}

/// A site as far as it could be understood.
pub struct Build {
    pub tree: Arc<Tree>,
    /// All diagnostics up to the plan, in the order of files and places.
    pub diagnostics: Diagnostics,
    /// `None` when the configuration or the theme cannot be used.
    pub ready: Option<Ready>,
    pub outline: Option<Outline>,
    /// Documents that had to be parsed.
    pub parsed: usize,
    /// Versions of pictures that had to be made.
    pub encoded: usize,
    /// Pages that the edits since the last build cannot have touched, and that
    /// were not looked at.
    pub spared: usize,
    /// What is new beside the shelf, if that is little, and the shelf's state now.
    edits: Option<edits::Edits>,
    shelf: Option<Key>,
    /// The output, if it was looked at before.
    opened: Option<record::Opened>,
    /// Stage name and time it took.
    pub times: Vec<(&'static str, Duration)>,
}

/// Everything that rendering needs.
#[derive(Clone)]
pub struct Ready {
    pub site: Arc<Site>,
    pub theme: Arc<Theme>,
    pub plan: Arc<Plan>,
    pub generator: String,
    /// Entries left out because of errors.
    pub quarantined: Vec<EntryId>,
    /// Markdown files that could not be read at all.
    pub unread: Vec<Arc<str>>,
}

/// Measures stages.
pub(crate) struct Clock {
    last: Instant,
    times: Vec<(&'static str, Duration)>,
}

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "stage times are for the report, never for output"
    )]
    fn start() -> Clock {
        Clock { last: Instant::now(), times: Vec::new() }
    }

    fn lap(&mut self, stage: &'static str) {
        self.times.push((stage, self.last.elapsed()));
        self.last += self.times.last().map_or(Duration::ZERO, |(_, time)| *time);
    }
}

/// Scans, parses, links and plans. Fails only when the machine does.
pub fn build(request: &Request) -> Result<Build, Fault> {
    rebuild(request, &mut Kept::default(), None)
}

/// As [`build`], with the help of what earlier runs left; leaves nothing itself.
pub fn look(request: &Request) -> Result<Build, Fault> {
    rebuild(request, &mut Kept::shelved(Shelves::Read), None)
}

/// As [`build`], of a tree that was looked at already.
pub fn build_seen(request: &Request, kept: &mut Kept) -> Result<Build, Fault> {
    rebuild(request, kept, Some(&[]))
}

/// As [`build`], with what is kept of an earlier build of the same site.
/// `changed`: paths from the root, a folder standing for all that is in it;
/// `None`: anything may have changed.
fn rebuild(request: &Request, kept: &mut Kept, changed: Option<&[String]>) -> Result<Build, Fault> {
    let mut clock = Clock::start();
    let (tree, mut diags) = kept.tree(&request.root, changed)?;
    clock.lap("scan");
    let (ready, shelf) = match load::config(&tree, &mut diags) {
        Some(config) => ready((&tree, config), request, (kept, changed), &mut diags, &mut clock),
        None => (None, None),
    };
    sort(&mut diags);
    let outline = ready.as_ref().map(Outline::of);
    Ok(Build {
        tree,
        diagnostics: diags,
        ready,
        outline,
        parsed: kept.parsed(),
        encoded: 0,
        spared: 0,
        edits: kept.edits(),
        shelf,
        opened: kept.opened.take(),
        times: clock.times,
    })
}

/// What rendering needs, and the state that the shelf is left in. The output is
/// looked at meanwhile.
fn ready(
    (tree, mut config): (&Tree, Config),
    request: &Request,
    (kept, changed): (&mut Kept, Option<&[String]>),
    diags: &mut Diagnostics,
    clock: &mut Clock,
) -> (Option<Ready>, Option<Key>) {
    if let Some(base_url) = &request.base_url {
        config.base_url = base_url.clone();
    }
    check_checks(&config, diags);
    let (sources, leaving) = read(tree, &config, (&mut *kept, changed), diags);
    clock.lap("parse");
    let leave = || leaving.and_then(Leaving::leave);
    let understand = || understand(tree, config, sources, request, (diags, clock), leave);
    let opened = kept.opened.as_ref();
    let look = || opened.into_iter().for_each(|opened| opened.emitter.look_ahead());
    let ((mut ready, state), ()) = rayon::join(understand, look);
    // Now that nobody else holds the documents.
    let site = ready.as_mut().and_then(|ready| Arc::get_mut(&mut ready.site));
    if let Some(site) = site.filter(|_| kept.is_for_once() && !kept.has_edits()) {
        site.drop_front_matter();
    }
    (ready, state)
}

/// Links and plans; `leave` is done meanwhile, where one thread has nothing to do.
fn understand(
    tree: &Tree,
    config: Config,
    sources: Sources,
    request: &Request,
    (diags, clock): (&mut Diagnostics, &mut Clock),
    leave: impl FnOnce() -> Option<Key> + Send,
) -> (Option<Ready>, Option<Key>) {
    let Sources { docs, data, dress } = sources;
    let files = load::TreeFiles { tree };
    let (mut site, found) = link::link(docs, data, config, dress.locales.clone(), &files);
    diags.extend(found);
    if !request.drafts {
        site.drop_draft_translations();
    }
    clock.lap("link");
    let Some(theme) = dress.theme.clone() else { return (None, leave()) };
    let statics: Vec<Arc<str>> =
        tree.of_kind(FileKind::Static).map(|file| Arc::clone(&file.path)).collect();
    settle(&site.config, request.strict, diags);
    let plan = || planned((&site, &theme, &statics), request, diags);
    let ((plan, quarantined), state) = rayon::join(plan, leave);
    clock.lap("plan");
    let unread = unread(tree, &site, diags);
    let generator = request.generator.clone();
    let (site, plan) = (Arc::new(site), Arc::new(plan));
    (Some(Ready { site, theme, plan, generator, quarantined, unread }), state)
}

/// Markdown files that came to no document.
fn unread(tree: &Tree, site: &Site, diags: &Diagnostics) -> Vec<Arc<str>> {
    let is_read = |path: &Arc<str>| site.docs.iter().any(|doc| doc.path == *path);
    let bad = diags.iter().filter(|diag| diag.is_error()).filter_map(Diagnostic::file);
    let bad: std::collections::BTreeSet<Arc<str>> = bad.cloned().collect();
    let files = tree.of_kind(FileKind::Doc).map(|file| Arc::clone(&file.path));
    files.filter(|path| bad.contains(path) && !is_read(path)).collect()
}

/// What sources say by themselves.
struct Sources {
    docs: Vec<Arc<Doc>>,
    data: BTreeMap<String, Arc<DataFile>>,
    dress: Arc<Dress>,
}

/// Reads documents on all threads, the theme and the data beside them on one.
fn read<'a>(
    tree: &'a Tree,
    config: &Config,
    (kept, changed): (&mut Kept, Option<&[String]>),
    diags: &mut Diagnostics,
) -> (Sources, Option<Leaving<'a>>) {
    let worn = kept.dress(changed);
    let ((dress, (data, of_data)), (docs, of_docs, leaving)) = rayon::join(
        || {
            let mut found = Vec::new();
            let data = load::data(tree, config, &mut found);
            let dress = worn.unwrap_or_else(|| Arc::new(Dress::load(tree, config)));
            (dress, (data, found))
        },
        || kept.docs(tree, config, changed),
    );
    kept.wear(&dress);
    diags.extend(dress.diagnostics.iter().cloned().chain(of_docs).chain(of_data));
    (Sources { docs, data, dress }, leaving)
}

/// The plan, and the entries left out because of errors.
fn planned(
    (site, theme, statics): (&Site, &Theme, &[Arc<str>]),
    request: &Request,
    diags: &mut Diagnostics,
) -> (Plan, Vec<EntryId>) {
    let mut options = plan::Options {
        at: request.at,
        drafts: request.drafts,
        future: request.future,
        quarantine: if request.quarantine { quarantine(site, diags) } else { Vec::new() },
    };
    loop {
        let (plan, mut found) = plan::plan(site, theme, statics, &options);
        settle(&site.config, request.strict, &mut found);
        let bad = if request.quarantine { quarantine(site, &found) } else { Vec::new() };
        let new: Vec<EntryId> =
            bad.into_iter().filter(|id| !options.quarantine.contains(id)).collect();
        if new.is_empty() {
            diags.extend(found);
            return (plan, options.quarantine);
        }
        // What only the plan can see is wrong with these: plan again without
        // them, and keep what was said of them. Each round leaves out more.
        let files = files_of(site, &new);
        diags.extend(
            found.into_iter().filter(|d| d.file().is_some_and(|file| files.contains(&file))),
        );
        options.quarantine.extend(new);
    }
}

/// The files of some entries.
pub fn files_of<'a>(site: &'a Site, entries: &[EntryId]) -> Vec<&'a Arc<str>> {
    let variants = entries.iter().flat_map(|&id| site.entries[id].variants.iter().flatten());
    variants.map(|variant| &site.docs[variant.doc].path).collect()
}

/// Entries one of whose files has an error.
fn quarantine(site: &Site, diags: &Diagnostics) -> Vec<EntryId> {
    let bad: Vec<&Arc<str>> =
        diags.iter().filter(|diag| diag.is_error()).filter_map(Diagnostic::file).collect();
    let broken = |&id: &EntryId| {
        let variants = site.entries[id].variants.iter().flatten();
        variants.into_iter().any(|variant| bad.contains(&&site.docs[variant.doc].path))
    };
    (0..site.entries.len()).filter(broken).collect()
}

/// Severities that a site has chosen for itself. What would break the site is
/// an error whatever a site says; under `strict` every warning is one too.
fn settle(config: &Config, strict: bool, diags: &mut Diagnostics) {
    diags.retain_mut(|diag| {
        if diag.rule.severity != Severity::Error {
            match config.checks.get(diag.rule.code) {
                Some(Some(severity)) => diag.severity = *severity,
                Some(None) => return false,
                None => {}
            }
        }
        if strict && diag.severity == Severity::Warning {
            diag.severity = Severity::Error;
        }
        true
    });
}

/// Reports `checks:` that name no rule, or one that cannot be lowered.
fn check_checks(config: &Config, diags: &mut Diagnostics) {
    for (code, severity) in &config.checks {
        let rule = crate::catalogue::rules().find(|rule| rule.code == code.as_str());
        let message = match rule {
            None => bi!("không có mã `{code}`", "there is no code `{code}`"),
            Some(rule)
                if rule.severity == Severity::Error && *severity != Some(Severity::Error) =>
            {
                bi!(
                    "`{code}` luôn là lỗi: bỏ qua thì trang sẽ hỏng",
                    "`{code}` is always an error: without it the site would break"
                )
            }
            Some(_) => continue,
        };
        let help = bi!("`tintot explain` liệt kê mọi mã", "`tintot explain` lists all codes");
        let span = Span::file(&config.path);
        diags.push(Diagnostic::new(&load::BAD_CHECKS, message).at(span).help(help));
    }
}

/// By file and place; what has no place comes first.
pub(crate) fn sort(diags: &mut Diagnostics) {
    diags.sort_by_cached_key(|diag| {
        let place =
            diag.labels.first().map(|label| (label.span.file.clone(), label.span.range.start));
        (place, diag.rule.code, diag.message.en.clone())
    });
}

impl Ready {
    /// Says which colour photos have, by their content; before anything else
    /// holds the plan.
    fn tint(&mut self, tints: BTreeMap<Key, Tint>) {
        if let Some(plan) = Arc::get_mut(&mut self.plan) {
            plan.pictures.tint(tints);
        }
    }

    /// The views that pages share.
    pub fn views(&self) -> Views {
        Views::of(&self.site, &self.plan, &self.theme, &self.generator)
    }

    /// What pages may read.
    pub fn reads<'a>(&'a self, views: &'a Views) -> Reads<'a> {
        let (site, plan, theme) = (&self.site, &self.plan, &self.theme);
        Reads { site, docs: &site.docs, plan, theme, views }
    }
}

/// The default output folder of a site.
pub fn default_output(root: &Path) -> PathBuf {
    root.join("public")
}
