//! Malformed inputs: each gives a precise diagnostic in both languages, none
//! panics, none changes what is published.
//!
//! The inputs are data: `hostile/cases/*.txt` and, where text cannot hold
//! them, `hostile/bytes.rs` and `hostile/disk.rs`. What the program says is
//! in `snapshots/`, one file per family.

mod bytes;
mod disk;
mod random;
mod runner;

use runner::{cases, check};

#[test]
fn yaml() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/yaml.txt"))));
}

#[test]
fn values() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/values.txt"))));
}

#[test]
fn config() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/config.txt"))));
}

#[test]
fn links() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/links.txt"))));
}

#[test]
fn urls() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/urls.txt"))));
}

#[test]
fn data() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/data.txt"))));
}

#[test]
fn theme() {
    insta::assert_snapshot!(check(cases(include_str!("hostile/cases/theme.txt"))));
}

#[test]
fn encodings() {
    insta::assert_snapshot!(check(bytes::cases()));
}

#[test]
fn names_and_links_on_disk() {
    insta::assert_snapshot!(check(disk::cases()));
}
