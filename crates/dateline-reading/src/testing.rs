//! What the tests of this room share: sentences without a tree for those that need words only, and articles read by
//! the real engine for those that need one.

use crate::document::Document;
use crate::reading::{Coder, Reading};
use dateline_article::{Article, Block, BlockKind};
use dateline_codebook::Codebook;
use dateline_syntax::{Engine, Relation, Sentence, Standard, Token, Upos, Xpos};
use dateline_text::Span;
use std::sync::LazyLock;

static ENGINE: LazyLock<Standard> = LazyLock::new(|| Standard::embedded().unwrap());

/// The codebook that ships.
pub(crate) static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| Codebook::standard().unwrap());

/// A text, read: paragraphs are parted by blank lines.
pub(crate) struct Sample {
    article: Article,
    sentences: Vec<Sentence>,
}

impl Sample {
    /// Reads `text` by the real engine.
    pub(crate) fn new(text: &str) -> Self {
        let blocks = paragraphs(text);
        let sentences = ENGINE.analyse(text, &blocks);
        Self::with(text, sentences)
    }

    /// Takes sentences that are already there.
    pub(crate) fn with(text: &str, sentences: Vec<Sentence>) -> Self {
        let block = |span| Block { kind: BlockKind::Paragraph, span };
        let blocks = paragraphs(text).into_iter().map(block).collect();
        Self { article: Article { text: text.to_owned(), blocks, ..Article::default() }, sentences }
    }

    pub(crate) fn document(&self) -> Document<'_> {
        Document { article: &self.article, sentences: &self.sentences, codebook: &CODEBOOK }
    }
}

/// A text read by the real engine, through the room's public face.
pub(crate) fn reading(text: &str) -> Reading {
    let sample = Sample::new(text);
    let doc = sample.document();
    let none = String::new;
    let coder = Coder { name: none(), version: none(), model: none(), codebook: none() };
    crate::read(doc.article, doc.sentences, doc.codebook, coder)
}

/// The stretches of a text between blank lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split("\n\n") {
        let body = part.trim();
        let blank = part.len() - part.trim_start().len();
        if !body.is_empty() {
            found.push(Span::new(start + blank, start + blank + body.len()));
        }
        start += part.len() + 2;
    }
    found
}

/// One sentence a line; words end at blanks, and commas and full stops at the end of a word are words.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let mut tokens = Vec::new();
        for word in line.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let body = word.trim_end_matches([',', '.', '"', '”']);
            let body_end = if body.is_empty() { word.len() } else { body.len() };
            tokens.push(token(text, start, start + body_end, tokens.len()));
            for (at, mark) in word[body_end..].char_indices() {
                let at = start + body_end + at;
                tokens.push(token(text, at, at + mark.len_utf8(), tokens.len()));
            }
        }
        if !tokens.is_empty() {
            found.push(Sentence::new(tokens, Vec::new()));
        }
    }
    found
}

fn token(text: &str, start: usize, end: usize, position: usize) -> Token {
    let span = Span::new(start, end);
    let root = position == 0;
    Token {
        span,
        lemma: span.of(text).to_lowercase().into(),
        upos: Upos::X,
        xpos: Xpos::Fw,
        head: (!root).then_some(0),
        relation: if root { Relation::Root } else { Relation::Dep },
    }
}
