use super::geometry::kilometres;
use crate::document::Document;
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{Code, Feature, GazetteerPlace};
use std::collections::BTreeMap;

/// Within this many kilometres places tell most of each other.
const NEIGHBOURS: f64 = 100.0;

/// What an article is about, as far as its places are known: which countries and divisions, and where on the map.
pub(super) struct Picture<'a> {
    /// How often the text names each country, its people, its capital or its government.
    countries: BTreeMap<Code, f64>,
    /// Where it was filed, and where its publisher is at home.
    home: Vec<GazetteerPlace<'a>>,
    seen: Vec<Seen<'a>>,
}

/// What a name was taken for.
#[derive(Clone, Debug)]
pub(super) struct Seen<'a> {
    pub(super) name: String,
    pub(super) place: GazetteerPlace<'a>,
    pub(super) mentions: usize,
    /// Whether the text tells its container, or nothing else has the name.
    pub(super) certain: bool,
}

/// The picture without one name, so that a name does not speak for itself.
pub(super) struct Around<'p, 'a> {
    picture: &'p Picture<'a>,
    without: &'p str,
    countries: BTreeMap<Code, f64>,
    total: f64,
    /// By country and division.
    divisions: BTreeMap<(Code, &'a str), f64>,
    divided: f64,
}

impl<'a> Picture<'a> {
    /// What an article tells before any of its places is known.
    pub(super) fn of(doc: &Document<'a>, spotted: &[Vec<Spotted>]) -> Self {
        let mut countries = BTreeMap::new();
        for (index, names) in spotted.iter().enumerate() {
            for name in names.iter().filter(|n| matches!(n.kind, SpottedKind::Country(_))) {
                let actor = name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor));
                if let Some(code) = actor.and_then(|a| a.country) {
                    // Headlines say what an article is about.
                    *countries.entry(code).or_insert(0.0) += if index < 2 { 2.0 } else { 1.0 };
                }
            }
        }
        let mut home = Vec::new();
        home.extend(doc.article.located.as_deref().and_then(|located| filed(doc, located)));
        home.extend(doc.article.publisher.as_deref().and_then(|publisher| at_home(doc, publisher)));
        Self { countries, home, seen: Vec::new() }
    }

    /// Takes what the names were taken for in the last round.
    pub(super) fn take(&mut self, seen: Vec<Seen<'a>>) {
        self.seen = seen;
    }

    /// What a name was taken for.
    pub(super) fn seen(&self, name: &str) -> Option<&GazetteerPlace<'a>> {
        self.seen.iter().find(|seen| seen.name == name).map(|seen| &seen.place)
    }

    /// The picture without one name.
    pub(super) fn without<'p>(&'p self, name: &'p str) -> Around<'p, 'a> {
        let mut countries = self.countries.clone();
        let mut divisions = BTreeMap::new();
        let others = self.seen.iter().filter(|seen| seen.name != name);
        let homes = self.home.iter().map(|place| (place, 1.0));
        let weighed = others.map(|seen| {
            let sure = if seen.certain { 1.0 } else { 0.5 };
            (&seen.place, sure * (seen.mentions as f64).min(3.0))
        });
        for (place, weight) in weighed.chain(homes) {
            let Some(country) = place.country else { continue };
            if place.feature != Feature::Country {
                *countries.entry(country).or_insert(0.0) += 0.5 * weight;
            }
            let division = place.admin1.or((place.feature == Feature::Province).then_some(place.name));
            if let Some(division) = division {
                *divisions.entry((country, division)).or_insert(0.0) += weight;
            }
        }
        let (total, divided) = (countries.values().sum(), divisions.values().sum());
        Around { picture: self, without: name, countries, total, divisions, divided }
    }
}

impl Around<'_, '_> {
    /// From 0 for a country that the article never names to 1 for the only one.
    pub(super) fn country(&self, country: Option<Code>) -> f64 {
        let count = country.and_then(|code| self.countries.get(&code)).copied().unwrap_or(0.0);
        if self.total > 0.0 { count / self.total } else { 0.0 }
    }

    /// From 0 for a division where nothing else lies to 1 for the only one.
    pub(super) fn division(&self, place: &GazetteerPlace<'_>) -> f64 {
        let name = place.admin1.or((place.feature == Feature::Province).then_some(place.name));
        let key = place.country.zip(name);
        let count = key.and_then(|key| self.divisions.get(&key)).copied().unwrap_or(0.0);
        // Few places tell little: one of one is not yet all.
        if self.divided > 0.0 { count / (self.divided + 1.0) } else { 0.0 }
    }

    /// From 0 for a place that no other is near to 1 for one with several neighbours.
    pub(super) fn neighbours(&self, place: &GazetteerPlace<'_>) -> f64 {
        let others =
            self.picture.seen.iter().filter(|seen| seen.name != self.without).map(|seen| &seen.place);
        let near = others.chain(&self.picture.home).filter(|other| {
            !matches!(other.feature, Feature::Country | Feature::Region) && other.name != place.name
        });
        let sum: f64 = near.map(|other| (-kilometres(place, other) / NEIGHBOURS).exp()).sum();
        sum.min(2.0) / 2.0
    }
}

/// "GLASGOW, Ky.": where an article was filed.
fn filed<'a>(doc: &Document<'a>, located: &str) -> Option<GazetteerPlace<'a>> {
    let gazetteer = &doc.codebook.gazetteer;
    let mut parts = located.split([',', '/']).map(str::trim);
    let found = gazetteer.find(parts.next()?);
    let holders: Vec<_> = parts.flat_map(|part| gazetteer.find(part)).collect();
    let held =
        found.iter().find(|place| holders.iter().any(|holder| super::geometry::is_inside(place, holder)));
    held.or(found.first()).copied()
}

/// The place that a newspaper is called after: "Edmonton Journal", "The New York Times".
fn at_home<'a>(doc: &Document<'a>, publisher: &str) -> Option<GazetteerPlace<'a>> {
    let words: Vec<&str> = publisher.split_whitespace().collect();
    let media = |word: &str| doc.codebook.place_words.media.contains(word.to_lowercase().as_str());
    let end = words.iter().position(|word| media(word))?;
    (0..end).find_map(|first| {
        let name = words.get(first..end)?.join(" ");
        doc.codebook.gazetteer.find(&name).first().copied()
    })
}
