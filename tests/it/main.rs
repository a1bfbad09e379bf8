//! One binary: sites in strings go in, bytes and counts come out.

mod i18n;
mod site;
mod stories;
mod time;
