//! What was found of what annotators marked, and why the rest was not.

use super::Attribution;
use anyhow::Result;
use dateline::reading::{QuoteClass, QuoteKind};
use dateline_reading::QuotePart;
use std::collections::BTreeMap;
use std::io::Write;

/// A quote with those that go on from it.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    parts: Vec<(u64, u64)>,
    kind: QuoteKind,
    class: QuoteClass,
    /// Where the speaker's head word begins.
    speaker: Option<u64>,
    cue: Option<(u64, u64)>,
    /// Whether it is reported in another's words; the gold has no such, and they are counted apart.
    nested: bool,
}

/// Counts of one kind or class of quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    found: usize,
    matched: usize,
    with_source: usize,
    right_speaker: usize,
}

/// The score of some documents.
#[derive(Debug, Default)]
pub(super) struct Score {
    gold: usize,
    gold_with_source: usize,
    /// Statements found inside others.
    nested: usize,
    kinds: [Counts; 3],
    classes: BTreeMap<QuoteClass, Counts>,
    /// By the words of the cue, in lower case.
    cues: BTreeMap<String, Counts>,
    /// Causes of what was missed or found in vain, with how often and one line for each.
    missed: BTreeMap<&'static str, Vec<String>>,
    spurious: BTreeMap<&'static str, Vec<String>>,
}

impl Statement {
    /// Joins quotes to statements.
    pub(super) fn of(found: &[QuotePart]) -> Vec<Self> {
        let mut list: Vec<Self> = Vec::new();
        let mut of = vec![0; found.len()];
        for (at, quote) in found.iter().enumerate() {
            let parts = quote.parts.iter().map(|p| (u64::from(p.start), u64::from(p.end)));
            let before = quote.continues.filter(|&c| c < at).and_then(|c| of.get(c).copied());
            match before.and_then(|b| list.get_mut(b)) {
                Some(statement) => {
                    statement.parts.extend(parts);
                    of[at] = before.unwrap_or_default();
                }
                None => {
                    of[at] = list.len();
                    list.push(Self {
                        parts: parts.collect(),
                        kind: quote.kind,
                        class: quote.class,
                        speaker: quote.speaker.map(|s| u64::from(s.start)),
                        cue: quote.cue.map(|c| (u64::from(c.start), u64::from(c.end))),
                        nested: quote.within.is_some(),
                    });
                }
            }
        }
        list
    }

    fn shared(&self, gold: &Attribution) -> u64 {
        let pairs = self.parts.iter().flat_map(|a| gold.content.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| a.1.min(b.1).saturating_sub(a.0.max(b.0))).sum()
    }

    /// Whether half of the characters of either are of both.
    fn is_half(&self, gold: &Attribution) -> bool {
        let shared = self.shared(gold);
        2 * shared >= length(&self.parts) + length(&gold.content) - shared && shared > 0
    }

    fn speaks_in(&self, gold: &Attribution) -> bool {
        self.speaker.is_some_and(|at| gold.source.iter().any(|&(from, to)| from <= at && at < to))
    }
}

fn length(ranges: &[(u64, u64)]) -> u64 {
    ranges.iter().map(|(from, to)| to.saturating_sub(*from)).sum()
}

impl Score {
    /// Counts one document.
    pub(super) fn add(&mut self, text: &str, found: &[Statement], gold: &[Attribution]) {
        let letters: Vec<char> = text.chars().collect();
        let words = |ranges: &[(u64, u64)]| {
            let part = |&(from, to): &(u64, u64)| -> String {
                let part = letters.get(from as usize..to as usize).unwrap_or_default();
                part.iter().map(|&c| if c.is_whitespace() { ' ' } else { c }).collect()
            };
            ranges.iter().map(part).collect::<Vec<_>>().join(" … ")
        };
        self.gold += gold.len();
        self.gold_with_source += gold.iter().filter(|a| !a.source.is_empty()).count();
        let mut used = vec![false; gold.len()];
        self.nested += found.iter().filter(|s| s.nested).count();
        for statement in found.iter().filter(|s| !s.nested) {
            let free = gold.iter().enumerate().filter(|(i, a)| !used[*i] && statement.is_half(a));
            let best = free.max_by_key(|(_, a)| statement.shared(a)).map(|(i, _)| i);
            if let Some(i) = best {
                used[i] = true;
            }
            let matched = best.and_then(|i| gold.get(i));
            let with_source = matched.is_some_and(|a| !a.source.is_empty());
            let right = with_source && matched.is_some_and(|a| statement.speaks_in(a));
            let cue = statement.cue.map(|c| words(&[c])).unwrap_or_default();
            for counts in [
                &mut self.kinds[statement.kind as usize],
                self.classes.entry(statement.class).or_default(),
                self.cues.entry(cue.to_lowercase()).or_default(),
            ] {
                counts.found += 1;
                counts.matched += usize::from(matched.is_some());
                counts.with_source += usize::from(with_source);
                counts.right_speaker += usize::from(right);
            }
            let line = format!("[{cue}] {}", words(&statement.parts));
            if matched.is_none() {
                let touched = gold.iter().any(|a| statement.shared(a) > 0);
                let cause = if touched { "less than half shared" } else { "nothing there" };
                self.spurious.entry(cause).or_default().push(line);
            } else if with_source && !right {
                self.spurious.entry("another speaker").or_default().push(line);
            }
        }
        for attribution in gold.iter().zip(&used).filter(|(_, used)| !**used).map(|(a, _)| a) {
            let same_cue =
                |s: &Statement| s.cue.is_some_and(|c| attribution.cue.iter().any(|g| g.0 < c.1 && c.0 < g.1));
            let cause = if found.iter().any(same_cue) {
                "cue found, content not"
            } else if found.iter().any(|s| s.shared(attribution) > 0) {
                "cue not found, content touched"
            } else {
                "not found"
            };
            let line = format!(
                "({}) [{}] {}",
                words(&attribution.source),
                words(&attribution.cue),
                words(&attribution.content)
            );
            self.missed.entry(cause).or_default().push(line);
        }
    }

    fn sum(&self, of: fn(&Counts) -> usize) -> usize {
        self.kinds.iter().map(of).sum()
    }

    /// F1 of contents, in percent.
    pub(super) fn f1(&self) -> f64 {
        percent(2 * self.sum(|c| c.matched), self.gold + self.sum(|c| c.found))
    }

    /// Of the direct quotes that were found and have a gold source, how many have the right speaker, in percent.
    #[cfg(test)]
    pub(super) fn speakers_of_direct(&self) -> f64 {
        let direct = &self.kinds[QuoteKind::Direct as usize];
        percent(direct.right_speaker, direct.with_source)
    }

    /// One line a kind and a class, and the sums.
    pub(super) fn print(&self, out: &mut impl Write, name: &str) -> Result<()> {
        writeln!(out, "{name}: {} gold contents, {} with a source", self.gold, self.gold_with_source)?;
        writeln!(out, "{:<12} {:>7} {:>8} {:>10} {:>9}", "", "found", "matched", "precision", "speaker")?;
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
        let kinds = kinds.iter().zip(&self.kinds).map(|(kind, counts)| (format!("{kind:?}"), counts));
        let classes = self.classes.iter().map(|(class, counts)| (format!("{class:?}"), counts));
        for (label, counts) in kinds.chain(classes) {
            writeln!(
                out,
                "{:<12} {:>7} {:>8} {:>9.1}% {:>8.1}%",
                label.to_lowercase(),
                counts.found,
                counts.matched,
                percent(counts.matched, counts.found),
                percent(counts.right_speaker, counts.with_source)
            )?;
        }
        writeln!(out, "inside another's words, not scored: {}", self.nested)?;
        for (what, causes) in [("missed", &self.missed), ("in vain or wrong", &self.spurious)] {
            let causes: Vec<_> =
                causes.iter().map(|(cause, lines)| format!("{} {cause}", lines.len())).collect();
            writeln!(out, "{what}: {}", causes.join(", "))?;
        }
        let (found, matched, right) =
            (self.sum(|c| c.found), self.sum(|c| c.matched), self.sum(|c| c.right_speaker));
        writeln!(
            out,
            "precision {:.1}, recall {:.1}, F1 {:.1}; speaker {:.1}% of the matched, {:.1}% of all gold, with a source",
            percent(matched, found),
            percent(matched, self.gold),
            self.f1(),
            percent(right, self.sum(|c| c.with_source)),
            percent(right, self.gold_with_source)
        )?;
        Ok(())
    }

    /// One line a cue's words, the most frequent first: what it finds, and how much of that is right.
    pub(super) fn print_cues(&self, out: &mut impl Write) -> Result<()> {
        let mut cues: Vec<_> = self.cues.iter().collect();
        cues.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.found));
        for (cue, counts) in cues {
            writeln!(out, "cue {cue}: {} found, {} matched", counts.found, counts.matched)?;
        }
        Ok(())
    }

    /// Every fault with its cause.
    pub(super) fn print_errors(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "inside another's words, not scored: {}", self.nested)?;
        for (what, causes) in [("missed", &self.missed), ("found", &self.spurious)] {
            for (cause, lines) in causes {
                for line in lines {
                    writeln!(out, "{what}, {cause}: {line}")?;
                }
            }
        }
        Ok(())
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(parts: &[(u64, u64)], speaker: u64) -> Statement {
        Statement {
            parts: parts.to_vec(),
            kind: QuoteKind::Direct,
            class: QuoteClass::Statement,
            speaker: Some(speaker),
            cue: None,
            nested: false,
        }
    }

    #[test]
    fn half_of_the_characters_must_be_shared_and_each_gold_counts_once() {
        let text = "x".repeat(60);
        let gold = [Attribution { source: vec![(50, 55)], cue: vec![], content: vec![(0, 10), (20, 30)] }];
        let mut score = Score::default();
        score.add(&text, &[statement(&[(0, 10), (20, 30)], 52), statement(&[(0, 10)], 52)], &gold);
        assert_eq!(score.kinds[0], Counts { found: 2, matched: 1, with_source: 1, right_speaker: 1 });
        assert_eq!(score.f1(), percent(2, 3));
        let mut short = Score::default();
        short.add(&text, &[statement(&[(0, 9)], 10)], &gold);
        assert_eq!(short.kinds[0].matched, 0);
        assert_eq!(short.missed.len(), 1);
    }
}
