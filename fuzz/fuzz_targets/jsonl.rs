//! Lines that are read as JSON Lines.
#![no_main]

use dateline_fuzz::{after, check};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(after(b"{\"text\": \"Rebels left.\"}\n", data)));
