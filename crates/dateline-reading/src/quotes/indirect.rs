//! What is reported in the reporter's own words.

use super::cues::CueWord;
use crate::document::Document;
use dateline_syntax::{Relation, Sentence, Upos, Xpos};
use dateline_text::Span;

/// The words that a cue reports without quoting them; `None` where it reports none.
pub(super) fn content(doc: &Document, cue: &CueWord) -> Option<Span> {
    let sentence = doc.sentences.get(cue.at.sentence as usize)?;
    cue.told.then_some(())?;
    let (first, end) = if cue.according { around_phrase(sentence, cue)? } else { under_verb(sentence, cue)? };
    let (first, end) = trimmed(doc, sentence, first, end);
    (first < end).then(|| sentence.span_of(first, end))
}

/// The clause that a verb of saying governs, or that its own clause is put into.
fn under_verb(sentence: &Sentence, cue: &CueWord) -> Option<(u32, u32)> {
    let verb = cue.at.token;
    let clause = sentence.children_as(verb, Relation::Ccomp).next();
    if let Some(clause) = clause {
        return Some(without(sentence.subtree(clause), verb));
    }
    // "vowed to act": the infinitive is what is vowed.
    let to = |c: &u32| {
        sentence.children(*c).any(|m| sentence.tokens.get(m as usize).is_some_and(|t| t.xpos == Xpos::To))
    };
    if let Some(clause) = sentence.children_as(verb, Relation::Xcomp).find(to) {
        return Some(without(sentence.subtree(clause), verb));
    }
    // "Rebels took the town, officials said."
    let token = sentence.tokens.get(verb as usize)?;
    let head = token.head.filter(|_| token.relation == Relation::Parataxis)?;
    let (first, end) = sentence.subtree(head);
    Some(beside((first, end), sentence.subtree(verb)))
}

/// The clause that "according to" hangs on.
fn around_phrase(sentence: &Sentence, cue: &CueWord) -> Option<(u32, u32)> {
    let speaker = cue.speaker?.token;
    let phrase = sentence.subtree(speaker);
    let (phrase_first, phrase_end) = (phrase.0.min(cue.at.token), phrase.1);
    let head = sentence.tokens.get(speaker as usize)?.head?;
    Some(beside(sentence.subtree(head), (phrase_first, phrase_end)))
}

/// A stretch without the word that stands at or in it: the longer side.
fn without(stretch: (u32, u32), word: u32) -> (u32, u32) {
    beside(stretch, (word, word + 1))
}

/// The longer part of a stretch that does not touch another; all of it where the other lies well inside.
fn beside((first, end): (u32, u32), (from, to): (u32, u32)) -> (u32, u32) {
    if to <= first || end <= from {
        return (first, end);
    }
    let (before, after) = (from.saturating_sub(first), end.saturating_sub(to));
    if before > 2 && after > 2 {
        return (first, end);
    }
    if before >= after { (first, from) } else { (to, end) }
}

/// Without commas, quotation marks and full stops at either end.
fn trimmed(doc: &Document, sentence: &Sentence, mut first: u32, mut end: u32) -> (u32, u32) {
    let mark = |w: u32| {
        sentence.tokens.get(w as usize).is_some_and(|t| {
            t.upos == Upos::Punct && !t.span.of(doc.text()).chars().any(char::is_alphanumeric)
        })
    };
    while first < end && mark(first) {
        first += 1;
    }
    while first < end && mark(end - 1) {
        end -= 1;
    }
    (first, end)
}
