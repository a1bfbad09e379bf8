//! HTML of a body as XHTML for a book: the same text, without pictures and
//! what else a book cannot hold.
//!
//! Takes HTML that the program wrote itself: its elements are balanced.

use std::fmt::Write;

use html5gum::{Token, Tokenizer};

use crate::base::html::escape;

/// Elements left out with all that is in them.
const LEFT_OUT: [&str; 11] = [
    "figure", "picture", "audio", "video", "iframe", "script", "style", "button", "form", "svg",
    "object",
];
/// Elements without content.
const VOID: [&str; 4] = ["br", "hr", "wbr", "col"];
/// Of void elements, those that a book cannot hold.
const LOST: [&str; 5] = ["img", "source", "input", "track", "link"];
/// Attributes that mean something in a book.
const KEPT: [&str; 12] = [
    "href", "id", "lang", "dir", "title", "class", "start", "value", "colspan", "rowspan", "scope",
    "datetime",
];

pub fn xhtml(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut silent = 0_usize;
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let void = VOID.contains(&name.as_str());
                let lost = LOST.contains(&name.as_str());
                if silent > 0 {
                    silent += usize::from(!void && !lost);
                } else if LEFT_OUT.contains(&name.as_str()) {
                    silent = 1;
                } else if !lost {
                    let _ = write!(out, "<{name}");
                    for (key, value) in &tag.attributes {
                        let key = String::from_utf8_lossy(key);
                        if KEPT.contains(&key.as_ref()) {
                            let value = escape(&String::from_utf8_lossy(value));
                            let _ = write!(out, " {key}=\"{value}\"");
                        }
                    }
                    out.push_str(if void { "/>" } else { ">" });
                }
            }
            Token::EndTag(tag) if silent > 0 => {
                let _ = tag;
                silent -= 1;
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let _ = write!(out, "</{name}>");
            }
            Token::String(text) if silent == 0 => {
                out.push_str(&escape(&String::from_utf8_lossy(&text)));
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xhtml;

    #[test]
    fn elements_are_closed_and_pictures_left_out() {
        let html = "<p id=\"a\" data-x=\"1\">Một&nbsp;&amp; <br>hai <img src=\"a\" alt=\"x\"></p><figure><picture><source srcset=\"a\"><img src=\"b\"></picture><figcaption>c</figcaption></figure><p>ba</p>";
        let wanted = "<p id=\"a\">Một\u{a0}&amp; <br/>hai </p><p>ba</p>";
        assert_eq!(xhtml(html), wanted);
    }
}
