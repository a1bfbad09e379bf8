//! Bare addresses in running text: `https://a.vn`, `www.a.vn`, `ban@a.vn`.
//!
//! Takes text between Markdown marks. Gives the pieces that read as addresses
//! (GitHub's autolink rules, without `ftp:`). Never looks into code or links.

use std::ops::Range;

use multiversion::multiversion;

/// An address in a text: its bytes, and what goes before it to make a target.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    pub range: Range<usize>,
    pub prefix: &'static str,
}

/// All bare addresses of a text, in order. `has_www`: whether [`may_hold_www`] says so
/// of the text or of a larger one.
pub(super) fn find(text: &str, has_www: bool) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    if !has_www && memchr::memchr2(b'/', b'@', text.as_bytes()).is_none() {
        return found;
    }
    let mut from = 0;
    let starts = |byte: u8| matches!(byte, b'/' | b'@' | b'w' | b'W');
    while let Some(hit) = text.bytes().skip(from).position(starts).map(|i| i + from) {
        let next = match text.as_bytes().get(hit) {
            Some(b'/') => web(text, from, hit),
            Some(b'@') => mail(text, from, hit),
            _ => www(text, from, hit),
        };
        from = hit + 1;
        if let Some(bare) = next {
            from = bare.range.end;
            found.push(bare);
        }
    }
    found
}

/// Whether there are two letters W side by side: nearly no text has them.
pub(super) fn may_hold_www(text: &str) -> bool {
    has_double_w(text.as_bytes())
}

#[multiversion(targets("x86_64+avx2"))]
fn has_double_w(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.iter().zip(next);
    pairs.fold(false, |found, (byte, next)| found | ((byte | 32 == b'w') & (next | 32 == b'w')))
}

/// `http://` or `https://`, whose first slash is at `slash`.
fn web(text: &str, from: usize, slash: usize) -> Option<Bare> {
    if !text[slash..].starts_with("//") {
        return None;
    }
    let scheme = text[from..slash].strip_suffix(':')?;
    let start = ["https", "http"].iter().find_map(|name| {
        let start = scheme.len().checked_sub(name.len())?;
        scheme.get(start..).is_some_and(|s| s.eq_ignore_ascii_case(name)).then_some(from + start)
    });
    let start = start.filter(|&start| starts_word(text, start))?;
    has_domain(&text[slash + 2..])
        .then(|| Bare { range: start..end_of_address(text, slash + 2), prefix: "" })
}

fn www(text: &str, from: usize, at: usize) -> Option<Bare> {
    let matches = text.get(at..at + 4).is_some_and(|s| s.eq_ignore_ascii_case("www."));
    if !matches || at < from || !starts_word(text, at) {
        return None;
    }
    has_domain(&text[at + 4..])
        .then(|| Bare { range: at..end_of_address(text, at + 4), prefix: "http://" })
}

/// An e-mail address around its `@`; at most the lengths of RFC 5321.
fn mail(text: &str, from: usize, sign: usize) -> Option<Bare> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let before = &text[from..sign];
    let name = before.len() - before.trim_end_matches(local).len();
    let after = &text[sign + 1..];
    let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = after.len() - after.trim_start_matches(domain).len();
    let host = after[..host].trim_end_matches('.');
    let bad_end = host.ends_with(['-', '_']);
    if !(1..=64).contains(&name) || host.len() > 255 || bad_end || !has_domain(host) {
        return None;
    }
    let range = sign - name..sign + 1 + host.len();
    starts_word(text, range.start).then_some(Bare { range, prefix: "mailto:" })
}

/// Whether no letter or digit goes directly before.
fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '['
                    | '*'
                    | '_'
                    | '~'
                    | '“'
                    | '"'
                    | '\''
                    | '‘'
                    | ':'
                    | ','
                    | ';'
                    | '–'
                    | '—'
                    | '>'
            )
    })
}

/// Where an address ends: before a space or `<`, without closing punctuation
/// and without a `)` that was not opened in it.
fn end_of_address(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '`')
    };
    let mut address = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let mut surplus = address.matches(')').count().saturating_sub(address.matches('(').count());
    loop {
        let shorter = address
            .trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '’', '…', ']']);
        address = match shorter.strip_suffix(')') {
            Some(open) if surplus > 0 => {
                surplus -= 1;
                open
            }
            _ => return from + shorter.len(),
        };
    }
}

/// Whether a text begins with two labels joined by a dot. Looks no further
/// than a domain name can be long.
fn has_domain(text: &str) -> bool {
    let end = text
        .char_indices()
        .take(255)
        .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map_or_else(
            || text.char_indices().nth(255).map_or(text.len(), |(at, _)| at),
            |(at, _)| at,
        );
    let host = text[..end].trim_end_matches('.');
    host.contains('.') && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        assert!(may_hold_www(text) || find(text, true) == find(text, false), "{text}");
        find(text, may_hold_www(text))
            .iter()
            .map(|bare| format!("{}{}", bare.prefix, &text[bare.range.clone()]))
            .collect()
    }

    #[test]
    fn addresses() {
        assert_eq!(found("Xem https://doan.vn/a?b=c."), ["https://doan.vn/a?b=c"]);
        assert_eq!(
            found("(http://a.vn/b_(c)), HTTPS://a.vn"),
            ["http://a.vn/b_(c)", "HTTPS://a.vn"]
        );
        assert_eq!(found("www.tuoitre.vn, và www."), ["http://www.tuoitre.vn"]);
        assert_eq!(found("Gửi ban.tin@doan.vn nhé"), ["mailto:ban.tin@doan.vn"]);
        assert_eq!(
            found("https://vi.wikipedia.org/wiki/Hà_Nội!"),
            ["https://vi.wikipedia.org/wiki/Hà_Nội"]
        );
    }

    #[test]
    fn not_addresses() {
        for text in [
            "a//b",
            "xhttp://a.vn",
            "http://",
            "http://localhost",
            "@nam",
            "a@b",
            "1/2",
            "wwww.a.vn",
            "https:/a.vn",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
