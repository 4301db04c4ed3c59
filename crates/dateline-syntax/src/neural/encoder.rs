use super::file::{File, ModelError};
use super::kernels::{AttentionScratch, HEAD, Kernels};
use super::linear::{Linear, Quantised, keep};
use std::ops::Range;

/// The body of the network: word pieces in, one vector a piece out.
pub(crate) struct Encoder {
    pub(crate) width: usize,
    pub(crate) positions: usize,
    words: Range<usize>,
    word_scales: Vec<f32>,
    position_rows: Vec<f32>,
    shape_rows: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Layers that all word pieces pass.
    words_after: usize,
}

struct Layer {
    query: Linear,
    /// Keys, then values.
    key_value: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// One word piece of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Piece {
    /// Row of the vocabulary.
    pub(crate) id: u32,
    /// Position in its sentence.
    pub(crate) position: u32,
    /// Shape class of its word.
    pub(crate) shape: u8,
}

/// What goes through the network together.
pub(crate) struct Batch<'a> {
    pub(crate) pieces: &'a [Piece],
    /// Where each word's first piece stands in `pieces`, in order.
    pub(crate) first: &'a [usize],
    /// What attends to each other, side by side from 0 on.
    pub(crate) sentences: &'a [Part],
}

/// One sentence of a batch.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its places among the batch's pieces.
    pub(crate) pieces: Range<usize>,
    /// Its places among the batch's words.
    pub(crate) words: Range<usize>,
}

/// Buffers kept from batch to batch.
#[derive(Default)]
pub(crate) struct Scratch {
    /// The vectors: input and output of every layer, in the end one a word.
    pub(crate) rows: Vec<f32>,
    quantised: Quantised,
    wide: Vec<f32>,
    queries: Vec<f32>,
    narrow: Vec<f32>,
    attention: AttentionScratch,
}

/// Shape classes that the model knows.
const SHAPES: usize = 8;

impl Encoder {
    pub(crate) fn open(file: &File<'_>, vocabulary: usize) -> Result<Self, ModelError> {
        let m = &file.manifest;
        if m.width / m.attention_heads != HEAD || !m.width.is_multiple_of(16) || !m.inner.is_multiple_of(16) {
            return Err(ModelError::Tensor("width that this program cannot run".into()));
        }
        let norm = |name: &str| -> Result<Norm, ModelError> {
            Ok(Norm {
                weight: file.floats(&format!("{name}.weight"), m.width)?,
                bias: file.floats(&format!("{name}.bias"), m.width)?,
            })
        };
        let layers = (0..m.layers)
            .map(|i| {
                let qkv = file.linear(&format!("layer{i}.qkv"), 3 * m.width, m.width)?;
                let (query, key_value) =
                    qkv.split(m.width).ok_or_else(|| ModelError::Tensor("width not in sixteens".into()))?;
                Ok(Layer {
                    query,
                    key_value,
                    out: file.linear(&format!("layer{i}.out"), m.width, m.width)?,
                    norm1: norm(&format!("layer{i}.norm1"))?,
                    up: file.linear(&format!("layer{i}.up"), m.inner, m.width)?.with_gelu_from(0),
                    down: file.linear(&format!("layer{i}.down"), m.width, m.inner)?,
                    norm2: norm(&format!("layer{i}.norm2"))?,
                })
            })
            .collect::<Result<_, ModelError>>()?;
        Ok(Self {
            width: m.width,
            positions: m.positions,
            words: file.rows("words.weight", vocabulary, m.width)?,
            word_scales: file.floats("words.scale", vocabulary)?,
            position_rows: file.floats("positions", m.positions * m.width)?,
            shape_rows: file.floats("shapes", SHAPES * m.width)?,
            norm: norm("norm")?,
            layers,
            words_after: m.words_after(),
        })
    }

    /// Encodes a batch of sentences and leaves one vector a word in `scratch.rows`.
    pub(crate) fn encode(&self, kernels: Kernels, bytes: &[u8], batch: &Batch<'_>, scratch: &mut Scratch) {
        let w = self.width;
        self.embed(kernels, bytes, batch.pieces, scratch);
        let Scratch { rows, quantised, wide, queries, narrow, attention } = scratch;
        for (i, layer) in self.layers.iter().enumerate() {
            // Rows that end with this layer still serve those that go on, but only with keys and values.
            let (all, narrows) = (i < self.words_after, i + 1 == self.words_after);
            quantised.fill(kernels, rows, 0, w, w);
            layer.key_value.apply(kernels, bytes, quantised, wide);
            if narrows {
                quantised.keep(batch.first);
                keep(rows, w, batch.first);
            }
            layer.query.apply(kernels, bytes, quantised, queries);
            narrow.resize(rows.len(), 0.0);
            for s in batch.sentences {
                let from = if all { &s.pieces } else { &s.words };
                let to = if all && !narrows { &s.pieces } else { &s.words };
                if let (Some(queries), Some(key_values), Some(out)) = (
                    queries.get(to.start * w..to.end * w),
                    wide.get(from.start * 2 * w..from.end * 2 * w),
                    narrow.get_mut(to.start * w..to.end * w),
                ) {
                    kernels.attention(queries, key_values, w, attention, out);
                }
            }
            quantised.fill(kernels, narrow, 0, w, w);
            layer.out.apply(kernels, bytes, quantised, narrow);
            kernels.add_and_normalise(rows, narrow, &layer.norm1.weight, &layer.norm1.bias);
            quantised.fill(kernels, rows, 0, w, w);
            layer.up.apply(kernels, bytes, quantised, wide);
            quantised.fill(kernels, wide, 0, layer.down.inputs, layer.down.inputs);
            layer.down.apply(kernels, bytes, quantised, narrow);
            kernels.add_and_normalise(rows, narrow, &layer.norm2.weight, &layer.norm2.bias);
        }
    }

    /// Writes each piece's vector, as the first layer takes it, to `scratch.rows`.
    fn embed(&self, kernels: Kernels, bytes: &[u8], pieces: &[Piece], scratch: &mut Scratch) {
        let w = self.width;
        let Scratch { rows, narrow, .. } = scratch;
        let table = bytes.get(self.words.clone()).unwrap_or_default();
        rows.clear();
        rows.resize(pieces.len() * w, 0.0);
        narrow.clear();
        narrow.resize(pieces.len() * w, 0.0);
        let pairs = rows.chunks_exact_mut(w).zip(narrow.chunks_exact_mut(w));
        for (piece, (row, more)) in pieces.iter().zip(pairs) {
            let (id, position, shape) = (piece.id as usize, piece.position as usize, piece.shape as usize);
            let scale = self.word_scales.get(id).copied().unwrap_or_default();
            if let Some(position) = self.position_rows.get(position * w..(position + 1) * w) {
                row.copy_from_slice(position);
            }
            if let Some(word) = table.get(id * w..(id + 1) * w) {
                kernels.add_row(row, word, scale);
            }
            if let Some(shape) = self.shape_rows.get(shape * w..(shape + 1) * w) {
                more.copy_from_slice(shape);
            }
        }
        kernels.add_and_normalise(rows, narrow, &self.norm.weight, &self.norm.bias);
    }
}

#[cfg(test)]
mod tests;
