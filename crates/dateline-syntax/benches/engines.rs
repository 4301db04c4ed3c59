//! How fast the engines are, on one thread: `cargo bench -p dateline-syntax`.
#![allow(missing_docs, clippy::unwrap_used)] // a bench that cannot open its model should stop

use dateline_syntax::{Engine, EngineKind};
use dateline_text::Span;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const ARTICLE: &str = include_str!("../../../examples/bombing.txt");
const ENGINES: [&str; 2] = ["standard", "fast"];

fn main() {
    divan::main();
}

fn engine(name: &str) -> Box<dyn Engine> {
    name.parse::<EngineKind>().unwrap().open(None).unwrap()
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let parts = text.split("\n\n").map(|part| {
        let span = Span::new(start, start + part.len());
        start += part.len() + 2;
        span
    });
    parts.collect()
}

/// From text to sentences; items are words.
#[divan::bench(args = ENGINES)]
fn article(bencher: Bencher<'_, '_>, name: &str) {
    let (engine, blocks) = (engine(name), paragraphs(ARTICLE));
    let words: usize = engine.analyse(ARTICLE, &blocks).iter().map(|s| s.tokens.len()).sum();
    bencher
        .counter(ItemsCount::new(words))
        .counter(BytesCount::of_str(ARTICLE))
        .bench(|| engine.analyse(ARTICLE, &blocks));
}

/// Opening the model that is part of the program.
#[divan::bench(args = ENGINES)]
fn opening(name: &str) -> Box<dyn Engine> {
    engine(name)
}
