/// Finds best trees. Its buffers are kept from tree to tree.
#[derive(Default)]
pub(crate) struct Trees {
    heads: Vec<u32>,
    /// Places of the graph: the root's, then the words'. A ring of nodes becomes one, in the place of one of them.
    width: usize,
    /// For every node, what each node would score as its head.
    scores: Vec<f64>,
    /// The arcs between words behind `scores`.
    arcs: Vec<Arc>,
    /// Nodes that are there still, the root apart.
    left: Vec<usize>,
    places: Vec<Place>,
    path: Vec<usize>,
    /// Words, then the rings made of them, in the order of making; the root is the first.
    knots: Vec<Knot>,
}

/// Dependent and head, counted from 1; 0 is the root.
#[derive(Clone, Copy, Debug, Default)]
struct Arc {
    dep: u32,
    head: u32,
}

/// A node that is there.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    knot: usize,
    state: State,
    /// What its chosen head scores.
    gain: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Free,
    OnPath,
    /// Hangs on the root, if by way of others.
    Hung,
}

/// A word or a ring.
#[derive(Clone, Copy, Debug, Default)]
struct Knot {
    /// The ring that it is part of; 0 if none.
    ring: usize,
    /// The arc into it that was chosen.
    arc: Arc,
    settled: bool,
}

impl Trees {
    /// The best tree over `n` words. `scores` holds `n + 1` numbers a word: what each head scores, the root first.
    ///
    /// Gives the head of every word, counted from 1, with 0 for exactly one word: the root's. Greedy choice where that
    /// is a tree already, else Chu and Liu's and Edmonds' algorithm, in time that grows with the number of arcs.
    pub(crate) fn best(&mut self, n: usize, scores: &[f32]) -> &[u32] {
        self.heads.clear();
        if n == 0 || scores.len() < n * (n + 1) {
            self.heads.resize(n.min(1), 0);
            return &self.heads;
        }
        for (dep, row) in (1..).zip(scores.chunks_exact(n + 1).take(n)) {
            let mut best = (0, f64::NEG_INFINITY);
            for (head, &score) in row.iter().enumerate() {
                if head != dep && finite(score) > best.1 {
                    best = (head, finite(score));
                }
            }
            self.heads.push(best.0 as u32);
        }
        if !self.is_tree() {
            self.span(n, scores);
        }
        &self.heads
    }

    /// Whether one word hangs on the root, and all others on it.
    fn is_tree(&mut self) -> bool {
        if self.heads.iter().filter(|&&h| h == 0).count() != 1 {
            return false;
        }
        // For every word, the word from which it was first passed on the way to the root.
        self.path.clear();
        self.path.resize(self.heads.len() + 1, 0);
        for start in 1..=self.heads.len() {
            let mut at = start;
            while at != 0 && self.path[at] == 0 {
                self.path[at] = start;
                at = self.heads[at - 1] as usize;
            }
            if at != 0 && self.path[at] == start {
                return false;
            }
        }
        true
    }

    fn span(&mut self, n: usize, scores: &[f32]) {
        self.fill(n, scores);
        for start in 1..self.width {
            let mut at = start;
            // What became part of a ring is on a path no more, but keeps that state.
            if self.places[start].state != State::Free {
                continue;
            }
            self.path.clear();
            loop {
                if self.places[at].state == State::Free {
                    self.places[at].state = State::OnPath;
                    self.path.push(at);
                }
                let head = self.choose(at);
                match self.places[head].state {
                    State::Free => at = head,
                    State::OnPath => {
                        self.close(head);
                        at = head;
                    }
                    State::Hung => break,
                }
            }
            for &at in &self.path {
                self.places[at].state = State::Hung;
            }
        }
        self.settle();
    }

    fn fill(&mut self, n: usize, scores: &[f32]) {
        // A charge on every arc from the root, larger than anything that could be gained, leaves a single one.
        let charge = 1.0 + 2.0 * n as f64 * scores.iter().map(|&s| finite(s).abs()).fold(0.0, f64::max);
        self.width = n + 1;
        self.scores.clear();
        self.scores.resize(n + 1, f64::NEG_INFINITY);
        self.arcs.clear();
        self.arcs.resize(n + 1, Arc::default());
        for (dep, row) in (1..).zip(scores.chunks_exact(n + 1).take(n)) {
            self.scores.extend(
                row.iter().enumerate().map(|(head, &s)| finite(s) - if head == 0 { charge } else { 0.0 }),
            );
            self.arcs.extend((0..=n as u32).map(|head| Arc { dep, head }));
        }
        self.left.clear();
        self.left.extend(1..=n);
        self.places.clear();
        self.places.extend((0..=n).map(|knot| Place { knot, ..Place::default() }));
        self.places[0].state = State::Hung;
        self.knots.clear();
        self.knots.resize(n + 1, Knot::default());
    }

    /// Chooses the best head for a node.
    fn choose(&mut self, at: usize) -> usize {
        let row = &self.scores[at * self.width..(at + 1) * self.width];
        let mut best = (0, row[0]);
        for &head in &self.left {
            if head != at && row[head] > best.1 {
                best = (head, row[head]);
            }
        }
        let place = &mut self.places[at];
        place.gain = best.1;
        self.knots[place.knot].arc = self.arcs[at * self.width + best.0];
        best.0
    }

    /// Makes one node of the ring that the end of the path forms from node `first` on, in its place.
    fn close(&mut self, first: usize) {
        let from = self.path.iter().rposition(|&v| v == first).unwrap_or(0);
        let ring = self.knots.len();
        self.knots.push(Knot::default());
        let w = self.width;
        let gain = self.places[first].gain;
        for head in 0..w {
            self.scores[first * w + head] -= gain;
        }
        for i in from..self.path.len() {
            let at = self.path[i];
            self.knots[self.places[at].knot].ring = ring;
            if i == from {
                continue;
            }
            let gain = self.places[at].gain;
            self.left.retain(|&v| v != at);
            for k in 0..=self.left.len() {
                let other = k.checked_sub(1).map_or(0, |k| self.left[k]);
                let (into, in_all) = (at * w + other, first * w + other);
                if self.scores[into] - gain > self.scores[in_all] {
                    (self.scores[in_all], self.arcs[in_all]) = (self.scores[into] - gain, self.arcs[into]);
                }
                let (out, out_all) = (other * w + at, other * w + first);
                if self.scores[out] > self.scores[out_all] {
                    (self.scores[out_all], self.arcs[out_all]) = (self.scores[out], self.arcs[out]);
                }
            }
        }
        self.path.truncate(from + 1);
        self.places[first].knot = ring;
    }

    /// Reads the heads off the chosen arcs: an arc into a ring breaks it at the word that the arc leads to.
    fn settle(&mut self) {
        for last in (1..self.knots.len()).rev() {
            let knot = self.knots[last];
            if knot.settled {
                continue;
            }
            self.heads[knot.arc.dep as usize - 1] = knot.arc.head;
            let mut at = knot.arc.dep as usize;
            while at != 0 && at <= last {
                self.knots[at].settled = true;
                at = self.knots[at].ring;
            }
        }
    }
}

fn finite(score: f32) -> f64 {
    if score.is_finite() { f64::from(score) } else { -1e6 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn best_tree(n: usize, scores: &[f32]) -> Vec<u32> {
        Trees::default().best(n, scores).to_vec()
    }

    fn is_tree(heads: &[u32]) -> bool {
        Trees { heads: heads.to_vec(), ..Trees::default() }.is_tree()
    }

    fn total(heads: &[u32], scores: &[f32]) -> f64 {
        let n = heads.len();
        heads.iter().enumerate().map(|(d, &h)| f64::from(scores[d * (n + 1) + h as usize])).sum()
    }

    /// The best of all trees, by trying every choice of heads.
    fn by_force(n: usize, scores: &[f32]) -> f64 {
        let mut best = f64::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<u32> = (0..n).map(|d| (code / (n + 1).pow(d as u32) % (n + 1)) as u32).collect();
            if heads.iter().enumerate().all(|(d, &h)| h as usize != d + 1) && is_tree(&heads) {
                best = best.max(total(&heads, scores));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn finds_the_best_tree(n in 1usize..6, numbers in prop::collection::vec(-20i32..20, 30)) {
            let scores: Vec<f32> = numbers.iter().map(|&v| v as f32).take(n * (n + 1)).collect();
            let heads = best_tree(n, &scores);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(&heads, &scores) - by_force(n, &scores)).abs() < 1e-6);
        }

        #[test]
        fn any_scores_give_a_tree(n in 1usize..40, seed in prop::collection::vec(any::<f32>(), 41)) {
            let scores: Vec<f32> = (0..n * (n + 1)).map(|i| seed[i * 7 % 41]).collect();
            prop_assert!(is_tree(&best_tree(n, &scores)));
        }
    }
}
