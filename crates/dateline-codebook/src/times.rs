use crate::phrases::{Phrases, pieces_of};
use crate::times_needs::{Beginnings, Needs};
use crate::{CodebookError, times_pattern as pattern};
use compact_str::CompactString;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How English names times: word classes, and rules over them. Read from `times.toml`.
#[derive(Debug, Default)]
pub struct TimeRules {
    /// The rules, in order of the file; of two matches of one length the earlier rule's counts.
    pub rules: Vec<TimeRule>,
    /// Verbs, nouns and adjectives that turn a following infinitive to the future: "due to leave".
    pub ahead: BTreeSet<CompactString>,
    /// Words that set the time named with them ahead: "scheduled for Friday".
    pub appointed: BTreeSet<CompactString>,
    /// Verbs whose infinitive has happened with them: "began to leave".
    pub along: BTreeSet<CompactString>,
    /// Words whose infinitive tells what has been reached: "the first to join".
    pub reached: BTreeSet<CompactString>,
    /// Verbs that set what they are told with ahead, in the past tense too: "planned a march on Saturday".
    pub planning: BTreeSet<CompactString>,
    /// Verbs whose present tense with a day looks ahead: "the talks open on Friday".
    pub scheduled: BTreeSet<CompactString>,
    /// Verbs whose "until" looks ahead: "postponed the vote until Friday".
    pub deferring: BTreeSet<CompactString>,
    classes: BTreeMap<CompactString, WordClass>,
    /// Rules by the piece that they can begin with, and those that can begin with a number in digits.
    starts: HashMap<CompactString, Vec<u16>>,
    numeric: Vec<u16>,
    /// What every rule cannot do without.
    needs: Needs,
}

/// Words that mean a thing of one sort, with what each means.
#[derive(Debug, Default)]
pub struct WordClass {
    /// The phrases.
    pub phrases: Phrases,
    /// Whether they count only where they begin with a capital letter.
    pub capital: bool,
    /// Phrases that must be tagged as nouns to count: "may", "march", "second".
    pub nominal: BTreeSet<CompactString>,
}

/// One rule: what to match, and what to make of it.
#[derive(Debug)]
pub struct TimeRule {
    /// The pattern as written.
    pub name: String,
    /// The pattern.
    pub parts: Vec<pattern::TimePart>,
    /// How the value comes about.
    pub act: TimeAct,
    /// Words of which one must stand right before; none if any may.
    pub after: BTreeSet<CompactString>,
    /// Words of which none may stand right behind.
    pub not_before: BTreeSet<CompactString>,
    /// Examples with their values on Wednesday 2015-01-14; empty value: no time there.
    pub examples: Vec<(String, String)>,
}

/// How the value of a matched time comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeAct {
    /// From calendar parts: weekday, day, month, year, season, quarter, part of day, clock.
    Calendar,
    /// So many units before (-1) or after (1) the publication, or the time last spoken of.
    Offset {
        /// -1 or 1.
        sign: i8,
        /// Whether it is counted from the time last spoken of.
        from_context: bool,
    },
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
    /// The time last spoken of, in the unit named.
    Same,
    /// Always this value.
    Fixed(CompactString),
    /// Not a time after all: keeps its words from other rules.
    Nothing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    infinitive: Infinitives,
    class: BTreeMap<String, ClassEntry>,
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Infinitives {
    ahead: Vec<CompactString>,
    appointed: Vec<CompactString>,
    along: Vec<CompactString>,
    #[serde(default)]
    reached: Vec<CompactString>,
    #[serde(default)]
    planning: Vec<CompactString>,
    #[serde(default)]
    deferring: Vec<CompactString>,
    #[serde(default)]
    scheduled: Vec<CompactString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    #[serde(default)]
    capital: bool,
    #[serde(default)]
    nominal: Vec<CompactString>,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    #[serde(rename = "match")]
    pattern: String,
    act: String,
    value: Option<CompactString>,
    #[serde(default)]
    sign: i8,
    #[serde(default)]
    from: String,
    #[serde(default)]
    after: BTreeSet<CompactString>,
    #[serde(default)]
    not_before: BTreeSet<CompactString>,
    #[serde(default)]
    examples: Vec<String>,
}

impl TimeRules {
    /// Reads the rules that ship with Dateline.
    ///
    /// # Errors
    /// If the file is not well formed; the shipped one is tested to be.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse("codebook/times.toml", include_str!("../../../codebook/times.toml"))
    }

    /// Reads rules from the text of a file.
    ///
    /// # Errors
    /// If it is not TOML of the right shape, or a pattern cannot be read or names an unknown class.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let invalid =
            |line: usize, what: String| CodebookError::Invalid { file: file.to_owned(), line, what };
        let content: File = toml::from_str(text).map_err(|e| CodebookError::toml(file, text, &e))?;
        let mut rules = TimeRules {
            ahead: content.infinitive.ahead.into_iter().collect(),
            appointed: content.infinitive.appointed.into_iter().collect(),
            along: content.infinitive.along.into_iter().collect(),
            reached: content.infinitive.reached.into_iter().collect(),
            scheduled: content.infinitive.scheduled.into_iter().collect(),
            planning: content.infinitive.planning.into_iter().collect(),
            deferring: content.infinitive.deferring.into_iter().collect(),
            ..Self::default()
        };
        for (name, entry) in content.class {
            let mut class = WordClass { capital: entry.capital, ..WordClass::default() };
            class.nominal = entry.nominal.into_iter().collect();
            for (value, phrases) in &entry.words {
                phrases.iter().for_each(|phrase| class.phrases.add(phrase, value));
            }
            rules.classes.insert(name.into(), class);
        }
        for entry in content.rule {
            let line = 1 + text.find(&entry.pattern).map_or(0, |at| text[..at].matches('\n').count());
            let parts = pattern::parse(&entry.pattern).map_err(|what| invalid(line, what))?;
            for class in pattern::classes(&parts) {
                if !rules.classes.contains_key(class) && !pattern::BUILT_IN.contains(&class) {
                    return Err(invalid(line, format!("no class `{class}`")));
                }
            }
            let act = act(&entry).ok_or_else(|| invalid(line, format!("cannot act by `{}`", entry.act)))?;
            let mut examples = Vec::new();
            for example in &entry.examples {
                let (text, value) = example
                    .rsplit_once(" = ")
                    .ok_or_else(|| invalid(line, "an example lacks ` = `".into()))?;
                examples.push((text.to_owned(), value.trim().trim_matches('-').to_owned()));
            }
            rules.rules.push(TimeRule {
                name: entry.pattern,
                parts,
                act,
                after: entry.after,
                not_before: entry.not_before,
                examples,
            });
        }
        rules.index_starts();
        Ok(rules)
    }

    /// The class of this name.
    pub fn class(&self, name: &str) -> Option<&WordClass> {
        self.classes.get(name)
    }

    /// Positions in [`rules`](Self::rules) of those that can begin with this piece, lower-cased, in order.
    ///
    /// ```
    /// let rules = dateline_codebook::TimeRules::standard()?;
    /// assert!(!rules.beginning("march").is_empty());
    /// assert!(rules.beginning("minister").is_empty());
    /// # Ok::<(), dateline_codebook::CodebookError>(())
    /// ```
    pub fn beginning(&self, piece: &str) -> &[u16] {
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            return &self.numeric;
        }
        self.starts.get(piece).map_or(&[], Vec::as_slice)
    }

    /// Of every rule, whether the words of a sentence hold something for each of the parts that it cannot do without.
    ///
    /// ```
    /// let rules = dateline_codebook::TimeRules::standard()?;
    /// let possible = rules.possible(["on", "the", "bridge"].into_iter());
    /// assert!(possible.iter().filter(|p| **p).count() < rules.rules.len() / 4);
    /// # Ok::<(), dateline_codebook::CodebookError>(())
    /// ```
    pub fn possible<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<bool> {
        self.needs.met(words)
    }

    fn index_starts(&mut self) {
        self.needs = Needs::of(&self.rules, &self.classes);
        let mut starts: HashMap<CompactString, Vec<u16>> = HashMap::new();
        let mut numeric = Vec::new();
        for (position, rule) in self.rules.iter().enumerate() {
            let position = position as u16;
            // A rule that can match nothing begins nowhere.
            let Some(beginnings) = Beginnings::of(&rule.parts, &self.classes) else { continue };
            if beginnings.digits {
                numeric.push(position);
            }
            for first in beginnings.words {
                starts.entry(first).or_default().push(position);
            }
        }
        (self.starts, self.numeric) = (starts, numeric);
    }
}

fn act(entry: &RuleEntry) -> Option<TimeAct> {
    Some(match entry.act.as_str() {
        "calendar" => TimeAct::Calendar,
        "offset" => TimeAct::Offset { sign: entry.sign, from_context: entry.from == "context" },
        "duration" => TimeAct::Duration,
        "set" => TimeAct::Set,
        "same" => TimeAct::Same,
        "fixed" => TimeAct::Fixed(entry.value.clone()?),
        "nothing" => TimeAct::Nothing,
        _ => return None,
    })
}

/// Pieces of a phrase as patterns hold them.
pub(crate) fn phrase(text: &str) -> Vec<CompactString> {
    pieces_of(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_well_formed() {
        let rules = TimeRules::standard().unwrap_or_else(|e| panic!("{e}"));
        assert!(rules.rules.len() > 40);
        let begins = |piece: &str| !rules.beginning(piece).is_empty();
        assert!(begins("last") && begins("march") && begins("seven") && begins("1999") && begins("'"));
        assert!(!begins("minister"));
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        let text = "[infinitive]\nahead = []\nappointed = []\nalong = []\n[class]\n[[rule]]\nmatch = \"{moon}\"\nact = \"calendar\"\n";
        let error = TimeRules::parse("times.toml", text).unwrap_err();
        assert_eq!(error.to_string(), "times.toml:7: no class `moon`");
    }
}
