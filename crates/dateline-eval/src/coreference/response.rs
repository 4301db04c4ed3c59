use super::gold::Mention;
use super::key::{Key, handle, is_speech};
use super::{Handle, Matching, Scored};
use crate::conllu::Document;
use dateline::reading::{EntityKind, MentionForm};
use dateline::{CharOffsets, CharSpan, Reading};
use std::collections::BTreeSet;

/// The chains of a reading that are scored against those of the key.
pub(super) fn chains(document: &Document, reading: &Reading, key: &Key, matching: Matching) -> Vec<Scored> {
    let offsets = CharOffsets::new(&document.text);
    let of_key: BTreeSet<Handle> = key.chains.iter().flat_map(|c| c.mentions.iter().copied()).collect();
    let mut taken: BTreeSet<Handle> = BTreeSet::new();
    let mut chains = Vec::new();
    let mut places_of: BTreeSet<&str> = BTreeSet::new();
    for entity in &reading.entities {
        let mut named = entity.mentions.iter().any(|m| m.form == MentionForm::Name);
        let mut spans: Vec<CharSpan> = entity.mentions.iter().map(|m| m.span).collect();
        if let (EntityKind::Country, Some(code)) = (entity.kind, entity.country.as_deref())
            && places_of.insert(code)
        {
            let same = |p: &&dateline::reading::Place| {
                p.country.as_deref() == Some(code) && p.precision == dateline::reading::Precision::Country
            };
            for place in reading.places.iter().filter(same) {
                spans.extend(place.mentions.iter().copied());
                named = true;
            }
        }
        chains.push((named, spans));
    }
    // A country that is only a place has a chain as well.
    for place in &reading.places {
        if place.precision == dateline::reading::Precision::Country
            && place.country.as_deref().is_some_and(|code| places_of.insert(code))
        {
            let same = reading
                .places
                .iter()
                .filter(|p| p.country == place.country && p.precision == place.precision);
            chains.push((true, same.flat_map(|p| p.mentions.iter().copied()).collect()));
        }
    }
    let mut scored = Vec::new();
    for (named, spans) in chains {
        let mut mentions: Vec<Handle> = spans
            .into_iter()
            .filter_map(|span| words(document, &offsets, span))
            .map(|m| key.whole(handle(document, m, matching)))
            .filter(|h| matching.speech || !is_speech(document, *h))
            .filter(|h| taken.insert(*h))
            .collect();
        mentions.sort_unstable();
        if !mentions.is_empty() && (named || mentions.iter().any(|m| of_key.contains(m))) {
            scored.push(Scored { mentions });
        }
    }
    scored
}

/// The gold words that a span of the text covers, as far as they are of one sentence.
fn words(document: &Document, offsets: &CharOffsets, span: CharSpan) -> Option<Mention> {
    let span = offsets.bytes(span);
    let (sentence, gold) = document
        .sentences
        .iter()
        .enumerate()
        .find(|(_, s)| s.words.last().is_some_and(|w| w.span.end > span.start))?;
    let inside = |w: &crate::conllu::GoldWord| w.span.start < span.end && span.start < w.span.end;
    let first = gold.words.iter().position(inside)?;
    let end = gold.words.iter().rposition(inside)? + 1;
    Some(Mention { sentence, first, end })
}
