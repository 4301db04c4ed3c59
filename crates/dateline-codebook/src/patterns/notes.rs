use super::Patterns;
use crate::shape::{PartKind, Shape, Slot, WordSet};
use crate::{Candidate, Ontology};
use compact_str::CompactString;
use std::collections::BTreeSet;

/// Something about a pattern that is no mistake and is seldom meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternNote {
    /// The pattern: `assault/offensive`.
    pub pattern: String,
    /// What is odd about it, in words.
    pub what: String,
}

impl std::fmt::Display for PatternNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pattern, self.what)
    }
}

impl Patterns {
    /// Patterns that never win, pairs that fit the same words and say different things, and codes that do not belong to
    /// their event type.
    ///
    /// Of shapes that ask for as much, the one that takes the fewest words wins; where they take as many, the first.
    pub fn notes(&self, ontology: &Ontology) -> Vec<PatternNote> {
        let mut notes = Vec::new();
        for pattern in &self.list {
            let kind = ontology.get(pattern.event);
            if let Some(code) = pattern.cameo.as_deref().filter(|code| !belongs(code, &kind.name)) {
                let what = format!("{code} is no CAMEO code of {}", kind.name);
                notes.push(PatternNote { pattern: pattern.id.clone(), what });
            }
        }
        let mut told = BTreeSet::new();
        let (mut clauses, mut nouns): (Vec<_>, Vec<_>) = (
            self.clauses.iter().map(|(w, b)| (w, b.all())).collect(),
            self.nouns.iter().map(|(w, b)| (w, b.all())).collect(),
        );
        clauses.sort_unstable_by_key(|(word, _)| *word);
        nouns.sort_unstable_by_key(|(word, _)| *word);
        for (_, candidates) in clauses {
            self.compare(candidates, false, &mut told, &mut notes);
        }
        for (_, candidates) in nouns {
            self.compare(candidates, true, &mut told, &mut notes);
        }
        notes
    }

    fn compare(
        &self,
        candidates: &[Candidate],
        nouns: bool,
        told: &mut BTreeSet<(u32, u32, u32, u32)>,
        notes: &mut Vec<PatternNote>,
    ) {
        let of = |c: Candidate| if nouns { self.noun(c) } else { self.clause(c) };
        for (at, &second) in candidates.iter().enumerate() {
            let (later, b) = of(second);
            for &first in candidates.get(..at).unwrap_or_default() {
                let (earlier, a) = of(first);
                let key = (first.pattern, first.shape, second.pattern, second.shape);
                if a.specificity != b.specificity || !alike(a, b) || told.contains(&key) {
                    continue;
                }
                told.insert(key);
                let same_event = earlier.event == later.event && earlier.cameo == later.cameo;
                let covered = all(a, b, WordSet::takes_all);
                let what = if covered && same_event {
                    format!("{:?} is a duplicate: {} has {:?}", b.source, earlier.id, a.source)
                } else if same_event && all(b, a, WordSet::takes_all) {
                    let what = format!("{:?} is a duplicate: {} has {:?}", a.source, later.id, b.source);
                    notes.push(PatternNote { pattern: earlier.id.clone(), what });
                    continue;
                } else if a.breadth != b.breadth || same_event {
                    continue;
                } else if covered {
                    format!("{:?} is never found: {} has {:?}", b.source, earlier.id, a.source)
                } else if all(a, b, WordSet::meets) {
                    format!(
                        "{:?} fits some of the words of {} {:?}, which wins",
                        b.source, earlier.id, a.source
                    )
                } else {
                    continue;
                };
                notes.push(PatternNote { pattern: later.id.clone(), what });
            }
        }
    }
}

/// Whether a code begins as one of the event type does; types without codes of their own may have any.
fn belongs(code: &str, kind: &str) -> bool {
    let roots: &[&str] = match kind {
        "AGREE" => &["03"],
        "CONSULT" => &["04"],
        "SUPPORT" => &["05"],
        "COOPERATE" => &["06"],
        "AID" => &["07"],
        // Codes that PLOVER's own conversion puts elsewhere: apologies, penalties and sentences, sanctions newly imposed,
        // blockades and occupations, destroyed property, crackdowns.
        "CONCEDE" | "RETREAT" => &["08", "055"],
        "REQUEST" => &["02", "10"],
        "ACCUSE" => &["09", "11"],
        "REJECT" => &["12"],
        "THREATEN" => &["13"],
        "PROTEST" => &["14"],
        "MOBILIZE" => &["15"],
        "SANCTION" => &["16", "172", "173"],
        "COERCE" => &["163", "17", "191", "192"],
        "ASSAULT" => &["1712", "175", "18", "19", "20"],
        _ => return true,
    };
    roots.iter().any(|root| code.starts_with(root))
}

/// Whether two shapes ask for the same parts in the same places, whatever the words.
fn alike(a: &Shape, b: &Shape) -> bool {
    let slot = |a: &Slot, b: &Slot| std::mem::discriminant(a) == std::mem::discriminant(b);
    let subject = match (&a.subject, &b.subject) {
        (Some(a), Some(b)) => slot(a, b),
        (None, None) => true,
        _ => false,
    };
    subject
        && a.negated == b.negated
        && a.parts.len() == b.parts.len()
        && a.parts.iter().zip(&b.parts).all(|(a, b)| {
            a.optional == b.optional
                && match (&a.kind, &b.kind) {
                    (PartKind::Object(a), PartKind::Object(b))
                    | (PartKind::Somewhere(a), PartKind::Somewhere(b)) => slot(a, b),
                    (PartKind::Preposition(p, a), PartKind::Preposition(q, b)) => p == q && slot(a, b),
                    (a, b) => a == b,
                }
        })
}

/// Whether `test` holds of the words in every place of two shapes that are alike.
fn all(a: &Shape, b: &Shape, test: fn(&WordSet, &WordSet) -> bool) -> bool {
    fn words(slot: &Slot) -> Option<&WordSet> {
        match slot {
            Slot::Actor(set) | Slot::Recipient(set) | Slot::Words(set) => Some(set),
            _ => None,
        }
    }
    let slots = |s: &Shape| -> Vec<Option<WordSet>> {
        let of = |slot: &Slot| words(slot).cloned();
        let parts = s.parts.iter().map(|p| match &p.kind {
            PartKind::Object(slot) | PartKind::Preposition(_, slot) | PartKind::Somewhere(slot) => of(slot),
            PartKind::Clause(..) => None,
        });
        s.subject.iter().map(of).chain(parts).collect()
    };
    test(&a.predicate, &b.predicate)
        && slots(a).iter().zip(&slots(b)).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => test(a, b),
            _ => true,
        })
}

impl WordSet {
    /// Whether it takes every word that `other` takes.
    fn takes_all(&self, other: &Self) -> bool {
        let has = |these: &[CompactString], those: &[CompactString]| those.iter().all(|w| these.contains(w));
        if self.is_empty() {
            return true;
        }
        !(other.words.is_empty() && other.kinds.is_empty())
            && has(&self.words, &other.words)
            && has(&self.kinds, &other.kinds)
            && has(&other.not_words, &self.not_words)
            && has(&other.not_kinds, &self.not_kinds)
    }

    /// Whether both take some word.
    fn meets(&self, other: &Self) -> bool {
        let plain = |set: &Self| set.words.is_empty() && set.kinds.is_empty();
        plain(self)
            || plain(other)
            || self.words.iter().any(|w| other.words.contains(w))
            || self.kinds.iter().any(|k| other.kinds.contains(k))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Classes;

    fn notes(text: &str) -> Vec<String> {
        let ontology = Ontology::plover().unwrap();
        let patterns = Patterns::parse(&[("plover/p.toml", text)], &Classes::new(), &ontology).unwrap();
        patterns.notes(&ontology).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_never_wins_is_named() {
        let found = notes(
            "event = \"PROTEST\"\n[[pattern]]\nname = \"a\"\ncameo = \"141\"\nframe = [\"ACTOR {march, rally}\"]\n\
             [[pattern]]\nname = \"b\"\ncameo = \"141\"\nframe = [\"ACTOR {march}\"]\n\
             [[pattern]]\nname = \"c\"\ncameo = \"143\"\nframe = [\"ACTOR {rally, strike}\"]\n\
             [[pattern]]\nname = \"d\"\ncameo = \"143\"\nframe = [\"ACTOR {rally} {work}\"]\n\
             [[pattern]]\nname = \"e\"\ncameo = \"144\"\nframe = [\"ACTOR {march, picket, riot}\"]\n",
        );
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].starts_with("p/b: \"ACTOR {march}\" is a duplicate"), "{found:#?}");
        assert!(found[1].starts_with("p/c:") && found[1].contains("which wins"), "{found:#?}");
    }

    #[test]
    fn a_code_of_another_type_is_named() {
        let found = notes(
            "event = \"PROTEST\"\n[[pattern]]\nname = \"a\"\ncameo = \"190\"\nframe = [\"ACTOR march\"]\n",
        );
        assert_eq!(found, ["p/a: 190 is no CAMEO code of PROTEST"]);
    }
}
