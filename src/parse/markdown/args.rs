//! The arguments of a component call: `{url="…" width=640 loop=true}`.
//!
//! Takes the rest of a call's line from `{` on. Gives the literal arguments,
//! or reports the first mistake at its exact place. Which arguments a
//! component has is not known here.

use std::ops::Range;

use crate::bi;
use crate::parse::Arg;
use crate::yaml::Spanned;

use super::clean::{clean, short};
use super::context::Context;
use super::rules;

pub(super) type Args = Vec<(Spanned<String>, Spanned<Arg>)>;

/// Reads `{…}` in the given range of the source; nothing may follow it.
pub(super) fn parse(ctx: &mut Context, range: Range<usize>) -> Option<Args> {
    let text = ctx.slice(&range);
    let mut reader = Reader { ctx, text, base: range.start, at: 0 };
    reader.at = 1;
    let mut args: Args = Vec::new();
    loop {
        reader.skip(|c| c == ' ' || c == '\t' || c == ',');
        match reader.peek() {
            None => return reader.unclosed_brace(),
            Some('}') => break,
            Some(_) => {}
        }
        let key = reader.key()?;
        let value = reader.value(&key)?;
        if let Some((first, _)) = args.iter().find(|(name, _)| name.value == key.value) {
            let first = first.range.clone();
            return reader.duplicate(&key, first);
        }
        args.push((key, value));
    }
    reader.at += 1;
    let rest = reader.text[reader.at..].trim();
    if rest.is_empty() { Some(args) } else { reader.trailing() }
}

struct Reader<'c, 's> {
    ctx: &'c mut Context<'s>,
    text: &'s str,
    base: usize,
    at: usize,
}

impl Reader<'_, '_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(wanted).len();
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.base + from..self.base + to
    }

    /// `name=`, the name in small letters.
    fn key(&mut self) -> Option<Spanned<String>> {
        let from = self.at;
        self.skip(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
        let key = &self.text[from..self.at];
        let range = self.range(from, self.at);
        let starts = key.starts_with(|c: char| c.is_ascii_lowercase());
        if starts && self.peek() == Some('=') {
            self.at += 1;
            return Some(Spanned { value: key.to_owned(), range });
        }
        self.skip(|c| !matches!(c, ' ' | '\t' | ',' | '}'));
        let found = short(&self.text[from..self.at]);
        self.ctx.report(
            &rules::CALL_ARGUMENT,
            self.range(from, self.at),
            bi!("“{found}” không phải một đối số", "“{found}” is no argument"),
            bi!(
                "Viết tên=\"giá trị\": tên chỉ gồm chữ thường a-z, số, - và _; liền sau là dấu =",
                "Write name=\"value\": the name in small letters a-z, digits, - and _, directly followed by ="
            ),
        );
        None
    }

    fn value(&mut self, key: &Spanned<String>) -> Option<Spanned<Arg>> {
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            Some(c) if is_smart_quote(c) => self.smart_quote(c),
            _ => self.bare(key),
        }
    }

    /// Text between quotes; `\` makes the next character literal.
    fn quoted(&mut self, quote: char) -> Option<Spanned<Arg>> {
        let from = self.at;
        let mut value = String::new();
        let mut escaped = false;
        for (offset, c) in self.text[from + 1..].char_indices() {
            match c {
                c if escaped => {
                    if c != '"' && c != '\'' && c != '\\' {
                        value.push('\\');
                    }
                    value.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                c if c == quote => {
                    self.at = from + 1 + offset + c.len_utf8();
                    let range = self.range(from, self.at);
                    let value = Arg::Text(clean(&value).into_owned());
                    return Some(Spanned { value, range });
                }
                c => value.push(c),
            }
        }
        self.ctx.report(
            &rules::CALL_ARGUMENT,
            self.range(from, self.text.trim_end().len()),
            bi!("Thiếu dấu {quote} đóng", "The closing {quote} is missing"),
            bi!(
                "Thêm {quote} vào cuối giá trị; dấu {quote} ở giữa thì viết \\{quote}",
                "Add {quote} at the end of the value; write \\{quote} for one within it"
            ),
        );
        None
    }

    fn smart_quote(&mut self, quote: char) -> Option<Spanned<Arg>> {
        self.ctx.report(
            &rules::CALL_ARGUMENT,
            self.range(self.at, self.at + quote.len_utf8()),
            bi!(
                "Dấu nháy cong {quote} không mở được giá trị",
                "The curly quote {quote} cannot open a value"
            ),
            bi!(
                "Dùng dấu nháy thẳng \" ở hai đầu giá trị (máy hay tự đổi sang nháy cong)",
                "Use straight quotes \" around the value (word processors like to curl them)"
            ),
        );
        None
    }

    /// A whole number, `true` or `false`.
    fn bare(&mut self, key: &Spanned<String>) -> Option<Spanned<Arg>> {
        let from = self.at;
        self.skip(|c| !matches!(c, ' ' | '\t' | ',' | '}'));
        let word = &self.text[from..self.at];
        let digits = word.strip_prefix('-').unwrap_or(word);
        let value = match word {
            "true" => Some(Arg::Flag(true)),
            "false" => Some(Arg::Flag(false)),
            _ if digits.bytes().all(|b| b.is_ascii_digit()) => word.parse().ok().map(Arg::Number),
            _ => None,
        };
        let range = self.range(from, self.at);
        if let Some(value) = value {
            return Some(Spanned { value, range });
        }
        let name = &key.value;
        let shown = short(word);
        let message = if word.is_empty() {
            bi!("Đối số “{name}” chưa có giá trị", "The argument “{name}” has no value")
        } else {
            bi!(
                "Giá trị {shown} của “{name}” phải đặt trong dấu nháy",
                "The value {shown} of “{name}” needs quotes"
            )
        };
        let range = if word.is_empty() { key.range.clone() } else { range };
        let shown = if word.is_empty() { "…" } else { &shown };
        self.ctx.report(
            &rules::CALL_ARGUMENT,
            range,
            message,
            bi!(
                "Viết {name}=\"{shown}\"; chỉ số nguyên, true và false mới không cần dấu nháy",
                "Write {name}=\"{shown}\"; only whole numbers, true and false go without quotes"
            ),
        );
        None
    }

    fn duplicate<T>(&mut self, key: &Spanned<String>, first: Range<usize>) -> Option<T> {
        let name = &key.value;
        let diagnostic = crate::base::diag::Diagnostic::new(
            &rules::CALL_DUPLICATE,
            bi!("Đối số “{name}” viết hai lần", "The argument “{name}” is given twice"),
        )
        .at(self.ctx.span(key.range.clone()))
        .at_with(self.ctx.span(first), bi!("lần đầu ở đây", "first given here"))
        .help(bi!("Giữ lại một lần", "Keep one of them"));
        self.ctx.push(diagnostic);
        None
    }

    fn unclosed_brace<T>(&mut self) -> Option<T> {
        self.ctx.report(
            &rules::CALL_SYNTAX,
            self.range(0, self.text.trim_end().len()),
            bi!("Thiếu dấu }} đóng", "The closing }} is missing"),
            bi!(
                "Viết cả lời gọi trên một dòng và kết thúc bằng dấu ngoặc nhọn đóng",
                "Write the whole call on one line and end it with a closing brace"
            ),
        );
        None
    }

    fn trailing<T>(&mut self) -> Option<T> {
        let end = self.text.trim_end().len();
        let from = end - self.text[self.at..].trim().len();
        self.ctx.report(
            &rules::CALL_SYNTAX,
            self.range(from, end),
            bi!("Có chữ thừa sau lời gọi", "There is text after the call"),
            bi!(
                "Lời gọi thành phần đứng một mình trên dòng; chuyển phần chữ này xuống dòng sau",
                "A component call stands alone on its line; move this text to the next line"
            ),
        );
        None
    }
}

fn is_smart_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»' | '″' | '′')
}
