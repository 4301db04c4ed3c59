//! The codebook that ships inside the program.

use crate::shape::Classes;
use crate::{
    Actors, ClauseWords, Codebook, CodebookError, Contexts, Gazetteer, Ontology, Patterns, Reporting, Roles,
};
use crate::{FigureWords, TimeRules};
use serde::Deserialize;

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../codebook/", $name)))),+]
    };
}

/// The text files of the codebook, by name.
const FILES: &[(&str, &str)] = embedded![
    "classes.toml",
    "clauses.toml",
    "contexts.toml",
    "ontology.toml",
    "plover/accuse.toml",
    "plover/agree.toml",
    "plover/aid.toml",
    "plover/assault.toml",
    "plover/coerce.toml",
    "plover/concede.toml",
    "plover/consult.toml",
    "plover/cooperate.toml",
    "plover/mobilize.toml",
    "plover/protest.toml",
    "plover/reject.toml",
    "plover/request.toml",
    "plover/retreat.toml",
    "plover/sanction.toml",
    "plover/support.toml",
    "plover/threaten.toml",
    "reporting.toml",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    class: Classes,
}

impl Codebook {
    /// The codebook that ships inside the program.
    ///
    /// # Errors
    /// When one of its files is at fault, which a build that passes its tests does not do.
    pub fn standard() -> Result<Self, CodebookError> {
        let file = |name: &str| FILES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| *text);
        let ontology = Ontology::parse("ontology.toml", file("ontology.toml"))?;
        let classes: ClassFile = toml::from_str(file("classes.toml"))
            .map_err(|e| CodebookError::toml("classes.toml", file("classes.toml"), &e))?;
        let patterns: Vec<(&str, &str)> =
            FILES.iter().copied().filter(|(n, _)| n.starts_with("plover/")).collect();
        Ok(Self {
            id: format!("plover@{:016x}", fingerprint()),
            patterns: Patterns::parse(&patterns, &classes.class, &ontology)?,
            contexts: Contexts::parse("contexts.toml", file("contexts.toml"), &ontology)?,
            reporting: Reporting::parse("reporting.toml", file("reporting.toml"))?,
            clauses: ClauseWords::parse("clauses.toml", file("clauses.toml"))?,
            actors: Actors::standard()?,
            roles: Roles::standard()?,
            gazetteer: Gazetteer::standard()?,
            times: TimeRules::standard()?,
            figures: FigureWords::standard()?,
            ontology,
        })
    }
}

/// A hash over every file's name and text, so that a reading names the codebook that made it.
fn fingerprint() -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for (name, text) in FILES {
        hash.update(name.as_bytes());
        hash.update(&[0]);
        hash.update(text.as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_codebook_loads() {
        let codebook = Codebook::standard().unwrap_or_else(|e| panic!("{e}"));
        assert!(codebook.id.starts_with("plover@"));
        assert!(!codebook.patterns.list().is_empty());
    }
}
