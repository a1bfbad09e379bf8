//! Which addresses may be linked to: one list for Markdown, HTML and the rest.

/// Schemes that a link or a picture may have, besides none at all.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a target has no scheme or an allowed one; otherwise its scheme, in
/// lower case.
///
/// Reads the target as browsers do (WHATWG URL): spaces and controls before
/// it and line breaks and tabs within it do not count, upper case is lower.
pub fn scheme_allowed(target: &str) -> Result<(), String> {
    let mut scheme = String::new();
    let ignored =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}');
    let start = target.trim_start_matches(|c: char| c.is_whitespace() || ignored(c));
    for c in start.chars().filter(|&c| !ignored(c)) {
        match c {
            ':' if scheme.is_empty() => return Ok(()),
            ':' if SCHEMES.contains(&scheme.as_str()) => return Ok(()),
            ':' => return Err(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '.' | '-' if !scheme.is_empty() => scheme.push(c),
            _ => return Ok(()),
        }
        if scheme.len() > 64 {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allowed() {
        for target in [
            "",
            "#muc",
            "bai.md",
            "@/mo-hinh/a.md",
            "/a:b",
            "a/b:c",
            "?x=a:b",
            "//a.vn",
            ":x",
            "http://a.vn",
            "HTTPS://a.vn",
            " https://a.vn",
            "mailto:a@b.vn",
            "tel:+84912",
            "Hà Nội: 1",
        ] {
            assert_eq!(scheme_allowed(target), Ok(()), "{target}");
        }
    }

    #[test]
    fn refused() {
        for (target, scheme) in [
            ("javascript:alert(1)", "javascript"),
            ("JaVaScRiPt:alert(1)", "javascript"),
            ("\u{1} java\nscript:x", "javascript"),
            ("java\tscript\r:x", "javascript"),
            ("\u{feff}java\u{0}script:x", "javascript"),
            ("\u{a0}vbscript:x", "vbscript"),
            ("data:text/html,x", "data"),
            ("file:///etc/passwd", "file"),
            ("C:\\anh\\a.jpg", "c"),
        ] {
            assert_eq!(scheme_allowed(target), Err(scheme.to_owned()), "{target}");
        }
    }
}
