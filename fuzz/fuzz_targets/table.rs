//! Bytes after an opening that makes them be read as this format.
#![no_main]

use dateline_fuzz::{after, check};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(after(b"id,text\n", data)));
