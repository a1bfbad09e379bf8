//! Bytes and words in the few letters that mail can carry.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Longest line (RFC 2045).
const LINE: usize = 76;
/// Bytes of text in one encoded word: with its frame of 12 letters it is no
/// longer than 75 (RFC 2047), and beside the name of a header no line is longer
/// than 76.
const WORD: usize = 39;

/// Base64 in lines.
pub(super) fn base64(bytes: &[u8]) -> String {
    let all = STANDARD.encode(bytes);
    let mut out = String::with_capacity(all.len() + all.len() / 38 + 2);
    let mut rest = all.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE));
        if !out.is_empty() {
            out.push_str("\r\n");
        }
        out.push_str(line);
        rest = more;
    }
    out
}

/// A text as the value of a header: as it is if that is plain and short enough
/// to stand behind `before` letters, else in encoded words, a line each.
pub(super) fn words(text: &str, before: usize) -> String {
    let clean: String =
        text.split(char::is_control).flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    let plain = clean.is_ascii() && !clean.contains("=?");
    if plain && before + clean.len() <= LINE {
        return clean;
    }
    encoded(&clean)
}

/// A text in encoded words, a line each.
pub(super) fn encoded(text: &str) -> String {
    let mut parts: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if parts.last().is_some_and(|part| part.len() + c.len_utf8() > WORD) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let word = |part: &String| format!("=?UTF-8?B?{}?=", STANDARD.encode(part));
    parts.iter().map(word).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_standard() {
        for (bytes, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("ế", "4bq/"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), wanted);
        }
        let long = base64(&[b'x'; 200]);
        assert!(long.split("\r\n").all(|line| line.len() <= LINE) && long.contains("\r\n"));
    }

    #[test]
    fn words_keep_letters_whole() {
        assert_eq!(words("Good news", 9), "Good news");
        assert_eq!(words("a\r\n\tb", 9), "a b");
        assert_eq!(words("=?x", 9), "=?UTF-8?B?PT94?=");
        let long = words(&"ế".repeat(40), 9);
        assert!(long.contains("?=\r\n =?UTF-8?B?"), "{long}");
        for word in long.split("\r\n ") {
            assert!(word.len() + 9 <= LINE && word.len() <= 75, "{word}");
        }
    }
}
