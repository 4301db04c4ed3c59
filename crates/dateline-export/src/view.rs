use dateline_reading::Reading;
use dateline_reading::reading::{
    Entity, EntityId, Event, EventMention, Figure, FigureId, Mention, MentionForm, Place, PlaceId, Time,
    TimeId,
};
use dateline_syntax::Sentence;
use dateline_text::{CharOffsets, CharSpan, Span};

/// A reading with its text and its analysed sentences at hand: ids and spans become what they stand for.
#[derive(Debug)]
pub struct View<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// The sentences it was made from; only CoNLL-U needs them, and has no rows without.
    pub sentences: &'a [Sentence],
    offsets: CharOffsets,
}

impl<'a> View<'a> {
    /// A view of a reading. `sentences` may be empty.
    pub fn new(reading: &'a Reading, sentences: &'a [Sentence]) -> Self {
        Self { reading, sentences, offsets: CharOffsets::new(&reading.article.text) }
    }

    /// The words of a span.
    pub(crate) fn words(&self, span: CharSpan) -> &'a str {
        self.offsets.bytes(span).of(&self.reading.article.text)
    }

    /// The characters of a span of bytes.
    pub(crate) fn chars(&self, span: Span) -> CharSpan {
        self.offsets.chars(span)
    }

    /// Characters of the whole text.
    pub(crate) fn length(&self) -> u32 {
        self.offsets.chars(Span::new(0, self.reading.article.text.len())).end
    }

    pub(crate) fn sentence(&self, event: &Event) -> Option<CharSpan> {
        self.reading.sentences.get(event.sentence as usize).copied()
    }

    /// The words of the sentence that an event stands in.
    pub(crate) fn sentence_text(&self, event: &Event) -> &'a str {
        self.sentence(event).map_or("", |span| self.words(span))
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'a Entity> {
        self.reading.entities.get(id.index())
    }

    pub(crate) fn entities(&self, ids: &[EntityId]) -> Vec<&'a Entity> {
        ids.iter().filter_map(|&id| self.entity(id)).collect()
    }

    pub(crate) fn place(&self, id: Option<PlaceId>) -> Option<&'a Place> {
        self.reading.places.get(id?.index())
    }

    pub(crate) fn time(&self, id: Option<TimeId>) -> Option<&'a Time> {
        self.reading.times.get(id?.index())
    }

    pub(crate) fn figures(&self, ids: &[FigureId]) -> impl Iterator<Item = &'a Figure> {
        ids.iter().filter_map(|id| self.reading.figures.get(id.index()))
    }

    /// The mention of an entity that an event means: of those in its sentence the one nearest to its trigger, a pronoun
    /// only where there is no other.
    pub(crate) fn mention_in(&self, entity: &Entity, event: &Event) -> Option<CharSpan> {
        self.mention_at(entity, EventMention { sentence: event.sentence, trigger: event.trigger })
    }

    /// The mention of an entity that one telling of an event means.
    pub(crate) fn mention_at(&self, entity: &Entity, telling: EventMention) -> Option<CharSpan> {
        let sentence = *self.reading.sentences.get(telling.sentence as usize)?;
        let inside = |span: CharSpan| sentence.start <= span.start && span.end <= sentence.end;
        let mentions = entity.mentions.iter().filter(|mention| inside(mention.span));
        let rank = |m: &&Mention| (m.form == MentionForm::Pronoun, distance(m.span, telling.trigger));
        mentions.min_by_key(rank).map(|mention| mention.span)
    }

    /// The address of the article, or where it was read from.
    pub(crate) fn address(&self) -> &'a str {
        let article = &self.reading.article;
        article.url.as_deref().or(article.canonical.as_deref()).unwrap_or(&article.source)
    }

    /// Who published it: the publisher, else the agency.
    pub(crate) fn publisher(&self) -> Option<&'a str> {
        let article = &self.reading.article;
        article.publisher.as_deref().or(article.agencies.first().map(String::as_str))
    }

    /// The day it was published: `2015-01-14`.
    pub(crate) fn published_day(&self) -> Option<&'a str> {
        let day = self.reading.article.published.as_deref()?.get(..10)?;
        day.parse::<jiff::civil::Date>().is_ok().then_some(day)
    }
}

fn distance(a: CharSpan, b: CharSpan) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
