use crate::Code;

/// Everyone the codebook knows by name: countries, organisations, groups, officials.
#[derive(Debug, Default)]
pub struct Actors {
    actors: Vec<Actor>,
}

/// Position of an actor in the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// Someone known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Canonical name: `Pakistan`, `Pakistani Taliban`, `John Kerry`.
    pub name: String,
    /// Country, person, organisation or group.
    pub kind: ActorKind,
    /// Country code; for an official the country of the first term.
    pub country: Option<Code>,
    /// Sectors, the closest first.
    pub sectors: Vec<Code>,
    /// Wikidata identifier, where it is sure.
    pub wikidata: Option<String>,
    /// Offices held, for officials.
    pub terms: Vec<Term>,
}

/// An office and when it was held.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// `Secretary of State`.
    pub office: String,
    /// Country served.
    pub country: Option<Code>,
    /// Sectors while in office.
    pub sectors: Vec<Code>,
    /// First day, if known.
    pub from: Option<CivilDate>,
    /// Last day, if over.
    pub to: Option<CivilDate>,
}

/// Year, month, day; compares in order of time. A missing month or day is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate(pub i16, pub i8, pub i8);

/// What kind of actor it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ActorKind {
    Country,
    Organization,
    Group,
    Person,
}

/// One way to name an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Who is named.
    pub actor: ActorId,
    /// How.
    pub kind: AliasKind,
}

/// How an alias names its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// By name or acronym: "Pakistan", "TTP".
    Name,
    /// By nationality: "Pakistani", "Pakistanis".
    Demonym,
    /// By its capital, which is also a place: "Islamabad".
    Capital,
    /// By a seat or house that stands for its government: "the Kremlin", "Downing Street".
    Metonym,
}

impl Actors {
    /// The longest alias that begins at the first of `words` (as written): its length in words, and whom it may name.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        let _ = words;
        None
    }

    /// The actor with this id.
    pub fn get(&self, id: ActorId) -> Option<&Actor> {
        self.actors.get(id.0 as usize)
    }

    /// The country with this code.
    pub fn country(&self, code: Code) -> Option<ActorId> {
        let _ = code;
        None
    }
}
