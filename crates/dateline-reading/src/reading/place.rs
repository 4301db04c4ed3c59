//! Places on the map.

use super::PlaceId;
use dateline_text::CharSpan;
use serde::Serialize;

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Own id.
    pub id: PlaceId,
    /// The gazetteer's name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames identifier.
    pub geonameid: Option<u32>,
    /// How small an area the place names.
    pub precision: Precision,
    /// Where it is mentioned, in order.
    pub mentions: Vec<CharSpan>,
    /// Those of the mentions where nothing can happen: the name stands for a government, which is an entity with a
    /// mention there ("Kyiv said"), or it only says which ("the Lima talks").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metonyms: Vec<CharSpan>,
}

/// How small an area a place names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Precision {
    Subcity,
    City,
    District,
    Province,
    Country,
    Region,
}
