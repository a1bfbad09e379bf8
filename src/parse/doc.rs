//! A Markdown file: what its path says, its front matter, its body.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Doc, Fragment, Front, Html, ParseOptions, Role, front_matter, markdown};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::text::legacy;
use crate::{bi, rules, text};

rules! {
    NOT_UTF8 = "T0408" Error,
        "Tệp không phải UTF-8", "File is not UTF-8",
        "Tệp được lưu bằng bảng mã khác UTF-8. Hãy mở bằng trình soạn thảo, chọn Lưu thành… (Save as) và chọn mã UTF-8.",
        "The file was saved in an encoding other than UTF-8. Open it in an editor, choose Save as, and pick UTF-8.";
    UTF16 = "T0409" Error,
        "Tệp lưu bằng UTF-16", "File is UTF-16",
        "Tệp được lưu bằng “Unicode” kiểu UTF-16 (Notepad đời cũ hay làm vậy). Hãy lưu lại với mã UTF-8.",
        "The file was saved as UTF-16 (older Notepads call it “Unicode”). Save it again as UTF-8.";
    NUL_BYTE = "T0410" Error,
        "Tệp có byte rỗng", "NUL byte in the file",
        "Tệp văn bản không bao giờ chứa byte rỗng: có lẽ đây là một tệp ảnh hay Word bị đổi đuôi. Hãy chép nội dung vào một tệp .md mới.",
        "A text file never holds NUL bytes: perhaps this is a picture or a Word file with another ending. Copy its text into a new .md file.";
    LEGACY_TEXT = "T0411" Error,
        "Chữ theo bảng mã cũ", "Legacy Vietnamese encoding",
        "Bài được gõ hoặc dán từ phông chữ bảng mã cũ (TCVN3/ABC hoặc VNI), nên người đọc sẽ thấy chữ lỗi. Hãy chuyển cả bài sang Unicode bằng công cụ của bộ gõ rồi dán lại.",
        "The text comes from fonts with an old encoding (TCVN3/ABC or VNI) and would be unreadable. Convert it to Unicode with the keyboard program's tool and paste it again.";
    UNKNOWN_LANGUAGE = "T0501" Error,
        "Ngôn ngữ chưa khai báo", "Undeclared language",
        "Phần giữa hai dấu chấm trong tên tệp (ten-bai.en.md) là mã ngôn ngữ, và mã này chưa có trong languages của site.yaml.",
        "The part between the two dots of a file name (story.en.md) is a language tag, and this one is not among the languages of site.yaml.";
    LOST_BODY = "T0414" Error,
        "Bài đổi trong khi dựng trang", "An entry changed during the build",
        "Thân bài được đọc lần nữa khi trang của nó được dựng, và lần này tệp đã khác hoặc không còn. Hãy chạy lại lệnh.",
        "The body of an entry is read once more when its page is rendered, and by then the file had changed or was gone. Run the command again.";
    LONG_LINE = "T0412" Error,
        "Dòng quá dài", "Line too long",
        "Một dòng dài hơn 200.000 byte: có lẽ là dữ liệu hoặc ảnh dán thẳng vào bài. Hãy để ảnh thành tệp riêng bên cạnh bài.",
        "A line is longer than 200,000 bytes: probably data or a picture pasted into the text. Keep pictures as files beside the entry.";
}

/// Longest line of a Markdown file, in bytes.
const LINE_LIMIT: usize = 200_000;
/// How much is kept of a text's first line, in characters: more than any excerpt
/// shows.
pub const OPENING: usize = 256;
/// How much of a converted text a message shows, in characters.
const SAMPLE: usize = 60;

/// What of a document's text all stages may need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub front: Arc<Front>,
    /// Without its HTML and its plain text, of which the rest is all that is
    /// needed before a page is rendered.
    pub body: Fragment,
    /// Words of the body.
    pub words: usize,
    /// How the first line of its text begins: a paragraph, not a list or a table.
    /// Empty, as `lead` is none, where a summary is written.
    pub opening: Box<str>,
    /// The HTML before `<!-- more -->`, if there is such a mark.
    pub lead: Option<Box<str>>,
    /// Whether the body shows nothing at all.
    pub blank: bool,
}

/// What a path below `content/` says of a document.
struct Place {
    key: String,
    section: String,
    role: Role,
    lang: Option<String>,
    /// From the site root.
    dir: String,
    bundle: bool,
    /// Whether its language is none of the site's.
    foreign: bool,
}

/// Parses one Markdown file; `None` only when its bytes are no usable text.
pub fn doc(path: &Arc<str>, bytes: &[u8], opts: &ParseOptions) -> (Option<Doc>, Diagnostics) {
    let mut diags = Vec::new();
    let text = match decode(path, bytes) {
        Ok(text) => text,
        Err(diag) => return (None, vec![diag]),
    };
    if let Some(diag) = long_line(path, text) {
        return (None, vec![diag]);
    }
    let place = place(path, opts, &mut diags);
    let split = front_matter::split(text, path);
    diags.extend(split.diagnostics);
    let mut front = match &split.block {
        Some(block) => {
            let source = text.get(block.clone()).unwrap_or_default();
            let (front, found) = front_matter::read(source, block.start, path, opts);
            diags.extend(found);
            front
        }
        None => Front::lacking(),
    };
    front.unread |= place.foreign;
    if place.role == Role::Section {
        diags.extend(front_matter::unknown_keys(&front, path, &opts.zone));
    }
    let (mut body, found) = markdown::render(text, split.body..text.len(), path);
    diags.extend(found);
    diags.extend(legacy(path, text, &front, &body.text));
    let words = std::mem::take(&mut body.text);
    let html = std::mem::take(&mut body.html);
    // Nothing stands for a summary that is written.
    let stands = front.summary.as_ref().is_none_or(|summary| summary.value.is_empty());
    let opening = stands.then(|| words.lines().find(|line| !line.trim().is_empty())).flatten();
    let head = Head {
        front: Arc::new(front),
        words: text::word_count(&words),
        opening: text::beginning(opening.unwrap_or_default(), OPENING).into(),
        lead: body.more.filter(|_| stands).and_then(|more| html.get(..more)).map(Box::from),
        blank: html.trim().is_empty() && body.slots.is_empty(),
        body,
    };
    (Some(assembled(path, place, opts, (head, Html::new(html)))), diags)
}

/// A document put together again from what was kept of it.
pub fn restored(path: &Arc<str>, opts: &ParseOptions, parts: (Head, Html)) -> Doc {
    let place = place(path, opts, &mut Vec::new());
    assembled(path, place, opts, parts)
}

fn assembled(
    path: &Arc<str>,
    place: Place,
    opts: &ParseOptions,
    (head, html): (Head, Html),
) -> Doc {
    Doc {
        path: Arc::clone(path),
        key: place.key.into(),
        role: place.role,
        section: place.section.into(),
        lang: place.lang.filter(|tag| opts.langs.first() != Some(tag)),
        dir: place.dir.into(),
        bundle: place.bundle,
        head,
        html,
    }
}

/// Bytes as text, or a diagnostic at the first byte that is none.
pub fn decode<'a>(path: &Arc<str>, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    if is_utf16(bytes) {
        let message = bi!("tệp lưu bằng UTF-16", "the file is UTF-16");
        let help = bi!(
            "mở tệp, chọn Lưu thành… (Save as) và chọn mã UTF-8",
            "open the file, choose Save as and pick UTF-8"
        );
        return Err(Diagnostic::new(&UTF16, message).at(Span::file(path)).help(help));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        let message = bi!(
            "tệp có một byte rỗng: đây không phải văn bản thuần",
            "the file holds a NUL byte: this is no plain text"
        );
        let help = bi!(
            "có lẽ ảnh hoặc tệp Word bị đổi đuôi; hãy chép chữ vào một tệp mới",
            "perhaps a picture or a Word file with another ending; copy the text into a new file"
        );
        return Err(Diagnostic::new(&NUL_BYTE, message).at(Span::new(path, at..at + 1)).help(help));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(text);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let message = bi!(
            "tệp không lưu bằng mã UTF-8: từ chỗ này không đọc được",
            "the file is not UTF-8: it cannot be read from here on"
        );
        let help = bi!(
            "mở tệp, chọn Lưu thành… (Save as) và chọn mã UTF-8",
            "open the file, choose Save as and pick UTF-8"
        );
        Diagnostic::new(&NOT_UTF8, message).at(Span::new(path, at..at + 1)).help(help)
    })
}

/// Told by its mark, or by every other byte of its beginning being zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || (head.len() >= 4 && zeros(0).max(zeros(1)) * 4 > head.len())
}

fn long_line(path: &Arc<str>, text: &str) -> Option<Diagnostic> {
    if text.len() <= LINE_LIMIT {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > LINE_LIMIT {
            let length = line.len();
            let message = bi!("dòng dài {length} byte", "the line has {length} bytes");
            let end = start + line.chars().take(40).map(char::len_utf8).sum::<usize>();
            let help = bi!(
                "ngắt thành nhiều đoạn; nếu đó là ảnh dán vào bài, hãy để ảnh thành tệp riêng",
                "break it into paragraphs; a picture pasted into the text belongs in a file"
            );
            let place = Span::new(path, start..end);
            return Some(Diagnostic::new(&LONG_LINE, message).at(place).help(help));
        }
        start += line.len();
    }
    None
}

/// `content/guong-sang/chi-lan.en.md`, `content/guong-sang/chi-lan/index.md`,
/// `content/guong-sang/_index.md`.
fn place(path: &Arc<str>, opts: &ParseOptions, diags: &mut Diagnostics) -> Place {
    let below = path.strip_prefix("content/").unwrap_or(path);
    let (dir, name) = below.rsplit_once('/').unwrap_or(("", below));
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")).unwrap_or(name);
    let before = diags.len();
    let (stem, lang) = language(path, stem, opts, diags);
    let foreign = diags.len() > before;
    let folder = if dir.is_empty() { "content".to_owned() } else { ["content/", dir].concat() };
    if stem == "_index" {
        let (section, bundle) = (dir.to_owned(), false);
        return Place {
            key: section.clone(),
            section,
            role: Role::Section,
            lang,
            dir: folder,
            bundle,
            foreign,
        };
    }
    if stem == "index" && !dir.is_empty() {
        let section = dir.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        let key = dir.to_owned();
        return Place { key, section, role: Role::Entry, lang, dir: folder, bundle: true, foreign };
    }
    let key = if dir.is_empty() { stem.to_owned() } else { [dir, "/", stem].concat() };
    let section = dir.to_owned();
    Place { key, section, role: Role::Entry, lang, dir: folder, bundle: false, foreign }
}

/// Cuts the language tag off a file's stem. What merely looks like one
/// (two or three letters, perhaps with a script or region) is reported.
fn language<'a>(
    path: &Arc<str>,
    stem: &'a str,
    opts: &ParseOptions,
    diags: &mut Diagnostics,
) -> (&'a str, Option<String>) {
    let Some((name, tag)) = stem.rsplit_once('.') else { return (stem, None) };
    if opts.langs.iter().any(|lang| lang == tag) {
        return (name, Some(tag.to_owned()));
    }
    let primary = tag.split('-').next().unwrap_or_default();
    let letters = tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if letters
        && (2..=3).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_lowercase())
    {
        let list = opts.langs.join(", ");
        let message = bi!(
            "ngôn ngữ `{tag}` trong tên tệp chưa khai báo",
            "the language `{tag}` in the file name is not declared"
        );
        let help = match text::nearest(tag, opts.langs.iter().map(String::as_str)) {
            Some(near) => bi!(
                "có phải là `{near}`? site.yaml có: {list}",
                "did you mean `{near}`? site.yaml has: {list}"
            ),
            None => bi!(
                "thêm ngôn ngữ vào site.yaml, hoặc đổi tên tệp; đang có: {list}",
                "add the language to site.yaml or rename the file; it has: {list}"
            ),
        };
        diags.push(Diagnostic::new(&UNKNOWN_LANGUAGE, message).at(Span::file(path)).help(help));
    }
    (stem, None)
}

/// Text that was never converted from an old encoding.
fn legacy(path: &Arc<str>, source: &str, front: &Front, body: &str) -> Option<Diagnostic> {
    let title = front.title.as_ref();
    let (encoding, sample, range) =
        match title.and_then(|title| Some((legacy::detect(&title.value)?, title))) {
            Some((encoding, title)) => (encoding, title.value.as_str(), title.range.clone()),
            None => (legacy::detect(body)?, body, first_line(source, front.range.end)),
        };
    let name = encoding.name();
    let converted: String = legacy::convert(sample, encoding).chars().take(SAMPLE).collect();
    let message = bi!("chữ theo bảng mã cũ {name}", "the text is in the old encoding {name}");
    let help = bi!(
        "chuyển cả bài sang Unicode; đoạn này đọc là: “{converted}”",
        "convert the file to Unicode; this part reads: “{converted}”"
    );
    Some(Diagnostic::new(&LEGACY_TEXT, message).at(Span::new(path, range)).help(help))
}

/// The first line with more than white space and dashes from a place on.
fn first_line(source: &str, from: usize) -> Range<usize> {
    let mut start = from;
    for line in source.get(from..).unwrap_or_default().split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() && trimmed != "---" {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    from..from
}
