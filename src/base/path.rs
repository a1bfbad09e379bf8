//! Paths of the output: relative, `/`-separated, NFC, safe by construction.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A file of the output, relative to the output folder: `mo-hinh/vuon-uom/index.html`.
///
/// No leading slash, no empty, `.` or `..` component, no backslash, no control
/// character; each component at most 255 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// `None` if the text is not a safe relative path.
    pub fn new(path: &str) -> Option<OutputPath> {
        let ok = has_safe_parts(path.as_bytes()) && !has_control(path);
        ok.then(|| OutputPath(Arc::from(path)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL path below the site's root: `mo-hinh/vuon-uom/` for an
    /// `index.html`, the path itself for any other file. Percent-encoded.
    pub fn url(&self) -> Cow<'_, str> {
        let path = match self.0.strip_suffix("index.html") {
            Some("") => "",
            Some(dir) if dir.ends_with('/') => dir,
            _ => &self.0,
        };
        encode_path(path)
    }
}

/// Whether what stands between slashes can be the names of folders and a file.
fn has_safe_parts(path: &[u8]) -> bool {
    let mut from = 0;
    memchr::memchr_iter(b'/', path).chain([path.len()]).all(|to| {
        let part = path.get(from..to).unwrap_or_default();
        from = to + 1;
        !matches!(part, b"" | b"." | b"..") && part.len() <= 255
    })
}

/// Whether a path holds a backslash or a control character.
fn has_control(path: &str) -> bool {
    let suspect = |byte: u8| (byte < b' ') | (byte == b'\\') | (byte == 0x7f) | (byte == 0xc2);
    // All bytes in blocks rather than one by one up to the first.
    path.bytes().fold(false, |any, byte| any | suspect(byte))
        && path.chars().any(|c| c == '\\' || c.is_control())
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Percent-encodes a URL path: RFC 3986 `pchar` and `/` stay.
pub fn encode_path(path: &str) -> Cow<'_, str> {
    use std::fmt::Write;
    let stays = |byte: u8| STAYS[usize::from(byte)];
    if path.bytes().all(stays) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() * 2);
    for byte in path.bytes() {
        if stays(byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// Bytes that [`encode_path`] leaves as they are.
static STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let mut at = 0;
    while at < 256 {
        stays[at] = matches!(
            at as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'
            | b'-' | b'.' | b'_' | b'~' | b'/' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')'
            | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@'
        );
        at += 1;
    }
    stays
};

/// Of paths in ascending order those that are files where a later one needs a
/// folder: the places of both.
pub fn files_as_folders<'a>(
    paths: impl Iterator<Item = &'a OutputPath>,
) -> impl Iterator<Item = (usize, usize)> {
    // In order, all paths that begin with another come right after it.
    let mut begun: Vec<(usize, &str)> = Vec::new();
    paths.map(OutputPath::as_str).enumerate().flat_map(move |(at, path)| {
        while begun.last().is_some_and(|(_, last)| !path.starts_with(last)) {
            begun.pop();
        }
        let is_folder = |file: &str| path.as_bytes().get(file.len()) == Some(&b'/');
        let files = begun.iter().filter(|(_, file)| is_folder(file));
        let found: Vec<(usize, usize)> = files.map(|(file, _)| (*file, at)).collect();
        begun.push((at, path));
        found
    })
}
