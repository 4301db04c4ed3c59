use dateline_reading::Reading;
use dateline_reading::reading::{Entity, EntityId, Event, Figure, Place, Time};
use dateline_text::CharSpan;
use std::fmt::Display;

/// A reading with its text cut at characters, and names for what the page links to.
pub(crate) struct View<'r> {
    pub(crate) reading: &'r Reading,
    /// Number of the article on the page, from 1: ids of two articles must not meet.
    number: usize,
    /// Where each character starts in the text's bytes; one more at the end.
    starts: Vec<usize>,
}

impl<'r> View<'r> {
    pub(crate) fn new(reading: &'r Reading, number: usize) -> Self {
        let text = &reading.article.text;
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { reading, number, starts }
    }

    pub(crate) fn title(&self) -> &'r str {
        self.reading.article.title.as_deref().unwrap_or("(no headline)")
    }

    /// The words of a span; nothing for one outside the text.
    pub(crate) fn words(&self, span: CharSpan) -> &'r str {
        let at = |i: u32| self.starts.get(i as usize).copied();
        match (at(span.start), at(span.end)) {
            (Some(start), Some(end)) => self.reading.article.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }

    /// What a part of this article is called in links.
    pub(crate) fn anchor(&self, part: impl Display) -> String {
        let part = part.to_string();
        if part.is_empty() { format!("a{}", self.number) } else { format!("a{}-{part}", self.number) }
    }

    /// A link to a part.
    pub(crate) fn link(&self, part: impl Display) -> String {
        format!("#{}", self.anchor(part))
    }

    /// A link to words: the first marked piece at or after their beginning.
    pub(crate) fn link_words(&self, span: CharSpan) -> String {
        self.link(format_args!("w{}", span.start))
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'r Entity> {
        self.reading.entities.get(id.index())
    }

    pub(crate) fn place(&self, event: &Event) -> Option<&'r Place> {
        event.place.and_then(|id| self.reading.places.get(id.index()))
    }

    pub(crate) fn time(&self, event: &Event) -> Option<&'r Time> {
        event.time.and_then(|id| self.reading.times.get(id.index()))
    }

    pub(crate) fn figures(&self, event: &Event) -> impl Iterator<Item = &'r Figure> {
        event.figures.iter().filter_map(|id| self.reading.figures.get(id.index()))
    }

    pub(crate) fn sentence(&self, number: u32) -> Option<CharSpan> {
        self.reading.sentences.get(number as usize).copied()
    }
}

/// A value as its JSON writes it: the one spelling of kinds and certainties that a user meets.
pub(crate) fn written(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
