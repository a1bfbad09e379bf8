//! `tintot mail`: a week as a letter that a mail program opens.

use std::process::{Command, Output};

use crate::outputs::copy_demo;
use crate::site::Site;

const ENTRIES: &str = "column: {name: Tin tốt, daily: tin, weekly: chuyen}
owner: {name: {vi: \"Đoàn xã A, tỉnh B\"}, email: doan@xa.example}
-- content/data/units.yaml --
- {id: xa-a, name: Xã A}
- {id: thon-b, name: Thôn B, parent: xa-a}
- {id: xa-c, name: Xã C}
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Cầu <mới> & đường
summary: Hai mươi người làm trong ba ngày.
date: 2026-11-17
units: [thon-b]
places: [Cao Bằng]
---
Chữ.
-- content/tin/cu.md --
---
title: Tin tuần trước
date: 2026-11-10
units: [xa-c]
---
Chữ.
-- content/tin/nay.md --
---
title: Tin hôm nay
date: 2026-11-23 08:00
---
Chữ.
-- content/chuyen/_index.md --
---
title: Chuyện
kind: story
---
-- content/chuyen/dep.md --
---
title: Một câu chuyện đẹp
summary: Chuyện của tuần.
date: 2026-11-19
illustrative: true
---
Chữ.
-- content/chuyen/dep.en.md --
---
title: A beautiful story
---
Text.
-- content/viec/_index.md --
---
title: Việc
kind: event
---
-- content/viec/gan.md --
---
title: Ngày hội gần
date: 2026-11-01
start: 2026-12-01 08:00
place: Nhà văn hóa
---
-- content/viec/xa.md --
---
title: Ngày hội xa
date: 2026-11-01
start: 2026-12-20
---
-- content/giup/_index.md --
---
title: Giúp
kind: appeal
---
-- content/giup/mo.md --
---
title: Cần mười chăn ấm
date: 2026-11-01
deadline: 2026-12-15
---
-- content/giup/dong.md --
---
title: Đã đủ sách
date: 2026-11-01
status: closed
---
";

fn site() -> Site {
    Site::with(ENTRIES)
}

fn mail(site: &Site, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.args(["--lang", "vi", "mail", "--at", "2026-11-23T12:00"]).args(more);
    command.arg("-r").arg(site.root()).current_dir(site.root()).output().expect("the program")
}

/// The bytes of base64, breaks and all.
fn decoded(text: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes().filter(|byte| !b"\r\n=".contains(byte)) {
        let value = letters.iter().position(|letter| *letter == byte).expect("base64");
        (bits, held) = (bits << 6 | value as u32, held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Headers, then the plain text, then the HTML.
struct Letter {
    heads: String,
    subject: String,
    text: String,
    html: String,
}

fn read(output: &Output) -> Letter {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    parsed(&String::from_utf8(output.stdout.clone()).expect("ASCII"))
}

fn parsed(all: &str) -> Letter {
    assert!(all.is_ascii());
    for line in all.split("\r\n") {
        assert!(line.len() <= 76 && !line.contains(['\r', '\n']), "{line}");
    }
    let (heads, body) = all.split_once("\r\n\r\n").expect("heads");
    let heads = heads.replace("\r\n ", " ");
    let boundary = heads.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next());
    let boundary = format!("--{}", boundary.expect("a boundary"));
    let parts: Vec<&str> = body.split(&boundary).collect();
    assert_eq!((parts.len(), parts[0], parts[3]), (4, "", "--\r\n"));
    let part = |at: usize, sort: &str| {
        let (heads, body) = parts[at].split_once("\r\n\r\n").expect("a part");
        assert!(heads.contains(&format!("Content-Type: text/{sort}; charset=utf-8")), "{heads}");
        decoded(body).replace("\r\n", "\n")
    };
    let subject = heads.lines().find_map(|line| line.strip_prefix("Subject: ")).expect("a subject");
    let word = |word: &str| match word.strip_prefix("=?UTF-8?B?") {
        Some(rest) => decoded(rest.trim_end_matches("?=")),
        None => word.to_owned(),
    };
    let subject = match subject.starts_with("=?") {
        true => subject.split(' ').map(word).collect(),
        false => subject.to_owned(),
    };
    Letter { text: part(1, "plain"), html: part(2, "html"), subject, heads }
}

#[test]
fn a_letter_has_the_week_and_what_comes_and_what_is_open() {
    let site = site();
    let letter = read(&mail(&site, &["-o", "-"]));
    assert_eq!(letter.subject, "[Minh họa] Tin tốt: Tuần 47 năm 2026");
    for head in [
        "X-Unsent: 1\r\n",
        "MIME-Version: 1.0\r\n",
        "Content-Language: vi\r\n",
        "Date: Mon, 23 Nov 2026 12:00:00 +0700\r\n",
        " <doan@xa.example>\r\n",
        "@tintot.example>\r\n",
    ] {
        assert!(letter.heads.contains(head), "{head} in {}", letter.heads);
    }
    assert!(!letter.heads.contains("Bcc") && !letter.heads.contains("\r\nTo:"));
    let mut at = 0;
    for told in [
        "Thư có nội dung minh họa",
        "Câu chuyện đẹp của tuần",
        "Một câu chuyện đẹp\n",
        "[Nội dung minh họa]",
        "Chuyện của tuần.",
        "https://tintot.example/chuyen/dep/",
        "Tin tốt trong tuần",
        "Cầu <mới> & đường\n17/11/2026 · Cao Bằng\nHai mươi người",
        "Sự kiện trong 14 ngày tới",
        "Ngày hội gần",
        "Nhà văn hóa",
        "Đang cần giúp",
        "Cần mười chăn ấm",
        "15/12/2026",
        "https://tintot.example/chuyen-muc/2026/w47/",
        "-- \nĐoàn xã A, tỉnh B\ndoan@xa.example\nhttps://tintot.example/\n",
    ] {
        let found = letter.text[at..].find(told);
        at += found.unwrap_or_else(|| panic!("{told} in {}", letter.text)) + told.len();
    }
    for none in ["Tin tuần trước", "Tin hôm nay", "Ngày hội xa", "Đã đủ sách"] {
        assert!(!letter.text.contains(none) && !letter.html.contains(none), "{none}");
    }
    let html = &letter.html;
    assert!(html.contains(
        "<a href=\"https://tintot.example/tin/mot/\"><strong>Cầu &lt;mới&gt; &amp; đường</strong></a>"
    ));
    for none in ["<script", "<img", "<link", "<style", "<table", "<form", "src=", "url("] {
        assert!(!html.contains(none), "{none}");
    }
    // Every address is whole.
    for href in html.split("href=\"").skip(1) {
        assert!(href.starts_with("https://tintot.example/"), "{href}");
    }
    // The same site at the same moment: the same bytes.
    assert_eq!(mail(&site, &["-o", "-"]).stdout, mail(&site, &["-o", "-"]).stdout);
}

#[test]
fn a_letter_is_of_the_week_the_language_and_the_unit_asked_for() {
    let site = site();
    let older = read(&mail(&site, &["--week", "2026-w46", "-o", "-"]));
    assert!(older.text.contains("Tin tuần trước") && !older.text.contains("Cầu"));
    assert!(older.subject.ends_with("Tuần 46 năm 2026"), "{}", older.subject);
    let current = read(&mail(&site, &["--week", "2026-W48", "-o", "-"]));
    assert!(current.text.contains("Tin hôm nay"));
    let english = read(&mail(&site, &["--language", "en", "-o", "-"]));
    assert!(english.text.contains("A beautiful story") && !english.text.contains("Cầu"));
    assert!(english.heads.contains("Content-Language: en\r\n"));
    // A unit with those below it; its newest week may be another.
    let unit = read(&mail(&site, &["--unit", "xa-a", "-o", "-"]));
    assert!(unit.text.contains("Cầu") && !unit.text.contains("câu chuyện đẹp"), "{}", unit.text);
    assert!(unit.subject.ends_with("Tuần 47 năm 2026, Xã A"), "{}", unit.subject);
    let unit = read(&mail(&site, &["--unit", "xa-c", "-o", "-"]));
    assert!(unit.text.contains("Tin tuần trước"));
    let moved = read(&mail(&site, &["--base-url", "https://x.example/a/b/", "-o", "-"]));
    assert!(moved.html.contains("https://x.example/a/b/tin/mot/"));
    assert!(!moved.html.contains("tintot.example/"));
}

#[test]
fn recipients_are_hidden_from_each_other_and_wrong_ones_named_by_line() {
    let site = site();
    site.write(
        "nhan.txt",
        "\u{feff}# Nơi nhận\r\nbao@a.example\r\n\r\nTỉnh Đoàn <vp@b.example>;\r\nBAO@a.example\r\n"
            .as_bytes(),
    );
    let letter = read(&mail(&site, &["--to-file", "nhan.txt", "-o", "-"]));
    assert!(letter.heads.contains("\r\nBcc: bao@a.example, vp@b.example\r\n"), "{}", letter.heads);
    let to = letter.heads.lines().find(|line| line.starts_with("To: ")).expect("a reader");
    assert!(to.ends_with("<doan@xa.example>"), "{to}");
    let from = ["--from", "Ban tin <tin@c.example>", "--to-file", "nhan.txt", "-o", "-"];
    let letter = read(&mail(&site, &from));
    assert!(letter.heads.contains("\r\nFrom: Ban tin <tin@c.example>\r\n"), "{}", letter.heads);
    site.write("sai.txt", "bao@a.example\nkhong phai\na@b.example\rBcc: x@y.example\n".as_bytes());
    let output = mail(&site, &["--to-file", "sai.txt", "-o", "thu.eml"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in ["T1201", "sai.txt:2:1", "sai.txt:3:1", "khong phai", "mỗi dòng một địa chỉ"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!site.root().join("thu.eml").exists());
}

#[test]
fn only_a_letter_of_ours_is_written_over() {
    let site = site();
    let output = mail(&site, &[]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success()
            && told.contains("ban-tin-2026-w47.eml: 1 câu chuyện, 1 tin, 1 sự kiện, 1 lời kêu gọi"),
        "{told}"
    );
    let file = site.root().join("ban-tin-2026-w47.eml");
    let first = std::fs::read(&file).expect("a letter");
    parsed(&String::from_utf8(first.clone()).expect("ASCII"));
    assert!(mail(&site, &[]).status.success(), "over our own");
    std::fs::write(&file, "Thư của tôi").expect("a file");
    let output = mail(&site, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--force"));
    assert_eq!(std::fs::read(&file).expect("a file"), "Thư của tôi".as_bytes());
    assert!(mail(&site, &["--force"]).status.success());
    assert_eq!(std::fs::read(&file).expect("a letter"), first);
}

#[test]
fn what_cannot_be_sent_is_told() {
    let site = site();
    for (more, told) in [
        (&["--week", "47"][..], "không có tuần `47`"),
        (&["--week", "2026-W99"], "không có tuần"),
        (&["--week", "2020-W01"], "--week 2026-W47"),
        (&["--language", "fr"], "vi, en"),
        (&["--unit", "xa-aa"], "xa-a"),
        (&["--from", "a b"], "không phải một địa chỉ thư"),
        (&["--to-file", "khong-co.txt"], "không tìm thấy"),
    ] {
        let output = mail(&site, more);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{more:?}: {said}");
        assert!(said.contains(told), "{more:?}: {said}");
    }
    let output = mail(&Site::with("-- content/a.md --\n---\ntitle: A\n---\n"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("column:"));
}

#[test]
fn titles_put_no_line_into_a_header() {
    let site = site();
    site.write(
        "content/tin/mot.md",
        "---\ntitle: \"A\\r\\nBcc: x@y.example\\r\\n\\r\\nB\"\ndate: 2026-11-17\n---\nC\n"
            .as_bytes(),
    );
    let config = std::fs::read_to_string(site.root().join("site.yaml")).expect("a file");
    let named = config.replace("vi: Tin tốt,", "vi: \"Tin\\r\\nBcc: x@y.example\\r\\n\\r\\n\",");
    site.write("site.yaml", named.as_bytes());
    let letter = read(&mail(&site, &["-o", "-"]));
    assert!(!letter.heads.contains("\nBcc"), "{}", letter.heads);
}

#[test]
fn the_demo_has_a_letter_in_every_language() {
    let site = Site::new("");
    copy_demo(site.root());
    for lang in ["vi", "en", "km"] {
        let letter = read(&mail(&site, &["--language", lang, "--week", "2026-W47", "-o", "-"]));
        assert!(letter.html.contains(&format!("<html lang=\"{lang}\"")), "{lang}");
        assert!(!letter.text.contains("mail_"), "{lang}: {}", letter.text);
    }
}
