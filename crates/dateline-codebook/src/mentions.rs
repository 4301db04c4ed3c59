use crate::{CivilDate, Code, CodebookError, Rule};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;

/// The table that ships inside the program.
const STANDARD: &str = include_str!("../../../codebook/mentions.toml");

/// Words that tell how people, bodies and places are mentioned; `codebook/mentions.toml` says what each list is for.
///
/// ```
/// use dateline_codebook::MentionWords;
/// let words = MentionWords::standard().unwrap();
/// assert!(words.locative.contains("in"));
/// assert!(!words.locative.contains("with"));
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the file itself documents every list
pub struct MentionWords {
    pub locative: HashSet<String>,
    pub directional: HashSet<String>,
    pub motion: HashSet<String>,
    pub place_objects: HashSet<String>,
    pub attack_nouns: HashSet<String>,
    pub city_owned: HashSet<String>,
    pub city_subjects: HashSet<String>,
    pub meetings: HashSet<String>,
    pub place_heads: HashSet<String>,
    pub directions: HashSet<String>,
    pub titles: HashSet<String>,
    pub former: HashSet<String>,
    pub light: HashSet<String>,
    pub partitive: HashSet<String>,
    /// Those of them that count things as well as people: "a couple of words".
    pub quantities: HashSet<String>,
    pub group_anaphors: HashSet<String>,
    pub body_anaphors: HashSet<String>,
    /// Those of them whose names tell what they are: "the hospital" is no newspaper.
    pub told_bodies: HashSet<String>,
    pub country_anaphors: HashSet<String>,
    pub weak_roles: HashSet<String>,
    pub company_words: HashSet<String>,
    pub members: HashSet<String>,
    pub male: HashSet<String>,
    pub female: HashSet<String>,
    pub saying: HashSet<String>,
    pub of_governments: HashSet<String>,
    pub relational: HashSet<String>,
    pub foreign_seats: HashSet<String>,
    pub administrations: HashSet<String>,
    pub heads_of_government: HashSet<String>,
    pub shared_bodies: HashSet<String>,
    pub fixed_phrases: HashSet<String>,
    pub quantity_words: HashSet<String>,
    pub peoples: HashSet<String>,
    pub calendar: HashSet<String>,
    pub nationality_participles: HashSet<String>,
    pub speaks_for: HashSet<String>,
    pub envoys: HashSet<String>,
    pub surroundings: HashSet<String>,
    pub mass_roles: HashSet<String>,
    pub strangers: HashSet<String>,
    pub elsewhere: HashSet<String>,
    pub people_counted: HashSet<String>,
    pub heads_of_bodies: HashSet<String>,
    pub plural_people: HashSet<String>,
    pub shared_names: HashSet<String>,
    pub own_people_verbs: HashSet<String>,
    pub gathering: HashSet<String>,
    pub disguised: HashSet<String>,
    pub any_people: HashSet<String>,
    pub joined_participles: HashSet<String>,
    pub of_wars: HashSet<String>,
    pub police_ranks: HashSet<String>,
    pub not_of: HashSet<String>,
    pub title_forms: HashMap<String, String>,
    pub short_names: HashMap<String, String>,
    pub national_offices: HashMap<String, String>,
    pub likely_offices: HashMap<String, String>,
    pub roles_in: HashMap<String, HashMap<String, String>>,
    pub rule: Vec<Rule>,
}

impl MentionWords {
    /// The words that ship inside the program.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse("mentions.toml", STANDARD)
    }

    /// Reads a file of word lists. `file` names it in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        toml::from_str(text).map_err(|error| CodebookError::Invalid {
            file: file.to_owned(),
            line: error.span().map_or(0, |span| line_of(text, span.start)),
            what: error.message().to_owned(),
        })
    }
}

impl MentionWords {
    /// The country whose are those of this sector in a territory on a day, where it is not the territory itself.
    pub fn ruler(&self, territory: Code, sector: Code, day: Option<CivilDate>) -> Option<Code> {
        let rules = self.rule.iter().filter(|rule| rule.territories.contains(&territory) && rule.holds(day));
        rules.filter(|rule| rule.sectors.contains(&sector)).map(|rule| rule.ruler).next()
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_line_at_fault() {
        let error = MentionWords::parse("mentions.toml", "locative = []\nmotoin = []\n").unwrap_err();
        assert!(error.to_string().starts_with("mentions.toml:2: unknown field"), "{error}");
    }
}
