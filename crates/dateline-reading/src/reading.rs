//! The contract: what a reading holds, in the shape and order in which it is printed as JSON.
//!
//! Offsets count Unicode scalar values of `article.text`, half-open. Ids are local to the reading.

mod entity;
mod event;
mod figure;
mod place;
mod quote;
mod time;

pub use entity::{CountryBasis, Entity, EntityKind, Mention, MentionForm};
pub use event::{Certainty, Commitment, Event, EventMention};
pub use figure::{Figure, FigureKind};
pub use place::{Place, Precision};
pub use quote::{Quote, QuoteClass, QuoteKind};
pub use time::{Time, TimeKind, TimeModifier, TimePrecision};

use dateline_text::CharSpan;
use serde::{Serialize, Serializer};

/// The schema that [`Reading::schema`] names.
pub const SCHEMA: &str = "dateline.reading/1";

/// Everything that was read out of one article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// What made this reading.
    pub coder: Coder,
    /// The article, with the text that all offsets point into.
    pub article: ArticleRecord,
    /// Title, paragraphs and so on, in order.
    pub blocks: Vec<BlockRecord>,
    /// Sentences, in order.
    pub sentences: Vec<CharSpan>,
    /// People, organisations, groups and countries.
    pub entities: Vec<Entity>,
    /// Places with coordinates.
    pub places: Vec<Place>,
    /// Dates, durations and sets.
    pub times: Vec<Time>,
    /// Counts of the killed, injured and so on.
    pub figures: Vec<Figure>,
    /// What was said, by whom.
    pub quotes: Vec<Quote>,
    /// What was done, by whom, to whom.
    pub events: Vec<Event>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
}

/// Program, model and codebook versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coder {
    /// `dateline`.
    pub name: String,
    /// Program version.
    pub version: String,
    /// Model name and hash.
    pub model: String,
    /// Codebook name and hash.
    pub codebook: String,
}

/// The article as readings print it.
///
/// Fields that few articles have stand in it only where they are stated: the addresses, the authors one by one, the time
/// of the last change, version and status, and what it is a copy of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the fields are those of `dateline_article::Article`
pub struct ArticleRecord {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    pub key: Option<String>,
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    pub agencies: Vec<String>,
    pub publisher: Option<String>,
    pub section: Vec<String>,
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    pub located: Option<String>,
    pub language: Option<String>,
    pub text: String,
}

/// A stretch of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BlockRecord {
    /// `title`, `standfirst`, `heading`, `paragraph`, `caption`, `list`.
    pub kind: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
}

/// Declares an id that prints as a letter and a number counted from one.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Position in the reading's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($letter, "{}"), self.0 + 1)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

id!(/// An entity: `e1` is the first of [`Reading::entities`].
    EntityId, "e");
id!(/// A place: `p1` is the first of [`Reading::places`].
    PlaceId, "p");
id!(/// A time: `t1` is the first of [`Reading::times`].
    TimeId, "t");
id!(/// A figure: `n1` is the first of [`Reading::figures`].
    FigureId, "n");
id!(/// A quote: `q1` is the first of [`Reading::quotes`].
    QuoteId, "q");
id!(/// An event: `v1` is the first of [`Reading::events`].
    EventId, "v");

/// Something left out, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// `abstained`; `unresolved` for an event that was kept without a party; `unread` for an article that was not read.
    pub kind: String,
    /// Position in [`Reading::sentences`].
    pub sentence: Option<u32>,
    /// What could not be resolved.
    pub reason: String,
}
