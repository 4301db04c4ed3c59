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
    let by = 1.0 / (HEAD as f32).sqrt();
    for head in (0..width / HEAD).map(|h| h * HEAD) {
        scratch.keys.clear();
        scratch.keys.resize(n.div_ceil(LANES), [ZERO; HEAD]);
        scratch.values.clear();
        scratch.scores.resize(n.div_ceil(LANES), [ZERO; QUERIES]);
        for (rows, keys) in key_values.chunks(2 * width * LANES).zip(&mut scratch.keys) {
            for (lane, row) in rows.chunks_exact(2 * width).enumerate() {
                let (key, value) = row.split_at(width);
                let (key, value) = (&key[head..head + HEAD], &value[head..head + HEAD]);
                for (keys, k) in keys.iter_mut().zip(key) {
                    keys.0[lane] = *k;
                }
                let mut both = [ZERO; HEAD / LANES];
                for (line, value) in both.iter_mut().zip(value.chunks_exact(LANES)) {
                    line.0.copy_from_slice(value);
                }
                scratch.values.push(both);
            }
        }
        for (queries, out) in queries.chunks(QUERIES * width).zip(out.chunks_mut(QUERIES * width)) {
            let mut some = [[0f32; HEAD]; QUERIES];
            for (some, query) in some.iter_mut().zip(queries.chunks_exact(width)) {
                for (some, q) in some.iter_mut().zip(&query[head..head + HEAD]) {
                    *some = q * by;
                }
            }
            let sums = attend_head::<V>(&some, n, scratch);
            for (out, sums) in out.chunks_exact_mut(width).zip(&sums) {
                out[head..head + HEAD].copy_from_slice(sums.as_flattened());
            }
        }
    }
}

/// What some queries take from the values in `scratch`, which belong to `n` keys.
#[inline(always)]
fn attend_head<V: Vector>(
    queries: &[[f32; HEAD]; QUERIES],
    n: usize,
    scratch: &mut AttentionScratch,
) -> [[Lanes<f32>; HEAD / LANES]; QUERIES] {
    let AttentionScratch { keys, values, scores } = scratch;
    let mut top = [V::splat(f32::MIN); QUERIES];
    for (b, (keys, scores)) in keys.iter().zip(scores.iter_mut()).enumerate() {
        let mut sums = [V::splat(0.0); QUERIES];
        for (d, key) in keys.iter().enumerate() {
            let key = V::load(&key.0);
            for (sum, query) in sums.iter_mut().zip(queries) {
                *sum = sum.plus(V::splat(query[d]).times(key));
            }
        }
        let known = n - b * LANES;
        for ((sum, scores), top) in sums.into_iter().zip(scores).zip(&mut top) {
            sum.store(&mut scores.0);
            if known < LANES {
                scores.0[known..].fill(f32::MIN);
            }
            *top = V::load(&scores.0).or_more(*top);
        }
    }
    let mut totals = [V::splat(0.0); QUERIES];
    for ((total, top), q) in totals.iter_mut().zip(top).zip(0..) {
        let top = V::splat(top.most());
        for scores in scores.iter_mut() {
            let share = exp(V::load(&scores[q].0).minus(top));
            *total = total.plus(share);
            share.store(&mut scores[q].0);
        }
    }
    let mut out = [[[0f32; LANES]; HEAD / LANES]; QUERIES];
    for part in 0..HEAD / LANES {
        let mut sums = [V::splat(0.0); QUERIES];
        for (scores, values) in scores.iter().zip(values.chunks(LANES)) {
            for (l, value) in values.iter().enumerate() {
                let value = V::load(&value[part].0);
                for (sum, scores) in sums.iter_mut().zip(scores) {
                    *sum = sum.plus(V::splat(scores.0[l]).times(value));
                }
            }
        }
        for ((sum, total), out) in sums.into_iter().zip(totals).zip(&mut out) {
            sum.times(V::splat(1.0 / total.sum())).store(&mut out[part]);
        }
    }
    out
}
