//! Bytes after the header of a message: the first byte chooses a plain one, or a page that a browser saved as one.
#![no_main]

use dateline_fuzz::{check, choose};

const PLAIN: &[u8] = b"Subject: x\r\nFrom: y\r\nDate: z\r\n";
const PAGE: &[u8] = b"MIME-Version: 1.0\r\nSnapshot-Content-Location: https://a.example/\r\n\
    Content-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\n";

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(choose(&[PLAIN, PAGE], data)));
