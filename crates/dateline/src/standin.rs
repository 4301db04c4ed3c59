//! Holds the place of the rooms that are still being built.

use dateline_article::{Article, Block, BlockKind};
use dateline_codebook::{Codebook, CodebookError};
use dateline_reading::reading::{ArticleRecord, BlockRecord, Coder, SCHEMA};
use dateline_reading::{Explanation, Reading, SentenceExplanation};
use dateline_syntax::{Engine, Relation, Sentence, Token, Upos, Xpos};
use dateline_text::{CharOffsets, Span};
use std::io::Read;

/// Stand-in for the article room.
pub struct Articles(Option<(String, Box<dyn Read + Send>)>);

/// Stand-in for the article room.
#[derive(Debug, thiserror::Error)]
#[error("{source_name}: {reason}")]
#[allow(missing_docs)]
pub struct ArticleError {
    pub source_name: String,
    pub reason: String,
}

impl Articles {
    /// Stand-in for the article room.
    pub fn open(source: impl Into<String>, input: Box<dyn Read + Send>) -> Self {
        Self(Some((source.into(), input)))
    }
}

impl Iterator for Articles {
    type Item = Result<Article, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (source, mut input) = self.0.take()?;
        let mut bytes = Vec::new();
        let fail =
            |reason: &str| Some(Err(ArticleError { source_name: source.clone(), reason: reason.to_owned() }));
        if let Err(error) = input.read_to_end(&mut bytes) {
            return fail(&error.to_string());
        }
        let Ok(text) = String::from_utf8(bytes) else { return fail("not text") };
        let text = text.trim().to_owned();
        if text.is_empty() || text.contains('\0') {
            return fail(if text.is_empty() { "empty" } else { "not text" });
        }
        let title = text.lines().next().map(str::to_owned);
        let mut blocks = Vec::new();
        let mut at = 0;
        for part in text.split("\n\n") {
            let kind = if at == 0 { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { kind, span: Span::new(at, at + part.len()) });
            at += part.len() + 2;
        }
        Some(Ok(Article { id: "0".repeat(32), source, title, text, blocks, ..Article::default() }))
    }
}

struct Words;

impl Engine for Words {
    fn id(&self) -> &str {
        "stand-in@0"
    }

    fn analyse(&self, text: &str, blocks: &[Span]) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for block in blocks {
            let mut words = Vec::new();
            for word in block.of(text).split_whitespace() {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                words.push(Span::new(start, start + word.len()));
                if word.ends_with('.') {
                    sentences.push(self.analyse_words(text, &std::mem::take(&mut words)));
                }
            }
            if !words.is_empty() {
                sentences.push(self.analyse_words(text, &words));
            }
        }
        sentences
    }

    fn analyse_words(&self, text: &str, words: &[Span]) -> Sentence {
        let token = |(i, span): (usize, &Span)| Token {
            span: *span,
            lemma: span.of(text).to_lowercase().into(),
            upos: Upos::X,
            xpos: Xpos::Fw,
            head: if i == 0 { None } else { Some((i as u32 - 1) / 2) },
            relation: if i == 0 { Relation::Root } else { Relation::Dep },
        };
        Sentence::new(words.iter().enumerate().map(token).collect(), Vec::new())
    }
}

pub(crate) fn engine() -> Box<dyn Engine> {
    Box::new(Words)
}

pub(crate) fn codebook() -> Result<Codebook, CodebookError> {
    Ok(Codebook { actors: Default::default(), roles: Default::default(), gazetteer: Default::default() })
}

pub(crate) fn codebook_id(_: &Codebook) -> String {
    "stand-in@0".to_owned()
}

pub(crate) fn read(article: &Article, sentences: &[Sentence], _: &Codebook, coder: Coder) -> Reading {
    let offsets = CharOffsets::new(&article.text);
    let a = article.clone();
    Reading {
        schema: SCHEMA,
        coder,
        article: ArticleRecord {
            id: a.id,
            key: a.key,
            source: a.source,
            title: a.title,
            standfirst: a.standfirst,
            byline: a.byline,
            agencies: a.agencies,
            publisher: a.publisher,
            section: a.section,
            published: a.published.map(|t| t.as_str().to_owned()),
            located: a.located,
            language: a.language,
            text: a.text,
        },
        blocks: a
            .blocks
            .iter()
            .map(|b| BlockRecord { kind: b.kind.as_str(), span: offsets.chars(b.span) })
            .collect(),
        sentences: sentences.iter().map(|s| offsets.chars(s.span)).collect(),
        entities: Vec::new(),
        places: Vec::new(),
        times: Vec::new(),
        figures: Vec::new(),
        quotes: Vec::new(),
        events: Vec::new(),
        notes: Vec::new(),
    }
}

pub(crate) fn explain(
    article: &Article,
    sentences: &[Sentence],
    codebook: &Codebook,
    coder: Coder,
) -> Explanation {
    Explanation {
        reading: read(article, sentences, codebook, coder),
        sentences: sentences
            .iter()
            .map(|s| SentenceExplanation { sentence: s.clone(), frames: Vec::new(), verdicts: Vec::new() })
            .collect(),
    }
}
