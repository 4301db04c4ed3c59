//! Bytes after an opening that makes them be read as a feed: the first byte chooses RSS or Atom.
#![no_main]

use dateline_fuzz::{check, choose};

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(choose(&[b"<rss><channel>", b"<feed><entry>"], data)));
