//! The ground every stage stands on: diagnostics, hashes, paths, time.
//!
//! Takes nothing, knows nothing of sites; imports nothing of ours (the text
//! library excepted, which knows nothing of sites either).

pub mod diag;
pub mod digest;
pub mod excerpt;
pub mod fault;
pub mod hash;
pub mod html;
pub mod path;
pub mod time;
