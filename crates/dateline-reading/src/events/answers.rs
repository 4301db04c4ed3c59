//! Answers: who refuses, denies, backs or blames what was said before answers whoever asked, offered or blamed.

use super::{CodedEvent, Read};
use crate::document::At;
use crate::frames::Frame;
use dateline_codebook::CuePart;

/// How many sentences back an answer reaches.
const BACK: u32 = 3;

impl Read<'_> {
    /// Gives refusals, denials, praise and blame that name nobody those whom they answer: "The rebels asked for talks. The
    /// government rejected the request", "He denied the charges", "Chad supports the demand".
    pub(super) fn with_answered(&self, mut events: Vec<CodedEvent>) -> Vec<CodedEvent> {
        for at in 0..events.len() {
            let asked = events.get(at).and_then(|answer| self.answered(events.get(..at)?, answer));
            if let Some((asked, answer)) = asked.and_then(|who| Some((who, events.get_mut(at)?))) {
                answer.recipients = asked;
            }
        }
        events
    }

    fn answered(&self, before: &[CodedEvent], answer: &CodedEvent) -> Option<Vec<crate::parties::Party>> {
        let ontology = &self.doc.codebook.ontology;
        let name = ontology.get(answer.kind).name.as_str();
        if !matches!(name, "ACCUSE" | "REJECT" | "SUPPORT")
            || !answer.recipients.is_empty()
            || answer.actors.is_empty()
        {
            return None;
        }
        let frame = self.frames.list.get(answer.frame)?;
        let words = &self.doc.codebook.clauses;
        let lemma = |token: u32| self.doc.token(At { sentence: frame.sentence, token }).lemma.as_str();
        let noun = frame.object.iter().copied().find(|&w| words.is_answered(lemma(w)))?;
        let charge = words.is_charge(lemma(noun));
        if charge && name != "REJECT" {
            return None;
        }
        let asked =
            before.iter().rev().take_while(|e| answer.sentence.saturating_sub(e.sentence) <= BACK).find(
                |e| {
                    let kind = ontology.get(e.kind).name.as_str();
                    let fits = if charge {
                        kind == "ACCUSE"
                    } else {
                        matches!(kind, "AGREE" | "AID" | "CONCEDE" | "REQUEST")
                    };
                    let to_him = e.recipients.iter().any(|r| answer.actors.contains(r));
                    let to_nobody = (e.recipients.is_empty() || name != "REJECT") && !charge;
                    fits && (to_him || to_nobody) && !e.actors.iter().any(|a| answer.actors.contains(a))
                },
            )?;
        (!asked.actors.is_empty()).then(|| asked.actors.clone())
    }

    /// Whether a clause tells what somebody believes of others: "were suspected".
    pub(super) fn is_suspecting(&self, frame: &Frame) -> bool {
        let word = self.doc.codebook.reporting.word(CuePart::Verb, &self.doc.token(frame.at()).lemma);
        word.is_some_and(|w| w.class == dateline_codebook::CueClass::Belief)
    }
}
