use crate::{CodebookError, CuePart, CueWord, Cues};
use serde::Deserialize;

/// Words that report what others say: `codebook/reporting.toml`, with the cues of `codebook/cues.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    /// Verbs, nouns and adjectives with their complements.
    pub cues: Cues,
    confirmation: Vec<String>,
    hearsay: Vec<String>,
    seeming: Vec<String>,
    alleging: Vec<String>,
    views: Vec<String>,
    unknown: Vec<String>,
    sources: Vec<String>,
    surveys: Vec<String>,
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
    confirmation: Vec<String>,
    hearsay: Vec<String>,
    seeming: Vec<String>,
    alleging: Vec<String>,
    views: Vec<String>,
    unknown: Vec<String>,
    sources: Vec<String>,
    surveys: Vec<String>,
}

impl Reporting {
    /// Reads the file of lists; `file` names it in messages.
    pub fn parse(file: &str, text: &str, cues: Cues) -> Result<Self, CodebookError> {
        let read: File = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let File { confirmation, hearsay, seeming, alleging, views, unknown, sources, surveys } = read;
        Ok(Self { cues, confirmation, hearsay, seeming, alleging, views, unknown, sources, surveys })
    }

    /// The verb of saying with this lemma (particle joined by "_"): one that tells of what happened.
    pub fn cue(&self, lemma: &str) -> Option<Cue> {
        let certainty = self.cues.get(CuePart::Verb, lemma)?.certainty?;
        Some(Cue { certainty })
    }

    /// The verb, noun or adjective with this lemma that has somebody's words or thoughts as its content.
    pub fn word(&self, part: CuePart, lemma: &str) -> Option<&CueWord> {
        self.cues.get(part, lemma)
    }

    /// Whether the verb stands behind a report: "confirm".
    pub fn is_confirmation(&self, lemma: &str) -> bool {
        has(&self.confirmation, lemma)
    }

    /// Whether the adverb marks hearsay: "reportedly".
    pub fn is_hearsay(&self, lemma: &str) -> bool {
        has(&self.hearsay, lemma)
    }

    /// Whether the adverb marks what only looks so: "apparently".
    pub fn is_seeming(&self, lemma: &str) -> bool {
        has(&self.seeming, lemma)
    }

    /// Whether the adjective marks what is only said to be so: "alleged".
    pub fn is_alleging(&self, lemma: &str) -> bool {
        has(&self.alleging, lemma)
    }

    /// Whether the noun is somebody's view, as in "in the words of", "in his view".
    pub fn is_view(&self, lemma: &str) -> bool {
        has(&self.views, lemma)
    }

    /// Whether the noun is an inquiry that finds something by itself: "in a poll, half of the voters chose Berg".
    pub fn is_survey(&self, lemma: &str) -> bool {
        has(&self.surveys, lemma)
    }

    /// Whether the noun before a headline's colon says what follows: "poll".
    pub fn is_source(&self, lemma: &str) -> bool {
        has(&self.sources, lemma)
    }

    /// Whether the adjective says that nobody knows: "it was not clear whether", "unconfirmed".
    pub fn is_unknown(&self, lemma: &str) -> bool {
        has(&self.unknown, lemma)
    }
}

fn has(list: &[String], lemma: &str) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(lemma))
}
