use crate::alignment::Aligned;
use crate::conllu::Document;
use dateline_syntax::Sentence;
use dateline_text::Span;

/// A word of either side, ready to be compared.
pub(crate) struct Word {
    pub(crate) aligned: Aligned,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    pub(crate) xpos: String,
    /// Position of the head in the document.
    pub(crate) head: Option<usize>,
    pub(crate) relation: String,
}

/// For every byte of a text, how many visible characters stand before it.
pub(crate) fn visible(text: &str) -> Vec<u32> {
    let mut counts = vec![0; text.len() + 1];
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        counts[at..at + c.len_utf8()].fill(seen);
        seen += u32::from(!c.is_whitespace());
    }
    counts[text.len()] = seen;
    counts
}

/// The words of a document, each with its sentence's number. Places count visible characters.
pub(crate) fn gold_words(document: &Document) -> Vec<(usize, Word)> {
    let positions = visible(&document.text);
    let mut words = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let base = words.len();
        for word in &sentence.words {
            let span =
                Span { start: positions[word.span.start as usize], end: positions[word.span.end as usize] };
            words.push((
                number,
                Word {
                    aligned: Aligned { form: word.form.clone(), span, shares: word.in_range },
                    lemma: word.lemma.clone(),
                    upos: word.upos.clone(),
                    xpos: word.xpos.clone(),
                    head: word.head.checked_sub(1).map(|h| h + base),
                    relation: word.relation.clone(),
                },
            ));
        }
    }
    words
}

/// The words that an engine has found.
pub(crate) fn system_words(text: &str, positions: &[u32], sentences: &[Sentence]) -> Vec<(usize, Word)> {
    let mut words = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let base = words.len();
        for token in &sentence.tokens {
            let span =
                Span { start: positions[token.span.start as usize], end: positions[token.span.end as usize] };
            words.push((
                number,
                Word {
                    aligned: Aligned { form: token.span.of(text).to_owned(), span, shares: false },
                    lemma: token.lemma.to_string(),
                    upos: token.upos.to_string(),
                    xpos: token.xpos.to_string(),
                    head: token.head.map(|h| h as usize + base),
                    relation: token.relation.to_string(),
                },
            ));
        }
    }
    words
}

/// Spans of sentences: first word's start, last word's end.
pub(crate) fn spans(words: &[(usize, Word)]) -> Vec<Span> {
    words
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|s| Some(s.first()?.1.aligned.span.cover(s.last()?.1.aligned.span)))
        .collect()
}
