//! Runs the lint over the Vietnamese texts of a site; only `check` does, a
//! build has no time for it.

use rayon::prelude::*;

use super::{Build, Clock, settle, sort};
use crate::base::diag::Diagnostics;
use crate::data::{DataFile, Slip};
use crate::lint::{Dictionary, Memory};

/// Adds a diagnostic for each known slip in a Vietnamese text. `strict`: every
/// warning is an error.
pub fn lint(build: &mut Build, strict: bool) {
    let Some(ready) = &build.ready else { return };
    let mut clock = Clock::start();
    let site = &ready.site;
    let own: &[Slip] = match site.data.get("slips.yaml").map(|file| &**file) {
        Some(DataFile::Slips(slips)) => slips,
        _ => &[],
    };
    let dictionary = Dictionary::new(own);
    let default = site.config.languages.first().map_or("vi", |language| language.tag.as_str());
    let vietnamese = |tag: &str| tag == "vi" || tag.starts_with("vi-");
    let docs =
        site.docs.par_iter().filter(|doc| vietnamese(doc.lang.as_deref().unwrap_or(default)));
    let mut found: Diagnostics = docs
        .map_init(Memory::default, |memory, doc| {
            // A file that cannot be read any more was reported by the parser
            // or will be at the next run.
            let bytes = build.tree.get(&doc.path).and_then(|file| file.read().ok());
            let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
            text.map(|text| dictionary.lint(doc, text, memory)).unwrap_or_default()
        })
        .flatten_iter()
        .collect();
    settle(&site.config, strict, &mut found);
    clock.lap("lint");
    build.times.append(&mut clock.times);
    build.diagnostics.extend(found);
    sort(&mut build.diagnostics);
}
