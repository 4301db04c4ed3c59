//! Who says so, and how sure that leaves us.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, Mood};
use crate::matching::Match;
use crate::parties::Party;
use crate::reading::Certainty;
use dateline_syntax::Relation;

impl Read<'_> {
    /// The nearest speaker above a frame, and the certainty that his verb, the adverbs and later denials leave.
    pub(super) fn attribution(&self, frame: &Frame, found: &Match) -> (Option<Party>, Certainty) {
        let tree = self.doc.sentence(frame.at());
        let there = |token: u32| At { sentence: frame.sentence, token };
        let reporting = &self.doc.codebook.reporting;
        let (mut speaker, mut certainty) = (None, Certainty::Asserted);
        let mut at = frame.predicate;
        for _ in 0..=tree.tokens.len() {
            for child in tree.children(at) {
                let token = &tree.tokens[child as usize];
                match token.relation {
                    Relation::Parataxis if speaker.is_none() => {
                        if let Some(cue) = reporting.cue(&token.lemma)
                            && let Some(who) = self.subject_at(there(child))
                        {
                            speaker = Some(who);
                            certainty = certainty.max(certainty_of(cue));
                        }
                    }
                    Relation::Obl | Relation::Advmod
                        if speaker.is_none() && self.is_source(frame.sentence, child) =>
                    {
                        speaker = self.parties.at(there(child));
                        certainty = certainty.max(Certainty::Attributed);
                    }
                    Relation::Advmod if reporting.is_hearsay(&token.lemma) => {
                        certainty = certainty.max(Certainty::Alleged)
                    }
                    Relation::Conj if self.leaves_unconfirmed(there(child)) => {
                        certainty = certainty.max(Certainty::Unconfirmed)
                    }
                    _ => {}
                }
            }
            let token = &tree.tokens[at as usize];
            let Some(head) = token.head else { break };
            // "continue to pose" reports nothing, "he continued" does.
            let goes_on = token.relation == Relation::Xcomp
                && self.doc.codebook.clauses.is_carried_out(&tree.tokens[head as usize].lemma);
            let said =
                matches!(token.relation, Relation::Ccomp | Relation::Xcomp | Relation::Parataxis) && !goes_on;
            if said
                && speaker.is_none()
                && let Some(cue) = reporting.cue(&tree.tokens[head as usize].lemma)
            {
                speaker = self.subject_at(there(head));
                let denied = self.frames.at(there(head)).is_some_and(|f| f.negated);
                let heard = if denied && certainty_of(cue) == Certainty::Asserted {
                    Certainty::Unconfirmed
                } else {
                    certainty_of(cue)
                };
                certainty = certainty.max(heard);
            }
            at = head;
        }
        if speaker.is_none() {
            let span = tree.tokens[frame.predicate as usize].span;
            let quote = self.quotes.list.iter().find(|q| q.span.contains(span));
            if let Some(entity) = quote.and_then(|q| q.speaker) {
                speaker = Some(Party::Entity(entity));
                certainty = certainty.max(Certainty::Attributed);
            }
        }
        // Whoever vows says so himself.
        if speaker.is_none() && !found.noun && frame.mood == Mood::Real && !found.inner.is_empty() {
            let own = &tree.tokens[frame.predicate as usize].lemma;
            if reporting.cue(own).is_some() {
                speaker = found.actors.first().and_then(|&w| self.parties.at(there(w)));
            }
        }
        (speaker, certainty)
    }

    fn subject_at(&self, at: At) -> Option<Party> {
        let frame = self.frames.at(at)?;
        frame.subject.iter().find_map(|&token| self.parties.at(At { sentence: at.sentence, token }))
    }

    /// "according to officials"
    fn is_source(&self, sentence: u32, word: u32) -> bool {
        let tree = &self.doc.sentences[sentence as usize];
        tree.children_as(word, Relation::Case).any(|c| {
            tree.tokens[c as usize].lemma.eq_ignore_ascii_case("accord")
                || tree.tokens[c as usize].span.of(self.doc.text()).eq_ignore_ascii_case("according")
        })
    }

    /// "…, but the ministry did not confirm that"
    fn leaves_unconfirmed(&self, at: At) -> bool {
        let confirms = self.doc.codebook.reporting.is_confirmation(&self.doc.token(at).lemma);
        confirms && self.frames.at(at).is_some_and(|f| f.negated || f.mood == Mood::Hypothetical)
    }
}

fn certainty_of(cue: &dateline_codebook::Cue) -> Certainty {
    use dateline_codebook::CueCertainty as C;
    match cue.certainty {
        C::Asserted => Certainty::Asserted,
        C::Attributed => Certainty::Attributed,
        C::Alleged => Certainty::Alleged,
        C::Unconfirmed => Certainty::Unconfirmed,
        C::Denied => Certainty::Denied,
    }
}
