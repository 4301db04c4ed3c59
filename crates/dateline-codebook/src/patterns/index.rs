use super::Candidate;
use crate::shape::{PartKind, Shape, Slot, WordSet};
use compact_str::CompactString;
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;

/// Few shapes are tried one by one; of many, only those whose words the sentence has.
const FEW: usize = 24;

/// The shapes that share a predicate.
#[derive(Clone, Debug, Default)]
pub(super) struct Bucket {
    /// All, in the codebook's order.
    all: Vec<Candidate>,
    /// Those that ask for no certain word.
    free: Vec<Candidate>,
    /// The others, by the heads of the words of which they ask for one.
    by_word: HashMap<CompactString, Vec<Candidate>>,
}

impl Bucket {
    /// Adds a shape; shapes come in order, and one may come again for another word of its predicate.
    pub(super) fn add(&mut self, at: Candidate) {
        if self.all.last() != Some(&at) {
            self.all.push(at);
        }
    }

    /// Sorts the shapes by the words they ask for, where there are too many to try them all. To be called when all have
    /// been added.
    pub(super) fn sort_out<'s>(&mut self, shape: impl Fn(Candidate) -> &'s Shape) {
        if self.all.len() > FEW {
            for at in self.all.clone() {
                self.place(at, shape(at));
            }
        }
    }

    fn place(&mut self, at: Candidate, shape: &Shape) {
        let Some(words) = asked(shape) else { return self.free.push(at) };
        for word in &words.words {
            let head = word.rsplit('_').next().unwrap_or(word);
            let same = match self.by_word.get_mut(head) {
                Some(same) => same,
                None => self.by_word.entry(head.into()).or_default(),
            };
            if same.last() != Some(&at) {
                same.push(at);
            }
        }
    }

    /// Every shape.
    pub(super) fn all(&self) -> &[Candidate] {
        &self.all
    }

    /// Adds the shapes that a sentence with these lemmas may fit, in order.
    pub(super) fn among<'w>(&self, words: impl Iterator<Item = Cow<'w, str>>, into: &mut Vec<Candidate>) {
        if self.all.len() <= FEW {
            into.extend(&self.all);
            return;
        }
        let from = into.len();
        into.extend(&self.free);
        for word in words {
            into.extend(self.by_word.get(&*word).into_iter().flatten());
        }
        if let Some(new) = into.get_mut(from..) {
            new.sort_unstable();
        }
        into.dedup();
    }
}

/// The first set of words of which a shape must have one; none where its sets take other things, too.
fn asked(shape: &Shape) -> Option<&WordSet> {
    let sets = shape.parts.iter().filter(|part| !part.optional).filter_map(|part| match &part.kind {
        PartKind::Object(Slot::Words(set))
        | PartKind::Preposition(_, Slot::Words(set))
        | PartKind::Somewhere(Slot::Words(set)) => Some(set),
        _ => None,
    });
    sets.chain(match &shape.subject {
        Some(Slot::Words(set)) => Some(set),
        _ => None,
    })
    .find(|set| !set.words.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::shape::Classes;
    use crate::{Ontology, Patterns};
    use std::borrow::Cow;
    use std::fmt::Write;

    #[test]
    fn of_many_shapes_only_those_are_tried_whose_words_are_there() {
        let mut text = String::from("event = \"ASSAULT\"\n");
        for at in 0..100 {
            let _ =
                write!(text, "[[pattern]]\nname = \"p{at}\"\nframe = [\"ACTOR hit {{air_thing{at}}}\"]\n");
        }
        text.push_str("[[pattern]]\nname = \"free\"\nframe = [\"ACTOR hit RECIPIENT\"]\n");
        let ontology = Ontology::plover().unwrap();
        let patterns = Patterns::parse(&[("plover/p.toml", &text)], &Classes::new(), &ontology).unwrap();
        let mut found = Vec::new();
        patterns.clauses_among("hit", ["thing7", "thing3"].into_iter().map(Cow::from), &mut found);
        let names: Vec<&str> = found.iter().map(|&at| patterns.clause(at).0.id.as_str()).collect();
        assert_eq!(names, ["p/p3", "p/p7", "p/free"]);
        assert_eq!(patterns.clauses("hit").len(), 101);
    }
}
