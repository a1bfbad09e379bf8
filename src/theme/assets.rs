//! Assets under names that change with their content.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use serde_json::Value as Json;

use super::ThemeFile;
use super::rules::BAD_COLOUR;
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::hash::Key;
use crate::bi;

/// What a theme publishes; output paths as in [`super::Theme`].
#[derive(Default)]
pub(super) struct Published {
    pub assets: BTreeMap<String, Vec<u8>>,
    pub css: String,
    pub js: BTreeMap<String, String>,
    pub files: BTreeMap<String, String>,
}

pub(super) fn publish(
    files: &BTreeMap<String, ThemeFile>,
    settings: &Json,
    config: &Arc<str>,
    diags: &mut Diagnostics,
) -> Published {
    let mut published = Published::default();
    let mut css = Vec::new();
    for (name, file) in files {
        let Some(path) = name.strip_prefix("assets/") else { continue };
        if path.starts_with("css/") && path.ends_with(".css") {
            css.extend_from_slice(&file.bytes);
            css.push(b'\n');
        } else if let Some(script) =
            path.strip_prefix("js/").and_then(|path| path.strip_suffix(".js"))
        {
            let output = hashed(&format!("assets/{script}.js"), &file.bytes);
            published.js.insert(script.to_owned(), output.clone());
            published.assets.insert(output, file.bytes.to_vec());
        } else {
            let output = hashed(&format!("assets/{path}"), &file.bytes);
            published.files.insert(path.to_owned(), output.clone());
            published.assets.insert(output, file.bytes.to_vec());
        }
    }
    if let Some(colours) = settings.get("colours") {
        css.extend_from_slice(colours_css(colours, config, diags).as_bytes());
    }
    published.css = hashed("assets/style.css", &css);
    published.assets.insert(published.css.clone(), css);
    published
}

/// `assets/theme.js` -> `assets/theme.1a2b3c4d5e.js`.
fn hashed(path: &str, bytes: &[u8]) -> String {
    let hash = &Key::of(bytes).hex()[..10];
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{path}.{hash}"),
    }
}

/// A site's colours as custom properties: `blue` is `--blue`, `dark.blue` is
/// `--dark-blue`; which of them counts when is the theme's business.
fn colours_css(colours: &Json, config: &Arc<str>, diags: &mut Diagnostics) -> String {
    let mut properties = properties(colours, "--", config, diags);
    if let Some(dark) = colours.get("dark") {
        properties.push_str(&self::properties(dark, "--dark-", config, diags));
    }
    format!(":root{{{properties}}}\n")
}

/// Whether a name and a value can stand in a style sheet and fetch nothing.
pub(super) fn is_colour(name: &str, value: &str) -> bool {
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let safe = value.chars().all(|c| c.is_ascii_alphanumeric() || "#(),.%/ -".contains(c));
    named && safe && !value.is_empty() && !value.contains("url")
}

fn properties(colours: &Json, prefix: &str, config: &Arc<str>, diags: &mut Diagnostics) -> String {
    let mut css = String::new();
    for (name, value) in colours.as_object().into_iter().flatten() {
        let Some(value) = value.as_str() else { continue };
        if is_colour(name, value) {
            let _ = write!(css, "{prefix}{name}:{value};");
        } else {
            let message = bi!(
                "màu `{name}: {value}` không hợp lệ",
                "the colour `{name}: {value}` is not valid"
            );
            let help = bi!("viết như #0b5cad", "write it like #0b5cad");
            diags.push(Diagnostic::new(&BAD_COLOUR, message).at(Span::file(config)).help(help));
        }
    }
    css
}
