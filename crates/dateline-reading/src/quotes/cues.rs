use super::marks::Marked;
use crate::document::{At, Document};
use crate::frames::{Frames, Mood};
use compact_str::format_compact;
use dateline_syntax::{Relation, Sentence, Upos};
use dateline_text::Span;

/// A word that reports what someone said, and who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CueWord {
    pub(super) at: At,
    pub(super) span: Span,
    /// Head word of the speaker.
    pub(super) speaker: Option<At>,
    /// Whether it is "according to".
    pub(super) according: bool,
    /// Whether the saying itself is told as a fact: neither denied nor yet to come.
    pub(super) told: bool,
}

/// The words of a document that report speech, in order.
pub(super) fn cues(doc: &Document, frames: &Frames, marked: &[Marked]) -> Vec<CueWord> {
    let mut found = Vec::new();
    for (position, sentence) in doc.sentences.iter().enumerate() {
        for (word, token) in sentence.tokens.iter().enumerate() {
            let at = At::new(position, word as u32);
            let cue = match token.upos {
                Upos::Verb => verb(doc, frames, marked, sentence, at),
                _ if token.lemma == "according" || token.lemma == "accord" => according(sentence, at),
                _ => None,
            };
            found.extend(cue);
        }
    }
    found
}

fn verb(doc: &Document, frames: &Frames, marked: &[Marked], sentence: &Sentence, at: At) -> Option<CueWord> {
    let token = sentence.tokens.get(at.token as usize)?;
    if token.lemma == "accord" {
        return according(sentence, at);
    }
    let particle = sentence.children_as(at.token, Relation::CompoundPrt).next();
    let particle = particle.and_then(|p| sentence.tokens.get(p as usize));
    let reporting = &doc.codebook.reporting;
    let phrasal = particle.and_then(|p| reporting.cue(&format_compact!("{}_{}", token.lemma, p.lemma)));
    let known =
        phrasal.is_some() || reporting.cue(&token.lemma).is_some() || reporting.is_judging(&token.lemma);
    known.then_some(())?;
    let frame = frames.at(at);
    // Nobody speaks from within quotation marks of words outside them.
    let quoted = |span: Span| marked.iter().position(|m| m.inner.overlaps(span));
    let own = quoted(token.span);
    let can_speak = |w: &u32| {
        let speaker = sentence.tokens.get(*w as usize);
        *w != at.token && speaker.is_some_and(|t| t.relation != Relation::Expl && quoted(t.span) == own)
    };
    let subject = frame.and_then(|f| f.subject.iter().copied().find(can_speak));
    let subject = subject.or_else(|| sentence.children_as(at.token, Relation::Nsubj).find(can_speak));
    let subject = subject.or_else(|| beside(sentence, at.token).filter(can_speak));
    Some(CueWord {
        at,
        span: token.span,
        speaker: subject.map(|token| At { sentence: at.sentence, token }),
        according: false,
        told: frame.is_none_or(|f| !f.negated && f.mood == Mood::Real),
    })
}

/// The noun right before a verb that ends its clause, or right after one: "the governor said.", "said Anna Berg".
fn beside(sentence: &Sentence, verb: u32) -> Option<u32> {
    let nominal = |w: u32| {
        let token = sentence.tokens.get(w as usize)?;
        matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron).then_some(w)
    };
    let ends = sentence.tokens.get(verb as usize + 1).is_none_or(|t| t.upos == Upos::Punct);
    let before = verb.checked_sub(1).and_then(nominal).filter(|_| ends);
    before.or_else(|| {
        let after = nominal(verb + 1)?;
        let comma = verb
            .checked_sub(1)
            .and_then(|b| sentence.tokens.get(b as usize))
            .is_none_or(|t| t.upos == Upos::Punct);
        comma.then_some(after)
    })
}

/// "according to the ministry": the ministry governs "according", or hangs on it.
fn according(sentence: &Sentence, at: At) -> Option<CueWord> {
    let token = sentence.tokens.get(at.token as usize)?;
    let next = sentence.tokens.get(at.token as usize + 1).filter(|t| t.lemma == "to")?;
    let below = sentence.children_as(at.token, Relation::Obl).next();
    let above =
        token.head.filter(|_| matches!(token.relation, Relation::Case | Relation::Mark | Relation::Fixed));
    let speaker = below.or(above)?;
    Some(CueWord {
        at,
        span: token.span.cover(next.span),
        speaker: Some(At { sentence: at.sentence, token: speaker }),
        according: true,
        told: true,
    })
}
