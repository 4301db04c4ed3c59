//! What a recurrent layer does between its matrix products: one number of memory a lane, carried from word to word.

use super::LANES;
use super::float::exp;
use super::vector::Vector;

/// Takes one sentence through a layer of `width` numbers, the first half forwards, the second half backwards.
///
/// A row of `gates` holds, for every lane, what is new, how much of the memory is kept, and how much of it comes out:
/// three stretches of `width`. `rows` come in as the layer's input and go out as its output. `memory` is a buffer.
#[inline(always)]
pub(super) fn carry_rows<V: Vector>(gates: &[f32], rows: &mut [f32], width: usize, memory: &mut Vec<f32>) {
    if width == 0 {
        return;
    }
    memory.clear();
    memory.resize(width, 0.0);
    let half = width / 2;
    let (forth, back) = memory.split_at_mut(half);
    for (row, gates) in rows.chunks_exact_mut(width).zip(gates.chunks_exact(3 * width)) {
        step::<V>(gates, &mut row[..half], forth, width, 0);
    }
    for (row, gates) in rows.chunks_exact_mut(width).zip(gates.chunks_exact(3 * width)).rev() {
        step::<V>(gates, &mut row[half..], back, width, half);
    }
}

/// One word, one direction: lanes `from..from + row.len()` of `width`.
#[inline(always)]
fn step<V: Vector>(gates: &[f32], row: &mut [f32], memory: &mut [f32], width: usize, from: usize) {
    let count = row.len();
    let (Some(new), Some(keep), Some(out)) = (
        gates.get(from..from + count),
        gates.get(width + from..width + from + count),
        gates.get(2 * width + from..2 * width + from + count),
    ) else {
        return;
    };
    let lanes = row.as_chunks_mut::<LANES>().0.iter_mut().zip(memory.as_chunks_mut::<LANES>().0);
    let gates =
        new.as_chunks::<LANES>().0.iter().zip(keep.as_chunks::<LANES>().0).zip(out.as_chunks::<LANES>().0);
    let one = V::splat(1.0);
    for ((row, memory), ((new, keep), out)) in lanes.zip(gates) {
        // Two logistic functions for one division.
        let a = one.plus(from_gate(V::load(keep)));
        let b = one.plus(from_gate(V::load(out)));
        let both = one.over(a.times(b));
        let (keep, out) = (b.times(both), a.times(both));
        let carried = keep.times(V::load(memory)).plus(one.minus(keep).times(V::load(new)));
        carried.store(memory);
        out.times(carried).plus(one.minus(out).times(V::load(row))).store(row);
    }
}

/// `e` to the power `-x`, for which `x` beyond 20 is 20.
#[inline(always)]
fn from_gate<V: Vector>(x: V) -> V {
    exp(V::splat(0.0).minus(x).or_more(V::splat(-20.0)).or_less(V::splat(20.0)))
}

#[cfg(test)]
mod tests {
    use super::super::vector::Portable;
    use super::*;

    /// The same by the book, one number at a time.
    fn plain(gates: &[f32], rows: &[f32], width: usize) -> Vec<f32> {
        let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
        let (n, mut out) = (rows.len() / width, rows.to_vec());
        for lane in 0..width {
            let mut memory = 0.0;
            for t in 0..n {
                let t = if lane < width / 2 { t } else { n - 1 - t };
                let gate = |which: usize| gates[t * 3 * width + which * width + lane];
                let (keep, open) = (sigmoid(gate(1)), sigmoid(gate(2)));
                memory = keep * memory + (1.0 - keep) * gate(0);
                out[t * width + lane] = open * memory + (1.0 - open) * rows[t * width + lane];
            }
        }
        out
    }

    #[test]
    fn carries_both_ways() {
        let (width, words) = (64, 5);
        let number = |i: usize| ((i * 37 % 101) as f32 - 50.0) / 20.0;
        let gates: Vec<f32> = (0..words * 3 * width).map(number).collect();
        let rows: Vec<f32> = (0..words * width).map(|i| number(i + 7)).collect();
        let mut out = rows.clone();
        carry_rows::<Portable>(&gates, &mut out, width, &mut Vec::new());
        for (a, b) in out.iter().zip(plain(&gates, &rows, width)) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
    }
}
