//! A picture's versions as attributes of HTML.
//!
//! Takes what the plan says of a picture; gives `srcset` and `sizes`. Never
//! decides which versions there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::view::PictureSet;
use crate::base::html::escape;
use crate::picture::{Codec, Recipe};
use crate::plan::Versions;

/// Turns a path of the output into a URL.
type Url<'a> = &'a dyn Fn(&str) -> String;

/// What is shown at each place of the theme.
pub(super) fn sets(versions: &Versions<'_>, url: Url<'_>) -> BTreeMap<String, PictureSet> {
    versions
        .places()
        .filter_map(|place| Some((place.to_owned(), set(versions, place, url)?)))
        .collect()
}

/// What is shown at one place; `None` where the theme has no such place.
pub(super) fn set(versions: &Versions<'_>, place: &str, url: Url<'_>) -> Option<PictureSet> {
    let sizes = versions.sizes(place)?.to_owned();
    let srcset = |codec: Codec| {
        let ladder = versions.ladder(place, codec);
        let one = |recipe: &Recipe| format!("{} {}w", url(&versions.path(recipe)), recipe.width);
        ladder.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let [best, all] = versions.codecs();
    Some(PictureSet { webp: srcset(best), srcset: srcset(all), sizes })
}

/// `<picture>` within a text: the set of `content`, else the version for where
/// only one can be named. `rest`: further attributes of the `<img>`.
pub(super) fn element(versions: &Versions<'_>, url: Url<'_>, alt: &str, rest: &str) -> String {
    let src = escape(&url(&versions.path(&versions.alone())));
    let alt = escape(alt);
    let Some(PictureSet { webp, srcset, sizes }) = set(versions, "content", url) else {
        return format!("<img src=\"{src}\" alt=\"{alt}\"{rest}>");
    };
    let sizes = escape(&sizes);
    let mut out = String::with_capacity(webp.len() + srcset.len() + 256);
    let _ = write!(
        out,
        "<picture><source type=\"image/webp\" srcset=\"{}\" sizes=\"{sizes}\">\
         <img src=\"{src}\" srcset=\"{}\" sizes=\"{sizes}\" alt=\"{alt}\"{rest}></picture>",
        escape(&webp),
        escape(&srcset)
    );
    out
}
