//! Bytes after the magic number of a compressed input: the first byte chooses gzip or zstd.
#![no_main]

use dateline_fuzz::{check, choose};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(choose(&[&[0x1F, 0x8B, 0x08], &[0x28, 0xB5, 0x2F, 0xFD]], data)));
