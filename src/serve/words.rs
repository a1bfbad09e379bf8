//! Texts of the preview's own pages: in the language that was asked for, else
//! in Vietnamese with English beside it.

use crate::base::diag::{Bi, Tongue};

/// Which of the two languages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Option<Tongue>);

impl Words {
    /// The text as HTML.
    pub fn html(self, text: &Bi) -> String {
        match self.0 {
            Some(tongue) => escape(text.get(tongue)),
            None if text.vi == text.en => escape(&text.vi),
            None => format!(
                "<span lang=\"vi\">{}</span> <span class=\"beside\" lang=\"en\">{}</span>",
                escape(&text.vi),
                escape(&text.en)
            ),
        }
    }

    /// The text for an attribute or a title, not yet escaped.
    pub fn plain(self, text: &Bi) -> String {
        match self.0 {
            Some(tongue) => text.get(tongue).to_owned(),
            None => format!("{} · {}", text.vi, text.en),
        }
    }

    /// The language of a page in it.
    pub fn lang(self) -> &'static str {
        match self.0 {
            Some(Tongue::En) => "en",
            _ => "vi",
        }
    }
}

/// Safe in the text and in quoted attributes of HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
