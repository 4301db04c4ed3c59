//! Any bytes after a model's opening: they are read as a model.
#![no_main]

use dateline_syntax::{Fast, Standard};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes();
    let opening: [&[u8]; 4] = [b"DATELSYN", &1u32.to_le_bytes(), &length, data];
    let _ = Standard::from_bytes(opening.concat());
    let _ = Fast::from_bytes(opening.concat());
});
