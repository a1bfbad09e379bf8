//! One binary: sites in strings go in, bytes and counts come out.

#![allow(clippy::disallowed_methods, reason = "tests write sites and read what came of them")]

mod edges;
mod hostile;
mod i18n;
mod site;
mod stories;
mod time;
