//! What somebody says that is no event: a wish asked of nobody, a refusal of what is not his to do, blame in private, and
//! what he tells of himself.

use super::CodedEvent;
use super::gates::Gates;
use crate::document::At;
use crate::frames::{Frame, FrameKind};
use crate::matching::Match;
use crate::parties::Party;
use crate::reading::EntityKind;
use dateline_codebook::Standing;
use dateline_codebook::shape::{PartKind, Slot};
use dateline_syntax::{Relation, Upos};

impl Gates<'_> {
    /// Whether what somebody says will not be done is not for him to do: "said that prices would not rise".
    pub(super) fn is_refusal_of_others(self, event: &CodedEvent, found: &Match) -> bool {
        if found.noun {
            return false;
        }
        let (_, shape) = self.read.doc.codebook.patterns.clause(found.candidate);
        let refuses = |link: &str| matches!(link, "that_not" | "that_cannot");
        let refusal = shape.parts.iter().any(|part| match &part.kind {
            PartKind::Clause(link, _) => refuses(link),
            PartKind::Preposition(links, _) => links.iter().any(|l| refuses(l)),
            _ => false,
        });
        let own = |&inner: &usize| {
            let below = &self.read.frames.list[inner];
            let doers = self.read.parties_at(below.sentence, &below.subject);
            let person = |p: Party| match p {
                Party::Entity(id) => {
                    self.read.parties.entities.get(id).is_some_and(|e| e.kind == EntityKind::Person)
                }
                Party::Country(..) => false,
            };
            let his =
                |doer: Party, actor| doer == actor || !person(doer) && self.read.speaks_for(actor, doer);
            let verb = self.read.doc.token(below.at()).upos == Upos::Verb;
            verb && !below.passive
                && doers.iter().any(|&doer| event.actors.iter().any(|&actor| his(doer, actor)))
        };
        refusal && !found.inner.iter().any(own)
    }

    /// Whether somebody is blamed or praised in plain words only in private, is expected to be to blame, or a
    /// country is told what it should do by one who speaks for it.
    pub(super) fn is_gossip(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        if found.noun {
            return false;
        }
        let (pattern, shape) = self.read.doc.codebook.patterns.clause(found.candidate);
        let by_speaker = matches!(shape.subject, Some(Slot::Recipient(_)))
            && !pattern.actorless
            && self.read.doc.codebook.ontology.get(found.event).quad % 2 == 1
            && event.attributed_to.is_some_and(|who| event.actors == [who]);
        let country = |p: Party| match p {
            Party::Country(..) => true,
            Party::Entity(id) => {
                self.read.parties.entities.get(id).is_some_and(|e| e.kind == EntityKind::Country)
            }
        };
        let asks = self.read.doc.codebook.ontology.get(found.event).name == "REQUEST";
        let own = |&r: &Party| asks && country(r) && event.actors.iter().any(|&a| self.read.speaks_for(a, r));
        let both = event.actors.iter().chain(&event.recipients);
        by_speaker
            && (event.recipients.iter().any(own)
                || (self.is_predicted(frame) && !self.is_my_thought(frame))
                || both.map(|p| self.standing(*p)).max().is_none_or(|s| s < Standing::Collective))
    }

    /// Whether a clause is what the speaker himself thinks: "I think they are wrong".
    fn is_my_thought(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let Some(head) = sentence.tokens[frame.predicate as usize].head else { return false };
        let mine = |c: u32| matches!(sentence.tokens[c as usize].lemma.to_lowercase().as_str(), "i" | "we");
        sentence.tokens[head as usize].lemma == "think"
            && sentence.children_as(head, Relation::Nsubj).any(mine)
    }

    /// Whether a judgment of somebody is denied: "said the plans were not racist" blames nobody.
    pub(super) fn is_acquittal(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        let codebook = self.read.doc.codebook;
        frame.negated
            && !found.noun
            && codebook.ontology.get(event.kind).name == "ACCUSE"
            && (matches!(codebook.patterns.clause(found.candidate).1.subject, Some(Slot::Recipient(_)))
                // "was not concerned about the rebels"
                || self.read.doc.token(frame.at()).upos == Upos::Adj)
            && !codebook.patterns.clause(found.candidate).1.negated
    }

    /// Whether an opinion of what should be asks it of nobody: "said the talks should be serious". It is a request where
    /// somebody else is to act, or where something is to be done.
    pub(super) fn is_idle_wish(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        let doc = self.read.doc;
        let opinion = doc.codebook.ontology.get(event.kind).name == "REQUEST"
            && frame.kind == FrameKind::Clause
            && (doc.codebook.gates.is_opinion(&doc.token(frame.at()).lemma)
                || matches!(doc.token(frame.at()).lemma.as_str(), "advise" | "remind" | "tell" | "warn")
                    && frame.clauses.iter().any(|c| c.link == "that_should"));
        if !opinion {
            return false;
        }
        let inner: Vec<&Frame> = found.inner.iter().map(|&i| &self.read.frames.list[i]).collect();
        let asks = |below: &&Frame| {
            let there = |token: u32| At { sentence: below.sentence, token };
            let parties = self.read.parties;
            let others = |&w: &u32| parties.named(there(w)).is_some_and(|p| !event.actors.contains(&p));
            // "should be considered dangerous" asks for no deed.
            let verb = doc.token(below.at());
            let deed = verb.upos == Upos::Verb && !doc.codebook.gates.is_opinion(&verb.lemma);
            let public = |p: Party| self.standing(p) == Standing::Public;
            match below.passive && below.subject.is_empty() {
                true => deed && event.actors.iter().any(|a| public(*a)),
                false => {
                    let asked = |w: &&u32| deed || parties.named(there(**w)).is_some_and(public);
                    below.subject.iter().filter(asked).any(others)
                }
            }
        };
        !inner.is_empty() && !inner.iter().any(asks)
    }

    /// Whether what somebody alleges is what he did himself: "testified that he fired at the officer".
    pub(super) fn is_confession(self, event: &CodedEvent, frame: &Frame, found: &Match) -> bool {
        let frames = &self.read.frames.list;
        let himself = |&inner: &usize| {
            let below = &frames[inner];
            let doers = self.read.parties_at(below.sentence, &below.subject);
            let told = frame.clauses.iter().any(|c| c.link == "that" && c.predicate == below.predicate);
            told && !doers.is_empty() && doers.iter().all(|d| event.actors.contains(d))
        };
        self.read.doc.codebook.ontology.get(found.event).name == "ACCUSE"
            && !found.noun
            && !found.inner.is_empty()
            && found.inner.iter().all(himself)
    }
}
