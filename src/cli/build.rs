//! `build` and `check`.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Args, BuildOptions, CheckOptions, Format, Look};
use super::{CONTENT, MACHINE, QUARANTINED, print, summary};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::bi;
use crate::driver::{self, Build, Kept, Output, Request, Stage};
use crate::emit::Written;

/// A build that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the arguments ask of the driver.
pub fn request(args: &Args, look: &Look) -> Result<Request, Fault> {
    let zone = driver::timezone(&args.root);
    Ok(Request {
        root: args.root.clone(),
        at: look.at(&zone)?,
        drafts: look.drafts,
        future: look.future,
        base_url: look.base_url()?,
        quarantine: false,
        strict: false,
        generator: concat!("tintot ", env!("CARGO_PKG_VERSION")).to_owned(),
    })
}

pub fn build(args: &Args, options: &BuildOptions) -> Result<u8, Fault> {
    let started = Instant::now();
    let request = Request {
        quarantine: options.quarantine,
        strict: options.check.strict,
        ..request(args, &options.check.look)?
    };
    let output = Output {
        dir: options.output.clone().unwrap_or_else(|| driver::default_output(&args.root)),
        adopt: options.adopt,
    };
    let waiting = || wait(args);
    let mut kept = Kept::once();
    if let Some(same) = driver::unchanged(&request, &output, &mut kept, &waiting)? {
        let report = summary::Report {
            tree: &same.tree,
            diagnostics: &same.diagnostics,
            outline: Some(&same.outline),
            times: &same.times,
            written: Some(&(same.written, 0)),
            encoded: 0,
            time: started.elapsed(),
            code: 0,
        };
        print::report(args, options.check.format, &report);
        return verified(args, options, &request, &output, 0);
    }
    let mut build = driver::build_seen(&request, &mut kept)?;
    // What it holds need not be taken apart: the process ends after this build.
    std::mem::forget(kept);
    let left_out = left_out(&build);
    let bar = Bar::new(args, options.check.format);
    let mut written = None;
    if !stops(&build, options.quarantine) {
        let tell = |stage, done| bar.tell(stage, done);
        written = driver::publish(&mut build, &request, &output, (&tell, &waiting))?;
    }
    bar.finish();
    let code = match (&written, left_out) {
        (None, _) => code(&build),
        (Some(_), 0) => 0,
        (Some(_), _) => QUARANTINED,
    };
    report(args, options.check.format, (&build, written.as_ref()), started.elapsed(), code);
    let published = written.is_some();
    if options.verify {
        // A second site is about to be built.
        drop(build);
    } else {
        // The process ends here: what it holds need not be taken apart.
        std::mem::forget(build);
    }
    if published { verified(args, options, &request, &output, code) } else { Ok(code) }
}

/// `--verify`: the exit code, or that of a machine that lies.
fn verified(
    args: &Args,
    options: &BuildOptions,
    request: &Request,
    output: &Output,
    code: u8,
) -> Result<u8, Fault> {
    if !options.verify {
        return Ok(code);
    }
    let different = driver::verify(request, output)?;
    let (n, tongue) = (different.len(), args.tongue());
    for path in &different {
        anstream::eprintln!("  {path}");
    }
    if n > 0 {
        let message = bi!(
            "{n} tệp trong đầu ra khác với bản dựng từ đầu",
            "files of the output that differ from a build from nothing: {n}"
        );
        let help = bi!(
            "Hãy xóa thư mục .tintot và đầu ra rồi dựng lại; xin báo lỗi này cho người làm tintot.",
            "Remove the folder .tintot and the output and build again; please report this."
        );
        return Err(Fault::refused(message, help));
    }
    if !args.quiet {
        match tongue {
            Tongue::Vi => anstream::eprintln!("Đã so từng byte với bản dựng từ đầu: giống hệt."),
            Tongue::En => {
                anstream::eprintln!("Compared with a build from nothing: every byte the same.")
            }
        }
    }
    Ok(code)
}

fn wait(args: &Args) {
    if !args.quiet {
        let text = match args.tongue() {
            Tongue::Vi => "đang chờ một lần dựng khác xong…",
            Tongue::En => "waiting for another build to finish…",
        };
        anstream::eprintln!("{text}");
    }
}

fn report(
    args: &Args,
    format: Format,
    (build, written): (&Build, Option<&(Written, usize)>),
    time: Duration,
    code: u8,
) {
    let report = summary::Report {
        tree: &build.tree,
        diagnostics: &build.diagnostics,
        outline: build.outline.as_ref(),
        times: &build.times,
        written,
        encoded: build.encoded,
        time,
        code,
    };
    print::report(args, format, &report);
}

pub fn check(args: &Args, options: &CheckOptions) -> Result<u8, Fault> {
    let started = Instant::now();
    let request = Request { strict: options.strict, ..request(args, &options.look)? };
    let mut build = driver::look(&request)?;
    let bar = Bar::new(args, options.format);
    driver::check(&mut build, &|stage, done| bar.tell(stage, done))?;
    driver::lint(&mut build, options.strict);
    bar.finish();
    let code = if stops(&build, false) { code(&build) } else { 0 };
    report(args, options.format, (&build, None), started.elapsed(), code);
    Ok(code)
}

fn left_out(build: &Build) -> usize {
    build.ready.as_ref().map_or(0, |ready| ready.quarantined.len() + ready.unread.len())
}

/// Whether an error keeps the site from being published. In quarantine the
/// errors of the entries left out no longer do.
fn stops(build: &Build, quarantine: bool) -> bool {
    let Some(ready) = &build.ready else { return true };
    let unread: &[_] = if quarantine { &ready.unread } else { &[] };
    let mut left_out = driver::files_of(&ready.site, &ready.quarantined);
    left_out.extend(unread);
    build.diagnostics.iter().filter(|diag| diag.is_error()).any(|diag| match diag.file() {
        Some(file) => !left_out.contains(&file),
        None => true,
    })
}

/// Mistakes in the configuration or the theme are the site's set-up, not its
/// content.
fn code(build: &Build) -> u8 {
    let config = |file: &str| file == "site.yaml" || file.starts_with("themes/");
    let errors = build.diagnostics.iter().filter(|diag| diag.is_error());
    let set_up = errors.filter_map(|diag| diag.file()).any(|file| config(file));
    if set_up { MACHINE } else { CONTENT }
}

/// Progress bars that appear after a second on a terminal, one per stage.
struct Bar {
    since: Instant,
    wanted: bool,
    tongue: Tongue,
    pictures: OnceLock<ProgressBar>,
    pages: OnceLock<ProgressBar>,
}

impl Bar {
    fn new(args: &Args, format: Format) -> Bar {
        let wanted = !args.quiet && format == Format::Human && std::io::stderr().is_terminal();
        let (pictures, pages) = (OnceLock::new(), OnceLock::new());
        Bar { since: Instant::now(), wanted, tongue: args.tongue(), pictures, pages }
    }

    fn tell(&self, stage: Stage, (done, total): (usize, usize)) {
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = match stage {
            Stage::Pictures => &self.pictures,
            Stage::Pages => {
                self.pictures.get().into_iter().for_each(ProgressBar::finish_and_clear);
                &self.pages
            }
        };
        bar.get_or_init(|| self.bar(stage, total)).set_position(done as u64);
    }

    /// A bar with the time that is left.
    fn bar(&self, stage: Stage, total: usize) -> ProgressBar {
        let bar = ProgressBar::new(total as u64);
        let template = match (stage, self.tongue) {
            (Stage::Pictures, Tongue::Vi) => "Ảnh   {bar:40} {percent} %, còn {eta}",
            (Stage::Pictures, Tongue::En) => "Pictures {bar:40} {percent} %, {eta} left",
            (Stage::Pages, Tongue::Vi) => "Trang {bar:40} {pos}/{len}, còn {eta}",
            (Stage::Pages, Tongue::En) => "Pages    {bar:40} {pos}/{len}, {eta} left",
        };
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    fn finish(&self) {
        let bars = [&self.pictures, &self.pages];
        bars.into_iter().filter_map(OnceLock::get).for_each(ProgressBar::finish_and_clear);
    }
}
