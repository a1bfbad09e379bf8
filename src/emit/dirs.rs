//! The folders of the output: each looked at once, made once, and never through
//! a symbolic link.

use std::collections::HashMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::disk::Look;

/// What a folder of the output is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Folder {
    Real,
    Absent,
    /// Something else stands at this path, which is the folder or above it.
    Blocked {
        at: String,
        link: bool,
    },
}

/// What is known of the folders of one output.
pub(super) struct Dirs {
    out: PathBuf,
    known: HashMap<String, Folder>,
}

impl Dirs {
    pub(super) fn new(out: &Path) -> Dirs {
        Dirs { out: out.to_path_buf(), known: HashMap::new() }
    }

    /// What a folder is; `""` is the output itself. Asks the system once.
    pub(super) fn look(&mut self, folder: &str) -> io::Result<Folder> {
        if let Some(known) = self.known.get(folder) {
            return Ok(known.clone());
        }
        let above = match folder {
            "" => Folder::Real,
            _ => self.look(parent(folder))?,
        };
        let here = match above {
            Folder::Real => match Look::at(&self.out.join(folder))? {
                None => Folder::Absent,
                Some(found) if found.is_dir => Folder::Real,
                Some(found) => Folder::Blocked { at: folder.to_owned(), link: found.is_link },
            },
            other => other,
        };
        self.known.insert(folder.to_owned(), here.clone());
        Ok(here)
    }

    /// Makes a folder and those above it; `Real` unless something is in the way.
    pub(super) fn make(&mut self, folder: &str) -> io::Result<Folder> {
        match self.look(folder)? {
            Folder::Absent => {}
            settled => return Ok(settled),
        }
        let path = self.out.join(folder);
        let made = match folder {
            "" => fs::create_dir_all(&path),
            _ => {
                let above = self.make(parent(folder))?;
                if above != Folder::Real {
                    return Ok(above);
                }
                fs::create_dir(&path)
            }
        };
        self.known.remove(folder);
        match made {
            Ok(()) => {
                self.known.insert(folder.to_owned(), Folder::Real);
                Ok(Folder::Real)
            }
            // Somebody else was faster: see what they made.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.look(folder),
            Err(error) => Err(error),
        }
    }

    /// Forgets a path and what is below it, after something there was removed.
    pub(super) fn forget(&mut self, folder: &str) {
        let below = format!("{folder}/");
        self.known.retain(|known, _| known != folder && !known.starts_with(&below));
    }

    /// Folders that are there, in no order.
    pub(super) fn real(&self) -> impl Iterator<Item = &str> {
        let real =
            self.known.iter().filter(|(name, kind)| !name.is_empty() && **kind == Folder::Real);
        real.map(|(name, _)| name.as_str())
    }
}

/// The folder of a file or folder of the output; `""` at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// All folders above a path, the nearest first, without the output itself.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(parent(path)), |folder| Some(parent(folder)))
        .take_while(|folder| !folder.is_empty())
}
