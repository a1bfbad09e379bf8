//! The shelf counted, and cleared of what no run of the program would read.

use std::fs;
use std::io;
use std::path::Path;

use super::{TABLE, identity, read};
use crate::cache::{self, Count};
use crate::config::Config;
use crate::driver::load;

/// How much lies on a site's shelf.
pub fn count(root: &Path) -> Count {
    files(&cache::folder(root, "docs")).iter().fold(Count::default(), |count, (_, size)| Count {
        files: count.files + 1,
        bytes: count.bytes + size,
    })
}

/// Removes files that the table of the shelf does not name, all of them if it
/// is damaged or of another program; gives how much was removed.
pub fn sweep(root: &Path, config: &Config) -> io::Result<Count> {
    let dir = cache::folder(root, "docs");
    let table = read(&dir, identity(&load::parse_options(config)));
    let kept: Vec<String> = table.map_or_else(Vec::new, |((table, ..), _)| {
        let files = table.files.into_iter().map(|(name, _)| name);
        files.chain([TABLE.to_owned()]).collect()
    });
    let mut removed = Count::default();
    for (name, size) in files(&dir) {
        if !kept.contains(&name) {
            fs::remove_file(dir.join(&name))?;
            removed = Count { files: removed.files + 1, bytes: removed.bytes + size };
        }
    }
    Ok(removed)
}

/// Names and sizes in bytes.
fn files(dir: &Path) -> Vec<(String, u64)> {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    let file = |entry: fs::DirEntry| {
        let meta = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((entry.file_name().into_string().ok()?, meta.len()))
    };
    entries.filter_map(file).collect()
}
