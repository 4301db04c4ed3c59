use crate::{Code, CodebookError};
use bytes::Bytes;
use std::path::Path;

mod build;
mod bytes;
mod dump;
mod file;
mod key;
mod pack;
mod regions;
mod row;
mod spelling;
mod words;

pub use build::{GazetteerSource, build_gazetteer};
pub use dump::DumpPacker;
pub use regions::check_regions;
pub use words::PlaceWords;

/// Names of places with coordinates: those of GeoNames, searched in a packed file without unpacking it, and a table
/// of regions of our own, which goes first.
///
/// ```
/// use dateline_codebook::Gazetteer;
/// let gazetteer = Gazetteer::standard().unwrap();
/// let peshawar = gazetteer.find("Peshawar")[0];
/// assert_eq!(peshawar.country.unwrap().as_str(), "PAK");
/// assert!((peshawar.lat - 34.0).abs() < 0.1);
/// assert_eq!(gazetteer.find("the Donbas")[0].name, "Donbas");
/// ```
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: file::PlaceFile,
    /// What a user adds: the same form, not embedded.
    added: Vec<file::PlaceFile>,
    regions: regions::Regions,
}

/// One place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GazetteerPlace<'a> {
    /// Its name.
    pub name: &'a str,
    /// Country.
    pub country: Option<Code>,
    /// First-level division's name.
    pub admin1: Option<&'a str>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames identifier, 0 where the place is not from GeoNames.
    pub geonameid: u32,
    /// What kind of place.
    pub feature: Feature,
    /// Inhabitants, 0 where unknown; for a division those of its cities and towns.
    pub population: u32,
}

/// What kind of place a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A part of a city.
    Subcity,
    /// City, town or village.
    City,
    /// Second-level division.
    District,
    /// First-level division.
    Province,
    /// A country's capital.
    Capital,
    /// A whole country.
    Country,
    /// A region that crosses or ignores borders: "the Sahel", "Donbas".
    Region,
}

const FEATURES: [Feature; 7] = [
    Feature::Subcity,
    Feature::City,
    Feature::District,
    Feature::Province,
    Feature::Capital,
    Feature::Country,
    Feature::Region,
];

pub(crate) static PLACES: &[u8] = include_bytes!("../../../codebook/places/geonames.bin");
const REGIONS: (&str, &str) = ("places/regions.tsv", include_str!("../../../codebook/places/regions.tsv"));

impl Gazetteer {
    /// The gazetteer that ships inside the program.
    ///
    /// # Errors
    /// When it does not load, which a build that passes its tests does not do.
    pub fn standard() -> Result<Self, CodebookError> {
        Self::embedded(REGIONS.1)
    }

    /// The packed places inside the program with a table of regions.
    ///
    /// # Errors
    /// When the table does not say what it must.
    pub(crate) fn embedded(regions: &str) -> Result<Self, CodebookError> {
        Self::open(REGIONS.0, Bytes::Embedded(PLACES), regions)
    }

    /// A gazetteer of a packed file, as [`build_gazetteer`] makes it, and a table of regions.
    ///
    /// The packed file is not checked beyond its header: a broken one finds fewer places or none.
    ///
    /// # Errors
    /// When the head of the file or the table does not say what it must.
    pub fn parse(packed: impl Into<Vec<u8>>, regions: &str) -> Result<Self, CodebookError> {
        Self::open(REGIONS.0, Bytes::Owned(packed.into()), regions)
    }

    fn open(file: &str, packed: Bytes, regions: &str) -> Result<Self, CodebookError> {
        Ok(Self {
            places: file::PlaceFile::open("places/geonames.bin", packed)?,
            added: Vec::new(),
            regions: regions::Regions::parse(file, regions)?,
        })
    }

    /// Adds a packed file, as [`DumpPacker`] makes it. Where it has a place that is there already, by GeoNames'
    /// identifier, the one that is there stays.
    ///
    /// # Errors
    /// When its head does not say what it must.
    pub fn add(&mut self, packed: impl Into<Vec<u8>>) -> Result<(), CodebookError> {
        self.added.push(file::PlaceFile::open("gazetteer", Bytes::Owned(packed.into()))?);
        Ok(())
    }

    /// Adds a packed file that is searched where it lies on disk: one of millions of places takes no memory.
    ///
    /// # Errors
    /// When it cannot be read, or its head does not say what it must.
    pub fn add_file(&mut self, path: &Path) -> Result<(), CodebookError> {
        self.added.push(file::PlaceFile::open(&path.display().to_string(), Bytes::map(path)?)?);
        Ok(())
    }

    /// Hashes of what the packed files hold: that of the program's own first.
    pub fn hashes(&self) -> impl Iterator<Item = u64> {
        std::iter::once(&self.places).chain(&self.added).map(file::PlaceFile::hash)
    }

    /// Every place of this name, the likeliest first. Case and diacritics do not matter, nor "the" before it.
    ///
    /// Regions of our own table come first, then places by inhabitants, where a capital counts ten times and a
    /// division half, and less than a city of the same name in it. Where nothing has the name, a word that tells the
    /// kind of place is left out ("Kunduz province", "the city of Goma"), and places of that kind come first.
    pub fn find(&self, name: &str) -> Vec<GazetteerPlace<'_>> {
        let key = key::place_key(name);
        let found = self.find_key(&key);
        if !found.is_empty() {
            return found;
        }
        let Some((bare, settled)) = key::without_kind(&key) else { return found };
        let mut found = self.find_key(bare);
        let is_settled = |place: &GazetteerPlace| {
            matches!(place.feature, Feature::Subcity | Feature::City | Feature::Capital)
        };
        found.sort_by_key(|place| is_settled(place) != settled);
        found
    }

    /// Every place of the packed file, the likeliest first.
    pub fn iter(&self) -> impl Iterator<Item = GazetteerPlace<'_>> {
        self.places.iter()
    }

    /// How many places of the packed files and how many regions there are.
    pub fn size(&self) -> (usize, usize) {
        (self.places.len() + self.added.iter().map(file::PlaceFile::len).sum::<usize>(), self.regions.len())
    }

    fn find_key(&self, key: &str) -> Vec<GazetteerPlace<'_>> {
        if key.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self.regions.find(key).chain(self.places.find(key)).collect();
        if !self.added.is_empty() {
            for place in self.added.iter().flat_map(|file| file.find(key)) {
                if !found.iter().any(|known| known.geonameid == place.geonameid) {
                    found.push(place);
                }
            }
            let regions = self.regions.find(key).count();
            if let Some(packed) = found.get_mut(regions..) {
                packed.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
            }
        }
        found
    }
}

/// How likely a text means a place, beside others of its name, as far as that shows in all files alike.
fn rank(place: &GazetteerPlace) -> f64 {
    let times = match place.feature {
        Feature::Country => return 1e9 + f64::from(place.population),
        Feature::Capital => 10.0,
        Feature::Province => 0.5,
        Feature::District => 0.25,
        _ => 1.0,
    };
    f64::from(place.population) * times
}

fn feature_number(feature: Feature) -> u8 {
    FEATURES.iter().position(|&known| known == feature).unwrap_or(0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(name: &str) -> (String, String, Feature) {
        let gazetteer = Gazetteer::standard().unwrap();
        let found = gazetteer.find(name);
        let place = found.first().unwrap_or_else(|| panic!("{name} is not found"));
        (place.name.to_owned(), place.country.map(|code| code.to_string()).unwrap_or_default(), place.feature)
    }

    #[test]
    fn regions_are_in_order() {
        let faults = check_regions(REGIONS.0, REGIONS.1);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn finds_the_likeliest_place_first() {
        for (name, country, feature) in [
            ("Islamabad", "PAK", Feature::Capital),
            ("washington", "USA", Feature::Capital),
            ("New York", "USA", Feature::City),
            ("Georgia", "GEO", Feature::Country),
            ("Bombay", "IND", Feature::City),
            ("KYIV", "UKR", Feature::Capital),
            ("Geneva", "CHE", Feature::City),
            ("Texas", "USA", Feature::Province),
            ("Holland", "NLD", Feature::Country),
            ("the Netherlands", "NLD", Feature::Country),
            ("Kunduz", "AFG", Feature::City),
            ("Kunduz province", "AFG", Feature::Province),
            ("Port-au-Prince", "HTI", Feature::Capital),
            ("São Paulo", "BRA", Feature::City),
            ("North Waziristan", "PAK", Feature::District),
        ] {
            let (_, of, kind) = first(name);
            assert_eq!((of.as_str(), kind), (country, feature), "{name}");
        }
        assert!(Gazetteer::standard().unwrap().find("Nowhereland").is_empty());
    }

    #[test]
    fn refuses_what_is_no_gazetteer() {
        assert!(Gazetteer::parse(*b"not a gazetteer", REGIONS.1).is_err());
        assert!(Gazetteer::parse(Vec::new(), REGIONS.1).is_err());
        assert!(Gazetteer::default().find("Paris").is_empty());
    }

    proptest! {
        #[test]
        fn finds_only_places_on_the_globe(name in "\\PC{0,24}|(Al|the|San|New)? ?[A-Z][a-z]{1,8}") {
            let gazetteer = Gazetteer::standard().unwrap();
            for place in gazetteer.find(&name) {
                prop_assert!(!place.name.is_empty());
                prop_assert!(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0);
            }
        }

        #[test]
        fn a_broken_file_does_no_harm(
            breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = PLACES[..cut.index(PLACES.len()) + 1].to_vec();
            for (at, byte) in breaks {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            // The head decides where everything lies: break it too.
            let last = bytes.len().min(file::HEAD + 8) - 1;
            bytes[last] ^= 0x55;
            if let Ok(gazetteer) = Gazetteer::parse(bytes, REGIONS.1) {
                for name in ["Paris", "London", "Aba", "Zwolle", "New York"] {
                    let _ = gazetteer.find(name);
                }
            }
        }
    }
}
