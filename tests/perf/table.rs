//! What was measured, printed: each step as it ends, then ratios beside goals.

use super::measure::{Hugo, Measured, Step, Times};
use super::site::{Edit, Theme};

/// One line of a table of ratios.
struct Row {
    what: String,
    goal: Option<Goal>,
    value: f64,
    unit: &'static str,
}

/// Stories from which the goals are meant.
const WHOLE: usize = 10_000;

#[derive(Clone, Copy)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// `0.71 s (0.70..0.74)`
fn times(times: &Times) -> String {
    let (median, least, most) = (times.median(), times.least(), times.most());
    format!("{median:.3} s ({least:.3}..{most:.3})")
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// A step that has just ended.
pub fn step(step: &Step) {
    let built = &step.built;
    println!("{:<32} {}, peak {:.0} MB", step.name, times(&step.times), megabytes(step.peak));
    println!(
        "    {} files: {} new, {} changed, {} removed; {} rendered, {:.1} MB written",
        built.files(),
        built.new,
        built.changed,
        built.removed,
        built.rendered,
        megabytes(built.bytes)
    );
    let stages = built.stages.iter().map(|(name, ms)| format!("{name} {ms:.0}"));
    println!("    last run, ms: {}", stages.collect::<Vec<_>>().join(", "));
}

/// The ratios of one corpus.
pub fn ratios(measured: &Measured, theme: Theme) {
    let stories = measured.shape.stories;
    println!("cp -r of the output              {}", times(&measured.copy));
    if let Some(hugo) = &measured.hugo {
        self::hugo(hugo);
    }
    println!("\n{stories} stories, theme {}, medians:", theme.name());
    println!("{:<44} {:>10} {:>12}", "what", "goal", "measured");
    let whole = stories >= WHOLE;
    let mut rows = vec![against_copy(measured, theme)];
    if let Some(hugo) = &measured.hugo {
        let cold = measured.cold.times.median();
        rows.push(row("hugo / cold", Some(Goal::AtLeast(10.0)), hugo.times.median() / cold, "x"));
        let copy = hugo.times.median() / hugo.copy.median();
        rows.push(row("hugo / cp -r of its output", None, copy, "x"));
    }
    if let Some(naive) = &measured.naive {
        let (cold, naive) = (measured.cold.times.median(), naive.median());
        rows.push(row("cold / the yardstick", None, cold / naive, "x"));
        rows.push(row("the yardstick / cp -r of ours", None, naive / measured.copy.median(), "x"));
    }
    let limit = match stories {
        10_000 => Some(Goal::AtMost(150.0)),
        100_000 => Some(Goal::AtMost(900.0)),
        _ => None,
    };
    rows.push(row("peak memory, cold", limit, megabytes(measured.cold.peak), "MB"));
    if let (Some(calendars), Some(campaign)) = (&measured.calendars, &measured.campaign) {
        let cold = measured.cold.times.median();
        let [dated, whole] = [calendars, campaign].map(|step| step.times.median() / cold);
        let goal = Some(Goal::AtMost(0.5));
        rows.push(row("calendars of the stories: extra / cold", None, dated - 1.0, "x"));
        rows.push(row("a campaign on top of them: extra / cold", goal, whole - dated, "x"));
        rows.push(row("both: extra / cold", None, whole - 1.0, "x"));
    }
    rows.extend(measured.steps.iter().map(|step| against_cold(step, measured, theme)));
    let rewritten = measured.steps.iter().find(|step| step.edit == Edit::News);
    if let Some(step) = rewritten {
        let goal = (theme == Theme::Default).then_some(Goal::AtMost(200.0));
        let changed = (step.built.changed + step.built.removed) as f64;
        rows.push(row("one news item added: files rewritten", goal, changed, ""));
    }
    let version = measured.version.median() * 1000.0;
    rows.push(row("tintot --version", Some(Goal::AtMost(5.0)), version, "ms"));
    rows.iter().for_each(|row| print(row, whole));
    println!();
}

fn row(what: &str, goal: Option<Goal>, value: f64, unit: &'static str) -> Row {
    Row { what: what.to_owned(), goal, value, unit }
}

fn against_copy(measured: &Measured, theme: Theme) -> Row {
    let goal = match (theme, measured.shape.stories) {
        (Theme::Default, _) => 2.0,
        (Theme::Bench, 100_000..) => 0.8,
        (Theme::Bench, _) => 1.0,
    };
    let ratio = measured.cold.times.median() / measured.copy.median();
    row("cold / cp -r of its output", Some(Goal::AtMost(goal)), ratio, "x")
}

fn against_cold(step: &Step, measured: &Measured, theme: Theme) -> Row {
    let goal = match step.edit {
        Edit::Nothing => Some(Goal::AtMost(0.15)),
        Edit::Body => Some(Goal::AtMost(0.2)),
        Edit::News if theme == Theme::Default => Some(Goal::AtMost(0.3)),
        _ => None,
    };
    let ratio = step.times.median() / measured.cold.times.median();
    row(&format!("{} / cold", step.name), goal, ratio, "x")
}

/// Goals are meant for a whole corpus.
fn print(row: &Row, whole: bool) {
    let (goal, kept) = match row.goal.filter(|_| whole) {
        Some(Goal::AtMost(most)) => (format!("<= {most}"), row.value <= most),
        Some(Goal::AtLeast(least)) => (format!(">= {least}"), row.value >= least),
        None => ("-".to_owned(), true),
    };
    let mark = if kept { "" } else { "  missed" };
    println!("{:<44} {goal:>10} {:>9.2} {:<2}{mark}", row.what, row.value, row.unit);
}

fn hugo(hugo: &Hugo) {
    println!(
        "hugo                             {}, peak {:.0} MB; {} files, {:.1} MB",
        times(&hugo.times),
        megabytes(hugo.peak),
        hugo.files,
        megabytes(hugo.bytes)
    );
    println!("cp -r of Hugo's output           {}", times(&hugo.copy));
}

/// How the time of a cold build grows from one corpus to the next.
pub fn growth(all: &[Measured]) {
    for pair in all.windows(2) {
        let [small, large] = pair else { continue };
        let time = large.cold.times.median() / small.cold.times.median();
        let (from, to) = (small.shape.stories, large.shape.stories);
        let goal = (from == 10_000 && to == 100_000).then_some(Goal::AtMost(11.0));
        print(&row(&format!("cold, {to} stories / {from} stories"), goal, time, "x"), true);
    }
}
