//! What tells that those described are, or cannot be, somebody mentioned before.

use super::describe::Description;
use super::find::{Found, What};
use super::linking::Linker;
use crate::noun_phrase::{lemma, token};
use crate::reading::EntityId;
use dateline_syntax::{Relation, Upos};

impl Linker<'_, '_> {
    /// "the five", "the two men" are as many who were counted before.
    pub(super) fn counted_before(&self, index: usize, said: &Description) -> Option<EntityId> {
        /// How many sentences back they may have been counted.
        const BACK: u32 = 6;
        let found = self.found.get(index)?;
        let sentence = self.doc.sentences.get(found.sentence as usize)?;
        let word = token(sentence, found.head)?;
        let definite = sentence
            .children_as(found.head, Relation::Det)
            .any(|d| matches!(lemma(sentence, d).to_lowercase().as_str(), "the" | "these" | "those"));
        let people = matches!(word.lemma.to_lowercase().as_str(), "man" | "people" | "person" | "woman");
        let number = match word.upos {
            Upos::Num => Some(word.span.of(self.doc.text()).to_lowercase()),
            _ if people => said.number.as_ref().map(|n| n.to_lowercase().to_string()),
            _ => None,
        }?;
        let alone = said.modifiers.iter().all(|m| m.to_lowercase() == number.as_str())
            && said.countries.is_empty()
            && said.owner.is_none()
            && sentence.children_as(found.head, Relation::Nmod).next().is_none()
            && sentence.children_as(found.head, Relation::AclRelcl).next().is_none()
            && sentence.children_as(found.head, Relation::Acl).next().is_none();
        if !definite || !alone {
            return None;
        }
        (0..index).rev().find_map(|before| {
            let other = self.found.get(before)?;
            let What::Nominal(theirs) = &other.what else { return None };
            let near = found.sentence - other.sentence <= BACK && other.head != found.head;
            let as_many = theirs.number.as_ref().is_some_and(|n| n.to_lowercase() == number.as_str());
            self.whom.get(before).copied().flatten().filter(|_| near && as_many && theirs.plural)
        })
    }

    /// "The prime minister told Mr Falk": whoever does something to somebody named is not he.
    pub(super) fn is_met_by(&self, found: &Found, id: EntityId) -> bool {
        let Some(sentence) = self.doc.sentences.get(found.sentence as usize) else { return false };
        let argument = |head: u32| {
            let word = token(sentence, head)?;
            let stands = matches!(
                word.relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj | Relation::OblAgent
            );
            word.head.filter(|_| stands)
        };
        let clause = argument(found.head);
        clause.is_some()
            && self.found.iter().zip(&self.whom).any(|(other, whom)| {
                other.sentence == found.sentence
                    && *whom == Some(id)
                    && other.head != found.head
                    && argument(other.head) == clause
            })
    }
}
