//! Raw HTML as tokens with places.
//!
//! Takes the text of one run of raw HTML and where its lines stand in the file
//! (a quotation's marks stand between them). Gives tags, texts and comments.
//! Decides nothing.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Start {
        name: String,
        attributes: Vec<Attribute>,
        range: Range<usize>,
    },
    End {
        name: String,
        range: Range<usize>,
    },
    Text(String),
    Comment {
        text: String,
    },
    /// A tag that the run ends in the middle of.
    Unfinished {
        range: Range<usize>,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// In lower case.
    pub name: String,
    /// Character references resolved.
    pub value: String,
    pub range: Range<usize>,
}

/// A run of raw HTML, put together from pieces of the file.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    /// Offset in `text` and in the file of each piece.
    pieces: Vec<(usize, usize)>,
    end: usize,
}

impl Run {
    pub fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push((self.text.len(), range.start));
        self.text.push_str(text);
        self.end = range.end;
    }

    /// Whether it is a processing instruction or a CDATA section, which HTML
    /// has not.
    pub fn is_declaration(&self) -> bool {
        let text = self.text.trim_start();
        text.starts_with("<?") || text.starts_with("<![")
    }

    /// A comment that the run ends in the middle of; it hides all that follows.
    pub fn open_comment(&self) -> Option<Range<usize>> {
        let at = self.text.rfind("<!--")?;
        let is_open = !self.text[at + 2..].contains("-->");
        is_open.then(|| self.range(Span { start: at, end: at + 4 }))
    }

    /// All of it in the file.
    pub fn whole(&self) -> Range<usize> {
        self.place(0)..self.end
    }

    /// Where a byte of the run stands in the file.
    fn place(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.0 <= at);
        let piece = after.checked_sub(1).and_then(|i| self.pieces.get(i));
        piece.map_or(0, |&(text, file)| (file + at - text).min(self.end))
    }

    fn range(&self, span: Span<usize>) -> Range<usize> {
        let start = self.place(span.start);
        start
            ..self
                .place(span.end.saturating_sub(1))
                .saturating_add(1)
                .clamp(start, self.end.max(start))
    }

    pub fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut open: Option<(String, Vec<Attribute>, Span<usize>)> = None;
        let mut emitter: CallbackEmitter<_, Infallible, usize> =
            CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
                match event {
                    CallbackEvent::OpenStartTag { name } => {
                        open = Some((lossy(name), Vec::new(), span))
                    }
                    CallbackEvent::AttributeName { name } => {
                        if let Some((_, attributes, _)) = &mut open {
                            let range = self.range(span);
                            attributes.push(Attribute {
                                name: lossy(name),
                                value: String::new(),
                                range,
                            });
                        }
                    }
                    CallbackEvent::AttributeValue { value } => {
                        let last =
                            open.as_mut().and_then(|(_, attributes, _)| attributes.last_mut());
                        if let Some(attribute) = last {
                            attribute.value = lossy(value);
                            let quote = self
                                .text
                                .as_bytes()
                                .get(span.end)
                                .is_some_and(|b| matches!(b, b'"' | b'\''));
                            let span = Span { end: span.end + usize::from(quote), ..span };
                            attribute.range.end = self.range(span).end.max(attribute.range.end);
                        }
                    }
                    CallbackEvent::CloseStartTag { .. } => {
                        if let Some((name, attributes, start)) = open.take() {
                            let range = self.range(Span { start: start.start, end: span.end });
                            tokens.push(Token::Start { name, attributes, range });
                        }
                    }
                    CallbackEvent::EndTag { name } => {
                        tokens.push(Token::End { name: lossy(name), range: self.range(span) });
                    }
                    CallbackEvent::String { value } => tokens.push(Token::Text(lossy(value))),
                    CallbackEvent::Comment { value } => {
                        tokens.push(Token::Comment { text: lossy(value) })
                    }
                    CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
                }
                None
            });
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(self.text.as_str(), emitter) {
            let _: Result<Infallible, Infallible> = token;
        }
        if let Some((_, _, span)) = open {
            tokens.push(Token::Unfinished { range: self.range(span) });
        }
        tokens
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(pieces: &[(&str, usize)]) -> Run {
        let mut run = Run::default();
        for (text, at) in pieces {
            run.push(text, &(*at..at + text.len()));
        }
        run
    }

    #[test]
    fn places_are_those_of_the_file() {
        let source = "> <A Hr\u{c9}f='x'\r\n> href=\"a&amp;b\">đ</a>";
        let second = source.rfind("href").unwrap_or(0);
        let tokens = run(&[(&source[2..15], 2), (&source[second..], second)]).tokens();
        let Some(Token::Start { name, attributes, range }) = tokens.first() else {
            panic!("{tokens:?}")
        };
        assert_eq!((name.as_str(), &source[range.clone()]), ("a", &source[2..second + 15]));
        assert_eq!(attributes[1].name, "href");
        assert_eq!(attributes[1].value, "a&b");
        assert_eq!(&source[attributes[1].range.clone()], "href=\"a&amp;b\"");
        assert_eq!(tokens[1], Token::Text("đ".into()));
        let Token::End { range, .. } = &tokens[2] else { panic!("{tokens:?}") };
        assert_eq!(&source[range.clone()], "</a>");
    }

    #[test]
    fn unfinished_tags_and_raw_text() {
        assert!(matches!(run(&[("<div class=\"a", 0)]).tokens()[..], [Token::Unfinished { .. }]));
        assert_eq!(
            run(&[("<!-- more -->", 0)]).tokens(),
            [Token::Comment { text: " more ".into() }]
        );
        let tokens = run(&[("<script><b></script>", 0)]).tokens();
        assert_eq!(tokens[1], Token::Text("<b>".into()));
    }
}
