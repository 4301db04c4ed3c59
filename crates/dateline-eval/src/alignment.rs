//! Which system word is which gold word: the alignment of the CoNLL 2018 shared task's evaluation.

use dateline_text::Span;

/// A word as the alignment sees it. Positions count visible characters.
#[derive(Clone, Debug)]
pub(crate) struct Aligned {
    pub(crate) form: String,
    pub(crate) span: Span,
    /// Whether it is one of several words that share a token's span.
    pub(crate) shares: bool,
}

/// Pairs of (gold, system) positions.
pub(crate) fn align(gold: &[Aligned], system: &[Aligned]) -> Vec<(usize, usize)> {
    let (mut pairs, mut g, mut s) = (Vec::new(), 0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].shares || system[s].shares {
            let (from_g, from_s, to_g, to_s) = shared_stretch(gold, system, g, s);
            (g, s) = (to_g, to_s);
            common(&gold[from_g..to_g], &system[from_s..to_s], |a, b| pairs.push((from_g + a, from_s + b)));
        } else if gold[g].span == system[s].span {
            pairs.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if gold[g].span.start <= system[s].span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

fn shared_stretch(
    gold: &[Aligned],
    system: &[Aligned],
    mut g: usize,
    mut s: usize,
) -> (usize, usize, usize, usize) {
    let mut end;
    if gold[g].shares {
        end = gold[g].span.end;
        if !system[s].shares && system[s].span.start < gold[g].span.start {
            s += 1;
        }
    } else {
        end = system[s].span.end;
        if !gold[g].shares && gold[g].span.start < system[s].span.start {
            g += 1;
        }
    }
    let (from_g, from_s) = (g, s);
    let beyond = |words: &[Aligned], at: usize, end: u32| match words.get(at) {
        None => true,
        Some(w) if w.shares => w.span.start >= end,
        Some(w) => w.span.end > end,
    };
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let take_gold = match (gold.get(g), system.get(s)) {
            (Some(_), None) => true,
            (Some(a), Some(b)) => a.span.start <= b.span.start,
            _ => false,
        };
        let word = if take_gold { &gold[g] } else { &system[s] };
        if word.shares {
            end = end.max(word.span.end);
        }
        if take_gold { g += 1 } else { s += 1 }
    }
    (from_g, from_s, g, s)
}

/// The longest common subsequence of forms.
fn common(gold: &[Aligned], system: &[Aligned], mut pair: impl FnMut(usize, usize)) {
    let same = |a: usize, b: usize| gold[a].form.to_lowercase() == system[b].form.to_lowercase();
    let mut longest = vec![vec![0usize; system.len() + 1]; gold.len() + 1];
    for a in (0..gold.len()).rev() {
        for b in (0..system.len()).rev() {
            let matched = if same(a, b) { 1 + longest[a + 1][b + 1] } else { 0 };
            longest[a][b] = matched.max(longest[a + 1][b]).max(longest[a][b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < gold.len() && b < system.len() {
        if same(a, b) {
            pair(a, b);
            (a, b) = (a + 1, b + 1);
        } else if longest[a][b] == longest[a + 1][b] {
            a += 1;
        } else {
            b += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str, start: usize, end: usize, shares: bool) -> Aligned {
        Aligned { form: form.into(), span: Span::new(start, end), shares }
    }

    #[test]
    fn plain_words_by_span_and_shared_tokens_by_form() {
        let gold = [
            word("We", 0, 2, false),
            word("do", 2, 7, true),
            word("n't", 2, 7, true),
            word(".", 7, 8, false),
        ];
        let system = [
            word("We", 0, 2, false),
            word("do", 2, 4, false),
            word("n't", 4, 7, false),
            word(".", 7, 8, false),
        ];
        assert_eq!(align(&gold, &system), [(0, 0), (1, 1), (2, 2), (3, 3)]);
        let whole = [word("Wedon't", 0, 7, false), word(".", 7, 8, false)];
        assert_eq!(align(&gold, &whole), [(3, 1)]);
    }
}
