//! Clauses that tell of no act: descriptions, habits, texts and plans, and whom a clause only counts or picks out.

use super::CodedEvent;
use super::gates::Gates;
use crate::document::At;
use crate::frames::{Frame, FrameKind, Mood};
use dateline_article::BlockKind;
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

impl Gates<'_> {
    /// Whether a clause describes somebody, or what is usual, and tells of no act: "parents who refuse to pay", "a group
    /// that champions reform", "people make promises". Headlines tell of acts in the present tense.
    pub(super) fn is_description(self, event: &CodedEvent, frame: &Frame) -> bool {
        if frame.kind != FrameKind::Clause || self.is_headline(frame) {
            return false;
        }
        let sentence = self.read.doc.sentence(frame.at());
        let token = &sentence.tokens[frame.predicate as usize];
        let word = self.read.doc.word(frame.at());
        let gates = &self.read.doc.codebook.gates;
        // "the troops stationed in the canal zone"
        if token.xpos == Xpos::Vbn && token.relation == Relation::Acl && gates.is_stationed(&token.lemma) {
            return true;
        }
        // "countries wanting access", "Roma seeking entry": a wish that stands right behind them tells who is meant.
        if token.xpos == Xpos::Vbg
            && token.relation == Relation::Acl
            && gates.is_wish(&token.lemma)
            && token.head.is_some_and(|head| {
                let between = head..frame.predicate;
                !between.into_iter().any(|w| sentence.tokens[w as usize].lemma == ",")
            })
        {
            return true;
        }
        let auxiliary = sentence.children_as(frame.predicate, Relation::Aux).next().is_some();
        let verbal_conflict = self.read.doc.codebook.ontology.get(event.kind).quad == 3;
        // "prisoners are allowed one visit a month"
        let mut helpers = sentence.children_as(frame.predicate, Relation::AuxPass);
        let usual = frame.passive
            && !auxiliary
            && helpers.any(|h| matches!(sentence.tokens[h as usize].xpos, Xpos::Vbz | Xpos::Vbp));
        let simple = !auxiliary
            && (token.xpos == Xpos::Vbz || (token.xpos == Xpos::Vbp && !gates.is_unchanging(word)));
        if (simple || usual) && !verbal_conflict && self.is_habit(sentence, frame.predicate) {
            return true;
        }
        if usual {
            return !verbal_conflict
                && !frame.object.is_empty()
                && frame.object.iter().all(|&w| self.is_any(sentence, w));
        }
        if !simple {
            return false;
        }
        if token.relation == Relation::AclRelcl
            && let Some(head) = token.head
        {
            let between = head.min(frame.predicate)..head.max(frame.predicate);
            let set_off = between.clone().any(|w| sentence.tokens[w as usize].lemma == ",");
            let name = sentence.tokens[head as usize].upos == Upos::Propn;
            return !set_off && !name && frame.subject.contains(&head);
        }
        !verbal_conflict
            && !frame.subject.is_empty()
            && frame.subject.iter().all(|&w| self.is_any(sentence, w))
    }

    /// Whether a verb has an adverb of what is usual, or a time that comes again: "often", "every month".
    fn is_habit(self, sentence: &Sentence, verb: u32) -> bool {
        let gates = &self.read.doc.codebook.gates;
        let lemma = |word: u32| sentence.tokens[word as usize].lemma.as_str();
        // A bare "every month" is a time; "every minister" is a subject or an object, or has a preposition.
        let recurs = |c: u32| {
            let placed = matches!(
                sentence.tokens[c as usize].relation,
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj
            );
            !placed
                && sentence.children_as(c, Relation::Case).next().is_none()
                && sentence.children_as(c, Relation::Det).any(|d| matches!(lemma(d), "each" | "every"))
        };
        let things =
            || sentence.children(verb).filter(|&c| sentence.tokens[c as usize].relation == Relation::Obj);
        sentence.children(verb).any(|c| {
            (sentence.tokens[c as usize].relation == Relation::Advmod && gates.is_habitual(lemma(c)))
                || recurs(c)
        }) || things().any(|thing| sentence.children(thing).any(recurs))
    }

    /// Whether a noun stands for all of its kind: a plural without anything beside it.
    fn is_any(self, sentence: &Sentence, noun: u32) -> bool {
        let token = &sentence.tokens[noun as usize];
        token.upos == Upos::Noun
            && token.xpos == Xpos::Nns
            && sentence.children(noun).all(|c| {
                matches!(
                    sentence.tokens[c as usize].relation,
                    Relation::Punct | Relation::Conj | Relation::Cc
                )
            })
    }

    fn is_headline(self, frame: &Frame) -> bool {
        let doc = self.read.doc;
        let Some(first) = doc.sentence(frame.at()).tokens.first() else { return false };
        let above =
            |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Standfirst | BlockKind::Heading);
        doc.article
            .blocks
            .iter()
            .any(|b| above(b.kind) && b.span.start <= first.span.start && first.span.end <= b.span.end)
    }

    /// "the bill would give": what a text or a plan would do is what it says; but "the plan would put lives at risk" blames
    /// those who made it.
    pub(super) fn is_of_a_document(self, event: &CodedEvent, frame: &Frame) -> bool {
        let sentence = frame.sentence;
        let verbal_conflict = self.read.doc.codebook.ontology.get(event.kind).quad == 3;
        if verbal_conflict && !event.recipients.is_empty() && event.attributed_to.is_some() {
            return false;
        }
        // "the proposal increases the fines" tells what it says, as "the proposal would increase" does.
        let verb = frame.carrier.unwrap_or(frame.predicate);
        let token = self.read.doc.token(At { sentence, token: verb });
        let tree = self.read.doc.sentence(frame.at());
        let present = matches!(token.xpos, Xpos::Vbz | Xpos::Vbp)
            && tree.children_as(verb, Relation::Aux).next().is_none();
        // "the rules require that cases be kept secret": what holds for all is asked of nobody.
        let requires = token.lemma == "require";
        let says = frame.mood != Mood::Real || (present && (!verbal_conflict || requires));
        let document = |&token: &u32| {
            let there = At { sentence, token };
            self.read.parties.named(there).is_none()
                && self.read.doc.codebook.gates.is_document(&self.read.doc.token(there).lemma.to_lowercase())
        };
        (frame.kind == FrameKind::Clause || frame.carrier.is_some())
            && says
            && !frame.subject.is_empty()
            && frame.subject.iter().all(document)
    }

    /// Whether a clause tells which of its kind is meant, and none in particular is: "any aid sent to the rebels".
    pub(super) fn is_of_whoever(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let mut token = &sentence.tokens[frame.predicate as usize];
        // "the strategy for any war with Iraq"
        let any = |d: u32| sentence.tokens[d as usize].lemma == "any";
        if frame.kind == FrameKind::Noun && sentence.children_as(frame.predicate, Relation::Det).any(any) {
            return true;
        }
        // "all who came to ask for asylum"
        while token.relation == Relation::Xcomp
            && let Some(above) = token.head
        {
            token = &sentence.tokens[above as usize];
        }
        let whoever = |noun: u32| {
            let gates = &self.read.doc.codebook.gates;
            // "all guerrillas who surrendered", whoever they are; but "all ten guerrillas" are known.
            let all = |d: u32| sentence.tokens[d as usize].lemma == "all";
            let counted = sentence.children_as(noun, Relation::Nummod).next().is_some();
            (token.relation == Relation::AclRelcl
                && !counted
                && sentence.children_as(noun, Relation::Det).any(all))
                || gates.is_whoever(&sentence.tokens[noun as usize].lemma)
                || sentence
                    .children_as(noun, Relation::Det)
                    .any(|d| gates.is_whoever(&sentence.tokens[d as usize].lemma))
        };
        matches!(token.relation, Relation::Acl | Relation::AclRelcl) && token.head.is_some_and(whoever)
    }

    /// Whether a clause only says who is counted: "the number of people who have died".
    pub(super) fn is_tally(self, frame: &Frame) -> bool {
        let sentence = self.read.doc.sentence(frame.at());
        let token = |word: u32| &sentence.tokens[word as usize];
        let tally = |word: u32| self.read.doc.codebook.gates.is_tally(&token(word).lemma);
        let Some(head) = token(frame.predicate).head else { return false };
        matches!(token(frame.predicate).relation, Relation::Acl | Relation::AclRelcl)
            && (tally(head)
                || (token(head).relation == Relation::Nmod && token(head).head.is_some_and(tally)))
    }
}
