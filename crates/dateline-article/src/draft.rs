use crate::language::language;
use crate::{Article, Block, BlockKind, Timestamp};
use dateline_text::Span;
use xxhash_rust::xxh3::Xxh3;

/// An article in the making: what is known of it beside its body.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) key: Option<String>,
    pub(crate) source: String,
    pub(crate) title: Option<String>,
    pub(crate) standfirst: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) agencies: Vec<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) section: Vec<String>,
    pub(crate) published: Option<Timestamp>,
    /// Taken for the publication time where no other is given.
    pub(crate) updated: Option<Timestamp>,
    pub(crate) located: Option<String>,
}

/// A stretch of text that is to become a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

impl Piece {
    pub(crate) fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

impl Draft {
    /// Adds agencies that are not known yet, in order.
    pub(crate) fn credit(&mut self, agencies: impl IntoIterator<Item = String>) {
        for agency in agencies {
            if !self.agencies.contains(&agency) {
                self.agencies.push(agency);
            }
        }
    }

    /// Puts title, standfirst and body together, a blank line between blocks.
    pub(crate) fn finish(self, body: Vec<Piece>) -> Article {
        let head = [(BlockKind::Title, &self.title), (BlockKind::Standfirst, &self.standfirst)];
        let head = head.into_iter().filter_map(|(kind, text)| Some((kind, text.as_deref()?)));
        let body_pieces = body.iter().map(|piece| (piece.kind, piece.text.as_str()));
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, words) in head.chain(body_pieces) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            blocks.push(Block { kind, span: Span::new(start, text.len()) });
        }
        self.finish_with(text, blocks)
    }

    /// The article over a text that is already laid out.
    pub(crate) fn finish_with(self, text: String, blocks: Vec<Block>) -> Article {
        let published = self.published.or(self.updated);
        let id = content_hash(self.title.as_deref(), &text, published.as_ref());
        let language = language(&text);
        Article {
            id,
            key: self.key,
            source: self.source,
            title: self.title,
            standfirst: self.standfirst,
            byline: self.byline,
            agencies: self.agencies,
            publisher: self.publisher,
            section: self.section,
            published,
            located: self.located,
            language,
            text,
            blocks,
        }
    }
}

/// 128 bits over title, text and time, each ended by a byte that UTF-8 does not have.
fn content_hash(title: Option<&str>, text: &str, published: Option<&Timestamp>) -> String {
    let mut hash = Xxh3::new();
    for part in [title.unwrap_or_default(), text, published.map(Timestamp::as_str).unwrap_or_default()] {
        hash.update(part.as_bytes());
        hash.update(&[0xFF]);
    }
    format!("{:032x}", hash.digest128())
}
