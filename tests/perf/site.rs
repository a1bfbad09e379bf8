//! The corpus as a site of this program, and the edits that are measured.
//!
//! Writes below the folder it is given and nowhere else.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::corpus::{self, Shape, Story};
use super::words::{LANGUAGES, SECTIONS, TAGS, TOPICS, UNITS};

/// Which templates render the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Just what other generators render when they are measured.
    Bench,
    /// The theme that comes with the program, with all that it makes.
    Default,
}

impl Theme {
    pub fn name(self) -> &'static str {
        match self {
            Theme::Bench => "bench",
            Theme::Default => "default",
        }
    }
}

/// Writes a file and the folders above it.
pub fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    Ok(std::fs::write(path, text)?)
}

/// Copies a folder of this directory (`theme`, `hugo`).
pub fn copy_folder(from: &str, to: &Path) -> Result<(), Failure> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/perf").join(from);
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&from)?;
            put(&to.join(name), &std::fs::read_to_string(entry.path())?)?;
        }
    }
    Ok(())
}

/// Writes the whole site.
pub fn write(root: &Path, shape: Shape, theme: Theme) -> Result<(), Failure> {
    put(&root.join("site.yaml"), &config(shape, theme))?;
    if theme == Theme::Bench {
        copy_folder("theme", &root.join("themes/bench"))?;
    }
    let content = root.join("content");
    put(&content.join("data/terms.yaml"), &terms())?;
    put(&content.join("data/units.yaml"), &units())?;
    for (dir, kind, vi, en) in SECTIONS {
        let index = format!("---\ntitle: {vi}\nkind: {kind}\n---\n");
        put(&content.join(dir).join("_index.md"), &index)?;
        for (tag, ..) in LANGUAGES.iter().take(shape.languages).skip(1) {
            let index = format!("---\ntitle: {en}\n---\n");
            put(&content.join(dir).join(format!("_index.{tag}.md")), &index)?;
        }
    }
    for story in corpus::stories(shape) {
        write_story(&content, &story)?;
    }
    Ok(())
}

/// With the bench theme, what configuration can turn off is off; with the
/// default theme everything is as it comes.
fn config(shape: Shape, theme: Theme) -> String {
    let mut text = String::from(
        "title: {vi: Mỗi ngày một tin tốt, en: One good news a day}\n\
         base_url: https://tintot.example/\nlanguages:\n",
    );
    for (tag, name, borrowed) in LANGUAGES.iter().take(shape.languages) {
        let borrowed =
            if borrowed.is_empty() { String::new() } else { format!(", data_locale: {borrowed}") };
        let _ = writeln!(text, "  - {{tag: {tag}, name: {name}{borrowed}}}");
    }
    text.push_str("menus:\n  main:\n");
    for (dir, ..) in SECTIONS {
        let _ = writeln!(text, "    - {{section: {dir}}}");
    }
    if theme == Theme::Bench {
        text.push_str(
            "theme: bench\npagination: 20\narchive: false\n\
             feeds: {formats: [rss], term_formats: [rss], term_minimum: 1, limit: 20, calendars: false}\n",
        );
    }
    text
}

fn terms() -> String {
    let mut text = String::from("topics:\n");
    for (id, name) in TOPICS {
        let _ = writeln!(text, "  - {{id: {id}, name: {name}}}");
    }
    text.push_str("tags:\n");
    for tag in 0..TAGS {
        let _ = writeln!(text, "  - {{id: the-{tag:02}, name: Thẻ {tag}}}");
    }
    text
}

fn units() -> String {
    let mut text = String::new();
    for (id, name) in UNITS {
        let _ = writeln!(text, "- {{id: {id}, name: {name}}}");
    }
    text
}

fn write_story(content: &Path, story: &Story) -> Result<(), Failure> {
    for (at, (tag, text)) in story.texts.iter().enumerate() {
        let mut file = format!("---\ntitle: \"{}\"\nsummary: \"{}\"\n", text.title, text.summary);
        if at == 0 {
            let _ = write!(
                file,
                "date: {}\nunits: [{}]\ntopics: [{}]\ntags: [{}]\n",
                story.date,
                story.unit,
                story.topics.join(", "),
                story.tags.map(|tag| format!("the-{tag:02}")).join(", ")
            );
            if SECTIONS[story.section].1 == "event" {
                let _ = writeln!(file, "start: {} 08:00", story.date);
            }
        }
        file.push_str("---\n\n");
        file.push_str(&text.body);
        let ending = if at == 0 { ".md".to_owned() } else { format!(".{tag}.md") };
        put(&content.join(story.stem() + &ending), &file)?;
    }
    Ok(())
}

/// A change that somebody makes to the site between two builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Nothing,
    /// Every file gets a new time, as in a fresh clone; no byte changes.
    Touch,
    /// One more sentence at the end of a story in the middle of the corpus.
    Body,
    /// Another title of that story.
    Title,
    /// One more news item, newer than everything.
    News,
    /// A comment in the template of entries, which writes nothing.
    Template,
}

/// Makes an edit; `round` makes each of several different from the others.
pub fn edit(
    root: &Path,
    shape: Shape,
    theme: Theme,
    edit: Edit,
    round: usize,
) -> Result<(), Failure> {
    let middle = corpus::slug(shape.stories / 2);
    let section = (shape.stories / 2) % SECTIONS.len();
    let content = root.join("content");
    let story = content.join(corpus::stem(section, &middle) + ".md");
    match edit {
        Edit::Nothing => Ok(()),
        Edit::Touch => touch(root),
        Edit::Body => {
            let text = std::fs::read_to_string(&story)?;
            put(&story, &format!("{text}\nThêm một câu, lần {round}.\n"))
        }
        Edit::Title => {
            let text = std::fs::read_to_string(&story)?;
            let lines = text.lines().map(|line| match line.starts_with("title:") {
                true => format!("title: \"Tên mới của bài, lần {round}\"\n"),
                false => format!("{line}\n"),
            });
            put(&story, &lines.collect::<String>())
        }
        Edit::News => {
            let (dir, ..) = SECTIONS[2];
            let (unit, topic) = (UNITS[round % UNITS.len()].0, TOPICS[round % TOPICS.len()].0);
            let text = format!(
                "---\ntitle: \"Tin mới, lần {round}\"\nsummary: \"Một tin vừa về.\"\n\
                 date: 2026-11-{:02} 08:00\nunits: [{unit}]\ntopics: [{topic}]\ntags: [the-00]\n\
                 ---\n\nMột tin vừa về tới chi đoàn.\n",
                1 + round % 20
            );
            put(&content.join(dir).join(format!("tin-moi-{round:03}.md")), &text)
        }
        Edit::Template => {
            let own = Path::new(env!("CARGO_MANIFEST_DIR"));
            let source = match theme {
                Theme::Bench => own.join("tests/perf/theme/templates/entry.html"),
                Theme::Default => own.join("themes/default/templates/entry.html"),
            };
            let text = std::fs::read_to_string(source)?;
            let path = root.join("themes").join(theme.name()).join("templates/entry.html");
            put(&path, &format!("{text}{{# {round} #}}\n"))
        }
    }
}

/// Gives every file of the sources the time of now.
fn touch(root: &Path) -> Result<(), Failure> {
    let now = std::time::SystemTime::now();
    for path in sources(root)? {
        std::fs::File::options().append(true).open(path)?.set_modified(now)?;
    }
    Ok(())
}

/// Every source file of a site.
pub fn sources(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    let own = |entry: &walkdir::DirEntry| entry.file_name() != ".tintot";
    for entry in walkdir::WalkDir::new(root).into_iter().filter_entry(own) {
        let entry = entry?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        }
    }
    Ok(paths)
}
