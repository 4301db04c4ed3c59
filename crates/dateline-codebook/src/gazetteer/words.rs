use crate::CodebookError;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words by which names of places are told; `codebook/places/words.toml` says what each list is for.
///
/// ```
/// let codebook = dateline_codebook::Codebook::standard()?;
/// assert!(codebook.place_words.settlements.contains("village"));
/// # Ok::<(), dateline_codebook::CodebookError>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the file itself documents every list
pub struct PlaceWords {
    pub media: HashSet<String>,
    pub settlements: HashSet<String>,
    pub local: HashSet<String>,
    pub facilities: HashSet<String>,
    pub parts: HashSet<String>,
}

impl PlaceWords {
    /// Reads a file of word lists. `file` names it in messages.
    ///
    /// # Errors
    /// When it is no such file.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        toml::from_str(text).map_err(|error| CodebookError::toml(file, text, &error))
    }
}
