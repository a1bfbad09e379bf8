//! Parsed documents of earlier runs: used where they can be trusted, dropped
//! without a word where they cannot, never seen in the output.

use std::path::PathBuf;

use crate::incremental::differences;
use crate::site::{Site, settle, snapshot};

const ENTRIES: usize = 12;

/// A site with a link, a component and a picture among its bodies.
fn site() -> Site {
    let mut txtar =
        String::from("-- content/tin-tot/_index.md --\n---\ntitle: Tin tốt\nkind: news\n---\n");
    for n in 0..ENTRIES {
        txtar.push_str(&format!(
            "-- content/tin-tot/tin-{n}.md --\n---\ntitle: Tin {n}\ndate: 2026-11-{:02}\nsummary: Tin {n}\n---\nMở đầu {n}.\n\n<!-- more -->\n\nThân **bài** {n}, xem [tin kia](tin-{}.md).\n\n:::note{{title=\"Nhớ\"}}\nĐiều {n}\n:::\n",
            n + 1,
            (n + 1) % ENTRIES,
        ));
    }
    Site::with(&txtar)
}

fn shelf(site: &Site) -> PathBuf {
    site.root().join(".tintot/cache/docs")
}

/// Every page has to be rendered again.
fn change_theme(site: &Site, n: usize) {
    let own = format!("<p>{n}</p>{{{{ entry.body | safe }}}}");
    site.write("themes/default/templates/kinds/news.html", own.as_bytes());
}

/// Compares the output with that of a build from nothing.
#[track_caller]
fn as_from_nothing(site: &Site) {
    let cold = site.root().join("cold");
    let _ = std::fs::remove_dir_all(&cold);
    site.build_into(&cold);
    let (left, right) = (snapshot(&site.out()), snapshot(&cold));
    assert_eq!(differences(&left, &right), Vec::<String>::new());
}

#[test]
fn only_what_changed_is_parsed() {
    let site = site();
    settle();
    assert_eq!(site.build().build.parsed, ENTRIES + 1);
    assert_eq!(site.build().build.parsed, 0);
    site.write(
        "content/tin-tot/moi.md",
        "---\ntitle: Mới\ndate: 2026-11-20\n---\nChữ.\n".as_bytes(),
    );
    assert_eq!(site.build().build.parsed, 1);
    // The new file was too young to be trusted by its time: it is read, and
    // since its bytes are the same, not parsed.
    assert_eq!(site.build().build.parsed, 0);
    site.remove("content/tin-tot/moi.md");
    assert_eq!(site.build().build.parsed, 0);
    as_from_nothing(&site);
}

#[test]
fn times_that_say_nothing_lead_to_a_look_at_the_bytes() {
    let site = site();
    settle();
    site.build();
    for n in 0..ENTRIES {
        let path = site.root().join(format!("content/tin-tot/tin-{n}.md"));
        let bytes = std::fs::read(&path).expect("an entry");
        std::fs::write(&path, bytes).expect("the same entry");
    }
    assert_eq!(site.build().build.parsed, 0);
    as_from_nothing(&site);
}

#[test]
fn bodies_come_from_the_shelf_as_they_were() {
    let site = site();
    settle();
    site.build();
    change_theme(&site, 0);
    let built = site.build().clean();
    assert_eq!(built.build.parsed, 0);
    assert!(built.rendered >= ENTRIES, "{}", built.rendered);
    as_from_nothing(&site);
}

/// Does something to each file of a shelf, and asks for what was in it.
fn damaged(damage: &dyn Fn(&mut Vec<u8>)) {
    for n in 0..2 {
        let site = site();
        settle();
        site.build();
        let files = std::fs::read_dir(shelf(&site)).expect("a shelf");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        assert_eq!(files.len(), 2, "{files:?}");
        let mut bytes = std::fs::read(&files[n]).expect("a file");
        damage(&mut bytes);
        std::fs::write(&files[n], &bytes).expect("a damaged file");
        change_theme(&site, n);
        site.build().clean();
        as_from_nothing(&site);
    }
}

#[test]
fn a_damaged_shelf_is_an_empty_one() {
    damaged(&|bytes| bytes.clear());
    damaged(&|bytes| bytes.truncate(bytes.len() / 2));
    damaged(&|bytes| bytes.iter_mut().for_each(|byte| *byte ^= 0x20));
    for at in 0..12 {
        damaged_at(at);
    }
}

/// One bit in a place that differs from call to call.
fn damaged_at(at: usize) {
    damaged(&|bytes| {
        let place = bytes.len() * at / 12;
        if let Some(byte) = bytes.get_mut(place) {
            *byte ^= 1;
        }
    });
}

#[test]
fn a_shelf_that_is_none_is_done_without() {
    let site = site();
    settle();
    site.build();
    std::fs::remove_dir_all(shelf(&site)).expect("a shelf to lose");
    assert_eq!(site.build().build.parsed, ENTRIES + 1);
    std::fs::remove_dir_all(shelf(&site)).expect("a shelf to lose");
    std::fs::write(shelf(&site), b"no folder").expect("a file in its place");
    let built = site.build();
    assert_eq!((built.build.parsed, built.problems()), (ENTRIES + 1, Vec::new()));
    as_from_nothing(&site);
}

/// A site whose heads fill more than one block.
fn large_site() -> Site {
    let entry = |n: usize| {
        format!(
            "-- content/tin-tot/tin-{n:04}.md --\n---\ntitle: Tin {n}\ndate: 2026-11-01\n---\nChữ {n}.\n"
        )
    };
    Site::with(&(0..MANY).map(entry).collect::<String>())
}

const MANY: usize = 600;

/// The files beside the table, the largest first.
fn texts(site: &Site) -> Vec<(u64, PathBuf)> {
    let files = std::fs::read_dir(shelf(site)).expect("a shelf");
    let files = files.map(|file| file.expect("a file").path());
    let texts = files.filter(|path| path.file_name().is_some_and(|name| name != "table"));
    let mut texts: Vec<_> =
        texts.map(|path| (path.metadata().expect("a file").len(), path)).collect();
    texts.sort();
    texts.reverse();
    texts
}

#[test]
fn an_edit_leaves_what_lies_there_where_it_lies() {
    let site = large_site();
    settle();
    site.build();
    let before = texts(&site);
    let edited = "---\ntitle: Tin 7\ndate: 2026-11-01\n---\nChữ khác.\n";
    site.write("content/tin-tot/tin-0007.md", edited.as_bytes());
    assert_eq!(site.build().build.parsed, 1);
    let after = texts(&site);
    assert_eq!((before.len(), after.len()), (1, 2));
    assert_eq!(before[0], after[0]);
    assert!(after[1].0 < before[0].0 / 2, "{after:?}");
    as_from_nothing(&site);
}

#[test]
fn damage_costs_the_documents_that_lie_there() {
    let site = large_site();
    settle();
    site.build();
    let (len, path) = texts(&site).remove(0);
    let mut bytes = std::fs::read(&path).expect("a file");
    // The heads are behind the HTML.
    let last = usize::try_from(len).expect("a short file") - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).expect("a damaged file");
    let text = "---\ntitle: Tin 7\ndate: 2026-11-01\n---\nChữ khác.\n";
    site.write("content/tin-tot/tin-0007.md", text.as_bytes());
    let parsed = site.build().clean().build.parsed;
    assert!((2..MANY / 2).contains(&parsed), "{parsed}");
    as_from_nothing(&site);
    site.write("content/tin-tot/tin-0008.md", text.as_bytes());
    let parsed = site.build().build.parsed;
    assert!(parsed <= 2, "{parsed}");
}

#[test]
fn a_lost_file_costs_the_documents_that_lay_there() {
    let site = large_site();
    settle();
    site.build();
    let edit = |n: usize| {
        let text = format!("---\ntitle: Tin {n}\ndate: 2026-11-01\n---\nChữ khác.\n");
        site.write(&format!("content/tin-tot/tin-{n:04}.md"), text.as_bytes());
    };
    edit(7);
    site.build();
    let small = texts(&site).pop().expect("a small file").1;
    std::fs::remove_file(small).expect("a file to lose");
    edit(400);
    let parsed = site.build().clean().build.parsed;
    assert!((2..MANY / 2).contains(&parsed), "{parsed}");
    as_from_nothing(&site);
}

#[test]
fn what_could_not_be_left_leaves_nothing_behind() {
    let site = site();
    settle();
    // No table can be put there.
    std::fs::create_dir_all(shelf(&site).join("table/in-the-way")).expect("a folder");
    for n in 0..3 {
        change_theme(&site, n);
        let built = site.build().clean();
        assert_eq!(built.build.parsed, ENTRIES + 1);
        drop(built);
        let left = std::fs::read_dir(shelf(&site)).expect("a shelf").count();
        assert_eq!(left, 1, "the folder alone");
        as_from_nothing(&site);
    }
}

#[test]
fn it_does_not_grow_without_end() {
    let site = site();
    settle();
    site.build();
    for n in 0..30 {
        let text = format!("---\ntitle: Tin 0\ndate: 2026-11-01\n---\nLần {n}.\n");
        site.write("content/tin-tot/tin-0.md", text.as_bytes());
        site.build();
    }
    let files = std::fs::read_dir(shelf(&site)).expect("a shelf").count();
    assert!(files <= 10, "{files}");
    as_from_nothing(&site);
}
