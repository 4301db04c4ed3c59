//! How fast inputs are read, on one core: `cargo bench -p dateline-article [-- FOLDER] [NAME]`.
//!
//! The best of several rounds, in processor time where the system tells it, because other programs only ever make a round
//! slower. Pages are made up, some 100 kB each
//! with the scripts, menus and lists of links that pages have; with a folder, the pages in it (`*.html`, `*.html.gz`)
//! are read as well. A name, or part of one, chooses what is measured: `-- plain`.
#![allow(clippy::print_stdout, missing_docs)]

#[path = "../examples/made_up/mod.rs"]
mod made_up;

use dateline_article::Articles;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::time::Instant;

fn main() -> io::Result<()> {
    let arguments = || std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let folder = arguments().find(|argument| Path::new(argument).is_dir());
    let name = arguments().find(|argument| !Path::new(argument).is_dir()).unwrap_or_default();
    let measure = |part: &str, inputs: &[Vec<u8>], rounds: usize| {
        if part.contains(&name) {
            measure(part, inputs, rounds);
        }
    };
    let pages: Vec<Vec<u8>> = (0..40).map(|number| made_up::page(number).into_bytes()).collect();
    measure("made-up pages", &pages, 5);
    let crawl: Vec<u8> = (0..200).flat_map(made_up::record).collect();
    measure("WARC of them", &[crawl], 3);
    let text: String = (0..400).map(made_up::report).collect::<Vec<_>>().join("\n\n");
    measure("plain text", &[text.into_bytes()], 40);
    let lines: String = (0..20_000).map(made_up::line).collect();
    measure("JSON Lines", &[lines.into_bytes()], 5);
    let array = format!("[{}]", (0..20_000).map(made_up::line).collect::<Vec<_>>().join(","));
    measure("JSON array", &[array.into_bytes()], 5);
    let rows: String = (0..20_000).map(made_up::row).collect();
    measure("CSV", &[format!("id,title,text\n{rows}").into_bytes()], 5);
    let items: String = (0..5_000).map(made_up::item).collect();
    measure("RSS", &[format!("<rss><channel>{items}</channel></rss>").into_bytes()], 3);
    if let Some(folder) = folder {
        measure(&folder, &saved(&folder)?, 3);
    }
    Ok(())
}

/// Reads the inputs in rounds and prints the rate of the best.
fn measure(name: &str, inputs: &[Vec<u8>], rounds: usize) {
    let bytes: usize = inputs.iter().map(Vec::len).sum();
    let mut best = f64::INFINITY;
    let mut articles = 0;
    // The system counts in steps of some milliseconds: little is read often enough that a step does not matter.
    const ENOUGH: usize = 100_000_000;
    let times = (ENOUGH / bytes.max(1)).clamp(1, 64);
    for _ in 0..rounds.div_ceil(times) {
        let inputs: Vec<Vec<u8>> = (0..times).flat_map(|_| inputs.iter().cloned()).collect();
        let (start, busy) = (Instant::now(), processor());
        let mut read = 0;
        for input in inputs {
            read += Articles::open("bench", Box::new(Cursor::new(input))).flatten().count();
        }
        articles = read / times;
        let used = processor().zip(busy).map(|(after, before)| after - before);
        best = best.min(used.unwrap_or_else(|| start.elapsed().as_secs_f64()) / times as f64);
    }
    let (mb, rate) = (bytes as f64 / 1e6, articles as f64 / best);
    println!("{name:<24} {articles:>7} articles {mb:>7.1} MB {rate:>9.0} articles/s {:>8.1} MB/s", mb / best);
}

/// Seconds that this thread has been on a processor, as Linux counts them.
fn processor() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(line.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn saved(folder: &str) -> io::Result<Vec<Vec<u8>>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut pages = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let mut page = Vec::new();
        if name.ends_with(".html.gz") {
            MultiGzDecoder::new(File::open(&path)?).read_to_end(&mut page)?;
        } else if name.ends_with(".html") {
            File::open(&path)?.read_to_end(&mut page)?;
        }
        if !page.is_empty() {
            pages.push(page);
        }
    }
    Ok(pages)
}
