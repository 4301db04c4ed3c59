use crate::document::Document;
use crate::frames::Frames;
use crate::quotes::Quotes;
use crate::reading::{QuoteClass, QuoteKind, Time};
use crate::times::Times;
use dateline_article::Article;
use dateline_codebook::{Codebook, TimeRules};
use dateline_syntax::Sentence;
use dateline_text::{CharOffsets, CharSpan};
use jiff::civil::Date;

/// The times of a text alone, for measuring this part against annotated corpora. `published` is year, month and day.
pub fn read_times(
    text: &str,
    sentences: &[Sentence],
    published: Option<(i16, i8, i8)>,
    rules: &TimeRules,
) -> Vec<Time> {
    let published = published.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    let times = Times::read_in(text, sentences, published, rules);
    times.records(&CharOffsets::new(text))
}

/// A quote alone, with the head word of its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotePart {
    /// The words, in as many stretches as they stand in.
    pub parts: Vec<CharSpan>,
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Said, asked, believed, wished and so on.
    pub class: QuoteClass,
    /// Whether the saying is told as a fact.
    pub told: bool,
    /// Head word of whoever says it.
    pub speaker: Option<CharSpan>,
    /// The word that reports it.
    pub cue: Option<CharSpan>,
    /// Position of the quote that this one goes on from.
    pub continues: Option<usize>,
    /// Position of the quote in whose words this one is reported.
    pub within: Option<usize>,
}

/// The quotes of an article alone, for measuring this part against annotated corpora.
pub fn read_quotes(article: &Article, sentences: &[Sentence], codebook: &Codebook) -> Vec<QuotePart> {
    let doc = Document { article, sentences, codebook };
    let offsets = CharOffsets::new(&article.text);
    let quotes = Quotes::read(&doc, &Frames::read(&doc), &|_| None);
    let part = |q: &crate::quotes::QuoteMention| QuotePart {
        parts: q.parts.iter().map(|&p| offsets.chars(p)).collect(),
        kind: q.kind,
        class: q.class,
        told: q.told,
        speaker: q.speaker_at.map(|at| offsets.chars(doc.token(at).span)),
        cue: q.cue.map(|c| offsets.chars(c)),
        continues: q.continues,
        within: q.within,
    };
    quotes.list.iter().map(part).collect()
}
