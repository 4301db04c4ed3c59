//! Verbs of saying, thinking and wanting.

use super::content::{Content, content};
use super::cues::{Cue, Finder, known};
use super::phrases::clause_of;
use crate::document::At;
use crate::frames::{Frame, Mood};
use crate::noun_phrase::{lemma, preposition, token};
use dateline_codebook::{CueClass, CuePart};
use dateline_syntax::{Relation, Sentence, Upos, Xpos};

/// What a verb reports, if it is one that reports.
pub(super) fn verb(finder: &Finder<'_>, sentence: &Sentence, at: At) -> Option<Cue> {
    let word = known(finder.doc, sentence, CuePart::Verb, at.token)?;
    let own = token(sentence, at.token)?;
    // "the opposing party", "a widely criticised plan" tell nothing of anybody in particular.
    if matches!(
        own.relation,
        Relation::Amod | Relation::Compound | Relation::Case | Relation::Mark | Relation::Fixed
    ) {
        return None;
    }
    let frame = finder.frames.at(at);
    let passive = is_passive(sentence, at.token);
    let mut found = content(sentence, at.token, &word.takes, passive);
    let inverted = is_inverted(sentence, at.token);
    let speaker =
        if inverted { Some(at.token + 1) } else { speaker(finder, sentence, at.token, frame, passive) };
    let speaker = speaker.filter(|_| !word.takes.subject);
    let mut without: Vec<u32> = Vec::new();
    if !word.takes.subject && !passive {
        without.extend(sentence.children_as(at.token, Relation::Nsubj));
    }
    if word.takes.clause && (found.is_empty() || inverted) {
        if let Some(around) = around(sentence, at.token) {
            (found, without) = around;
        } else if inverted {
            found = Content::default();
        }
    }
    // "the plan, criticised by rights groups": what is spoken of stands before the verb.
    if found.is_empty() && passive && word.takes.object && own.relation == Relation::Acl {
        without.push(at.token);
        found.heads.extend(own.head);
    }
    let impersonal =
        passive || word.takes.subject || sentence.children_as(at.token, Relation::Expl).next().is_some();
    // What somebody unnamed thinks of it is no news of anybody.
    let known = speaker.is_some() || (impersonal && word.class != CueClass::Judgement);
    // "The names were not disclosed" tells what was done and not what was said.
    let known = known || (found.clause && word.class.is_speech());
    let known = known && (speaker.is_some() || found.clause || word.class != CueClass::Statement);
    let spans =
        if known { finder.spans(sentence, &found, &without, (at.token, at.token + 1)) } else { Vec::new() };
    let speech = word.class.is_speech() && word.class != CueClass::Topic;
    let at_word = |token: u32| At { sentence: at.sentence, token };
    Some(Cue {
        at,
        span: own.span,
        class: word.class,
        speaker: speaker.map(at_word),
        addressee: addressee(sentence, at.token, word, &found, passive).map(at_word),
        relies_on: relies_on(sentence, at.token, speaker).map(at_word),
        adjunct: false,
        quoting: speech && (word.takes.clause || word.class == CueClass::Judgement),
        told: frame.is_none_or(|f| !f.negated && f.mood == Mood::Real),
        head: found.head(sentence),
        content: if frame.is_some_and(|f| f.mood == Mood::Hypothetical && !f.negated) {
            Vec::new()
        } else {
            spans
        },
    })
}

fn is_passive(sentence: &Sentence, verb: u32) -> bool {
    let participle = token(sentence, verb).is_some_and(|t| {
        t.xpos == Xpos::Vbn
            && matches!(t.relation, Relation::Acl | Relation::Advcl)
            && sentence.children_as(verb, Relation::Aux).next().is_none()
            && sentence.children_as(verb, Relation::Nsubj).next().is_none()
    });
    participle
        || sentence.children(verb).any(|c| {
            token(sentence, c).is_some_and(|t| {
                matches!(t.relation, Relation::AuxPass | Relation::NsubjPass | Relation::CsubjPass)
            })
        })
}

/// Who says it: the verb's subject or agent, one that it shares with another verb, or the noun beside it.
fn speaker(
    finder: &Finder<'_>,
    sentence: &Sentence,
    verb: u32,
    frame: Option<&Frame>,
    passive: bool,
) -> Option<u32> {
    let can = |w: &u32| finder.can_speak(sentence, verb, *w);
    if passive {
        let agent = |c: &u32| preposition(sentence, *c).is_some_and(|p| lemma(sentence, p) == "by");
        let own = sentence.children(verb).find(agent).filter(|c| can(c));
        return own;
    }
    let own = sentence.children_as(verb, Relation::Nsubj).find(can);
    let own = own.or_else(|| frame.and_then(|f| f.subject.iter().copied().find(can)));
    own.or_else(|| beside(sentence, verb).filter(can)).or_else(|| above(sentence, verb).filter(can))
}

/// Whose doing it is to say something: "took pains to stress that", "left the talks complaining that".
fn above(sentence: &Sentence, verb: u32) -> Option<u32> {
    let mut at = verb;
    for _ in 0..sentence.tokens.len() {
        let here = token(sentence, at)?;
        let bare = sentence.children_as(at, Relation::Aux).next().is_none();
        let unfinished = bare
            && matches!(here.xpos, Xpos::Vb | Xpos::Vbg)
            && matches!(here.relation, Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Conj);
        let head = here.head.filter(|_| unfinished)?;
        if let Some(subject) = sentence.children_as(head, Relation::Nsubj).next() {
            return Some(subject);
        }
        at = head;
    }
    None
}

/// The noun right before a verb that ends its clause, or right after one: "the governor said.", "said Anna Berg".
fn beside(sentence: &Sentence, verb: u32) -> Option<u32> {
    let nominal = |w: u32| {
        let token = token(sentence, w)?;
        matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron).then_some(w)
    };
    let punct = |w: Option<u32>| w.and_then(|w| token(sentence, w)).is_none_or(|t| t.upos == Upos::Punct);
    let before = verb.checked_sub(1).and_then(nominal).filter(|_| punct(Some(verb + 1)));
    before.or_else(|| nominal(verb + 1).filter(|_| punct(verb.checked_sub(1))))
}

/// "…, predicted Anna Berg": what reads like an object is the speaker.
fn is_inverted(sentence: &Sentence, verb: u32) -> bool {
    let Some(own) = token(sentence, verb) else { return false };
    let finite = matches!(own.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
    let comma = verb.checked_sub(1).and_then(|b| token(sentence, b)).is_some_and(|t| t.upos == Upos::Punct);
    let mut parts = sentence.children(verb).filter_map(|c| token(sentence, c).map(|t| (c, t.relation)));
    let clean = parts.all(|(c, relation)| match relation {
        Relation::Nsubj
        | Relation::NsubjPass
        | Relation::Aux
        | Relation::AuxPass
        | Relation::Mark
        | Relation::Ccomp => false,
        Relation::Obj => c == verb + 1 || sentence.subtree(c).0 == verb + 1,
        _ => true,
    });
    let next = token(sentence, verb + 1)
        .is_some_and(|t| t.upos == Upos::Propn && t.relation == Relation::Obj && t.head == Some(verb));
    finite && comma && clean && next
}

/// "Rebels took the town, officials said", "as he noted": the clause that the verb's own is put into.
fn around(sentence: &Sentence, verb: u32) -> Option<(Content, Vec<u32>)> {
    let own = token(sentence, verb)?;
    let head = own.head?;
    let comma = verb.checked_sub(1).and_then(|b| token(sentence, b)).is_some_and(|t| t.upos == Upos::Punct);
    // "as he noted", not "as the rebels continue to advance".
    let takes_clause = sentence
        .children(verb)
        .any(|c| token(sentence, c).is_some_and(|t| matches!(t.relation, Relation::Xcomp | Relation::Ccomp)));
    let as_told =
        !takes_clause && sentence.children_as(verb, Relation::Mark).any(|m| lemma(sentence, m) == "as");
    let within = match own.relation {
        Relation::Parataxis | Relation::Discourse => true,
        Relation::Appos | Relation::Dep => true,
        Relation::Advcl => {
            as_told
                || (comma
                    && own.xpos != Xpos::Vbg
                    && sentence.children_as(verb, Relation::Mark).next().is_none())
        }
        _ => false,
    };
    within.then_some(())?;
    Some((Content { heads: vec![clause_of(sentence, head)], clause: true }, vec![verb]))
}

/// Whom it is told: "told reporters that", "said to the envoy", "urged rebels to leave".
fn addressee(
    sentence: &Sentence,
    verb: u32,
    word: &dateline_codebook::CueWord,
    found: &Content,
    passive: bool,
) -> Option<u32> {
    let asked = matches!(word.class, CueClass::Demand | CueClass::Question) && found.clause;
    let object = |c: &u32| {
        token(sentence, *c).is_some_and(|t| match t.relation {
            Relation::Obj => word.takes.person || asked,
            Relation::NsubjPass => passive && (word.takes.person || asked),
            Relation::Iobj => true,
            _ => false,
        })
    };
    let to = |c: &u32| {
        let oblique =
            token(sentence, *c).is_some_and(|t| t.relation == Relation::Obl && t.upos != Upos::Verb);
        oblique
            && !found.heads.contains(c)
            && word.class.is_speech()
            && preposition(sentence, *c).is_some_and(|p| matches!(lemma(sentence, p), "to"))
    };
    sentence.children(verb).find(object).or_else(|| sentence.children(verb).find(to))
}

/// Whom the speaker has it from: "officials, citing survivors, said".
fn relies_on(sentence: &Sentence, verb: u32, speaker: Option<u32>) -> Option<u32> {
    let citing = |c: &u32| {
        token(sentence, *c).is_some_and(|t| {
            t.xpos == Xpos::Vbg
                && matches!(t.relation, Relation::Advcl | Relation::Acl)
                && matches!(&*t.lemma, "cite" | "quote")
        })
    };
    let below = sentence.children(verb).find(citing);
    let citing = below.or_else(|| sentence.children(speaker?).find(citing))?;
    sentence.children_as(citing, Relation::Obj).next()
}
