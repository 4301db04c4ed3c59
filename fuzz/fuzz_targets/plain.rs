//! Text that is read as copied from a page.
#![no_main]

use dateline_fuzz::{after, check};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(after(b"Rebels leave town\n\n", data)));
