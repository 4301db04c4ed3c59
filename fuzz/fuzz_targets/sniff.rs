//! Any bytes: the format is told from them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dateline_fuzz::check(data.to_vec()));
