use crate::CodebookError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The event types of an ontology, with their scores and modes, and the contexts that an event may have.
///
/// ```
/// let ontology = dateline_codebook::Ontology::plover().unwrap();
/// let assault = ontology.find("ASSAULT").unwrap();
/// assert_eq!(ontology.get(assault).quad, 4);
/// assert_eq!(ontology.get(assault).score_of(&["aerial".into()]), -9.5);
/// ```
#[derive(Clone, Debug)]
pub struct Ontology {
    types: Vec<EventType>,
    contexts: Vec<String>,
}

/// Position of an event type in its ontology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u16);

/// One event type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventType {
    /// Name: `ASSAULT`.
    pub name: String,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// PLOVER score, -10 to 10.
    pub score: f64,
    /// CAMEO code where no pattern says a more specific one.
    pub cameo: String,
    /// What the same act counts as while it still lies ahead.
    #[serde(default)]
    pub future: Option<Ahead>,
    /// What it counts as where whoever is to do it says so himself.
    #[serde(default)]
    pub announced: Option<Ahead>,
    /// Whether an event of this type needs a recipient.
    #[serde(default)]
    pub recipient: bool,
    /// Whether an event of this type is worth telling where nobody is named as its actor.
    #[serde(default)]
    pub actorless: bool,
    /// Whether it is no event: a pattern of this type only keeps others from matching.
    #[serde(default)]
    pub silent: bool,
    /// Whether an act of this type is an event only where somebody of public life takes part.
    #[serde(default)]
    pub public: bool,
    /// What the same act counts as where one person or a government does it alone.
    #[serde(default)]
    pub alone: Option<Ahead>,
    /// What an act without a mode counts as where politicians do it to each other: their attacks are words.
    #[serde(default)]
    pub spoken: Option<Ahead>,
    /// Whether partners are all actors.
    #[serde(default)]
    pub reciprocal: bool,
    /// Whether those who are moved act, where nobody is named as the one who moves them: "police were deployed".
    #[serde(default)]
    pub moved: bool,
    /// Whether people whom a pattern asks for by its words are moved, offered or asked for, and not acted upon: "called for
    /// observers".
    #[serde(default)]
    pub gives: bool,
    /// Modes that only those who rule a place can do there: where nobody is named, its country acts.
    #[serde(default)]
    pub local: Vec<String>,
    /// Modes that are done to nobody, unless a pattern says so: whoever resigns does it to no one.
    #[serde(default)]
    pub unaddressed: Vec<String>,
    /// Modes that, where they happen in a prison, its owner does, else the country that it is in.
    #[serde(default)]
    pub held: Vec<String>,
    /// Modes with their scores.
    #[serde(default)]
    pub modes: BTreeMap<String, f64>,
}

/// What an act counts as before it is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ahead {
    /// Event type.
    pub event: String,
    /// CAMEO code of the intent.
    #[serde(default)]
    pub cameo: Option<String>,
    /// Modes of the intent.
    #[serde(default)]
    pub modes: Vec<String>,
    /// Not where the act has one of these modes.
    #[serde(default)]
    pub except: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    r#type: Vec<EventType>,
    contexts: Contexts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contexts {
    names: Vec<String>,
}

impl Ahead {
    /// Whether it is meant for an act with these modes.
    pub fn fits(&self, modes: &[String]) -> bool {
        !self.except.iter().any(|mode| modes.contains(mode))
    }
}

impl EventType {
    /// What an act of this type with `modes` counts as while it lies ahead; `announced` where whoever is to do it says
    /// so himself. `None` where it keeps its type.
    pub fn ahead(&self, modes: &[String], announced: bool) -> Option<&Ahead> {
        let fits = |ahead: &&Ahead| ahead.fits(modes);
        let own = self.announced.as_ref().filter(|_| announced).filter(fits);
        own.or_else(|| self.future.as_ref().filter(fits))
    }

    /// The score of an event of this type with `modes`: that of the mode with the largest score either way.
    pub fn score_of(&self, modes: &[String]) -> f64 {
        let scores = modes.iter().filter_map(|m| self.modes.get(m));
        scores.copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(self.score)
    }
}

impl Ontology {
    /// The ontology that ships with the program.
    pub fn plover() -> Result<Self, CodebookError> {
        Self::parse("ontology.toml", include_str!("../../../codebook/ontology.toml"))
    }

    /// Reads an ontology file. Fails where the TOML is broken or a `future` or `announced` names no type or mode.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let read: File = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let ontology = Self { types: read.r#type, contexts: read.contexts.names };
        for kind in &ontology.types {
            for ahead in kind.future.iter().chain(&kind.announced).chain(&kind.alone).chain(&kind.spoken) {
                let known = ontology.find(&ahead.event).map(|id| ontology.get(id));
                let wrong = match known {
                    None => format!("{}: {:?} is no event type", kind.name, ahead.event),
                    Some(other) => match ahead.modes.iter().find(|m| !other.modes.contains_key(*m)) {
                        Some(mode) => format!("{}: {} has no mode {mode:?}", kind.name, other.name),
                        None => continue,
                    },
                };
                return Err(CodebookError::Invalid { file: file.into(), line: 0, what: wrong });
            }
        }
        Ok(ontology)
    }

    /// The type with this name.
    pub fn find(&self, name: &str) -> Option<TypeId> {
        self.types.iter().position(|t| t.name == name).map(|at| TypeId(at as u16))
    }

    /// The type with this id. Ids come from [`Ontology::find`] of the same ontology.
    pub fn get(&self, id: TypeId) -> &EventType {
        &self.types[id.0 as usize]
    }

    /// Every type, in order of the file.
    pub fn types(&self) -> impl Iterator<Item = &EventType> {
        self.types.iter()
    }

    /// Whether this is the name of a context.
    pub fn is_context(&self, name: &str) -> bool {
        self.contexts.iter().any(|c| c == name)
    }
}
