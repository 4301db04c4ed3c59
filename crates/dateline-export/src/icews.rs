use crate::crosswalk::Crosswalk;
use crate::dyads::{Dyad, dyads};
use crate::format::{Format, Layout, Piece};
use crate::gdelt::day_of;
use crate::identity::number;
use crate::table::{Dialect, optional};
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, Precision};
use xxhash_rust::xxh3::xxh3_128;

/// ICEWS's table: tab-separated with a header, as it is published. A row a dyad.
///
/// `Event ID` and `Story ID` are hashes and none of ICEWS's own numbers, which are far smaller. `Event Date` is the day
/// of publication where the text gives none. Sectors are PLOVER's; countries are named in English.
pub(crate) struct Icews {
    crosswalk: Crosswalk,
}

const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

impl Icews {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }

    fn row(&self, view: &View<'_>, dyad: &Dyad<'_>) -> [String; COLUMNS.len()] {
        let event = dyad.event;
        let code = event.cameo.as_deref().unwrap_or_default();
        let place = view.place(event.place);
        let named = |wanted| place.filter(|place| place.precision == wanted).map(|place| &place.name);
        let [source, source_sectors, source_country] = self.party(dyad.source);
        let [target, target_sectors, target_country] = self.party(dyad.target);
        [
            number(dyad.key).to_string(),
            optional(day_of(view, event)),
            source,
            source_sectors,
            source_country,
            optional(self.crosswalk.cameo_name(code)),
            code.to_owned(),
            self.crosswalk.goldstein(code).map_or(String::new(), |score| format!("{score:?}")),
            target,
            target_sectors,
            target_country,
            number(xxh3_128(view.reading.article.id.as_bytes())).to_string(),
            (event.sentence + 1).to_string(),
            optional(view.publisher()),
            optional(named(Precision::City)),
            optional(named(Precision::District)),
            optional(named(Precision::Province).or(place.and_then(|place| place.admin1.as_ref()))),
            optional(place.and_then(|place| self.country(place.country.as_deref()?))),
            optional(place.and_then(|place| place.lat)),
            optional(place.and_then(|place| place.lon)),
        ]
    }

    fn party(&self, entity: Option<&Entity>) -> [String; 3] {
        let Some(entity) = entity else { return Default::default() };
        let country = entity.country.as_deref().and_then(|code| self.country(code));
        [entity.name.clone(), entity.sectors.join(","), optional(country)]
    }

    fn country(&self, code: &str) -> Option<&'static str> {
        self.crosswalk.country(code).map(|country| country.name)
    }
}

impl Format for Icews {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let rows: Vec<_> = dyads(view).into_iter().map(|dyad| self.row(view, &dyad)).collect();
        Ok(Piece::Text(Dialect::Tab.rows(rows)?))
    }

    fn layout(&self) -> Layout {
        Layout::with_header(Dialect::Tab.header(COLUMNS))
    }
}
