use crate::crosswalk::Crosswalk;
use crate::dyads::{Dyad, dyads};
use crate::format::{Format, Piece};
use crate::identity::number;
use crate::period::Period;
use crate::table::{Dialect, optional};
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, Event, Place, Precision};
use jiff::civil::Date;

/// GDELT 2.0 Events: tab-separated, no header, no quotes.
///
/// A row a dyad. `GLOBALEVENTID` is a hash and none of GDELT's own numbers, which are far smaller. `SQLDATE` is the first
/// day of the event's time and, where the text gives none, the day of publication, as GDELT's own is. Where an actor is,
/// how an article sounds and GNS feature ids are not known and stay empty.
pub(crate) struct Gdelt {
    crosswalk: Crosswalk,
}

const COLUMNS: usize = 61;

impl Gdelt {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }

    fn row(&self, view: &View<'_>, dyad: &Dyad<'_>) -> [String; COLUMNS] {
        let event = dyad.event;
        let day = day_of(view, event);
        let code = event.cameo.as_deref().unwrap_or_default();
        let root = code.get(..2).unwrap_or_default();
        let added: String = published_digits(view);
        let cells = [
            vec![number(dyad.key).to_string()],
            date_cells(day),
            self.actor(dyad.source),
            self.actor(dyad.target),
            vec![
                u8::from(is_lead(view, event)).to_string(),
                code.to_owned(),
                code.get(..3).unwrap_or(code).to_owned(),
                root.to_owned(),
                quad_class(root).map_or(event.quad, |class| class).to_string(),
                self.crosswalk.goldstein(code).map_or(String::new(), |score| format!("{score:?}")),
                // One article of one source, which may tell of the event in several sentences.
                (1 + event.mentions.len()).to_string(),
                "1".to_owned(),
                "1".to_owned(),
                String::new(),
            ],
            self.place(None),
            self.place(None),
            self.place(view.place(event.place)),
            vec![added, view.address().to_owned()],
        ];
        let mut cells = cells.into_iter().flatten();
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    }

    /// Code, name, country, known group, ethnic group, two religions and three types.
    fn actor(&self, entity: Option<&Entity>) -> Vec<String> {
        let Some(entity) = entity else { return vec![String::new(); 10] };
        let code = entity.country.as_deref();
        let body = code.and_then(|code| self.crosswalk.cameo_actor(code));
        let country = match body {
            Some(body) => body.country,
            None => code.and_then(|code| self.crosswalk.country(code)).map(|country| country.cameo),
        };
        let group = body.and_then(|body| body.group);
        let kind = body.and_then(|body| body.kind);
        let sectors = entity.sectors.iter().filter_map(|sector| self.crosswalk.cameo_actor(sector)?.kind);
        let mut kinds: Vec<&str> = Vec::new();
        for found in kind.into_iter().chain(sectors) {
            if !kinds.contains(&found) {
                kinds.push(found);
            }
        }
        kinds.truncate(3);
        // CAMEO puts the kind of a body before its name (IGOUNO), and a country before what is of it (USAGOV).
        let (ahead, behind) =
            if body.is_some() { kinds.split_at(kinds.len().min(1)) } else { kinds.split_at(0) };
        let whole =
            (ahead.iter().copied().chain(country).chain(group).chain(behind.iter().copied())).collect();
        let kind = |at: usize| kinds.get(at).map_or(String::new(), |kind| (*kind).to_owned());
        vec![
            whole,
            entity.name.to_uppercase(),
            optional(country),
            optional(group),
            String::new(),
            String::new(),
            String::new(),
            kind(0),
            kind(1),
            kind(2),
        ]
    }

    /// Type, full name, country, two divisions, latitude, longitude and feature.
    fn place(&self, place: Option<&Place>) -> Vec<String> {
        let mut cells = vec![String::new(); 8];
        let Some(place) = place else { return cells };
        let country = place.country.as_deref().and_then(|code| self.crosswalk.country(code));
        let american = place.country.as_deref() == Some("USA");
        let fips = country.and_then(|country| country.fips);
        let geo_type = match (place.precision, american) {
            (Precision::Country, _) => 1,
            (Precision::Province, true) => 2,
            (Precision::City | Precision::Subcity, true) => 3,
            (Precision::City | Precision::Subcity, false) => 4,
            (Precision::Province, false) => 5,
            // GDELT knows no districts and no regions.
            (Precision::District | Precision::Region, _) => 0,
        };
        let mut name = vec![place.name.as_str()];
        if place.precision != Precision::Country {
            name.extend(place.admin1.as_deref().filter(|admin1| *admin1 != place.name));
            name.extend(country.map(|country| country.name));
        }
        let values = [
            geo_type.to_string(),
            name.join(", "),
            optional(fips),
            optional(fips.filter(|_| place.precision == Precision::Country)),
            String::new(),
            optional(place.lat),
            optional(place.lon),
            optional(fips.filter(|_| place.precision == Precision::Country)),
        ];
        cells.clone_from_slice(&values);
        cells
    }
}

impl Format for Gdelt {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let rows = dyads(view).into_iter().map(|dyad| self.row(view, &dyad)).collect::<Vec<_>>();
        Ok(Piece::Text(Dialect::BareTab.rows(rows)?))
    }
}

/// The first day of the event's time; the day of publication where the text gives none.
pub(crate) fn day_of(view: &View<'_>, event: &Event) -> Option<Date> {
    let period = view.time(event.time).and_then(|time| Period::of(&time.value));
    period.map(|period| period.start).or_else(|| view.published_day()?.parse().ok())
}

/// `SQLDATE`, `MonthYear`, `Year` and `FractionDate`, which is the year with the part of it that is over.
fn date_cells(day: Option<Date>) -> Vec<String> {
    let Some(day) = day else { return vec![String::new(); 4] };
    let (year, month) = (day.year(), day.month());
    // GDELT counts a month as 30 days.
    let days = i32::from(month) * 30 + i32::from(day.day());
    let fraction = f64::from(year) + f64::from(days) / 365.0;
    vec![
        format!("{year:04}{month:02}{:02}", day.day()),
        format!("{year:04}{month:02}"),
        format!("{year:04}"),
        format!("{fraction:.4}"),
    ]
}

/// The time of publication as fourteen digits. GDELT has here when it took the article in; we keep no clock.
pub(crate) fn published_digits(view: &View<'_>) -> String {
    let Some(published) = view.reading.article.published.as_deref() else { return String::new() };
    let local = published.get(..19).unwrap_or(published);
    let mut digits: String = local.chars().filter(char::is_ascii_digit).take(14).collect();
    if digits.len() < 8 {
        return String::new();
    }
    while digits.len() < 14 {
        digits.push('0');
    }
    digits
}

/// Whether the event stands in the title or the first paragraph.
fn is_lead(view: &View<'_>, event: &Event) -> bool {
    let blocks = &view.reading.blocks;
    let first = blocks.iter().position(|block| block.kind == "paragraph").unwrap_or(blocks.len());
    let lead = blocks.get(first).map_or(0, |block| block.span.end);
    event.trigger.start < lead
}

/// GDELT's quad class of a CAMEO root code; it differs from PLOVER's where a type is put under another root.
fn quad_class(root: &str) -> Option<u8> {
    Some(match root.parse::<u8>().ok()? {
        1..=5 => 1,
        6..=8 => 2,
        9..=13 => 3,
        14..=20 => 4,
        _ => return None,
    })
}
