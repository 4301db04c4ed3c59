//! What was said, in whose words, by whom.

mod cues;
mod indirect;
mod marks;
mod speakers;

use crate::document::{At, Document};
use crate::frames::Frames;
use crate::reading::{EntityId, Quote, QuoteId, QuoteKind};
use dateline_text::{CharOffsets, Span};
use speakers::Speakers;

/// The quotes of a document, in order of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Quotes {
    pub(crate) list: Vec<QuoteMention>,
}

/// One quote.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QuoteMention {
    /// The words, without quotation marks.
    pub(crate) span: Span,
    pub(crate) kind: QuoteKind,
    /// Head word of whoever says it.
    pub(crate) speaker_at: Option<At>,
    pub(crate) speaker: Option<EntityId>,
    /// The word that reports it; `None` where the speaker is carried over from another quote.
    pub(crate) cue: Option<Span>,
    pub(crate) cue_at: Option<At>,
    /// First sentence, and one past the last sentence, that the words touch.
    pub(crate) sentences: (u32, u32),
}

impl Quotes {
    /// Finds the quotes of a document. `speaker` tells which entity a word stands for.
    pub(crate) fn read(doc: &Document, frames: &Frames, speaker: &dyn Fn(At) -> Option<EntityId>) -> Self {
        let blocks: Vec<Span> = doc.article.blocks.iter().map(|b| b.span).collect();
        let marked = marks::marked(doc.text(), &blocks);
        let cues = cues::cues(doc, frames, &marked);
        let said = Speakers { doc, marked: &marked, cues: &cues }.find();
        let mut list = Vec::new();
        for (marked, said) in marked.iter().zip(&said) {
            let Some(said) = said else { continue };
            let cue = said.cue.and_then(|c| cues.get(c));
            list.push(mention(doc, marked.inner, said.kind, said.speaker, cue, speaker));
        }
        for cue in cues.iter().filter(|c| c.speaker.is_some()) {
            let Some(span) = indirect::content(doc, cue) else { continue };
            // What the marks hold is there already, and so is a cue inside them.
            let quoted: usize = list.iter().map(|q: &QuoteMention| overlap(q.span, span)).sum();
            let inside = marked.iter().any(|m| m.inner.overlaps(cue.span));
            let direct = list.iter().any(|q| q.kind == QuoteKind::Direct && q.span.overlaps(span));
            if inside || direct || quoted * 2 >= span.len() {
                continue;
            }
            list.push(mention(doc, span, QuoteKind::Indirect, cue.speaker, Some(cue), speaker));
        }
        list.sort_by_key(|q| (q.span.start, q.span.end, q.kind));
        Self { list }
    }

    /// The quotes as readings print them.
    pub(crate) fn records(&self, offsets: &CharOffsets) -> Vec<Quote> {
        let record = |(i, q): (usize, &QuoteMention)| Quote {
            id: QuoteId(i as u32),
            span: offsets.chars(q.span),
            kind: q.kind,
            speaker: q.speaker,
            cue: q.cue.map(|c| offsets.chars(c)),
        };
        self.list.iter().enumerate().map(record).collect()
    }
}

fn mention(
    doc: &Document,
    span: Span,
    kind: QuoteKind,
    speaker_at: Option<At>,
    cue: Option<&cues::CueWord>,
    speaker: &dyn Fn(At) -> Option<EntityId>,
) -> QuoteMention {
    let first = doc.sentences.partition_point(|s| s.span.end <= span.start);
    let end = doc.sentences.partition_point(|s| s.span.start < span.end);
    QuoteMention {
        span,
        kind,
        speaker_at,
        speaker: speaker_at.and_then(speaker),
        cue: cue.map(|c| c.span),
        cue_at: cue.map(|c| c.at),
        sentences: (first as u32, end.max(first) as u32),
    }
}

fn overlap(a: Span, b: Span) -> usize {
    (a.end.min(b.end).saturating_sub(a.start.max(b.start))) as usize
}

#[cfg(test)]
mod tests;
