// Loops over queries address several tables by one number.
#![allow(clippy::needless_range_loop)]

use super::float::exp;
use super::vector::Vector;
use super::{HEAD, LANES, Lanes};

/// Queries that are worked on together.
const QUERIES: usize = 4;

/// Sixteen numbers at the start of a cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line(Lanes<f32>);

/// Buffers of attention, kept from call to call.
#[derive(Default)]
pub(crate) struct AttentionScratch {
    /// Keys of one head: for every sixteen rows, each dimension's sixteen numbers.
    keys: Vec<[Line; HEAD]>,
    /// Values of one head, a row each.
    values: Vec<[Line; HEAD / LANES]>,
    /// For every sixteen rows, the scores that some queries give them.
    scores: Vec<[Line; QUERIES]>,
}

const ZERO: Line = Line([0.0; LANES]);

#[inline(always)]
pub(super) fn attend<V: Vector>(
    queries: &[f32],
    key_values: &[f32],
    width: usize,
    scratch: &mut AttentionScratch,
    out: &mut [f32],
) {
    let width = width.max(1);
    let n = key_values.len() / (2 * width);
    scratch.keys.resize(n.div_ceil(LANES), [ZERO; HEAD]);
    scratch.scores.resize(n.div_ceil(LANES), [ZERO; QUERIES]);
    scratch.values.resize(n, [ZERO; HEAD / LANES]);
    for head in (0..width / HEAD).map(|h| h * HEAD) {
        gather::<V>(key_values, width, head, scratch);
        for (queries, out) in queries.chunks(QUERIES * width).zip(out.chunks_mut(QUERIES * width)) {
            let mut some = [[0f32; HEAD]; QUERIES];
            for (some, query) in some.iter_mut().zip(queries.chunks_exact(width)) {
                some.copy_from_slice(&query[head..head + HEAD]);
            }
            let mut sums = [[[0f32; LANES]; HEAD / LANES]; QUERIES];
            attend_head::<V>(&some, n, scratch, &mut sums);
            for (out, sums) in out.chunks_exact_mut(width).zip(&sums) {
                out[head..head + HEAD].copy_from_slice(sums.as_flattened());
            }
        }
    }
}

/// Takes the keys and values of the head that starts at dimension `head` from rows `[key | value]`.
#[inline(always)]
fn gather<V: Vector>(key_values: &[f32], width: usize, head: usize, scratch: &mut AttentionScratch) {
    let AttentionScratch { keys, values, .. } = scratch;
    let blocks = key_values.chunks(2 * width * LANES).zip(keys).zip(values.chunks_mut(LANES));
    for ((rows, keys), values) in blocks {
        for part in 0..HEAD / LANES {
            let mut lines = [V::splat(0.0); LANES];
            for l in 0..values.len().min(LANES) {
                let Some(row) = rows.get(l * 2 * width + head + part * LANES..) else { return };
                let (Some(key), Some(value)) =
                    (row.first_chunk(), row.get(width..).and_then(<[f32]>::first_chunk))
                else {
                    return;
                };
                lines[l] = V::load(key);
                V::load(value).store(&mut values[l][part].0);
            }
            V::transpose(&mut lines);
            for l in 0..LANES {
                lines[l].store(&mut keys[part * LANES + l].0);
            }
        }
    }
}

/// What some queries take from the keys and values in `scratch`, `n` of each.
#[inline(always)]
fn attend_head<V: Vector>(
    queries: &[[f32; HEAD]; QUERIES],
    n: usize,
    scratch: &mut AttentionScratch,
    out: &mut [[Lanes<f32>; HEAD / LANES]; QUERIES],
) {
    let AttentionScratch { keys, values, scores } = scratch;
    let (keys, scores) = (keys.as_slice(), scores.as_mut_slice());
    let blocks = keys.len().min(scores.len());
    let by = V::splat(1.0 / (HEAD as f32).sqrt());
    let mut top = [V::splat(f32::MIN); QUERIES];
    for b in 0..blocks {
        let (keys, scores) = (&keys[b], &mut scores[b]);
        let mut sums = [V::splat(0.0); QUERIES];
        for d in 0..HEAD {
            let key = V::load(&keys[d].0);
            for q in 0..QUERIES {
                sums[q] = sums[q].plus(V::splat(queries[q][d]).times(key));
            }
        }
        let known = n - b * LANES;
        for q in 0..QUERIES {
            sums[q].times(by).store(&mut scores[q].0);
            if known < LANES {
                scores[q].0[known..].fill(f32::MIN);
            }
            top[q] = V::load(&scores[q].0).or_more(top[q]);
        }
    }
    let mut shares = [V::splat(0.0); QUERIES];
    for q in 0..QUERIES {
        top[q] = V::splat(top[q].most());
    }
    for scores in scores.iter_mut() {
        for q in 0..QUERIES {
            let share = exp(V::load(&scores[q].0).minus(top[q]));
            shares[q] = shares[q].plus(share);
            share.store(&mut scores[q].0);
        }
    }
    for q in 0..QUERIES {
        shares[q] = V::splat(1.0 / shares[q].sum());
    }
    for part in 0..HEAD / LANES {
        let mut sums = [V::splat(0.0); QUERIES];
        for (b, values) in values.chunks(LANES).enumerate() {
            let Some(scores) = scores.get(b) else { return };
            for l in 0..values.len().min(LANES) {
                let value = V::load(&values[l][part].0);
                for q in 0..QUERIES {
                    sums[q] = sums[q].plus(V::splat(scores[q].0[l]).times(value));
                }
            }
        }
        for q in 0..QUERIES {
            sums[q].times(shares[q]).store(&mut out[q][part]);
        }
    }
}
