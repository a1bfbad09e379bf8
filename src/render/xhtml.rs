//! HTML of a body as XHTML for a book: the same text, with the pictures that
//! the book has, without what no book can hold.
//!
//! Takes HTML that the program wrote itself: its elements are balanced.

use std::fmt::Write;

use html5gum::{Token, Tokenizer};

use crate::base::html::escape;

/// Elements left out with all that is in them.
const LEFT_OUT: [&str; 9] =
    ["audio", "video", "iframe", "script", "style", "button", "form", "svg", "object"];
/// Elements of which only the content is kept.
const BARE: &str = "picture";
/// Elements without content.
const VOID: [&str; 4] = ["br", "hr", "wbr", "col"];
/// Of void elements, those that a book cannot hold.
const LOST: [&str; 5] = ["img", "source", "input", "track", "link"];
/// Attributes that mean something in a book.
const KEPT: [&str; 12] = [
    "href", "id", "lang", "dir", "title", "class", "start", "value", "colspan", "rowspan", "scope",
    "datetime",
];

/// `picture`: what the book calls the picture of an address, if it has it.
pub fn xhtml(html: &str, picture: &dyn Fn(&str) -> Option<String>) -> String {
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
                } else if name == "img" {
                    let of = |key: &str| {
                        let found = tag
                            .attributes
                            .iter()
                            .find(|(name, _)| name.as_slice() == key.as_bytes());
                        found
                            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
                            .unwrap_or_default()
                    };
                    if let Some(file) = picture(&of("src")) {
                        let (file, alt) = (escape(&file), escape(&of("alt")));
                        let _ = write!(out, "<img src=\"{file}\" alt=\"{alt}\"/>");
                    }
                } else if !lost && name != BARE {
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
                if name != BARE {
                    let _ = write!(out, "</{name}>");
                }
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
    fn elements_are_closed_and_pictures_of_the_book_kept() {
        let html = "<p id=\"a\" data-x=\"1\">Một&nbsp;&amp; <br>hai <img src=\"a\" alt=\"x\"></p><figure><picture><source srcset=\"a\"><img src=\"b\" alt=\"&lt;y&gt;\" width=\"5\"></picture><figcaption>c</figcaption></figure><video><img src=\"b\"></video><p>ba</p>";
        let wanted = "<p id=\"a\">Một\u{a0}&amp; <br/>hai </p><figure><img src=\"p1.jpg\" alt=\"&lt;y&gt;\"/><figcaption>c</figcaption></figure><p>ba</p>";
        let picture = |url: &str| (url == "b").then(|| "p1.jpg".to_owned());
        assert_eq!(xhtml(html, &picture), wanted);
    }
}
