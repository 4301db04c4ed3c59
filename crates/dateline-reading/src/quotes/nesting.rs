//! Words of somebody inside the words of somebody else: "officials said that the rebels had denied the attack".

use super::QuoteMention;
use crate::document::Document;
use dateline_syntax::Upos;

/// Tells of every quote which other it stands within, the narrowest, and drops those that add nobody: whoever says that
/// he hopes or doubts something has said so himself.
pub(super) fn nest(doc: &Document<'_>, list: Vec<QuoteMention>) -> Vec<QuoteMention> {
    let outer: Vec<Option<usize>> = (0..list.len()).map(|at| outer(&list, at)).collect();
    let mut keep = vec![true; list.len()];
    // From the outside in, as the list is in order of text and an outer quote may itself be dropped.
    for (at, quote) in list.iter().enumerate() {
        if let Some(above) = outer.get(at).copied().flatten().and_then(|o| list.get(o))
            && let Some(slot) = keep.get_mut(at)
        {
            *slot = adds_a_speaker(doc, quote, above);
        }
    }
    let kept = |at: usize| keep.get(at).copied().unwrap_or_default();
    let mut place: Vec<Option<usize>> = Vec::with_capacity(list.len());
    let mut next = 0;
    for at in 0..list.len() {
        place.push(kept(at).then_some(next));
        next += usize::from(kept(at));
    }
    let new_place = |at: usize| place.get(at).copied().flatten();
    let within = |mut at: usize| {
        for _ in 0..list.len() {
            at = outer.get(at).copied().flatten()?;
            if let Some(found) = new_place(at) {
                return Some(found);
            }
        }
        None
    };
    let mut nested = Vec::with_capacity(next);
    for (at, quote) in list.iter().enumerate().filter(|(at, _)| kept(*at)) {
        let mut quote = quote.clone();
        quote.within = within(at);
        quote.continues = quote.continues.and_then(new_place);
        nested.push(quote);
    }
    nested
}

/// The narrowest quote that holds another's cue among its words.
fn outer(list: &[QuoteMention], at: usize) -> Option<usize> {
    let cue = list.get(at)?.cue?;
    let holds = |q: &QuoteMention| q.cue != Some(cue) && q.parts.iter().any(|p| p.contains(cue));
    let others = list.iter().enumerate().filter(|(i, q)| *i != at && holds(q));
    others.min_by_key(|(_, q)| q.span.len()).map(|(i, _)| i)
}

/// Whether a quote within another is somebody else's saying.
fn adds_a_speaker(doc: &Document<'_>, inner: &QuoteMention, outer: &QuoteMention) -> bool {
    let Some(speaker) = inner.speaker_at.filter(|_| inner.class.is_speech()) else { return false };
    if inner.speaker_at == outer.speaker_at {
        return false;
    }
    match (inner.speaker, outer.speaker) {
        (Some(a), Some(b)) => a != b,
        // Whom a pronoun stands for is not known: most often whoever speaks.
        _ => doc.token(speaker).upos != Upos::Pron,
    }
}
