//! The phrase that a quoted fragment is worked into: "called it a “new low” for the valley".

use super::cues::Cue;
use super::marks::Marked;
use crate::document::Document;
use crate::noun_phrase::{head_of, is_nominal, token};
use dateline_syntax::{Relation, Upos};
use dateline_text::Span;

/// How much longer, in bytes, than the fragment the phrase around it may be.
const LONGEST: u32 = 240;

/// The words of a fragment with the rest of the phrase or clause that it is part of, where the cue stands outside it.
pub(super) fn around(doc: &Document<'_>, marked: &Marked, cue: &Cue) -> Span {
    let own = marked.inner;
    let Some(sentence) = doc.sentences.get(cue.at.sentence as usize).filter(|s| s.span.overlaps(own)) else {
        return own;
    };
    let first = sentence.tokens.partition_point(|t| t.span.end <= own.start) as u32;
    let end = sentence.tokens.partition_point(|t| t.span.start < own.end) as u32;
    if first >= end {
        return own;
    }
    let mut top = head_of(sentence, first, end);
    for _ in 0..sentence.tokens.len() {
        let Some(here) = token(sentence, top) else { break };
        let part = matches!(
            here.relation,
            Relation::Amod | Relation::Compound | Relation::Nummod | Relation::NmodPoss | Relation::Flat
        );
        match here.head {
            Some(head) if part && head != cue.at.token && token(sentence, head).is_some_and(is_nominal) => {
                top = head
            }
            _ => break,
        }
    }
    let (mut from, mut to) = sentence.subtree(top);
    let inside = |w: u32| from <= w && w < to;
    let speaker = cue.speaker.filter(|s| s.sentence == cue.at.sentence);
    if inside(cue.at.token) || speaker.is_some_and(|s| inside(s.token)) {
        return own;
    }
    // "for", marks and commas at its edges belong to what it hangs on.
    let edge = |w: u32| {
        token(sentence, w)
            .is_some_and(|t| t.upos == Upos::Punct || (t.relation == Relation::Case && t.head == Some(top)))
    };
    while from < first && edge(from) {
        from += 1;
    }
    while to > end && edge(to - 1) {
        to -= 1;
    }
    let whole = sentence.span_of(from.min(first), to.max(end)).cover(own);
    // With a mark at the edge, the other mark too.
    let whole = if whole == own { own } else { whole.cover(marked.outer) };
    if whole.len() > own.len() + LONGEST as usize { own } else { whole }
}
