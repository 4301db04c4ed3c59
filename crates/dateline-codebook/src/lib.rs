//! What a Dateline user may edit: the ontology, the actors, the roles, the places and the patterns.
//!
//! [`Codebook::standard`] is the one that ships inside the program. Every file is read into strong types and
//! checked; [`CodebookError`] names the file and line at fault.

mod actors;
mod code;
mod error;
mod gazetteer;
mod ontology;
mod patterns;
mod roles;
pub mod shape;

pub use actors::{Actor, ActorId, ActorKind, Actors, Alias, AliasKind, CivilDate, Term};
pub use code::Code;
pub use error::CodebookError;
pub use gazetteer::{Feature, Gazetteer, GazetteerPlace};
pub use ontology::{EventType, Ontology, TypeId};
pub use patterns::{Candidate, Pattern, Patterns};
pub use roles::{Role, RoleKind, Roles};

/// All that a user may edit, loaded and checked.
#[derive(Debug)]
pub struct Codebook {
    /// Who can act.
    pub actors: Actors,
    /// Nouns that tell a sector.
    pub roles: Roles,
    /// Names of places with coordinates.
    pub gazetteer: Gazetteer,
}
