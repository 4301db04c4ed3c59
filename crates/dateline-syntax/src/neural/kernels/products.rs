//! Products of 8-bit matrices.

// Loops over tiles address several tables by one number.
#![allow(clippy::needless_range_loop)]

use super::super::linear::{Linear, Quantised};
use super::float::gelu;
use super::vector::{self, Vector};
use super::{LANES, Lanes};

/// Rows of input that one pass takes together.
const TILE_ROWS: usize = 8;
/// Blocks of output that one pass takes together.
const TILE_BLOCKS: usize = 3;

/// Sums of a tile of `R` rows and `B` blocks, at the start of a cache line.
#[repr(C, align(64))]
pub(super) struct Sums<const R: usize, const B: usize>(pub(super) [[Lanes<i32>; B]; R]);

/// A way to sum products of integers.
trait Products {
    /// Finishes the sums.
    type Floats: Vector;

    /// Sums of unsigned inputs times signed weights, plus `offsets`: `R` rows of `k` values, `B` blocks of weights.
    fn sums<const R: usize, const B: usize>(
        values: &[u8],
        weights: &[u8],
        k: usize,
        offsets: &[Lanes<i32>; B],
        sums: &mut Sums<R, B>,
    );
}

/// Some blocks of outputs of a layer.
#[derive(Clone, Copy)]
struct Stripe<'a> {
    weights: &'a [u8],
    offsets: &'a [Lanes<i32>],
    scales: &'a [Lanes<f32>],
    bias: &'a [Lanes<f32>],
    /// First of the stripe's blocks whose numbers pass GELU.
    bent: usize,
    /// Inputs of the layer.
    k: usize,
}

/// Calls a function that is generic over a tile's rows and blocks.
macro_rules! of_shape {
    ($shape:expr, $with:ident, $tile:ident $arguments:tt) => {
        of_shape!($shape, $with, $tile $arguments,
            (8, 3) (7, 3) (6, 3) (5, 3) (4, 3) (3, 3) (2, 3) (1, 3)
            (8, 2) (7, 2) (6, 2) (5, 2) (4, 2) (3, 2) (2, 2) (1, 2)
            (8, 1) (7, 1) (6, 1) (5, 1) (4, 1) (3, 1) (2, 1) (1, 1))
    };
    ($shape:expr, $with:ident, $tile:ident $arguments:tt, $(($rows:literal, $blocks:literal))*) => {
        match $shape {
            $(($rows, $blocks) => $tile::<$with, $rows, $blocks> $arguments,)*
            _ => {}
        }
    };
}

/// One linear layer over all rows of `input`. `weights` holds `layer.rows * layer.inputs` bytes in blocks of 16
/// outputs; `output` takes `layer.rows` numbers a row.
#[inline(always)]
fn matrix<P: Products>(layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
    let (k, rows, stride) = (layer.inputs, input.scales.len(), layer.rows);
    let (Some(weights), Some(values)) = (weights.get(..stride * k), input.values.get(..rows * k)) else {
        return;
    };
    if input.width != k || k == 0 || !k.is_multiple_of(4) || output.len() < rows * stride {
        return;
    }
    // Weights outside, rows inside: a stripe of weights stays in the nearest cache while all rows pass.
    for (number, weights) in weights.chunks(k * LANES * TILE_BLOCKS).enumerate() {
        let first = number * TILE_BLOCKS;
        let blocks = weights.len() / (k * LANES);
        let (Some(offsets), Some(scales), Some(bias)) = (
            layer.offsets.as_chunks().0.get(first..first + blocks),
            layer.scales.as_chunks().0.get(first..first + blocks),
            layer.bias.as_chunks().0.get(first..first + blocks),
        ) else {
            return;
        };
        let bent = (layer.gelu_from / LANES).saturating_sub(first);
        let stripe = Stripe { weights, offsets, scales, bias, bent, k };
        let tiles = values.chunks(k * TILE_ROWS).zip(input.scales.chunks(TILE_ROWS));
        for ((values, scales), output) in tiles.zip(output.chunks_mut(stride * TILE_ROWS)) {
            let Some(output) = output.get_mut(first * LANES..) else { return };
            of_shape!((scales.len(), blocks), P, tile(stripe, values, scales, output, stride));
        }
    }
}

/// One tile of [`matrix`]: the sums, times the scales of row and output, plus the bias; then GELU, where that belongs.
#[inline(always)]
fn tile<P: Products, const R: usize, const B: usize>(
    stripe: Stripe<'_>,
    values: &[u8],
    row_scales: &[f32],
    output: &mut [f32],
    stride: usize,
) {
    let (Some(offsets), Some(scales), Some(bias)) =
        (stripe.offsets.first_chunk::<B>(), stripe.scales.first_chunk::<B>(), stripe.bias.first_chunk::<B>())
    else {
        return;
    };
    let mut sums = Sums([[[0; LANES]; B]; R]);
    P::sums(values, stripe.weights, stripe.k, offsets, &mut sums);
    let Some(row_scales) = row_scales.first_chunk::<R>() else { return };
    for b in 0..B {
        let (scales, bias) = (P::Floats::load(&scales[b]), P::Floats::load(&bias[b]));
        let bent = b >= stripe.bent;
        for r in 0..R {
            let scale = P::Floats::splat(row_scales[r]).times(scales);
            let mut numbers = P::Floats::from_integers(&sums.0[r][b]).times(scale).plus(bias);
            if bent {
                numbers = gelu(numbers);
            }
            let Some(out) = output.get_mut(r * stride + b * LANES..) else { return };
            let Some(out) = out.first_chunk_mut() else { return };
            numbers.store(out);
        }
    }
}

/// Products without any particular instructions.
struct Portable;

impl Products for Portable {
    type Floats = vector::Portable;

    #[inline(always)]
    fn sums<const R: usize, const B: usize>(
        values: &[u8],
        weights: &[u8],
        k: usize,
        offsets: &[Lanes<i32>; B],
        sums: &mut Sums<R, B>,
    ) {
        for (row, sums) in values.chunks_exact(k).zip(sums.0.iter_mut()) {
            for ((block, sums), offsets) in weights.chunks_exact(k * LANES).zip(sums).zip(offsets) {
                *sums = *offsets;
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
}

/// [`matrix`] for any processor.
pub(super) fn portable(layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
    matrix::<Portable>(layer, weights, input, output);
}

/// [`matrix`] for a processor with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(super) fn avx2(layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
    matrix::<x86::Avx2>(layer, weights, input, output);
}

/// [`matrix`] for a processor with AVX-512 F, BW, VL and VNNI.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) fn avx512(layer: &Linear, weights: &[u8], input: &Quantised, output: &mut [f32]) {
    matrix::<x86::Avx512>(layer, weights, input, output);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{LANES, Lanes, Products, Sums, vector};
    use std::arch::x86_64::*;

    /// Products by AVX2. Only [`super::avx2`] may use it.
    pub(super) struct Avx2;

    impl Products for Avx2 {
        type Floats = vector::x86::Avx2;

        #[inline(always)]
        fn sums<const R: usize, const B: usize>(
            values: &[u8],
            weights: &[u8],
            k: usize,
            offsets: &[Lanes<i32>; B],
            sums: &mut Sums<R, B>,
        ) {
            // SAFETY: the one caller runs where there is AVX2.
            unsafe { avx2(values, weights, k, offsets, sums) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn avx2<const R: usize, const B: usize>(
        values: &[u8],
        weights: &[u8],
        k: usize,
        offsets: &[Lanes<i32>; B],
        sums: &mut Sums<R, B>,
    ) {
        const ROWS: usize = 4;
        assert!(k.is_multiple_of(4) && values.len() >= R * k && weights.len() >= B * k * LANES);
        for b in 0..B {
            for half in 0..2 {
                for from in (0..R).step_by(ROWS) {
                    let mut lanes = [[_mm256_setzero_si256(); 2]; ROWS];
                    for four in 0..k / 4 {
                        // SAFETY: block `b` has `k / 4` groups of 64 bytes, and `half` is 0 or 1.
                        let w = unsafe {
                            let at = b * k * LANES + four * 64 + half * 32;
                            _mm256_loadu_si256(weights.as_ptr().add(at).cast())
                        };
                        // Weights as 16-bit numbers, inputs too: sums of two products then fit 32 bits exactly.
                        let low = _mm256_cvtepi8_epi16(_mm256_castsi256_si128(w));
                        let high = _mm256_cvtepi8_epi16(_mm256_extracti128_si256::<1>(w));
                        for (r, lanes) in lanes.iter_mut().enumerate() {
                            let row = (from + r).min(R - 1);
                            // SAFETY: every row has `k` bytes and `four` is below `k / 4`.
                            let bytes = unsafe {
                                values.as_ptr().add(row * k + four * 4).cast::<i32>().read_unaligned()
                            };
                            let a = _mm256_cvtepu8_epi16(_mm_set1_epi32(bytes));
                            lanes[0] = _mm256_add_epi32(lanes[0], _mm256_madd_epi16(low, a));
                            lanes[1] = _mm256_add_epi32(lanes[1], _mm256_madd_epi16(high, a));
                        }
                    }
                    for (lanes, sums) in lanes.iter().zip(sums.0.iter_mut().skip(from)) {
                        // `hadd` leaves the lanes as 0 1 4 5 2 3 6 7.
                        let lanes =
                            _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(lanes[0], lanes[1]));
                        // SAFETY: eight numbers are read from and written to one half of sixteen.
                        unsafe {
                            let offset = _mm256_loadu_si256(offsets[b].as_ptr().add(half * 8).cast());
                            let to = sums[b].as_mut_ptr().add(half * 8).cast();
                            _mm256_storeu_si256(to, _mm256_add_epi32(lanes, offset));
                        }
                    }
                }
            }
        }
    }

    /// Products by AVX-512 F, BW, VL and VNNI. Only [`super::avx512`] may use it.
    pub(super) struct Avx512;

    impl Products for Avx512 {
        type Floats = vector::x86::Avx512;

        #[inline(always)]
        fn sums<const R: usize, const B: usize>(
            values: &[u8],
            weights: &[u8],
            k: usize,
            offsets: &[Lanes<i32>; B],
            sums: &mut Sums<R, B>,
        ) {
            // SAFETY: the one caller runs where there are these instructions.
            unsafe { avx512(values, weights, k, offsets, sums) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    fn avx512<const R: usize, const B: usize>(
        values: &[u8],
        weights: &[u8],
        k: usize,
        offsets: &[Lanes<i32>; B],
        sums: &mut Sums<R, B>,
    ) {
        assert!(k.is_multiple_of(4) && values.len() >= R * k && weights.len() >= B * k * LANES);
        let mut start = [_mm512_setzero_si512(); B];
        for (start, offsets) in start.iter_mut().zip(offsets) {
            // SAFETY: a block of offsets holds sixteen numbers.
            *start = unsafe { _mm512_loadu_si512(offsets.as_ptr().cast()) };
        }
        let mut lanes = [start; R];
        for four in 0..k / 4 {
            let mut w = [_mm512_setzero_si512(); B];
            for (b, w) in w.iter_mut().enumerate() {
                // SAFETY: block `b` has `k / 4` groups of 64 bytes.
                *w = unsafe { _mm512_loadu_si512(weights.as_ptr().add(b * k * LANES + four * 64).cast()) };
            }
            for (r, lanes) in lanes.iter_mut().enumerate() {
                // SAFETY: every row has `k` bytes and `four` is below `k / 4`.
                let bytes = unsafe { values.as_ptr().add(r * k + four * 4).cast::<i32>().read_unaligned() };
                let a = _mm512_set1_epi32(bytes);
                for (sum, w) in lanes.iter_mut().zip(w) {
                    *sum = _mm512_dpbusd_epi32(*sum, a, w);
                }
            }
        }
        for (lanes, sums) in lanes.iter().zip(&mut sums.0) {
            for (lanes, sums) in lanes.iter().zip(sums) {
                // SAFETY: `sums` holds sixteen numbers.
                unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), *lanes) };
            }
        }
    }
}
