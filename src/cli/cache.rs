//! `cache`: what is kept between builds of pictures and documents, counted and
//! cleared out; pictures brought to another place and back.

use std::path::Path;

use super::args::{Args, CacheCommand, Look};
use super::extras::say;
use super::{MACHINE, build};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::bi;
use crate::cache::{Cache, Count};
use crate::driver;

pub fn cache(args: &Args, command: &CacheCommand) -> Result<u8, Fault> {
    let cache = driver::picture_cache(&args.root);
    match command {
        CacheCommand::Stats => {
            tell(args, ("Kho ảnh", "Kept pictures"), cache.count())?;
            tell(args, ("Bài đã đọc", "Parsed documents"), driver::count_documents(&args.root))
        }
        CacheCommand::Prune => prune(args, &cache),
        CacheCommand::Export { dir } => {
            tell(args, ("Chép ra", "Exported"), copy(&cache, &Cache::at(dir), dir)?)
        }
        CacheCommand::Import { dir } => {
            tell(args, ("Nhập vào", "Imported"), copy(&Cache::at(dir), &cache, dir)?)
        }
    }
}

/// Removes what the site shows nowhere, drafts and future entries included: a
/// preview shall not have to make them again.
fn prune(args: &Args, cache: &Cache) -> Result<u8, Fault> {
    let look = Look { base_url: None, drafts: true, future: true, at: None };
    let site = driver::look(&build::request(args, &look)?)?;
    let Some(ready) = &site.ready else {
        super::list::unusable(&site, args.tongue());
        return Ok(MACHINE);
    };
    let wanted = driver::wanted_pictures(ready);
    let removed = cache.retain(&|key| wanted.binary_search(&key).is_ok());
    let failed = bi!("không dọn được kho ảnh", "cannot clear out the kept pictures");
    let removed = removed.map_err(|error| Fault::io(failed, &args.root, error))?;
    tell(args, ("Đã xóa khỏi kho ảnh", "Removed pictures"), removed)?;
    let failed = bi!("không dọn được các bài đã đọc", "cannot clear out the parsed documents");
    let removed = driver::sweep_documents(&args.root, &ready.site.config);
    let removed = removed.map_err(|error| Fault::io(failed, &args.root, error))?;
    tell(args, ("Đã xóa trong các bài đã đọc", "Removed documents"), removed)
}

fn copy(from: &Cache, to: &Cache, dir: &Path) -> Result<Count, Fault> {
    let failed = bi!("không chép được kho ảnh", "cannot copy the kept pictures");
    from.copy_to(to).map_err(|error| Fault::io(failed, dir, error))
}

fn tell(args: &Args, (vi, en): (&str, &str), count: Count) -> Result<u8, Fault> {
    let Count { files, bytes } = count;
    // Tenths of a megabyte, rounded up: nothing that is there shows as nothing.
    let tenths = bytes.div_ceil(100_000);
    let (whole, part) = (tenths / 10, tenths % 10);
    say(&match args.tongue() {
        Tongue::Vi => format!("{vi}: {files} tệp, {whole},{part} MB\n"),
        Tongue::En => format!("{en}: {files} files, {whole}.{part} MB\n"),
    })
}
