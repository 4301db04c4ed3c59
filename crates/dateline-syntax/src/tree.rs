/// The best tree over `n` words. `scores` holds `n + 1` numbers a word: what each head scores, the root first.
///
/// Gives the head of every word, counted from 1, with 0 for exactly one word: the root's. Greedy choice where that is a
/// tree already, else Chu and Liu's and Edmonds' algorithm.
pub(crate) fn best_tree(n: usize, scores: &[f32]) -> Vec<u32> {
    if n == 0 || scores.len() < n * (n + 1) {
        return vec![0; n.min(1)];
    }
    // A charge on every arc from the root, larger than anything that could be gained, leaves a single one.
    let finite = |s: f32| if s.is_finite() { f64::from(s) } else { -1e6 };
    let charge = 1.0 + 2.0 * n as f64 * scores.iter().map(|&s| finite(s).abs()).fold(0.0, f64::max);
    let mut graph = vec![vec![f64::NEG_INFINITY; n + 1]; n + 1];
    let mut heads = vec![0usize; n + 1];
    for (dep, row) in scores.chunks_exact(n + 1).take(n).enumerate() {
        let dep = dep + 1;
        for (head, &score) in row.iter().enumerate() {
            if head != dep {
                graph[dep][head] = finite(score) - if head == 0 { charge } else { 0.0 };
            }
        }
        heads[dep] = argmax(
            row.iter().enumerate().map(|(h, &s)| if h == dep { f64::NEG_INFINITY } else { finite(s) }),
        );
    }
    if heads[1..].iter().filter(|&&h| h == 0).count() != 1 || cycle(&heads).is_some() {
        heads = span(graph);
    }
    heads[1..].iter().map(|&h| h as u32).collect()
}

fn argmax(scores: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (i, s) in scores.enumerate() {
        if s > best.1 {
            best = (i, s);
        }
    }
    best.0
}

/// The nodes of one cycle, if there is any. Node 0 is the root and has no head.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at];
            while next != at {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Best tree from node 0 over a dense graph of `scores[dependent][head]`.
fn span(scores: Vec<Vec<f64>>) -> Vec<usize> {
    let n = scores.len();
    let mut heads: Vec<usize> = scores.iter().map(|row| argmax(row.iter().copied())).collect();
    heads[0] = 0;
    let Some(ring) = cycle(&heads) else { return heads };
    let mut inside = vec![false; n];
    ring.iter().for_each(|&v| inside[v] = true);
    // The ring becomes the last node of a smaller graph.
    let outer: Vec<usize> = (0..n).filter(|&v| !inside[v]).collect();
    let last = outer.len();
    let mut smaller = vec![vec![f64::NEG_INFINITY; last + 1]; last + 1];
    let (mut enters, mut leaves) = (vec![0; last], vec![0; last]);
    for (i, &v) in outer.iter().enumerate() {
        for (j, &u) in outer.iter().enumerate() {
            smaller[i][j] = scores[v][u];
        }
        let out = argmax(ring.iter().map(|&u| scores[v][u]));
        leaves[i] = ring[out];
        smaller[i][last] = scores[v][ring[out]];
        let gain = |w: usize| scores[w][v] - scores[w][heads[w]];
        let into = argmax(ring.iter().map(|&w| gain(w)));
        enters[i] = ring[into];
        smaller[last][i] = gain(ring[into]);
    }
    drop(scores); // contractions may go deep
    let found = span(smaller);
    for (i, &v) in outer.iter().enumerate().skip(1) {
        heads[v] = if found[i] == last { leaves[i] } else { outer[found[i]] };
    }
    let from = found[last];
    heads[enters[from]] = outer[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[u32]) -> bool {
        let full: Vec<usize> = std::iter::once(0).chain(heads.iter().map(|&h| h as usize)).collect();
        heads.iter().filter(|&&h| h == 0).count() == 1 && cycle(&full).is_none()
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
        fn finds_the_best_tree(n in 1usize..5, numbers in prop::collection::vec(-20i32..20, 20)) {
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
