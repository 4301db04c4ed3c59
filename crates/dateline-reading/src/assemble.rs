//! From what each part of the room has read to the [`Reading`] that is printed.

use crate::document::{At, Document};
use crate::entities::Entities;
use crate::events::{Abstention, CodedEvent, Read, Unresolved};
use crate::explanation::{Explanation, SentenceExplanation, Verdict};
use crate::figures::Figures;
use crate::frames::Frames;
use crate::matching::{Matches, verdicts};
use crate::parties::{Parties, Party};
use crate::places::Places;
use crate::quotes::Quotes;
use crate::reading::*;
use crate::times::Times;
use dateline_article::Article;
use dateline_codebook::Codebook;
use dateline_syntax::Sentence;
use dateline_text::{CharOffsets, Span};

/// Reads an article whose sentences are known.
///
/// `coder` is printed as it is. The same arguments give the same reading.
pub fn read(article: &Article, sentences: &[Sentence], codebook: &Codebook, coder: Coder) -> Reading {
    read_with(article, sentences, codebook, coder, Unresolved::default())
}

/// Reads an article whose sentences are known, as [`read`] does; `unresolved` says what becomes of acts whose actor or
/// recipient is not known.
pub fn read_with(
    article: &Article,
    sentences: &[Sentence],
    codebook: &Codebook,
    coder: Coder,
    unresolved: Unresolved,
) -> Reading {
    let doc = Document { article, sentences, codebook };
    let mut parts = Parts::read(&doc);
    let (events, left_out) = parts.code(&doc, unresolved);
    parts.reading(&doc, coder, events, left_out)
}

/// Reads an article and keeps how each sentence was understood.
pub fn explain(article: &Article, sentences: &[Sentence], codebook: &Codebook, coder: Coder) -> Explanation {
    let doc = Document { article, sentences, codebook };
    let mut parts = Parts::read(&doc);
    let (events, left_out) = parts.code(&doc, Unresolved::LeaveOut);
    let mut explained: Vec<SentenceExplanation> = sentences
        .iter()
        .map(|s| SentenceExplanation { sentence: s.clone(), frames: Vec::new(), verdicts: Vec::new() })
        .collect();
    let parties = Parties { doc: &doc, entities: &parts.entities, places: &parts.places };
    for (index, frame) in parts.frames.list.iter().enumerate() {
        let into = &mut explained[frame.sentence as usize];
        into.frames.push(frame.describe(&doc));
        let word = doc.word(frame.at());
        for (pattern, shape, verdict) in verdicts(&doc, &parts.frames, parties, &parts.matches, index) {
            let coded = events.iter().any(|e| e.frame == index && e.rule == pattern);
            let reason = match &verdict {
                Ok(()) if coded => format!("{word}: {}", shape.source),
                Ok(()) => format!(
                    "{word}: fits {}, but another pattern or clause has it, or it is not told",
                    shape.source
                ),
                Err(miss) => format!("{word}: {}: {miss}", shape.source),
            };
            into.verdicts.push(Verdict {
                pattern: pattern.to_owned(),
                matched: verdict.is_ok() && coded,
                reason,
            });
        }
    }
    Explanation { reading: parts.reading(&doc, coder, events, left_out), sentences: explained }
}

/// Everything read so far, in order.
struct Parts {
    places: Places,
    entities: Entities,
    times: Times,
    figures: Figures,
    quotes: Quotes,
    frames: Frames,
    matches: Matches,
}

impl Parts {
    fn read(doc: &Document<'_>) -> Self {
        let places = Places::read(doc);
        let mut entities = Entities::read(doc, &places);
        let times = Times::read(doc);
        let frames = Frames::read(doc);
        let figures = Figures::read(doc, &times, &frames);
        let quotes = Quotes::read(doc, &frames, &|at| entities.at(at));
        bind_speakers(doc, &quotes, &mut entities);
        let matches = Matches::find(doc, &frames, Parties { doc, entities: &entities, places: &places });
        Self { places, entities, times, figures, quotes, frames, matches }
    }

    fn code(&mut self, doc: &Document<'_>, unresolved: Unresolved) -> (Vec<CodedEvent>, Vec<Abstention>) {
        let read = Read {
            doc,
            parties: Parties { doc, entities: &self.entities, places: &self.places },
            times: &self.times,
            figures: &self.figures,
            quotes: &self.quotes,
            frames: &self.frames,
            matches: &self.matches,
            unresolved,
        };
        crate::events::code(&read)
    }

    fn reading(
        mut self,
        doc: &Document<'_>,
        coder: Coder,
        coded: Vec<CodedEvent>,
        left_out: Vec<Abstention>,
    ) -> Reading {
        let article = doc.article;
        let offsets = CharOffsets::new(&article.text);
        let chars = |span: Span| offsets.chars(span);
        let mut events = Vec::with_capacity(coded.len());
        for (at, event) in coded.into_iter().enumerate() {
            let rules = doc.codebook.ontology.get(event.kind);
            events.push(Event {
                id: EventId(at as u32),
                sentence: event.sentence,
                trigger: chars(event.trigger),
                kind: rules.name.clone(),
                intensity: rules.score_of(&event.modes),
                modes: event.modes,
                contexts: event.contexts,
                aux: event.aux.iter().map(|a| (*a).to_owned()).collect(),
                cameo: Some(event.cameo),
                quad: rules.quad,
                actors: self.ids(doc, &event.actors),
                recipients: self.ids(doc, &event.recipients),
                time: event.time,
                place: event.place,
                figures: event.figures,
                certainty: event.certainty,
                attributed_to: event.attributed_to.map(|p| self.id(doc, p)),
                commitment: event.commitment.map(|due| Commitment { due }),
                rule: event.rule,
                mentions: (event.repeats.iter())
                    .map(|&(sentence, words)| EventMention { sentence, trigger: chars(words) })
                    .collect(),
            });
        }
        let notes = left_out
            .into_iter()
            .map(|n| Note {
                kind: if n.kept { "unresolved" } else { "abstained" }.into(),
                sentence: Some(n.sentence),
                reason: n.reason.into(),
            })
            .collect();
        Reading {
            schema: SCHEMA,
            coder,
            article: ArticleRecord::from(article),
            blocks: article
                .blocks
                .iter()
                .map(|b| BlockRecord { kind: b.kind.as_str(), span: chars(b.span) })
                .collect(),
            sentences: doc.sentences.iter().map(|s| chars(s.span)).collect(),
            entities: self.entities.records(&offsets),
            places: self.places.records(&offsets),
            times: self.times.records(&offsets),
            figures: self.figures.records(doc, &offsets),
            quotes: self.quotes.records(&offsets),
            events,
            notes,
        }
    }

    fn ids(&mut self, doc: &Document<'_>, parties: &[Party]) -> Vec<EntityId> {
        let mut out: Vec<EntityId> = Vec::with_capacity(parties.len());
        for &party in parties {
            let id = self.id(doc, party);
            if !out.contains(&id) {
                out.push(id);
            }
        }
        out
    }

    /// The entity of a party; a country that only its places or adjectives name becomes one here.
    fn id(&mut self, doc: &Document<'_>, party: Party) -> EntityId {
        match party {
            Party::Entity(id) => id,
            Party::Country(code, at) => self.entities.country(doc, code, at, at.token, at.token + 1),
        }
    }
}

/// "I" and "we" between quotation marks are whoever is quoted; in what he quotes of somebody else, they are that other.
fn bind_speakers(doc: &Document<'_>, quotes: &Quotes, entities: &mut Entities) {
    // A mention that stands is kept, so the narrowest quotation comes first.
    let mut quotes: Vec<_> = quotes.list.iter().collect();
    quotes.sort_by_key(|q| q.span.len());
    for quote in quotes {
        let Some(speaker) = quote.speaker else { continue };
        let range = quote.sentences.0 as usize..quote.sentences.1 as usize;
        for (index, sentence) in doc.sentences.iter().enumerate().take(range.end).skip(range.start) {
            for (word, token) in sentence.tokens.iter().enumerate() {
                let first_person = token.upos == dateline_syntax::Upos::Pron
                    && matches!(
                        &*token.lemma,
                        "I" | "i"
                            | "we"
                            | "me"
                            | "us"
                            | "my"
                            | "our"
                            | "mine"
                            | "ours"
                            | "myself"
                            | "ourselves"
                    );
                if first_person && quote.verbatim.iter().any(|v| v.contains(token.span)) {
                    entities.bind(doc, At::new(index, word as u32), speaker);
                }
            }
        }
    }
}
