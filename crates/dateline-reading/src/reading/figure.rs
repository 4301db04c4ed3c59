//! What is counted.

use super::{FigureId, TimeId};
use dateline_text::CharSpan;
use serde::Serialize;

/// A count of people or money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Own id.
    pub id: FigureId,
    /// Where the number stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// What is counted.
    pub kind: FigureKind,
    /// Lowest count that the words allow.
    pub low: Option<u64>,
    /// The count, where the words give one.
    pub best: Option<u64>,
    /// Highest count that the words allow.
    pub high: Option<u64>,
    /// Start of a running total.
    pub since: Option<TimeId>,
    /// The noun that names who or what is counted: "students". Left out where the text names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<CharSpan>,
    /// The later count of the same that this article puts in its place. Left out where it gives none; both stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<FigureId>,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum FigureKind {
    Killed,
    Injured,
    Missing,
    Abducted,
    Arrested,
    Displaced,
    Executed,
    Participants,
    Money,
}
