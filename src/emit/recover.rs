//! After an interruption: finish what had begun to move, drop what had not. And
//! the end of every build, which is the same: from the journal to the manifest.

use std::path::Path;

use super::apply::{self, Applied, Job};
use super::dirs::Dirs;
use super::ledger::{Ledger, Spot};
use super::stage::{self, Stage, not_written};
use super::state::{JOURNAL, MANIFEST, State, Stored};
use super::{Outcome, Recovery, step};
use crate::base::diag::Bi;
use crate::base::fault::Fault;
use crate::bi;
use crate::disk::Look;

/// How many paths a note names.
const NAMED: usize = 5;

/// Brings an output to rest and gives its manifest, if there is one to believe.
pub(super) fn recover(state: &State, out: &Path) -> Result<(Option<Ledger>, Recovery), Fault> {
    let mut recovery = Recovery { outcome: Outcome::Clean, notes: Vec::new() };
    let old = match state.load(MANIFEST)? {
        Stored::Whole(ledger) => Some(ledger),
        Stored::Absent => None,
        Stored::Broken => {
            recovery.notes.push(bi!(
                "sổ ghi đầu ra của lần trước không đọc được; mọi trang được dựng lại",
                "the record of the last build's output cannot be read; every page is made again"
            ));
            None
        }
    };
    match state.load(JOURNAL)? {
        Stored::Whole(new) => {
            let none = Ledger::default();
            let stage = Stage::new(state.stage_dir(out, new.spot), new.spot, new.tree);
            let job = Job { out, stage: &stage, old: old.as_ref().unwrap_or(&none), new: &new };
            let applied = apply::apply(&job, &mut Dirs::new(out))?;
            recovery.outcome = Outcome::Finished;
            recovery.notes.extend(notes(&applied));
            let new = conclude(state, &stage, new, &applied)?;
            return Ok((Some(new), recovery));
        }
        Stored::Broken => {
            state.remove(JOURNAL)?;
            recovery.outcome = Outcome::RolledBack;
            recovery.notes.push(bi!(
                "nhật ký của lần chạy bị ngắt không đọc được nên bị bỏ qua",
                "the journal of the interrupted run cannot be read and is ignored"
            ));
        }
        Stored::Absent => {}
    }
    state.remove_drafts()?;
    for spot in [Spot::State, Spot::Beside, Spot::Inside] {
        let dir = state.stage_dir(out, spot);
        let left = Look::at(&dir).map_err(|error| not_written(&dir, error))?;
        if left.is_some() {
            recovery.outcome = Outcome::RolledBack;
            stage::remove(&dir).map_err(|error| not_written(&dir, error))?;
        }
    }
    Ok((old, recovery))
}

/// Drops the staging folder and makes the journal the manifest.
pub(super) fn conclude(
    state: &State,
    stage: &Stage,
    mut new: Ledger,
    applied: &Applied,
) -> Result<Ledger, Fault> {
    if !applied.taken.is_empty() {
        // What was not placed must not count as ours, not even if we die now.
        new.rows.retain(|row| !applied.taken.contains(&row.path));
        step();
        state.save(JOURNAL, &new, true)?;
    }
    step();
    stage.remove().map_err(|error| not_written(&stage.dir, error))?;
    step();
    state.promote()?;
    Ok(new)
}

/// What the reader of the report should know of a move.
pub(super) fn notes(applied: &Applied) -> Vec<Bi> {
    let mut notes = Vec::new();
    if !applied.edited.is_empty() {
        let (count, names) = (applied.edited.len(), names(&applied.edited));
        notes.push(bi!(
            "giữ lại tệp không còn thuộc trang vì đã bị sửa tay ({count}): {names}",
            "files that no longer belong to the site stay, since they were edited by hand ({count}): {names}"
        ));
    }
    if !applied.taken.is_empty() {
        let (count, names) = (applied.taken.len(), names(&applied.taken));
        notes.push(bi!(
            "chưa xuất bản được vì có thứ khác vừa chiếm chỗ ({count}): {names}",
            "not published, since something else has come to stand there ({count}): {names}"
        ));
    }
    notes
}

/// Pages that an unrecorded build of ours left in the output.
pub(super) fn strays_note(strays: &[String]) -> Option<Bi> {
    let (count, names) = (strays.len(), names(strays));
    (count > 0).then(|| {
        bi!(
            "trong thư mục đầu ra còn trang cũ có vẻ do tintot tạo ra nhưng không thuộc trang này nữa; hãy xóa nếu không cần ({count}): {names}",
            "old pages in the output seem to be made by tintot but are no part of the site; remove them if not needed ({count}): {names}"
        )
    })
}

/// The first few, and dots if there are more.
fn names(all: &[impl ToString]) -> String {
    let named: Vec<String> = all.iter().take(NAMED).map(ToString::to_string).collect();
    let dots = if all.len() > NAMED { ", …" } else { "" };
    format!("{}{dots}", named.join(", "))
}
