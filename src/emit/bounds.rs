//! Which folders may be an output at all.
//!
//! Takes the site's root and the output as the caller names them; gives both
//! with every symbolic link on the way resolved, or refuses. Never writes.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::base::fault::Fault;
use crate::bi;

/// Folders of the site that an output must stay out of.
const SOURCES: [&str; 5] = ["content", "themes", "static", ".tintot", ".git"];

/// Resolves both paths; a relative one counts from the current folder.
pub(super) fn settle(root: &Path, out: &Path) -> Result<(PathBuf, PathBuf), Fault> {
    let root = root.canonicalize().map_err(|error| {
        Fault::io(
            bi!("không mở được thư mục trang", "could not open the site's folder"),
            root,
            error,
        )
    })?;
    let out = resolve(out)?;
    if root.starts_with(&out) {
        let (out, root) = (out.display(), root.display());
        return Err(Fault::refused(
            bi!(
                "thư mục đầu ra {out} chứa chính trang nguồn {root}",
                "the output folder {out} contains the site's own folder {root}"
            ),
            elsewhere(),
        ));
    }
    for name in SOURCES {
        let source = root.join(name);
        let real = source.canonicalize().unwrap_or_else(|_| source.clone());
        if out.starts_with(&source) || out.starts_with(&real) || real.starts_with(&out) {
            let out = out.display();
            return Err(Fault::refused(
                bi!(
                    "thư mục đầu ra {out} đụng với thư mục nguồn {name}/",
                    "the output folder {out} overlaps the source folder {name}/"
                ),
                elsewhere(),
            ));
        }
    }
    Ok((root, out))
}

fn elsewhere() -> crate::base::diag::Bi {
    bi!(
        "Hãy chọn một thư mục riêng cho đầu ra, ví dụ: -o public",
        "Choose a folder of its own for the output, for example: -o public"
    )
}

/// The path without links, also if its last parts do not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, Fault> {
    let refuse = |error| {
        Fault::io(
            bi!("không dùng được thư mục đầu ra", "could not use the output folder"),
            path,
            error,
        )
    };
    let whole = std::path::absolute(path).map_err(refuse)?;
    let mut present = whole.clone();
    let mut missing = Vec::new();
    let mut real = loop {
        match present.canonicalize() {
            Ok(real) => break real,
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(refuse(error)),
            // A link to nowhere is there and yet cannot be followed.
            Err(error) if present.symlink_metadata().is_ok() => return Err(refuse(error)),
            Err(error) => match present.components().next_back() {
                Some(Component::Normal(name)) => missing.push(name.to_owned()),
                _ => return Err(refuse(error)),
            },
        }
        present.pop();
    };
    let folder = real.metadata().map_err(refuse)?;
    if !folder.is_dir() {
        return Err(refuse(ErrorKind::NotADirectory.into()));
    }
    real.extend(missing.into_iter().rev());
    Ok(real)
}
