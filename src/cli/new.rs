//! `new`: an entry's file with every useful key and what each is for.
//!
//! Takes a kind and a title, gives a draft in `content/<section>/`. Never
//! writes over anything; works while other entries have errors.

use std::io::{ErrorKind, Write};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use super::args::{Args, Look};
use super::build;
use super::extras::say;
use super::init::{fill, root_option};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::base::path::OutputPath;
use crate::driver::{self, Build};
use crate::kinds::{self, Kind};
use crate::{bi, text, yaml};

/// Creates an entry and says where.
pub fn new(
    args: &Args,
    kind: &str,
    title: &str,
    section: Option<&str>,
    date: Option<&str>,
) -> Result<u8, Fault> {
    let kind = known_kind(kind)?;
    let title = text::nfc(title.trim()).into_owned();
    let slug = slug_of(&title)?;
    let look = Look { base_url: None, drafts: true, future: true, at: None };
    let request = build::request(args, &look)?;
    let zone = driver::timezone(&args.root);
    let now = request.at.0.to_zoned_datetime(zone.clone()).datetime();
    let date = match date {
        Some(written) => read_date(written, &zone)?,
        None => stamp(now),
    };
    let build = driver::look(&request)?;
    let place = find_section(&build, kind, section)?;
    let own_kind = place.kind.is_some_and(|usual| usual == kind.name());
    let entry = Entry { kind, named: !own_kind, title: &title, slug: &slug, date: &date, now };
    let path = write(&build.tree.root, &place.dir, &entry)?;
    if args.quiet {
        return Ok(0);
    }
    say(&next_steps(args, &path, &place, kind))
}

fn known_kind(written: &str) -> Result<&'static dyn Kind, Fault> {
    if let Some(kind) = kinds::kind(&written.to_lowercase()) {
        return Ok(kind);
    }
    let names = || kinds::KINDS.iter().map(|kind| kind.name());
    // People also type the word they know: `tin`, `Sự kiện`.
    let by_label = kinds::KINDS.iter().find(|kind| {
        let (vi, en) = kind.label();
        let word = text::fold(written);
        word.len() > 2 && [vi, en].iter().any(|label| text::fold(label).starts_with(&word))
    });
    let near = by_label.map(|kind| kind.name()).or_else(|| text::nearest(written, names()));
    let list = names().collect::<Vec<_>>().join(", ");
    let what = bi!("không có loại bài `{written}`", "there is no kind `{written}`");
    Err(Fault::refused(
        what,
        match near {
            Some(near) => {
                bi!("Có phải là {near}? Các loại: {list}.", "Did you mean {near}? Kinds: {list}.")
            }
            None => bi!("Các loại: {list}.", "Kinds: {list}."),
        },
    ))
}

fn slug_of(title: &str) -> Result<String, Fault> {
    if title.chars().any(char::is_control) {
        return Err(Fault::refused(
            bi!(
                "tiêu đề có ký tự xuống dòng hoặc ký tự ẩn",
                "the title has line breaks or hidden characters"
            ),
            bi!("Viết tiêu đề trên một dòng.", "Write the title on one line."),
        ));
    }
    text::slug(title).ok_or_else(|| {
        Fault::refused(
            bi!("không đặt được tên tệp từ tiêu đề “{title}”", "no file name can be made from the title “{title}”"),
            bi!(
                "Dùng tiêu đề tiếng Việt hoặc chữ La-tinh rồi sửa trong tệp, hoặc tự tạo tệp với tên không dấu và khóa slug.",
                "Give a title in Latin letters and change it in the file, or create the file yourself with a plain name and a slug."
            ),
        )
    })
}

fn read_date(written: &str, zone: &TimeZone) -> Result<String, Fault> {
    match yaml::parse_moment(written, zone) {
        Ok(read) if read.moment.has_time => Ok(stamp(read.moment.local)),
        Ok(read) => Ok(read.moment.day().to_string()),
        Err(error) => {
            let why = error.wording();
            let (vi, en) = (why.vi, why.en);
            Err(Fault::refused(
                bi!("không hiểu ngày “{written}”: {vi}", "cannot read the date “{written}”: {en}"),
                bi!(
                    "Viết như 2026-11-23 hoặc “2026-11-23 08:30”.",
                    "Write it like 2026-11-23 or “2026-11-23 08:30”."
                ),
            ))
        }
    }
}

fn stamp(local: DateTime) -> String {
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Where the entry goes.
struct Place {
    /// Below `content/`.
    dir: String,
    /// Kind of the section's entries; `None` for a folder without any yet.
    kind: Option<&'static str>,
    /// Other sections of the same kind.
    others: Vec<String>,
}

fn find_section(build: &Build, kind: &dyn Kind, asked: Option<&str>) -> Result<Place, Fault> {
    let sections = build.ready.iter().flat_map(|ready| &ready.site.sections);
    let mut sections: Vec<_> = sections.filter(|section| !section.dir.is_empty()).collect();
    sections.sort_by_key(|section| {
        (section.dir.matches('/').count(), section.weight, section.dir.clone())
    });
    let named: Vec<(&str, &'static str)> =
        sections.iter().map(|section| (&*section.dir, section.kind.name())).collect();
    if let Some(asked) = asked {
        return asked_section(build, &named, asked);
    }
    let mut fitting =
        named.iter().filter(|(_, name)| *name == kind.name()).map(|(dir, _)| (*dir).to_owned());
    if let Some(dir) = fitting.next() {
        return Ok(Place { dir, kind: Some(kind.name()), others: fitting.collect() });
    }
    let name = kind.name();
    if build.ready.is_none() {
        return Err(Fault::refused(
            bi!(
                "chưa đọc được cấu hình hoặc giao diện của trang",
                "the site's configuration or theme cannot be read"
            ),
            bi!(
                "Xem lỗi bằng `tintot check`, hoặc chỉ rõ chuyên mục bằng --section.",
                "See the errors with `tintot check`, or name the section with --section."
            ),
        ));
    }
    let list = listed(&named);
    Err(Fault::refused(
        bi!("chưa có chuyên mục nào cho loại bài `{name}`", "no section has the kind `{name}`"),
        bi!(
            "Chọn chuyên mục bằng --section ({list}), hoặc tạo thư mục mới với _index.md ghi `kind: {name}`.",
            "Choose a section with --section ({list}), or make a folder whose _index.md says `kind: {name}`."
        ),
    ))
}

fn asked_section(
    build: &Build,
    named: &[(&str, &'static str)],
    asked: &str,
) -> Result<Place, Fault> {
    let plain = text::nfc(asked.trim()).replace('\\', "/");
    let plain = plain.trim_start_matches("./").trim_matches('/');
    let dir = plain.strip_prefix("content/").unwrap_or(plain);
    let kind = named.iter().find(|(known, _)| *known == dir).map(|(_, kind)| *kind);
    let inside =
        OutputPath::new(dir).is_some() && !dir.split('/').any(|part| part.starts_with('.'));
    let there = inside && build.tree.root.join("content").join(dir).is_dir();
    let is_data = dir == "data" || dir.starts_with("data/");
    if kind.is_some() || (there && !is_data) {
        return Ok(Place { dir: dir.to_owned(), kind, others: Vec::new() });
    }
    let list = listed(named);
    Err(Fault::refused(
        bi!(
            "không có chuyên mục `{asked}` trong content/",
            "there is no section `{asked}` in content/"
        ),
        match text::nearest(dir, named.iter().map(|(dir, _)| *dir)) {
            Some(near) => bi!(
                "Có phải là {near}? Các chuyên mục: {list}.",
                "Did you mean {near}? Sections: {list}."
            ),
            None => bi!("Các chuyên mục: {list}.", "Sections: {list}."),
        },
    ))
}

/// `tin-tot (news), su-kien (event)`; long lists are cut, an empty one is `-`.
fn listed(named: &[(&str, &str)]) -> String {
    const MOST: usize = 20;
    let mut items: Vec<String> =
        named.iter().take(MOST).map(|(dir, kind)| format!("{dir} ({kind})")).collect();
    if named.is_empty() {
        items.push("-".to_owned());
    } else if named.len() > MOST {
        items.push("…".to_owned());
    }
    items.join(", ")
}

/// What the file will say.
struct Entry<'a> {
    kind: &'static dyn Kind,
    /// Whether the file has to name its kind: the section has another.
    named: bool,
    title: &'a str,
    slug: &'a str,
    date: &'a str,
    now: DateTime,
}

impl Entry<'_> {
    fn text(&self) -> String {
        let mut out = include_str!("new/head.md").to_owned();
        if self.named {
            out.push_str(&format!("kind: {}\n", self.kind.name()));
        }
        if self.kind.dated() {
            out.push_str(include_str!("new/dated.md"));
        }
        out.push_str(own_keys(self.kind.name()));
        out.push_str(include_str!("new/tail.md"));
        let next_week = self.now.date().saturating_add(7.days());
        let at = |hour| stamp(DateTime::from_parts(next_week, Time::constant(hour, 0, 0, 0)));
        let expires = self.now.date().saturating_add(1.year());
        let values = [
            ("{title}", yaml_line(self.title)),
            ("{slug}", self.slug.to_owned()),
            ("{date}", self.date.to_owned()),
            ("{day}", self.now.date().to_string()),
            ("{start}", at(8)),
            ("{end}", at(11)),
            ("{expires}", expires.to_string()),
        ];
        fill(&out, &values)
    }
}

/// The keys of one kind, with comments; a kind without a file has none.
fn own_keys(kind: &str) -> &'static str {
    match kind {
        "story" => include_str!("new/story.md"),
        "news" => include_str!("new/news.md"),
        "model" => include_str!("new/model.md"),
        "event" => include_str!("new/event.md"),
        "work" => include_str!("new/work.md"),
        "opportunity" => include_str!("new/opportunity.md"),
        "appeal" => include_str!("new/appeal.md"),
        "award" => include_str!("new/award.md"),
        "document" => include_str!("new/document.md"),
        "report" => include_str!("new/report.md"),
        "page" => include_str!("new/page.md"),
        _ => "",
    }
}

/// A text as a YAML value on one line: plain where that is safe, else quoted.
pub(super) fn yaml_line(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && text
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '!' | '?' | ')' | '”'))
        && text.chars().all(|c| c.is_alphanumeric() || " ,.-–—()“”!?%/".contains(c))
        && text.contains(' ');
    if plain {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Breaks and invisible characters that YAML does not allow as they are.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Creates the file; gives its path from the root.
fn write(root: &Path, dir: &str, entry: &Entry<'_>) -> Result<String, Fault> {
    let slug = entry.slug;
    let path = format!("content/{dir}/{slug}.md");
    let taken = root.join("content").join(dir).join(slug);
    if taken.exists() {
        return Err(exists(&format!("content/{dir}/{slug}/"), entry));
    }
    let full = root.join(&path);
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&full);
    let result = match file {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(exists(&path, entry)),
        Err(error) => Err(error),
        Ok(mut file) => file.write_all(entry.text().as_bytes()),
    };
    match result {
        Ok(()) => Ok(path),
        Err(error) => Err(Fault::io(bi!("không tạo được", "cannot create"), full, error)),
    }
}

/// The next free name is two words more in the title.
fn exists(path: &str, entry: &Entry<'_>) -> Fault {
    let (slug, kind) = (entry.slug, entry.kind.name());
    let title = entry.title.replace('"', "'");
    Fault::refused(
        bi!("đã có {path}", "{path} exists already"),
        bi!(
            "Sửa tệp ấy, hoặc đặt tiêu đề khác: tintot new {kind} \"{title} 2\" tạo {slug}-2.md.",
            "Edit that file, or give another title: tintot new {kind} \"{title} 2\" makes {slug}-2.md."
        ),
    )
}

fn next_steps(args: &Args, path: &str, place: &Place, kind: &dyn Kind) -> String {
    let root = root_option(&args.root);
    let others = place.others.join(", ");
    let kind = kind.name();
    match args.tongue() {
        Tongue::Vi => {
            let others = match place.others.is_empty() {
                true => String::new(),
                false => {
                    format!("Chuyên mục khác cho loại {kind}: {others} (chọn bằng --section).\n")
                }
            };
            format!(
                "Đã tạo {path}\n{others}Viết bài, bỏ dấu # ở những dòng cần dùng. Xem thử: tintot build -D -o xem-thu{root}\nXong thì xóa dòng `draft: true` rồi: tintot build{root}\n"
            )
        }
        Tongue::En => {
            let others = match place.others.is_empty() {
                true => String::new(),
                false => {
                    format!("Other sections of kind {kind}: {others} (choose with --section).\n")
                }
            };
            format!(
                "Created {path}\n{others}Write, and take the # from the lines you need. Preview: tintot build -D -o xem-thu{root}\nWhen done, delete the line `draft: true`, then: tintot build{root}\n"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parse::{ParseOptions, doc};

    fn options() -> ParseOptions {
        ParseOptions { langs: vec!["vi".into(), "en".into()], zone: TimeZone::UTC }
    }

    fn entry(kind: &'static dyn Kind, title: &str) -> String {
        let now = DateTime::constant(2026, 11, 23, 8, 30, 0, 0);
        Entry { kind, named: true, title, slug: "ten-bai", date: "2026-11-23 08:30", now }.text()
    }

    fn parsed(text: &str) -> (crate::parse::Doc, Vec<String>) {
        let path: Arc<str> = Arc::from("content/x/ten-bai.md");
        let (doc, found) = doc(&path, text.as_bytes(), &options());
        let doc = doc.expect("a document");
        let mut codes: Vec<String> =
            found.iter().map(|diag| format!("{} {}", diag.rule.code, diag.message.en)).collect();
        if let Some(kind) = doc.front.kind.as_ref().and_then(|kind| kinds::kind(&kind.value)) {
            let mut reader = yaml::Reader::new(&doc.front.rest, Arc::clone(&path), &TimeZone::UTC);
            kind.read(&mut reader);
            codes.extend(
                reader
                    .finish()
                    .iter()
                    .map(|diag| format!("{} {}", diag.rule.code, diag.message.en)),
            );
        }
        (doc, codes)
    }

    #[test]
    fn every_kind_parses_without_a_word() {
        for &kind in kinds::KINDS {
            let (doc, found) = parsed(&entry(kind, "Chị Lan trồng cây"));
            assert!(found.is_empty(), "{}: {found:?}", kind.name());
            assert_eq!(doc.front.date.is_some(), kind.dated());
            assert!(doc.front.draft.is_some());
            assert_eq!(
                doc.front.title.as_ref().map(|title| title.value.as_str()),
                Some("Chị Lan trồng cây")
            );
        }
    }

    #[test]
    fn every_commented_key_is_a_key() {
        for &kind in kinds::KINDS {
            let text = entry(kind, "Chị Lan trồng cây");
            let key = |rest: &str| {
                let word = rest.split(':').next().unwrap_or_default();
                let name =
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                rest.starts_with("  ") || (name && rest.contains(':'))
            };
            let lines = text
                .lines()
                .map(|line| line.strip_prefix("# ").filter(|rest| key(rest)).unwrap_or(line));
            let text = lines.collect::<Vec<_>>().join("\n");
            let (_, found) = parsed(&text);
            assert!(found.is_empty(), "{}: {found:?}\n{text}", kind.name());
        }
    }

    #[test]
    fn titles_survive_quoting() {
        for title in [
            "Chị Lan trồng cây",
            "Tin: ba việc # 1",
            "true",
            "2026-11-23",
            "- gạch",
            "\"Ngoặc\" và \\ gạch chéo",
            "{title} [x] {date}",
            "'nháy'",
            "a: b",
            "kết thúc: ",
            "null",
            "*sao* & dấu",
            "100%",
            "Có gì mới? ",
        ] {
            let title = title.trim();
            let (doc, found) = parsed(&entry(kinds::KINDS[0], title));
            assert_eq!(doc.front.title.as_ref().map(|read| read.value.as_str()), Some(title));
            assert!(found.is_empty(), "{title}: {found:?}");
        }
    }

    #[test]
    fn kinds_and_dates_are_understood_or_explained() {
        assert_eq!(known_kind("News").map(|kind| kind.name()).ok(), Some("news"));
        assert!(known_kind("tin").is_err_and(|fault| fault.to_string().contains("mean news?")));
        let fault = known_kind("sự kiện").err().map(|fault| fault.to_string()).unwrap_or_default();
        assert!(fault.contains("Did you mean event?"), "{fault}");
        assert_eq!(read_date("23/11/2026", &TimeZone::UTC).ok().as_deref(), Some("2026-11-23"));
        assert_eq!(
            read_date("8h30 ngày 23/11/2026", &TimeZone::UTC).ok().as_deref(),
            Some("2026-11-23 08:30")
        );
        assert!(read_date("mai", &TimeZone::UTC).is_err());
        assert!(slug_of("គេហទំព័រ").is_err());
    }
}
