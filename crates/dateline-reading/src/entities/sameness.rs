//! What tells that those described are, or cannot be, somebody mentioned before.

use super::describe::Description;
use super::find::{Found, What};
use super::linking::{Facts, Linker};
use super::{Belonging, Referent};
use crate::noun_phrase::{lemma, standing, token};
use crate::reading::{CountryBasis, EntityId, EntityKind};
use dateline_syntax::{Relation, Upos};

/// The most that being named often, and being a subject, adds to the weight of a body that may be taken up.
const MOST: i32 = TIMES as i32 + 2;
/// How many times it counts to have been named.
const TIMES: usize = 6;

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
        let near = |before: &usize| {
            self.found.get(*before).is_some_and(|f| found.sentence.saturating_sub(f.sentence) <= BACK)
        };
        (0..index).rev().take_while(near).find_map(|before| {
            let other = self.found.get(before)?;
            let What::Nominal(theirs) = &other.what else { return None };
            let another = other.head != found.head;
            let as_many = theirs.number.as_ref().is_some_and(|n| n.to_lowercase() == number.as_str());
            self.whom.get(before).copied().flatten().filter(|_| another && as_many && theirs.plural)
        })
    }

    /// "the ministry" after "the Foreign Ministry", "the company" after a company's name.
    pub(super) fn body_taken_up(
        &self,
        index: usize,
        head: &str,
        said: &Description,
        belonging: Option<Belonging>,
    ) -> Option<EntityId> {
        let country = belonging.map(|b| b.country);
        let inferred = belonging.is_some_and(|b| b.from == CountryBasis::Scene);
        let by_sector = said.modifiers.is_empty()
            && said.countries.is_empty()
            && said.owner.is_none()
            && self.doc.codebook.mentions.body_anaphors.contains(head);
        let told = by_sector && self.doc.codebook.mentions.told_bodies.contains(head);
        let mut other: Option<(i32, EntityId)> = None;
        for (before, id) in self.whom.get(..index)?.iter().enumerate().rev() {
            let Some(id) = *id else { continue };
            let (Some(referent), Some(facts)) = (self.out.get(id), self.facts.get(id.index())) else {
                continue;
            };
            let body = matches!(referent.kind, EntityKind::Organization | EntityKind::Group);
            let fits = country.is_none() || referent.country.is_none() || referent.country == country;
            if !body || !facts.named || !(fits || inferred) {
                continue;
            }
            // "the court" after "the World Court", whatever its full name is.
            let there = self.found.get(before)?;
            let written = self.words(there.sentence, there.first, there.end).rsplit(' ').next();
            let named_so = facts.name.last().is_some_and(|w| w == head)
                || facts.name.first().is_some_and(|w| w == head)
                || written.is_some_and(|w| w.eq_ignore_ascii_case(head));
            if named_so && said.modifiers.iter().all(|m| facts.name.iter().any(|w| w == m.as_str())) {
                return Some(id);
            }
            if !fits {
                continue;
            }
            let sector = !told && referent.sectors.is_empty()
                || said.sector.is_some_and(|s| referent.sectors.contains(&s));
            // The farther ones cannot weigh more, however often they were named.
            let found = self.found.get(index)?;
            let distance = found.sentence.saturating_sub(there.sentence) as i32;
            let hopeless = other.is_some_and(|(most, _)| MOST - 2 * distance <= most);
            if by_sector && sector && !hopeless && self.may_be_taken_up(before, index) {
                let weight = self.prominence(before, index, id);
                if other.is_none_or(|(most, _)| weight > most) {
                    other = Some((weight, id));
                }
            }
        }
        other.map(|(_, id)| id)
    }

    /// How likely a body named there is the one that is spoken of here: the nearer, the oftener named, and a subject
    /// before an object.
    fn prominence(&self, there: usize, here: usize, id: EntityId) -> i32 {
        let (Some(named), Some(now)) = (self.found.get(there), self.found.get(here)) else { return 0 };
        let subject = self.doc.sentences.get(named.sentence as usize).is_some_and(|s| {
            matches!(standing(s, named.head).relation, Relation::Nsubj | Relation::NsubjPass)
        });
        let times = self.whom.iter().take(here).filter(|whom| **whom == Some(id)).take(TIMES).count() as i32;
        let distance = now.sentence.saturating_sub(named.sentence) as i32;
        times + 2 * i32::from(subject) - 2 * distance
    }

    /// Whether the body named there is prominent enough, and may be named so: what "Payless forces" or "its Falk division"
    /// are is not Payless or Falk, and "Molson sold the company" is not of Molson.
    fn may_be_taken_up(&self, before: usize, index: usize) -> bool {
        let (Some(there), Some(here)) = (self.found.get(before), self.found.get(index)) else { return false };
        let Some(theirs) = self.doc.sentences.get(there.sentence as usize) else { return false };
        let stands = standing(theirs, there.head);
        if matches!(stands.relation, Relation::Compound | Relation::NmodDesc | Relation::Amod) {
            return false;
        }
        let subject = |r| matches!(r, Relation::Nsubj | Relation::NsubjPass);
        let own = standing(theirs, here.head);
        there.sentence != here.sentence || !subject(stands.relation) || subject(own.relation)
    }

    pub(super) fn same_role(
        &self,
        referent: &Referent,
        facts: &Facts,
        said: &Description,
        definite: bool,
    ) -> bool {
        if said.role.is_empty() || referent.kind == EntityKind::Person && (said.plural || !definite) {
            return false;
        }
        let last = |role: &str| role.rsplit(' ').next().unwrap_or_default().to_owned();
        let role = facts.roles.iter().any(|role| {
            *role == said.role || (definite && referent.kind == EntityKind::Person && last(role) == said.role)
        });
        let number = facts.plural == said.plural || facts.named;
        // "the five unions" are the five unions, not "other unions".
        let other = said.number.is_some() && facts.number != said.number && !facts.named;
        if other {
            return false;
        }
        // "the soldiers" may take up "seven soldiers", "soldiers" may not.
        let quantity = definite || !facts.counted;
        let told = said.modifiers.iter().all(|m| facts.modifiers.contains(m) || facts.named);
        let tells = definite || facts.modifiers == said.modifiers;
        role && number && quantity && told && tells
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
