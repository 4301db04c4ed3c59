//! Scores of chains against gold chains: MUC, B³, CEAF-e, and their mean.

use crate::tally::Tally;
use std::collections::BTreeMap;

/// A numerator and a denominator for recall, and for precision.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) recalled: f64,
    pub(crate) gold: f64,
    pub(crate) precise: f64,
    pub(crate) found: f64,
}

/// The sums of all documents scored.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) muc: Ratio,
    pub(crate) b_cubed: Ratio,
    pub(crate) ceaf_e: Ratio,
    pub(crate) mentions: Tally,
}

impl Ratio {
    pub(crate) fn recall(&self) -> f64 {
        percent(self.recalled, self.gold)
    }

    pub(crate) fn precision(&self) -> f64 {
        percent(self.precise, self.found)
    }

    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(&self) -> f64 {
        let (r, p) = (self.recall(), self.precision());
        if r + p == 0.0 { 0.0 } else { 2.0 * r * p / (r + p) }
    }
}

fn percent(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { 100.0 * part / whole }
}

impl Score {
    /// Adds a document. Mentions are numbers; the same number is the same mention.
    pub(crate) fn add(&mut self, gold: &[Vec<usize>], found: &[Vec<usize>]) {
        let (in_gold, in_found) = (chain_of(gold), chain_of(found));
        (self.muc.recalled, self.muc.gold) = plus((self.muc.recalled, self.muc.gold), muc(gold, &in_found));
        (self.muc.precise, self.muc.found) = plus((self.muc.precise, self.muc.found), muc(found, &in_gold));
        let b = &mut self.b_cubed;
        (b.recalled, b.gold) = plus((b.recalled, b.gold), b_cubed(gold, found, &in_found));
        (b.precise, b.found) = plus((b.precise, b.found), b_cubed(found, gold, &in_gold));
        let similarity = best_alignment(gold, found);
        self.ceaf_e.recalled += similarity;
        self.ceaf_e.precise += similarity;
        self.ceaf_e.gold += gold.len() as f64;
        self.ceaf_e.found += found.len() as f64;
        self.mentions.gold += in_gold.len();
        self.mentions.system += in_found.len();
        self.mentions.right += in_found.keys().filter(|m| in_gold.contains_key(m)).count();
    }

    /// Mean of the three F1, in per cent.
    pub(crate) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

fn plus(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

fn chain_of(chains: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    let each = chains.iter().enumerate();
    each.flat_map(|(chain, mentions)| mentions.iter().map(move |m| (*m, chain))).collect()
}

/// Links kept: each chain's mentions less the parts that the other side cuts it into.
fn muc(chains: &[Vec<usize>], other: &BTreeMap<usize, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for chain in chains {
        let mut parts: Vec<usize> = chain.iter().filter_map(|m| other.get(m).copied()).collect();
        let missing = chain.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        sums.0 += (chain.len() - missing - parts.len()) as f64;
        sums.1 += (chain.len() - 1) as f64;
    }
    sums
}

fn b_cubed(chains: &[Vec<usize>], others: &[Vec<usize>], of: &BTreeMap<usize, usize>) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for chain in chains {
        for mention in chain {
            let shared =
                of.get(mention).and_then(|i| others.get(*i)).map_or(0, |other| overlap(chain, other));
            sums.0 += shared as f64 / chain.len() as f64;
            sums.1 += 1.0;
        }
    }
    sums
}

fn overlap(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|m| b.contains(m)).count()
}

/// The greatest sum of similarities that pairing chains one to one can give; a pair's is twice its common mentions
/// by the mentions of both.
fn best_alignment(gold: &[Vec<usize>], found: &[Vec<usize>]) -> f64 {
    let (rows, columns) = if gold.len() <= found.len() { (gold, found) } else { (found, gold) };
    let cost = |row: usize, column: usize| {
        let (Some(a), Some(b)) = (rows.get(row), columns.get(column)) else { return 0.0 };
        -2.0 * overlap(a, b) as f64 / (a.len() + b.len()) as f64
    };
    // Kuhn and Munkres, with potentials; rows and columns count from 1, column 0 is the row being placed.
    let (n, m) = (rows.len(), columns.len());
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; m + 1]);
    let (mut placed, mut way) = (vec![0; m + 1], vec![0; m + 1]);
    for row in 1..=n {
        placed[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; m + 1], vec![false; m + 1]);
        loop {
            used[column] = true;
            let (at, mut delta, mut next) = (placed[column], f64::INFINITY, 0);
            for j in (1..=m).filter(|j| !used[*j]) {
                let reduced = cost(at - 1, j - 1) - u[at] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for (j, used) in used.iter().enumerate() {
                if *used {
                    u[placed[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if placed[column] == 0 {
                break;
            }
        }
        while column != 0 {
            placed[column] = placed[way[column]];
            column = way[column];
        }
    }
    (1..=m).filter(|j| placed[*j] != 0).map(|j| -cost(placed[j] - 1, j - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(gold: &[&[usize]], found: &[&[usize]]) -> Score {
        let own = |chains: &[&[usize]]| chains.iter().map(|c| c.to_vec()).collect::<Vec<_>>();
        let mut score = Score::default();
        score.add(&own(gold), &own(found));
        score
    }

    #[test]
    fn equal_chains_are_all_right() {
        let score = score(&[&[1, 2], &[3, 4, 5]], &[&[3, 5, 4], &[2, 1]]);
        assert!((score.conll() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_textbook_example() {
        // Gold {1..5} {6, 7} {8..12}; found {1..5} {6, 7, 8..12}: Bagga and Baldwin's first example.
        let score = score(
            &[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]],
            &[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]],
        );
        assert!((score.muc.precision() - 90.0).abs() < 1e-9);
        assert!((score.muc.recall() - 100.0).abs() < 1e-9);
        assert!((score.b_cubed.precision() - 76.190_476).abs() < 1e-4);
        assert!((score.b_cubed.recall() - 100.0).abs() < 1e-9);
        // 1 for the first pair, 10/12 for the second.
        assert!((score.ceaf_e.recall() - 100.0 * (1.0 + 10.0 / 12.0) / 3.0).abs() < 1e-9);
    }
}
