use crate::view::View;
use dateline_text::CharSpan;
use std::fmt::Write;

/// What kind of thing words were taken for, the most telling first: where several hold, the first decides where a click
/// leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Event,
    Figure,
    Time,
    Place,
    Entity,
    Cue,
    Quote,
}

impl Kind {
    /// The class that colours it.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Time => "time",
            Self::Place => "place",
            Self::Entity => "entity",
            Self::Cue => "cue",
            Self::Quote => "quote",
        }
    }
}

/// Words that were taken for something.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) span: CharSpan,
    pub(crate) kind: Kind,
    /// The id of what was made of them: `v1`, `e3`.
    pub(crate) id: String,
    /// In a few words, for a tool tip.
    pub(crate) label: String,
}

/// Every mark of a reading, by beginning, the longer first.
pub(crate) fn marks(view: &View<'_>) -> Vec<Mark> {
    let reading = view.reading;
    let mut marks = Vec::new();
    let mut mark = |span: CharSpan, kind, id: String, label: &str| {
        if span.start < span.end {
            marks.push(Mark { span, kind, id, label: label.to_owned() });
        }
    };
    for event in &reading.events {
        mark(event.trigger, Kind::Event, event.id.to_string(), &event.kind);
    }
    for figure in &reading.figures {
        mark(figure.span, Kind::Figure, figure.id.to_string(), &crate::view::written(&figure.kind));
    }
    for time in &reading.times {
        mark(time.span, Kind::Time, time.id.to_string(), &time.value);
    }
    for place in &reading.places {
        for span in &place.mentions {
            mark(*span, Kind::Place, place.id.to_string(), &place.name);
        }
    }
    for entity in &reading.entities {
        for mention in &entity.mentions {
            mark(mention.span, Kind::Entity, entity.id.to_string(), &entity.name);
        }
    }
    for quote in &reading.quotes {
        mark(quote.span, Kind::Quote, quote.id.to_string(), "quotation");
        if let Some(cue) = quote.cue {
            mark(cue, Kind::Cue, quote.id.to_string(), "says");
        }
    }
    marks.sort_by(|a, b| {
        (a.span.start, std::cmp::Reverse(a.span.end), a.kind, &a.id).cmp(&(
            b.span.start,
            std::cmp::Reverse(b.span.end),
            b.kind,
            &b.id,
        ))
    });
    marks
}

/// Style rules that light up all words of a thing while it is the page's target, and for an event also those of who
/// acted, on whom, when and where. What CSS can do needs no script.
pub(crate) fn rules(view: &View<'_>) -> String {
    let reading = view.reading;
    let mut out = String::new();
    let mut rule = |id: &str, lit: &[String]| {
        let target = view.anchor(id);
        let words: Vec<String> = lit.iter().map(|lit| format!(".r-{}", view.anchor(lit))).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            ":root:has(#{target}:target) :is({}){{background:var(--lit);color:var(--lit-ink)}}",
            words.join(",")
        );
    };
    for event in &reading.events {
        let mut lit = vec![event.id.to_string()];
        lit.extend(event.actors.iter().chain(&event.recipients).map(ToString::to_string));
        lit.extend(event.figures.iter().map(ToString::to_string));
        lit.extend(event.time.map(|id| id.to_string()));
        lit.extend(event.place.map(|id| id.to_string()));
        rule(&event.id.to_string(), &lit);
    }
    let ids = (reading.entities.iter().map(|x| x.id.to_string()))
        .chain(reading.places.iter().map(|x| x.id.to_string()))
        .chain(reading.times.iter().map(|x| x.id.to_string()))
        .chain(reading.figures.iter().map(|x| x.id.to_string()))
        .chain(reading.quotes.iter().map(|x| x.id.to_string()));
    for id in ids {
        rule(&id, std::slice::from_ref(&id));
    }
    out
}
