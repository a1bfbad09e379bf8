//! The benchmark on a corpus of no size: it runs, the corpus builds without a
//! warning under both themes, and what changes nothing writes nothing.

#[path = "../perf/bench.rs"]
mod bench;

#[test]
fn the_benchmark_runs_with_either_theme() {
    for theme in ["bench", "default"] {
        let args = ["40", "--languages", "3", "--no-hugo", "--campaign", "--theme", theme];
        let args = bench::args::read(args.map(str::to_owned).into_iter()).expect("known options");
        bench::perform(&args).expect("the benchmark runs");
    }
}
