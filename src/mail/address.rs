//! Addresses of mail: one, one with a name, and a file of them.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::encode::{encoded, words};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::{bi, rules};

rules! {
    BAD_ADDRESS = "T1201" Error,
        "Địa chỉ thư viết sai", "A mail address of the wrong shape",
        "Tệp người nhận có mỗi dòng một địa chỉ thư: `bao-xa@vi-du.vn`, hoặc `Báo xã <bao-xa@vi-du.vn>`. Dòng trống và dòng bắt đầu bằng # được bỏ qua. Địa chỉ chỉ gồm chữ không dấu, có đúng một dấu @ và một tên miền có dấu chấm.",
        "A file of recipients has one address a line: `paper@site.example`, or `The paper <paper@site.example>`. Empty lines and lines that begin with # are left out. An address has plain letters only, one @ and a domain with a full stop.";
    NO_ADDRESSES = "T1202" Error,
        "Tệp người nhận không có địa chỉ nào", "A file of recipients without an address",
        "Tệp ở --to-file phải có ít nhất một dòng là địa chỉ thư. Hãy ghi mỗi dòng một địa chỉ, hoặc bỏ --to-file rồi tự điền người nhận trong chương trình thư.",
        "The file named by --to-file must have at least one line with an address. Write one address a line, or leave --to-file out and fill in the recipients in the mail program.";
}

/// Longest address, and longest part before the `@` (RFC 5321).
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// `ban-tin@tintot.example`: plain letters, so that it can stand in a header
/// as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// `None` for what no mail program could send to.
    pub fn parse(text: &str) -> Option<Address> {
        let (local, domain) = text.rsplit_once('@')?;
        let atom = |part: &str| {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b);
            !part.is_empty() && part.bytes().all(fits)
        };
        let label = |part: &str| {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
            let hyphen = part.starts_with('-') || part.ends_with('-');
            !part.is_empty() && part.len() <= 63 && !hyphen && part.bytes().all(fits)
        };
        let good = text.len() <= LONGEST
            && local.len() <= LONGEST_LOCAL
            && local.split('.').all(atom)
            && domain.contains('.')
            && domain.split('.').all(label);
        good.then(|| Address(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address with the name of whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub name: String,
    pub address: Address,
}

impl Mailbox {
    /// `Báo xã <bao-xa@vi-du.vn>`, or the address alone.
    pub fn parse(text: &str) -> Option<Mailbox> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"').trim(), address.trim()),
            None => ("", text),
        };
        Some(Mailbox { name: name.to_owned(), address: Address::parse(address)? })
    }

    /// The value of a header whose name takes `before` letters.
    pub(super) fn header(&self, before: usize) -> String {
        let address = self.address.as_str();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
        let name = match self.name.chars().all(plain) {
            true => words(&self.name, before),
            // A comma or a quote would end the name; an encoded word hides them.
            false => encoded(&self.name),
        };
        if name.is_empty() { address.to_owned() } else { format!("{name}\r\n <{address}>") }
    }
}

/// The addresses of a file, each once, in their order.
pub fn recipients(text: &str, path: &Arc<str>) -> (Vec<Address>, Diagnostics) {
    let (mut found, mut diags) = (Vec::new(), Vec::new());
    let mut seen = FxHashSet::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let own = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let own = own.trim_end_matches([';', ',']).trim_end();
        if own.is_empty() || own.starts_with('#') {
            continue;
        }
        match Mailbox::parse(own) {
            Some(Mailbox { address, .. }) => {
                if seen.insert(address.as_str().to_ascii_lowercase()) {
                    found.push(address);
                }
            }
            None => {
                let from = at + line.find(own).unwrap_or_default();
                diags.push(wrong(own, Span::new(path, from..from + own.len())));
            }
        }
    }
    if found.is_empty() && diags.is_empty() {
        let message = bi!("tệp không có địa chỉ thư nào", "the file holds no address");
        let help = bi!("ghi mỗi dòng một địa chỉ", "write one address a line");
        diags.push(Diagnostic::new(&NO_ADDRESSES, message).at(Span::file(path)).help(help));
    }
    (found, diags)
}

fn wrong(written: &str, place: Span) -> Diagnostic {
    let shown: String = written.chars().filter(|c| !c.is_control()).take(60).collect();
    let message = bi!("“{shown}” không phải một địa chỉ thư", "“{shown}” is no mail address");
    let several = written.matches('@').count() > 1;
    let help = match several {
        true => bi!("ghi mỗi dòng một địa chỉ", "write one address a line"),
        false => bi!("viết như bao-xa@vi-du.vn", "write it like paper@site.example"),
    };
    Diagnostic::new(&BAD_ADDRESS, message).at(place).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.vn", "ban.tin+x@tinh-doan.gov.vn", "o'neil@x-y.example"] {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.vn",
            "a@.vn",
            "a@b.vn.",
            "a b@c.vn",
            "báo@b.vn",
            "a@b@c.vn",
            "a..b@c.vn",
            "a@-b.vn",
            "a,b@c.vn",
            "a@b.vn\r\nBcc: x@y.vn",
            "<a@b.vn>",
        ] {
            assert!(Address::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_file_of_recipients() {
        let text = "\u{feff}# Nơi nhận\r\n\r\nbao@xa.vn\r\nTỉnh Đoàn <vp@tinh.vn>;\n  BAO@xa.vn \nsai@\na@b.vn, c@d.vn\n\"X\" <x@y.vn>";
        let path: Arc<str> = Arc::from("nguoi-nhan.txt");
        let (found, diags) = recipients(text, &path);
        let found: Vec<&str> = found.iter().map(Address::as_str).collect();
        assert_eq!(found, ["bao@xa.vn", "vp@tinh.vn", "x@y.vn"]);
        let places: Vec<&str> =
            diags.iter().map(|diag| &text[diag.labels[0].span.range.clone()]).collect();
        assert_eq!(places, ["sai@", "a@b.vn, c@d.vn"]);
        assert!(diags[1].help.as_ref().is_some_and(|help| help.en.contains("one address a line")));
        assert_eq!(recipients("# x\n", &path).1[0].rule.code, "T1202");
    }

    #[test]
    fn names_cannot_end_a_header() {
        let from = Mailbox::parse("Ban \"biên tập\", xã <a@b.vn>").expect("a mailbox");
        let header = from.header(6);
        assert!(header.starts_with("=?UTF-8?B?") && header.ends_with("\r\n <a@b.vn>"), "{header}");
        assert_eq!(Mailbox::parse("a@b.vn").expect("a mailbox").header(6), "a@b.vn");
        assert_eq!(
            Mailbox::parse("Xa A <a@b.vn>").expect("a mailbox").header(6),
            "Xa A\r\n <a@b.vn>"
        );
        assert!(
            Mailbox::parse("x\r\nBcc: y@z.vn <a@b.vn>")
                .is_some_and(|of| !of.header(6).contains("\r\nBcc"))
        );
    }
}
