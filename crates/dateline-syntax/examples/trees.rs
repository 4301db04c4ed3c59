//! Prints the sentences of standard input, whose paragraphs are parted by blank lines: first each sentence's words and
//! names on one line, then, with `--trees`, one line a word.
//!
//! ```text
//! echo "Talks ended on Monday." | cargo run --release -p dateline-syntax --example trees -- --trees
//! ```

#![allow(clippy::print_stdout)]

use dateline_syntax::{Engine, Standard};
use dateline_text::Span;
use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let trees = std::env::args().any(|a| a == "--trees");
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        blocks.push(Span::new(start, start + part.len()));
        start += part.len() + 2;
    }
    let engine = Standard::embedded()?;
    for sentence in engine.analyse(&text, &blocks) {
        let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(&text)).collect();
        let names: Vec<String> = sentence
            .names
            .iter()
            .map(|n| format!("{:?}: {}", n.kind, sentence.span_of(n.first, n.end).of(&text)))
            .collect();
        println!("{}  [{}]", words.join(" "), names.join(", "));
        if trees {
            for (i, t) in sentence.tokens.iter().enumerate() {
                let head = t.head.map_or(0, |h| h + 1);
                println!(
                    "{:>3} {:<16} {:<16} {:<6} {:<6} {head:>3} {}",
                    i + 1,
                    words[i],
                    t.lemma,
                    t.upos,
                    t.xpos,
                    t.relation
                );
            }
            println!();
        }
    }
    Ok(())
}
