use super::kernels::Kernels;
use std::ops::Range;

/// A linear layer: 8-bit weights in the model's bytes, one scale a row.
pub(crate) struct Linear {
    /// Where in the model's bytes the weights lie, in blocks of 16 rows.
    pub(crate) weights: Range<usize>,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
    /// Every row's sum of weights times -128, since inputs are kept 128 too high.
    pub(crate) offsets: Vec<i32>,
    /// Outputs, a multiple of 16.
    pub(crate) rows: usize,
    pub(crate) inputs: usize,
    /// Outputs from this multiple of 16 on pass GELU.
    pub(crate) gelu_from: usize,
}

impl Linear {
    /// Two layers, the first with so many of the outputs; `None` unless that is a multiple of 16 within the layer.
    pub(crate) fn split(mut self, outputs: usize) -> Option<(Self, Self)> {
        if !outputs.is_multiple_of(16) || outputs > self.rows {
            return None;
        }
        let middle = self.weights.start + outputs * self.inputs;
        let rest = Self {
            weights: middle..self.weights.end,
            scales: self.scales.split_off(outputs),
            bias: self.bias.split_off(outputs),
            offsets: self.offsets.split_off(outputs),
            rows: self.rows - outputs,
            inputs: self.inputs,
            gelu_from: self.gelu_from.saturating_sub(outputs),
        };
        Some((Self { weights: self.weights.start..middle, rows: outputs, ..self }, rest))
    }

    /// Lets GELU follow the layer, for outputs from this multiple of 16 on.
    pub(crate) fn with_gelu_from(self, output: usize) -> Self {
        Self { gelu_from: output, ..self }
    }

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
        let stride = stride.max(1);
        let count = rows.len() / stride;
        self.width = width;
        self.values.resize(count * width, 0);
        self.scales.resize(count, 0.0);
        kernels.quantise(rows.get(start..).unwrap_or_default(), stride, self);
    }

    /// Keeps the rows at these ascending places alone.
    pub(crate) fn keep(&mut self, places: &[usize]) {
        keep(&mut self.values, self.width, places);
        keep(&mut self.scales, 1, places);
    }
}

/// Keeps those rows of `width` alone that stand at these ascending places.
pub(crate) fn keep<T: Copy>(rows: &mut Vec<T>, width: usize, places: &[usize]) {
    for (to, &from) in places.iter().enumerate() {
        if to <= from && (from + 1) * width <= rows.len() {
            rows.copy_within(from * width..(from + 1) * width, to * width);
        }
    }
    rows.truncate(places.len() * width);
}
