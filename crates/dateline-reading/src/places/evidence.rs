use super::containers::Holder;
use super::picture::{Around, Picture};
use super::toponyms::Toponym;
use crate::document::Document;
use crate::noun_phrase::token;
use dateline_codebook::{Feature, GazetteerPlace};

/// What speaks for and against a candidate, one number each; [`WEIGHTS`] says how much.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Features([f64; COUNT]);

const COUNT: usize = 24;

/// How much each feature counts.
///
/// Fitted by softmax regression on the 1,577 mentions in 347 annotated reports whose name several places bear (four
/// fifths learnt from, the rest held out, in turns: 95.6% of the held-out right), then rounded; the last two were set by hand.
/// In words: ten times the inhabitants are worth four times the odds, a told container four hundred times; what the
/// article is about otherwise decides between towns of like size, its division a little more than its country, and near
/// neighbours as much again.
const WEIGHTS: [f64; COUNT] = [
    1.5,  // size of a settlement: logarithm of its inhabitants to the base ten
    0.5,  // a capital
    8.6,  // a country
    3.7,  // a first-level division
    1.0,  // size of a division: as above
    1.0,  // a second-level division
    7.8,  // a region of our own table
    0.5,  // bears the very name that is written
    0.1,  // bears a longer name that begins so: "Frankfurt am Main"
    6.0,  // lies in the container that the text tells
    -3.9, // lies outside it
    1.4,  // lies in a place that stands near
    2.4,  // square root of its country's share of the article
    2.7,  // square root of its division's share
    2.3,  // other places of the article lie near
    2.3,  // the words around say "province", "county", "region", and it is one
    -1.3, // they do, and it is none
    3.1,  // they say "city", "town", "village", and it is one
    5.2,  // the codebook has the name for this country
    1.6,  // the codebook has the name for the capital of this country
    5.6,  // holds a place whose container it is told to be
    -0.8, // a part of a city
    6.0,  // stands in a row with divisions of its country: "Alabama, Georgia and Florida"
    -4.0, // a division called after its chief town: "Geneva"
];

/// What the article tells of its toponyms.
pub(super) struct Evidence<'e, 'a> {
    pub(super) doc: &'e Document<'a>,
    pub(super) toponyms: &'e [Toponym],
    pub(super) candidates: &'e [Vec<GazetteerPlace<'a>>],
    pub(super) holders: &'e [Vec<Holder<'a>>],
    /// For each toponym those whose container it is told to be.
    pub(super) held: &'e [Vec<usize>],
    /// For each toponym those that stand in a row with it.
    pub(super) rows: &'e [Vec<usize>],
}

impl Features {
    /// What it all comes to.
    pub(super) fn weight(&self) -> f64 {
        self.0.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum()
    }

    /// Whether the text tells a container that the candidate is not in.
    pub(super) fn contradicts(&self) -> bool {
        self.0[10] > 0.0
    }

    /// Whether the candidate is likely enough for a name of which only capitals and position speak for a place.
    pub(super) fn is_believable(&self) -> bool {
        let area = self.0[2] + self.0[3] + self.0[6] > 0.0;
        let told = self.0[9] + self.0[11] + self.0[15] + self.0[17] > 0.0;
        area || told || self.0[0] >= 4.0 || self.0[0] >= 3.0 && self.0[12] > 0.5 || self.0[14] > 0.3
    }
}

impl<'a> Evidence<'_, 'a> {
    /// What speaks for a candidate of a name with these mentions.
    pub(super) fn of_name(
        &self,
        mentions: &[usize],
        candidate: &GazetteerPlace<'a>,
        around: &Around<'_, 'a>,
        with_others: bool,
    ) -> Features {
        let mut features = [0.0; COUNT];
        let size = (f64::from(candidate.population) + 1.0).log10();
        match candidate.feature {
            Feature::City | Feature::Subcity => features[0] = size,
            Feature::Capital => (features[0], features[1]) = (size, 1.0),
            Feature::Country => features[2] = 1.0,
            Feature::Province => (features[3], features[4]) = (1.0, size),
            Feature::District => (features[5], features[4]) = (1.0, size),
            Feature::Region => features[6] = 1.0,
        }
        features[21] = f64::from(candidate.feature == Feature::Subcity);
        let of_own_table = candidate.geonameid == 0 && candidate.feature != Feature::Country;
        if of_own_table {
            features[6] = 1.0;
        }
        let settled = matches!(candidate.feature, Feature::City | Feature::Capital | Feature::Subcity);
        let first = mentions.first().and_then(|&at| self.candidates.get(at));
        features[23] = f64::from(first.is_some_and(|all| is_called_after_town(candidate, all)));
        features[12] = around.country(candidate.country).sqrt();
        if with_others {
            features[13] = around.division(candidate).sqrt();
            features[14] =
                if candidate.feature == Feature::Country { 0.0 } else { around.neighbours(candidate) };
        }
        for &at in mentions {
            let (Some(toponym), Some(holders)) = (self.toponyms.get(at), self.holders.get(at)) else {
                continue;
            };
            let written = toponym.written(self.doc);
            if settled {
                let (same, longer) = own_name(written, candidate.name);
                features[7] = features[7].max(same);
                features[8] = features[8].max(longer);
            }
            let told = || holders.iter().filter(|h| h.told);
            if told().any(|h| h.holds(candidate)) {
                features[9] = 1.0;
            }
            if holders.iter().any(|h| !h.told && h.holds(candidate)) {
                features[11] = 1.0;
            }
            if settled && features[9] == 0.0 && told().any(|h| self.is_container(h)) {
                features[10] = 1.0;
            }
            match self.kind_beside(toponym) {
                Some(true) if settled => features[17] = 1.0,
                Some(false) if settled => features[16] = 1.0,
                Some(false) => features[15] = 1.0,
                _ => {}
            }
            if toponym.country.is_some() && toponym.country == candidate.country {
                match candidate.feature {
                    Feature::Country if !toponym.capital => features[18] = 1.0,
                    Feature::Capital | Feature::City if toponym.capital => features[19] = 1.0,
                    _ => {}
                }
            }
            if candidate.feature == Feature::Province && self.is_in_row(at, candidate) {
                features[22] = 1.0;
            }
            if self.is_told_to_hold(at, candidate) {
                features[20] = 1.0;
            }
        }
        if features[9] > 0.0 {
            features[10] = 0.0;
        }
        Features(features)
    }

    /// Whether a mention's own words tell its container.
    pub(super) fn has_container(&self, at: usize) -> bool {
        let own = self.candidates.get(at).map_or(&[][..], Vec::as_slice);
        let holders = self.holders.get(at).map_or(&[][..], Vec::as_slice);
        holders.iter().any(|h| h.told && own.iter().any(|candidate| h.holds(candidate)))
    }

    /// Whether nothing else is likely to be meant: the only bearer of a name, or one whose container is told.
    pub(super) fn is_certain(&self, mentions: &[usize], place: &GazetteerPlace<'a>) -> bool {
        mentions.iter().any(|&at| {
            let alone = self.candidates.get(at).is_some_and(|all| all.len() == 1);
            let told = self.holders.get(at).is_some_and(|all| all.iter().any(|h| h.told && h.holds(place)));
            alone || told || matches!(place.feature, Feature::Province | Feature::Capital)
        })
    }

    /// The container that the words around any of the mentions tell, the smallest.
    pub(super) fn container_of(
        &self,
        mentions: &[usize],
        picture: &Picture<'a>,
    ) -> Option<GazetteerPlace<'a>> {
        let holders = mentions.iter().filter_map(|&at| self.holders.get(at)).flatten();
        let told = holders.filter(|holder| holder.told && self.is_container(holder));
        let of = |holder: &Holder<'a>| {
            let name = holder
                .toponym
                .and_then(|at| self.toponyms.get(at))
                .map(|t| t.written(self.doc).to_lowercase());
            let seen = name.and_then(|name| picture.seen(&name)).copied();
            let large = |place: &GazetteerPlace<'_>| {
                matches!(
                    place.feature,
                    Feature::Country | Feature::Province | Feature::District | Feature::Region
                )
            };
            seen.filter(large)
        };
        told.filter_map(of).min_by_key(|place| place.feature)
    }

    /// Whether a holder is surely a country or division, so that what does not lie in it is not meant.
    fn is_container(&self, holder: &Holder<'a>) -> bool {
        holder.country.is_some()
            || holder
                .places
                .first()
                .is_some_and(|place| matches!(place.feature, Feature::Province | Feature::Country))
    }

    /// "Atlanta, Georgia" makes Georgia the state: whether a candidate holds a place that the toponym is told to hold.
    fn is_told_to_hold(&self, at: usize, candidate: &GazetteerPlace<'a>) -> bool {
        if matches!(candidate.feature, Feature::City | Feature::Capital | Feature::Subcity) {
            return false;
        }
        let held = self.held.get(at).map_or(&[][..], Vec::as_slice);
        let mut places = held.iter().filter_map(|&other| self.candidates.get(other)).flatten();
        places.any(|place| super::geometry::is_inside(place, candidate))
    }

    /// Whether a division stands in a row with names that mean divisions of its country, or nothing else as likely.
    fn is_in_row(&self, at: usize, candidate: &GazetteerPlace<'a>) -> bool {
        let row = self.rows.get(at).map_or(&[][..], Vec::as_slice);
        row.iter()
            .filter_map(|&other| self.candidates.get(other)?.first())
            .any(|other| other.feature == Feature::Province && other.country == candidate.country)
    }

    /// Whether the words beside a name call it a settlement, or else an area; `None` where they do neither.
    fn kind_beside(&self, toponym: &Toponym) -> Option<bool> {
        let sentence = self.doc.sentences.get(toponym.sentence as usize).filter(|_| !toponym.nested)?;
        let word = |at: u32| {
            token(sentence, at).map_or(String::new(), |t| t.span.of(self.doc.text()).to_lowercase())
        };
        let inner = (toponym.end > toponym.first + 1).then(|| word(toponym.end - 1));
        let before = toponym.first.checked_sub(2).filter(|&at| word(at + 1) == "of").map(word);
        [inner, Some(word(toponym.end)), before].into_iter().flatten().find_map(|word| {
            let kind = self.doc.codebook.mentions.place_heads.contains(word.as_str());
            let settled = matches!(
                word.as_str(),
                "capital" | "city" | "port" | "suburb" | "town" | "township" | "village"
            );
            kind.then_some(settled)
        })
    }
}

/// Whether a division has the name of a town in it that has a good part of its inhabitants. Who means the division then
/// says so: "Kunduz province".
fn is_called_after_town(division: &GazetteerPlace<'_>, candidates: &[GazetteerPlace<'_>]) -> bool {
    matches!(division.feature, Feature::Province | Feature::District)
        && candidates.iter().any(|town| {
            matches!(town.feature, Feature::City | Feature::Capital)
                && town.country == division.country
                && town.admin1 == division.admin1
                && u64::from(town.population) * 5 >= u64::from(division.population)
        })
}

/// Whether a place bears the name that is written, and whether one that begins so: "Frankfurt" for "Frankfurt am Main".
fn own_name(written: &str, name: &str) -> (f64, f64) {
    let (written, name) = (written.to_lowercase(), name.to_lowercase());
    if written == name {
        (1.0, 0.0)
    } else if name.strip_prefix(&written).is_some_and(|rest| rest.starts_with(' ')) {
        (0.0, 1.0)
    } else {
        (0.0, 0.0)
    }
}
