//! One binary: sites in strings go in, bytes and counts come out.

#![allow(clippy::disallowed_methods, reason = "tests write sites and read what came of them")]

mod agenda;
mod asked;
mod avif;
mod calendar;
mod campaign;
mod cards;
mod column;
mod deeds;
mod determinism;
mod drawings;
mod edges;
mod edits;
mod features;
mod figures;
mod hostile;
mod i18n;
mod incremental;
mod kill;
mod lint;
mod machine;
mod mail;
mod odd_pictures;
mod outlets;
mod outputs;
mod perf;
mod phones;
mod picture_versions;
mod pictures;
mod placeholders;
mod report;
mod serve;
mod shelf;
mod shorts;
mod site;
mod sitecheck;
mod sound;
mod status;
mod stories;
mod tidy;
mod time;
mod unchanged;
mod units;
mod yearly;
