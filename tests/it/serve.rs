//! The preview: what it answers, and that open tabs follow every save.

mod client;
mod disk;
mod process;

use client::{Preview, bare, taken};
use tintot::config::BaseUrl;
use tintot::driver::{self, Output};
use tintot::serve::{Port, Server};

use crate::site::{Site, snapshot};

pub const NEWS: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Tin một
date: 2026-11-20
---
Thân bài một. ![cây](cay.svg)
-- content/tin/cay.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>
-- content/tin/hai.md --
---
title: Tin hai
date: 2026-11-21
---
Thân bài hai.
-- content/tin/nhap.md --
---
title: Tin nháp
date: 2026-11-19
draft: true
---
Chưa xong.
-- content/tin/mai.md --
---
title: Tin mai
date: 2027-01-01
---
Chưa tới.
-- static/tieng.mp3 --
0123456789
-- static/.well-known/security.txt --
Contact: https://tintot.example/
-- static/.htaccess --
Deny from all
";

#[test]
fn pages_are_answered_as_a_static_host_answers_them() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let home = preview.get("/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(home.header("cache-control"), "no-store");
    assert_eq!(home.text().matches("/.tintot/live.js").count(), 1);
    assert!(home.text().contains(&format!("http://{}/", preview.address)), "its own address");
    assert!(!home.text().contains("https://tintot.example/"), "no other");
    let redirect = preview.get("/tin/mot?x=1");
    assert_eq!((redirect.status, redirect.header("location")), (301, "/tin/mot/?x=1"));
    let missing = preview.get("/tin/khong-co/");
    assert_eq!(missing.status, 404);
    assert_eq!(bare(&missing.body), bare(&preview.get("/404.html").body));
    let english = preview.get("/en/x/y");
    assert_eq!((english.status, english.text().contains("<html lang=\"en\"")), (404, true));
    let head = preview.ask("HEAD", "/tin/mot/", &[]);
    let whole = preview.get("/tin/mot/");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
    assert_eq!(preview.ask("POST", "/", &[]).status, 405);
    for (path, media) in [
        ("/tin/cay.svg", "image/svg+xml"),
        ("/rss.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, media), "{path}");
        assert!(!answer.text().contains("/.tintot/"), "{path}");
    }
    let part = preview.ask("GET", "/tieng.mp3", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), "bytes 2-4/11");
    assert_eq!(preview.ask("GET", "/tieng.mp3", &[("Range", "bytes=11-")]).status, 416);
}

#[test]
fn only_the_site_is_served() {
    let site = Site::with(NEWS);
    site.write("bi-mat.txt", b"secret");
    let preview = Preview::start(&site);
    for path in [
        "/../site.yaml",
        "/site.yaml",
        "/bi-mat.txt",
        "/content/tin/mot.md",
        "/tin/mot.md",
        "/%2e%2e/bi-mat.txt",
        "/..%2fbi-mat.txt",
        "/tin/..%2f..%2fbi-mat.txt",
        "/tin/../../bi-mat.txt",
        "/..%5c..%5cbi-mat.txt",
        "/%252e%252e/bi-mat.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd%00.html",
        "/.htaccess",
        "/.git/config",
        "/.tintot/state",
        "/.tintot/../site.yaml",
        "/tin/%ff",
        "/static/tieng.mp3",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(!answer.text().contains("secret"), "{path}");
    }
    // A file that is made a link to outside after it was seen.
    #[cfg(unix)]
    {
        let outside = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(outside.path(), "secret").expect("a file");
        assert_eq!(preview.get("/tieng.mp3").text(), "0123456789\n");
        let link = site.root().join("static/tieng.mp3");
        std::fs::remove_file(&link).expect("gone");
        std::os::unix::fs::symlink(outside.path(), &link).expect("a link");
        let error = preview.until("/.tintot/problems.json", |answer| {
            assert!(!preview.get("/tieng.mp3").text().contains("secret"));
            answer.text().contains("\"T0403\"")
        });
        assert_eq!(error.status, 200);
    }
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let site = Site::with(NEWS);
    let preview = Preview::with(&site, |options| options.hosts = vec!["may.local".to_owned()]);
    let port = preview.address.port();
    let status = |host: &str| preview.ask("GET", "/", &[("Host", host)]).status;
    for host in ["localhost", "127.0.0.1", "[::1]", "may.local", "may.local:1"] {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "10.0.0.9", ""] {
        assert_eq!(status(host), 403, "{host}");
        assert_eq!(status(&format!("{host}:{port}")), 403, "{host}");
    }
    for path in ["/.tintot/", "/.tintot/problems.json", "/.tintot/live.js", "/tieng.mp3"] {
        let answer = preview.ask("GET", path, &[("Host", "evil.example")]);
        assert_eq!(answer.status, 403, "{path}");
    }
    let own = format!("http://{}", preview.address);
    assert_eq!(preview.upgrade(&[("Origin", &own)]).0, 101);
    for origin in ["http://evil.example", "null", "http://localhost:1", ""] {
        assert_eq!(preview.upgrade(&[("Origin", origin)]).0, 403, "{origin}");
    }
    assert_eq!(preview.upgrade(&[]).0, 403, "no origin");
    let evil = [("Host", "evil.example"), ("Origin", "http://evil.example")];
    assert_eq!(preview.upgrade(&evil).0, 403);
}

#[test]
fn every_byte_is_a_builds() {
    let mut site = Site::with(NEWS);
    site.drafts = true;
    site.future = true;
    let preview = Preview::start(&site);
    let out = site.root().join("public");
    let mut request = site.request();
    request.base_url = BaseUrl::parse(&format!("http://{}/", preview.address));
    let mut build = driver::build(&request).expect("a site");
    let output = Output { dir: out.clone(), adopt: false };
    let told = (&|_, _| {}, &|| {});
    driver::publish(&mut build, &request, &output, (told.0, told.1))
        .expect("written")
        .expect("clean");
    let files = snapshot(&out);
    assert!(files.len() > 40, "{}", files.len());
    let mut pages = 0;
    for (path, bytes) in &files {
        let answer = preview.get(&format!("/{path}"));
        if path == ".htaccess" {
            assert_eq!(answer.status, 404, "{path}");
            continue;
        }
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(bare(&answer.body), *bytes, "{path}");
        if path.ends_with(".html") {
            pages += 1;
            assert!(answer.body.len() > bytes.len(), "no script in {path}");
        } else {
            assert_eq!(answer.body, *bytes, "{path}");
        }
    }
    assert!(pages > 10, "{pages}");
}

#[test]
fn what_readers_do_not_see_yet_has_a_badge() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let badge = |path: &str| {
        let text = preview.get(path).text();
        let rest = text.split("data-badge=\"").nth(1).expect("a script").to_owned();
        rest.split('"').next().map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(badge("/tin/nhap/"), "Draft");
    assert_eq!(badge("/tin/mai/"), "Not yet due");
    assert_eq!(badge("/tin/mot/"), "");
    let index = preview.get("/.tintot/").text();
    assert!(
        index.contains("<a href=\"/tin/nhap/\">Tin nháp</a> <span class=\"badge\">Draft</span>")
    );
    let found = preview.get("/.tintot/?q=tin+h%61i").text();
    assert!(found.contains("/tin/hai/") && !found.contains("/tin/mot/"), "{found}");
}

#[test]
fn a_save_reloads_the_tabs_that_show_it_and_no_others() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let mut one = preview.tab("/tin/mot/");
    let mut also_one = preview.tab("/tin/mot/");
    let mut two = preview.tab("/tin/hai/");
    let text = "---\ntitle: Tin một\ndate: 2026-11-20\n---\nThân bài đã sửa. ![cây](cay.svg)\n";
    site.write("content/tin/mot.md", text.as_bytes());
    one.hears("reload");
    also_one.hears("reload");
    assert!(preview.page("/tin/mot/").contains("Thân bài đã sửa."));
    // The other tab hears of nothing before what concerns it.
    let text = "---\ntitle: Tin hai\ndate: 2026-11-21\nsai: x\n---\nThân bài hai.\n";
    site.write("content/tin/hai.md", text.as_bytes());
    two.hears("problems");
    // A picture that a page shows is part of what a tab shows.
    let mut one = preview.tab("/tin/mot/");
    one.hears("problems");
    site.write("content/tin/hai.md", text.replace("sai: x\n", "").as_bytes());
    one.hears("problems");
    site.write("content/tin/cay.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    one.hears("reload");
}

#[test]
fn a_tab_that_comes_back_is_told_what_it_missed() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let page = preview.get("/tin/mot/").text();
    let state = page.split("data-tintot=\"").nth(1).and_then(|rest| rest.split('"').next());
    let state = state.expect("a state");
    let text = "---\ntitle: Tin một\ndate: 2026-11-20\n---\nĐã khác.\n";
    site.write("content/tin/mot.md", text.as_bytes());
    preview.until_holds("/tin/mot/", "Đã khác.");
    preview.tab_in("/tin/mot/", state).hears("reload");
    preview.tab_in("/tin/khong-co-nua/", state).hears("reload");
    preview.tab_in("/tin/hai/", "").hears("reload");
}

#[test]
fn new_styles_are_swapped_without_reloading() {
    let site = Site::with(NEWS);
    site.write("static/rieng.css", b"body { color: black }");
    let entry = "{% extends \"entry.html\" %}";
    let own = "{% block head %}<link rel=\"stylesheet\" href=\"/rieng.css\">{% endblock head %}";
    site.write("themes/default/templates/kinds/news.html", format!("{entry}{own}").as_bytes());
    let preview = Preview::start(&site);
    let page = preview.page("/tin/mot/");
    assert!(page.contains("href=\"/rieng.css\""), "{page}");
    let mut tab = preview.tab("/tin/mot/");
    site.write("static/rieng.css", b"body { color: green }");
    let styles = tab.hears("css")["styles"].clone();
    assert_eq!(styles.as_array().map(Vec::len), Some(1));
    assert_eq!((&styles[0][0], &styles[0][1]), (&1.into(), &"/rieng.css".into()));
    assert_eq!(preview.get("/rieng.css").text(), "body { color: green }");
    // The theme's own, whose address changes with it.
    let css = builtin("assets/css/20-base.css");
    site.write(
        "themes/default/assets/css/20-base.css",
        format!("{css}\nbody{{color:red}}").as_bytes(),
    );
    let styles = tab.hears("css")["styles"].clone();
    assert_eq!(styles[0][0], 0, "{styles}");
    let address = styles[0][1].as_str().expect("an address").to_owned();
    assert!(preview.page("/tin/mot/").contains(&address));
    assert!(preview.get(&address).text().contains("color:red"), "{address}");
    // Both at once with the page itself: one reload.
    site.write("content/tin/mot.md", b"---\ntitle: Khac\ndate: 2026-11-20\n---\nKhac.\n");
    tab.hears("reload");
}

fn builtin(name: &str) -> String {
    let source = tintot::theme::builtin_source(&format!("themes/default/{name}"));
    source.unwrap_or_else(|| panic!("no {name}")).to_owned()
}

#[test]
fn an_error_lies_over_the_last_good_page_until_it_is_mended() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let good = preview.get("/tin/mot/").body;
    let mut tab = preview.tab("/tin/mot/");
    let bad = "---\ntitle: Tin <một>\ndate: 2026-11-20\ntitel: nhầm\n---\nMất.\n";
    site.write("content/tin/mot.md", bad.as_bytes());
    let html = tab.hears("problems")["html"].as_str().map(str::to_owned).expect("text");
    assert!(html.contains("T0103") && html.contains("content/tin/mot.md:4"), "{html}");
    assert!(html.contains("<mark>titel</mark>") && html.contains("last good version"), "{html}");
    assert_eq!(preview.get("/tin/mot/").body, good, "the last good page");
    let json = preview.get("/.tintot/problems.json");
    assert_eq!(json.header("content-type"), "application/json");
    let json: serde_json::Value = serde_json::from_slice(&json.body).expect("JSON");
    let first = &json["diagnostics"][0];
    assert_eq!((&first["code"], &first["severity"]), (&"T0103".into(), &"error".into()));
    assert_eq!(
        (&first["labels"][0]["line"], &first["labels"][0]["text"]),
        (&4.into(), &"titel".into())
    );
    // A tab opened meanwhile is told as well.
    preview.tab("/tin/hai/").hears("problems");
    site.write("content/tin/mot.md", b"---\ntitle: Tin mot\ndate: 2026-11-20\n---\nDa sua.\n");
    tab.is_mended();
    tab.hears("reload");
    assert!(preview.page("/tin/mot/").contains("Da sua."));
}

#[test]
fn a_site_that_never_was_good_shows_why_and_recovers() {
    let site = Site::new("-- site.yaml --\ntitle: {vi: Tin\n");
    let preview = Preview::start(&site);
    let page = preview.get("/bat-ky/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("site.yaml"), "{}", page.text());
    assert!(preview.get("/.tintot/").text().contains("site.yaml"));
    let mut tab = preview.tab("/");
    site.write_all(crate::site::SITE);
    tab.hears("reload");
    preview.until("/", |answer| answer.status == 200);
    // Errors from the beginning do not hide the rest of a site.
    let site = Site::with(&format!("{NEWS}-- content/tin/sai.md --\n---\ntitel: x\n---\n"));
    let preview = Preview::start(&site);
    assert_eq!(preview.get("/tin/mot/").status, 200);
    preview.tab("/tin/mot/").hears("problems");
}

#[test]
fn a_page_that_cannot_be_rendered_keeps_its_last_good_face() {
    let site = Site::with(NEWS);
    let template = "{% extends \"entry.html\" %}";
    let file = "themes/default/templates/kinds/news.html";
    site.write(file, template.as_bytes());
    let preview = Preview::start(&site);
    let good = bare(&preview.get("/tin/mot/").body);
    let mut tab = preview.tab("/tin/mot/");
    let broken = "{% block head %}{{ page.khong.co.gi }}{% endblock head %}";
    site.write(
        "themes/default/templates/kinds/news.html",
        format!("{template}{broken}").as_bytes(),
    );
    let html = tab.hears("problems")["html"].as_str().map(str::to_owned).expect("text");
    assert!(html.contains("themes/default/templates/kinds/news.html"), "{html}");
    assert_eq!(bare(&preview.get("/tin/mot/").body), good);
    site.write("themes/default/templates/kinds/news.html", template.as_bytes());
    tab.is_mended();
    assert_eq!(bare(&preview.get("/tin/mot/").body), good);
}

#[test]
fn a_busy_port_is_passed_over_or_refused_with_advice() {
    let site = Site::with(NEWS);
    let (_listener, port) = taken();
    let options = |port| tintot::serve::Options {
        request: site.request(),
        fixed: true,
        bind: "127.0.0.1".to_owned(),
        port,
        hosts: Vec::new(),
        poll: false,
        tongue: None,
    };
    let Err(fault) = Server::bind(options(Port::Exactly(port))) else { panic!("{port} is taken") };
    assert!(fault.message().vi.contains(&port.to_string()), "{fault}");
    let help = fault.help().expect("advice").en.clone();
    assert!(help.contains("tintot serve -p "), "{help}");
    let first = Server::bind(options(Port::Any)).expect("a port");
    let second = Server::bind(options(Port::Any)).expect("another port");
    assert!(first.port() < second.port(), "{:?} {:?}", first.port(), second.port());
}
