use crate::engine;
use crate::syntax::Tally;
use anyhow::{Context, Result};
use clap::Args;
use dateline_syntax::{Engine, NameKind};
use dateline_text::Span;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Scores names against a file of words with BIO labels: exact spans and kinds, on the file's own words.
#[derive(Debug, Args)]
pub(crate) struct Names {
    /// Words and labels, one a line, in the columns of Universal NER (`number word label …`) or CoNLL (`word … label`).
    #[arg(long)]
    gold: PathBuf,
    /// A model file instead of the one in the program.
    #[arg(long)]
    model: Option<PathBuf>,
}

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Words with their labels.
type Labelled = Vec<(String, String)>;

impl Names {
    pub(crate) fn run(&self, out: &mut impl std::io::Write) -> Result<()> {
        let engine = engine(self.model.as_deref())?;
        let content = std::fs::read_to_string(&self.gold)
            .with_context(|| format!("cannot read {}", self.gold.display()))?;
        let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
        for sentence in sentences(&content) {
            let (mut text, mut words) = (String::new(), Vec::new());
            for (form, _) in &sentence {
                words.push(Span::new(text.len(), text.len() + form.len()));
                text.push_str(form);
                text.push(' ');
            }
            let gold = spans(&sentence);
            let system: Vec<(usize, usize, &str)> = engine
                .analyse_words(&text, &words)
                .names
                .iter()
                .map(|n| (n.first as usize, n.end as usize, label(n.kind)))
                .collect();
            for kind in KINDS.into_iter().chain(["all"]) {
                let of = |k: &str| kind == k || kind == "all" && KINDS.contains(&k);
                let tally = tallies.entry(kind).or_default();
                tally.gold += gold.iter().filter(|s| of(&s.2)).count();
                tally.system += system.iter().filter(|s| of(s.2)).count();
                tally.right += system
                    .iter()
                    .filter(|s| of(s.2) && gold.iter().any(|g| (g.0, g.1, g.2.as_str()) == **s))
                    .count();
            }
        }
        writeln!(out, "{} on gold words, {}", self.gold.display(), engine.id())?;
        for kind in KINDS.into_iter().chain(["all"]) {
            let t = tallies.get(kind).copied().unwrap_or_default();
            let percent = |of: usize| 100.0 * t.right as f64 / of.max(1) as f64;
            writeln!(
                out,
                "{kind:>5} F1 {:6.2}  precision {:6.2}  recall {:6.2}  ({} names)",
                t.f1(),
                percent(t.system),
                percent(t.gold),
                t.gold
            )?;
        }
        Ok(())
    }
}

fn label(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organization => "ORG",
        NameKind::Place => "LOC",
        NameKind::Other => "MISC",
    }
}

fn sentences(content: &str) -> Vec<Labelled> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for line in content.lines().chain([""]) {
        if line.trim().is_empty() {
            if !open.is_empty() {
                all.push(std::mem::take(&mut open));
            }
        } else if !line.starts_with("# ") && !line.starts_with("-DOCSTART-") {
            let cells: Vec<&str> = line.split(['\t', ' ']).collect();
            let pair = match cells[..] {
                [number, word, label, ..] if number.parse::<usize>().is_ok() && cells.len() > 3 => {
                    Some((word, label))
                }
                [word, .., label] => Some((word, label)),
                _ => None,
            };
            open.extend(pair.map(|(w, l)| (w.to_owned(), l.to_owned())));
        }
    }
    all
}

/// Names as (first word, one past the last, kind).
fn spans(sentence: &Labelled) -> Vec<(usize, usize, String)> {
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    for (i, (_, label)) in sentence.iter().enumerate() {
        match (label.split_once('-'), spans.last_mut()) {
            (Some(("I", kind)), Some(last)) if last.1 == i && last.2 == kind => last.1 = i + 1,
            (Some((_, kind)), _) => spans.push((i, i + 1, kind.to_owned())),
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_layouts() {
        let a = sentences("# sent_id = 1\n1\tIn\tO\t-\t-\n2\tNew\tB-LOC\t-\t-\n3\tYork\tI-LOC\t-\t-\n");
        let b = sentences("In O\nNew B-LOC\nYork I-LOC\n\n");
        assert_eq!(a, b);
        assert_eq!(spans(&a[0]), [(1, 3, "LOC".to_owned())]);
    }
}
