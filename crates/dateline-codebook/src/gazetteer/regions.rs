use super::key::place_key;
use super::{Feature, GazetteerPlace};
use crate::table::{Row, Table, invalid};
use crate::{Code, CodebookError};
use std::collections::HashMap;

/// Regions, historical names and other places that the packed gazetteer lacks or has at the wrong spot.
#[derive(Debug, Default)]
pub(super) struct Regions {
    regions: Vec<Region>,
    by_key: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Region {
    name: String,
    country: Option<Code>,
    admin1: Option<String>,
    feature: Feature,
    lat: f64,
    lon: f64,
}

impl Regions {
    /// Reads a table with the columns `name`, `aliases`, `country`, `admin1`, `feature`, `lat` and `lon`.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, CodebookError> {
        let table = Table::parse(file, text)?;
        let (aliases, country) = (table.column("aliases")?, table.column("country")?);
        let (admin1, feature) = (table.column("admin1")?, table.column("feature")?);
        let mut regions = Self::default();
        for row in &table.rows {
            let name = table.required(row, "name")?;
            let at = regions.regions.len();
            for alias in std::iter::once(name).chain(row.several(aliases)) {
                let rows = regions.by_key.entry(place_key(alias)).or_default();
                if rows.last() != Some(&at) {
                    rows.push(at);
                }
            }
            let admin1 = row.cell(admin1);
            regions.regions.push(Region {
                name: name.to_owned(),
                country: table.code(row, country)?,
                admin1: (!admin1.is_empty()).then(|| admin1.to_owned()),
                feature: match row.cell(feature) {
                    "region" => Feature::Region,
                    "province" => Feature::Province,
                    "district" => Feature::District,
                    "city" => Feature::City,
                    "subcity" => Feature::Subcity,
                    "country" => Feature::Country,
                    other => return Err(table.fault(row, format!("\"{other}\" is no kind of place"))),
                },
                lat: degrees(&table, row, "lat", 90.0)?,
                lon: degrees(&table, row, "lon", 180.0)?,
            });
        }
        Ok(regions)
    }

    /// How many regions there are.
    pub(super) fn len(&self) -> usize {
        self.regions.len()
    }

    /// The regions with this key, in the order of the table.
    pub(super) fn find(&self, key: &str) -> impl Iterator<Item = GazetteerPlace<'_>> {
        let found = self.by_key.get(key).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter_map(|&at| self.regions.get(at)).map(|region| GazetteerPlace {
            name: &region.name,
            country: region.country,
            admin1: region.admin1.as_deref(),
            lat: region.lat,
            lon: region.lon,
            geonameid: 0,
            feature: region.feature,
            population: 0,
        })
    }
}

/// What is wrong with a table of regions: rows out of order or twice, names that several rows claim.
pub fn check_regions(file: &str, text: &str) -> Vec<CodebookError> {
    let (table, regions) = match (Table::parse(file, text), Regions::parse(file, text)) {
        (Ok(table), Ok(regions)) => (table, regions),
        (Err(error), _) | (_, Err(error)) => return vec![error],
    };
    let Ok(name) = table.column("name") else { return Vec::new() };
    let mut faults = table.disorder(|row| row.cell(name).to_owned());
    let mut keys: Vec<_> = regions.by_key.iter().collect();
    keys.sort();
    for (key, rows) in keys {
        if key.is_empty() || rows.len() > 1 {
            faults.push(invalid(file, 0, format!("{} rows have the name \"{key}\"", rows.len())));
        }
    }
    faults
}

fn degrees(table: &Table, row: &Row, name: &str, most: f64) -> Result<f64, CodebookError> {
    let cell = table.required(row, name)?;
    let value = cell.parse::<f64>().ok().filter(|value| value.abs() <= most);
    value.ok_or_else(|| table.fault(row, format!("\"{cell}\" is no {name} in degrees")))
}
