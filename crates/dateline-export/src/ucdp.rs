use crate::crosswalk::{Country, Crosswalk, Side};
use crate::dyads::has_happened;
use crate::format::{Format, Layout, Piece};
use crate::period::Period;
use crate::sides::{side_of, side_of_all};
use crate::table::{Dialect, optional};
use crate::toll::Toll;
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, Event, Place, Precision};

/// A table in the columns of UCDP's Georeferenced Event Dataset, with commas and a header. A row a lethal event.
///
/// Ids and names that UCDP's registries give out (of events, conflicts, dyads and sides) stay empty, and so does the date
/// of an event that the text does not date. A death is a civilian's where one side alone is armed, and of an unknown
/// side otherwise.
pub(crate) struct Ucdp {
    crosswalk: Crosswalk,
}

const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

impl Ucdp {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }

    /// Whether somebody died of an act of violence.
    fn is_lethal(&self, event: &Event, toll: Toll) -> bool {
        let assault = event.kind == "ASSAULT";
        let by_nature = self.crosswalk.is_lethal(&event.modes, event.cameo.as_deref());
        assault && has_happened(event) && (toll.is_deadly() || by_nature)
    }

    fn row(&self, view: &View<'_>, event: &Event, toll: Toll) -> [String; COLUMNS.len()] {
        let article = &view.reading.article;
        let period = view.time(event.time).and_then(|time| Period::of(&time.value));
        let place = view.place(event.place);
        let country = place.and_then(|place| self.country(place.country.as_deref()));
        let point = place.and_then(|place| Some((place.lat?, place.lon?)));
        let (actors, recipients) = (view.entities(&event.actors), view.entities(&event.recipients));
        let kind = self.type_of_violence(&actors, &recipients);
        let one_sided = kind == Some(3);
        let none = String::new;
        [
            none(),
            none(),
            optional(period.filter(|p| p.start.year() == p.end.year()).map(|p| p.start.year())),
            none(),
            none(),
            optional(kind),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            names(&actors),
            none(),
            none(),
            if one_sided && recipients.iter().all(|r| self.side(r) == Some(Side::Civilian)) {
                "Civilians".to_owned()
            } else {
                names(&recipients)
            },
            "1".to_owned(),
            view.address().to_owned(),
            optional(view.publisher()),
            optional(view.published_day()),
            optional(article.title.as_ref()),
            optional(event.attributed_to.and_then(|id| view.entity(id)).map(|entity| &entity.name)),
            optional(place.map(where_precision)),
            optional(place.map(|place| &place.name)),
            optional(place.and_then(|place| place.mentions.first()).map(|&span| view.words(span))),
            optional(place.and_then(|place| place.admin1.as_ref())),
            optional(place.filter(|p| p.precision == Precision::District).map(|place| &place.name)),
            optional(point.map(|(lat, _)| lat)),
            optional(point.map(|(_, lon)| lon)),
            optional(point.map(|(lat, lon)| format!("POINT ({lon} {lat})"))),
            optional(point.and_then(|(lat, lon)| prio_grid(lat, lon))),
            optional(country.map(|country| country.name)),
            optional(country.and_then(|country| country.gw)),
            optional(country.and_then(|country| country.ucdp_region)),
            none(),
            optional(period.map(|period| date_precision(period.days()))),
            optional(period.map(|period| period.start)),
            optional(period.map(|period| period.end)),
            none(),
            none(),
            optional(toll.best.filter(|_| one_sided)),
            optional(toll.best.filter(|_| !one_sided)),
            optional(toll.best),
            optional(toll.high),
            optional(toll.low),
            optional(self.state_number(&actors)),
            optional(self.state_number(&recipients)),
        ]
    }

    fn country(&self, code: Option<&str>) -> Option<&Country> {
        self.crosswalk.country(code?)
    }

    fn side(&self, entity: &Entity) -> Option<Side> {
        side_of(&self.crosswalk, entity)
    }

    /// 1 between a state and somebody armed, 2 between two who are armed and no state, 3 against civilians; nothing where
    /// a side is not known.
    fn type_of_violence(&self, actors: &[&Entity], recipients: &[&Entity]) -> Option<u8> {
        let a = side_of_all(&self.crosswalk, actors)??;
        let b = side_of_all(&self.crosswalk, recipients)??;
        Some(match (a, b) {
            (Side::State | Side::Armed, Side::Civilian) => 3,
            (Side::Armed, Side::Armed) => 2,
            (Side::State, Side::State | Side::Armed) | (Side::Armed, Side::State) => 1,
            (Side::Civilian, _) => return None,
        })
    }

    /// Gleditsch and Ward's number of the first side that is a state.
    fn state_number(&self, entities: &[&Entity]) -> Option<u16> {
        let state = entities.iter().find(|entity| self.side(entity) == Some(Side::State))?;
        self.country(state.country.as_deref())?.gw
    }
}

impl Format for Ucdp {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let events = view.reading.events.iter().map(|event| (event, Toll::of(view, event)));
        let lethal = events.filter(|&(event, toll)| self.is_lethal(event, toll));
        let rows: Vec<_> = lethal.map(|(event, toll)| self.row(view, event, toll)).collect();
        Ok(Piece::Text(Dialect::Comma.rows(rows)?))
    }

    fn layout(&self) -> Layout {
        Layout::with_header(Dialect::Comma.header(COLUMNS))
    }
}

fn names(entities: &[&Entity]) -> String {
    entities.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn where_precision(place: &Place) -> u8 {
    match place.precision {
        Precision::Subcity | Precision::City => 1,
        Precision::District => 3,
        Precision::Province => 4,
        Precision::Region => 5,
        Precision::Country => 6,
    }
}

/// 1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 more.
fn date_precision(days: i32) -> u8 {
    match days {
        ..=1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

/// The cell of the PRIO-GRID that a point lies in: half a degree each way, counted from 90° south 180° west.
fn prio_grid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..90.0).contains(&lat) || !(-180.0..180.0).contains(&lon) {
        return None;
    }
    let (row, column) = (((lat + 90.0) * 2.0).floor(), ((lon + 180.0) * 2.0).floor());
    Some(row as u32 * 720 + column as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_prio_grid() {
        // The first and the last of the 360 rows of 720 cells.
        assert_eq!(prio_grid(-89.75, -179.75), Some(1));
        assert_eq!(prio_grid(89.75, 179.75), Some(259_200));
        assert_eq!(prio_grid(90.0, 0.0), None);
    }

    #[test]
    fn how_precise_a_date_is() {
        assert_eq!([1, 2, 6, 7, 30, 365].map(date_precision), [1, 2, 2, 3, 4, 5]);
    }
}
