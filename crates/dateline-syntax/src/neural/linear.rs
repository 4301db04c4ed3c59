use super::kernels::Kernels;
use std::ops::Range;

/// A linear layer: 8-bit weights in the model's bytes, one scale a row.
pub(crate) struct Linear {
    /// Where in the model's bytes the weights lie, in blocks of 16 rows.
    pub(crate) weights: Range<usize>,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    /// The sum of every row's weights.
    pub(crate) sums: Vec<i32>,
    /// Outputs, a multiple of 16.
    pub(crate) rows: usize,
    pub(crate) inputs: usize,
}

impl Linear {
    /// Applies the layer to every row of `input`, writing `rows` numbers a row to `output`.
    pub(crate) fn apply(&self, kernels: Kernels, bytes: &[u8], input: &Quantised, output: &mut Vec<f32>) {
        debug_assert_eq!(input.width, self.inputs);
        output.resize(input.scales.len() * self.rows, 0.0);
        let weights = bytes.get(self.weights.clone()).unwrap_or_default();
        kernels.matrix(self, weights, input, output);
    }
}

/// Rows of activations as unsigned 8-bit integers: `value = scale * (byte - 128)`.
#[derive(Default)]
pub(crate) struct Quantised {
    pub(crate) values: Vec<u8>,
    pub(crate) scales: Vec<f32>,
    pub(crate) width: usize,
}

impl Quantised {
    /// Takes over `rows`, each of `width` numbers, a stretch of `stride` numbers apart.
    pub(crate) fn fill(&mut self, kernels: Kernels, rows: &[f32], start: usize, width: usize, stride: usize) {
        self.width = width;
        self.scales.clear();
        let count = rows.len() / stride.max(1);
        self.values.resize(count * width, 0);
        for (row, out) in rows.chunks_exact(stride.max(1)).zip(self.values.chunks_exact_mut(width.max(1))) {
            let scale = row.get(start..start + width).map_or(0.0, |row| kernels.quantise(row, out));
            self.scales.push(scale);
        }
    }
}
