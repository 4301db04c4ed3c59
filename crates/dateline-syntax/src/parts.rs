use std::ops::Range;

/// A sentence, or a part of a very long one.
pub(crate) struct Part {
    pub(crate) words: Range<usize>,
    /// Whether its sentence ends with it.
    pub(crate) last: bool,
}

/// Cuts sentences that are too long to be read in one go.
pub(crate) struct Parts<'a> {
    sentences: &'a [Range<usize>],
    next: usize,
    at: Option<usize>,
    longest: usize,
}

impl<'a> Parts<'a> {
    /// Sentences, each in parts of at most `longest` words.
    pub(crate) fn new(sentences: &'a [Range<usize>], longest: usize) -> Self {
        Self { sentences, next: 0, at: None, longest: longest.max(1) }
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let sentence = self.sentences.get(self.next)?;
        let start = self.at.unwrap_or(sentence.start);
        let end = sentence.end.min(start + self.longest);
        let last = end == sentence.end;
        (self.next, self.at) = if last { (self.next + 1, None) } else { (self.next, Some(end)) };
        Some(Part { words: start..end, last })
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn long_sentences_are_cut() {
        let parts: Vec<_> = Parts::new(&[0..2, 2..9, 9..9], 3).map(|p| (p.words, p.last)).collect();
        assert_eq!(parts, [(0..2, true), (2..5, false), (5..8, false), (8..9, true), (9..9, true)]);
    }
}
