//! What was said, thought or wanted, in whose words, by whom.

mod content;
mod cues;
mod fragment;
mod marks;
mod nesting;
mod nouns;
mod phrases;
mod speakers;
mod verbs;

use crate::document::{At, Document};
use crate::frames::Frames;
use crate::reading::{EntityId, Quote, QuoteClass, QuoteId, QuoteKind};
use cues::Cue;
use dateline_codebook::CueClass;
use dateline_text::{CharOffsets, Span};
use marks::Marked;
use speakers::{Said, Speakers};

/// The quotes of a document, in order of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Quotes {
    pub(crate) list: Vec<QuoteMention>,
}

/// One quote.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QuoteMention {
    /// The words, without quotation marks around all of them; from the first to the last where they are interrupted.
    pub(crate) span: Span,
    /// The stretches that they stand in; one, unless their cue interrupts them.
    pub(crate) parts: Vec<Span>,
    /// What of them stands between quotation marks.
    pub(crate) verbatim: Vec<Span>,
    pub(crate) kind: QuoteKind,
    pub(crate) class: QuoteClass,
    /// Whether the saying is told as a fact: neither denied nor yet to come.
    pub(crate) told: bool,
    /// Head word of whoever says it.
    pub(crate) speaker_at: Option<At>,
    pub(crate) speaker: Option<EntityId>,
    pub(crate) addressee: Option<EntityId>,
    /// Whom the speaker has it from.
    pub(crate) relies_on: Option<EntityId>,
    /// The word that reports it; `None` where the speaker is carried over from another quote.
    pub(crate) cue: Option<Span>,
    /// The quote, by its position, that this one goes on from: the same cue reports both.
    pub(crate) continues: Option<usize>,
    /// The quote, by its position, whose words hold this one's cue: somebody's saying in somebody else's words.
    pub(crate) within: Option<usize>,
    /// First sentence, and one past the last sentence, that the words touch.
    pub(crate) sentences: (u32, u32),
}

impl Quotes {
    /// Finds the quotes of a document. `whom` tells which entity a word stands for.
    pub(crate) fn read(doc: &Document<'_>, frames: &Frames, whom: &dyn Fn(At) -> Option<EntityId>) -> Self {
        let report = doc.article.blocks.iter().filter(|b| b.kind.is_report());
        let blocks: Vec<Span> = report.map(|b| b.span).collect();
        let marked = marks::marked(doc.text(), &blocks);
        let cues = cues::cues(doc, frames, &marked);
        let said = Speakers { doc, marked: &marked, cues: &cues }.find();
        Builder { doc, marked: &marked, cues: &cues, said: &said, whom, list: Vec::new() }.build()
    }

    /// The quotes as readings print them.
    pub(crate) fn records(&self, offsets: &CharOffsets) -> Vec<Quote> {
        let chars = |spans: &[Span]| spans.iter().map(|&s| offsets.chars(s)).collect::<Vec<_>>();
        let record = |(i, q): (usize, &QuoteMention)| Quote {
            id: QuoteId(i as u32),
            span: offsets.chars(q.span),
            parts: if q.parts.len() > 1 { chars(&q.parts) } else { Vec::new() },
            verbatim: if q.kind == QuoteKind::Mixed { chars(&q.verbatim) } else { Vec::new() },
            kind: q.kind,
            class: q.class,
            told: q.told,
            speaker: q.speaker,
            addressee: q.addressee,
            relies_on: q.relies_on,
            cue: q.cue.map(|c| offsets.chars(c)),
            continues: q.continues.map(|c| QuoteId(c as u32)),
            within: q.within.map(|w| QuoteId(w as u32)),
        };
        self.list.iter().enumerate().map(record).collect()
    }

    /// The quote that reports these words as said by somebody: the narrowest.
    pub(crate) fn saying(&self, span: Span) -> Option<&QuoteMention> {
        let says = |q: &&QuoteMention| {
            q.told
                && q.speaker.is_some()
                && (q.kind != QuoteKind::Indirect || q.class.is_said())
                && q.parts.iter().any(|p| p.contains(span))
        };
        self.list.iter().filter(says).min_by_key(|q| q.span.len())
    }
}

impl QuoteClass {
    /// Whether somebody speaks: what he wishes, thinks of others or only mentions is none.
    pub fn is_speech(self) -> bool {
        matches!(self, Self::Statement | Self::Question | Self::Demand | Self::Promise | Self::Denial)
    }

    /// Whether the content is told by the speaker as so, and not wished, judged or only named.
    pub(crate) fn is_said(self) -> bool {
        matches!(self, Self::Statement | Self::Promise | Self::Denial | Self::Belief)
    }
}

/// Makes quotes of marked words and of what cues report.
struct Builder<'a> {
    doc: &'a Document<'a>,
    marked: &'a [Marked],
    cues: &'a [Cue],
    said: &'a [Option<Said>],
    whom: &'a dyn Fn(At) -> Option<EntityId>,
    list: Vec<QuoteMention>,
}

impl Builder<'_> {
    fn build(mut self) -> Quotes {
        let mut worked_in = vec![false; self.marked.len()];
        // Where what a cue reports stands in the list, and where each marked stretch does.
        let mut reported: Vec<Option<usize>> = Vec::with_capacity(self.cues.len());
        for cue in self.cues {
            let before = self.list.len();
            self.reported(cue, &mut worked_in);
            reported.push((self.list.len() > before).then_some(before));
        }
        let mut place: Vec<Option<usize>> = vec![None; self.marked.len()];
        for (at, (marked, said)) in self.marked.iter().zip(self.said).enumerate() {
            let Some(said) = said.as_ref().filter(|_| !worked_in.get(at).copied().unwrap_or_default()) else {
                continue;
            };
            let next = self.list.len();
            let cue = said.cue.and_then(|c| self.cues.get(c));
            let from_marked = said.continues.and_then(|from| place.get(from).copied().flatten());
            let by_cue = said.cue.or(said.carried_from).and_then(|c| reported.get(c).copied().flatten());
            let earlier = |&i: &usize| self.list.get(i).is_some_and(|q| q.span.start < marked.inner.start);
            let continues = from_marked.or(by_cue.filter(earlier));
            // Words of the same cue that come later go on from these.
            if continues.is_none()
                && let Some(later) = by_cue
                && let Some(slot) = self.list.get_mut(later)
                && slot.continues.is_none()
                && said.cue.is_some()
            {
                slot.continues = Some(next);
            }
            if let Some(slot) = place.get_mut(at) {
                *slot = Some(next);
            }
            let words = match (said.kind, cue) {
                (QuoteKind::Mixed, Some(cue)) => fragment::around(self.doc, marked, cue),
                _ => marked.inner,
            };
            let mut quote = self.mention(vec![words], said.kind, cue, said.speaker);
            quote.continues = continues;
            quote.verbatim.push(marked.inner);
            self.list.push(quote);
        }
        self.nested();
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|&i| self.list.get(i).map(|q| (q.span.start, q.span.end, q.kind)));
        let mut moved = vec![0; order.len()];
        for (to, &from) in order.iter().enumerate() {
            if let Some(slot) = moved.get_mut(from) {
                *slot = to;
            }
        }
        let mut list: Vec<QuoteMention> = order.iter().filter_map(|&i| self.list.get(i).cloned()).collect();
        for quote in &mut list {
            quote.continues = quote.continues.and_then(|c| moved.get(c).copied());
        }
        Quotes { list: nesting::nest(self.doc, list) }
    }

    /// What somebody quotes of somebody else: "“The envoy told me, ‘We will stay,’” she said."
    fn nested(&mut self) {
        for outer in self.marked {
            for inner in marks::nested(self.doc.text(), outer) {
                let told = |c: &&Cue| {
                    c.quoting
                        && c.speaker.is_some()
                        && outer.inner.contains(c.span)
                        && !inner.outer.overlaps(c.span)
                };
                let gap = |c: &&Cue| match c.span.end <= inner.outer.start {
                    true => Span { start: c.span.end, end: inner.outer.start },
                    false => Span { start: inner.outer.end, end: c.span.start },
                };
                let beside = |c: &&Cue| {
                    let between = gap(c).of(self.doc.text());
                    between.split_whitespace().count() <= 4 && !between.contains(". ")
                };
                let near = self.cues.iter().filter(|c| told(c) && beside(c)).min_by_key(|c| gap(c).len());
                if let Some(cue) = near {
                    let mut quote =
                        self.mention(vec![inner.inner], QuoteKind::Direct, Some(cue), cue.speaker);
                    quote.verbatim.push(inner.inner);
                    self.list.push(quote);
                }
            }
        }
    }

    /// What a cue reports in the reporter's words, or in his and the speaker's.
    fn reported(&mut self, cue: &Cue, worked_in: &mut [bool]) {
        let (Some(first), Some(last)) = (cue.content.first(), cue.content.last()) else { return };
        let whole = first.cover(*last);
        // "As the vote began, she said “We have won,” while others waited": what is said stands between the marks.
        let said =
            cue.head.and_then(|head| marks::holding(self.marked, head)).and_then(|at| self.said.get(at));
        if said.and_then(Option::as_ref).is_some_and(|s| s.kind == QuoteKind::Direct) {
            return;
        }
        let inside = |span: Span| cue.content.iter().any(|part| part.overlaps(span));
        // A cue between quotation marks is itself part of what is said.
        if marks::holding(self.marked, cue.span).is_some() {
            return;
        }
        let from = self.marked.partition_point(|m| m.inner.end <= whole.start);
        let (mut verbatim, mut direct) = (Vec::new(), 0);
        let mut parts = cue.content.clone();
        for (at, marked) in
            self.marked.iter().enumerate().skip(from).take_while(|(_, m)| m.inner.start < whole.end)
        {
            if !inside(marked.inner) {
                continue;
            }
            let kind = self.said.get(at).and_then(|s| s.as_ref()).map(|s| s.kind);
            if kind == Some(QuoteKind::Direct) {
                direct += parts.iter().map(|&p| overlap(p, marked.inner)).sum::<usize>();
                continue;
            }
            verbatim.push((at, marked.inner));
            // A quotation that the tree cuts short is still quoted to its end, mark and all.
            for part in &mut parts {
                let cut =
                    marked.inner.start < part.end && part.end < marked.outer.end && marked.outer.len() < 600;
                if part.overlaps(marked.inner) && (cut || part.start == marked.inner.start) {
                    *part = part.cover(marked.outer);
                }
            }
        }
        // What the marks hold is there already.
        let length: usize = parts.iter().map(|p| p.len()).sum();
        if direct * 2 >= length || length == 0 {
            return;
        }
        for (at, _) in &verbatim {
            if let Some(slot) = worked_in.get_mut(*at) {
                *slot = true;
            }
        }
        let kind = if verbatim.is_empty() { QuoteKind::Indirect } else { QuoteKind::Mixed };
        let mut quote = self.mention(parts, kind, Some(cue), cue.speaker);
        quote.verbatim = verbatim.into_iter().map(|(_, span)| span).collect();
        self.list.push(quote);
    }

    fn mention(
        &self,
        parts: Vec<Span>,
        kind: QuoteKind,
        cue: Option<&Cue>,
        speaker_at: Option<At>,
    ) -> QuoteMention {
        let span = parts.iter().copied().reduce(Span::cover).unwrap_or_default();
        let first = self.doc.sentences.partition_point(|s| s.span.end <= span.start);
        let end = self.doc.sentences.partition_point(|s| s.span.start < span.end);
        let whom = |at: Option<At>| at.and_then(self.whom);
        QuoteMention {
            span,
            parts,
            verbatim: Vec::new(),
            kind,
            class: cue.map_or(QuoteClass::Statement, |c| class_of(c.class)),
            told: cue.is_none_or(|c| c.told),
            speaker_at,
            speaker: whom(speaker_at),
            addressee: whom(cue.and_then(|c| c.addressee)),
            relies_on: whom(cue.and_then(|c| c.relies_on)),
            cue: cue.map(|c| c.span),
            continues: None,
            within: None,
            sentences: (first as u32, end.max(first) as u32),
        }
    }
}

fn class_of(class: CueClass) -> QuoteClass {
    match class {
        CueClass::Statement => QuoteClass::Statement,
        CueClass::Question => QuoteClass::Question,
        CueClass::Demand => QuoteClass::Demand,
        CueClass::Promise => QuoteClass::Promise,
        CueClass::Denial => QuoteClass::Denial,
        CueClass::Judgement => QuoteClass::Judgement,
        CueClass::Topic => QuoteClass::Topic,
        CueClass::Belief => QuoteClass::Belief,
        CueClass::Wish => QuoteClass::Wish,
        CueClass::Doubt => QuoteClass::Doubt,
    }
}

fn overlap(a: Span, b: Span) -> usize {
    (a.end.min(b.end).saturating_sub(a.start.max(b.start))) as usize
}

#[cfg(test)]
mod tests;
