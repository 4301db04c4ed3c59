use crate::View;
use dateline_reading::reading::{Event, Figure, FigureKind};

/// How many died in an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Toll {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
}

impl Toll {
    /// The largest count of the killed that is bound to the event.
    ///
    /// Counts are not added up: "killed 18 people, 11 of them police officers" binds both. A running total since some day
    /// is no toll of one event.
    pub(crate) fn of(view: &View<'_>, event: &Event) -> Self {
        Self::largest(view.figures(&event.figures), &[FigureKind::Killed, FigureKind::Executed])
    }

    /// The largest count of one of these kinds.
    pub(crate) fn largest<'a>(figures: impl Iterator<Item = &'a Figure>, kinds: &[FigureKind]) -> Self {
        let counts = figures.filter(|figure| kinds.contains(&figure.kind) && figure.since.is_none());
        let largest = counts.max_by_key(|figure| figure.best.or(figure.low).or(figure.high));
        largest.map_or(Self::default(), |f| Self { low: f.low, best: f.best, high: f.high })
    }

    /// Whether somebody died.
    pub(crate) fn is_deadly(&self) -> bool {
        [self.low, self.best].iter().flatten().any(|&count| count > 0)
    }
}
