//! Who can act or be acted upon.

use super::EntityId;
use dateline_text::CharSpan;
use serde::Serialize;

/// Someone who can act or be acted upon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entity {
    /// Own id.
    pub id: EntityId,
    /// Canonical name.
    pub name: String,
    /// Person, organisation, group or country.
    pub kind: EntityKind,
    /// ISO 3166-1 alpha-3, or `IGO`, `NGO` and the like.
    pub country: Option<String>,
    /// What the country is known from; `null` where there is none.
    pub country_from: Option<CountryBasis>,
    /// PLOVER sectors, the closest first.
    pub sectors: Vec<String>,
    /// Country and first sector joined, as CAMEO does: `USAGOV`.
    pub code: Option<String>,
    /// Office or description given in the text or the codebook.
    pub title: Option<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Mention>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum EntityKind {
    Person,
    Organization,
    Group,
    Country,
}

/// What the country of an entity is known from.
///
/// Whoever wants only what is stated leaves out [`Scene`](Self::Scene), which is inferred and can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CountryBasis {
    /// The article's words: a country's name, a nationality, or somebody whose they are.
    Text,
    /// The codebook, on the day of the article.
    Codebook,
    /// Neither says it: it is the country where the clause places the act, or the one that the article is about.
    Scene,
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// By name, by description or by pronoun.
    pub form: MentionForm,
}

/// How something is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}
