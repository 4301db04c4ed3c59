//! The few functions that the network needs, from additions and multiplications alone, so that every machine and every
//! vector width gives the same bits. (Rust never fuses a multiplication with an addition by itself.)

use super::vector::Vector;

/// `e` to the power `x`, to about two units in the last place; next to nothing below -87, and clamped above 88.
#[inline(always)]
pub(super) fn exp<V: Vector>(x: V) -> V {
    let n = V::splat;
    let x = x.or_more(n(-87.0)).or_less(n(88.0));
    // 2^n * e^r, with r at most half of ln 2; adding and taking away 1.5 * 2^23 rounds to a whole number.
    let shifted = x.times(n(std::f32::consts::LOG2_E)).plus(n(ROUND));
    let whole = shifted.minus(n(ROUND));
    let r = x.minus(whole.times(n(0.693_359_4))).minus(whole.times(n(-2.121_944_4e-4)));
    let p = polynomial(r, [1.987_569_2e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5]);
    p.times(r).times(r).plus(r).plus(n(1.0)).times(shifted.power_of_two())
}

/// `x` times the share of a normal distribution below `x`, to 4e-5.
#[inline(always)]
pub(super) fn gelu<V: Vector>(x: V) -> V {
    // Beyond these bounds the share is 0 or 1 to six digits. Between them an odd polynomial serves, the best for `x`
    // times it.
    let c = x.or_more(V::splat(-4.3)).or_less(V::splat(4.3));
    let p = polynomial(
        c.times(c),
        [
            4.248_716e-11,
            -4.289_189e-9,
            1.915_479_7e-7,
            -5.030_013e-6,
            8.737_312e-5,
            -1.073_040_7e-3,
            9.701_386e-3,
            -6.616_779_4e-2,
            0.398_811_07,
        ],
    );
    x.times(c.times(p).plus(V::splat(0.5)))
}

/// Adding this rounds a small number to a whole one and leaves that in the low bits.
pub(super) const ROUND: f32 = 12_582_912.0;

/// The value at `x` of a polynomial, the highest power first.
#[inline(always)]
fn polynomial<V: Vector, const N: usize>(x: V, factors: [f32; N]) -> V {
    let mut sum = V::splat(factors[0]);
    for factor in &factors[1..] {
        sum = sum.times(x).plus(V::splat(*factor));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::vector::Portable;
    use super::*;

    fn of(f: impl Fn(Portable) -> Portable, x: f32) -> f32 {
        let mut out = [0.0; 16];
        f(Portable::splat(x)).store(&mut out);
        out[7]
    }

    fn exp(x: f32) -> f32 {
        of(super::exp, x)
    }

    fn gelu(x: f32) -> f32 {
        of(super::gelu, x)
    }

    #[test]
    fn exp_is_close() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let true_value = f64::from(x).exp();
            assert!((f64::from(exp(x)) - true_value).abs() <= true_value * 3e-7, "{x}");
        }
        assert!(exp(-1e9) < 1e-37);
    }

    #[test]
    fn gelu_is_close() {
        // The share below x by Abramowitz and Stegun 7.1.26, to 1e-7.
        let share = |x: f64| {
            let z = x.abs() / std::f64::consts::SQRT_2;
            let t = 1.0 / (1.0 + 0.327_591_1 * z);
            let p = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
            let tail = 0.5 * p.into_iter().fold(0.0, |sum, c| (sum + c) * t) * (-z * z).exp();
            if x < 0.0 { tail } else { 1.0 - tail }
        };
        for i in -80_000..80_000 {
            let x = i as f32 / 10_000.0;
            let true_value = f64::from(x) * share(f64::from(x));
            assert!((f64::from(gelu(x)) - true_value).abs() < 4e-5, "{x}: {} for {true_value}", gelu(x));
        }
        assert!(gelu(0.0) == 0.0 && (gelu(100.0) - 100.0).abs() < 1e-3 && gelu(-100.0).abs() < 1e-3);
    }
}
