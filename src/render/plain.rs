//! HTML of a body as plain text, to be read aloud or pasted.
//!
//! Takes HTML that the program wrote itself; gives paragraphs with an empty
//! line between them. Pictures, tables, code, notes at the foot and what only
//! leads elsewhere are for the eye and are left out.

use html5gum::{Token, Tokenizer};

/// Elements that end a line of text.
const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "dt",
    "dd",
    "br",
];
/// Elements left out with all that is in them.
const SILENT: [&str; 10] =
    ["figure", "table", "pre", "script", "style", "sup", "aside", "audio", "video", "nav"];

/// The text of a body.
pub fn text(html: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut silent = 0_usize;
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let class = tag.attributes.get(&b"class"[..]);
                let notes = class.is_some_and(|class| class.starts_with(b"footnotes"));
                if silent > 0 {
                    silent += usize::from(!tag.self_closing && !is_void(&name));
                } else if (SILENT.contains(&name.as_str()) || notes) && !tag.self_closing {
                    silent = 1;
                } else if BLOCKS.contains(&name.as_str()) {
                    lines.push(String::new());
                }
            }
            Token::EndTag(tag) if silent > 0 => {
                silent -= usize::from(!is_void(&String::from_utf8_lossy(&tag.name)));
            }
            Token::EndTag(tag) if BLOCKS.contains(&String::from_utf8_lossy(&tag.name).as_ref()) => {
                lines.push(String::new());
            }
            Token::String(text) if silent == 0 => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    let lines = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Elements without an end.
fn is_void(name: &str) -> bool {
    ["br", "hr", "img", "input", "source", "wbr", "link", "meta", "track", "col"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_for_the_eye_is_left_out() {
        let html = "<p>Một &amp; <strong>hai</strong>.<br>Ba</p>\n<figure><img src=\"a\"><figcaption>Ảnh</figcaption></figure>\
            <table><tr><td>1</td></tr></table><ul>\n<li>bốn</li>\n<li>năm<sup><a>1</a></sup></li></ul>\
            <section class=\"footnotes\"><p>chú</p></section><p>sáu</p>";
        assert_eq!(text(html), "Một & hai.\n\nBa\n\nbốn\n\nnăm\n\nsáu");
    }
}
