use dateline::reading::{
    Entity, EntityId, Figure, FigureId, FigureKind, Place, PlaceId, Reading, Time, TimeId,
};
use dateline::{CharOffsets, CharSpan};
use std::ops::Range;

/// A reading with its text at hand: ids and spans become the things and words that they stand for.
pub(crate) struct View<'a> {
    pub(crate) reading: &'a Reading,
    offsets: CharOffsets,
}

impl<'a> View<'a> {
    pub(crate) fn new(reading: &'a Reading) -> Self {
        Self { reading, offsets: CharOffsets::new(&reading.article.text) }
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: CharSpan) -> &'a str {
        self.offsets.bytes(span).of(&self.reading.article.text)
    }

    /// The bytes of a span.
    pub(crate) fn bytes(&self, span: CharSpan) -> Range<usize> {
        self.offsets.bytes(span).range()
    }

    pub(crate) fn sentence(&self, at: u32) -> Option<CharSpan> {
        self.reading.sentences.get(at as usize).copied()
    }

    /// The sentence that holds the beginning of a span.
    pub(crate) fn sentence_around(&self, span: CharSpan) -> Option<CharSpan> {
        self.reading.sentences.iter().copied().find(|s| s.start <= span.start && span.start < s.end)
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.reading.entities.get(id.index())
    }

    pub(crate) fn entities(&self, ids: &[EntityId]) -> Vec<&'a Entity> {
        ids.iter().filter_map(|&id| self.entity(id)).collect()
    }

    pub(crate) fn place(&self, id: PlaceId) -> Option<&'a Place> {
        self.reading.places.get(id.index())
    }

    pub(crate) fn time(&self, id: TimeId) -> Option<&'a Time> {
        self.reading.times.get(id.index())
    }

    pub(crate) fn figure(&self, id: FigureId) -> Option<&'a Figure> {
        self.reading.figures.get(id.index())
    }

    /// `at least 150 killed since 2014-12`.
    pub(crate) fn figure_in_words(&self, figure: &Figure) -> String {
        let count = match (figure.low, figure.best, figure.high) {
            (Some(low), _, Some(high)) if low < high => format!("{low}–{high}"),
            (Some(low), best, None) if best.is_none_or(|best| best == low) => format!("at least {low}"),
            (None, best, Some(high)) if best.is_none_or(|best| best == high) => format!("up to {high}"),
            (_, Some(best), _) => best.to_string(),
            (Some(low), None, Some(_)) => low.to_string(),
            _ => "some".to_owned(),
        };
        let mut words = format!("{count} {}", figure_kind(figure.kind));
        if let Some(since) = figure.since.and_then(|id| self.time(id)) {
            words.push_str(" since ");
            words.push_str(&since.value);
        }
        words
    }
}

/// The word that readings use for what a figure counts.
pub(crate) fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Killed => "killed",
        FigureKind::Injured => "injured",
        FigureKind::Missing => "missing",
        FigureKind::Abducted => "abducted",
        FigureKind::Arrested => "arrested",
        FigureKind::Displaced => "displaced",
        FigureKind::Executed => "executed",
        FigureKind::Participants => "participants",
        FigureKind::Money => "money",
    }
}
