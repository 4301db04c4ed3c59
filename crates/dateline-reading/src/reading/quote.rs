//! What is said, and by whom.

use super::{EntityId, QuoteId};
use dateline_text::CharSpan;
use serde::Serialize;

/// Words that someone is reported to have said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    /// Own id.
    pub id: QuoteId,
    /// The words, without quotation marks around all of them; where the cue interrupts them, from the first word to the
    /// last.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The stretches that the words stand in, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<CharSpan>,
    /// What of mixed speech stands between quotation marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verbatim: Vec<CharSpan>,
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Said, asked, believed, wished and so on.
    pub class: QuoteClass,
    /// Whether the saying is told as a fact; `false` where it is denied, yet to come or only possible.
    pub told: bool,
    /// Who said it.
    pub speaker: Option<EntityId>,
    /// To whom.
    pub addressee: Option<EntityId>,
    /// Whom the speaker has it from: the survivors in "officials, citing survivors, said".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relies_on: Option<EntityId>,
    /// The word that reports it.
    pub cue: Option<CharSpan>,
    /// The quote that this one goes on from; the same cue reports both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<QuoteId>,
    /// The quote in whose words this one is reported: the officials' in "officials said that the rebels had denied it".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<QuoteId>,
}

/// What somebody does in saying or thinking something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteClass {
    /// Tells it as so.
    Statement,
    /// Asks to be told.
    Question,
    /// Asks for it to be done.
    Demand,
    /// Binds himself to it, plans or threatens it.
    Promise,
    /// Tells it as not so, or refuses it.
    Denial,
    /// Praises, blames, backs or names it.
    Judgement,
    /// Speaks of it; what he says is not told.
    Topic,
    /// Thinks it so.
    Belief,
    /// Wants it.
    Wish,
    /// Does not think it so.
    Doubt,
}

/// Kinds of quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum QuoteKind {
    Direct,
    Mixed,
    Indirect,
}
