//! Outputs whose record is lost, damaged or was never made.

use super::*;

const PAGE: &str = "<meta name=\"generator\" content=\"tintot 0.1\">";

fn adopt(bed: &Bed, files: Files) -> Result<Written, Fault> {
    let options = Options { adopt: true };
    let (emitter, _) = Emitter::open(&bed.root, &bed.out, options, &|| {}).expect("opens");
    build(emitter, files)
}

fn lose_state(bed: &Bed) {
    fs::remove_dir_all(bed.root.join(".tintot")).expect("a state to lose");
}

#[test]
fn equal_files_and_marked_ones_are_taken_over() {
    let bed = Bed::new();
    let old = format!("{PAGE}cũ");
    let new = format!("{PAGE}mới");
    bed.build(&[("a.html", Entry, &old), ("anh.png", Asset, "png"), ("cu.html", Entry, &old)]);
    lose_state(&bed);
    bed.write("nguoi-khac.html", "của người khác");
    let files: Files = &[("a.html", Entry, &new), ("anh.png", Asset, "png")];
    let written = bed.build(files);
    assert_eq!(counts(&written), (0, 1, 1, 0));
    assert_eq!(written.notes.len(), 1, "the stray page is named");
    assert!(written.notes[0].vi.contains("cu.html"));
    bed.shows(&[
        ("a.html", &new),
        ("anh.png", "png"),
        ("cu.html", &old),
        ("nguoi-khac.html", "của người khác"),
    ]);
    assert_eq!(counts(&bed.build(files)), (0, 0, 2, 0));
    bed.build(&[]);
    bed.shows(&[("cu.html", &old), ("nguoi-khac.html", "của người khác")]);
}

#[test]
fn files_of_others_stop_the_build_before_it_touches_anything() {
    let bed = Bed::new();
    for n in 0..12 {
        bed.write(&format!("{n:02}.html"), "của người khác");
    }
    let names: Vec<String> = (0..13).map(|n| format!("{n:02}.html")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), Entry, PAGE)).collect();
    let before = bed.files();
    let fault = build(bed.open(), &files).expect_err("conflicts");
    assert_eq!(bed.files(), before);
    let message = fault.message();
    assert!(message.vi.contains("(12): 00.html") && message.vi.ends_with("và 2 chỗ khác"));
    assert!(message.en.contains("00.html (file)") && !message.en.contains("10.html"));
    assert!(fault.help().is_some_and(|help| help.en.contains("--adopt")));
    assert_eq!(counts(&adopt(&bed, &files).expect("adopts")), (1, 12, 0, 0));
    assert!(bed.files().values().all(|bytes| bytes == PAGE.as_bytes()));
}

#[test]
fn the_record_protects_others_also_in_a_known_output() {
    let bed = Bed::new();
    bed.build(FIRST);
    bed.write("gioi-thieu.html", "của người khác");
    let more = [FIRST, &[("gioi-thieu.html", Entry, PAGE)]].concat();
    build(bed.open(), &more).expect_err("a conflict");
    let equal = [FIRST, &[("gioi-thieu.html", Entry, "của người khác")]].concat();
    assert_eq!(counts(&bed.build(&equal)), (0, 0, 6, 0));
}

#[test]
fn a_damaged_manifest_counts_as_lost() {
    let bed = Bed::new();
    let page = format!("{PAGE}1");
    bed.build(&[("a.html", Entry, &page)]);
    let manifest = bed.state().join("manifest");
    let whole = fs::read(&manifest).expect("a manifest");
    for damaged in [&whole[..whole.len() / 2], b"", b"{\"khac\": 1}"] {
        fs::write(&manifest, damaged).expect("damages");
        let (emitter, recovery) = bed.recover();
        assert_eq!((recovery.outcome, recovery.notes.len()), (Outcome::Clean, 1));
        build(emitter, &[("a.html", Entry, PAGE)]).expect("builds");
        bed.shows(&[("a.html", PAGE)]);
    }
}

#[test]
fn a_damaged_journal_means_that_nothing_had_moved() {
    let bed = Bed::new();
    bed.build(FIRST);
    let before = bed.files();
    fs::write(bed.state().join("journal"), b"tintot ledger 1\n???").expect("damages");
    fs::create_dir_all(bed.state().join("stage/0")).expect("a stage");
    fs::write(bed.state().join("stage/0/0"), b"half").expect("a staged file");
    let (emitter, recovery) = bed.recover();
    assert_eq!((recovery.outcome, recovery.notes.len()), (Outcome::RolledBack, 1));
    emitter.abandon();
    assert_eq!(bed.files(), before);
    assert_eq!(bed.recover().1.outcome, Outcome::Clean);
    assert_eq!(counts(&bed.build(FIRST)), (0, 0, 5, 0));
}
