//! Vietnamese text: a library of its own, which knows nothing of sites.
//!
//! Takes strings as people type them and gives them back normalised, folded,
//! sorted, counted or read as numbers and money. Touches no file, no clock and
//! no locale of the machine; the same text gives the same answer everywhere.
//!
//! | file | question it answers |
//! |---|---|
//! | [`nfc`](mod@nfc) | how is this text written in composed form? |
//! | [`fold`](mod@fold) | what does a reader without a Vietnamese keyboard type for it? |
//! | [`tone`] | are `hoà` and `hòa` the same word? |
//! | [`slug`](mod@slug) | which address does a title get? |
//! | [`collate`] | which of two texts comes first in the dictionary? |
//! | [`number`], [`money`] | what does `15,5 triệu đồng` amount to, and how is it printed? |
//! | [`spoken`](mod@spoken) | how is a text with numbers read aloud? |
//! | [`legacy`] | is this TCVN3 or VNI text that was never converted? |
//! | [`nearest`](mod@nearest) | what did the author mean to type? |
//! | [`excerpt`](mod@excerpt) | how long is a text, and how is it cut short? |

pub mod collate;
pub mod excerpt;
pub mod fold;
pub mod legacy;
pub mod money;
pub mod nearest;
pub mod nfc;
pub mod number;
pub mod slug;
pub mod spoken;
mod syllable;
pub mod tone;

pub use collate::{Collator, vi_cmp, vi_key, vi_name_key};
pub use excerpt::{beginning, excerpt, reading_minutes, word_count};
pub use fold::{fold, strip_marks};
pub use nearest::nearest;
pub use nfc::nfc;
pub use slug::{is_slug, slug};
pub use spoken::spoken;
