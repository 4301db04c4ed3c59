use crate::{Code, CodebookError};
use serde::Deserialize;

/// What keeps a clause from being an event though a pattern knows its words: `codebook/gates.toml`.
///
/// ```
/// let codebook = dateline_codebook::Codebook::standard().unwrap();
/// assert!(codebook.gates.is_accident("earthquake"));
/// assert!(!codebook.gates.is_accident("ambush"));
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    public: Vec<String>,
    collective: Vec<String>,
    private: Vec<String>,
    /// Of a hundred mentions of people and bodies, how many must be of public ones in an article on public affairs.
    pub public_percent: u32,
    /// With fewer mentions of people and bodies nothing can be told about an article.
    pub few: u32,
    accidents: Vec<String>,
    mishaps: Vec<String>,
    violence: Vec<String>,
    documents: Vec<String>,
    predictions: Vec<String>,
    opinions: Vec<String>,
    unchanging: Vec<String>,
    forces_only: Vec<String>,
    tallies: Vec<String>,
    whoever: Vec<String>,
    habitual: Vec<String>,
    wishes: Vec<String>,
    kin: Vec<String>,
    industry: Vec<String>,
    affirmed_only: Vec<String>,
    politicians: Vec<String>,
    premises: Vec<String>,
    stationed: Vec<String>,
}

/// What somebody is in public life, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Whose dealings are their own affair: companies, doctors.
    Private,
    /// Nothing is said.
    Unknown,
    /// Who acts in public together with others: unions, churches.
    Collective,
    /// States, parties, forces, courts.
    Public,
}

impl Gates {
    /// Reads the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let mut gates: Self = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        for code in gates.public.iter().chain(&gates.collective).chain(&gates.private) {
            if Code::new(code).is_none() {
                let what = format!("{code:?} is no code");
                return Err(CodebookError::Invalid { file: file.into(), line: 0, what });
            }
        }
        for list in [
            &mut gates.public,
            &mut gates.collective,
            &mut gates.private,
            &mut gates.accidents,
            &mut gates.mishaps,
            &mut gates.violence,
            &mut gates.documents,
            &mut gates.predictions,
            &mut gates.opinions,
            &mut gates.unchanging,
            &mut gates.forces_only,
            &mut gates.tallies,
            &mut gates.whoever,
            &mut gates.habitual,
            &mut gates.wishes,
            &mut gates.kin,
            &mut gates.industry,
            &mut gates.affirmed_only,
            &mut gates.politicians,
            &mut gates.premises,
            &mut gates.stationed,
        ] {
            list.sort_unstable();
        }
        Ok(gates)
    }

    /// The highest standing that one of these codes gives.
    pub fn standing(&self, codes: impl Iterator<Item = Code>) -> Standing {
        let of = |code: Code| match code.as_str() {
            code if has(&self.public, code) => Standing::Public,
            code if has(&self.collective, code) => Standing::Collective,
            code if has(&self.private, code) => Standing::Private,
            _ => Standing::Unknown,
        };
        let found: Vec<Standing> = codes.map(of).filter(|s| *s != Standing::Unknown).collect();
        found.into_iter().max().unwrap_or(Standing::Unknown)
    }

    /// Whether only forces, states and their like can do what a type and mode says: `RETREAT/withdraw`.
    pub fn is_for_forces_only(&self, event: &str, mode: &str) -> bool {
        self.forces_only.iter().any(|both| both.split_once('/') == Some((event, mode)))
    }

    /// Whether the noun is a count of those whom a clause behind it describes.
    pub fn is_tally(&self, lemma: &str) -> bool {
        has(&self.tallies, lemma)
    }

    /// Whether the word stands for nobody in particular: "any", "whoever".
    pub fn is_whoever(&self, lemma: &str) -> bool {
        has(&self.whoever, lemma)
    }

    /// Whether the verb tells what somebody wants.
    pub fn is_wish(&self, lemma: &str) -> bool {
        has(&self.wishes, lemma)
    }

    /// Whether a type is no news where it was not done.
    pub fn is_affirmed_only(&self, event: &str) -> bool {
        has(&self.affirmed_only, event)
    }

    /// Whether those of this sector attack each other with words.
    pub fn is_politician(&self, sector: Code) -> bool {
        has(&self.politicians, sector.as_str())
    }

    /// Whether the noun is one for what somebody may close of his own.
    pub fn is_premises(&self, lemma: &str) -> bool {
        has(&self.premises, lemma)
    }

    /// Whether the participle tells where forces stand: "stationed".
    pub fn is_stationed(&self, lemma: &str) -> bool {
        has(&self.stationed, lemma)
    }

    /// Whether the noun names where things blow up by accident.
    pub fn is_industry(&self, lemma: &str) -> bool {
        has(&self.industry, lemma)
    }

    /// Whether the noun is one for relatives.
    pub fn is_kin(&self, lemma: &str) -> bool {
        has(&self.kin, lemma)
    }

    /// Whether the adverb tells what is usual: "often".
    pub fn is_habitual(&self, lemma: &str) -> bool {
        has(&self.habitual, lemma)
    }

    /// Whether the noun names what kills without anybody's will.
    pub fn is_accident(&self, lemma: &str) -> bool {
        has(&self.accidents, lemma)
    }

    /// Whether the verb tells of an accident.
    pub fn is_mishap(&self, lemma: &str) -> bool {
        has(&self.mishaps, lemma)
    }

    /// Whether the word tells of violence.
    pub fn is_violence(&self, lemma: &str) -> bool {
        has(&self.violence, lemma)
    }

    /// Whether the noun names a text or a plan.
    pub fn is_document(&self, lemma: &str) -> bool {
        has(&self.documents, lemma)
    }

    /// Whether the word brings in what somebody thinks will come.
    pub fn is_prediction(&self, lemma: &str) -> bool {
        has(&self.predictions, lemma)
    }

    /// Whether the verb only says or thinks what should be.
    pub fn is_opinion(&self, lemma: &str) -> bool {
        has(&self.opinions, lemma)
    }

    /// Whether a form of a verb may be present or past: "cut".
    pub fn is_unchanging(&self, form: &str) -> bool {
        has(&self.unchanging, &form.to_lowercase())
    }
}

fn has(list: &[String], word: &str) -> bool {
    list.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}
