//! What editors, other programs and bad luck do to files while a site is shown.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::client::Preview;
use super::{NEWS, bare};
use crate::site::Site;

fn news(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n---\n{body}\n")
}

#[test]
fn every_way_of_saving_is_noticed() {
    every_way(&Preview::with);
}

#[test]
fn every_way_of_saving_is_noticed_by_looking_too() {
    every_way(&|site, _| Preview::with(site, |options| options.poll = true));
}

type Start<'a> = &'a dyn Fn(&Site, fn(&mut tintot::serve::Options)) -> Preview;

fn every_way(start: Start<'_>) {
    let site = Site::with(NEWS);
    let preview = start(&site, |_| {});
    let file = site.root().join("content/tin/mot.md");
    preview.until_holds("/tin/mot/", "Thân bài một.");
    // In place.
    std::fs::write(&file, news("Một", "Ghi đè.")).expect("written");
    preview.until_holds("/tin/mot/", "Ghi đè.");
    // A new file put in the place of the old one.
    let new = file.with_file_name(".mot.md.tmp");
    std::fs::write(&new, news("Một", "Thay tệp.")).expect("written");
    std::fs::rename(&new, &file).expect("renamed");
    preview.until_holds("/tin/mot/", "Thay tệp.");
    // The old one moved away first, as some editors keep it.
    std::fs::rename(&file, file.with_file_name("mot.md~")).expect("renamed");
    std::fs::write(&file, news("Một", "Giữ bản cũ.")).expect("written");
    preview.until_holds("/tin/mot/", "Giữ bản cũ.");
    // Removed, and written again.
    std::fs::remove_file(&file).expect("gone");
    preview.until("/tin/mot/", |answer| answer.status == 404);
    std::fs::write(&file, news("Một", "Ghi lại.")).expect("written");
    preview.until_holds("/tin/mot/", "Ghi lại.");
    // Another name.
    std::fs::rename(&file, file.with_file_name("ba.md")).expect("renamed");
    preview.until_holds("/tin/ba/", "Ghi lại.");
    preview.until("/tin/mot/", |answer| answer.status == 404);
    // A folder with all that is in it, made and moved in at once.
    let aside = site.root().join("ngoai");
    std::fs::create_dir(&aside).expect("a folder");
    std::fs::write(aside.join("index.md"), news("Bốn", "Cả thư mục.")).expect("written");
    std::fs::rename(&aside, site.root().join("content/tin/bon")).expect("renamed");
    preview.until_holds("/tin/bon/", "Cả thư mục.");
    site.write("content/tin/sau/trong/index.md", news("Sáu", "Sâu hơn.").as_bytes());
    preview.until_holds("/tin/sau/trong/", "Sâu hơn.");
    site.write("content/tin/sau/trong/index.md", news("Sáu", "Sửa sâu.").as_bytes());
    preview.until_holds("/tin/sau/trong/", "Sửa sâu.");
    // The configuration.
    let config = crate::site::files(crate::site::SITE).remove(0).1;
    site.write("site.yaml", config.replace("vi: Tin tốt", "vi: Tên mới").as_bytes());
    preview.until_holds("/", "Tên mới");
}

/// Some editors empty a file before they write it, and the preview may be looking
/// just then because of the save before.
#[test]
fn a_file_is_never_shown_between_its_old_text_and_its_new() {
    let site = Site::with(NEWS);
    let name = "themes/default/templates/kinds/news.html";
    site.write(name, b"{% extends \"entry.html\" %}");
    let preview = Preview::start(&site);
    preview.until_holds("/tin/mot/", "Thân bài một.");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..30u64 {
                let mut file = std::fs::File::create(site.root().join(name)).expect("emptied");
                std::thread::sleep(Duration::from_millis(round % 20));
                let text = format!("{{% extends \"entry.html\" %}}{{# {round} #}}");
                file.write_all(text.as_bytes()).expect("written");
                drop(file);
                std::thread::sleep(Duration::from_millis(round % 7));
            }
            done.store(true, Ordering::Relaxed);
        });
        while !done.load(Ordering::Relaxed) {
            let page = preview.get("/tin/mot/");
            assert!(page.text().contains("Thân bài một."), "{}", page.text());
        }
    });
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    preview.until_holds("/tin/mot/", "Thân bài một.");
    let content = site.root().join("content");
    let aside = site.root().join("content.cu");
    std::fs::rename(&content, &aside).expect("renamed");
    preview.until("/tin/mot/", |answer| answer.status == 404);
    std::fs::rename(&aside, &content).expect("renamed");
    preview.until_holds("/tin/mot/", "Thân bài một.");
    site.write("content/tin/mot.md", news("Một", "Sau khi trở lại.").as_bytes());
    preview.until_holds("/tin/mot/", "Sau khi trở lại.");
    // A folder that becomes a file, and a folder again.
    std::fs::remove_dir_all(&content).expect("gone");
    std::fs::write(&content, "a file").expect("written");
    preview.until("/tin/mot/", |answer| answer.status != 200);
    std::fs::remove_file(&content).expect("gone");
    site.write_all(NEWS);
    preview.until_holds("/tin/mot/", "Thân bài một.");
    site.write("content/tin/hai.md", news("Hai", "Vẫn được theo dõi.").as_bytes());
    preview.until_holds("/tin/hai/", "Vẫn được theo dõi.");
}

#[test]
fn thousands_of_changes_end_in_the_same_site() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    preview.until_holds("/tin/mot/", "Thân bài một.");
    let mut tab = preview.tab("/tin/mot/");
    // Another branch: files come, change and go while they are looked at.
    for round in 0..3 {
        for n in 0..700 {
            let body = format!("Vòng {round}.");
            let title = format!("Bài {n}");
            site.write(&format!("content/tin/bai-{n}.md"), news(&title, &body).as_bytes());
        }
        for n in (0..700).filter(|n| n % 3 == round) {
            site.remove(&format!("content/tin/bai-{n}.md"));
        }
    }
    site.write("content/tin/mot.md", news("Một", "Sau cùng.").as_bytes());
    loop {
        let message = tab.hear();
        if message["type"] == "reload" && preview.page("/tin/mot/").contains("Sau cùng.") {
            break;
        }
    }
    let fresh = Preview::start(&site);
    preview.until("/tin/bai-2/", |answer| answer.status == 404);
    preview.until_holds("/tin/bai-699/", "Vòng 2.");
    let own = |preview: &Preview, path: &str| {
        let page = preview.page(path);
        page.replace(&preview.address.to_string(), "HOST")
    };
    for path in
        ["/", "/tin/", "/tin/mot/", "/tin/bai-0/", "/tin/bai-1/", "/rss.xml", "/sitemap.xml"]
    {
        assert_eq!(own(&preview, path), own(&fresh, path), "{path}");
    }
}

#[test]
fn files_that_come_and_go_while_they_are_read_stop_nothing() {
    let site = Site::with(NEWS);
    let preview = Preview::start(&site);
    let path = "content/tin/thoang.md";
    for n in 0..60 {
        site.write(path, news("Thoáng", &format!("Lần {n}.")).as_bytes());
        std::thread::sleep(Duration::from_millis(n % 9));
        assert_ne!(preview.get("/tin/thoang/").status, 500);
        site.remove(path);
        site.write("static/thoang.bin", &vec![0; 1 << (n % 16)]);
        let _ = preview.get("/thoang.bin");
        site.remove("static/thoang.bin");
    }
    site.write(path, news("Thoáng", "Ở lại.").as_bytes());
    preview.until_holds("/tin/thoang/", "Ở lại.");
    preview.until("/thoang.bin", |answer| answer.status == 404);
    preview.until("/.tintot/problems.json", |answer| !answer.text().contains("\"error\""));
}

#[test]
fn entries_come_due_while_they_are_shown() {
    let site = Site::with(NEWS);
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(5);
    let text = format!("---\ntitle: Sắp tới\ndate: {soon:.0}\n---\nĐến giờ.\n");
    site.write("content/tin/sap.md", text.as_bytes());
    let preview = Preview::with(&site, |options| {
        options.fixed = false;
        options.request.drafts = false;
        options.request.future = false;
    });
    let mut tab = preview.tab("/tin/sap/");
    tab.hears("reload");
    let page = preview.get("/tin/sap/");
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(String::from_utf8_lossy(&bare(&page.body)).contains("Đến giờ."));
}
