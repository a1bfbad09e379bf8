//! Which paths can change a site: the configuration and the folders of sources,
//! without what editors and systems leave in them.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it watches files")]

use std::path::{Component, Path};

use crate::driver::{CONFIG, FOLDERS, is_left_over, relative};

/// The path from the root, `/`-separated and NFC, if it can matter.
pub fn source(root: &Path, path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.strip_prefix(root).ok()?.components() {
        let Component::Normal(part) = part else { return None };
        parts.push(part.to_string_lossy());
    }
    let (top, rest) = parts.split_first()?;
    let known = if rest.is_empty() && *top == CONFIG { true } else { FOLDERS.contains(&&**top) };
    if !known || rest.iter().any(|name| is_left_over(top, name)) {
        return None;
    }
    Some(relative(root, path).to_string())
}

/// Whether there is a symbolic link among the sources.
pub fn has_links(root: &Path) -> bool {
    let walk = |folder: &&str| walkdir::WalkDir::new(root.join(folder)).into_iter();
    FOLDERS.iter().flat_map(walk).flatten().any(|entry| entry.path_is_symlink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_matter() {
        let seen = |path: &str| source(Path::new("/s"), &Path::new("/s").join(path));
        assert_eq!(seen("site.yaml").as_deref(), Some("site.yaml"));
        assert_eq!(seen("content/a/b.md").as_deref(), Some("content/a/b.md"));
        assert_eq!(seen("content").as_deref(), Some("content"));
        assert_eq!(seen("static/.well-known/x").as_deref(), Some("static/.well-known/x"));
        // Decomposed, as a Mac writes it.
        assert_eq!(seen("content/ba\u{300}i.md").as_deref(), Some("content/b\u{e0}i.md"));
        for path in [
            "public/index.html",
            ".git/index",
            ".tintot/lock",
            "content/.a.md.swp",
            "content/a.md~",
            "content/x/.git/HEAD",
            "static/.gitignore",
            "target/debug",
            "content/../../etc",
        ] {
            assert_eq!(seen(path), None, "{path}");
        }
        assert_eq!(source(Path::new("/s"), Path::new("/other/content/a.md")), None);
    }
}
