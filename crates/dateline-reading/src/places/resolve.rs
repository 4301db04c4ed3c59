use super::Place;
use super::containers::{self, Holder};
use super::evidence::{Evidence, Features};
use super::picture::{Picture, Seen};
use super::toponyms::Toponym;
use crate::document::Document;
use crate::noun_phrase::token;
use crate::reading::Precision;
use crate::spotted::Spotted;
use dateline_codebook::{Feature, GazetteerPlace};
use std::collections::{BTreeMap, HashMap};

/// Of a name that hundreds of places bear, only the likeliest by size are weighed.
const CANDIDATES: usize = 120;

/// How often the places of an article are weighed again in the light of each other.
const ROUNDS: usize = 3;

/// Chooses a place for every toponym; `None` where nothing fits.
///
/// Every name is weighed as a whole, since one article means one place by one name, save where the words around a
/// mention tell its container ("Paris, Texas" beside "Paris, France"). In each round every candidate is weighed by what
/// its own mentions tell and by what the other names of the article were taken for in the round before.
pub(super) fn resolve(
    doc: &Document<'_>,
    spotted: &[Vec<Spotted>],
    toponyms: &[Toponym],
) -> Vec<Option<Place>> {
    let mut lookups = Lookups { doc, by_name: HashMap::new() };
    let candidates: Vec<Vec<GazetteerPlace<'_>>> =
        toponyms.iter().map(|toponym| lookups.of(toponym)).collect();
    let holders: Vec<Vec<Holder<'_>>> =
        (0..toponyms.len()).map(|at| containers::of(doc, spotted, toponyms, &candidates, at)).collect();
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, toponym) in toponyms.iter().enumerate() {
        names.entry(toponym.written(doc).to_lowercase()).or_default().push(at);
    }
    let rows: Vec<Vec<usize>> = (0..toponyms.len()).map(|at| containers::row_of(doc, toponyms, at)).collect();
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); toponyms.len()];
    for (at, holders) in holders.iter().enumerate() {
        for holder in holders.iter().filter(|h| h.told) {
            if let Some(list) = holder.toponym.and_then(|container| held.get_mut(container)) {
                list.push(at);
            }
        }
    }
    let evidence =
        Evidence { doc, toponyms, candidates: &candidates, holders: &holders, held: &held, rows: &rows };
    let mut picture = Picture::of(doc, spotted);
    for round in 0..ROUNDS {
        let mut seen = Vec::with_capacity(names.len());
        for (name, mentions) in &names {
            let Some(&first) = mentions.first() else { continue };
            let around = picture.without(name);
            let best = best_of(candidates.get(first).map_or(&[], Vec::as_slice), |candidate| {
                evidence.of_name(mentions, candidate, &around, round > 0)
            });
            if let Some((place, _)) = best {
                let certain = evidence.is_certain(mentions, place);
                seen.push(Seen { name: name.clone(), place: *place, mentions: mentions.len(), certain });
            }
        }
        picture.take(seen);
    }
    let mut chosen = Vec::with_capacity(toponyms.len());
    for (at, toponym) in toponyms.iter().enumerate() {
        let name = toponym.written(doc).to_lowercase();
        let around = picture.without(&name);
        let own = candidates.get(at).map_or(&[][..], Vec::as_slice);
        let told = evidence.has_container(at);
        let mentions = names.get(&name).filter(|_| !told).cloned().unwrap_or_else(|| vec![at]);
        let best = best_of(own, |candidate| evidence.of_name(&mentions, candidate, &around, true));
        let container = evidence.container_of(&mentions, &picture);
        chosen.push(match (best, container) {
            // Nothing of this name lies where the text says: what is known is the container.
            (Some((place, features)), Some(container)) if features.contradicts() => {
                Some(inside(doc, toponym, &container, place.name))
            }
            (Some((place, features)), _) if !toponym.guessed || features.is_believable() => {
                Some(place_of(doc, toponym, place))
            }
            (Some(_), _) => None,
            (None, Some(container)) => Some(inside(doc, toponym, &container, toponym.written(doc))),
            (None, None) if toponym.guessed => None,
            (None, None) => site(doc, toponym, &mut lookups).or_else(|| unplaced(doc, toponym)),
        });
    }
    chosen
}

/// The candidate with the most weight; of equals the first.
fn best_of<'c, 'a>(
    candidates: &'c [GazetteerPlace<'a>],
    weigh: impl Fn(&GazetteerPlace<'a>) -> Features,
) -> Option<(&'c GazetteerPlace<'a>, Features)> {
    let mut best: Option<(&GazetteerPlace<'a>, Features, f64)> = None;
    for candidate in candidates {
        let features = weigh(candidate);
        let weight = features.weight();
        if best.as_ref().is_none_or(|(_, _, most)| weight > *most) {
            best = Some((candidate, features, weight));
        }
    }
    best.map(|(candidate, features, _)| (candidate, features))
}

/// The gazetteer's answers, each name asked for once.
struct Lookups<'d, 'a> {
    doc: &'d Document<'a>,
    by_name: HashMap<String, Vec<GazetteerPlace<'a>>>,
}

impl<'a> Lookups<'_, 'a> {
    /// The places that a toponym may name: by the words with its direction and kind, else by the name alone.
    fn of(&mut self, toponym: &Toponym) -> Vec<GazetteerPlace<'a>> {
        let Some(sentence) = self.doc.sentences.get(toponym.sentence as usize) else { return Vec::new() };
        let written = toponym.written(self.doc);
        if toponym.outer != (toponym.first, toponym.end) && !toponym.nested {
            let outer = self.doc.words(sentence.span_of(toponym.outer.0, toponym.outer.1));
            let mut both = self.find(outer);
            if both.iter().any(|place| place.feature == Feature::Region) {
                return both;
            }
            let alone = self.find(written);
            both.retain(|place| !alone.contains(place));
            both.extend(alone);
            return both;
        }
        let found = self.find(written);
        if !found.is_empty() || toponym.end - toponym.first < 2 {
            return found;
        }
        // "City of Herat", "Balkh Province": a kind with a capital that the gazetteer leaves out.
        let words = &self.doc.codebook.mentions;
        let lower = |at: u32| {
            token(sentence, at).map_or(String::new(), |t| t.span.of(self.doc.text()).to_lowercase())
        };
        let (mut first, mut end) = (toponym.first, toponym.end);
        let drop =
            |word: &str| words.directions.contains(word) || words.place_heads.contains(word) || word == "of";
        while first + 1 < end && drop(&lower(first)) {
            first += 1;
        }
        while end > first + 1 && words.place_heads.contains(lower(end - 1).as_str()) {
            end -= 1;
        }
        if (first, end) == (toponym.first, toponym.end) {
            return Vec::new();
        }
        self.find(self.doc.words(sentence.span_of(first, end)))
    }

    fn find(&mut self, name: &str) -> Vec<GazetteerPlace<'a>> {
        if let Some(found) = self.by_name.get(name) {
            return found.clone();
        }
        let mut found = self.doc.codebook.gazetteer.find(name);
        found.truncate(CANDIDATES);
        self.by_name.insert(name.to_owned(), found.clone());
        found
    }
}

fn place_of(doc: &Document<'_>, toponym: &Toponym, found: &GazetteerPlace<'_>) -> Place {
    let part = part_of(doc, toponym, found);
    Place {
        name: part.clone().unwrap_or_else(|| found.name.to_owned()),
        country: found.country,
        admin1: found.admin1.map(str::to_owned),
        lat: Some(found.lat),
        lon: Some(found.lon),
        geonameid: Some(found.geonameid).filter(|&id| id != 0 && part.is_none()),
        precision: match found.feature {
            Feature::Subcity => Precision::Subcity,
            Feature::City | Feature::Capital => Precision::City,
            Feature::District => Precision::District,
            Feature::Province => Precision::Province,
            Feature::Country if part.is_some() => Precision::Region,
            Feature::Country => Precision::Country,
            Feature::Region => Precision::Region,
        },
    }
}

/// "northern Iraq": a part of a country or province, by the words that say which; with the coordinates of the whole.
fn part_of(doc: &Document<'_>, toponym: &Toponym, found: &GazetteerPlace<'_>) -> Option<String> {
    let area = matches!(found.feature, Feature::Country | Feature::Province);
    let sentence = doc.sentences.get(toponym.sentence as usize).filter(|_| area && !toponym.nested)?;
    let direction = |at: u32| {
        token(sentence, at).is_some_and(|t| {
            doc.codebook.mentions.directions.contains(t.span.of(doc.text()).to_lowercase().as_str())
        })
    };
    let whole = doc.words(sentence.span_of(toponym.outer.0, toponym.end));
    let part = toponym.outer.0 < toponym.first && direction(toponym.outer.0);
    (part && !whole.eq_ignore_ascii_case(found.name))
        .then(|| whole.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A place that the gazetteer lacks inside one that it has: it is as precise as the container.
fn inside(doc: &Document<'_>, toponym: &Toponym, container: &GazetteerPlace<'_>, name: &str) -> Place {
    let name = if name.is_empty() { toponym.written(doc) } else { name };
    let admin1 = container.admin1.or((container.feature == Feature::Province).then_some(container.name));
    let precision = match container.feature {
        Feature::Country => Precision::Country,
        Feature::Province => Precision::Province,
        Feature::District => Precision::District,
        Feature::City | Feature::Capital | Feature::Subcity => Precision::Subcity,
        Feature::Region => Precision::Region,
    };
    Place {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        country: container.country,
        admin1: admin1.map(str::to_owned),
        lat: Some(container.lat),
        lon: Some(container.lon),
        geonameid: None,
        precision,
    }
}

/// An airport, a camp, a university that bears its town's name: smaller than the town, and where the town is.
fn site(doc: &Document<'_>, toponym: &Toponym, lookups: &mut Lookups<'_, '_>) -> Option<Place> {
    let sentence = doc.sentences.get(toponym.sentence as usize)?;
    let word = |at: u32| token(sentence, at).map_or("", |t| t.span.of(doc.text()));
    let last = word(toponym.end.checked_sub(1)?).to_lowercase();
    if toponym.end < toponym.first + 2 || !doc.codebook.place_words.facilities.contains(last.as_str()) {
        return None;
    }
    let longest = (toponym.end - 1).min(toponym.first + 3);
    (toponym.first + 1..=longest).rev().find_map(|end| {
        let found = lookups.find(doc.words(sentence.span_of(toponym.first, end)));
        let town = found.iter().find(|place| {
            matches!(place.feature, Feature::City | Feature::Capital) && place.population >= 50_000
        })?;
        Some(inside(doc, toponym, town, toponym.written(doc)))
    })
}

/// A place that the gazetteer lacks: its name, and its country where that is what it names.
fn unplaced(doc: &Document<'_>, toponym: &Toponym) -> Option<Place> {
    let country = toponym.country.and_then(|code| doc.codebook.actors.country(code));
    let name = match country.and_then(|id| doc.codebook.actors.get(id)) {
        Some(actor) if !toponym.capital => actor.name.clone(),
        _ => toponym.written(doc).to_owned(),
    };
    let precision = match (toponym.country, toponym.capital) {
        (Some(_), false) => Precision::Country,
        (Some(_), true) => Precision::City,
        // Nothing tells how large it is; the coarsest claim is the honest one.
        _ => Precision::Region,
    };
    (!name.trim().is_empty()).then_some(Place {
        name,
        country: toponym.country,
        admin1: None,
        lat: None,
        lon: None,
        geonameid: None,
        precision,
    })
}
