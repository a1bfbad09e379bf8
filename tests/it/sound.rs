//! What is to be heard: on the page, and in feeds as podcast players want it.

use crate::site::{Site, snapshot};

const ENTRIES: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Tin một
date: 2026-11-02
audio: {file: tieng.mp3, caption: \"Nhạc <hiệu>\", credit: Nhóm \"A\" & B}
---
Chữ.
-- content/tin/mot.en.md --
---
title: News one
---
Text.
-- content/tin/hai.md --
---
title: Tin hai
date: 2026-11-03
audio: doc.ogg
---
Chữ.
";

fn site() -> Site {
    let site = Site::with(ENTRIES);
    site.write("content/tin/tieng.mp3", &[0xff; 1234]);
    site.write("content/tin/doc.ogg", b"OggS");
    site
}

#[test]
fn a_page_says_what_is_heard_and_whose_work_it_is() {
    let site = site();
    site.build().clean();
    let page = site.page("tin/mot/index.html");
    for told in [
        "<audio controls preload=\"none\" src=\"/tin/tieng.mp3\"></audio>",
        "<figcaption>Nhạc &lt;hiệu&gt; — ",
        "Âm thanh: Nhóm &quot;A&quot; &amp; B",
        "href=\"/tin/tieng.mp3\" download",
    ] {
        assert!(page.contains(told), "{told} in {page}");
    }
    // A translation has the original's.
    assert!(site.page("en/tin/mot/index.html").contains("Sound: Nhóm"));
    let bare = site.page("tin/hai/index.html");
    assert!(bare.contains("src=\"/tin/doc.ogg\"") && !bare.contains("class=\"credit\""), "{bare}");
}

#[test]
fn feeds_carry_the_file() {
    let site = site();
    site.build().clean();
    let rss = site.page("tin/rss.xml");
    let wanted = "<enclosure url=\"https://tintot.example/tin/tieng.mp3\" length=\"1234\" type=\"audio/mpeg\"/>";
    assert!(rss.contains(wanted), "{rss}");
    let atom = site.page("tin/atom.xml");
    assert!(atom.contains("rel=\"enclosure\"") && atom.contains("length=\"1234\""), "{atom}");
    let json: serde_json::Value =
        serde_json::from_str(&site.page("tin/feed.json")).expect("a feed");
    assert_eq!(json["items"][0]["attachments"][0]["mime_type"], "audio/ogg");
    assert_eq!(json["items"][1]["attachments"][0]["size_in_bytes"], 1234);
    // Other words, another length: only what shows them is made anew.
    let text = std::fs::read_to_string(site.root().join("content/tin/mot.md")).expect("a file");
    site.write("content/tin/mot.md", text.replace("& B", "& C").as_bytes());
    site.write("content/tin/tieng.mp3", &[0xff; 99]);
    site.build().clean();
    assert!(site.page("tin/mot/index.html").contains("&amp; C"));
    assert!(site.page("tin/rss.xml").contains("length=\"99\""));
    let cold = site.root().join("cold");
    site.build_into(&cold).ok();
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
}

#[test]
fn a_file_that_is_not_there_is_told_with_its_place() {
    let site = site();
    site.write(
        "content/tin/mot.md",
        "---\ntitle: A\ndate: 2026-11-02\naudio: {file: khong-co.mp3, ten: x}\n---\n".as_bytes(),
    );
    let built = site.build();
    assert!(built.has_code("T0323") && built.has_code("T0103"), "{:?}", built.problems());
    site.write(
        "content/tin/mot.md",
        "---\ntitle: A\ndate: 2026-11-02\naudio: {caption: x}\n---\n".as_bytes(),
    );
    assert!(site.build().has_code("T0105"));
}
