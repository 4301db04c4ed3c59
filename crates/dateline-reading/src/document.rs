use dateline_article::{Article, Block, BlockKind};
use dateline_codebook::Codebook;
use dateline_syntax::{Sentence, Token};
use dateline_text::Span;
use jiff::civil::Date;

/// What every part of this room reads: the article, its sentences, and the codebook.
#[derive(Clone, Copy)]
pub(crate) struct Document<'a> {
    pub(crate) article: &'a Article,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) codebook: &'a Codebook,
}

/// A word: its sentence, and its position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At {
    pub(crate) sentence: u32,
    pub(crate) token: u32,
}

impl At {
    pub(crate) fn new(sentence: usize, token: u32) -> Self {
        Self { sentence: sentence as u32, token }
    }
}

impl<'a> Document<'a> {
    pub(crate) fn text(&self) -> &'a str {
        &self.article.text
    }

    pub(crate) fn sentence(&self, at: At) -> &'a Sentence {
        &self.sentences[at.sentence as usize]
    }

    pub(crate) fn token(&self, at: At) -> &'a Token {
        &self.sentence(at).tokens[at.token as usize]
    }

    /// The word as written.
    pub(crate) fn word(&self, at: At) -> &'a str {
        self.token(at).span.of(self.text())
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: Span) -> &'a str {
        span.of(self.text())
    }

    /// Whether the words stand in the title.
    pub(crate) fn in_title(&self, span: Span) -> bool {
        let title = |block: &&Block| block.kind == BlockKind::Title;
        self.article.blocks.iter().filter(title).any(|b| b.span.start <= span.start && span.end <= b.span.end)
    }

    /// Publication day; the first of the month or year where the source is no more precise.
    pub(crate) fn published(&self) -> Option<Date> {
        let (year, month, day) = self.article.published.as_ref()?.date();
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()
    }
}
