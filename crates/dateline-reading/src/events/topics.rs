//! What is no event beside another of the same sentence: what a crowd demands or blames while it protests, and how forces
//! move to strike.

use super::{CodedEvent, Read};
use crate::document::At;

impl Read<'_> {
    /// Takes the topics of protests into them: whoever is accused or asked becomes the one protested against.
    pub(super) fn join_topics(&self, mut events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        let mut at = 0;
        while at < events.len() {
            match self.protest_of(&events, at) {
                Some(protest) => {
                    let topic = events.remove(at);
                    let protest = if protest > at { protest - 1 } else { protest };
                    let whole = &mut events[protest];
                    if whole.recipients.is_empty() {
                        whole.recipients = topic.recipients;
                    }
                }
                None => at += 1,
            }
        }
        events
    }

    /// Leaves out moves of forces that serve an assault of theirs: "troops advanced and shelled the town".
    pub(super) fn without_moves(&self, mut events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        let name = |e: &CodedEvent| self.doc.codebook.ontology.get(e.kind).name.as_str();
        let serves = |own: &CodedEvent, all: &[CodedEvent]| {
            let below = &self.frames.list[own.frame];
            let sentence = self.doc.sentence(below.at());
            all.iter().any(|e| {
                let above = &self.frames.list[e.frame];
                name(e) == "ASSAULT"
                    && e.sentence == own.sentence
                    && e.aux == own.aux
                    && (e.actors.iter().any(|a| own.actors.contains(a))
                        // "was hit by bombs that troops fired"
                        || (e.actors.is_empty() && sentence.is_under(below.predicate, above.predicate)))
            })
        };
        let keep: Vec<bool> = events.iter().map(|e| name(e) != "MOBILIZE" || !serves(e, &events)).collect();
        let mut keep = keep.into_iter();
        events.retain(|_| keep.next().unwrap_or(true));
        events
    }

    /// The protest in whose clause an accusation or a request by the same people stands.
    fn protest_of(&self, events: &[CodedEvent], topic: usize) -> Option<usize> {
        let name = |e: &CodedEvent| self.doc.codebook.ontology.get(e.kind).name.as_str();
        let own = &events[topic];
        if !matches!(name(own), "ACCUSE" | "REQUEST") {
            return None;
        }
        let below = self.frames.list.get(own.frame)?;
        events.iter().position(|e| {
            let Some(above) = self.frames.list.get(e.frame) else { return false };
            let governs = |word: u32| self.doc.sentence(At { sentence: e.sentence, token: word });
            name(e) == "PROTEST"
                && e.sentence == own.sentence
                && !e.actors.is_empty()
                && e.actors == own.actors
                && [Some(above.predicate), above.carrier]
                    .into_iter()
                    .flatten()
                    .any(|word| word != below.predicate && governs(word).is_under(below.predicate, word))
        })
    }
}
