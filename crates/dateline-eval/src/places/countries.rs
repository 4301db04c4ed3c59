use dateline::codebook::{Feature, Gazetteer};

/// Which country a point lies in: that of the nearest town.
#[derive(Debug)]
pub(super) struct Countries {
    /// Degrees north and east, and alpha-3 code.
    towns: Vec<(f64, f64, String)>,
}

impl Countries {
    /// The towns of a gazetteer.
    pub(super) fn of(gazetteer: &Gazetteer) -> Self {
        let towns = gazetteer.iter().filter(|p| matches!(p.feature, Feature::City | Feature::Capital));
        let towns = towns.filter_map(|p| Some((p.lat, p.lon, p.country?.to_string()))).collect();
        Self { towns }
    }

    /// The code of the country around a point in degrees north and east.
    pub(super) fn at(&self, (lat, lon): (f64, f64)) -> Option<&str> {
        let squeeze = lat.to_radians().cos();
        let distance = |town: &&(f64, f64, String)| {
            let east = (town.1 - lon).abs();
            let east = east.min(360.0 - east) * squeeze;
            (town.0 - lat).powi(2) + east.powi(2)
        };
        self.towns.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|town| town.2.as_str())
    }
}
