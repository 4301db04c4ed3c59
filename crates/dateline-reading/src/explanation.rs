use crate::Reading;
use dateline_syntax::Sentence;

/// A text read with everything that led to the result kept: what `dateline explain` prints.
///
/// Positions of words are bytes of the reading's `article.text`; positions in the reading are characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What came out.
    pub reading: Reading,
    /// How, one for each of the reading's sentences.
    pub sentences: Vec<SentenceExplanation>,
}

/// How one sentence was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceExplanation {
    /// Words, tags, tree and names.
    pub sentence: Sentence,
    /// The frames, one line each.
    pub frames: Vec<String>,
    /// Patterns that matched, and those that began to and did not.
    pub verdicts: Vec<Verdict>,
}

/// What came of trying one pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The pattern: `assault/offensive`.
    pub pattern: String,
    /// Whether it matched.
    pub matched: bool,
    /// Which frame it matched, or what was missing.
    pub reason: String,
}
