//! What is wrong with the machine or the call: a full disk, a missing right, an
//! output folder that must not be written.
//!
//! A [`Fault`] ends a run (exit code 2). It carries its words in both
//! languages, what to do, and the file and operating system error behind it.
//! Only `cli` prints it. Mistakes in an author's files are never faults: those
//! are [`crate::base::diag::Diagnostic`]s.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::base::diag::Bi;

/// Why a run could not go on. One pointer wide, so that results stay small.
#[derive(Debug)]
pub struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    what: Bi,
    help: Option<Bi>,
    path: Option<PathBuf>,
    source: Option<io::Error>,
}

impl Fault {
    /// The operating system said no. `action` reads well before a path: `bi!("không ghi được", "could not write")`.
    pub fn io(action: Bi, path: impl Into<PathBuf>, source: io::Error) -> Fault {
        Fault(Box::new(Inner {
            what: action,
            help: None,
            path: Some(path.into()),
            source: Some(source),
        }))
    }

    /// The command itself says no; `help` tells what to do instead.
    pub fn refused(what: Bi, help: Bi) -> Fault {
        Fault(Box::new(Inner { what, help: Some(help), path: None, source: None }))
    }

    /// Adds what to do, after what was already advised.
    pub fn with_help(mut self, help: Bi) -> Fault {
        self.0.help = Some(match self.0.help.take() {
            None => help,
            Some(old) => {
                Bi { vi: format!("{} {}", old.vi, help.vi), en: format!("{} {}", old.en, help.en) }
            }
        });
        self
    }

    /// What happened, with the path and the cause, in one sentence without a full stop.
    pub fn message(&self) -> Bi {
        let mut message = self.0.what.clone();
        if let Some(path) = &self.0.path {
            let path = path.display();
            message.vi.push_str(&format!(" {path}"));
            message.en.push_str(&format!(" {path}"));
        }
        if let Some(source) = &self.0.source {
            message.vi.push_str(&format!(": {}", cause_vi(source)));
            message.en.push_str(&format!(": {source}"));
        }
        message
    }

    /// What to do, where that is known.
    pub fn help(&self) -> Option<&Bi> {
        self.0.help.as_ref()
    }

    /// The file or folder that the operating system refused.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The kind of the operating system's error, if there was one.
    pub fn kind(&self) -> Option<ErrorKind> {
        self.0.source.as_ref().map(io::Error::kind)
    }
}

impl fmt::Display for Fault {
    /// The English message, then the help after a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)?;
        match &self.0.help {
            Some(help) => write!(f, ". {}", help.en),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}

/// The usual causes in Vietnamese, others in the system's own words.
fn cause_vi(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "không tìm thấy",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::AlreadyExists => "đã có sẵn",
        ErrorKind::StorageFull => "đĩa đã đầy",
        ErrorKind::QuotaExceeded => "đã dùng hết hạn mức đĩa",
        ErrorKind::FileTooLarge => "tệp quá lớn",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        ErrorKind::NotADirectory => "không phải là thư mục",
        ErrorKind::IsADirectory => "là thư mục, không phải tệp",
        ErrorKind::DirectoryNotEmpty => "thư mục không rỗng",
        ErrorKind::CrossesDevices => "nằm trên hai ổ đĩa khác nhau",
        ErrorKind::InvalidFilename => "tên không hợp lệ hoặc quá dài",
        ErrorKind::ResourceBusy => "đang bị chương trình khác giữ",
        ErrorKind::TimedOut => "hết thời gian chờ",
        ErrorKind::AddrInUse => "địa chỉ đã có chương trình khác dùng",
        _ => return error.to_string(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_path_cause_and_help_in_both_languages() {
        let error = io::Error::from(ErrorKind::StorageFull);
        let fault = Fault::io(crate::bi!("không ghi được", "could not write"), "a/b", error)
            .with_help(crate::bi!("Hãy dọn đĩa.", "Free some space."));
        assert_eq!(fault.message().vi, "không ghi được a/b: đĩa đã đầy");
        assert!(fault.message().en.starts_with("could not write a/b: "));
        assert!(fault.to_string().ends_with(". Free some space."));
        assert_eq!(fault.kind(), Some(ErrorKind::StorageFull));
        assert_eq!(size_of::<Fault>(), size_of::<usize>());
    }
}
