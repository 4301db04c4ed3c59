use crate::crosswalk::Crosswalk;
use crate::dyads::{Dyad, dyads};
use crate::format::{Format, Layout, Piece};
use crate::gdelt::day_of;
use crate::identity::{hex, part_key};
use crate::table::{Dialect, optional};
use crate::words::{precision, quad};
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, EntityKind, Event, MentionForm, Precision};

/// POLECAT's table: tab-separated with a header, as it is published. A row a dyad; lists are parted by `; `.
///
/// `Event Date` is the day of publication where the text gives none, as POLECAT's own is. Titles of Wikipedia articles
/// are not known and stay empty.
pub(crate) struct Polecat {
    crosswalk: Crosswalk,
}

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// Between the items of a list in one cell.
const BETWEEN: &str = "; ";

impl Polecat {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }

    fn row(&self, view: &View<'_>, dyad: &Dyad<'_>) -> [String; COLUMNS.len()] {
        let event = dyad.event;
        let place = view.place(event.place);
        let named = |wanted| place.filter(|place| place.precision == wanted).map(|place| &place.name);
        let [actor, actor_country, actor_cow, actor_sector, actor_sectors, actor_title, actor_raw] =
            self.party(view, event, dyad.source);
        let [to, to_country, to_cow, to_sector, to_sectors, to_title, to_raw] =
            self.party(view, event, dyad.target);
        let names = |kinds: &[EntityKind]| {
            let is_named = |entity: &&Entity| entity.mentions.iter().any(|m| m.form == MentionForm::Name);
            let named = view.reading.entities.iter().filter(is_named);
            let found = named.filter(|entity| kinds.contains(&entity.kind));
            found.map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(BETWEEN)
        };
        let places: Vec<&str> = view.reading.places.iter().map(|place| place.name.as_str()).collect();
        [
            hex(part_key(dyad.key, "polecat")),
            optional(day_of(view, event)),
            event.kind.clone(),
            event.modes.join(BETWEEN),
            format!("{:?}", event.intensity),
            quad(event.quad).to_owned(),
            event.contexts.join(BETWEEN),
            actor,
            actor_country,
            actor_cow,
            actor_sector,
            actor_sectors,
            actor_title,
            actor_raw,
            String::new(),
            to,
            to_country,
            to_cow,
            to_sector,
            to_sectors,
            to_title,
            to_raw,
            String::new(),
            optional(place.map(|place| &place.name)),
            optional(named(Precision::City)),
            optional(named(Precision::District)),
            optional(named(Precision::Province).or(place.and_then(|place| place.admin1.as_ref()))),
            optional(place.and_then(|place| place.country.as_ref())),
            optional(place.and_then(|place| place.lat)),
            optional(place.and_then(|place| place.lon)),
            optional(place.and_then(|place| place.geonameid)),
            optional(place.and_then(|place| place.mentions.first()).map(|&span| view.words(span))),
            optional(place.map(|place| precision(place.precision))),
            optional(view.publisher()),
            optional(view.published_day()),
            names(&[EntityKind::Person]),
            names(&[EntityKind::Organization, EntityKind::Group]),
            places.join(BETWEEN),
            optional(view.reading.article.language.as_ref()),
            format!("{} {}", view.reading.coder.name, view.reading.coder.version),
        ]
    }

    /// Name, country, COW number, first sector, all sectors, title and the words of the text.
    fn party(&self, view: &View<'_>, event: &Event, entity: Option<&Entity>) -> [String; 7] {
        let Some(entity) = entity else { return Default::default() };
        let country = entity.country.as_deref();
        let raw = view.mention_in(entity, event).map(|span| view.words(span));
        [
            entity.name.clone(),
            optional(country),
            optional(country.and_then(|code| self.crosswalk.country(code)?.cow)),
            optional(entity.sectors.first()),
            entity.sectors.join(BETWEEN),
            optional(entity.title.as_ref()),
            optional(raw),
        ]
    }
}

impl Format for Polecat {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let rows: Vec<_> = dyads(view).into_iter().map(|dyad| self.row(view, &dyad)).collect();
        Ok(Piece::Text(Dialect::Tab.rows(rows)?))
    }

    fn layout(&self) -> Layout {
        Layout::with_header(Dialect::Tab.header(COLUMNS))
    }
}
