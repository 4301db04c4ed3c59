//! What every fuzz target holds the articles to.

use dateline_article::Articles;
use std::io::Cursor;

/// Reads the bytes and checks every article that comes out.
pub fn check(bytes: Vec<u8>) {
    for article in Articles::open("fuzz", Box::new(Cursor::new(bytes))).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            let range = block.span.range();
            assert!(end <= range.start && range.start < range.end);
            assert!(article.text.get(range.clone()).is_some());
            end = range.end;
        }
    }
}

/// Bytes of which the first tell the format.
pub fn after(opening: &[u8], data: &[u8]) -> Vec<u8> {
    [opening, data].concat()
}
