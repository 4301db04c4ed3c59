use anyhow::{Context, Result};
use clap::Args;
use dateline::reading::QuoteKind;
use dateline::syntax::Engine;
use dateline::{Article, Block, BlockKind};
use dateline_reading::QuotePart;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;

/// Scores quotes and their speakers.
///
/// A quote is found when it and a gold content share at least half of the characters that either has. Its speaker is
/// right when the speaker's head word lies in the gold source. "inside" counts the direct and mixed quotes that are
/// part of a longer gold content, and how many of those have the right speaker.
#[derive(Debug, Args)]
pub(crate) struct Quotes {
    /// JSON Lines with `text` and `attributions` of `source`, `cue` and `content`, each a list of ranges.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A model file; the one in the program without it.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// One gold attribution.
struct Attribution {
    source: Vec<(u64, u64)>,
    content: Vec<(u64, u64)>,
}

/// Counts of one kind of quote.
#[derive(Clone, Copy, Default)]
struct Counts {
    found: usize,
    matched: usize,
    with_source: usize,
    right_speaker: usize,
    inside: usize,
    inside_right: usize,
}

impl Quotes {
    /// Reads every document and prints one line a kind of quote.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let engine = crate::engine(self.model.as_deref())?;
        let codebook = dateline::Codebook::standard()?;
        for file in &self.files {
            let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let (mut gold_count, mut counts) = (0, [Counts::default(); 3]);
            for line in lines.lines().filter(|l| !l.trim().is_empty()) {
                let document: Value = serde_json::from_str(line)?;
                let article = article(&document);
                let blocks: Vec<_> = article.blocks.iter().map(|b| b.span).collect();
                let sentences = engine.analyse(&article.text, &blocks);
                let found = dateline_reading::read_quotes(&article, &sentences, &codebook);
                let gold = attributions(&document);
                gold_count += gold.len();
                compare(&found, &gold, &mut counts);
            }
            print(out, &file.file_stem().unwrap_or_default().to_string_lossy(), gold_count, &counts)?;
        }
        Ok(())
    }
}

fn article(document: &Value) -> Article {
    let text = document.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    let block = |span| Block { kind: BlockKind::Paragraph, span };
    let blocks = crate::paragraphs::paragraphs(&text).into_iter().map(block).collect();
    Article { text, blocks, ..Article::default() }
}

fn attributions(document: &Value) -> Vec<Attribution> {
    let list = document.get("attributions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let ranges = |a: &Value, key: &str| -> Vec<(u64, u64)> {
        let list = a.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|r| Some((r.get(0)?.as_u64()?, r.get(1)?.as_u64()?))).collect()
    };
    let read = |a: &Value| Attribution { source: ranges(a, "source"), content: ranges(a, "content") };
    list.iter().map(read).filter(|a| !a.content.is_empty()).collect()
}

fn compare(found: &[QuotePart], gold: &[Attribution], counts: &mut [Counts; 3]) {
    let mut used = vec![false; gold.len()];
    for quote in found {
        let Some(count) = counts.get_mut(quote.kind as usize) else { continue };
        count.found += 1;
        let (start, end) = (u64::from(quote.span.start), u64::from(quote.span.end));
        let shared = |a: &Attribution| -> u64 {
            a.content.iter().map(|&(from, to)| to.min(end).saturating_sub(from.max(start))).sum()
        };
        let all = |a: &Attribution| -> u64 {
            a.content.iter().map(|&(from, to)| to - from).sum::<u64>() + (end - start) - shared(a)
        };
        let speaks = |a: &Attribution| {
            let at = quote.speaker.map(|s| u64::from(s.start));
            at.is_some_and(|at| a.source.iter().any(|&(from, to)| from <= at && at < to))
        };
        let free = gold.iter().enumerate().filter(|(i, a)| !used[*i] && 2 * shared(a) >= all(a));
        if let Some((i, best)) = free.max_by_key(|(_, a)| shared(a)) {
            used[i] = true;
            count.matched += 1;
            count.with_source += usize::from(!best.source.is_empty());
            count.right_speaker += usize::from(speaks(best));
        } else if let Some(whole) = gold.iter().find(|a| 10 * shared(a) >= 8 * (end - start)) {
            count.inside += usize::from(!whole.source.is_empty());
            count.inside_right += usize::from(speaks(whole));
        }
    }
}

fn print(out: &mut impl Write, name: &str, gold: usize, counts: &[Counts; 3]) -> Result<()> {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    writeln!(out, "{name}: {gold} gold contents")?;
    writeln!(
        out,
        "{:<10} {:>7} {:>8} {:>9} {:>7} {:>9}",
        "", "found", "matched", "speaker", "inside", "speaker"
    )?;
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
    for (kind, count) in kinds.iter().zip(counts) {
        let speaker = percent(count.right_speaker, count.with_source);
        let inside = percent(count.inside_right, count.inside);
        writeln!(
            out,
            "{:<10} {:>7} {:>8} {speaker:>8.1}% {:>7} {inside:>8.1}%",
            format!("{kind:?}").to_lowercase(),
            count.found,
            count.matched,
            count.inside
        )?;
    }
    let sum = |of: fn(&Counts) -> usize| counts.iter().map(of).sum::<usize>();
    let (found, matched) = (sum(|c| c.found), sum(|c| c.matched));
    let f1 = 200.0 * matched as f64 / (gold + found).max(1) as f64;
    let speaker = percent(sum(|c| c.right_speaker), sum(|c| c.with_source));
    writeln!(
        out,
        "precision {:.1}, recall {:.1}, F1 {f1:.1}; speaker {speaker:.1}% of the matched",
        percent(matched, found),
        percent(matched, gold)
    )?;
    Ok(())
}
