use crate::Sentence;
use dateline_text::Span;

/// An analyser of English. Both the neural engine and whatever comes after it stand behind this trait.
///
/// An engine is shared by all threads; it gives the same sentences for the same text on every machine.
pub trait Engine: Send + Sync {
    /// Name and content hash of the model, as readings print it: `en-standard@1f2e3d4c`.
    fn id(&self) -> &str;

    /// Sentences of `text`, in order. `blocks` are the stretches (paragraphs, headings) that no sentence crosses.
    fn analyse(&self, text: &str, blocks: &[Span]) -> Vec<Sentence>;

    /// Tags and parses words that are given, one span of `text` a word, as one sentence.
    fn analyse_words(&self, text: &str, words: &[Span]) -> Sentence;
}
