//! What was done.

use super::{EntityId, EventId, FigureId, PlaceId, TimeId};
use dateline_text::CharSpan;
use serde::Serialize;

/// Something that was done, or is said to have been or to be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Own id.
    pub id: EventId,
    /// Position in [`Reading::sentences`](super::Reading::sentences).
    pub sentence: u32,
    /// The words that report it.
    pub trigger: CharSpan,
    /// PLOVER event type: `ASSAULT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER modes: `aerial`.
    pub modes: Vec<String>,
    /// PLOVER contexts: `military`, `terrorism`.
    pub contexts: Vec<String>,
    /// Auxiliary modes: `historical`, `future`, `hypothetical`, `negation`.
    pub aux: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// PLOVER score, -10 to 10.
    pub intensity: f64,
    /// Who did it.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub recipients: Vec<EntityId>,
    /// When.
    pub time: Option<TimeId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// Counts bound to it.
    pub figures: Vec<FigureId>,
    /// How sure the text is.
    pub certainty: Certainty,
    /// Who says so.
    pub attributed_to: Option<EntityId>,
    /// Set where someone binds himself to act.
    pub commitment: Option<Commitment>,
    /// The pattern that made it: `assault/offensive`.
    pub rule: String,
    /// Where else the article tells of the same act.
    pub mentions: Vec<EventMention>,
}

/// An event told once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EventMention {
    /// Position in [`Reading::sentences`](super::Reading::sentences).
    pub sentence: u32,
    /// The words that report it there.
    pub trigger: CharSpan,
}

/// A promise to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// By when.
    pub due: Option<TimeId>,
}

/// How sure the text is of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Certainty {
    Asserted,
    Attributed,
    Alleged,
    Unconfirmed,
    Denied,
}
