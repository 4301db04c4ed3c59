use crate::format::{Format, Piece};
use crate::words::entity_kind;
use crate::{ExportError, View};
use dateline_syntax::{Sentence, conllu};
use dateline_text::CharSpan;
use std::io::Write;

/// CoNLL-U with what was read in MISC: `Entity=(e1-person` … `e1)` in the brackets of CorefUD for mentions of entities
/// and places, and at the first word of what reports an event `Event=v1:ASSAULT,Actor:e8,Time:t1`. Names as the model
/// sees them are `NER=B-PER`, as `dateline parse` writes them.
pub(crate) struct Conllu;

impl Format for Conllu {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let mut out = Vec::new();
        if view.sentences.is_empty() {
            return Ok(Piece::Text(out));
        }
        let (article, text) = (&view.reading.article, &view.reading.article.text);
        // CorefUD's readers take the first line of a file for this; it stands before every document alike.
        writeln!(out, "# global.Entity = eid-etype")?;
        writeln!(out, "# newdoc id = {}", article.id)?;
        let mentions = Mentions::new(view);
        let mut rows = Vec::new();
        let mut paragraph = None;
        for (at, sentence) in view.sentences.iter().enumerate() {
            let start = view.chars(sentence.span).start;
            let block = view.reading.blocks.iter().position(|b| b.span.start <= start && start < b.span.end);
            if at == 0 || block != paragraph {
                writeln!(out, "# newpar")?;
                paragraph = block;
            }
            writeln!(out, "# sent_id = {}-s{}", article.id, at + 1)?;
            let next = view.sentences.get(at + 1);
            let touching = next.is_some_and(|next| next.span.start == sentence.span.end);
            rows.clear();
            conllu::write(&mut rows, text, sentence, touching);
            annotate(&mut out, &rows, view, sentence, &mentions);
        }
        Ok(Piece::Text(out))
    }
}

/// Mentions and events by where they stand.
struct Mentions {
    /// Span, id and kind.
    entities: Vec<(CharSpan, String, &'static str)>,
    /// Span and description.
    events: Vec<(CharSpan, String)>,
}

impl Mentions {
    fn new(view: &View<'_>) -> Self {
        let reading = view.reading;
        let mut entities = Vec::new();
        for entity in &reading.entities {
            let kind = entity_kind(entity.kind);
            entities.extend(entity.mentions.iter().map(|m| (m.span, entity.id.to_string(), kind)));
        }
        for place in &reading.places {
            entities.extend(place.mentions.iter().map(|&span| (span, place.id.to_string(), "place")));
        }
        // The longer of two that begin together opens first.
        entities.sort_by(|a, b| (a.0.start, b.0.end, &a.1).cmp(&(b.0.start, a.0.end, &b.1)));
        let events = reading.events.iter().map(|event| {
            let mut words = format!("{}:{}", event.id, event.kind);
            for (role, ids) in [("Actor", &event.actors), ("Recipient", &event.recipients)] {
                ids.iter().for_each(|id| words.push_str(&format!(",{role}:{id}")));
            }
            words.extend(event.place.map(|id| format!(",Place:{id}")));
            words.extend(event.time.map(|id| format!(",Time:{id}")));
            (event.trigger, words)
        });
        Self { entities, events: events.collect() }
    }

    /// What MISC says of a word.
    fn of(&self, word: CharSpan, sentence: CharSpan, tokens: &[CharSpan]) -> Vec<String> {
        let mut brackets = String::new();
        // Where a mention's first and last words are; its ends may lie inside a word.
        let ends = |span: CharSpan| {
            let overlapping = |t: &&CharSpan| t.start < span.end && span.start < t.end;
            let mut inside = tokens.iter().filter(overlapping);
            let first = inside.next().copied();
            (first, inside.next_back().copied().or(first))
        };
        let here = || {
            let inside = self
                .entities
                .iter()
                .filter(move |(span, ..)| sentence.start <= span.start && span.end <= sentence.end);
            inside.map(|(span, id, kind)| (ends(*span), id, kind))
        };
        // What ends here and began before closes first, the innermost ahead.
        let mut closing: Vec<_> =
            here().filter(|((first, last), ..)| *last == Some(word) && *first != Some(word)).collect();
        closing.reverse();
        closing.iter().for_each(|(_, id, _)| brackets.push_str(&format!("{id})")));
        for ((first, last), id, kind) in here() {
            if first == Some(word) {
                let end = if last == Some(word) { ")" } else { "" };
                brackets.push_str(&format!("({id}-{kind}{end}"));
            }
        }
        let mut attributes = Vec::new();
        if !brackets.is_empty() {
            attributes.push(format!("Entity={brackets}"));
        }
        let starting = |span: CharSpan| word.start <= span.start && span.start < word.end;
        let events: Vec<&str> =
            self.events.iter().filter(|(span, _)| starting(*span)).map(|(_, words)| words.as_str()).collect();
        if !events.is_empty() {
            attributes.push(format!("Event={}", events.join(";")));
        }
        attributes
    }
}

/// Copies the rows of a sentence and adds to their MISC.
fn annotate(out: &mut Vec<u8>, rows: &[u8], view: &View<'_>, sentence: &Sentence, mentions: &Mentions) {
    let tokens: Vec<CharSpan> = sentence.tokens.iter().map(|token| view.chars(token.span)).collect();
    let whole = view.chars(sentence.span);
    let mut words = tokens.iter();
    for row in rows.split_inclusive(|&byte| byte == b'\n') {
        let is_word = row.first().is_some_and(u8::is_ascii_digit);
        let word = if is_word { words.next() } else { None };
        let attributes = word.map_or(Vec::new(), |&word| mentions.of(word, whole, &tokens));
        if attributes.is_empty() {
            out.extend_from_slice(row);
            continue;
        }
        let row = row.strip_suffix(b"\n").unwrap_or(row);
        let added = attributes.join("|");
        match row.strip_suffix(b"\t_") {
            Some(row) => {
                out.extend_from_slice(row);
                out.push(b'\t');
            }
            None => {
                out.extend_from_slice(row);
                out.push(b'|');
            }
        }
        out.extend_from_slice(added.as_bytes());
        out.push(b'\n');
    }
}
