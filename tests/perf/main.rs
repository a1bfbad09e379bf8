//! How long builds take, as ratios to `cp -r` of their own output.
//!
//! # Use
//!
//! ```text
//! cargo bench --bench build                               a smoke test of seconds
//! cargo bench --bench build -- 10000 DIR --runs 5         the figures
//! cargo bench --bench build -- 10000 DIR --theme default  with all that the default theme makes
//! cargo bench --bench build -- 10000 100000 DIR           growth as well
//! cargo bench --bench build -- 10000 DIR --campaign       what a campaign of three years adds
//! cargo bench --bench build -- 10000 DIR --only-corpus    DIR/site and DIR/hugo, to profile by hand
//! cargo bench --bench build -- 10000 DIR --yardstick      beside the same packages with nothing but pages
//! cargo bench --bench build -- 10000 --program PATH       another build of the program
//! cargo bench --bench build -- --instructions             instructions, whatever the machine
//! ```
//!
//! `--short`, `--long`, `--languages K`, `--hugo` and `--no-hugo` change what is
//! measured. DIR belongs on the disk in question: once on a RAM disk
//! (`/dev/shm`), once on a real one. Folders `site`, `calendars`, `campaign`,
//! `out`, `copy`, `naive-out`, `hugo` and `hugo-out` in it are replaced.
//!
//! # What is measured
//!
//! The corpus (`corpus.rs`) is the same on every machine. Every build is a new
//! process of the program as it is shipped, timed from before it is started to
//! after it has ended; its peak memory is what the kernel says. *Cold* is a
//! build without output and without state; each cold build is followed by
//! `cp -r` of its output into a fresh folder, and by Hugo on the same stories
//! if it is there, so that all of them see the same machine. The other steps
//! build over the last output, each after an edit (`site.rs`); their files
//! and renderings are the program's own count. An error or a warning in the
//! corpus is a failure of the benchmark. No time ever is.
//!
//! With `--yardstick` the plainest program that renders the same from the same
//! packages runs in turn (`naive.rs`). It tells how much of a build is this
//! program's own doing, on machines where files are copied fast and programs run
//! slowly, or the other way round.
//!
//! With `--campaign` each cold build is followed by one of the same stories
//! with calendars, and by one with a campaign of three years (`campaign.rs`):
//! for 10,000 stories 2,000 events, 374 units and 50,000 contributions, hence
//! hubs, figures, donors, pages of units and yearly reports as the default
//! theme draws them, within the frame of the bench theme. A quarter of the
//! stories are events as well: what their calendars cost, which the bench build
//! does without, is told apart.
//!
//! # How to read it
//!
//! As ratios of medians; seconds belong to the machine. With several runs the
//! range stands in brackets: where ranges overlap there is no difference. The
//! bench theme (`theme/`) renders what Hugo's bare theme (`hugo/`) renders: a
//! page per story with canonical, description, Open Graph, alternates, style
//! sheet, header with 4 links, title, date, lead, body, links to 1 unit, 2
//! topics and 3 tags, JSON-LD, previous and next in its section, the 5 newest
//! of its unit, footer; per language home, sections, units, topics and tags as
//! lists of 20, each with a feed of the 20 newest; lists of terms; sitemaps.
//! What no configuration turns off is rendered on top of it: the archive by
//! year and month, error pages, host files, icons and scripts.

#[path = "bench.rs"]
mod bench;

use std::process::ExitCode;

/// As the program has it: the yardstick is measured too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match bench::args::read(std::env::args().skip(1)).and_then(|args| bench::perform(&args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
