//! Holds the place of the rooms that are still being built.

use dateline_article::{Article, Block, BlockKind};
use dateline_text::Span;
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
