//! Outcomes: what a participle says came of an act is part of the act.

use super::{CodedEvent, Read};
use crate::document::At;
use dateline_syntax::{Relation, Xpos};

impl Read<'_> {
    /// Joins to an act of the same type and actors what came of it: "blew up a car at a checkpoint, killing 18 people and
    /// wounding dozens" is one attack, and all who suffered it are its recipients.
    pub(super) fn join_outcomes(&self, mut events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        let mut at = 0;
        while at < events.len() {
            let Some(act) = self.act_behind(&events, at) else {
                at += 1;
                continue;
            };
            let outcome = events.remove(at);
            let Some(act) = events.get_mut(if act > at { act - 1 } else { act }) else { continue };
            for party in outcome.recipients {
                if !act.recipients.contains(&party) && !act.actors.contains(&party) {
                    act.recipients.push(party);
                }
            }
            if act.modes.is_empty() {
                act.modes = outcome.modes;
            }
            act.time = act.time.or(outcome.time);
            act.place = act.place.or(outcome.place);
            act.figures.extend(outcome.figures);
            act.figures.sort_unstable();
            act.figures.dedup();
        }
        events
    }

    /// The act that an event is an outcome of.
    fn act_behind(&self, events: &[CodedEvent], outcome: usize) -> Option<usize> {
        let outcome = events.get(outcome)?;
        let below = self.frames.list.get(outcome.frame)?;
        if let Some(harm) = events.iter().position(|act| self.is_done_in(act, outcome)) {
            return Some(harm);
        }
        let above = self.participle_on(below.at())?;
        events.iter().position(|act| {
            act.sentence == outcome.sentence
                && act.kind == outcome.kind
                && act.aux == outcome.aux
                && !act.actors.is_empty()
                && act.actors == outcome.actors
                && self.frames.list.get(act.frame).is_some_and(|f| f.predicate == above)
        })
    }

    /// "two were killed when the police opened fire on the crowd": whether the harm was done in the deed, by the same ones.
    fn is_done_in(&self, harm: &CodedEvent, deed: &CodedEvent) -> bool {
        if harm.sentence != deed.sentence || harm.kind != deed.kind {
            return false;
        }
        let frame = |e: &CodedEvent| self.frames.list.get(e.frame);
        // "was shot when soldiers clashed with the students": those are others.
        let named = self
            .matches
            .best
            .get(deed.frame)
            .and_then(Option::as_ref)
            .is_some_and(|m| !m.recipients.is_empty());
        !named
            && harm.aux == deed.aux
            && !harm.actors.is_empty()
            && harm.actors == deed.actors
            && frame(harm).zip(frame(deed)).is_some_and(|(harm, deed)| {
                harm.passive
                    && harm.subject.is_empty()
                    && (self.clauses_of_time(harm.at()).contains(&deed.predicate)
                        || harm.obliques.iter().any(|o| o.heads.contains(&deed.predicate)))
            })
    }

    /// The word that a participle hangs on, or the first of several joined participles.
    fn participle_on(&self, at: At) -> Option<u32> {
        let sentence = self.doc.sentence(at);
        let mut word = at.token;
        // Every step goes to another word's head, and a tree has no circles.
        loop {
            let token = sentence.tokens.get(word as usize).filter(|t| t.xpos == Xpos::Vbg)?;
            match token.relation {
                Relation::Conj => word = token.head?,
                Relation::Advcl => return token.head,
                _ => return None,
            }
        }
    }
}
