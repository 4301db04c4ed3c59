//! The bodies, headlines and dates of saved pages, beside what the underlying extractor gives alone.

mod shingles;
mod stated;

use anyhow::{Context, Result};
use clap::Args;
use dateline::{Article, Articles, BlockKind};
use serde_json::{Map, Value};
use shingles::{Score, Tally};
use stated::Stated;
use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use std::time::Instant;

/// Scores the reading of saved pages.
///
/// The folder has the layout of the article-extraction-benchmark: `ground-truth.json` (page id → `articleBody`) and
/// `pages/ID.html.gz`. The figure is the benchmark's: words are `\w+`; a page's true positives, false positives and
/// false negatives over counted shingles of four words are divided by their sum; precision and recall come from the
/// totals over pages. Title and date are compared with what a page states of itself for machines, where it does.
#[derive(Debug, Args)]
pub(crate) struct Pages {
    /// The folder.
    folder: PathBuf,
    /// Show what is wrong with this many pages, the worst first.
    #[arg(long, default_value_t = 0)]
    worst: usize,
    /// A table of the pages, the worst first: F1 beside that of the extractor alone, precision, recall, and how many
    /// runs of words are too many or missing.
    #[arg(long)]
    pages: bool,
}

/// One page, read both ways.
struct Page {
    id: String,
    truth: String,
    text: String,
    alone: Score,
    ours: Score,
}

impl Pages {
    /// Reads every page and prints the table.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let truth = self.folder.join("ground-truth.json");
        let truth = std::fs::read_to_string(&truth).with_context(|| truth.display().to_string())?;
        let truth: Map<String, Value> = serde_json::from_str(&truth)?;
        let (mut alone, mut ours) = (Tally::default(), Tally::default());
        let (mut titles, mut dates) = (Exact::default(), Exact::default());
        let mut pages = Vec::new();
        let mut bytes_read = 0;
        for (id, entry) in &truth {
            let body = entry.get("articleBody").and_then(Value::as_str).unwrap_or_default();
            let html = page(&self.folder.join(format!("pages/{id}.html.gz")))?;
            bytes_read += html.len();
            let text = String::from_utf8_lossy(&html);
            let start = Instant::now();
            let found = extractor_alone(&text);
            alone.seconds += start.elapsed().as_secs_f64();
            let stated = Stated::read(&text);
            drop(text);
            let start = Instant::now();
            let article = Articles::open(id.as_str(), Box::new(Cursor::new(html))).flatten().next();
            ours.seconds += start.elapsed().as_secs_f64();
            let article = article.unwrap_or_default();
            titles.add(id, &stated.titles, article.title.as_deref(), stated::same_title);
            let published = article.published.as_ref().map(|time| time.as_str());
            dates.add(id, stated.published.as_slice(), published, stated::same_time);
            let text = body_of(&article);
            let (alone, ours) = (alone.add(body, &found), ours.add(body, &text));
            pages.push(Page { id: id.clone(), truth: body.to_owned(), text, alone, ours });
        }
        writeln!(out, "{:<16}{:>8}{:>11}{:>8}{:>10}", "", "F1", "precision", "recall", "pages/s")?;
        for (name, tally) in [("dom_smoothie", &alone), ("dateline", &ours)] {
            let rate = pages.len() as f64 / tally.seconds;
            let (f1, precision, recall) = (tally.f1(), tally.precision(), tally.recall());
            writeln!(out, "{name:<16}{f1:>8.4}{precision:>11.4}{recall:>8.4}{rate:>10.0}")?;
        }
        writeln!(out, "{} pages, {:.1} MB", pages.len(), bytes_read as f64 / 1e6)?;
        titles.print(out, "titles")?;
        dates.print(out, "dates")?;
        pages.sort_by(|a, b| a.ours.f1().total_cmp(&b.ours.f1()).then_with(|| a.id.cmp(&b.id)));
        if self.pages {
            let heads = ["F1", "alone", "precision", "recall", "too many", "missing"];
            writeln!(out, "{:<10}{}", "page", heads.map(|head| format!("{head:>10}")).concat())?;
            pages.iter().try_for_each(|page| page.row(out))?;
        }
        pages.iter().take(self.worst).try_for_each(|page| page.print(out))
    }
}

impl Page {
    fn row(&self, out: &mut impl Write) -> Result<()> {
        let shares = [self.ours.f1(), self.alone.f1(), self.ours.precision(), self.ours.recall()];
        let shares = shares.map(|share| format!("{share:>10.4}")).concat();
        writeln!(out, "{:<10}{shares}{:>10}{:>10}", short(&self.id), self.ours.extra, self.ours.missed)?;
        Ok(())
    }

    /// The lines that are too many, and those that are missing.
    fn print(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "\n{} {:.4} (alone {:.4})", self.id, self.ours.f1(), self.alone.f1())?;
        let (truth, text) = (lines(&self.truth), lines(&self.text));
        for line in text.iter().filter(|line| !truth.contains(line)).take(14) {
            writeln!(out, "  + {line}")?;
        }
        for line in truth.iter().filter(|line| !text.contains(line)).take(14) {
            writeln!(out, "  - {line}")?;
        }
        Ok(())
    }
}

/// Enough of a page's id to tell it by.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

fn lines(text: &str) -> Vec<String> {
    let line = |line: &str| {
        line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(150).collect::<String>()
    };
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

fn page(path: &std::path::Path) -> Result<Vec<u8>> {
    let mut html = Vec::new();
    let file = File::open(path).with_context(|| path.display().to_string())?;
    flate2::read::MultiGzDecoder::new(file).read_to_end(&mut html)?;
    Ok(html)
}

fn body_of(article: &Article) -> String {
    let mut text = String::new();
    let in_body = |kind| !matches!(kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Caption);
    for block in article.blocks.iter().filter(|block| in_body(block.kind)) {
        text.push_str(block.span.of(&article.text));
        text.push('\n');
    }
    text
}

/// The text that the underlying crate gives by itself.
fn extractor_alone(html: &str) -> String {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let article = dom_smoothie::Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

/// How often what was read is what the page states.
#[derive(Default)]
struct Exact {
    stated: usize,
    /// As the first of several statements has it, and as any has it.
    right: usize,
    right_by_any: usize,
    wrong: Vec<String>,
}

impl Exact {
    fn add(&mut self, id: &str, stated: &[String], read: Option<&str>, same: fn(&str, &str) -> bool) {
        let Some(first) = stated.first() else { return };
        let as_read = |stated: &String| read.is_some_and(|read| same(stated, read));
        self.stated += 1;
        self.right += usize::from(as_read(first));
        self.right_by_any += usize::from(stated.iter().any(as_read));
        if !as_read(first) {
            self.wrong.push(format!("{} states {stated:?}, read {read:?}", short(id)));
        }
    }

    fn print(&self, out: &mut impl Write, what: &str) -> Result<()> {
        let percent = |right: usize| 100.0 * right as f64 / self.stated.max(1) as f64;
        let (first, any) = (percent(self.right), percent(self.right_by_any));
        writeln!(
            out,
            "{what}: {} of {} pages that state one ({first:.1} %); as any statement has it {} ({any:.1} %)",
            self.right, self.stated, self.right_by_any
        )?;
        self.wrong.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        Ok(())
    }
}
