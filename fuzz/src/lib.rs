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

/// Bytes after one of the openings, which the first of them chooses.
pub fn choose(openings: &[&[u8]], data: &[u8]) -> Vec<u8> {
    let (first, rest) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first), rest));
    [openings[first % openings.len()], rest].concat()
}

/// A tar archive with one member that holds the bytes after the first, and says that it is longer or shorter by it.
pub fn archive(data: &[u8]) -> Vec<u8> {
    let (wrong, bytes) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(*first) % 3, rest));
    let mut head = [0_u8; 512];
    head[..5].copy_from_slice(b"a.txt");
    head[124..135].copy_from_slice(format!("{:011o}", bytes.len() + wrong * 300).as_bytes());
    head[148..156].fill(b' ');
    head[156] = b'0';
    head[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    head[154] = 0;
    [&head[..], bytes].concat()
}
