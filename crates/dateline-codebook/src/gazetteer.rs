use crate::Code;

/// Names of places with coordinates.
#[derive(Debug, Default)]
pub struct Gazetteer {}

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
    /// Inhabitants, 0 where unknown.
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

impl Gazetteer {
    /// Every place of this name, the most populous first. Case and diacritics do not matter.
    pub fn find(&self, name: &str) -> Vec<GazetteerPlace<'_>> {
        let _ = name;
        Vec::new()
    }
}
