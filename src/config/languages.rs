//! The key `languages`: tags of the shape of BCP 47, each once.

use super::Language;
use super::read::error;
use super::rules::{BAD_LANGUAGE, TWICE};
use crate::base::diag::Diagnostic;
use crate::bi;
use crate::yaml::{Node, Reader, Spanned, clip};

/// Names of languages, for a tag alone.
const NAMES: &[(&str, &str)] = &[("vi", "Tiếng Việt"), ("en", "English"), ("km", "ភាសាខ្មែរ")];

/// The languages in order; Vietnamese alone if the key is not written.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Language> {
    if reader.node("languages").is_none() {
        let vietnamese =
            Language { tag: "vi".into(), name: "Tiếng Việt".into(), data_locale: None };
        return vec![vietnamese];
    }
    let mut found: Vec<(Language, Node)> = Vec::new();
    for item in reader.list("languages").unwrap_or_default() {
        let Some(language) = language(reader, item) else { continue };
        match found.iter().find(|(other, _)| other.tag == language.tag) {
            Some((_, first)) => {
                let tag = &language.tag;
                let message =
                    bi!("ngôn ngữ `{tag}` ghi hai lần", "the language `{tag}` stands twice");
                let first = reader.span(&first.range);
                let error = error(reader, &TWICE, message, item);
                reader.push(error.at_with(first, bi!("lần đầu ở đây", "first written here")));
            }
            None => found.push((language, item.clone())),
        }
    }
    found.into_iter().map(|(language, _)| language).collect()
}

/// `{tag, name, data_locale}`, or the tag alone.
fn language<'a>(reader: &mut Reader<'a>, item: &'a Node) -> Option<Language> {
    if let Some(text) = item.scalar() {
        let tag = Spanned::new(text.trim().to_owned(), item.range.clone());
        let tag = check_tag(reader, tag)?;
        let name = own_name(&tag);
        return Some(Language { tag, name, data_locale: None });
    }
    let mut map = Reader::of(item, reader.file(), reader.zone());
    let tag = map.required("tag", "vi");
    let tag = tag.and_then(|tag| check_tag(&mut map, tag));
    let name = map.line("name").map(|name| name.value);
    let data_locale = map.line("data_locale").and_then(|tag| check_tag(&mut map, tag));
    reader.adopt(map);
    let tag = tag?;
    let name = name.unwrap_or_else(|| own_name(&tag));
    Some(Language { tag, name, data_locale })
}

/// What a language calls itself, else its tag.
fn own_name(tag: &str) -> String {
    NAMES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name).to_owned()
}

/// A tag of the shape of BCP 47 in its usual case: `vi`, `km-KH`, `zh-Hant`.
fn check_tag(reader: &mut Reader<'_>, tag: Spanned<String>) -> Option<String> {
    let usual = usual_tag(&tag.value);
    if usual.as_deref() == Some(tag.value.as_str()) {
        return usual;
    }
    let written = clip(&tag.value);
    let message = bi!(
        "“{written}” không phải mã ngôn ngữ viết đúng",
        "“{written}” is no properly written language tag"
    );
    let error = Diagnostic::new(&BAD_LANGUAGE, message).at(reader.span(&tag.range));
    reader.push(match usual {
        Some(usual) => error.help(bi!("viết: {usual}", "write: {usual}")),
        None => error.help(bi!("ví dụ: vi, en, km, tyz, zh-Hant", "such as vi, en, km, zh-Hant")),
    });
    None
}

/// Language, script, region and variants in their usual case.
fn usual_tag(text: &str) -> Option<String> {
    let alpha = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let alnum = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut out = String::new();
    let mut stage = 0;
    for (i, part) in text.split(['-', '_']).enumerate() {
        let lower = part.to_ascii_lowercase();
        let (at, usual) = match part.len() {
            2 | 3 if i == 0 && alpha(part) => (0, lower),
            4 if i > 0 && alpha(part) => (1, lower[..1].to_ascii_uppercase() + &lower[1..]),
            2 if i > 0 && alpha(part) => (2, part.to_ascii_uppercase()),
            3 if i > 0 && part.bytes().all(|b| b.is_ascii_digit()) => (2, lower),
            5..=8 if i > 0 && alnum(part) => (3, lower),
            _ => return None,
        };
        if i > 0 && (at < stage || (at == stage && at < 3)) {
            return None;
        }
        stage = at;
        if i > 0 {
            out.push('-');
        }
        out.push_str(&usual);
    }
    (!out.is_empty()).then_some(out)
}
