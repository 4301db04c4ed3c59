use crate::table::Table;
use crate::{CodebookError, CueCertainty};
use rustc_hash::FxHashMap as HashMap;

/// Words that tell what someone says, thinks or wants, with what they take as its content: `codebook/cues.tsv`.
///
/// ```
/// use dateline_codebook::{CueClass, CuePart, Cues};
/// let cues = Cues::standard().unwrap();
/// let vow = cues.get(CuePart::Verb, "vow").unwrap();
/// assert_eq!(vow.class, CueClass::Promise);
/// assert!(vow.takes.infinitive);
/// assert!(cues.get(CuePart::Verb, "walk").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cues {
    verbs: HashMap<String, CueWord>,
    nouns: HashMap<String, CueWord>,
    adjectives: HashMap<String, CueWord>,
}

/// A word that has somebody's words, thoughts or wishes as its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueWord {
    /// What sort of thing the content is.
    pub class: CueClass,
    /// How sure the word leaves us of an event inside; `None` where it does not say that one happened.
    pub certainty: Option<CueCertainty>,
    /// What stands as its content.
    pub takes: Complements,
}

/// Part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum CuePart {
    Verb,
    Noun,
    Adjective,
}

/// What sort of thing somebody says, thinks or wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueClass {
    /// Told as so: "said", "wrote", "claimed".
    Statement,
    /// Asked to be told: "asked whether".
    Question,
    /// Asked to be done: "urged", "called for".
    Demand,
    /// To be done by whoever speaks: "vowed", "threatened", "plans".
    Promise,
    /// Told as not so, or not to be done: "denied", "refused".
    Denial,
    /// What someone thinks of somebody or something: "praised", "endorsed", "called it a farce".
    Judgement,
    /// What is spoken of, and not what is said of it: "discussed", "referred to".
    Topic,
    /// Thought to be so: "believes", "fears", "expects".
    Belief,
    /// Wanted: "hopes", "wants".
    Wish,
    /// Not thought to be so: "doubts", "questioned".
    Doubt,
}

/// The complements that a cue takes as its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complements {
    /// A finite clause, or words quoted: "said that it rained".
    pub clause: bool,
    /// "promised to leave"
    pub infinitive: bool,
    /// "denied leaving"
    pub gerund: bool,
    /// "cited the report"
    pub object: bool,
    /// The object counts only where something else follows it: "called it a mistake", not "called his brother".
    pub paired: bool,
    /// "called it a mistake"
    pub predicate: bool,
    /// The object is whom it is told: "told reporters that …".
    pub person: bool,
    /// The content's subject is the cue's own: "he seems to know".
    pub subject: bool,
    /// Prepositions: "spoke about the raid", "accused them of leaving".
    pub prepositions: Vec<String>,
}

/// The table that ships inside the program.
const STANDARD: (&str, &str) = ("cues.tsv", include_str!("../../../codebook/cues.tsv"));

impl Cues {
    /// The cues that ship inside the program.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::parse(STANDARD.0, STANDARD.1)
    }

    /// Reads a table with the columns `word`, `part`, `class`, `certainty` and `takes`. `file` names it in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let table = Table::parse(file, text)?;
        let (part, class) = (table.column("part")?, table.column("class")?);
        let (certainty, takes) = (table.column("certainty")?, table.column("takes")?);
        let mut cues = Self::default();
        for row in &table.rows {
            let word = table.required(row, "word")?;
            let class = class_of(row.cell(class))
                .ok_or_else(|| table.fault(row, format!("\"{}\" is no class of cue", row.cell(class))))?;
            let certainty = match row.cell(certainty) {
                "" => None,
                "attributed" => Some(CueCertainty::Attributed),
                "alleged" => Some(CueCertainty::Alleged),
                "unconfirmed" => Some(CueCertainty::Unconfirmed),
                "denied" => Some(CueCertainty::Denied),
                other => return Err(table.fault(row, format!("\"{other}\" is no certainty"))),
            };
            let list = match row.cell(part) {
                "verb" => &mut cues.verbs,
                "noun" => &mut cues.nouns,
                "adjective" => &mut cues.adjectives,
                other => {
                    let what =
                        format!("\"{other}\" is no part: a cue is a \"verb\", \"noun\" or \"adjective\"");
                    return Err(table.fault(row, what));
                }
            };
            let cue = CueWord { class, certainty, takes: Complements::parse(row.cell(takes)) };
            if list.insert(word.to_owned(), cue).is_some() {
                return Err(table.fault(row, format!("\"{word}\" stands there twice")));
            }
        }
        Ok(cues)
    }

    /// The cue with this lemma (a verb's particle joined by "_").
    pub fn get(&self, part: CuePart, lemma: &str) -> Option<&CueWord> {
        match part {
            CuePart::Verb => self.verbs.get(lemma),
            CuePart::Noun => self.nouns.get(lemma),
            CuePart::Adjective => self.adjectives.get(lemma),
        }
    }
}

impl CueClass {
    /// Whether whoever it is said of has spoken, so that quotation marks beside the word may hold his words.
    pub fn is_speech(self) -> bool {
        !matches!(self, Self::Belief | Self::Wish)
    }
}

impl Complements {
    fn parse(cell: &str) -> Self {
        let mut takes = Self::default();
        for word in cell.split_whitespace() {
            match word {
                "clause" => takes.clause = true,
                "infinitive" => takes.infinitive = true,
                "gerund" => takes.gerund = true,
                "object" => takes.object = true,
                "object+" => (takes.object, takes.paired) = (true, true),
                "predicate" => takes.predicate = true,
                "person" => takes.person = true,
                "subject" => takes.subject = true,
                preposition => takes.prepositions.push(preposition.to_owned()),
            }
        }
        takes
    }
}

fn class_of(name: &str) -> Option<CueClass> {
    Some(match name {
        "statement" => CueClass::Statement,
        "question" => CueClass::Question,
        "demand" => CueClass::Demand,
        "promise" => CueClass::Promise,
        "denial" => CueClass::Denial,
        "judgement" => CueClass::Judgement,
        "topic" => CueClass::Topic,
        "belief" => CueClass::Belief,
        "wish" => CueClass::Wish,
        "doubt" => CueClass::Doubt,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "word\tpart\tclass\tcertainty\ttakes\n";

    #[test]
    fn what_ships_is_sorted_and_read() {
        Cues::standard().unwrap();
        let lines: Vec<&str> = STANDARD
            .1
            .lines()
            .filter(|l| !l.starts_with('#'))
            .skip(1)
            .map(|l| l.split('\t').next().unwrap())
            .collect();
        assert!(lines.is_sorted(), "{:?}", lines.windows(2).find(|w| w[0] > w[1]));
    }

    #[test]
    fn faults_are_named() {
        let fault = |rows: &str| Cues::parse("c.tsv", &format!("{HEAD}{rows}")).unwrap_err().to_string();
        assert!(fault("say\tverb\tgossip\t\tclause").contains("gossip"));
        assert!(fault("say\tadverb\tstatement\t\tclause").contains("adverb"));
        assert!(fault("say\tverb\tstatement\tsure\tclause").contains("sure"));
        assert!(fault("say\tverb\tstatement\t\tclause\nsay\tverb\tstatement\t\tclause").contains("twice"));
    }
}
