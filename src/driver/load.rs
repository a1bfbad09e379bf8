//! Files read and parsed, in parallel where there are many.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::hash::Key;
use crate::config::{self, Config};
use crate::data::{self, DataFile, DataOptions};
use crate::i18n::{self, Locale};
use crate::link::{Facts, Files};
use crate::parse::{self, ParseOptions};
use crate::picture;
use crate::scan::{FileKind, Tree};
use crate::theme::{self, Theme, ThemeFile};
use crate::{bi, rules};

rules! {
    UNSAFE_PICTURE = "T1003" Error,
        "Ảnh mang dữ liệu riêng không gỡ được", "A picture with private data that cannot be removed",
        "Điện thoại ghi nơi chụp, giờ chụp vào ảnh. Với JPEG, PNG, WebP và GIF, chương trình gỡ những thứ ấy khi đăng; với HEIC, TIFF, RAW của máy ảnh, JPEG XL, JPEG 2000 và AVIF có Exif thì không gỡ được nên không đăng. Phần lớn trình duyệt cũng không mở được HEIC và TIFF. Hãy lưu ảnh thành JPEG.",
        "Phones write where and when a picture was taken into it. From JPEG, PNG, WebP and GIF all of that is removed when they are published; from HEIC, TIFF, cameras' RAW files, JPEG XL, JPEG 2000 and AVIF with Exif it cannot be, so they are not. Most browsers do not open HEIC or TIFF anyway. Save the picture as JPEG.";
    NO_CONFIG = "T0100" Error,
        "Không có site.yaml", "No site.yaml",
        "Thư mục này chưa phải một trang: thiếu tệp site.yaml. Hãy chạy `tintot init` để tạo trang mới, hoặc chỉ thư mục đúng bằng -r.",
        "This folder is not a site: it has no site.yaml. Run `tintot init` to create one, or name the right folder with -r.";
    BAD_CHECKS = "T0159" Error,
        "Mức kiểm tra không hợp lệ", "Invalid check setting",
        "Khóa checks của site.yaml đổi mức của các ghi chú và cảnh báo. Lỗi làm hỏng trang thì không tắt được. `tintot explain` liệt kê mọi mã.",
        "The key checks in site.yaml changes the severity of notes and warnings. Errors that would break the site cannot be turned off. `tintot explain` lists all codes.";
    BAD_LOCALE = "T0505" Error,
        "Tệp ngôn ngữ giao diện sai", "Invalid interface language file",
        "Tệp i18n/<mã>.yaml của giao diện không đọc được. Chép một tệp có sẵn và sửa từng dòng.",
        "An i18n/<tag>.yaml file of the theme cannot be used. Start from a built-in one and change it line by line.";
    NOT_REVIEWED = "T0506" Note,
        "Ngôn ngữ giao diện chưa rà soát", "Interface language not reviewed",
        "Các chữ của giao diện ở ngôn ngữ này chưa được người bản ngữ rà soát (reviewed: false).",
        "The interface strings of this language have not been read over by a speaker (reviewed: false).";
    UNKNOWN_STRING = "T0509" Warning,
        "Chữ giao diện không có", "Unknown interface string",
        "Tệp i18n của giao diện có một khóa mà không mẫu nào dùng, có lẽ viết nhầm. So với src/i18n/locales/vi.yaml.",
        "The theme's i18n file has a key that no template uses, probably a slip. Compare it with src/i18n/locales/vi.yaml.";
    MISSING_STRINGS = "T0507" Note,
        "Ngôn ngữ giao diện còn thiếu chữ", "Interface strings missing",
        "Ngôn ngữ này thiếu một số chữ của giao diện; chỗ thiếu hiện bằng ngôn ngữ khác và được đánh dấu lang.",
        "This language lacks some interface strings; another language's are shown in their place and marked with lang.";
}

/// The site's configuration; `None` when there is none to go on with.
pub fn config(tree: &Tree, diags: &mut Diagnostics) -> Option<Config> {
    let path: Arc<str> = Arc::from("site.yaml");
    let Some(file) = tree.get(&path) else {
        let message =
            bi!("không có tệp site.yaml trong thư mục này", "there is no site.yaml in this folder");
        let help = bi!("chạy `tintot init` để tạo trang mới", "run `tintot init` to create a site");
        diags.push(Diagnostic::new(&NO_CONFIG, message).at(Span::file(&path)).help(help));
        return None;
    };
    let text = file.read().and_then(|bytes| parse::decode(&path, &bytes).map(str::to_owned));
    match text {
        Ok(text) => {
            let (config, found) = config::read(&text, path);
            diags.extend(found);
            config
        }
        Err(diag) => {
            diags.push(diag);
            None
        }
    }
}

/// The time zone of a site, for arguments that name a moment; the default one
/// where the configuration cannot say.
pub fn timezone(root: &std::path::Path) -> jiff::tz::TimeZone {
    let config =
        crate::scan::config(root).and_then(|text| config::read(&text, Arc::from("site.yaml")).0);
    config.map_or_else(config::default_timezone, |config| config.timezone)
}

/// One locale per language; the site's theme may bring its own words in
/// `themes/<name>/i18n/<tag>.yaml`.
pub fn locales(tree: &Tree, config: &Config, diags: &mut Diagnostics) -> Vec<Locale> {
    let mut locales: Vec<Locale> = Vec::with_capacity(config.languages.len());
    for language in &config.languages {
        let tag = language.tag.as_str();
        let path = format!("themes/{}/i18n/{tag}.yaml", config.theme.value);
        let own = tree.get(&path).and_then(|file| own_strings(file, tag, diags));
        let borrowed = borrowed(language);
        let loaded = i18n::load(&i18n::Request {
            tag,
            name: Some(&language.name),
            data_locale: language.data_locale.as_deref(),
            own: own.as_ref(),
            fallback: borrowed.as_ref(),
        });
        match loaded {
            Ok(mut locale) => {
                own_dates(config, &mut locale);
                note_gaps(config, tree.get(&path).map(|file| &file.path), &locale, diags);
                locales.push(locale);
            }
            Err(why) => {
                diags.push(bad_locale(&config.path, tag, &why));
                // Every language has a locale, so that they stay in step.
                let words = i18n::Request { tag: "vi", ..i18n::Request::default() };
                locales.extend(i18n::load(&words).ok());
            }
        }
    }
    locales
}

/// Words for a language that has none built in: those of the language whose
/// dates it borrows, where that is not Vietnamese anyway.
fn borrowed(language: &config::Language) -> Option<Locale> {
    let tag = language.data_locale.as_deref().filter(|tag| *tag != "vi" && *tag != language.tag)?;
    i18n::builtin(tag)?;
    i18n::load(&i18n::Request { tag, ..i18n::Request::default() }).ok()
}

/// Patterns of `dates:` in `site.yaml` replace the language's own.
fn own_dates(config: &Config, locale: &mut Locale) {
    let tag = locale.tag.clone();
    let patterns = &mut locale.data.date;
    let mut styles = [
        ("full", &mut patterns.full),
        ("day", &mut patterns.day),
        ("short", &mut patterns.short),
        ("long", &mut patterns.long),
        ("month", &mut patterns.month),
        ("time", &mut patterns.time),
    ];
    for (style, pattern) in &mut styles {
        let own = config.dates.get(*style).and_then(|texts| texts.exact(&tag));
        if let Some(own) = own {
            **pattern = own.to_owned();
        }
    }
}

fn own_strings(
    file: &crate::scan::SourceFile,
    tag: &str,
    diags: &mut Diagnostics,
) -> Option<i18n::LocaleFile> {
    let text = file.read().and_then(|bytes| parse::decode(&file.path, &bytes).map(str::to_owned));
    let parsed =
        text.map(|text| i18n::parse(tag, &text).map_err(|why| bad_locale(&file.path, tag, &why)));
    match parsed {
        Ok(Ok(own)) => return Some(own),
        Ok(Err(diag)) | Err(diag) => diags.push(diag),
    }
    None
}

fn bad_locale(path: &Arc<str>, tag: &str, why: &str) -> Diagnostic {
    let message = bi!(
        "tệp ngôn ngữ `{tag}` không dùng được: {why}",
        "the language file `{tag}` cannot be used: {why}"
    );
    Diagnostic::new(&BAD_LOCALE, message).at(Span::file(path))
}

fn note_gaps(config: &Config, own: Option<&Arc<str>>, locale: &Locale, diags: &mut Diagnostics) {
    let path = own.unwrap_or(&config.path);
    let tag = &locale.tag;
    if !locale.reviewed {
        let message = bi!(
            "chữ giao diện `{tag}` chưa được người bản ngữ rà soát",
            "the interface strings of `{tag}` have not been reviewed by a speaker"
        );
        diags.push(Diagnostic::new(&NOT_REVIEWED, message).at(Span::file(path)));
    }
    for key in locale.unknown() {
        let message =
            bi!("giao diện không dùng chữ `{key}`", "the interface has no string `{key}`");
        diags.push(Diagnostic::new(&UNKNOWN_STRING, message).at(Span::file(path)));
    }
    let missing: Vec<&str> = locale.missing().collect();
    if !missing.is_empty() {
        let count = missing.len();
        let some = missing.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let message = bi!(
            "ngôn ngữ `{tag}` thiếu {count} chữ của giao diện ({some} …)",
            "the language `{tag}` lacks {count} interface strings ({some} …)"
        );
        diags.push(Diagnostic::new(&MISSING_STRINGS, message).at(Span::file(path)));
    }
}

/// The built-in theme with the site's files over it.
pub fn theme(
    tree: &Tree,
    config: &Config,
    locales: &[Locale],
    diags: &mut Diagnostics,
) -> Option<Theme> {
    let name = &config.theme.value;
    let prefix = format!("themes/{name}/");
    let mut files = theme::builtin_files();
    let own: Vec<_> =
        tree.of_kind(FileKind::Theme).filter(|file| file.path.starts_with(&prefix)).collect();
    if own.is_empty() && name != "default" {
        let message = bi!(
            "không có giao diện `{name}` trong themes/",
            "there is no theme `{name}` in themes/"
        );
        let span = Span::new(&config.path, config.theme.range.clone());
        diags.push(Diagnostic::new(&theme::THEME_MISSING, message).at(span));
        return None;
    }
    for file in own {
        match file.read_any() {
            Ok(bytes) => files.push(ThemeFile {
                name: file.path[prefix.len()..].to_owned(),
                origin: Arc::clone(&file.path),
                bytes: Cow::Owned(bytes),
            }),
            Err(diag) => diags.push(diag),
        }
    }
    let (theme, found) = theme::load(files, config, locales);
    diags.extend(found);
    theme
}

fn tags(config: &Config) -> Vec<String> {
    config.languages.iter().map(|language| language.tag.clone()).collect()
}

/// What parsing depends on besides the files.
pub fn parse_options(config: &Config) -> ParseOptions {
    ParseOptions { langs: tags(config), zone: config.timezone.clone() }
}

/// Data files by their path below `content/data/`.
pub fn data(
    tree: &Tree,
    config: &Config,
    diags: &mut Diagnostics,
) -> BTreeMap<String, Arc<DataFile>> {
    let langs = tags(config);
    let opts = DataOptions { langs: &langs, zone: &config.timezone };
    let mut all = BTreeMap::new();
    for file in tree.of_kind(FileKind::Data) {
        let name = file.path.strip_prefix("content/data/").unwrap_or(&file.path).to_owned();
        let text =
            file.read().and_then(|bytes| parse::decode(&file.path, &bytes).map(str::to_owned));
        match text {
            Ok(text) => {
                let (parsed, found) = data::read(&file.path, &text, opts);
                diags.extend(found);
                all.extend(parsed.map(|parsed| (name, Arc::new(parsed))));
            }
            Err(diag) => diags.push(diag),
        }
    }
    all
}

/// The tree as linking sees it.
pub struct TreeFiles<'a> {
    pub tree: &'a Tree,
}

impl Files for TreeFiles<'_> {
    fn size(&self, path: &str) -> Option<u64> {
        self.tree.get(path).map(|file| file.size)
    }

    fn facts(&self, path: &str) -> Facts {
        let bytes = self.tree.get(path).and_then(|file| file.read_any().ok());
        bytes.map_or_else(Facts::default, |bytes| {
            let size = parse::media::dimensions(&bytes);
            let form = picture::form(&bytes, size);
            // A phone held upright writes its rows sideways.
            let (width, height) =
                if picture::orientation(&bytes) > 4 { (size.1, size.0) } else { size };
            let content = if size == (0, 0) { Key::default() } else { Key::of(&bytes) };
            Facts { width, height, form, content }
        })
    }

    fn below<'a>(&'a self, prefix: &str) -> Vec<&'a str> {
        let files = &self.tree.files;
        let start = files.partition_point(|file| *file.path < *prefix);
        let below = files[start..].iter().take_while(|file| file.path.starts_with(prefix));
        below.map(|file| &*file.path).collect()
    }
}

/// The text of a file that a diagnostic points into, for printing.
pub fn excerpt_source(tree: &Tree, path: &str) -> Option<String> {
    if let Some(file) = tree.get(path) {
        let bytes = file.read().ok()?;
        return Some(String::from_utf8_lossy(&bytes).into_owned());
    }
    theme::builtin_source(path).map(str::to_owned)
}
