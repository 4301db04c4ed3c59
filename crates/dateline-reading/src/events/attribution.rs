//! Who says so, and how sure that leaves us.

use super::Read;
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood};
use crate::matching::Match;
use crate::parties::Party;
use crate::reading::Certainty;
use dateline_codebook::{CueCertainty, CueClass, CuePart};
use dateline_syntax::{Relation, Sentence, Upos};

/// What is known so far.
#[derive(Clone, Copy)]
struct Told {
    speaker: Option<Party>,
    certainty: Certainty,
}

impl Told {
    fn by(&mut self, speaker: Option<Party>, certainty: Certainty) {
        self.speaker = self.speaker.or(speaker);
        self.certainty = self.certainty.max(certainty);
    }
}

impl Read<'_> {
    /// The nearest speaker above a frame, and the certainty that his words, the adverbs and later denials leave.
    pub(super) fn attribution(&self, frame: &Frame, found: &Match) -> (Option<Party>, Certainty) {
        let tree = self.doc.sentence(frame.at());
        let mut told = Told { speaker: None, certainty: Certainty::Asserted };
        let mut at = frame.predicate;
        for _ in 0..=tree.tokens.len() {
            self.told_beside(tree, frame.sentence, at, &mut told);
            let Some(head) = tree.tokens.get(at as usize).and_then(|t| t.head) else { break };
            self.told_above(tree, frame, at, head, &mut told);
            at = head;
        }
        if told.speaker.is_none()
            && let Some(token) = tree.tokens.get(frame.predicate as usize)
            && let Some(entity) = self.quotes.saying(token.span).and_then(|q| q.speaker)
        {
            told.by(Some(Party::Entity(entity)), Certainty::Attributed);
        }
        // Whoever vows says so himself.
        if told.speaker.is_none() && !found.noun && frame.mood == Mood::Real && !found.inner.is_empty() {
            let own = tree.tokens.get(frame.predicate as usize);
            if own.is_some_and(|t| self.doc.codebook.reporting.cue(&t.lemma).is_some()) {
                let there = |&token: &u32| self.parties.at(At { sentence: frame.sentence, token });
                told.speaker = found.actors.first().and_then(there);
            }
        }
        if told.certainty < Certainty::Unconfirmed && self.is_left_unconfirmed_after(frame.sentence) {
            told.certainty = Certainty::Unconfirmed;
        }
        (told.speaker, told.certainty)
    }

    /// What hangs on a word on the way up: "…, officials said", "according to officials", "reportedly", "alleged".
    fn told_beside(&self, tree: &Sentence, sentence: u32, at: u32, told: &mut Told) {
        let there = |token: u32| At { sentence, token };
        let reporting = &self.doc.codebook.reporting;
        for child in tree.children(at) {
            let Some(token) = tree.tokens.get(child as usize) else { continue };
            match token.relation {
                Relation::Parataxis if told.speaker.is_none() => {
                    if let Some(cue) = reporting.cue(&token.lemma)
                        && let Some(who) = self.subject_at(there(child))
                    {
                        told.by(Some(who), certainty_of(cue.certainty));
                    }
                }
                Relation::Obl | Relation::Advmod
                    if told.speaker.is_none() && self.is_source(sentence, child) =>
                {
                    told.by(self.parties.at(there(child)), Certainty::Attributed);
                }
                Relation::Advmod
                    if reporting.is_hearsay(&token.lemma) || reporting.is_seeming(&token.lemma) =>
                {
                    told.by(None, Certainty::Alleged);
                }
                Relation::Amod if reporting.is_alleging(self.doc.words(token.span)) => {
                    told.by(None, Certainty::Alleged)
                }
                Relation::Amod if reporting.is_unknown(self.doc.words(token.span)) => {
                    told.by(None, Certainty::Unconfirmed)
                }
                Relation::Conj if self.leaves_unconfirmed(there(child)) => {
                    told.by(None, Certainty::Unconfirmed)
                }
                _ => {}
            }
        }
    }

    /// What a word hangs on: "officials said that …", "denied the attack", "reports of an attack", "it is unclear whether".
    fn told_above(&self, tree: &Sentence, frame: &Frame, at: u32, head: u32, told: &mut Told) {
        let (Some(token), Some(above)) = (tree.tokens.get(at as usize), tree.tokens.get(head as usize))
        else {
            return;
        };
        let there = |token: u32| At { sentence: frame.sentence, token };
        let reporting = &self.doc.codebook.reporting;
        let negated = self.frames.at(there(head)).is_some_and(|f| f.negated);
        // "continue to pose" reports nothing, "he continued" does.
        let goes_on =
            token.relation == Relation::Xcomp && self.doc.codebook.clauses.is_carried_out(&above.lemma);
        let clause =
            matches!(token.relation, Relation::Ccomp | Relation::Xcomp | Relation::Parataxis) && !goes_on;
        if clause
            && told.speaker.is_none()
            && let Some(cue) = reporting.cue(&above.lemma)
        {
            let heard = match certainty_of(cue.certainty) {
                // "did not deny that": nor did anybody say so.
                Certainty::Denied if negated => Certainty::Unconfirmed,
                Certainty::Attributed if negated && reporting.is_confirmation(&above.lemma) => {
                    Certainty::Unconfirmed
                }
                Certainty::Asserted if negated => Certainty::Unconfirmed,
                heard => heard,
            };
            told.by(self.subject_at(there(head)), heard);
            return;
        }
        let wh = matches!(
            token.relation,
            Relation::Ccomp | Relation::Csubj | Relation::Advcl | Relation::Xcomp | Relation::Acl
        );
        // "it was not clear whether", "it is unknown if"
        if wh
            && (reporting.is_unknown(&above.lemma)
                || (negated && matches!(&*above.lemma, "clear" | "certain" | "known")))
        {
            told.by(None, Certainty::Unconfirmed);
            return;
        }
        let Some(noun) = reporting.word(CuePart::Noun, &above.lemma) else {
            // "denied the attack", "denied reports of an attack": what is denied is named, not told.
            let object = matches!(token.relation, Relation::Obj | Relation::NsubjPass);
            let deed = at == frame.predicate && frame.kind == FrameKind::Noun;
            let report = reporting.word(CuePart::Noun, &token.lemma).is_some_and(|w| w.certainty.is_some());
            let verb = reporting.word(CuePart::Verb, &above.lemma);
            let denies = verb.is_some_and(|v| {
                v.certainty == Some(CueCertainty::Denied) && (report || (deed && above.lemma == "deny"))
            });
            if object && denies && !negated {
                told.by(self.subject_at(there(head)), Certainty::Denied);
            }
            return;
        };
        // "the claim that rebels had attacked", "reports of an attack"
        let of = tree
            .children_as(at, Relation::Case)
            .any(|c| tree.tokens.get(c as usize).is_some_and(|t| t.lemma == "of"));
        let inside = matches!(token.relation, Relation::Acl | Relation::Ccomp)
            || (token.relation == Relation::Nmod && of && noun.class != CueClass::Judgement);
        if inside && let Some(certainty) = noun.certainty {
            let owner = tree.children_as(head, Relation::NmodPoss).next();
            told.by(owner.and_then(|w| self.parties.at(there(w))), certainty_of(certainty));
        }
    }

    fn subject_at(&self, at: At) -> Option<Party> {
        let frame = self.frames.at(at)?;
        frame.subject.iter().find_map(|&token| self.parties.at(At { sentence: at.sentence, token }))
    }

    /// "according to officials"
    fn is_source(&self, sentence: u32, word: u32) -> bool {
        let Some(tree) = self.doc.sentences.get(sentence as usize) else { return false };
        tree.children_as(word, Relation::Case).any(|c| {
            tree.tokens.get(c as usize).is_some_and(|t| {
                t.lemma.eq_ignore_ascii_case("accord")
                    || t.span.of(self.doc.text()).eq_ignore_ascii_case("according")
            })
        })
    }

    /// "…, but the ministry did not confirm that"
    fn leaves_unconfirmed(&self, at: At) -> bool {
        let confirms = self.doc.codebook.reporting.is_confirmation(&self.doc.token(at).lemma);
        confirms && self.frames.at(at).is_some_and(|f| f.negated || f.mood == Mood::Hypothetical)
    }

    /// "The claim could not be independently verified." right after a sentence, in its paragraph.
    fn is_left_unconfirmed_after(&self, sentence: u32) -> bool {
        let Some(next) = self.doc.sentences.get(sentence as usize + 1) else { return false };
        let same_block = self.doc.article.blocks.iter().any(|b| {
            self.doc.sentences.get(sentence as usize).is_some_and(|s| b.span.contains(s.span))
                && b.span.contains(next.span)
        });
        let root = next.root();
        let reporting = &self.doc.codebook.reporting;
        let confirms = next.tokens.get(root as usize).is_some_and(|t| reporting.is_confirmation(&t.lemma));
        let negated = self.frames.at(At { sentence: sentence + 1, token: root }).is_some_and(|f| f.negated);
        // What is left open is the report, and not some other thing.
        let report = next.children(root).any(|c| {
            next.tokens.get(c as usize).is_some_and(|t| {
                let thing = matches!(t.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj);
                let named = reporting.word(CuePart::Noun, &t.lemma).is_some()
                    || matches!(
                        &*t.lemma,
                        "this" | "that" | "it" | "account" | "figure" | "toll" | "detail" | "information"
                    );
                thing && (named || t.upos == Upos::Pron && t.lemma == "they")
            })
        });
        same_block && confirms && negated && report
    }
}

fn certainty_of(certainty: CueCertainty) -> Certainty {
    match certainty {
        CueCertainty::Asserted => Certainty::Asserted,
        CueCertainty::Attributed => Certainty::Attributed,
        CueCertainty::Alleged => Certainty::Alleged,
        CueCertainty::Unconfirmed => Certainty::Unconfirmed,
        CueCertainty::Denied => Certainty::Denied,
    }
}
