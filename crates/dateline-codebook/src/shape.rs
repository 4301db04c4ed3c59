//! The language of patterns: one line of a pattern, parsed. `codebook/README.md` teaches it.

use crate::{Code, Ontology, TypeId};
use compact_str::CompactString;
use std::collections::BTreeMap;

/// Named sets of words, for `@name` in patterns.
pub type Classes = BTreeMap<String, Vec<String>>;

/// One line of a pattern: what a frame must look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The line as written.
    pub source: String,
    /// Who stands before the predicate; `None` in a noun's shape.
    pub subject: Option<Slot>,
    /// The predicate's lemmas.
    pub predicate: WordSet,
    /// Whether the clause must be negated.
    pub negated: bool,
    /// What follows the predicate.
    pub parts: Vec<Part>,
    /// How much the shape asks for; the shape that asks for most wins.
    pub specificity: u32,
    /// How many words it would take; of shapes that ask for as much, the one with the fewest wins.
    pub breadth: u32,
}

/// A place for a mention or a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Who acts.
    Actor(WordSet),
    /// Who is acted upon.
    Recipient(WordSet),
    /// Several who act on each other.
    Several,
    /// Somebody or something, without a role.
    Any,
    /// Nobody.
    Absent,
    /// One of these words.
    Words(WordSet),
}

/// Something after the predicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Whether it may be missing.
    pub optional: bool,
    /// What it is.
    pub kind: PartKind,
}

/// What may follow a predicate.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// The object.
    Object(Slot),
    /// A preposition with its argument. `to {…}` also takes an infinitive.
    Preposition(Vec<CompactString>, Slot),
    /// A clause: its link (`to`, `that`, or a preposition before a gerund) and what it must be.
    Clause(CompactString, Vec<TypeId>),
    /// Anywhere behind the predicate, among the words that hang on it.
    Somewhere(Slot),
}

/// A set of words: lemmas and restrictions. An empty set takes everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordSet {
    /// Lemmas, in order of their last parts; a joined one (`air_strike`) has all its parts. `=left` is a word as written.
    pub words: Vec<CompactString>,
    /// Lemmas that must not be.
    pub not_words: Vec<CompactString>,
    /// Sectors, kinds (`PERSON`, `COUNTRY`, `BODY`) of the mention.
    pub kinds: Vec<CompactString>,
    /// Sectors and kinds that the mention must not have.
    pub not_kinds: Vec<CompactString>,
}

impl WordSet {
    /// The words of `words` whose last part is this lemma: `air_strike` for `strike`.
    pub fn ending<'a>(words: &'a [CompactString], lemma: &str) -> &'a [CompactString] {
        let from = words.partition_point(|w| head(w) < lemma);
        let rest = words.get(from..).unwrap_or_default();
        let same = rest.partition_point(|w| head(w) == lemma);
        rest.get(..same).unwrap_or_default()
    }

    /// Whether something is asked and nothing shut out.
    pub fn asks_only(&self) -> bool {
        !self.is_empty() && self.not_words.is_empty() && self.not_kinds.is_empty()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.not_words.is_empty()
            && self.kinds.is_empty()
            && self.not_kinds.is_empty()
    }
}

/// Words before a finite clause that a pattern may ask for: "asked whether".
const CONJUNCTIONS: &[&str] = &["if", "unless", "whether"];

const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "out",
    "back",
    "belonging_to",
    "near",
    "outside",
    "beside",
    "beneath",
    "alongside",
    "above",
    "below",
    "beyond",
    "past",
    "up",
    "down",
    "since",
    "until",
    "like",
    "unlike",
    "including",
    "without",
    "of",
    "off",
    "out",
    "on",
    "onto",
    "out_of",
    "over",
    "regarding",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "because_of",
    "according_to",
    "aboard",
    "next_to",
    "in_front_of",
    "ahead_of",
    "on_behalf_of",
];

impl Shape {
    /// Parses a line. `noun` tells a noun's shape from a clause's.
    pub fn parse(line: &str, noun: bool, classes: &Classes, ontology: &Ontology) -> Result<Self, String> {
        let mut parser = Parser { words: split(line)?.into(), classes, ontology };
        let subject = if noun { None } else { Some(parser.slot()?) };
        let negated = parser.take_if("not");
        let predicate = parser.word_set()?;
        if predicate.words.is_empty() {
            return Err("the predicate names no word".into());
        }
        let mut parts = Vec::new();
        while let Some(next) = parser.words.front() {
            if next == "[" {
                parser.words.pop_front();
                while parser.words.front().is_some_and(|w| w != "]") {
                    parts.push(Part { optional: true, kind: parser.part()? });
                }
                if !parser.take_if("]") {
                    return Err("a bracket is not closed".into());
                }
            } else {
                parts.push(Part { optional: false, kind: parser.part()? });
            }
        }
        let specificity = specificity(&subject, &predicate, negated, &parts);
        let breadth = breadth(&subject, &predicate, &parts);
        Ok(Self { source: line.to_owned(), subject, predicate, negated, parts, specificity, breadth })
    }
}

/// What a shape asks for, counted: words weigh most, then clauses and roles, then options.
fn specificity(subject: &Option<Slot>, predicate: &WordSet, negated: bool, parts: &[Part]) -> u32 {
    let slot = |s: &Slot| -> u32 {
        match s {
            Slot::Actor(set) | Slot::Recipient(set) => 2 + if set.is_empty() { 0 } else { 3 },
            Slot::Words(_) => 6,
            Slot::Any => 1,
            Slot::Absent => 2,
            Slot::Several => 3,
        }
    };
    let part = |p: &Part| {
        let full = match &p.kind {
            PartKind::Object(s) => slot(s),
            PartKind::Preposition(_, s) => 2 + slot(s),
            PartKind::Clause(_, types) if types.is_empty() => 3,
            PartKind::Clause(..) => 7,
            // Less is asked of a word that may stand anywhere.
            PartKind::Somewhere(s) => slot(s).div_ceil(2),
        };
        if p.optional { 0 } else { full }
    };
    let joined = predicate.words.iter().map(|w| w.matches('_').count()).min().unwrap_or(0) as u32;
    subject.as_ref().map_or(0, slot)
        + 4 * joined
        + u32::from(negated) * 4
        + parts.iter().map(part).sum::<u32>()
}

/// The number of words in all sets that must be filled.
fn breadth(subject: &Option<Slot>, predicate: &WordSet, parts: &[Part]) -> u32 {
    let size = |slot: &Slot| match slot {
        Slot::Actor(set) | Slot::Recipient(set) | Slot::Words(set) => set.words.len() + set.kinds.len(),
        Slot::Several | Slot::Any | Slot::Absent => 0,
    };
    let part = |part: &Part| match &part.kind {
        PartKind::Object(slot) | PartKind::Preposition(_, slot) | PartKind::Somewhere(slot)
            if !part.optional =>
        {
            size(slot)
        }
        _ => 0,
    };
    let all =
        predicate.words.len() + subject.as_ref().map_or(0, size) + parts.iter().map(part).sum::<usize>();
    all as u32
}

struct Parser<'a> {
    words: std::collections::VecDeque<String>,
    classes: &'a Classes,
    ontology: &'a Ontology,
}

impl Parser<'_> {
    fn take_if(&mut self, word: &str) -> bool {
        let found = self.words.front().is_some_and(|w| w == word);
        if found {
            self.words.pop_front();
        }
        found
    }

    fn part(&mut self) -> Result<PartKind, String> {
        let first = self.words.front().ok_or("something is missing at the end")?.clone();
        let following = self.words.get(1).cloned().unwrap_or_default();
        if first == "..." {
            self.words.pop_front();
            return Ok(PartKind::Somewhere(self.slot()?));
        }
        let clause =
            following == "DO" || following.starts_with("DO:") || (first == "that" && following == "ANY");
        // A gerund or infinitive without a link of its own: "consider leaving".
        if first == "DO" || first.starts_with("DO:") {
            self.words.pop_front();
            return Ok(PartKind::Clause("to".into(), self.types(&first)?));
        }
        if clause
            && (matches!(first.as_str(), "that" | "that_should")
                || first.split('|').all(|p| PREPOSITIONS.contains(&p) || CONJUNCTIONS.contains(&p)))
        {
            self.words.drain(..2);
            return Ok(PartKind::Clause(first.into(), self.types(&following)?));
        }
        let links = |p: &str| matches!(p, "that" | "that_should") || PREPOSITIONS.contains(&p);
        if first.split('|').all(links) && self.words.len() > 1 && following != "]" {
            self.words.pop_front();
            return Ok(PartKind::Preposition(first.split('|').map(Into::into).collect(), self.slot()?));
        }
        Ok(PartKind::Object(self.slot()?))
    }

    /// The event types of `DO:ASSAULT|COERCE`; none for a bare `DO`.
    fn types(&self, word: &str) -> Result<Vec<TypeId>, String> {
        let names = word.strip_prefix("DO:").map(|names| names.split('|')).into_iter().flatten();
        names.map(|name| self.ontology.find(name).ok_or_else(|| format!("{name} is no event type"))).collect()
    }

    fn slot(&mut self) -> Result<Slot, String> {
        let word = self.words.front().ok_or("a slot is missing at the end")?.clone();
        let (head, restriction) = word.split_once(':').unwrap_or((&word, ""));
        let make: fn(WordSet) -> Slot = match head {
            "ACTOR" => Slot::Actor,
            "RECIPIENT" => Slot::Recipient,
            "ACTORS" => |_| Slot::Several,
            "ANY" => |_| Slot::Any,
            "NONE" => |_| Slot::Absent,
            _ => return Ok(Slot::Words(self.word_set()?)),
        };
        self.words.pop_front();
        Ok(make(if restriction.is_empty() { WordSet::default() } else { self.set(restriction)? }))
    }

    fn word_set(&mut self) -> Result<WordSet, String> {
        let word = self.words.pop_front().ok_or("a word is missing at the end")?;
        self.set(&word)
    }

    fn set(&self, text: &str) -> Result<WordSet, String> {
        let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
        let mut set = WordSet::default();
        for item in inner.split(',').map(str::trim).filter(|i| !i.is_empty()) {
            let (negated, item) = item.strip_prefix('!').map_or((false, item), |rest| (true, rest));
            if let Some(class) = item.strip_prefix('@') {
                let words = self.classes.get(class).ok_or_else(|| format!("there is no class @{class}"))?;
                let into = if negated { &mut set.not_words } else { &mut set.words };
                into.extend(words.iter().map(|w| joined(w)));
            } else if is_kind(item) {
                if negated { &mut set.not_kinds } else { &mut set.kinds }.push(item.into());
            } else if item
                .trim_start_matches('=')
                .chars()
                .all(|c| c.is_alphanumeric() || "_'-.&/".contains(c))
            {
                if negated { &mut set.not_words } else { &mut set.words }.push(joined(item));
            } else {
                return Err(format!("{item:?} is no word"));
            }
        }
        for words in [&mut set.words, &mut set.not_words] {
            words.sort_unstable_by(|a, b| head(a).cmp(head(b)).then_with(|| a.cmp(b)));
            words.dedup();
        }
        Ok(set)
    }
}

/// The part of a joined word that governs the others.
fn head(word: &str) -> &str {
    let joint = word.bytes().rposition(|byte| byte == b'_');
    joint.and_then(|at| word.get(at + 1..)).unwrap_or(word)
}

/// A hyphen joins words as "_" does, since the parts of a hyphenated word are words of the tree.
fn joined(word: &str) -> CompactString {
    word.replace('-', "_").into()
}

fn is_kind(item: &str) -> bool {
    matches!(item, "PERSON" | "COUNTRY" | "BODY") || Code::new(item).is_some()
}

/// Words of a line: braces hold together, brackets stand alone.
fn split(line: &str) -> Result<Vec<String>, String> {
    let (mut out, mut word, mut depth) = (Vec::new(), String::new(), 0usize);
    let mut push = |word: &mut String| {
        if !word.is_empty() {
            out.push(std::mem::take(word));
        }
    };
    for c in line.chars() {
        match c {
            '{' => {
                depth += 1;
                word.push(c);
            }
            '}' => {
                depth = depth.checked_sub(1).ok_or("a brace is closed that was not opened")?;
                word.push(c);
            }
            '[' | ']' if depth == 0 => {
                push(&mut word);
                word.push(c);
                push(&mut word);
            }
            c if c.is_whitespace() && depth == 0 => push(&mut word),
            c => word.push(c),
        }
    }
    push(&mut word);
    if depth > 0 {
        return Err("a brace is not closed".into());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str, noun: bool) -> Result<Shape, String> {
        let classes = Classes::from([("weapon".to_owned(), vec!["bomb".to_owned(), "rocket".to_owned()])]);
        Shape::parse(line, noun, &classes, &Ontology::plover().unwrap())
    }

    #[test]
    fn a_clause_has_a_subject_a_predicate_and_parts() {
        let s = shape("ACTOR {launch, begin} {offensive} [against|on RECIPIENT]", false).unwrap();
        assert_eq!(s.subject, Some(Slot::Actor(WordSet::default())));
        assert_eq!(s.predicate.words, ["begin", "launch"]);
        assert_eq!(s.parts.len(), 2);
        assert!(s.parts[1].optional);
    }

    #[test]
    fn classes_and_restrictions_are_told_from_words() {
        let s = shape("ACTOR:{COP, court} arrest RECIPIENT:{PERSON, !@weapon}", false).unwrap();
        let Some(Slot::Actor(actor)) = &s.subject else { panic!() };
        assert_eq!(
            (actor.kinds.as_slice(), actor.words.as_slice()),
            (&["COP".into()][..], &["court".into()][..])
        );
        let PartKind::Object(Slot::Recipient(recipient)) = &s.parts[0].kind else { panic!() };
        assert_eq!(recipient.not_words, ["bomb", "rocket"]);
    }

    #[test]
    fn clauses_are_read() {
        let s = shape("ACTOR threaten to DO:ASSAULT|COERCE", false).unwrap();
        assert!(
            matches!(&s.parts[0].kind, PartKind::Clause(link, types) if link == "to" && types.len() == 2)
        );
    }

    #[test]
    fn breadth_counts_the_words_that_may_fill_what_must_be_filled() {
        let narrow = shape("ACTOR march on|to {town} [in {north, south}]", false).unwrap();
        let broad = shape("ACTOR {march, move} on|to {town, city}", false).unwrap();
        assert_eq!((narrow.breadth, broad.breadth), (2, 4));
        assert_eq!(narrow.specificity, broad.specificity);
    }

    #[test]
    fn what_may_stand_anywhere_asks_for_less() {
        let near = shape("ACTOR vow {war}", false).unwrap();
        let far = shape("ACTORS vow ... {war}", false).unwrap();
        assert!(matches!(&far.parts[0].kind, PartKind::Somewhere(Slot::Words(_))));
        assert_eq!(far.subject, Some(Slot::Several));
        assert!(near.specificity > far.specificity);
    }

    #[test]
    fn words_are_found_by_their_heads() {
        let s = shape("ACTOR hit {strike, air_strike, army, drone_strike}", false).unwrap();
        let PartKind::Object(Slot::Words(set)) = &s.parts[0].kind else { panic!() };
        assert_eq!(WordSet::ending(&set.words, "strike"), ["air_strike", "drone_strike", "strike"]);
        assert!(WordSet::ending(&set.words, "air").is_empty());
    }

    #[test]
    fn mistakes_are_named() {
        for bad in [
            "ACTOR {a",
            "ACTOR a}",
            "ACTOR hit [RECIPIENT",
            "ACTOR vow to DO:NONSENSE",
            "ACTOR hit @nothing",
            "",
        ] {
            assert!(shape(bad, false).is_err(), "{bad}");
        }
    }
}
