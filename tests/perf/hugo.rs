//! The same corpus as a site for Hugo, with a bare theme that renders the same.

use std::path::Path;
use std::process::Command;

use super::Failure;
use super::corpus::{self, Shape};
use super::program::{Run, run};
use super::site::{copy_folder, put};
use super::words::{LANGUAGES, SECTIONS};

/// Whether there is a `hugo` on the PATH that answers.
pub fn version() -> Option<String> {
    let output = Command::new("hugo").arg("version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let found = text.lines().find(|line| line.starts_with("hugo v"))?;
    output.status.success().then(|| found.split(['-', '+']).next().unwrap_or(found).to_owned())
}

/// Writes the site: Vietnamese and English, whatever else the corpus has.
pub fn write(root: &Path, shape: Shape) -> Result<(), Failure> {
    copy_folder("hugo", root)?;
    let content = root.join("content");
    let known: Vec<&str> = LANGUAGES.iter().take(2).map(|(tag, ..)| *tag).collect();
    for (dir, ..) in SECTIONS {
        for ending in ["md", "en.md"] {
            let index = format!("---\ntitle: {dir}\n---\n");
            put(&content.join(dir).join(format!("_index.{ending}")), &index)?;
        }
    }
    for story in corpus::stories(shape) {
        for (tag, text) in story.texts.iter().filter(|(tag, _)| known.contains(tag)) {
            let file = format!(
                "---\ntitle: \"{}\"\ndate: {}\ndescription: \"{}\"\nunits: [{}]\n\
                 topics: [\"{}\"]\ntags: [{}]\n---\n\n{}",
                text.title,
                story.date,
                text.summary,
                story.unit,
                story.topics.join("\", \""),
                story.tags.map(|tag| format!("\"the-{tag:02}\"")).join(", "),
                text.body
            );
            let ending = if *tag == "vi" { ".md".to_owned() } else { format!(".{tag}.md") };
            put(&content.join(story.stem() + &ending), &file)?;
        }
    }
    Ok(())
}

/// One build into a fresh folder.
pub fn build(root: &Path, out: &Path) -> Result<Run, Failure> {
    for dir in [out.to_owned(), root.join("resources")] {
        super::program::remove(&dir)?;
    }
    let mut command = Command::new("hugo");
    command.arg("--quiet").arg("--source").arg(root).arg("--destination").arg(out);
    let finished = run(&mut command)?;
    if finished.code == Some(0) { Ok(finished) } else { Err("hugo failed".into()) }
}
