//! Any bytes as the one member of a tar archive, whose length may lie.
#![no_main]

use dateline_fuzz::check;

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(dateline_fuzz::archive(data)));
