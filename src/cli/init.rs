//! `init`: a small complete site that builds at once.
//!
//! Takes a folder and a title, writes the files of `src/cli/init/` with today's
//! date in them. Never writes over anything.

use std::io::Write;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use jiff::civil::{Date, Weekday};

use super::args::{Args, Look};
use super::extras::say;
use super::new::yaml_line;
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::{bi, config, text};

static SITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// Most files named in a refusal.
const MOST: usize = 10;

/// Creates a site and says what to do next.
pub fn init(args: &Args, dir: Option<&Path>, title: Option<&str>) -> Result<u8, Fault> {
    let dir = dir.unwrap_or(&args.root);
    let look = Look { base_url: None, drafts: false, future: false, at: None };
    let zone = config::default_timezone();
    let today = look.at(&zone)?.0.to_zoned_datetime(zone).date();
    let files = files(title, today);
    let kept = refuse_to_overwrite(dir, &files)?;
    for (name, text) in files.iter().filter(|(name, _)| Some(name.as_str()) != kept) {
        write(&dir.join(name), text)?;
    }
    if args.quiet {
        return Ok(0);
    }
    say(&next_steps(args.tongue(), dir, kept.is_some()))
}

/// The site's files by their path from its root, sorted.
fn files(title: Option<&str>, today: Date) -> Vec<(String, String)> {
    let title =
        title.map(|title| text::nfc(title.trim()).into_owned()).filter(|title| !title.is_empty());
    let vi = yaml_line(title.as_deref().unwrap_or("Mỗi ngày một tin tốt"));
    let en = yaml_line(title.as_deref().unwrap_or("One good news a day"));
    let sunday = today.nth_weekday(1, Weekday::Sunday).unwrap_or(today);
    let mut files = Vec::new();
    collect(&SITE, &mut |name, text| {
        let name = if name == "gitignore" { ".gitignore" } else { name };
        let values = [
            ("{today}", today.to_string()),
            ("{sunday}", sunday.to_string()),
            ("{title}", vi.clone()),
            ("{title_en}", en.clone()),
        ];
        let text = fill(text, &values);
        files.push((name.to_owned(), text));
    });
    files.sort();
    files
}

/// Puts values in the place of names, in one pass: a value that looks like a
/// name stays as it is.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match values.iter().find(|(name, _)| after.starts_with(name)) {
            Some((name, value)) => {
                out.push_str(value);
                rest = &after[name.len()..];
            }
            None => {
                out.push('{');
                rest = &after[1..];
            }
        }
    }
    out + rest
}

fn collect(dir: &Dir<'static>, each: &mut dyn FnMut(&str, &str)) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        each(&name, file.contents_utf8().unwrap_or_default());
    }
    dir.dirs().for_each(|dir| collect(dir, each));
}

/// Stops if a file is there that would be written. An existing `.gitignore`
/// is kept as it is: most folders under version control have one.
fn refuse_to_overwrite(
    dir: &Path,
    files: &[(String, String)],
) -> Result<Option<&'static str>, Fault> {
    const IGNORE: &str = ".gitignore";
    if dir.exists() && !dir.is_dir() {
        let shown = dir.display();
        return Err(Fault::refused(
            bi!("{shown} là một tệp, không phải thư mục", "{shown} is a file, not a folder"),
            bi!(
                "Chọn tên khác cho thư mục của trang.",
                "Choose another name for the site's folder."
            ),
        ));
    }
    // A broken link is there too, though it leads nowhere.
    let there = |name: &str| dir.join(name).symlink_metadata().is_ok();
    let names = files.iter().map(|(name, _)| name.as_str());
    let taken: Vec<&str> = names.filter(|name| *name != IGNORE && there(name)).collect();
    if taken.is_empty() {
        return Ok(there(IGNORE).then_some(IGNORE));
    }
    let shown = dir.display();
    if taken.contains(&"site.yaml") {
        return Err(Fault::refused(
            bi!(
                "{shown} đã là một trang: có tệp site.yaml",
                "{shown} is a site already: it has a site.yaml"
            ),
            bi!(
                "Chọn thư mục khác, hoặc dựng trang này: tintot build.",
                "Choose another folder, or build this site: tintot build."
            ),
        ));
    }
    let mut list = taken.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if taken.len() > MOST {
        list.push_str(", …");
    }
    Err(Fault::refused(
        bi!("trong {shown} đã có: {list}", "{shown} already holds: {list}"),
        bi!(
            "Không tệp nào bị đụng tới. Chọn thư mục khác, hoặc chuyển các tệp ấy đi.",
            "Nothing was touched. Choose another folder, or move those files away."
        ),
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let fault = |error| Fault::io(bi!("không tạo được", "cannot create"), path, error);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(fault)?;
    }
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(fault)
}

/// ` -r DIR` for a command that is to be typed, or nothing for this folder.
pub(super) fn root_option(dir: &Path) -> String {
    if dir == Path::new(".") || dir.as_os_str().is_empty() {
        return String::new();
    }
    let shown = dir.display().to_string();
    let plain = shown.chars().all(|c| c.is_alphanumeric() || "/\\._-:~".contains(c));
    if plain { format!(" -r {shown}") } else { format!(" -r \"{shown}\"") }
}

fn next_steps(tongue: Tongue, dir: &Path, kept: bool) -> String {
    let root = root_option(dir);
    let shown = dir.display();
    let public: PathBuf = dir.join("public");
    let public = public.display();
    let (kept_vi, kept_en) = match kept {
        true => (
            "Tệp .gitignore có sẵn được giữ nguyên; nên thêm /public và /.tintot.\n",
            "Your .gitignore was kept; add /public and /.tintot to it.\n",
        ),
        false => ("", ""),
    };
    match tongue {
        Tongue::Vi => format!(
            "Đã tạo trang trong {shown}\n{kept_vi}\nLàm tiếp:\n  tintot build{root}\n  python3 -m http.server -d {public} 8000    rồi mở http://localhost:8000/\n  tintot new news \"Tiêu đề tin\"{root}\nTên trang, địa chỉ, thực đơn: sửa trong site.yaml.\n"
        ),
        Tongue::En => format!(
            "Created a site in {shown}\n{kept_en}\nNext:\n  tintot build{root}\n  python3 -m http.server -d {public} 8000    then open http://localhost:8000/\n  tintot new news \"Title\"{root}\nName, address and menus of the site are in site.yaml.\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::Diagnostic;
    use crate::base::time::BuildTime;
    use crate::driver;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn made(title: Option<&str>) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder for the test");
        for (name, text) in files(title, TODAY) {
            write(&dir.path().join(name), &text).expect("a file of the new site");
        }
        dir
    }

    fn check(root: &Path) -> (driver::Build, Vec<String>) {
        let request = driver::Request {
            root: root.to_owned(),
            at: BuildTime("2026-11-23T01:00:00Z".parse().expect("an instant")),
            drafts: false,
            future: false,
            base_url: None,
            quarantine: false,
            strict: false,
            generator: "tintot".to_owned(),
        };
        let mut build = driver::build(&request).expect("a readable folder");
        driver::check(&mut build, &|_, _| {}).expect("a readable folder");
        let said =
            |diag: &Diagnostic| format!("{} {} {:?}", diag.rule.code, diag.message.en, diag.file());
        let found = build.diagnostics.iter().map(said).collect();
        (build, found)
    }

    #[test]
    fn a_new_site_builds_without_a_word() {
        for title in [None, Some("Đoàn xã: \"tin\" {title_en} # 1"), Some("{today} {en} {title}")]
        {
            let dir = made(title);
            let (build, found) = check(dir.path());
            assert!(found.is_empty(), "{found:#?}");
            let ready = build.ready.expect("a site");
            assert!(ready.plan.states.iter().all(|state| *state == crate::plan::State::Live));
            assert!(ready.site.entries.iter().all(|entry| entry.illustrative));
            if let Some(title) = title {
                assert_eq!(
                    ready.site.config.title.0.first().map(|(_, text)| text.as_str()),
                    Some(title)
                );
            }
            assert!(ready.site.sections.iter().all(|section| section.titles.len() == 2));
        }
    }

    #[test]
    fn nothing_is_written_over() {
        let dir = made(None);
        let files = files(None, TODAY);
        assert!(refuse_to_overwrite(dir.path(), &files).is_err());
        let other = tempfile::tempdir().expect("a folder for the test");
        write(&other.path().join("anh.jpg"), "x").expect("a file");
        write(&other.path().join(".gitignore"), "x").expect("a file");
        assert_eq!(refuse_to_overwrite(other.path(), &files).ok().flatten(), Some(".gitignore"));
        write(&other.path().join("content/_index.md"), "x").expect("a file");
        let fault = refuse_to_overwrite(other.path(), &files).err().map(|fault| fault.to_string());
        assert!(fault.is_some_and(|text| text.contains("content/_index.md")));
    }
}
