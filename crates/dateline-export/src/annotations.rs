use crate::format::{Format, Piece};
use crate::identity::{part_key, uuid};
use crate::words::{certainty, entity_kind, figure_kind, precision, quote_kind};
use crate::{ExportError, View};
use dateline_text::CharSpan;
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

/// W3C Web Annotations: one JSON-LD object a line for every mention of an entity or place, every time, figure, quote and
/// event.
///
/// The target is the article's address with two selectors: the words with what stands around them, and their place in
/// `article.text` in characters.
pub(crate) struct Annotations;

/// Characters of context on each side of a quotation.
const CONTEXT: u32 = 32;

impl Format for Annotations {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let mut out = Vec::new();
        for (name, span, body) in all(view) {
            serde_json::to_writer(&mut out, &annotation(view, &name, span, body))?;
            out.push(b'\n');
        }
        Ok(Piece::Text(out))
    }
}

/// What is annotated: a name that is its own in the reading, the words and the bodies.
fn all(view: &View<'_>) -> Vec<(String, CharSpan, Vec<Value>)> {
    let reading = view.reading;
    let mut list = Vec::new();
    for entity in &reading.entities {
        let mut bodies = vec![tag(&entity.name), class(entity_kind(entity.kind))];
        bodies.extend(entity.code.as_deref().map(class));
        bodies.extend(
            entity.wikidata.as_deref().map(|id| same_as(&format!("http://www.wikidata.org/entity/{id}"))),
        );
        for (at, mention) in entity.mentions.iter().enumerate() {
            list.push((format!("{}.{at}", entity.id), mention.span, bodies.clone()));
        }
    }
    for place in &reading.places {
        let mut bodies = vec![tag(&place.name), class("place"), class(precision(place.precision))];
        bodies.extend(place.geonameid.map(|id| same_as(&format!("https://sws.geonames.org/{id}/"))));
        for (at, &span) in place.mentions.iter().enumerate() {
            list.push((format!("{}.{at}", place.id), span, bodies.clone()));
        }
    }
    for time in &reading.times {
        list.push((time.id.to_string(), time.span, vec![tag(&time.value), class("time")]));
    }
    for figure in &reading.figures {
        let count = figure.best.or(figure.low).or(figure.high).map_or("some".to_owned(), |n| n.to_string());
        list.push((figure.id.to_string(), figure.span, vec![tag(&count), class(figure_kind(figure.kind))]));
    }
    for quote in &reading.quotes {
        let mut bodies = vec![class("quote"), class(quote_kind(quote.kind))];
        bodies.extend(quote.speaker.and_then(|id| view.entity(id)).map(|entity| tag(&entity.name)));
        list.push((quote.id.to_string(), quote.span, bodies));
    }
    for event in &reading.events {
        let mut bodies = vec![tag(&event.kind), class("event"), class(certainty(event.certainty))];
        bodies.extend(event.modes.iter().chain(&event.aux).map(|mode| class(mode)));
        bodies.push(json!({
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": description(view, event),
        }));
        list.push((event.id.to_string(), event.trigger, bodies));
    }
    list
}

/// Who did it to whom, in a line.
fn description(view: &View<'_>, event: &dateline_reading::reading::Event) -> String {
    let names = |ids: &[_]| {
        view.entities(ids).iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{} {}", names(&event.actors), event.kind);
    if !event.recipients.is_empty() {
        text.push(' ');
        text.push_str(&names(&event.recipients));
    }
    text.trim_start().to_owned()
}

fn annotation(view: &View<'_>, name: &str, span: CharSpan, bodies: Vec<Value>) -> Value {
    let key = part_key(xxh3_128(view.reading.article.id.as_bytes()), name);
    let before = CharSpan { start: span.start.saturating_sub(CONTEXT), end: span.start };
    let after = CharSpan { start: span.end, end: (span.end + CONTEXT).min(view.length()) };
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:uuid:{}", uuid(key)),
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": source(view),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": view.words(span),
                    "prefix": view.words(before),
                    "suffix": view.words(after),
                },
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    })
}

/// The article's address; an article without one has a name made of its id.
fn source(view: &View<'_>) -> String {
    let article = &view.reading.article;
    let address = article.url.as_ref().or(article.canonical.as_ref());
    address.cloned().unwrap_or_else(|| format!("urn:uuid:{}", uuid(xxh3_128(article.id.as_bytes()))))
}

fn tag(value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": "tagging", "value": value})
}

fn class(value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": "classifying", "value": value})
}

fn same_as(address: &str) -> Value {
    json!({"type": "SpecificResource", "purpose": "identifying", "source": address})
}
