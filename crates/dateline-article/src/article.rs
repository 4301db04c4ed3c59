use crate::{Claim, Note, Place, Status, Timestamp};
use dateline_text::Span;

/// One news report with its page furniture removed.
///
/// [`Article::text`] holds title, standfirst, headings and paragraphs, blocks separated by one blank line; every
/// [`Block`] says which stretch of it is what. Nothing of menus, datelines, share lines or agency tails is in it; only
/// the text of a JSON Lines record is kept as it is, and what is no article in it lies outside the blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Content hash: 32 hexadecimal digits over title, text and publication time.
    pub id: String,
    /// The input's own identifier, where it has one.
    pub key: Option<String>,
    /// Path or URL that the article was read from.
    pub source: String,
    /// Where in the input it was read.
    pub place: Place,
    /// Address that it was published or fetched at.
    pub url: Option<String>,
    /// Address that the page names as the one to cite.
    pub canonical: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// The line or two under the headline that sum the report up.
    pub standfirst: Option<String>,
    /// Who wrote it, without "By" and without the filing place.
    pub byline: Option<String>,
    /// Those of the byline, one by one, where the input states them so.
    pub authors: Vec<String>,
    /// News agencies credited with the text, in byline, dateline or tail: `AFP`, `AP`, `Reuters`, `Xinhua`. An agency
    /// that only sold a picture is not among them.
    pub agencies: Vec<String>,
    /// Newspaper, site or agency that published it.
    pub publisher: Option<String>,
    /// Section path: `Home`, `China`, `World`.
    pub section: Vec<String>,
    /// When it was published, as precisely as the page says.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// Whether its publisher has corrected or withdrawn it.
    pub status: Status,
    /// The publisher's number for this state of it.
    pub version: Option<String>,
    /// Where it was filed from.
    pub located: Option<String>,
    /// Language, ISO 639-1.
    pub language: Option<String>,
    /// The text that all offsets point into.
    pub text: String,
    /// What each stretch of the text is, in order.
    pub blocks: Vec<Block>,
    /// The id of the better version that it is a copy of, once a run has been searched for copies.
    pub copy_of: Option<String>,
    /// What the input states of it and where, in order of trust.
    pub claims: Vec<Claim>,
    /// What is odd about it: dates that are none, statements that disagree.
    pub notes: Vec<Note>,
}

/// A stretch of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, in bytes of [`Article::text`].
    pub span: Span,
}

/// What a stretch of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The summary under the headline.
    Standfirst,
    /// A heading inside the body.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A picture's caption.
    Caption,
    /// An item of a list.
    List,
}

impl BlockKind {
    /// Whether it is part of what the report says. A caption is not: it says what a picture shows, often one of another
    /// day, and comes once for every size of it.
    pub fn is_report(self) -> bool {
        self != Self::Caption
    }

    /// The word that readings use for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::List => "list",
        }
    }
}
