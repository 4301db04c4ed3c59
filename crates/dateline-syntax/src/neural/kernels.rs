//! The arithmetic that takes nearly all the time, for whatever the processor offers.
//!
//! This is the only file with `unsafe` in it, for two reasons. Integer products use processor instructions by name,
//! since no compiler finds them by itself: on the build machine they are some ten times faster than the portable loop.
//! And functions compiled for wider vectors may only be called where those exist, which [`Kernels::detect`] has asked.
//!
//! All paths give the same bits. Integer sums are exact in any order. Float functions are one source compiled several
//! times; they add in lanes of sixteen whose order the source fixes, and the compiler fuses nothing.

// Loops over tiles address several tables by one number.
#![allow(clippy::needless_range_loop)]

use super::float::{exp, gelu};
use super::linear::{Linear, Quantised};

/// Outputs a block of weights holds, and the lanes in which floats are added.
pub(crate) const LANES: usize = 16;
/// Rows of input that one pass takes together.
const TILE_ROWS: usize = 8;
/// Blocks of output that one pass takes together.
const TILE_BLOCKS: usize = 3;
/// Width of one attention head; the model file is checked against it.
pub(crate) const HEAD: usize = 32;

type Tile = [[[i32; LANES]; TILE_BLOCKS]; TILE_ROWS];

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

/// Defines a method of [`Kernels`] that runs one and the same body, compiled for each level.
macro_rules! compiled_for_each {
    ($(#[$doc:meta])* $name:ident, $body:ident, ($($arg:ident: $type:ty),*) $(-> $out:ty)?) => {
        impl Kernels {
            $(#[$doc])*
            #[allow(clippy::too_many_arguments)]
            pub(crate) fn $name(self, $($arg: $type),*) $(-> $out)? {
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $type),*) $(-> $out)? {
                    $body($($arg),*)
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
                fn avx512($($arg: $type),*) $(-> $out)? {
                    $body($($arg),*)
                }
                match self.0 {
                    Level::Portable => $body($($arg),*),
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
    /// Applies GELU to every number.
    gelu, gelu_all, (values: &mut [f32])
}
compiled_for_each! {
    /// Writes a row as bytes around 128 and gives the scale that turns them back.
    quantise, quantise_row, (row: &[f32], out: &mut [u8]) -> f32
}
compiled_for_each! {
    /// Adds `more` to `rows` and normalises every row of `weight.len()` numbers to mean 0 and variance 1, then scales.
    add_and_normalise, add_and_normalise_rows, (rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32])
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
compiled_for_each! {
    /// Turns a tile of integer sums into numbers of `output`, `stride` apart: the sum times both scales, plus the bias.
    finish_tile, finish_tile_rows, (tile: &Tile, shape: (usize, usize), layer: &Linear, first: usize, scales: &[f32], output: &mut [f32], stride: usize)
}

impl Kernels {
    /// One linear layer over all rows of `input`. `weights` holds `layer.rows * layer.inputs` bytes in blocks.
    pub(crate) fn matrix(self, layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
        let (k, rows) = (layer.inputs, input.scales.len());
        let block = k * LANES;
        if k == 0 || input.width != k || input.values.len() < rows * k || weights.len() < layer.rows * k {
            return;
        }
        let mut tile: Tile = [[[0; LANES]; TILE_BLOCKS]; TILE_ROWS];
        // Weights outside, rows inside: a stripe of weights stays in the nearest cache while all rows pass.
        for (stripe, stripe_weights) in weights[..layer.rows * k].chunks(block * TILE_BLOCKS).enumerate() {
            let blocks = stripe_weights.len() / block;
            let first = stripe * TILE_BLOCKS * LANES;
            for (t, values) in input.values[..rows * k].chunks(k * TILE_ROWS).enumerate() {
                let at = t * TILE_ROWS;
                let count = values.len() / k;
                match self.0 {
                    Level::Portable => products(values, stripe_weights, k, &mut tile),
                    // SAFETY: the processor has the instructions; the slices hold whole rows and blocks.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx2 => unsafe { products_avx2(values, stripe_weights, k, &mut tile) },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Level::Avx512 => unsafe { products_avx512(values, stripe_weights, k, &mut tile) },
                }
                let scales = &input.scales[at..at + count];
                let target = &mut output[at * layer.rows..];
                self.finish_tile(&tile, (count, blocks), layer, first, scales, target, layer.rows);
            }
        }
    }
}

/// Sums of unsigned inputs times signed weights, for up to a tile of rows and blocks.
fn products(values: &[u8], weights: &[u8], k: usize, tile: &mut Tile) {
    for (row, sums) in values.chunks_exact(k).zip(tile.iter_mut()) {
        for (block, sums) in weights.chunks_exact(k * LANES).zip(sums.iter_mut()) {
            *sums = [0; LANES];
            for (four, lanes) in row.as_chunks::<4>().0.iter().zip(block.as_chunks::<{ 4 * LANES }>().0) {
                for (sum, w) in sums.iter_mut().zip(lanes.as_chunks::<4>().0) {
                    *sum += i32::from(four[0]) * i32::from(w[0] as i8)
                        + i32::from(four[1]) * i32::from(w[1] as i8)
                        + i32::from(four[2]) * i32::from(w[2] as i8)
                        + i32::from(four[3]) * i32::from(w[3] as i8);
                }
            }
        }
    }
}

/// As [`products`]. The processor must have AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn products_avx2(values: &[u8], weights: &[u8], k: usize, tile: &mut Tile) {
    use std::arch::x86_64::*;
    const ROWS: usize = 4;
    let (rows, blocks) = (values.len() / k, weights.len() / (k * LANES));
    assert!(k.is_multiple_of(4) && rows <= TILE_ROWS && blocks <= TILE_BLOCKS);
    for b in 0..blocks {
        for half in 0..2 {
            for from in (0..rows).step_by(ROWS) {
                let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
                for four in 0..k / 4 {
                    // SAFETY: block `b` has `k / 4` groups of 64 bytes, and `half` is 0 or 1.
                    let w = unsafe {
                        _mm256_loadu_si256(weights.as_ptr().add(b * k * LANES + four * 64 + half * 32).cast())
                    };
                    // Weights as 16-bit numbers, inputs too: sums of two products then fit 32 bits exactly.
                    let low = _mm256_cvtepi8_epi16(_mm256_castsi256_si128(w));
                    let high = _mm256_cvtepi8_epi16(_mm256_extracti128_si256::<1>(w));
                    for (r, sum) in sums.iter_mut().enumerate() {
                        let row = (from + r).min(rows - 1);
                        // SAFETY: every row has `k` bytes and `four` is below `k / 4`.
                        let bytes =
                            unsafe { values.as_ptr().add(row * k + four * 4).cast::<i32>().read_unaligned() };
                        let a = _mm256_cvtepu8_epi16(_mm_set1_epi32(bytes));
                        sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(low, a));
                        sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(high, a));
                    }
                }
                for (r, sum) in sums.iter().enumerate().take(rows - from) {
                    // `hadd` leaves the lanes as 0 1 4 5 2 3 6 7.
                    let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(sum[0], sum[1]));
                    // SAFETY: eight numbers are written to one half of sixteen.
                    unsafe {
                        _mm256_storeu_si256(tile[from + r][b].as_mut_ptr().add(half * 8).cast(), sum);
                    }
                }
            }
        }
    }
}

/// As [`products`]. The processor must have AVX-512 F and VNNI.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn products_avx512(values: &[u8], weights: &[u8], k: usize, tile: &mut Tile) {
    use std::arch::x86_64::*;
    let (rows, blocks) = (values.len() / k, weights.len() / (k * LANES));
    assert!(k.is_multiple_of(4) && (1..=TILE_ROWS).contains(&rows) && (1..=TILE_BLOCKS).contains(&blocks));
    if rows == TILE_ROWS && blocks == TILE_BLOCKS {
        // Places that the compiler knows: the sums stay in registers, and so do few addresses.
        let mut sums = [[_mm512_setzero_si512(); TILE_BLOCKS]; TILE_ROWS];
        for four in 0..k / 4 {
            let mut w = [_mm512_setzero_si512(); TILE_BLOCKS];
            for (b, w) in w.iter_mut().enumerate() {
                // SAFETY: block `b` has `k / 4` groups of 64 bytes.
                *w = unsafe { _mm512_loadu_si512(weights.as_ptr().add(b * k * LANES + four * 64).cast()) };
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                // SAFETY: every row has `k` bytes and `four` is below `k / 4`.
                let bytes = unsafe { values.as_ptr().add(r * k + four * 4).cast::<i32>().read_unaligned() };
                let a = _mm512_set1_epi32(bytes);
                for (sum, w) in sums.iter_mut().zip(w) {
                    *sum = _mm512_dpbusd_epi32(*sum, a, w);
                }
            }
        }
        for (sums, out) in sums.iter().zip(tile.iter_mut()) {
            for (sum, out) in sums.iter().zip(out.iter_mut()) {
                // SAFETY: `out` holds sixteen numbers.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
            }
        }
        return;
    }
    // A smaller tile does its last row and block over and over: one loop without branches is faster than an exact one.
    let row_at: [usize; TILE_ROWS] = std::array::from_fn(|r| r.min(rows - 1) * k);
    let block_at: [usize; TILE_BLOCKS] = std::array::from_fn(|b| b.min(blocks - 1) * k * LANES);
    let mut sums = [[_mm512_setzero_si512(); TILE_BLOCKS]; TILE_ROWS];
    for four in 0..k / 4 {
        let mut w = [_mm512_setzero_si512(); TILE_BLOCKS];
        for (w, at) in w.iter_mut().zip(block_at) {
            // SAFETY: a block has `k / 4` groups of 64 bytes, and `at` is the start of a block that is there.
            *w = unsafe { _mm512_loadu_si512(weights.as_ptr().add(at + four * 64).cast()) };
        }
        for (sums, at) in sums.iter_mut().zip(row_at) {
            // SAFETY: a row has `k` bytes, `four` is below `k / 4`, and `at` is the start of a row that is there.
            let bytes = unsafe { values.as_ptr().add(at + four * 4).cast::<i32>().read_unaligned() };
            let a = _mm512_set1_epi32(bytes);
            for (sum, w) in sums.iter_mut().zip(w) {
                *sum = _mm512_dpbusd_epi32(*sum, a, w);
            }
        }
    }
    for (sums, out) in sums.iter().zip(tile.iter_mut()) {
        for (sum, out) in sums.iter().zip(out.iter_mut()) {
            // SAFETY: `out` holds sixteen numbers.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), *sum) };
        }
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn finish_tile_rows(
    tile: &Tile,
    (rows, blocks): (usize, usize),
    layer: &Linear,
    first: usize,
    scales: &[f32],
    output: &mut [f32],
    stride: usize,
) {
    for b in 0..blocks {
        let at = first + b * LANES;
        let (Some(sums), Some(weight_scales), Some(bias)) = (
            layer.sums.get(at..).and_then(|s| s.first_chunk::<LANES>()),
            layer.scales.get(at..).and_then(|s| s.first_chunk::<LANES>()),
            layer.bias.get(at..).and_then(|s| s.first_chunk::<LANES>()),
        ) else {
            return;
        };
        for (r, &scale) in scales.iter().enumerate().take(rows) {
            let Some(out) = output.get_mut(r * stride + at..).and_then(|o| o.first_chunk_mut::<LANES>())
            else {
                return;
            };
            for l in 0..LANES {
                let exact = tile[r][b][l] - 128 * sums[l];
                out[l] = exact as f32 * (scale * weight_scales[l]) + bias[l];
            }
        }
    }
}

#[inline(always)]
fn gelu_all(values: &mut [f32]) {
    for v in values {
        *v = gelu(*v);
    }
}

#[inline(always)]
fn quantise_row(row: &[f32], out: &mut [u8]) -> f32 {
    let mut top = [0f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (top, v) in top.iter_mut().zip(chunk) {
            let v = v.abs();
            *top = if v > *top { v } else { *top };
        }
    }
    let mut max = top.into_iter().fold(0f32, |a, b| if b > a { b } else { a });
    for v in rest {
        max = if v.abs() > max { v.abs() } else { max };
    }
    if max.is_nan() || max < 1e-30 {
        out.fill(128);
        return 0.0;
    }
    let by = 127.0 / max;
    for (v, out) in row.iter().zip(out) {
        // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
        *out = ((v * by + 12_582_912.0).to_bits() as u8).wrapping_add(128);
    }
    max / 127.0
}

#[inline(always)]
fn add_and_normalise_rows(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len().max(1);
    for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
        for (v, m) in row.iter_mut().zip(more) {
            *v += m;
        }
        normalise_row(row, weight, bias);
    }
}

#[inline(always)]
fn normalise_row(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let count = row.len() as f32;
    let mut sums = [0f32; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for (s, v) in sums.iter_mut().zip(chunk) {
            *s += v;
        }
    }
    let mean = folded(sums) / count;
    let mut squares = [0f32; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for (s, v) in squares.iter_mut().zip(chunk) {
            *s += (v - mean) * (v - mean);
        }
    }
    let by = 1.0 / (folded(squares) / count + 1e-12).sqrt();
    for ((v, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *v = (*v - mean) * by * w + b;
    }
}

/// The sum of all lanes, halved again and again.
#[inline(always)]
fn folded(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for l in 0..half {
            lanes[l] += lanes[l + half];
        }
        half /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn dot_lanes(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for ((s, a), b) in sums.iter_mut().zip(a).zip(b) {
            *s += a * b;
        }
    }
    folded(sums)
}

#[inline(always)]
fn add_scaled_rows(sum: &mut [f32], rows: &[f32], by: &[f32]) {
    for (row, by) in rows.chunks_exact(sum.len().max(1)).zip(by) {
        for (s, r) in sum.iter_mut().zip(row) {
            *s += by * r;
        }
    }
}

/// Buffers of [`Kernels::attention`], kept from call to call.
#[derive(Default)]
pub(crate) struct AttentionScratch {
    /// Keys of one head: for every sixteen words, each dimension's sixteen numbers.
    keys: Vec<[f32; LANES]>,
    values: Vec<[f32; HEAD]>,
    scores: Vec<[f32; LANES]>,
}

#[inline(always)]
fn attend(
    queries: &[f32],
    key_values: &[f32],
    width: usize,
    scratch: &mut AttentionScratch,
    out: &mut [f32],
) {
    let n = key_values.len() / (2 * width).max(1);
    let blocks = n.div_ceil(LANES);
    let by = 1.0 / (HEAD as f32).sqrt();
    for head in (0..width).step_by(HEAD) {
        scratch.keys.clear();
        scratch.keys.resize(blocks * HEAD, [0.0; LANES]);
        scratch.values.clear();
        for (j, row) in key_values.chunks_exact(2 * width).enumerate() {
            let key = &row[head..head + HEAD];
            for (d, &v) in key.iter().enumerate() {
                scratch.keys[j / LANES * HEAD + d][j % LANES] = v;
            }
            let mut value = [0f32; HEAD];
            value.copy_from_slice(&row[width + head..width + head + HEAD]);
            scratch.values.push(value);
        }
        for (row, out) in queries.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
            let mut query = [0f32; HEAD];
            for (q, v) in query.iter_mut().zip(&row[head..head + HEAD]) {
                *q = v * by;
            }
            scratch.scores.clear();
            let mut top = [f32::MIN; LANES];
            for keys in scratch.keys.as_chunks::<HEAD>().0 {
                let mut sums = [0f32; LANES];
                for (q, keys) in query.iter().zip(keys) {
                    for (s, k) in sums.iter_mut().zip(keys) {
                        *s += q * k;
                    }
                }
                scratch.scores.push(sums);
                for (t, s) in top.iter_mut().zip(&sums) {
                    *t = if *s > *t { *s } else { *t };
                }
            }
            // Lanes beyond the last word hold 0, which may exceed the true maximum but never harms.
            let max = top.into_iter().fold(f32::MIN, |a, b| if b > a { b } else { a });
            let mut total = [0f32; LANES];
            for (b, scores) in scratch.scores.iter_mut().enumerate() {
                for s in scores.iter_mut() {
                    *s = exp(*s - max);
                }
                let known = n - b * LANES;
                if known < LANES {
                    scores[known..].fill(0.0);
                }
                for (t, s) in total.iter_mut().zip(scores.iter()) {
                    *t += s;
                }
            }
            let share = 1.0 / folded(total);
            let mut sums = [0f32; HEAD];
            for (value, p) in scratch.values.iter().zip(scratch.scores.as_flattened()) {
                for (s, v) in sums.iter_mut().zip(value) {
                    *s += p * v;
                }
            }
            for (o, s) in out[head..head + HEAD].iter_mut().zip(&sums) {
                *o = s * share;
            }
        }
    }
}

#[cfg(test)]
mod tests;
