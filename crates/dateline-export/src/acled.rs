use crate::crosswalk::{AcledRule, Crosswalk};
use crate::dyads::has_happened;
use crate::format::{Format, Layout, Piece};
use crate::period::Period;
use crate::sides::side_of_all;
use crate::table::{Dialect, optional};
use crate::toll::Toll;
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, Event, Precision};

/// A table in the columns of ACLED, with commas and a header. A row an event that ACLED would record.
///
/// ACLED's own ids stay empty, and so does the date of an event that the text does not date to the month. `fatalities` is the best
/// count, else the lowest, and empty where none is stated; `notes` is the sentence.
pub(crate) struct Acled {
    crosswalk: Crosswalk,
}

const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

impl Acled {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }

    fn rule(&self, view: &View<'_>, event: &Event) -> Option<&AcledRule> {
        if !has_happened(event) {
            return None;
        }
        let side = |ids| side_of_all(&self.crosswalk, &view.entities(ids));
        let sides = (side(&event.actors), side(&event.recipients));
        self.crosswalk.acled(&event.kind, &event.modes, event.cameo.as_deref(), sides)
    }

    fn row(&self, view: &View<'_>, event: &Event, rule: &AcledRule) -> [String; COLUMNS.len()] {
        // ACLED's least precise date is a month.
        let period = view.time(event.time).and_then(|time| Period::of(&time.value));
        let period = period.filter(|period| period.days() <= 31);
        let place = view.place(event.place);
        let country = place.and_then(|place| self.crosswalk.country(place.country.as_deref()?));
        let (actors, recipients) = (view.entities(&event.actors), view.entities(&event.recipients));
        let (first, second) = (self.inter(&actors, rule), self.inter(&recipients, rule));
        let toll = Toll::of(view, event);
        let none = String::new;
        let targets_civilians = second == Some("Civilians") && rule.kind != "Protests";
        [
            none(),
            optional(period.map(|period| period.middle())),
            optional(period.filter(|p| p.start.year() == p.end.year()).map(|p| p.start.year())),
            optional(period.map(|period| time_precision(period.days()))),
            rule.disorder.to_owned(),
            rule.kind.to_owned(),
            rule.sub_kind.to_owned(),
            first_name(&actors),
            other_names(&actors),
            optional(first),
            first_name(&recipients),
            other_names(&recipients),
            optional(second),
            match (first, second) {
                (Some(first), Some(second)) => format!("{first}-{second}"),
                (Some(only), None) if recipients.is_empty() => format!("{only} only"),
                _ => none(),
            },
            if targets_civilians { "Civilian targeting".to_owned() } else { none() },
            optional(country.and_then(|country| country.numeric)),
            optional(country.and_then(|country| country.acled_region)),
            optional(country.map(|country| country.name)),
            optional(place.and_then(|place| place.admin1.as_ref())),
            optional(place.filter(|p| p.precision == Precision::District).map(|place| &place.name)),
            none(),
            optional(place.map(|place| &place.name)),
            optional(place.and_then(|place| place.lat)),
            optional(place.and_then(|place| place.lon)),
            optional(place.map(|place| geo_precision(place.precision))),
            optional(view.publisher()),
            none(),
            view.sentence_text(event).to_owned(),
            optional(toll.best.or(toll.low)),
            none(),
            none(),
        ]
    }

    /// What kind of actor the first of these is to ACLED. Those who demonstrate are protesters or rioters, whoever they
    /// are otherwise.
    fn inter(&self, entities: &[&Entity], rule: &AcledRule) -> Option<&'static str> {
        let first = entities.first()?;
        let code = first.sectors.first().or(first.country.as_ref());
        let kind = code.and_then(|code| self.crosswalk.inter(code));
        let kind = match kind {
            None if first.sectors.is_empty() => {
                let country = first.country.as_deref().and_then(|code| self.crosswalk.country(code));
                country.map(|_| "State forces")
            }
            kind => kind,
        };
        match (rule.kind, kind) {
            ("Protests", Some("Civilians") | None) => Some("Protesters"),
            ("Riots", Some("Civilians") | None) => Some("Rioters"),
            (_, kind) => kind,
        }
    }
}

impl Format for Acled {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let events = view.reading.events.iter();
        let recorded = events.filter_map(|event| Some((event, self.rule(view, event)?)));
        let rows: Vec<_> = recorded.map(|(event, rule)| self.row(view, event, rule)).collect();
        Ok(Piece::Text(Dialect::Comma.rows(rows)?))
    }

    fn layout(&self) -> Layout {
        Layout::with_header(Dialect::Comma.header(COLUMNS))
    }
}

fn first_name(entities: &[&Entity]) -> String {
    entities.first().map_or(String::new(), |entity| entity.name.clone())
}

fn other_names(entities: &[&Entity]) -> String {
    entities.iter().skip(1).map(|entity| entity.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// 1 a day, 2 up to a week, 3 up to a month.
fn time_precision(days: i32) -> u8 {
    match days {
        ..=1 => 1,
        2..=7 => 2,
        _ => 3,
    }
}

/// 1 a town, 2 a part of a region, 3 a region or more.
fn geo_precision(precision: Precision) -> u8 {
    match precision {
        Precision::Subcity | Precision::City => 1,
        Precision::District => 2,
        Precision::Province | Precision::Country | Precision::Region => 3,
    }
}
