//! The language of patterns: what a line of one asks for. `codebook/README.md` teaches it.

mod parse;

use crate::TypeId;
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

/// The part of a joined word that governs the others.
fn head(word: &str) -> &str {
    let joint = word.bytes().rposition(|byte| byte == b'_');
    joint.and_then(|at| word.get(at + 1..)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ontology;

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
