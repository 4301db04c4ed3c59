//! The contract: what a reading holds, in the shape and order in which it is printed as JSON.
//!
//! Offsets count Unicode scalar values of `article.text`, half-open. Ids are local to the reading.

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

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Own id.
    pub id: PlaceId,
    /// The gazetteer's name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames identifier.
    pub geonameid: Option<u32>,
    /// How small an area the place names.
    pub precision: Precision,
    /// Where it is mentioned, in order.
    pub mentions: Vec<CharSpan>,
    /// Those of the mentions where nothing can happen: the name stands for a government, which is an entity with a
    /// mention there ("Kyiv said"), or it only says which ("the Lima talks").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metonyms: Vec<CharSpan>,
}

/// How small an area a place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Precision {
    Subcity,
    City,
    District,
    Province,
    Country,
    Region,
}

/// A time expression with its TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Time {
    /// Own id.
    pub id: TimeId,
    /// Where it stands.
    #[serde(flatten)]
    pub span: CharSpan,
    /// TIMEX3 value: `2015-01-13`, `2014-12`, `P3D`, `PRESENT_REF`.
    pub value: String,
    /// `date`, `time`, `duration`, `set`.
    pub kind: TimeKind,
    /// How precise the value is.
    pub precision: TimePrecision,
    /// What the words add to the value, as TIMEX3's `mod` does: "early 2011", "less than a week", "about two years".
    /// Left out where they add nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<TimeModifier>,
    /// Of a set, the quantifier as written: `each`, `every`. Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantifier: Option<String>,
    /// Of a set, how many times in each: `2X` for "twice a week". Left out where the words do not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
}

/// What words around a time add to its value: the `mod` of TIMEX3, printed in its small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeModifier {
    /// "about two years", "around noon", "nearly a week".
    Approx,
    /// "less than a week".
    LessThan,
    /// "more than a week".
    MoreThan,
    /// "at most two days", "up to a year".
    EqualOrLess,
    /// "at least two days".
    EqualOrMore,
    /// "early 2011", "the beginning of the year".
    Start,
    /// "mid-March", "the middle of the week".
    Mid,
    /// "late 1998", "the end of the month".
    End,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// How precise a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum TimePrecision {
    Second,
    Minute,
    Hour,
    Part,
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Vague,
}

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

/// Something that was done, or is said to have been or to be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Own id.
    pub id: EventId,
    /// Position in [`Reading::sentences`].
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
    /// Position in [`Reading::sentences`].
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
