//! Files whose bytes are no text, or too much of it.

use super::runner::Case;
use crate::site::Site;

/// A story whose front matter is in order.
const HEAD: &str = "---\ntitle: Tin từ bản\ndate: 2026-03-01\n---\n";

const X: &str = "content/tin/x.md";

fn story(name: &str, code: &str, bytes: Vec<u8>) -> Case {
    Case::error(name, code, X, move |site: &Site| site.write(X, &bytes))
}

fn file(name: &str, code: &str, path: &'static str, bytes: Vec<u8>) -> Case {
    Case::error(name, code, path, move |site: &Site| site.write(path, &bytes))
}

fn body(bytes: &[u8]) -> Vec<u8> {
    [HEAD.as_bytes(), bytes].concat()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2], mark: &[u8]) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(bytes);
    mark.iter().copied().chain(units).collect()
}

pub fn cases() -> Vec<Case> {
    let head = b"---\ntitle: Tin t\xe8 b\xb6n\ndate: 2026-03-01\n---\n";
    let mark: &[u8] = &[0xff, 0xfe];
    let other_mark: &[u8] = &[0xfe, 0xff];
    let text = format!("{HEAD}Thân.\n");
    vec![
        story("nul-in-body", "T0410", body("Chữ đậm\tvà\0 chữ.\n".as_bytes())),
        story("nul-in-front-matter", "T0410", b"---\ntitle: Tin\0\ndate: 2026-03-01\n---\n".into()),
        story("latin-1-in-body", "T0408", body(b"Ca\xf4ng tr\xecnh.\n")),
        story("tcvn3-bytes-in-front-matter", "T0408", head.to_vec()),
        story("cut-character", "T0408", body(b"Ch\xe1\xbb\n")),
        story("surrogate", "T0408", body(b"Ch\xed\xa0\x80\n")),
        story("utf-16-little", "T0409", utf16(&text, u16::to_le_bytes, mark)),
        story("utf-16-big", "T0409", utf16(&text, u16::to_be_bytes, other_mark)),
        story("utf-16-without-mark", "T0409", utf16(&text, u16::to_le_bytes, &[])),
        story(
            "tcvn3-text",
            "T0411",
            body("§oµn x· tæ chøc trång c©y, nhiÒu hé ®· tho¸t nghÌo.\n".as_bytes()),
        ),
        story(
            "tcvn3-title",
            "T0411",
            "---\ntitle: ViÖt Nam, ®Êt n\u{AD}íc con ng\u{AD}êi\ndate: 2026-03-01\n---\n"
                .as_bytes()
                .into(),
        ),
        story(
            "vni-text",
            "T0411",
            body("Ñoaøn xaõ toå chöùc troàng caây, nhieàu hoä ñaõ thoaùt ngheøo.\n".as_bytes()),
        ),
        story("line-of-10-mb", "T0406", body(&vec![b'a'; 10 << 20])),
        story("line-of-1-mb", "T0412", body(&"chữ ".repeat(200_000).into_bytes())),
        story("file-of-10-mb", "T0406", body(&"Một dòng.\n".repeat(1 << 20).into_bytes())),
        story("front-matter-without-end", "T0111", endless()),
        story("deep-list", "T0111", deep("[", "]")),
        story("deep-map", "T0111", deep("{a: ", "}")),
        file("site-with-nul", "T0410", "site.yaml", b"title: T\0\n".to_vec()),
        file("site-in-latin-1", "T0408", "site.yaml", b"title: Tin t\xf4t\n".to_vec()),
        file("site-is-a-picture", "T0408", "site.yaml", b"\x89PNG\r\n\x1a\n".to_vec()),
        file("data-in-utf-16", "T0409", "content/data/units.yaml", mark.to_vec()),
        file("table-with-nul", "T0410", "content/data/bang.csv", b"a,b\n1,\0\n".to_vec()),
        file(
            "template-not-utf-8",
            "T0806",
            "themes/default/templates/404.html",
            b"<p>Ti\xeang</p>".to_vec(),
        ),
        file(
            "theme-yaml-not-utf-8",
            "T0806",
            "themes/default/theme.yaml",
            b"name: T\xea\n".to_vec(),
        ),
    ]
}

fn endless() -> Vec<u8> {
    let mut text = "---\ntitle: Tin\nextra:\n".to_owned();
    for line in 0..20_000 {
        text.push_str(&format!("  khoa-{line}: giá trị\n"));
    }
    text.push_str("---\nThân.\n");
    text.into_bytes()
}

fn deep(open: &str, close: &str) -> Vec<u8> {
    let inner = format!("{}x{}", open.repeat(10_000), close.repeat(10_000));
    format!("---\ntitle: Tin\ndate: 2026-03-01\nextra: {inner}\n---\n").into_bytes()
}
