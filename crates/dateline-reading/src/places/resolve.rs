use super::Place;
use super::toponyms::Toponym;
use crate::document::Document;
use crate::noun_phrase::{lemma, token};
use crate::reading::Precision;
use crate::spotted::{Spotted, SpottedKind};
use dateline_codebook::{Code, Feature, GazetteerPlace};
use dateline_syntax::{Sentence, Upos};
use std::collections::{BTreeMap, HashMap};

/// How many words may lie between two toponyms of which one holds the other.
const NEAR: u32 = 6;

/// Chooses a place for every toponym; `None` where nothing fits.
pub(super) fn resolve(
    doc: &Document<'_>,
    spotted: &[Vec<Spotted>],
    toponyms: &[Toponym],
) -> Vec<Option<Place>> {
    let mut lookups = Lookups { doc, by_name: HashMap::new() };
    let candidates: Vec<Vec<GazetteerPlace<'_>>> = toponyms.iter().map(|t| lookups.of(t)).collect();
    let focus = Focus::of(doc, spotted);
    let mut chosen: Vec<Option<Place>> = Vec::with_capacity(toponyms.len());
    let mut settled: HashMap<String, (f64, Place)> = HashMap::new();
    let mut weights = Vec::with_capacity(toponyms.len());
    for (at, toponym) in toponyms.iter().enumerate() {
        let choice = choose(doc, toponyms, &candidates, at, &focus);
        let name = words(doc, toponym).to_lowercase();
        weights.push(choice.as_ref().map_or(f64::MIN, |(weight, _)| *weight));
        if let Some((weight, place)) = &choice {
            let known = settled.get(&name).is_some_and(|(best, _)| best >= weight);
            if !known {
                settled.insert(name, (*weight, place.clone()));
            }
        }
        chosen.push(choice.map(|(_, place)| place));
    }
    // One article means one place by one name: the mention with the most to go by decides.
    for (at, toponym) in toponyms.iter().enumerate() {
        if toponym.country.is_some() {
            continue;
        }
        if let Some((best, place)) = settled.get(&words(doc, toponym).to_lowercase())
            && weights.get(at).is_some_and(|weight| weight < best)
            && let Some(slot) = chosen.get_mut(at)
        {
            *slot = Some(place.clone());
        }
    }
    chosen
}

fn words<'a>(doc: &Document<'a>, toponym: &Toponym) -> &'a str {
    doc.sentences
        .get(toponym.sentence as usize)
        .map_or("", |s| doc.words(s.span_of(toponym.first, toponym.end)))
}

/// The gazetteer's answers, each name asked for once.
struct Lookups<'d, 'a> {
    doc: &'d Document<'a>,
    by_name: HashMap<String, Vec<GazetteerPlace<'a>>>,
}

impl<'a> Lookups<'_, 'a> {
    fn of(&mut self, toponym: &Toponym) -> Vec<GazetteerPlace<'a>> {
        let Some(sentence) = self.doc.sentences.get(toponym.sentence as usize) else { return Vec::new() };
        let words = &self.doc.codebook.mentions;
        let whole = self.find(words_of(self.doc, sentence, toponym.first, toponym.end));
        if !whole.is_empty() {
            return whole;
        }
        // "northern Afghanistan", "the city of Herat", "Balkh province": what is left without the words around it.
        let (mut first, mut end) = (toponym.first, toponym.end);
        let is = |at: u32, list: &std::collections::HashSet<String>| {
            token(sentence, at).is_some_and(|t| list.contains(&t.span.of(self.doc.text()).to_lowercase()))
        };
        while first + 1 < end
            && (is(first, &words.directions)
                || is(first, &words.place_heads)
                || lemma(sentence, first) == "of")
        {
            first += 1;
        }
        while end > first + 1 && is(end - 1, &words.place_heads) {
            end -= 1;
        }
        if (first, end) == (toponym.first, toponym.end) {
            return Vec::new();
        }
        self.find(words_of(self.doc, sentence, first, end))
    }

    fn find(&mut self, name: &str) -> Vec<GazetteerPlace<'a>> {
        if let Some(found) = self.by_name.get(name) {
            return found.clone();
        }
        let found = self.doc.codebook.gazetteer.find(name);
        self.by_name.insert(name.to_owned(), found.clone());
        found
    }
}

fn words_of<'a>(doc: &Document<'a>, sentence: &Sentence, first: u32, end: u32) -> &'a str {
    doc.words(sentence.span_of(first, end))
}

/// How much an article is about each country.
struct Focus {
    counts: BTreeMap<Code, u32>,
    total: u32,
    located: Option<Code>,
}

impl Focus {
    fn of(doc: &Document<'_>, spotted: &[Vec<Spotted>]) -> Self {
        let mut counts = BTreeMap::new();
        for (index, names) in spotted.iter().enumerate() {
            for name in names.iter().filter(|n| matches!(n.kind, SpottedKind::Country(_))) {
                let actor = name.aliases.first().and_then(|a| doc.codebook.actors.get(a.actor));
                if let Some(code) = actor.and_then(|a| a.country) {
                    // Headlines say what an article is about.
                    *counts.entry(code).or_insert(0) += if index < 2 { 2 } else { 1 };
                }
            }
        }
        let located = doc.article.located.as_deref().and_then(|name| {
            doc.codebook
                .gazetteer
                .find(name.split(',').next().unwrap_or(name))
                .first()
                .and_then(|p| p.country)
        });
        if let Some(code) = located {
            *counts.entry(code).or_insert(0) += 1;
        }
        Self { total: counts.values().sum(), counts, located }
    }

    /// From 0 for a country that the article never names to 1 for the only one.
    fn share(&self, country: Option<Code>) -> f64 {
        let Some(code) = country else { return 0.0 };
        let count = self.counts.get(&code).copied().unwrap_or(0);
        if self.total == 0 { 0.0 } else { f64::from(count) / f64::from(self.total) }
    }
}

/// The best candidate of a toponym with its weight.
fn choose(
    doc: &Document<'_>,
    toponyms: &[Toponym],
    candidates: &[Vec<GazetteerPlace<'_>>],
    at: usize,
    focus: &Focus,
) -> Option<(f64, Place)> {
    let toponym = toponyms.get(at)?;
    let own = candidates.get(at)?;
    let mut best: Option<(f64, &GazetteerPlace<'_>)> = None;
    for candidate in own {
        let mut weight = base_weight(candidate, focus);
        // Between a town and a province of one name, spelling tells nothing.
        if matches!(candidate.feature, Feature::City | Feature::Capital) {
            weight += own_name(words(doc, toponym), candidate.name);
        }
        for (other, theirs) in toponyms.iter().zip(candidates).filter(|(o, _)| o.sentence == toponym.sentence)
        {
            weight += holding(doc, toponym, candidate, other, theirs);
        }
        if let Some(code) = toponym.country {
            let country = candidate.country == Some(code);
            weight += match candidate.feature {
                Feature::Country if country && !toponym.capital => 8.0,
                Feature::Capital if country && toponym.capital => 6.0,
                Feature::City if country && toponym.capital => 3.0,
                _ => 0.0,
            };
        }
        if matches!(candidate.feature, Feature::Province | Feature::District)
            && calls_itself_area(doc, toponym)
        {
            weight += 2.0;
        }
        if toponym.guessed && candidate.feature == Feature::City && candidate.population < 1000 {
            weight -= 1.0;
        }
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, candidate));
        }
    }
    match best {
        Some((weight, candidate)) => Some((weight, place_of(candidate))),
        None if toponym.guessed => None,
        None => unplaced(doc, toponym).map(|place| (0.0, place)),
    }
}

/// "Kunduz province", "the Tigray region": its name or the word after it says that it is no town.
fn calls_itself_area(doc: &Document<'_>, toponym: &Toponym) -> bool {
    let Some(sentence) = doc.sentences.get(toponym.sentence as usize) else { return false };
    [toponym.end.saturating_sub(1), toponym.end].into_iter().any(|at| {
        let word = lemma(sentence, at).to_lowercase();
        !matches!(word.as_str(), "city" | "town" | "village" | "port" | "suburb")
            && doc.codebook.mentions.place_heads.contains(word.as_str())
    })
}

/// What speaks for a candidate by itself: size, rank, and how much the article is about its country.
fn base_weight(candidate: &GazetteerPlace<'_>, focus: &Focus) -> f64 {
    let size = f64::from(candidate.population.max(1)).log10() / 2.0;
    let rank = match candidate.feature {
        Feature::Country => 4.0,
        Feature::Capital => 2.0,
        Feature::Region => 1.5,
        Feature::City => 0.8,
        Feature::Province => 0.0,
        Feature::District => 0.0,
        Feature::Subcity => -0.5,
    };
    let mut about = 4.0 * focus.share(candidate.country).sqrt();
    if focus.located.is_some() && focus.located == candidate.country {
        about += 0.5;
    }
    size + rank + about
}

/// What it speaks for a candidate to bear the very name that is written, whole or shortened ("Frankfurt" for "Frankfurt am
/// Main"), and not only another form of it.
fn own_name(written: &str, name: &str) -> f64 {
    let (written, name) = (written.to_lowercase(), name.to_lowercase());
    if written == name {
        1.0
    } else if name.strip_prefix(&written).is_some_and(|rest| rest.starts_with(' ')) {
        0.8
    } else {
        0.0
    }
}

/// What another toponym of the sentence says for a candidate: "Peshawar, Pakistan", "in Helmand province's Sangin".
fn holding(
    doc: &Document<'_>,
    toponym: &Toponym,
    candidate: &GazetteerPlace<'_>,
    other: &Toponym,
    theirs: &[GazetteerPlace<'_>],
) -> f64 {
    if other.first == toponym.first {
        return 0.0;
    }
    let gap = if other.first >= toponym.end {
        other.first - toponym.end
    } else {
        toponym.first.saturating_sub(other.end)
    };
    if gap > NEAR {
        return 0.0;
    }
    let joined = other.first == toponym.end + 1 && is_comma(doc, toponym.sentence, toponym.end);
    let strength = if joined { 6.0 } else { 1.5 };
    if other.country.is_some() && !other.capital && other.country == candidate.country {
        return match candidate.feature {
            Feature::Country => 0.0,
            _ => strength,
        };
    }
    let inside = theirs.iter().any(|holder| {
        let province = matches!(holder.feature, Feature::Province | Feature::Region | Feature::District);
        let named =
            candidate.admin1.is_some_and(|admin| admin == holder.name || holder.admin1 == Some(admin));
        province
            && holder.country == candidate.country
            && named
            && is_smaller(candidate.feature, holder.feature)
    });
    if inside {
        return strength;
    }
    // The larger one of a pair: "Atlanta, Georgia" makes Georgia the state.
    let joined_before = toponym.first == other.end + 1 && is_comma(doc, toponym.sentence, other.end);
    let holds = matches!(candidate.feature, Feature::Province)
        && theirs.iter().any(|held| {
            is_smaller(held.feature, candidate.feature)
                && held.country == candidate.country
                && held.admin1 == Some(candidate.admin1.unwrap_or(candidate.name))
        });
    if joined_before && holds { 16.0 } else { 0.0 }
}

fn is_smaller(one: Feature, other: Feature) -> bool {
    let rank = |feature| match feature {
        Feature::Subcity => 0,
        Feature::City | Feature::Capital => 1,
        Feature::District => 2,
        Feature::Province => 3,
        Feature::Region => 4,
        Feature::Country => 5,
    };
    rank(one) < rank(other)
}

fn is_comma(doc: &Document<'_>, sentence: u32, at: u32) -> bool {
    doc.sentences
        .get(sentence as usize)
        .and_then(|s| token(s, at))
        .is_some_and(|t| t.upos == Upos::Punct && t.span.of(doc.text()) == ",")
}

fn place_of(found: &GazetteerPlace<'_>) -> Place {
    Place {
        name: found.name.to_owned(),
        country: found.country,
        admin1: found.admin1.map(str::to_owned),
        lat: Some(found.lat),
        lon: Some(found.lon),
        geonameid: Some(found.geonameid).filter(|&id| id != 0),
        precision: match found.feature {
            Feature::Subcity => Precision::Subcity,
            Feature::City | Feature::Capital => Precision::City,
            Feature::District => Precision::District,
            Feature::Province => Precision::Province,
            Feature::Country => Precision::Country,
            Feature::Region => Precision::Region,
        },
    }
}

/// A place that the gazetteer lacks: its name, and its country where that is what it names.
fn unplaced(doc: &Document<'_>, toponym: &Toponym) -> Option<Place> {
    let country = toponym.country.and_then(|code| doc.codebook.actors.country(code));
    let name = match country.and_then(|id| doc.codebook.actors.get(id)) {
        Some(actor) if !toponym.capital => actor.name.clone(),
        _ => words(doc, toponym).to_owned(),
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
