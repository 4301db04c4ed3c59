//! What the clauses around a pronoun and a mention say of whether they are the same.

use super::Pronoun;
use crate::entities::EntityMention;
use crate::entities::linking::Linker;
use crate::noun_phrase::{lemma, standing, token};
use dateline_syntax::{Relation, Upos};

/// What a parallel adds to the weight of a mention.
const PARALLEL: i32 = 12;

impl Pronoun<'_> {
    /// What it adds that a mention in the same sentence stands parallel to the pronoun.
    pub(super) fn parallel(&self, linker: &Linker<'_, '_>, mention: &EntityMention) -> i32 {
        let stands = standing(self.sentence, mention.head);
        let fits = self.shares_object(stands.relation, stands.governor)
            || self.is_harmed(linker, mention, stands.governor)
            || self.is_told_to(stands.relation, stands.governor);
        if fits { PARALLEL } else { 0 }
    }

    /// "Falk must go, he said": whoever speaks does not call himself by his name.
    pub(super) fn says_of(&self, linker: &Linker<'_, '_>, named: u32) -> bool {
        let Some((verb, says)) = self.governor.and_then(|g| Some((g, token(self.sentence, g)?))) else {
            return false;
        };
        let saying = linker.doc.codebook.mentions.saying.contains(lemma(self.sentence, verb));
        if !saying || !super::is_subject(self.relation) {
            return false;
        }
        let content = self.sentence.children_as(verb, Relation::Ccomp);
        let inside = content.into_iter().any(|c| self.sentence.is_under(named, c));
        let beside = says.relation == Relation::Parataxis
            && says.head.is_some_and(|h| self.sentence.is_under(named, h))
            && !self.sentence.is_under(named, verb);
        inside || beside
    }

    /// "kidnapped a farmer and ordered him to drive": the object of joined verbs is the same.
    fn shares_object(&self, relation: Relation, governor: Option<u32>) -> bool {
        let object = |relation| matches!(relation, Relation::Obj | Relation::Iobj);
        let Some(verb) = self.governor.and_then(|g| token(self.sentence, g)) else { return false };
        let joined = verb.relation == Relation::Conj && verb.head == governor && governor.is_some();
        let own = self.governor.is_some_and(|g| {
            self.sentence
                .children(g)
                .any(|c| token(self.sentence, c).is_some_and(|t| super::is_subject(t.relation)))
        });
        object(self.relation) && object(relation) && joined && !own
    }

    /// "fired on the students as they marched", "shot him when he ran": who was harmed is told of, not who did it.
    fn is_harmed(&self, linker: &Linker<'_, '_>, mention: &EntityMention, governor: Option<u32>) -> bool {
        let force = |verb: u32| {
            let lemma = lemma(self.sentence, verb);
            linker.doc.codebook.clauses.is_force(lemma)
                || linker.doc.codebook.mentions.people_counted.contains(lemma)
        };
        let Some((clause, verb)) = self.governor.and_then(|g| Some((g, token(self.sentence, g)?))) else {
            return false;
        };
        let when = self.sentence.children(clause).any(|c| {
            matches!(lemma(self.sentence, c), "after" | "as" | "before" | "when" | "while")
                && token(self.sentence, c)
                    .is_some_and(|t| matches!(t.relation, Relation::Mark | Relation::Advmod))
        });
        let harmed = token(self.sentence, mention.head).is_some_and(|t| match t.relation {
            Relation::Obj | Relation::NsubjPass => true,
            Relation::Obl => self
                .sentence
                .children_as(mention.head, Relation::Case)
                .any(|c| matches!(lemma(self.sentence, c), "at" | "into" | "on" | "upon")),
            _ => false,
        });
        super::is_subject(self.relation)
            && verb.relation == Relation::Advcl
            && verb.head == governor
            && when
            && harmed
            && governor.is_some_and(force)
            && !force(clause)
    }

    /// "told the minister he should resign": what somebody should do is told to him.
    fn is_told_to(&self, relation: Relation, governor: Option<u32>) -> bool {
        let Some((clause, verb)) = self.governor.and_then(|g| Some((g, token(self.sentence, g)?))) else {
            return false;
        };
        let advised = self.sentence.children_as(clause, Relation::Aux).any(|a| {
            matches!(lemma(self.sentence, a), "must" | "ought" | "should")
                && token(self.sentence, a).is_some_and(|t| t.upos == Upos::Aux)
        });
        super::is_subject(self.relation)
            && verb.relation == Relation::Ccomp
            && verb.head == governor
            && matches!(relation, Relation::Obj | Relation::Iobj)
            && advised
    }
}
