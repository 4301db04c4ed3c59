use crate::CodebookError;
use crate::phrases::Phrases;
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What counts of people and money look like: `codebook/figures.toml`.
#[derive(Debug, Default)]
pub struct FigureWords {
    /// Phrases before a number; the value is `least`, `most`, `about` or `short`.
    pub hedges: Phrases,
    /// Phrases for a number that is not told; the value is the least that they can mean.
    pub vague: Phrases,
    /// Phrases for a number; the value is the number.
    pub exact: Phrases,
    /// Currency signs.
    pub signs: BTreeSet<CompactString>,
    /// Currency units.
    pub currencies: BTreeSet<CompactString>,
    /// Kinds, in order of the file: the first that fits counts.
    pub kinds: Vec<CountKind>,
    anybody: BTreeSet<CompactString>,
    lives: BTreeSet<CompactString>,
    things: BTreeSet<CompactString>,
    tolls: BTreeSet<CompactString>,
    doubts: BTreeSet<CompactString>,
    lost: BTreeSet<CompactString>,
    collectives: BTreeSet<CompactString>,
    counting: BTreeSet<CompactString>,
    fugitives: BTreeSet<CompactString>,
}

/// One kind of count of people.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountKind {
    /// `killed`, `injured` and so on.
    pub name: CompactString,
    /// Verbs that do it to people.
    #[serde(default)]
    pub object: BTreeSet<CompactString>,
    /// Verbs whose subject suffers or does it.
    #[serde(default)]
    pub subject: BTreeSet<CompactString>,
    /// What is said of the people: "150 dead".
    #[serde(default)]
    pub state: BTreeSet<CompactString>,
    /// What is counted: "12 deaths".
    #[serde(default)]
    pub noun: BTreeSet<CompactString>,
    /// Events that it is the count of: "the killing of 12 people".
    #[serde(default)]
    pub of: BTreeSet<CompactString>,
    /// Words in the name of a toll: "death toll".
    #[serde(default)]
    pub toll: BTreeSet<CompactString>,
    /// Words for a count that are of this kind where nothing else is said: "the toll".
    #[serde(default)]
    pub toll_alone: BTreeSet<CompactString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    hedge: BTreeMap<String, Vec<String>>,
    anybody: Words,
    vague: BTreeMap<String, u64>,
    exact: BTreeMap<String, u64>,
    collective: Words,
    counting: Words,
    fugitive: Words,
    doubt: Words,
    lives: Words,
    lost: Words,
    things: Words,
    toll: Words,
    kind: Vec<CountKind>,
    money: Money,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: BTreeSet<CompactString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Money {
    signs: BTreeSet<CompactString>,
    units: BTreeSet<CompactString>,
}

/// Kinds that a file may name.
const KINDS: &[&str] =
    &["abducted", "arrested", "displaced", "executed", "injured", "killed", "missing", "participants"];

/// Hedges that a file may name.
const HEDGES: &[&str] = &["about", "least", "most", "short"];

impl FigureWords {
    /// Reads the words that ship with Dateline.
    ///
    /// # Errors
    /// If the file is not well formed; the shipped one is tested to be.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse("codebook/figures.toml", include_str!("../../../codebook/figures.toml"))
    }

    /// Reads words from the text of a file.
    ///
    /// # Errors
    /// If it is not TOML of the right shape, or names an unknown kind or hedge.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let read: File = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let unknown = |what: &str| CodebookError::Invalid {
            file: file.into(),
            line: 1 + text.find(&format!("\"{what}\"")).map_or(0, |at| text[..at].matches('\n').count()),
            what: format!("no kind or hedge `{what}`"),
        };
        let mut words = Self {
            signs: read.money.signs,
            currencies: read.money.units,
            anybody: read.anybody.words,
            lives: read.lives.words,
            collectives: read.collective.words,
            counting: read.counting.words,
            fugitives: read.fugitive.words,
            doubts: read.doubt.words,
            lost: read.lost.words,
            things: read.things.words,
            tolls: read.toll.words,
            ..Self::default()
        };
        for (hedge, phrases) in &read.hedge {
            if !HEDGES.contains(&hedge.as_str()) {
                return Err(unknown(hedge));
            }
            phrases.iter().for_each(|p| words.hedges.add(p, hedge));
        }
        read.vague.iter().for_each(|(phrase, least)| words.vague.add(phrase, &least.to_string()));
        read.exact.iter().for_each(|(phrase, value)| words.exact.add(phrase, &value.to_string()));
        if let Some(kind) = read.kind.iter().find(|k| !KINDS.contains(&k.name.as_str())) {
            return Err(unknown(&kind.name));
        }
        words.kinds = read.kind;
        Ok(words)
    }

    /// Whether the noun with this lemma names no person.
    pub fn is_thing(&self, lemma: &str) -> bool {
        self.things.contains(lemma)
    }

    /// Whether the verb with this lemma costs the lives that are its object: "claim".
    pub fn costs_lives(&self, lemma: &str) -> bool {
        self.lives.contains(lemma)
    }

    /// Whether the noun with this lemma stands for those of whom it is: "a group of 12 soldiers".
    pub fn is_collective(&self, lemma: &str) -> bool {
        self.collectives.contains(lemma)
    }

    /// Whether the verb with this lemma gives its subject a number: "arrests totaled 2,000".
    pub fn is_counting(&self, lemma: &str) -> bool {
        self.counting.contains(lemma)
    }

    /// Whether those whom the noun with this lemma names get away when they flee: "the gunmen fled".
    pub fn is_fugitive(&self, lemma: &str) -> bool {
        self.fugitives.contains(lemma)
    }

    /// Whether what the verb with this lemma says of people is not known: "feared dead".
    pub fn is_doubt(&self, lemma: &str) -> bool {
        self.doubts.contains(lemma)
    }

    /// Whether the noun with this lemma names people who are dead when a side has lost them: "lost 14 men".
    pub fn is_lost(&self, lemma: &str) -> bool {
        self.lost.contains(lemma)
    }

    /// Whether a noun for those counted tells no sort of them: "people", "victim".
    #[must_use]
    pub fn is_anybody(&self, lemma: &str) -> bool {
        self.anybody.contains(lemma)
    }

    /// Whether the noun with this lemma stands for a count: "toll".
    pub fn is_toll(&self, lemma: &str) -> bool {
        self.tolls.contains(lemma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_well_formed() {
        let words = FigureWords::standard().unwrap_or_else(|e| panic!("{e}"));
        assert!(words.is_toll("toll") && words.is_thing("cow") && !words.is_thing("soldier"));
        assert_eq!(words.vague.get("dozens"), Some("24"));
    }

    #[test]
    fn an_unknown_kind_is_named_with_its_line() {
        let shipped = include_str!("../../../codebook/figures.toml");
        let text = shipped.replace("name = \"missing\"", "name = \"lost\"");
        let error = FigureWords::parse("figures.toml", &text).unwrap_err().to_string();
        assert!(error.ends_with("no kind or hedge `lost`"), "{error}");
    }
}
