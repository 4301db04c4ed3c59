use std::collections::HashMap;

/// The benchmark's counts over pages.
#[derive(Default)]
pub(super) struct Tally {
    hits: f64,
    extra: f64,
    missed: f64,
    pub(super) seconds: f64,
}

impl Tally {
    /// Adds a page and gives its own F1.
    pub(super) fn add(&mut self, truth: &str, text: &str) -> f64 {
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
        2.0 * hits as f64 / (2.0 * hits as f64 + extra as f64 + missed as f64).max(1.0)
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
        assert_eq!(tally.add("a b c d e", "a b c d e"), 1.0);
        assert_eq!(tally.add("a b c d e", "a b c d x"), 0.5);
        assert_eq!(tally.add("", ""), 0.0);
        assert!((tally.precision() - 4.0 / 5.0).abs() < 1e-9);
    }
}
