//! Events as PETRARCH's coders make them, for imported codebooks: who does it to whom, by the codes of a dictionary.
//!
//! Only clauses that the sentence itself states are coded, not those of time or reason. The target is whom the pattern
//! names, else whoever is mentioned first behind the verb; the source of a passive that names no agent is found there.

use super::{Abstention, CodedEvent, Read};
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood};
use crate::matching::Match;
use crate::noun_phrase::behind;
use crate::parties::Party;
use dateline_codebook::shape::{Shape, Slot};
use dateline_codebook::{Dictionary, Discard, Governs, Pattern, TypeId};
use dateline_syntax::{Relation, Sentence};

/// Events of an article in order of their words, and the sentences left out.
pub(super) fn code(read: &Read<'_>, dictionary: &Dictionary) -> (Vec<CodedEvent>, Vec<Abstention>) {
    let discards: Vec<Option<Discard>> =
        read.doc.sentences.iter().map(|s| discarded(read, s, dictionary)).collect();
    let story = discards.contains(&Some(Discard::Story));
    let (mut events, mut left_out) = (Vec::<CodedEvent>::new(), Vec::<Abstention>::new());
    for (index, frame) in read.frames.list.iter().enumerate() {
        let Some(found) = &read.matches.best[index] else { continue };
        if frame.kind != FrameKind::Clause || !is_stated(read, frame) {
            continue;
        }
        if story || discards.get(frame.sentence as usize).is_some_and(Option::is_some) {
            let reason = "the dictionary discards it";
            left_out.push(Abstention { sentence: frame.sentence, frame: index, reason, kept: false });
            continue;
        }
        let (pattern, shape) = read.doc.codebook.patterns.clause(found.candidate);
        if read.doc.codebook.ontology.get(pattern.event).silent {
            continue;
        }
        let coder = Coder { read, dictionary, index, frame, found, pattern, shape };
        match coder.events() {
            Some(coded) => events.extend(coded),
            None => {
                let reason = "source or target not resolved";
                left_out.push(Abstention { sentence: frame.sentence, frame: index, reason, kept: false });
            }
        }
    }
    left_out.dedup_by(|a, b| a.sentence == b.sentence && a.reason == b.reason);
    (events, left_out)
}

fn discarded(read: &Read<'_>, sentence: &Sentence, dictionary: &Dictionary) -> Option<Discard> {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(read.doc.text())).collect();
    (0..words.len())
        .filter_map(|at| dictionary.discard(words.get(at..)?))
        .max_by_key(|d| *d == Discard::Story)
}

/// Whether a clause is the sentence's own: its main clause, one joined to it, or what is said, begun or planned in it.
fn is_stated(read: &Read<'_>, frame: &Frame) -> bool {
    let sentence = read.doc.sentence(frame.at());
    let mut at = frame.predicate;
    for _ in 0..24 {
        let Some(token) = sentence.tokens.get(at as usize) else { return false };
        let Some(head) = token.head else { return true };
        let above = read.frames.index_at(At { sentence: frame.sentence, token: head });
        match token.relation {
            Relation::Conj | Relation::Parataxis | Relation::Ccomp | Relation::CsubjPass => {}
            // What is wanted or tried is part of a verb that is coded itself.
            Relation::Xcomp | Relation::Advcl
                if to_infinitive(sentence, at) || token.relation == Relation::Xcomp =>
            {
                let coded = above.and_then(|a| read.matches.best[a].as_ref()).is_some_and(|m| {
                    let (pattern, _) = read.doc.codebook.patterns.clause(m.candidate);
                    !m.noun && !read.doc.codebook.ontology.get(pattern.event).silent
                });
                // "is about to restore" says no more than "will restore"; "came to restore" tells a purpose.
                // "urged Sudan to let them in" does not say that it did.
                let asked = above.is_some_and(|a| !read.frames.list[a].object.is_empty())
                    && read.doc.codebook.clauses.governs(&sentence.tokens[head as usize].lemma)
                        == Governs::Unreal;
                let copular = sentence.children_as(head, Relation::Cop).next().is_some();
                if coded || asked || (token.relation == Relation::Advcl && !copular) {
                    return false;
                }
            }
            _ => return false,
        }
        at = head;
    }
    false
}

fn to_infinitive(sentence: &Sentence, verb: u32) -> bool {
    sentence.children_as(verb, Relation::Mark).any(|m| sentence.tokens[m as usize].lemma == "to")
}

/// A matched clause on its way to events.
struct Coder<'r, 'a> {
    read: &'r Read<'a>,
    dictionary: &'r Dictionary,
    index: usize,
    frame: &'r Frame,
    found: &'r Match,
    pattern: &'r Pattern,
    shape: &'r Shape,
}

impl Coder<'_, '_> {
    /// The event and what the target does in turn; `None` where source or target is nobody.
    fn events(&self) -> Option<Vec<CodedEvent>> {
        let mut sources = self.read.parties_at(self.frame.sentence, &self.found.actors);
        let mut targets = self.read.parties_at(self.frame.sentence, &self.found.recipients);
        let several = self.shape.subject == Some(Slot::Several);
        if targets.is_empty() && !several {
            targets = self.behind(&sources);
        } else if sources.is_empty() {
            sources = self.behind(&targets);
        }
        targets.retain(|t| !sources.contains(t));
        if self.pattern.swapped {
            std::mem::swap(&mut sources, &mut targets);
        }
        // "met": those who do it together do it to each other.
        let mutual = targets.is_empty() && sources.len() > 1 && (several || self.pattern.answer.is_some());
        if sources.is_empty() || (targets.is_empty() && !mutual) {
            return None;
        }
        let code = self.pattern.cameo.clone().unwrap_or_default();
        let mut out = vec![self.event(self.pattern.event, code, sources.clone(), targets.clone())];
        if let (Some((kind, code)), false) = (&self.pattern.answer, targets.is_empty()) {
            out.push(self.event(*kind, code.clone(), targets, sources));
        }
        Some(out)
    }

    /// Whoever is mentioned first behind the verb, with those joined to them.
    fn behind(&self, but: &[Party]) -> Vec<Party> {
        let sentence = self.read.doc.sentence(self.frame.at());
        let there = |token: u32| At { sentence: self.frame.sentence, token };
        let free = |word: u32| {
            let possessor = sentence.tokens[word as usize].relation == Relation::NmodPoss;
            let party = self.read.parties.at(there(word)).filter(|p| !possessor && !but.contains(p))?;
            Some((word, party))
        };
        let Some((first, _)) = behind(sentence, self.frame.predicate, true).into_iter().find_map(free) else {
            return Vec::new();
        };
        let mut words = vec![first];
        let mut next = 0;
        while let Some(&at) = words.get(next) {
            next += 1;
            words.extend(sentence.children_as(at, Relation::Conj));
        }
        let mut parties = self.read.parties_at(self.frame.sentence, &words);
        parties.retain(|p| !but.contains(p));
        parties
    }

    fn event(&self, kind: TypeId, code: String, actors: Vec<Party>, recipients: Vec<Party>) -> CodedEvent {
        let (read, frame) = (self.read, self.frame);
        let negated = frame.negated && !self.shape.negated;
        let opposite = if negated { self.dictionary.negated(&code) } else { None };
        let mut aux = Vec::new();
        if negated {
            aux.push("negation");
        }
        match frame.mood {
            Mood::Hypothetical => aux.push("hypothetical"),
            Mood::Future => aux.push("future"),
            Mood::Real => {}
        }
        let (attributed_to, certainty) = read.attribution(frame, self.found);
        CodedEvent {
            sentence: frame.sentence,
            trigger: read.trigger(frame),
            kind,
            modes: self.pattern.modes.clone(),
            contexts: read.contexts_of(frame, &self.pattern.contexts),
            aux,
            cameo: opposite.map_or(code, str::to_owned),
            actors,
            recipients,
            time: read.time_of(self.index, frame),
            place: read.place_of(self.index, frame),
            figures: Vec::new(),
            certainty,
            attributed_to,
            commitment: None,
            rule: self.pattern.id.clone(),
            unresolved: None,
            repeats: Vec::new(),
            frame: self.index,
        }
    }
}
