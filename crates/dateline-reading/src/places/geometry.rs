//! Distances between places, and which lies in which.

use dateline_codebook::{Feature, GazetteerPlace};

/// How far from a region's middle what lies in it may be, in kilometres, where nothing else tells.
const REGION: f64 = 300.0;

/// Great-circle distance in kilometres.
pub(super) fn kilometres(a: &GazetteerPlace<'_>, b: &GazetteerPlace<'_>) -> f64 {
    let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let h = half(a.lat, b.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(a.lon, b.lon);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Whether a place lies in another, as far as their divisions and distances tell.
pub(super) fn is_inside(place: &GazetteerPlace<'_>, holder: &GazetteerPlace<'_>) -> bool {
    if !is_smaller(place.feature, holder.feature) {
        return false;
    }
    match holder.feature {
        Feature::Country => holder.country.is_some() && place.country == holder.country,
        Feature::Province => {
            place.country == holder.country
                && match (place.admin1, holder.admin1) {
                    (Some(own), Some(theirs)) => own == theirs || own == holder.name,
                    (Some(own), None) => own == holder.name || kilometres(place, holder) < REGION / 2.0,
                    _ => kilometres(place, holder) < REGION / 2.0,
                }
        }
        Feature::District => {
            place.country == holder.country
                && place.admin1 == holder.admin1
                && kilometres(place, holder) < 60.0
        }
        Feature::Region => {
            (holder.country.is_none() || holder.country == place.country)
                && kilometres(place, holder) < REGION
        }
        Feature::City | Feature::Capital => kilometres(place, holder) < 40.0,
        Feature::Subcity => false,
    }
}

/// Whether one kind of place can lie in another.
pub(super) fn is_smaller(one: Feature, other: Feature) -> bool {
    let rank = |feature| match feature {
        Feature::Subcity => 0,
        Feature::City | Feature::Capital => 1,
        Feature::District => 2,
        Feature::Province => 3,
        Feature::Region => 4,
        Feature::Country => 5,
    };
    // Regions are of all sizes: Sinjar is a district, the Sahel holds countries.
    rank(one) < rank(other) || one == Feature::Region && matches!(other, Feature::Country | Feature::Province)
}
