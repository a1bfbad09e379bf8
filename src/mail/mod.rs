//! A letter as a file that a mail program opens, ready to be looked through and
//! sent: RFC 5322, in two forms of one text (RFC 2046).
//!
//! Takes words, addresses and an instant; gives bytes, the same ones for the
//! same letter. Sends nothing, knows no site, never touches the disk.

mod address;
mod encode;

use jiff::ZonedDateTime;

use crate::base::hash::KeyBuilder;
use encode::{base64, words};

pub use address::{Address, Mailbox, RULES, recipients};

/// By this line a file is known to be of our making.
pub const MARK: &str = "X-Mailer: tintot";

/// What is to be sent.
pub struct Message<'a> {
    pub subject: &'a str,
    pub from: Option<&'a Mailbox>,
    /// Nobody of them sees the others.
    pub bcc: &'a [Address],
    pub date: &'a ZonedDateTime,
    /// Host of the site, for the letter's id.
    pub host: &'a str,
    /// Language tag of the letter.
    pub lang: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

impl Message<'_> {
    /// The file. `X-Unsent` makes Outlook open it for writing instead of
    /// reading.
    pub fn bytes(&self) -> Vec<u8> {
        let mark = self.mark();
        let mut out = format!("X-Unsent: 1\r\n{MARK}\r\n");
        let mut line = |name: &str, value: &str| {
            [name, ": ", value, "\r\n"].iter().for_each(|part| out.push_str(part));
        };
        line("Subject", &words(self.subject, "Subject: ".len()));
        if let Some(from) = self.from {
            line("From", &from.header("From: ".len()));
        }
        if !self.bcc.is_empty() {
            // A letter to nobody but hidden readers looks like rubbish to many
            // servers: it goes to its sender too.
            if let Some(from) = self.from {
                line("To", &from.header("To: ".len()));
            }
            let all: Vec<&str> = self.bcc.iter().map(Address::as_str).collect();
            line("Bcc", &all.join(",\r\n "));
        }
        if let Ok(date) = jiff::fmt::rfc2822::to_string(self.date) {
            line("Date", &date);
        }
        line("Message-ID", &format!("<{mark}@{}>", host(self.host)));
        line("MIME-Version", "1.0");
        line("Content-Language", &plain(self.lang));
        line("Content-Type", &format!("multipart/alternative;\r\n boundary=\"{mark}\""));
        out.push_str("\r\n");
        for (sort, text) in [("plain", self.text), ("html", self.html)] {
            out.push_str(&format!(
                "--{mark}\r\nContent-Type: text/{sort}; charset=utf-8\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                base64(with_crlf(text).as_bytes())
            ));
        }
        out.push_str(&format!("--{mark}--\r\n"));
        out.into_bytes()
    }

    /// What tells this letter from others; it parts the two forms too, which
    /// never hold it, as base64 has no full stop.
    fn mark(&self) -> String {
        let mut key = KeyBuilder::new("letter");
        key.put_str(self.subject).put_str(self.text).put_str(self.html);
        key.put_str(&self.date.timestamp().to_string());
        format!("tintot.{}", key.finish().hex())
    }
}

/// Letters, digits, hyphens and full stops: what an id may hold.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "-.".contains(*c)).collect()
}

fn host(host: &str) -> String {
    let host = plain(host.split(':').next().unwrap_or_default());
    if host.is_empty() { "localhost".to_owned() } else { host }
}

/// Lines of a text in mail end in two characters.
fn with_crlf(text: &str) -> String {
    text.lines().fold(String::with_capacity(text.len() + 64), |mut out, line| {
        out.push_str(line);
        out.push_str("\r\n");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<'a>(subject: &'a str, bcc: &'a [Address], date: &'a ZonedDateTime) -> Message<'a> {
        let (host, lang) = ("tintot.example:8080", "vi");
        Message {
            subject, from: None, bcc, date, host, lang, text: "Chữ.\n", html: "<p>Chữ.</p>"
        }
    }

    fn date() -> ZonedDateTime {
        "2026-11-24T10:00:00+07:00[Asia/Ho_Chi_Minh]".parse().expect("a date")
    }

    #[test]
    fn no_line_is_long_and_none_is_smuggled_in() {
        let date = date();
        let subject = "Tin tốt\r\nBcc: ai-do@xau.example\n\nThân giả ".repeat(9);
        let bcc = [Address::parse("a@b.example").expect("an address")];
        let text = String::from_utf8(message(&subject, &bcc, &date).bytes()).expect("ASCII");
        assert!(text.is_ascii());
        for line in text.split("\r\n") {
            assert!(line.len() <= 76 && !line.contains(['\r', '\n']), "{line}");
        }
        let heads = text.split("\r\n\r\n").next().expect("heads");
        assert_eq!(heads.matches("Bcc: ").count(), 1, "{heads}");
        assert!(heads.contains("\r\nDate: Tue, 24 Nov 2026 10:00:00 +0700\r\n"), "{heads}");
        assert!(heads.starts_with("X-Unsent: 1\r\nX-Mailer: tintot\r\nSubject: =?UTF-8?B?"));
        assert!(heads.contains("@tintot.example>"), "{heads}");
    }

    #[test]
    fn the_same_letter_is_the_same_bytes() {
        let date = date();
        let bytes = message("Tin", &[], &date).bytes();
        assert_eq!(bytes, message("Tin", &[], &date).bytes());
        assert_ne!(bytes, message("Tin khác", &[], &date).bytes());
    }
}
