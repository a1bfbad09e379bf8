//! Colours for code: classes, never inline styles.
//!
//! Takes the text of a code block and its language. Gives HTML with `s-…`
//! classes, or nothing when the language is unknown or the block too large.
//! The grammars are read at the first block that needs them.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

const MAX_BLOCK: usize = 64 * 1024;
const MAX_LINE: usize = 2_000;
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "s-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What became of a code block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Coloured {
    Html(String),
    /// To be written as it is.
    Plain,
    /// No grammar has this name.
    UnknownLanguage,
}

/// Colours a block; `budget` is what may still be spent on this file, in bytes.
pub(super) fn highlight(code: &str, language: &str, budget: &mut usize) -> Coloured {
    if is_plain(language) {
        return Coloured::Plain;
    }
    let Some(syntax) = find(language) else { return Coloured::UnknownLanguage };
    let too_long = code.lines().any(|line| line.len() > MAX_LINE);
    if code.is_empty() || code.len() > MAX_BLOCK.min(*budget) || too_long {
        return Coloured::Plain;
    }
    *budget -= code.len();
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        if generator.parse_html_for_line_which_includes_newline(line).is_err() {
            return Coloured::Plain;
        }
    }
    Coloured::Html(generator.finalize())
}

/// Names that ask for no colours.
fn is_plain(language: &str) -> bool {
    let names = ["text", "txt", "plain", "plaintext", "none", "console", "output", "mermaid"];
    names.iter().any(|name| language.eq_ignore_ascii_case(name))
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let name = language.to_ascii_lowercase();
    let known = match name.as_str() {
        "shell" | "zsh" | "fish" => "sh",
        "golang" => "go",
        "ts" | "typescript" | "tsx" | "jsx" | "mjs" => "js",
        "jsonc" | "json5" | "geojson" => "json",
        "tera" | "jinja" | "svg" | "vue" => "html",
        "docker" => "dockerfile",
        "c#" | "csharp" => "cs",
        "patch" => "diff",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(known).filter(|syntax| syntax.name != "Plain Text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours() {
        let mut budget = 1000;
        let Coloured::Html(html) = highlight("a: 1\n", "yml", &mut budget) else {
            panic!("no colours")
        };
        assert!(html.contains("s-constant s-numeric"), "{html}");
        assert_eq!(budget, 995);
        for language in ["rs", "sh", "js", "md", "Rust", "json", "html", "css", "typescript", "py"]
        {
            assert!(
                matches!(highlight("x\n", language, &mut budget), Coloured::Html(_)),
                "{language}"
            );
        }
    }

    #[test]
    fn plain() {
        let mut budget = 1_000_000;
        assert_eq!(highlight("a", "text", &mut budget), Coloured::Plain);
        assert_eq!(highlight("a", "tiếng-việt", &mut budget), Coloured::UnknownLanguage);
        assert_eq!(highlight(&"a".repeat(3000), "js", &mut budget), Coloured::Plain);
        assert_eq!(highlight(&"a\n".repeat(40_000), "js", &mut budget), Coloured::Plain);
        assert_eq!(highlight("a = 1\n", "py", &mut 3), Coloured::Plain);
    }
}
