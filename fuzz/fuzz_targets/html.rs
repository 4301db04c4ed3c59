//! Text that is read as a saved page.
#![no_main]

use dateline_fuzz::{after, check};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(after(b"<!DOCTYPE html><html><body>", data)));
