use crate::crosswalk::Crosswalk;
use crate::format::{Format, Piece};
use crate::identity::{event_key, hex};
use crate::period::{Period, clock};
use crate::toll::Toll;
use crate::words::certainty;
use crate::{ExportError, View};
use dateline_reading::reading::{Entity, Event, FigureKind, Place, Precision};
use serde::Serialize;

/// Records of the PLOVER manual as JSON Lines. Auxiliary modes stand after the modes; how sure the text is stands in
/// `comment`.
pub(crate) struct Plover {
    crosswalk: Crosswalk,
}

impl Plover {
    pub(crate) fn new() -> Result<Self, ExportError> {
        Ok(Self { crosswalk: Crosswalk::standard()? })
    }
}

impl Format for Plover {
    fn piece(&self, view: &View<'_>) -> Result<Piece, ExportError> {
        let mut out = Vec::new();
        for event in &view.reading.events {
            serde_json::to_writer(&mut out, &Record::of(&self.crosswalk, view, event))?;
            out.push(b'\n');
        }
        Ok(Piece::Text(out))
    }
}

#[derive(Serialize)]
struct Record<'a> {
    id: String,
    has_event: bool,
    date: Option<String>,
    time: Option<&'a str>,
    enddate: Option<String>,
    endtime: Option<&'a str>,
    actor: Vec<Party<'a>>,
    recipient: Vec<Party<'a>>,
    event: [&'a str; 1],
    event_loc: Option<Location<'a>>,
    event_text: &'a str,
    quad_code: u8,
    event_scale: f64,
    mode: Vec<&'a str>,
    context: &'a [String],
    size: Size,
    link: Option<&'a str>,
    text: &'a str,
    text_info: TextInfo,
    cite_info: CiteInfo<'a>,
    coder: String,
    coded_date: Option<&'a str>,
    coded_time: Option<&'a str>,
    comment: String,
}

#[derive(Serialize)]
struct Party<'a> {
    code: Option<&'a str>,
    sector: &'a [String],
    entity_text: &'a str,
    identifier_id: Option<&'a str>,
    identifier_text: &'a str,
    religion: Option<&'a str>,
    ethnicity: Option<&'a str>,
    office: Option<&'a str>,
    gender: Option<&'a str>,
    age: Option<&'a str>,
}

#[derive(Serialize)]
struct Location<'a> {
    extracted_place: &'a str,
    resolved_place: &'a str,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    city: Option<&'a str>,
    district: Option<&'a str>,
    province: Option<&'a str>,
    country: Option<&'static str>,
    country_code: Option<&'a str>,
    resolution: Option<u8>,
}

#[derive(Serialize)]
struct Size {
    dead: Option<u64>,
    injured: Option<u64>,
    arrested: Option<u64>,
}

/// Where the event's words stand in the article's text, in characters.
#[derive(Serialize)]
struct TextInfo {
    sequence: u32,
    start: u32,
    end: u32,
    text_story: Option<&'static str>,
}

#[derive(Serialize)]
struct CiteInfo<'a> {
    corpus: Option<&'a str>,
    citation: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    language: Option<&'a str>,
    publication: Option<&'a str>,
    publication_date: Option<&'a str>,
}

impl<'a> Record<'a> {
    fn of(crosswalk: &Crosswalk, view: &View<'a>, event: &'a Event) -> Self {
        let reading = view.reading;
        let article = &reading.article;
        let time = view.time(event.time).map(|time| time.value.as_str());
        let period = time.and_then(Period::of);
        let sentence = view.sentence(event).unwrap_or(event.trigger);
        let largest = |kinds: &[FigureKind]| {
            let toll = Toll::largest(view.figures(&event.figures), kinds);
            toll.best.or(toll.low)
        };
        let party = |&id| view.entity(id).map(|entity| Party::of(view, event, entity));
        let says = event.attributed_to.and_then(|id| view.entity(id));
        let says = says.map_or(String::new(), |entity| format!(" to {}", entity.name));
        Self {
            id: hex(event_key(reading, event)),
            has_event: true,
            date: period.map(|period| period.start.to_string()),
            time: time.and_then(clock),
            enddate: period.filter(|p| p.start < p.end).map(|period| period.end.to_string()),
            endtime: None,
            actor: event.actors.iter().filter_map(party).collect(),
            recipient: event.recipients.iter().filter_map(party).collect(),
            event: [&event.kind],
            event_loc: view.place(event.place).map(|place| Location::of(crosswalk, view, place)),
            event_text: view.words(event.trigger),
            quad_code: event.quad,
            event_scale: event.intensity,
            mode: event.modes.iter().chain(&event.aux).map(String::as_str).collect(),
            context: &event.contexts,
            size: Size {
                dead: largest(&[FigureKind::Killed, FigureKind::Executed]),
                injured: largest(&[FigureKind::Injured]),
                arrested: largest(&[FigureKind::Arrested]),
            },
            link: article.url.as_deref(),
            text: view.words(sentence),
            text_info: TextInfo {
                sequence: event.sentence,
                start: sentence.start,
                end: sentence.end,
                text_story: None,
            },
            cite_info: CiteInfo {
                corpus: None,
                citation: &article.id,
                url: article.url.as_deref(),
                title: article.title.as_deref(),
                language: article.language.as_deref(),
                publication: view.publisher(),
                publication_date: article.published.as_deref(),
            },
            coder: format!("{} {}", reading.coder.name, reading.coder.version),
            coded_date: None,
            coded_time: None,
            comment: format!("{}{says}", certainty(event.certainty)),
        }
    }
}

impl<'a> Party<'a> {
    fn of(view: &View<'a>, event: &Event, entity: &'a Entity) -> Self {
        Self {
            code: entity.country.as_deref(),
            sector: &entity.sectors,
            entity_text: view.mention_in(entity, event).map_or(&entity.name, |span| view.words(span)),
            identifier_id: entity.wikidata.as_deref(),
            identifier_text: &entity.name,
            religion: None,
            ethnicity: None,
            office: entity.title.as_deref(),
            gender: None,
            age: None,
        }
    }
}

impl<'a> Location<'a> {
    fn of(crosswalk: &Crosswalk, view: &View<'a>, place: &'a Place) -> Self {
        let name = |wanted| (place.precision == wanted).then_some(place.name.as_str());
        let code = place.country.as_deref();
        Self {
            extracted_place: place.mentions.first().map_or(&place.name, |&span| view.words(span)),
            resolved_place: &place.name,
            geonameid: place.geonameid,
            lat: place.lat,
            lon: place.lon,
            city: name(Precision::City),
            district: name(Precision::District),
            province: name(Precision::Province).or(place.admin1.as_deref()),
            country: code.and_then(|code| crosswalk.country(code)).map(|country| country.name),
            country_code: code,
            resolution: match place.precision {
                Precision::Subcity => Some(5),
                Precision::City => Some(4),
                Precision::District => Some(3),
                Precision::Province => Some(2),
                Precision::Country => Some(1),
                Precision::Region => None,
            },
        }
    }
}
