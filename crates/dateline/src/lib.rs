//! News reports in, a sourced record of events out.
//!
//! [`Dateline`] holds the language model and the codebook; it is made once and shared by all threads.
//! [`Dateline::read`] turns an [`Article`] into a [`Reading`].
//!
//! ```
//! use dateline::{Articles, Dateline};
//!
//! let dateline = Dateline::new()?;
//! let page = "Minister visits Geneva\n\nThe foreign minister arrived in Geneva on Tuesday.\n";
//! for article in Articles::open("page.txt", Box::new(page.as_bytes())) {
//!     let reading = dateline.read(&article?);
//!     assert_eq!(reading.article.source, "page.txt");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod codebook_test;
mod error;

pub use codebook_test::{ExampleResult, codebook_test};
pub use dateline_article::{
    Article, ArticleError, Articles, Block, BlockKind, Columns, Copies, Options, Signature, Timestamp,
};
pub use dateline_codebook::{Codebook, CodebookError};
pub use dateline_reading::{Explanation, Reading, SentenceExplanation, Unresolved, Verdict};
pub use dateline_syntax::{Engine, ModelError, Sentence};
pub use dateline_text::{CharOffsets, CharSpan, Span};
pub use error::DatelineError;

/// Everything about the article room.
pub mod article {
    pub use dateline_article::*;
}
/// Everything about the codebook room.
pub mod codebook {
    pub use dateline_codebook::*;
}
/// Everything about the reading room: the types that a reading is made of.
pub mod reading {
    pub use dateline_reading::reading::*;
}
/// Everything about the syntax room.
pub mod syntax {
    pub use dateline_syntax::*;
}

use dateline_reading::reading::{ArticleRecord, BlockRecord, Coder, Note, SCHEMA};
use dateline_syntax::Standard;

/// A reader of news: one language model and one codebook.
///
/// Loading takes tens of milliseconds, so make one and share it; [`Dateline::read`] takes `&self` from any number of
/// threads and gives the same reading for the same article on each of them.
pub struct Dateline {
    engine: Box<dyn Engine>,
    codebook: Codebook,
    coder: Coder,
    unresolved: Unresolved,
}

impl Dateline {
    /// The model and the codebook that ship inside the program.
    ///
    /// # Errors
    /// When either of them does not load, which a build that passes its tests does not do.
    pub fn new() -> Result<Self, DatelineError> {
        Ok(Self::with(Box::new(Standard::embedded()?), Codebook::standard()?))
    }

    /// A reader with another model or codebook.
    pub fn with(engine: Box<dyn Engine>, codebook: Codebook) -> Self {
        let coder = Coder {
            name: "dateline".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: engine.id().to_owned(),
            codebook: codebook.id.clone(),
        };
        Self { engine, codebook, coder, unresolved: Unresolved::default() }
    }

    /// The same reader with another way with acts whose actor or recipient is not known.
    ///
    /// ```
    /// use dateline::{Articles, Dateline, Unresolved};
    ///
    /// let dateline = Dateline::new()?.unresolved(Unresolved::Keep);
    /// let text = "The bridge reopened on Monday. Threats of sanctions followed.";
    /// for article in Articles::open("a.txt", Box::new(text.as_bytes())) {
    ///     let reading = dateline.read(&article?);
    ///     assert!(reading.notes.iter().all(|note| note.kind != "abstained"));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unresolved(mut self, unresolved: Unresolved) -> Self {
        self.unresolved = unresolved;
        self
    }

    /// What every reading names as its maker: program, model and codebook versions.
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Reads one article. Its captions stay in its text and are not read.
    pub fn read(&self, article: &Article) -> Reading {
        self.read_with_sentences(article).0
    }

    /// Reads one article by several codebooks; its sentences are analysed once.
    pub fn read_by<const N: usize>(&self, article: &Article, codebooks: [&Codebook; N]) -> [Reading; N] {
        let sentences = self.sentences(article);
        codebooks.map(|codebook| {
            let coder = Coder { codebook: codebook.id.clone(), ..self.coder.clone() };
            dateline_reading::read_with(article, &sentences, codebook, coder, self.unresolved)
        })
    }

    /// Reads one article, and hands on the analysed sentences that the reading was made from.
    pub fn read_with_sentences(&self, article: &Article) -> (Reading, Vec<Sentence>) {
        let sentences = self.sentences(article);
        let coder = self.coder.clone();
        let reading =
            dateline_reading::read_with(article, &sentences, &self.codebook, coder, self.unresolved);
        (reading, sentences)
    }

    /// A reading of nothing but the article itself, for one whose text is read elsewhere: a copy, or one that its
    /// publisher has withdrawn. A note says why.
    pub fn unread(&self, article: &Article, reason: impl Into<String>) -> Reading {
        Reading {
            schema: SCHEMA,
            coder: self.coder.clone(),
            article: ArticleRecord::from(article),
            blocks: BlockRecord::of(article),
            sentences: Vec::new(),
            entities: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            figures: Vec::new(),
            quotes: Vec::new(),
            events: Vec::new(),
            notes: vec![Note { kind: "unread".into(), sentence: None, reason: reason.into() }],
        }
    }

    /// Reads a sentence or two, and keeps how each was understood.
    pub fn explain(&self, text: &str) -> Explanation {
        let article = plain(text);
        let sentences = self.sentences(&article);
        dateline_reading::explain(&article, &sentences, &self.codebook, self.coder.clone())
    }

    fn sentences(&self, article: &Article) -> Vec<Sentence> {
        let report = article.blocks.iter().filter(|block| block.kind.is_report());
        let blocks: Vec<Span> = report.map(|block| block.span).collect();
        self.engine.analyse(&article.text, &blocks)
    }
}

impl std::fmt::Debug for Dateline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dateline").field("coder", &self.coder).finish_non_exhaustive()
    }
}

/// An article that is nothing but one paragraph.
fn plain(text: &str) -> Article {
    let text = text.trim().to_owned();
    let span = Span::new(0, text.len());
    let blocks = if text.is_empty() { Vec::new() } else { vec![Block { kind: BlockKind::Paragraph, span }] };
    Article { text, blocks, ..Article::default() }
}
