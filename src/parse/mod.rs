//! One file in, one value and its diagnostics out.
//!
//! Takes a file's bytes and the parse options. Gives a [`Doc`] whose body is
//! rendered as far as one file allows, with slots where another file decides.
//! Never fails, never looks at another file, the theme or the disk.

mod doc;
pub mod front_matter;
mod headings;
mod html;
pub mod markdown;
pub mod media;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::yaml::{Node, Spanned};
pub use doc::{Head, LOST_BODY, OPENING, RULES, decode, doc, restored};
pub use front_matter::Front;
pub use headings::{Heading, Headings};
pub use html::{Html, Keeper};

/// One Markdown file: an entry or a section page, in one language.
#[derive(Debug, Clone)]
pub struct Doc {
    /// From the site root: `content/guong-sang/chi-lan.en.md`.
    pub path: Arc<str>,
    /// What all translations share: `guong-sang/chi-lan`; of a section its
    /// folder (`guong-sang`, empty for the home page).
    pub key: Arc<str>,
    pub role: Role,
    /// The section's folder below `content/`: `guong-sang`, or empty.
    pub section: Arc<str>,
    /// The language tag in the file name; `None` for the default language.
    pub lang: Option<String>,
    /// Folder (from the site root) of the files beside it, where relative
    /// references start.
    pub dir: Arc<str>,
    /// Whether `dir` belongs to this entry alone (`ten-bai/index.md`).
    pub bundle: bool,
    pub head: Head,
    /// The HTML of its body, without the contents of slots.
    pub html: Html,
}

impl std::ops::Deref for Doc {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

/// What a Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Entry,
    /// `_index.md`
    Section,
}

/// A body rendered to HTML, with slots for what other files decide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// HTML without the slots' contents.
    pub html: String,
    /// In ascending order of `at`; several may stand at one place, in order.
    pub slots: Vec<Slot>,
    /// Byte offset in `html` of `<!-- more -->`, if there is one.
    pub more: Option<usize>,
    /// The words alone, NFC, blocks separated by a line break: excerpts,
    /// counts, search. Components contribute their text form later.
    pub text: String,
    pub headings: Headings,
    /// Other ids that a link may point to (footnotes, raw HTML).
    pub anchors: Vec<String>,
    pub refs: Vec<Reference>,
    pub calls: Vec<Call>,
    /// Whether a code block was highlighted (the page then needs its colours).
    pub highlighted: bool,
}

impl Fragment {
    /// Calls `each` with the name of every component in it.
    pub fn each_call(&self, each: &mut dyn FnMut(&str)) {
        for call in &self.calls {
            each(&call.name.value);
            call.body.iter().for_each(|body| body.each_call(each));
        }
    }

    /// Whether any code in it is coloured, inside components too.
    pub fn is_highlighted(&self) -> bool {
        let mut inner = self.calls.iter().filter_map(|call| call.body.as_ref());
        self.highlighted || inner.any(Fragment::is_highlighted)
    }
}

/// A hole in a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Byte offset in [`Fragment::html`].
    pub at: usize,
    pub what: SlotKind,
}

/// What fills a hole; the number is an index into `refs` or `calls`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlotKind {
    /// ` href="…"` and other attributes' place is inside the tag: the slot
    /// writes the whole `<a …>` or nothing.
    LinkOpen(u32),
    /// `</a>` or nothing, as the [`SlotKind::LinkOpen`] of the same number.
    LinkClose(u32),
    /// The whole `<img …>` of a Markdown image.
    Image(u32),
    /// Who took a figure's photo, at the end of its caption; a caption of its
    /// own where the image has no title.
    Credit(u32),
    /// An escaped attribute value of raw HTML (`src`, `poster` …).
    Url(u32),
    /// A component's output, a block of its own.
    Component(u32),
}

/// A target that an author wrote, in a link or an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub kind: RefKind,
    /// As written, NFC, Markdown escapes resolved.
    pub target: String,
    /// Link title or image title (then also the caption of its figure).
    pub title: String,
    /// Alternative text of an image; empty for links.
    pub alt: String,
    /// The target (or the whole construct) in the file on disk.
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RefKind {
    Link,
    Image,
    /// From an attribute of raw HTML.
    Raw,
}

/// A component call: `::video{url="…"}` or `:::note{title="…"}` … `:::`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub name: Spanned<String>,
    /// In the order written, each name once.
    pub args: Vec<(Spanned<String>, Spanned<Arg>)>,
    /// The Markdown between the fences of a container.
    pub body: Option<Fragment>,
    /// The opening line.
    pub range: Range<usize>,
}

/// A literal argument of a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// What parsing depends on besides the file's bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct ParseOptions {
    /// Tags of the site's languages, the default first.
    pub langs: Vec<String>,
    pub zone: jiff::tz::TimeZone,
}

/// Free data of an author (`extra:`), as written.
pub type Extra = Node;
