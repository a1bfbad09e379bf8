//! A site in a string: written to a folder of its own, built, looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tintot::base::diag::{Diagnostic, Severity};
use tintot::base::time::BuildTime;
use tintot::config::BaseUrl;
use tintot::driver::{self, Build, Kept, Output, Request, Shelves};
use tintot::emit::Written;

/// The smallest configuration: Vietnamese and English.
pub const SITE: &str = "-- site.yaml --
title: {vi: Tin tốt, en: Good news}
base_url: https://tintot.example/
languages:
  - {tag: vi, name: Tiếng Việt}
  - {tag: en, name: English}
";

/// A site on disk that is removed with the value.
pub struct Site {
    dir: tempfile::TempDir,
    pub at: &'static str,
    pub drafts: bool,
    pub future: bool,
    pub quarantine: bool,
    pub base_url: Option<&'static str>,
    pub threads: usize,
}

/// What a build came to.
pub struct Built {
    pub diagnostics: Vec<Diagnostic>,
    pub written: Option<Written>,
    /// Pages that had to be rendered.
    pub rendered: usize,
    pub build: Build,
}

impl Site {
    /// Files in txtar form: a line `-- path --`, then the file's text.
    pub fn new(txtar: &str) -> Site {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let site = Site {
            dir,
            at: "2026-11-23T12:00:00+07:00",
            drafts: false,
            future: false,
            quarantine: false,
            base_url: None,
            threads: 2,
        };
        site.write_all(txtar);
        site
    }

    /// [`SITE`] with more files.
    pub fn with(txtar: &str) -> Site {
        Site::new(&format!("{SITE}{txtar}"))
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn write_all(&self, txtar: &str) {
        for (path, text) in files(txtar) {
            self.write(&path, text.as_bytes());
        }
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.root().join(path)).expect("a file to remove");
    }

    pub fn request(&self) -> Request {
        Request {
            root: self.root().to_owned(),
            at: BuildTime(self.at.parse().expect("an instant")),
            drafts: self.drafts,
            future: self.future,
            base_url: self.base_url.map(|url| BaseUrl::parse(url).expect("a base URL")),
            quarantine: self.quarantine,
            strict: false,
            generator: "tintot test".to_owned(),
        }
    }

    /// Builds into `public/`, as the program does it.
    pub fn build(&self) -> Built {
        self.built(&self.out(), Shelves::Write)
    }

    /// Builds into any folder, from nothing but the sources.
    pub fn build_into(&self, out: &Path) -> Built {
        self.built(out, Shelves::None)
    }

    /// Builds into any folder, as the program does it.
    pub fn build_beside(&self, out: &Path) -> Built {
        self.built(out, Shelves::Write)
    }

    /// Errors keep it from being written.
    fn built(&self, out: &Path, shelves: Shelves) -> Built {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(self.threads).build().expect("threads");
        pool.install(|| {
            let (request, mut kept) = (self.request(), Kept::shelved(shelves));
            let output = Output { dir: out.to_owned(), adopt: false };
            let looks = shelves == Shelves::Write;
            if looks && let Ok(Some(_)) = driver::unchanged(&request, &output, &mut kept, &|| {}) {
                // The program would be done. Here all of it is asked for.
                kept = Kept::shelved(shelves);
            }
            let mut build = driver::build_seen(&request, &mut kept).expect("a readable site");
            let stop = build.diagnostics.iter().any(Diagnostic::is_error) && !self.quarantine;
            let mut written = None;
            if stop {
                // As it is, but without the output in its hands.
                kept = Kept::shelved(shelves);
                build = driver::build_seen(&request, &mut kept).expect("a readable site");
            } else {
                written = driver::publish(&mut build, &request, &output, (&|_, _| {}, &|| {}))
                    .expect("a writable output");
            }
            let (written, rendered) = written.map_or((None, 0), |(written, n)| (Some(written), n));
            Built { diagnostics: std::mem::take(&mut build.diagnostics), written, rendered, build }
        })
    }

    /// A page of the output as text.
    pub fn page(&self, path: &str) -> String {
        let file = self.out().join(path);
        std::fs::read_to_string(&file).unwrap_or_else(|error| {
            let all: Vec<_> = snapshot(&self.out()).into_keys().collect();
            panic!("{path}: {error}; there is:\n{}", all.join("\n"))
        })
    }

    pub fn has(&self, path: &str) -> bool {
        self.out().join(path).exists()
    }
}

impl Built {
    /// `code severity message` of everything above a note, one a line.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.diagnostics.iter().filter(|diag| diag.severity > Severity::Note);
        problems.map(|diag| format!("{} {}", diag.rule.code, diag.message.en)).collect()
    }

    /// Fails the test unless the build was without errors and warnings.
    #[track_caller]
    pub fn clean(self) -> Built {
        assert!(self.problems().is_empty(), "{:#?}", self.problems());
        self
    }

    /// Fails the test unless something was written.
    #[track_caller]
    pub fn ok(self) -> Built {
        assert!(self.written.is_some(), "nothing written: {:#?}", self.problems());
        self
    }

    pub fn has_code(&self, code: &str) -> bool {
        self.diagnostics.iter().any(|diag| diag.rule.code == code)
    }
}

/// Long enough that a file's time tells a later change from an earlier one.
pub fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(120));
}

/// Cuts a txtar into paths and texts.
pub fn files(txtar: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in txtar.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (name, files.last_mut()) {
            (Some(name), _) => files.push((name.to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    files
}

/// Every file below a folder with its bytes.
pub fn snapshot(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let Ok(entry) = entry else { continue };
        if entry.file_type().is_file() {
            let name =
                entry.path().strip_prefix(dir).expect("below").to_string_lossy().into_owned();
            all.insert(name, std::fs::read(entry.path()).expect("readable"));
        }
    }
    all
}
