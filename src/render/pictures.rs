//! A picture's versions as attributes of HTML.
//!
//! Takes what the plan says of a picture; gives `srcset` and `sizes`. Never
//! decides which versions there are.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::view::PictureSet;
use crate::base::html::escape;
use crate::picture::{Codec, Recipe, Tint};
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
    let better = |codec: Codec| versions.better().find(|own| *own == codec);
    let [avif, webp] = [Codec::Avif, Codec::Webp].map(|codec| better(codec).map(srcset));
    Some(PictureSet {
        avif: avif.unwrap_or_default(),
        webp: webp.unwrap_or_default(),
        srcset: srcset(versions.fallback()),
        sizes,
    })
}

/// Classes of an `<img>`: its colour until it is there, where that is known,
/// and the point that stays in sight where a style sheet cuts its sides off.
pub(super) fn classes(versions: Option<&Versions<'_>>, focus: Option<(u16, u16)>) -> String {
    let mut out = String::new();
    if let Some(tint) = versions.and_then(|versions| versions.tint) {
        let Tint([red, green, blue]) = tint;
        let dark = if tint.is_dark() { " ph-dark" } else { "" };
        let _ = write!(out, "ph{dark} r{red:x} g{green:x} b{blue:x}");
    }
    if let Some((x, y)) = focus {
        // Tenths: the middle is what style sheets do anyway.
        for (name, part) in [("fx", x), ("fy", y)] {
            let tenth = (part.min(1000) + 50) / 100;
            if tenth != 5 {
                let space = if out.is_empty() { "" } else { " " };
                let _ = write!(out, "{space}{name}{tenth}");
            }
        }
    }
    out
}

/// `<picture>` within a text: the set of `content`, else the version for where
/// only one can be named. `rest`: further attributes of the `<img>`.
pub(super) fn element(versions: &Versions<'_>, url: Url<'_>, alt: &str, rest: &str) -> String {
    let src = escape(&url(&versions.path(&versions.alone())));
    let alt = escape(alt);
    let Some(PictureSet { avif, webp, srcset, sizes }) = set(versions, "content", url) else {
        return format!("<img src=\"{src}\" alt=\"{alt}\"{rest}>");
    };
    let sizes = escape(&sizes);
    let mut out = String::with_capacity(webp.len() + srcset.len() + 256);
    out.push_str("<picture>");
    for (kind, set) in [("avif", avif), ("webp", webp)] {
        if !set.is_empty() {
            let set = escape(&set);
            let _ =
                write!(out, "<source type=\"image/{kind}\" srcset=\"{set}\" sizes=\"{sizes}\">");
        }
    }
    let srcset = escape(&srcset);
    let _ = write!(
        out,
        "<img src=\"{src}\" srcset=\"{srcset}\" sizes=\"{sizes}\" alt=\"{alt}\"{rest}></picture>"
    );
    out
}
