//! Our own table, one row an event: what its columns are, and the row of an event.

use crate::View;
use crate::identity::{event_key, hex};
use crate::period::Period;
use crate::toll::Toll;
use crate::words::{certainty, figure_kind, precision};
use dateline_reading::reading::{CountryBasis, Entity, Event, Figure};
use jiff::civil::Date;

/// A column of our own table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// A day.
    Day,
    /// A list of texts; in CSV parted by `|`.
    List,
}

/// The value of a cell; `None` and an empty list are empty cells.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Of a [`Kind::Text`] column.
    Text(Option<String>),
    /// Of a [`Kind::Whole`] column.
    Whole(Option<i64>),
    /// Of a [`Kind::Real`] column.
    Real(Option<f64>),
    /// Of a [`Kind::Day`] column.
    Day(Option<Date>),
    /// Of a [`Kind::List`] column.
    List(Vec<String>),
}

impl Kind {
    /// The name that the documentation uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "whole number",
            Self::Real => "number",
            Self::Day => "day",
            Self::List => "list of text",
        }
    }
}

macro_rules! columns {
    ($($name:literal $kind:ident $about:literal)+) => {
        &[$(Column { name: $name, kind: Kind::$kind, about: $about }),+]
    };
}

/// The columns, in order. They only ever grow at the end. `docs/columns.md` is this list.
pub const COLUMNS: &[Column] = columns! {
    "article_id" Text "Hash of the article's content"
    "key" Text "The input's own id of the article, where it has one"
    "source" Text "File or address that the article was read from"
    "title" Text "Headline"
    "publisher" Text "Newspaper, site or agency that published it"
    "published" Text "When: ISO 8601, as precise as the page, with an offset where the page gives one"
    "located" Text "Where the report was filed from; not where the event took place"
    "event_id" Text "Id of the event in the reading of this article: `v1`"
    "sentence" Whole "Which sentence of the article, from 0"
    "sentence_text" Text "The words of that sentence"
    "trigger" Text "The words that report the event"
    "type" Text "PLOVER event type"
    "modes" List "PLOVER modes"
    "contexts" List "PLOVER contexts"
    "aux" List "PLOVER auxiliary modes: `historical`, `future`, `hypothetical`, `negation`; such an event has not happened, or long ago"
    "cameo" Text "CAMEO code; text, as it may begin with 0"
    "quad" Whole "Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    "intensity" Real "PLOVER score, -10 to 10"
    "actor_names" List "Who acts"
    "actor_codes" List "A code for each of the names, country and first sector; empty for one that has none"
    "recipient_names" List "Who is acted upon"
    "recipient_codes" List "A code for each of the names"
    "time" Text "When the event took place: a TIMEX3 value"
    "place" Text "Where: the gazetteer's name"
    "country" Text "Country of the place, ISO 3166-1 alpha-3"
    "lat" Real "Degrees north"
    "lon" Real "Degrees east"
    "precision" Text "How small an area the place names: `subcity`, `city`, `district`, `province`, `country`, `region`"
    "figures" List "Counts bound to the event: `killed=150`, `killed=100..150`, `killed=100..`, `executed=16 since 2014-12`"
    "certainty" Text "How sure the text is: `asserted`, `attributed`, `alleged`, `unconfirmed`, `denied`"
    "attributed_to" Text "Who says so"
    "commitment" Text "Where somebody binds himself to act: the time by which it is due, or `open`"
    "rule" Text "The pattern that made the event"
    "id" Text "Id of the event everywhere and in every run: a hash of article, words, type and parties"
    "date_start" Day "First day of the time, where it has a place on the calendar"
    "date_end" Day "Last day of the time"
    "killed_low" Whole "Lowest count of the killed that the words allow; the largest of several counts, running totals left out"
    "killed" Whole "The count, where the words give one"
    "killed_high" Whole "Highest count that the words allow"
    "actor_country_from" List "What the country in each code is known from: `text`, `codebook`, or `scene` where it is inferred"
    "recipient_country_from" List "The same for those acted upon"
};

/// The row of an event: a cell for each of [`COLUMNS`].
pub(crate) fn row(view: &View<'_>, event: &Event) -> Vec<Cell> {
    let article = &view.reading.article;
    let text = |value: &str| Cell::Text(Some(value.to_owned()));
    let maybe = |value: Option<&str>| Cell::Text(value.map(str::to_owned));
    let count = |value: Option<u64>| Cell::Whole(value.map(|n| i64::try_from(n).unwrap_or(i64::MAX)));
    let place = view.place(event.place);
    let (actors, recipients) = (view.entities(&event.actors), view.entities(&event.recipients));
    let time = view.time(event.time).map(|time| time.value.as_str());
    let period = time.and_then(Period::of);
    let toll = Toll::of(view, event);
    vec![
        text(&article.id),
        maybe(article.key.as_deref()),
        text(&article.source),
        maybe(article.title.as_deref()),
        maybe(article.publisher.as_deref()),
        maybe(article.published.as_deref()),
        maybe(article.located.as_deref()),
        Cell::Text(Some(event.id.to_string())),
        Cell::Whole(Some(event.sentence.into())),
        text(view.sentence_text(event)),
        text(view.words(event.trigger)),
        text(&event.kind),
        Cell::List(event.modes.clone()),
        Cell::List(event.contexts.clone()),
        Cell::List(event.aux.clone()),
        maybe(event.cameo.as_deref()),
        Cell::Whole(Some(event.quad.into())),
        Cell::Real(Some(event.intensity)),
        Cell::List(names(&actors)),
        Cell::List(codes(&actors)),
        Cell::List(names(&recipients)),
        Cell::List(codes(&recipients)),
        maybe(time),
        maybe(place.map(|place| place.name.as_str())),
        maybe(place.and_then(|place| place.country.as_deref())),
        Cell::Real(place.and_then(|place| place.lat)),
        Cell::Real(place.and_then(|place| place.lon)),
        maybe(place.map(|place| precision(place.precision))),
        Cell::List(view.figures(&event.figures).map(|figure| amount(view, figure)).collect()),
        text(certainty(event.certainty)),
        maybe(event.attributed_to.and_then(|id| view.entity(id)).map(|entity| entity.name.as_str())),
        Cell::Text(commitment(view, event)),
        text(&event.rule),
        Cell::Text(Some(hex(event_key(view.reading, event)))),
        Cell::Day(period.map(|period| period.start)),
        Cell::Day(period.map(|period| period.end)),
        count(toll.low),
        count(toll.best),
        count(toll.high),
        Cell::List(country_from(&actors)),
        Cell::List(country_from(&recipients)),
    ]
}

fn names(entities: &[&Entity]) -> Vec<String> {
    entities.iter().map(|entity| entity.name.clone()).collect()
}

/// As many as there are names; one that has no code is empty.
fn codes(entities: &[&Entity]) -> Vec<String> {
    entities.iter().map(|entity| entity.code.clone().unwrap_or_default()).collect()
}

/// As many as there are names; one without a country is empty.
fn country_from(entities: &[&Entity]) -> Vec<String> {
    let from = |basis: CountryBasis| match basis {
        CountryBasis::Text => "text",
        CountryBasis::Codebook => "codebook",
        CountryBasis::Scene => "scene",
    };
    entities.iter().map(|entity| entity.country_from.map(from).unwrap_or_default().to_owned()).collect()
}

/// `killed=150`, `killed=100..150`, `killed=100..`, `executed=16 since 2014-12`.
fn amount(view: &View<'_>, figure: &Figure) -> String {
    let bound = |value: Option<u64>| value.map_or(String::new(), |n| n.to_string());
    let amount = match (figure.low, figure.best, figure.high) {
        (low, Some(best), high) if low == Some(best) && high == Some(best) => best.to_string(),
        (None, best, None) => bound(best),
        (low, _, high) => format!("{}..{}", bound(low), bound(high)),
    };
    let since = view.time(figure.since).map(|time| format!(" since {}", time.value));
    format!("{}={amount}{}", figure_kind(figure.kind), since.unwrap_or_default())
}

fn commitment(view: &View<'_>, event: &Event) -> Option<String> {
    let due = event.commitment?.due;
    Some(view.time(due).map_or("open".to_owned(), |time| time.value.clone()))
}
