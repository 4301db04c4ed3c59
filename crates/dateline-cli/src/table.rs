//! Readings as a table: one row an event.

use crate::event::certainty;
use crate::view::{View, figure_kind};
use dateline::reading::{Entity, Event, Figure, Precision, Reading};

/// The columns, in order. They only ever grow at the end.
const COLUMNS: [&str; 33] = [
    "article_id",
    "key",
    "source",
    "title",
    "publisher",
    "published",
    "located",
    "event_id",
    "sentence",
    "sentence_text",
    "trigger",
    "type",
    "modes",
    "contexts",
    "aux",
    "cameo",
    "quad",
    "intensity",
    "actor_names",
    "actor_codes",
    "recipient_names",
    "recipient_codes",
    "time",
    "place",
    "country",
    "lat",
    "lon",
    "precision",
    "figures",
    "certainty",
    "attributed_to",
    "commitment",
    "rule",
];

/// Between the items of a list in one cell.
const BETWEEN: &str = "|";

/// The names of the columns.
pub(crate) fn header() -> anyhow::Result<Vec<u8>> {
    written(|table| table.write_record(COLUMNS))
}

/// A row for each event.
pub(crate) fn rows(reading: &Reading) -> anyhow::Result<Vec<u8>> {
    let view = View::new(reading);
    written(|table| reading.events.iter().try_for_each(|event| table.write_record(row(&view, event))))
}

fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    write(&mut table)?;
    Ok(table.into_inner()?)
}

fn row(view: &View<'_>, event: &Event) -> [String; COLUMNS.len()] {
    let article = &view.reading.article;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let degrees = |value: Option<f64>| value.map_or(String::new(), |degrees| degrees.to_string());
    let place = event.place.and_then(|id| view.place(id));
    let (actors, recipients) = (view.entities(&event.actors), view.entities(&event.recipients));
    let figures = event.figures.iter().filter_map(|&id| view.figure(id));
    [
        article.id.clone(),
        text(&article.key),
        article.source.clone(),
        text(&article.title),
        text(&article.publisher),
        text(&article.published),
        text(&article.located),
        event.id.to_string(),
        event.sentence.to_string(),
        view.sentence(event.sentence).map_or("", |span| view.words(span)).to_owned(),
        view.words(event.trigger).to_owned(),
        event.kind.clone(),
        event.modes.join(BETWEEN),
        event.contexts.join(BETWEEN),
        event.aux.join(BETWEEN),
        text(&event.cameo),
        event.quad.to_string(),
        format!("{:?}", event.intensity),
        names(&actors),
        codes(&actors),
        names(&recipients),
        codes(&recipients),
        event.time.and_then(|id| view.time(id)).map_or(String::new(), |time| time.value.clone()),
        place.map_or(String::new(), |place| place.name.clone()),
        place.map_or(String::new(), |place| text(&place.country)),
        degrees(place.and_then(|place| place.lat)),
        degrees(place.and_then(|place| place.lon)),
        place.map_or("", |place| precision(place.precision)).to_owned(),
        figures.map(|figure| count(view, figure)).collect::<Vec<_>>().join(BETWEEN),
        certainty(event.certainty).to_owned(),
        event.attributed_to.and_then(|id| view.entity(id)).map_or(String::new(), |e| e.name.clone()),
        commitment(view, event),
        event.rule.clone(),
    ]
}

fn names(entities: &[&Entity]) -> String {
    entities.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(BETWEEN)
}

/// As many as there are names; one that has no code is empty.
fn codes(entities: &[&Entity]) -> String {
    entities.iter().map(|entity| entity.code.as_deref().unwrap_or_default()).collect::<Vec<_>>().join(BETWEEN)
}

/// `killed=150`, `killed=100..150`, `killed=100..`, `executed=16 since 2014-12`.
fn count(view: &View<'_>, figure: &Figure) -> String {
    let bound = |value: Option<u64>| value.map_or(String::new(), |n| n.to_string());
    let amount = match (figure.low, figure.best, figure.high) {
        (low, Some(best), high) if low == Some(best) && high == Some(best) => best.to_string(),
        (None, best, None) => bound(best),
        (low, _, high) => format!("{}..{}", bound(low), bound(high)),
    };
    let since = figure.since.and_then(|id| view.time(id)).map(|time| format!(" since {}", time.value));
    format!("{}={amount}{}", figure_kind(figure.kind), since.unwrap_or_default())
}

/// Empty where nobody binds himself, else the time by which it is due, or `open`.
fn commitment(view: &View<'_>, event: &Event) -> String {
    match event.commitment {
        None => String::new(),
        Some(commitment) => {
            commitment.due.and_then(|id| view.time(id)).map_or("open".to_owned(), |time| time.value.clone())
        }
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Subcity => "subcity",
        Precision::City => "city",
        Precision::District => "district",
        Precision::Province => "province",
        Precision::Country => "country",
        Precision::Region => "region",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_table() {
        let mut table = header().unwrap();
        table.extend(rows(&sample::reading()).unwrap());
        insta::assert_snapshot!(String::from_utf8(table).unwrap());
    }

    #[test]
    fn every_row_is_as_long_as_the_header() {
        let mut table = header().unwrap();
        table.extend(rows(&sample::reading()).unwrap());
        let mut reader = csv::Reader::from_reader(table.as_slice());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), sample::reading().events.len());
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
    }
}
