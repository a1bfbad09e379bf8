//! `contributions/about.yaml`: what holds for whole files, and the names of
//! kinds and funds.

use std::sync::Arc;

use jiff::civil::Date;

use super::parse_day;
use super::rules::BAD_GIFT_DAY;
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::bi;
use crate::data::{DataOptions, Named, read_named, without_twins};
use crate::yaml::{Node, Reader, Spanned, clip};

/// What is said of the files of contributions.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub files: Vec<FileNote>,
    /// Empty: any kind may stand in a table, under its own name.
    pub kinds: Vec<Named>,
    pub funds: Vec<Named>,
}

/// What holds for the rows of a file that do not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNote {
    /// Its name in the folder: `2026.csv`.
    pub file: Spanned<String>,
    pub as_of: Option<Date>,
    pub source: Option<String>,
    /// Whether its rows are invented.
    pub illustrative: bool,
}

/// Reads `{files: [{file, as_of, source, illustrative}], kinds: [{id, name}],
/// funds: [{id, name}]}`.
pub fn read_about(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> About {
    let mut reader = Reader::of(node, file, opts.zone);
    let mut files = Vec::new();
    for (_, mut map) in reader.maps("files") {
        let name = map.required("file", "2026.csv");
        let as_of = day(&mut map, "as_of");
        let source = map.line("source").map(|source| source.value);
        let illustrative = map.flag("illustrative").is_some_and(|flag| flag.value);
        reader.adopt(map);
        files.extend(name.map(|file| FileNote { file, as_of, source, illustrative }));
    }
    let mut named = |key: &str| {
        let mut all = Vec::new();
        for (_, mut map) in reader.maps(key) {
            let named = read_named(&mut map, "name", opts.langs);
            reader.adopt(map);
            all.extend(named);
        }
        all
    };
    let (kinds, funds) = (named("kinds"), named("funds"));
    found.extend(reader.finish());
    let kinds = without_twins(kinds, found, |kind| (&kind.file, &kind.id));
    let funds = without_twins(funds, found, |fund| (&fund.file, &fund.id));
    About { files, kinds, funds }
}

/// A day, without a time.
pub(super) fn day(reader: &mut Reader<'_>, key: &str) -> Option<Date> {
    let written = reader.line(key)?;
    let day = parse_day(written.value.trim());
    if day.is_none() {
        let shown = clip(&written.value);
        let message = bi!("“{shown}” không phải một ngày", "“{shown}” is no date");
        let help = bi!("viết: {key}: 2026-11-20", "write: {key}: 2026-11-20");
        let place = reader.span(&written.range);
        reader.push(Diagnostic::new(&BAD_GIFT_DAY, message).at(place).help(help));
    }
    day
}
