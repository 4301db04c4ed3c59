//! The few functions that the network needs, from additions and multiplications alone, so that every machine and every
//! vector width gives the same bits. (Rust never fuses a multiplication with an addition by itself.)

/// `e` to the power `x`, to about two units in the last place; zero below -87 and clamped above 88.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = between(x, -87.0, 88.0);
    // 2^n * e^r, with r at most half of ln 2; adding and taking away 1.5 * 2^23 rounds to a whole number.
    let shift = 12_582_912.0f32;
    let shifted = x * std::f32::consts::LOG2_E + shift;
    let n = shifted - shift;
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let mut p = 1.987_569_2e-4f32;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 0.166_666_65;
    p = p * r + 0.5;
    p = p * r * r + r + 1.0;
    // The last bits of `shifted` are that whole number: a conversion would be checked, and so done one by one.
    let whole = shifted.to_bits().wrapping_sub(shift.to_bits());
    p * f32::from_bits(whole.wrapping_add(127) << 23)
}

/// `x` held between two bounds, in two instructions; the lower one for what is no number.
#[inline(always)]
pub(crate) fn between(x: f32, low: f32, high: f32) -> f32 {
    let x = if x > low { x } else { low };
    if x < high { x } else { high }
}

/// `x` times the share of a normal distribution below `x`.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    // erf by Abramowitz and Stegun 7.1.26: error below 2e-7 in f64, below 1e-6 here.
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut p = 1.061_405_4f32;
    p = p * t - 1.453_152;
    p = p * t + 1.421_413_8;
    p = p * t - 0.284_496_72;
    p = p * t + 0.254_829_6;
    let tail = 0.5 * p * t * exp(-z * z);
    // `tail` is the share beyond |x|.
    if x >= 0.0 { x * (1.0 - tail) } else { x * tail }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        // Known values.
        for (x, y) in
            [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_25), (3.0, 2.995_950_3), (-3.0, -0.004_049_7)]
        {
            assert!((gelu(x) - y).abs() < 2e-6, "{x}: {}", gelu(x));
        }
    }
}
