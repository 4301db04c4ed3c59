//! A whole codebook from its files.

use crate::files::Files;
use crate::shape::Classes;
use crate::{
    Actors, ClauseWords, Codebook, CodebookError, Contexts, Cues, Dictionary, Gates, Ontology, Patterns,
    PlaceWords, Reporting, Roles,
};
use crate::{FigureWords, FirstNames, MentionWords, TimeRules};
use serde::Deserialize;
use std::path::Path;

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
        Self::mistakes_in(None)
    }

    /// Every mistake in the patterns and the dictionary of the codebook in a folder, or of the one inside the program.
    ///
    /// # Errors
    /// When a file that patterns build on is at fault itself, or cannot be read.
    pub fn mistakes_in(folder: Option<&Path>) -> Result<Vec<CodebookError>, CodebookError> {
        let files = folder.map_or_else(|| Ok(Files::embedded()), Files::open)?;
        let ontology = Ontology::parse("ontology.toml", files.text("ontology.toml"))?;
        let (_, mut mistakes) = Patterns::parse_all(&files.part("plover"), &classes(&files)?, &ontology);
        mistakes.extend(Dictionary::parse(&files.part("dictionary"))?.mistakes());
        Ok(mistakes)
    }

    /// The files of the codebook that ships inside the program, by their names in its folder.
    pub fn standard_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        Files::inside()
    }

    /// The codebook that ships inside the program.
    ///
    /// # Errors
    /// When one of its files is at fault, which a build that passes its tests does not do.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::read(&Files::embedded())
    }

    /// The codebook in a folder laid out as the one that ships inside the program. What the folder does not have is
    /// taken from there, but a folder with `plover/` or `actors/` of its own has no patterns or actors but these.
    ///
    /// # Errors
    /// When a file cannot be read, or does not say what it must; the error names the file and the line.
    pub fn open(folder: &Path) -> Result<Self, CodebookError> {
        Self::read(&Files::open(folder)?)
    }

    /// Adds a packed gazetteer, as [`crate::DumpPacker`] makes it, to the places that the codebook has. It is searched
    /// where it lies, and becomes part of the codebook's id.
    ///
    /// # Errors
    /// When the file cannot be read or is no packed gazetteer.
    pub fn add_gazetteer(&mut self, file: &Path) -> Result<(), CodebookError> {
        self.gazetteer.add_file(file)?;
        let own = self.id.rsplit_once('@').and_then(|(_, hash)| u64::from_str_radix(hash, 16).ok());
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for part in own.into_iter().chain(self.gazetteer.hashes()) {
            hash.update(&part.to_le_bytes());
        }
        self.id = format!("plover@{:016x}", hash.digest());
        Ok(())
    }

    fn read(files: &Files) -> Result<Self, CodebookError> {
        let ontology = Ontology::parse("ontology.toml", files.text("ontology.toml"))?;
        // Patterns take as long as all else together.
        std::thread::scope(|scope| {
            let patterns =
                scope.spawn(|| Patterns::parse(&files.part("plover"), &classes(files)?, &ontology));
            let rest = Self::read_rest(files, &ontology);
            let patterns = patterns.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))?;
            Ok(Self { patterns, ..rest? })
        })
    }

    /// All but the patterns.
    fn read_rest(files: &Files, ontology: &Ontology) -> Result<Self, CodebookError> {
        let dictionary = files.part("dictionary");
        let gazetteer = files.gazetteer()?;
        Ok(Self {
            id: format!("plover@{:016x}", files.fingerprint(&gazetteer)),
            patterns: Patterns::default(),
            contexts: Contexts::parse("contexts.toml", files.text("contexts.toml"), ontology)?,
            reporting: Reporting::parse(
                "reporting.toml",
                files.text("reporting.toml"),
                Cues::parse("cues.tsv", files.text("cues.tsv"))?,
            )?,
            gates: Gates::parse("gates.toml", files.text("gates.toml"))?,
            clauses: ClauseWords::parse("clauses.toml", files.text("clauses.toml"))?,
            actors: Actors::parse(&actor_tables(files))?,
            roles: Roles::parse("roles.tsv", files.text("roles.tsv"))?,
            gazetteer,
            place_words: PlaceWords::parse("places/words.toml", files.text("places/words.toml"))?,
            times: TimeRules::parse("times.toml", files.text("times.toml"))?,
            figures: FigureWords::parse("figures.toml", files.text("figures.toml"))?,
            mentions: MentionWords::parse("mentions.toml", files.text("mentions.toml"))?,
            first_names: FirstNames::parse("first-names.tsv", files.text("first-names.tsv"))?,
            dictionary: if dictionary.is_empty() { None } else { Some(Dictionary::parse(&dictionary)?) },
            ontology: ontology.clone(),
        })
    }
}

/// Where several actors share an alias, those of the table read first come first.
fn actor_tables(files: &Files) -> Vec<(&str, &str)> {
    const FIRST: &[&str] = &["countries", "organizations", "groups", "officials"];
    let place = |name: &str| FIRST.iter().position(|first| name.contains(first)).unwrap_or(FIRST.len());
    let mut tables = files.part("actors");
    tables.sort_by_key(|(name, _)| place(name));
    tables
}

fn classes(files: &Files) -> Result<Classes, CodebookError> {
    let text = files.text("classes.toml");
    let read: ClassFile = toml::from_str(text).map_err(|e| CodebookError::toml("classes.toml", text, &e))?;
    Ok(read.class)
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
