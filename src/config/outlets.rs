//! `outlets:` of `site.yaml`: what is made ready for others to pass on.

use super::Texts;
use super::read::{at_least, error};
use super::rules::{BAD_HOST, BAD_NAME};
use crate::base::diag::Diagnostic;
use crate::bi;
use crate::text::is_slug;
use crate::yaml::{Node, Reader, Spanned, Value, clip};

/// What is passed on outside the site; nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Outlets {
    /// How many of the newest entries of a language have a kit: a text to post,
    /// a script for loudspeakers, a code to scan.
    pub newest: usize,
    /// Which kinds of entries have one: news and stories, if none is written.
    pub kinds: Vec<Spanned<String>>,
    pub embed: Embed,
    /// So many of the column's newest weeks have a sheet to print.
    pub sheets: usize,
    /// Whether series and a campaign's years are books for e-readers too.
    pub books: bool,
    /// The folder of short addresses; without one there are none.
    pub short: Option<String>,
    /// Whether entries have one too for which nobody wrote one.
    pub short_codes: bool,
    pub press: Option<Press>,
}

impl Outlets {
    /// Whether anything is made that the page for the press leads to.
    pub fn has_parts(&self) -> bool {
        *self
            != Outlets {
                short: self.short.clone(),
                short_codes: self.short_codes,
                ..Outlets::default()
            }
    }
}

/// Who may show the newest entries of a section in a frame.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Embed {
    #[default]
    Nobody,
    Anybody,
    /// By scheme and host: `https://xa.example`.
    Sites(Vec<String>),
}

/// Whom journalists may ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Press {
    pub name: Texts,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// What they should know.
    pub text: Texts,
}

pub(super) fn read(reader: &mut Reader<'_>, langs: &[String]) -> Outlets {
    let Some(mut map) = reader.map("outlets") else { return Outlets::default() };
    let outlets = Outlets {
        newest: at_least(&mut map, "newest", 0).unwrap_or(0),
        kinds: map.texts("kinds"),
        embed: embed(&mut map),
        sheets: at_least(&mut map, "sheets", 0).unwrap_or(0),
        books: map.flag("books").is_some_and(|flag| flag.value),
        short: short(&mut map, langs),
        short_codes: short_codes(&mut map),
        press: press(&mut map, langs),
    };
    reader.adopt(map);
    outlets
}

/// One part of an address, and none that a language has.
fn short(reader: &mut Reader<'_>, langs: &[String]) -> Option<String> {
    reader.key("short")?;
    let folder = reader.required("short", "s")?;
    let word = !["true", "false"].contains(&folder.value.as_str());
    if word && is_slug(&folder.value) && !langs.contains(&folder.value) {
        return Some(folder.value);
    }
    let shown = clip(&folder.value);
    let message = bi!(
        "“{shown}” không dùng được làm thư mục của địa chỉ ngắn",
        "“{shown}” cannot be the folder of short addresses"
    );
    let help = bi!(
        "chỉ a-z, 0-9 và dấu nối, khác mã các ngôn ngữ: short: s",
        "only a-z, 0-9 and hyphens, and no language's tag: short: s"
    );
    let place = reader.span(&folder.range);
    reader.push(Diagnostic::new(&BAD_NAME, message).at(place).help(help));
    None
}

/// Codes lie in a folder as well.
fn short_codes(reader: &mut Reader<'_>) -> bool {
    let wanted = reader.flag("short_codes").is_some_and(|flag| flag.value);
    if wanted && reader.key("short").is_none() {
        reader.missing("short", "s");
    }
    wanted
}

/// `true`, `false`, or the sites that may.
fn embed(reader: &mut Reader<'_>) -> Embed {
    let Some(node) = reader.node("embed") else { return Embed::Nobody };
    match (node.scalar(), &node.value) {
        (Some("true"), _) => Embed::Anybody,
        (Some("false"), _) => Embed::Nobody,
        (_, Value::List(items)) => {
            let items = items.iter().filter_map(|item| host(reader, item));
            Embed::Sites(items.collect())
        }
        _ => {
            let wanted = bi!(
                "true, false, hoặc danh sách trang được nhúng, như [\"https://xa.example\"]",
                "true, false, or the sites that may show it, such as [\"https://xa.example\"]"
            );
            reader.wrong_type(node, &wanted);
            Embed::Nobody
        }
    }
}

/// `https://xa.example`: what a policy for frames can name.
fn host(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let written = node.scalar().unwrap_or_default().trim();
    let name = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_alphanumeric() || "-.:*".contains(c);
    if name.is_some_and(|name| !name.is_empty() && name.chars().all(fits)) {
        return Some(written.to_owned());
    }
    let shown = clip(written);
    let message =
        bi!("“{shown}” không phải địa chỉ một trang", "“{shown}” is no address of a site");
    let help = bi!(
        "viết https:// và tên miền, không có gì phía sau: https://xa.example",
        "write https:// and the host, with nothing behind: https://xa.example"
    );
    let error = error(reader, &BAD_HOST, message, node).help(help);
    reader.push(error);
    None
}

fn press(reader: &mut Reader<'_>, langs: &[String]) -> Option<Press> {
    let mut map = reader.map("press")?;
    let press = Press {
        name: map.texts_by_language("name", langs),
        email: map.line("email").map(|text| text.value),
        phone: map.line("phone").map(|text| text.value),
        text: map.texts_by_language("text", langs),
    };
    reader.adopt(map);
    Some(press)
}
