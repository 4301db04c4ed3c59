//! The codebook that ships inside the program.

use crate::shape::Classes;
use crate::{
    Actors, ClauseWords, Codebook, CodebookError, Contexts, Gazetteer, Ontology, Patterns, Reporting, Roles,
};
use crate::{FigureWords, FirstNames, MentionWords, TimeRules};
use serde::Deserialize;

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../codebook/", $name)))),+]
    };
}

/// The text files of the codebook, by name.
const FILES: &[(&str, &str)] = embedded![
    "actors/countries.tsv",
    "actors/decoys.tsv",
    "actors/groups.tsv",
    "actors/officials.tsv",
    "actors/organizations.tsv",
    "classes.toml",
    "clauses.toml",
    "contexts.toml",
    "figures.toml",
    "first-names.tsv",
    "mentions.toml",
    "ontology.toml",
    "places/regions.tsv",
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
    "roles.tsv",
    "times.toml",
];

const PLACES: &[u8] = include_bytes!("../../../codebook/places/geonames.bin");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    class: Classes,
}

impl Codebook {
    /// Every mistake in the patterns of the codebook that ships inside the program.
    ///
    /// # Errors
    /// When a file that patterns build on is at fault itself.
    pub fn mistakes() -> Result<Vec<CodebookError>, CodebookError> {
        let ontology = Ontology::parse("ontology.toml", file("ontology.toml"))?;
        let (_, mistakes) = Patterns::parse_all(&pattern_files(), &classes()?, &ontology);
        Ok(mistakes)
    }

    /// The codebook that ships inside the program.
    ///
    /// # Errors
    /// When one of its files is at fault, which a build that passes its tests does not do.
    pub fn standard() -> Result<Self, CodebookError> {
        let ontology = Ontology::parse("ontology.toml", file("ontology.toml"))?;
        Ok(Self {
            id: format!("plover@{:016x}", fingerprint()),
            patterns: Patterns::parse(&pattern_files(), &classes()?, &ontology)?,
            contexts: Contexts::parse("contexts.toml", file("contexts.toml"), &ontology)?,
            reporting: Reporting::parse("reporting.toml", file("reporting.toml"))?,
            clauses: ClauseWords::parse("clauses.toml", file("clauses.toml"))?,
            actors: Actors::standard()?,
            roles: Roles::standard()?,
            gazetteer: Gazetteer::standard()?,
            times: TimeRules::standard()?,
            figures: FigureWords::standard()?,
            mentions: MentionWords::standard()?,
            first_names: FirstNames::standard()?,
            ontology,
        })
    }
}

fn file(name: &str) -> &'static str {
    FILES.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| *text)
}

fn pattern_files() -> Vec<(&'static str, &'static str)> {
    FILES.iter().copied().filter(|(n, _)| n.starts_with("plover/")).collect()
}

fn classes() -> Result<Classes, CodebookError> {
    let text = file("classes.toml");
    let read: ClassFile = toml::from_str(text).map_err(|e| CodebookError::toml("classes.toml", text, &e))?;
    Ok(read.class)
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
    hash.update(PLACES);
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_codebook_loads() {
        let mistakes: Vec<String> = Codebook::mistakes().unwrap().iter().map(ToString::to_string).collect();
        assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
        let codebook = Codebook::standard().unwrap_or_else(|e| panic!("{e}"));
        assert!(codebook.id.starts_with("plover@"));
        assert!(!codebook.patterns.list().is_empty());
    }
}
