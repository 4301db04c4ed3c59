//! Sixteen floats at once, in the registers that a processor has for them.

#[cfg(target_arch = "x86_64")]
pub(super) mod x86;

use super::{LANES, Lanes};

/// Sixteen numbers. Every operation is exact or rounds once, in the same order of lanes, so all kinds give the same bits.
///
/// A kind other than [`Portable`] may only be used in functions that are compiled for its processor and called where
/// that is known to be there: those that `compiled_for_each!` makes.
pub(super) trait Vector: Copy {
    fn splat(value: f32) -> Self;
    fn load(from: &Lanes<f32>) -> Self;
    fn store(self, to: &mut Lanes<f32>);
    /// The numbers nearest to integers.
    fn from_integers(from: &Lanes<i32>) -> Self;
    fn from_signed_bytes(from: &Lanes<u8>) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn over(self, other: Self) -> Self;
    /// The greater numbers; those of `other` where either is none.
    fn or_more(self, other: Self) -> Self;
    /// The smaller numbers; those of `other` where either is none.
    fn or_less(self, other: Self) -> Self;
    fn abs(self) -> Self;
    /// For numbers that are integers plus 1.5 * 2^23: two to the power of those integers, from -126 to 127.
    fn power_of_two(self) -> Self;
    /// For numbers that are integers plus 1.5 * 2^23: those integers plus 128, from 0 to 255.
    fn store_bytes(self, to: &mut Lanes<u8>);
    /// The sum of all lanes, halved again and again: each lane plus the one eight further, then four, two, one.
    fn sum(self) -> f32;
    /// The greatest of all lanes.
    fn most(self) -> f32;

    /// Turns sixteen rows into sixteen columns.
    #[inline(always)]
    fn transpose(rows: &mut [Self; LANES]) {
        let (mut before, mut after) = ([0.0; LANES], [[0.0; LANES]; LANES]);
        for (r, row) in rows.iter().enumerate() {
            row.store(&mut before);
            for l in 0..LANES {
                after[l][r] = before[l];
            }
        }
        for (row, after) in rows.iter_mut().zip(&after) {
            *row = Self::load(after);
        }
    }
}

/// Sixteen numbers without any particular instructions.
#[derive(Clone, Copy)]
pub(super) struct Portable(Lanes<f32>);

impl Portable {
    #[inline(always)]
    fn each(mut self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a = f(*a, b);
        }
        self
    }

    #[inline(always)]
    fn halved(mut self, f: impl Fn(f32, f32) -> f32) -> f32 {
        let mut half = LANES / 2;
        while half > 0 {
            for l in 0..half {
                self.0[l] = f(self.0[l], self.0[l + half]);
            }
            half /= 2;
        }
        self.0[0]
    }
}

impl Vector for Portable {
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    #[inline(always)]
    fn load(from: &Lanes<f32>) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut Lanes<f32>) {
        *to = self.0;
    }

    #[inline(always)]
    fn from_integers(from: &Lanes<i32>) -> Self {
        let mut to = [0.0; LANES];
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from as f32;
        }
        Self(to)
    }

    #[inline(always)]
    fn from_signed_bytes(from: &Lanes<u8>) -> Self {
        let mut to = [0.0; LANES];
        for (to, from) in to.iter_mut().zip(from) {
            *to = f32::from(*from as i8);
        }
        Self(to)
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.each(other, |a, b| a + b)
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.each(other, |a, b| a - b)
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        self.each(other, |a, b| a * b)
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        self.each(other, |a, b| a / b)
    }

    #[inline(always)]
    fn or_more(self, other: Self) -> Self {
        self.each(other, |a, b| if a > b { a } else { b })
    }

    #[inline(always)]
    fn or_less(self, other: Self) -> Self {
        self.each(other, |a, b| if a < b { a } else { b })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.each(self, |a, _| a.abs())
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        // What stands above the low bits falls off.
        self.each(self, |a, _| f32::from_bits(a.to_bits().wrapping_add(127) << 23))
    }

    #[inline(always)]
    fn store_bytes(self, to: &mut Lanes<u8>) {
        for (to, from) in to.iter_mut().zip(self.0) {
            *to = (from.to_bits() as u8) ^ 128;
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        self.halved(|a, b| a + b)
    }

    #[inline(always)]
    fn most(self) -> f32 {
        self.halved(|a, b| if a > b { a } else { b })
    }
}
