//! The files below `cards/` as what pages are shared with.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::ThemeFile;
use super::assets::is_colour;
use super::rules::BAD_CARD;
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Span};
use crate::card::{Deck, Wrong};

/// `None` where the theme has no cards or they cannot be used.
pub(super) fn load(
    files: &BTreeMap<String, ThemeFile>,
    settings: &Json,
    diags: &mut Diagnostics,
) -> Option<Deck> {
    let own = files.iter().filter_map(|(name, file)| Some((name.strip_prefix("cards/")?, file)));
    let bytes = own.map(|(name, file)| (name, &*file.bytes)).collect();
    match Deck::load(&bytes, &colours(settings)) {
        Ok(deck) => deck,
        Err(Wrong { file, why }) => {
            let name = format!("cards/{file}");
            let origin = files.get(&name).map(|file| Arc::clone(&file.origin));
            let message =
                Bi { vi: format!("`{name}`: {}", why.vi), en: format!("`{name}`: {}", why.en) };
            let span = Span::file(&origin.unwrap_or_else(|| Arc::from(name)));
            diags.push(Diagnostic::new(&BAD_CARD, message).at(span));
            None
        }
    }
}

/// A site's own colours by name; what is wrong with the others is said where
/// they become CSS.
fn colours(settings: &Json) -> Vec<(String, String)> {
    let own = settings.get("colours").and_then(Json::as_object).into_iter().flatten();
    own.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .filter(|(name, value)| is_colour(name, value))
        .collect()
}
