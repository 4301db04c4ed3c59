//! Nouns and adjectives of saying, thinking and wanting: "the claim that", "critics of", "is confident that".

use super::content::content;
use super::cues::{Cue, Finder, known};
use crate::document::At;
use crate::frames::Mood;
use crate::noun_phrase::{lemma, preposition, token};
use dateline_codebook::{CueClass, CuePart, CueWord};
use dateline_syntax::{Relation, Sentence, Upos};

/// What a noun reports: "his claim that the town had fallen", "critics of the plan".
pub(super) fn noun(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let word = known(finder.doc, sentence, CuePart::Noun, at.token)?;
    let own = token(sentence, at.token)?;
    if own.relation == Relation::Compound {
        return None;
    }
    let found = content(sentence, at.token, &word.takes, false);
    if found.is_empty() {
        return None;
    }
    let can = |w: &u32| finder.can_speak(sentence, at.token, *w) && !found.heads.contains(w);
    // A critic speaks himself.
    let speaker = if word.takes.person { Some(at.token) } else { whose(finder, sentence, at).filter(can) };
    let speaker = speaker.or(None);
    cue(finder, sentence, at, word, speaker, &found)
}

/// Whose claim it is: the noun's possessor, whom it comes from, or the subject of the verb that it is the object of.
fn whose(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<u32> {
    let owner = sentence.children_as(at.token, Relation::NmodPoss).next();
    let from = |c: &u32| {
        preposition(sentence, *c).is_some_and(|p| matches!(lemma(sentence, p), "by" | "from" | "among"))
    };
    let owner = owner.or_else(|| sentence.children_as(at.token, Relation::Nmod).find(from));
    owner.or_else(|| {
        let own = token(sentence, at.token)?;
        let above =
            own.head.filter(|_| matches!(own.relation, Relation::Obj | Relation::Obl | Relation::Xcomp))?;
        let direct = sentence.children_as(above, Relation::Nsubj).next();
        direct.or_else(|| {
            finder.frames.at(At { sentence: at.sentence, token: above })?.subject.first().copied()
        })
    })
}

/// What an adjective reports: "is confident that", "a man critical of the war", "it was not clear whether".
pub(super) fn adjective(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let word = known(finder.doc, sentence, CuePart::Adjective, at.token)?;
    let own = token(sentence, at.token)?;
    let found = content(sentence, at.token, &word.takes, false);
    if found.is_empty() {
        return None;
    }
    let subject = sentence.children_as(at.token, Relation::Nsubj).next();
    let subject = subject.or_else(|| match own.relation {
        Relation::Xcomp | Relation::Conj => {
            let above = own.head?;
            sentence.children_as(above, Relation::Nsubj).next()
        }
        Relation::Amod | Relation::Acl | Relation::AclRelcl => own.head,
        _ => None,
    });
    let impersonal = |s: u32| {
        token(sentence, s)
            .is_none_or(|t| t.relation == Relation::Expl || matches!(&*t.lemma, "it" | "this" | "that"))
            || token(sentence, s).is_some_and(|t| t.upos == Upos::Sconj)
    };
    let speaker = subject.filter(|&s| !impersonal(s) && finder.can_speak(sentence, at.token, s));
    cue(finder, sentence, at, word, speaker, &found)
}

fn cue(
    finder: &Finder<'_>,
    sentence: &Sentence,
    at: At,
    word: &CueWord,
    speaker: Option<u32>,
    found: &super::content::Content,
) -> Option<Cue> {
    let frame = finder.frames.at(at);
    let without: Vec<u32> = speaker.into_iter().filter(|&s| s != at.token).collect();
    Some(Cue {
        at,
        span: token(sentence, at.token)?.span,
        class: word.class,
        speaker: speaker.map(|token| At { sentence: at.sentence, token }),
        addressee: None,
        relies_on: None,
        adjunct: false,
        quoting: false,
        told: frame.is_none_or(|f| !f.negated && f.mood == Mood::Real) || word.class == CueClass::Doubt,
        head: found.head(sentence),
        content: finder.spans(sentence, found, &without, (at.token, at.token + 1)),
    })
}
