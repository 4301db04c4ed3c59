use crate::CodebookError;
use serde::Deserialize;
use std::collections::HashMap;

/// Verbs of saying: `codebook/reporting.toml`.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    cues: HashMap<String, Cue>,
    confirmation: Vec<String>,
    hearsay: Vec<String>,
    judging: Vec<String>,
}

/// A verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// How sure the verb leaves us of what is said.
    pub certainty: CueCertainty,
}

/// How sure a verb of saying leaves us, from surest to least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum CueCertainty {
    Asserted,
    Attributed,
    Alleged,
    Unconfirmed,
    Denied,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    attributed: Vec<String>,
    alleged: Vec<String>,
    denied: Vec<String>,
    confirmation: Vec<String>,
    hearsay: Vec<String>,
    judging: Vec<String>,
}

impl Reporting {
    /// Reads the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let read: File = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let mut cues = HashMap::new();
        let lists = [
            (&read.attributed, CueCertainty::Attributed),
            (&read.confirmation, CueCertainty::Attributed),
            (&read.alleged, CueCertainty::Alleged),
            (&read.denied, CueCertainty::Denied),
        ];
        for (words, certainty) in lists {
            cues.extend(words.iter().map(|w| (w.clone(), Cue { certainty })));
        }
        Ok(Self { cues, confirmation: read.confirmation, hearsay: read.hearsay, judging: read.judging })
    }

    /// The verb of saying with this lemma (particle joined by "_").
    pub fn cue(&self, lemma: &str) -> Option<&Cue> {
        self.cues.get(lemma)
    }

    /// Whether the verb stands behind a report: "confirm".
    pub fn is_confirmation(&self, lemma: &str) -> bool {
        self.confirmation.iter().any(|w| w == lemma)
    }

    /// Whether the verb says what someone thinks of another, and so can carry quoted words: "brand".
    pub fn is_judging(&self, lemma: &str) -> bool {
        self.judging.iter().any(|w| w == lemma)
    }

    /// Whether the adverb marks hearsay: "reportedly".
    pub fn is_hearsay(&self, lemma: &str) -> bool {
        self.hearsay.iter().any(|w| w == lemma)
    }
}
