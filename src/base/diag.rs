//! What is wrong with an author's files, as plain data in two languages.
//!
//! A [`Diagnostic`] is made from a [`Rule`] (stable code, default severity,
//! explanation) and carries everything a printer needs except the source
//! text: files are named by their path from the site root and places are byte
//! ranges in the file as it lies on disk. Only `cli` prints.

use std::ops::Range;
use std::sync::Arc;

/// A text in both languages of the interface; Vietnamese comes first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Bi {
    pub vi: String,
    pub en: String,
}

/// Which of the two a message is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    Vi,
    En,
}

impl Bi {
    pub fn get(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::Vi => &self.vi,
            Tongue::En => &self.en,
        }
    }
}

/// Formats a [`Bi`]: `bi!("vi {x}", "en {x}")`, with captured arguments.
#[macro_export]
macro_rules! bi {
    ($vi:literal, $en:literal, $($name:ident = $value:expr),+ $(,)?) => {
        { $(let $name = $value;)+ $crate::base::diag::Bi { vi: format!($vi), en: format!($en) } }
    };
    ($vi:literal, $en:literal $(,)?) => {
        $crate::base::diag::Bi { vi: format!($vi), en: format!($en) }
    };
}

/// How much a diagnostic matters. Errors keep a site from being published.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// One kind of mistake: what `tintot explain CODE` shows.
#[derive(Debug)]
pub struct Rule {
    /// `T0103`: stable for ever, never reused.
    pub code: &'static str,
    pub severity: Severity,
    /// One line: (vi, en).
    pub title: (&'static str, &'static str),
    /// What it means, why it matters, how to mend it, with an example: (vi, en).
    pub explain: (&'static str, &'static str),
}

/// Declares [`Rule`]s as statics and `RULES`, the list that the catalogue joins.
///
/// ```ignore
/// rules! {
///     UNKNOWN_KEY = "T0103" Error,
///         "Khóa không có trong bảng", "Unknown key",
///         "Giải thích ...", "Explanation ...";
/// }
/// ```
#[macro_export]
macro_rules! rules {
    ($($name:ident = $code:literal $severity:ident,
        $tvi:literal, $ten:literal,
        $evi:literal, $een:literal;)+) => {
        $(pub static $name: $crate::base::diag::Rule = $crate::base::diag::Rule {
            code: $code,
            severity: $crate::base::diag::Severity::$severity,
            title: ($tvi, $ten),
            explain: ($evi, $een),
        };)+
        /// Every rule of this module, for the catalogue.
        pub static RULES: &[&$crate::base::diag::Rule] = &[$(&$name),+];
    };
}

/// A place in a file: path from the site root, byte range in the file on disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    pub file: Arc<str>,
    pub range: Range<usize>,
}

impl Span {
    pub fn new(file: &Arc<str>, range: Range<usize>) -> Self {
        Span { file: Arc::clone(file), range }
    }

    /// The file as a whole, where no place in it is to blame.
    pub fn file(file: &Arc<str>) -> Self {
        Span::new(file, 0..0)
    }
}

/// A place and, optionally, what to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Label {
    pub span: Span,
    pub text: Option<Bi>,
}

/// One mistake, somewhere.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub message: Bi,
    /// The first is the place to mend; the others explain.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<Bi>,
}

/// All problems of a stage; a stage never stops at the first.
pub type Diagnostics = Vec<Diagnostic>;

impl Diagnostic {
    pub fn new(rule: &'static Rule, message: Bi) -> Self {
        Diagnostic { rule, severity: rule.severity, message, labels: Vec::new(), help: None }
    }

    /// Adds a place without words.
    pub fn at(mut self, span: Span) -> Self {
        self.labels.push(Label { span, text: None });
        self
    }

    /// Adds a place with words beside it.
    pub fn at_with(mut self, span: Span, text: Bi) -> Self {
        self.labels.push(Label { span, text: Some(text) });
        self
    }

    pub fn help(mut self, help: Bi) -> Self {
        self.help = Some(help);
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The file to mend, if a file is to blame.
    pub fn file(&self) -> Option<&Arc<str>> {
        self.labels.first().map(|label| &label.span.file)
    }
}
