//! Sixteen floats in the registers of x86-64.
//!
//! SAFETY of every block here: the traits' promise is that these kinds are used only where their instructions exist;
//! pointers come from references to as many numbers as are read or written.

use super::super::{LANES, Lanes};
use super::Vector;
use std::arch::x86_64::*;

/// One register of AVX-512.
#[derive(Clone, Copy)]
pub(in super::super) struct Avx512(__m512);

/// Two registers of AVX.
#[derive(Clone, Copy)]
pub(in super::super) struct Avx2(__m256, __m256);

impl Vector for Avx512 {
    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self(unsafe { _mm512_set1_ps(value) })
    }

    #[inline(always)]
    fn load(from: &Lanes<f32>) -> Self {
        Self(unsafe { _mm512_loadu_ps(from.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, to: &mut Lanes<f32>) {
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn from_integers(from: &Lanes<i32>) -> Self {
        Self(unsafe { _mm512_cvtepi32_ps(_mm512_loadu_si512(from.as_ptr().cast())) })
    }

    #[inline(always)]
    fn from_signed_bytes(from: &Lanes<u8>) -> Self {
        unsafe {
            let bytes = _mm_loadu_si128(from.as_ptr().cast());
            Self(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes)))
        }
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self(unsafe { _mm512_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self(unsafe { _mm512_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Self(unsafe { _mm512_mul_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        Self(unsafe { _mm512_div_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn or_more(self, other: Self) -> Self {
        Self(unsafe { _mm512_max_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn or_less(self, other: Self) -> Self {
        Self(unsafe { _mm512_min_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Self(unsafe { _mm512_abs_ps(self.0) })
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        unsafe {
            let bits = _mm512_add_epi32(_mm512_castps_si512(self.0), _mm512_set1_epi32(127));
            Self(_mm512_castsi512_ps(_mm512_slli_epi32::<23>(bits)))
        }
    }

    #[inline(always)]
    fn store_bytes(self, to: &mut Lanes<u8>) {
        unsafe {
            let bytes = _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { sum(_mm256_add_ps(low(self.0), high(self.0))) }
    }

    #[inline(always)]
    fn most(self) -> f32 {
        unsafe { most(_mm256_max_ps(low(self.0), high(self.0))) }
    }

    #[inline(always)]
    fn transpose(rows: &mut [Self; LANES]) {
        unsafe {
            // Within every quarter of four rows, then quarters of registers among the fours.
            for four in rows.as_chunks_mut::<4>().0 {
                let (a, b, c, d) = (four[0].0, four[1].0, four[2].0, four[3].0);
                let (ab, cd) = (_mm512_unpacklo_ps(a, b), _mm512_unpacklo_ps(c, d));
                let (ab2, cd2) = (_mm512_unpackhi_ps(a, b), _mm512_unpackhi_ps(c, d));
                four[0].0 = _mm512_shuffle_ps::<0b01_00_01_00>(ab, cd);
                four[1].0 = _mm512_shuffle_ps::<0b11_10_11_10>(ab, cd);
                four[2].0 = _mm512_shuffle_ps::<0b01_00_01_00>(ab2, cd2);
                four[3].0 = _mm512_shuffle_ps::<0b11_10_11_10>(ab2, cd2);
            }
            for i in 0..4 {
                let (a, b, c, d) = (rows[i].0, rows[i + 4].0, rows[i + 8].0, rows[i + 12].0);
                let (even_ab, odd_ab) = (
                    _mm512_shuffle_f32x4::<0b10_00_10_00>(a, b),
                    _mm512_shuffle_f32x4::<0b11_01_11_01>(a, b),
                );
                let (even_cd, odd_cd) = (
                    _mm512_shuffle_f32x4::<0b10_00_10_00>(c, d),
                    _mm512_shuffle_f32x4::<0b11_01_11_01>(c, d),
                );
                rows[i].0 = _mm512_shuffle_f32x4::<0b10_00_10_00>(even_ab, even_cd);
                rows[i + 8].0 = _mm512_shuffle_f32x4::<0b11_01_11_01>(even_ab, even_cd);
                rows[i + 4].0 = _mm512_shuffle_f32x4::<0b10_00_10_00>(odd_ab, odd_cd);
                rows[i + 12].0 = _mm512_shuffle_f32x4::<0b11_01_11_01>(odd_ab, odd_cd);
            }
        }
    }
}

impl Vector for Avx2 {
    #[inline(always)]
    fn splat(value: f32) -> Self {
        let half = unsafe { _mm256_set1_ps(value) };
        Self(half, half)
    }

    #[inline(always)]
    fn load(from: &Lanes<f32>) -> Self {
        unsafe { Self(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
    }

    #[inline(always)]
    fn store(self, to: &mut Lanes<f32>) {
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
        }
    }

    #[inline(always)]
    fn from_integers(from: &Lanes<i32>) -> Self {
        unsafe {
            Self(
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from.as_ptr().cast())),
                _mm256_cvtepi32_ps(_mm256_loadu_si256(from.as_ptr().add(8).cast())),
            )
        }
    }

    #[inline(always)]
    fn from_signed_bytes(from: &Lanes<u8>) -> Self {
        unsafe {
            let bytes = _mm_loadu_si128(from.as_ptr().cast());
            Self(
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
                _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_unpackhi_epi64(bytes, bytes))),
            )
        }
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        unsafe { Self(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        unsafe { Self(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        unsafe { Self(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn over(self, other: Self) -> Self {
        unsafe { Self(_mm256_div_ps(self.0, other.0), _mm256_div_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn or_more(self, other: Self) -> Self {
        unsafe { Self(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn or_less(self, other: Self) -> Self {
        unsafe { Self(_mm256_min_ps(self.0, other.0), _mm256_min_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn abs(self) -> Self {
        unsafe {
            let sign = _mm256_set1_ps(-0.0);
            Self(_mm256_andnot_ps(sign, self.0), _mm256_andnot_ps(sign, self.1))
        }
    }

    #[inline(always)]
    fn power_of_two(self) -> Self {
        #[inline(always)]
        unsafe fn half(numbers: __m256) -> __m256 {
            unsafe {
                let bits = _mm256_add_epi32(_mm256_castps_si256(numbers), _mm256_set1_epi32(127));
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(bits))
            }
        }
        unsafe { Self(half(self.0), half(self.1)) }
    }

    #[inline(always)]
    fn store_bytes(self, to: &mut Lanes<u8>) {
        unsafe {
            // The low byte of every number, first within each half of a register, then the halves side by side.
            let order = _mm256_broadcastsi128_si256(_mm_setr_epi8(
                0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
            ));
            let a = _mm256_shuffle_epi8(_mm256_castps_si256(self.0), order);
            let b = _mm256_shuffle_epi8(_mm256_castps_si256(self.1), order);
            let a = _mm_unpacklo_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256::<1>(a));
            let b = _mm_unpacklo_epi32(_mm256_castsi256_si128(b), _mm256_extracti128_si256::<1>(b));
            let bytes = _mm_xor_si128(_mm_unpacklo_epi64(a, b), _mm_set1_epi8(-128));
            _mm_storeu_si128(to.as_mut_ptr().cast(), bytes);
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { sum(_mm256_add_ps(self.0, self.1)) }
    }

    #[inline(always)]
    fn most(self) -> f32 {
        unsafe { most(_mm256_max_ps(self.0, self.1)) }
    }
}

#[inline(always)]
unsafe fn low(numbers: __m512) -> __m256 {
    unsafe { _mm512_castps512_ps256(numbers) }
}

#[inline(always)]
unsafe fn high(numbers: __m512) -> __m256 {
    unsafe { _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(numbers))) }
}

#[inline(always)]
unsafe fn sum(eight: __m256) -> f32 {
    unsafe {
        let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
    }
}

#[inline(always)]
unsafe fn most(eight: __m256) -> f32 {
    unsafe {
        let four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
    }
}
