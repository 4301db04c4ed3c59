use super::file::{Columns, File, ModelError};
use super::kernels::{Kernels, LANES};
use super::linear::{Linear, Quantised};
use std::ops::Range;

/// The heads over the encoder's word vectors: tags, lemma rules, names, arcs and relations.
pub(crate) struct Heads {
    all: Linear,
    columns: Columns,
    counts: Counts,
    arc: Linear,
    relation: Linear,
    root_arc: Vec<f32>,
    root_relation: Vec<f32>,
}

/// Labels of each head.
#[derive(Clone, Copy)]
struct Counts {
    upos: usize,
    xpos: usize,
    lemma: usize,
    name: usize,
    relation: usize,
}

/// Buffers, and the scores of the batch that was scored last.
#[derive(Default)]
pub(crate) struct HeadScratch {
    quantised: Quantised,
    scores: Vec<f32>,
    arcs: Vec<f32>,
    relations: Vec<f32>,
    sums: Vec<f32>,
}

/// Widths of the projections for arcs and relations.
const ARC: usize = 256;
const REL: usize = 96;

impl Heads {
    pub(crate) fn open(file: &File<'_>) -> Result<Self, ModelError> {
        let m = &file.manifest;
        let counts = Counts {
            upos: m.labels.upos.len(),
            xpos: m.labels.xpos.len(),
            lemma: m.labels.lemma.len(),
            name: m.labels.name.len(),
            relation: m.labels.relation.len(),
        };
        let c = m.columns.clone();
        let parts = [
            (c.upos, counts.upos),
            (c.xpos, counts.xpos),
            (c.lemma, counts.lemma),
            (c.name, counts.name),
            (c.arc_dep, ARC),
            (c.arc_head, ARC),
            (c.rel_dep, REL),
            (c.rel_head, REL),
        ];
        let mut end = 0usize;
        for (start, count) in parts {
            // The projections come last and in this order: what follows relies on it.
            if start != end || count == 0 {
                return Err(ModelError::Tensor("heads out of order".into()));
            }
            end = (start + count).next_multiple_of(LANES);
        }
        Ok(Self {
            all: file.linear("heads", end, m.width)?.with_gelu_from(c.arc_dep),
            columns: c,
            counts,
            arc: file.linear("arc", ARC, ARC)?,
            relation: file.linear("relation", (REL + 1) * counts.relation.next_multiple_of(LANES), REL)?,
            root_arc: file.floats("root.arc_head", ARC)?,
            root_relation: file.floats("root.rel_head", REL)?,
        })
    }

    /// Scores the words of a batch, one vector of `words` each. What follows reads the scores from `scratch`.
    pub(crate) fn score(&self, kernels: Kernels, bytes: &[u8], words: &[f32], scratch: &mut HeadScratch) {
        let HeadScratch { quantised, scores, arcs, .. } = scratch;
        quantised.fill(kernels, words, 0, self.all.inputs, self.all.inputs);
        self.all.apply(kernels, bytes, quantised, scores);
        quantised.fill(kernels, scores, self.columns.arc_dep, ARC, self.all.rows);
        self.arc.apply(kernels, bytes, quantised, arcs);
    }

    fn part<'s>(&self, scratch: &'s HeadScratch, word: usize, start: usize, count: usize) -> &'s [f32] {
        let at = word * self.all.rows + start;
        scratch.scores.get(at..at + count).unwrap_or_default()
    }

    pub(crate) fn upos<'s>(&self, scratch: &'s HeadScratch, word: usize) -> &'s [f32] {
        self.part(scratch, word, self.columns.upos, self.counts.upos)
    }

    pub(crate) fn xpos<'s>(&self, scratch: &'s HeadScratch, word: usize) -> &'s [f32] {
        self.part(scratch, word, self.columns.xpos, self.counts.xpos)
    }

    pub(crate) fn lemma<'s>(&self, scratch: &'s HeadScratch, word: usize) -> &'s [f32] {
        self.part(scratch, word, self.columns.lemma, self.counts.lemma)
    }

    pub(crate) fn name<'s>(&self, scratch: &'s HeadScratch, word: usize) -> &'s [f32] {
        self.part(scratch, word, self.columns.name, self.counts.name)
    }

    /// Scores of every head for every word of one sentence: `words.len() + 1` a row, the root first.
    pub(crate) fn arcs(
        &self,
        kernels: Kernels,
        scratch: &HeadScratch,
        words: Range<usize>,
        out: &mut Vec<f32>,
    ) {
        out.clear();
        for dep in words.clone() {
            let dep = scratch.arcs.get(dep * ARC..(dep + 1) * ARC).unwrap_or_default();
            out.push(kernels.dot(dep, &self.root_arc));
            for head in words.clone() {
                out.push(kernels.dot(dep, self.part(scratch, head, self.columns.arc_head, ARC)));
            }
        }
    }

    /// The best relation of every word of one sentence to its head; `allowed` says which are open to a word.
    /// `heads` counts words from 1; 0 is the root.
    #[allow(clippy::too_many_arguments)] // they are unlike each other, and there is one caller
    pub(crate) fn relations(
        &self,
        kernels: Kernels,
        bytes: &[u8],
        scratch: &mut HeadScratch,
        words: Range<usize>,
        heads: &[u32],
        mut allowed: impl FnMut(usize, usize) -> bool,
        out: &mut Vec<usize>,
    ) {
        let HeadScratch { quantised, scores, relations, sums, .. } = scratch;
        let lanes = self.counts.relation.next_multiple_of(LANES);
        let row = self.all.rows;
        let part = scores.get(words.start * row..words.end * row).unwrap_or_default();
        quantised.fill(kernels, part, self.columns.rel_dep, REL, row);
        self.relation.apply(kernels, bytes, quantised, relations);
        out.clear();
        for (i, (terms, &head)) in relations.chunks_exact(self.relation.rows).zip(heads).enumerate() {
            let start = (head as usize).saturating_sub(1) * row + self.columns.rel_head;
            let vector = match head {
                0 => &self.root_relation,
                _ => part.get(start..start + REL).unwrap_or_default(),
            };
            let (terms, own) = terms.split_at(REL * lanes);
            sums.clear();
            sums.extend_from_slice(own);
            kernels.add_scaled(sums, terms, vector);
            out.push(best(&sums[..self.counts.relation.min(sums.len())], |label| allowed(i, label)));
        }
    }
}

/// Position of the highest score that is allowed, the first of equals; 0 where none is.
pub(crate) fn best(scores: &[f32], mut allowed: impl FnMut(usize) -> bool) -> usize {
    let mut best: Option<(usize, f32)> = None;
    for (i, &score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, top)| score > top) && allowed(i) {
            best = Some((i, score));
        }
    }
    best.map_or(0, |(i, _)| i)
}
