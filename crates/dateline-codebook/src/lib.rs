//! What a Dateline user may edit: the ontology, the actors, the roles, the places and the patterns.
//!
//! [`Codebook::standard`] is the one that ships inside the program. Every file is read into strong types and
//! checked; [`CodebookError`] names the file and line at fault.

mod actors;
mod clause_words;
mod code;
mod contexts;
mod cues;
mod dictionary;
mod error;
mod figures;
mod files;
mod first_names;
mod fold;
mod gates;
mod gazetteer;
mod mentions;
mod ontology;
mod patterns;
mod phrases;
mod reporting;
mod roles;
pub mod shape;
mod standard;
mod table;
mod times;
mod times_needs;
mod times_pattern;

pub use actors::{Actor, ActorId, ActorKind, Actors, Alias, AliasKind, CivilDate, Rule, Term, check_actors};
pub use clause_words::{ClauseWords, Governs};
pub use code::Code;
pub use contexts::Contexts;
pub use cues::{Complements, CueClass, CuePart, CueWord, Cues};
pub use dictionary::{Dictionary, Discard, SortedPhrases, dictionary_phrase};
pub use error::CodebookError;
pub use figures::{CountKind, FigureWords};
pub use first_names::{FirstNames, Gender};
pub use gates::{Gates, Standing};
pub use gazetteer::{
    DumpPacker, Feature, Gazetteer, GazetteerPlace, GazetteerSource, PlaceWords, build_gazetteer,
    check_regions,
};
pub use mentions::MentionWords;
pub use ontology::{Ahead, EventType, Ontology, TypeId};
pub use patterns::{Candidate, Pattern, PatternNote, Patterns};
pub use phrases::{Phrases, fold, pieces_of};
pub use reporting::{Cue, CueCertainty, Reporting};
pub use roles::{Role, RoleKind, Roles, check_roles};
pub use times::{TimeAct, TimeRule, TimeRules, WordClass};
pub use times_pattern::{TimePart, TimeWhat};

/// All that a user may edit, loaded and checked.
#[derive(Debug)]
pub struct Codebook {
    /// Name and hash, as readings print them: `plover@1f2e3d4c5b6a7988`.
    pub id: String,
    /// Event types.
    pub ontology: Ontology,
    /// What events look like.
    pub patterns: Patterns,
    /// Words that put an event in a context.
    pub contexts: Contexts,
    /// Words that report what others say.
    pub reporting: Reporting,
    /// What keeps a clause from being an event.
    pub gates: Gates,
    /// Words that shape a clause.
    pub clauses: ClauseWords,
    /// Who can act.
    pub actors: Actors,
    /// Nouns that tell a sector.
    pub roles: Roles,
    /// Names of places with coordinates.
    pub gazetteer: Gazetteer,
    /// Words by which names of places are told.
    pub place_words: PlaceWords,
    /// How times are named.
    pub times: TimeRules,
    /// What counts of people and money look like.
    pub figures: FigureWords,
    /// Words that tell how people, bodies and places are mentioned.
    pub mentions: MentionWords,
    /// Men's and women's first names.
    pub first_names: FirstNames,
    /// Actors and agents of an imported codebook; where there are any, events are coded as PETRARCH codes them.
    pub dictionary: Option<Dictionary>,
}
