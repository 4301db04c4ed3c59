//! Fuzzing with the stable compiler: `mutate MINUTES NAME SEED FILE…` changes the files at random, reads them, and holds
//! the articles to what the fuzz targets hold them to. An input that fails is written to `fail-NAME-N` and named.
//!
//! The fuzz targets in `fuzz/` are guided by coverage and find more, but need a nightly compiler.
#![allow(clippy::print_stdout, clippy::panic)]

use dateline_article::Articles;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Pieces that formats are made of.
const PIECES: [&[u8]; 40] = [
    b"<",
    b">",
    b"</p>",
    b"<p>",
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\n",
    b"\r\n\r\n",
    b"\0",
    b"\xFF",
    b"\xC3",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#x110000;",
    b"&amp;",
    b"Content-Length: 99999999999\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"fffffffff\r\n",
    b"WARC/1.0\r\n",
    b"\x1F\x8B\x08",
    b"\x28\xB5\x2F\xFD",
    b"ustar\0",
    b"null",
    b"1e999",
    b"<item>",
    b"</item>",
    b"<script type=\"application/ld+json\">",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"2019-02-31T25:61:00+99:99",
];

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [minutes, name, seed, files @ ..] = arguments.as_slice() else {
        println!("mutate MINUTES NAME SEED FILE…");
        return Ok(());
    };
    let time = Duration::from_secs_f64(60.0 * minutes.parse::<f64>().unwrap_or(1.0));
    let mut random = Random(seed.parse().unwrap_or(1));
    let seeds: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    std::panic::set_hook(Box::new(|_| {}));
    let start = Instant::now();
    let (mut runs, mut failed, mut slowest) = (0_u64, 0, Duration::ZERO);
    while start.elapsed() < time && !seeds.is_empty() {
        let input = mutated(&seeds, &mut random);
        let begun = Instant::now();
        let sound = catch_unwind(AssertUnwindSafe(|| check(&input))).is_ok();
        let took = begun.elapsed();
        slowest = slowest.max(took);
        runs += 1;
        if !sound || took > Duration::from_secs(10) {
            failed += 1;
            let path = format!("fail-{name}-{failed}");
            std::fs::write(&path, &input)?;
            println!("{path}: {} bytes, {took:?}, {}", input.len(), if sound { "slow" } else { "panic" });
        }
    }
    println!(
        "{name}: {runs} inputs in {:.0?}, {failed} failed, the slowest took {slowest:.2?}",
        start.elapsed()
    );
    Ok(())
}

fn check(input: &[u8]) {
    for article in Articles::open("in", Box::new(Cursor::new(input.to_vec()))).flatten() {
        let mut end = 0;
        for block in &article.blocks {
            let range = block.span.range();
            assert!(end <= range.start && range.start < range.end);
            assert!(article.text.get(range.clone()).is_some());
            end = range.end;
        }
    }
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = seeds[random.below(seeds.len())].clone();
    for _ in 0..1 + random.below(6) {
        let at = random.below(input.len() + 1);
        let length = random.below(64).min(input.len() - at);
        match random.below(9) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.below(256) as u8,
            2 => drop(input.drain(at..at + length)),
            3 => {
                let copied = input[at..at + length].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, copied);
            }
            4 | 5 => {
                let piece = PIECES[random.below(PIECES.len())];
                input.splice(at..at, piece.iter().copied());
            }
            6 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let to = from + random.below(256).min(other.len() - from);
                input.splice(at..at, other[from..to].iter().copied());
            }
            7 if random.below(8) == 0 => input.truncate(at),
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                let many = piece.repeat(1 + random.below(200));
                input.splice(at..at, many);
            }
        }
    }
    input
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}
