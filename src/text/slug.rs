//! Slugs: the last part of an address, made from a title.
//!
//! Takes a title, gives `[a-z0-9]` words joined by hyphens, or nothing when
//! the title's script cannot be spelled in Latin letters faithfully; then the
//! author must write a slug.

use super::fold::{fold, folded};

/// Longest slug made from a title, in bytes.
const MAX_MADE: usize = 80;
/// Longest slug an author may write, in bytes.
const MAX_WRITTEN: usize = 120;

/// The slug of a title: `Đồng Tháp: 1.200 cây` becomes `dong-thap-1-200-cay`.
///
/// At most 80 bytes, cut at a word. `None` if no letter or digit is left, or
/// if more than a third of the letters are of another script than Latin.
pub fn slug(title: &str) -> Option<String> {
    if let Some(made) = from_latin(title) {
        return ended(made);
    }
    let folded = fold(title);
    let (mut letters, mut foreign) = (0usize, 0usize);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_alphabetic() {
            letters += 1;
            foreign += usize::from(!is_latin(c));
        }
        push_plain(&mut out, c);
    }
    if foreign * 3 > letters {
        return None;
    }
    ended(out)
}

/// What a title of nothing but letters that fold to those of ASCII leaves, as all
/// of Vietnamese do.
fn from_latin(title: &str) -> Option<String> {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        let folded = folded(c).filter(char::is_ascii)?;
        push_ascii(&mut out, folded as u8);
    }
    Some(out)
}

/// What was made of a whole title, as a slug; `None` if nothing was.
fn ended(made: String) -> Option<String> {
    let mut out = shortened(made);
    if is_reserved(&out) {
        out.push_str("-1");
    }
    (!out.is_empty()).then_some(out)
}

/// Whether an author's own slug is safe in an address and as a file name on
/// every system: 1 to 120 bytes of `[a-z0-9]` words joined by single hyphens,
/// and not a name that Windows keeps for itself (`con`, `nul`, `com1` ...).
pub fn is_slug(text: &str) -> bool {
    text.len() <= MAX_WRITTEN
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
        && !is_reserved(text)
}

/// As [`push_plain`].
fn push_ascii(out: &mut String, byte: u8) {
    if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
        out.push(char::from(byte));
    } else if byte != b'$' && !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// Appends what one folded character leaves in a slug.
fn push_plain(out: &mut String, c: char) {
    if c.is_ascii() {
        push_ascii(out, c as u8);
    } else if is_latin(c) || c.is_numeric() {
        // Only letters and digits go through the table: it turns ₫ into D.
        for part in deunicode::deunicode_char(c).unwrap_or("").chars() {
            push_plain(out, part.to_ascii_lowercase());
        }
    } else if !is_currency(c) && !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

fn shortened(mut slug: String) -> String {
    if slug.len() > MAX_MADE {
        // A word that ends exactly at the limit is whole.
        let cut = match slug.as_bytes().get(MAX_MADE) {
            Some(b'-') => MAX_MADE,
            _ => slug[..MAX_MADE].rfind('-').unwrap_or(MAX_MADE),
        };
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn is_latin(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | 'ª' | 'º' | '\u{c0}'..='\u{2af}'
        | '\u{1d00}'..='\u{1d25}' | '\u{1d62}'..='\u{1d65}' | '\u{1d6b}'..='\u{1d77}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2071}' | '\u{207f}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a722}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab5a}' | '\u{fb00}'..='\u{fb06}'
        | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
        && c.is_alphabetic()
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{17db}' | '\u{20a0}'..='\u{20cf}')
}

fn is_reserved(text: &str) -> bool {
    matches!(text, "con" | "prn" | "aux" | "nul")
        || text
            .strip_prefix("com")
            .or_else(|| text.strip_prefix("lpt"))
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(title: &str) -> String {
        slug(title).unwrap_or_default()
    }

    #[test]
    fn titles() {
        assert_eq!(made("Chị Lan trồng cây trên đồi trọc"), "chi-lan-trong-cay-tren-doi-troc");
        assert_eq!(made("“Đường về nhà” – Tập 2!"), "duong-ve-nha-tap-2");
        assert_eq!(made("Quỹ 500.000₫ & $5"), "quy-500-000-5");
        assert_eq!(made("H'Mông, Ê Đê: ê\u{306}"), "h-mong-e-de-e");
        assert_eq!(made("Œuvre straße æther"), "oeuvre-strasse-aether");
        assert_eq!(made("100 m² ＡＢ"), "100-m2-ab");
        assert_eq!(made("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t"), "tieng-viet");
        assert_eq!(made("2024"), "2024");
    }

    #[test]
    fn names_that_windows_keeps_get_a_number() {
        assert_eq!(made("Con"), "con-1");
        assert_eq!(made("COM 1"), "com-1");
        assert_eq!(made("com1"), "com1-1");
    }

    #[test]
    fn other_scripts_need_the_author() {
        for title in ["ភាសាខ្មែរ", "越南", "Привет", "ไทย", "ꨌꩌ", "Lan ភាសាខ្មែរ", "", "!!!", "₫"]
        {
            assert_eq!(slug(title), None, "{title}");
        }
        assert_eq!(made("Lễ hội Óoc Om Bóc (អក)"), "le-hoi-ooc-om-boc");
    }

    #[test]
    fn long_titles_end_at_a_word() {
        let title = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(4);
        let made = made(&title);
        assert!(made.len() <= 80 && is_slug(&made), "{made}");
        assert!(title.contains("bảy") && made.split('-').all(|w| fold(&title).contains(w)));
        assert_eq!(slug(&"a".repeat(200)).map(|s| s.len()), Some(80));
    }

    #[test]
    fn written_slugs() {
        for good in ["a", "mo-hinh", "2024", "con-1", "com", "console", &"a".repeat(120)] {
            assert!(is_slug(good), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a_b",
            "a.b",
            "a/b",
            "..",
            "con",
            "nul",
            "aux",
            "prn",
            "com1",
            "lpt9",
            "đ",
            "ខ្មែរ",
            &"a".repeat(121),
        ] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_made_slug_is_a_slug(title in "\\PC{0,120}") {
            if let Some(made) = slug(&title) {
                prop_assert!(is_slug(&made) && made.len() <= 82, "{}", made);
            }
        }
    }
}
