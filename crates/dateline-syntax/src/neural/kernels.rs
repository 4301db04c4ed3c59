//! The arithmetic that takes nearly all the time, for whatever the processor offers.
//!
//! `unsafe` stands only here, in `products` and in `vector`. Integer products and vectors of floats use processor
//! instructions by name, since no compiler finds all of them by itself: on the build machine the products are some ten
//! times faster than the portable loop. Functions compiled for them are called only where [`Kernels::available`] has
//! found the instructions; that is the one condition of all `unsafe` here.
//!
//! All paths give the same bits. Integer sums are exact in any order. Float functions are one source over [`Vector`],
//! compiled several times; they add in lanes of sixteen whose order the source fixes, and nothing is fused.

mod attention;
mod float;
mod gates;
mod products;
mod vector;

pub(crate) use attention::AttentionScratch;

use super::linear::{Linear, Quantised};
use attention::attend;
use float::ROUND;
use gates::carry_rows;
use vector::Vector;

/// Outputs a block of weights holds, and the lanes in which floats are added.
pub(crate) const LANES: usize = 16;
/// Width of one attention head; the model file is checked against it.
pub(crate) const HEAD: usize = 32;

/// As many numbers as are worked on at once.
type Lanes<T> = [T; LANES];

/// Which instructions to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kernels(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Portable,
    /// Only made where the processor has AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Only made where the processor has AVX-512 F, BW, VL and VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kernels {
    /// The best that this processor can do.
    pub(crate) fn detect() -> Self {
        Self::available().into_iter().next_back().unwrap_or(Self(Level::Portable))
    }

    /// Everything that this processor can do, the best last.
    pub(crate) fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self(Level::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Self(Level::Avx2));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Level::Avx512));
            }
        }
        all
    }
}

/// Defines a method of [`Kernels`] that runs one and the same body, compiled for each level. The body is generic over
/// the [`Vector`] to use.
macro_rules! compiled_for_each {
    ($(#[$doc:meta])* $name:ident, $body:ident, ($($arg:ident: $type:ty),*) $(-> $out:ty)?) => {
        impl Kernels {
            $(#[$doc])*
            #[allow(clippy::too_many_arguments, dead_code)]
            pub(crate) fn $name(self, $($arg: $type),*) $(-> $out)? {
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $type),*) $(-> $out)? {
                    $body::<vector::x86::Avx2>($($arg),*)
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
                fn avx512($($arg: $type),*) $(-> $out)? {
                    $body::<vector::x86::Avx512>($($arg),*)
                }
                match self.0 {
                    Level::Portable => $body::<vector::Portable>($($arg),*),
                    // SAFETY: a level is only made where the processor has its instructions.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 => unsafe { avx2($($arg),*) },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx512 => unsafe { avx512($($arg),*) },
                }
            }
        }
    };
}

compiled_for_each! {
    /// Writes rows, each `stride` numbers from the next, as bytes around 128; keeps the scales that turn them back.
    quantise, quantise_rows, (rows: &[f32], stride: usize, out: &mut Quantised)
}
compiled_for_each! {
    /// Adds `more` to `rows` and normalises every row of `weight.len()` numbers to mean 0 and variance 1, then scales.
    add_and_normalise, add_and_normalise_rows, (rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32])
}
compiled_for_each! {
    /// Normalises every row of `weight.len()` numbers to mean 0 and variance 1, then scales.
    normalise, normalise_rows, (rows: &mut [f32], weight: &[f32], bias: &[f32])
}
compiled_for_each! {
    /// Carries the memory of one sentence over its words, both ways, and mixes it into `rows` by the gates.
    carry, carry_rows, (gates: &[f32], rows: &mut [f32], width: usize, memory: &mut Vec<f32>)
}
compiled_for_each! {
    /// Adds an 8-bit row, times its scale, to `sum`.
    add_row, add_8_bit_row, (sum: &mut [f32], row: &[u8], scale: f32)
}
compiled_for_each! {
    /// Writes GELU of the sums of two rows to a third.
    gelu_of_sum, gelu_of_sum_row, (a: &[f32], b: &[f32], out: &mut [f32])
}
compiled_for_each! {
    /// Attention of one sentence's rows of `queries` over its rows `[key | value]`; `out` takes a row a query.
    attention, attend, (queries: &[f32], key_values: &[f32], width: usize, scratch: &mut AttentionScratch, out: &mut [f32])
}
compiled_for_each! {
    /// Sum of products.
    dot, dot_lanes, (a: &[f32], b: &[f32]) -> f32
}
compiled_for_each! {
    /// Adds the rows of `rows`, each as long as `sum`, times the numbers of `by`, to `sum`.
    add_scaled, add_scaled_rows, (sum: &mut [f32], rows: &[f32], by: &[f32])
}

impl Kernels {
    /// One linear layer over all rows of `input`. `weights` holds `layer.rows * layer.inputs` bytes in blocks of 16
    /// outputs; `output` takes `layer.rows` numbers a row.
    pub(crate) fn matrix(self, layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
        match self.0 {
            Level::Portable => products::portable(layer, weights, input, output),
            // SAFETY: a level is only made where the processor has its instructions.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { products::avx2(layer, weights, input, output) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { products::avx512(layer, weights, input, output) },
        }
    }
}

#[inline(always)]
fn quantise_rows<V: Vector>(rows: &[f32], stride: usize, out: &mut Quantised) {
    let bytes = out.values.chunks_exact_mut(out.width.max(1));
    for ((row, bytes), scale) in rows.chunks(stride.max(1)).zip(bytes).zip(&mut out.scales) {
        let Some(row) = row.get(..bytes.len()) else { return };
        *scale = quantise_row::<V>(row, bytes);
    }
}

#[inline(always)]
fn quantise_row<V: Vector>(row: &[f32], out: &mut [u8]) -> f32 {
    let (lines, rest) = row.as_chunks::<LANES>();
    let mut top = V::splat(0.0);
    for line in lines {
        top = V::load(line).abs().or_more(top);
    }
    let mut max = top.most();
    for v in rest {
        max = if v.abs() > max { v.abs() } else { max };
    }
    if max < 1e-30 {
        out.fill(128);
        return 0.0;
    }
    let by = 127.0 / max;
    let (bytes, rest_bytes) = out.as_chunks_mut::<LANES>();
    for (line, bytes) in lines.iter().zip(bytes) {
        V::load(line).times(V::splat(by)).plus(V::splat(ROUND)).store_bytes(bytes);
    }
    for (v, out) in rest.iter().zip(rest_bytes) {
        *out = ((v * by + ROUND).to_bits() as u8) ^ 128;
    }
    max / 127.0
}

#[inline(always)]
fn add_and_normalise_rows<V: Vector>(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len().max(1);
    for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
        let lines = row.as_chunks_mut::<LANES>().0;
        let mut sums = V::splat(0.0);
        for (line, more) in lines.iter_mut().zip(more.as_chunks::<LANES>().0) {
            let sum = V::load(line).plus(V::load(more));
            sum.store(line);
            sums = sums.plus(sum);
        }
        normalise_row(lines, sums, weight, bias);
    }
}

#[inline(always)]
fn normalise_rows<V: Vector>(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    for row in rows.chunks_exact_mut(weight.len().max(1)) {
        let lines = row.as_chunks_mut::<LANES>().0;
        let mut sums = V::splat(0.0);
        for line in lines.iter() {
            sums = sums.plus(V::load(line));
        }
        normalise_row(lines, sums, weight, bias);
    }
}

/// Normalises a row of `weight.len()` numbers, whose sum is that of `sums`.
#[inline(always)]
fn normalise_row<V: Vector>(row: &mut [Lanes<f32>], sums: V, weight: &[f32], bias: &[f32]) {
    let count = weight.len() as f32;
    let mean = V::splat(sums.sum() / count);
    let mut squares = V::splat(0.0);
    for line in row.iter() {
        let off = V::load(line).minus(mean);
        squares = squares.plus(off.times(off));
    }
    let by = V::splat(1.0 / (squares.sum() / count + 1e-12).sqrt());
    for ((line, weight), bias) in row.iter_mut().zip(weight.as_chunks().0).zip(bias.as_chunks().0) {
        let off = V::load(line).minus(mean).times(by);
        off.times(V::load(weight)).plus(V::load(bias)).store(line);
    }
}

#[inline(always)]
fn add_8_bit_row<V: Vector>(sum: &mut [f32], row: &[u8], scale: f32) {
    let scale = V::splat(scale);
    for (sum, row) in sum.as_chunks_mut::<LANES>().0.iter_mut().zip(row.as_chunks::<LANES>().0) {
        V::load(sum).plus(scale.times(V::from_signed_bytes(row))).store(sum);
    }
}

#[inline(always)]
fn gelu_of_sum_row<V: Vector>(a: &[f32], b: &[f32], out: &mut [f32]) {
    let sums = a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0);
    for ((a, b), out) in sums.zip(out.as_chunks_mut::<LANES>().0) {
        float::gelu(V::load(a).plus(V::load(b))).store(out);
    }
}

#[inline(always)]
fn dot_lanes<V: Vector>(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = V::splat(0.0);
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        sums = sums.plus(V::load(a).times(V::load(b)));
    }
    sums.sum()
}

#[inline(always)]
fn add_scaled_rows<V: Vector>(sum: &mut [f32], rows: &[f32], by: &[f32]) {
    let width = sum.len().max(1);
    for (s, sum) in sum.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        let mut total = V::load(sum);
        for (row, by) in rows.chunks_exact(width).zip(by) {
            if let Some(line) = row.as_chunks::<LANES>().0.get(s) {
                total = total.plus(V::load(line).times(V::splat(*by)));
            }
        }
        total.store(sum);
    }
}

#[cfg(test)]
mod tests;
