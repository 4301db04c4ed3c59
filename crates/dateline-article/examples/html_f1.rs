//! Measures the reading of saved pages against the articles that they hold.
//!
//! `cargo run --release -p dateline-article --example html_f1 -- FOLDER [WORST]`, where the folder has the layout of
//! the article-extraction-benchmark: `ground-truth.json` (page id → `articleBody`) and `pages/ID.html.gz`. The figure is
//! the benchmark's: counted shingles of four words; a page's true and false positives and false negatives are divided
//! by their sum; precision and recall come from the totals over pages.
#![allow(clippy::print_stdout)]

use dateline_article::{Articles, BlockKind};
use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder")?;
    let worst: usize = arguments.next().map_or(Ok(0), |n| n.parse())?;
    let truth: Map<String, Value> =
        serde_json::from_str(&fs::read_to_string(format!("{folder}/ground-truth.json"))?)?;
    let (mut ours, mut alone) = (Tally::default(), Tally::default());
    let mut pages = Vec::new();
    for (id, entry) in &truth {
        let path = format!("{folder}/pages/{id}.html.gz");
        let body = entry["articleBody"].as_str().unwrap_or_default();
        let start = Instant::now();
        let mut text = String::new();
        for article in Articles::open(path.clone(), Box::new(File::open(&path)?)).flatten() {
            let in_body =
                |kind| !matches!(kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Caption);
            for block in article.blocks.iter().filter(|block| in_body(block.kind)) {
                text.push_str(block.span.of(&article.text));
                text.push('\n');
            }
        }
        ours.time += start.elapsed();
        let f1 = ours.add(body, &text);
        let start = Instant::now();
        let mut bytes = Vec::new();
        MultiGzDecoder::new(File::open(&path)?).read_to_end(&mut bytes)?;
        let found = crate_alone(&String::from_utf8_lossy(&bytes));
        alone.time += start.elapsed();
        pages.push((f1, alone.add(body, &found), id, body.to_owned(), text));
    }
    println!("{:14} {}", "dom_smoothie", alone);
    println!("{:14} {}", "with our layer", ours);
    pages.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (f1, alone, id, body, text) in pages.iter().take(worst) {
        println!("\n{id} {f1:.3} (alone {alone:.3})");
        let (body, text) = (lines(body), lines(text));
        text.iter().filter(|line| !body.contains(line)).take(14).for_each(|line| println!("  + {line}"));
        body.iter().filter(|line| !text.contains(line)).take(14).for_each(|line| println!("  - {line}"));
    }
    Ok(())
}

fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| {
        line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(150).collect::<String>()
    };
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// The text that the underlying crate gives by itself.
fn crate_alone(html: &str) -> String {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let article = dom_smoothie::Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

#[derive(Default)]
struct Tally {
    hits: f64,
    extra: f64,
    missed: f64,
    time: Duration,
}

impl Tally {
    /// Adds a page and gives its own F1.
    fn add(&mut self, body: &str, text: &str) -> f64 {
        let (truth, found) = (shingles(body), shingles(text));
        let hits: usize = truth.iter().map(|(key, n)| (*n).min(found.get(key).copied().unwrap_or(0))).sum();
        let extra = found.values().sum::<usize>() - hits;
        let missed = truth.values().sum::<usize>() - hits;
        let all = (hits + extra + missed) as f64;
        if all > 0.0 {
            self.hits += hits as f64 / all;
            self.extra += extra as f64 / all;
            self.missed += missed as f64 / all;
        }
        2.0 * hits as f64 / (2.0 * hits as f64 + extra as f64 + missed as f64).max(1.0)
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (precision, recall) =
            (self.hits / (self.hits + self.extra), self.hits / (self.hits + self.missed));
        let f1 = 2.0 * precision * recall / (precision + recall);
        write!(
            f,
            "F1 {f1:.4}  precision {precision:.4}  recall {recall:.4}  {:.2} s",
            self.time.as_secs_f64()
        )
    }
}

/// Runs of four words, counted; a shorter text is one run.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let mut counts = HashMap::new();
    if words.len() < 4 && !words.is_empty() {
        counts.insert(words, 1);
    } else {
        words.windows(4).for_each(|run| *counts.entry(run.to_vec()).or_insert(0) += 1);
    }
    counts
}
