use super::file::{Description, File, ModelError};
use super::kernels::Kernels;
use super::linear::{Linear, Quantised};
use std::ops::Range;

/// A light recurrent network: static vectors of words in, vectors of words in their context out.
///
/// Two-way simple recurrent layers, after Lei and others (2018), "Simple Recurrent Units for Highly Parallelizable
/// Recurrence": every matrix product sees all words of a batch at once, and from word to word goes but one number a lane.
pub(crate) struct Body {
    pub(crate) width: usize,
    pieces: Range<usize>,
    piece_scales: Vec<f32>,
    suffixes: Range<usize>,
    suffix_scales: Vec<f32>,
    class_rows: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    /// What is new, what is kept, what comes out: `width` of each.
    gates: Linear,
    norm: Norm,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Word pieces that are kept of one word.
pub(crate) const PIECES: usize = 4;

/// What enters the network for one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Rows of the vocabulary, `count` of them.
    pub(crate) pieces: [u32; PIECES],
    pub(crate) count: u8,
    /// Its shape, and what else the model wants to know of it.
    pub(crate) class: u16,
    /// Hash of the last letters.
    pub(crate) suffix: u16,
}

/// Buffers kept from batch to batch.
#[derive(Default)]
pub(crate) struct Scratch {
    /// One vector a word.
    pub(crate) rows: Vec<f32>,
    pub(crate) quantised: Quantised,
    gates: Vec<f32>,
    memory: Vec<f32>,
}

impl Body {
    pub(crate) fn open<M: Description>(
        file: &File<'_, M>,
        vocabulary: usize,
        suffixes: usize,
        classes: usize,
        width: usize,
        layers: usize,
    ) -> Result<Self, ModelError> {
        if !width.is_multiple_of(32) || width == 0 {
            return Err(ModelError::Tensor("width that this program cannot run".into()));
        }
        let norm = |name: &str| -> Result<Norm, ModelError> {
            Ok(Norm {
                weight: file.floats(&format!("{name}.weight"), width)?,
                bias: file.floats(&format!("{name}.bias"), width)?,
            })
        };
        let layers = (0..layers)
            .map(|i| {
                let gates = file.linear(&format!("layer{i}.gates"), 3 * width, width)?;
                Ok(Layer { gates, norm: norm(&format!("layer{i}.norm"))? })
            })
            .collect::<Result<_, ModelError>>()?;
        Ok(Self {
            width,
            pieces: file.rows("pieces.weight", vocabulary, width)?,
            piece_scales: file.floats("pieces.scale", vocabulary)?,
            suffixes: file.rows("suffixes.weight", suffixes, width)?,
            suffix_scales: file.floats("suffixes.scale", suffixes)?,
            class_rows: file.floats("shapes", classes * width)?,
            norm: norm("norm")?,
            layers,
        })
    }

    /// Leaves the vectors of `words` in `scratch.rows`. `sentences` are stretches of words that know of each other.
    pub(crate) fn run(
        &self,
        kernels: Kernels,
        bytes: &[u8],
        words: &[Word],
        sentences: impl Iterator<Item = Range<usize>> + Clone,
        scratch: &mut Scratch,
    ) {
        let w = self.width;
        self.embed(kernels, bytes, words, &mut scratch.rows);
        let Scratch { rows, quantised, gates, memory } = scratch;
        for layer in &self.layers {
            quantised.fill(kernels, rows, 0, w, w);
            layer.gates.apply(kernels, bytes, quantised, gates);
            for s in sentences.clone() {
                if let (Some(gates), Some(rows)) =
                    (gates.get(s.start * 3 * w..s.end * 3 * w), rows.get_mut(s.start * w..s.end * w))
                {
                    kernels.carry(gates, rows, w, memory);
                }
            }
            kernels.normalise(rows, &layer.norm.weight, &layer.norm.bias);
        }
    }

    fn embed(&self, kernels: Kernels, bytes: &[u8], words: &[Word], rows: &mut Vec<f32>) {
        let w = self.width;
        let (pieces, suffixes) = (
            bytes.get(self.pieces.clone()).unwrap_or_default(),
            bytes.get(self.suffixes.clone()).unwrap_or_default(),
        );
        rows.clear();
        rows.resize(words.len() * w, 0.0);
        for (word, row) in words.iter().zip(rows.chunks_exact_mut(w)) {
            let class = usize::from(word.class) * w;
            if let Some(class) = self.class_rows.get(class..class + w) {
                row.copy_from_slice(class);
            }
            let suffix = usize::from(word.suffix) & (self.suffix_scales.len() - 1);
            add(kernels, row, suffixes, suffix, self.suffix_scales.get(suffix));
            for &piece in word.pieces.iter().take(usize::from(word.count)) {
                add(kernels, row, pieces, piece as usize, self.piece_scales.get(piece as usize));
            }
        }
        kernels.normalise(rows, &self.norm.weight, &self.norm.bias);
    }
}

/// Adds row `at` of an 8-bit table to `sum`.
fn add(kernels: Kernels, sum: &mut [f32], table: &[u8], at: usize, scale: Option<&f32>) {
    if let (Some(row), Some(&scale)) = (table.get(at * sum.len()..(at + 1) * sum.len()), scale) {
        kernels.add_row(sum, row, scale);
    }
}
