//! Outputs and obstacles that are refused.

use super::*;

fn refused(bed: &Bed, out: &Path) -> Fault {
    let opened = Emitter::open(&bed.root, out, Options::default(), &|| {});
    opened.err().unwrap_or_else(|| panic!("{} is accepted", out.display()))
}

#[test]
fn sources_are_no_output() {
    let bed = Bed::new();
    let root = &bed.root;
    for out in [
        "",
        ".",
        "..",
        "../..",
        "content",
        "content/x",
        "static",
        "themes/a",
        ".tintot",
        "x/../content",
    ] {
        refused(&bed, &root.join(out));
    }
    refused(&bed, Path::new("/"));
    let fault = refused(&bed, root);
    assert!(fault.message().vi.contains("thư mục đầu ra") && fault.help().is_some());
    fs::write(root.join("tep"), "").expect("a file");
    refused(&bed, &root.join("tep"));
    refused(&bed, &root.join("tep/x"));
    assert!(!root.join(".tintot").exists(), "a refusal leaves nothing behind");
    let (emitter, _) = Emitter::open(root, &root.join("noi-dung"), Options::default(), &|| {})
        .expect("a folder of its own");
    emitter.abandon();
}

#[test]
fn a_missing_root_is_a_fault() {
    let bed = Bed::new();
    let opened = Emitter::open(&bed.root.join("x"), &bed.out, Options::default(), &|| {});
    assert_eq!(opened.err().and_then(|fault| fault.kind()), Some(std::io::ErrorKind::NotFound));
}

#[test]
fn two_results_for_one_path_are_refused() {
    let bed = Bed::new();
    bed.write("x", "");
    for files in [
        &[("a", Entry, "1"), ("a", List, "2")] as Files,
        &[("a", Entry, "1"), ("a-b", Entry, "1"), ("a/b", Entry, "2")],
    ] {
        let fault = build(bed.open(), files).expect_err("two for one path");
        assert!(fault.message().en.ends_with(" a"), "{fault}");
        bed.shows(&[("x", "")]);
    }
}

#[test]
fn folders_and_files_in_the_way_are_refused() {
    let bed = Bed::new();
    bed.write("a/cua-ho", "");
    bed.write("b", "");
    let before = bed.files();
    let fault =
        build(bed.open(), &[("a", Entry, "1"), ("b/c", Entry, "2")]).expect_err("in the way");
    assert!(fault.message().en.ends_with("a (folder), b (file)"), "{fault}");
    assert_eq!(bed.files(), before);
}

#[test]
fn an_output_filled_during_a_first_build_is_refused() {
    let bed = Bed::new();
    let emitter = bed.open();
    bed.write("index.html", "của họ");
    let fault = build(emitter, &[("index.html", List, "1"), ("a", Entry, "1")]);
    let fault = fault.expect_err("somebody else's output");
    assert!(fault.message().en.contains("during the build") && fault.help().is_some());
    bed.shows(&[("index.html", "của họ")]);
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_never_followed() {
    use std::os::unix::fs::symlink;
    let bed = Bed::new();
    let away = bed.root.with_file_name("ngoai");
    fs::create_dir(&away).expect("a folder");
    fs::write(away.join("index.html"), "của họ").expect("a file");
    fs::create_dir(&bed.out).expect("an output");
    symlink(&away, bed.out.join("tin")).expect("a link");
    symlink(away.join("index.html"), bed.out.join("a.html")).expect("a link");
    for name in ["tin/index.html", "tin/moi/x.html", "a.html"] {
        let fault = build(bed.open(), &[(name, Entry, "1")]).expect_err("a link");
        assert!(fault.message().en.contains("(symbolic link)"), "{fault}");
        assert_eq!(tree(&away).len(), 1);
    }
    // A link in place of a file of ours is replaced, its target left alone.
    bed.build(&[("b.html", Entry, "1"), ("c/d", Entry, "1")]);
    fs::remove_file(bed.out.join("b.html")).expect("removes");
    symlink(away.join("index.html"), bed.out.join("b.html")).expect("a link");
    bed.build(&[("b.html", Entry, "2"), ("c/d", Entry, "1")]);
    assert!(!bed.out.join("b.html").is_symlink());
    // What lies behind a link that took a folder's place is not removed.
    fs::remove_dir_all(bed.out.join("c")).expect("removes");
    fs::write(away.join("d"), "1").expect("a file like ours");
    symlink(&away, bed.out.join("c")).expect("a link");
    bed.build(&[("b.html", Entry, "2")]);
    assert_eq!(tree(&away).len(), 2);
    assert_eq!(fs::read(away.join("index.html")).expect("theirs"), "của họ".as_bytes());
}

#[cfg(unix)]
#[test]
fn a_state_folder_that_leads_away_is_refused() {
    let bed = Bed::new();
    let away = bed.root.with_file_name("ngoai");
    fs::create_dir(&away).expect("a folder");
    std::os::unix::fs::symlink(&away, bed.root.join(".tintot")).expect("a link");
    let fault = refused(&bed, &bed.out);
    assert!(fault.help().is_some());
    assert!(tree(&away).is_empty());
}
