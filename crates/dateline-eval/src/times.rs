use anyhow::{Context, Result};
use clap::Args;
use dateline::Span;
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
    /// A model file; the one in the program without it.
    #[arg(long)]
    model: Option<PathBuf>,
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
        let engine = crate::engine(self.model.as_deref())?;
        let rules = dateline_codebook::TimeRules::standard()?;
        writeln!(
            out,
            "{:<24} {:>6} {:>6} {:>8} {:>8} {:>8} {:>8}",
            "", "gold", "found", "overlap", "span", "value", "both"
        )?;
        for file in &self.files {
            let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let mut counts = Counts::default();
            for line in lines.lines().filter(|l| !l.trim().is_empty()) {
                let document: Value = serde_json::from_str(line)?;
                let text = document.get("text").and_then(Value::as_str).unwrap_or_default();
                let sentences = engine.analyse(text, &crate::paragraphs::paragraphs(text));
                let found = dateline_reading::read_times(text, &sentences, published(&document), &rules);
                let found: Vec<Timex> = found
                    .into_iter()
                    .map(|t| Timex { start: t.span.start.into(), end: t.span.end.into(), value: t.value })
                    .collect();
                let errors = self.errors.then_some(&mut *out as &mut dyn Write);
                counts.add(text, &gold(&document), &found, errors)?;
            }
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

/// One spelling for values that the corpora spell in several ways: decades, centuries, open ends.
fn canonical(value: &str) -> String {
    let mut value = value.to_uppercase().replace("-XX", "");
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
