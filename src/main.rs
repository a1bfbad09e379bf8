//! The program; everything it does is in the library.

use std::alloc::{GlobalAlloc, Layout};
use std::process::ExitCode;

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_option_set, mi_option_t, mi_realloc,
    mi_realloc_aligned, mi_zalloc, mi_zalloc_aligned,
};

#[global_allocator]
static ALLOCATOR: Mimalloc = Mimalloc;

/// Mimalloc, asked for a boundary only where it would not keep it by itself. The
/// crate `mimalloc` names one with every request; then whatever is no power of two
/// in size is given more room than it needs as soon as a page is full.
struct Mimalloc;

/// What has so many bytes or more begins at a multiple of them, whatever is
/// smaller at a multiple of its own size (`MI_MAX_ALIGN_SIZE` of mimalloc).
const BOUNDARY: usize = 16;

fn is_kept(layout: Layout) -> bool {
    layout.align() <= BOUNDARY && layout.align() <= layout.size()
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its nature")]
// SAFETY: mimalloc keeps what the trait asks for; it is asked without a boundary
// only for what it aligns anyway, and frees and grows whatever it gave.
unsafe impl GlobalAlloc for Mimalloc {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let place = unsafe {
            if is_kept(layout) { mi_malloc(size) } else { mi_malloc_aligned(size, align) }
        };
        place.cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        let place = unsafe {
            if is_kept(layout) { mi_zalloc(size) } else { mi_zalloc_aligned(size, align) }
        };
        place.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, place: *mut u8, _: Layout) {
        unsafe { mi_free(place.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let align = layout.align();
        let place = place.cast();
        let grown = unsafe {
            if align <= BOUNDARY && align <= size {
                mi_realloc(place, size)
            } else {
                mi_realloc_aligned(place, size, align)
            }
        };
        grown.cast()
    }
}

/// The allocator's number for how long it keeps what was freed before the system
/// has it back, in milliseconds. By itself it waits for a second, which is half
/// of a build: what one stage let go would still count while the next one grows.
const PURGE_DELAY: mi_option_t = 15;

#[expect(unsafe_code, reason = "the allocator takes its options in C only")]
fn main() -> ExitCode {
    // SAFETY: sets a number; there are no other threads yet that could read it.
    unsafe { mi_option_set(PURGE_DELAY, 10) };
    tintot::cli::run()
}
