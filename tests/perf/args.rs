//! What may be asked of the benchmark.

use std::path::PathBuf;

use super::Failure;
use super::corpus::{Length, Shape};
use super::site::Theme;
use super::words::LANGUAGES;

/// Stories when no number is given: enough to see that everything works.
const SMOKE: usize = 200;

/// How it is called, for whoever called it otherwise.
pub const USAGE: &str = "\
usage: cargo bench --bench build -- [N ...] [DIR] [options]
  N ...                  stories in Vietnamese, one corpus for each N (default 200)
  DIR                    where to work (default: a temporary folder)
  --theme bench|default  what to render with (default bench)
  --short, --long        stories of 100 or 4,000 words (default 400)
  --languages K          1 to 8 languages (default 2)
  --campaign             the same with a campaign: its events, units, contributions
  --runs K               runs of each step, of which the median counts (default 1)
  --hugo, --no-hugo      run Hugo too (default: if it is on the PATH and N >= 1000)
  --yardstick            the same packages with nothing but pages, in turn
  --only-corpus          write DIR/site and DIR/hugo, measure nothing
  --program PATH         measure this program (default: the one built just now)
  --instructions         count instructions of 500 stories instead of measuring time";

/// What is to be done.
pub struct Args {
    pub shapes: Vec<Shape>,
    /// `None`: a temporary folder.
    pub dir: Option<PathBuf>,
    pub theme: Theme,
    /// Whether to measure a campaign on top of the stories.
    pub campaign: bool,
    /// The program that is measured.
    pub program: PathBuf,
    pub runs: usize,
    /// `None`: if it is there and the corpus is worth it.
    pub hugo: Option<bool>,
    /// Whether the yardstick runs too.
    pub yardstick: bool,
    pub task: Task,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Measure,
    Corpus,
    Instructions,
    /// The yardstick itself: a process that is measured.
    Naive,
}

/// Reads the arguments after the program's name.
pub fn read(args: impl Iterator<Item = String>) -> Result<Args, Failure> {
    let mut read = Args {
        shapes: Vec::new(),
        dir: None,
        theme: Theme::Bench,
        campaign: false,
        program: PathBuf::from(super::program::OURS),
        runs: 1,
        hugo: None,
        yardstick: false,
        task: Task::Measure,
    };
    let (mut numbers, mut length, mut languages) = (Vec::new(), Length::Usual, 2);
    let mut args = args;
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value\n{USAGE}"));
        match arg.as_str() {
            // Cargo hands this on.
            "--bench" => {}
            "--theme" => {
                read.theme = match value()?.as_str() {
                    "bench" => Theme::Bench,
                    "default" => Theme::Default,
                    other => return Err(format!("there is no theme {other}\n{USAGE}").into()),
                }
            }
            "--campaign" => read.campaign = true,
            "--program" => read.program = PathBuf::from(value()?),
            "--short" => length = Length::Short,
            "--long" => length = Length::Long,
            "--languages" => languages = value()?.parse::<usize>()?.clamp(1, LANGUAGES.len()),
            "--runs" => read.runs = value()?.parse::<usize>()?.max(1),
            "--hugo" => read.hugo = Some(true),
            "--no-hugo" => read.hugo = Some(false),
            "--yardstick" => read.yardstick = true,
            "--naive" => read.task = Task::Naive,
            "--only-corpus" => read.task = Task::Corpus,
            "--instructions" => read.task = Task::Instructions,
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}\n{USAGE}").into());
            }
            other => match other.parse::<usize>() {
                Ok(number) => numbers.push(number.max(20)),
                Err(_) => read.dir = Some(PathBuf::from(other)),
            },
        }
    }
    if numbers.is_empty() {
        numbers.push(if read.task == Task::Instructions { 500 } else { SMOKE });
    }
    if read.task == Task::Corpus && read.dir.is_none() {
        return Err(format!("--only-corpus needs DIR\n{USAGE}").into());
    }
    let shape = |stories| Shape { stories, length, languages };
    read.shapes = numbers.into_iter().map(shape).collect();
    Ok(read)
}
