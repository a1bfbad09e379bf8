//! Pictures that lie inside a drawing as text: `data:image/jpeg;base64,...`.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::publishable;

/// Programs differ in whether they fill up the last four letters.
const LETTERS: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a reference has inside.
pub(super) enum Seen {
    /// No picture, or one without anything private.
    Clean,
    /// A picture that had more than shows; the reference without that.
    Cleaned(String),
    /// What cannot be read, or not be cleaned.
    Unsafe,
}

/// Looks into a reference that may be a picture.
pub(super) fn clean(reference: &str) -> Seen {
    let trimmed = reference.trim_start();
    if !trimmed.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return Seen::Clean;
    }
    let Some((kind, letters)) = trimmed.split_once(',') else { return Seen::Unsafe };
    let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
    let Ok(bytes) = LETTERS.decode(letters) else { return Seen::Unsafe };
    match publishable(&bytes) {
        Ok(Cow::Borrowed(_)) => Seen::Clean,
        Ok(Cow::Owned(clean)) if clean == bytes => Seen::Clean,
        Ok(Cow::Owned(clean)) => Seen::Cleaned(format!("{kind},{}", LETTERS.encode(clean))),
        Err(_) => Seen::Unsafe,
    }
}
