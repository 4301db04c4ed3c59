use crate::engine::EngineChoice;
use anyhow::{Context, Result};
use clap::Args;
use dateline::Span;
use dateline::reading::Time;
use dateline::syntax::Engine;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;

/// Scores times and their TIMEX3 values.
#[derive(Debug, Args)]
pub(crate) struct Times {
    /// JSON Lines with `text`, `published` and `times` of `start`, `end` and `value`.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Prints every time that is missed, wrong or of no gold time.
    #[arg(long)]
    errors: bool,
    /// A codebook folder instead of the one in the program.
    #[arg(long)]
    codebook: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineChoice,
}

/// One time: characters and value.
struct Timex {
    start: u64,
    end: u64,
    value: String,
}

/// Counts that F1 is made of.
#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    overlapping: usize,
    same_span: usize,
    same_value: usize,
    same_both: usize,
}

impl Times {
    /// Reads every document and prints one line a file.
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<()> {
        let engine = self.engine.open()?;
        let rules = crate::codebook(self.codebook.as_deref())?.times;
        writeln!(
            out,
            "{:<24} {:>6} {:>6} {:>8} {:>8} {:>8} {:>8}",
            "", "gold", "found", "overlap", "span", "value", "both"
        )?;
        for file in &self.files {
            let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let errors = self.errors.then_some(&mut *out as &mut dyn Write);
            let counts = score(&lines, &*engine, &rules, self.engine.jobs, errors)?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            writeln!(
                out,
                "{name:<24} {:>6} {:>6} {:>8.1} {:>8.1} {:>8.1} {:>8.1}",
                counts.gold,
                counts.found,
                counts.f1(counts.overlapping),
                counts.f1(counts.same_span),
                counts.f1(counts.same_value),
                counts.f1(counts.same_both),
            )?;
        }
        Ok(())
    }
}

/// Counts over all documents of a file.
fn score(
    lines: &str,
    engine: &dyn Engine,
    rules: &dateline_codebook::TimeRules,
    jobs: usize,
    mut errors: Option<&mut dyn Write>,
) -> Result<Counts> {
    let documents: Vec<Value> =
        lines.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let text_of = |document: &Value| -> String {
        document.get("text").and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let found = crate::parallel::map(&documents, jobs, |document| {
        let text = text_of(document);
        let sentences = engine.analyse(&text, &crate::paragraphs::paragraphs(&text));
        let found = dateline_reading::read_times(&text, &sentences, published(document), rules);
        let timex = |t: Time| Timex { start: t.span.start.into(), end: t.span.end.into(), value: t.value };
        found.into_iter().map(timex).collect::<Vec<_>>()
    });
    let mut counts = Counts::default();
    for (document, found) in documents.iter().zip(&found) {
        // A reborrow that lives for one document only.
        let errors = errors.as_mut().map(|out| &mut **out as &mut dyn Write);
        counts.add(&text_of(document), &gold(document), found, errors)?;
    }
    Ok(counts)
}

impl Counts {
    fn add(
        &mut self,
        text: &str,
        gold: &[Timex],
        found: &[Timex],
        mut errors: Option<&mut dyn Write>,
    ) -> Result<()> {
        self.gold += gold.len();
        self.found += found.len();
        let offsets = dateline::CharOffsets::new(text);
        let around = |t: &Timex| {
            let wide =
                dateline::CharSpan { start: t.start.saturating_sub(60) as u32, end: t.end as u32 + 40 };
            let all: Span = offsets.bytes(wide);
            let own = offsets.bytes(dateline::CharSpan { start: t.start as u32, end: t.end as u32 });
            (own.of(text).replace('\n', " "), all.of(text).replace('\n', " "))
        };
        let mut used = vec![false; gold.len()];
        for time in found {
            let matching =
                gold.iter().enumerate().find(|(i, g)| !used[*i] && g.start < time.end && time.start < g.end);
            let Some((i, best)) = matching else {
                if let Some(out) = errors.as_deref_mut() {
                    let (own, all) = around(time);
                    writeln!(out, "extra\t{own}\t{}\t\t{all}", time.value)?;
                }
                continue;
            };
            used[i] = true;
            let span = (time.start, time.end) == (best.start, best.end);
            let value = canonical(&time.value) == canonical(&best.value);
            self.overlapping += 1;
            self.same_span += usize::from(span);
            self.same_value += usize::from(value);
            self.same_both += usize::from(span && value);
            if let Some(out) = errors.as_deref_mut().filter(|_| !(span && value)) {
                let (own, all) = around(time);
                let kind = if value { "span" } else { "value" };
                writeln!(out, "{kind}\t{own}\t{}\t{} ({})\t{all}", time.value, around(best).0, best.value)?;
            }
        }
        for missed in gold.iter().zip(&used).filter(|(_, used)| !**used).map(|(g, _)| g) {
            if let Some(out) = errors.as_deref_mut() {
                let (own, all) = around(missed);
                writeln!(out, "missed\t{own}\t\t{}\t{all}", missed.value)?;
            }
        }
        Ok(())
    }

    fn f1(&self, right: usize) -> f64 {
        200.0 * right as f64 / (self.gold + self.found).max(1) as f64
    }
}

fn gold(document: &Value) -> Vec<Timex> {
    let list = document.get("times").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let number = |t: &Value, key: &str| t.get(key).and_then(Value::as_u64).unwrap_or(0);
    let value = |t: &Value| t.get("value").and_then(Value::as_str).unwrap_or_default().to_owned();
    list.iter().map(|t| Timex { start: number(t, "start"), end: number(t, "end"), value: value(t) }).collect()
}

fn published(document: &Value) -> Option<(i16, i8, i8)> {
    let mut parts = document.get("published")?.as_str()?.get(..10)?.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// One spelling for values that the corpora spell in several ways: decades, centuries, open ends, weeks of one digit,
/// full hours without minutes.
fn canonical(value: &str) -> String {
    let mut value = value.to_uppercase().replace("-XX", "");
    if let Some((date, clock)) = value.split_once('T')
        && clock.len() == 2
        && date.len() > 2
        && clock.bytes().all(|b| b.is_ascii_digit())
    {
        value.push_str(":00");
    }
    if let Some((year, week)) = value.split_once("-W")
        && week.len() == 1
        && week.bytes().all(|b| b.is_ascii_digit())
    {
        value = format!("{year}-W0{week}");
    }
    if value.len() == 4 && value.starts_with(|c: char| c.is_ascii_digit()) {
        value = value.trim_end_matches('X').to_owned();
    }
    for unit in ["DE", "E"] {
        if let Some(count) =
            value.strip_prefix('P').and_then(|v| v.strip_suffix(unit)).and_then(|n| n.parse::<u32>().ok())
        {
            return format!("P{}Y", count * 10);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F1 of spans and values on a corpus with the fast engine, which is quick enough for a test.
    fn value_f1(corpus: &str) -> Option<f64> {
        let file = crate::shared::data(&format!("times/{corpus}.jsonl"))?;
        let lines = std::fs::read_to_string(file).unwrap();
        let engine = dateline_syntax::Fast::embedded().unwrap();
        let rules = dateline_codebook::TimeRules::standard().unwrap();
        let counts = score(&lines, &engine, &rules, 1, None).unwrap();
        Some(counts.f1(counts.same_both))
    }

    /// The floors lie a point under what is measured: a rule that moves fewer than some ten times either way may come
    /// and go, and a tagger that changes a little does not fail the test.
    #[test]
    fn times_stay_as_good_as_they_are() {
        for (corpus, floor) in [("timebank", TIMEBANK), ("aquaint", AQUAINT)] {
            if let Some(f1) = value_f1(corpus) {
                assert!(f1 >= floor, "{corpus}: value F1 {f1:.1} is under {floor}");
            }
        }
    }

    #[test]
    fn spellings_of_one_value_are_one() {
        assert_eq!(canonical("2000-W7"), canonical("2000-W07"));
        assert_eq!(canonical("1989-11-06T17"), canonical("1989-11-06T17:00"));
        assert_eq!(canonical("199X"), canonical("199"));
        assert_eq!(canonical("P2DE"), canonical("P20Y"));
        assert_ne!(canonical("P1D"), canonical("P1W"));
    }

    const TIMEBANK: f64 = 78.5;
    const AQUAINT: f64 = 72.0;
}
