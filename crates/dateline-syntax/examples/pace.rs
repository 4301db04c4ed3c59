//! Analyses a text over and over and tells the pace of the best round: `pace FILE [ROUNDS [ENGINE]]`, on
//! one thread.
//!
//! Under callgrind, one round counts the instructions: see `benches/README.md`.

#![allow(clippy::print_stdout)]

use dateline_syntax::EngineKind;
use dateline_text::Span;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let rounds: usize = arguments.next().map_or(Ok(1), |n| n.parse())?;
    let text = std::fs::read_to_string(path)?;
    let engine = arguments.next().as_deref().unwrap_or("standard").parse::<EngineKind>()?.open(None)?;
    let blocks = paragraphs(&text);
    let (mut best, mut tokens) = (f64::INFINITY, 0);
    for _ in 0..rounds {
        let began = Instant::now();
        let sentences = engine.analyse(&text, &blocks);
        best = best.min(began.elapsed().as_secs_f64());
        tokens = sentences.iter().map(|s| s.tokens.len()).sum();
    }
    println!("{}: {tokens} tokens, {:.0} a second", engine.id(), tokens as f64 / best);
    Ok(())
}

/// What stands between empty lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let start = |part: &str| part.as_ptr().addr() - text.as_ptr().addr();
    text.split("\n\n").map(|part| Span::new(start(part), start(part) + part.len())).collect()
}
