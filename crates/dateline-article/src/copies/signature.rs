use crate::{Article, BlockKind};
use xxhash_rust::xxh3::xxh3_64;

/// A MinHash signature of an article's paragraphs: how much of two texts is the same can be told from it.
///
/// Headline, standfirst, headings and captions stay out, for each paper makes its own; case and punctuation too.
///
/// ```
/// use dateline_article::{Articles, Signature};
/// let story = "Rebels left the town of Kidal on Tuesday after a week of talks with the army, its spokesman said. \
///              Nobody was hurt when they drove away in forty cars, and the army took the airport in the evening. \
///              The talks were held in Algiers, where both sides had met in the spring without coming to terms.";
/// let one = Articles::open("a", Box::new(story.as_bytes())).next().unwrap()?;
/// let cut = story.split_once(" The talks").unwrap().0;
/// let two = Articles::open("b", Box::new(cut.as_bytes())).next().unwrap()?;
/// let (one, two) = (Signature::of(&one).unwrap(), Signature::of(&two));
/// assert!(two.is_none()); // too short to be called a copy
/// assert_eq!(one.likeness(&one), 1.0);
/// # Ok::<(), dateline_article::ArticleError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    least: Box<[u32; WIDTH]>,
    /// Shingles in the text.
    shingles: u32,
}

impl Signature {
    /// The signature of an article; `None` where it has fewer than forty words.
    pub fn of(article: &Article) -> Option<Self> {
        let mut words: Vec<u64> = Vec::new();
        let mut word = String::new();
        for text in paragraphs(article) {
            for c in text.chars() {
                if c.is_alphanumeric() {
                    word.extend(c.to_lowercase());
                } else if !word.is_empty() && !matches!(c, '\'' | '’') {
                    words.push(xxh3_64(word.as_bytes()));
                    word.clear();
                }
            }
            if !word.is_empty() {
                words.push(xxh3_64(word.as_bytes()));
                word.clear();
            }
        }
        if words.len() < FEWEST {
            return None;
        }
        let mut least = Box::new([u32::MAX; WIDTH]);
        for run in words.windows(SHINGLE) {
            let mixed = run
                .iter()
                .fold(0_u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let hash = (mixed >> 32) as u32;
            for (slot, (by, plus)) in least.iter_mut().zip(MIXERS) {
                *slot = (*slot).min((hash ^ plus).wrapping_mul(by));
            }
        }
        let shingles = u32::try_from(words.len() - SHINGLE + 1).unwrap_or(u32::MAX);
        Some(Self { least, shingles })
    }

    /// The estimated part of all shingles of both texts that stands in both, 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let same = self.least.iter().zip(other.least.iter()).filter(|(a, b)| a == b).count();
        same as f64 / WIDTH as f64
    }

    /// The estimated part of the shorter text's shingles that stands in the longer, 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        let likeness = self.likeness(other);
        let (a, b) = (f64::from(self.shingles), f64::from(other.shingles));
        let shared = likeness * (a + b) / (1.0 + likeness);
        (shared / a.min(b).max(1.0)).min(1.0)
    }

    /// Whether the one is a copy of the other, cut or edited.
    pub fn is_copy(&self, other: &Self) -> bool {
        self.likeness(other) >= ALIKE && self.containment(other) >= CONTAINED
    }

    /// The signature in hexadecimal digits.
    pub fn to_hex(&self) -> String {
        self.least.iter().map(|number| format!("{number:08x}")).collect()
    }

    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        self.least.chunks_exact(BAND).enumerate().map(|(at, band)| {
            let start = (at as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
            band.iter().fold(start, |hash, number| {
                (hash.rotate_left(29) ^ u64::from(*number)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            })
        })
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signature({} shingles)", self.shingles)
    }
}

/// Numbers in a signature.
const WIDTH: usize = 128;
/// Signatures that agree in two numbers of one band are compared.
const BAND: usize = 2;
pub(super) const BANDS: usize = WIDTH / BAND;
/// Words in a shingle.
const SHINGLE: usize = 4;
/// Texts with fewer words say too little to be called copies.
const FEWEST: usize = 40;
/// This part of the shorter text's shingles must stand in the longer.
const CONTAINED: f64 = 0.72;
/// And this part of all shingles of both must stand in both.
const ALIKE: f64 = 0.2;

/// An odd factor and a mask for each number of a signature.
const MIXERS: [(u32, u32); WIDTH] = {
    let mut out = [(1, 0); WIDTH];
    let mut state: u64 = 0x0DA7_E11E;
    let mut at = 0;
    while at < WIDTH {
        // SplitMix64, so that the numbers are the same everywhere and always.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        out[at] = ((z >> 32) as u32 | 1, z as u32);
        at += 1;
    }
    out
};

/// The texts that a signature is made of.
pub(super) fn paragraphs(article: &Article) -> impl Iterator<Item = &str> {
    let in_body = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::List);
    article.blocks.iter().filter(move |block| in_body(block.kind)).map(|block| block.span.of(&article.text))
}
