//! The default theme and where it is inside the program.

use std::borrow::Cow;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::ThemeFile;
use crate::base::hash::{Key, KeyBuilder};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Every file of the default theme, sorted by name.
pub fn builtin_files() -> Vec<ThemeFile> {
    let mut files = Vec::new();
    collect(&DEFAULT, &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Changes when any file of the built-in theme does.
pub fn builtin_key() -> Key {
    let mut key = KeyBuilder::new("builtin theme");
    for file in builtin_files() {
        key.put_str(&file.name).put(&file.bytes);
    }
    key.finish()
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<ThemeFile>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        files.push(ThemeFile {
            origin: Arc::from(format!("themes/default/{name}")),
            name,
            bytes: Cow::Borrowed(file.contents()),
        });
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The text of a built-in file by its path from a site's root, for messages.
pub fn builtin_source(path: &str) -> Option<&'static str> {
    DEFAULT.get_file(path.strip_prefix("themes/default/")?)?.contents_utf8()
}
