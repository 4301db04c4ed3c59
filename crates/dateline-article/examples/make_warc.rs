//! Makes a crawl of made-up pages, to see that memory stays flat: `make_warc MEGABYTES > crawl.warc`.
#![allow(clippy::print_stderr)]

mod made_up;

use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let wanted: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100);
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let (mut written, mut number) = (0, 0);
    while written < wanted << 20 {
        let record = made_up::record(number);
        out.write_all(&record)?;
        written += record.len();
        number += 1;
    }
    eprintln!("{number} pages, {written} bytes");
    out.flush()
}
