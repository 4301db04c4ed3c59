//! "Before he resigned, Falk was in charge of the police": a pronoun in a clause that comes first is whoever is named behind it.

use super::{Asks, is_subject};
use crate::document::At;
use crate::entities::linking::Linker;
use crate::noun_phrase::{lemma, token};
use crate::reading::{EntityId, EntityKind, MentionForm};
use dateline_syntax::{Relation, Sentence, Upos};

/// How many words may stand before the clause: "About two hours before he ...".
const BEFORE_CLAUSE: u32 = 4;

/// The subject behind the clause that a sentence opens with, for the subject of that clause.
pub(super) fn behind(linker: &Linker<'_, '_>, sentence: &Sentence, at: At, asks: Asks) -> Option<EntityId> {
    let own = token(sentence, at.token).filter(|t| is_subject(t.relation))?;
    let clause = own.head?;
    let verb = token(sentence, clause).filter(|t| t.relation == Relation::Advcl)?;
    let main = verb.head.filter(|&main| main > clause)?;
    if !matches!(asks, Asks::He | Asks::She) || sentence.subtree(clause).0 > BEFORE_CLAUSE {
        return None;
    }
    // "When he arrived, the mayor met him": somebody else is met.
    let met = sentence.children(main).any(|c| {
        token(sentence, c)
            .is_some_and(|t| t.upos == Upos::Pron && matches!(t.relation, Relation::Obj | Relation::Iobj))
            && matches!(lemma(sentence, c).to_lowercase().as_str(), "he" | "she" | "him" | "her")
    });
    let subject = sentence.children_as(main, Relation::Nsubj).find(|&s| s > clause).filter(|_| !met)?;
    let id = linker.out.at(At { token: subject, ..at })?;
    let named =
        linker.out.mention_at(At { token: subject, ..at }).is_some_and(|m| m.form == MentionForm::Name);
    let facts = linker.facts.get(id.index());
    let gender = facts.and_then(|f| f.gender);
    let person = linker.out.get(id).is_some_and(|r| r.kind == EntityKind::Person);
    let one = !facts.is_some_and(|f| f.plural);
    (named && person && one && (gender.is_none() || gender == asks.gender())).then_some(id)
}
