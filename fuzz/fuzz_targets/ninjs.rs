//! Fields of a ninjs item or of a JSON Feed: the first byte chooses.
#![no_main]

use dateline_fuzz::{check, choose};

const ITEM: &[u8] = b"{\"uri\": \"urn:a\", \"type\": \"text\", \"versioncreated\": \"2019-03-12T10:15:00Z\", ";
const FEED: &[u8] = b"{\"version\": \"https://jsonfeed.org/version/1.1\", ";

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(choose(&[ITEM, FEED], data)));
