//! Bytes after an opening that makes them be read as this format: by a name that is known, or by what stands in the rows.
#![no_main]

use dateline_fuzz::{check, choose};

const ROW: &[u8] = b"k1;k2\nTruce;It holds, and nobody was hurt on the road to the town.\n";

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(choose(&[b"id,text\n", ROW, b"a|b|c\n", b"a\tb\n"], data)));
