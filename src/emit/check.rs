//! The last look before anything is touched: may all of this be moved?
//!
//! Takes the rows of a build and what was found in their way while staging;
//! gives the folders that stood in the output before us, or a fault that names
//! the paths in conflict. Only reads.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::dirs::{self, Dirs, Folder};
use super::ledger::{Ledger, Row};
use super::ours::{self, Standing, standing};
use super::stage::not_read;
use crate::base::diag::Bi;
use crate::base::fault::Fault;
use crate::base::path::{OutputPath, files_as_folders};
use crate::bi;

/// How many conflicting paths a fault names.
const NAMED: usize = 10;

/// What stands where we want to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// A file that is not ours.
    File,
    Folder,
    Link,
}

/// Two artifacts at one path, or one where another needs a folder: the plan is
/// wrong, and nothing may be moved.
pub(super) fn distinct(rows: &[Row]) -> Result<(), Fault> {
    let twice = rows.windows(2).find_map(|pair| match pair {
        [a, b] if a.path == b.path => Some(&a.path),
        _ => None,
    });
    let nested = || {
        let (file, _) = files_as_folders(rows.iter().map(|row| &row.path)).next()?;
        rows.get(file).map(|row| &row.path)
    };
    match twice.or_else(nested) {
        None => Ok(()),
        Some(path) => Err(Fault::refused(
            bi!("hai kết quả cùng muốn nằm ở {path}", "two results want the path {path}"),
            bi!(
                "Hãy đổi slug hoặc aliases của một trong hai.",
                "Change the slug or the aliases of one of the two."
            ),
        )),
    }
}

/// An output that was absent or empty when the build began must still be so:
/// another site's build may have made it meanwhile, and the two would mix.
pub(super) fn still_vacant(out: &Path) -> Result<(), Fault> {
    if !out.exists() || ours::is_empty(out) {
        return Ok(());
    }
    let out = out.display();
    Err(Fault::refused(
        bi!(
            "trong lúc dựng, thư mục đầu ra {out} đã có người khác ghi vào, nên chưa ghi gì",
            "somebody else has filled the output folder {out} during the build, so nothing was written"
        ),
        bi!(
            "Hãy cho mỗi trang một thư mục đầu ra riêng (-o), rồi chạy lại.",
            "Give every site an output folder of its own (-o), then run again."
        ),
    ))
}

/// Looks at all that the staged rows would meet. `blocked`: paths where a folder
/// or something not ours was seen while staging.
pub(super) fn clear_way(
    out: &Path,
    old: &Ledger,
    new: &[Row],
    blocked: BTreeMap<OutputPath, Obstacle>,
    dirs: &mut Dirs,
) -> Result<(), Fault> {
    let mut conflicts = BTreeMap::new();
    let wanted = |path: &str| new.binary_search_by(|row| row.path.as_str().cmp(path)).is_ok();
    let staged = new.iter().filter(|row| row.staged.is_some()).map(|row| &row.path);
    for path in staged.chain(blocked.keys()) {
        let folder = dirs::parent(path.as_str());
        let failed = |error| not_read(&out.join(folder), error);
        let Folder::Blocked { at, link } = dirs.look(folder).map_err(failed)? else {
            continue;
        };
        let kind = if link { Obstacle::Link } else { Obstacle::File };
        let ours = OutputPath::new(&at).and_then(|path| old.get(&path));
        let leaves = match ours {
            Some(row) if !link && !wanted(&at) => is_ours(out, row).map_err(failed)?,
            _ => false,
        };
        if !leaves {
            conflicts.insert(at, kind);
        }
    }
    for (path, kind) in &blocked {
        let above = dirs.look(dirs::parent(path.as_str()));
        if !above.is_ok_and(|above| above == Folder::Real) {
            continue; // What is above it was judged already.
        }
        let folder = out.join(path.as_str());
        let leaves = *kind == Obstacle::Folder
            && only_leaving(out, path.as_str(), old, &wanted)
                .map_err(|error| not_read(&folder, error))?;
        if !leaves {
            conflicts.insert(path.as_str().to_owned(), *kind);
        }
    }
    if conflicts.is_empty() { Ok(()) } else { Err(conflict(out, &conflicts)) }
}

fn is_ours(out: &Path, row: &Row) -> io::Result<bool> {
    let found = standing(&out.join(row.path.as_str()), row)?;
    Ok(matches!(found, Standing::Ours { .. }))
}

/// Whether a folder holds nothing but files of ours that leave with this build.
fn only_leaving(
    out: &Path,
    folder: &str,
    old: &Ledger,
    wanted: &impl Fn(&str) -> bool,
) -> io::Result<bool> {
    // A folder that stood there before us would stay, empty or not.
    if old.found.iter().any(|path| path.as_str() == folder) {
        return Ok(false);
    }
    for entry in fs::read_dir(out.join(folder))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            return Ok(false);
        };
        let path = format!("{folder}/{name}");
        let leaves = if entry.file_type()?.is_dir() {
            only_leaving(out, &path, old, wanted)?
        } else {
            match OutputPath::new(&path).and_then(|path| old.get(&path)) {
                Some(row) if !wanted(&path) => is_ours(out, row)?,
                _ => false,
            }
        };
        if !leaves {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Folders that hold files of ours and were there before us, ascending: those
/// of the last build, and those met now that the last build had no part in.
pub(super) fn found(old: &Ledger, new: &[Row], dirs: &Dirs) -> Vec<OutputPath> {
    let known = old.found.iter().filter(|path| has_any(new, path.as_str())).cloned();
    let met = dirs.real().filter(|folder| !has_any(&old.rows, folder));
    let mut found: Vec<_> = known.chain(met.filter_map(OutputPath::new)).collect();
    found.sort();
    found.dedup();
    found
}

/// Whether any of the rows, which are sorted, lies in a folder.
fn has_any(rows: &[Row], folder: &str) -> bool {
    let inside = format!("{folder}/");
    let at = rows.partition_point(|row| row.path.as_str() < inside.as_str());
    rows.get(at).is_some_and(|row| row.path.as_str().starts_with(&inside))
}

fn conflict(out: &Path, conflicts: &BTreeMap<String, Obstacle>) -> Fault {
    let (count, out) = (conflicts.len(), out.display());
    let mut message = bi!(
        "thư mục đầu ra {out} có thứ không do tintot tạo ra nằm đúng chỗ cần ghi, nên chưa ghi gì cả ({count}):",
        "the output folder {out} holds what tintot did not make where it must write, so nothing was written ({count}):"
    );
    for (path, kind) in conflicts.iter().take(NAMED) {
        let kind = match kind {
            Obstacle::File => bi!("tệp", "file"),
            Obstacle::Folder => bi!("thư mục", "folder"),
            Obstacle::Link => bi!("liên kết tượng trưng", "symbolic link"),
        };
        message.vi.push_str(&format!(" {path} ({}),", kind.vi));
        message.en.push_str(&format!(" {path} ({}),", kind.en));
    }
    message.vi.pop();
    message.en.pop();
    if let Some(more) = count.checked_sub(NAMED).filter(|more| *more > 0) {
        message.vi.push_str(&format!(" và {more} chỗ khác"));
        message.en.push_str(&format!(" and {more} more"));
    }
    Fault::refused(message, advice(conflicts))
}

fn advice(conflicts: &BTreeMap<String, Obstacle>) -> Bi {
    let mut advice = bi!(
        "Hãy dời chúng đi nơi khác, hoặc chọn thư mục đầu ra khác bằng -o.",
        "Move them away, or choose another output folder with -o."
    );
    if conflicts.values().all(|kind| *kind == Obstacle::File) {
        let adopt = bi!(
            " Nếu chắc chắn đó là tệp của trang này, hãy chạy lại với --adopt để ghi đè.",
            " If you are sure that they belong to this site, run again with --adopt to overwrite them."
        );
        advice.vi.push_str(&adopt.vi);
        advice.en.push_str(&adopt.en);
    }
    advice
}
