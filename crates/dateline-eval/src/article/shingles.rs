use std::collections::HashMap;

/// The benchmark's counts over pages.
#[derive(Default)]
pub(super) struct Tally {
    hits: f64,
    extra: f64,
    missed: f64,
    pub(super) seconds: f64,
}

/// The counts of one page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) hits: usize,
    /// Runs that are too many.
    pub(super) extra: usize,
    pub(super) missed: usize,
}

impl Score {
    pub(super) fn f1(self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.extra + self.missed)
    }

    pub(super) fn precision(self) -> f64 {
        share(self.hits, self.hits + self.extra)
    }

    pub(super) fn recall(self) -> f64 {
        share(self.hits, self.hits + self.missed)
    }
}

fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

impl Tally {
    /// Adds a page and gives its own counts.
    pub(super) fn add(&mut self, truth: &str, text: &str) -> Score {
        let (truth, found) = (shingles(truth), shingles(text));
        let hits: usize = truth.iter().map(|(key, n)| (*n).min(found.get(key).copied().unwrap_or(0))).sum();
        let extra = found.values().sum::<usize>() - hits;
        let missed = truth.values().sum::<usize>() - hits;
        let all = (hits + extra + missed) as f64;
        if all > 0.0 {
            self.hits += hits as f64 / all;
            self.extra += extra as f64 / all;
            self.missed += missed as f64 / all;
        }
        Score { hits, extra, missed }
    }

    pub(super) fn precision(&self) -> f64 {
        self.hits / (self.hits + self.extra).max(f64::MIN_POSITIVE)
    }

    pub(super) fn recall(&self) -> f64 {
        self.hits / (self.hits + self.missed).max(f64::MIN_POSITIVE)
    }

    pub(super) fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

/// Runs of four words, counted; a shorter text is one run. Words are `\w+`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_runs() {
        let mut tally = Tally::default();
        assert_eq!(tally.add("a b c d e", "a b c d e").f1(), 1.0);
        assert_eq!(tally.add("a b c d e", "a b c d x").f1(), 0.5);
        assert_eq!(tally.add("", "").f1(), 0.0);
        assert!((tally.precision() - 4.0 / 5.0).abs() < 1e-9);
    }
}
