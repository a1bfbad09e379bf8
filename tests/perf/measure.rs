//! The measurements of one corpus, in the order in which they disturb each
//! other least.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::Failure;
use super::args::Args;
use super::corpus::Shape;
use super::program::{self, Built};
use super::site::{self, Edit};
use super::{campaign, hugo, naive, table};

/// Seconds, the smallest first.
#[derive(Default)]
pub struct Times(Vec<f64>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64());
        self.0.sort_by(f64::total_cmp);
    }

    /// The middle one; of an even number the lower of the two.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
    }

    pub fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    pub fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

/// One kind of build, run several times.
pub struct Step {
    pub name: &'static str,
    pub edit: Edit,
    pub times: Times,
    /// Of the run that needed most.
    pub peak: u64,
    /// The last run.
    pub built: Built,
}

/// Everything measured of one corpus.
pub struct Measured {
    pub shape: Shape,
    pub cold: Step,
    pub copy: Times,
    /// Builds over an older output, each after its edit.
    pub steps: Vec<Step>,
    pub version: Times,
    pub hugo: Option<Hugo>,
    /// The yardstick.
    pub naive: Option<Times>,
    /// Cold builds of the same with calendars, and with a campaign too.
    pub calendars: Option<Step>,
    pub campaign: Option<Step>,
}

/// What Hugo needed for the same.
pub struct Hugo {
    pub times: Times,
    /// `cp -r` of its own output.
    pub copy: Times,
    pub peak: u64,
    pub files: usize,
    pub bytes: u64,
}

const EDITS: [(&str, Edit); 6] = [
    ("nothing changed", Edit::Nothing),
    ("all files touched, none changed", Edit::Touch),
    ("one body edited", Edit::Body),
    ("one title edited", Edit::Title),
    ("one news item added", Edit::News),
    ("a template edited", Edit::Template),
];

/// Writes the corpus below `base` and measures it.
pub fn measure(args: &Args, shape: Shape, base: &Path) -> Result<Measured, Failure> {
    let root = base.join("site");
    program::remove(&root)?;
    site::write(&root, shape, args.theme)?;
    let hugo = wants_hugo(args, shape);
    if hugo {
        program::remove(&base.join("hugo"))?;
        hugo::write(&base.join("hugo"), shape)?;
    }
    let mut copy = Times::default();
    let mut hugo = hugo.then(|| Hugo {
        times: Times::default(),
        copy: Times::default(),
        peak: 0,
        files: 0,
        bytes: 0,
    });
    let mut naive = args.yardstick.then(Times::default);
    let mut version = Times::default();
    for _ in 0..10 {
        version.add(program::run(Command::new(&args.program).arg("--version"))?.wall);
    }
    let (out, copied) = (base.join("out"), base.join("copy"));
    let (dated, whole) = (base.join("calendars"), base.join("campaign"));
    if args.campaign {
        for dir in [&dated, &whole] {
            program::remove(dir)?;
            site::write(dir, shape, args.theme)?;
            campaign::with_calendars(dir)?;
        }
        campaign::add(&whole, shape, args.theme)?;
    }
    // A build remembers no file that was written in the same moment, so that what
    // comes after a single cold run would look at everything again.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let (mut calendars, mut campaign) = (None, None);
    let cold = step("cold", Edit::Nothing, args.runs, |_| {
        for dir in [&out, &copied, &root.join(".tintot")] {
            program::remove(dir)?;
        }
        let built = program::build(&args.program, &root, &out)?;
        copy.add(program::copy(&out, &copied)?);
        program::remove(&copied)?;
        if let Some(times) = &mut naive {
            times.add(naive::run(base)?.wall);
        }
        if let Some(hugo) = &mut hugo {
            run_hugo(hugo, base, &copied)?;
        }
        if args.campaign {
            calendars =
                Some(another("cold, with calendars", calendars.take(), args, (&dated, &copied))?);
            campaign =
                Some(another("cold, with a campaign", campaign.take(), args, (&whole, &copied))?);
        }
        Ok(built)
    })?;
    calendars.iter().chain(&campaign).for_each(table::step);
    let mut steps = Vec::new();
    for (name, edit) in EDITS {
        steps.push(step(name, edit, args.runs, |round| {
            site::edit(&root, shape, args.theme, edit, round)?;
            let built = program::build(&args.program, &root, &out)?;
            let written = built.new + built.changed + built.removed;
            let silent = matches!(edit, Edit::Nothing | Edit::Touch | Edit::Template);
            match (silent, written) {
                (true, 1..) => Err(format!("{name}, and yet {written} files differ").into()),
                (false, 0) => Err(format!("{name}, and yet no file differs").into()),
                _ => Ok(built),
            }
        })?);
    }
    Ok(Measured { shape, cold, copy, steps, version, hugo, naive, calendars, campaign })
}

fn wants_hugo(args: &Args, shape: Shape) -> bool {
    if !args.hugo.unwrap_or(shape.stories >= 1_000) {
        return false;
    }
    match hugo::version() {
        Some(version) => println!("{version} runs in turn"),
        None => println!("hugo is not on the PATH: left out"),
    }
    hugo::version().is_some()
}

/// Runs one kind of build several times and says how it went.
fn step(
    name: &'static str,
    edit: Edit,
    runs: usize,
    mut build: impl FnMut(usize) -> Result<Built, Failure>,
) -> Result<Step, Failure> {
    let mut built = build(1)?;
    let mut times = Times::default();
    let mut peak = built.run.peak;
    times.add(built.run.wall);
    for round in 2..=runs {
        built = build(round)?;
        times.add(built.run.wall);
        peak = peak.max(built.run.peak);
    }
    let step = Step { name, edit, times, peak, built };
    table::step(&step);
    Ok(step)
}

/// One more cold build of another site.
fn another(
    name: &'static str,
    before: Option<Step>,
    args: &Args,
    (root, out): (&Path, &Path),
) -> Result<Step, Failure> {
    program::remove(&root.join(".tintot"))?;
    let built = program::build(&args.program, root, out)?;
    program::remove(out)?;
    let (mut times, peak) = before.map_or_else(Default::default, |step| (step.times, step.peak));
    times.add(built.run.wall);
    let peak = peak.max(built.run.peak);
    Ok(Step { name, edit: Edit::Nothing, times, peak, built })
}

fn run_hugo(hugo: &mut Hugo, base: &Path, copied: &Path) -> Result<(), Failure> {
    let out = base.join("hugo-out");
    let run = hugo::build(&base.join("hugo"), &out)?;
    hugo.times.add(run.wall);
    hugo.peak = hugo.peak.max(run.peak);
    hugo.copy.add(program::copy(&out, copied)?);
    program::remove(copied)?;
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(&out) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files += 1;
            bytes += entry.metadata()?.len();
        }
    }
    (hugo.files, hugo.bytes) = (files, bytes);
    program::remove(&out)
}
