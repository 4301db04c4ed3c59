use crate::page::{Page, Text};
use crate::theme;
use crate::view::View;
use anstyle::Style;
use dateline::CharSpan;
use dateline::reading::{Certainty, Entity, EntityId, Event};

/// Pages narrower than this have no columns.
pub(crate) const NARROW: usize = 64;

/// Every event on a line of its own; below those of one sentence, the sentence with its words marked.
pub(crate) fn events(page: &mut Page, view: &View<'_>) {
    if view.reading.events.is_empty() {
        page.line(&Text::new().with(theme::DIM, "  none found"));
    }
    for (i, together) in view.reading.events.chunk_by(|a, b| a.sentence == b.sentence).enumerate() {
        if i > 0 {
            page.gap();
        }
        for event in together {
            line(page, view, event);
        }
        if let Some(sentence) = together.first().and_then(|event| view.sentence(event.sentence)) {
            let lead = Text::blank(if page.width() < NARROW { 4 } else { 14 }).with(theme::DIM, "│ ");
            page.paragraph(&lead, &lead, &marked(view, sentence, together));
        }
    }
}

/// When, what, who, to whom, where, how many, who says so, and how sure that is.
fn line(page: &mut Page, view: &View<'_>, event: &Event) {
    // The day is enough for a line; the hour is in the reading.
    let when = event.time.and_then(|id| view.time(id)).map_or("", |time| time.value.as_str());
    let when = when.split('T').next().unwrap_or(when);
    let mut first = Text::blank(2);
    if page.width() >= NARROW || !when.is_empty() {
        first = first.with(theme::PLAIN, when).padded(14);
    }
    first = first.with(theme::quad(event.quad), &event.kind);
    let indent = if page.width() < NARROW { 4 } else { 25 };
    let first = first.padded(indent.max(12) - 2).with(theme::PLAIN, "  ");

    let mut text = Text::new();
    people(&mut text, view, &event.actors, theme::ACTOR);
    if !event.recipients.is_empty() {
        text.push(theme::PLAIN, if event.actors.is_empty() { "someone → " } else { " → " });
        people(&mut text, view, &event.recipients, theme::RECIPIENT);
    }
    for (style, detail) in details(view, event) {
        if !text.is_empty() {
            text.push(theme::DIM, "\u{a0}· "); // no line begins with the dot
        }
        text.push(style, &detail);
    }
    page.paragraph(&first, &Text::blank(indent), &text);
}

fn details(view: &View<'_>, event: &Event) -> Vec<(Style, String)> {
    let mut details = Vec::new();
    if !event.modes.is_empty() {
        details.push((theme::PLAIN, event.modes.join(", ")));
    }
    if let Some(place) = event.place.and_then(|id| view.place(id)) {
        let country =
            place.country.as_ref().filter(|_| place.precision != dateline::reading::Precision::Country);
        let country = country.map_or(String::new(), |country| format!(", {country}"));
        details.push((theme::PLAIN, format!("in {}{country}", place.name)));
    }
    for figure in event.figures.iter().filter_map(|&id| view.figure(id)) {
        details.push((theme::STRONG, view.figure_in_words(figure)));
    }
    if let Some(speaker) = event.attributed_to.and_then(|id| view.entity(id)) {
        details.push((theme::PLAIN, format!("says {}", speaker.name)));
    }
    if let Some(commitment) = event.commitment {
        let due = commitment.due.and_then(|id| view.time(id)).map(|time| format!(" due {}", time.value));
        details.push((theme::PLAIN, format!("commitment{}", due.unwrap_or_default())));
    }
    details.extend(event.aux.iter().map(|aux| (theme::DOUBT, aux.clone())));
    let style = match event.certainty {
        Certainty::Asserted => theme::DIM,
        Certainty::Attributed => theme::PLAIN,
        Certainty::Alleged | Certainty::Unconfirmed => theme::DOUBT,
        Certainty::Denied => theme::DENIAL,
    };
    details.push((style, certainty(event.certainty).to_owned()));
    if !event.contexts.is_empty() {
        details.push((theme::DIM, event.contexts.join(", ").replace('_', " ")));
    }
    details
}

/// The word that readings use.
pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Asserted => "asserted",
        Certainty::Attributed => "attributed",
        Certainty::Alleged => "alleged",
        Certainty::Unconfirmed => "unconfirmed",
        Certainty::Denied => "denied",
    }
}

fn people(text: &mut Text, view: &View<'_>, ids: &[EntityId], style: Style) {
    for (i, entity) in view.entities(ids).into_iter().enumerate() {
        if i > 0 {
            text.push(theme::PLAIN, ", ");
        }
        name(text, entity, style);
    }
}

/// A name with its code.
pub(crate) fn who(entity: &Entity, style: Style) -> Text {
    let mut text = Text::new();
    name(&mut text, entity, style);
    text
}

fn name(text: &mut Text, entity: &Entity, style: Style) {
    text.push(style, &entity.name);
    if let Some(code) = &entity.code {
        text.push(theme::DIM, &format!(" {code}"));
    }
}

/// A sentence, dimmed but for the triggers, actors and recipients of its events.
fn marked(view: &View<'_>, sentence: CharSpan, events: &[Event]) -> Text {
    let range = view.bytes(sentence);
    let words = view.words(sentence);
    let mut styles = vec![theme::DIM; words.len()];
    let mut paint = |span: CharSpan, style: Style| {
        let span = view.bytes(span);
        let from = span.start.clamp(range.start, range.end) - range.start;
        let to = span.end.clamp(range.start, range.end) - range.start;
        if let Some(styles) = styles.get_mut(from..to) {
            styles.fill(style);
        }
    };
    for event in events {
        for (ids, style) in [(&event.recipients, theme::RECIPIENT), (&event.actors, theme::ACTOR)] {
            for entity in view.entities(ids) {
                entity.mentions.iter().for_each(|mention| paint(mention.span, style));
            }
        }
    }
    for event in events {
        paint(event.trigger, theme::quad(event.quad));
    }
    let mut text = Text::new();
    for (i, c) in words.char_indices() {
        let style = styles.get(i).copied().unwrap_or(theme::DIM);
        text.push(style, c.encode_utf8(&mut [0; 4]));
    }
    text
}
