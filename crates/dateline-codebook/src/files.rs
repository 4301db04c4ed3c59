//! The text files that a codebook is made of.

use crate::gazetteer::PLACES;
use crate::{CodebookError, Gazetteer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../codebook/", $name)))),+]
    };
}

/// The files inside the program.
const FILES: &[(&str, &str)] = embedded![
    "actors/countries.tsv",
    "actors/decoys.tsv",
    "actors/groups.tsv",
    "actors/officials.tsv",
    "actors/organizations.tsv",
    "classes.toml",
    "clauses.toml",
    "contexts.toml",
    "cues.tsv",
    "figures.toml",
    "first-names.tsv",
    "gates.toml",
    "mentions.toml",
    "ontology.toml",
    "places/regions.tsv",
    "places/words.toml",
    "plover/accuse-said.toml",
    "plover/accuse-ways.toml",
    "plover/accuse-words.toml",
    "plover/accuse.toml",
    "plover/agree-promises.toml",
    "plover/agree.toml",
    "plover/aid-kinds.toml",
    "plover/aid.toml",
    "plover/assault-battle.toml",
    "plover/assault.toml",
    "plover/coerce-law.toml",
    "plover/coerce.toml",
    "plover/concede-kinds.toml",
    "plover/concede.toml",
    "plover/consult.toml",
    "plover/cooperate-kinds.toml",
    "plover/cooperate.toml",
    "plover/mobilize-moves.toml",
    "plover/mobilize.toml",
    "plover/nothing.toml",
    "plover/protest-goals.toml",
    "plover/protest.toml",
    "plover/reject-requests.toml",
    "plover/reject-said.toml",
    "plover/reject.toml",
    "plover/request-terms.toml",
    "plover/request.toml",
    "plover/retreat.toml",
    "plover/sanction.toml",
    "plover/support-said.toml",
    "plover/support-ways.toml",
    "plover/support-words.toml",
    "plover/support.toml",
    "plover/threaten-measures.toml",
    "plover/threaten.toml",
    "plover/yield-kinds.toml",
    "reporting.toml",
    "roles.tsv",
    "times.toml",
];

/// The files of a codebook by their names in its folder.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    texts: BTreeMap<String, Cow<'static, str>>,
    /// A packed gazetteer of the folder's own instead of the program's.
    places: Option<PathBuf>,
    /// Packed gazetteers beside it: every other `places/*.places`.
    more_places: Vec<PathBuf>,
}

impl Files {
    /// The files inside the program.
    pub(crate) fn embedded() -> Self {
        let texts = FILES.iter().map(|&(name, text)| (name.to_owned(), Cow::Borrowed(text))).collect();
        Self { texts, places: None, more_places: Vec::new() }
    }

    /// Name and content of every file inside the program.
    pub(crate) fn inside() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        let texts = FILES.iter().map(|&(name, text)| (name, text.as_bytes()));
        texts.chain([("places/geonames.bin", PLACES)])
    }

    /// The files of a folder, and those inside the program for what the folder does not have. Patterns and actors are
    /// taken as whole folders: a folder with `plover/` of its own has no patterns but these.
    pub(crate) fn open(folder: &Path) -> Result<Self, CodebookError> {
        let mut files = Self::embedded();
        for (part, ending) in [("plover", "toml"), ("actors", "tsv"), ("dictionary", "tsv")] {
            let own = listing(&folder.join(part), ending)?;
            if !own.is_empty() {
                files.texts.retain(|name, _| !name.starts_with(&format!("{part}/")));
                files.texts.extend(own.into_iter().map(|name| (format!("{part}/{name}"), Cow::Borrowed(""))));
            }
        }
        for (name, text) in &mut files.texts {
            let path = folder.join(name);
            if path.is_file() {
                *text = Cow::Owned(std::fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?);
            }
        }
        files.places = Some(folder.join("places/geonames.bin")).filter(|path| path.is_file());
        let more = folder.join("places");
        files.more_places = listing(&more, "places")?.iter().map(|name| more.join(name)).collect();
        Ok(files)
    }

    /// The text of a file; empty where there is none of this name.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text)
    }

    /// Every file of a part of the codebook: `plover`, `actors`.
    pub(crate) fn part(&self, part: &str) -> Vec<(&str, &str)> {
        let inside = |name: &str| name.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'));
        self.texts
            .iter()
            .filter(|(name, _)| inside(name))
            .map(|(name, text)| (name.as_str(), &**text))
            .collect()
    }

    /// The gazetteer: the packed places, those that the folder adds, and the regions.
    pub(crate) fn gazetteer(&self) -> Result<Gazetteer, CodebookError> {
        let regions = self.text("places/regions.tsv");
        let mut gazetteer = match &self.places {
            Some(path) => Gazetteer::parse(std::fs::read(path).map_err(|e| unreadable(path, e))?, regions)?,
            None => Gazetteer::embedded(regions)?,
        };
        for path in &self.more_places {
            gazetteer.add_file(path)?;
        }
        Ok(gazetteer)
    }

    /// A hash over every file's name and text, so that a reading names the codebook that made it.
    pub(crate) fn fingerprint(&self, gazetteer: &Gazetteer) -> u64 {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for (name, text) in &self.texts {
            hash.update(name.as_bytes());
            hash.update(&[0]);
            hash.update(text.as_bytes());
            hash.update(&[0]);
        }
        for part in gazetteer.hashes() {
            hash.update(&part.to_le_bytes());
        }
        hash.digest()
    }
}

/// Names of the files in a folder with an ending, in order; none where there is no such folder.
fn listing(folder: &Path, ending: &str) -> Result<Vec<String>, CodebookError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
        let path = entry.map_err(|e| unreadable(folder, e))?.path();
        if path.extension().is_some_and(|e| e == ending)
            && let Some(name) = path.file_name().and_then(|n| n.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn unreadable(path: &Path, source: std::io::Error) -> CodebookError {
    CodebookError::Unreadable { file: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(files: &Files) -> u64 {
        files.fingerprint(&Gazetteer::default())
    }

    #[test]
    fn a_folder_replaces_what_it_has_and_keeps_the_rest() {
        let folder = std::env::temp_dir().join(format!("dateline-codebook-files-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("plover")).unwrap();
        std::fs::write(folder.join("plover/strike.toml"), "event = \"PROTEST\"\n").unwrap();
        let files = Files::open(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(files.part("plover"), [("plover/strike.toml", "event = \"PROTEST\"\n")]);
        assert_eq!(files.text("classes.toml"), Files::embedded().text("classes.toml"));
        assert_ne!(print(&files), print(&Files::embedded()));
    }

    #[test]
    fn no_folder_is_the_codebook_of_the_program() {
        let files = Files::open(Path::new("/nowhere/at/all")).unwrap();
        assert_eq!(print(&files), print(&Files::embedded()));
    }
}
