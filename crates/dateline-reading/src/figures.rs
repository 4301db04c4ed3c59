//! Counts of the killed, injured, arrested and so on, and sums of money.

mod amount;
mod compared;
mod idioms;
mod kinds;
mod superseded;
mod tolls;

use crate::document::{At, Document};
use crate::frames::Frames;
use crate::reading::{Figure, FigureId, FigureKind, TimeId};
use crate::times::Times;
use amount::{Amount, Amounts};
use dateline_codebook::Phrases;
use dateline_text::{CharOffsets, Span};
use kinds::Kinds;

/// The figures that a document reports as facts, in order of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) list: Vec<FigureMention>,
}

/// One figure.
///
/// `best` is set where the words give one count: "12", "at least 12" (which has no `high`), "about 12" (neither `low`
/// nor `high`). "Up to 12" sets `high` alone, "10 to 15" `low` and `high`, "dozens" `low` alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FigureMention {
    /// Position of its sentence.
    pub(crate) sentence: u32,
    /// Head word of the number.
    pub(crate) token: u32,
    /// Bytes of the number words.
    pub(crate) span: Span,
    pub(crate) kind: FigureKind,
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
    /// Start of a running total: "since December".
    pub(crate) since: Option<TimeId>,
    /// Head word of what is counted, where it is named.
    pub(crate) counted_at: Option<At>,
    /// Whether the words call it a toll or total.
    pub(crate) total: bool,
    /// The later figure that takes its place.
    pub(crate) superseded_by: Option<FigureId>,
}

impl Figures {
    /// Finds the figures of a document.
    pub(crate) fn read(doc: &Document, times: &Times, frames: &Frames) -> Self {
        let none = Phrases::default();
        let numbers = doc.codebook.times.class("number_word").map_or(&none, |class| &class.phrases);
        let words = &doc.codebook.figures;
        let mut list = Vec::new();
        for (position, sentence) in doc.sentences.iter().enumerate() {
            let kinds = Kinds { doc, sentence, position: position as u32, frames, times };
            let from = list.len();
            for amount in (Amounts { words, numbers }).read(doc.text(), sentence.span) {
                let told = kinds.figure(&amount).or_else(|| {
                    let before: &FigureMention = list.get(from..)?.last()?;
                    kinds.compared(&amount, before)
                });
                list.extend(told);
            }
        }
        superseded::mark(doc, times, &mut list);
        Self { list }
    }

    /// The figures as readings print them.
    pub(crate) fn records(&self, doc: &Document, offsets: &CharOffsets) -> Vec<Figure> {
        let record = |(i, f): (usize, &FigureMention)| Figure {
            id: FigureId(i as u32),
            span: offsets.chars(f.span),
            kind: f.kind,
            low: f.low,
            best: f.best,
            high: f.high,
            since: f.since,
            counted: f.counted_at.map(|at| offsets.chars(doc.token(at).span)),
            superseded_by: f.superseded_by,
        };
        self.list.iter().enumerate().map(record).collect()
    }
}

#[cfg(test)]
mod tests;
