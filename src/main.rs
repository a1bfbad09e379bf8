//! The program; everything it does is in the library.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The allocator's number for how long it keeps what was freed before the system
/// has it back, in milliseconds. By itself it waits for a second, which is half
/// of a build: what one stage let go would still count while the next one grows.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

#[expect(unsafe_code, reason = "the allocator takes its options in C only")]
fn main() -> ExitCode {
    // SAFETY: sets a number; there are no other threads yet that could read it.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 10) };
    tintot::cli::run()
}
