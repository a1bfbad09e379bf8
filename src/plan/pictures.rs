//! Which pictures are made in which sizes, and where they lie.
//!
//! Takes what visible pages show and the sizes that the theme declares; gives
//! the versions of every picture. Never makes one, never enlarges one.

use std::collections::BTreeMap;

use super::Plan;
use super::rules::NO_AVIF;
use super::targets::{self, Use};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::base::hash::Key;
use crate::bi;
use crate::link::{Media, MediaTarget, Site};
use crate::picture::{Codec, Form, HAS_AVIF, LONGEST, Recipe, Tint, scaled_height};
use crate::theme::{PictureSpec, Theme};

/// Where a theme shows pictures: in texts and galleries, above an entry, on
/// cards.
const CONTENT: &str = "content";
const PLACES: [&str; 3] = [CONTENT, "cover", "card"];
/// What networks show of a shared page, in pixels: 1.91 to 1.
const SHARE: (u32, u32) = (1200, 630);
/// What is shown where only one picture can be named: in feeds, to programs.
const ALONE: u32 = 1200;

/// The versions of all pictures.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Per medium; `None` where it is published as it is.
    media: Vec<Option<Shown>>,
    /// Per medium: whether its file is published.
    whole: Vec<bool>,
    /// By content, as far as somebody has decoded it.
    tints: BTreeMap<Key, Tint>,
    places: BTreeMap<&'static str, PictureSpec>,
    /// Whether there is AVIF beside WebP.
    avif: bool,
}

/// How a picture is shown.
#[derive(Debug)]
struct Shown {
    places: [bool; PLACES.len()],
    /// The points around which it is cut for sharing.
    shared: Vec<Option<(u16, u16)>>,
    /// What everything can show.
    fallback: Codec,
}

impl Shown {
    /// Whether nothing shows through.
    fn is_opaque(&self) -> bool {
        self.fallback == Codec::Jpeg
    }
}

/// One picture's versions, by what pages need.
pub struct Versions<'a> {
    pictures: &'a Pictures,
    media: &'a Media,
    shown: &'a Shown,
    /// Its colour, where that is known and nothing shows through.
    pub tint: Option<Tint>,
}

impl Pictures {
    pub(super) fn of(site: &Site, theme: &Theme, plan: &Plan) -> Pictures {
        let places = PLACES.iter().filter_map(|place| {
            let spec = theme.pictures.get(*place).filter(|spec| !spec.widths.is_empty())?;
            Some((*place, spec.clone()))
        });
        let places: BTreeMap<_, _> = places.collect();
        let versions = |media| shown(media).filter(|_| !places.is_empty());
        let media = site.media.iter().map(versions).collect();
        let (whole, tints) = (vec![false; site.media.len()], BTreeMap::new());
        let avif = HAS_AVIF && site.config.avif.is_some();
        let mut pictures = Pictures { media, whole, tints, places, avif };
        targets::media(site, plan, &mut |id, how| pictures.show(id, how));
        pictures
    }

    /// Of a picture in several sizes the original is published only where
    /// something leads to it.
    fn show(&mut self, id: MediaTarget, how: Use) {
        let (Some(shown), Some(whole)) = (self.media.get_mut(id), self.whole.get_mut(id)) else {
            return;
        };
        match (shown, how) {
            (None, _) | (_, Use::File) => *whole = true,
            (Some(shown), Use::Content) => shown.places[0] = true,
            (Some(shown), Use::Cover { focus, shared }) => {
                shown.places[1..].fill(true);
                if shared && !shown.shared.contains(&focus) {
                    shown.shared.push(focus);
                }
            }
        }
    }

    /// The media whose files are published, ascending.
    pub(super) fn files(&self) -> impl Iterator<Item = MediaTarget> {
        self.whole.iter().enumerate().filter(|(_, whole)| **whole).map(|(id, _)| id)
    }

    /// The photos that some page shows, ascending: a colour is wanted of each.
    pub fn photos(&self) -> impl Iterator<Item = MediaTarget> {
        let shown = |shown: &Shown| shown.is_opaque() && shown.places.contains(&true);
        let media = self.media.iter().enumerate();
        media.filter(move |(_, own)| own.as_ref().is_some_and(shown)).map(|(id, _)| id)
    }

    /// Says which colour photos have, by their content. What the plan names
    /// does not depend on it, what pages show does.
    pub fn tint(&mut self, tints: BTreeMap<Key, Tint>) {
        self.tints = tints;
    }

    /// The versions of a medium that is a photo.
    pub fn versions<'a>(&'a self, site: &'a Site, id: MediaTarget) -> Option<Versions<'a>> {
        let shown = self.media.get(id)?.as_ref()?;
        let media = site.media.get(id)?;
        let tint = self.tints.get(&media.content).copied().filter(|_| shown.is_opaque());
        Some(Versions { pictures: self, media, shown, tint })
    }

    /// Every version by its path: the same picture at two places has one.
    pub(super) fn all(&self, site: &Site) -> BTreeMap<String, (MediaTarget, Recipe)> {
        let mut all = BTreeMap::new();
        for id in 0..self.media.len() {
            let Some(versions) = self.versions(site, id) else { continue };
            for recipe in versions.all() {
                all.entry(versions.path(&recipe)).or_insert((id, recipe));
            }
        }
        all
    }
}

/// Reports what the site asks for and this program cannot make.
pub(super) fn check(site: &Site, diags: &mut Diagnostics) {
    let Some(range) = site.config.avif.as_ref().filter(|_| !HAS_AVIF) else { return };
    let message = bi!(
        "chương trình này không làm được ảnh AVIF, nên ảnh chỉ có WebP và JPEG",
        "this program cannot make AVIF: pictures are WebP and JPEG only"
    );
    let help = bi!(
        "bỏ `avif: true`, hoặc dựng chương trình bằng `cargo install --path . --features avif`",
        "drop `avif: true`, or install the program with `cargo install --path . --features avif`"
    );
    let span = Span::new(&site.config.path, range.clone());
    diags.push(Diagnostic::new(&NO_AVIF, message).at(span).help(help));
}

/// A picture of which versions can be made.
fn shown(media: &Media) -> Option<Shown> {
    let fallback = match media.form {
        Form::AsIs => return None,
        Form::Photo => Codec::Jpeg,
        Form::Clear => Codec::Png,
    };
    let new = || Shown { places: [false; PLACES.len()], shared: Vec::new(), fallback };
    is_photo(media).then(new)
}

/// Whether other sizes and parts can be made of a medium.
pub(super) fn is_photo(media: &Media) -> bool {
    let Media { form, width, height, .. } = *media;
    form != Form::AsIs && width > 0 && height > 0 && width.max(height) <= LONGEST
}

/// The largest part of a picture that has the shape of a size, cut around a
/// point and no larger than that size.
pub(super) fn cropped(
    media: &Media,
    (across, down): (u32, u32),
    focus: Option<(u16, u16)>,
    codec: Codec,
) -> Recipe {
    let Media { width, height, .. } = *media;
    let tall = height.min((width * down).div_ceil(across)).min(down).max(1);
    let wide = ((tall * across) / down).clamp(1, width);
    Recipe { codec, width: wide, height: tall, crop: Some(focus.unwrap_or((500, 500))) }
}

impl Versions<'_> {
    /// The attribute `sizes` of a place, where the theme has that place.
    pub fn sizes(&self, place: &str) -> Option<&str> {
        self.pictures.places.get(place).map(|spec| spec.sizes.as_str())
    }

    /// The formats beside that of the fallback, the best first.
    pub fn better(&self) -> impl Iterator<Item = Codec> {
        let avif = self.pictures.avif.then_some(Codec::Avif);
        avif.into_iter().chain([Codec::Webp])
    }

    /// The format that everything can show.
    pub fn fallback(&self) -> Codec {
        self.shown.fallback
    }

    /// The widths of a place that this picture has, and its own where it is
    /// narrower than the widest.
    fn widths(&self, spec: &PictureSpec) -> Vec<u32> {
        let own = self.media.width;
        let mut widths: Vec<u32> =
            spec.widths.iter().copied().filter(|width| *width < own).collect();
        if widths.len() < spec.widths.len() {
            widths.push(own);
        }
        widths
    }

    /// The versions for a place in one format, ascending; none where the theme
    /// has no such place.
    pub fn ladder(&self, place: &str, codec: Codec) -> Vec<Recipe> {
        let spec = self.pictures.places.get(place);
        let widths = spec.map_or_else(Vec::new, |spec| self.widths(spec));
        widths.into_iter().map(|width| self.scaled(width, codec)).collect()
    }

    fn scaled(&self, width: u32, codec: Codec) -> Recipe {
        let Media { width: own, height, .. } = self.media;
        let tall = scaled_height((*own, *height), width);
        Recipe { codec, width, height: tall, crop: None }
    }

    /// The version for where only one can be named.
    pub fn alone(&self) -> Recipe {
        let codec = self.fallback();
        let mut all: Vec<Recipe> =
            self.places().flat_map(|place| self.ladder(place, codec)).collect();
        all.sort_unstable();
        let fits = all.iter().rev().find(|recipe| recipe.width <= ALONE).or(all.first());
        fits.copied().unwrap_or_else(|| self.scaled(self.media.width.min(ALONE), codec))
    }

    /// The version that networks show; never larger than the picture.
    pub fn share(&self, focus: Option<(u16, u16)>) -> Recipe {
        cropped(self.media, SHARE, focus, Codec::Jpeg)
    }

    /// Below the output folder.
    pub fn path(&self, recipe: &Recipe) -> String {
        recipe.path(self.media.content)
    }

    /// Places of the theme at which this picture is shown.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        let shown = self.shown.places;
        PLACES.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(place, _)| place)
    }

    /// Every version that some page names.
    fn all(&self) -> Vec<Recipe> {
        let places = self.places().flat_map(|place| {
            let codecs = self.better().chain([self.fallback()]);
            codecs.flat_map(move |codec| self.ladder(place, codec))
        });
        let mut all: Vec<Recipe> = places.collect();
        if self.shown.places.contains(&true) {
            all.push(self.alone());
        }
        all.extend(self.shown.shared.iter().map(|focus| self.share(*focus)));
        all.sort_unstable();
        all.dedup();
        all
    }
}
